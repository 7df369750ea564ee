"""briefing.yml and source.txt to records: the source with its paragraphs, its provenance, and who speaks where.

Only LF, CRLF and CR end a line; U+2028 stays inside one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import normpath

from briefing.load.folder_files import is_raw
from briefing.load.records import Bytes, Report, held_file, record
from briefing.load.schema.briefing import BriefingFile, LeftOutInput, OriginalInput, RoleInput, SourceInput
from briefing.load.schema.fields import is_todo
from briefing.load.validate import todo
from briefing.model import LeftOut, Original, Paragraph, Source, Turn
from briefing.model.places import NodePath, Place, Problem, Span, TextFile
from briefing.text import trimmed

There = Callable[[str, Place], Problem | None]
"""Says what is wrong with a file that is named and not read; the place is what names it."""
LINE = re.compile("[^\r\n]+")
CUT = re.compile(r"\w\w")
"""Two letters where a label ends: it is only the beginning of a longer word."""


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return every line that is not blank, numbered from 1."""
    spans = [Span(*found.span()) for found in LINE.finditer(text) if found[0].strip()]
    return tuple(Paragraph(number, span) for number, span in enumerate(spans, start=1))


def turns(text: str, parts: tuple[Paragraph, ...], labels: Mapping[str, str], speaker: str) -> tuple[Turn, ...]:
    """Return what each person says without a break; `labels` begin a paragraph, and `speaker` speaks before the first.

    A speech without labels is one turn.
    """
    if not parts:
        return ()
    starts = [(parts[0].span.start, 0, speaker), *_labelled_paragraphs(text, parts, labels)]
    ends = [start for start, _, _ in starts[1:]] + [parts[-1].span.end]
    made = [
        Turn(person, trimmed(text, Span(start + length, end)))
        for (start, length, person), end in zip(starts, ends, strict=True)
        if person
    ]
    return tuple(turn for turn in made if turn.span.start < turn.span.end)


def used_labels(text: str, parts: tuple[Paragraph, ...], labels: Mapping[str, str]) -> set[str]:
    """Return the labels that begin at least one paragraph."""
    return {text[start : start + length] for start, length, _ in _labelled_paragraphs(text, parts, labels)}


def _labelled_paragraphs(
    text: str, parts: tuple[Paragraph, ...], labels: Mapping[str, str]
) -> Iterator[tuple[int, int, str]]:
    """Yield start of the paragraph, length of the label, person; of two labels that fit the longer counts."""
    longest = sorted(labels, key=len, reverse=True)
    for part in parts:
        start = part.span.end - len(part.span.of(text).lstrip())
        for label in longest:
            if label.strip() and text.startswith(label, start) and not CUT.match(text, start + len(label) - 1):
                yield start, len(label), labels[label]
                break


_FIRST = "the paragraph with which each page begins"
_HEADED = "each paragraph that is a heading"
_QUOTED = "each paragraph that is a block quotation"
SPOKEN = ("speech", "transcript")


def stands(path: str) -> dict[NodePath, str]:
    """Return what takes the place of required fields of briefing.yml that are missing or wrong; never shown as
    facts."""
    return {
        ("title",): path.rsplit("/", 1)[-1],
        ("date",): "0001-01-01",
        ("language",): "und",
        ("source", "kind"): "document",
    }


def roles(given: BriefingFile) -> Mapping[str, str]:
    """By person: what each was then."""
    return {id: entry.role if isinstance(entry, RoleInput) else entry for id, entry in given.people.items()}


def source(
    given: BriefingFile,
    file: TextFile,
    at: Place,
    read: Bytes,
    there: There,
    report: Report,
) -> Source:
    """Return the source: its text from `file`, and what briefing.yml (`at`) says about it."""
    about, parts = given.source, paragraphs(file.text)
    return record(
        Source,
        about,
        at.file,
        report,
        file=file.name,
        text=file.text,
        paragraphs=parts,
        turns=_read_turns(about, file.text, at, report),
        language=about.language or given.language,
        pages=_numbers(about.pages, len(parts), _FIRST, at.child("pages"), report),
        times=_times(about.times, len(parts), at.child("times"), report),
        block_quotations=_numbers(about.block_quotations, len(parts), _QUOTED, at.child("block_quotations"), report),
        headings=_headings(about.headings, len(parts), at.child("headings"), report),
        recording=_recording(about.recording, at, there, report),
        original=_read_original(about.original, at.child("original"), read, report),
        left_out=tuple(_left_out(about.left_out, at.file, report)),
        at=at,
    )


