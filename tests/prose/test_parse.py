"""Prose: a case in cases/prose is a value, and the tree and the problems that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.load import load_briefing, load_people
from briefing.model.places import Place, Problem, Span
from briefing.model.prose import (
    Block,
    Citation,
    Code,
    Count,
    Emphasis,
    Inline,
    Link,
    List,
    Prose,
    ProseParagraph,
    Strong,
    Text,
    inlines,
    paragraphs,
    plain,
)
from briefing.prose.parse import MAX_EMPHASIS, MAX_LENGTH, parse
from tests.check.folders import make
from tests.conftest import Golden
from tests.sizes import soak
from tests.tables import Case, parameters

CASES = Path(__file__).parent.parent / "cases" / "prose"
AT = Place("briefing.yml", ("summary",))

MARKUP = [
    "*", "**", "_", "`", "``", "[", "]", "(", ")", "[@", "[#", "@", ";", "a", "b1", "C", " ", "  ", "    ", "\n",
    "\n\n", "\t", "- ", "1. ", "2. ", "# ", "> ", "<b>", "</b>", "<!--", "-->", "&amp;", "&", "{{", "}}", "{%", "{: x}",
    "~~", "```", "---", "===", "|", "--|--", "\\", "\\\n", "!", "![", "](", "https://x.org", "x.md", "javascript:",
    "[^1]", ":", "\r", "\r\n", "\x00", "\x0c", "\u00a0", "\u2028", "é", "🙂", "5", "!!! note", ":::",
]  # fmt: skip
values = st.one_of(st.text(), st.lists(st.sampled_from(MARKUP), max_size=40).map("".join))


# --- cases ------------------------------------------------------------------------------------------------------


def dump(prose: Prose, problems: tuple[Problem, ...]) -> str:
    """A tree as lines: kind, span, words; then each problem with the words that it points at."""
    lines = [line for block in prose.blocks for line in dump_block(block, "")]
    for problem in problems:
        assert problem.at.span is not None
        lines += [f"! {problem.code} {where(problem.at.span)} {problem.at.span.of(prose.text)!r}"]
        lines += [f"  {problem.message}", *(f"  hint: {line}" for line in problem.hint.splitlines())]
    return "".join(f"{line}\n" for line in lines)


def dump_block(block: Block, indent: str) -> Iterator[str]:
    if isinstance(block, ProseParagraph):
        yield f"{indent}paragraph {where(block.span)}"
        yield from dump_inlines(block.children, indent + "  ")
        return
    yield f"{indent}{'numbered' if block.ordered else 'bulleted'} list {where(block.span)}"
    for item in block.items:
        yield f"{indent}  item"
        for inner in item:
            yield from dump_block(inner, indent + "    ")


def dump_inlines(nodes: tuple[Inline, ...], indent: str) -> Iterator[str]:
    for node in nodes:
        line = f"{indent}{type(node).__name__.lower()} {where(node.span)}"
        match node:
            case Text() | Code():
                yield f"{line} {node.text!r}"
            case Citation():
                yield f"{line} {', '.join(f'{key.id} {where(key.span)}' for key in node.keys)}"
            case Count():
                yield f"{line} {node.key.id} {where(node.key.span)}"
            case Link():
                yield f"{line} {node.href}"
                yield from dump_inlines(node.children, indent + "  ")
            case Emphasis() | Strong():
                yield line
                yield from dump_inlines(node.children, indent + "  ")


def where(span: Span) -> str:
    return f"{span.start}:{span.end}"


@pytest.mark.parametrize("case", parameters(CASES.glob("*.table")))
def test_a_value_gives_its_tree_and_problems(case: Case, golden: Golden) -> None:
    case.check(golden, dump(*parse(case.given.removesuffix("\n"), AT)))


# --- properties -------------------------------------------------------------------------------------------------


def folded(words: str) -> str:
    """A slice of a value with each line break and the spaces around it as one space."""
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", words.replace("\r\n", " \n").replace("\r", "\n"))


def read(words: str) -> str:
    """A slice of a value as it is meant: backslashes before punctuation and line ends removed, lines folded."""
    words = re.sub(r"[ \t]*\n[ \t]*", "\n", words.replace("\r\n", " \n").replace("\r", "\n"))
    return re.sub(r"\\([!-/:-@\[-`{-~\n])", r"\1", words).replace("\n", " ")


def spans_nest(nodes: tuple[Any, ...], within: Span) -> None:
    """Spans are not empty, follow one another and lie inside their parent's."""
    assert all(within.holds(node.span) and node.span.start < node.span.end for node in nodes)
    assert all(one.span.end <= two.span.start for one, two in pairwise(nodes))
    for node in nodes:
        if isinstance(node, Citation):
            spans_nest(node.keys, node.span)
        elif isinstance(node, Count):
            spans_nest((node.key,), node.span)
        elif isinstance(node, List):
            spans_nest(tuple(block for item in node.items for block in item), node.span)
        elif not isinstance(node, Text | Code):
            spans_nest(getattr(node, "children", ()), node.span)


