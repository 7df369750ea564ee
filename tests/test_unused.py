"""Nothing is there that nothing uses: in the program, its pages, styles and scripts, the catalogues, the tests."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from vulture import Vulture

from tests.revision.recipes import EDITS

ROOT = Path(__file__).parent.parent
LAYOUTS = [
    path
    for folder in ("templates", "overrides")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".jinja", ".html", ".md", ".js", ".css", ".xml") and path.parent.name != "vendored"
]
CALLED = {
    "a module that is imported late": {"__getattr__"},
    "click": {"list_commands", "get_command", "format_commands", "get_usage_pieces", "param"},
    "decimal": {"prec"},
    "http.server and socketserver": {
        "daemon_threads",
        "request_queue_size",
        "address_family",
        "server_bind",
        "server_name",
        "handle_error",
        "protocol_version",
        "server_version",
        "sys_version",
        "do_GET",
        "do_HEAD",
        "do_POST",
        "close_connection",
        "log_request",
        "log_message",
    },
    "Jinja": {"_invoke", "code_generator_class", "handle_exception", "load_bytecode", "dump_bytecode"},
    "MkDocs and its plugins": {
        "is_documentation_page",
        "_current_page",
        "add_entry_from_context",
        "on_files",
        "on_serve",
        "on_nav",
        "on_env",
        "on_template_context",
        "template_name",
        "on_page_markdown",
        "on_post_build",
        "on_build_error",
        "abs_src_path",
        "build_delay",
        "_timeout",
    },
    "msgspec, which writes it": {"packages"},
    "Python": {"__class__", "__init_subclass__"},
    "the test of the manual": {"manifest_schemas"},
    "watchdog": {"on_any_event"},
    "zipfile": {"compress_type", "create_system"},
}
"""Who uses a name of the program that the program itself does not use."""
STATUSES = ("draft.", "review.")
"""What begins keys of which both parts are filled in: `{status}.{what}`."""
OF_MATERIAL = re.compile(r"md-[\w-]+")
"""Classes that Material's pages have."""


@cache
def program() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in sorted((ROOT / "briefing").rglob("*.py"))}


@cache
def layouts() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in LAYOUTS}


@cache
def said() -> str:
    """All that could use a name: layouts, scripts and the program, and no style, which names classes itself."""
    return "\n".join([*(text for path, text in layouts().items() if path.suffix != ".css"), *program().values()])


def words_in_strings(text: str) -> Iterator[str]:
    """The words that a module has in strings which are no docstrings: names by which something is looked up."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"\w+", node.value)


def unused(*folders: str, registered: str) -> Iterator[tuple[str, str]]:
    """The names that are defined in these folders and not used in them, each with its place; `registered` is the
    decorators that hand a function on."""
    found = Vulture(ignore_decorators=[registered])
    found.scavenge([str(ROOT / folder) for folder in folders], exclude=["*/tests/cases/*"])
    for one in found.get_unused_code(min_confidence=60):
        if one.filename.name.startswith("test_") and one.confidence == 100:  # an argument, for what its fixture does
            continue
        yield one.name, f"{Path(one.filename).relative_to(ROOT)}:{one.first_lineno} {one.name}"


@pytest.mark.full
def test_the_program_uses_all_that_it_has() -> None:
    by_name = {word for text in program().values() for word in words_in_strings(text)}
    by_name |= {word for text in layouts().values() for word in re.findall(r"\w+", text)}
    found = list(unused("briefing", registered="@*.command"))
    outside = set().union(*CALLED.values())
    assert [place for name, place in found if name not in by_name | outside] == []
    assert outside - {name for name, _ in found} == set(), "these are used now, or gone: take them out of CALLED"


@pytest.mark.full
def test_the_tests_use_all_that_they_have() -> None:
    hooks = re.compile(r"test_\w+|pytest\w+|edit_\w+|do_[A-Z]+|handle_\w+|log_message|requester|status_code|get_bucket")
    outside = set().union(*CALLED.values()) | {"block_on_close", "dont_write_bytecode", "component", "serial_number"}
    outside |= {name.replace("-", "_") for name in EDITS}
    found = unused("briefing", "tests", registered="@*")
    places = [place for name, place in found if not hooks.fullmatch(name) and name not in outside]
    assert [place for place in places if place.startswith("tests/")] == []


def test_a_message_is_shown_somewhere() -> None:
    """Its key is written somewhere in whole, or in two parts of which the other is filled in there."""
    pieces = set(re.findall(r"(?<=[\"'`}])[\w.]+(?=[\"'`{]|\$\{)", said()))
    words = set(re.findall(r"\w+(?:-\w+)*", said())) | set(re.findall(r"\w+", said()))
    for key in json.loads((ROOT / "briefing/locale/en.json").read_text("utf-8")):
        dots = [found.start() for found in re.finditer(r"\.", key)]
        parts = {
            key,
            re.sub(r"\.(?:both|reported)$", "", key),
            *(key[: at + 1] for at in dots),
            *(key[at:] for at in dots),
        }
        assert parts & pieces or key.startswith(STATUSES), f"nothing says “{key}”"
        assert key.rpartition(".")[2] in words, f"nothing says “{key}”"


def test_a_class_of_a_stylesheet_is_in_a_page() -> None:
    """It is written somewhere in whole, or as far as a hyphen, after which something is filled in."""
    words = set(re.findall(r"[\w-]+", said()))
    begun = tuple(set(re.findall(r"[A-Za-z][\w-]*-(?=\$?\{|[\"'] ~)", said())))
    for path, text in layouts().items():
        plain = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", text, flags=re.DOTALL) if path.suffix == ".css" else ""
        for name in set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", plain)):
            used = name in words or name.startswith(begun) or OF_MATERIAL.fullmatch(name)
            assert used, f"{path.relative_to(ROOT)}: no page has the class {name}"


def test_macros_blocks_and_functions_of_scripts_are_used() -> None:
    texts = layouts()
    script = "\n".join(text for path, text in texts.items() if path.suffix == ".js")
    layout = "\n".join(text for path, text in texts.items() if path.suffix != ".css")
    used = {".js": Counter(re.findall(r"\w+", script)), ".jinja": Counter(re.findall(r"\w+", layout))}
    defined = {
        ".js": r"(?:function\*? |(?:const|let) |^  (?:(?:async|static|get) )*#?)(\w+)(?= =|\()",
        ".jinja": r"\{%-? macro (\w+)",
    }
    assert [
        f"{path.relative_to(ROOT)}: {name}"
        for path, text in texts.items()
        for name in re.findall(defined.get(path.suffix, r"(?!)"), text, re.MULTILINE)
        if used[path.suffix][name] < 2 and name != "constructor"
    ] == []
