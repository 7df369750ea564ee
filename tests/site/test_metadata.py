"""What the head of a page tells reference managers, search engines and other sites."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from pyld import jsonld
from schema_org import registry

from briefing.render.assets import assets
from tests.generate import write_briefing
from tests.sites import GOOD, build_site, make_site
from tests.verify.test_verify import make_corrections

ADDRESS = "https://example.org/news/"
SETTINGS = {"site_url": ADDRESS, "site_name": 'The "Gazette" & Co'}
BRIEFING = "briefings/good/"
PAGES = ("", "text/", "quotes/", "figures/", "context/", "comments/", "method/")


def head(site: Path, page: str) -> Tag:
    found = BeautifulSoup((site / page / "index.html").read_text("utf-8"), "lxml").head
    assert found
    return found


def meta(head: Tag, name: str) -> list[str]:
    """What the page says under a name, in its order."""
    found = head.find_all("meta", attrs={"property" if ":" in name and "twitter" not in name else "name": name})
    return [str(tag["content"]) for tag in found]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(make_site(tmp_path_factory.mktemp("metadata"), **SETTINGS))


def test_a_reference_manager_reads_the_overview(site: Path) -> None:
    overview = head(site, BRIEFING)
    about = (GOOD / "briefings/good/briefing.yml").read_text("utf-8")
    date = re.search(r"^date: (\S+)", about, re.M)
    assert date
    assert len(meta(overview, "citation_title")) == 1
    assert (
        meta(overview, "citation_title")[0]
        in BeautifulSoup((site / BRIEFING / "index.html").read_text("utf-8"), "lxml").h1.get_text()
    )  # type: ignore[union-attr]
    assert meta(overview, "citation_author")
    assert meta(overview, "citation_publication_date") == [date[1].replace("-", "/")]
    assert meta(overview, "citation_language")[0].startswith("en")
    assert meta(overview, "citation_publisher") == [SETTINGS["site_name"]]
    assert meta(overview, "citation_public_url") == [ADDRESS + BRIEFING]
    assert len(meta(overview, "citation_abstract")[0]) > 40


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_how_the_briefing_is_cited(page: str, site: Path) -> None:
    """The tags that Zotero and Google Scholar read: a page is cited as the briefing that it is part of."""
    found, overview = head(site, BRIEFING + page), head(site, BRIEFING)
    for name in ("title", "author", "publication_date", "language", "publisher", "public_url"):
        assert meta(found, f"citation_{name}") == meta(overview, f"citation_{name}") != [], name
    cite_as = [str(link["href"]) for link in found.select("link[rel=cite-as]")]
    assert cite_as == ([ADDRESS + BRIEFING] if page else [])


def test_the_overview_leads_to_the_files_of_its_citations(site: Path) -> None:
    links = head(site, BRIEFING).select("link[rel=describedby]")
    assert [str(link["href"]) for link in links] == ["citations.json", "citations.bib", "citations.ris"]
    assert all((site / BRIEFING / str(link["href"])).is_file() for link in links)


SCHEMA = "https://schema.org/"


def articles(site: Path, address: str, directory_urls: bool = True) -> set[str]:
    """What the pages of the briefing call the article that they are parts of, as somebody else's JSON-LD processor
    reads them; nothing is fetched, as schema.org's context has no more than its vocabulary for what we say."""
    loaded = {"document": {"@context": {"@vocab": SCHEMA}}, "documentUrl": SCHEMA, "contextUrl": None}
    names: set[str] = set()
    for name in PAGES:
        file = BRIEFING + (f"{name}index.html" if directory_urls or not name else f"{name[:-1]}.html")
        scripts = BeautifulSoup((site / file).read_text("utf-8"), "lxml").select('script[type="application/ld+json"]')
        url = address + (BRIEFING + name if directory_urls else file)
        options = {"base": url, "documentLoader": lambda *_: loaded}
        for node in (one for each in scripts for one in jsonld.expand(json.loads(each.get_text()), options)):
            if f"{SCHEMA}WebPage" in node["@type"]:
                names.add(node[f"{SCHEMA}isPartOf"][0]["@id"])
            elif f"{SCHEMA}Article" in node["@type"]:
                names.add(node["@id"])
    return names


