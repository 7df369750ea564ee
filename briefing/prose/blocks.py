"""Paragraphs and lists of a prose value, each with the lines that it is on.

markdown-it-py's list rule does the work; the paragraph rule is our own because each line's exact place is kept, and one
more rule takes the lines of `unsupported`. A token here is `paragraph` or `literal`, with `meta["lines"]`: the start
and end of each line's words in the value.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.token import Token

from briefing.model.places import Span
from briefing.prose.unsupported import INDENTED, LINES, TABLE, UNDERLINED, Construct, Finding, found

MAX_LISTS = 6
"""How deep lists may be in lists: deeper is no longer readable, and the parser recurses."""

CODE_INDENT = 4
BULLET = re.compile(r"[-+*][ \t]+(?=[^ \t])")
NUMBER = re.compile(r"1([.)])[ \t]+(?=[^ \t])")
MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")


def blocks(source: str, folded: bool = False) -> tuple[list[Token], list[Finding]]:
    """Return the block tokens of a text whose lines end at LF, and what was found in it that prose does not have.

    In a `folded` text a paragraph is a line, with the lines that are indented below it.
    """
    tokens: list[Token] = []
    env: dict[str, Any] = {"findings": [], "folded": folded}
    _PARSER.block.parse(source, _PARSER, env, tokens)
    return tokens, env["findings"]


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a paragraph: to a blank line or to a line that begins something else."""
    outer, state.parentType = state.parentType, "paragraph"
    stop = start + 1
    folded = state.env["folded"]
    while stop < state.lineMax and not state.isEmpty(stop) and not _interrupts(state, stop):
        if folded and _line_indent(state, stop) <= 0:
            break
        stop += 1
    state.parentType = outer
    _push_token(state, "paragraph", start, stop)
    return True


def _interrupts(state: StateBlock, line: int) -> bool:
    if _line_indent(state, line) >= CODE_INDENT:
        return False
    return _unsupported(state, line, state.lineMax, True) or _list(state, line, state.lineMax, True)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list as Markdown has it, with three limits that keep words from being lost.

    An item that begins a list has words on its line; a numbered list begins with 1 and has a second item ("1. January"
    and "6. November" are dates); lists are in lists no deeper than MAX_LISTS.
    """
    if _line_indent(state, start) >= 0 and not _begins_list(state, start):
        return False
    if state.level >= 2 * MAX_LISTS:
        if not silent:
            span = Span(_line_begin(state, start), _line_end(state, start))
            message = f"lists are nested more than {MAX_LISTS} deep"
            state.env["findings"].append(Finding("unsupported-markup", span, message, "write a flatter list"))
        return False
    index, first = len(state.tokens), _line_begin(state, start)
    if not list_block(state, start, end, silent):
        return False
    if not silent:
        last = max(line for line in range(start, state.line) if line == start or not state.isEmpty(line))
        state.tokens[index].meta["span"] = Span(first, _line_end(state, last))
    return True


def _begins_list(state: StateBlock, line: int) -> bool:
    begin, end = _line_begin(state, line), state.eMarks[line]
    number = NUMBER.match(state.src, begin, end)
    return bool(BULLET.match(state.src, begin, end) or (number and _goes_on(state, line, number[1])))


def _goes_on(state: StateBlock, start: int, delimiter: str) -> bool:
    """Return whether a second item follows, numbered 2 (or 1, as some write every item), before the list must have
    ended."""
    second = re.compile(rf"[12]{re.escape(delimiter)}[ \t]+[^ \t]")
    for line in range(start + 1, state.lineMax):
        if state.isEmpty(line):
            continue
        indent = _line_indent(state, line)
        if 0 <= indent < CODE_INDENT and second.match(state.src, _line_begin(state, line), state.eMarks[line]):
            return True
        if indent < 0 or (indent < len("1. ") and state.isEmpty(line - 1)):
            return False
    return False


def _unsupported(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read lines that prose does not have, as a literal paragraph and a finding."""
    construct = _construct(state, start)
    if construct is None:
        return False
    if not silent:
        stop = _find_extent(state, start, construct)
        span = Span(_line_begin(state, start), _line_end(state, stop - 1))
        state.env["findings"].append(found(construct, span, span.of(state.src)))
        _push_token(state, "literal", start, stop)
    return True


