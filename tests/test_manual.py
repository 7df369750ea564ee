"""The manual names every problem code, field, command, option and setting, and the README shows what is true."""

from __future__ import annotations

import json
import re
import shlex
import textwrap
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
from markdown.extensions.toc import slugify, unique
from mkdocs.config import load_config

from briefing.cli import GROUPS, main
from briefing.mkdocs.plugin import BriefingConfig
from briefing.model.codes import CODES
from briefing.model.manifest import manifest_schemas
from tests import reference
from tests.conftest import CASES, Golden

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "docs" / "manual"


def read(name: str) -> str:
    return (MANUAL / name).read_text("utf-8")


def test_every_code_has_a_paragraph_and_every_paragraph_a_code() -> None:
    assert re.findall(r"^### (\S+)$", read("problems.md"), re.M) == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_explained_with_an_example(code: str) -> None:
    paragraph = read("problems.md").split(f"### {code}\n")[1].split("\n##")[0]
    assert "```" in paragraph, f"{code} has no example"
    assert len(paragraph.split()) >= 25, f"{code} is hardly explained"


def test_the_examples_of_problems_are_what_the_check_prints() -> None:
    printed = "\n\n".join(path.read_text("utf-8") for path in sorted(CASES.glob("problems/*/*/expected.txt")))
    examples = re.findall(r"^```text\n(.*?)\n```$", read("problems.md"), re.M | re.S)
    assert len(examples) > 30
    assert [example for example in examples if example not in printed] == []


def test_the_page_of_fields_is_what_the_program_reads(golden: Golden) -> None:
    golden.check(MANUAL / "fields.md", reference.page())


