"""The two pages of a briefing that stand outside of the theme: `embed.html`, of which another site shows one card in a
frame, and `cite.html`, which has for the briefing and all in it the ready citations and what to paste for an embed.

Which card a frame shows, its fragment says, by style alone. One that is withdrawn, or no longer there, is a grey notice
in the same place; a script of ours compares the words that are shown with the briefing's manifest, and turns the card
grey where they do not agree.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup as Html
from msgspec import Struct

from briefing import resources
from briefing.model import Attachment, Briefing, ContextNote, Derived, Quotation, Theme
from briefing.model.places import Span
from briefing.model.publication import Publication
from briefing.render.assets import FOLDER as ASSETS
from briefing.render.charts import stances
from briefing.render.citation_formats import FORMATS
from briefing.render.citations import (
    Cited,
    Styled,
    citation_key,
    citations,
    cited_records,
    title_of,
)
from briefing.render.corrections import title as correction_title
from briefing.render.corrections import told_corrections
from briefing.render.escape import in_one_line
from briefing.render.index import index
from briefing.render.messages import Messages
from briefing.render.names import CITE, CORRECTION_FRAGMENT, EMBED
from briefing.render.prose_markdown import in_words
from briefing.render.record_view import Record, RecordView, view_record, withdrawn_words
from briefing.render.statements import parts_of
from briefing.render.summary_counts import counter
from briefing.render.text_pages import text_page_of
from briefing.text import language, sentences

_ENOUGH = 200
"""Code points of a text that a frame shows at least, where there are more."""


class EmbeddedCard(Struct, frozen=True, kw_only=True):
    """A card as it is shown in a frame on another site."""

    id: str
    was: tuple[str, ...]
    """Former ids, which still lead here."""
    kind: str
    kind_name: str
    title: str
    value: str
    parts: tuple[Html, ...]
    """The annotated words, a part for each passage, each slice with its place."""
    words_language: str
    speaker: str
    role: str
    reporter: str
    verdict: Html
    summary: str
    """Of a theme, or of a context note: its first sentences."""
    facts: str
    counts: str
    """What the facts count, for `briefing verify`."""
    credit: str
    status: str
    corrections: tuple[tuple[str, str], ...]
    """Address, relative to the briefing's folder, of each correction of it, and when and what was wrong; the latest
    first."""
    links: tuple[tuple[str, str], ...]
    """Address, relative to the briefing's folder, and label."""
    digest: str
    """Of the words, by which a frame notices that they were others when it was pasted."""


class WithdrawnCard(Struct, frozen=True):
    """What is shown in place of a withdrawn annotation."""

    id: str
    was: tuple[str, ...]
    words: str
    """When and why."""


class CitedPart(Struct, frozen=True, kw_only=True):
    """One section of the page of citations."""

    id: str
    """Its fragment; `_briefing` for the briefing."""
    was: tuple[str, ...]
    name: str
    href: str
    """Where it is shown, relative to the briefing's folder."""
    key: str
    apa: Html
    chicago: Html
    embed: str
    """HTML that shows it in a frame, to be pasted; empty for the briefing itself, as is what follows."""
    quoted: str
    """The same as static HTML, without a frame."""


def citation_pages(briefing: Briefing, site: Publication, say: Messages) -> Iterator[Attachment]:
    """Yield both pages, and the files for reference managers."""
    shown = [(record, view_record(briefing, record, say)) for record in cited_records(briefing)]
    every = citations(briefing, site, say, shown)
    items = [one.item for one in every]
    for name, write in FORMATS.items():
        yield Attachment(f"{briefing.path}/{name}", write(items).encode("utf-8", "replace"))
    cards = [_card(briefing, record, view, site, say) for record, view in shown]
    shared = _shared(briefing.path, briefing.title, site, say)
    gone = [WithdrawnCard(one.id, one.was, withdrawn_words(one, say)) for one in briefing.withdrawn]
    yield _page(briefing.path, EMBED, {**shared, "cards": cards, "withdrawn": gone})
    root = site.folder(briefing.path)
    whole = CitedPart(
        id="_briefing",
        was=(),
        name=briefing.title,
        href=site.page("index.md"),
        key=citation_key(briefing),
        apa=_html(every[0].apa),
        chicago=_html(every[0].chicago),
        embed="",
        quoted="",
    )
    parts = [
        _cited_part(briefing, record, card, cited, root, site.name, say)
        for (record, _), card, cited in zip(shown, cards, every[1:], strict=True)
    ]
    yield _page(briefing.path, CITE, {**shared, "parts": [whole, *parts], "files": list(FORMATS), "known": bool(root)})