def leaves(prose: Prose) -> Iterator[Any]:
    return (node for node in inlines(prose) if not isinstance(node, Emphasis | Strong | Link))


@soak(600)
@given(values)
@example("- a  \r\n  b\\\r\n\tc [@a]  \n  [@b]")
def test_every_text_is_what_stands_at_its_span(value: str) -> None:
    prose, _ = parse(value, AT)
    for node in inlines(prose):
        if isinstance(node, Text):
            assert node.text in (read(node.span.of(value)), folded(node.span.of(value)))
        elif isinstance(node, Code):
            assert node.text.strip(" ") == folded(node.span.of(value)).strip("`").strip(" ")
        elif isinstance(node, Citation | Count):
            keys = node.keys if isinstance(node, Citation) else (node.key,)
            assert [key.span.of(value) for key in keys] == [key.id for key in keys]


@soak(600)
@given(values)
def test_spans_nest_and_follow_one_another(value: str) -> None:
    prose, problems = parse(value, AT)
    spans_nest(prose.blocks, Span(0, len(value)))
    places = [problem.at.span for problem in problems]
    assert all(span is not None and 0 <= span.start < span.end <= len(value) for span in places)


@soak(600)
@given(values)
def test_no_word_is_lost(value: str) -> None:
    """What no leaf covers is only space, the marks of what was understood, and a link's address."""
    prose, _ = parse(value, AT)
    links = {position for node in inlines(prose) if isinstance(node, Link) for position in after_words(node)}
    covered = {position for node in leaves(prose) for position in range(node.span.start, node.span.end)}
    rest = "".join(char for position, char in enumerate(value) if position not in covered and position not in links)
    assert re.fullmatch(r"(?:[ \t\r\n]|[-+*_\[]|\d{1,9}[.)])*", rest)


def after_words(link: Link) -> range:
    return range(link.children[-1].span.end, link.span.end)


@soak(300)
@given(st.text(st.characters(categories=("L", "N", "Zs", "Po"), exclude_characters="*\\&#@!\u2028"), min_size=1))
def test_plain_words_come_back_as_they_are(words: str) -> None:
    value = f"x{words}x"
    prose, problems = parse(value, AT)
    assert [node.text for node in inlines(prose) if isinstance(node, Text)] == [value]
    assert problems == ()


@soak(300)
@given(st.text(st.sampled_from("*_`[]()<>&{}~!#@|\\-+=:.^ab1 "), min_size=1))
def test_escaped_words_are_literal(words: str) -> None:
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)
    prose, problems = parse(escaped, AT)
    assert problems == ()
    assert "".join(node.text for node in inlines(prose) if isinstance(node, Text)) == words.strip(" ")


# --- bounds -----------------------------------------------------------------------------------------------------


@pytest.mark.full
@pytest.mark.parametrize(
    "unit",
    [" ", "\t", "-", "=", "@-", "@ ", "[a](  ",
     "*", "_", "[", "![", "]", "`", "- ", "* ", "1. ", "> ", "<", "<!--", "</a>", "&amp", "{{", "~~a", "[a](",
     "[@a ",
     "[[a](b)", "*a ", "a* ", "**a", "_a*b", "\\", "- a\n  ", "1) b\n1. a\n", "a|b\n", "::: a\n", "[x]((a)", "`` ` "],
)  # fmt: skip
def test_hostile_nesting_is_read(unit: str) -> None:
    value = (unit * 20_000)[:20_000]
    prose, _ = parse(value, AT)
    assert plain(prose) is not None


