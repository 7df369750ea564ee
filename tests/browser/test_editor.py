"""An author annotates in the browser: what is saved is in the files as `briefing add` writes it, and on the page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.utils import yaml_load
from playwright.sync_api import Locator, Page, expect

from briefing import resources
from briefing.authoring.example import EXAMPLE
from briefing.pipeline.checking import check_alone
from tests.author.test_references import CASES
from tests.browser.conftest import ROOT, Window
from tests.browser.test_accessibility import findings
from tests.browser.waiting import eventually
from tests.site.test_serve import server, wait_for
from tests.sites import GOOD, make_site

FOLDERS = (
    "mouse",
    "keys",
    "ends",
    "change",
    "removal",
    "meanwhile",
    "together",
    "comments",
    "look",
    "people",
    "works",
    "joins",
    "named",
    "unfinished",
    "named-in",
)
"""A briefing for each test that writes, so that none sees what another has done."""


@dataclass(frozen=True)
class Desk:
    """A preview that is edited in, and its files."""

    address: str
    docs: Path
    window: Window

    def loads(self, page: Page) -> list[str]:
        """The pages that a window loads from now on."""
        found: list[str] = []
        page.on("domcontentloaded", lambda page: found.append(page.url))
        return found

    def opens(self, folder: str, page: str = "text/", width: int = 1280, height: int = 900, **options: Any) -> Page:
        window = self.window(self.address, width, height, **options)
        window.goto(f"briefings/{folder}/{page}")
        expect(window.locator(".bfe-bar")).to_be_visible()
        return window

    def file(self, folder: str, name: str) -> Path:
        return self.docs / "briefings" / folder / name

    def entries(self, folder: str, key: str) -> dict[str, dict[str, Any]]:
        """The entries of a list, by id, in whichever file."""
        files = sorted(self.file(folder, "annotations").glob("*.yml"))
        found = [entry for file in files for entry in (yaml.safe_load(file.read_text("utf-8")) or {}).get(key) or []]
        return {entry["id"]: entry for entry in found}

    def texts(self, folder: str) -> dict[str, str]:
        files = sorted(self.file(folder, ".").rglob("*.yml"))
        return {str(file.relative_to(self.docs)): file.read_text("utf-8") for file in files}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("desk")
    for name in FOLDERS:
        shutil.copytree(GOOD / "briefings/good", folder / "docs/briefings" / name)
    for name, content in resources.project("A site").items():
        if name.startswith(f"docs/{EXAMPLE}/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    more = "ford: Lena Ford\nferry-master: Lena Ford\nbaker: Hugo Stein\n"
    people = {"people.yml": (GOOD / "people.yml").read_text("utf-8") + more}
    theme = {**yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["theme"], "custom_dir": str(ROOT / "overrides")}
    theme["features"] = [*theme["features"], "navigation.instant"]  # pages that are opened by their address are as ever
    unfinished = folder / "docs/briefings/unfinished/briefing.yml"
    unfinished.write_text(
        unfinished.read_text("utf-8")
        .replace("authors: [Mira Castell, Jonah Reed]", 'authors: ["TODO: your name"]')
        .replace("rights: Written for the tests of this program; CC0.", 'rights: "TODO: who holds the rights"')
        .replace("status: published", "status: draft"),
        "utf-8",
    )
    figure = "{id: waits, target: six years, label: TODO, type: count, basis: claim, value: 6, status: draft}"
    waiting = folder / "docs/briefings/unfinished/annotations/waiting.yml"
    waiting.write_text(f"figures:\n  - {figure}\n", "utf-8")
    comments = folder / "docs/briefings/named-in/comments.yml"
    comments.write_text(
        comments.read_text("utf-8")
        .replace("for the whole lecture.", "for the whole lecture, Sail Bell writes. He knows a bell and a sail.")
        .replace("    votes: 7\n", "    votes: 7\n    allow: [{code: not-in-original, reason: Invented.}]\n")
        .replace("    date: 2025-11-20\n    reply_to", "    author: Sail Bell\n    date: 2025-11-20\n    reply_to"),
        "utf-8",
    )
    # what pages show of other briefings would have one test load the page of another again
    plugins = ["search", {"briefing": {"library": []}}]
    with server(make_site(folder, files=people, theme=theme, plugins=plugins)) as address:
        wait_for(f"{address}briefings/mouse/text/", "bf-paragraph")
        yield address, folder / "docs"


@pytest.fixture
def desk(served: tuple[str, Path], window: Window) -> Desk:
    return Desk(*served, window)


# --- what an author does ---------------------------------------------------------------------------------------------

PLACE = """words => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".bf-ref, .bf-notes, .bf-number, nav")) continue;
    nodes.push([node, text.length]);
    text += node.data;
  }
  const at = text.indexOf(words);
  const point = (place, last) => {
    const [node, start] = nodes.findLast(([, from]) => from < place + (last ? 0 : 1));
    return [node, place - start];
  };
  const range = document.createRange();
  range.setStart(...point(at, false));
  range.setEnd(...point(at + words.length, true));
  range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  const boxes = [...range.getClientRects()].filter((box) => box.width);
  const [first, last] = [boxes[0], boxes.at(-1)];
  return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
}"""
"""Where words begin and end in the window, once they are in sight."""


def select(page: Page, words: str) -> None:
    """Draw the pointer over words, once they stand still: a page that has just loaded may move.

    Nothing is selected before: who presses on selected words drags them, and selects nothing.
    """
    page.evaluate("document.fonts.ready.then(() => getSelection().removeAllRanges())")
    left, top, right, bottom = eventually(page, lambda: at_rest(page, words))
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=5)
    page.mouse.up()


def at_rest(page: Page, words: str) -> list[float]:
    """Where words are, which is where they were two frames ago."""
    before = page.evaluate(PLACE, words)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    now: list[float] = page.evaluate(PLACE, words)
    assert now == before
    return now


def panel(page: Page) -> Locator:
    return page.locator(".bfe-panel")


def field(page: Page, path: str) -> Locator:
    return panel(page).locator(f":is(input, textarea, select)[data-path='{path}']")


def settled(page: Page, words: str = "No problems") -> None:
    expect(panel(page).locator(".bfe-status")).to_have_text(words)


def saved(page: Page, act: Callable[[], object]) -> str:
    """Do what saves, and wait for the page that has it: its address then ends with the annotation."""
    page.evaluate("window.before = true")
    act()
    page.wait_for_function("!window.before && document.querySelector('.bfe-told')?.textContent.startsWith('Saved')")
    return page.url.partition("#t-")[2]


KINDS = {
    "quotes": ("Quotation", "our young people have had to leave", {"speaker": "Ada Thornbury"}),
    "reported": ("Reported", "the first boat would sail on 3 March", {"speaker": "Ada Thornbury"}),
    "figures": (
        "Figure",
        "four against",
        {"label": "Votes against", "type": "count", "basis": "reported", "value": "4"},
    ),
    "context": ("Context", "harbour trust", {"title": "The trust", "note": "It owns the stage."}),
}
"""By kind: its button, words, and what is filled in."""
FOUND = {
    "quotes": {"speaker": "thornbury", "kind": "fragment"},
    "reported": {"speaker": "thornbury", "kind": "reported"},
    "figures": {"label": "Votes against", "type": "count", "basis": "reported", "value": 4},
    "context": {"title": "The trust", "note": "It owns the stage."},
}


def fill(page: Page, fields: dict[str, str]) -> None:
    for path, words in fields.items():
        control = field(page, path)
        if control.evaluate("control => control.matches('select')"):
            control.select_option(words)
        else:
            control.fill(words)


@pytest.mark.parametrize("kind", KINDS)
def test_selected_words_become_an_annotation_and_are_taken_back(desk: Desk, kind: str) -> None:
    name, words, fields = KINDS[kind]
    before = desk.texts("mouse")
    page = desk.opens("mouse")
    loads = desk.loads(page)
    select(page, words)
    page.locator(".bf-pick").get_by_role("button", name=name, exact=True).click()
    expect(panel(page)).to_be_visible()
    if kind == "figures":  # what its words say
        expect(panel(page).locator(".bfe-read")).to_contain_text("type, value")
        assert (field(page, "value").input_value(), field(page, "type").input_value()) == ("4", "count")
    fill(page, fields)
    settled(page)
    expect(panel(page).locator("pre")).to_contain_text("target")
    if kind == "quotes":
        said = "It will be written as “fragment”: the words are less than a sentence of what is in quotation marks."
        expect(panel(page).locator(".bfe-assumed:not([hidden])")).to_contain_text(said)
    written = panel(page).locator("pre").text_content()
    id = saved(page, panel(page).get_by_role("button", name="Save", exact=True).click)
    entry = desk.entries("mouse", "quotes" if kind == "reported" else kind)[id]
    assert FOUND[kind].items() <= entry.items()
    assert words in str(entry["target"])
    assert yaml.safe_load(written) == [entry], "what was shown is what was written"
    expect(page.locator(f"mark[data-bf~='{id}']").first).to_be_in_viewport()
    assert page.evaluate("id => document.activeElement.matches(`#_${id}, #t-${id}, .bf-sheet`)", id)
    expect(page.locator("#bfe-bar .bf-unseen")).to_contain_text(f"Saved “{id}”")  # what is heard
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bfe-told")).to_contain_text("Taken back")
    expect(page.locator(".bfe-told")).to_be_focused()
    expect(page.locator(f"mark[data-bf~='{id}']")).to_have_count(0)
    assert len(loads) == 2, loads
    assert desk.texts("mouse") == before


def test_words_in_no_marks_show_their_kind_at_once_and_lead_to_the_field_that_credits_them(desk: Desk) -> None:
    page = desk.opens("look")
    select(page, "Eleven councillors were in favour and four against.")
    page.locator(".bf-pick").get_by_role("button", name="Quotation", exact=True).click()
    said = panel(page).locator(".bfe-assumed:not([hidden])")
    expect(said).to_contain_text("It will be written as “reported”: the words are not in quotation marks")
    for control in (field(page, "kind"), said):  # before anything is filled in
        box, view = control.bounding_box(), panel(page).locator(".bfe-body").bounding_box()
        assert box and view
        assert view["y"] <= box["y"]
        assert box["y"] + box["height"] <= view["y"] + view["height"], "in sight though nobody has scrolled"
    field(page, "speaker").fill("Ada Thornbury")
    page.keyboard.press("Tab")
    attribution = field(page, "attribution")
    expect(attribution).to_be_hidden()
    panel(page).get_by_role("button", name="Fill in “Attribution”").click()
    expect(attribution).to_be_focused()
    expect(attribution).to_be_in_viewport()
    page.keyboard.type("The Harwick town council voted")
    expect(panel(page).locator("pre")).to_contain_text("attribution: The Harwick town council voted")
    panel(page).get_by_role("button", name="Discard").click()


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_alone_does_the_same(desk: Desk, kind: str) -> None:
    _, words, fields = KINDS[kind]
    before = desk.texts("keys")
    page = desk.opens("keys")
    page.keyboard.press("a")
    expect(page.get_by_label("Which words?")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Begin one word earlier")).to_be_focused()
    tab_to(page, f":is(input)[value={page.locator('.bfe-kinds :checked').get_attribute('value')}]", "Shift+Tab")
    while page.locator(".bfe-kinds :checked").get_attribute("value") != kind:
        page.keyboard.press("ArrowRight")
    for path, value in fields.items():
        tab_to(page, f"[data-path='{path}']")
        page.keyboard.press("Control+a")
        page.keyboard.type(value)
        if path == "speaker":
            page.keyboard.press("Enter")
    settled(page)
    id = saved(page, lambda: page.keyboard.press("Control+Enter"))
    entry = desk.entries("keys", "quotes" if kind == "reported" else kind)[id]
    assert FOUND[kind].items() <= entry.items()
    page.keyboard.press("Control+z")
    expect(page.locator(".bfe-told")).to_contain_text("Taken back")
    assert desk.texts("keys") == before


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press a key until something has the focus, as often as a page could take."""
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never comes to {selector}")


