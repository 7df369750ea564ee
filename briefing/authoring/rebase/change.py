"""The new contents of the files after the author has decided about everything that a new document changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from briefing.anchor.describe import describe_on_one_line
from briefing.anchor.find import find
from briefing.authoring.edit import EditError, insert, parsed, remove, replace_text, same, set_field
from briefing.authoring.edit.layout import line_break, line_end, line_start
from briefing.authoring.rebase.plan import Decision, RebasePlan, ReviewItem
from briefing.load.yaml import Map
from briefing.model import Annotation, Briefing, Comment, Origin, Selector
from briefing.model.places import NodePath, Span, TextFile
from briefing.render.messages import messages

LISTS: tuple[Origin, ...] = ("quotes", "figures", "context")
"""The lists whose entries can be taken back here."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and why something is taken back, as its address will say."""

    date: str
    """ISO 8601 day."""
    reason: str
    """For readers; empty for what the build says where nobody gave one."""


def set_aside(file: TextFile, comment: Comment) -> TextFile:
    """comments.yml with a comment that is gone: its id, place and count stay, its words and author do not."""
    path = comment.at.path
    for name in ("text", "author"):
        if (*path, name) in parsed(file).file.nodes:
            file = remove(file, (*path, name))
    for entry in _entries(file, comment.id):
        return replace_text(file, (*entry, "reason"), "gone")
    return insert(file, ("set_aside",), {"comment": comment.id, "reason": "gone"})


def _entries(file: TextFile, comment: str) -> list[NodePath]:
    data = parsed(file).data
    aside = data.get("set_aside") if isinstance(data, Mapping) else None
    return [("set_aside", number) for number, entry in enumerate(aside or ()) if str(entry["comment"]) == comment]


def without_member(files: dict[str, TextFile], briefing: Briefing, comment: Comment) -> None:
    """Take a comment out of the themes that it is in, since it has no words that could show anything.

    A YAML comment in its place says what the author had made of it.
    """
    members = [member for theme in briefing.themes for member in theme.members if member.comment == comment.id]
    for member in sorted(members, key=lambda member: member.at.path, reverse=True):
        stance = f" ({member.stance})" if member.stance else ""
        noted = _note_change(files[member.at.file], member.at.path, f"gone from the document: {comment.id}{stance}")
        files[member.at.file] = remove(noted, member.at.path)


def _note_change(file: TextFile, path: NodePath, note: str) -> TextFile:
    """The file with a YAML comment above an entry; as it was where the entry does not begin a line."""
    tree = parsed(file)
    text = tree.file.text
    dash = text.rfind("-", 0, tree.file.nodes[path].span.start + 1)
    start = line_start(text, dash)
    if dash < 0 or text[start:dash].strip():
        return file
    noted = f"{text[:start]}{text[start:dash]}# {note}{line_break(text)}{text[start:]}"
    fresh = parsed(replace(file, text=noted, nodes={}))
    return fresh.file if same(fresh.data, tree.data) else file


def with_withdrawal(file: TextFile, briefing: Briefing, annotation: Annotation, why: Withdrawal) -> TextFile:
    """The annotation's file with an entry of `withdrawn`: its address stays, and says when and why.

    A draft has no address that anybody could know.
    """
    if "draft" in (annotation.status, briefing.status):
        return file
    say = messages(briefing.source.language)
    reason = why.reason or say("withdrawn.not_in_source")
    origin = next(name for name in LISTS if name == annotation.at.path[0])
    was = {"was": list(annotation.was)} if annotation.was else {}
    return insert(
        file, ("withdrawn",), {"id": annotation.id, **was, "from": origin, "date": why.date, "reason": reason}
    )


LONG = 500
"""Characters of prefix and suffix beyond which a selector is nothing that an author would keep."""


class CannotChangeError(Exception):
    """A decision cannot be written: the message says why, and what to do by hand."""


