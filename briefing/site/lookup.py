"""Looks up the briefing of a key of a page: `[@nato-ammunition/overtaken]` by its folder, or more of its path.

Lists: lists of briefings in ordinary pages: `<!-- briefings: tag=defence newest=5 -->`.

Cards: A card of a briefing in an ordinary page: the words, who says so and where, and the links to them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jinja2 import Environment
from msgspec import Struct

from briefing.check.grounds import KnownIds, NamedThing, named, withdrawn
from briefing.check.rules.citations import cites_withdrawn
from briefing.collection import fold_tag
from briefing.model import Briefing, Quotation, Theme
from briefing.model.places import Place, Problem, Span, in_file
from briefing.model.prose import ALL_COMMENTS
from briefing.pipeline.built import BuiltBriefing
from briefing.pipeline.checking import BriefingBuilds
from briefing.render.embeds import embedded_credit, embedded_facts
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import index
from briefing.render.messages import messages
from briefing.render.prose_markdown import in_line
from briefing.render.record_view import view_record
from briefing.render.routes import folder_link
from briefing.render.summary_counts import counter
from briefing.site.markdown_scan import Directive

KEY = re.compile(r"@([^\s;,@\[\]()]+)/([^\s;,@\[\]()/]+)")
CITATION = re.compile(rf"\s*{KEY.pattern}(?:\s*;\s*{KEY.pattern})*\s*")


class CitationKey(Struct, frozen=True):
    """A briefing's name and an id in it, as a page writes them."""

    briefing: str
    id: str
    span: Span
    """Of name, slash and id, without the @."""
    of_id: Span


def citation_keys(text: str, within: Span) -> Iterator[CitationKey]:
    """Yield the keys with a slash in a stretch of a page."""
    for found in KEY.finditer(text, within.start, within.end):
        yield CitationKey(found[1], found[2], Span(found.start(1), found.end(2)), Span(*found.span(2)))


def card_key(text: str, argument: Span) -> CitationKey | None:
    """Return the key of a line that asks for a card, with or without its @; None where it is none."""
    match = KEY.fullmatch(f"@{argument.of(text).removeprefix('@')}")
    if match is None:
        return None
    own = Span(argument.end - len(match[0]) + 1, argument.end)
    return CitationKey(match[1], match[2], own, Span(own.end - len(match[2]), own.end))


