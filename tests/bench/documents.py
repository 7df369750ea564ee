"""`python -m tests.bench.documents FOLDER`: what is read and drafted of documents of others, beside what is in them.

A folder has documents (`.docx`, `.pdf`, `.vtt`, `.srt`, `.txt`), and beside each a file `NAME.yml` with some of:

- `paragraphs`: the paragraphs in order; a mapping `table` holds rows, each heading with its cell. `footnotes` follow;
- `turns`: `speaker` (empty where none is named) and the `first_words` of each turn; `people`: the names;
- `figures`: `words`, `value` (two for a range), `unit`; `not`: words that hold no figure; `either`: words of which both
  a draft and none are right.

Paragraphs are right where all of their words are; a row where its headings and cells follow one another in one
paragraph. A drafted figure is kept where it touches words of `figures` or `either`, in their order in the text, and
whole where it holds all numbers of them. Figures of table rows are in no list, so that they are told apart. `-v` prints
every difference.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from briefing.authoring.ingest import draft
from briefing.authoring.ingest.folder import Draft
from briefing.authoring.suggest.figures import FigureDraft, figure_drafts
from briefing.readers import READERS
from tests.check.folders import make

WORD = re.compile(r"\w+")
CLOSE = 0.01
"""Of a value: the difference that rounding makes."""

Words = tuple[str, ...]


class Tally(Counter[str]):
    """Counts by name, and the rates that they make."""

    def rate(self, part: str, whole: str) -> str:
        return f"{self[part]} of {self[whole]} ({self[part] / max(self[whole], 1):.1%})"

    def both(self, part: str, found: str, gold: str) -> str:
        """Precision, recall and F1."""
        precision, recall = self[part] / max(self[found], 1), self[part] / max(self[gold], 1)
        return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def words_of(text: str) -> Words:
    return tuple(WORD.findall(text.lower()))


def measure(path: Path, tally: Tally, tell: list[str]) -> None:
    """Count one document; `tell` takes a line for each difference."""
    gold = yaml.safe_load(path.with_suffix(".yml").read_text("utf-8"))
    made = draft(path.read_bytes(), path.name)
    rows: set[int] = set()
    if "paragraphs" in gold:
        rows = set(paragraphs(gold, made, tally, tell))
    if "turns" in gold:
        turns(gold, made, tally, tell)
    figures(gold, made, rows, tally, tell)


# --- paragraphs -------------------------------------------------------------------------------------------------


def paragraphs(gold: dict[str, Any], made: Draft, tally: Tally, tell: list[str]) -> Iterator[int]:
    """Count paragraphs, rows and words; return the indexes of those that hold table rows."""
    wanted: list[tuple[str, Words]] = []
    for each in gold["paragraphs"]:
        if isinstance(each, str):
            wanted.append(("paragraph", words_of(each)))
        else:
            wanted += [("row", words_of(" ".join(f"{k} {v}" for k, v in row.items()))) for row in each["table"]]
    notes = {words_of(note) for note in gold.get("footnotes", ())}
    wanted += [("note", note) for note in map(words_of, gold.get("footnotes", ()))]
    found = [words[1:] if words[1:] in notes else words for words in map(words_of, made.paragraphs)]
    right = set()
    for block in SequenceMatcher(None, [words for _, words in wanted], found, autojunk=False).get_matching_blocks():
        right |= set(range(block.a, block.a + block.size))
        tally["right"] += block.size
    for number, (kind, words) in enumerate(wanted):
        tally[f"{kind}s"] += 1
        tally[f"{kind}s right"] += number in right
        if number not in right:
            tell.append(f"{kind} not found: {' '.join(words)[:150]}")
    known = {words for _, words in wanted}
    tell += [
        f"paragraph too much: {text[:150]}"
        for text, words in zip(made.paragraphs, found, strict=True)
        if words not in known
    ]
    tally["wanted"] += len(wanted)
    tally["found"] += len(found)
    true, ours = ([word for words in group for word in words] for group in ([words for _, words in wanted], found))
    tally["words right"] += sum(
        block.size for block in SequenceMatcher(None, true, ours, autojunk=False).get_matching_blocks()
    )
    tally["words"] += len(true)
    tally["words found"] += len(ours)
    rows = {words for kind, words in wanted if kind == "row"}
    cells = {words_of(str(cell)) for each in gold["paragraphs"] if isinstance(each, dict) for row in each["table"]
             for pair in row.items() for cell in pair}  # fmt: skip
    for number, words in enumerate(found):
        if words in rows or words in cells:
            yield number


# --- transcripts ------------------------------------------------------------------------------------------------


def turns(gold: dict[str, Any], made: Draft, tally: Tally, tell: list[str]) -> None:
    """Count turns that begin where they should with who speaks, and the people."""
    found = list(_drafted_turns(made))
    at = 0
    for turn in gold["turns"]:
        begun, speaker = words_of(turn["first_words"]), words_of(turn["speaker"])
        fits = [
            number
            for number in range(at, len(found))
            if found[number][1][: len(begun)] == begun and _is_speaker(found[number][0], speaker)
        ]
        tally["turns"] += 1
        tally["turns right"] += bool(fits)
        at = fits[0] + 1 if fits else at
        if not fits:
            tell.append(f"turn not found: {turn['speaker']}: {turn['first_words']}")
    tally["turns found"] += len(found)
    people, wanted = (
        {words_of(each.name) for each in made.speakers.values() if each.name},
        {words_of(name) for name in gold["people"]},
    )
    tally["people"] += len(wanted)
    tally["people found"] += len(people)
    tally["people right"] += len(people & wanted)
    tell += [f"person not found: {name}" for name in wanted - people]
    tell += [f"person too much: {name}" for name in people - wanted]


def _is_speaker(found: Words | None, wanted: Words) -> bool:
    """Whether a name is the one that is wanted, which may have a title before it; a dash names nobody."""
    return found is None or found == wanted or (bool(found) and wanted[-len(found) :] == found)


def _drafted_turns(made: Draft) -> Iterator[tuple[Words | None, Words]]:
    """Return who speaks, and the words, of each turn; one goes on over paragraphs that begin with no label."""
    last: Words | None = None
    for text in made.paragraphs:
        label = max((each for each in made.speakers if text.startswith(each)), key=len, default="")
        speaker = words_of(made.speakers[label].name) if label else ()
        words = words_of(text[len(label) :])
        if last is None or label or text.startswith((">", "-", "–", "—")):
            if speaker != last or not speaker:
                yield None if text.startswith(("-", "–", "—")) else speaker, words
            last = speaker


# --- figures ----------------------------------------------------------------------------------------------------


def figures(gold: dict[str, Any], made: Draft, rows: set[int], tally: Tally, tell: list[str]) -> None:
    """Count the figures that are drafted of the text as it is read."""
    source = {"kind": "article", "title": "A title", "language": made.metadata.language or "en"}
    with tempfile.TemporaryDirectory() as folder:
        files = {"source.txt": "".join(f"{text}\n" for text in made.paragraphs), "briefing": {"source": source}}
        briefing = make(Path(folder), files)
    text = briefing.source.text
    starts = [at for at, _ in _lines(text)]
    drafts = list(figure_drafts(briefing, ()))
    in_rows = [each for each in drafts if max(n for n, at in enumerate(starts) if at <= each.core.start) in rows]
    drafts = [each for each in drafts if each not in in_rows]
    tally["of rows"] += len(in_rows)
    wanted = [*_places(text, gold.get("figures", ()))]
    free = [each["words"] if isinstance(each, dict) else str(each) for each in gold.get("either", ())]
    allowed = [(match.start(), match.end()) for words in free for match in re.finditer(re.escape(words), text)]
    tally["figures"] += len(gold.get("figures", ()))
    tally["drafted"] += len(drafts)
    used: set[int] = set()
    for each in drafts:
        touched = [n for n, (start, end, _) in enumerate(wanted) if each.core.start < end and start < each.core.end]
        free_ = any(each.core.start < end and start < each.core.end for start, end in allowed)
        again = not touched or touched[0] in used
        tally["kept"] += (not again) or free_
        used |= set(touched)
        if again and not free_:
            tell.append(f"figure too much: {text[max(each.core.start - 40, 0) : each.core.end + 20]!r}")
        if touched and not again:
            number = wanted[touched[0]][2]
            tally["valued"] += 1
            value = _is_value(each, number["value"])
            tally["values right"] += value
            tally["units"] += bool(number.get("unit"))
            tally["units found"] += bool(each.unit) or each.type in ("date", "share", "rank")
            if not value:
                tell.append(f"value {each.exact or each.words!r}, not {number['value']}: {number['words']}")
            if not each.unit and each.type not in ("date", "share", "rank"):
                tell.append(f"no unit: {number['words']} ({number.get('unit')}) {each.target.of(text)!r}")
    tally["figures found"] += len(used)
    tell += [f"figure not found: {each['words']}" for n, (_, _, each) in enumerate(wanted) if n not in used]
    tell += [f"figure not in the text: {each['words']}" for each in gold.get("figures", ()) if not _is_in(each, wanted)]


def _is_in(figure: dict[str, Any], wanted: Sequence[tuple[int, int, dict[str, Any]]]) -> bool:
    return any(each is figure for *_, each in wanted)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _places(text: str, figures: Iterable[dict[str, Any]]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Return where the words of each figure are, the next place first."""
    at, flat = 0, text.replace("\n", " ").replace("\u00a0", " ")
    for figure in figures:
        pattern = re.compile(rf"(?<!\w){re.escape(str(figure['words']))}(?!\w)")
        found = pattern.search(flat, at) or pattern.search(flat)
        if found:
            yield found.start(), found.end(), figure
            at = found.end()