def test_every_page_is_part_of_one_article(site: Path, tmp_path: Path) -> None:
    assert articles(site, ADDRESS) == {f"{ADDRESS}{BRIEFING}#briefing"}
    elsewhere = build_site(make_site(tmp_path, use_directory_urls=False))
    names = articles(elsewhere, "https://example.com/", directory_urls=False)
    assert names == {f"https://example.com/{BRIEFING}index.html#briefing"}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_a_description_a_card_and_a_canonical_address(site: Path, page: str) -> None:
    found = head(site, BRIEFING + page)
    assert len(meta(found, "description")) == 1
    assert 30 <= len(meta(found, "description")[0]) <= 320
    assert meta(found, "og:description") == meta(found, "description")
    assert meta(found, "og:url") == [ADDRESS + BRIEFING + page]
    assert meta(found, "og:site_name") == [SETTINGS["site_name"]]
    assert [str(link["href"]) for link in found.select("link[rel=canonical]")] == [ADDRESS + BRIEFING + page]
    assert found.title
    assert meta(found, "og:title")[0] in found.title.get_text()


def test_every_page_says_something_else_of_itself(site: Path) -> None:
    assert len({meta(head(site, BRIEFING + page), "description")[0] for page in PAGES}) == len(PAGES)
    assert len({head(site, BRIEFING + page).title.get_text() for page in PAGES}) == len(PAGES)  # type: ignore[union-attr]


def test_without_an_address_of_the_site_nothing_claims_one(tmp_path: Path) -> None:
    found = head(build_site(make_site(tmp_path)), BRIEFING)
    assert not meta(found, "og:url") + meta(found, "citation_public_url")
    assert meta(found, "citation_title")


def test_the_linked_data_names_what_the_briefing_is_based_on(site: Path) -> None:
    script = head(site, BRIEFING).find("script", type="application/ld+json")
    assert script and script.string
    data = json.loads(script.string)
    assert data["@type"] == "Article"
    assert data["isBasedOn"]["name"]
    assert all(data.values()), "what is not known is left out"


def test_hostile_titles_stay_text_in_the_head(tmp_path: Path) -> None:
    """Themes print titles and descriptions as they are, so they come to them as HTML already."""
    bad = '"><script>alert(1)</script><b x="</title></script>'
    about = (GOOD / "briefings/good/briefing.yml").read_text("utf-8")
    about = re.sub(r"^title: .*(\n  .*)*", f"title: {json.dumps(bad)}\ntags: [{json.dumps(bad)}]", about, flags=re.M)
    about = re.sub(r"\n(tags:.*\n)(?=[\s\S]*\ntags:)", r"\n\1", about)
    lines = [
        line for n, line in enumerate(about.split("\n")) if not (line.startswith("tags:") and "script" not in line)
    ]
    built = build_site(make_site(tmp_path, files={f"{BRIEFING}briefing.yml": "\n".join(lines)}, **SETTINGS))
    for page in ("", "text/"):
        soup = BeautifulSoup((built / BRIEFING / page / "index.html").read_text("utf-8"), "lxml")
        assert soup.title and bad in soup.title.get_text()
        assert bad in meta(head(built, BRIEFING + page), "og:title")[0]
        assert bad in meta(head(built, BRIEFING + page), "article:tag")
        assert not soup.find("script", string="alert(1)")


