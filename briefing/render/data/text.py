"""A briefing as plain Markdown for programs that read text: in one file, and each of its pages (https://llmstxt.org).

A heading, what it is about, then what pages say, without what makes them pages. Under every quoted passage is the link
to where it is shown, by which `briefing verify` compares its words. The text of the source is in the file of its page
alone. What is on several pages, a long text or many comments, is one file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from briefing.model import Attachment, Briefing
from briefing.model.data_tables import BY_NAME, Value, cell_of
from briefing.model.publication import Publication
from briefing.render.data.rows import TableContext, rows_of
from briefing.render.escape import in_text
from briefing.render.names import COPIES, TEXT, markdown_of
from briefing.render.source_text import SIGN, who_speaks
from briefing.render.statements import credit
from briefing.render.summary_counts import description
from briefing.render.text_pages import cut_ends, shown_spans
from briefing.render.works import print_place

Record = Mapping[str, Value]
_Writer = Callable[[TableContext, Record], Iterator[str]]


_RELATIVE = re.compile(r"(?<=\]\(<)(?![a-z][a-z0-9+.-]*:)")
"""Where an address begins that is relative to the briefing's folder; in what people wrote, `]` and `<` are escaped."""


def markdown_files(
    briefing: Briefing, site: Publication, pages: Sequence[tuple[str, str]], copies: Collection[str] = ()
) -> Iterator[Attachment]:
    """Yield the one file of a briefing, then that of each page; `pages` are their names with what they are called,
    `copies` the formats of the copies that there are."""
    context = TableContext.of(briefing, site)
    about, source = list(_about(context)), _source(context)
    sections = {page: list(write(context)) for page, write in _SECTIONS.items()}
    files = {page: markdown_of(page, site.directory_urls) for page, _ in pages}
    folder = site.folder(briefing.path)
    links = "\n".join(f"- {_link(in_text(label), folder + files[page])}" for page, label in pages)
    in_one = [block for blocks in sections.values() for block in blocks]
    last = [f"## {context.say('llms.pages')}", links, *_copied(context, folder, copies)]
    yield _file(briefing, TEXT, [*about, source, *in_one, *last])
    for page, label in pages:
        head = about if page == "index" else [f"# {in_text(label)}: {in_text(briefing.title)}"]
        own = list(_paragraphs(context)) if page == "text" else sections[page]
        blocks = [*head, source, *own]
        if "/" in files[page] and not folder:
            blocks = [_RELATIVE.sub("../", block) for block in blocks]
        yield _file(briefing, files[page], blocks)


def _file(briefing: Briefing, name: str, blocks: Iterable[str]) -> Attachment:
    return Attachment(f"{briefing.path}/{name}", ("\n\n".join(blocks) + "\n").encode())


def _copied(context: TableContext, folder: str, copies: Collection[str]) -> Iterator[str]:
    """Yield the links to the copies in one file, with their heading; nothing where there is none."""
    say, files = context.say, [(name, file) for name, file in COPIES.items() if name in copies]
    if files:
        yield f"## {say('copies.title')}"
        yield "\n".join(f"- {_link(in_text(say(f'copies.{name}')), folder + file)}" for name, file in files)


def _about(context: TableContext) -> Iterator[str]:
    briefing, say = context.briefing, context.say
    yield f"# {in_text(briefing.title)}"
    if summary := description(briefing, say):
        yield f"> {in_text(summary)}"
    home = context.page("index.md")
    by = say.list([in_text(name) for name in briefing.authors])
    yield f"{_link(say.date(briefing.date), home)}{', ' if by else ''}{by}"


def _source(context: TableContext) -> str:
    briefing, say = context.briefing, context.say
    source = in_text(credit(briefing, say))
    return f"{say('method.source')}: " + (_link(source, briefing.source.read_at) if briefing.source.read_at else source)


def _paragraphs(context: TableContext) -> Iterator[str]:
    """Yield the text of the source as far as it is published, as its page has it: a paragraph or what is shown of one,
    headings and block quotations as such, one sign wherever something is left out, on a line of its own for whole
    paragraphs, and who speaks where the page says so.
    """
    briefing, gap, who = context.briefing, in_text(SIGN), who_speaks(context.briefing, context.say)
    text, lines, shown = briefing.source.text, briefing.source.lines, shown_spans(briefing)
    leads = dict.fromkeys(briefing.source.block_quotations, "> ")
    leads |= {number: f"{'#' * level} " for number, level in briefing.source.headings}
    following = [*shown[1:], ((),)]
    missing = False
    for at, (line, spans, after) in enumerate(zip(lines, shown, following, strict=True)):
        if not spans:
            if not missing:
                yield gap
            missing = True
            continue
        begins, ends = cut_ends(line, spans)
        pieces = [f" {gap} ".join(in_text(span.of(text)) for span in spans)]
        if begins and not missing:
            pieces.insert(0, gap)
        if ends and after:
            pieces.append(gap)
        if at + 1 in who:
            yield f"*{in_text(who[at + 1])}*"  # a line of the source has no mark that is not escaped
        yield leads.get(at + 1, "") + " ".join(pieces)
        missing = False


