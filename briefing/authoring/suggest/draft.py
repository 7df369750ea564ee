"""From what is found in a source to entries of its files: ids, selectors, people, and nothing that is there already.

An entry is a mapping as YAML has it. Whatever the author has annotated, set aside under `ignore` or noted is left out,
so that a second run gives only what is new.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.anchor.boundaries import whole
from briefing.anchor.describe import describe_on_one_line
from briefing.attribution import Entity, find_entities
from briefing.authoring.edit import Value
from briefing.authoring.suggest.figures import FigureDraft, figure_drafts
from briefing.authoring.suggest.names import NameDraft, name_drafts
from briefing.authoring.suggest.quotations import QuotationDraft, quotation_drafts
from briefing.check.names import named
from briefing.check.rules.citations import cited
from briefing.model import Annotation, Briefing
from briefing.model.places import Span
from briefing.text import language, speech

Entry = Mapping[str, Value]

ID_WORDS = 4
ID_LENGTH = 36
"""Words and characters of a drafted id at most."""
UNCREDITED = (
    "TODO: the source's crediting words were not found beside this quotation; "
    "give them as `attribution`, or say here why the speaker is certain"
)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is to be added to the files of a briefing."""

    quotes: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    context: tuple[Entry, ...]
    people: Mapping[str, Entry]
    """New entries of people.yml, by id."""
    roles: Mapping[str, Value]
    """New entries of `people` in briefing.yml, by id."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing new."""
        return not (self.quotes or self.figures or self.context)

    def without(self, ids: frozenset[str], unsure: frozenset[str] = frozenset()) -> Suggestions:
        """The same without some annotations, and without the people whom these alone need.

        Of the quotations `unsure` it is left open who says them.
        """
        opened = (_open(each) if each["id"] in unsure else each for each in self.quotes)
        kept = [tuple(each for each in group if each["id"] not in ids) for group in (opened, self.figures)]
        context = tuple(each for each in self.context if each["id"] not in ids)
        needed = {each.get(key) for group in kept for each in group for key in ("speaker", "via")}
        people = {id: entry for id, entry in self.people.items() if id in needed}
        roles = {id: role for id, role in self.roles.items() if id in needed}
        return Suggestions(kept[0], kept[1], context, people, roles)


def _open(quote: Entry) -> Entry:
    return {key: value for key, value in quote.items() if key not in ("speaker", "via")}


def suggest(briefing: Briefing) -> Suggestions:
    """Draft entries for all of an anchored briefing's source that nothing accounts for."""
    text, rules = briefing.source.text, language(briefing.source.language)
    entities = find_entities(text, rules, _known(briefing))
    ignored = [span for anchor in briefing.ignored_at.values() for span in anchor.spans]
    quotations = quotation_drafts(briefing, entities, [*_spans(briefing, briefing.quotations), *ignored])
    numbers = [*_spans(briefing, briefing.figures), *ignored]
    figures = [
        draft
        for draft in figure_drafts(briefing, [*_drafted(quotations), *_said(briefing, entities)])
        if not any(draft.core.overlaps(span) for span in numbers)
    ]
    names = _new_names(briefing, name_drafts(text, rules))
    desk = DraftBuilder(briefing, {*named(briefing), *cited(briefing)}, {})
    quotes = tuple(_quote(desk, draft) for draft in quotations)
    return Suggestions(
        quotes=quotes,
        figures=tuple(_figure(desk, draft) for draft in figures),
        context=tuple(_note(desk, draft) for draft in names),
        people={id: _person(entity) for id, entity in desk.people.items() if id not in briefing.people},
        roles={id: _role(entity) for id, entity in desk.people.items() if id not in briefing.roles},
    )


def _drafted(quotations: Sequence[QuotationDraft]) -> Iterator[tuple[Span, Entity]]:
    """The words of drafts with who says them."""
    for draft in quotations:
        if draft.speaker:
            yield from ((part, draft.speaker) for part in draft.parts)


def _said(briefing: Briefing, entities: Sequence[Entity]) -> Iterator[tuple[Span, Entity]]:
    """The words of quotations that are there with who says them."""
    people = {entity.id: entity for entity in entities if entity.id}
    for quotation in briefing.quotations:
        if quotation.speaker in people:
            yield from ((span, people[quotation.speaker]) for span in _spans(briefing, [quotation]))


def _spans(briefing: Briefing, annotations: Sequence[Annotation]) -> list[Span]:
    anchors = [briefing.anchors[each.id] for each in annotations if each.id in briefing.anchors]
    return [span for anchor in anchors if not anchor.comment for span in anchor.spans]


def _known(briefing: Briefing) -> Iterator[Entity]:
    """The people of the briefing, and others in people.yml whose full name the source has."""
    for id, person in briefing.people.items():
        if id in briefing.roles or person.name in briefing.source.text:
            body = person.kind == "organisation"
            yield Entity(person.name, briefing.roles.get(id, ""), body, id=id)


