"""How a briefing and each of its annotations is cited: as items for reference managers (CSL-JSON), and ready in two
styles, that of the APA's seventh edition and notes as in the Chicago manual.

Only what is recorded is said. The name of a person has the family name first (`text.filing`), unless people.yml files
it otherwise; that of a body is given as it is written. What has no author begins with its title. No day of access is
claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from msgspec import Struct

from briefing import resources
from briefing.model import Briefing, Derived, Quotation, Theme
from briefing.model.publication import Publication
from briefing.render.citation_formats import family_of
from briefing.render.escape import Markup, in_html, in_one_line
from briefing.render.index import heading, in_text_order, index, kind_of, permalink
from briefing.render.messages import Messages
from briefing.render.places import place_words
from briefing.render.record_view import Record, RecordView
from briefing.render.statements import credit, inner_marks, is_reported, quoted_words, told_words
from briefing.render.summary_counts import description
from briefing.text.filing import PersonalName, names_a_body, personal_name

Item = Mapping[str, Any]
"""An item of CSL-JSON (https://github.com/citation-style-language/schema, csl-data.json)."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_ITALIC, _ISOLATED, _END = "\ufdd0", "\ufdd1", "\ufdd2"
"""Around what a style sets in italics, and what is read in a direction of its own: characters that no text has, as
`_plain` leaves none."""
_ELEMENTS = {_ITALIC: "i", _ISOLATED: "bdi"}
_TITLE, _ADDRESS = "\ufdd3.", "\ufdd4"
"""Stand in an entry for a title with its full stop, and for an address."""
Styled = tuple[tuple[str, str], ...]
"""Text in pieces, and the HTML element of each: `i`, `bdi`, or empty."""


class Cited(Struct, frozen=True, kw_only=True):
    """A briefing, or one of its annotations, derived figures and themes, as it is cited."""

    id: str
    """Of the annotation; empty for the briefing itself."""
    name: str
    """What it is called: of an annotation its kind and heading."""
    item: Item
    apa: Styled
    """The entry of a list of references."""
    chicago: Styled
    """The note."""


def cited_records(briefing: Briefing) -> tuple[Record, ...]:
    """Return what can be cited by itself: annotations in the order of the text, derived figures, themes."""
    return (*in_text_order(briefing), *briefing.derived, *briefing.themes)


def citations(
    briefing: Briefing, site: Publication, say: Messages, shown: Sequence[tuple[Record, RecordView]]
) -> tuple[Cited, ...]:
    """Return the citation of a briefing, and then of what is `shown` of it."""
    whole = _whole_item(briefing, site, say)
    work = (*_work(whole, say), _name_of(site), say.date(briefing.date))
    note = _note((*work, whole.get("URL", "")), say)
    own = Cited(id="", name=briefing.title, item=whole, apa=_styled(_apa(whole, say)), chicago=note)
    shared = _Shared(whole, _name_of(site), work, _apa_of_parts(whole, _name_of(site), say))
    return (own, *(_part(briefing, record, view, shared, site, say) for record, view in shown))


def citation_key(briefing: Briefing, id: str = "") -> str:
    """Return the key of a briefing or of an annotation, as ordinary pages cite it, too: `nato-ammunition/overtaken`."""
    name = briefing.path.rpartition("/")[2] or "briefing"
    return f"{name}/{id}" if id else name


def ready_citation(briefing: Briefing, site: Publication, say: Messages) -> Markup:
    """Return the entry of a briefing in a list of references, for its overview: HTML that no Markdown reads."""
    pieces = _styled(_apa(_whole_item(briefing, site, say), say))
    written = (
        Markup("<{0}>{1}</{0}>" if name else "{1}").format(Markup(name), in_html(words)) for words, name in pieces
    )
    return Markup("").join(written)


# --- items -----------------------------------------------------------------------------------------------------------


def _whole_item(briefing: Briefing, site: Publication, say: Messages) -> Item:
    return _known(
        {
            "id": citation_key(briefing),
            "type": "webpage",
            "title": _plain(briefing.title),
            "container-title": _name_of(site),
            "author": [_author(briefing, site, name) for name in briefing.authors],
            "issued": {"date-parts": [[int(part) for part in briefing.date.split("-")]]},
            "language": briefing.language,
            "URL": site.overview(briefing.path),
            "abstract": _plain(description(briefing, say)),
            "keyword": ", ".join(map(_plain, briefing.tags)),
        }
    )


def _name_of(site: Publication) -> str:
    """Return the name of a site; empty for what a new one is called, which would name none to who reads a citation."""
    return "" if site.name == resources.SITE_NAME else _plain(site.name)


class _Shared(Struct, frozen=True):
    """What the citations of all parts of a briefing have in common."""

    whole: Item
    publisher: str
    work: Sequence[str]
    """What a note says of the whole."""
    apa: Styled
    """An entry with `_TITLE` and `_ADDRESS` in the places of these."""


def _part(
    briefing: Briefing, record: Record, view: RecordView, shared: _Shared, site: Publication, say: Messages
) -> Cited:
    """Return the citation of a part."""
    entry, whole, work = index(briefing)[record.id], shared.whole, shared.work
    item = _known(
        {
            "id": citation_key(briefing, record.id),
            "type": "chapter",
            "title": _plain(title_of(briefing, record, say)),
            "container-title": whole["title"],
            "publisher": shared.publisher,
            **{name: whole[name] for name in ("author", "issued", "language") if name in whole},
            "URL": permalink(briefing, record.id, site) if site.complete else "",
            "abstract": _plain(passage(briefing, record, view, say)),
            "keyword": ", ".join(map(_plain, () if isinstance(record, Theme) else record.tags)),
        }
    )
    original = list(_original(briefing, record, view, say))
    named = () if original else (entry.name,)
    pieces = (*original, *work, *named, item.get("URL", ""))
    in_place = {_TITLE: _ended(item["title"]), _ADDRESS: item.get("URL", "")}
    apa = tuple((_replaced(words, in_place), name) for words, name in shared.apa)
    return Cited(id=record.id, name=entry.name, item=item, apa=apa, chicago=_note(pieces, say))


def _apa_of_parts(whole: Item, publisher: str, say: Messages) -> Styled:
    """Return the entry of a part with `_TITLE` and `_ADDRESS` in the places of its title and address."""
    facts = {name: whole[name] for name in ("author", "issued", "language") if name in whole}
    address = {"URL": _ADDRESS} if "URL" in whole else {}
    part = {"type": "chapter", "title": _TITLE, "container-title": whole["title"], **facts, **address}
    return _styled(_apa({**part, **({"publisher": publisher} if publisher else {})}, say))


def _replaced(text: str, given: Mapping[str, str]) -> str:
    for mark, words in given.items():
        text = text.replace(mark, words)
    return text


def _author(briefing: Briefing, site: Publication, name: str) -> Mapping[str, str]:
    """Return an author: of a person the parts of the name, of a body and of a name of one part the name alone."""
    known = next((person for person in briefing.people.values() if person.name == name), None)
    body = (
        known.kind == "organisation" if known else name in (site.name, briefing.source.publisher) or names_a_body(name)
    )
    parts = PersonalName(name) if body else personal_name(known.sort_as if known and known.sort_as else name)
    if not parts.given or not all(word[0].isalpha() for word in name.split()):  # marks stay where they are in a name
        return {"literal": _plain(name)}
    facts = {"family": parts.family, "given": parts.given, "non-dropping-particle": parts.particle}
    return {key: _plain(words) for key, words in facts.items() if words}


def title_of(briefing: Briefing, record: Record, say: Messages) -> str:
    """Return what a record is called by itself: whose words they are and how they begin, or its own title."""
    if isinstance(record, Theme):
        return record.title
    return record.label if isinstance(record, Derived) else heading(briefing, record, say)


def passage(briefing: Briefing, record: Record, view: RecordView, say: Messages) -> str:
    """Return the words of an annotation and where they come from, on one line; of others, how they were made."""
    if isinstance(record, Theme):
        return ""
    if isinstance(record, Derived):
        return f"{view.value} ({say('derived.formula')}: {record.formula})"
    comment = briefing.anchors[record.id].comment
    origin = index(briefing)[comment].name.partition(":")[0] if comment else credit(briefing, say)
    who = say("list.comma").join(filter(None, (view.speaker, view.role, view.via, view.reporter, origin)))
    reported = isinstance(record, Quotation) and is_reported(record)
    words = told_words(briefing, record) if reported else quoted_words(briefing, record, say)  # type: ignore[arg-type]
    return f"{words} ({who})"


def _known(facts: Mapping[str, object]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Return text on one line, without what no format of references can hold."""
    return _CONTROL.sub("", in_one_line(text)).strip()


# --- ready -----------------------------------------------------------------------------------------------------------


def _apa(item: Item, say: Messages) -> str:
    """Return an entry in the style of the APA, 7th edition: section 10.16 for pages, 10.3 for parts."""
    date = f"({_apa_date(item, say)})"
    authors = item.get("author", ())
    names = [_filed(one, say) for one in authors]
    title, within = item["title"], item.get("container-title", "")
    own = title if item["type"] == "chapter" else f"{_ITALIC}{title}{_END}"
    lead = [f"{_ended(_several(authors, say))} {date}.", _ended(own)] if names else [f"{_ended(own)} {date}."]
    if item["type"] == "chapter":
        lead.append(_ended(say("cite.in", title=f"{_ITALIC}{within}{_END}")))
    publisher = item.get("publisher", "") if item["type"] == "chapter" else within
    named = _isolated(_ended(publisher), say) if publisher and names != [publisher] else ""  # an own author once
    return " ".join(filter(None, [*lead, named, _isolated(item.get("URL", ""), say)]))


def _styled(text: str) -> Styled:
    """Return text in pieces, of which none is in another."""
    if _END not in text:
        return ((text, ""),) if text else ()
    found: list[tuple[str, str]] = []
    for part in re.split(f"(?=[{_ITALIC}{_ISOLATED}])", text):
        inner, end, rest = part.partition(_END)
        found += [(inner[1:], _ELEMENTS[inner[0]]), (rest, "")] if end else [(part, "")]
    return tuple((words, name) for words, name in found if words)


def _isolated(text: str, say: Messages) -> str:
    """Return a name or address so that its direction does not change that of what is beside it, where it may differ."""
    return f"{_ISOLATED}{text}{_END}" if text and say.direction == "rtl" else text


def _apa_date(item: Item, say: Messages) -> str:
    """Return the day of a page; of a part of a work, the year."""
    from babel.dates import format_skeleton  # late, as in `messages`

    day = date(*item["issued"]["date-parts"][0])
    if item["type"] == "chapter":
        return str(day.year)
    # The style has the month before the day, in whichever English.
    locale = Locale("en", "US") if say.locale.language == "en" else say.locale
    return say("cite.date", year=str(day.year), day=str(format_skeleton("MMMMd", day, locale=locale)))


def _filed(name: Mapping[str, str], say: Messages) -> str:
    """Return a name as a list files it: family name and initials, or as it is written.

    A script without capitals has no initials either: there the given name is whole.
    """
    if "literal" in name:
        return name["literal"]
    given = name["given"]
    if given[0].lower() != given[0].upper():
        given = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return f"{family_of(name)}{say('list.comma')}{given}"


def _several(authors: Sequence[Mapping[str, str]], say: Messages) -> str:
    """Return names as a list has them: in English, a comma comes before the last of three, or of two with initials."""
    names = [_filed(one, say) for one in authors]
    if len(names) < 2:
        return "".join(names)
    apart = len(names) > 2 or all("family" in one for one in authors)
    before_last = "cite.and_apart" if apart else "cite.and"
    return say(before_last, first=say("list.comma").join(names[:-1]), last=names[-1])


def _ended(text: str) -> str:
    """Return a part of an entry with its full stop, unless it has one."""
    return text if text.rstrip(f"{_END}”’“‘»").endswith((".", "?", "!", "…", "؟")) else f"{text}."


class _Closed(str):
    """A piece of a note behind which no comma is written."""

    __slots__ = ()


def _note(pieces: Sequence[str], say: Messages) -> Styled:
    """Return pieces as one note."""
    said = [piece for piece in pieces if piece]
    between = [" " if isinstance(piece, _Closed) else say("list.comma") for piece in said[:-1]]
    shown = (_isolated(_plain(piece), say) for piece in said)
    return _styled("".join(map("".join, zip(shown, [*between, "."], strict=True))))


def _work(item: Item, say: Messages) -> Iterator[str]:
    """Yield who wrote the briefing and its title, as a note has them."""
    names = [one.get("literal") or f"{one['given']} {family_of(one)}" for one in item.get("author", ())]
    yield say.list(names)
    yield _Closed(say("cite.title", title=inner_marks(item["title"], say)))


def _original(briefing: Briefing, record: Record, view: RecordView, say: Messages) -> Iterator[str]:
    """Yield where the words are from that are cited through the briefing: who says them, and in which source.

    Section 14.260 of the manual's 17th edition: the original comes first, then what it is quoted in.
    """
    if isinstance(record, Derived | Theme) or kind_of(record) == "context":
        return
    source, comment = briefing.source, briefing.anchors[record.id].comment
    yield view.speaker or (say("quotes.unknown_speaker") if isinstance(record, Quotation) else "")
    yield view.reporter
    if comment:
        yield index(briefing)[comment].name.partition(":")[0]
    yield source.author
    title = _Closed(say("cite.title", title=inner_marks(source.title, say)))
    yield title if source.title else f"[{say(f'method.kind.{source.kind}')}]"
    yield "" if source.publisher in view.reporter else source.publisher  # who reports it is named once
    yield say.date(source.published) or say("cite.undated")
    yield "" if comment else place_words(source, briefing.anchors[record.id].whole.start, say, brief=True)
    yield _Closed(say("cite.quoted_in" if kind_of(record) == "quotation" else "cite.cited_in"))
