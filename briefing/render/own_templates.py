"""What page templates of a user's own ask for and no longer get, told before a reader sees that it is missing.

Known is what the views have, with all that can be reached from them, and what the shipped templates themselves ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from functools import lru_cache
from inspect import getmembers
from pathlib import Path
from typing import Any, get_args, get_type_hints

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from briefing.model.places import Place, Problem, TextFile, in_file
from briefing.render.briefing_view import BriefingView, PageView
from briefing.render.environment import INSTEAD, RENAMED, PageEnvironment, Templates
from briefing.render.escape import Markup

_SHIPPED = "default/"
_OF_LOOPS = ("index", "index0", "first", "last", "length", "previtem", "nextitem", "revindex", "changed", "cycle")


def template_problems(templates: Templates, name_of: Callable[[str], str]) -> Iterator[tuple[Problem, TextFile]]:
    """Yield a problem for each thing that a template of the user's own asks for in vain, with the template's text.

    `name_of` gives the name by which messages call a file.
    """
    environment = templates.environment()
    for name, text, path in templates.files:
        if path in templates.own:
            file = TextFile(name_of(path), text)
            try:
                tree = environment.parse(text)
            except TemplateSyntaxError:
                continue  # the build stops there, with the place
            yield from ((problem, file) for problem in _problems(tree, file, name, environment, templates))


def _problems(
    tree: nodes.Template, file: TextFile, name: str, environment: Environment, templates: Templates
) -> Iterator[Problem]:
    variables, attributes = _known(*_shipped(templates))
    for variable in sorted(meta.find_undeclared_variables(tree) - variables - environment.globals.keys()):
        yield _asked_in_vain(file, variable, variables)
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"} | {
        name for name, _ in _imports(tree)
    }
    asked = dict.fromkeys(node.attr for node in tree.find_all(nodes.Getattr) if not _is_module(node, tree))
    for attribute in asked:
        if attribute not in attributes and attribute not in own:
            yield _asked_in_vain(file, attribute, attributes)
    dotted = (
        f"{node.node.name}.{node.attr}" for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name)
    )
    for attribute in dict.fromkeys(one for one in dotted if one in INSTEAD):
        yield _asked_in_vain(file, attribute, attributes)
    yield from _macros(tree, file, environment, templates)
    yield from _blocks(tree, file, environment, templates)


def _asked_in_vain(file: TextFile, name: str, known: frozenset[str]) -> Problem:
    new = RENAMED.get(name)
    instead = f"write `{'` or `'.join(new)}` instead" if new else INSTEAD.get(name)
    if instead:
        hint = f"{instead}; the old name works until the next release"
        return Problem("template-outdated", f"“{name}” has a new name", _place(file, name), hint)
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    hint = f"did you mean `{near[0]}`?" if near else "templates/README.md lists what there is"
    return Problem("template-outdated", f"page templates are not given “{name}”", _place(file, name), hint)


def _place(file: TextFile, word: str) -> Place:
    """Return where a template first has a word in what it computes, outside of texts in quotation marks."""
    for statement in _STATEMENT.finditer(file.text):
        plain = _STRING.sub(lambda text: " " * len(text[0]), statement[0])
        if found := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain):
            return in_file(file.name, *(statement.start() + at for at in found.span()))
    return Place(file.name)


_STATEMENT = re.compile(r"\{(?:\{.*?\}|%.*?%)\}", re.S)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")


# --- macros and blocks of shipped templates -----------------------------------------------------------------------


def _imports(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """Yield the names that stand for another template as a whole, each with that template's."""
    for node in tree.find_all(nodes.Import):
        if isinstance(node.template, nodes.Const):
            yield node.target, str(node.template.value)


def _is_module(node: nodes.Getattr, tree: nodes.Template) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name in dict(_imports(tree))


def _macros(tree: nodes.Template, file: TextFile, environment: Environment, templates: Templates) -> Iterator[Problem]:
    modules = dict(_imports(tree))
    asked = [
        (modules[node.node.name], node.attr)
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name in modules
    ]
    for node in tree.find_all(nodes.FromImport):
        names = [name if isinstance(name, str) else name[0] for name in node.names]
        asked += [(str(node.template.value), name) for name in names if isinstance(node.template, nodes.Const)]
    for template, macro in dict.fromkeys(asked):
        there = _names_in(template, nodes.Macro, environment, templates)
        if there is not None and macro not in there:
            near = get_close_matches(macro, there, n=1, cutoff=0.6)
            hint = f"did you mean `{near[0]}`?" if near else f"it has {', '.join(f'`{one}`' for one in sorted(there))}"
            yield Problem("template-outdated", f"“{template}” has no macro “{macro}”", _place(file, macro), hint)


def _blocks(tree: nodes.Template, file: TextFile, environment: Environment, templates: Templates) -> Iterator[Problem]:
    parent = next(tree.find_all(nodes.Extends), None)
    if parent is None or not isinstance(parent.template, nodes.Const):
        return
    there = _names_in(str(parent.template.value), nodes.Block, environment, templates)
    for block in tree.find_all(nodes.Block):
        if there is not None and block.name not in there:
            message = f"“{parent.template.value}” has no block “{block.name}”, so what is in it is shown nowhere"
            hint = "include the shipped template and write before or after it, or copy it and change the copy"
            yield Problem("template-outdated", message, _place(file, block.name), hint)


def _names_in(
    name: str, kind: type[nodes.Macro] | type[nodes.Block], environment: Environment, templates: Templates
) -> set[str] | None:
    """Return the names of a template's macros or blocks; None where there is no such template, or it cannot be read."""
    text = next((text for known, text, _ in templates.files if known == name), None)
    if text is None:
        return None
    try:
        found: Iterable[nodes.Macro | nodes.Block] = environment.parse(text).find_all(kind)
        return {node.name for node in found}
    except TemplateSyntaxError:
        return None


# --- what there is ------------------------------------------------------------------------------------------------


def _shipped(templates: Templates) -> Iterator[str]:
    """Yield the texts of the shipped page templates."""
    return (text for name, text, _ in templates.files if name.startswith(_SHIPPED) and Path(name).suffix == ".jinja")


@lru_cache(maxsize=1)
def _known(*shipped: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the variables that some page template is given, and the attributes that something in them has.

    Whatever a user's own templates are: a preview asks for this at each edit.
    """
    environment = PageEnvironment()
    variables = {field.name for view in (BriefingView, PageView) for field in fields(view)}
    attributes = {*_OF_LOOPS, *(name for kind in (str, list, dict, tuple, Markup) for name in dir(kind))}
    for tree in map(environment.parse, shipped):
        variables |= meta.find_undeclared_variables(tree)
        attributes |= {node.attr for node in tree.find_all(nodes.Getattr)}
    attributes |= set().union(*(_attributes(kind) for kind in _reached(BriefingView, PageView)))
    return frozenset(variables), frozenset(attributes)


def _attributes(kind: type) -> set[str]:
    named = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
    return named | {name for name, _ in getmembers(kind) if not name.startswith("_")}


def _reached(*kinds: type) -> set[type]:
    """Return the classes of this package that can be reached through the fields and properties of some."""
    found: set[type] = set()
    waiting: list[Any] = list(kinds)
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and kind.__module__.startswith("briefing.") and kind not in found:
            found.add(kind)
            waiting += get_type_hints(kind).values()
            getters = (one.fget for _, one in getmembers(kind) if isinstance(one, property) and one.fget)
            waiting += (get_type_hints(getter).get("return") for getter in getters)
    return found
