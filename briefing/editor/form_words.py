"""What a check says, in the words of a form: a terminal says what to write in a file, a form which field to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.authoring.review.open_fields import TODO_CODES
from briefing.authoring.vocabulary import FieldForm, forms
from briefing.check.allowances import ALLOWING, allowance
from briefing.check.rules.citations import NO_WORDS
from briefing.model.codes import CODES
from briefing.model.places import Problem

_ADDED_BY_HAND = "choose one from the list"
_SAID: Mapping[str, tuple[str, str]] = {
    "missing-field": ("this is needed", ""),
    "unknown-field": ("", "it is in the file alone: take it out there, or write its words in one of these fields"),
    "unknown-person": (
        "nobody of this name is among the people of this briefing",
        f"{_ADDED_BY_HAND}, or “Add … to the people” at its end",
    ),
    "unknown-measure": ("there is no measure of this name", f"{_ADDED_BY_HAND}, or “Add … to the measures” at its end"),
    "unknown-citation": ("", "choose from the list that opens when you type [@; works can be added there"),
}
"""By code: what is said in place of the message, where that is not empty, and of the help."""
_IN_FILES: Sequence[tuple[str, str]] = (
    (
        ", cite what has the number, add the excerpt that has it to references.yml, or compute it under `derived`; "
        "a name goes between backticks",
        ", or press “Cite…” and choose what has the number; if it belongs to a name, put the name between backticks",
    ),
    (" to references.yml", " to the reference"),
    ("say so in people.yml", "say so in the entry of that person"),
    ("\nor show the names of all commenters: write in comments.yml: show_authors: true", ""),
    (" (`briefing import comments`)", ""),
    ("; `briefing explain` with the code says how", ""),
    ("Drafted by `briefing suggest`: ", ""),
    ("comments.yml has ", "there are "),
    ("neither source.txt, comments.yml nor left_out", "neither the source, the comments nor what is left out"),
    ("neither source.txt nor left_out", "neither the source nor what is left out"),
)
"""What a terminal says to do in files, and what a form says instead."""
_IN_PLACES: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"\n“[^”]*”: [^\n]*\.yml.*"), ""),
    (re.compile(r"it is already used in “[^”]*”(?:, line \d+)?; "), ""),
    (re.compile(r"\nor, in corrections\.yml:.*", re.DOTALL), ""),
    (
        re.compile(r", or to briefing\.yml under.*", re.DOTALL),
        ", or have the file of the briefing say why they are left out",
    ),
    (re.compile(r"write `\{from: ([^`,]+), to: ([^`}]+)\}`"), r"choose “A range”, from \1 to \2"),
    (
        re.compile(
            r":?\n(?:target:\n  |- )exact: >-(?:\n {4}.*)+(?:\n  (?:prefix|suffix): >-(?:\n {4}.*)+)*(?:\nin: .*)?"
        ),
        "",
    ),
    (re.compile(r":\n(?:\w+:|-) >-\n {2,4}(.*)"), r": “\1”"),
    (re.compile(r"write this beside the target:\nin: .*"), "select the words there"),
    (re.compile(r"leave out this line:\nin: .*"), "select the words there"),
    (re.compile(r":\n\w+:(?:\n  - >-\n {6}.*)+"), ", select each piece"),
)
"""The same for what says a place in a file, or lines to copy into one."""
_CODE = re.compile(r"“([a-z-]+)”")
_BEFORE = re.compile(r"^(\w+)(?=: .* → )", re.MULTILINE)
"""A field that has other words than were released."""
_WRITE = re.compile(r"`(\w+): (?:\"([^\"`]+)\"|([^{}`]+))`")
"""A field with its value, as `kind: fragment`."""
_WORDS = re.compile(r"`(?:value: )?\{words: [^`]*\}`|\{words: ([^{},]+)(?:, min: ([^{},]+))?\}")
"""A value in words."""
_BLOCK = re.compile(r":\n\n(\w+):(?: +(?!>-?(?:\n|$))([^\n{]+))?(?:[ >-]*\n.*)?\Z", re.DOTALL)
"""A field in lines of its own at the end, as they are copied into a file; with its value where that is a single one."""


def form_words(problem: Problem, kind: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Return `message` and `help` of a problem in a form of a kind (`vocabulary.KINDS`).

    `names` are the people by id. Where the help says to fill in a field, `fill` is its name. Where the finding can be
    allowed, `allow` is the entry that does so, still without its reason.
    """
    labels = dict(_labels_of(forms()[kind]))
    hint = problem.hint.partition(ALLOWING)[0].rstrip()
    message, help = _SAID.get(problem.code, ("", hint))
    if problem.code == "unknown-citation" and hint.startswith("did you mean"):
        help = hint
    if problem.code == "missing-field" and problem.message.endswith(NO_WORDS):
        message, help = f"this {NO_WORDS}", hint
    help = _in_form(help)
    if problem.code in TODO_CODES:
        message, help = problem.message.partition(": ")[2] or "this is still to be written", ""
    said = {"message": _in_form(message) if message else message_in_form(problem), "help": help}
    row: dict[str, Any] = {key: _in_labels(words, labels, names) for key, words in said.items()}
    if (block := _BLOCK.search(help)) and not block[2]:
        row["fill"] = block[1]
    if allow := allowance(problem, of_briefing=kind == "briefing"):
        row["allow"] = allow
    return row


def message_in_form(problem: Problem) -> str:
    """Return the message of a problem without what is said of files; what was allowed is said in words."""
    words = problem.message
    if problem.code == "unused-allow":
        words = _CODE.sub(lambda found: f"“{CODES[found[1]].summary}”" if found[1] in CODES else found[0], words)
    return _in_form(words)


def _in_form(words: str) -> str:
    for in_file, in_form in _IN_FILES:
        words = words.replace(in_file, in_form)
    for place, in_form in _IN_PLACES:
        words = place.sub(in_form, words)
    return words.rstrip()


def label_of(kind: str, field: str) -> str:
    """Return the label of a field of a form, or of the innermost one that it is in; empty for all of the form."""
    labels = dict(_labels_of(forms()[kind]))
    return next((labels[name] for name in reversed(field.split(".")) if name in labels), "")


def _labels_of(fields: Sequence[FieldForm]) -> Iterator[tuple[str, str]]:
    """Yield the name and the label of each field; those of the form itself last, which go before those inside them."""
    for field in fields:
        yield from _labels_of(field.fields)
    yield from ((field.name, field.label) for field in fields)


def _in_labels(help: str, labels: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return help that names fields by their labels, and says what to choose in place of what to write in a file."""

    def chosen(name: str, value: str) -> str:
        return f"“{names.get(value, value)}” under “{labels.get(name, name)}”"

    def in_words(found: re.Match[str]) -> str:
        words, least = found[1], found[2]
        least = f", and {least} as the least" if least else ""
        return f"choose “Words”, with “{words}”{least}" if words else "choose “Words”"

    def in_block(found: re.Match[str]) -> str:
        return f": {chosen(found[1], found[2]) if found[2] else f'fill in “{labels.get(found[1], found[1])}”'}"

    help = re.sub(r"write (`\{words|`value: \{words)", r"\1", help)
    help = _WORDS.sub(in_words, help.replace("\n\nvalue: {", " {"))
    help = _BLOCK.sub(in_block, _WRITE.sub(lambda found: chosen(found[1], found[2] or found[3]), help))
    help = _BEFORE.sub(lambda found: labels.get(found[1], found[1].capitalize()), help)
    return re.sub(r"`(\w+):?`", lambda found: f"“{labels.get(found[1], found[1])}”", help)
