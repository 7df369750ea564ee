"""Draft annotations by rules: quotations with their speakers, figures with their values, names worth a note.

`suggest` returns the entries for a checked briefing: ids, selectors, people, and nothing that is there already. An
entry is a mapping as YAML has it. Whatever the author has annotated, set aside under `ignore` or noted is left out, so
that a second run adds only what is new. `write` puts entries into files. The rules of each language are its `speech`
and `worth` (see `briefing.text`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from briefing.anchor.boundaries import whole
from briefing.attribution import Entity, TextReading, find_entities, read
from briefing.attribution.entities import names_in
from briefing.authoring.edit.entries import Value
from briefing.authoring.new_entries import free_id, target_value
from briefing.authoring.suggest.figures import FigureDraft, figure_drafts
from briefing.authoring.suggest.givers import giver
from briefing.authoring.suggest.measured import measures_something, without_repeats
from briefing.authoring.suggest.numbers import headlines
from briefing.authoring.suggest.quotations import QuotationDraft, quotation_drafts
from briefing.authoring.suggest.roles import written_role
from briefing.check.grounds import named
from briefing.check.rules.citations import cited
from briefing.load.schema.formats import RESERVED
from briefing.model import Annotation, AnnotationKey, Briefing
from briefing.model.places import Span, clear_of
from briefing.text import Language, language, speech, worth
from briefing.text.filing import untitled

Entry = Mapping[str, Value]

ID_WORDS = 4
ID_LENGTH = 36
"""Words and characters of a drafted id at most."""
OFFER = "TODO: "
"""Before the id of a speaker who is only likely, and whom an author is to decide on."""
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
    left_out: int = 0
    """Dates, lengths of time and numbers by themselves that are not drafted unless every number is asked for."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing new."""
        return not (self.quotes or self.figures or self.context)

    def without(self, ids: frozenset[str], unsure: frozenset[str] = frozenset()) -> Suggestions:
        """Return the same without some annotations, and without the people whom these alone need.

        Those that are `unsure` lose their speaker.
        """
        groups = (self.quotes, self.figures, self.context)
        quotes, figures, context = ([each for each in group if each["id"] not in ids] for group in groups)
        quotes, figures = (
            [_without_speaker(each) if each["id"] in unsure else each for each in group] for group in (quotes, figures)
        )
        said = [*quotes, *figures]
        needed = {str(each.get(key) or "").removeprefix(OFFER) for each in said for key in ("speaker", "via")}
        people = {id: entry for id, entry in self.people.items() if id in needed}
        roles = {id: role for id, role in self.roles.items() if id in needed}
        return Suggestions(tuple(quotes), tuple(figures), tuple(context), people, roles, self.left_out)

    def decided(self) -> Suggestions:
        """Return the same as if every speaker who is offered were the speaker, for the check to look at."""
        quotes = (
            {**each, "speaker": str(each["speaker"]).removeprefix(OFFER)} if "speaker" in each else each
            for each in self.quotes
        )
        return replace(self, quotes=tuple(quotes))


def _without_speaker(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if key not in ("speaker", "via")}


def suggest(briefing: Briefing, *, every_number: bool = False) -> Suggestions:
    """Draft entries for all of an anchored briefing's source that nothing accounts for.

    Of numbers only those that measure something, unless `every_number` is asked for.
    """
    text, rules = briefing.source.text, language(briefing.source.language)
    entities = find_entities(text, rules, _known_people(briefing))
    headings = sorted({*headlines(text), *briefing.source.heading_lines})
    quoted = [*_spans_of(briefing, briefing.quotations), *_spans_aside(briefing, "quotes"), *headings]
    quotations = quotation_drafts(briefing, entities, quoted)
    said = [*_words_by_speaker(briefing, quotations, entities)]
    numbers = [*_spans_of(briefing, briefing.figures), *_spans_aside(briefing, "figures"), *headings]
    reading = read(text, rules, entities)
    found = [_with_giver(reading, entities, draft) for draft in figure_drafts(briefing, said)]
    figures = [draft for draft in found if not any(draft.core.overlaps(span) for span in numbers)]
    chosen = figures if every_number else _worthy(text, rules, found, figures)
    names = _new_names(briefing, name_drafts(text, rules, headings))
    builder = DraftBuilder(briefing, {*named(briefing), *cited(briefing)}, {})
    quotes = tuple(builder.quote(draft) for draft in quotations)
    return Suggestions(
        quotes=quotes,
        figures=tuple(builder.figure(draft) for draft in chosen),
        context=tuple(builder.note(draft) for draft in names),
        people=builder.new_people(),
        roles={
            id: written_role(entity, rules) or {} for id, entity in builder.people.items() if id not in briefing.roles
        },
        left_out=len(figures) - len(chosen),
    )