# --- cards -----------------------------------------------------------------------------------------------------------


def embedded_facts(briefing: Briefing, record: Record, view: RecordView, say: Messages) -> tuple[str, ...]:
    """Return what a card on another page says besides: kind of statement, who states a figure, formula, stances."""
    if isinstance(record, Derived):
        return (f"{say('derived.formula')}: {record.formula}",)
    if isinstance(record, Theme):
        return (stances.of_theme(briefing, record, say),)
    if isinstance(record, Quotation):
        return view.statement, view.via
    return view.basis, view.speaker, view.period


def embedded_credit(briefing: Briefing, record: Record, say: Messages) -> str:
    """Return where the words of a card come from; empty for a derived figure, which is in no source."""
    source = briefing.source
    origin = ", ".join(filter(None, (source.publisher, say.date(source.published))))
    return "" if isinstance(record, Derived) else origin


def _card(briefing: Briefing, record: Record, view: RecordView, site: Publication, say: Messages) -> EmbeddedCard:
    entry, said = index(briefing)[record.id], isinstance(record, Quotation)
    has_words = not isinstance(record, Derived | Theme)
    links = [(site.page(entry.href), say("text.more"))]
    if has_words and not view.in_comment:
        in_text = f"{text_page_of(briefing, record)}.md#t-{record.id}"  # type: ignore[arg-type]
        links.append((site.page(in_text), say("card.in_text")))
    links.append((f"{CITE}#{record.id}", say("cite.action")))
    told = record.summary if isinstance(record, Theme) else record.note if isinstance(record, ContextNote) else None
    return EmbeddedCard(
        id=record.id,
        was=record.was,
        kind=view.kind,
        kind_name=say(f"kind.{view.kind}"),
        title=view.title,
        value=_value(briefing, record, view),
        parts=tuple(map(Html, view.parts)),
        words_language=briefing.source.language,
        speaker=view.speaker if said else "",
        role=view.role,
        reporter=view.reporter if said else "",
        verdict=Html(view.verdict),
        summary=_beginning(in_words(briefing, told, say, counter(briefing, say)), say) if told else "",
        facts=" · ".join(filter(None, embedded_facts(briefing, record, view, say))),
        counts=f"theme {record.id}" if isinstance(record, Theme) else "",
        credit=embedded_credit(briefing, record, say),
        status=view.status,
        corrections=tuple(_corrections(briefing, record, site, say)),
        links=tuple(links),
        digest=_digest(briefing, record, view),
    )


def _corrections(briefing: Briefing, record: Record, site: Publication, say: Messages) -> Iterator[tuple[str, str]]:
    for one in reversed(told_corrections(briefing)):
        if any(change.id == record.id for change in one.changes):
            yield site.page(f"method.md#{CORRECTION_FRAGMENT.format(one.number)}"), correction_title(one, say)


def _value(briefing: Briefing, record: Record, view: RecordView) -> str:
    """Return the value of a figure, unless its words say no more and are shown."""
    same = not isinstance(record, Derived | Theme) and view.value == _words(briefing, record)
    return "" if same else view.value


def _beginning(text: str, say: Messages) -> str:
    """Return the first sentences of a text, whole ones: a passage in quotation marks is not cut."""
    ends = [span.end for span in sentences(text, language(say.tag), Span(0, len(text)))]
    return text[: next((end for end in ends if end >= _ENOUGH), len(text))]


def _digest(briefing: Briefing, record: Record, view: RecordView) -> str:
    """Return a short hash of what a card shows of its source; of what is in none, of its value or title."""
    words = " ".join((view.value, view.title)) if isinstance(record, Derived | Theme) else _words(briefing, record)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:8]


def _words(briefing: Briefing, record: Record) -> str:
    return " ".join(parts_of(briefing, record))  # type: ignore[arg-type]


# --- what is pasted --------------------------------------------------------------------------------------------------


def _cited_part(
    briefing: Briefing, record: Record, card: EmbeddedCard, cited: Cited, root: str, site: str, say: Messages
) -> CitedPart:
    return CitedPart(
        id=record.id,
        was=card.was,
        name=cited.name,
        href=card.links[0][0],
        key=str(cited.item["id"]),
        apa=_html(cited.apa),
        chicago=_html(cited.chicago),
        embed=_frame(briefing, record, card, root, site, say),
        quoted=_static(briefing, record, card, root),
    )


def _html(pieces: Styled) -> Html:
    escaped = ((html.escape(words, quote=False), name) for words, name in pieces)
    return Html("".join(f"<{name}>{words}</{name}>" if name else words for words, name in escaped))