def test_sentences_are_walked_with_keys_and_cut_to_words(desk: Desk) -> None:
    page = desk.opens("keys")
    page.keyboard.press("s")
    first = page.evaluate("getSelection().toString()")
    page.keyboard.press("s")
    second = page.evaluate("getSelection().toString()")
    assert first == "Saltgate ferry to sail again after council vote"
    assert second.startswith("The Harwick town council voted on Tuesday to bring back")
    expect(page.locator(".bfe-bar .bf-unseen")).to_have_text(re.compile("^The Harwick town council"))
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    cut = page.evaluate("getSelection().toString()")
    assert cut.startswith("Harwick town council") and cut.endswith("since 2019")
    page.keyboard.press("a")
    expect(panel(page).locator(".bfe-target mark")).to_contain_text("Harwick town council voted")
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()


# --- existing annotations --------------------------------------------------------------------------------------------


def test_an_annotation_is_changed_from_its_note_and_from_its_card(desk: Desk) -> None:
    file = desk.file("change", "annotations/quotes.yml")
    before = file.read_text("utf-8")
    page = desk.opens("change", "text/#_leave-early")
    page.locator(".bf-note.bf-open").get_by_role("button", name="Edit").click()
    expect(panel(page).get_by_role("heading")).to_have_text("Edit quotation “leave-early”")
    expect(panel(page).locator(".bfe-target mark")).to_have_count(2)
    field(page, "note").fill("The mayor promises a ferry [@who-pays].")
    settled(page)
    saved(page, panel(page).get_by_role("button", name="Save", exact=True).click)
    changed = before.replace("The mayor promises a ferry for students.", "The mayor promises a ferry [@who-pays].")
    assert file.read_text("utf-8") == changed
    page.goto("briefings/change/quotes/")
    card = page.locator(".bf-card", has=page.locator("#who-pays"))
    card.get_by_role("button", name="Edit").click()
    tags = field(page, "tags")
    tags.fill("stud")
    tags.press("Enter")  # the suggestion
    settled(page)
    saved(page, lambda: page.keyboard.press("Control+Enter"))
    assert desk.entries("change", "quotes")["who-pays"]["tags"] == ["students"]
    expect(card.get_by_role("button", name="Edit")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(".bfe-told")).to_contain_text("Taken back")
    assert file.read_text("utf-8") == changed


def test_the_ends_of_words_are_moved_by_buttons_keys_and_handles(desk: Desk) -> None:
    page = desk.opens("ends", "text/#_small-repairs")
    page.locator(".bf-note.bf-open").get_by_role("button", name="Edit").click()
    words = panel(page).locator(".bfe-target mark")
    expect(words).to_have_text("dozens of small repairs")
    page.get_by_role("button", name="End one word earlier").click()
    expect(words).to_have_text("dozens of small")
    page.keyboard.press("Shift+ArrowRight")
    expect(words).to_have_text("dozens of small repairs")
    page.keyboard.press("Shift+ArrowUp")
    expect(words).to_have_text("“dozens of small repairs")
    page.keyboard.press("Shift+ArrowUp")
    expect(words).to_have_text("on “dozens of small repairs")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(words).to_have_text("dozens of small repairs")
    first, top, last, bottom = page.evaluate(PLACE, "dozens of small repairs")
    hit = "([x, y]) => document.elementFromPoint(x, y).closest('.bfe-layer')?.className ?? ''"
    assert [
        page.evaluate(hit, point) for point in ((first, top), (first - 3, top), (last, bottom), (last + 3, bottom))
    ] == [""] * 4
    *_, right, bottom = page.evaluate(PLACE, "to the old landing")  # which may be on the next line
    handle = page.locator(".bfe-at-end .bfe-knob").bounding_box()
    assert handle and handle["width"] >= 24
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=6)
    page.mouse.up()
    expect(words).to_have_text(re.compile("dozens of small repairs” to the old landing"))
    page.get_by_role("button", name="End one word earlier").click()
    settled(page)
    saved(page, panel(page).get_by_role("button", name="Save", exact=True).click)
    assert desk.entries("ends", "figures")["small-repairs"]["target"] == "dozens of small repairs” to the old"


def test_removal_says_who_cites_it_and_is_withdrawn_or_deleted(desk: Desk) -> None:
    before = desk.texts("removal")
    page = desk.opens("removal", "quotes/")

    def removing(id: str) -> Locator:
        page.locator(f"[data-bfe-edit='{id}']").click()
        panel(page).get_by_role("button", name="Remove…").click()
        return page.get_by_role("dialog")

    dialog = removing("leave-early")
    expect(dialog).to_contain_text("the summary")
    dialog.get_by_role("button", name="Delete").click()
    expect(panel(page).locator(".bfe-general")).to_contain_text("it is cited by the summary")
    assert desk.texts("removal") == before
    page.keyboard.press("Escape")
    dialog = removing("held-up")
    expect(dialog).to_contain_text("Nothing cites it")
    dialog.get_by_label("Withdraw it.").check()
    dialog.get_by_role("button", name="Withdraw").click()
    expect(dialog.get_by_label("Why, for readers")).to_be_focused()
    page.keyboard.type("The paper has corrected its report.")
    dialog.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".bfe-told")).to_contain_text("Withdrew “held-up”")
    withdrawn = desk.entries("removal", "withdrawn")["held-up"]
    assert (withdrawn["from"], withdrawn["reason"]) == ("quotes", "The paper has corrected its report.")
    page.keyboard.press("Control+z")
    expect(page.locator(".bfe-told")).to_contain_text("Taken back")
    assert desk.texts("removal") == before
    dialog = removing("fine-thing")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.locator(".bfe-told")).to_contain_text("Deleted “fine-thing”")
    assert "fine-thing" not in desk.entries("removal", "quotes")


# --- problems --------------------------------------------------------------------------------------------------------


def test_problems_are_those_of_the_check_at_their_fields_and_keep_from_saving(desk: Desk, tmp_path: Path) -> None:
    before = desk.texts("look")
    page = desk.opens("look")
    select(page, "harbour trust")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    fill(page, {"title": "The trust", "note": "It has 57 members [@nobody]."})
    problem = panel(page).locator(".bfe-field:has(> [data-path='note']) .bfe-problem")
    expect(problem).to_contain_text("nobody")
    shutil.copytree(desk.docs, tmp_path / "docs")
    file = tmp_path / "docs/briefings/look/annotations/context.yml"
    entry = panel(page).locator("pre").text_content()
    lines = "".join(f"  {line}\n" for line in entry.splitlines())
    file.write_text(file.read_text("utf-8").replace("context:\n", f"context:\n{lines}"), "utf-8")
    [found] = [each for each in check_alone(tmp_path / "docs", "briefings/look").problems if each.severity == "error"]
    expect(problem.locator(".bfe-message")).to_have_text(found.message.replace("`", ""))
    expect(problem.locator(".bfe-hint")).to_contain_text("choose from the list")
    page.keyboard.press("Control+Enter")
    expect(panel(page).locator(".bfe-status")).to_contain_text("Not saved")
    expect(field(page, "note")).to_be_focused()
    expect(field(page, "note")).to_have_accessible_description(re.compile(re.escape(found.message)))
    assert desk.texts("look") == before
    panel(page).get_by_role("button", name="Discard").click()


NEEDED = {"Quotation": ("speaker",), "Figure": ("label", "type", "basis", "value"), "Context": ("title", "note")}


@pytest.mark.parametrize("kind", NEEDED)
def test_an_empty_field_is_said_under_that_field_in_words_of_a_form(desk: Desk, kind: str) -> None:
    page = desk.opens("look")
    select(page, "harbour trust")
    page.locator(".bf-pick").get_by_role("button", name=kind, exact=True).click()
    expect(panel(page).locator(".bfe-status")).not_to_be_empty()
    if kind == "Quotation":
        field(page, "speaker").fill("")  # whom the text seems to name
    page.keyboard.press("Control+Enter")
    expect(panel(page).locator(".bfe-status")).to_contain_text("Not saved")
    for path in NEEDED[kind]:
        expect(field(page, path)).to_have_accessible_description(re.compile("this is needed$"))
    order = panel(page).locator("[aria-invalid=true]").evaluate_all("all => all.map(one => one.dataset.path)")
    assert set(NEEDED[kind]) <= set(order)
    expect(field(page, order[0])).to_be_focused()
    assert not panel(page).locator(".bfe-more").evaluate("more => more.open")
    expect(panel(page).locator(".bfe-form")).not_to_contain_text("add a line")
    panel(page).get_by_role("button", name="Discard").click()