def _construct(state: StateBlock, line: int) -> Construct | None:
    if _line_indent(state, line) >= CODE_INDENT:
        return INDENTED
    words = state.src[_line_begin(state, line) : state.eMarks[line]]
    for construct in LINES:
        if construct.pattern.match(words):
            return construct
    if MARKER.match(words) or not _is_inside(state, line + 1) or _line_indent(state, line + 1) >= CODE_INDENT:
        return None
    below = state.src[_line_begin(state, line + 1) : state.eMarks[line + 1]]
    if UNDERLINED.pattern.match(below):
        return UNDERLINED
    return TABLE if "|" in words and TABLE.pattern.match(below) else None


def _find_extent(state: StateBlock, start: int, construct: Construct) -> int:
    """Return the line after the last one that belongs to a construct; it never ends with a blank one."""
    if construct is UNDERLINED:
        return start + 2
    if construct.extent == "fence":
        return _fence_end(state, start)
    stop = last = start + 1
    while stop < state.lineMax and _belongs_to(state, stop, construct):
        stop += 1
        last = last if state.isEmpty(stop - 1) else stop
    return last


def _belongs_to(state: StateBlock, line: int, construct: Construct) -> bool:
    """Return whether a line after the first still belongs to the construct."""
    if construct is INDENTED or construct.extent == "body":
        return state.isEmpty(line) or _line_indent(state, line) >= CODE_INDENT
    if construct.extent == "paragraph":
        return _is_inside(state, line)
    words = state.src[_line_begin(state, line) : state.eMarks[line]]
    return construct.extent == "run" and _is_inside(state, line) and bool(construct.pattern.match(words))


def _fence_end(state: StateBlock, start: int) -> int:
    """Return the line after the closing fence, or after the last line where none closes it."""
    begin = _line_begin(state, start)
    length = state.skipCharsStr(begin, state.src[begin]) - begin
    fence = re.compile(rf"{re.escape(state.src[begin])}{{{length},}}[ \t]*$")
    last = start
    for line in range(start + 1, state.lineMax):
        if state.isEmpty(line):
            continue
        if not _is_inside(state, line):
            break
        last = line
        if fence.match(state.src[_line_begin(state, line) : state.eMarks[line]]):
            break
    return last + 1


def _push_token(state: StateBlock, kind: str, start: int, stop: int) -> None:
    token = state.push(kind, "", 0)
    lines = (line for line in range(start, stop) if not state.isEmpty(line))
    token.meta["lines"] = [Span(_line_begin(state, line), _line_end(state, line)) for line in lines]
    state.line = stop


def _line_begin(state: StateBlock, line: int) -> int:
    """Return where the words of a line begin, after indentation and list markers."""
    return state.bMarks[line] + state.tShift[line]


def _line_end(state: StateBlock, line: int) -> int:
    """Return where the words of a line end, before trailing spaces."""
    return state.skipSpacesBack(state.eMarks[line], _line_begin(state, line))


def _line_indent(state: StateBlock, line: int) -> int:
    return state.sCount[line] - state.blkIndent


def _is_inside(state: StateBlock, line: int) -> bool:
    """Return whether a line is there, has words and belongs to the list item that is being read."""
    return line < state.lineMax and not state.isEmpty(line) and _line_indent(state, line) >= 0


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": 10 * MAX_LISTS})
    rules = parser.block.ruler
    rules.at("list", _list)
    rules.at("paragraph", _paragraph)
    rules.before("list", "unsupported", _unsupported, {"alt": ["paragraph", "list"]})
    rules.enableOnly(["unsupported", "list", "paragraph"])
    return parser


_PARSER = _parser()