def _new_names(briefing: Briefing, drafts: Sequence[NameDraft]) -> Iterator[NameDraft]:
    """The names that no context note is about."""
    taken = _spans(briefing, briefing.context)
    titles = " \n ".join(
        f"{note.title} {' '.join(part.selector.exact for part in note.target.parts)}" for note in briefing.context
    ).lower()
    for draft in drafts:
        if not whole(briefing.source.text, draft.target):
            continue
        noted = re.search(rf"(?<!\w){re.escape(draft.title.lower())}(?!\w)", titles)
        if not noted and not any(draft.target.overlaps(span) for span in taken):
            yield draft


# --- entries ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DraftBuilder:
    """Where entries are written: the ids that are taken, and who has been needed."""

    briefing: Briefing
    taken: set[str]
    people: dict[str, Entity]

    def id(self, words: str, otherwise: str) -> str:
        """A new id made of the first words that say something."""
        plain = slug(words, speech(language(self.briefing.source.language)).articles)
        if not plain or not plain[0].isalpha() or _RESERVED.fullmatch(plain):
            plain = f"{otherwise}-{plain}".strip("-")
        return self._free(plain, self.taken)

    def person(self, entity: Entity) -> str:
        """The id of somebody who speaks, noted as needed."""
        if not entity.id:
            waiting = self.briefing.roles.keys() - self.briefing.people.keys()
            taken = {*self.people, *self.briefing.people, *(self.briefing.roles.keys() - waiting)}
            entity.id = self._free(_person_id(entity), taken)
        self.people[entity.id] = entity
        return entity.id

    def _free(self, id: str, taken: set[str]) -> str:
        number, free = 2, id
        while free in taken:
            free, number = f"{id}-{number}", number + 1
        taken.add(free)
        return free


_RESERVED = re.compile("p[0-9]+|t-.*|comments")


def slug(words: str, articles: frozenset[str] = frozenset()) -> str:
    """The first words that say something, in lower case with hyphens: a–z and digits only."""
    plain = unicodedata.normalize("NFKD", words.replace("ß", "ss").replace("’", "").replace("'", "").lower())
    found = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    telling = [word for word in found if (len(word) > 2 and word not in articles) or word.isdigit()] or found
    made = ""
    for word in telling[:ID_WORDS]:
        if len(f"{made}-{word}") > ID_LENGTH:
            break
        made = f"{made}-{word}".strip("-")
    return made or (telling[0][:ID_LENGTH] if telling else "")


def _person_id(entity: Entity) -> str:
    """A surname; for a body or somebody without a name the words that the source has."""
    words = entity.name if entity.body else entity.name.split()[-1]
    made = slug(words)
    return made if made and made[0].isalpha() and not _RESERVED.fullmatch(made) else f"speaker-{made}".strip("-")


def _person(entity: Entity) -> Entry:
    return {"name": entity.name, "kind": "organisation" if entity.body else "person"}


def _role(entity: Entity) -> Value:
    """What the source says beside the name; an empty mapping where it says nothing."""
    return entity.role or {}


def _quote(desk: DraftBuilder, draft: QuotationDraft) -> Entry:
    text = desk.briefing.source.text
    entry: dict[str, Value] = {
        "id": desk.id(draft.parts[0].of(text), "quote"),
        "target": _target(text, draft.parts),
    }
    if draft.kind != "direct":
        entry["kind"] = draft.kind
    if draft.speaker:
        entry["speaker"] = desk.person(draft.speaker)
    if draft.speaker and draft.via and draft.via is not draft.speaker:
        entry["via"] = desk.person(draft.via)
    entry["status"] = "draft"
    if not draft.credited:
        entry["allow"] = [{"code": "attribution-missing", "reason": UNCREDITED}]
    return entry


def _figure(desk: DraftBuilder, draft: FigureDraft) -> Entry:
    entry: dict[str, Value] = {
        "id": desk.id(draft.label, draft.type),
        "target": _target(desk.briefing.source.text, (draft.target,)),
        "label": f"TODO: {draft.label}",  # words cut from a sentence are no label yet
        "type": draft.type,
        "basis": draft.basis,
        "value": _value(draft),
    }
    entry |= {key: value for key, value in (("unit", draft.unit), ("period", draft.period)) if value}
    if draft.speaker:
        entry["speaker"] = desk.person(draft.speaker)
    return {**entry, "status": "draft"}


def _value(draft: FigureDraft) -> Value:
    if draft.words:
        return {"words": draft.words, **({"min": draft.least} if draft.least else {})}
    return {"from": draft.ends[0], "to": draft.ends[1]} if draft.ends else draft.value


def _note(desk: DraftBuilder, draft: NameDraft) -> Entry:
    target = _target(desk.briefing.source.text, (draft.target,))
    return {
        "id": desk.id(draft.title, "name"),
        "target": target,
        "title": draft.title,
        "note": "TODO",
        "status": "draft",
    }


def _target(text: str, spans: Sequence[Span]) -> Value:
    """The words with the smallest unique selector, one for each part."""
    parts = [_part(text, span) for span in spans]
    return parts[0] if len(parts) == 1 else parts


def _part(text: str, span: Span) -> Value:
    found = describe_on_one_line(text, span)
    context = {key: words for key, words in (("prefix", found.prefix), ("suffix", found.suffix)) if words}
    return {"exact": found.exact, **context} if context else found.exact