def _worthy(
    text: str, rules: Language, found: Sequence[FigureDraft], figures: Sequence[FigureDraft]
) -> list[FigureDraft]:
    """Return those of some figures that measure something and that none of all that were `found` says already."""
    worthy = without_repeats(text, [draft for draft in found if measures_something(text, rules, draft)])
    return [draft for draft in figures if any(draft is one for one in worthy)]


def _with_giver(reading: TextReading, entities: Sequence[Entity], draft: FigureDraft) -> FigureDraft:
    """Return a draft of what somebody claims with who does, where the source says so."""
    open_ = draft.basis == "claim" and draft.speaker is None
    return replace(draft, speaker=giver(reading, entities, draft.target)) if open_ else draft


def _words_by_speaker(
    briefing: Briefing, drafts: Sequence[QuotationDraft], entities: Sequence[Entity]
) -> Iterator[tuple[Span, Entity]]:
    """Return the words of drafts, and of quotations that are there, with who says them."""
    for draft in drafts:
        if draft.speaker and not draft.offered:
            yield from ((part, draft.speaker) for part in draft.parts)
    people = {entity.id: entity for entity in entities if entity.id}
    for quotation in briefing.quotations:
        if quotation.speaker in people:
            yield from ((span, people[quotation.speaker]) for span in _spans_of(briefing, [quotation]))


def _spans_of(briefing: Briefing, annotations: Sequence[Annotation]) -> list[Span]:
    anchors = [briefing.anchors[each.id] for each in annotations if each.id in briefing.anchors]
    return [span for anchor in anchors if not anchor.comment for span in anchor.spans]


def _spans_aside(briefing: Briefing, key: AnnotationKey) -> list[Span]:
    """Return the words of the source of which no entry of a list is to be made."""
    found = (briefing.ignored_at.get(entry.at) for entry in briefing.ignored if entry.is_about(key))
    return [span for anchor in found if anchor and not anchor.comment for span in anchor.spans]


def _known_people(briefing: Briefing) -> Iterator[Entity]:
    """Return the people of the briefing, and others in people.yml whose full name the source has."""
    for id, person in briefing.people.items():
        body = person.kind == "organisation"
        name = person.name if body else untitled(person.name)
        if id in briefing.roles or name in briefing.source.text:
            yield Entity(name, briefing.roles.get(id, ""), body=body, id=id)


