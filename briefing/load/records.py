"""Input models to records: shorthands made whole, paths made places, prose parsed.

A field goes to the field of the same name (`record`); only what needs more logic is written out. Nothing later sees
input models. `report` takes the problems that only show here. A record that would not be sound is not made, and its
problem says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from msgspec.structs import fields

from briefing.load.schema.annotations import (
    FigureInput,
    MemberInput,
    PointInput,
    RangeInput,
    ResolvedInput,
    SelectorInput,
    SeriesInput,
    ThemeInput,
    WithheldInput,
    WordsInput,
)
from briefing.load.schema.briefing import (
    CommentInput,
    CommentsFile,
    CommentsOriginalInput,
    ExcerptInput,
    HeldInput,
    MeasuresFile,
    PeopleFile,
    PersonInput,
    ReferenceInput,
    SetAsideInput,
    TopicsFile,
)
from briefing.load.schema.corrections import ReleasesFile
from briefing.load.schema.dates import wrong_date
from briefing.load.schema.fields import Written
from briefing.load.schema.formats import NUMBER
from briefing.load.schema.inputs import Input, fields_of, with_defaults
from briefing.load.yaml.scalars import shortened
from briefing.model import (
    WORDLESS,
    Comment,
    CommentsOriginal,
    Measure,
    Member,
    Part,
    Person,
    Reference,
    Releases,
    RenamedTopic,
    Resolved,
    Selector,
    Series,
    SeriesPoint,
    Target,
    Value,
)
from briefing.model.places import Place, Problem, in_marks
from briefing.model.prose import Prose
from briefing.prose.parse import parse

T = TypeVar("T")
Report = Callable[[Problem], None]
Bytes = Callable[[str, Place], bytes | Problem]
"""Reads a file of the folder; the place is what names it."""

EXCERPT_WORDS = 40
"""Words; about what quotation rules of publishers take for a short excerpt."""


def record(make: Callable[..., T], entry: Input, file: str, report: Report, /, **own: Any) -> T:
    """Make a record from the fields of `entry` that have the names of its own; `own` are those with a logic of theirs.

    One or several become several, text becomes prose where the record has that, and entries in the entry become
    records in the record. What is not given has the record's own default, where it has one.
    """
    made: dict[str, Any] = {"at": Place(file, entry.path)}
    for name, (inner, many, has_default) in _field_types(make).items():
        if name in own or name not in fields_of(type(entry)):
            continue
        given = getattr(entry, name)
        if inner is Target:
            made[name] = _target_of(entry, file)
        elif given is not None or not has_default:
            values = [_convert_value(value, inner, file, report) for value in several(given)]
            made[name] = tuple(values) if many else values[0]
    return make(**{**made, **own})


@cache
def _field_types(make: Any) -> dict[str, tuple[Any, bool, bool]]:
    """Return what each field of a record holds, whether it holds several, and whether it has a default."""
    found, hints = {}, get_type_hints(make)
    for field in fields(make):
        hint = hints[field.name]
        many = get_origin(hint) is tuple
        kinds = get_args(hint) if many or isinstance(hint, UnionType) else (hint,)
        found[field.name] = kinds[0], many, not field.required
    return found


def _convert_value(value: Any, make: Any, file: str, report: Report) -> Any:
    if isinstance(value, Written):
        return _parsed_prose(value, file, report)
    return record(make, value, file, report) if isinstance(value, Input) else value


def several(value: T | list[T]) -> tuple[T, ...]:
    """Return one or several as several."""
    return tuple(value) if isinstance(value, list) else (value,)


def all_records(make: Callable[..., T], given: Iterable[Input], file: str, report: Report) -> tuple[T, ...]:
    """Return a record of each entry."""
    return tuple(record(make, entry, file, report) for entry in given)


def _parsed_prose(written: Written, file: str, report: Report) -> Prose | None:
    """Return a prose field as its tree; None where nothing is written."""
    if not written:
        return None
    tree, problems = parse(written.text, Place(file, written.path), folded=written.folded)
    for problem in problems:
        report(problem)
    return tree


def _target_of(entry: Any, file: str) -> Target:
    comment: str = getattr(entry, "in_", "")
    parts = tuple(_target_part(part, file) for part in several(entry.target))
    return Target(parts, comment, Place(file, entry.path).child("target"))


def _target_part(part: Written | SelectorInput, file: str) -> Part:
    if isinstance(part, Written):
        return Part(Selector(part.text), Place(file, part.path))
    return Part(Selector(part.exact.text, part.prefix, part.suffix), Place(file, part.exact.path))


# --- what annotations refer to ----------------------------------------------------------------------------------


def people(given: PeopleFile, file: str, report: Report) -> dict[str, Person]:
    """Return everyone in people.yml, by id."""
    found = {
        id: with_defaults(PersonInput, name=each) if isinstance(each, str) else each for id, each in given.root.items()
    }
    return {id: record(Person, each, file, report, id=id, at=Place(file, (id,))) for id, each in found.items()}


def measures(given: MeasuresFile, file: str, report: Report) -> dict[str, Measure]:
    """Return everything in measures.yml, by id."""
    return {id: record(Measure, entry, file, report, id=id) for id, entry in given.root.items()}


def topics(given: TopicsFile, file: str, report: Report) -> tuple[RenamedTopic, ...]:
    """Return everything in topics.yml."""
    return tuple(record(RenamedTopic, entry, file, report, tag=tag) for tag, entry in given.root.items())


def comments(given: CommentsFile, file: str, report: Report) -> tuple[Comment, ...]:
    """Return every comment; one without text only where its removal was requested, or the document no longer has it.

    Of such a comment neither text nor author goes any further, even where the file has them.
    """
    removed = {entry.comment: entry for entry in given.set_aside if entry.reason in WORDLESS}
    made = []
    for entry in given.comments:
        if entry.id in removed:
            made.append(record(Comment, entry, file, report, text="", author="", stance=""))
            if entry.text or entry.author:
                report(_kept_words(entry, removed[entry.id], file))
        elif entry.text:
            made.append(record(Comment, entry, file, report))
        else:
            hint = "write it, or set the comment aside with the reason “request” if it was removed on request"
            at = Place(file, entry.path).child("id")
            report(Problem("missing-field", f"the comment “{entry.id}” has no text", at, hint))
    return tuple(made)


def _kept_words(entry: CommentInput, aside: SetAsideInput, file: str) -> Problem:
    """Return the problem where the removal is recorded: a report shows that line, and the words are not for showing."""
    at = Place(file, aside.path).child("reason")
    kept = " and ".join(name for name in ("text", "author") if getattr(entry, name))
    why = "was removed on request" if aside.reason == "request" else "is no longer in the document"
    message = f"the comment “{entry.id}” {why}, but comments.yml still has its {kept}"
    hint = "delete them there, and leave its `id`: it keeps its place and is still counted"
    return Problem("removed-text-kept", message, at, hint)


def comments_original(entry: CommentsOriginalInput, file: str, read: Bytes, report: Report) -> CommentsOriginal | None:
    """Return an export from which comments were imported, with its bytes where it is in the folder."""
    at = Place(file, entry.path)
    hint = "add `file: comments-original.csv`, or `held: private` where the file is not in the folder"
    no_file = Problem("missing-field", "the original of the comments has no file", at.child("sha256"), hint)
    return held_file(CommentsOriginal, entry, at, read, report, no_file, columns=dict(entry.columns))


def held_file(
    make: Callable[..., T], entry: HeldInput, at: Place, read: Bytes, report: Report, no_file: Problem, **own: Any
) -> T | None:
    """Return the record of a file that was supplied, with its bytes; without, where it is private or cannot be read."""
    if entry.held == "private":
        return record(make, entry, at.file, report, file="", data=None, **own)
    if not entry.file:
        report(no_file)
        return None
    data = read(entry.file, at.child("file"))
    if isinstance(data, Problem):
        report(data)
    name = f"{at.file.rpartition('/')[0]}/{entry.file}".lstrip("/")
    kept = None if isinstance(data, Problem) else data
    return record(make, entry, at.file, report, file=name, data=kept, **own)


def releases(given: ReleasesFile, file: str) -> Releases:
    """Return what readers were shown at the last release."""

    def texts(fields: Mapping[str, str | list[str]]) -> Mapping[str, tuple[str, ...]]:
        return {name: several(value) for name, value in fields.items()}

    entries = {id: texts(fields) for id, fields in given.entries.items()}
    return Releases(
        dates=tuple(given.releases),
        corrections=given.corrections,
        briefing=texts(given.briefing),
        entries=entries,
        at=Place(file),
    )


def reference(entry: ReferenceInput, file: str, report: Report) -> Reference:
    """Return an outside work."""
    _check_excerpts(entry.excerpts, file, report)
    return record(Reference, entry, file, report)


def _check_excerpts(given: list[ExcerptInput], file: str, report: Report) -> None:
    """Report an excerpt that is too long or has another's id; it is kept, for what cites it."""
    seen: set[str] = set()
    for entry in given:
        at = Place(file, entry.path)
        words = len(entry.exact.split())
        if words > EXCERPT_WORDS:
            message = f"the excerpt has {words} words, and {EXCERPT_WORDS} are allowed"
            report(Problem("excerpt-too-long", message, at.child("exact"), "keep only the words that you rely on"))
        if entry.id and entry.id in seen:
            hint = "give each excerpt of a reference an id of its own"
            report(Problem("duplicate-id", f"two excerpts here have the id “{entry.id}”", at.child("id"), hint))
        seen.add(entry.id)


