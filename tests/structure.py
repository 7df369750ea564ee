"""What makes a program hard to enter, counted: `python -m tests.structure` prints the totals and fails on each excess.

Complexity is McCabe's (IEEE Transactions on Software Engineering SE-2, 1976) with every decision counted: branches,
loops, handlers, conditional expressions, each further operand of `and` and `or`, each comprehension and its conditions.
A function within a function counts for itself, and not for the one around it.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "briefing"
MOST = 15
"""The complexity that a function may have."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
_ONE = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert, ast.match_case)


def complexity(function: Function) -> int:
    """Return how many ways lead through a function, plus one for each condition within an expression."""
    return 1 + sum(_decisions(node) for node in _own_nodes(function))


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Function | ast.ClassDef):
            yield node
            waiting += ast.iter_child_nodes(node)


def _decisions(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return int(isinstance(node, _ONE))


def code_lines(text: str) -> int:
    """Return the lines that hold code: without blank lines, comments and docstrings."""
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _NO_CODE:
            held |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            held -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(held)


_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}


def modules() -> dict[str, str]:
    """Return the text of each module by its path below the package."""
    return {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def too_complex(texts: dict[str, str]) -> list[str]:
    """Return a line for each function above the limit, the worst first."""
    found = (
        (complexity(node), f"{path}:{node.lineno} {node.name}")
        for path, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, Function)
    )
    return [f"{place}: {count}" for count, place in sorted(found, reverse=True) if count > MOST]


def doubled_classes(texts: dict[str, str]) -> list[str]:
    """Return a line for each public class whose name another one has too."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, text in texts.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path)
    return [f"{name}: {', '.join(paths)}" for name, paths in sorted(places.items()) if len(paths) > 1]


def main() -> int:
    """Print the totals and what is above the limits; return 1 where anything is."""
    texts = modules()
    complex_, doubled = too_complex(texts), doubled_classes(texts)
    lines = sum(code_lines(text) for text in texts.values())
    print(f"{len(texts)} modules, {lines:,} lines of code, {len(complex_)} functions above {MOST} ways, ", end="")
    print(f"{len(doubled)} public class names used twice")
    for line in (*complex_, *doubled):
        print(f"  {line}")
    return int(bool(doubled or complex_))


if __name__ == "__main__":
    sys.exit(main())
