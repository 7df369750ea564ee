"""What stands within a paragraph: emphasis, code, links, citations and counts, each token with its place.

Escapes, code spans and emphasis are markdown-it-py's own rules. Every rule is wrapped so that what it makes carries
`meta["span"]`, in code points of the paragraph's content.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, backtick, emphasis, escape, newline
from markdown_it.token import Token

from briefing.model.places import Span
from briefing.prose.brackets import (
    Notes,
    bracket_constructs,
    citation,
    link,
    notes,
    paired,
    rest_of_link,
    take,
    unsupported,
)
from briefing.prose.unsupported import COMMENT, INLINES, REFERENCE, TAG, Finding, is_reference

Rule = Callable[[StateInline, bool], bool]

WORDS = re.compile(r"(?:[^\n\\`*_\[\]<&{~!]|!(?!\[))+")
STARS = re.compile(r"\*+")


def inlines(content: str, tags: set[str]) -> tuple[list[Token], list[Finding]]:
    """The inline tokens of a paragraph and what was found in it; `tags` is shared by the paragraphs of a value."""
    taken = Notes(paired(StateInline(content, _PARSER, {}, [])), tags)
    tokens: list[Token] = []
    _PARSER.inline.parse(content, _PARSER, {"notes": taken}, tokens)
    return tokens, taken.findings


def _words(state: StateInline, silent: bool) -> bool:
    match = WORDS.match(state.src, state.pos, state.posMax)
    return match is not None and take(state, "text", match.end())


def _stars_between_digits(state: StateInline, silent: bool) -> bool:
    """5*3*2 is a product: the stars stay."""
    match = STARS.match(state.src, state.pos, state.posMax)
    if match is None or not state.src[max(state.pos - 1, 0)].isdigit():
        return False
    if not state.src[match.end() : match.end() + 1].isdigit():
        return False
    return take(state, "text", match.end())


def _comment(state: StateInline, silent: bool) -> bool:
    """An HTML comment; one that nothing closes takes the rest of the paragraph."""
    if not COMMENT.pattern.match(state.src, state.pos, state.posMax):
        return False
    end = state.src.find("-->", state.pos + 4, state.posMax)
    return unsupported(state, COMMENT, end + 3 if end >= 0 else state.posMax)


def _other_constructs(state: StateInline, silent: bool) -> bool:
    for construct in INLINES:
        match = construct.pattern.match(state.src, state.pos, state.posMax)
        if match is None or (construct is REFERENCE and not is_reference(match[0])):
            continue
        if construct is TAG and match[1]:
            name, tags = match[1].lower(), notes(state).tags
            if match[0].startswith("</") and name in tags:
                return take(state, "raw", match.end())
            tags.add(name)
        return unsupported(state, construct, match.end())
    return False


def _character(state: StateInline, silent: bool) -> bool:
    """Whatever no rule wants is itself."""
    return take(state, "text", state.pos + 1)


def _placed(rule: Rule) -> Rule:
    """The rule, noting where each of its tokens stands: all are one character wide but the last."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if state.pending:
            state.pushPending()
        made = state.tokens[count:]
        for index, token in enumerate(made, start):
            token.meta.setdefault("span", Span(index, state.pos if token is made[-1] else index + 1))
        return True

    return placed


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero")
    rules = parser.inline.ruler
    rules.enableOnly([])
    in_order: dict[str, Rule] = {
        "words": _words, "break": newline, "escaped": escape, "code": backtick, "product": _stars_between_digits,
        "emphasised": emphasis.tokenize, "citation": citation, "address": link, "refused": rest_of_link,
        "brackets": bracket_constructs, "comment": _comment, "constructs": _other_constructs, "character": _character,
    }  # fmt: skip
    for name, rule in in_order.items():
        rules.push(name, _placed(rule))
    parser.inline.ruler2.enableOnly(["balance_pairs", "emphasis"])
    return parser


_PARSER = _parser()
