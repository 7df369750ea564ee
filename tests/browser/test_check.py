"""“Check this briefing yourself” finds in the browser what `briefing verify` finds on the pages of a briefing."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from briefing.model.manifest import MANIFEST, SITE_MANIFEST
from tests.browser.conftest import Window, served
from tests.conftest import CASES
from tests.shared import made_once
from tests.site.test_excerpts import write
from tests.sites import build_site, make_site
from tests.sizes import sample
from tests.verify.mending import IN_EXCERPTS, KINDS, SIGNS, UNSEEN, build_excerpts, changes, mend
from tests.verify.test_marks_in_names import marked_files
from tests.verify.test_verify import build_verified

PATH = "briefings/good"
METHOD = f"{PATH}/method/"
ELSEWHERE = ("an address of the sitemap",)
"""What is of the whole site and of no briefing."""
NAMES_HIDDEN = {
    "briefings/de/comments.yml": """
hide_names: [Jona Kranz]
comments:
  - {id: c1, text: "Die Brücke ist zu teuer, sagt Jona Kranz."}
  - {id: c2, text: "Endlich kommt sie."}
  - {id: c3, text: "Uhren zum halben Preis!"}
  - {id: c4}
set_aside: [{comment: c3, reason: spam}, {comment: c4, reason: request}]
scope: alle Kommentare
""",
    "briefings/ar/comments.yml": """
hide_names: [سلمى]
comments:
  - {id: c1, text: "الجسر مكلف جدًا يا سلمى."}
  - {id: c2, text: "خبر سار."}
scope: كل التعليقات
""",
}
"""Comments of which what is shown differs from what was written."""


def state(page: Page, address: str) -> str:
    """Check a briefing and return how that ended: right, wrong or unusable."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    return again(page)


def again(page: Page) -> str:
    """Check the briefing whose page is open once more."""
    page.locator(".bf-check button").click()
    return ended(page)


def ended(page: Page) -> str:
    found = page.locator(":is([data-state=right], [data-state=wrong], [data-state=unusable]).bf-check")
    expect(found).to_have_count(1, timeout=60_000)
    return found.get_attribute("data-state") or ""


def number(page: Page, row: str) -> int:
    return int(page.locator(".bf-check tr", has_text=row).locator("td").inner_text().replace(",", ""))


def test_a_reader_checks_the_briefing_and_sees_each_quotation_found(window: Window, address: str, site: Path) -> None:
    page = window(address)
    assert state(page, f"{address}briefings/nato-ammunition/method/") == "right"
    manifest = json.loads((site / "briefings/nato-ammunition" / MANIFEST).read_bytes())
    expect(page.locator(".bf-check-list > .bf-check-right")).to_have_count(len(manifest["annotations"]))
    expect(page.locator(".bf-check-list mark").first).to_have_text(manifest["annotations"][0]["matches"][0]["text"])
    assert number(page, "Quotations compared") > 50
    assert number(page, "Files that are") >= 10
    with page.expect_navigation():
        page.locator(".bf-check-list a").first.click()
    expect(page.locator(":target")).to_be_visible()


