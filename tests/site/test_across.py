"""Pages across briefings on real sites: there where they have something to show, right in both URL modes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort, PluginError

from tests.conftest import CASES
from tests.library.world import TEXT, WORDS, spoken_by, write_world
from tests.sites import GOOD, build_site, make_site, rendered_site, search_index
from tests.sizes import sample

QUOTED: dict[str, Any] = {"target": WORDS, "tags": ["Sea ports"]}
SHARE = {"target": "5 percent", "value": 5, "unit": "% of the budget", "measure": "share", "speaker": "council"}
MEASURES = {"share": {"label": "Share of the budget", "unit": "% of the budget"}}
SURVEY = {"id": "r1", "title": "A survey", "url": "https://example.org/survey", "publisher": "The Survey Office"}


def case(year: int, **more: Any) -> dict[str, Any]:
    about = {
        "date": f"{year}-06-01",
        "tags": ["Sea ports"],
        "source": {"published": f"{year}-05-01", "publisher": "The Daily Harbour"},
        "people": {"ada": f"Mayor in {year}", "council": "Council of the town"},
    }
    return {
        "briefing": about,
        "quotes": [QUOTED],
        "figures": [SHARE | {"period": str(year)}],
        "references": [SURVEY],
        **more,
    }


def world(folder: Path, **more: dict[str, Any]) -> Path:
    years = {f"briefings/y{year}": case(year) for year in (2021, 2022, 2023, 2024)}
    return write_world(folder / "docs", {**years, **more}, measures=MEASURES)


def page(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_text("utf-8"), "html.parser")


def words(soup: BeautifulSoup, selector: str = "article") -> str:
    return " ".join(" ".join(part.get_text(" ") for part in soup.select(selector)).split())


@pytest.fixture(scope="module", params=[True, False], ids=["directories", "files"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bool]:
    folder = tmp_path_factory.mktemp("across")
    world(folder)
    return build_site(make_site(folder, docs=None, use_directory_urls=request.param)), request.param


def at(site: tuple[Path, bool], name: str) -> BeautifulSoup:
    """A page by its address without an ending, in either URL mode."""
    folder, directories = site
    index = name.endswith("/") or not name
    return page(folder, f"{name}index.html" if index else f"{name}/index.html" if directories else f"{name}.html")


def test_a_persons_page_has_all_their_words_with_day_place_and_role(site: tuple[Path, bool]) -> None:
    soup = at(site, "people/ada")
    assert [quote.get_text().strip() for quote in soup.select("blockquote")] == [WORDS] * 4
    first = soup.select(".bf-from")[0]
    assert words(first, ".bf-place") == "1 May 2024 · The Daily Harbour"
    assert words(first, ".bf-then").endswith("Mayor in 2024")
    assert soup.select_one('a[href="https://www.example.org/ada"]')
    assert "4 quotations in 4 briefings" in words(soup)


def test_the_words_of_a_figure_stand_once(real_site: Path) -> None:
    """A value in words is its passage; only a value that is read from a longer one stands above it."""
    page = BeautifulSoup((real_site / "people/rutte/index.html").read_text("utf-8"), "html.parser")
    figures = page.select(".bf-entry.bf-figure")
    assert [entry.select_one("blockquote").get_text(strip=True) for entry in figures if entry.select_one("blockquote")]
    for entry in figures:
        words = [part.get_text(" ", strip=True) for part in entry.select(".bf-value, blockquote")]
        assert len(words) == len(set(words))


def test_every_link_between_the_pages_leads_somewhere(site: tuple[Path, bool]) -> None:
    """The strict build has checked them; here is that they are there."""
    for name, expected in {
        "": ("people/", "topics/", "timeline/", "measures/", "references/"),
        "people/": ("ada", "council"),
        "people/ada": ("y2024/quotes", "y2024/text"),
        "topics/sea-ports": ("briefings/y2021/quotes",),
        "measures/share": ("briefings/y2021/figures", "people/council"),
        "timeline/": ("briefings/y2023/",),
        "references/": ("briefings/y2023/method",),
        "briefings/y2022/quotes": ("people/ada", "topics/sea-ports", "y2021/quotes"),
        "briefings/y2022/figures": ("people/council", "measures/share"),
        "briefings/y2022/": ("topics/sea-ports",),
    }.items():
        links = [str(link["href"]) for link in at(site, name).select("article a[href]")]
        for part in expected:
            assert any(part in href for href in links), f"{name} has no link to {part}"


def test_values_of_a_measure_are_a_table_and_a_chart(site: tuple[Path, bool]) -> None:
    soup = at(site, "measures/share")
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in soup.select(".bf-trend tbody tr")]
    assert [row[:4] for row in rows] == [[str(year), "5 percent", "The Council", "Claim"] for year in range(2021, 2025)]
    assert soup.select_one(".bf-chart-line svg")


def test_the_same_words_are_named_on_the_card(site: tuple[Path, bool]) -> None:
    (line,) = [
        part.get_text()
        for part in at(site, "briefings/y2022/quotes").select(".bf-cited")
        if "elsewhere" in part.get_text()
    ]
    assert "About briefings/y2024" in line and "y2022" not in line


def test_pages_have_a_description_and_only_first_sheets_are_searched(site: tuple[Path, bool]) -> None:
    head = at(site, "people/ada").head
    assert head
    about = head.select_one('meta[name="description"]')
    assert (
        about and about["content"] == "What Ada Lang said, as sources quote or report it: 4 quotations in 4 briefings."
    )
    assert head.select_one('link[href$="library.css"]')
    assert not at(site, "briefings/y2022/quotes").select_one('link[href$="library.css"]')
    found = [entry for entry in search_index(site[0]) if WORDS in entry["text"]]
    assert not [entry["location"] for entry in found if not entry["location"].startswith("briefings/")]
    assert any(entry["title"] == "Person · Ada Lang" for entry in search_index(site[0]))


def test_the_setting_switches_each_part_off_and_then_nothing_leads_there(tmp_path: Path) -> None:
    world(tmp_path)
    plugins = ["search", {"briefing": {"library": ["topics"]}}]
    site = build_site(make_site(tmp_path, docs=None, plugins=plugins))
    assert (site / "topics/sea-ports/index.html").is_file()
    assert not [name for name in ("people", "timeline", "measures", "references") if (site / name).exists()]
    assert "people/" not in (site / "briefings/y2022/quotes/index.html").read_text("utf-8")
    assert "elsewhere" not in (site / "briefings/y2022/quotes/index.html").read_text("utf-8")
    off = build_site(make_site(tmp_path, docs=None, plugins=["search", {"briefing": {"library": []}}]))
    assert not (off / "topics").exists()
    assert not page(off, "index.html").select(".bf-indexes")


def test_what_is_empty_has_no_page(tmp_path: Path) -> None:
    write_world(tmp_path / "docs", {"briefings/a": {"context": [{"target": "the harbour"}]}})
    site = build_site(make_site(tmp_path, docs=None))
    assert not [name for name in ("people", "topics", "measures", "timeline") if (site / name).exists()]


def test_nothing_of_a_draft_is_in_a_build_and_a_preview_marks_it(tmp_path: Path) -> None:
    secret = {"id": "hidden", "target": "Secretwords are mine alone", "speaker": "ben"}
    draft = case(2030)
    draft["briefing"] |= {"status": "draft", "title": "Secretbriefing", "tags": ["Secrettopic"]}
    partly = case(2025, quotes=[QUOTED, secret | {"status": "review", "tags": ["Secrettopic"]}])
    partly["briefing"]["people"] |= {"ben": "Secretrole"}
    partly["source.txt"] = TEXT + "“Secretwords are mine alone,” someone named Ruiz said.\n"
    world(tmp_path, **{"briefings/draft": draft, "briefings/partly": partly})
    site = build_site(make_site(tmp_path, docs=None))
    for path in site.rglob("*"):
        if path.is_file() and not path.name.endswith(".gz"):
            text = path.read_bytes().decode("utf-8", "replace")
            assert not [word for word in ("ecretbriefing", "ecrettopic", "ecretrole", "Ben Ruiz") if word in text], path
    preview = build_site(make_site(tmp_path, docs=None), command="serve")
    assert "In review" in words(page(preview, "people/ben/index.html"))
    assert "Draft: not published" in words(page(preview, "people/ada/index.html"))


def test_one_broken_briefing_leaves_the_pages_across_in_a_preview(tmp_path: Path) -> None:
    world(tmp_path, **{"briefings/broken": case(2029, quotes=[{"target": "words that are not there"}])})
    site = build_site(make_site(tmp_path, docs=None), command="serve")
    assert len(page(site, "people/ada/index.html").select("blockquote")) == 4


@pytest.mark.parametrize("own", ["people/index.md", "people/README.md", "people/ada.md", "timeline.md"])
def test_the_authors_own_page_stays_and_the_build_says_so(
    tmp_path: Path, own: str, caplog: pytest.LogCaptureFixture
) -> None:
    world(tmp_path)
    configuration = make_site(tmp_path, docs=None, files={own: "# Mine\n"})
    with pytest.raises((PluginError, Abort)):
        build_site(configuration)
    assert "page-collision" in caplog.text and own in caplog.text
    preview = build_site(configuration, command="serve")
    assert any(
        "Mine" in words(page(preview, path))
        for path in ("people/index.html", "people/ada/index.html", "timeline/index.html")
    )
    part = own.partition("/")[0].removesuffix(".md")
    others = [name for name in ("people", "topics", "timeline") if name != part]
    built = build_site(
        make_site(tmp_path, docs=None, files={own: "# Mine\n"}, plugins=["search", {"briefing": {"library": others}}])
    )
    assert built.is_dir()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_pages_speak_the_language_of_the_site(tmp_path: Path, language: str) -> None:
    theme = {"name": "material", "font": False, "language": language}
    site = build_site(make_site(tmp_path, docs=CASES / "languages" / "docs", theme=theme))
    soup = page(site, "people/index.html")
    title = soup.select_one("h1")
    assert title and title.contents[0] == {"de": "Personen", "ar": "الأشخاص"}[language]
    frame = soup.select_one(".bf-page")
    assert frame and (frame["lang"], frame["dir"]) == (language, {"de": "ltr", "ar": "rtl"}[language])


def test_namesakes_are_told_apart_by_what_they_were(tmp_path: Path) -> None:
    def jones(id: str, role: str) -> dict[str, Any]:
        about = {"source.txt": spoken_by("Anna Jones"), "briefing": {"people": {id: role}}}
        return {**about, "quotes": [QUOTED | {"speaker": id}]}

    write_world(tmp_path / "docs", {"a": jones("jones-ely", "Mayor of Ely"), "b": jones("jones-bath", "Poet")})
    site = build_site(make_site(tmp_path, docs=None))
    ely = page(site, "people/jones-ely/index.html")
    assert "Anna Jones (Mayor of Ely)" in words(ely, "h1")
    assert "Not to be confused with Anna Jones (Poet)" in words(ely)
    assert ely.title and "Mayor of Ely" in ely.title.get_text()


def test_a_navigation_that_makes_itself_names_the_indexes_alone_and_no_folder(tmp_path: Path) -> None:
    world(tmp_path)
    theme = {"name": "material", "language": "de", "font": False}
    home = page(build_site(make_site(tmp_path, docs=None, theme=theme)), "index.html")
    links = {str(link["href"]) for link in home.select(".md-nav--primary a[href]")}
    sections = [label.get_text(strip=True) for label in home.select(".md-nav--primary label.md-nav__link")]
    assert {"people/", "topics/", "briefings/y2022/"} <= links
    assert not {"Briefings", "People", "Topics", "Y2022"} & set(sections)
    assert "Dossiers" in sections
    order = [str(link["href"]) for link in home.select(".md-nav--primary a[href]")]
    indexes = [link for link in order if link in ("people/", "topics/", "timeline/", "references/", "data/")]
    assert indexes == [link for link in ("people/", "topics/", "timeline/", "references/", "data/") if link in indexes]
    assert order.index("briefings/y2022/") < order.index("people/") and order[-1] == "data/"
    assert not [link for link in links if "ada" in link or "sea-ports" in link or "quotes" in link]


@pytest.mark.soak
def test_thousands_of_quotations_of_one_person_are_pages_that_open(tmp_path: Path) -> None:
    """Rendered, not built by MkDocs: what is asked is how long each page is, and that all are there."""
    briefings = sample(20)
    lines = [f"“Number {n} is what I say of the harbour,” Ada Lang said.\n" for n in range(500)]
    quotes = [{"target": f"Number {n} is what I say of the harbour"} for n in range(500)]
    one = {"source.txt": "".join(lines), "quotes": quotes}
    docs = write_world(tmp_path / "docs", {f"briefings/b{n:02}": one for n in range(briefings)})
    made = rendered_site(docs, parts=["people"]).pages
    sheets = [one for one in made if one.path.startswith("people/ada")]
    assert len(sheets) == briefings * 500 / 200
    assert sum(one.markdown.count("<blockquote") for one in sheets) == briefings * 500
    assert max(len(one.markdown) for one in sheets) < 150_000
    last = next(one for one in sheets if one.path == f"people/ada/{len(sheets)}.md")
    assert "(../../people/ada.md" in last.markdown and f"(../../people/ada/{len(sheets) - 1}.md" in last.markdown


def test_the_list_of_many_briefings_is_folded_by_year(tmp_path: Path) -> None:
    plain = {f"briefings/b{n:02}": {"briefing": {"date": f"20{n + 10}-01-01"}} for n in range(32)}
    write_world(tmp_path / "docs", plain)
    site = build_site(make_site(tmp_path, docs=None))
    home = page(site, "index.html")
    assert len(home.select(".bf-item")) == 10
    folded = [
        (part.summary.get_text(), len(part.select("li"))) for part in home.select("details.bf-earlier") if part.summary
    ]
    assert folded[0] == ("2031: 1 briefing", 1) and len(folded) == 22
    assert not [link for link in home.select(".md-nav--primary a[href]") if "briefings/b" in str(link["href"])]


def test_hostile_names_tags_and_titles_are_shown_as_they_are(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:1) {{ y }} *z* `q` | \\"
    one = {
        "source.txt": f"“{WORDS},” she said. It costs 5 percent of the budget, {hostile} wrote, for 1 of us.\n",
        "briefing": {"title": hostile, "tags": [hostile], "people": {"ada": hostile}, "source": {"published": "2020"}},
        "quotes": [QUOTED | {"tags": [hostile]}],
        "figures": [
            SHARE
            | {
                "label": hostile,
                "speaker": "ada",
                "allow": [{"code": "cited-number", "reason": "No number of anything."}],
            }
        ],
    }
    measures = {"share": {"label": hostile, "unit": "% of the budget"}}
    write_world(tmp_path / "docs", {"briefings/a": one}, people={"ada": hostile, "ben": "Ben"}, measures=measures)
    site = build_site(make_site(tmp_path, docs=None))
    for name in ("people/ada/index.html", "people/index.html", "topics/index.html", "measures/share/index.html"):
        soup = page(site, name)
        assert hostile in words(soup), name
        assert not soup.select("article script:not([src])") and not soup.select('a[href^="javascript"]')


def test_the_good_briefing_alone_has_its_people(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path, docs=GOOD, edit_uri="https://example.org/edit/"))
    index = page(site, "people/index.html")
    assert len(index.select(".bf-register > li")) == 4
