"""The rule on names of commenters that readers are not shown: nothing that is published gives them away.

What is taken for a name is said in `load/commenter_names.py`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from briefing.check.quotables import everything
from briefing.check.quoted_words import plain_fields
from briefing.check.sentences import authored, lay
from briefing.load.commenter_names import (
    CODE,
    HiddenName,
    HiddenNames,
    hidden_names,
    is_meant,
    ordinary_words,
    own_allowances,
    public_names,
    written_names,
)
from briefing.load.schema.fields import is_todo
from briefing.model import Briefing, Comment, Quotation, comments_by_id
from briefing.model.places import Place, Problem, Span
from briefing.model.prose import Code, inlines, paragraphs
from briefing.text import Language, language, sentences, speech
from briefing.text.marked_passages import marked


def hidden_name(briefing: Briefing) -> Iterator[Problem]:
    """No published text of the author's has the name of a commenter whose name readers are not shown."""
    names = hidden_names(briefing)
    if not names.by_key:
        return
    rules = language(briefing.language)
    found = [(text, name, span) for text in _texts(briefing) for name, span in _named(text, names, rules)]
    public = public_names(briefing, {name.key: name for _, name, _ in found}) if found else frozenset()
    told: set[tuple[Place, str]] = set()
    quoted: dict[str, tuple[Span, ...]] = {}
    for text, name, span in found:
        if name.key in public or (text.at, name.key) in told:
            continue
        if text.words not in quoted:
            quoted[text.words] = tuple(each.inner for each in marked(text.words, rules))
        passage = _around(quoted[text.words], span)
        if passage and passage != span and everything(briefing).has(passage.of(text.words)):
            continue  # somebody else wrote these words, and readers are shown them
        told.add((text.at, name.key))
        yield _problem(briefing, text, name, span)
    yield from _in_comments(briefing, names, rules)


def hides_names(briefing: Briefing) -> bool:
    """Return whether some commenter has a name that readers are not shown."""
    return bool(hidden_names(briefing).by_key)


# --- the texts ------------------------------------------------------------------------------------------------------


class _Text(Struct, frozen=True):
    """Some words that an author wrote."""

    words: str
    at: Place
    offsets: Sequence[int] = ()
    """For each of them where it is in the field's value; empty where the words are the value."""
    former: bool = False
    """Whether a correction repeats them."""

    def place(self, span: Span) -> Place:
        if self.former:
            return self.at
        return self.at.part(Span(self.offsets[span.start], self.offsets[span.end - 1] + 1) if self.offsets else span)


def _texts(briefing: Briefing) -> Iterator[_Text]:
    """Yield every text of the author's that is published, each once."""
    for field in authored(briefing):
        if field.draft:
            continue
        prose = field.prose
        for paragraph in paragraphs(prose):
            laid = lay(prose, paragraph)
            yield _Text(laid.text, prose.at, laid.offsets)
        for node in inlines(prose):
            if isinstance(node, Code):
                at = prose.text.find(node.text, node.span.start)
                yield _Text(node.text, prose.at, tuple(range(at, at + len(node.text))))
    yield from (_Text(field.text, field.at) for field in {field.at: field for field in plain_fields(briefing)}.values())
    for quotation in briefing.quotations:
        yield from _translations(quotation)
    for correction in briefing.corrections:
        for change in correction.changes:
            yield from (_Text(text, change.at, former=True) for text in (*change.before, *change.after))


def _translations(quotation: Quotation) -> Iterator[_Text]:
    """Yield how an author translates what others than commenters say."""
    if quotation.status != "draft" and not quotation.target.comment:
        given = (quotation.translation, *(wording.translation for wording in quotation.wordings))
        yield from (_Text(each.text, each.at.child("text")) for each in given if each)


def _named(text: _Text, names: HiddenNames, rules: Language) -> Iterator[tuple[HiddenName, Span]]:
    """Yield the names in a text that are surely meant."""
    spans: tuple[Span, ...] = ()
    for name, span in written_names(text.words, names):
        spans = spans or sentences(text.words, rules)
        sentence = _around(spans, span) or Span(0, len(text.words))
        if is_meant(name, text.words, span, sentence, rules):
            yield name, span


def _around(spans: Sequence[Span], span: Span) -> Span | None:
    """Return which of some spans, in their order, holds another."""
    at = bisect_right(spans, span.start, key=lambda each: each.start)
    return spans[at - 1] if at and spans[at - 1].holds(span) else None


# --- in comments ----------------------------------------------------------------------------------------------------


def _in_comments(briefing: Briefing, names: HiddenNames, rules: Language) -> Iterator[Problem]:
    """Yield the words of comments that may be a name: one problem a name, and one for each comment that allows it."""
    aside = {entry.comment for entry in briefing.set_aside}
    shown = [comment for comment in briefing.comments if comment.text and comment.id not in aside]
    found = [
        (comment, name, span)
        for comment in shown
        for name, span in _named(_Text(comment.text, comment.at.child("text")), names, rules)
        if not _is_longer(comment.text, span)
    ]
    found += _addressed(briefing, shown, names)
    public = public_names(briefing, {name.key: name for _, name, _ in found}) if found else frozenset()
    places: dict[tuple[str, str, str], dict[str, tuple[Comment, HiddenName, Span]]] = {}
    for comment, name, span in found:
        if name.key not in public:
            own = comment.id if name.key in own_allowances(comment) else ""
            words = span.of(comment.text).casefold()
            places.setdefault((name.key, own, words), {}).setdefault(comment.id, (comment, name, span))
    for these in places.values():
        comment, name, span = next(iter(these.values()))
        yield _comment_problem(briefing, comment, name, span, [*these][1:])


