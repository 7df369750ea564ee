"""Annotations of other programs in one shape: W3C Web Annotation (JSON-LD), and what Hypothesis gives.

W3C: https://www.w3.org/TR/annotation-model/. Hypothesis: the rows of `/api/search`, single annotations, and what its
client exports as JSON (a list under `annotations`) and as CSV (src/sidebar/services/annotations-exporter.tsx). All
keep the words, most in a TextQuoteSelector; a position alone is of no use, since it counts in another program's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.model import Selector
from briefing.tables import TableError, rows
from briefing.tables.fields import clean
from briefing.tables.rows import decoded, parsed

CLASSIFYING, IDENTIFYING = "classifying", "identifying"
"""Purposes of the bodies by which our own export says what an annotation is, and who speaks."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """An annotation as another program has it."""

    where: str
    """As a person finds it in the file."""
    selectors: tuple[Selector, ...]
    """One for each target that has words, in order."""
    text: str
    """What is said about them; empty for a highlight."""
    tags: tuple[str, ...]
    by: str
    kind: str
    """What our own export calls it; empty elsewhere."""
    speaker: str
    """A name, from our own export."""
    refused: str
    """Why it cannot become an annotation; empty where it may."""


def items_of(data: bytes, name: str) -> Any:
    """What a file holds: JSON, or the table that Hypothesis' client exports, as the annotations that its API gives."""
    if name.lower().endswith((".csv", ".tsv")):
        return [_of_table(row.fields, name) for row in rows(data, name, "csv")]
    return parsed(decoded(data, name), name)


_TABLE = ("Quote", "Body", "Annotation/Reply Type")
"""Columns by which the client's table is known."""


def _of_table(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A line of the client's table. Of several tags all are in one cell, with commas."""
    if any(column not in fields for column in _TABLE):
        columns = ", ".join(f"“{column}”" for column in _TABLE)
        raise TableError(f"{name} is not the CSV of Hypothesis’ client: that has the columns {columns}")
    quote = clean(fields["Quote"])
    selector = {"type": "TextQuoteSelector", "exact": quote}
    tags = [tag.strip() for tag in clean(fields.get("Tags")).split(",") if tag.strip()]
    return {
        "uri": clean(fields.get("URL")),
        "text": clean(fields["Body"]),
        "tags": tags,
        "user": clean(fields.get("User")),
        "references": ["…"] if clean(fields["Annotation/Reply Type"]) == "Reply" else [],
        "target": [{"selector": [selector] if quote else []}],
    }


def foreign(data: Any, name: str) -> Iterator[Foreign]:
    """Every annotation in a file that was read as JSON."""
    found = _items(data)
    if found is None:
        raise TableError(f"{name} holds no annotations: neither W3C Web Annotation (JSON-LD) nor what Hypothesis gives")
    for number, item in enumerate(found, 1):
        where = f"annotation {number}"
        if not isinstance(item, dict):
            yield Foreign(where, (), "", (), "", "", "", "it is no object with fields")
        elif "uri" in item or isinstance(item.get("text"), str):
            yield _hypothesis(item, where)
        else:
            yield _w3c(item, where)


def _items(data: Any) -> list[Any] | None:
    """The list of annotations in any of the shapes that the two have."""
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        return None
    for key in ("rows", "annotations"):
        if isinstance(data.get(key), list):
            return list(data[key])
    kinds = _several(data.get("type", data.get("@type")))
    if "Annotation" in kinds or ("target" in data and "items" not in data):
        return [data]
    if isinstance(data.get("items"), list):
        return list(data["items"])
    first = data.get("first")
    if isinstance(first, dict) and isinstance(first.get("items"), list):
        return list(first["items"])
    return list(data["@graph"]) if isinstance(data.get("@graph"), list) else None


def _several(value: Any) -> list[Any]:
    """One or several as several; nothing for nothing."""
    return value if isinstance(value, list) else [] if value is None else [value]


# --- Hypothesis -------------------------------------------------------------------------------------------------


def _hypothesis(item: Mapping[str, Any], where: str) -> Foreign:
    selectors = tuple(_selectors(item))
    refused = ""
    if item.get("references"):
        refused = "it is a reply to another annotation, and a briefing has none"
    elif not selectors:
        refused = "it is about the page as a whole: it has no words as its target"
    tags = tuple(filter(None, map(clean, _several(item.get("tags")))))
    return Foreign(where, selectors, clean(item.get("text")), tags, _user(item), "", "", refused)


def _user(item: Mapping[str, Any]) -> str:
    """The name that is shown, else that of the account: `acct:ada@hypothes.is`."""
    info = item.get("user_info")
    shown = clean(info.get("display_name")) if isinstance(info, dict) else ""
    return shown or clean(item.get("user")).removeprefix("acct:").partition("@")[0]


# --- W3C --------------------------------------------------------------------------------------------------------


def _w3c(item: Mapping[str, Any], where: str) -> Foreign:
    bodies = [*_several(item.get("body")), *_several(item.get("bodyValue"))]
    texts = [(_purpose(body), _text(body)) for body in bodies]

    def of(*purposes: str) -> list[str]:
        return [text for purpose, text in texts if text and purpose in purposes]

    said = [text for purpose, text in texts if text and purpose not in ("tagging", CLASSIFYING, IDENTIFYING)]
    selectors = tuple(_selectors(item))
    refused = "" if selectors else "it has no TextQuoteSelector: where it belongs cannot be told from words"
    return Foreign(
        where=where,
        selectors=selectors,
        text="\n\n".join(said),
        tags=tuple(of("tagging")),
        by=_creator(item.get("creator")),
        kind=next(iter(of(CLASSIFYING)), ""),
        speaker=next(iter(of(IDENTIFYING)), ""),
        refused=refused,
    )


def _purpose(body: Any) -> str:
    return clean(body.get("purpose")) if isinstance(body, dict) else ""


def _text(body: Any) -> str:
    return clean(body.get("value")) if isinstance(body, dict) else clean(body)


def _creator(creator: Any) -> str:
    first = next(iter(_several(creator)), None)
    return clean(first.get("name")) if isinstance(first, dict) else ""


def _selectors(item: Mapping[str, Any]) -> Iterator[Selector]:
    """The words of each target; of several selectors of one target the first that has words."""
    for target in _several(item.get("target")):
        given = _several(target.get("selector")) if isinstance(target, dict) else []
        quotes = (quote for selector in given for quote in _quotes(selector))
        yield from (quote for quote, _ in zip(quotes, range(1), strict=False))


def _quotes(selector: Any, deep: int = 0) -> Iterator[Selector]:
    if not isinstance(selector, dict) or deep > 5:
        return
    if "TextQuoteSelector" in _several(selector.get("type", selector.get("@type"))) and clean(selector.get("exact")):
        around = (clean(selector.get(key)) for key in ("prefix", "suffix"))
        yield Selector(clean(selector["exact"]), *around)
    for inner in _several(selector.get("refinedBy")):
        yield from _quotes(inner, deep + 1)