def test_a_citation_is_completed_by_what_it_cites(desk: Desk) -> None:
    page = desk.opens("look")
    select(page, "harbour trust")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    fill(page, {"title": "The trust"})
    note = field(page, "note")
    note.press_sequentially("It has a survey [@")
    offered = panel(page).locator(".bfe-list:not([hidden]) [role=option]")
    signs = ("Not published yet", "comment ·", "·")
    said = offered.all_inner_texts()[:-1]
    ranks = [next((3 - at for at, sign in enumerate(signs) if sign in each), 0) for each in said]
    assert ranks == sorted(ranks) and set(ranks) == {0, 1, 2, 3}, "works, annotations, comments, drafts"
    assert not any("· c3" in each for each in said), "what is set aside is not offered"
    expect(panel(page).locator(".bfe-list:not([hidden]) [role=presentation]")).to_have_text(
        ["Not published yet: keep these first"]
    )
    expect(offered.first).to_contain_text("page 7: “fares covered 41 percent of the running costs”")
    whole = offered.evaluate_all(
        """them => them.filter(one => {
          const [list, box] = [one.parentElement.getBoundingClientRect(), one.getBoundingClientRect()];
          return box.top >= list.top && box.bottom <= list.bottom;
        }).length"""
    )
    assert whole >= 6, "as many are seen without scrolling"
    expect(offered.last).to_have_text("Add a reference…")
    expect(offered.last).to_be_in_viewport()  # below those that are more than the list has room for
    note.press_sequentially("surv")
    expect(note).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    expect(offered.last).to_have_text("Add a reference…")
    expect(offered.last).to_have_attribute("aria-selected", "false")
    note.press("Enter")
    assert re.fullmatch(r"It has a survey \[@[\w-]*survey[\w-]*\]", note.input_value())
    note.press("Control+z")
    expect(note).to_have_value("It has a survey [@surv")
    note.fill("")
    panel(page).get_by_role("button", name="Cite something in Note").click()
    label = str(works(desk, "look")[0]["title"])
    for words in (" ".join(label.lower().split()[:2]), label.lower()[: label.index(" ") + 2]):
        note.fill(f"[@{words}")  # the search goes on over spaces
        expect(offered.first).to_contain_text(label)
        expect(offered.first).to_have_attribute("aria-selected", "true")
    note.fill("[@nothing like it")
    expect(offered).to_have_text(["Nothing found. Add a reference…"])
    note.press("Escape")
    note.press_sequentially(" at all")
    expect(offered).to_have_count(0)  # Esc ends the search
    field(page, "title").click()
    expect(note).to_have_accessible_description(re.compile("citation"))
    panel(page).get_by_role("button", name="Cite something in Note").focus()
    for key in "aes":  # letters on a button of a form do nothing behind it
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("getSelection().isCollapsed")
    panel(page).get_by_role("button", name="Discard").click()


def test_a_citation_that_is_begun_and_not_chosen_leaves_the_field_as_it_was(desk: Desk, tmp_path: Path) -> None:
    page = desk.opens("look")
    select(page, "harbour trust")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    fill(page, {"title": "The trust"})
    note, offered = field(page, "note"), panel(page).locator(".bfe-list:not([hidden]) [role=option]")
    for words, begun in (("", "[@"), ("It owns the stage.", "It owns the stage. [@")):
        note.fill(words)
        cite = panel(page).get_by_role("button", name="Cite something in Note")
        cite.click()
        expect(note).to_have_value(begun)
        expect(offered.first).to_have_attribute("aria-selected", "true")
        note.press("Enter")  # takes what is marked, as below
        assert re.fullmatch(re.escape(begun) + r"[\w-]+\]", note.input_value())
        note.fill(words)
        cite.click()
        offered.last.click()
        dialog = page.get_by_role("dialog", name="Add a reference")
        empty = tmp_path / "empty.bib"
        empty.write_text("nothing", "utf-8")
        dialog.locator("input[type=file]").set_input_files(empty)
        expect(dialog.get_by_role("alert")).to_contain_text("empty.bib")
        # as the browser tells it where a file picker is left without a choice
        dialog.locator("input[type=file]").dispatch_event("cancel", {"bubbles": True})
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(note).to_have_value(words)
        expect(note).to_be_focused()
        cite.click()
        note.press("Escape")
        expect(note).to_have_value(words)
        expect(panel(page)).to_be_visible()
        cite.click()
        field(page, "title").click()
        expect(note).to_have_value(words)
        cite.click()
        page.keyboard.type("nothing-like-it")
        field(page, "title").click()
        expect(note).to_have_value(f"{begun}nothing-like-it")  # what somebody has typed stays, and is said to be wrong
        expect(note).to_have_accessible_description(re.compile("nothing-like-it” is not a citation"))
    cite.click()
    page.keyboard.type("surv")
    page.keyboard.press("Enter")
    assert re.fullmatch(r"It owns the stage. \[@nothing-like-it \[@[\w-]*survey[\w-]*\]", note.input_value())
    panel(page).get_by_role("button", name="Discard").click()


EVIL = "<img src=x onerror=document.title='run'><b>bold</b> {{ 7*7 }} [x](javascript:alert(1))"


def test_what_is_typed_is_only_ever_text(desk: Desk) -> None:
    page = desk.opens("look")
    title = page.title()
    select(page, "harbour trust")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    fill(page, {"title": EVIL, "note": EVIL, "tags": EVIL})
    field(page, "tags").press("Enter")
    expect(panel(page).locator(".bfe-chips li")).to_have_text(re.compile(re.escape(EVIL)))
    expect(panel(page).locator("pre")).to_contain_text("onerror")
    expect(panel(page).locator(".bfe-problem").first).to_be_visible()
    page.reload()
    expect(field(page, "title")).to_have_value(EVIL)
    page.keyboard.press("Escape")
    assert page.locator("img[src='x'], .bfe-panel b, .bfe-bar b").count() == 0
    assert page.title() == title
    page.get_by_role("button", name="Unsaved").click()
    panel(page).get_by_role("button", name="Discard").click()


# --- what happens meanwhile ------------------------------------------------------------------------------------------


def test_what_is_typed_survives_a_reload_and_a_page_that_follows_its_files(desk: Desk) -> None:
    page = desk.opens("meanwhile")
    select(page, "the harbour trust")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    fill(page, {"title": "The trust"})
    note = field(page, "note")
    note.press_sequentially("Half a sen")
    page.evaluate("window.before = true")
    file = desk.file("meanwhile", "annotations/quotes.yml")
    file.write_text(file.read_text("utf-8").replace("promises a ferry", "promises a boat"), "utf-8")
    page.wait_for_function("!window.before", timeout=60_000)
    expect(note).to_have_value("Half a sen")
    expect(note).to_be_focused()
    page.keyboard.type("tence.")
    expect(note).to_have_value("Half a sentence.")
    expect(field(page, "title")).to_have_value("The trust")
    expect(panel(page).locator(".bfe-target mark")).to_have_text("the harbour trust")
    page.keyboard.press("Escape")
    unsaved = page.get_by_role("button", name="Unsaved")
    expect(unsaved).to_contain_text("the harbour trust")
    select(page, "Eleven councillors")
    page.locator(".bf-pick").get_by_role("button", name="Figure").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("unsaved")
    dialog.get_by_role("button", name="Continue").click()
    expect(note).to_have_value("Half a sentence.")
    panel(page).get_by_role("button", name="Discard").click()
    expect(unsaved).to_be_hidden()


def test_words_that_a_page_does_not_show_for_a_while_stay_chosen(desk: Desk) -> None:
    page = desk.opens("meanwhile")
    select(page, "Eleven councillors")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    fill(page, {"title": "Eleven"})
    file = desk.file("meanwhile", "source.txt")
    source = file.read_bytes()
    for content in (source.replace(b"Eleven councillors", b"Twelve councillors"), source):
        page.evaluate("window.before = true")
        file.write_bytes(content)
        page.wait_for_function("!window.before", timeout=60_000)
        expect(field(page, "title")).to_have_value("Eleven")
        chosen = panel(page).locator(".bfe-target :is(mark, textarea)")
        expect(chosen).to_have_count(1)
        assert chosen.evaluate("one => one.value ?? one.textContent") == "Eleven councillors"
    expect(panel(page).locator(".bfe-target mark")).to_have_text("Eleven councillors")
    panel(page).get_by_role("button", name="Discard").click()


def test_what_somebody_else_has_changed_is_never_overwritten(desk: Desk) -> None:
    page = desk.opens("meanwhile", "quotes/")
    page.locator("[data-bfe-edit='who-pays']").click()
    attribution = field(page, "attribution")
    attribution.fill("Councillor Idris Vane")
    file = desk.file("meanwhile", "annotations/quotes.yml")
    theirs = file.read_text("utf-8").replace("said Councillor Idris Vane, who voted against", "Councillor Vane")
    page.evaluate("window.before = true")
    file.write_text(theirs, "utf-8")
    panel(page).get_by_role("button", name="Save", exact=True).click()
    page.wait_for_function("!window.before", timeout=60_000)  # the page follows its files, and the panel comes back
    expect(panel(page).locator(".bfe-general")).to_contain_text("changed by somebody else")
    page.keyboard.press("Control+Enter")
    expect(panel(page).locator(".bfe-status")).to_contain_text("Not saved")
    assert file.read_text("utf-8") == theirs
    panel(page).get_by_role("button", name="Load it again").first.click()
    expect(attribution).to_have_value("Councillor Idris Vane")
    settled(page)
    saved(page, panel(page).get_by_role("button", name="Save", exact=True).click)
    assert desk.entries("meanwhile", "quotes")["who-pays"]["attribution"] == "Councillor Idris Vane"