def matching_paths(name: str, paths: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the paths of the briefings that a name may mean: the path, its last part if no other has it, or more.

    `paths` are paths with their former ones, which mean a briefing only where no path does.
    """
    known = list(paths)
    if any(path == name for path, _ in known):
        return (name,)
    present = tuple(path for path, _ in known if path.endswith(f"/{name}"))
    return present or tuple(
        path for path, former in known if any(old == name or old.endswith(f"/{name}") for old in former)
    )


class Lookup(Struct, frozen=True):
    """All briefings of a library."""

    checked: Mapping[str, BuiltBriefing]
    """By path, drafts and broken ones too."""
    shown: Mapping[str, Briefing]
    """By path: those that the site shows, as it shows them."""

    def paths(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each path with its former ones."""
        for path, checked in self.checked.items():
            yield path, checked.outline.aliases

    def tags(self) -> set[str]:
        """Return every tag of a briefing, drafts included: a list may be asked for before there is anything in it."""
        return {tag for one in self.checked.values() for tag in one.outline.tags}


def make_lookup(library: BriefingBuilds, shown: Mapping[str, Briefing] | None = None) -> Lookup:
    """Return the lookup of all briefings; `shown` are those that the site shows, by path."""
    return Lookup({one.path: one for one in library.briefings}, shown or {})


class LookupResult(Struct, frozen=True):
    """What a key leads to."""

    path: str
    """Of the briefing; empty where the key is none of ours."""
    item: NamedThing | None = None
    problem: Problem | None = None


def look_up(lookup: Lookup, key: CitationKey, file: str) -> LookupResult:
    """Return what a key on a page leads to, or what is wrong with it; of a broken briefing, nothing is known."""
    paths = matching_paths(key.briefing, lookup.paths())
    if not paths:
        return LookupResult("")
    if len(paths) > 1:
        return LookupResult(paths[0], problem=_ambiguous(key, paths, file))
    checked = lookup.checked[paths[0]]
    if checked.briefing is None:
        return LookupResult(paths[0])
    item, problem = _item(checked.briefing, key, in_file(file, key.of_id.start, key.of_id.end))
    return LookupResult(paths[0], item, problem)


def _suggestions(briefing: Briefing) -> KnownIds:
    return KnownIds(named(briefing), "annotations, themes, comments or references")


def _item(briefing: Briefing, key: CitationKey, at: Place) -> tuple[NamedThing | None, Problem | None]:
    known, gone = named(briefing), withdrawn(briefing)
    item = NamedThing(ALL_COMMENTS, "comment", "published") if _cites_all(briefing, key) else known.get(key.id)
    if key.id in gone:
        return None, cites_withdrawn(key.id, gone[key.id], at)
    if item is None:
        if briefing.unread.may_have(key.id, "annotations", "comments", "references"):
            return None, None
        hint = briefing.derive(_suggestions).hint(key.id)
        return None, Problem("unknown-citation", f"nothing in “{briefing.path}” is called “{key.id}”", at, hint)
    status = briefing.status if briefing.status != "published" else item.status
    if status != "published":
        what = "its briefing" if briefing.status != "published" else f"the {item.kind} “{item.id}”"
        message = f"a page cites “{key.id}”, and {what} is not published: its status is {status}"
        return item, Problem("draft-cited", message, at, "write `status: published` there, or leave it out here")
    return item, None


def _cites_all(briefing: Briefing, key: CitationKey) -> bool:
    return key.id == ALL_COMMENTS and bool(briefing.comments)


def _ambiguous(key: CitationKey, paths: Sequence[str], file: str) -> Problem:
    at = in_file(file, key.span.start, key.of_id.start - 1)
    listed = ", ".join(f"“{path}”" for path in paths)
    hint = f"write more of its path: [@{'/'.join(paths[0].split('/')[-2:])}/{key.id}]"
    return Problem("ambiguous-briefing", f"“{key.briefing}” may be any of {listed}", at, hint)


# --- lists -----------------------------------------------------------------------------------------------------------


OPTIONS = ("newest", "tag", "under", "language")
"""What a list can be narrowed by; all conditions hold together, a tag given twice is a condition each."""
_OPTION = re.compile(r"""(?P<name>[^\s="']+)(?:=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]*)))?""")


class ListQuery(Struct, frozen=True):
    """Which briefings a list shows."""

    newest: int | None = None
    """At most so many."""
    tags: tuple[str, ...] = ()
    """In any spelling of their topics, as the pages of topics take them."""
    under: str = ""
    """Only those in this folder below the docs folder."""
    language: str = ""

    def of(self, briefings: Sequence[Briefing]) -> tuple[Briefing, ...]:
        """Return the briefings that are wanted, newest first."""
        found = [briefing for briefing in briefings if self._takes(briefing)]
        found.sort(key=lambda briefing: (briefing.date, briefing.path), reverse=True)
        return tuple(found[: self.newest])

    def _takes(self, briefing: Briefing) -> bool:
        in_language = not self.language or briefing.language.lower().split("-")[0] == self.language.lower()
        inside = not self.under or briefing.path.startswith(f"{self.under}/") or briefing.path == self.under
        return in_language and inside and set(map(fold_tag, self.tags)) <= set(map(fold_tag, briefing.tags))


def wanted(text: str, ask: Directive, lookup: Lookup, file: str) -> tuple[ListQuery, tuple[Problem, ...]]:
    """Return which briefings a line asks for, and what is wrong with it; an option that is wrong narrows nothing."""
    given: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for found in _OPTION.finditer(text, ask.argument.start, ask.argument.end):
        value = found["quoted"] if found["quoted"] is not None else found["plain"] or ""
        reasons = list(_wrong(found["name"], value, found.group().find("=") >= 0, lookup))
        at = in_file(file, found.start(), found.end())
        problems += (Problem("bad-list-option", message, at, hint) for message, hint in reasons)
        if not reasons:
            given.setdefault(found["name"], []).append(value)
    newest = given.get("newest", [""])[-1]
    under, language = (given.get(name, [""])[-1] for name in ("under", "language"))
    tags = tuple(given.get("tag", ()))
    return ListQuery(int(newest) if newest else None, tags, under.strip("/"), language), tuple(problems)


def _wrong(name: str, value: str, has_value: bool, lookup: Lookup) -> Iterator[tuple[str, str]]:
    """Yield why an option cannot be followed, and what to write."""
    if name not in OPTIONS:
        near = difflib.get_close_matches(name, OPTIONS, n=1)
        meant = f"did you mean “{near[0]}”?" if near else "write newest=5, tag=defence, under=folder or language=de"
        yield f"a list of briefings has no option “{name}”", meant
    elif not has_value or not value:
        yield f"“{name}” has no value", f"write {name}={'5' if name == 'newest' else '…'} without spaces around ="
    elif name == "newest" and not re.fullmatch("[1-9][0-9]{0,5}", value):
        yield f"“{value}” is not a number of briefings", "write a whole number from 1, for example newest=5"
    elif name == "tag" and fold_tag(value) not in set(map(fold_tag, lookup.tags())):
        near = difflib.get_close_matches(value, lookup.tags(), n=1)
        yield f"no briefing has the tag “{value}”", f"did you mean “{near[0]}”?" if near else "look how it is written"
    elif name == "under" and not any(f"{path}/".startswith(f"{value.strip('/')}/") for path in lookup.checked):
        yield f"there is no briefing in “{value}”", "write a folder below the docs folder, for example briefings/2025"


# --- cards -----------------------------------------------------------------------------------------------------------


EMBEDDED = ("quotation", "reported statement", "figure", "derived figure", "context note", "theme")
"""Kinds that have a card of their own."""


class Embed(Struct, frozen=True, kw_only=True):
    """A card as it is in another page."""

    kind: str
    title: str
    """What it is about; of a reported statement whose it is, empty for a quotation, whose words say it."""
    value: str
    """Of a figure, stated or derived."""
    parts: tuple[Markup, ...]
    """The annotated words, a part for each passage: HTML on one line; empty for a theme or a derived figure."""
    words_language: str
    summary: Markup
    """Of a theme, with the signs of the author's reading; Markdown on one line."""
    speaker: str
    """Of a quotation or reported statement; who states a figure is among the facts."""
    role: str
    reporter: str
    """Who reports a statement in their own words; empty for all else."""
    facts: str
    """Kind of statement, who states a figure, period, formula or stances."""
    verdict: Markup
    """On a claim, as it is shown; empty for all that is not assessed."""
    credit: str
    """Where the words come from; empty for a derived figure, which is in no source."""
    links: tuple[Markup, ...]
    language: str
    direction: str
    status: str


def card(briefing: Briefing, id: str, here: str, templates: Environment) -> str:
    """Return the card of an annotation or theme for the page at path `here`, as Markdown."""
    view = _embed(briefing, id, folder_link(here, briefing.path))
    return templates.get_template("embed.md.jinja").render(card=view, say=messages(briefing.language)).strip()


def _embed(briefing: Briefing, id: str, folder: str) -> Embed:
    say, source, id = messages(briefing.language), briefing.source, index(briefing)[id].id
    record = next(one for one in (*briefing.annotations, *briefing.derived, *briefing.themes) if one.id == id)
    view = view_record(briefing, record, say, folder)
    said = isinstance(record, Quotation)
    summary = record.summary if isinstance(record, Theme) else None
    ways = (view.more, Markup() if view.in_comment else view.in_text)
    return Embed(
        kind=view.kind,
        title=view.title,
        value=view.value,
        parts=view.parts,
        words_language=source.language,
        summary=in_line(briefing, summary, say, counter(briefing, say), folder),
        speaker=view.speaker if said else "",
        role=view.role,
        reporter=view.reporter if said else "",
        facts=" · ".join(filter(None, embedded_facts(briefing, record, view, say))),
        verdict=view.verdict,
        credit=embedded_credit(briefing, record, say),
        links=(*filter(None, ways), link(in_markdown(briefing.title), f"{folder}index.md")),
        language=say.tag,
        direction=say.direction,
        status=view.status,
    )
