"""Slips of authors who type or paste a target: what they write instead of the words of a text.

Each slip takes the words of a passage and returns what is written, or None where it does not fit. The right hint is
always the passage itself.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.anchor import find
from briefing.anchor.boundaries import whole
from briefing.model import Selector
from briefing.model.places import Span

QUOTES = ("“”", '""', "‘’", "''", "«»", "„“", "「」")
ELLIPSES = ("…", "...", " …", " ...", " [...]", " […]", " . . .", "…”", " …'")
ENDS = (".", ",", ";", ":", "!", "?", " .", ".”", ",”", ".'")

Slip = Callable[[str, random.Random], str | None]


@dataclass(frozen=True)
class Case:
    """What was written instead of a passage of a text."""

    kind: str
    text: str
    written: str
    here: Span


def _word(words: str, rng: random.Random, least: int = 4) -> re.Match[str] | None:
    found = [match for match in re.finditer(r"[^\W\d_]+", words) if len(match[0]) >= least]
    return rng.choice(found) if found else None


def _in_word(change: Callable[[str, int], str], least: int = 4) -> Slip:
    """A slip within one word, at one of its letters but the first and last."""

    def slip(words: str, rng: random.Random) -> str | None:
        word = _word(words, rng, least)
        if word is None:
            return None
        at = rng.randrange(1, len(word[0]) - 1)
        return words[: word.start()] + change(word[0], at) + words[word.end() :]

    return slip


def _first_word(words: str, rng: random.Random) -> str | None:
    word = re.search(r"[^\W\d_]{4,}", words)
    return f"{words[: word.start() + 1]}{words[word.start() + 2 :]}" if word else None


def _last_word(words: str, rng: random.Random) -> str | None:
    found = list(re.finditer(r"[^\W\d_]{4,}", words))
    return f"{words[: found[-1].end() - 2]}{words[found[-1].end() - 1 :]}" if found else None


def _two_words(words: str, rng: random.Random) -> str | None:
    first = _first_word(words, rng)
    return _last_word(first, rng) if first and len(words.split()) > 3 else None


def _between(change: Callable[[str, str], str]) -> Slip:
    """A slip between two words."""

    def slip(words: str, rng: random.Random) -> str | None:
        pieces = words.split(" ")
        if len(pieces) < 3:
            return None
        at = rng.randrange(1, len(pieces))
        return " ".join(filter(None, [*pieces[: at - 1], change(pieces[at - 1], pieces[at]), *pieces[at + 1 :]]))

    return slip


def _replaced(pattern: str, instead: str) -> Slip:
    return lambda words, rng: re.sub(pattern, instead, words, count=1)


SLIPS: dict[str, Slip] = {
    "quotes": lambda words, rng: (pair := rng.choice(QUOTES))[0] + words + pair[1],
    "opening quote": lambda words, rng: rng.choice(QUOTES)[0] + words,
    "closing quote": lambda words, rng: words + rng.choice(QUOTES)[1],
    "ellipsis behind": lambda words, rng: words + rng.choice(ELLIPSES),
    "ellipsis before": lambda words, rng: rng.choice(("…", "... ", "… ", "[...] ", "“… ", "(…) ")) + words,
    "ellipses": lambda words, rng: f"… {words} …",
    "quotes and ellipsis": lambda words, rng: f"“{words}…”",
    "end mark": lambda words, rng: words.rstrip(".!?,;:。") + rng.choice(ENDS),
    "quotes and end mark": lambda words, rng: f"“{words.rstrip('.!?,;:。')},”",
    "brackets": lambda words, rng: f"[{words[0].swapcase()}]{words[1:]}" if words[0].isalpha() else None,
    "letter missing": _in_word(lambda word, at: word[:at] + word[at + 1 :]),
    "letter doubled": _in_word(lambda word, at: word[:at] + word[at] + word[at:]),
    "letters swapped": _in_word(lambda word, at: word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]),
    "letter wrong": _in_word(lambda word, at: word[:at] + ("e" if word[at] != "e" else "a") + word[at + 1 :]),
    "first word": _first_word,
    "last word": _last_word,
    "both end words": _two_words,
    "cut in a word": lambda words, rng: words[:-2] if re.search(r"\w{5}$", words) and " " in words else None,
    "capital": lambda words, rng: words[0].swapcase() + words[1:],
    "capitals": lambda words, rng: words.upper() if len(words.upper()) == len(words) else None,
    "small": lambda words, rng: words.lower(),
    "word missing": _between(lambda one, other: other if one else one),
    "word twice": _between(lambda one, other: f"{one} {other} {other}"),
    "words joined": _between(lambda one, other: one + other),
    "hyphen put in": _between(lambda one, other: f"{one}-{other}"),
    "comma put in": _between(lambda one, other: f"{one}, {other}"),
    "dash for a space": _between(lambda one, other: f"{one} -- {other}"),
    "hyphen missing": _replaced(r"(?<=\w)-(?=\w)", " "),
    "hyphen away": _replaced(r"(?<=\w)-(?=\w)", ""),
    "comma missing": _replaced(r",(?=\s)", ""),
    "apostrophe missing": _replaced(r"(?<=\w)[’'](?=\w)", ""),
    "inner quotes missing": _replaced(r"[“”\"]", ""),
    "grouping missing": _replaced(r"(?<=\d)[,.](?=\d{3})", ""),
    "figure wrong": lambda words, rng: re.sub(r"\d", lambda d: str(9 - int(d[0])), words, count=1),
    "accents missing": lambda words, rng: "".join(
        c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c)
    ).replace("ß", "ss"),
    "ligature": _replaced("fi", "ﬁ"),
    "divided": _in_word(lambda word, at: f"{word[:at]}- {word[at:]}", 7),
    "space in a word": _in_word(lambda word, at: f"{word[:at]} {word[at:]}", 7),
    "emphasis": lambda words, rng: (w := _word(words, rng)) and f"{words[: w.start()]}*{w[0]}*{words[w.end() :]}",
    "note mark": lambda words, rng: f"{words}[1]",
}


def passages(text: str, rng: random.Random) -> Iterator[Span]:
    """Passages of one line: from two words to a sentence or two."""
    for line in re.finditer(r"[^\n]+", text):
        words = list(re.finditer(r"\S+" if " " in line[0] else r"\S", line[0]))
        for _ in range(1 + len(words) // 12):
            size = rng.choice((2, 3, 4, 5, 6, 8, 12, 20, 30))
            if len(words) < size:
                continue
            first = rng.randrange(len(words) - size + 1)
            start, end = words[first].start(), words[first + size - 1].end()
            inner = line[0][start:end]
            inner = inner.strip(' "“”„«»()') if rng.random() < 0.5 else inner.strip(' .,;:!?…"“”„«»()')
            at = line.start() + start + line[0][start:end].find(inner)
            span = Span(at, at + len(inner))
            if whole(text, span) and len(find(text, Selector(inner))) == 1:
                yield span


def cases(text: str, seed: int) -> Iterator[Case]:
    """Slips of every kind in passages of a text; those after which the words are still found are none."""
    rng = random.Random(seed)
    for span in passages(text, rng):
        for kind in rng.sample(sorted(SLIPS), 3):
            written = SLIPS[kind](span.of(text), rng)
            if written and written != span.of(text) and not find(text, Selector(written)):
                yield Case(kind, text, written, span)