@pytest.mark.parametrize("path", ["attribution", "note"])
def test_two_browsers_and_a_text_editor_at_once_lose_nothing(desk: Desk, path: str) -> None:
    """The same form is open twice when a text editor saves the file; one saves the form, and then the other does.

    Where both have changed the same field, the second is refused and keeps what was typed; otherwise both are saved.
    """
    before = desk.texts("together")
    file, said = desk.file("together", "annotations/quotes.yml"), "Idris Vane, who voted against"
    one, other = (desk.opens("together", "quotes/") for _ in range(2))
    for page, name, words in ((one, "attribution", "Councillor Idris Vane"), (other, path, said)):
        page.locator("[data-bfe-edit='who-pays']").click()
        panel(page).locator(".bfe-more").evaluate("more => (more.open = true)")
        field(page, name).fill(words)
        page.evaluate("window.before = true")
    words = panel(other).locator(".bfe-target :is(mark, textarea)")
    if path == "attribution":
        panel(other).get_by_role("button", name="End one word earlier").click()
        expect(words).to_have_text("But nobody has shown us who pays when the boats break")
    by_hand = file.read_text("utf-8").replace("quotes:\n", "# By hand.\nquotes:\n", 1)
    file.write_text(by_hand.replace("promises a ferry", "promises a boat"), "utf-8")
    for page in (one, other):
        page.wait_for_function("!window.before", timeout=60_000)
    settled(one)
    saved(one, lambda: one.keyboard.press("Control+Enter"))
    by_one = file.read_text("utf-8")
    assert "# By hand." in by_one and "promises a boat" in by_one and "attribution: Councillor Idris Vane\n" in by_one
    expect(field(other, path)).to_have_value(said)
    if path == "attribution":
        other.keyboard.press("Control+Enter")
        expect(panel(other).locator(".bfe-status")).to_contain_text("Not saved")
        expect(panel(other).locator(".bfe-general")).to_contain_text("changed by somebody else")
        expect(field(other, path)).to_have_value(said)
        assert file.read_text("utf-8") == by_one
        panel(other).get_by_role("button", name="Load it again").first.click()
        expect(panel(other).locator(".bfe-general")).not_to_contain_text("changed by somebody else")
        expect(field(other, path)).to_have_value(said)
        expect(words).to_have_text("But nobody has shown us who pays when the boats break")
        panel(other).get_by_role("button", name="End one word later").click()
        settled(other)
    saved(other, panel(other).get_by_role("button", name="Save", exact=True).click)
    both = {"attribution": "Councillor Idris Vane", path: said}
    assert both.items() <= desk.entries("together", "quotes")["who-pays"].items()
    assert "# By hand." in file.read_text("utf-8") and "promises a boat" in file.read_text("utf-8")
    for name, text in before.items():
        (desk.docs / name).write_text(text, "utf-8")


# --- where -----------------------------------------------------------------------------------------------------------


def test_words_of_a_comment_are_annotated_under_it(desk: Desk) -> None:
    page = desk.opens("comments", "comments/")
    select(page, "my daughter")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    fill(page, {"title": "A daughter", "note": "The reader’s own."})
    settled(page)
    id = saved(page, panel(page).get_by_role("button", name="Save", exact=True).click)
    entry = desk.entries("comments", "context")[id]
    assert (entry["in"], entry["target"]) == ("c1", "my daughter")
    eventually(page, lambda: expect(page.locator(f"mark[data-bf~='{id}']")).to_be_focused())


def test_what_is_still_to_be_done_is_no_alarm_before_its_field_is_left(desk: Desk) -> None:
    page = desk.opens("look")
    select(page, "harbour trust")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    alarms = panel(page).locator(".bfe-problem:not(.bfe-open)")
    said = panel(page).locator(".bfe-field:has(> [data-path='note']) .bfe-problem")
    settled(page, "2 to fill in")
    field(page, "title").fill("The trust")
    field(page, "note").click()
    page.keyboard.type("It has 57 members.")
    expect(said).to_contain_text("Needed: ")  # it can be cited next
    expect(said).to_contain_text("57")
    expect(alarms).to_have_count(0)
    settled(page, "1 to fill in")
    panel(page).get_by_role("button", name="Cite something in Note").focus()
    expect(alarms).to_have_count(0)
    field(page, "title").focus()
    expect(alarms).to_contain_text("57")
    settled(page, "1 problem")
    field(page, "title").fill("")
    settled(page, "1 to fill in")
    panel(page).get_by_role("button", name="Save", exact=True).click()
    expect(panel(page).locator(".bfe-field:has(> [data-path='title']) .bfe-problem.bfe-error")).to_be_visible()


def test_a_person_who_is_not_known_yet_is_added_on_the_way(desk: Desk) -> None:
    page = desk.opens("people")
    select(page, "According to Vane, the harbour trust had warned him")
    page.locator(".bf-pick").get_by_role("button", name="Reported").click()
    speaker = field(page, "speaker")
    with page.expect_response("**/edit/try"):
        speaker.fill("Otto Pell")
    said = panel(page).locator(".bfe-field:has(> [data-path='speaker']) > .bfe-problems")
    expect(panel(page).locator(".bfe-status")).to_contain_text("to fill in")
    expect(said).to_be_empty()  # of what is being typed
    field(page, "note").focus()
    expect(said).to_contain_text("nobody of this name is among the people of this briefing")
    speaker.click()
    speaker.press("ArrowUp")
    speaker.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Office or position").fill("Ferryman")
    dialog.get_by_role("button", name="Add").click()
    expect(panel(page).locator(".bfe-named")).to_contain_text("Ferryman")
    expect(field(page, "speaker")).to_have_value("Otto Pell")
    expect(said).to_be_empty()
    speaker.fill("Lotte Brink")
    expect(panel(page).locator(".bfe-list:not([hidden]) [role=option]").first).to_contain_text("Lotte Brink")
    speaker.fill("Otto Pell")
    people = yaml.safe_load((desk.docs / "people.yml").read_text("utf-8"))
    assert people["pell"] == {"name": "Otto Pell"}
    roles = yaml.safe_load(desk.file("people", "briefing.yml").read_text("utf-8"))["people"]
    assert roles["pell"] == "Ferryman"
    speaker.fill("Audit Office")
    panel(page).get_by_role("option", name="Add “Audit Office” to the people").click()
    expect(dialog.get_by_label("An organisation")).to_be_checked()
    assert findings(page, ".bfe-dialog") == []
    dialog.get_by_role("button", name="Add").click()
    expect(panel(page).locator(".bfe-named")).to_contain_text("audit-office")
    people = yaml.safe_load((desk.docs / "people.yml").read_text("utf-8"))
    assert people["audit-office"] == {"name": "Audit Office", "kind": "organisation"}
    panel(page).get_by_role("button", name="Discard").click()
    for id in ("audit-office", "pell"):  # one after the other
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".bfe-told")).to_have_text(f"Taken back: “{id}”")
        assert id not in yaml.safe_load((desk.docs / "people.yml").read_text("utf-8"))


def test_somebody_of_another_briefing_is_asked_the_role_here_alone(desk: Desk) -> None:
    page = desk.opens("joins")
    select(page, "According to Vane, the harbour trust had warned him")
    page.locator(".bf-pick").get_by_role("button", name="Reported").click()
    field(page, "note").fill("So she said.")
    speaker = field(page, "speaker")
    speaker.fill("Lena F")
    offered = panel(page).locator(".bfe-list [role=option]")
    expect(offered.first).to_have_text("Lena Fordnot in this briefing yet")
    offered.first.click()
    dialog = page.get_by_role("dialog", name="Add Lena Ford to the people of this briefing")
    expect(dialog.get_by_role("textbox")).to_have_count(1)
    dialog.get_by_role("button", name="Cancel").click()
    panel(page).get_by_role("button", name="Add Lena Ford to the people…").click()
    dialog.get_by_label("Office or position").fill("Harbour master")
    before = (desk.docs / "people.yml").read_text("utf-8")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(panel(page).locator(".bfe-named")).to_have_text("Harbour master · ford Edit this person…")
    page.reload()
    expect(speaker).to_have_value("Lena Ford")
    expect(field(page, "note")).to_have_value("So she said.")
    expect(panel(page).locator(".bfe-passage mark")).to_have_text("According to Vane, the harbour trust had warned him")
    roles = yaml.safe_load(desk.file("joins", "briefing.yml").read_text("utf-8"))["people"]
    assert roles["ford"] == {"role": "Harbour master"} or roles["ford"] == "Harbour master"
    assert (desk.docs / "people.yml").read_text("utf-8") == before
    panel(page).get_by_role("button", name="Discard").click()


# --- around the form -------------------------------------------------------------------------------------------------


def in_bar(page: Page, name: str | re.Pattern[str]) -> Locator:
    """A button or link of the bar; where the bar is narrow, after “More” was pressed."""
    more = page.locator(".bfe-bar").get_by_role("button", name="More")
    if more.is_visible():
        more.click()
    return page.locator(".bfe-bar").locator("a, button", has_text=name)


def in_sight(page: Page, *locators: Locator) -> None:
    """Each can be seen and pressed without scrolling: it is in the window, and nothing is over it."""
    top = """one => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      return inside && one.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    }"""
    for locator in locators:
        assert locator.evaluate(top), locator