# --- entries ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DraftBuilder:
    """Makes entries, with the ids that are taken and who has been needed."""

    briefing: Briefing
    taken: set[str]
    people: dict[str, Entity]

    def new_id(self, words: str, otherwise: str) -> str:
        """Return a new id made of the first words that say something."""
        plain = slug(words, speech(language(self.briefing.source.language)).articles)
        if not plain or not plain[0].isalpha() or RESERVED.fullmatch(plain):
            plain = f"{otherwise}-{plain}".strip("-")
        free = free_id(plain, self.taken)
        self.taken.add(free)
        return free

    def person(self, entity: Entity) -> str:
        """Return the id of somebody who speaks, noted as needed: a surname, or the source's words for a body."""
        if not entity.id:
            made = slug(entity.name if entity.body else entity.name.split()[-1])
            if not made or not made[0].isalpha() or RESERVED.fullmatch(made):
                made = f"speaker-{made}".strip("-")
            waiting = self.briefing.roles.keys() - self.briefing.people.keys()
            entity.id = free_id(made, {*self.people, *self.briefing.people, *(self.briefing.roles.keys() - waiting)})
        self.people[entity.id] = entity
        return entity.id

    def new_people(self) -> dict[str, Entry]:
        """Return the entries of people.yml that are not there yet."""
        new = {id: entity for id, entity in self.people.items() if id not in self.briefing.people}
        kinds = {True: "organisation", False: "person"}
        return {
            id: {"name": f"{entity.title} {entity.name}".lstrip(), "kind": kinds[entity.body]}
            for id, entity in new.items()
        }

    def quote(self, draft: QuotationDraft) -> Entry:
        """Return the entry of a quotation."""
        text = self.briefing.source.text
        id = self.new_id(draft.parts[0].of(text), "quote")
        entry: dict[str, Value] = {"id": id, "target": target_value(text, draft.parts)}
        if draft.kind != "direct":
            entry["kind"] = draft.kind
        if draft.speaker:
            entry["speaker"] = f"{OFFER if draft.offered else ''}{self.person(draft.speaker)}"
        if draft.speaker and not draft.offered and draft.via and draft.via is not draft.speaker:
            entry["via"] = self.person(draft.via)
        entry["status"] = "draft"
        if not draft.credited:
            entry["allow"] = [{"code": "attribution-missing", "reason": UNCREDITED}]
        return entry

    def figure(self, draft: FigureDraft) -> Entry:
        """Return the entry of a figure."""
        entry: dict[str, Value] = {
            "id": self.new_id(draft.name, draft.type),
            "target": target_value(self.briefing.source.text, [draft.target]),
            "label": f"TODO: {draft.label}" if draft.label else "TODO",  # an author says what it is, or agrees
            "type": draft.type,
            "basis": draft.basis,
            "value": draft.written_value,
        }
        entry |= {key: value for key, value in (("unit", draft.unit), ("period", draft.period)) if value}
        if draft.speaker:
            entry["speaker"] = self.person(draft.speaker)
        return {**entry, "status": "draft"}

    def note(self, draft: NameDraft) -> Entry:
        """Return the entry of a context note."""
        id, target = self.new_id(draft.title, "name"), target_value(self.briefing.source.text, [draft.target])
        return {"id": id, "target": target, "title": draft.title, "note": "TODO", "status": "draft"}


def slug(words: str, articles: frozenset[str] = frozenset()) -> str:
    """Return the first words that say something, in lower case with hyphens: a–z and digits only."""
    plain = unicodedata.normalize("NFKD", words.replace("ß", "ss").replace("’", "").replace("'", "").lower())
    found = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    telling = [word for word in found if (len(word) > 2 and word not in articles) or word.isdigit()] or found
    made = ""
    for word in telling[:ID_WORDS]:
        if len(f"{made}-{word}") > ID_LENGTH:
            break
        made = f"{made}-{word}".strip("-")
    return made or (telling[0][:ID_LENGTH] if telling else "")


# --- names ------------------------------------------------------------------------------------------------------

TOO_MANY = 4
"""Letters from which a word in capitals is an abbreviation in a line that is all capitals, as headlines are."""
_CAPITAL = r"[A-ZÄÖÜ][\w’&-]*"
_SHORT_FORM = re.compile(r"(?<![\w.’'-])[A-ZÄÖÜ]{3,6}(?![\w’'-]*[a-zäöüß0-9]{2})(?![\w-])")
_ROMAN = re.compile(r"[IVXLCM]+")


@dataclass(frozen=True, slots=True)
class NameDraft:
    """An institution or abbreviation that is worth a note, which its author is to write."""

    target: Span
    title: str


