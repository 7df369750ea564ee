"""What is within a paragraph: emphasis, code, links, citations and counts, each token with its place.

Escapes, code spans and emphasis are markdown-it-py's own rules. Every rule is wrapped so that what it makes carries
`meta["span"]`, in code points of the paragraph's content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, backtick, emphasis, escape, newline
from markdown_it.token import Token
from msgspec import Struct, field

from briefing.model.places import Span
from briefing.prose import unsupported as markup


class Notes(Struct):
    """What the rules know and note down while they read one paragraph."""

    pairs: dict[int, int]
    """For each [ the place of its ]."""
    tags: set[str]
    """Names of the HTML tags found so far in the whole value: a closing one is reported with its opening one."""
    tails: dict[int, int] = field(default_factory=dict)
    """For each ] of a refused link, the end of the address after it, which stays literal."""
    findings: list[markup.Finding] = field(default_factory=list)


def notes(state: StateInline) -> Notes:
    """Return the notes on the paragraph that is being read."""
    return cast(Notes, state.env["notes"])


def take(state: StateInline, kind: str, end: int) -> bool:
    """Make a token of everything up to `end`; `raw` is kept apart from other words because nothing in it is read."""
    state.push(kind, "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def find(state: StateInline, end: int, code: str, message: str, hint: str) -> None:
    """Note a finding about everything up to `end`."""
    notes(state).findings.append(markup.Finding(code, Span(state.pos, end), message, hint))


def unsupported(state: StateInline, construct: markup.Construct, end: int) -> bool:
    """Note that prose has no such construct, and keep its characters as literal words."""
    notes(state).findings.append(markup.found(construct, Span(state.pos, end), state.src[state.pos : end]))
    return take(state, "raw", end)


SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
MAIL = re.compile(r"mailto:[^@\s?]+@[^@\s?]+(\?.*)?", re.IGNORECASE)
PAGE = re.compile(r"[^?#:]*[^?#:/]\.md(#.*)?")
ENCODED_CONTROL = re.compile(r"%(?:[01][0-9A-Fa-f]|7[Ff])")
FULL = "write a full address, which begins with https://"
RELATIVE = "write the path to the page's Markdown file as seen from the briefing's folder, such as ../../about.md"


def refusal(address: str) -> tuple[str, str] | None:
    """Return why an address is not allowed, as it follows "leads to “…”, ", and what to write; None for a good one."""
    if any(unicodedata.category(char)[0] in "CZ" for char in address) or ENCODED_CONTROL.search(address):
        return "which holds a space or an invisible character", FULL
    if any(char in '\\<>"`' for char in address):
        return "which holds a character that addresses do not have", FULL
    scheme = SCHEME.match(address)
    if scheme is None:
        return _refused_path(address)
    match scheme[1].lower():
        case "http" | "https":
            return _refused_web(address)
        case "mailto":
            return (
                None if MAIL.fullmatch(address) else ("which is not an e-mail address", "write mailto:name@example.org")
            )
        case other:
            return (
                f"and {other}: addresses are not allowed",
                "only https, http and mailto addresses and pages can be linked",
            )


def _refused_path(address: str) -> tuple[str, str] | None:
    if address.startswith("//"):
        return "which does not say whether it is https", FULL
    if address.startswith("/"):
        return "which is not relative to this briefing", RELATIVE
    if address.startswith("#"):
        return "which is a place on some page", "cite an annotation by its id: [@id]"
    if PAGE.fullmatch(address):
        return None
    if address.startswith("www."):
        return "which does not begin with https://", f"write https://{address}"
    return "which is neither a full address nor a page", f"{FULL}; or {RELATIVE}"


def _refused_web(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        return "which cannot be read", FULL
    if user is not None or "@" in parts.netloc:
        return "which holds a user name", "leave out what is before the @"
    return None if host else ("which has no host", FULL)


ID = r"[a-z][a-z0-9-]*"
CITATION = re.compile(rf"\[@{ID}(?:\s*;\s*@{ID})*\]")
COUNT = re.compile(rf"\[#{ID}\]")
PLAIN_BRACKET = re.compile(r"\[([^\[\]]*)\]")
LIKE_CITATION = re.compile(r"^[-\s]*@|(?<=[\s;,(-])@\w")
LIKE_COUNT = re.compile(r"\s*#")
UNCLOSED = re.compile(r"\[\s*@[\w-]*|\[#[\w-]+")
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
        return _take_citation(state, "citation", match.end())
    if match := COUNT.match(state.src, state.pos, state.posMax):
        return _take_citation(state, "count", match.end())
    if match := PLAIN_BRACKET.match(state.src, state.pos, state.posMax):
        if LIKE_CITATION.search(match[1]):
            return _take_malformed(state, match.end(), "citation", _repaired_citation(match[0]))
        if LIKE_COUNT.match(match[1]):
            return _take_malformed(state, match.end(), "count", "[#comments], or [#id] with the id of a theme")
        return False
    if match := UNCLOSED.match(state.src, state.pos, state.posMax):
        return _take_malformed(state, match.end(), "citation", _closed_citation(match[0]))
    return False


def link(state: StateInline, silent: bool) -> bool:
    """`[words](address)`; where the address is refused, the words are read and the rest stays literal."""
    close = notes(state).pairs.get(state.pos)
    if close is None or not state.src.startswith("(", close + 1):
        return False
    address = ADDRESS.match(state.src, close + 1, state.posMax)
    if problem := _why_refused(state, close, address):
        return _leave_literal(state, close, address, problem)
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
    """Read the `](address)` of a link that was refused."""
    end = notes(state).tails.get(state.pos)
    return end is not None and take(state, "raw", min(end, state.posMax))


def bracket_constructs(state: StateInline, silent: bool) -> bool:
    """Footnotes, images and links by reference."""
    if match := markup.FOOTNOTE.pattern.match(state.src, state.pos, state.posMax):
        return unsupported(state, markup.FOOTNOTE, match.end())
    pairs = notes(state).pairs
    image = markup.IMAGE.pattern.match(state.src, state.pos, state.posMax)
    close = pairs.get(state.pos + 1 if image else state.pos)
    if close is None:
        return False
    if image and (tail := TAIL.match(state.src, close + 1, state.posMax)):
        return unsupported(state, markup.IMAGE, tail.end())
    if (end := pairs.get(close + 1)) is None or end >= state.posMax or state.src[close + 2] in "@#^":
        return False
    return unsupported(state, markup.IMAGE if image else markup.INDIRECT, end + 1)


# --- what rules do ----------------------------------------------------------------------------------------------


def _take_citation(state: StateInline, kind: str, end: int) -> bool:
    if not state.linkLevel:
        return take(state, kind, end)
    words = markup.quoted(state.src[state.pos : end])
    find(state, end, "unsupported-markup", f"{words} is a {kind} within the words of a link", "write it after the link")
    return take(state, "raw", end)


def _take_malformed(state: StateInline, end: int, kind: str, instead: str) -> bool:
    hint = rf"write {instead}; for the bracket itself write \["
    find(state, end, "unsupported-markup", f"{markup.quoted(state.src[state.pos : end])} is not a {kind}", hint)
    return take(state, "raw", end)


def _closed_citation(unclosed: str) -> str:
    """Return what to write instead of a citation that was begun and not closed."""
    begun = "".join(unclosed.lower().split())
    return "[@id], with the id of what is cited" if begun == "[@" else f"{begun}] with a closing bracket"


def _repaired_citation(bracket: str) -> str:
    """Return a malformed citation as it may have been meant."""
    names = re.findall(r"(?<!\w)@\s*([\w-]*)", bracket)
    ids = [re.sub(r"[\W_]+", "-", name.lower()).strip("-") for name in names]
    citation = "; ".join(f"@{name}" for name in ids if re.fullmatch(ID, name)) or "@id"
    other = re.sub(r"@\s*[\w-]*|[-\s;,\[\]]", "", bracket)
    return f"[{citation}]" if not other else f"[{citation}], with the other words outside the brackets"


def _why_refused(state: StateInline, close: int, address: re.Match[str] | None) -> markup.Finding | None:
    """Return why what looks like a link is none."""
    words = markup.quoted(state.src[state.pos + 1 : close])
    if address is None:
        tail = TAIL.match(state.src, close + 1, state.posMax)
        end = tail.end() if tail else close + 2
        message = f"the address of the link {words} has a space, a title or no end"
        hint = r"write [words](https://…); for the bracket itself write \["
        return markup.Finding("bad-link", Span(state.pos, end), message, hint)
    span = Span(state.pos, address.end())
    if state.linkLevel:
        message = f"the link {words} is within the words of another link"
        return markup.Finding("unsupported-markup", span, message, "write it separately")
    if close == state.pos + 1:
        return markup.Finding(
            "bad-link", span, "a link has no words", "write what it leads to between the square brackets"
        )
    if not _href(address):
        return markup.Finding(
            "bad-link", span, f"the link {words} has no address", "write it between the round brackets"
        )
    if reason := refusal(_href(address)):
        message = f"the link {words} leads to {markup.quoted(_href(address))}, {reason[0]}"
        return markup.Finding("bad-link", Span(*address.span(1)), message, reason[1])
    return None


def _leave_literal(state: StateInline, close: int, address: re.Match[str] | None, problem: markup.Finding) -> bool:
    """Keep a refused link's brackets and address as literal words."""
    notes(state).findings.append(problem)
    notes(state).tails[close] = address.end() if address else max(problem.span.end, close + 1)
    return take(state, "raw", state.pos + 1)


