"""The first draft of a briefing: what could be read of a document, and the files of a new folder that it makes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from briefing.authoring.edit import entries
from briefing.authoring.edit.entries import Value
from briefing.load.folder_files import FORBIDDEN
from briefing.model import SourceKind
from briefing.render.messages import messages
from briefing.text import language as rules_of
from briefing.text.marked_passages import marked

TODO = "TODO"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself. What it does not say is empty; what is uncertain begins with TODO."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    """ISO 8601 day, month or year."""
    language: str = ""
    """BCP 47."""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class DraftComment:
    """What one reader wrote, as found."""

    text: str
    """Its paragraphs, with a line feed between two."""
    author: str = ""
    date: str = ""
    """ISO 8601; empty where the page gives none that is certain, such as "3 hours ago"."""
    votes: int | None = None
    parent: int | None = None
    """The index of the comment that it answers."""
    newsroom: str = ""
    """The words by which the page says that its newsroom or a moderator wrote it, such as a badge beside the name."""


_MODERATED = re.compile(
    r"\W*(?:"
    r"(?:this |your )?(?:comment|post|reply|message)(?: (?:was|has been|is))? (?:removed|deleted|hidden|rejected)"
    r"(?: by (?:a |an |the |our |site |community )*(?:moderators?|moderation|admins?|administrators?|editors?)\b[^.]*"
    r"| (?:because|for|as) (?:it )?[^.]*(?:rules|guidelines|standards|terms|policy)\b[^.]*)"
    r"|removed(?: by (?:a |the |our )?(?:moderators?|moderation))?"
    r"|(?:dieser |der |ihr )?(?:kommentar|beitrag)(?: wurde)? (?:von|durch)(?: d\w\w| eine\w| unsere\w?)? "
    r"(?:moderation|redaktion|moderator\w*|administrator\w*)[^.]* (?:entfernt|gelöscht|gesperrt)\b[^.]*"
    r"|(?:von der moderation|von der redaktion|moderiert:?) (?:entfernt|gelöscht|gesperrt)"
    r"|ce commentaire a été (?:supprimé|modéré|retiré) par (?:la |un |une |nos )?(?:modérat\w*|rédaction)[^.]*"
    r")\W*",
    re.IGNORECASE,
)


def is_moderated(text: str) -> bool:
    """Return whether the text of a comment says no more than that moderators removed it."""
    return _MODERATED.fullmatch(" ".join(text.split())) is not None


@dataclass(frozen=True, slots=True)
class Omission:
    """Something of the original that is in neither source nor comments."""

    reason: str
    """A key of the catalogue without its `left_out.`: the reader of a page sees it in the language of the briefing."""
    text: str = ""
    elements: str = ""
    """CSS selector, for a web page."""
    question: str = ""
    """A TODO instead of the reason, where it is uncertain that it should be left out."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which comments were found; a reader of the page sees it in the language of the briefing."""

    where: Literal["page", "document"]
    count: int
    stated: int = 0
    """How many the document says there are, if more; else 0."""
    question: str = ""
    """A TODO instead, where it is uncertain that they are any; `{scope}` in it is what could be said."""


@dataclass(frozen=True, slots=True)
class DraftSpeaker:
    """Somebody who speaks in a transcript."""

    name: str = ""
    """Empty where the transcript does not say who it is."""
    role: str = ""
    """What the transcript calls them besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as far as it can be turned into a briefing without asking anybody."""

    kind: SourceKind
    reader: str
    """Name and version of the reader."""
    encoding: str = ""
    """Only where the document does not say it itself and it is not UTF-8."""
    metadata: Metadata = Metadata()
    paragraphs: tuple[str, ...]
    comments: tuple[DraftComment, ...] = ()
    scope: Scope | None = None
    """None without comments."""
    left_out: tuple[Omission, ...] = ()
    speakers: Mapping[str, DraftSpeaker] = field(default_factory=dict)
    """For a transcript: the labels that begin a paragraph, each with who speaks."""
    pages: str = ""
    block_quotations: str = ""
    headings: str = ""
    times: str = ""
    """As the fields of a source have them."""


class NoArticleError(Exception):
    """A document in which no text was found that a briefing could be about."""


