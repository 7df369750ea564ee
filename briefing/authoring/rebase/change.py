"""Make the new contents of the files, once the author has decided about everything that a new document changes.

Report: show a plan to people on a terminal, and to programs as plain data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypedDict

from msgspec.structs import replace

from briefing.anchor import Candidate
from briefing.anchor.describe import describe_on_one_line
from briefing.anchor.diagnose import paragraph, short
from briefing.anchor.find import find
from briefing.authoring.edit import EditError, comment_above, insert, parsed, remove, replace_text, set_field
from briefing.authoring.edit.layout import line_end, line_start
from briefing.authoring.new_entries import selector_value
from briefing.authoring.rebase import BY_REBASE, Decision, RebasePlan, ReviewItem, Status
from briefing.load.yaml import Map
from briefing.model import Annotation, Briefing, Comment, Selector
from briefing.model.places import Span, TextFile, in_marks, locate, one_line
from briefing.reanchor import Difference
from briefing.render.messages import messages
from briefing.report import paint

LONG = 500
"""Characters of prefix and suffix beyond which a selector is nothing that an author would keep."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and why something is withdrawn, as its address will say."""

    date: str
    """ISO 8601 day."""
    reason: str
    """For readers; empty for what the build says where nobody gave one."""


class CannotChangeError(Exception):
    """A decision cannot be written: the message says why, and what to do by hand."""


def changed_files(
    plan: RebasePlan,
    decided: Mapping[str, Decision],
    files: Mapping[str, TextFile],
    original: tuple[str, str] | None,
    why: Withdrawal,
) -> Mapping[str, str]:
    """Return the new text of every file that changes, by its name relative to the docs folder.

    `files` are the files of the briefing as they were read; `original` is the name of the new original in the
    folder with its SHA-256, None where no original is recorded; `why` is what the addresses of annotations that are
    withdrawn will say. CannotChangeError where an entry cannot be written.
    """
    now = dict(files)
    source = plan.briefing.source.file
    now[source] = replace(files[source], text=plan.document.source)
    for item in sorted(plan.items, key=lambda item: item.at.path, reverse=True):
        decision = decided.get(item.name)
        if item.status != "unchanged" and decision and decision.do != "withdraw":
            _change_file(now, item, partial(_accept_item, item=item, decision=decision))
    _leave_for_review(plan, decided, now)
    withdrawn = {item.id: item for item in plan.items if (one := decided.get(item.name)) and one.do == "withdraw"}
    _withdraw_items(plan.briefing, withdrawn, now, why)
    _withdraw_comments(plan.briefing, withdrawn, now)
    _add_comments(plan, decided, now)
    if original:
        _record_original(plan, now, *original)
    _record_places(plan, now)
    return {name: file.text for name, file in now.items() if name not in files or file.text != files[name].text}


def _change_file(now: dict[str, TextFile], item: ReviewItem, change: Callable[[TextFile], TextFile]) -> None:
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
    """Return the selector with the smallest change that makes it find the span alone."""
    words = re.sub(r"\s+", " ", span.of(item.text))
    exact = item.selector.exact if _is_among_found(item, Selector(item.selector.exact), span) else words
    kept = replace(item.selector, exact=exact)
    if item.part or _is_alone(item, kept, span):
        return kept
    found = describe_on_one_line(item.text, span)
    if item.what == "theme" and (found.prefix or found.suffix):
        raise CannotChangeError(f"{item.name}: “{words}” is in the comment several times: quote more words by hand")
    if len(found.prefix) + len(found.suffix) > LONG:
        raise CannotChangeError(f"{item.name}: no short prefix or suffix distinguishes “{words}” from similar words")
    return replace(found, exact=exact) if _is_alone(item, replace(found, exact=exact), span) else found


def _is_among_found(item: ReviewItem, selector: Selector, span: Span) -> bool:
    return span in (match.span for match in find(item.text, selector))


def _is_alone(item: ReviewItem, selector: Selector, span: Span) -> bool:
    return [match.span for match in find(item.text, selector, 2)] == [span]


def _write_target(file: TextFile, item: ReviewItem, selector: Selector) -> TextFile:
    """Write the selector in its place: words alone as the shorthand, or with prefix and suffix as a mapping."""
    path = item.at.path
    if path[-1] == "exact":
        file = replace_text(file, path, selector.exact)
        for key, words in (("prefix", selector.prefix), ("suffix", selector.suffix)):
            if words:
                file = set_field(file, path[:-1], key, words)
            elif (*path[:-1], key) in parsed(file).file.nodes:
                file = remove(file, (*path[:-1], key))
        return file
    value = selector_value(selector)
    if isinstance(value, str):
        return replace_text(file, path, value)
    if isinstance(path[-1], str):
        return set_field(file, path[:-1], path[-1], value)
    return insert(remove(file, path), path[:-1], value, before=path[-1])


