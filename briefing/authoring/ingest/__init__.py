"""A document → the first draft of a briefing. Nothing later depends on it.

`draft` reads what the document holds: web pages through `web_page`; text, Markdown, Word and PDF documents and
transcripts here. `folder` writes it as the files of a folder. What is uncertain becomes a TODO that the check points
to; nothing is invented.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from briefing.authoring.ingest.folder import (
    TODO,
    Draft,
    DraftComment,
    Metadata,
    NoArticleError,
    Omission,
    Scope,
    visible,
)
from briefing.authoring.ingest.saved_page import day, encoding_of, text_of
from briefing.authoring.ingest.speakers import find_speakers
from briefing.authoring.ingest.web_page import draft_page
from briefing.model import SourceKind
from briefing.readers import (
    MAX_BYTES,
    READERS,
    DocumentText,
    Options,
    UnknownReader,
    UnreadableDocument,
    read,
)
from briefing.readers.places import recorded_block_quotations, recorded_headings, recorded_pages, recorded_times
from briefing.readers.reading import LINE_END
from briefing.text.language_rules import language, language_of

PAGES = (".html", ".htm")
BEGINNING = 5
"""Paragraphs among which a title is."""
PROGRAM = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint|Excel) - .*|(?:untitled|document\d*|dokument\d*)|.*\.(?:docx?|indd|tex|odt))$",
    re.IGNORECASE,
)
"""Titles that a program gave."""


def as_metadata(said: Mapping[str, str], paragraphs: Sequence[str]) -> Metadata:
    """Return properties as fields of a source, most of them as TODOs.

    What Word and PDF documents say about themselves is in fields that hardly anybody looks at: templates, printers and
    former versions leave their own words there. A title that is at the beginning of the text is believed; everything
    else is a TODO that says what was found.
    """
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

ENOUGH = 200_000
"""Characters from which a language is guessed."""
MOST_RUNNING = 200
"""Running heads and feet that are left out one by one; a longer document keeps them in its text."""

SUBTITLES = (".vtt", ".srt")
MARKDOWN = (".md", ".markdown")
TEXTS = (".txt", *MARKDOWN)
FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
FIELD = re.compile(r"^(title|author|date|lang|language|url|source)[ \t]*:[ \t]*[\"']?([^\"'\n#>|\[{]+)", re.MULTILINE)


def draft(data: bytes, filename: str) -> Draft:
    """Return a document as a draft, by the extension of its name.

    Raises UnknownReader (MissingLibrary among them), UnreadableDocument or NoArticleError, each with a reason that an
    author can act on.
    """
    extension = PurePosixPath(filename).suffix.lower()
    if extension not in READERS:
        raise UnknownReader(extension, tuple(READERS))
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    encoding = encoding_of(data, filename)
    if extension in PAGES:
        made = draft_page(text_of(data, filename, encoding), encoding)
    else:
        made = _draft_document(data, filename, extension, encoding)
    if not made.paragraphs:
        raise NoArticleError("no paragraph of it could be kept; copy its text into a .txt file")
    return made


def _draft_document(data: bytes, filename: str, extension: str, encoding: str) -> Draft:
    reading = read(data, filename, Options(encoding))
    paragraphs, running = _without_running(reading)
    if not paragraphs:
        raise NoArticleError("it has no words")
    comments: tuple[DraftComment, ...] = ()
    scope: Scope | None = None
    if extension == ".txt":
        paragraphs, comments, scope = _split_comments(text_of(data, filename, encoding))
    guess = language_of(" ".join(paragraphs)[:ENOUGH])
    speakers = find_speakers(
        paragraphs,
        [visible(voice) for voice in reading.voices],
        language(guess or "en"),
        subtitles=extension in SUBTITLES,
    )
    written: SourceKind = "article" if extension in TEXTS else "document"
    about = as_metadata(reading.properties, paragraphs)
    if extension in MARKDOWN:
        about = _front_matter(text_of(data, filename, encoding))
    return Draft(
        kind="transcript" if speakers or extension in SUBTITLES else written,
        reader=reading.reader,
        encoding=encoding,
        metadata=replace(about, title=about.title or _guess_title(paragraphs), language=about.language or guess),
        paragraphs=paragraphs,
        comments=comments,
        scope=scope,
        left_out=tuple(Omission("running", text=line) for line in running),
        speakers=speakers,
        pages=recorded_pages(paragraphs, reading),
        times=recorded_times(paragraphs, reading),
        block_quotations=recorded_block_quotations(paragraphs, reading),
        headings=recorded_headings(paragraphs, reading),
    )


def _without_running(reading: DocumentText) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs that are read, and the running heads and feet that are not."""
    running = set(reading.running) if len(reading.running) <= MOST_RUNNING else set()
    shown = {number: line for number, paragraph in enumerate(reading.paragraphs) if (line := visible(paragraph))}
    kept = tuple(line for number, line in shown.items() if number not in running)
    return kept, tuple(line for number, line in shown.items() if number in running)


def _split_comments(text: str) -> tuple[tuple[str, ...], tuple[DraftComment, ...], Scope | None]:
    """Return paragraphs and, after the widest gap of blank lines, comments, one line each."""
    lines = [visible(line) for line in LINE_END.split(text)]
    shown = [number for number, line in enumerate(lines) if line]
    gap, start = _widest_gap(shown)
    article = tuple(lines[number] for number in shown if number < start)
    after = tuple(lines[number] for number in shown if number >= start)
    if not gap or sum(len(line.split()) for line in article) < FEWEST:
        return (*article, *after), (), None
    question = (
        f"{TODO}: after a gap of {gap} blank lines, {len(after)} lines were read as comments; if that is right, "
        f"write “{{scope}}”; if not, move them to source.txt"
    )
    return article, tuple(map(DraftComment, after)), Scope("document", len(after), question=question)


def _widest_gap(shown: Sequence[int]) -> tuple[int, int]:
    """Return how many blank lines the widest gap has, and the line after it; 0 where none is clearly the widest."""
    gaps = sorted(((after - before - 1, after) for before, after in itertools.pairwise(shown)), reverse=True)
    (widest, start), (usual, _) = [*gaps, (0, 0), (0, 0)][:2]
    return (widest, start) if widest >= max(GAP, 2 * usual) else (0, 0)


def _guess_title(paragraphs: tuple[str, ...]) -> str:
    first = paragraphs[0]
    short = len(first.split()) <= TITLE and len(paragraphs) > 1
    return f"{TODO}: is it “{first}”?" if short else f"{TODO}: the document’s own headline"


def _front_matter(text: str) -> Metadata:
    """Return what the front matter of a Markdown document says."""
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