# --- annotations ------------------------------------------------------------------------------------------------


def annotation(make: Callable[..., T], entry: Input, file: str, report: Report) -> T | None:
    """Return the record of an entry of annotations; None for a figure whose value does not fit its type."""
    if isinstance(entry, ThemeInput):
        return record(make, entry, file, report, **_theme_fields(entry, file))
    if not isinstance(entry, FigureInput):
        return record(make, entry, file, report)
    at, is_date = Place(file, entry.path), entry.type == "date"
    value = _figure_value(entry, at.child("value"), report)
    resolved = _resolved_value(entry.resolved, is_date, at.child("resolved"), report)
    if value is None or (entry.resolved and not resolved):
        return None
    series = _make_series(entry, at.child("series"), report)
    return record(make, entry, file, report, value=value, resolved=resolved, series=series)


def _theme_fields(entry: ThemeInput, file: str) -> dict[str, Any]:
    at = Place(file, entry.path).child("comments")
    members = (
        Member(comment=each.comment, stance=each.stance or "", words=each.words, at=at.child(index))
        if isinstance(each, MemberInput)
        else Member(comment=each, at=at.child(index))
        for index, each in enumerate(entry.comments)
    )
    withheld = entry.dissent.withheld if isinstance(entry.dissent, WithheldInput) else ""
    shown = () if entry.dissent is None or isinstance(entry.dissent, WithheldInput) else several(entry.dissent)
    return {"members": tuple(members), "dissent": shown, "dissent_withheld": withheld}