def _is_value(each: FigureDraft, value: Any) -> bool:
    wanted = [float(number) for number in value] if isinstance(value, list) else [float(value)]
    if isinstance(value, list) and each.words:  # votes, and what falls, are no range: they stay words
        return len(re.findall(r"\d[\d.,]*|\b(?!to\b|zu\b|votes\b)\w{3,}", each.words)) >= len(wanted)
    written = each.ends or (each.exact or each.value,)
    try:
        found = [_number(part, each.type == "share" or each.unit.startswith("%")) for part in written]
    except (ValueError, ZeroDivisionError):
        return False
    return len(found) == len(wanted) and all(
        any(abs(number * way - true) <= CLOSE * max(abs(true), 1e-9) for way in (1, 0.01, 100))
        for number, true in zip(found, wanted, strict=True)
    )


def _number(text: str, share: bool) -> float:
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


def report(tally: Tally) -> Iterator[str]:
    """Return the lines that are printed."""
    rate, both = tally.rate, tally.both
    if tally["wanted"]:
        words = both("words right", "words found", "words")
        yield f"paragraphs  {both('right', 'found', 'wanted')}; words in order {words}"
        whole, rows, notes = (rate(f"{kind} right", kind) for kind in ("paragraphs", "rows", "notes"))
        yield f"            paragraphs {whole}, table rows {rows}, notes {notes}"
    if tally["turns"]:
        people = rate("people right", "people")
        drafted = f"{tally['turns found']} turns and {tally['people found']} people drafted"
        yield f"turns       {rate('turns right', 'turns')}; people {people}; {drafted}"
    values, units = rate("values right", "valued"), rate("units found", "units")
    yield f"figures     kept {rate('kept', 'drafted')}, found {rate('figures found', 'figures')}"
    yield f"            values right {values}, with a unit {units}; {tally['of rows']} more of table rows"


def main() -> None:
    """Measure the documents of the folders that are named."""
    verbose = "-v" in sys.argv
    given = [Path(name) for name in sys.argv[1:] if name != "-v"]
    paths = [path for place in given for path in (sorted(place.iterdir()) if place.is_dir() else [place])]
    paths = [path for path in paths if path.suffix in READERS and path.with_suffix(".yml").exists()]
    if not paths:
        sys.exit("usage: python -m tests.bench.documents FOLDER… [-v]")
    tallies: dict[str, Tally] = {}
    for path in paths:
        tell: list[str] = []
        own = Tally()
        measure(path, own, tell)
        for kind in (path.suffix, "all"):
            tallies.setdefault(kind, Tally()).update(own)
        if verbose:
            print(f"== {path.name}", *report(own), *tell, sep="\n  ")
    for kind, tally in tallies.items():
        print(kind, *report(tally), sep="\n  ")


if __name__ == "__main__":
    main()