def changed(
    plan: RebasePlan,
    decided: Mapping[str, Decision],
    files: Mapping[str, TextFile],
    original: tuple[str, str] | None,
    why: Withdrawal,
) -> Mapping[str, str]:
    """The new text of every file that changes, by its name relative to the docs folder.

    `files` are the files of the briefing as they were read; `original` is the name of the new original in the
    folder with its SHA-256, None where no original is recorded; `why` is what the addresses of annotations that are
    taken back will say. CannotChangeError where an entry cannot be written.
    """
    now = dict(files)
    source = plan.briefing.source.file
    now[source] = replace(files[source], text=plan.split.source)
    for item in sorted(plan.items, key=lambda item: item.at.path, reverse=True):
        decision = decided.get(item.name)
        if item.status != "unchanged" and decision and decision.do == "accept":
            _put_text(now, item, partial(_accept_item, item=item, decision=decision))
    withdrawn = {item.id: item for item in plan.items if (one := decided.get(item.name)) and one.do == "withdraw"}
    _do_without(plan.briefing, withdrawn, now, why)
    _added_comments(plan, decided, now)
    if original:
        _record_original(plan, now, *original)
    return {name: file.text for name, file in now.items() if name not in files or file.text != files[name].text}


def _put_text(now: dict[str, TextFile], item: ReviewItem, change: Callable[[TextFile], TextFile]) -> None:
    try:
        now[item.at.file] = change(now[item.at.file])
    except EditError as error:
        raise CannotChangeError(f"{item.name}: {error}") from error


# --- selectors --------------------------------------------------------------------------------------------------


def _accept_item(file: TextFile, item: ReviewItem, decision: Decision) -> TextFile:
    if item.what == "left out" and not item.text:
        return remove(file, item.at.path[:-1])
    if item.what in ("comment", "left out"):
        return replace_text(file, item.at.path, item.text) if item.status != "added" else file
    span = decision.span or item.span
    if span is None:
        raise CannotChangeError(f"{item.name} is gone: choose a candidate, withdraw it, or leave it for later")
    return _write_target(file, item, _new_selector(item, span))


def _new_selector(item: ReviewItem, span: Span) -> Selector:
    """The smallest change to the selector that makes it find the span alone."""
    words = re.sub(r"\s+", " ", span.of(item.text))
    exact = item.selector.exact if _is_among_found(item, Selector(item.selector.exact), span) else words
    kept = replace(item.selector, exact=exact)
    if item.part or _is_alone(item, kept, span):
        return kept
    found = describe_on_one_line(item.text, span)
    if item.what == "theme" and (found.prefix or found.suffix):
        raise CannotChangeError(f"{item.name}: “{words}” stands several times in the comment: quote more words by hand")
    if len(found.prefix) + len(found.suffix) > LONG:
        raise CannotChangeError(f"{item.name}: no short prefix or suffix tells “{words}” from its likes")
    return replace(found, exact=exact) if _is_alone(item, replace(found, exact=exact), span) else found


def _is_among_found(item: ReviewItem, selector: Selector, span: Span) -> bool:
    return span in (match.span for match in find(item.text, selector))


def _is_alone(item: ReviewItem, selector: Selector, span: Span) -> bool:
    return [match.span for match in find(item.text, selector, 2)] == [span]


def _write_target(file: TextFile, item: ReviewItem, selector: Selector) -> TextFile:
    """The selector in its place: words alone as the shorthand, or with prefix and suffix as a mapping."""
    path = item.at.path
    if path[-1] == "exact":
        file = replace_text(file, path, selector.exact)
        for key, words in (("prefix", selector.prefix), ("suffix", selector.suffix)):
            file = _set_context(file, path[:-1], key, words)
        return file
    if not (selector.prefix or selector.suffix):
        return replace_text(file, path, selector.exact)
    sides = {"prefix": selector.prefix, "suffix": selector.suffix}
    whole = {"exact": selector.exact, **{key: words for key, words in sides.items() if words}}
    if isinstance(path[-1], str):
        return set_field(file, path[:-1], path[-1], whole)
    return insert(remove(file, path), path[:-1], whole, before=path[-1])