def _numbers(given: tuple[int, ...], count: int, wanted: str, at: Place, report: Report) -> tuple[int, ...]:
    """Return numbers of paragraphs, which are the `wanted` ones; none where the source has not so many paragraphs."""
    if given and given[-1] > count:
        hint = f"write the number of {wanted}; the annotated text shows the numbers"
        report(Problem("wrong-value", f"the source has no paragraph {given[-1]}, only {count}", at, hint))
        return ()
    return given


def _headings(given: tuple[tuple[int, int], ...], count: int, at: Place, report: Report) -> tuple[tuple[int, int], ...]:
    """Return numbers of headings with their levels; none where the source has not so many paragraphs."""
    return given if _numbers(tuple(number for number, _ in given), count, _HEADED, at, report) else ()


def _times(given: tuple[int, ...], count: int, at: Place, report: Report) -> tuple[int, ...]:
    """Return when each paragraph begins; nothing where these are not as many as the paragraphs."""
    if given and len(given) != count:
        hint = "write one moment for each paragraph of source.txt, in their order"
        report(Problem("wrong-value", f"these are {len(given)} moments for {count} paragraphs", at, hint))
        return ()
    return given


def _recording(given: str, at: Place, there: There, report: Report) -> str:
    """Return the address of a recording, or the path of its file in the docs folder; empty where it is not there."""
    if not given or "://" in given:
        return given
    named = at.child("recording")
    problem = there(given, named)
    if not problem and is_raw(given):
        message = f"“{given}” is a file that the briefing is made from, and is not published"
        problem = Problem("wrong-value", message, named, "name the file of the recording")
    if problem:
        report(problem)
        return ""
    return normpath(f"{at.file.rpartition('/')[0]}/{given}".lstrip("/"))


def _read_turns(about: SourceInput, text: str, at: Place, report: Report) -> tuple[Turn, ...]:
    """Return who speaks where, with problems for labels that are nowhere and for a speech without a speaker."""
    if about.kind not in SPOKEN:
        if about.turns:
            message = f"“turns” belong to a speech or transcript, but this source is of the kind “{about.kind}”"
            report(Problem("wrong-value", message, at.child("turns").key(), "change “kind”, or remove “turns”"))
        return ()
    for path, person in [(("speaker",), about.speaker), *((("turns", label), id) for label, id in about.turns.items())]:
        if is_todo(person):
            report(todo(at.child(*path), person))
    if not (about.turns or about.speaker):
        hint = "add `speaker: …` with a person's id, or `turns:` with the labels that begin the paragraphs"
        report(Problem("missing-field", f"a {about.kind} needs a speaker", at.child("kind"), hint))
    parts = paragraphs(text)
    for label in sorted(about.turns.keys() - used_labels(text, parts, about.turns)):
        hint = "write the label exactly as it is at the beginning of a paragraph, with its colon"
        report(Problem("wrong-value", f"no paragraph begins with “{label}”", at.child("turns", label).key(), hint))
    known = {label: "" if is_todo(person) else person for label, person in about.turns.items()}
    return turns(text, parts, known, "" if is_todo(about.speaker) else about.speaker)


def _left_out(given: Iterable[LeftOutInput], file: str, report: Report) -> Iterator[LeftOut]:
    """Yield what is left out: of each entry either its words or its elements."""
    for entry in given:
        at = Place(file, entry.path)
        if entry.text and entry.elements:
            hint = "make it two entries"
            report(
                Problem("wrong-value", "what is left out has both “text” and “elements”", at.child("elements"), hint)
            )
        elif not (entry.text or entry.elements):
            hint = "add `text:` with the words, or for a web page `elements:` with a CSS selector"
            report(Problem("missing-field", "what is left out has no “text”", at.child("reason"), hint))
        else:
            yield record(LeftOut, entry, file, report)


def _read_original(given: OriginalInput | None, at: Place, read: Bytes, report: Report) -> Original | None:
    if given is None:
        return None
    hint = "add `file: original.txt`, or `held: private` where the document is not in the folder"
    return held_file(
        Original, given, at, read, report, Problem("missing-field", "the original has no file", at.key(), hint)
    )