def _key_points(context: TableContext) -> Iterator[str]:
    if points := context.briefing.key_points:
        yield f"## {context.say('index.key_points')}"
        yield "\n".join(f"- {in_text(context.plain(point))}" for point in points)


def _records(context: TableContext, table: str) -> list[Record]:
    names = BY_NAME[table].names
    return [dict(zip(names, row, strict=True)) for row in rows_of(context, table)]


def _section(context: TableContext, table: str, write: _Writer) -> Iterator[str]:
    records = _records(context, table)
    if records:
        yield f"## {context.say(f'data.table.{table}')}"
        yield from (block for record in records for block in write(context, record))


def _quotation(context: TableContext, record: Record) -> Iterator[str]:
    who = _joined(record["speaker"], record["speaker_role"]) or context.say("quotes.unknown_speaker")
    if record["kind"] == "reported":
        told = f" · {context.say('quotes.kind.reported')}: {in_text(cell_of(record['target']))}"
        yield _led(context, who, record, told)
    else:
        yield _quoted(record["target"])
        yield _led(context, who, record, "")
    if record["translation"]:
        by = context.say("quotes.translation", by=cell_of(record["translation_by"]))
        yield f"{in_text(by)}: {in_text(cell_of(record['translation']))}"
    yield from _told(record["note"])


def _figure(context: TableContext, record: Record) -> Iterator[str]:
    yield _quoted(record["target"])
    read = record["reading"] or record["reading_date"]
    facts = _joined(record["speaker"], read, record["unit"], record["period"])
    yield _led(context, cell_of(record["label"]), record, f": {in_text(facts)}" if facts else "")
    yield from _told(record["note"])


def _derived(context: TableContext, record: Record) -> Iterator[str]:
    value = _joined(record["value"], record["unit"])
    yield f"{_link(in_text(cell_of(record['label'])), record['permalink'])}: {in_text(value)}"
    yield from _told(record["note"])


def _note(context: TableContext, record: Record) -> Iterator[str]:
    yield _quoted(record["target"])
    yield _link(in_text(cell_of(record["title"])), record["permalink"])
    yield from _told(record["note"])


def _themes(context: TableContext) -> Iterator[str]:
    comments = _records(context, "comments")
    for number, theme in enumerate(_records(context, "themes")):
        if number == 0:
            yield f"## {context.say('data.table.themes')}"
        yield f"### {_link(in_text(cell_of(theme['title'])), theme['permalink'])}"
        yield context.say("count.comments", n=theme["comments"])
        yield from _told(theme["summary"])
        for comment in comments:
            if comment["theme"] == theme["id"] and comment["words"]:
                yield _quoted(comment["words"])
                stance = context.say(f"stance.{comment['stance']}") if comment["stance"] else ""
                yield _link(cell_of(comment["comment"]), comment["permalink"]) + (f" · {stance}" if stance else "")


def _reference(context: TableContext, record: Record) -> Iterator[str]:
    title = in_text(cell_of(record["title"] or record["url"]))
    volume, issue, pages = (cell_of(record[name]) for name in ("volume", "issue", "pages"))
    printed = print_place(volume, issue, pages, context.say)
    about = in_text(_joined(record["publisher"], *printed, record["published"]))
    address = record["archived" if record["url_status"] == "dead" else "url"]
    yield _link(title, address) if address else title
    yield from filter(None, (about,))
    assert isinstance(record["excerpts"], tuple)
    for words in record["excerpts"]:
        yield _quoted(str(words))
        yield _link(cell_of(record["id"]), record["permalink"])


_SECTIONS: Mapping[str, Callable[[TableContext], Iterator[str]]] = {
    "index": _key_points,
    "quotes": lambda context: _section(context, "quotations", _quotation),
    "figures": lambda context: chain(_section(context, "figures", _figure), _section(context, "derived", _derived)),
    "context": lambda context: _section(context, "context", _note),
    "comments": _themes,
    "method": lambda context: _section(context, "references", _reference),
}
"""What each page has; the text has its own words."""


# --- pieces ------------------------------------------------------------------------------------------------------


def _quoted(words: Value) -> str:
    return f"> {in_text(cell_of(words))}"


def _led(context: TableContext, words: str, record: Record, more: str) -> str:
    """Return what leads to where a record is shown, with the verdict on it."""
    say, verdict = context.say, record["verdict"]
    judged = f" [{say('figures.verdict')}: {say(f'verdict.{verdict}')}]" if verdict else ""
    return f"{_link(in_text(words), record['permalink'])}{more}{judged}"


def _told(*texts: Value) -> Iterator[str]:
    yield from (in_text(cell_of(text)) for text in texts if text)


def _joined(*facts: Value) -> str:
    return ", ".join(filter(None, map(cell_of, facts)))


def _link(words: str, address: Value) -> str:
    """Return a link; an address in angle brackets may have any character but these and line ends."""
    to = cell_of(address).replace("<", "").replace(">", "")
    return f"[{words}](<{to if to.isprintable() else ''.join(filter(str.isprintable, to))}>)"
