"""The Jinja environment of the page templates: a user's own folder first, the shipped ones behind it.

Jinja's own idea of safe is HTML, and Markdown reads what that lets through. So its `Markup` counts for nothing here:
whatever a template prints is made safe for Markdown unless it is the `Markup` of `escape`, and what Jinja itself joins
or collects (`~`, `join`, macros, `caller`, blocks, `set`) is made with that (docs/decisions/0043-what-is-markup.md).
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateRuntimeError,
    nodes,
    pass_eval_context,
    runtime,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.debug import rewrite_traceback_stack
from jinja2.runtime import Context

from briefing.render.escape import Markup, in_html, in_lines, markup

_OF_HTML = ("e", "escape", "forceescape", "safe", "striptags", "tojson", "urlize", "xmlattr")
"""Jinja's filters that make HTML of text, or text of HTML: their results would be shown as they are written."""

_INSTEAD = (
    "the filter “{}” is not available in page templates: {{{{ x }}}} prints any text safely, "
    "and {{{{ x|in_html }}}} does within a raw HTML element"
)


def environment(shipped: Path, own: Path | None = None, fault: type[Exception] | None = None) -> Environment:
    """Templates by name; the shipped ones are also `default/<name>`, so that an overriding one can extend them.

    Whatever a template prints is made safe for Markdown unless it is Markup already. What is wrong in a template is
    raised as `fault`, with its file and line, where one is given.
    """
    default = FileSystemLoader(shipped)
    loaders: list[BaseLoader] = [default, PrefixLoader({"default": default})]
    if own:
        loaders.insert(0, FileSystemLoader(own))
    return PageEnvironment(
        fault=fault,
        loader=ChoiceLoader(loaders),
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

    @pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        return Markup(super().__call__(*args, **kwargs))


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


class PageEnvironment(Environment):
    """Jinja with our markup in place of its own."""

    code_generator_class = _Compiler
    context_class = _Context

    def __init__(self, fault: type[Exception] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.fault = fault
        self.filters |= {"join": joined, "in_html": in_html, "in_lines": in_lines}
        self.filters |= {name: _refused(name) for name in _OF_HTML}
        self.tests |= {"escaped": lambda value: isinstance(value, Markup)}

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """What is wrong in a template, whenever it is found."""
        error = rewrite_traceback_stack(source)
        if self.fault is None or not isinstance(error, TemplateError):
            raise error
        places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
        file, line = next((place for place in reversed(places) if not place[0].endswith(".py")), places[-1])
        raise self.fault(f"{file}:{line}: {error.message}") from None