def visible(text: str) -> str:
    """Return the words of a text on one line, without control characters, which nobody sees and YAML cannot hold."""
    line = " ".join(text.split())
    if not FORBIDDEN.search(line):
        return line
    return " ".join(kept for word in line.split() if (kept := FORBIDDEN.sub("", word)))


# --- its files --------------------------------------------------------------------------------------------------

EXAMPLE = """\
# The words that somebody says, copied from source.txt. Take the # away and put your own in their place:
# quotes:
#   - id: a-short-name
#     target: >-
#       the exact words
#     speaker: an-id-of-people-yml
"""


def draft_files(
    draft: Draft,
    data: bytes,
    extension: str,
    *,
    today: str,
    retrieved: str = "",
    people: Mapping[str, str] | None = None,
    folder: Path = Path(),
    schemas: Path | None = None,
    language: str = "",
) -> dict[str, bytes]:
    """Return the files of a new briefing by name; `original` keeps every byte of `data`.

    `today` and `retrieved` are ISO days. `people` are ids of people.yml by name in small letters. `folder` is the
    briefing's, and `schemas` that of the JSON Schemas, if there is one. `language` is what its author writes in; empty
    for the document's.
    """
    known = people or {}
    form = _form_of_english(draft.metadata.language, draft.paragraphs)
    draft = replace(draft, metadata=replace(draft.metadata, language=form))
    written_in = _language_of_briefing(form, language)
    original: dict[str, Value] = {
        "file": f"original{extension}",
        "sha256": hashlib.sha256(data).hexdigest(),
        "reader": draft.reader,
    }
    if draft.encoding:
        original["encoding"] = draft.encoding
    texts = {
        "briefing.yml": _to_yaml(_briefing_fields(draft, original, today, retrieved, known, written_in)).replace(
            "\n  publish: excerpts\n", f"\n  publish: excerpts # {WHY_EXCERPTS}\n", 1
        )
    }
    if draft.comments:
        comments: list[Value] = [_comment_fields(number, comment) for number, comment in enumerate(draft.comments, 1)]
        scope = _describe_scope(draft.scope, _readable(written_in)) if draft.scope else ""
        aside: list[Value] = [
            {"comment": f"c{number}", "reason": "moderated" if is_moderated(comment.text) else "newsroom"}
            for number, comment in enumerate(draft.comments, 1)
            if is_moderated(comment.text) or comment.newsroom
        ]
        written = _to_yaml({"comments": comments, "scope": scope, **({"set_aside": aside} if aside else {})})
        # an empty line between comments
        texts["comments.yml"] = written.replace("\n  - id: ", "\n\n  - id: ").replace("comments:\n\n", "comments:\n")
    texts["annotations/quotes.yml"] = EXAMPLE
    if schemas:
        texts = {name: entries.modeline(folder / name, schemas) + text for name, text in texts.items()}
    made = {
        f"original{extension}": data,
        "source.txt": "".join(f"{visible(text)}\n" for text in draft.paragraphs).encode(),
    }
    return made | {name: text.encode() for name, text in texts.items()}


WHY_EXCERPTS = "only what you refer to; `full` publishes the whole text: use it if you may, and say why in `rights`"
UNNAMED = "who speaks, if you know"
QUESTIONS = {
    "author": "Who wrote it? Delete the line if the document does not say.",
    "publisher": "Who published it?",
    "url": "Where was it published?",
    "published": "When was it published? Write year-month-day.",
}


def _to_yaml(fields: Mapping[str, Value]) -> str:
    return "\n".join(entries.field(key, value, 0) for key, value in fields.items() if value) + "\n"


def _briefing_fields(
    draft: Draft, original: dict[str, Value], today: str, retrieved: str, known: Mapping[str, str], language: str
) -> dict[str, Value]:
    about = draft.metadata
    sure = about.title and not about.title.startswith(TODO)
    named = [each for each in draft.speakers.values() if each.name.lower() in known]
    roles = {known[each.name.lower()]: each.role or f"{TODO}: what {each.name} was then" for each in reversed(named)}
    return {
        "title": visible(about.title) if sure else f"{TODO}: a headline for the briefing",
        "date": today,
        "language": language or f"{TODO}: the language that you write in, such as en-GB or de",
        "authors": [f"{TODO}: your name"],
        "status": "draft",
        "source": _source_fields(draft, original, retrieved, known, language),
        "people": {id: {"role": visible(role)} for id, role in reversed(roles.items())},
    }