def test_every_page_is_in_the_navigation() -> None:
    listed = set(re.findall(r"^ +- manual/(\S+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M))
    assert listed == {path.name for path in MANUAL.glob("*.md")}


LISTS = ("fields.md", "problems.md")
"""Pages in which each field and problem has its place."""
LONGEST = {"five-files.md": 850}
"""How many words a page may have that holds a whole briefing."""


@pytest.mark.parametrize("page", sorted(MANUAL.glob("*.md")), ids=lambda page: page.name)
def test_a_page_begins_with_its_task_and_is_read_in_three_minutes(page: Path) -> None:
    """Words are those of `wc -w`, examples and all."""
    text = page.read_text("utf-8")
    title, first = text.split("\n\n")[:2]
    assert re.fullmatch("# .+", title)
    assert re.match(r"[*“]*\w", first), "a page begins with prose, not with an example or a table"
    assert len(re.split(r"(?<=[.:?!])\s", first)[0].split()) <= 40
    assert page.name in LISTS or len(text.split()) <= LONGEST.get(page.name, 650)


def leaves(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """Every command below a group."""
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        found = command.get_command(context, name)
        assert found
        own = click.Context(found, context, name)
        yield found, own
        yield from leaves(found, own)


def test_the_line_on_use_has_everything_that_a_command_needs() -> None:
    shown = {own.command_path: (found, found.get_usage(own)) for found, own in leaves(main, click.Context(main))}
    for path, (command, usage) in shown.items():
        needed = [one.opts[-1] for one in command.params if isinstance(one, click.Option) and one.required]
        assert [name for name in needed if f"{name} " not in usage] == [], f"{path}: {usage}"
    needing = {path.strip() for path, (_, usage) in shown.items() if " --" in usage}
    assert needing == {"new", "rebase", "correct", "add quote", "add figure", "add context"}


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_the_help_of_every_command_explains_every_option(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command
    for each in (command, *(command.commands.values() if isinstance(command, click.Group) else ())):
        assert each.help, each.name
        options = [option for option in each.params if isinstance(option, click.Option) and not option.hidden]
        assert [option.opts for option in options if len((option.help or "").split()) < 2] == []


def commands_shown() -> Iterator[tuple[str, list[str]]]:
    """Each command of ours in an example of the manual, with the options that are given to it."""
    for page in sorted(MANUAL.glob("*.md")):
        for block in re.findall(r"^ *```console\n(.*?)\n *```", page.read_text("utf-8"), re.M | re.S):
            for line in re.findall(r"^ *\$ (?:\w+=\S+ )*briefing (.+)$", block, re.M):
                words = shlex.split(line, comments=True)
                yield page.name, words


def test_the_commands_of_the_examples_exist_with_their_options() -> None:
    seen = 0
    for page, words in commands_shown():
        command: click.Command | None = main
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            if command is not main and words[0] not in command.commands:
                break
            command = command.get_command(click.Context(command), words.pop(0))
        assert command, (page, words)
        known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
        given = [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]
        assert [option for option in given if option not in known] == [], (page, words)
        seen += 1
    assert seen > 40


def test_the_manual_groups_the_commands_as_the_program_does() -> None:
    rows = re.findall(r"^\| ([^|]+) \| (\[\w+\]\([^|]+) \|$", read("commands.md").split("\n## ")[0], re.M)
    grouped = {title.lower(): re.findall(r"\[(\w+)\]\(", links) for title, links in rows}
    expected = {title.lower(): list(group) for title, group in GROUPS.items()}
    assert grouped == expected


def configurations() -> Iterator[tuple[str, str]]:
    """Each example of a site's configuration, by its page."""
    for page in sorted(MANUAL.glob("*.md")):
        for block in re.findall(r"^( *)```yaml\n(.*?)\n *```$", page.read_text("utf-8"), re.M | re.S):
            if re.search(r"^ *(plugins|nav|site_url|exclude_docs|extra_css):", block[1], re.M):
                yield page.name, textwrap.dedent(block[0] + block[1].lstrip(" "))


@pytest.mark.parametrize(("page", "text"), list(configurations()))
def test_an_example_of_a_configuration_is_one(page: str, text: str, tmp_path: Path) -> None:
    for folder in ("docs", "my-templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "mkdocs.yml").write_text(text if "site_name:" in text else f"site_name: A site\n{text}", "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    assert "briefing" in config.plugins or "plugins:" not in text


def test_the_first_page_of_the_manual_leads_to_all_others() -> None:
    linked = {link.partition("#")[0] for link in re.findall(r"\]\(([^):]+)\)", read("index.md"))}
    assert {page.name for page in MANUAL.glob("*.md")} - linked == {"index.md"}


def test_the_tests_and_modules_that_the_page_of_threats_names_exist() -> None:
    page = read("threats.md")
    tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(tests) > 25
    missing = [f"{path}::{name}" for path, name in tests if f"\ndef {name}(" not in (ROOT / path).read_text("utf-8")]
    assert missing == []
    rows = [line.split(" | ") for line in page.splitlines() if line[:2] == "| "][1:]
    places = [place for row in rows for place in re.findall(r"`([^`]+)`", row[2])]
    assert [one for one in places if not any((ROOT / top / one).exists() for top in ("", "briefing"))] == []
    assert all(re.search(r"`tests/", row[3]) for row in rows)


@pytest.mark.parametrize("setting", [name for name, _ in BriefingConfig._schema])
def test_every_setting_is_in_the_manual(setting: str) -> None:
    assert f"| `{setting}` |" in read("settings.md")


def test_the_readmes_problem_is_what_the_check_prints() -> None:
    shown = (CASES / "problems/orphan/near-miss/expected.txt").read_text("utf-8").split("\n\n")[0]
    assert shown in (ROOT / "README.md").read_text("utf-8")


PAGES = [
    *ROOT.glob("*.md"),
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if "briefings" not in path.parts),
    *(ROOT / "templates" / name for name in ("README.md", "vendored/README.md")),
]
"""Those that a strict build of the site checks too, and those that are in no site."""
_CODE = re.compile(r"^(?P<fence>```+).*?^(?P=fence)`*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """To a file, and a heading in it; outside of the repository to an https address, which nothing asks for."""
    for link in re.findall(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)", _CODE.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            address = urlsplit(link)
            named = re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", address.netloc)
            assert address.scheme == "mailto" or (address.scheme == "https" and named), link
            continue
        path, _, heading = link.partition("#")
        there = page.parent / path if path else page
        assert there.exists(), link
        if heading and there.suffix == ".md":
            assert heading in anchors(there), link


def anchors(page: Path) -> set[str]:
    """The ids of a page's headings, as Python-Markdown makes them, and those that it writes itself."""
    text = re.sub(r"^(```+).*?^\1`*$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = [re.sub(r"\[([^]]*)\]\([^)]*\)|[`*]", r"\1", head) for head in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]
    ids: set[str] = set(re.findall(r"(?:\{ ?#|id=\")([\w-]+)", text))
    for head in heads:
        unique(slugify(head, "-"), ids)  # adds it
    return ids


def test_the_schemas_of_manifests_are_what_the_program_writes(golden: Golden) -> None:
    for name, schema in manifest_schemas().items():
        file = MANUAL / "schemas" / name.replace(".json", ".schema.json")
        golden.check(file, json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
