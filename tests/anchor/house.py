"""A briefing with nothing but a text, comments, targets and themes, and what `resolve` makes of it as text."""

from __future__ import annotations

from typing import Any

from briefing.model import (
    Anchor,
    Briefing,
    Comment,
    ContextNote,
    Member,
    Paragraph,
    Part,
    Quotation,
    Selector,
    Source,
    Target,
    Theme,
)
from briefing.model.places import Place, Problem, Span
from tests.anchor.marked import marked

HERE = Place("annotations.yml")


def briefing(case: dict[str, Any]) -> Briefing:
    """From `text`, `language`, `comments`, `notes`, `quotes` and `themes` of a case."""
    comments = case.get("comments", {})
    return Briefing(
        path="case",
        title="",
        date="",
        language="en",
        authors=(),
        status="draft",
        tags=(),
        summary=None,
        key_points=(),
        highlights=(),
        allow=(),
        source=_source(case["text"], case.get("language", "en")),
        people={},
        roles={},
        quotations=tuple(_quotation(id, target) for id, target in case.get("quotes", {}).items()),
        figures=(),
        context=tuple(
            ContextNote(title="", **_common(id, target, "context")) for id, target in case.get("notes", {}).items()
        ),
        themes=tuple(_theme(id, members) for id, members in case.get("themes", {}).items()),
        comments=tuple(
            Comment(id=id, text=text, author="", date="", reply_to="", votes=None, at=HERE)
            for id, text in comments.items()
        ),
        scope="",
        set_aside=(),
        show_authors=False,
        references=(),
        at=HERE,
    )


def story(resolved: Briefing, problems: tuple[Problem, ...]) -> str:
    """Where everything was found, and every problem with the place that it names."""
    texts = {"": resolved.source.text, **{comment.id: comment.text for comment in resolved.comments}}
    lines = [f"{id}: {_shown(texts, anchor)}" for id, anchor in resolved.anchors.items()]
    lines += [f"{id}, who says so: {span.of(texts[''])}" for id, span in resolved.attributions.items()]
    lines += [f"{theme}, {comment}: {_shown(texts, anchor)}" for (theme, comment), anchor in resolved.words.items()]
    return "\n".join([*lines, *(_told(problem) for problem in problems)]) + "\n"


def _shown(texts: dict[str, str], anchor: Anchor) -> str:
    levels = ", ".join(match.level.name.lower() for match in anchor.matches)
    where = f"comment {anchor.comment}, " if anchor.comment else ""
    return f"{where}{levels}\n{marked(texts[anchor.comment], anchor.spans).strip()}\n"


def _told(problem: Problem) -> str:
    path = ".".join(map(str, problem.at.path))
    part = f" from {problem.at.span.start} to {problem.at.span.end}" if problem.at.span else ""
    return f"{path}{part}: {problem.severity} {problem.code}\n{problem.message}\n\n{problem.hint}\n"


def _source(text: str, language: str) -> Source:
    paragraphs: list[Paragraph] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            paragraphs.append(Paragraph(len(paragraphs) + 1, Span(at, at + len(line.rstrip("\r\n")))))
        at += len(line)
    empty = dict.fromkeys(("title", "author", "publisher", "url", "published", "retrieved", "rights"), "")
    return Source(
        file="source.txt",
        text=text,
        paragraphs=tuple(paragraphs),
        turns=(),
        kind="article",
        language=language,
        publish="full",
        original=None,
        left_out=(),
        at=HERE,
        **empty,
    )


def _common(id: str, target: Any, kind: str) -> dict[str, Any]:
    at = HERE.child(kind, id)
    rest = {"was": (), "note": None, "tags": (), "by": (), "status": "published", "allow": ()}
    return {"id": id, "target": _target(target, at), "at": at, **rest}


def _target(value: Any, at: Place) -> Target:
    """A target as authors write it: words, a mapping with `in` beside `exact` or `parts`, or a list."""
    comment = value.pop("in", "") if isinstance(value, dict) else ""
    value = value["parts"] if isinstance(value, dict) and "parts" in value else value
    place = at.child("target")
    if isinstance(value, list):
        return Target(tuple(_part(one, place.child(number)) for number, one in enumerate(value)), comment, place)
    return Target((_part(value, place),), comment, place)


def _part(value: Any, at: Place) -> Part:
    if isinstance(value, str):
        return Part(Selector(value), at)
    return Part(Selector(**value), at.child("exact"))


def _quotation(id: str, target: Any) -> Quotation:
    return Quotation(
        kind="direct",
        speaker="",
        via=(),
        attribution="",
        translation=None,
        assessment=None,
        **_common(id, target, "quotes"),
    )


def _theme(id: str, members: dict[str, str]) -> Theme:
    at = HERE.child("themes", id)
    return Theme(
        id=id,
        was=(),
        title="",
        about="",
        members=tuple(
            Member(comment=comment, words=words, at=at.child("comments", number))
            for number, (comment, words) in enumerate(members.items())
        ),
        summary=None,
        tags=(),
        by=(),
        status="published",
        allow=(),
        at=at,
    )
