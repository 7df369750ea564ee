"""What an author can write in an annotation: its fields, as the schema has them, and the words that a briefing has."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from textwrap import shorten
from typing import Any

from briefing import resources
from briefing.authoring.edit.entries import LONG
from briefing.authoring.locate import kind as kind_of_record
from briefing.load.schema.fields import is_todo
from briefing.model import Annotation, Briefing, ContextNote, Derived, Figure, Source
from briefing.model.codes import CODES

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KindOfEntry:
    """What can be written with a form."""

    label: str
    schema: str
    """The kind of file that has it."""
    model: str
    """Its definition in the schema of that; empty for the file itself."""
    hidden: tuple[str, ...]
    """The fields that no form shows: what is chosen in the text, changed by renaming, or written by commands."""
    more: tuple[tuple[str, str, str], ...] = ()
    """Fields of elsewhere that belong to it: schema, definition and name."""


_IN_TEXT = ("target", "in", "was")
KINDS: Mapping[str, KindOfEntry] = {
    "quotes": KindOfEntry("Quotation", "annotations", "QuoteInput", _IN_TEXT),
    "reported": KindOfEntry("Reported statement", "annotations", "QuoteInput", (*_IN_TEXT, "kind")),
    "figures": KindOfEntry("Figure", "annotations", "FigureInput", _IN_TEXT),
    "context": KindOfEntry("Context note", "annotations", "ContextInput", _IN_TEXT),
    "person": KindOfEntry("Person", "people", "PersonInput", ("was",), (("briefing", "RoleInput", "role"),)),
    "reference": KindOfEntry("Reference", "references", "ReferenceInput", ("was",)),
    "measure": KindOfEntry("Measure", "measures", "MeasureInput", ("was",)),
    "briefing": KindOfEntry(
        *(
            "About this briefing",
            "briefing",
            "",
            ("aliases", "ignore", "people", "turns", "original", "left_out", "elements"),
        ),
        (("comments", "", "scope"),),
    ),
}
NAMES: Mapping[str, tuple[str, str]] = {
    "speaker": ("person", "people"),
    "via": ("person", "people"),
    "tags": ("tags", "tags"),
    "cite": ("reference", "references"),
    "evidence": ("reference", "references"),
    "measure": ("measure", "measures"),
    "highlights": ("reference", "references"),
}
"""The types of fields that name something else of the briefing: of one, and of several."""
FIRST = (
    "note",
    "tags",
    "speaker",
    "kind",
    "unit",
    "period",
    "role",
    "authors",
    "summary",
    "key_points",
    "scope",
    "status",
    "excerpts",
)
"""Fields that a form shows at once beside those that are needed; the others are folded."""
RARE: Mapping[str, tuple[str, ...]] = {
    "source": (
        "retrieved", "archived", "url_status", "pages", "times", "block_quotations", "headings", "recording", "speaker"
    ),
}  # fmt: skip
"""By field: those within it that are folded, because hardly anybody changes them."""
PARAGRAPHS = ("block_quotations", "headings")
"""Fields that name paragraphs by their numbers."""
USUAL = {"status": "published", "kind": "direct"}
"""What is understood of an entry where nothing is chosen."""
USUAL_OF_ALL = {"status": "draft"}
"""The same of a briefing."""
LABEL = 80
"""Characters of the words that say which annotation or comment an id is."""


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field as a form shows it."""

    name: str
    """Its key in the file."""
    label: str
    help: str
    example: str
    """Empty where there is none in one line."""
    type: str
    """`short` and `prose` (text), `paragraphs` (their numbers, in a text), `number`, `date`,
    `id`, `choice`, `person` and what else `NAMES` has, `value` (a number, a range or words), `mapping`, or `list`."""
    required: bool
    more: bool
    """Whether it is folded at first."""
    choices: tuple[str, ...] = ()
    default: str = ""
    """What is understood where nothing is chosen."""
    of: str = ""
    """The type of the entries of a list, where they have no fields."""
    fields: tuple[FieldForm, ...] = ()
    """Those of a mapping, or of the entries of a list."""


@cache
def forms() -> Mapping[str, tuple[FieldForm, ...]]:
    """Return the fields of each kind of entry, in the order of the schema."""
    schemas = {name.partition(".")[0]: json.loads(text) for name, text in resources.schemas().items()}

    def fields_of(name: str, model: str) -> Iterator[FieldForm]:
        schema = schemas[name]
        return _fields(schema, schema["$defs"][model] if model else schema)

    found = {}
    for name, kind in KINDS.items():
        own = [
            _without(each, kind.hidden) for each in fields_of(kind.schema, kind.model) if each.name not in kind.hidden
        ]
        more = (each for schema, model, field in kind.more for each in fields_of(schema, model) if each.name == field)
        found[name] = (*own, *more)
    return found


def _without(form: FieldForm, hidden: tuple[str, ...]) -> FieldForm:
    return replace(form, fields=tuple(_without(each, hidden) for each in form.fields if each.name not in hidden))