def _form_of_english(tag: str, paragraphs: Sequence[str]) -> str:
    """Return en-GB for English of no country whose dates have the day first, since pages date as their language does.

    "en" alone is American to whoever formats dates: October 14, 2026.
    """
    if tag.lower() != "en":
        return tag
    text, months = "\n".join(paragraphs), "|".join(map(str.capitalize, rules_of(tag).months))
    day_first = re.search(rf"(?<![\w.,]\d)(?<!\w)\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{months})\b", text)
    month_first = re.search(rf"\b(?:{months}) \d{{1,2}}(?!\w|[.,]\d)", text)
    return "en-GB" if day_first and not month_first else tag


def _language_of_briefing(document: str, chosen: str) -> str:
    """Return what a briefing is written in: as chosen, but of one language the document's own form (en-GB)."""
    same = document.partition("-")[0].lower() == chosen.partition("-")[0].lower()
    unknown = not document or document.startswith(TODO)
    return document if not chosen or same or unknown else chosen


def _source_fields(
    draft: Draft, original: dict[str, Value], retrieved: str, known: Mapping[str, str], language: str
) -> dict[str, Value]:
    about = draft.metadata
    language = _readable(language)
    fields: dict[str, Value] = {
        "kind": draft.kind,
        "language": about.language,
        "title": visible(about.title) or f"{TODO}: its own headline",
        **{key: visible(getattr(about, key)) or f"{TODO}: {question}" for key, question in QUESTIONS.items()},
        "retrieved": retrieved,
        "rights": _rights(visible(about.rights), language),
        "pages": draft.pages,
        "times": draft.times,
        "block_quotations": draft.block_quotations,
        "headings": draft.headings,
        "publish": "excerpts",
        "turns": _turns(draft, known),
    }
    if draft.kind == "transcript" and not draft.speakers:
        fields["speaker"] = f"{TODO}: the id in people.yml of who speaks"
    fields["original"] = original
    fields["left_out"] = [
        {
            "elements" if out.elements else "text": visible(out.elements or out.text),
            "reason": _reason(out, language),
        }
        for out in draft.left_out
    ]
    return {key: value for key, value in fields.items() if value}


_NO_HOLDER = re.compile(r"(?:copyright|\(c\)|[\W\d_])*", re.IGNORECASE)
"""A sign and years, which name nobody: “© 2001–2025.”"""


def _rights(said: str, language: str) -> str:
    """Return what a document says about its rights; what it quotes there is in no source, and its author’s to judge, as
    it is whose they are where that is not said."""
    if not _NO_HOLDER.fullmatch(said) and not marked(said, rules_of(language)):
        return said
    found = f"; the document says: {said}" if said else ""
    return f"{TODO}: who holds the rights and what they allow{found}"


def _reason(omission: Omission, language: str) -> str:
    return omission.question or messages(language)(f"left_out.{omission.reason}")


def _readable(language: str) -> str:
    """Return the language in which readers are told something: English where the briefing's is not known yet."""
    return language if language and not language.startswith(TODO) else "en"


def _describe_scope(scope: Scope, language: str) -> str:
    say = messages(language)
    words = say(f"scope.{scope.where}", n=scope.count)
    if scope.stated:
        words = say("scope.stated", scope=words, n=scope.stated)
    return scope.question.format(scope=words) or words


def _turns(draft: Draft, known: Mapping[str, str]) -> dict[str, Value]:
    return {
        label: known.get(each.name.lower(), f"{TODO}: the id in people.yml of {visible(each.name) or UNNAMED}")
        for label, each in draft.speakers.items()
    }


def _comment_fields(number: int, comment: DraftComment) -> dict[str, Value]:
    lines = filter(None, map(visible, comment.text.split("\n")))
    fields: dict[str, Value] = {
        "id": f"c{number}",
        "text": "\n".join(lines),
        "author": visible(comment.author),
        "date": comment.date,
        "reply_to": "" if comment.parent is None else f"c{comment.parent + 1}",
        "votes": "" if comment.votes is None else str(comment.votes),
    }
    return {key: value for key, value in fields.items() if value or key == "text"}