def _leave_for_review(plan: RebasePlan, decided: Mapping[str, Decision], now: dict[str, TextFile]) -> None:
    """Have annotations off the site until somebody has kept what has changed in them."""
    statuses = {annotation.id: annotation.status for annotation in plan.briefing.annotations}
    for item in (item for item in plan.items if (one := decided.get(item.name)) and one.do == "review"):
        _change_file(now, item, partial(_in_review, item=item, published=statuses[item.id] == "published"))


def _in_review(file: TextFile, item: ReviewItem, published: bool) -> TextFile:
    """Return the file with a comment above an annotation that says what has changed, and with its status."""
    entry = item.at.path[:2]
    said = "in another place of the source now" if item.status == "moved" else "the source has other words here now"
    file = comment_above(file, entry, f"{BY_REBASE}{said}; before: {one_line(item.selector.exact)}")
    return set_field(file, entry, "status", "review") if published else file


# --- entries ----------------------------------------------------------------------------------------------------


def _withdraw_items(
    briefing: Briefing, withdrawn: Mapping[str, ReviewItem], now: dict[str, TextFile], why: Withdrawal
) -> None:
    """Take out the annotations and words of themes that are withdrawn, the last first, so that other places stay."""
    annotations = {one.id: one for one in (*briefing.quotations, *briefing.figures, *briefing.context)}
    items = [item for item in withdrawn.values() if item.what != "comment"]
    for item in sorted(items, key=lambda item: item.at.path, reverse=True):
        if item.what != "theme":
            _change_file(now, item, partial(_comment_out_entry, item=item))
        elif item.id.split("/")[-1] not in withdrawn:
            _change_file(now, item, partial(remove, path=item.at.path))
    for item in (item for item in items if item.what != "theme"):
        _change_file(now, item, partial(_with_withdrawal, briefing=briefing, annotation=annotations[item.id], why=why))


def _comment_out_entry(file: TextFile, item: ReviewItem) -> TextFile:
    """Return the file with an entry as a YAML comment in its place, so that nothing of it is lost."""
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
    if _entries_of(fresh, key) != _entries_of(remove(file, (key, number)), key):
        raise CannotChangeError(f"{item.id} cannot be taken out here: do it by hand")
    return parsed(fresh).file


def _entries_of(file: TextFile, key: str | int) -> list[Any]:
    """Return what a list at the top of a file holds; nothing where it is empty or left out."""
    data = parsed(file).data
    return list(data.get(str(key)) or ()) if isinstance(data, Map) else []


def _with_withdrawal(file: TextFile, briefing: Briefing, annotation: Annotation, why: Withdrawal) -> TextFile:
    """Return the annotation's file with an entry of `withdrawn`: its address stays, and says when and why.

    A draft has no address that anybody could know.
    """
    if "draft" in (annotation.status, briefing.status):
        return file
    reason = why.reason or messages(briefing.source.language)("withdrawn.not_in_source")
    was = {"was": list(annotation.was)} if annotation.was else {}
    origin = {"from": str(annotation.at.path[0]), "date": why.date, "reason": reason}
    return insert(file, ("withdrawn",), {"id": annotation.id, **was, **origin})


# --- comments ---------------------------------------------------------------------------------------------------


def _withdraw_comments(briefing: Briefing, withdrawn: Mapping[str, ReviewItem], now: dict[str, TextFile]) -> None:
    for comment in (comment for comment in briefing.comments if comment.id in withdrawn):
        _change_file(now, withdrawn[comment.id], partial(_set_aside, comment=comment))
        try:
            _remove_from_themes(now, briefing, comment)
        except EditError as error:
            raise CannotChangeError(f"{comment.id}: {error}") from error


def _set_aside(file: TextFile, comment: Comment) -> TextFile:
    """Return comments.yml with a comment that is gone: its id, place and count stay, its words and author do not."""
    path = comment.at.path
    for name in ("text", "author"):
        if (*path, name) in parsed(file).file.nodes:
            file = remove(file, (*path, name))
    for number, entry in enumerate(_entries_of(file, "set_aside")):
        if str(entry["comment"]) == comment.id:
            return replace_text(file, ("set_aside", number, "reason"), "gone")
    return insert(file, ("set_aside",), {"comment": comment.id, "reason": "gone"})


def _remove_from_themes(files: dict[str, TextFile], briefing: Briefing, comment: Comment) -> None:
    """Take a comment out of the themes that it is in, since it has no words that could show anything.

    A YAML comment in its place says what the author had made of it.
    """
    members = [member for theme in briefing.themes for member in theme.members if member.comment == comment.id]
    for member in sorted(members, key=lambda member: member.at.path, reverse=True):
        stance = f" ({member.stance})" if member.stance else ""
        noted = comment_above(files[member.at.file], member.at.path, f"gone from the document: {comment.id}{stance}")
        files[member.at.file] = remove(noted, member.at.path)


def _add_comments(plan: RebasePlan, decided: Mapping[str, Decision], now: dict[str, TextFile]) -> None:
    """Add new comments at the end of comments.yml, with the next free ids."""
    taken = {comment.id for comment in plan.briefing.comments}
    for item in (item for item in plan.items if item.status == "added" and item.name in decided):
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


