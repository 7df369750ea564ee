"""Our pages have the theme's stylesheets without what they cannot show, and nothing that they show is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from mkdocs.structure.files import Files, get_files

from briefing.mkdocs.theme_styles import FILE, used_styles
from tests.sites import build_site, make_site

ADMONITION = ".md-typeset .admonition"


def classes(sheet: str) -> set[str]:
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", sheet)))


def theirs(site: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(site.glob("assets/stylesheets/*.min.css")))


def linked(page: Path) -> list[str]:
    soup = BeautifulSoup(page.read_text("utf-8"), "lxml")
    return [Path(str(link["href"])).name.split(".")[0] for link in soup.select("link[rel=stylesheet]")]


def sheet_of(configuration: Path, templates: Path | None = None) -> str | None:
    config = load_config(str(configuration))
    files: Files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    return used_styles(config, files, templates)


def test_no_class_of_a_page_that_the_theme_styles_is_missing(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path))
    kept, whole = (site / FILE).read_text("utf-8"), theirs(site)
    assert len(kept) < 0.8 * len(whole)
    pages = [path for path in site.rglob("*.html") if "theme" in linked(path)]
    assert len(pages) > 8
    found: set[str] = set()
    for path in pages:
        for element in BeautifulSoup(path.read_text("utf-8"), "lxml").select("[class]"):
            found.update(element["class"])
    assert found & classes(whole) <= classes(kept)
    for kind in ("@keyframes ", "@font-face", "@page"):
        assert kept.count(kind) == whole.count(kind)
    assert kept.count("{") == kept.count("}")


def test_only_our_pages_have_it_and_ordinary_ones_the_whole(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path, files={"page.md": "# A page\n\nWords.\n"}))
    ours, other = site / "briefings/good/quotes/index.html", site / "page/index.html"
    assert linked(ours)[0] == "theme"
    assert not {"main", "palette"} & set(linked(ours))
    assert linked(other)[0] == "main"
    assert "theme" not in linked(other)


def test_colours_are_those_that_the_site_has_chosen(tmp_path: Path) -> None:
    theme = {"name": "material", "palette": {"scheme": "slate", "primary": "deep purple", "accent": "lime"}}
    kept = sheet_of(make_site(tmp_path, theme=theme))
    assert kept is not None
    found = set(re.findall(r"\[data-md-color-(primary|accent)=([\w-]+)\]", kept))
    assert found == {("primary", "deep-purple"), ("accent", "lime")}
    assert "[data-md-color-scheme=slate]" in kept


def test_what_templates_scripts_and_styles_of_the_site_name_stays(tmp_path: Path) -> None:
    plain = sheet_of(make_site(tmp_path / "plain"))
    assert plain is not None
    assert ADMONITION not in plain
    own = tmp_path / "templates"
    own.mkdir()
    (own / "foot.md.jinja").write_text('<div class="admonition note">A note.</div>\n', "utf-8")
    configuration = make_site(tmp_path / "own", templates=str(own))
    assert ADMONITION in str(sheet_of(configuration, own))
    scripted = make_site(tmp_path / "js", files={"own.js": 'x.className = "admonition"'}, extra_javascript=["own.js"])
    assert ADMONITION in str(sheet_of(scripted))


@pytest.mark.parametrize(
    "settings",
    [
        {"theme": {"name": "mkdocs"}},
        {"theme": {"name": "material", "features": ["navigation.instant"]}},
        {"extra_javascript": ["https://elsewhere.example/a.js"]},
        {"hooks": ["hook.py"]},
    ],
    ids=["theme", "instant", "script", "hook"],
)
def test_in_doubt_pages_have_the_whole(tmp_path: Path, settings: dict[str, object]) -> None:
    configuration = make_site(tmp_path, **settings)
    (configuration.parent / "hook.py").write_text("", "utf-8")
    assert sheet_of(configuration) is None


def test_a_site_can_have_the_whole_everywhere(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path, plugins=["search", {"briefing": {"theme_styles": "all"}}]))
    assert not (site / FILE).exists()
    assert linked(site / "briefings/good/quotes/index.html")[0] == "main"


def test_a_stylesheet_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    config = load_config(str(make_site(tmp_path)))
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    (main,) = (file for file in files if re.fullmatch(r"assets/stylesheets/main\..*\.min\.css", file.src_uri))
    main.content_string = ".a{color:red"
    assert used_styles(config, files, None) is None
    main.content_string = '@media print{.md-header{content:"}"}.admonition{top:0}}.unheard-of,.md-header{left:0}'
    kept = used_styles(config, files, None)
    assert kept is not None
    assert kept.startswith('@media print{.md-header{content:"}"}}.md-header{left:0}')