def name_drafts(text: str, language: Language, headings: Sequence[Span]) -> tuple[NameDraft, ...]:
    """Return every institution and abbreviation of a text at its first place that is in no heading; none in a
    language without rules."""
    if not speech(language).verbs:
        return ()
    made: list[NameDraft] = []
    known: set[str] = set()
    found = sorted(
        (*_long_forms(text, language), *_names_in_lines(text, language)),
        key=lambda each: (each[0].target.start, -each[0].target.end),
    )
    for draft, names in clear_of(found, lambda each: each[0].target, headings):
        overlaps = bool(made) and made[-1].target.overlaps(draft.target)
        if not overlaps and not names & known:
            made.append(draft)
        known |= names
    return tuple(made)


def _new_names(briefing: Briefing, drafts: Sequence[NameDraft]) -> Iterator[NameDraft]:
    """Return the names that no context note is about."""
    aside = _spans_aside(briefing, "context")
    taken = [*_spans_of(briefing, briefing.context), *aside]
    noted = [f"{note.title} {' '.join(part.selector.exact for part in note.target.parts)}" for note in briefing.context]
    titles = " \n ".join([*noted, *(span.of(briefing.source.text) for span in aside)]).lower()
    for draft in drafts:
        known = re.search(rf"(?<!\w){re.escape(draft.title.lower())}(?!\w)", titles)
        overlaps = any(draft.target.overlaps(span) for span in taken)
        if whole(briefing.source.text, draft.target) and not known and not overlaps:
            yield draft


def _long_forms(text: str, language: Language) -> Iterator[tuple[NameDraft, set[str]]]:
    """Return each name with its abbreviation behind it in brackets, and both names."""
    for found in _long_form_pattern(language).finditer(text):
        long, short = found.group()[: found.start("short") - found.start() - 2], found["short"]
        start = found.start()
        while long.split()[0] in speech(language).not_names and " " in long:
            start, long = start + len(long.split()[0]) + 1, long.split(" ", 1)[1]
        if sum(letter.isupper() for letter in short) > 1 and long[0] == short[0] and " " in long:
            yield NameDraft(Span(start, found.end()), short), {long.lower(), short.lower()}


def _names_in_lines(text: str, language: Language) -> Iterator[tuple[NameDraft, set[str]]]:
    """Return each abbreviation and each institution that stands alone, with its name."""
    for line in re.finditer(r"[^\n]+", text):
        in_capitals = line.group().isupper() and len(line.group()) > TOO_MANY
        for found in _SHORT_FORM.finditer(text, line.start(), line.end()) if not in_capitals else ():
            if not _ROMAN.fullmatch(found.group()) and not _opens_paragraph(text, language, found):
                yield NameDraft(Span(*found.span()), found.group()), {found.group().lower()}
        for name in names_in(text, language, [(line.start(), Span(*line.span()))]):
            if name.body and " " in name.name and name.name in name.span.of(text):
                yield NameDraft(name.span, name.name), {name.name.lower()}


def _opens_paragraph(text: str, language: Language, found: re.Match[str]) -> bool:
    """Return whether capitals are only those of the ordinary word that a paragraph begins with: "MORE than 200"."""
    start = text.rfind("\n", 0, found.start()) + 1
    word = found.group()
    if any(map(str.isalnum, text[start : found.start()])) or re.search(rf"\w[^\w\n]*\b{word}\b", text):
        return False  # it has capitals in the middle of a sentence, too
    said = speech(language)
    ordinary = worth(language).stop | said.prepositions | said.clause_words | said.articles
    is_known = word.lower() in ordinary or word.capitalize() in said.not_names
    return is_known or re.search(rf"(?<!\w){word.lower()}(?!\w)", text) is not None


@cache
def _long_form_pattern(language: Language) -> re.Pattern[str]:
    joints = "|".join(sorted(speech(language).name_joints))
    return re.compile(rf"{_CAPITAL}(?: (?:(?:{joints}) )*{_CAPITAL})* \((?P<short>[A-Z][\w-]{{1,9}})\)")