def _fields(schema: Schema, model: Schema, within: str = "") -> Iterator[FieldForm]:
    needed = {*model.get("required", ()), *model.get("else", {}).get("required", ())} - {"id"}
    for name, found in model["properties"].items():
        kinds = list(_kinds(schema, found))
        groups = [kind for kind in kinds if "properties" in kind]
        several = any(one.get("type") == "array" for one in found.get("oneOf", (found,)))
        example = next(iter(found.get("examples", ())), "")
        alone = _type_of_one(name, kinds[0])
        type = _type(name, several, alone, groups)
        yield FieldForm(
            name,
            name.replace("_", " ").capitalize(),
            # a form shows names, and a draft is kept in it
            re.sub(r"^(?:The id|Ids) of the ", "The ", found.get("description", "")).replace(
                "needed unless it is a draft", "needed to keep or publish it"
            ),
            str(example) if isinstance(example, str | int | float) else "",
            type,
            name in needed,
            name in RARE.get(within, ()) if within else name not in needed and name not in FIRST,
            tuple(choice for kind in kinds for choice in kind.get("enum", ())),
            (USUAL if "id" in model["properties"] else USUAL_OF_ALL).get(name, ""),
            alone if type == "list" and not groups else "",
            tuple(_fields(schema, groups[-1], name)) if groups and type != "value" else (),
        )


def _type(name: str, several: bool, alone: str, groups: list[Schema]) -> str:
    """Return the type of a field of which one value is of the type `alone`; `groups` are the mappings it may hold."""
    if name in NAMES:
        return NAMES[name][several]
    if any("from" in group["properties"] for group in groups):
        return "value"
    if len(groups) > 1 or (groups and not several):
        return "mapping"
    return "list" if several else alone


def _type_of_one(name: str, found: Schema) -> str:
    if "enum" in found:
        return "choice"
    if name in PARAGRAPHS:
        return "paragraphs"
    if found.get("type") == "number":
        return "number"
    pattern = found.get("pattern", "")
    if pattern == r"^\d{4}-\d\d-\d\d$":
        return "date"
    if pattern.startswith("^[a-z]"):
        return "id"
    return "prose" if name in LONG or name == "words" else "short"


def _kinds(schema: Schema, found: Schema) -> Iterator[Schema]:
    """Yield what a field may hold, or what the entries of its list may be: texts and mappings."""
    if "$ref" in found:
        yield schema["$defs"][found["$ref"].rpartition("/")[2]]
    elif "oneOf" in found:
        for one in found["oneOf"]:
            yield from _kinds(schema, one)
    elif found.get("type") == "array":
        yield from _kinds(schema, found["items"])
    else:
        yield found


def words_of(briefing: Briefing) -> dict[str, Any]:
    """Return what fields can name: people (those of the briefing first, who are `here`), tags (the most used
    first), references with the first words of their excerpts and where these are, measures, the comments that are not
    set aside, themes, what the codes of problems mean, and the annotations that prose can cite, those of which are
    `unpublished` last: what cites them cannot be published before they are; and by their numbers the first words of
    the paragraphs that a form names."""
    aside = {each.comment for each in briefing.set_aside}
    tags = Counter(tag for each in (*briefing.annotations, *briefing.themes, *briefing.derived) for tag in each.tags)
    roles = briefing.roles
    people = sorted(briefing.people.values(), key=lambda person: person.id not in roles)
    return {
        "people": [
            {
                "id": each.id,
                "name": each.name,
                "role": briefing.roles.get(each.id, ""),
                "here": each.id in briefing.roles,
            }
            for each in people
        ],
        "tags": [tag for tag, _ in tags.most_common()],
        "references": [
            {
                "id": work.id,
                "title": work.title,
                "excerpts": [{"words": _shortened(each.exact), "where": each.where} for each in work.excerpts],
            }
            for work in briefing.references
        ],
        "annotations": [
            {
                "id": each.id,
                "kind": kind_of_record(each),
                "label": _cited_as(each),
                "unpublished": _is_unpublished(each),
            }
            for each in sorted((*briefing.annotations, *briefing.derived), key=_is_unpublished)
        ],
        "measures": [{"id": id, "label": measure.label} for id, measure in briefing.measures.items()],
        "comments": [
            {"id": each.id, "words": _shortened(each.text)} for each in briefing.comments if each.id not in aside
        ],
        "themes": [{"id": theme.id, "title": theme.title} for theme in briefing.themes],
        "codes": {code: about.summary for code, about in CODES.items()},
        "paragraphs": _named_paragraphs(briefing.source),
    }


def _named_paragraphs(source: Source) -> dict[int, str]:
    """Return the first words of the paragraphs that `PARAGRAPHS` name."""
    numbers = {*source.block_quotations, *(heading for heading, _ in source.headings)}
    return {number: _shortened(source.lines[number - 1].of(source.text)) for number in sorted(numbers)}


def _is_unpublished(record: Annotation | Derived) -> bool:
    """Return whether it is not published with its briefing yet."""
    return not isinstance(record, Derived) and record.status != "published"


def _cited_as(record: Annotation | Derived) -> str:
    """Return what an author cites it by: a figure by its value, too, in the words of its source."""
    words = words_for(record)
    if not isinstance(record, Figure) or is_todo(record.label):
        return words
    return f"{words}: {_shortened(' … '.join(part.selector.exact for part in record.target.parts))}"


def words_for(record: Annotation | Derived) -> str:
    """Return what tells an author which one this is; the words of a figure whose label is still to be written."""
    if isinstance(record, Derived) or (isinstance(record, Figure) and not is_todo(record.label)):
        return record.label
    if isinstance(record, ContextNote):
        return record.title
    return _shortened(" … ".join(part.selector.exact for part in record.target.parts))


def _shortened(words: str) -> str:
    return shorten(words, LABEL, placeholder=" …")
