"""Import annotations of other programs as drafts: found in the source again, or left out with the reason.

The words decide: with what is before and after them if that is found, alone if they are in one place only. What is
nowhere is an orphan, what is in several places is ambiguous; neither is imported. A note becomes a context note, a
highlight a quotation if it is known who speaks; what our own export has comes back with all its fields. All are drafts,
for their author to finish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefing.anchor.diagnose import Texts, orphan, short
from briefing.anchor.find import find
from briefing.authoring.edit.entries import Value
from briefing.authoring.imports import Remark
from briefing.authoring.imports.own_records import KEYS, RecordUnusableError, entry_of, missing
from briefing.authoring.imports.web_annotations import ForeignAnnotation
from briefing.authoring.locate import text_of
from briefing.authoring.new_entries import free_id, make_id, target_value, used_ids
from briefing.authoring.trial import target_of, with_quotation_alone
from briefing.check.quotation_bounds import passage_of, turn_at
from briefing.check.rules import quotations
from briefing.model import Anchor, AnnotationKey, Briefing, Match, MatchLevel, Selector
from briefing.model.places import Place, Span
from briefing.model.prose import plain
from briefing.prose.parse import parse

TITLE = 60
"""Characters of a title that is made from the words of the target."""
_NOWHERE = Place("")
_MARKUP = re.compile(r"([\\`*_\[\]<>#!|~&{}])|^([^\S\n]*)([-+=>]|\d+[.)])", re.M)
"""What Markdown may read as a mark: in a note that is not of our small Markdown it is made literal."""


@dataclass(slots=True)
class ImportedAnnotations:
    """What an import makes of a file of annotations, as far as it has come."""

    entries: dict[AnnotationKey, list[Mapping[str, Value]]] = field(
        default_factory=lambda: {"quotes": [], "figures": [], "context": []}
    )
    """Drafts, by the key that they belong under."""
    remarks: list[Remark] = field(default_factory=list)
    known: int = 0
    """How many were there already."""


class _NotImported(Exception):  # noqa: N818 - named for what happened
    """The reason why an annotation is left out."""


class _Known(Exception):  # noqa: N818 - named for what happened
    """The briefing has the annotation already."""


def import_annotations(
    items: Sequence[ForeignAnnotation], briefing: Briefing, speaker: str = ""
) -> ImportedAnnotations:
    """Draft annotations; `speaker` is the person of every highlight whose speaker is not known otherwise."""
    made, used = ImportedAnnotations(), used_ids(briefing)
    restored: list[tuple[AnnotationKey, Mapping[str, Value]]] = []
    for item in items:
        try:
            if item.refused or (item.kind == "figure" and not item.record):
                raise _NotImported(item.refused or "a figure needs a value and a label: write it yourself")
            found = _find_place(briefing, item)
            if item.record and item.kind in KEYS:
                key = KEYS[item.kind]
                entry = _restored(briefing, item, found, key, used)
                used.add(str(entry["id"]))
                made.entries[key].append(entry)
                restored.append((key, entry))
                continue
            if item.text and item.kind not in ("quotation", "reported statement"):
                key, fields = "context", _draft_note(briefing, item, found)
            else:
                key, fields = "quotes", _draft_quotation(briefing, item, found, speaker)
        except _NotImported as reason:
            made.remarks.append(Remark(item.where, str(reason)))
        except _Known:
            made.known += 1
        else:
            words = item.selectors[0].exact
            id = make_id(words, "note", used)
            used.add(id)
            target = target_value(text_of(briefing, found.comment), found.spans)
            more = {"in": found.comment, "tags": list(item.tags), "by": item.by}
            entry = {"id": id, "target": target, **fields, **{name: said for name, said in more.items() if said}}
            made.entries[key].append({**entry, "status": "draft"})
    _leave_out_the_unfounded(briefing, made, restored)
    return made


def _restored(
    briefing: Briefing, item: ForeignAnnotation, found: Anchor, key: AnnotationKey, used: set[str]
) -> Mapping[str, Value]:
    """Return an annotation of our own export with all its fields."""
    for other in briefing.annotations:
        if other.id == item.record.get("id") and _is_same_place(briefing.anchors.get(other.id), found):
            raise _Known
    _refuse_aside(briefing, key, found)
    try:
        entry = entry_of(item.record, target_value(text_of(briefing, found.comment), found.spans), key, briefing)
    except RecordUnusableError as error:
        raise _NotImported(str(error)) from error
    return {**entry, "id": free_id(str(entry["id"]), used)}


def _leave_out_the_unfounded(
    briefing: Briefing, made: ImportedAnnotations, restored: list[tuple[AnnotationKey, Mapping[str, Value]]]
) -> None:
    """Leave out what of our own export relies on what neither the briefing nor the file has."""
    known = {*used_ids(briefing), *(theme.id for theme in briefing.themes), *(one.id for one in briefing.derived)}
    known |= {"comments"}
    while True:
        here = {str(entry["id"]) for entries in made.entries.values() for entry in entries}
        lost = [(key, entry, id) for key, entry in restored if (id := missing(entry, key, known | here))]
        for key, entry, id in lost:
            made.entries[key].remove(entry)
            restored.remove((key, entry))
            reason = f"it relies on “{id}”, which this briefing does not have: add that first"
            made.remarks.append(Remark(f"annotation “{entry['id']}”", reason))
        if not lost:
            return


# --- where it is -------------------------------------------------------------------------------------------------


def _find_place(briefing: Briefing, item: ForeignAnnotation) -> Anchor:
    """Return the one place of all parts, in the source or else in one comment."""
    texts = {"": briefing.source.text, **{comment.id: comment.text for comment in briefing.comments}}
    if placed := _placed(item, texts):
        return placed
    places = {comment: [_matches_in(text, selector) for selector in item.selectors] for comment, text in texts.items()}
    chosen = [""] if all(places[""]) else [comment for comment, parts in places.items() if all(parts)]
    if not chosen:
        lost = next(part for part, matches in zip(item.selectors, places[""], strict=True) if not matches)
        raise _NotImported(f"orphan: {orphan(Texts(briefing.source.text), '', Selector(lost.exact)).message}")
    found = places[chosen[0]]
    if len(chosen) > 1 or any(len(matches) > 1 for matches in found):
        words = short(item.selectors[0].exact)
        raise _NotImported(f"“{words}” occurs in several places, and the context it gives does not show which is meant")
    return Anchor(tuple(matches[0] for matches in found), chosen[0])


def _placed(item: ForeignAnnotation, texts: Mapping[str, str]) -> Anchor | None:
    """Return the place that our own export says, where its words are there."""
    comment = item.record.get("in", "")
    text = texts.get(comment) if isinstance(comment, str) else None
    if text is None or len(item.places) != len(item.selectors):
        return None
    found = tuple(Match(Span(*place), MatchLevel.SPACE) for place in item.places)
    words = [match.span.of(text).split() for match in found]
    return Anchor(found, comment) if words == [each.exact.split() for each in item.selectors] else None


def _matches_in(text: str, selector: Selector) -> tuple[Match, ...]:
    """Return the places of words with what is around them, or of the words alone."""
    return find(text, selector, 2) or find(text, Selector(selector.exact), 2)


# --- what it becomes --------------------------------------------------------------------------------------------


def _draft_note(briefing: Briefing, item: ForeignAnnotation, found: Anchor) -> dict[str, Value]:
    _refuse_aside(briefing, "context", found)
    text = _as_prose(item.text)
    if text is None:
        raise _NotImported("its text has characters that a note cannot have")
    said = plain(parse(text, _NOWHERE)[0])
    for other in briefing.context:
        if _is_same_place(briefing.anchors.get(other.id), found) and other.note and plain(other.note) == said:
            raise _Known
    return {"title": short(item.selectors[0].exact, TITLE), "note": text}


def _draft_quotation(briefing: Briefing, item: ForeignAnnotation, found: Anchor, speaker: str) -> dict[str, Value]:
    if any(_is_same_place(briefing.anchors.get(other.id), found) for other in briefing.quotations):
        raise _Known
    _refuse_aside(briefing, "quotes", found)
    # the name that our own export gives, else the turn of the transcript, else what the author says
    named = [id for id in briefing.roles if id in briefing.people and briefing.people[id].name == item.speaker]
    turn = None if found.comment else turn_at(briefing, found.spans[0])
    speaker = named[0] if len(named) == 1 else turn.speaker if turn else speaker
    if not speaker:
        raise _NotImported("it is a highlight, and it is not known who says the words: name the person with --speaker")
    kind, text = _kind_of(briefing, found, speaker), _as_prose(item.text) if item.text else ""
    said: dict[str, Value] = {} if kind == "direct" else {"kind": kind}
    return {**said, "speaker": speaker, **({"note": text} if text else {})}


def _is_same_place(anchor: Anchor | None, found: Anchor) -> bool:
    """Return whether an annotation of the briefing, where it was found, is about the same words."""
    return anchor is not None and anchor.spans == found.spans and anchor.comment == found.comment


def _refuse_aside(briefing: Briefing, key: AnnotationKey, found: Anchor) -> None:
    """Raise _NotImported where the author has set these words aside, for annotations of this list."""
    for entry in briefing.ignored:
        if entry.is_about(key) and _is_same_place(briefing.ignored_at.get(entry.at), found):
            raise _NotImported(f"its words are under `ignore`{f': {entry.reason}' if entry.reason else ''}")


def _kind_of(briefing: Briefing, found: Anchor, speaker: str) -> str:
    """Return what the check treats the words as."""
    if any(passage_of(briefing, span, found.comment) is None for span in found.spans):
        return "reported"
    target = target_of(text_of(briefing, found.comment), found.spans, found.comment)
    alone = with_quotation_alone(briefing, target, speaker=speaker, matches=found.matches)
    return "fragment" if any(quotations.not_a_fragment(alone)) else "direct"


def _as_prose(text: str) -> str | None:
    """Return a note of another program as prose; markup that briefings do not have is made literal."""
    text = re.sub(r"\n{3,}", "\n\n", text.replace("\t", " ")).strip()
    if not parse(text, _NOWHERE)[1] and "[@" not in text and "[#" not in text:
        return text
    # what begins a list item keeps its place: its last character is escaped
    literal = _MARKUP.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}{m[3][:-1]}\\{m[3][-1]}", text)
    return None if parse(literal, _NOWHERE)[1] else literal
