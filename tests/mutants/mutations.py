"""Mutants: small changes of a function that its tests should notice, each known by where it is and what it changes.

Within functions only: a comparison, a sign, `and` and `or`, True and False are swapped, a condition is turned round, a
number is one more or one less, nothing is returned, a statement is taken out. Words are not changed: most are messages,
which are compared as a whole; nor are names, whose absence any test would notice.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Function = ast.FunctionDef | ast.AsyncFunctionDef
Change = Callable[[ast.AST], ast.AST]

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True)
class Mutant:
    """One change: which of its module, the line there, and a name that stays the same when lines move."""

    path: str
    number: int
    line: int
    kind: str
    name: str


def mutants(path: str, text: str) -> list[Mutant]:
    """Return the mutants of a module, whose numbers are their places in the list."""
    found, lines, named = list[Mutant](), text.splitlines(), Counter[str]()
    for within, node, kind, change in _changes(ast.parse(text)):
        line = node.lineno
        shown = f"{ast.unparse(node)} → {ast.unparse(change(copy.deepcopy(node)))}"
        name = f"{path} {within}: {lines[line - 1].strip()} | {' '.join(shown.split())}"
        named[name] += 1
        name += f" #{named[name]}" * (named[name] > 1)
        found.append(Mutant(path, len(found), line, kind, name))
    return found


def mutated(text: str, number: int) -> ast.Module:
    """Return a module's tree with one change."""
    tree = ast.parse(text)
    _, node, _, change = next(one for at, one in enumerate(_changes(tree)) if at == number)
    new = ast.copy_location(change(copy.deepcopy(node)), node)
    return ast.fix_missing_locations(_Replacing(node, new).visit(tree))


class _Replacing(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _changes(tree: ast.Module) -> Iterator[tuple[str, ast.AST, str, Change]]:
    """Yield the changes: the function, a node in it, the kind, and what makes the new node of a copy of the old one."""
    for within, function in _functions(tree, ""):
        for node in _nodes(function):
            for old, kind, change in _of(node):
                yield within, old, kind, change


def _functions(tree: ast.AST, outer: str) -> Iterator[tuple[str, Function]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield outer + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{outer}{node.name}.")


def _nodes(function: Function) -> Iterator[ast.AST]:
    """Yield what may be changed, in its order: no annotations, nothing in messages, no `strict=True`, which changes
    nothing where it holds."""
    waiting: list[ast.AST] = [*reversed(function.body)]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.JoinedStr | ast.Assert) and getattr(node, "arg", "") != "strict":
            yield node
            unsaid = (getattr(node, "annotation", None), getattr(node, "returns", None))
            waiting += reversed([one for one in ast.iter_child_nodes(node) if one not in unsaid])


def _of(node: ast.AST) -> Iterator[tuple[ast.AST, str, Change]]:
    """Yield the changes that fit a node: what is replaced, the kind, and what makes the new one."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield node, "comparison", _swapped
    elif isinstance(node, ast.BoolOp):
        yield node, "and, or", _swapped
    elif isinstance(node, ast.BinOp) and type(node.op) in _SWAPPED:
        yield node, "sign", _swapped
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield node, "True, False", lambda one: ast.Constant(not one.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield node, "one more", lambda one: ast.Constant(one.value + 1)
        yield node, "one less", lambda one: ast.Constant(one.value - 1)
    elif isinstance(node, ast.Return) and not isinstance(node.value, ast.Constant | None):
        yield node, "return", lambda one: ast.Return(ast.Constant(None))
    elif _can_go(node):
        yield node, "statement", lambda one: ast.Pass()
    for condition in _conditions(node):
        if not isinstance(condition, ast.Compare | ast.Constant):  # the one is swapped, the other is no condition
            yield condition, "condition", _turned


def _can_go(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)
    return isinstance(node, ast.AugAssign | ast.Continue | ast.Break)


def _conditions(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        return [node.test]
    return node.ifs if isinstance(node, ast.comprehension) else []


def _turned(node: ast.AST) -> ast.AST:
    turned = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return node.operand if turned else ast.UnaryOp(ast.Not(), node)


def _swapped(node: ast.AST) -> ast.AST:
    if isinstance(node, ast.Compare):
        node.ops = [_SWAPPED[type(node.ops[0])]()]
    else:
        node.op = _SWAPPED[type(node.op)]()
    return node