@contextmanager
def kept(*files: Path) -> Iterator[None]:
    """Put files back as they were."""
    saved = {file: file.read_bytes() for file in files}
    try:
        yield
    finally:
        for file, data in saved.items():
            file.write_bytes(data)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built once and that a test may change and put back."""
    original = made_once(tmp_path_factory, "verified-site", build_verified) / "site"
    return Path(shutil.copytree(original, tmp_path_factory.mktemp("checked") / "site"))


def test_what_is_altered_is_found_and_located_though_the_hashes_are_mended(built: Path, window: Window) -> None:
    every = sorted(KINDS.keys() - {*ELSEWHERE})
    kinds = set(random.Random(18).sample(every, sample(len(every), 5)))
    tried: set[str] = set()
    with served(built) as address:
        page = window(address)
        assert state(page, address + METHOD) == "right"
        for change in changes(built, seed=7):
            if change.about in tried or change.about not in kinds:
                continue
            with kept(built / change.file, built / SITE_MANIFEST):
                change.made_in(built)
                mend(built)
                outcome = again(page)
                if outcome == "unusable" and change.file.endswith(MANIFEST):  # 05 is no number: nothing is verified
                    tried.add(change.about)
                    continue
                assert outcome == "wrong", change
                named = page.locator(".bf-check-differences code").all_inner_texts()
                # which of a page and the manifest was altered cannot be known: the page that contradicts it is named
                own = "" if change.file.endswith(MANIFEST) else change.file.removeprefix(f"{PATH}/")
                assert any(name.split(" ")[0].endswith(own) for name in named), (change, named)
            tried.add(change.about)
    assert kinds - tried == set()


def test_what_is_not_seen_as_it_is_or_is_given_to_somebody_else_is_found(built: Path, window: Window) -> None:
    with served(built) as address:
        page = window(address)
        assert state(page, address + METHOD) == "right"
        for about, (name, old, new) in UNSEEN.items():
            file = built / PATH / name / "index.html"
            with kept(file, built / SITE_MANIFEST):
                text = file.read_text("utf-8")
                assert old in text, about
                file.write_text(text.replace(old, new, 1), "utf-8")
                mend(built)
                assert again(page) == "wrong", about
                named = page.locator(".bf-check-differences code").all_inner_texts()
                assert any(one.startswith(f"{PATH}/{name}/index.html") for one in named), (about, named)


def test_signs_for_what_is_left_out_are_compared_and_words_in_any_marks(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, window: Window
) -> None:
    original = made_once(tmp_path_factory, "excerpts-with-signs", build_excerpts) / "site"
    site = Path(shutil.copytree(original, tmp_path / "site"))
    with served(site) as address:
        page = window(address)
        assert state(page, f"{address}{IN_EXCERPTS}/method/") == "right"
        for about, (name, old, new) in SIGNS.items():
            path = site / IN_EXCERPTS / name / "index.html"
            with kept(path, site / SITE_MANIFEST):
                path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
                mend(site)
                assert again(page) == "wrong", about
                named = page.locator(".bf-check-differences code").all_inner_texts()
                assert any(each.split(" ")[0] == f"{IN_EXCERPTS}/{name}/index.html" for each in named), (about, named)


@pytest.mark.parametrize("mark", ["“Tip", 'Tip"', "„Tip"])
def test_marks_in_no_pair_and_copies_make_no_difference(mark: str, tmp_path: Path, window: Window) -> None:
    plugins = ["search", {"briefing": {"copies": ["html", "epub"]}}]
    configuration = make_site(tmp_path, files=marked_files(mark), site_url="https://example.org/", plugins=plugins)
    with served(build_site(configuration)) as address:
        page = window(address)
        assert state(page, address + METHOD) == "right", page.locator(".bf-check-differences").all_inner_texts()


@pytest.mark.parametrize(
    ("case", "settings"),
    [
        ("languages", {"site_url": "https://example.org/", "files": NAMES_HIDDEN}),
        ("reported", {"use_directory_urls": False, "plugins": ["search", "briefing", "offline"]}),
        ("good", {"plugins": ["search", {"briefing": {"search": "pagefind"}}]}),
    ],
    ids=["German and Arabic, names hidden", "offline", "no address, Pagefind"],
)
def test_nothing_is_wrong_with_sites_of_other_languages_and_settings(
    case: str, settings: dict[str, object], tmp_path: Path, window: Window
) -> None:
    built = build_site(make_site(tmp_path, docs=CASES / case / "docs", **settings), strict=False)
    method = "method/" if settings.get("use_directory_urls", True) else "method.html"
    with served(built) as address:
        page = window(address)
        for path in json.loads((built / SITE_MANIFEST).read_bytes())["briefings"]:
            outcome = state(page, f"{address}{path}/{method}")
            assert outcome == "right", (path, page.locator(".bf-check-differences").all_inner_texts())


def test_a_changed_file_is_found_by_its_hash(built: Path, window: Window) -> None:
    table = built / PATH / "figures.csv"
    with kept(table), served(built) as address:
        table.write_bytes(table.read_bytes() + b"\n")
        page = window(address)
        assert state(page, address + METHOD) == "wrong"
        changed = page.locator(".bf-check-differences li", has_text="Not as it was built")
        expect(changed.first).to_contain_text(f"{PATH}/figures.csv")
        for described in ("ro-crate-metadata.json", "datapackage.json"):  # which have its size and hash, too
            expect(changed.filter(has_text=f"{PATH}/{described}").first).to_be_visible()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"version":1', '"version":2', "newer version"),
        ('{"format', '{"format"', "damaged"),
        (f'"path":"{PATH}"', '"path":"another"', "not there"),
    ],
)
def test_without_a_manifest_that_can_be_used_nothing_is_verified(
    old: str, new: str, words: str, built: Path, window: Window
) -> None:
    manifest = built / PATH / MANIFEST
    data = manifest.read_text("utf-8")
    assert old in data
    with kept(manifest), served(built) as address:
        manifest.write_text(data.replace(old, new), "utf-8")
        page = window(address)
        assert state(page, address + METHOD) == "unusable"
        expect(page.locator(".bf-check [role=status]")).to_contain_text(words)


@pytest.mark.parametrize("folder", [".", PATH])
def test_on_a_disk_the_reader_chooses_the_folder(folder: str, built: Path, window: Window) -> None:
    page = window(built.as_uri())
    page.emulate_media(reduced_motion="reduce")
    page.goto((built / PATH / "method/index.html").as_uri())
    with page.expect_file_chooser() as chooser:
        page.locator(".bf-check button").click()
    chooser.value.set_files(built / folder)
    assert ended(page) == "right"
    whole = folder == "."
    assert (page.locator(".bf-check tr", has_text="Files that are").count() == 1) is whole
    told = page.get_by_text("in the folder of the whole site")
    expect(told).to_have_count(0 if whole else 1)


def test_of_excerpts_it_says_what_it_cannot_know(tmp_path: Path, window: Window) -> None:
    with served(build_site(write(tmp_path))) as address:
        page = window(address)
        assert state(page, f"{address}b/method/") == "right"
        expect(page.locator(".bf-check [role=status]")).to_have_text(re.compile("agree with the excerpts"))
        expect(page.locator(".bf-check > p").first).to_have_text(re.compile("with the excerpts of the source"))
        lines = page.locator(".bf-check-list q").all_inner_texts()
        words = [word for line in lines for word in line.strip("…").split() if word.startswith("zq") or "x" in word]
        assert len(words) > 12 and all(re.fullmatch(r"zq\d+x", word) for word in words), lines
