"""What Word and PDF documents say about themselves, in fields that hardly anybody looks at.

Templates, printers and former versions leave their own words there. A title that stands at the beginning of the text
is believed; everything else is a TODO that says what was found.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from briefing.authoring.ingest.dates import day
from briefing.authoring.ingest.detect import language_of, text_of
from briefing.authoring.ingest.draft import TODO, Draft, DraftComment, Metadata, NoArticleError, Omission, visible
from briefing.readers import Options, docx, pdf, read
from briefing.readers.plain_text import LINE_END
from briefing.text.language_rules import language

BEGINNING = 5
"""Paragraphs among which a title stands."""
PROGRAM = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint|Excel) - .*|(?:untitled|document\d*|dokument\d*)|.*\.(?:docx?|indd|tex|odt))$",
    re.IGNORECASE,
)
"""Titles that a program gave."""


def as_metadata(said: Mapping[str, str], paragraphs: Sequence[str]) -> Metadata:
    """Properties as fields of a source, most of them as TODOs."""
    title, author = visible(said.get("title", "")), visible(said.get("author", ""))
    title = "" if PROGRAM.match(title) else title
    sure = title.lower() in {paragraph.lower() for paragraph in paragraphs[:BEGINNING]}
    made = day(said.get("published", ""), language("und"))
    return Metadata(
        title=title if sure or not title else f"{TODO}: the document’s properties say “{title}”; is this its headline?",
        author=f"{TODO}: the document’s properties say “{author}”; who wrote it?" if author else "",
        published=f"{TODO}: the document was made on {made}; when was it published?" if made else "",
    )


GAP = 3
"""Blank lines that separate comments from an article; paragraphs and sections have one or two between them."""
FEWEST = 25
"""Words before a gap: a headline alone is no article."""
TITLE = 15
"""Words of a first line that may be a headline."""

MOST_RUNNING = 200
"""Running heads and feet that are left out one by one; a longer document keeps them in its text."""
PROPERTIES: Mapping[str, Callable[[bytes], Mapping[str, str]]] = {
    ".docx": docx.properties,
    ".pdf": pdf.properties,
}

SUBTITLES = (".vtt", ".srt")
LABEL = re.compile(r"(?:>>+\s*)?([^\W\d_a-z][\w.’'() -]{0,40}):\s")
CAPITALS = re.compile(r"(?:[^\W\d_a-z]|[\W\d_])+$")
FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
FIELD = re.compile(r"^(title|author|date|lang|language|url|source)[ \t]*:[ \t]*[\"']?([^\"'\n#>|\[{]+)", re.MULTILINE)


def of_document(data: bytes, filename: str, encoding: str) -> Draft:
    """A text, Markdown, Word or PDF document or a transcript as a draft."""
    reading = read(data, filename, Options(encoding))
    extension = PurePosixPath(filename).suffix.lower()
    running = set(reading.running) if len(reading.running) <= MOST_RUNNING else set()
    shown = [(visible(paragraph), number in running) for number, paragraph in enumerate(reading.paragraphs)]
    lines = tuple(line for line, runs in shown if line and not runs)
    if not lines:
        raise NoArticleError("it has no words")
    paragraphs, comments, scope = _split(text_of(data, filename, encoding)) if extension == ".txt" else (lines, (), "")
    speakers = _speakers(paragraphs, extension)
    spoken = bool(speakers) or extension in SUBTITLES
    about = _about(text_of(data, filename, encoding) if extension in (".md", ".markdown") else "")
    if extension in PROPERTIES:
        about = as_metadata(PROPERTIES[extension](data), paragraphs)
    guess = language_of(" ".join(paragraphs))
    return Draft(
        kind="transcript" if spoken else "article" if extension in (".txt", ".md", ".markdown") else "document",
        reader=reading.reader,
        encoding=encoding,
        metadata=replace(about, title=about.title or _title(paragraphs), language=about.language or guess),
        paragraphs=paragraphs,
        comments=comments,
        scope=scope,
        left_out=tuple(Omission("running", text=line) for line, runs in shown if line and runs),
        speakers=speakers,
    )


def _split(text: str) -> tuple[tuple[str, ...], tuple[DraftComment, ...], str]:
    """Paragraphs and, after the widest gap of blank lines, comments, one line each."""
    lines = [visible(line) for line in LINE_END.split(text)]
    shown = [number for number, line in enumerate(lines) if line]
    gaps = sorted(((after - before - 1, after) for before, after in itertools.pairwise(shown)), reverse=True)
    widest, start = gaps[0] if gaps else (0, 0)
    usual = gaps[1][0] if len(gaps) > 1 else 0
    article = tuple(lines[number] for number in shown if not start or number < start)
    if widest < GAP or widest < 2 * usual or sum(len(line.split()) for line in article) < FEWEST:
        return tuple(lines[number] for number in shown), (), ""
    comments = tuple(DraftComment(lines[number]) for number in shown if number >= start)
    many = "1 comment" if len(comments) == 1 else f"all {len(comments)} comments"
    scope = (
        f"{TODO}: after a gap of {widest} blank lines, {len(comments)} lines were taken as comments; if that is right, "
        f"write “{many} in the supplied document, one line taken as one comment”, if not, move them to source.txt"
    )
    return article, comments, scope


def _speakers(paragraphs: tuple[str, ...], extension: str) -> dict[str, str]:
    """The labels that begin paragraphs where somebody speaks, each with the name in it.

    In subtitles any name with a colon; elsewhere only labels in capitals that begin half of the paragraphs.
    """
    found = [match for paragraph in paragraphs if (match := LABEL.match(paragraph))]
    if extension not in SUBTITLES:
        found = [match for match in found if CAPITALS.match(match[1])]
        if len(found) < 4 or 2 * len(found) < len(paragraphs):
            return {}
    return {match[0].strip(): match[1].strip() for match in found}


def _title(paragraphs: tuple[str, ...]) -> str:
    first = paragraphs[0]
    short = len(first.split()) <= TITLE and len(paragraphs) > 1
    return f"{TODO}: is it “{first}”?" if short else f"{TODO}: the document’s own headline"


def _about(text: str) -> Metadata:
    """What the front matter of a Markdown document says."""
    front = FRONT.match(text.replace("\r\n", "\n"))
    said = {key: value.strip() for key, value in FIELD.findall(front[1])} if front else {}
    day = re.fullmatch(r"\d{4}-\d\d(-\d\d)?", said.get("date", "")[:10])
    tag = said.get("lang") or said.get("language", "")
    url = said.get("url") or said.get("source", "")
    return Metadata(
        title=said.get("title", ""),
        author=said.get("author", ""),
        published=day[0] if day else "",
        language=tag if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", tag) else "",
        url=url if re.fullmatch(r"https?://[\w.-]+(/\S*)?", url) else "",
    )
