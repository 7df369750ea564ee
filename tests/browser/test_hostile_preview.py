"""What an author sees while editing a briefing in which every text is an attack: nothing of it runs or is asked for.

The preview's pages with the editor, its panel for every annotation, its dialogs, the review of drafts, and the board of
themes; the browser itself reports what a strict policy refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_hostile import FOREIGN, WATCH
from tests.browser.test_policy import WATCH as WATCH_POLICY
from tests.everywhere import write_everywhere
from tests.site.test_serve import server, wait_for
from tests.sites import make_site

POLICY = (
    "default-src 'self'; script-src 'self' 'report-sample'; style-src 'self' 'report-sample'; img-src 'self' data:; "
    "form-action 'none'; base-uri 'none'; object-src 'none'; frame-src 'none'"
)
THEMES = ("__md_scope", "var palette", "var target")
"""What the scripts begin with that the theme writes into its pages."""


@dataclass
class Author:
    """A window on the preview, and what happened in it that nothing of ours does."""

    address: str
    page: Page
    wrong: list[str] = field(default_factory=list)

    def look(self, where: str) -> None:
        """Note what is on the page, ran, or was refused."""
        refused = [line for line in self.page.evaluate("refused") if not any(sample in line for sample in THEMES)]
        found = [*self.page.evaluate(FOREIGN), *self.page.evaluate("hits"), *refused]
        if not self.page.url.startswith(self.address):
            found.append(f"went to {self.page.url}")
        self.wrong += [f"{where}: {one}" for one in found]

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path, wait_until="load")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site twice: at `b` as it is published, at `d` all as drafts, with comments that are in no theme."""
    folder = tmp_path_factory.mktemp("hostile-preview")
    write_everywhere(folder / "docs")
    for file in [*(folder / "docs/b").rglob("*.*")]:
        copy = folder / "docs/d" / file.relative_to(folder / "docs/b")
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8")
        if file.name == "all.yml":
            text = text.replace('"status": "published"', '"status": "draft"')
        copy.write_text(text.replace("was/b", "was/d"), "utf-8")
    with server(make_site(folder, docs=None, site_url="https://example.org/")) as address:
        wait_for(f"{address}b/text/", "bf-paragraph")
        yield address


@pytest.fixture
def author(preview: str, browser: Browser) -> Iterator[Author]:
    context = browser.new_context()
    context.add_init_script(WATCH + WATCH_POLICY)
    made = Author(preview, context.new_page())

    def strict(route: Route) -> None:
        answer = route.fetch()
        held = {"content-security-policy": POLICY, **answer.headers}
        route.fulfill(response=answer, headers=held)

    context.route(lambda url: url.startswith(preview), lambda r: strict(r) if is_page(r) else r.continue_())
    made.page.on("dialog", lambda dialog: (made.wrong.append("a dialog"), dialog.dismiss()))
    made.page.on("request", lambda r: made.wrong.append(r.url) if not is_ours(r.url, preview) else None)
    yield made
    context.close()
    assert made.wrong == []


def is_page(route: Route) -> bool:
    return route.request.resource_type == "document"


def is_ours(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:")) and "/hit" not in url


@pytest.mark.parametrize("name", ["", "text/", "quotes/", "figures/", "context/", "comments/", "method/"])
def test_pages_with_the_editor(author: Author, name: str) -> None:
    author.opens(f"b/{name}")
    bar = author.page.locator(".bfe-bar")
    expect(bar).to_be_visible()
    author.look(name)
    bar.get_by_role("button", name="About this briefing").click()
    author.page.wait_for_function(
        """() => [...document.querySelectorAll(".bfe-panel :is(input, textarea)")]
          .some((one) => one.value.includes("onerror=hit()"))"""
    )
    author.look(f"{name}, about")
    author.page.keyboard.press("Escape")
    bar.get_by_role("button", name="Add a reference…").click()
    expect(author.page.get_by_role("dialog", name="Add a reference")).to_be_visible()
    author.look(f"{name}, a reference")


@pytest.mark.parametrize(("name", "id"), [("quotes/", "said"), ("figures/", "sum"), ("context/", "thing")])
def test_the_panel_of_each_kind(author: Author, name: str, id: str) -> None:
    author.opens(f"b/{name}")
    author.page.locator(f".bf-card:has(#{id})").get_by_role("button", name="Edit").first.click()
    panel = author.page.locator(".bfe-panel")
    expect(panel.get_by_role("heading").first).to_contain_text(id)
    expect(panel.locator("pre")).to_contain_text("onerror")
    author.look(name)
    values = panel.locator("input, textarea").evaluate_all("all => all.map(one => one.value)")
    assert any("onerror=hit()" in value for value in values)
    panel.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    author.look(f"{name}, all fields")


def test_the_review_of_drafts(author: Author) -> None:
    author.opens(".briefing/review/d")
    expect(author.page.locator("#draft h2")).to_be_visible()
    expect(author.page.locator("body")).to_contain_text("onerror=hit()")
    for _ in range(4):
        author.look("review")
        author.page.keyboard.press("j")


def test_the_board_of_themes(author: Author) -> None:
    author.opens(".briefing/themes/b")
    expect(author.page.locator("#ledger")).to_contain_text("14 comments")
    author.look("board")
    author.page.locator("#view").select_option("all")
    expect(author.page.locator(".comment").nth(3)).to_be_visible()
    expect(author.page.locator("[data-target=theme] .name").first).to_have_text(re.compile("onerror=hit"))
    author.look("board, all comments")


def test_no_other_page_shows_the_preview_in_a_frame(preview: str, browser: Browser) -> None:
    """An author would press its buttons without seeing them."""
    page = browser.new_page()
    for name in ("b/text/", "b/embed.html", ".briefing/review/d"):
        with page.expect_response(f"{preview}{name}"):
            page.set_content(f'<iframe src="{preview}{name}"></iframe>', wait_until="load")
        assert [frame.url for frame in page.frames[1:]] == ["chrome-error://chromewebdata/"]
    page.close()


def test_the_watch_sees_what_runs(author: Author) -> None:
    """A script, a request, an element and a refusal are each reported."""
    author.opens("b/")
    author.page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend", "<img src=/hit-x onerror=hit()><p onclick=hit()>x</p>");
          hit();
          document.body.append(Object.assign(document.createElement("script"), {textContent: "hit()"}));
        }"""
    )
    author.look("page")
    said = " ".join(author.wrong)
    for one in ("/hit-x", "P onclick", "a script ran", "script-src"):
        assert one in said
    author.wrong.clear()
