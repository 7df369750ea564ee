"""Everything in prose that begins with a square bracket: citations, counts, links, and what is none of them.

Brackets are paired once before the rules run, so a link is recognised without looking ahead again and again, and
hostile nesting stays linear.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline, backtick

from briefing.places import Span
from briefing.prose.links import refusal
from briefing.prose.notes import find, notes, take, unsupported
from briefing.prose.unsupported import FOOTNOTE, IMAGE, INDIRECT, Finding, quoted

ID = r"[a-z][a-z0-9-]*"
CITATION = re.compile(rf"\[@{ID}(?:\s*;\s*@{ID})*\]")
COUNT = re.compile(rf"\[#{ID}\]")
PLAIN_BRACKET = re.compile(r"\[([^\[\]]*)\]")
LIKE_CITATION = re.compile(r"^[-\s]*@|(?<=[\s;,(-])@\w")
LIKE_COUNT = re.compile(r"\s*#")
UNCLOSED = re.compile(r"\[[@#][\w-]+")
BRACKETS = re.compile(r"\\[^\n]|`|[\[\]]")
ADDRESS = re.compile(r"\(\s?(<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)\s?\)")
TAIL = re.compile(r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def paired(state: StateInline) -> dict[int, int]:
    """For each [ of a paragraph the place of its ], passing over escapes and code; the state is a fresh one."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    while match := BRACKETS.search(state.src, state.pos):
        state.pos = match.start()
        if match[0] == "`":
            backtick(state, True)
            continue
        state.pos = match.end()
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            pairs[opened.pop()] = match.start()
    return pairs


# --- rules ------------------------------------------------------------------------------------------------------


def citation(state: StateInline, silent: bool) -> bool:
    """`[@id]`, `[@id1; @id2]` or `[#id]`; a bracket that only resembles one is a finding."""
    if match := CITATION.match(state.src, state.pos, state.posMax):
        return _cite(state, "citation", match.end())
    if match := COUNT.match(state.src, state.pos, state.posMax):
        return _cite(state, "count", match.end())
    if match := PLAIN_BRACKET.match(state.src, state.pos, state.posMax):
        if LIKE_CITATION.search(match[1]):
            return _malformed(state, match.end(), "citation", _repaired(match[0]))
        if LIKE_COUNT.match(match[1]):
            return _malformed(state, match.end(), "count", "[#comments], or [#id] with the id of a theme")
        return False
    if match := UNCLOSED.match(state.src, state.pos, state.posMax):
        return _malformed(state, match.end(), "citation", f"{match[0].lower()}] with a closing bracket")
    return False


def link(state: StateInline, silent: bool) -> bool:
    """`[words](address)`; where the address is refused, the words are read and the rest stays literal."""
    close = notes(state).pairs.get(state.pos)
    if close is None or not state.src.startswith("(", close + 1):
        return False
    address = ADDRESS.match(state.src, close + 1, state.posMax)
    if problem := _refused(state, close, address):
        return _leave(state, close, address, problem)
    assert address is not None
    start, end = state.pos, state.posMax
    opening = state.push("link_open", "a", 1)
    opening.meta["span"] = Span(start, start + 1)
    opening.meta["href"] = _href(address)
    state.pos, state.posMax, state.linkLevel = start + 1, close, state.linkLevel + 1
    state.md.inline.tokenize(state)
    state.pos, state.posMax, state.linkLevel = address.end(), end, state.linkLevel - 1
    state.push("link_close", "a", -1).meta["span"] = Span(close, address.end())
    return True


def rest_of_link(state: StateInline, silent: bool) -> bool:
    """The `](address)` of a link that was refused."""
    end = notes(state).tails.get(state.pos)
    return end is not None and take(state, "raw", min(end, state.posMax))


def bracket_constructs(state: StateInline, silent: bool) -> bool:
    """Footnotes, images and links by reference."""
    if match := FOOTNOTE.pattern.match(state.src, state.pos, state.posMax):
        return unsupported(state, FOOTNOTE, match.end())
    pairs = notes(state).pairs
    image = IMAGE.pattern.match(state.src, state.pos, state.posMax)
    close = pairs.get(state.pos + 1 if image else state.pos)
    if close is None:
        return False
    if image and (tail := TAIL.match(state.src, close + 1, state.posMax)):
        return unsupported(state, IMAGE, tail.end())
    if (end := pairs.get(close + 1)) is None or end >= state.posMax or state.src[close + 2] in "@#^":
        return False
    return unsupported(state, IMAGE if image else INDIRECT, end + 1)


# --- what rules do ----------------------------------------------------------------------------------------------


def _cite(state: StateInline, kind: str, end: int) -> bool:
    if not state.linkLevel:
        return take(state, kind, end)
    words = quoted(state.src[state.pos : end])
    find(state, end, "unsupported-markup", f"{words} is a {kind} within the words of a link", "write it after the link")
    return take(state, "raw", end)


def _malformed(state: StateInline, end: int, kind: str, instead: str) -> bool:
    hint = rf"write {instead}; for the bracket itself write \["
    find(state, end, "unsupported-markup", f"{quoted(state.src[state.pos : end])} is not a {kind}", hint)
    return take(state, "raw", end)


def _repaired(bracket: str) -> str:
    """A malformed citation as it may have been meant."""
    names = re.findall(r"(?<!\w)@\s*([\w-]*)", bracket)
    ids = [re.sub(r"[\W_]+", "-", name.lower()).strip("-") for name in names]
    citation = "; ".join(f"@{name}" for name in ids if re.fullmatch(ID, name)) or "@id"
    other = re.sub(r"@\s*[\w-]*|[-\s;,\[\]]", "", bracket)
    return f"[{citation}]" if not other else f"[{citation}], with the other words outside the brackets"


def _refused(state: StateInline, close: int, address: re.Match[str] | None) -> Finding | None:
    """Why what looks like a link is none."""
    words = quoted(state.src[state.pos + 1 : close])
    if address is None:
        tail = TAIL.match(state.src, close + 1, state.posMax)
        end = tail.end() if tail else close + 2
        message = f"the address of the link {words} has a space, a title or no end"
        hint = r"write [words](https://…); for the bracket itself write \["
        return Finding("bad-link", Span(state.pos, end), message, hint)
    span = Span(state.pos, address.end())
    if state.linkLevel:
        message = f"the link {words} stands within the words of a link"
        return Finding("unsupported-markup", span, message, "write it apart")
    if close == state.pos + 1:
        return Finding("bad-link", span, "a link has no words", "write what it leads to between the square brackets")
    if not _href(address):
        return Finding("bad-link", span, f"the link {words} has no address", "write it between the round brackets")
    if reason := refusal(_href(address)):
        message = f"the link {words} leads to {quoted(_href(address))}, {reason[0]}"
        return Finding("bad-link", Span(*address.span(1)), message, reason[1])
    return None


def _leave(state: StateInline, close: int, address: re.Match[str] | None, problem: Finding) -> bool:
    """Keep a refused link's brackets and address as literal words."""
    notes(state).findings.append(problem)
    notes(state).tails[close] = address.end() if address else max(problem.span.end, close + 1)
    return take(state, "raw", state.pos + 1)


def _href(address: re.Match[str]) -> str:
    return ESCAPED.sub(r"\1", address[1].removeprefix("<").removesuffix(">"))
