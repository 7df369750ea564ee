"""The input model of briefing.yml, with the texts around it, to the record of a briefing: see `convert`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefing.load.convert import Bytes, Report
from briefing.load.errors import todo
from briefing.load.fields import is_todo
from briefing.load.inputs.briefing import BriefingFile, LeftOutInput, OriginalInput, RoleInput, SourceInput
from briefing.load.source import paragraphs, turns, used_labels
from briefing.model import LeftOut, Original, Source, Turn
from briefing.places import NodePath, Place, Problem, TextFile

SPOKEN = ("speech", "transcript")


def stands(path: str) -> dict[NodePath, str]:
    """What takes the place of required fields of briefing.yml that are missing or wrong; never shown as facts."""
    return {
        ("title",): path.rsplit("/", 1)[-1],
        ("date",): "0001-01-01",
        ("language",): "und",
        ("source", "kind"): "document",
    }


def roles(given: BriefingFile) -> Mapping[str, str]:
    """By person: what each was then."""
    return {id: entry.role if isinstance(entry, RoleInput) else entry for id, entry in given.people.items()}


def source(given: BriefingFile, file: TextFile, at: Place, read: Bytes, report: Report) -> Source:
    """The source: its text from `file`, and what briefing.yml (`at`) says about it."""
    about = given.source
    return Source(
        file=file.name,
        text=file.text,
        paragraphs=paragraphs(file.text),
        turns=_turns(about, file.text, at, report),
        kind=about.kind,
        language=about.language or given.language,
        title=about.title,
        author=about.author,
        publisher=about.publisher,
        url=about.url,
        published=about.published,
        retrieved=about.retrieved,
        rights=about.rights,
        publish=about.publish or "excerpts",
        original=_original(about.original, at.child("original"), read, report),
        left_out=tuple(_left_out(about.left_out, at.file, report)),
        at=at,
    )


def _turns(about: SourceInput, text: str, at: Place, report: Report) -> tuple[Turn, ...]:
    """Who speaks where, with problems for labels that are nowhere and for a speech without a speaker."""
    if about.kind not in SPOKEN:
        if about.turns:
            message = f"“turns” belong to a speech or transcript, and this source is of the kind “{about.kind}”"
            report(Problem("wrong-value", message, at.child("turns").key(), "change “kind”, or take “turns” out"))
        return ()
    for path, person in [(("speaker",), about.speaker), *((("turns", label), id) for label, id in about.turns.items())]:
        if is_todo(person):
            report(todo(at.child(*path), person))
    if not (about.turns or about.speaker):
        hint = "add `speaker: …` with a person's id, or `turns:` with the labels that begin the paragraphs"
        report(Problem("missing-field", f"a {about.kind} needs a speaker", at.child("kind"), hint))
    parts = paragraphs(text)
    for label in sorted(about.turns.keys() - used_labels(text, parts, about.turns)):
        hint = "write the label exactly as it stands at the beginning of a paragraph, with its colon"
        report(Problem("wrong-value", f"no paragraph begins with “{label}”", at.child("turns", label).key(), hint))
    known = {label: "" if is_todo(person) else person for label, person in about.turns.items()}
    return turns(text, parts, known, "" if is_todo(about.speaker) else about.speaker)


def _left_out(given: Iterable[LeftOutInput], file: str, report: Report) -> Iterator[LeftOut]:
    """What is left out: of each entry either its words or its elements."""
    for entry in given:
        at = Place(file, entry.path)
        if entry.text and entry.elements:
            hint = "make two entries of it"
            report(
                Problem("wrong-value", "what is left out has both “text” and “elements”", at.child("elements"), hint)
            )
        elif not (entry.text or entry.elements):
            hint = "add `text:` with the words, or for a web page `elements:` with a CSS selector"
            report(Problem("missing-field", "what is left out has no “text”", at.child("reason"), hint))
        else:
            yield LeftOut(entry.text, entry.reason, at, entry.elements)


def _original(given: OriginalInput | None, at: Place, read: Bytes, report: Report) -> Original | None:
    """The original with its bytes; without, where it is private or cannot be read."""
    if given is None:
        return None
    if given.held == "private":
        return Original("", given.sha256, "private", None, at)
    if not given.file:
        hint = "add `file: original.txt`, or `held: private` where the document is not in the folder"
        report(Problem("missing-field", "the original has no file", at.key(), hint))
        return None
    data = read(given.file, at.child("file"))
    if isinstance(data, Problem):
        report(data)
    name = f"{at.file.rpartition('/')[0]}/{given.file}".lstrip("/")
    kept = None if isinstance(data, Problem) else data
    return Original(name, given.sha256, "public", kept, at, given.reader, given.encoding)
