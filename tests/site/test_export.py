"""The second door: what an export builds without the plugin is what the plugin builds."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from briefing.cli import main
from tests.sites import GOOD, build_site, make_site


def content(site: Path, name: str) -> tuple[str, list[str], list[str]]:
    """What a page shows: its visible text, the ids of its headings, and where its links lead within the site."""
    soup = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
    body = soup.select_one("article.md-content__inner, div[role=main]") or soup
    for theme in body.select(".headerlink, script, .md-source-file, .md-content__button"):
        theme.decompose()
    ids = [str(heading["id"]) for heading in body.select("h1[id], h2[id], h3[id], h4[id]")]
    links = [resolved(name, str(link["href"])) for link in body.select("a[href]")]
    return " ".join(body.get_text(" ").split()), ids, links


def resolved(name: str, href: str) -> str:
    parts = urlsplit(href)
    if parts.scheme:
        return href
    folder = name.rpartition("/")[0]
    target = normpath(join(folder, parts.path)) if parts.path else name
    target = target if target.endswith(".html") else normpath(join(target, "index.html"))
    return f"{target}#{parts.fragment}"


def export(configuration: Path, folder: Path) -> None:
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(folder)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("urls", [True, False])
def test_an_export_shows_the_same_on_every_page(tmp_path: Path, urls: bool) -> None:
    configuration = make_site(tmp_path / "site", use_directory_urls=urls, edit_uri="https://example.org/edit/")
    with_plugin = build_site(configuration)
    export(configuration, tmp_path / "out")
    plain = load_config(str(tmp_path / "out" / "mkdocs.yml"), strict=True)
    assert "briefing" not in plain.plugins
    mkdocs_build(plain)
    without = Path(plain.site_dir)
    names = sorted(path.relative_to(with_plugin).as_posix() for path in with_plugin.rglob("*.html"))
    assert names == sorted(path.relative_to(without).as_posix() for path in without.rglob("*.html"))
    for name in names:
        assert content(with_plugin, name) == content(without, name), name


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
@pytest.mark.parametrize("urls", [True, False])
def test_an_export_shows_the_same_under_other_engines(tmp_path: Path, urls: bool, engine: str) -> None:
    configuration = make_site(tmp_path / "site", use_directory_urls=urls)
    with_plugin = build_site(configuration)
    export(configuration, tmp_path / "out")
    command = [str(Path(sys.executable).parent / engine), "build", "-f", "mkdocs.yml"]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=tmp_path / "out")
    for path in with_plugin.rglob("*.html"):
        name = path.relative_to(with_plugin).as_posix()
        if name != "404.html":
            assert content(tmp_path / "out" / "site", name) == content(with_plugin, name), name


def test_an_export_keeps_a_sites_own_pages_theme_and_files(tmp_path: Path) -> None:
    partials = tmp_path / "site/mine/partials"
    partials.mkdir(parents=True)
    (partials / "copyright.html").write_text("ours", "utf-8")
    theme = {"name": "material", "font": False, "custom_dir": "mine"}
    own = {"own.md": "# Own\n", "images/x.svg": "<svg/>"}
    export(make_site(tmp_path / "site", files=own, theme=theme), tmp_path / "out")
    written = {
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()
    }
    assert {"docs/own.md", "docs/images/x.svg", "overrides/partials/copyright.html", "mkdocs.yml"} <= written
    assert not [name for name in written if name.endswith(("briefing.yml", "source.txt", "people.yml"))]


def test_an_export_keeps_the_options_of_extensions_and_of_the_search(tmp_path: Path) -> None:
    extensions = [{"toc": {"permalink": "#", "toc_depth": 3}}, "tables", {"pymdownx.highlight": {"linenums": True}}]
    plugins = [{"search": {"lang": "en", "separator": "[\\s-]+"}}, {"briefing": {"feeds": False}}, "tags"]
    configuration = make_site(tmp_path / "site", markdown_extensions=extensions, plugins=plugins)
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "not exported: plugins.tags" in result.output
    plain = yaml.safe_load((tmp_path / "out/mkdocs.yml").read_text("utf-8"))
    assert plain["plugins"] == plugins[:1]
    assert plain["markdown_extensions"] == [*extensions, "attr_list", "md_in_html"]
    site = build_site(tmp_path / "out/mkdocs.yml")
    assert (site / "search/search_index.json").exists()
    assert 'class="headerlink"' in (site / "index.html").read_text("utf-8")


def test_an_export_replaces_an_earlier_one_and_nothing_else(tmp_path: Path) -> None:
    configuration = make_site(tmp_path / "site")
    export(configuration, tmp_path / "out")
    export(configuration, tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine", "utf-8")
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "holds files that no export wrote" in result.output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]


def test_a_site_with_errors_is_not_exported(tmp_path: Path) -> None:
    path = "briefings/good/source.txt"
    broken = (GOOD / path).read_text("utf-8").replace("the", "teh")
    configuration = make_site(tmp_path / "site", files={path: broken})
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "orphan" in result.output
    assert not (tmp_path / "out").exists()