def gzipped(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def test_the_annotated_text_is_light(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1,000 words and 40 annotations: all that a reader's browser fetches for the page, but for the search index."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "people.yml").write_text("jane: Jane Doe\n", "utf-8")
    write_briefing(docs / "briefings/b", 1, annotations=40, paragraphs=53)
    site = build_site(make_site(tmp_path, docs=None))
    page = site / "briefings/b/text/index.html"
    soup = BeautifulSoup(page.read_text("utf-8"), "lxml")
    words = " ".join(p.get_text() for p in soup.select(".bf-paragraph p")).split()
    assert len(words) >= 1000
    assert len(soup.select(".bf-note")) == 40
    linked = [str(tag.get("href") or tag["src"]) for tag in soup.select("link[rel=stylesheet], script[src]")]
    sizes = {Path(name).name: gzipped((page.parent / name).read_bytes()) for name in linked}
    sizes["index.html"] = gzipped(page.read_bytes())
    with capsys.disabled():
        print(f"\n{len(words)} words, 40 annotations: {sum(sizes.values()):,} bytes over the wire, of them {sizes}")
    assert sum(sizes.values()) <= 80 * 1024


def test_our_own_styles_and_scripts_are_small(capsys: pytest.CaptureFixture[str]) -> None:
    """The most that one page can come to load, with what is fetched only when it is needed."""
    sizes = {Path(name).name: gzipped(content) for name, content in assets().items()}
    styles = sizes["briefing.css"] + sizes["cards.css"] + sizes["print.css"]
    styles += max(sizes["figures.css"], sizes["library.css"])
    text, others = ("text", "later", "preview", "select"), ("copy", "tables", "later", "preview")
    scripts = max(sum(sizes[f"{name}.js"] for name in names) for names in (text, others))
    with capsys.disabled():
        print(f"\nown styles of a page {styles:,} bytes, own scripts {scripts:,} at the most (gzip): {sizes}")
    assert styles <= 12_500
    assert scripts <= 12_500


# --- the vocabulary of schema.org, as a package of somebody else's has it ------------------------------------------


def mismatches(node: dict[str, Any], ranges: Collection[str], path: str) -> Iterator[str]:
    """Yield what of a node is not in the vocabulary; one without a type, as an author is, may be any of `ranges`."""
    models = [registry.MODEL_BY_SCHEMA[kind] for kind in ([node["@type"]] if "@type" in node else ranges)]
    if "@type" in node and ranges and not any(set(model.SCHEMA_TYPES) & set(ranges) for model in models):
        yield f"{path} is no {node['@type']}"
    known = {one.schema_name: one.ranges for model in models for one in model.SCHEMA_PROPERTIES}
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key not in known:
            yield f"{path}: no {key}"
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and one.keys() != {"@id"}:
                yield from mismatches(one, known[key], f"{path}.{key}")
            elif not isinstance(one, dict) and not set(known[key]) & registry.DATATYPES.keys():
                yield f"{path}.{key} is no text"


def test_every_type_and_property_is_in_the_vocabulary_of_schema_org(tmp_path: Path) -> None:
    configuration = make_site(tmp_path, **SETTINGS)
    make_corrections(tmp_path / "docs")
    built, types = build_site(configuration), set()
    for page in (built / BRIEFING).rglob("*.html"):
        for script in BeautifulSoup(page.read_text("utf-8"), "lxml").select('script[type="application/ld+json"]'):
            data = json.loads(script.get_text())
            types |= set(re.findall(r'"@type": ?"(\w+)"', script.get_text()))
            assert list(mismatches(data, (), data["@type"])) == []
    assert types >= {"Article", "WebPage", "ClaimReview", "Claim", "CorrectionComment", "CreativeWork"}


def test_what_is_not_in_the_vocabulary_is_found() -> None:
    review = {"@type": "ClaimReview", "claim": "A", "author": {"name": "B", "colour": "red"}, "itemReviewed": "C"}
    found = list(mismatches({**review, "reviewRating": {"@type": "Person"}}, (), "x"))
    assert found == ["x: no claim", "x.author: no colour", "x.itemReviewed is no text", "x.reviewRating is no Person"]