SIZES = [(1280, 900), (1024, 768), (390, 844)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_ends_a_form_or_a_question_is_always_in_sight(desk: Desk, width: int, height: int) -> None:
    page = desk.opens("look", "text/", width, height)
    in_bar(page, "Add a reference…").click()
    dialog = page.get_by_role("dialog")
    file = {"name": "ferry.html", "mimeType": "text/html", "buffer": SAVED_PAGE}
    dialog.get_by_label("Or a file").set_input_files(file)
    text = dialog.get_by_label("Excerpts from the page")
    text.evaluate("text => (text.focus(), text.setSelectionRange(0, 20))")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("1 excerpt taken")
    in_sight(page, dialog.get_by_role("heading"), *dialog.get_by_role("button", name=re.compile("Save|Cancel")).all())
    dialog.get_by_label(re.compile("^Where “")).scroll_into_view_if_needed()
    in_sight(page, dialog.get_by_role("heading"), *dialog.get_by_role("button", name=re.compile("Save|Cancel")).all())
    page.keyboard.press("Escape")
    in_bar(page, "About this briefing").click()
    ends = panel(page).get_by_role("button", name=re.compile("^(Save|Discard|Close.*)$"))
    panel(page).locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    in_sight(page, *ends.all())
    panel(page).get_by_role("button", name="Discard").click()
    page.goto("briefings/look/quotes/")
    page.locator("[data-bfe-edit='leave-early']").click()
    in_sight(page, *panel(page).get_by_role("button", name=re.compile("^(Save|Discard|Remove….*)$")).all())
    panel(page).get_by_role("button", name="Remove…").click()
    in_sight(page, *page.get_by_role("dialog").get_by_role("button").all())
    page.keyboard.press("Escape")
    panel(page).get_by_role("button", name="Discard").click()


@pytest.mark.parametrize(("width", "height"), [*SIZES, (320, 640)])
def test_all_of_the_bar_can_be_seen_and_pressed(desk: Desk, width: int, height: int) -> None:
    page = desk.opens("look", "text/", width, height)
    hint = page.locator(".bfe-keys")
    if width == 1280:  # whole, beside all that there is to do
        expect(hint).to_have_text("Select words, or press S for a sentence, then A")
        assert hint.evaluate(
            "({ scrollWidth, clientWidth, scrollHeight }) => scrollWidth <= clientWidth && scrollHeight < 44"
        )
    words = "Saved “dozens-of-small-repairs” in suggested.yml, line 1234"
    page.evaluate("words => document.querySelector('.bfe-told').textContent = words", words)
    page.evaluate("document.querySelector('.bfe-undo').hidden = false")
    if width < 1280:
        page.evaluate("document.querySelector('.bfe-show').hidden = false")
    else:  # below, what has not been saved is behind “More”
        page.evaluate("""() => { const unsaved = document.querySelector('.bfe-unsaved');
          unsaved.hidden = false; unsaved.textContent = 'Unsaved: “dozens of small repairs in each of the”'; }""")
    more = page.locator(".bfe-bar").get_by_role("button", name="More")
    assert more.is_visible() == (width < 900)
    if more.is_visible():
        more.focus()
        page.keyboard.press("Enter")
        expect(more).to_have_attribute("aria-expanded", "true")
    told = page.locator(".bfe-told")
    assert told.evaluate("told => told.scrollHeight <= told.clientHeight + 1 && told.scrollWidth <= told.clientWidth")
    shown = [each for each in page.locator(".bfe-bar").locator("a, button").all() if each.is_visible()]
    assert len(shown) >= 6
    in_sight(page, *shown)
    assert findings(page, ".bfe-bar") == []
    if more.is_visible():
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        expect(more).to_be_focused()
        in_bar(page, "About this briefing").click()
        expect(panel(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()
        expect(page.locator(".bfe-rest")).to_be_hidden()


def test_a_preview_marks_every_kind(desk: Desk) -> None:
    """A published text with context notes is marked at these alone; an author who has just saved a first one would
    think that it had taken all other marks away."""
    page = desk.opens("look")
    kinds = page.locator(".bf-bar button[data-kind]")
    assert kinds.count() >= 3 and page.locator(".bf-bar [data-kind=context]").count() == 1
    assert {each.get_attribute("aria-pressed") for each in kinds.all()} == {"true"}
    expect(page.locator("mark.bf-figure[data-bf~='small-repairs']")).not_to_have_css("background-image", "none")


def test_the_toolbar_keeps_clear_of_the_panel(desk: Desk) -> None:
    page = desk.opens("look")
    page.get_by_role("button", name="Annotate", exact=True).click()
    expect(panel(page)).to_be_visible()
    for words in ("second-hand boats and", "expects between 300 and 400", "who pays when the boats"):
        select(page, words)
        expect(page.locator(".bf-pick")).to_be_visible()
        own, side = page.locator(".bf-pick").bounding_box(), panel(page).bounding_box()
        assert own and side and own["x"] + own["width"] <= side["x"]
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    expect(page.locator(".bf-pick")).to_be_hidden()  # it would hang over other words
    page.evaluate("document.dispatchEvent(new Event('selectionchange'))")
    page.wait_for_timeout(250)  # as it is placed a moment after a selection
    expect(page.locator(".bf-pick")).to_be_hidden()
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.keyboard.press("Escape")


def test_each_problem_leads_to_its_place_and_what_is_to_be_filled_in_is_no_value(desk: Desk) -> None:
    file = desk.file("unfinished", "briefing.yml")
    before = file.read_text("utf-8")
    page = desk.opens("unfinished", "quotes/")
    page.locator(".bfe-told").evaluate("told => (told.textContent = 'Saved something before')")
    page.locator(".bfe-found").click()
    dialog = page.get_by_role("dialog", name="What a check finds")
    expect(dialog).to_be_visible()
    assert findings(page, ".bfe-dialog") == []
    drafts = dialog.locator("details")
    expect(drafts.locator("summary")).to_have_text(re.compile(r"^In drafts, which can stay so \(\d+\)$"))
    expect(drafts.get_by_role("listitem")).to_have_count(0)
    drafts.locator("summary").click()
    expect(drafts.get_by_role("listitem").first).to_be_visible()
    dialog.get_by_role("button", name="Authors: your name").click()
    expect(page.locator(".bfe-told")).to_be_empty()
    authors, rights = field(page, "authors"), field(page, "source.rights")
    expect(authors).to_be_focused()
    expect(authors).to_have_accessible_description(re.compile("To fill in: your name"))
    expect(panel(page).locator(".bfe-field:has(> [data-path='authors']) li:visible")).to_have_text(
        [re.compile("your name")]
    )
    expect(rights).to_have_value("")
    fill(page, {"source.title": "Another title"})
    settled(page, "things to do above, 1 warning")
    expect(panel(page).get_by_role("region", name="Publishing").get_by_role("status")).to_contain_text(
        "2 things to do, and 1 warning that would stop a strict build."
    )
    authors.fill("Robin Hale")
    authors.press("Enter")
    panel(page).get_by_role("button", name="Leave Rights out").click()
    settled(page, "1 warning")
    saved(page, panel(page).get_by_role("button", name="Save", exact=True).click)
    data = yaml.safe_load(file.read_text("utf-8"))
    assert data["authors"] in (["Robin Hale"], "Robin Hale") and "rights" not in data["source"]
    expect(page.locator(".bfe-told")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(".bfe-told")).to_contain_text("Taken back")
    assert file.read_text("utf-8") == before


def test_what_publishing_needs_is_said_as_it_is_filled_in(desk: Desk) -> None:
    file = desk.file("unfinished", "briefing.yml")
    before = file.read_text("utf-8")
    page = desk.opens("unfinished", "quotes/")
    in_bar(page, "About this briefing").click()
    needed = page.get_by_role("region", name="Publishing")
    state, label = needed.get_by_role("status"), panel(page).locator("label", has_text="Authors")
    expect(state).to_have_text(re.compile("^A draft: only this preview shows it. Before it can be published: 2 things"))
    expect(label).to_have_text("Authors (to be filled in or left out)")
    expect(panel(page).get_by_label("Status", exact=True)).to_have_value("draft")
    assert findings(page, ".bfe-panel") == []
    needed.get_by_role("button", name="Rights: who holds the rights").click()
    expect(field(page, "source.rights")).to_be_focused()
    page.keyboard.type("CC0")
    needed.get_by_role("button", name="Authors: your name").click()
    expect(field(page, "authors")).to_be_focused()
    page.keyboard.type("Robin Hale")
    page.keyboard.press("Enter")
    expect(state).to_have_text(
        "A draft: only this preview shows it. Nothing more is needed to publish it. "
        "2 annotations are still drafts and can stay so: readers do not see them."
    )
    expect(label).to_have_text("Authors (to be filled in or left out)")  # as long as one types
    panel(page).get_by_label("Status", exact=True).select_option("published")
    expect(state).to_contain_text("Not yet published: press Save, then run briefing build --strict.")
    expect(panel(page).locator(".bfe-status")).to_have_text("Not saved yet: press Save")
    panel(page).get_by_label("Status", exact=True).select_option("draft")
    saved(page, needed.get_by_role("button", name="Publish: set the status and save").click)
    assert yaml.safe_load(file.read_text("utf-8"))["status"] == "published"
    told = page.locator(".bfe-told")
    expect(told).to_have_text("Saved. To publish: run briefing build --strict")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert told.evaluate("it => it.scrollHeight <= it.clientHeight + 1 && it.scrollWidth <= it.clientWidth + 1")
    taken_back(page)
    assert file.read_text("utf-8") == before


def test_a_form_that_was_only_looked_at_opens_on_its_page_alone_and_no_more_once_that_was_left(desk: Desk) -> None:
    page = desk.opens("look", "quotes/")
    in_bar(page, "About this briefing").click()
    title = field(page, "title")
    title.press_sequentially("x")
    title.press("Backspace")  # it is as it was
    page.reload()  # as the preview does where a file has changed
    expect(title).to_be_visible()
    page.goto("briefings/look/figures/")
    expect(page.locator(".bfe-bar")).to_be_visible()
    for back in ("briefings/look/quotes/", "briefings/look/figures/"):
        expect(panel(page)).to_be_hidden()
        expect(page.locator(".bfe-unsaved")).to_be_hidden()
        page.goto(back)
    in_bar(page, "About this briefing").click()
    title.fill("A title that is not saved")
    page.goto("briefings/look/quotes/")
    expect(page.locator(".bfe-unsaved")).to_be_visible()
    page.goto("briefings/look/figures/")
    expect(title).to_have_value("A title that is not saved")
    panel(page).get_by_role("button", name="Discard").click()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_buttons_stay_where_they_are_whatever_is_said_while_one_types(desk: Desk, width: int, height: int) -> None:
    page = desk.opens("look", "quotes/", width, height)
    page.locator("[data-bfe-edit='who-pays']").click()
    settled(page)
    save = panel(page).get_by_role("button", name="Save", exact=True)
    before = save.bounding_box()
    fill(page, {"speaker": "nobody", "note": "It has 99 boats [@nope]."})
    field(page, "speaker").focus()
    expect(panel(page).locator(".bfe-status")).to_have_text("2 problems")
    assert save.bounding_box() == before
    field(page, "speaker").fill("Idris Vane")
    page.keyboard.press("Tab")
    panel(page).get_by_role("button", name="Edit this person…").click()
    dialog = page.get_by_role("dialog")
    save = dialog.get_by_role("button", name="Save")
    before = save.bounding_box()
    dialog.get_by_label("Same as").fill("nowhere")
    save.click()  # what is wrong appears as the field is left, and the press does not miss
    expect(dialog.locator(".bfe-status")).to_contain_text("Not saved")
    assert save.bounding_box() == before
    dialog.get_by_role("button", name="Discard").click()
    panel(page).get_by_role("button", name="Discard").click()


def test_the_example_of_a_new_site_is_taken_out_at_a_press(desk: Desk) -> None:
    before = desk.texts("example")
    page = desk.opens("look", "quotes/")
    in_bar(page, "About this briefing").click()
    needed = page.get_by_role("region", name="Publishing")
    expect(needed).to_contain_text("The example that briefing init has made is published, too, until you take it out.")
    example = page.locator("nav a[href*='briefings/example']")
    expect(example).not_to_have_count(0)
    field(page, "title").fill("A title that is not saved")
    needed.get_by_role("button", name="Take the example out…").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it out").click()
    expect(page.locator(".bfe-told")).to_have_text("The example is taken out")
    eventually(page, lambda: expect(example).to_have_count(0))  # though the page has the focus, and what it says stays
    expect(field(page, "title")).to_have_value("A title that is not saved")
    panel(page).get_by_role("button", name="Discard").click()
    taken_back(page)
    assert desk.texts("example") == before
    eventually(page, lambda: expect(example).not_to_have_count(0))
    page = desk.opens("example", "quotes/", 390, 844)
    in_bar(page, "About this briefing").click()
    needed = page.get_by_role("region", name="Publishing")
    expect(needed).to_contain_text("This is the example")
    needed.get_by_role("button", name="Take the example out…").click()
    dialog = page.get_by_role("dialog", name="Take the example out?")
    expect(dialog).to_contain_text("docs/briefings/example")
    assert findings(page, ".bfe-dialog") == []
    dialog.get_by_role("button", name="Cancel").click()
    assert desk.file("example", "briefing.yml").is_file()
    needed.get_by_role("button", name="Take the example out…").click()
    dialog.get_by_role("button", name="Take it out").click()
    dialog = page.get_by_role("dialog", name="The example is taken out")
    expect(dialog).to_be_visible()
    assert findings(page, ".bfe-dialog") == []
    dialog.get_by_role("button", name="Undo").click()
    expect(needed.get_by_role("button", name="Take the example out…")).to_be_visible()
    assert desk.texts("example") == before
    needed.get_by_role("button", name="Take the example out…").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it out").click()
    dialog.get_by_role("button", name="To the first page of the site").click()
    page.wait_for_url(desk.address)
    eventually(page, lambda: expect(page.locator("a[href*='briefings/example']")).to_have_count(0))
    assert not desk.file("example", ".").exists()
    page = desk.opens("look", "quotes/")
    in_bar(page, "About this briefing").click()
    needed = page.get_by_role("region", name="Publishing")
    expect(needed.get_by_role("status")).to_contain_text(
        "Published with the next build: run briefing build --strict. 1 annotation is"
    )
    expect(needed).not_to_contain_text("example")


def test_the_editor_is_there_where_the_theme_swaps_pages_by_script(desk: Desk) -> None:
    page = desk.window(desk.address)
    page.goto("")
    page.locator("article a[href*='briefings/look/']").first.click()
    expect(page.locator(".bfe-bar")).to_be_visible(timeout=60_000)
    page.locator(".bf-tabs a[href*='quotes']").click()
    expect(page.locator(".bf-card [data-bfe-edit]").first).to_be_visible(timeout=60_000)
    assert page.locator(".bfe-bar").count() == 1


# --- references ------------------------------------------------------------------------------------------------------


def test_a_person_is_edited_where_annotations_name_one_and_taken_back(desk: Desk) -> None:
    shared, own = desk.docs / "people.yml", desk.file("named", "briefing.yml")
    before = shared.read_text("utf-8"), own.read_text("utf-8")
    page = desk.opens("named", "quotes/")
    page.locator("[data-bfe-edit='who-pays']").click()
    field(page, "note").fill("It is a question.")
    edit = panel(page).get_by_role("button", name="Edit this person…")
    edit.click()
    dialog = page.get_by_role("dialog", name="Edit this person")
    expect(dialog.get_by_label("Name")).to_be_focused()
    labels = dialog.locator("label").evaluate_all("all => all.map(one => one.firstChild.data)")
    assert labels == ["Name", "Kind", "Role", "Same as", "Sort as"], "every field that there is"
    dialog.get_by_label("Name").fill("Idris M. Vane")
    dialog.get_by_label("Role").fill("Former councillor")
    dialog.get_by_label("Same as").fill("nowhere")
    expect(dialog.locator("pre")).to_contain_text("same_as: nowhere")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_label("Same as")).to_be_focused()
    expect(dialog.get_by_label("Same as")).to_have_accessible_description(
        re.compile("not a full http or https address")
    )
    assert (shared.read_text("utf-8"), own.read_text("utf-8")) == before
    assert findings(page, ".bfe-dialog") == []
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("what you typed before")
    expect(dialog.get_by_label("Name")).to_have_value("Idris M. Vane")
    dialog.get_by_label("Same as").fill("https://www.harwick.example/vane")
    expect(dialog.locator("pre")).to_contain_text("vane: {role: Former councillor}")
    page.keyboard.press("Control+Enter")
    expect(field(page, "speaker")).to_have_value("Idris M. Vane")
    expect(panel(page).locator(".bfe-named")).to_contain_text("Former councillor · vane")
    expect(page.locator(".bfe-told")).to_contain_text(
        re.compile(r"Saved “vane” in people.yml, line \d+, and the role in briefing.yml")
    )
    changed = yaml.safe_load(shared.read_text("utf-8"))["vane"]
    assert changed == {"name": "Idris M. Vane", "same_as": "https://www.harwick.example/vane"}
    assert yaml.safe_load(own.read_text("utf-8"))["people"]["vane"] == {"role": "Former councillor"}
    expect(field(page, "note")).to_have_value("It is a question.")
    panel(page).get_by_role("button", name="Discard").click()
    taken_back(page)
    assert (shared.read_text("utf-8"), own.read_text("utf-8")) == before


def test_references_measures_and_people_are_edited_from_where_readers_see_them_and_from_one_list(desk: Desk) -> None:
    before = desk.texts("named")
    page = desk.opens("named", "method/", 360, 740, color_scheme="dark")
    page.get_by_role("button", name="Edit Reference R1").click()
    dialog = page.get_by_role("dialog", name="Edit this reference")
    expect(dialog.get_by_label("Title")).to_have_value("Annual report of the Saltgate Ferry Company")
    assert findings(page, ".bfe-dialog") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dialog.get_by_role("textbox", name="Note").fill("Read on paper.")
    expect(dialog.locator(".bfe-status")).to_have_text("No problems")
    saved(page, dialog.get_by_role("button", name="Save").click)
    [work] = [each for each in works(desk, "named") if each["id"] == "fares-2018"]
    assert (work["note"].strip(), work["excerpts"][0]["id"]) == ("Read on paper.", "cover")
    eventually(page, lambda: expect(page.get_by_role("button", name="Edit Reference R1")).to_be_focused())
    taken_back(page)
    page.goto("briefings/named/quotes/")
    page.get_by_role("button", name="Edit Idris Vane").click()
    expect(page.get_by_role("dialog", name="Edit this person").get_by_label("Name")).to_have_value("Idris Vane")
    page.keyboard.press("Escape")
    in_bar(page, "About this briefing").click()
    panel(page).get_by_text("People, references and measures").click()
    panel(page).get_by_role("button", name="Edit Lotte Brink…").click()
    expect(page.get_by_role("dialog", name="Edit this person").get_by_label("Role")).to_have_value("Mayor of Zandhaven")
    page.keyboard.press("Escape")
    assert desk.texts("named") == before


def test_a_measure_that_there_is_not_yet_is_added_on_the_way_and_edited(desk: Desk) -> None:
    page = desk.opens("named")
    select(page, "four against")
    page.locator(".bf-pick").get_by_role("button", name="Figure", exact=True).click()
    panel(page).locator(".bfe-more > summary").click()
    measure = field(page, "measure")
    measure.fill("Votes against")
    expect(panel(page).locator(".bfe-list:not([hidden]) li")).to_have_text("Add “Votes against” to the measures")
    measure.press("ArrowDown")
    measure.press("Enter")
    dialog = page.get_by_role("dialog", name="Add a measure")
    expect(dialog.get_by_label("Label")).to_have_value("Votes against")
    expect(dialog.locator("pre")).to_contain_text("votes-against:")
    dialog.get_by_role("button", name="Save").click()
    expect(measure).to_have_value("Votes against")
    panel(page).get_by_role("button", name="Edit this measure…").click()
    dialog = page.get_by_role("dialog", name="Edit this measure")
    dialog.get_by_label("Unit").fill("votes")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    file = desk.docs / "measures.yml"
    assert yaml.safe_load(file.read_text("utf-8")) == {"votes-against": {"label": "Votes against", "unit": "votes"}}
    panel(page).get_by_role("button", name="Discard").click()
    file.unlink()


def works(desk: Desk, folder: str = "works") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(desk.file(folder, "references.yml").read_text("utf-8"))["references"]
    return found


def taken_back(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bfe-told")).to_contain_text("Taken back")


def test_a_work_that_a_citation_does_not_find_is_added_on_the_way(desk: Desk) -> None:
    before = desk.texts("works")
    page = desk.opens("works")
    select(page, "harbour trust")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    fill(page, {"title": "The trust"})
    note = field(page, "note")
    note.press_sequentially("It owns the stage [@bayreport")
    expect(panel(page).locator(".bfe-list:not([hidden]) li")).to_have_text("Nothing found. Add a reference…")
    note.press("ArrowDown")
    note.press("Enter")
    dialog = page.get_by_role("dialog", name="Add a reference")
    number = dialog.get_by_label("Paste or type what you have")
    expect(number).to_be_focused()
    page.keyboard.type("978-3-16-148410-1")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("its digits do not fit together")
    expect(number).to_have_value("978-3-16-148410-1")
    number.fill("https://doi.org/10.1000/Bay.2")
    number.press("Enter")
    title, published = dialog.get_by_label("Title"), dialog.get_by_label("Published")
    expect(title).to_be_focused()
    expect(title).to_have_accessible_description(re.compile("Needed: it is not known yet"))
    expect(dialog.get_by_label("Address")).to_have_value("https://doi.org/10.1000/bay.2")
    page.keyboard.type(EVIL)
    dialog.locator("input[data-path='authors']").fill("Ada Marsh")
    published.fill("03/04/2020")
    dialog.get_by_role("button", name="Save").click()
    expect(published).to_be_focused()
    expect(published).to_have_accessible_description(re.compile("no date that can be only one day"))
    assert desk.texts("works") == before
    published.fill("2020-04")
    dialog.get_by_role("button", name="Save").click()
    expect(note).to_have_value("It owns the stage [@marsh-2020]")
    entry = works(desk)[-1]
    assert (entry["id"], entry["title"], entry["authors"]) == ("marsh-2020", EVIL, ["Ada Marsh"])
    eventually(page, lambda: expect(page.locator(".bfe-told")).to_contain_text("Saved “marsh-2020” in"))
    expect(note).to_have_value("It owns the stage [@marsh-2020]")
    panel(page).get_by_role("button", name="Discard").click()
    taken_back(page)
    assert desk.texts("works") == before


BIBTEX = """@article{finch, author = {Finch, Nora and Marsh, Ada},
  title = {The bay ferry and its price}, journal = {Bay Post}, year = {2025}, volume = 12, pages = {4--9}}"""


def test_a_work_is_pasted_or_written_by_hand_and_what_was_typed_is_kept(desk: Desk) -> None:
    before = desk.texts("works")
    page = desk.opens("works", "quotes/")
    add = page.get_by_role("button", name="Add a reference…")
    add.click()
    dialog = page.get_by_role("dialog")
    typed, alert = dialog.get_by_label("Paste or type what you have"), dialog.get_by_role("alert")
    typed.fill("Finch, N. (2025). The bay ferry. Bay Post.")
    typed.press("Enter")
    expect(alert).to_contain_text("Bay Post.” is no DOI, ISBN or address")
    expect(typed).to_have_value("Finch, N. (2025). The bay ferry. Bay Post.")
    dialog.get_by_role("button", name="Or write it field by field").click()
    expect(dialog.get_by_label("Title")).to_be_focused()
    page.keyboard.type("Ferries of the bay")
    dialog.get_by_label("Site").fill("Quay Press")
    dialog.get_by_role("radio", name="A book").check()
    expect(dialog.get_by_role("radio", name="A book")).to_be_focused()
    expect(dialog.get_by_label("Publisher")).to_have_value("Quay Press")
    assert findings(page, ".bfe-dialog") == []
    page.keyboard.press("Escape")
    page.reload()
    add.click()
    expect(dialog.get_by_label("Title")).to_have_value("Ferries of the bay")
    expect(typed).to_have_value("Finch, N. (2025). The bay ferry. Bay Post.")
    dialog.get_by_label("ISBN").fill("978-3-16-148410-1")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_label("ISBN")).to_be_focused()
    expect(dialog.get_by_label("ISBN")).to_have_accessible_description(re.compile("is no ISBN"))
    dialog.get_by_label("ISBN").fill("978-3-16-148410-0")
    dialog.locator("input[data-path='authors']").fill("Nora Quill")
    dialog.get_by_label("Published").fill("1998")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".bfe-told")).to_contain_text("Saved “quill-1998” in")
    assert works(desk)[-1] == {
        "id": "quill-1998",
        "title": "Ferries of the bay",
        "authors": ["Nora Quill"],
        "publisher": "Quay Press",
        "published": 1998,
        "note": "ISBN 9783161484100",
    }
    taken_back(page)
    add.click()
    expect(typed).to_have_value("")
    typed.fill(BIBTEX)
    typed.press("Enter")
    expect(dialog.get_by_role("radio", name="An article")).to_be_checked()
    expect(dialog.get_by_label("Pages")).to_have_value("4–9")
    dialog.get_by_label("Issue").fill("3")
    typed.fill("nothing that can be read")
    typed.press("Enter")
    expect(alert).to_contain_text("“nothing that can be read” is no DOI")
    expect(dialog.get_by_label("Issue")).to_have_value("3")  # what cannot be read takes nothing away
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".bfe-told")).to_contain_text("Saved “finch” in")
    entry = works(desk)[-1]
    assert [entry[name] for name in ("authors", "volume", "issue", "pages")] == [
        ["Nora Finch", "Ada Marsh"],
        12,
        3,
        "4–9",
    ]
    taken_back(page)
    add.click()
    typed.fill("https://council.example/bay")
    dialog.get_by_role("button", name="Read this").click()
    expect(dialog.get_by_label("Address")).to_have_value("https://council.example/bay")
    expect(dialog.get_by_label("Title")).to_be_focused()
    dialog.get_by_role("button", name="Clear").click()
    expect(typed).to_be_focused()
    expect(dialog.get_by_label("Address")).to_have_count(0)
    dialog.get_by_role("button", name="Cancel").click()
    expect(add).to_be_focused()
    assert desk.texts("works") == before


