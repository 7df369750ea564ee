"""What readers are shown of a briefing, as texts by field; what they were shown at its release; and the differences.

Only what has a meaning is among them: no tags, order, emphasis, links or ids that have changed with `was`, and no
glyphs of quotation marks, dashes and spaces. A field is one text or several in no order: the paragraphs of a note, the
comments of a theme. What is cited is written `[@id]` in them.

The words of a comment are in none: somebody may ask for their removal. In their place is `withheld` with a checksum,
which shows that they have changed and is too short to tell what they were. So are former words that a correction does
not repeat.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from briefing.anchor.fold import fold
from briefing.model import (
    Annotation,
    Assessment,
    Briefing,
    CorrectedField,
    Derived,
    Figure,
    MatchLevel,
    Named,
    Origin,
    Quotation,
    Reference,
    Theme,
    Value,
    text_at,
)
from briefing.model.places import Place
from briefing.model.prose import Prose, keys, paragraphs, plain

Texts = tuple[str, ...]
Fields = Mapping[str, Texts]
State = Mapping[str, Fields]
"""By id; what has none is the briefing itself."""

REFERENCE = "references"
"""Where references are `from`: they have no address of their own that would have to be withdrawn."""
_GAP = " […] "
_CITED = re.compile(r"\[@([a-z0-9-]+)\]")
_WITHHELD = re.compile(r"withheld ([0-9a-f]{4})")


# --- what readers are shown ------------------------------------------------------------------------------------------


def shown_texts(briefing: Briefing) -> State:
    """Return the texts of all that is published in an anchored briefing, and of all works.

    For `Briefing.derive`.
    """
    count = _sizes(briefing)
    state: dict[str, Fields] = {"": _clean(_of_briefing(briefing, count))}
    lists: Mapping[Origin, Sequence[Named]] = {
        "quotes": briefing.quotations,
        "figures": briefing.figures,
        "derived": briefing.derived,
        "context": briefing.context,
        "themes": briefing.themes,
    }
    for origin, items in lists.items():
        for item in items:
            if item.status == "published":
                state[item.id] = _clean({"from": origin, **_of_item(briefing, item, count)})
    for work in briefing.references:
        state[work.id] = _clean(_of_work(work))
    return state


_Given = Mapping[str, str | Iterable[str]]


def _clean(given: _Given) -> Fields:
    """Return fields without those that are empty, each text on one line."""
    several = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in given.items()}
    texts = {name: tuple(" ".join(text.split()) for text in value) for name, value in several.items()}
    return {name: tuple(filter(None, value)) for name, value in texts.items() if any(value)}


class _Sizes(Struct, frozen=True):
    """What `[#id]` counts."""

    sizes: Mapping[str, int]

    def __call__(self, id: str) -> str:
        return str(self.sizes.get(id, 0))


def _sizes(briefing: Briefing) -> _Sizes:
    sizes = {"comments": len(briefing.comments)}
    for theme in briefing.themes:
        sizes |= dict.fromkeys((theme.id, *theme.was), len({member.comment for member in theme.members}))
    return _Sizes(sizes)


def _prose(prose: Prose | None, count: _Sizes) -> Texts:
    """Return the words of each paragraph."""
    return tuple(plain(replace(prose, blocks=(each,)), count) for each in paragraphs(prose)) if prose else ()


def _cites(*given: Prose | None) -> Iterator[str]:
    yield from sorted({f"[@{key.id}]" for prose in given if prose for key in keys(prose)})


def _of_briefing(briefing: Briefing, count: _Sizes) -> _Given:
    source = briefing.source
    return {
        "title": briefing.title,
        "summary": _prose(briefing.summary, count),
        "key_points": [" ".join(_prose(point, count)) for point in briefing.key_points],
        "cites": _cites(briefing.summary, *briefing.key_points),
        "source_title": source.title,
        "source_author": source.author,
        "source_publisher": source.publisher,
        "source_published": source.published,
    }


def _of_work(work: Reference) -> _Given:
    return {
        "from": REFERENCE,
        "title": work.title,
        "authors": work.authors,
        "publisher": work.publisher,
        "published": work.published,
        "excerpts": [excerpt.exact for excerpt in work.excerpts],
        "note": work.note,
    }


def _of_item(briefing: Briefing, item: Named, count: _Sizes) -> _Given:
    if isinstance(item, Theme):
        return {
            "title": item.title,
            "about": item.about,
            "members": [f"[@{member.comment}] {member.stance}" for member in item.members],
            "withheld": item.dissent_withheld,
            "summary": _prose(item.summary, count),
            "cites": _cites(item.summary),
        }
    if isinstance(item, Derived):
        return {
            "label": item.label,
            "formula": item.formula,
            "inputs": [f"{one.name} = {_number(one.value)} [@{one.cite}]" for one in item.inputs],
            "value": _number(item.value),
            "unit": item.unit,
            "note": _prose(item.note, count),
            "cites": _cites(item.note),
        }
    assert isinstance(item, Annotation)
    judged = item.assessment if isinstance(item, Quotation | Figure) else None
    return {
        **_target(briefing, item),
        **(_said(briefing, item) if isinstance(item, Quotation) else {}),
        **(_figure(briefing, item) if isinstance(item, Figure) else {}),
        "title": getattr(item, "title", ""),
        "note": _prose(item.note, count),
        **_judged(judged, count),
        "cites": sorted({*_cites(item.note, *_proses(judged)), *(f"[@{id}]" for id in _evidence(judged))}),
    }


def _evidence(judged: Assessment | None) -> Texts:
    return judged.evidence if judged else ()


def _proses(judged: Assessment | None) -> tuple[Prose | None, ...]:
    return (judged.note, judged.response) if judged else ()


def _judged(judged: Assessment | None, count: _Sizes) -> _Given:
    if judged is None:
        return {}
    return {
        "verdict": judged.verdict,
        "judged_by": judged.by,
        "verdict_note": _prose(judged.note, count),
        "response": _prose(judged.response, count),
    }


def _target(briefing: Briefing, item: Annotation) -> _Given:
    anchor = briefing.anchors.get(item.id)
    if anchor is None:
        return {}
    text = text_at(briefing, anchor)
    words = _GAP.join(span.of(text) for span in anchor.spans)
    start, first = anchor.spans[0].start, anchor.spans[0].of(text)
    before = 0 if text.find(first) == start else text.count(first, 0, start)
    return {
        "words": withheld(words) if anchor.comment else words,
        "in": f"[@{anchor.comment}]" if anchor.comment else "",
        "place": str(before + 1) if before else "",
    }


def _name(briefing: Briefing, id: str) -> str:
    person = briefing.people.get(id)
    return person.name if person else id


def _said(briefing: Briefing, item: Quotation) -> _Given:
    translation = item.translation
    return {
        "kind": item.kind,
        "speaker": _name(briefing, item.speaker),
        "role": briefing.roles.get(item.speaker, ""),
        "via": [_name(briefing, id) for id in item.via],
        "translation": f"{translation.text} ({translation.by})" if translation else "",
        "wordings": [f"[@{wording.cite}] {_GAP.join(wording.words)}" for wording in item.wordings],
    }


def _figure(briefing: Briefing, item: Figure) -> _Given:
    resolved, series = item.resolved, item.series
    points = (
        (
            " ".join(filter(None, (point.period, point.of, point.by))),
            " ".join(filter(None, (_range(point.low, point.high), series.unit if series else ""))),
            " ".join(filter(None, (point.basis, point.counts, f"[@{point.cite}]"))),
        )
        for point in (series.points if series else ())
    )
    return {
        "label": item.label,
        "type": item.type,
        "basis": item.basis,
        "value": _value(item.value),
        "unit": item.unit,
        "period": item.period,
        "speaker": _name(briefing, item.speaker),
        "resolved": f"{resolved.value}: {resolved.because}" if resolved else "",
        "series": [f"{which}: {value}, {rests}" for which, value, rests in points],
    }


def _value(value: Value) -> str:
    if value.date:
        return value.date
    numbers = _range(value.low, value.high)
    return f"{value.words} ({numbers})" if value.words and numbers else value.words or numbers


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low == high:
        return "" if low is None else _number(low)
    return f"{'' if low is None else _number(low)}–{'' if high is None else _number(high)}"


def _number(value: Decimal) -> str:
    """Return a number without noughts that say nothing."""
    plain_digits = f"{value:f}"
    return plain_digits.rstrip("0").rstrip(".") if "." in plain_digits else plain_digits


# --- comparison ------------------------------------------------------------------------------------------------------


def withheld(text: str) -> str:
    """Return what stands for words that are not kept."""
    return text if _WITHHELD.fullmatch(text) else f"withheld {zlib.crc32(_folded(text).encode()) & 0xFFFF:04x}"


def is_withheld(text: str) -> bool:
    """Return whether a text stands for words that are not kept."""
    return _WITHHELD.fullmatch(text) is not None


def _folded(text: str) -> str:
    return " ".join(fold(text, MatchLevel.TYPOGRAPHY).text.split())


def without(texts: Iterable[str], others: Iterable[str]) -> Texts:
    """Return the texts that are not among the others; each counts as often as it is there."""
    left = Counter(map(_folded, others))
    sums = Counter({key: n for key, n in left.items() if is_withheld(key)})
    kept = []
    for text in texts:
        key = _folded(text)
        found = key if left[key] else next(iter(_matches(key, sums, left)), "")
        if found:
            left[found] -= 1
        else:
            kept.append(text)
    return tuple(kept)


def _matches(key: str, sums: Mapping[str, int], left: Mapping[str, int]) -> Iterator[str]:
    """Yield what of the others stands for a text, or is what it stands for."""
    if is_withheld(key):
        yield from (other for other, n in left.items() if n and not is_withheld(other) and withheld(other) == key)
    elif sums and left[withheld(key)]:
        yield withheld(key)


# --- what readers were shown -----------------------------------------------------------------------------------------


def known_texts(briefing: Briefing) -> State:
    """Return what readers were last told: the texts of the release with all corrections since, by present ids.

    For `Briefing.derive`; empty where nothing was released.
    """
    if briefing.releases is None:
        return {}
    former = former_ids(briefing)
    state: dict[str, dict[str, Texts]] = {}
    for id, fields in (("", briefing.releases.briefing), *briefing.releases.entries.items()):
        state[former.get(id, id)] = _renamed_fields(fields, former)
    for change in pending(briefing):
        fields = state.get(former.get(change.id, change.id), {})
        before, after = (_renamed(texts, former) for texts in (change.before, change.after))
        fields[change.field] = (*without(fields.get(change.field, ()), before), *after)
    return state


def pending(briefing: Briefing) -> Iterator[CorrectedField]:
    """Yield what was corrected since the last release."""
    told = briefing.releases.corrections if briefing.releases else 0
    yield from (change for correction in briefing.corrections[told:] for change in correction.changes)


def former_ids(briefing: Briefing) -> Mapping[str, str]:
    """Return the present id by each former one, for `Briefing.derive`."""
    return {old: item.id for item in briefing.citable for old in item.was}


def _renamed_fields(fields: Fields, former: Mapping[str, str]) -> dict[str, Texts]:
    return {name: _renamed(texts, former) for name, texts in fields.items()}


def _renamed(texts: Texts, former: Mapping[str, str]) -> Texts:
    if not former:
        return texts
    return tuple(_CITED.sub(lambda found: f"[@{former.get(found[1], found[1])}]", text) for text in texts)


def differences(briefing: Briefing) -> tuple[CorrectedField, ...]:
    """Return every field that readers were shown otherwise and nobody has corrected, for `Briefing.derive`.

    What was added as a whole is none, nor is what was taken out as a whole, which is withdrawn.
    """
    known = briefing.derive(known_texts)
    if not known:
        return ()
    shown = briefing.derive(shown_texts)
    return tuple(
        each for id, fields in known.items() if fields and id in shown for each in between(id, fields, shown[id])
    )


def between(id: str, known: Fields, shown: Fields) -> Iterator[CorrectedField]:
    """Yield what differs between two states of something, field by field."""
    for name in dict.fromkeys((*known, *shown)):
        before, after = known.get(name, ()), shown.get(name, ())
        gone, new = without(before, after), without(after, before)
        if gone or new:
            yield CorrectedField(id, name, gone, new, Place(""))


def gone(briefing: Briefing) -> tuple[str, ...]:
    """Return the ids of what was released, is not shown any more, and is neither withdrawn nor under review."""
    known, shown = briefing.derive(known_texts), shown_ids(briefing)
    excused = {id for entry in briefing.withdrawn for id in (entry.id, *entry.was)}
    named = (*briefing.annotations, *briefing.derived, *briefing.themes)
    excused |= {item.id for item in named if item.status == "review"}
    return tuple(
        id
        for id, fields in known.items()
        if id and id not in shown and id not in excused and fields.get("from") != (REFERENCE,)
    )


def shown_ids(briefing: Briefing) -> set[str]:
    """Return the ids of what is published."""
    named = (*briefing.annotations, *briefing.derived, *briefing.themes)
    return {item.id for item in named if item.status == "published"} | {work.id for work in briefing.references}


def cited_in(fields: Fields) -> set[str]:
    """Return the ids that fields cite, and those of the comments that they are made of."""
    return {found[1] for texts in fields.values() for text in texts for found in _CITED.finditer(text)}
