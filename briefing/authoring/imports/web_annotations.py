"""Read annotations of other programs into one shape: W3C Web Annotation (JSON-LD), and what Hypothesis exports.

W3C: https://www.w3.org/TR/annotation-model/. Hypothesis: the rows of `/api/search`, single annotations, and what its
client exports as JSON (a list under `annotations`) and as CSV (src/sidebar/services/annotations-exporter.tsx). All
keep the words, most in a TextQuoteSelector; a position alone is of no use, since it counts in another program's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec

from briefing.model import Selector
from briefing.tables import TableError, decoded, parsed, rows
from briefing.tables.fields import clean

CLASSIFYING, IDENTIFYING = "classifying", "identifying"
"""Purposes of the bodies by which our own export says what an annotation is, and who speaks."""
MOST, MOST_OWN = 2_000, 10_000
"""Annotations of a file: those of other programs are looked for in every text, those of our own export have places."""
RECORD = "application/json"
"""The format of the body in which it has all fields."""


@dataclass(frozen=True, slots=True)
class ForeignAnnotation:
    """An annotation as another program has it."""

    where: str
    """As a person finds it in the file."""
    selectors: tuple[Selector, ...]
    """One for each target that has words, in order."""
    text: str = ""
    """What is said about them; empty for a highlight."""
    tags: tuple[str, ...] = ()
    by: str = ""
    kind: str = ""
    """What our own export calls it; empty elsewhere."""
    speaker: str = ""
    """A name, from our own export."""
    record: Mapping[str, Any] = field(default_factory=dict)
    """All fields of it as the folder format has them, from our own export; empty elsewhere."""
    places: tuple[tuple[int, int], ...] = ()
    """Where the words of our own export are, for each of its targets."""
    refused: str = ""
    """Why it cannot become an annotation; empty where it may."""


def read_annotations(data: bytes, name: str) -> Iterator[ForeignAnnotation]:
    """Return every annotation in a file: JSON, or the table that Hypothesis' client exports."""
    if name.lower().endswith((".csv", ".tsv")):
        found: list[Any] | None = [_read_table_row(row.fields, name) for row in rows(data, name, "csv")]
    else:
        found = _list_in(parsed(decoded(data, name), name))
    if found is None:
        raise TableError(f"{name} has no annotations: neither W3C Web Annotation (JSON-LD) nor what Hypothesis exports")
    most = MOST_OWN if all(map(_is_own, found)) else MOST
    if len(found) > most:
        raise TableError(f"{name} has {len(found):,} annotations, and {most:,} are read: split it")
    for number, item in enumerate(found, 1):
        where = f"annotation {number}"
        if not isinstance(item, dict):
            yield ForeignAnnotation(where, (), refused="it is not an object with fields")
        elif "uri" in item or isinstance(item.get("text"), str):
            yield _read_hypothesis(item, where)
        else:
            yield _read_w3c(item, where)


_TABLE = ("Quote", "Body", "Annotation/Reply Type")
"""Columns by which the client's table is known."""