@pytest.mark.parametrize("before", ["[@", "[a](", "[a]:", "<a ", "|", "- ", "1. a\n", "{{", "~~", "[^", "a", "`"])
@pytest.mark.parametrize("unit", [" ", "-", "@-", "a", "a ", "\n", ":", "|", ";", "; @"])
def test_a_long_run_after_an_opening_is_read(before: str, unit: str) -> None:
    value = before + unit * 20_000 + "!]"
    assert parse(value, AT)[0].text == value


def test_emphasis_stays_shallow() -> None:
    prose, problems = parse("*a " * 500 + "b* " * 500, AT)

    def depth(node: Any) -> int:
        return 1 + max((depth(child) for child in getattr(node, "children", ())), default=0)

    assert depth(next(paragraphs(prose))) == MAX_EMPHASIS + 2
    assert [problem.code for problem in problems] == ["unsupported-markup"]


def test_a_very_long_value_is_one_literal_paragraph() -> None:
    value = "a *b* [@c]\n" * 100_000 + " " * 1_000_000
    prose, (problem,) = parse(value, AT)
    assert problem.code == "wrong-value"
    assert len(value) > MAX_LENGTH
    (node,) = inlines(prose)
    assert isinstance(node, Text)
    assert node.text.split() == value.split()


# --- places -----------------------------------------------------------------------------------------------------


def test_line_ends_of_every_kind_keep_their_offsets() -> None:
    value = "one\r\ntwo [@a]\rthree [@b]"
    prose, _ = parse(value, AT)
    assert [key.span.of(value) for node in inlines(prose) if isinstance(node, Citation) for key in node.keys] == [
        "a",
        "b",
    ]
    assert plain(prose) == "one two three"


def test_a_problem_points_into_the_value_of_its_field() -> None:
    _, (problem,) = parse("- fine\n- an <i>inner\n  tag</i>", AT)
    assert problem.at == AT.part(Span(12, 15))


def test_a_tag_is_reported_once_with_its_closing_one() -> None:
    _, problems = parse("<b>x</b>\n\n<b>y</b></i>", AT)
    assert [problem.message[:5] for problem in problems] == ["“<b>”", "“<b>”", "“</i>"]


def test_nothing_gives_an_empty_tree() -> None:
    assert parse("", AT) == (Prose((), "", AT), ())


def test_a_line_of_a_folded_value_is_a_paragraph() -> None:
    words = "One paragraph.\nAnother:\n  - an item\n    that goes on\n  - a second"
    assert [block.span.of(words) for block in parse(words, AT, folded=True)[0].blocks] == [
        "One paragraph.",
        "Another:",
        words[words.index("- an item") :],
    ]
    assert len(parse(words, AT)[0].blocks) == 2


@pytest.mark.parametrize(
    ("written", "paragraphs"),
    [
        (">-\n      One.\n\n      Two.\n", 2),
        (">-\n      One line\n      of two.\n", 1),
        ("One.\n\n      Two.\n", 2),
        ("'One.\n\n      Two.'\n", 2),
        ("|-\n      One line\n      of two.\n", 1),
        ("|-\n      One.\n\n      Two.\n", 2),
    ],
)
def test_a_blank_line_divides_paragraphs_however_yaml_is_written(tmp_path: Path, written: str, paragraphs: int) -> None:
    make(tmp_path, {"source.txt": "A word.\n", "context": [{"target": "word"}]})
    annotations = tmp_path / "docs/b/annotations/all.yml"
    annotations.write_text(f"context:\n  - id: c0\n    target: word\n    title: A title\n    note: {written}", "utf-8")
    briefing = load_briefing(tmp_path / "docs", "b", load_people(tmp_path / "docs").people).briefing
    assert briefing
    (note,) = briefing.context
    assert note.note and len(note.note.blocks) == paragraphs
