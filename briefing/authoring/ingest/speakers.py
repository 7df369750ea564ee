"""Who speaks in a transcript: the labels that begin paragraphs, the name in each, and what the label says besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from briefing.authoring import edit
from briefing.authoring.ingest.folder import DraftSpeaker
from briefing.authoring.new_entries import make_id
from briefing.model.places import TextFile
from briefing.text import Language, speech

LABEL = re.compile(r"(?P<mark>>>(?!>)\s*)?(?P<name>[^\W\d_a-z][\w.,’'()& -]{0,60}):(?=\s|$)")
UNNAMED = re.compile(r">>(?!>)|[-–—](?=\s)")
"""How a paragraph begins where somebody speaks who is not named."""
CAPITALS = re.compile(r"(?:[^\W\d_a-z]|[\W\d_])+$")
FEWEST = 4
"""Paragraphs with a label at least, where the document is no subtitles."""
MOST_WORDS = 6
"""Words of a label."""
_APART = re.compile(r"(?:(?<!\s)\s+)?[(),;]\s*|(?<!\s)\s+[–—|/-]\s+")
_AFTER_NAME = re.compile(r"(?:[A-Z][a-z]?){2,4}$")
"""Letters behind a name: KC, MP, MdB."""


def find_speakers(
    paragraphs: Sequence[str], voices: Sequence[str], language: Language, *, subtitles: bool
) -> dict[str, DraftSpeaker]:
    """Return the labels that begin paragraphs where somebody speaks, each with who that is.

    In subtitles these are the voices that the document marks, names with a colon, chevrons and dashes; elsewhere only
    labels in capitals that begin half of the paragraphs.
    """
    found = [match for match in map(LABEL.match, paragraphs) if match and len(match["name"].split()) <= MOST_WORDS]
    if not subtitles:
        return _in_capitals(found, len(paragraphs), language)
    written = {match[0]: match["name"] for match in found if not voices or match["mark"]}
    labels = {f"{voice}:": voice for voice in voices} | written
    named = {label: speaker_of(name, language) for label, name in labels.items()}
    rest = [text for text in paragraphs if named and not text.startswith(tuple(named))]
    return named | {match[0]: DraftSpeaker() for text in rest if (match := UNNAMED.match(text))}


def _in_capitals(found: Sequence[re.Match[str]], paragraphs: int, language: Language) -> dict[str, DraftSpeaker]:
    """Return labels in capitals, where they begin half of the paragraphs."""
    kept = [match for match in found if CAPITALS.match(match["name"]) and not match["mark"]]
    many = len(kept) >= FEWEST and 2 * len(kept) >= paragraphs
    return {match[0]: speaker_of(match["name"], language) for match in kept} if many else {}


def speaker_of(label: str, language: Language) -> DraftSpeaker:
    """Return the name in a label, and the office or body that stands with it: "Chair, Margaret Doyle"."""
    parts = [part for part in _APART.split(label) if part] or [label]
    name = _name_among(parts, language)
    besides = [part for part in parts if part not in name.split(", ")]
    if ", " in name:  # "Doyle, Margaret"
        name = " ".join(reversed(name.split(", ")))
    words = _without_letters(name.split(), language)
    roles = [*takewhile(lambda word: _is_role(word, language) and not _is_honorific(word, language), words)]
    if len(roles) == len(words) or not words[-1].isalpha():  # "THE CHAIRMAN", "SPEAKER 1"
        roles = []
    said, role = " ".join(words[len(roles) :]), ", ".join(filter(None, (" ".join(roles), *besides)))
    return DraftSpeaker(said.title() if said.isupper() else said, role.capitalize() if role.isupper() else role)


def _name_among(parts: Sequence[str], language: Language) -> str:
    """Return the part of a label that is a name; surname and first name where those are the parts."""
    called = [part for part in parts if any(_is_honorific(word, language) for word in part.split()[:-1])]
    names = called or [part for part in parts if not _is_role(part, language)] or parts[:1]
    whole = [part for part in names if len(part.split()) > 1]
    return whole[0] if whole else ", ".join(names[:2])


def _without_letters(words: Sequence[str], language: Language) -> list[str]:
    """Return a name without the letters behind it, and without titles before it where two words are left."""
    kept = list(words)
    while len(kept) > 1 and _AFTER_NAME.match(kept[-1]) and not " ".join(words).isupper():
        kept.pop()
    while len(kept) > 2 and _is_honorific(kept[0], language):
        kept.pop(0)
    return kept


def _is_honorific(word: str, language: Language) -> bool:
    known = {each.lower() for each in speech(language).honorifics}
    return word.rstrip(".").lower() in known or bool(re.fullmatch(r"[^\W\d_]{1,5}\.", word))


def _is_role(words: str, language: Language) -> bool:
    """Return whether words say what somebody is, and no name."""
    rules = speech(language)
    known = {each.lower() for each in (*rules.roles, *rules.people, *rules.spokespeople, *rules.organisations)}
    return any(word.strip(".").lower() in known for word in words.split())


# --- people.yml -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Register:
    """The ids of those who speak, and people.yml with those who were not in it."""

    ids: Mapping[str, str]
    """By name in small letters."""
    text: str


def with_speakers(speakers: Iterable[DraftSpeaker], known: Mapping[str, str], file: TextFile) -> Register:
    """Return the ids of speakers by name; who is not among the `known` is added to people.yml, `file`.

    An id is made of the last word of a name. Nobody is added where the file cannot be read.
    """
    ids, text = dict(known), file
    for speaker in speakers:
        if not speaker.name or speaker.name.lower() in ids:
            continue
        id = make_id(speaker.name.split()[-1], "person", set(ids.values()))
        try:
            text = edit.add_field(text, (), id, {"name": speaker.name})
        except edit.EditError:
            return Register(known, file.text)
        ids[speaker.name.lower()] = id
    return Register(ids, text.text)
