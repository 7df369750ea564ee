"""The Jinja environment of the page templates: a user's own folder first, the shipped ones behind it.

Jinja's own idea of safe is HTML, and Markdown reads what that lets through. So its `Markup` counts for nothing here:
whatever a template prints is made safe for Markdown unless it is the `Markup` of `escape`, and what Jinja itself joins
or collects (`~`, `join`, macros, `caller`, blocks, `set`) is made with that (docs/decisions/0043-what-is-markup.md).

Renamed: what page templates get under a new name since the last release.

The old names work for one release, and the check names them; `environment` looks here for what a template asks for in
vain.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateRuntimeError,
    nodes,
    pass_eval_context,
    runtime,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.debug import rewrite_traceback_stack
from jinja2.runtime import Context, Undefined
from jinja2.utils import missing

from briefing.render.escape import Markup, in_html, in_lines, markup, unbroken
from briefing.render.messages import Messages

# --- renamed ---------------------------------------------------------------------------------------------------------


RENAMED: Mapping[str, tuple[str, ...]] = {
    "rungs": ("match_levels",),
    "holds": ("contents",),
    "shelves": ("page_links", "publishers"),
    "sayers": ("speaker_names",),
    "jumps": ("year_links",),
    "related_by": ("reported_by",),
    "passed": ("passed_on",),
}
"""By the old name of a variable or of an attribute of one: the new ones, of which a page has one."""

INSTEAD: Mapping[str, str] = {
    "speaker_pages": "write `speaker.everything`: each of `speakers` has a link of its own",
    "card.words": "write `card.parts`: a passage for each part that the source interrupts",
    "entry.words": "write `entry.parts`: a passage for each part that the source interrupts",
    "line.words": "write `line.parts`: a passage for each part that the source interrupts",
}
"""What else there was in the last release, as it is written in templates, and what to write instead."""


def former_variable(name: str, get: Callable[[str], Any]) -> object:
    """Return the value of a variable that templates of the last release had; None where it is not known.

    `get` gives the value of another one.
    """
    if name == "speaker_pages":
        return {speaker.id: speaker.everything for speaker in get("speakers")}
    return None


def former_attribute(value: object, name: str) -> object:
    """Return an attribute that a view had in the last release; None where it is not known."""
    parts = getattr(value, "parts", None) if name == "words" else None
    return None if parts is None else Markup("</p><p>").join(parts)


# --- environment -----------------------------------------------------------------------------------------------------


_OF_HTML = ("e", "escape", "forceescape", "safe", "striptags", "tojson", "urlize", "xmlattr")
"""Jinja's filters that make HTML of text, or text of HTML: their results would be shown as they are written."""

_INSTEAD = (
    "the filter “{}” is not available in page templates: {{{{ x }}}} prints any text safely, "
    "and {{{{ x|in_html }}}} does within a raw HTML element"
)


class PageTemplateError(Exception):
    """A page template cannot be used; the message has its file and line."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Page templates as text: the same in any process, and equal where nothing has changed."""

    files: tuple[tuple[str, str, str], ...]
    """Name, text, and where it is, of each."""
    own: frozenset[str] = frozenset()
    """Where those are that a user has written."""

    def environment(self) -> Environment:
        """Return Jinja with these templates, made once in a process."""
        return _environment(self)


def read_templates(shipped: Path, own: Path | None = None) -> Templates:
    """Read the templates of a user's own folder, and the shipped ones behind them.

    The shipped ones are also `default/<name>`, so that an overriding one can extend them.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for folder, prefix in ((own, ""), (shipped, ""), (shipped, "default/")):
        for file in sorted(folder.rglob("*")) if folder else ():
            name = prefix + file.relative_to(folder or "").as_posix()
            if name not in found and file.is_file():
                found[name] = (name, file.read_text("utf-8", "replace"), str(file))
    own_files = frozenset(file for _, _, file in found.values() if own and Path(file).is_relative_to(own))
    return Templates(tuple(found.values()), own_files)


def environment(shipped: Path, own: Path | None = None) -> Environment:
    """Return the templates of folders, see `read_templates`.

    Whatever a template prints is made safe for Markdown unless it is Markup already. What is wrong in one is raised as
    PageTemplateError.
    """
    return read_templates(shipped, own).environment()


@lru_cache(maxsize=2)
def _environment(templates: Templates) -> Environment:
    known = {name: (text, file, lambda: True) for name, text, file in templates.files}
    return PageEnvironment(
        templates.own,
        loader=FunctionLoader(known.get),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@pass_eval_context
def _finalize(_: nodes.EvalContext, value: object) -> Markup:
    """What is printed. That it asks for a context keeps Jinja from printing constants without it."""
    return markup(value)


def joined(parts: Iterable[object], between: object = "", attribute: str | int | None = None) -> str:
    """The filter `join`: plain text of plain texts; markup as soon as one of them is, with the others made safe.

    >>> joined(["<b>", Markup("*x*")], ", ")
    '&#60;b&#62;, *x*'
    """
    found = [_attribute(part, attribute) for part in parts]
    if any(isinstance(part, Markup) for part in (between, *found)):
        return markup(between).join(map(markup, found))
    return str(between).join(map(str, found))


def _attribute(part: Any, name: str | int | None) -> object:
    return part if name is None else part[name] if isinstance(name, int) else getattr(part, name)


def _refused(name: str) -> Callable[..., NoReturn]:
    """A filter that templates cannot have."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise TemplateRuntimeError(_INSTEAD.format(name))

    return refuse


