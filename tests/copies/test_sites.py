"""Sites that offer copies: linked with their size, described, proved, made once, and the same under every engine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path

import pytest

from briefing.pipeline import briefing_build
from briefing.verify import verify
from tests.shared import made_once
from tests.sites import build_site, make_site
from tests.verify.mending import mend

FOLDER = "briefings/good"


def settings(*formats: str) -> dict[str, object]:
    return {"site_url": "https://example.org/", "plugins": ["search", {"briefing": {"copies": list(formats)}}]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site, made once; nobody changes it."""
    return made_once(tmp_path_factory, "site-with-copies", make) / "site"


def make(folder: Path) -> None:
    build_site(make_site(folder, **settings("html", "epub")))


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "site"))


def test_the_overview_links_to_each_copy_with_its_size(built: Path) -> None:
    overview = unescape((built / FOLDER / "index.html").read_text("utf-8"))
    size = round((built / FOLDER / "copy.html").stat().st_size / 1000)
    assert re.search(rf'href="copy.html" download="good.html">One HTML file \({size} kB', overview)
    size = round((built / FOLDER / "copy.epub").stat().st_size / 1000)
    assert re.search(rf'href="copy.epub" download="good.epub">EPUB for e-book readers \({size} kB', overview)
    crate = json.loads((built / FOLDER / "ro-crate-metadata.json").read_text("utf-8"))
    described = {entity["@id"]: entity for entity in crate["@graph"]}
    assert described["copy.html"]["encodingFormat"] == "text/html"
    assert described["copy.epub"]["encodingFormat"] == "application/epub+zip"
    assert verify(built).findings == []


def test_the_data_page_and_the_text_for_programs_name_the_copies(built: Path) -> None:
    data = unescape((built / "data/index.html").read_text("utf-8"))
    text = (built / FOLDER / "llms.txt").read_text("utf-8")
    for file, words in {"copy.html": "One HTML file", "copy.epub": "EPUB for e-book readers"}.items():
        assert f'href="../{FOLDER}/{file}"' in data
        assert f"{words}. The whole briefing in one file" in data
        assert f"- [{words}](<https://example.org/{FOLDER}/{file}>)" in text
    assert "copy.pdf" not in data + text


def test_a_site_has_no_copies_unless_it_asks_for_them(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path))
    assert list((site / FOLDER).glob("copy.*")) == []
    for page in (f"{FOLDER}/index.html", f"{FOLDER}/llms.txt", "data/index.html"):
        assert "copy.html" not in (site / page).read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (r'(data-span="[^"]*">)([^<]{9,})', r"\1Never said by anybody at all.", "quotation"),
        (r'(id="text\.p3"[^>]*>)', r"\1Added. ", "text"),
        (r"(bf-verdict-)unverified", r"\1supported", "verdict"),
        (r'(class="bf-speaker">)[^<]+', r"\1Somebody Else", "speaker"),
        (r'(<h4 id="quotes\.)leave-early"', r'\1another"', "missing"),
        (r"</main>", "<p>She said “we never wanted a ferry here”.</p></main>", "passage"),
    ],
    ids=["words", "paragraph", "verdict", "speaker", "card", "passage"],
)
def test_what_is_changed_in_a_copy_is_found_though_the_hashes_are_mended(
    old: str, new: str, kind: str, site: Path
) -> None:
    file = site / FOLDER / "copy.html"
    text = file.read_text("utf-8")
    changed = re.sub(old, new, text, count=1)
    assert changed != text
    file.write_text(changed, "utf-8")
    mend(site)
    assert kind in {one.kind for one in verify(site).findings if one.file.startswith((f"{FOLDER}/copy.html", FOLDER))}


def test_a_copy_of_a_briefing_that_has_not_changed_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = make_site(tmp_path, **settings("html", "epub"))
    first = (build_site(configuration) / FOLDER / "copy.html").read_bytes()
    monkeypatch.setattr(briefing_build, "build_briefing", None)
    assert (build_site(configuration) / FOLDER / "copy.html").read_bytes() == first


def test_what_is_changed_in_a_book_is_found_though_the_hashes_are_mended(site: Path) -> None:
    file = site / FOLDER / "copy.epub"
    for old, new, kind in (
        (b"A town without a ferry", b"A town without an airport", "passage"),
        (b"bf-verdict-unverified", b"bf-verdict-supported", "verdict"),
        (b'id="leave-early"', b'id="another"', "missing"),
    ):
        with zipfile.ZipFile(file) as packed:
            content = {entry: packed.read(entry) for entry in packed.infolist()}
        before = file.read_bytes()
        changed = {entry: data.replace(old, new) for entry, data in content.items()}
        assert changed != content
        with zipfile.ZipFile(file, "w") as packed:
            for entry, data in changed.items():
                packed.writestr(entry, data)
        mend(site)
        found = [one for one in verify(site).findings if one.kind == kind]
        assert found
        assert all(one.file.startswith((f"{FOLDER}/copy.epub/EPUB/", f"{FOLDER}/")) for one in found)
        file.write_bytes(before)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + bytes(60)])
def test_a_book_that_cannot_be_read_is_named(content: bytes, site: Path) -> None:
    (site / FOLDER / "copy.epub").write_bytes(content)
    mend(site)
    assert f"{FOLDER}/copy.epub" in {one.file for one in verify(site).findings}


def test_another_engine_gives_the_same_copies(built: Path, tmp_path: Path) -> None:
    configuration = make_site(tmp_path, **settings("html", "epub"))
    command = [sys.executable, "-m", "briefing", "build", "--engine", "zensical", "-f", str(configuration)]
    subprocess.run([*command, "-d", str(tmp_path / "other")], check=True, capture_output=True)
    for name in ("copy.html", "copy.epub"):
        assert (tmp_path / "other" / FOLDER / name).read_bytes() == (built / FOLDER / name).read_bytes()
    assert verify(tmp_path / "other").findings == []
