"""A briefing as one HTML file: whole, in order, loading nothing, and leading nowhere that is not there."""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree, html

from briefing import resources
from briefing.cli import main
from briefing.model import Briefing
from briefing.model.publication import NOWHERE, Publication
from briefing.pipeline.briefing_build import PageSettings
from briefing.pipeline.checking import check_library
from briefing.render.environment import read_templates
from briefing.render.statements import parts_of
from tests.copies.made import DOCS, SITE, copied, copies_of
from tests.everywhere import write_everywhere
from tests.generate import write_library
from tests.hostile import write_hostile
from tests.sites import GOOD, make_site

ORDER = ("index", "text", "quotes", "figures", "context", "comments", "method")
ACTIVE = "script|iframe|object|embed|form|button|input|img|audio|video|source|base|dialog"


def page_of(content: bytes) -> etree._Element:
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))


def text_of(element: etree._Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def bare(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


@pytest.fixture(params=DOCS)
def made(request: pytest.FixtureRequest) -> list[tuple[Briefing, etree._Element]]:
    return [(briefing, page_of(files["html"])) for briefing, files in copies_of(request.param)]


def test_a_copy_has_everything_of_the_pages_in_their_order(made: list[tuple[Briefing, etree._Element]]) -> None:
    for briefing, page in made:
        names = [part.get("id") for part in page.iter("section") if part.get("class", "").startswith("part")]
        assert [name.partition("-")[0] for name in names] == [name for name in ORDER if name in names]
        assert {"index", "text", "method"} <= set(names)
        shown = bare(text_of(page.find("body")))
        for annotation in (*briefing.quotations, *briefing.figures):
            if annotation.id in briefing.anchors:
                assert all(bare(part) in shown for part in parts_of(briefing, annotation))
        for note in briefing.context:
            assert bare(note.title) in shown
        for work in briefing.references:
            assert bare(work.title) in shown
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert all(f"{name}-title" in ids for name in names)


def test_a_copy_loads_nothing_runs_nothing_and_leads_to_what_is_there(
    made: list[tuple[Briefing, etree._Element]],
) -> None:
    for _, page in made:
        assert page.xpath("|".join(f"//{name}" for name in ACTIVE.split("|"))) == []
        assert page.xpath("//@src | //@srcset | //@action | //@style | //@*[starts-with(name(), 'on')]") == []
        assert [link.get("rel") for link in page.iter("link")] == ["canonical"]
        (style,) = page.iter("style")
        assert "@import" not in style.text
        assert "url(" not in style.text
        (policy,) = page.xpath("//meta[@http-equiv]/@content")
        assert f"'sha256-{b64encode(sha256(style.text.encode()).digest()).decode()}'" in policy
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        ids = set(page.xpath("//@id"))
        for address in page.xpath("//a/@href"):
            assert address[1:] in ids if address.startswith("#") else re.match("https?://", address), address
        for name in ("aria-labelledby", "aria-describedby"):
            assert all(set(each.split()) <= ids for each in page.xpath(f"//@{name}"))


def test_the_title_page_says_what_it_is_and_how_it_is_checked() -> None:
    ((briefing, files),) = copies_of("good")
    page = page_of(files["html"])
    head = text_of(page.find("body").find("header"))
    assert briefing.title in head
    assert "21 November 2025" in head
    assert briefing.source.rights in head
    assert SITE.name in head
    assert "https://news.example/b/site-manifest.json" in head
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://news.example/b/briefings/good/"]
    assert page.xpath("string(//title)") == briefing.title
    assert page.xpath("//h1") == page.xpath("//header/h1")
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_lead_to_the_site_where_its_address_is_known() -> None:
    ((_, files),) = copied(GOOD)
    there = {each for each in page_of(files["html"]).xpath("//a/@href") if each.startswith(SITE.url)}
    assert {f"{SITE.url}people/thornbury/", f"{SITE.url}briefings/good/figures.csv"} <= there
    assert any(each.startswith(f"{SITE.url}briefings/good/cite.html#") for each in there)
    ((_, named),) = copied(GOOD, site=Publication("N", SITE.url, directory_urls=False))
    assert f"{SITE.url}people/thornbury.html" in page_of(named["html"]).xpath("//a/@href")
    ((_, files),) = copied(GOOD, site=NOWHERE)
    page = page_of(files["html"])
    assert [each for each in page.xpath("//a/@href") if "figures.csv" in each or "people" in each] == []
    assert "Thornbury" in text_of(page)


def test_directions_and_languages_are_those_of_the_briefing() -> None:
    arabic, german = (page_of(files["html"]) for _, files in copies_of("languages"))
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert (german.get("lang"), german.get("dir")) == ("de-DE", "ltr")
    assert "المحتويات" in text_of(arabic)
    assert "Vollständige Kopie eines Dossiers" in text_of(german)


def test_hostile_texts_are_text(tmp_path: Path) -> None:
    write_hostile(tmp_path / "long")
    write_everywhere(tmp_path / "attacks")
    made = [*copied(tmp_path / "long"), *copied(tmp_path / "attacks")]
    assert len(made) >= 8
    for briefing, files in made:
        page = page_of(files["html"])
        assert page.xpath("|".join(f"//{name}" for name in ACTIVE.split("|"))) == [], briefing.path
        assert page.xpath("//@style | //@*[starts-with(name(), 'on')]") == []
        assert len(page.xpath("//style")) == 1
        ids = set(page.xpath("//@id"))
        for address in page.xpath("//a/@href"):
            assert address[1:] in ids if address.startswith("#") else re.match("(?:https?|mailto):", address), address


def test_pages_of_a_long_text_and_of_many_comments_are_parts(tmp_path: Path) -> None:
    write_library(tmp_path, 1, 20, 900)
    ((briefing, files),) = copied(tmp_path)
    page = page_of(files["html"])
    names = [part.get("id") for part in page.xpath("//section[starts-with(@class, 'part')]")]
    assert names[:3] == ["index", "text", "text-2"]
    paragraphs = [id.rpartition(".p")[2] for id in page.xpath("//p/@id") if ".p" in id and id.startswith("text")]
    assert paragraphs == [str(number) for number in range(1, len(paragraphs) + 1)]
    assert len(paragraphs) == sum(bool(line.of(briefing.source.text).strip()) for line in briefing.source.lines)


def test_a_template_of_ones_own_may_have_any_markdown(tmp_path: Path) -> None:
    own = (resources.templates() / "pages/context.md.jinja").read_text("utf-8")
    (tmp_path / "context.md.jinja").write_text(
        own + "\n1. One\n    - *nested*\n\n[Words](quotes.md#nowhere)\n", "utf-8"
    )
    settings = PageSettings(read_templates(resources.templates() / "pages", tmp_path), copies=("html",))
    (build,) = check_library(GOOD, settings=settings).briefings
    (content,) = (one.content for one in build.attachments if one.path.endswith("copy.html"))
    part = page_of(content).get_element_by_id("context")
    assert part.xpath(".//li//em/text()") == ["nested"]
    assert part.xpath(".//*[contains(@class, 'bf-card')]")
    assert "nowhere" not in html.tostring(part, encoding="unicode")


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "elsewhere")
    assert copied(tmp_path / "elsewhere")[0][1] == copied(GOOD)[0][1]


# --- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path, site_url=SITE.url, site_name=SITE.name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["export", *arguments])
    return result.exit_code, result.output


def test_the_command_writes_what_a_build_publishes(project: Path) -> None:
    code, output = export("--format", "html", "good.html", "-b", "good")
    assert code == 0, output
    assert output.startswith("good.html: briefings/good, ")
    ((_, files),) = copied(GOOD, site=Publication(SITE.name, SITE.url, SITE.name))
    assert (project / "good.html").read_bytes() == files["html"]
    assert export("--format", "html", "good.html")[0] == 0  # its own file may be replaced


def test_the_command_refuses_what_readers_do_not_see_and_files_of_others(project: Path) -> None:
    (project / "mine.html").write_text("<p>Mine.</p>", "utf-8")
    code, output = export("--format", "html", "mine.html")
    assert (code, "is no such copy; choose another name" in output) == (2, True)
    assert (project / "mine.html").read_text("utf-8") == "<p>Mine.</p>"
    code, output = export("--format", "html", "docs")
    assert (code, "is a folder; name the file to write" in output) == (2, True)
    about = project / "docs/briefings/good/briefing.yml"
    text = about.read_text("utf-8")
    about.write_text(text.replace("status: published", "status: draft"), "utf-8")
    code, output = export("--format", "html", "new.html")
    assert (code, "is not published (draft)" in output) == (1, True)
    about.write_text(text.replace("title:", "titel:", 1), "utf-8")
    code, output = export("--format", "html", "new.html")
    assert (code, "unknown-field" in output) == (1, True)
    assert not (project / "new.html").exists()
    assert export("new", "-b", "good")[0] == 2


OWN_COLOURS = {"--bf-glow", "--bf-link", "--bf-focus"}


def test_a_copy_has_the_colours_of_the_site() -> None:
    """Its sheet stands alone, so it says them again; its glow is opaque, since readers of books know no alpha."""

    def colours(rules: str) -> dict[str, str]:
        return {name: colour for name, colour in re.findall(r"(--bf-[\w-]+): (#\w+)", rules) if name not in OWN_COLOURS}

    sheets = resources.templates()
    day, _, night = (sheets / "assets" / "briefing.css").read_text("utf-8").partition('[data-md-color-scheme="slate"]')
    assert colours(day) == colours((sheets / "copies" / "copy.css").read_text("utf-8"))
    assert colours(night.partition("}")[0]) == colours((sheets / "copies" / "html.css").read_text("utf-8"))