def _added(parts: Iterable[object]) -> str:
    """The operator `~`."""
    return joined(parts)


class _Macro(runtime.Macro):
    """A macro or `caller`: what it gives was made safe piece by piece."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        return Markup(self._func(*arguments))


class _Block(runtime.BlockReference):
    """A block, as `super()` and `self.name()` give it."""

    @property
    def super(self) -> _Block | runtime.Undefined:
        """The block that this one replaces."""
        if isinstance(found := super().super, runtime.BlockReference):
            return _Block(self.name, self._context, self._stack, self._depth + 1)
        return found

    def __call__(self) -> str:
        return Markup(super().__call__())


class _Self(runtime.TemplateReference):
    """The `self` of a template."""

    def __getitem__(self, name: str) -> _Block:
        block: runtime.BlockReference = super().__getitem__(name)
        return _Block(block.name, block._context, block._stack, block._depth)


class _Context(Context):
    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What a call in a template gives. Before each, Jinja looks in four places for what a function asks for; macros
        and messages, which are most, ask for nothing."""
        if not isinstance(called, _Macro | Messages):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return called(*args, **kwargs)

    def resolve_or_missing(self, key: str) -> Any:
        """The value of a variable, also by the name that it had in the last release."""
        found = super().resolve_or_missing(key)
        names = iter(RENAMED.get(key, ()))
        while found is missing and (name := next(names, None)):
            found = super().resolve_or_missing(name)
        if found is missing and (former := former_variable(key, self.resolve)) is not None:
            return former
        return found

    def super(self, name: str, current: Any) -> _Block | runtime.Undefined:
        """The block that the current one replaces."""
        if isinstance(found := super().super(name, current), runtime.BlockReference):
            return _Block(found.name, found._context, found._stack, found._depth)
        return found


class _Compiler(CodeGenerator):
    """Templates use our markup wherever Jinja would use its own."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """A whole template; its functions look these names up when they run, so that the later import counts."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import _added as markup_join, _Macro as Macro, _Self as TemplateReference")
        self.writeline(f"from {__name__} import Markup, markup as escape")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        super()._output_child_pre(node, frame, self._needed(frame, finalize))

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        super()._output_child_post(node, frame, self._needed(frame, finalize))

    def _needed(self, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> CodeGenerator._FinalizeInfo:
        """Where `escape` is certain to be called, `finalize` has nothing left to do."""
        certain = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        return finalize._replace(src=None) if certain else finalize


class PageEnvironment(Environment):
    """Jinja with our markup in place of its own."""

    code_generator_class = _Compiler
    context_class = _Context

    def __init__(self, own: frozenset[str] = frozenset(), **options: Any) -> None:
        super().__init__(**options)
        self.own = own
        self.filters |= {"join": joined, "in_html": in_html, "in_lines": in_lines, "unbroken": unbroken}
        self.filters |= {name: _refused(name) for name in _OF_HTML}
        self.tests |= {"escaped": lambda value: isinstance(value, Markup)}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The attribute of a value, also by the name that it had in the last release."""
        try:
            return getattr(obj, attribute)
        except AttributeError:
            found = super().getattr(obj, attribute)
        if isinstance(found, Undefined) and attribute in RENAMED:
            name = next((name for name in RENAMED[attribute] if hasattr(obj, name)), attribute)
            return super().getattr(obj, name)
        if isinstance(found, Undefined) and (former := former_attribute(obj, attribute)) is not None:
            return former
        return found

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Raise PageTemplateError for what is wrong in a template, whenever it is found, with its file and line.

        What Python finds wrong is a fault of a template that a user has written, where one took part.
        """
        error = rewrite_traceback_stack(source)
        places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
        if isinstance(error, TemplateError):
            file, line = next((place for place in reversed(places) if not place[0].endswith(".py")), places[-1])
            raise PageTemplateError(f"{file}:{line}: {error.message}") from None
        own = [place for place in places if place[0] in self.own]
        if not own:
            raise error
        raise PageTemplateError(f"{own[-1][0]}:{own[-1][1]}: {error}") from None
