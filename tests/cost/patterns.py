"""All regular expressions of the program, how they are used, and for each the inputs that may be worst for it.

They are found by reflection (patterns that a module keeps) and in the syntax tree (patterns written where they are
used, and the methods by which a kept one is used), so that a new one joins in.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any

import briefing

try:
    from re import _constants as constants
    from re import _parser as parser
except ImportError:  # before Python 3.11
    import sre_constants as constants  # type: ignore[no-redef]
    import sre_parse as parser  # type: ignore[no-redef]

ROOT = Path(briefing.__file__).parent
METHODS = {"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"}
SEARCHING = METHODS - {"match", "fullmatch"}


@dataclass
class Used:
    """A pattern of the program."""

    name: str
    """Where it is kept, or where it is written."""
    pattern: Pattern[str] | Pattern[bytes]
    methods: set[str] = field(default_factory=set)


@cache
def patterns() -> list[Used]:
    """Every pattern, with the methods by which it is used; all methods where that is not known."""
    everywhere: dict[str, set[str]] = {}
    for file in ROOT.rglob("*.py"):
        for name, methods in _methods_by_name(file).items():
            everywhere.setdefault(name, set()).update(methods)
    found: dict[tuple[Any, int], Used] = {}
    for module in _modules():
        own = _methods_by_name(Path(str(module.__file__)))
        for name, value in vars(module).items():
            for inner, pattern in _patterns_in(name, value):
                used = found.setdefault((pattern.pattern, pattern.flags), Used(f"{module.__name__}.{inner}", pattern))
                used.methods |= own.get(name) or everywhere.get(name) or set()
        for at, written, method in _written(Path(str(module.__file__))):
            used = found.setdefault((written.pattern, written.flags), Used(f"{module.__name__}:{at}", written))
            used.methods.add(method)
    for used in found.values():
        used.methods = used.methods or set(METHODS)
    return sorted(found.values(), key=lambda used: used.name)


def _modules() -> Iterator[Any]:
    for one in pkgutil.walk_packages([str(ROOT)], "briefing."):
        if one.name.rpartition(".")[2] != "__main__":
            yield importlib.import_module(one.name)


def _patterns_in(name: str, value: object) -> Iterator[tuple[str, Pattern[Any]]]:
    if isinstance(value, Pattern):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _patterns_in(f"{name}[{key!r}]", inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, inner in enumerate(value):
            yield from _patterns_in(f"{name}[{number}]", inner)
    elif isinstance(value, type) and value.__module__.startswith("briefing."):
        for key, inner in vars(value).items():
            if isinstance(inner, Pattern):
                yield f"{name}.{key}", inner


@cache
def _nodes(file: Path) -> tuple[ast.Attribute | ast.Call, ...]:
    """What a file reads attributes of, and what it calls."""
    every = ast.walk(ast.parse(file.read_text("utf-8")))
    return tuple(node for node in every if isinstance(node, ast.Attribute | ast.Call))


def _methods_by_name(file: Path) -> dict[str, set[str]]:
    """By the last name of what `match`, `search` and the like are called on: these methods."""
    found: dict[str, set[str]] = {}
    for node in _nodes(file):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            on = node.value
            name = on.id if isinstance(on, ast.Name) else on.attr if isinstance(on, ast.Attribute) else ""
            if name and name != "re":
                found.setdefault(name, set()).add(node.attr)
    return found


def _written(file: Path) -> Iterator[tuple[int, Pattern[Any], str]]:
    """Patterns that are written as a constant where they are used: `re.sub("…", …)`."""
    for node in _nodes(file):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        if isinstance(node.args[0], ast.Constant):
            flags = 0
            for flag in ast.walk(ast.Module([ast.Expr(one) for one in node.args[1:]], [])):
                if isinstance(flag, ast.Attribute) and isinstance(getattr(re, flag.attr, None), re.RegexFlag):
                    flags |= getattr(re, flag.attr)
            yield node.lineno, re.compile(node.args[0].value, flags), node.func.attr


# --- the worst input --------------------------------------------------------------------------------------------

PROBES = "aA0 \n-.,;:'\"“”’‘(<>[]{}@#&%/\\|*_=+!?é中…–\u0301\u00a0\u2028\x00"
"""Characters of which one or another is in most classes, and one or another is not."""


def attacks(pattern: Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Beginning, what is repeated, and end, of inputs that make a matcher try many ways: for each repetition in the
    pattern what leads to it, what it repeats, and something that fits nothing that may follow."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    for lead, pump in _repeated(list(tree), ""):
        for end in ("", "\x00"):
            yield lead, pump, end
            if lead:  # many beginnings, each of which looks for its end
                yield "", lead + pump, end


def _repeated(nodes: list[Any], lead: str) -> Iterator[tuple[str, str]]:
    for op, given in nodes:
        if op in (constants.MAX_REPEAT, constants.MIN_REPEAT, getattr(constants, "POSSESSIVE_REPEAT", None)):
            least, most, inner = given
            sample = _sample(list(inner))
            if most is constants.MAXREPEAT and sample:
                yield lead, sample
                for other in _others(list(inner)):
                    yield lead, other
            yield from _repeated(list(inner), lead)
            lead += sample * least
        elif op is constants.SUBPATTERN:
            yield from _repeated(list(given[-1]), lead)
            lead += _sample(list(given[-1]))
        elif op is constants.BRANCH:
            for branch in given[1]:
                yield from _repeated(list(branch), lead)
            lead += _sample(list(given[1][0]))
        elif op in (constants.ASSERT, constants.ASSERT_NOT):
            yield from _repeated(list(given[1]), lead)
        elif op is getattr(constants, "ATOMIC_GROUP", None):
            yield from _repeated(list(given), lead)
            lead += _sample(list(given))
        else:
            lead += _sample([(op, given)])


def _others(inner: list[Any]) -> Iterator[str]:
    """What else a class of characters or a branch may repeat."""
    if len(inner) == 1 and inner[0][0] is constants.SUBPATTERN:
        yield from _others(list(inner[0][1][-1]))
    elif len(inner) == 1 and inner[0][0] is constants.BRANCH:
        samples = [_sample(list(branch)) for branch in inner[0][1][1]]
        yield from filter(None, [*samples[1:4], "".join(samples[:4])])
    elif len(inner) == 1 and inner[0][0] in (constants.IN, constants.ANY, constants.NOT_LITERAL):
        fitting = [c for c in PROBES if _fits(inner[0], c)]
        yield from fitting[1:4]


def _sample(nodes: list[Any]) -> str:
    made = ""
    for op, given in nodes:
        if op is constants.LITERAL:
            made += chr(given)
        elif op in (constants.IN, constants.ANY, constants.NOT_LITERAL):
            made += next((c for c in PROBES if _fits((op, given), c)), _first(given))
        elif op in (constants.MAX_REPEAT, constants.MIN_REPEAT, getattr(constants, "POSSESSIVE_REPEAT", None)):
            made += _sample(list(given[2])) * max(given[0], 1 if given[1] is constants.MAXREPEAT else given[0])
        elif op is constants.SUBPATTERN:
            made += _sample(list(given[-1]))
        elif op is constants.BRANCH:
            made += _sample(list(given[1][0]))
        elif op is getattr(constants, "ATOMIC_GROUP", None):
            made += _sample(list(given))
    return made


def _fits(node: Any, character: str) -> bool:
    op, given = node
    if op is constants.ANY:
        return character != "\n"
    if op is constants.NOT_LITERAL:
        return ord(character) != given
    negated = bool(given) and given[0][0] is constants.NEGATE
    return negated != any(_in_class(item, character) for item in given)


def _in_class(item: Any, character: str) -> bool:
    op, given = item
    if op is constants.LITERAL:
        return ord(character) == given
    if op is constants.RANGE:
        return bool(given[0] <= ord(character) <= given[1])
    if op is constants.CATEGORY:
        kind = str(given).rpartition("_")[2]
        positive = {"DIGIT": str.isdecimal, "SPACE": str.isspace, "WORD": lambda c: c.isalnum() or c == "_"}[kind]
        return ("NOT" in str(given)) != positive(character)
    return False


def _first(given: Any) -> str:
    for op, value in given if isinstance(given, list) else ():
        if op is constants.LITERAL:
            return chr(value)
        if op is constants.RANGE:
            return chr(value[0])
    return ""