def _set_context(file: TextFile, path: NodePath, key: str, words: str) -> TextFile:
    there = (*path, key) in parsed(file).file.nodes
    if words:
        return set_field(file, path, key, words)
    return remove(file, (*path, key)) if there else file


# --- entries ----------------------------------------------------------------------------------------------------


def _do_without(
    briefing: Briefing, withdrawn: Mapping[str, ReviewItem], now: dict[str, TextFile], why: Withdrawal
) -> None:
    """Take out what is withdrawn, the last first, so that the places of the others stay."""
    gone = [comment for comment in briefing.comments if comment.id in withdrawn]
    notes = {one.id: one for one in (*briefing.quotations, *briefing.figures, *briefing.context)}
    for item in sorted(withdrawn.values(), key=lambda item: item.at.path, reverse=True):
        if item.what == "theme" and not any(item.id.endswith(f"/{comment.id}") for comment in gone):
            _put_text(now, item, partial(remove, path=item.at.path))
        elif item.id in notes and item.what != "comment":
            _put_text(now, item, partial(_withdraw_entry, item=item))
    for item in (item for item in withdrawn.values() if item.what not in ("theme", "comment")):
        _put_text(now, item, partial(with_withdrawal, briefing=briefing, annotation=notes[item.id], why=why))
    for comment in gone:
        _put_text(now, withdrawn[comment.id], partial(set_aside, comment=comment))
        try:
            without_member(now, briefing, comment)
        except EditError as error:
            raise CannotChangeError(f"{comment.id}: {error}") from error


def _withdraw_entry(file: TextFile, item: ReviewItem) -> TextFile:
    """The entry as a YAML comment in its place, so that nothing of it is lost."""
    key, number = item.at.path[:2]
    tree = parsed(file)
    span, text = tree.file.nodes[(key, number)].span, tree.file.text
    start, end = line_start(text, text.rfind("-", 0, span.start)), line_end(text, span.end)
    lines = re.split("(\r\n|[\r\n])", text[start:end])
    if text[line_start(text, span.start) : span.start].strip(" -") or text[span.start] in "{[":
        raise CannotChangeError(f"{item.id} is written on one line with others: take it out by hand")
    noted = "".join(part if at % 2 or not part.strip() else f"# {part}" for at, part in enumerate(lines))
    breaks = next((part for part in lines[1::2]), "\n")
    head = f"# withdrawn: {item.because or 'its words are not in the new source'}{breaks}"
    fresh = replace(file, text=text[:start] + head + noted + text[end:], nodes={})
    if _changed_entries(fresh, key) != _changed_entries(remove(file, (key, number)), key):
        raise CannotChangeError(f"{item.id} cannot be taken out here: do it by hand")
    return parsed(fresh).file


def _changed_entries(file: TextFile, key: str | int) -> list[object]:
    """What a list at the top of a file holds; nothing where it is empty or left out."""
    data = parsed(file).data
    return list(data.get(str(key)) or ()) if isinstance(data, Map) else []


def _added_comments(plan: RebasePlan, decided: Mapping[str, Decision], now: dict[str, TextFile]) -> None:
    """New comments at the end of comments.yml, with the next free ids."""
    items = [item for item in plan.items if item.status == "added" and item.name in decided]
    taken = {comment.id for comment in plan.briefing.comments}
    for item in items:
        if item.at.file not in now:
            raise CannotChangeError("the new document has comments, and there is no comments.yml: write one first")
        id = next(f"c{n}" for n in range(len(taken) + 1, len(taken) + 10_000) if f"c{n}" not in taken)
        taken.add(id)
        now[item.at.file] = insert(now[item.at.file], ("comments",), {"id": id, "text": item.text})


def _record_original(plan: RebasePlan, now: dict[str, TextFile], name: str, sha256: str) -> None:
    original = plan.briefing.source.original
    assert original is not None
    path = original.at.path
    file = now[original.at.file]
    file = replace_text(file, (*path, "sha256"), sha256)
    if original.held == "public" and name != original.file.rsplit("/", 1)[-1]:
        file = replace_text(file, (*path, "file"), name)
    now[original.at.file] = file
