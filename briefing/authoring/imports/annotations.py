"""Annotations of other programs as drafts: found in the source again, or left and said why.

The words decide: with what stands before and after them if that is found, alone if they stand in one place only. What
stands nowhere is an orphan, what stands in several places is ambiguous; neither is taken. A note becomes a context
note, a highlight a quotation, if it is known who speaks; both are drafts, for their author to finish.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.anchor.describe import describe_on_one_line
from briefing.anchor.diagnose import Texts, orphan, short
from briefing.anchor.find import find
from briefing.authoring.edit import Value
from briefing.authoring.imports.taken import Left, Taken
from briefing.authoring.imports.web_annotations import Foreign
from briefing.check.quotation_bounds import passage_of, turn_at
from briefing.check.rules import quotations
from briefing.load.schema.formats import ID, RESERVED
from briefing.model import Anchor, Briefing, ContextNote, Match, Part, Quotation, Selector, Target
from briefing.model.places import Place
from briefing.model.prose import plain
from briefing.prose.parse import parse

TITLE = 60
"""Characters of a title that is made from the words of the target."""
_NOWHERE = Place("")
_MARKUP = re.compile(r"([\\`*_\[\]<>#!|~&{}])|^(\s*)([-+=>]|\d+[.)])", re.M)
"""What Markdown may read as a mark: in a note that is not of our small Markdown it is made literal."""


def import_annotations(items: Sequence[Foreign], briefing: Briefing, speaker: str = "") -> Mapping[str, Taken]:
    """Drafts by the key that they belong under, `quotes` and `context`; what was left is under `context`.

    `speaker` is the person of every highlight whose speaker is not known otherwise.
    """
    work = _Work(briefing, speaker, _taken(briefing))
    made: dict[str, list[Mapping[str, Value]]] = {"quotes": [], "context": []}
    for item in items:
        for key, entry in _draft(work, item):
            made[key].append(entry)
    left = tuple(work.left)
    return {
        "quotes": Taken(tuple(made["quotes"]), (), 0),
        "context": Taken(tuple(made["context"]), left, work.known),
    }


@dataclass(slots=True)
class _Work:
    """One run."""

    briefing: Briefing
    speaker: str
    taken: set[str]
    left: list[Left] = field(default_factory=list)
    known: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """Where an annotation stands in the briefing."""

    comment: str
    """Empty for the source."""
    matches: tuple[Match, ...]


def _taken(briefing: Briefing) -> set[str]:
    """Every id that the briefing has or had."""
    own = {id for record in (*briefing.annotations, *briefing.themes) for id in (record.id, *record.was)}
    return own | {comment.id for comment in briefing.comments} | {work.id for work in briefing.references}


def _draft(work: _Work, item: Foreign) -> Iterator[tuple[str, Mapping[str, Value]]]:
    reason = item.refused or ("a figure needs a value and a label: write it yourself" if item.kind == "figure" else "")
    found = None if reason else _found(work, item)
    if isinstance(found, str):
        reason = found
    if reason or not isinstance(found, _Found):
        work.left.append(Left(item.where, reason))
        return
    is_note = bool(item.text) and item.kind not in ("quotation", "reported statement")
    entry = _note(work, item, found) if is_note else _quotation(work, item, found)
    if isinstance(entry, str):
        work.left.append(Left(item.where, entry))
    elif entry is None:
        work.known += 1
    else:
        yield ("context" if is_note else "quotes"), entry


# --- where it stands --------------------------------------------------------------------------------------------


def _found(work: _Work, item: Foreign) -> _Found | str:
    """The one place of all parts, in the source or else in one comment; or why there is none."""
    texts = {"": work.briefing.source.text, **{comment.id: comment.text for comment in work.briefing.comments}}
    places = [(comment, [_matches(text, selector) for selector in item.selectors]) for comment, text in texts.items()]
    source = places[0]
    whole = [place for place in places if all(place[1])]
    chosen = [source] if all(source[1]) else whole
    if not chosen:
        return _orphan(work, item, source[1])
    if len(chosen) > 1 or any(len(matches) > 1 for matches in chosen[0][1]):
        words = short(item.selectors[0].exact)
        return f"“{words}” occurs in several places, and the context it gives does not show which is meant"
    return _Found(chosen[0][0], tuple(matches[0] for matches in chosen[0][1]))


def _matches(text: str, selector: Selector) -> tuple[Match, ...]:
    """Places of words with what is around them, or of the words alone."""
    return find(text, selector, 2) or find(text, Selector(selector.exact), 2)


def _orphan(work: _Work, item: Foreign, found: Sequence[Sequence[Match]]) -> str:
    lost = next(selector for selector, matches in zip(item.selectors, found, strict=True) if not matches)
    told = orphan(Texts(work.briefing.source.text), "", Selector(lost.exact))
    return f"orphan: {told.message}"


def _target(work: _Work, found: _Found) -> Value:
    """The smallest selectors that are unique, as the folder format writes them."""
    text = next((c.text for c in work.briefing.comments if c.id == found.comment), work.briefing.source.text)
    parts: list[Value] = [_selector(describe_on_one_line(text, match.span)) for match in found.matches]
    return parts[0] if len(parts) == 1 else parts


def _selector(selector: Selector) -> Value:
    if not (selector.prefix or selector.suffix):
        return selector.exact
    fields = {"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
    return {key: words for key, words in fields.items() if words}


# --- what it becomes --------------------------------------------------------------------------------------------


def _note(work: _Work, item: Foreign, found: _Found) -> Mapping[str, Value] | str | None:
    """A context note; nothing where the briefing has it, a reason where its text cannot be kept."""
    text = _prose(item.text)
    if text is None:
        return "its text holds characters that a note cannot have"
    said = _plain(text)
    for other in work.briefing.context:
        if _stands(work, other, found) and other.note and plain(other.note) == said:
            return None
    words = item.selectors[0].exact
    fields: dict[str, Value] = {"id": _id(work, words), "target": _target(work, found)}
    title = short(words, TITLE)
    return _finished(item, found, {**fields, "title": title, "note": text})


def _quotation(work: _Work, item: Foreign, found: _Found) -> Mapping[str, Value] | str | None:
    """A quotation; nothing where the briefing has it, a reason where nobody is known to say it."""
    if any(_stands(work, other, found) for other in work.briefing.quotations):
        return None
    speaker = _speaker(work, item, found)
    if not speaker:
        return "it is a highlight, and it is not known who says the words: name the person with --speaker"
    draft: dict[str, Value] = {"id": _id(work, item.selectors[0].exact), "target": _target(work, found)}
    kind = _kind(work, found, speaker)
    draft |= {} if kind == "direct" else {"kind": kind}
    draft |= {"speaker": speaker}
    text = _prose(item.text) if item.text else ""
    return _finished(item, found, {**draft, **({"note": text} if text else {})})


def _finished(item: Foreign, found: _Found, fields: Mapping[str, Value]) -> Mapping[str, Value]:
    more: dict[str, Value] = {"in": found.comment} if found.comment else {}
    more |= {"tags": list(item.tags)} if item.tags else {}
    more |= {"by": item.by} if item.by else {}
    return {**fields, **more, "status": "draft"}


def _stands(work: _Work, other: Quotation | ContextNote, found: _Found) -> bool:
    """Whether an annotation of the briefing is about the same words."""
    anchor = work.briefing.anchors.get(other.id)
    spans = tuple(match.span for match in found.matches)
    return anchor is not None and anchor.spans == spans and anchor.comment == found.comment


def _speaker(work: _Work, item: Foreign, found: _Found) -> str:
    """Who says it: as our own export names, as the turn says, or as the author does."""
    named = [
        id for id in work.briefing.roles if id in work.briefing.people and work.briefing.people[id].name == item.speaker
    ]
    turn = None if found.comment else turn_at(work.briefing, found.matches[0].span)
    return named[0] if len(named) == 1 else turn.speaker if turn else work.speaker


def _kind(work: _Work, found: _Found, speaker: str) -> str:
    """What the check takes the words for."""
    spans = [match.span for match in found.matches]
    if any(passage_of(work.briefing, span, found.comment) is None for span in spans):
        return "reported"
    parts = tuple(Part(Selector("…"), _NOWHERE) for _ in spans)
    draft = Quotation(
        id="x", was=(), target=Target(parts, found.comment, _NOWHERE), note=None, tags=(), by=(), status="draft",
        allow=(), at=_NOWHERE, kind="direct", speaker=speaker, via=(), attribution="", translation=None,
        assessment=None,
    )  # fmt: skip
    alone = replace(work.briefing, quotations=(draft,), anchors={"x": Anchor(found.matches, found.comment)})
    return "fragment" if any(quotations.not_a_fragment(alone)) else "direct"


def _id(work: _Work, words: str) -> str:
    """A new id from the first words: their letters and digits, in ASCII."""
    flat = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    stem = "-".join(re.findall("[a-z0-9]+", flat)[:4])[:40].strip("-")
    stem = stem if ID.fullmatch(stem) and not RESERVED.fullmatch(stem) else f"note-{stem}".rstrip("-")
    id, number = stem, 2
    while id in work.taken:
        id, number = f"{stem}-{number}", number + 1
    work.taken.add(id)
    return id


def _prose(text: str) -> str | None:
    """A note of another program as prose; markup that briefings do not have is made literal."""
    text = re.sub(r"\n{3,}", "\n\n", text.replace("\t", " ")).strip()
    if not parse(text, _NOWHERE)[1] and "[@" not in text and "[#" not in text:
        return text
    literal = _MARKUP.sub(lambda m: f"\\{m[1]}" if m[1] else _listed(m), text)
    return None if parse(literal, _NOWHERE)[1] else literal


def _listed(found: re.Match[str]) -> str:
    """What begins a list item, made literal: a digit keeps its place, its stop is escaped."""
    mark = found[3]
    return f"{found[2]}{mark[:-1]}\\{mark[-1]}"


def _plain(text: str) -> str:
    return plain(parse(text, _NOWHERE)[0])