def _frame(briefing: Briefing, record: Record, card: EmbeddedCard, root: str, site: str, say: Messages) -> str:
    address = f"{root}{EMBED}?words={card.digest}#{record.id}"
    title = say("cite.frame_title", name=title_of(briefing, record, say), title=briefing.title)
    narrow, wide = _heights(briefing, record, card, site)
    return (
        f'<iframe src="{_attribute(address)}" title="{_attribute(title)}" width="100%" height="{narrow}" '
        f'style="{_style(narrow, wide)}" loading="lazy" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts"></iframe>'
    )


def _static(briefing: Briefing, record: Record, card: EmbeddedCard, root: str) -> str:
    """Return a card as HTML without any attribute but addresses and languages: it takes the look of its page."""
    address, element = _attribute(root + card.links[0][0]), "blockquote" if card.kind != "reported" else "div"
    language = _attribute(card.words_language)
    words = () if isinstance(record, Derived | Theme) else parts_of(briefing, record)
    said = "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in words)
    cite = f' cite="{address}"' if element == "blockquote" else ""
    quoted = f'<{element}{cite} lang="{language}" dir="auto">{said}</{element}>'
    title = ": ".join(filter(None, ("" if card.speaker else card.title, card.value)))
    about = [title, card.speaker, card.role, card.reporter, card.facts, card.credit]
    caption = ", ".join(html.escape(in_one_line(one), quote=False) for one in about if one)
    link = f'<a href="{address}">{html.escape(in_one_line(briefing.title), quote=False)}</a>'
    return f"<figure>{quoted if said else ''}<figcaption>{caption}. {link}</figcaption></figure>"


def _attribute(text: str) -> str:
    return html.escape(in_one_line(text))


_SIZES = {"words": (33, 66, 27), "text": (37, 72, 24), "small": (42, 84, 22)}
"""Characters of a line in a frame of 328 pixels and of 608, and its height in pixels, by the size of the letters."""
_TELEPHONE, _MORE = 360, 280
"""Pixels of the narrower window, and how much wider the other is, from where a frame is as wide as it gets."""


def _style(narrow: int, wide: int) -> str:
    """Return how high a frame is: as in a narrow window, as in a wide one, or in between in proportion."""
    slope = (narrow - wide) / _MORE
    between = f"calc({narrow + slope * _TELEPHONE:.0f}px - {slope * 100:.1f}vw)"
    return f"border:0;max-width:40rem;height:clamp({wide}px,{between},{narrow}px)"


def _heights(briefing: Briefing, record: Record, card: EmbeddedCard, site: str) -> tuple[int, int]:
    """Return the pixels that a card needs in a narrow and in a wide frame, a little too much rather than too little."""
    said = " · ".join(filter(None, (card.speaker, card.role, card.reporter)))
    told = (words for _, words in card.corrections)
    texts = {
        "words": () if isinstance(record, Derived | Theme) else parts_of(briefing, record),
        "text": (card.title, card.summary, said),
        "small": (*told, card.kind_name, card.facts, card.credit, f"{briefing.title} {site}", "links"),
    }
    narrow = wide = 60 + 44 * bool(card.value) + 38 * bool(card.verdict)
    for size, own in texts.items():
        few, many, height = _SIZES[size]
        for length in map(len, filter(None, own)):
            narrow += 8 + -(-length // few) * height
            wide += 8 + -(-length // many) * height
    return narrow, wide


# --- pages -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(resources.templates() / "cite"),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shared(path: str, title: str, site: Publication, say: Messages) -> dict[str, Any]:
    """Return what both pages show, of the briefing in a folder."""
    assets = "../" * (path.count("/") + 1 if path else 0) + ASSETS
    overview = site.page("index.md")
    return {"say": say, "title": title, "site": site.name, "assets": f"{assets}/", "overview": overview}


def _page(path: str, name: str, shown: dict[str, Any]) -> Attachment:
    text = _templates().get_template(f"{name}.jinja").render(**shown)
    return Attachment(f"{path}/{name}", text.encode("utf-8", "replace"))


def unavailable(path: str, site: Publication, say: Messages) -> Attachment:
    """Return what frames show of a briefing that is not shown because of its errors: nothing of it, for any card."""
    shown = {**_shared(path, say("notice.title"), site, say), "cards": (), "withdrawn": ()}
    return _page(path, EMBED, shown)


__all__: Sequence[str] = ("citation_pages", "embedded_credit", "embedded_facts", "unavailable")