def _addressed(
    briefing: Briefing, shown: Sequence[Comment], names: HiddenNames
) -> Iterator[tuple[Comment, HiddenName, Span]]:
    """Yield the first names by which comments speak to somebody: “Gideon, you are wrong”, “Thanks Mike!”"""
    firsts = {
        first: name for name in names.by_key.values() if (first := _first_name(name.words)).casefold() != name.key
    }
    if not firsts:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in firsts if len(each) >= _LEAST)})(?!\w)")
    calls = [(comment, found) for comment in shown for found in pattern.finditer(comment.text) if found[0]]
    if not calls:
        return
    ordinary, in_source = ordinary_words(briefing), frozenset(re.findall(r"\w+", briefing.source.text))
    known, nouns = briefing.derive(comments_by_id), speech(language(briefing.language)).nouns_have_capitals
    for comment, found in calls:
        parent = known.get(comment.reply_to)
        answers = parent is not None and _first_name(parent.author) == found[0]
        is_word = found[0].lower() in ordinary
        if found[0] in in_source:
            continue
        if _is_call(comment.text, Span(*found.span()), is_word, answers, nouns):
            yield comment, firsts[found[0]], Span(*found.span())


def _is_call(text: str, span: Span, is_word: bool, answers: bool, nouns: bool) -> bool:
    """Return whether a comment means somebody by the first word of a name: who is spoken to, and in a comment that
    `answers` this one anywhere. `is_word` says whether others write it as a word, and `nouns` whether all have
    capitals."""
    before, behind = text[: span.start], text[span.end :]
    if _opens_with_call(before, behind, nouns):
        return answers or not is_word
    if _SET_OFF.search(before) and re.match(r"[,.!?;:،؟\n]|$", behind) and span.of(text)[0].isupper():
        return answers or not nouns
    surname = re.match(r"[ -](\w)", behind)
    return answers and not (is_word or nouns or (surname and surname[1].isupper()))


def _opens_with_call(before: str, behind: str, nouns: bool) -> bool:
    """Return whether a sentence begins with whom it speaks to, or with one word to them: “Gideon, …”, “Thanks Mike!”"""
    if _BEGINS.search(before):
        return re.match("[,:!،]", behind) is not None
    return not nouns and behind.startswith("!") and _THANKED.search(before) is not None


def _first_name(author: str) -> str:
    """Return the first part of a name with a capital, as others write it: Gideon Pell, mike_holm, MikeHolm, mike.88."""
    word = "" if is_todo(author) else next(iter(re.findall(r"[^\W\d_]+", author)), "")
    part = word if word.isupper() else re.sub(r"(?<=[^\W\d_A-Z])[A-Z].*", "", word)
    return part[:1].upper() + part[1:]


_LEAST = 3
"""Letters of a first name."""
_BEGINS = re.compile(r"(?:^|[\n@]|[.!?…] )$")
_THANKED = re.compile(r"(?:^|[\n]|[.!?…] )[^\W\d_]+ $")
"""One word at the beginning of a sentence: Thanks, Sorry, Hi."""
_SET_OFF = re.compile(r"[,،] $")


def _is_longer(text: str, span: Span) -> bool:
    """Return whether a word with a capital beside one word makes it part of a longer name: Tony in “Tony Blair”."""
    neighbours = re.search(r"(\w+) $", text[: span.start]), re.match(r"[ -](\w+)", text[span.end :])
    return " " not in span.of(text) and any(found and found[1][0].isupper() for found in neighbours)


def _comment_problem(
    briefing: Briefing, comment: Comment, name: HiddenName, span: Span, others: Sequence[str]
) -> Problem:
    words = " ".join(span.of(comment.text).split())
    verb = "does" if len(others) == 1 else "do"
    also = f", and so {verb} {', '.join(f'“{id}”' for id in others[:_LISTED])}" if others else ""
    also += f" and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
    is_whole = words.casefold() == name.key or words != _first_name(name.words)
    what = "is the name" if is_whole else "seems to be the first name"
    whose = f"{what} of who wrote the comment “{name.comment}”, and readers are not shown that name"
    message = f"the comment “{comment.id}” has “{words}”{also}; this {whose}"
    quoted = json.dumps(words, ensure_ascii=False)
    how = f"add to hide_names: {quoted}" if briefing.hide_names else f"write at its end: hide_names: [{quoted}]"
    hint = f"to show “[name]” in its place, in comments.yml {how}\nor set the comment aside"
    return Problem(CODE, message, comment.at.child("text").part(span), hint, words)


_LISTED = 5


# --- the problem ----------------------------------------------------------------------------------------------------


def _problem(briefing: Briefing, text: _Text, name: HiddenName, span: Span) -> Problem:
    words = " ".join(span.of(text.words).split())
    message = f"“{words}” is the name of who wrote the comment “{name.comment}”, and readers are not shown that name"
    hint = f"write “one reader” in its place, and cite the comment where that is possible: [@{name.comment}]"
    if not briefing.show_authors:
        hint += "\nor show the names of all commenters: write in comments.yml: show_authors: true"
    return Problem(CODE, message, text.place(span), _FORMER if text.former else hint, words)


_FORMER = (
    "a correction repeats the former words; where they are not to be repeated, write at the correction why: withheld: …"
)