def _read_table_row(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a line of the client's table as the API gives it. Several tags are in one cell, with commas."""
    if any(column not in fields for column in _TABLE):
        columns = ", ".join(f"“{column}”" for column in _TABLE)
        raise TableError(f"{name} is not the CSV of the Hypothesis client: that has the columns {columns}")
    quote = clean(fields["Quote"])
    return {
        "uri": clean(fields.get("URL")),
        "text": clean(fields["Body"]),
        "tags": [tag.strip() for tag in clean(fields.get("Tags")).split(",") if tag.strip()],
        "user": clean(fields.get("User")),
        "references": ["…"] if clean(fields["Annotation/Reply Type"]) == "Reply" else [],
        "target": [{"selector": [{"type": "TextQuoteSelector", "exact": quote}] if quote else []}],
    }


def _list_in(data: Any) -> list[Any] | None:
    """Return the list of annotations in any of the shapes that the two have."""
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        return None
    kinds, first = _as_list(data.get("type", data.get("@type"))), data.get("first")
    is_one = "Annotation" in kinds or ("target" in data and "items" not in data)
    found = (
        data.get("rows"),
        data.get("annotations"),
        [data] if is_one else None,
        data.get("items"),
        first.get("items") if isinstance(first, dict) else None,
        data.get("@graph"),
    )
    return next((each for each in found if isinstance(each, list)), None)


def _as_list(value: Any) -> list[Any]:
    """Return one or several as several; none for nothing."""
    return value if isinstance(value, list) else [] if value is None else [value]


# --- Hypothesis -------------------------------------------------------------------------------------------------


def _read_hypothesis(item: Mapping[str, Any], where: str) -> ForeignAnnotation:
    selectors = tuple(_selectors_of(item))
    refused = ""
    if item.get("references"):
        refused = "it is a reply to another annotation, and a briefing has none"
    elif not selectors:
        refused = "it is about the page as a whole: it has no words as its target"
    # the name that is shown, else that of the account: `acct:ada@hypothes.is`
    info = item.get("user_info")
    shown = clean(info.get("display_name")) if isinstance(info, dict) else ""
    by = shown or clean(item.get("user")).removeprefix("acct:").partition("@")[0]
    tags = tuple(filter(None, map(clean, _as_list(item.get("tags")))))
    return ForeignAnnotation(where, selectors, clean(item.get("text")), tags, by, refused=refused)


# --- W3C --------------------------------------------------------------------------------------------------------


def _read_w3c(item: Mapping[str, Any], where: str) -> ForeignAnnotation:
    said: dict[str, list[str]] = {"tagging": [], CLASSIFYING: [], IDENTIFYING: [], "": []}
    given = (*_as_list(item.get("body")), *_as_list(item.get("bodyValue")))
    records = [body for body in given if isinstance(body, dict) and body.get("format") == RECORD]
    for body in (body for body in given if body not in records):
        text = clean(body.get("value") if isinstance(body, dict) else body)
        purpose = clean(body.get("purpose")) if isinstance(body, dict) else ""
        if text:
            said[purpose if purpose in said else ""].append(text)
    creator = next(iter(_as_list(item.get("creator"))), None)
    selectors = tuple(_selectors_of(item))
    return ForeignAnnotation(
        where=where,
        selectors=selectors,
        text="\n\n".join(said[""]),
        tags=tuple(said["tagging"]),
        by=clean(creator.get("name")) if isinstance(creator, dict) else "",
        kind=next(iter(said[CLASSIFYING]), ""),
        speaker=next(iter(said[IDENTIFYING]), ""),
        record=_fields_in(records[0]) if records else {},
        places=tuple(_places_of(item)) if records else (),
        refused="" if selectors else "it has no TextQuoteSelector: without words, its place cannot be found",
    )


def _is_own(item: Any) -> bool:
    """Return whether an annotation is of our own export: one of its bodies has all fields."""
    bodies = _as_list(item.get("body")) if isinstance(item, dict) else []
    return any(isinstance(body, dict) and body.get("format") == RECORD for body in bodies)


def _fields_in(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields in the body of our own export; none where they cannot be read."""
    try:
        found = msgspec.json.decode(clean(body.get("value")))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _places_of(item: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Yield where the words of each target are, of those that say so."""
    for target in _as_list(item.get("target")):
        for selector in _as_list(target.get("selector")) if isinstance(target, dict) else ():
            if isinstance(selector, dict) and selector.get("type") == "TextPositionSelector":
                start, end = selector.get("start"), selector.get("end")
                if type(start) is type(end) is int:
                    yield start, end


def _selectors_of(item: Mapping[str, Any]) -> Iterator[Selector]:
    """Return the words of each target; of several selectors of one target the first that has words."""
    for target in _as_list(item.get("target")):
        given = _as_list(target.get("selector")) if isinstance(target, dict) else []
        yield from islice((quote for selector in given for quote in _quotes_in(selector)), 1)


def _quotes_in(selector: Any, deep: int = 0) -> Iterator[Selector]:
    if not isinstance(selector, dict) or deep > 5:
        return
    if "TextQuoteSelector" in _as_list(selector.get("type", selector.get("@type"))) and clean(selector.get("exact")):
        around = (clean(selector.get(key)) for key in ("prefix", "suffix"))
        yield Selector(clean(selector["exact"]), *around)
    for inner in _as_list(selector.get("refinedBy")):
        yield from _quotes_in(inner, deep + 1)