def test_what_was_said_of_a_save_outlives_a_page_that_loads_twice(desk: Desk) -> None:
    page = desk.opens("works", "quotes/")
    page.get_by_role("button", name="Add a reference…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Or write it field by field").click()
    page.keyboard.type("Twice")
    dialog.get_by_role("button", name="Save").click()
    told = page.locator(".bfe-told")
    expect(told).to_contain_text("Saved “twice” in")
    page.reload()
    expect(told).to_contain_text("Saved “twice” in")
    taken_back(page)


SAVED_PAGE = f"""<!doctype html><html><head><meta charset="windows-1252"><title>The bay ferry and its price</title>
<link rel="canonical" href="https://post.example/ferry"><link rel="stylesheet" href="/never.css">
<meta name="citation_technical_report_institution" content="Bay Post">
<meta name="citation_author" content="Finch, Nora"><meta name="citation_publication_date" content="2025/03/02">
<script>document.title = "run"; //{"x" * 300_000}</script></head><body onload="document.title='run'"><article>
<nav><a href="/">Institute</a><a href="/research">Research</a></nav>
<h1>The bay ferry and its price</h1><img src="/never.png" onerror="document.title='run'">
<p>The ferry will cost \x93nine&nbsp;pounds\x94 a <em>day</em>, said the council.</p>
<p>&lt;b&gt;It&lt;/b&gt; costs nine pounds.</p>
<table><tr><td>Fare</td><td>9</td></tr></table>{"<p>More of it.</p>" * 40}
</article></body></html>""".encode("latin-1")
"""A page of the West of old, with what runs, and larger than a request may be."""