def _make_series(entry: FigureInput, at: Place, report: Report) -> Series | None:
    """Return the series of a figure; a list alone has the figure's label and unit."""
    given = entry.series
    if isinstance(given, SeriesInput):
        label, unit, points = given.label or entry.label, given.unit or entry.unit, given.points
        return record(Series, given, at.file, report, label=label, unit=unit, points=_points(points, at.file, report))
    return Series(entry.label, entry.unit, _points(given, at.file, report), at) if given else None


def _points(given: Iterable[PointInput], file: str, report: Report) -> tuple[SeriesPoint, ...]:
    """Return the values of a series, without a range that runs backwards."""
    made = []
    for entry in given:
        value = entry.value
        if isinstance(value, RangeInput) and value.from_ > value.to:
            report(_backwards(value, Place(file, entry.path).child("value")))
            continue
        low, high = (value.from_, value.to) if isinstance(value, RangeInput) else (value, value)
        made.append(record(SeriesPoint, entry, file, report, low=low, high=high))
    return tuple(made)


def _backwards(given: RangeInput, at: Place) -> Problem:
    message = f"the range from {given.from_} to {given.to} runs backwards"
    return Problem("wrong-value", message, at, f"write `{{from: {given.to}, to: {given.from_}}}`")


def _figure_value(entry: FigureInput, at: Place, report: Report) -> Value | None:
    if isinstance(entry.value, RangeInput):
        return _range_value(entry.value, entry.type == "date", at, report)
    if isinstance(entry.value, WordsInput):
        return _worded_value(entry.value, at, report)
    if entry.type == "date":
        return _date_value(entry.value, at, report)
    return _number_value(entry.value, at, report)


def _date_value(given: str, at: Place, report: Report) -> Value | None:
    reason = wrong_date(given)
    if reason:
        report(Problem("bad-date", reason[0], at, reason[1] + _in_words(given)))
        return None
    return Value(given, None, None, "", given)


def _in_words(given: str) -> str:
    """Return the other way to write a value that is no number or date, if it consists of plain words."""
    return f"; or `{{words: {given}}}`" if _is_words(given) else ""


def _is_words(given: str) -> bool:
    return bool(re.fullmatch(r"[\w ]+", given) and re.search(r"[^\W\d_]{3}", given))


def _number_value(given: str, at: Place, report: Report) -> Value | None:
    if not NUMBER.fullmatch(given):
        hint = f"write digits alone, for example 1500000 or 3.5{_in_words(given)}"
        report(Problem("wrong-type", f"{in_marks(shortened(given))} is not a number", at, hint))
        return None
    return Value(given, Decimal(given), Decimal(given), "", "")


def _range_value(given: RangeInput, is_date: bool, at: Place, report: Report) -> Value | None:
    if is_date or given.from_ > given.to:
        dated = Problem("wrong-value", "a date has no range", at, "write one date, or `{words: …}`")
        report(dated if is_date else _backwards(given, at))
        return None
    return Value(f"{given.from_}–{given.to}", given.from_, given.to, "", "")


def _worded_value(given: WordsInput, at: Place, report: Report) -> Value | None:
    if given.min is not None and given.max is not None and given.min > given.max:
        report(Problem("wrong-value", f"min {given.min} is more than max {given.max}", at, "swap the two"))
        return None
    return Value(given.words, given.min, given.max, given.words, "")


def _resolved_value(given: ResolvedInput | None, is_date: bool, at: Place, report: Report) -> Resolved | None:
    if given is None:
        return None
    reason = wrong_date(given.value) if is_date else None
    if reason:
        report(Problem("bad-date", reason[0], at.child("value"), reason[1]))
        return None
    return Resolved(given.value, given.because, at)