def _href(address: re.Match[str]) -> str:
    return ESCAPED.sub(r"\1", address[1].removeprefix("<").removesuffix(">"))


Rule = Callable[[StateInline, bool], bool]

WORDS = re.compile(r"(?:[^\n\\`*_\[\]<&{~!]|!(?!\[))+")
STARS = re.compile(r"\*+")


def inlines(content: str, tags: set[str]) -> tuple[list[Token], list[markup.Finding]]:
    """Return the inline tokens of a paragraph and what was found in it; `tags` is shared by the paragraphs of a
    value."""
    taken = Notes(paired(StateInline(content, _PARSER, {}, [])), tags)
    tokens: list[Token] = []
    _PARSER.inline.parse(content, _PARSER, {"notes": taken}, tokens)
    return tokens, taken.findings


def _plain_words(state: StateInline, silent: bool) -> bool:
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


def _html_comment(state: StateInline, silent: bool) -> bool:
    """Read an HTML comment; one that nothing closes takes the rest of the paragraph."""
    if not markup.COMMENT.pattern.match(state.src, state.pos, state.posMax):
        return False
    end = state.src.find("-->", state.pos + 4, state.posMax)
    return unsupported(state, markup.COMMENT, end + 3 if end >= 0 else state.posMax)


def _other_constructs(state: StateInline, silent: bool) -> bool:
    for construct in markup.INLINES:
        match = construct.pattern.match(state.src, state.pos, state.posMax)
        if match is None or (construct is markup.REFERENCE and not markup.is_reference(match[0])):
            continue
        if construct is markup.TAG and match[1]:
            name, tags = match[1].lower(), notes(state).tags
            if match[0].startswith("</") and name in tags:
                return take(state, "raw", match.end())
            tags.add(name)
        return unsupported(state, construct, match.end())
    return False


def _character(state: StateInline, silent: bool) -> bool:
    """Whatever no rule wants is itself."""
    return take(state, "text", state.pos + 1)


def _with_spans(rule: Rule) -> Rule:
    """Return the rule, noting where each of its tokens is: all are one character wide but the last."""

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
        "words": _plain_words, "break": newline, "escaped": escape, "code": backtick, "product": _stars_between_digits,
        "emphasised": emphasis.tokenize, "citation": citation, "address": link, "refused": rest_of_link,
        "brackets": bracket_constructs, "comment": _html_comment, "constructs": _other_constructs,
        "character": _character,
    }  # fmt: skip
    for name, rule in in_order.items():
        rules.push(name, _with_spans(rule))
    parser.inline.ruler2.enableOnly(["balance_pairs", "emphasis"])
    return parser


_PARSER = _parser()