def test_words_of_a_saved_page_are_selected_as_an_excerpt_by_keys(desk: Desk) -> None:
    before = desk.texts("works")
    page = desk.opens("works", "quotes/")
    title = page.title()
    page.get_by_role("button", name="Add a reference…").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    chosen = dialog.get_by_label("Or a file")
    chosen.set_input_files({"name": "ferry.html", "mimeType": "text/html", "buffer": SAVED_PAGE})
    text = dialog.get_by_label("Excerpts from the page")
    expect(text).to_have_value(re.compile("“nine pounds” a day, said the council.\n\n<b>It</b> costs"))
    expect(text).to_have_value(re.compile("^Institute Research\n\n(.|\n)*Fare\t9\n\n"))
    assert 10 < text.evaluate("text => text.scrollTop") < 60, "it opens at the title"
    expect(dialog.get_by_role("radio", name="A report")).to_be_checked()
    expect(dialog.get_by_label("Title")).to_have_value("The bay ferry and its price")
    ends = [dialog.get_by_role("button", name=name) for name in ("Save", "Clear", "Cancel")]
    places = [each.bounding_box() for each in ends]
    expect(dialog.locator(".bfe-chips span").first).to_have_text("Nora Finch")
    finding = dialog.get_by_label("Find in the page")
    finding.fill("POUNDS”  a day")
    finding.press("Enter")
    expect(dialog.locator(".bfe-status")).to_have_text("1 of 1 place: Enter takes the selected words")
    expect(text).to_be_focused()
    assert text.evaluate("text => text.value.slice(text.selectionStart, text.selectionEnd)") == "pounds” a day"
    finding.fill("(")
    dialog.get_by_role("button", name="Find next").click()
    expect(dialog.locator(".bfe-status")).to_have_text("“(” is not in the page")
    tab_to(page, "textarea.bfe-text")
    page.keyboard.press("Control+Home")
    page.keyboard.type("x")  # the text stays as it is
    at = text.input_value().index("The ferry will cost")
    for _ in range(at):
        page.keyboard.press("ArrowRight")
    for _ in "The ferry will cost":
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    excerpts = dialog.get_by_label("Excerpts", exact=True)
    expect(excerpts).to_contain_text("“The ferry will cost”")
    start = text.input_value().index("bay ferry")
    text.evaluate("(text, at) => text.setSelectionRange(at + 1, at + 7)", start)  # not quite whole words
    dialog.get_by_role("button", name="Take the selected words").click()
    expect(excerpts.locator("li > span")).to_have_text(["“bay ferry”", "“The ferry will cost”"])
    expect(dialog.get_by_role("status")).to_have_text("2 excerpts taken")
    excerpts.get_by_role("button", name="Remove “bay ferry”").click()
    expect(dialog.get_by_role("status")).to_have_text("1 excerpt taken")
    sentence = "<b>It</b> costs nine pounds."  # begun a hair before it, and ended at its last word
    begin, end = text.input_value().index("council.") + 7, text.input_value().index(sentence) + len(sentence) - 1
    text.evaluate("(text, [begin, end]) => text.setSelectionRange(begin, end)", [begin, end])
    dialog.get_by_role("button", name="Take the selected words").click()
    expect(excerpts.locator("li > span")).to_have_text(["“The ferry will cost”", f"“{sentence}”"])
    excerpts.get_by_role("button", name=f"Remove “{sentence}”").click()
    dialog.get_by_label("Where “The ferry will cost” is in the work").fill("first sentence")
    text.evaluate("(text, at) => text.setSelectionRange(at, at + 9)", start)
    dialog.get_by_role("button", name="Take the selected words").click()
    dialog.get_by_label("Where “bay ferry” is in the work").fill("the heading")
    text.evaluate("(text, at) => text.setSelectionRange(at + 4, at + 9)", start)
    dialog.get_by_role("button", name="Take the selected words").click()
    expect(dialog.get_by_role("status")).to_have_text("These words are taken already")
    assert [each.bounding_box() for each in ends] == places
    assert findings(page, ".bfe-dialog") == []
    page.emulate_media(color_scheme="dark")
    assert findings(page, ".bfe-dialog") == []
    assert page.title() == title and dialog.locator("img, b").count() == 0
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".bfe-told")).to_contain_text("Saved “finch-2025” in")
    entry = works(desk)[-1]
    assert entry["excerpts"] == [
        {"exact": "bay ferry", "where": "the heading"},
        {"exact": "The ferry will cost", "where": "first sentence"},
    ]
    assert (entry["url"], str(entry["published"])) == ("https://post.example/ferry", "2025-03-02")
    taken_back(page)
    assert desk.texts("works") == before