def _record_places(plan: RebasePlan, now: dict[str, TextFile]) -> None:
    """Write where the paragraphs of the new source are in its original; what was true of the old one goes."""
    at = plan.briefing.source.at
    for key in ("pages", "times", "block_quotations", "headings"):
        value: str = getattr(plan, key)
        if value:
            now[at.file] = set_field(now[at.file], at.path, key, value)
        elif getattr(plan.briefing.source, key):
            now[at.file] = remove(now[at.file], (*at.path, key))


# --- report ----------------------------------------------------------------------------------------------------------


STATUSES: tuple[Status, ...] = ("unchanged", "moved", "altered", "gone", "added")
AROUND = 6
"""Words on either side of a change that are shown."""


class ItemRow(TypedDict):
    """One item in `--format json`; spans count code points of the text that the words are in."""

    id: str
    part: int
    what: str
    status: str
    decision: str | None
    path: str
    line: int | None
    column: int | None
    was: str
    now: str | None
    span: list[int] | None
    differences: list[dict[str, str]]
    candidates: list[dict[str, object]]
    because: str
    skipped: str


def as_text(item: ReviewItem, files: Mapping[str, TextFile], prefix: str = "", colour: bool = False) -> str:
    """Return one item: where it is written, what became of it, and what there is to choose from."""
    location = locate(item.at, files)
    where = f"{prefix}{item.at.file}" + (f":{location.line}:{location.column}" if location else "")
    lines = [f"{paint(where, 'bold', colour)}: {paint(item.status, 'bold', colour)} {item.what} {item.name}"]
    lines += [f"  {line}" for line in _describe_item(item, colour)]
    if item.skipped:
        lines.append(paint(f"  not looked at: {item.skipped}", "quiet", colour))
    return "\n".join(lines)


def summary(plan: RebasePlan) -> str:
    """Return how many items have each status."""
    counts = [f"{plan.count(status)} {status}" for status in STATUSES if plan.count(status) or status != "added"]
    return f"{plan.briefing.path}: {', '.join(counts)}"


def as_row(item: ReviewItem, decision: Decision | None, files: Mapping[str, TextFile], prefix: str = "") -> ItemRow:
    """Return one item as plain data."""
    location = locate(item.at, files)
    return ItemRow(
        id=item.id,
        part=item.part,
        what=item.what,
        status=item.status,
        decision=decision.do if decision else None,
        path=prefix + item.at.file,
        line=location.line if location else None,
        column=location.column if location else None,
        was=item.selector.exact,
        now=item.span.of(item.text) if item.span else None,
        span=[item.span.start, item.span.end] if item.span else None,
        differences=[{"was": one.was, "now": one.now} for one in item.differences if not one.same],
        candidates=[
            {
                "start": one.span.start,
                "end": one.span.end,
                "score": one.score,
                "text": one.span.of(item.text),
                "because": one.because,
            }
            for one in item.candidates
        ],
        because=item.because,
        skipped=item.skipped,
    )


def offered(item: ReviewItem) -> Sequence[Candidate]:
    """Return the candidates that an author may choose by number."""
    return item.candidates if item.status == "gone" else ()


def _describe_item(item: ReviewItem, colour: bool) -> Iterator[str]:
    if item.status == "altered":
        yield " ".join(_show_changes(item.differences, colour))
        return
    yield f"{in_marks(short(item.selector.exact, 100))}"
    if item.status == "moved" and item.span:
        yield f"now in {_place_of(item, item.span.start)}"
    elif item.status == "moved":
        yield "no longer in the document: the entry is taken out"
    elif item.status == "gone":
        yield item.because
        for number, one in enumerate(offered(item), start=1):
            words = short(one.span.of(item.text), 100)
            yield f"{number}. “{words}” ({one.score:.0f} % alike, {_place_of(item, one.span.start)}): {one.because}"


def _place_of(item: ReviewItem, at: int) -> str:
    return f"paragraph {paragraph(item.text, at)}"


def _show_changes(differences: Sequence[Difference], colour: bool) -> Iterator[str]:
    """Return the words with what was taken out and put in, as a word diff shows them."""
    for number, one in enumerate(differences):
        if one.same:
            yield _shorten_words(one.now, first=number == 0, last=number == len(differences) - 1)
            continue
        if one.was:
            yield paint(f"[-{one.was}-]", "removed", colour)
        if one.now:
            yield paint(f"{{+{one.now}+}}", "added", colour)


def _shorten_words(words: str, first: bool, last: bool) -> str:
    """Return the words next to a change; those farther away are left out."""
    all_ = words.split(" ")
    if len(all_) <= 2 * AROUND + 2:
        return words
    head, tail = " ".join(all_[:AROUND]), " ".join(all_[-AROUND:])
    return f"… {tail}" if first else f"{head} …" if last else f"{head} … {tail}"
