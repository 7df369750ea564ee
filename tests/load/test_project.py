"""What the configuration of a site says, read without MkDocs and as MkDocs reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from briefing.load.project import docs_folder, exclusions, patterns, project_docs, setting

SITE = "site_name: A\ntheme: {name: mkdocs}\n"

CASES = {
    "plain": {"mkdocs.yml": SITE + "docs_dir: content\nexclude_docs: '*.yml'\n"},
    "inherited": {
        "mkdocs.yml": "INHERIT: ../base.yml\nsite_name: A\n",
        "../base.yml": "theme: {name: mkdocs}\ndocs_dir: content\nexclude_docs: '*.yml'\n",
    },
    "of two ancestors": {
        "mkdocs.yml": "INHERIT: middle.yml\nexclude_docs: '*.txt'\n",
        "middle.yml": "INHERIT: base.yml\ndocs_dir: content\n",
        "base.yml": SITE + "docs_dir: other\nexclude_docs: '*.yml'\n",
    },
    "from the environment": {
        "mkdocs.yml": SITE + "docs_dir: !ENV [BRIEFING_NOT_SET, content]\nexclude_docs: !ENV BRIEFING_TEST_LINES\n",
    },
    "with tags that nothing here constructs": {
        "mkdocs.yml": SITE + "hooks: []\nextra: {x: !!python/name:os.getcwd ''}\ndocs_dir: content\n",
    },
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_read_is_what_mkdocs_reads(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_TEST_LINES", "*.yml\n!a.yml")
    site = written(tmp_path, CASES[name])
    config = load_config(str(site / "mkdocs.yml"))
    assert project_docs(site) == Path(config.docs_dir)
    read = patterns(Path(config.docs_dir), "exclude_docs")
    (found,) = exclusions(Path(config.docs_dir))
    assert found.at.file == "../mkdocs.yml"
    for file in ("a.yml", "b.yml", "c.txt", "d/b.yml"):
        assert read.match_file(file) == excluded(config, file), file


def excluded(config: MkDocsConfig, file: str) -> bool:
    return config.exclude_docs is not None and config.exclude_docs.match_file(file)


def written(folder: Path, files: dict[str, str]) -> Path:
    site = folder / "site"
    for name, text in {"content/x.md": "", "other/x.md": "", **files}.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return site


@pytest.mark.parametrize(
    ("own", "review"),
    [
        ("plugins: {briefing: {feeds: false}}", "true"),  # mappings are added to
        ("plugins: [search, briefing]", ""),  # a list takes the place of what is inherited
        ("plugins: {briefing: {require_review: false}}", "false"),
    ],
)
def test_settings_of_the_plugin_are_inherited(tmp_path: Path, own: str, review: str) -> None:
    base = SITE + "docs_dir: content\nplugins: {briefing: {require_review: true}}\n"
    site = written(tmp_path, {"mkdocs.yml": f"INHERIT: base.yml\n{own}\n", "base.yml": base})
    assert setting(site / "content", "require_review") == review


def test_a_site_of_properdocs_is_found(tmp_path: Path) -> None:
    site = written(tmp_path, {"properdocs.yml": "docs_dir: content\n", "content/b/briefing.yml": ""})
    assert docs_folder(site / "content/b") == site / "content"


@pytest.mark.parametrize("text", ["INHERIT: mkdocs.yml\n", "INHERIT: gone.yml\n", "a: [", "- a\n", "? [a]\n: b\n", ""])
def test_what_cannot_be_followed_is_passed_over(tmp_path: Path, text: str) -> None:
    site = written(tmp_path, {"mkdocs.yml": text, "docs/x.md": ""})
    assert project_docs(site) == site / "docs"
    (found,) = exclusions(site / "docs")
    assert found.lines == ""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[project]\nexclude_docs = 'x'\n", ["x"]),
        ("[project]\ndocs_dir = 'docs'\n", [""]),
        ("[project]\ndocs_dir = 'other'\n", []),
        ("[project", []),
        ("", []),
    ],
)
def test_a_configuration_of_zensical_is_looked_at(tmp_path: Path, text: str, lines: list[str]) -> None:
    site = written(tmp_path, {"zensical.toml": text, "docs/x.md": ""})
    assert [found.lines for found in exclusions(site / "docs")] == lines