def test_works_of_an_export_are_chosen_and_what_is_too_large_is_said(desk: Desk) -> None:
    before = desk.texts("works")
    page = desk.opens("works", "quotes/", 360, 740)
    in_bar(page, "Add a reference…").click()
    dialog = page.get_by_role("dialog")
    chosen = dialog.get_by_label("Or a file")
    export = (CASES / "zotero.json").read_bytes()
    chosen.set_input_files({"name": "zotero.json", "mimeType": "application/json", "buffer": export + b" " * 300_000})
    expect(dialog.get_by_role("alert")).to_contain_text("zotero.json is too large for the browser")
    expect(dialog.get_by_role("alert")).to_contain_text("briefing add reference zotero.json")
    chosen.set_input_files({"name": "zotero.json", "mimeType": "application/json", "buffer": export})
    boxes = dialog.get_by_role("checkbox")
    expect(boxes.first).to_be_focused()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("no work is chosen")
    page.keyboard.press("Space")
    dialog.get_by_role("checkbox", name="Ferries").check()
    assert findings(page, ".bfe-dialog") == []
    assert page.evaluate("document.querySelector('.bfe-dialog').scrollWidth <= innerWidth")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".bfe-told")).to_contain_text("“quill-1998”")
    assert len(works(desk)) == len(yaml.safe_load(before["briefings/works/references.yml"])["references"]) + 2
    taken_back(page)
    assert desk.texts("works") == before


def parts(page: Page) -> list[str]:
    """What of a page is the editor's; the rest is looked at elsewhere."""
    own = (".bfe-bar", ".bfe-panel", ".bfe-dialog", ".bf-pick", ".bf-note.bf-open", ".bf-sheet")
    return [part for part in own if page.locator(part).count()]


@pytest.mark.parametrize(
    ("scheme", "width", "height"),
    # a sheet, or beside, in a low window too
    [("light", 360, 740), ("dark", 360, 740), ("light", 1280, 720), ("light", 1366, 600), ("dark", 1920, 1080)],
)
def test_axe_finds_nothing_and_nothing_is_cut_off(desk: Desk, scheme: str, width: int, height: int) -> None:
    options = {"color_scheme": scheme, "reduced_motion": "reduce"}
    page = desk.opens("look", "text/?kinds=all#_leave-early", width, height, **options)
    assert findings(page, *parts(page)) == []
    page.locator(".bf-sheet:visible, .bf-note.bf-open:visible").first.get_by_role("button", name="Edit").click()
    panel(page).locator(".bfe-more").evaluate("more => (more.open = true)")
    field(page, "speaker").fill("nobody")
    field(page, "speaker").blur()
    expect(panel(page).locator(".bfe-problem").first).to_be_visible()
    assert panel(page).locator(".bfe-written").evaluate("one => one.open") == (width >= 1100)
    if width >= 1100:
        lines, fields = panel(page).locator(".bfe-yaml").bounding_box(), panel(page).locator(".bfe-body").bounding_box()
        assert lines and 60 <= lines["height"] <= height / 3 and fields and fields["height"] >= height / 3
    assert findings(page, *parts(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for part in (panel(page), panel(page).get_by_role("button", name="Save", exact=True)):
        box = part.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height
    panel(page).get_by_role("button", name="Remove…").click()
    assert findings(page, *parts(page)) == []
    page.keyboard.press("Escape")
    panel(page).get_by_role("button", name="Discard").click()
    drafted = page.locator("mark.bf-draft[data-bf~='fine-thing']")
    expect(drafted).to_have_css("background-image", re.compile(r" 6px\)$"))  # the dotted line above the words
    select(page, "the mayor")
    expect(page.locator(".bfe-offer")).to_be_visible()
    assert findings(page, *parts(page)) == []


def test_nothing_is_covered_or_cut_while_a_panel_is_open(desk: Desk) -> None:
    page = desk.opens("look", "text/?kinds=all#_leave-early", 1040, 900)
    bar = page.locator(".bfe-bar")
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    page.locator(".bf-sheet:visible, .bf-note.bf-open:visible").first.get_by_role("button", name="Edit").click()
    expect(panel(page).locator(".bfe-fields, form, .bfe-field").first).to_be_visible()
    expect(page.locator(".bf-sheet:visible")).to_have_count(0)
    page.locator("mark.bf-mark").first.click()
    side, sheet = panel(page).bounding_box(), page.locator(".bf-sheet:visible").bounding_box()
    assert side and sheet and sheet["x"] >= 0 and sheet["x"] + sheet["width"] <= side["x"] + 1
    assert not panel(page).locator(".bfe-written").evaluate("one => one.open")
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".bfe-keys")).to_be_visible()
    page.evaluate("document.querySelector('.bfe-unsaved').textContent = 'Unsaved: words '.repeat(3)")
    page.evaluate("document.querySelector('.bfe-unsaved').hidden = false")
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth"), "the hint gives way"
    panel(page).get_by_role("button", name="Discard").click()
    page.set_viewport_size({"width": 800, "height": 900})
    page.locator("mark.bf-mark").first.click()
    expect(page.locator(".bf-sheet:visible")).to_have_count(1)
    select(page, "the mayor")
    page.locator(".bf-pick").get_by_role("button", name="Context").click()
    expect(panel(page)).to_be_visible()
    expect(page.locator(".bf-sheet:visible")).to_have_count(0)
    page.reload()  # as the preview does where a file has changed
    expect(panel(page)).to_be_visible()
    expect(page.locator(".bf-sheet:visible")).to_have_count(0)
    panel(page).get_by_role("button", name="Discard").click()


IN_SIGHT = """() => {
  const [range] = [...(CSS.highlights.get("bfe-active") || [])];
  const [box] = [...(range?.getClientRects() || [])].filter((one) => one.width);
  const under = box && document.elementFromPoint(box.left + 2, box.top + box.height / 2);
  return Boolean(under?.closest(".bf-text p"));
}"""
"""Whether the first of the words that the panel is about can be seen, with nothing over it."""


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_words_are_in_sight_whatever_opens_the_panel(desk: Desk, width: int) -> None:
    page = desk.opens("look", "text/?kinds=all#_leave-early", width, 600, reduced_motion="reduce")
    last = page.locator("mark.bf-mark").last.get_attribute("data-bf")
    for id in ("leave-early", last, "leave-early"):  # the second is far from the first
        page.evaluate("id => document.querySelector(`.bf-ref a[href$='#_${id}']`).click()", id)
        page.locator(".bf-sheet:visible, .bf-note.bf-open:visible").first.get_by_role("button", name="Edit").click()
        expect(panel(page).locator("h2")).to_contain_text(f"“{id}”")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(IN_SIGHT)
        assert panel(page).evaluate("panel => panel.contains(document.activeElement)"), "and no note takes the focus"
        panel(page).get_by_role("button", name="Discard").click()
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("a")
    expect(panel(page).locator(".bfe-written .bfe-help")).to_contain_text("Nothing yet.")
    page.keyboard.type("publish its survey before the boats")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Begin one word earlier")).to_be_focused()
    assert page.evaluate(IN_SIGHT), "words that were typed"
    panel(page).get_by_role("button", name="Discard").click()


def test_undo_is_offered_only_by_the_server_that_saved(desk: Desk) -> None:
    page = desk.opens("mouse")
    undo = page.get_by_role("button", name="Undo")
    for by, offered in (("document.querySelector('script[data-token]').dataset.token", True), ("'before'", False)):
        page.evaluate(
            f"""() => import("/.briefing/editor/api.js").then(({{ memory }}) =>
                memory.set("undo", {{ value: [{{ token: "t", what: "something" }}], server: {by} }}))"""
        )
        page.reload()
        expect(page.locator(".bfe-bar")).to_be_visible()
        expect(undo).to_have_text(["Undo: something"] * offered)


def test_what_cannot_be_taken_back_is_not_in_the_way_of_what_was_saved_before(desk: Desk) -> None:
    page = desk.opens("mouse")
    page.evaluate(
        """() => import("/.briefing/editor/api.js").then(({ lastSaved }) => {
            for (const what of ["one", "two"]) lastSaved.add({ token: "unknown", what });
        })"""
    )
    page.reload()
    page.get_by_role("button", name="Undo: two").click()
    expect(page.locator(".bfe-told")).to_contain_text(
        re.compile("^two: the preview has been started again .* back one")
    )
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bfe-told")).to_contain_text(re.compile("^one: "))
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


def test_a_text_that_cites_is_shown_below_as_it_reads(desk: Desk) -> None:
    page = desk.opens("look")
    select(page, "harbour trust")
    page.locator(".bf-pick").get_by_role("button", name="Context", exact=True).click()
    note = field(page, "note")
    reads = panel(page).locator(".bfe-field[data-path=note] .bfe-cited")
    note.fill("It owns the stage.")
    expect(reads).to_be_hidden()
    note.fill("It owns [a link](x) <b> [@vote-day; @nobody, page 3].")
    expect(reads).to_have_text(re.compile(r"^It owns \[a link\]\(x\) <b> figure: Day of the vote: .*nobody, page 3\.$"))
    expect(reads.locator(".bfe-citation")).to_have_count(2)
    assert findings(page, ".bfe-panel") == []
    panel(page).get_by_role("button", name="Discard").click()


def test_a_page_of_problems_says_them_in_words_and_hides_a_name_where_it_says_so(desk: Desk) -> None:
    page = desk.opens("named-in", "")
    told = page.locator(".bfe-problems-page li").first
    expect(told).to_contain_text("the comment “c1” has “Sail Bell”; this is the name of who wrote the comment “c2”")
    expect(page.locator("pre.bf-problem").first).to_be_hidden()
    comments = desk.file("named-in", "comments.yml")
    before = comments.read_text("utf-8")
    told.get_by_role("button", name="It is no name…").click()
    page.get_by_role("dialog").get_by_label("Why, for readers").fill("A boat has this name")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator(".bfe-told")).to_contain_text("“Sail Bell” stays in c1")
    allowed = {"code": "hidden-name", "passage": "Sail Bell", "reason": "A boat has this name"}
    assert yaml.safe_load(comments.read_text("utf-8"))["comments"][0]["allow"][1:] == [allowed]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bfe-told")).to_contain_text("Taken back: “Sail Bell”")
    assert comments.read_text("utf-8") == before
    told.get_by_role("button", name="Hide “Sail Bell” in comments").click()
    expect(page.locator(".bfe-told")).to_contain_text("“[name]” stands for “Sail Bell” in comments")
    assert yaml.safe_load(comments.read_text("utf-8"))["hide_names"] == ["Sail Bell"]
    expect(page.locator(".bfe-problems-page")).to_have_count(0)
