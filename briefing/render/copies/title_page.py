"""What the first page of a copy says: what it is, of which day, whose, where it is from, and how it can be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from briefing import __version__
from briefing.model import Briefing
from briefing.model.manifest import SITE_MANIFEST
from briefing.model.publication import Publication
from briefing.render.copies.copied_pages import whole_address
from briefing.render.corrections import told_corrections
from briefing.render.messages import Messages
from briefing.render.origin import authors
from briefing.render.statements import inner_marks
from briefing.render.summary_counts import description


class TitleFact(Struct, frozen=True):
    """A line of the title page."""

    label: str
    words: str
    address: str = ""
    """Where the words lead; empty for nowhere."""


class TitlePage(Struct, frozen=True, kw_only=True):
    """The first page of a copy."""

    title: str
    about: str
    """The briefing in a sentence or two; may be empty."""
    byline: str
    """The day of the briefing, and its authors."""
    facts: Sequence[TitleFact]
    check: str
    """How whoever has the copy can compare it with what was published."""
    language: str
    """BCP 47."""
    direction: str
    """`ltr` or `rtl`."""
    authors: Sequence[str]
    date: str
    """ISO 8601."""
    modified: str
    """The last day of which the briefing says that something was changed or released; ISO 8601."""
    rights: str
    """Of the source, as its author recorded them; may be empty."""
    source: str
    """Where the source can be read; may be empty."""
    site: str
    address: str
    """Of the briefing on its site; empty where that is not known."""
    path: str
    """Of the briefing's folder."""


def title_page(briefing: Briefing, site: Publication, say: Messages) -> TitlePage:
    """Return what the first page of a briefing's copies says on a site."""
    address = site.overview(briefing.path)
    manifest = f"{site.root}{SITE_MANIFEST}" if site.complete else SITE_MANIFEST
    return TitlePage(
        title=briefing.title,
        about=description(briefing, say),
        byline=" · ".join(filter(None, (say.date(briefing.date), authors(briefing, say)))),
        facts=tuple(_facts(briefing, site, address, say)),
        check=say("copies.check", manifest=manifest),
        language=briefing.language,
        direction=say.direction,
        authors=briefing.authors,
        date=briefing.date,
        modified=_last_day(briefing),
        rights=briefing.source.rights,
        source=_original(briefing),
        site=site.name,
        address=address,
        path=briefing.path,
    )


def _original(briefing: Briefing) -> str:
    """Return where the source can be read, with nothing that an address cannot have."""
    return whole_address(briefing.source.read_at)


def _last_day(briefing: Briefing) -> str:
    dates = briefing.releases.dates if briefing.releases else ()
    return max((briefing.date, *dates, *(one.date for one in told_corrections(briefing))))


def _facts(briefing: Briefing, site: Publication, address: str, say: Messages) -> Iterator[TitleFact]:
    source, read_at = briefing.source, _original(briefing)
    named = say("quotes.quoted", words=inner_marks(source.title, say)) if source.title else ""
    dated = say.date(source.published) or say("source.undated")
    kind = say(f"method.kind.{source.kind}")
    line = " · ".join(filter(None, (kind, named, source.author, source.publisher, dated)))
    yield TitleFact(say("index.source"), line, read_at)
    yield TitleFact(say("method.rights"), source.rights or say("text.no_rights"))
    if address:
        yield TitleFact(say("copies.published"), site.name or address, address)
    dates = briefing.releases.dates if briefing.releases else ()
    corrected = [one.date for one in told_corrections(briefing)]
    if dates:
        yield TitleFact(say("copies.released"), say.date(dates[-1]))
    if corrected:
        yield TitleFact(say("copies.corrected"), say.date(corrected[-1]))
    yield TitleFact(say("copies.made"), f"mkdocs-briefing {__version__}")
