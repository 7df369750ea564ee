"""Comments are sorted into themes in the browser, by keys, menus and dragging; what is saved is in the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from briefing.authoring.themes import ledger_of
from briefing.editor.annotations import OPERATIONS as ANNOTATING
from briefing.editor.interface import EditInterface
from briefing.editor.themes import OPERATIONS as SORTING
from briefing.pipeline.checking import check_alone
from briefing.preview.router import Router
from briefing.preview.server import PreviewServer
from briefing.preview.session import PreviewSession
from tests.author.test_themes import BRIEFING, COMMENTS, THEMES
from tests.browser.conftest import Window
from tests.browser.test_accessibility import findings
from tests.browser.waiting import eventually
from tests.preview.fake import FakeSite

FOLDERS = (
    "keys",
    "words",
    "drag",
    "menu",
    "meanwhile",
    "themes",
    "undo",
    "look",
    "ticked",
    "focus",
    "typed",
    "first",
    "cite",
    "later",
    "stances",
    "hidden",
)
"""A briefing for each test that writes, so that none sees what another has done."""
EVIL = "<img src=x onerror=document.title='run'><b>bold</b> [x](javascript:alert(1)) {{ 7*7 }} ‮reversed"
MANY = 500


@dataclass(frozen=True)
class Board:
    """A preview whose comments are sorted, and its files."""

    address: str
    docs: Path
    window: Window

    def opens(self, folder: str, width: int = 1280, height: int = 900, **options: Any) -> Page:
        page = self.window(self.address, width, height, **options)
        page.goto(f"/.briefing/themes/briefings/{folder}")
        expect(page.locator(".comment").first).to_be_visible()
        return page

    def themes(self, folder: str) -> Path:
        return self.docs / "briefings" / folder / "annotations/themes.yml"

    def comments(self, folder: str) -> Path:
        return self.docs / "briefings" / folder / "comments.yml"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("board")
    for name in (*FOLDERS, "many", "hostile"):
        home = folder / "docs/briefings" / name
        (home / "annotations").mkdir(parents=True)
        (home / "source.txt").write_text("The council has voted.\n", "utf-8")
        (home / "briefing.yml").write_text(BRIEFING, "utf-8")
        (home / "comments.yml").write_text(COMMENTS, "utf-8")
        (home / "annotations/themes.yml").write_text(THEMES, "utf-8")
    rows = [
        f"  - id: c{n}\n    text: The road is {'dear' if n % 2 else 'long'}, says reader {n}.\n"
        for n in range(1, MANY + 1)
    ]
    (folder / "docs/briefings/many/comments.yml").write_text("comments:\n" + "".join(rows), "utf-8")
    hostile = "".join(f"  - id: c{n}\n    text: >-\n      {EVIL}\n    author: >-\n      {EVIL}\n" for n in (1, 2, 3))
    (folder / "docs/briefings/hostile/comments.yml").write_text(f"comments:\n{hostile}", "utf-8")
    evil = f"themes:\n  - id: evil\n    title: >-\n      {EVIL}\n    about: >-\n      {EVIL}\n    comments: [c1]\n"
    (folder / "docs/briefings/hostile/annotations/themes.yml").write_text(evil, "utf-8")
    hidden = COMMENTS.replace("First!", "First! Ann Reed has read it.").replace(
        "- id: c2", "- id: c2\n    author: Ann Reed"
    )
    (folder / "docs/briefings/hidden/comments.yml").write_text(hidden.replace("I like it", "I like a reed"), "utf-8")
    (folder / "docs/people.yml").write_text("{}\n", "utf-8")
    (folder / "docs/index.html").write_text("<p>Home</p>", "utf-8")
    session = PreviewSession(FakeSite(folder), lambda _: None)
    session.first_build()
    server = PreviewServer("127.0.0.1", 0)
    editor = EditInterface(folder / "docs", {**ANNOTATING, **SORTING})
    server.router = Router(session, "127.0.0.1", reload=False, editor=editor)
    server.start()
    yield f"http://127.0.0.1:{server.server_port}", folder / "docs"
    server.close()
    session.close()


@pytest.fixture
def board(served: tuple[str, Path], window: Window) -> Board:
    return Board(*served, window)


def told(page: Page, words: str) -> None:
    expect(page.locator("#told")).to_contain_text(words)


def test_keys_sort_one_comment_after_the_other(board: Board) -> None:
    page = board.opens("keys")
    expect(page.locator("#ledger")).to_have_text("5 comments: 3 in themes, 1 set aside, 1 unsorted")
    expect(page.locator(".comment[aria-current]")).to_be_focused()
    page.keyboard.press("2")
    told(page, "c4 in Cars. 0 unsorted.")
    page.keyboard.press("+")
    told(page, "c4 in Cars: supportive. 0 unsorted.")
    assert "comments: [c2, {id: c4, stance: supportive}]" in board.themes("keys").read_text("utf-8")
    expect(page.locator("#ledger .done")).to_have_text("0 unsorted")
    expect(page.locator("#nothing")).to_contain_text("All comments are sorted. What is missing are summaries:")
    assert findings(page) == []
    page.get_by_role("button", name="Write the summary of Cars").click()
    expect(page.locator("#themes [data-id=cars] [name=summary]")).to_be_focused()
    for each in (
        page.locator("#themes [data-id=cars]").get_by_role("button", name=name) for name in ("Save", "Cite c4")
    ):
        expect(each).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    told(page, "Taken back: c4 in Cars: supportive.")
    page.keyboard.press("u")
    told(page, "Taken back: c4 in Cars. 1 unsorted.")
    expect(page.locator("[data-id=c4]")).to_be_focused()
    assert board.themes("keys").read_text("utf-8") == THEMES
    page.keyboard.press("a")
    page.keyboard.press("o")
    page.keyboard.press("Enter")
    told(page, "c4 set aside: off-topic. 0 unsorted.")
    assert "  - comment: c4\n    reason: off-topic\n" in board.comments("keys").read_text("utf-8")


def test_the_board_says_that_readers_do_not_see_the_names_on_it(board: Board) -> None:
    expect(board.opens("hostile").locator("#names-hidden")).to_contain_text("Readers do not see the names")
    expect(board.opens("look").locator("#names-hidden")).to_be_hidden()


def test_a_name_is_hidden_at_the_comment_that_has_it(board: Board) -> None:
    page = board.opens("hidden")
    card = page.locator(".comment[data-id=c4]")
    expect(card).to_contain_text("Ann Reed has read it")
    expect(page.locator("#problems")).to_contain_text("The comment “c4” has “Ann Reed”")
    card.get_by_role("button", name="Hide “Ann Reed” in comments").click()
    told(page, "“[name]” stands for “Ann Reed” in comments")
    expect(card).to_contain_text("First! [name] has read it.")
    expect(card.get_by_role("button", name="Hide")).to_have_count(0)


def test_selected_words_show_why_a_comment_belongs(board: Board) -> None:
    page = board.opens("words")
    page.locator("#view").select_option("all")
    text = page.locator("[data-id=c2] .text")
    box = page.evaluate("""() => {
      const node = document.querySelector("[data-id=c2] .text").firstChild;
      const range = document.createRange();
      range.setStart(node, 0);
      range.setEnd(node, "Cars first".length);
      const { left, right, top, height } = range.getBoundingClientRect();
      return [left + 1, right + 1, top + height / 2];
    }""")
    page.mouse.move(box[0], box[2])
    page.mouse.down()
    page.mouse.move(box[1], box[2], steps=4)
    page.mouse.up()
    page.keyboard.press("1")
    told(page, "c2 in Cost.")
    assert "      - id: c2\n        words: Cars first\n" in board.themes("words").read_text("utf-8")
    text.dblclick(position={"x": 12, "y": 10})
    page.get_by_role("button", name="Use selected words for Cars").click()
    eventually(page, lambda: _contains(board.themes("words"), "{id: c2, words: Cars}"))
    page.get_by_role("button", name="Whole comment for Cars").click()
    eventually(page, lambda: _contains(board.themes("words"), "comments: [{id: c2}]"))
    page.get_by_role("button", name="Use selected words for Cost").first.click()
    told(page, "Select words in c1 first")


def _contains(file: Path, words: str) -> None:
    assert words in file.read_text("utf-8")


def drag(page: Page, id: str, target: str) -> None:
    grip, to = page.locator(f"[data-id={id}] .grip").bounding_box(), page.locator(target)
    assert grip
    page.mouse.move(grip["x"] + 5, grip["y"] + 12)
    page.mouse.down()
    page.mouse.move(grip["x"] + 60, grip["y"] + 40, steps=3)
    box = to.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 10, steps=5)
    expect(to).to_have_class("target over")
    page.mouse.up()


def test_dragging_puts_moves_and_sets_aside(board: Board) -> None:
    page = board.opens("drag")
    drag(page, "c4", "[data-target=theme][data-id=cars]")
    told(page, "c4 in Cars. 0 unsorted.")
    page.locator("#view").select_option("theme:cost")
    drag(page, "c3", "[data-target=theme][data-id=cars]")
    told(page, "c3 in Cars.")
    text = board.themes("drag").read_text("utf-8")
    assert "comments: [c2, c4, {id: c3, words: I like it.}]" in text and text.count("c3") == 1
    page.locator("#view").select_option("all")
    page.locator("[data-id=c2] [type=checkbox]").check()
    page.locator("[data-id=c4] [type=checkbox]").check()
    expect(page.locator("#chosen")).to_contain_text("2 chosen")
    drag(page, "c2", "[data-target=aside][data-reason=duplicate]")
    told(page, "c2, c4 set aside: duplicate.")
    assert board.comments("drag").read_text("utf-8").count("reason: duplicate") == 2
    page.locator("[data-id=c2]").get_by_role("button", name="Bring back").click()
    told(page, "c2 brought back. 1 unsorted.")


def test_on_a_phone_a_menu_does_it_and_a_finger_drags(board: Board) -> None:
    page = board.opens("menu", 390, 844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Put c4 into …").tap()
    expect(page.get_by_role("menu")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("menuitem", name="Cars").tap()
    told(page, "c4 in Cars. 0 unsorted.")
    page.get_by_role("button", name="Undo").tap()
    told(page, "Taken back")
    page.get_by_role("button", name="Put c4 into …").tap()
    page.keyboard.press(page.get_by_role("menuitem", name="Cars").get_attribute("aria-keyshortcuts") or "")
    told(page, "c4 in Cars. 0 unsorted.")
    page.get_by_role("button", name="Undo").tap()
    told(page, "Taken back")
    page.get_by_role("button", name="Put c4 into …").tap()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.get_by_role("button", name="Put c4 into …")).to_be_focused()
    drag(page, "c4", "[data-target=theme][data-id=cost]")
    told(page, "c4 in Cost. 0 unsorted.")


def ticks(page: Page, *ids: str) -> None:
    for id in ids:
        page.locator(f".comment[data-id={id}] [type=checkbox]").check()


def ticked(page: Page) -> list[str]:
    ids: list[str] = page.locator(".comment.picked").evaluate_all("all => all.map((one) => one.dataset.id)")
    return ids


def test_ticked_comments_stay_ticked_until_they_are_moved(board: Board) -> None:
    page = board.opens("ticked")
    page.locator("#view").select_option("all")
    ticks(page, "c2", "c4")
    page.get_by_role("button", name="Cars", exact=True).click()
    expect(page.locator("#chosen")).to_contain_text("2 chosen, 1 not shown here")
    assert ticked(page) == ["c2"]
    page.reload()
    expect(page.locator("#chosen")).to_contain_text("2 chosen, 1 not shown here")
    page.get_by_role("button", name="Cost", exact=True).click()
    page.locator("#search").fill("nothing has this")
    expect(page.locator("#chosen")).to_contain_text("2 chosen, 2 not shown here")
    page.locator("#view").select_option("all")
    assert ticked(page) == ["c2", "c4"]
    drag(page, "c1", "[data-target=theme][data-id=cars]")  # which is not ticked
    told(page, "c1 in Cars")
    assert ticked(page) == ["c2", "c4"]
    board.themes("ticked").write_text(f"{board.themes('ticked').read_text('utf-8')}  - broken: [\n", "utf-8")
    page.get_by_role("button", name="Put 2 comments into Cost").click()
    expect(page.locator("#told")).to_have_class("told failed")
    assert ticked(page) == ["c2", "c4"]
    board.themes("ticked").write_text(THEMES, "utf-8")
    page.get_by_role("button", name="Put 2 comments into Cost").click()
    told(page, "c2, c4 in Cost. 0 unsorted.")
    expect(page.locator("#chosen")).to_be_hidden()
    ticks(page, "c1", "c2")
    page.get_by_role("button", name="Untick").click()
    expect(page.locator(".comment[aria-current]")).to_be_focused()
    assert ticked(page) == []


FOCUSED = {
    "a checkbox": ".comment[aria-current] [type=checkbox]",
    "a list": ".comment[data-id=c4] select",
    "another list": "#view",
    "a button": "#help",
    "a theme": "[data-id=cars] .name",
    "a summary": "[data-id=cars] summary",
    "a link": "#back",
    "nothing": "",
}


def test_keys_work_wherever_the_focus_is(board: Board) -> None:
    page = board.opens("focus")
    expect(page.locator("#back")).to_have_attribute("href", "/briefings/focus/")
    page.locator("#view").select_option("all")
    page.locator("[data-id=c4]").focus()
    page.keyboard.press("Shift+2")
    told(page, "c4 in Cars")
    for what, control in FOCUSED.items():
        if control:
            page.locator(control).first.focus()
        else:
            page.evaluate("document.activeElement.blur()")
        page.keyboard.press("1")
        expect(page.locator("#told"), what).to_have_text(re.compile("^c4 in Cost. 0 unsorted."))
        page.keyboard.press("u")
        told(page, "Taken back: c4 in Cost")
        expect(page.locator("[data-id=c4]"), what).to_be_focused()
        assert page.locator("#view").input_value() == "all", what
    page.locator("#view").focus()
    page.keyboard.type("set")  # letters are the list’s, also those that are keys elsewhere
    expect(page.locator("#showing")).to_have_text("Set aside: 1")
    page.locator("#search").focus()
    page.keyboard.type("1n")
    expect(page.locator("#search")).to_have_value("1n")


def test_a_theme_begins_with_the_comments_for_which_it_was_asked(board: Board) -> None:
    page = board.opens("first")
    page.get_by_role("button", name="Put c4 into …").click()
    page.get_by_role("menuitem", name="New theme …").click()
    page.keyboard.type("Trains")
    page.get_by_role("button", name="Add with c4").click()
    told(page, "Theme Trains added with c4. 0 unsorted.")
    assert "title: Trains\n    comments: [c4]\n" in board.themes("first").read_text("utf-8")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Add", exact=True)).to_be_visible()


def test_a_summary_is_written_beside_the_comments_that_it_cites(board: Board) -> None:
    page = board.opens("cite")
    theme = page.locator("#themes [data-id=cost]")
    theme.locator("summary").click()
    listed = theme.get_by_role("list", name="Comments in Cost")
    expect(listed.locator("li")).to_have_count(2)
    expect(listed).to_contain_text("The road is too dear.")
    summary = theme.locator("[name=summary]")
    summary.fill("It is dear. Nobody answers.")
    summary.evaluate("field => field.setSelectionRange(10, 10)")
    listed.get_by_role("button", name="Cite c1").click()
    expect(summary).to_have_value("It is dear [@c1]. Nobody answers.")
    expect(summary).to_be_focused()
    page.keyboard.type(" and far")
    expect(summary).to_have_value("It is dear [@c1] and far. Nobody answers.")
    expect(theme.locator("summary")).to_have_text("Describe: not saved yet")
    listed.get_by_role("button", name="Cite c1").focus()
    for key in "ajn1?":  # on a button of a form, keys do nothing behind it
        page.keyboard.press(key)
    expect(listed.get_by_role("button", name="Cite c1")).to_be_focused()
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(listed.locator("li")).to_have_count(2)
    page.locator("#view").select_option("unsorted")
    page.locator(".comment[data-id=c4]").focus()
    page.keyboard.press("1")
    expect(listed.locator("li")).to_have_count(3)  # the form that is open has what was put into its theme meanwhile
    expect(summary).to_have_value("It is dear [@c1] and far. Nobody answers.")
    before = board.themes("cite").read_text("utf-8")
    theme.get_by_role("button", name="Save").click()
    told(page, "Not saved")  # what is wrong is not written, here as elsewhere, and said at its field
    expect(summary).to_be_focused()
    expect(summary).to_have_accessible_description(re.compile("cites no comment of the theme"))
    expect(summary).to_have_value("It is dear [@c1] and far. Nobody answers.")
    assert findings(page, "[data-id=cost]") == []
    assert board.themes("cite").read_text("utf-8") == before
    theme.get_by_role("button", name="It is right as it stands…").first.click()
    expect(theme.get_by_label("Why, for readers")).to_be_focused()
    page.keyboard.type("It sums up what is not said.")
    page.keyboard.press("Enter")
    told(page, "Cost saved")
    text = board.themes("cite").read_text("utf-8")
    assert "It is dear [@c1] and far. Nobody answers." in text
    assert "It sums up what is not said." in text


def test_a_theme_is_saved_without_a_summary_and_its_summary_taken_out_again(board: Board) -> None:
    page = board.opens("later")
    theme = page.locator("#themes [data-id=cars]")
    for field, words, said in (
        ("title", "Cars first", "Cars saved"),
        ("summary", "One wants cars [@c2].", "Cars first saved"),
        ("summary", "", "Cars first saved"),
    ):
        theme.locator("summary").click()
        theme.locator(f"[name={field}]").fill(words)
        theme.get_by_role("button", name="Save").click()
        told(page, said)
        assert words in board.themes("later").read_text("utf-8")
        eventually(page, lambda: expect(theme.locator("summary")).to_have_text("Describe"))
    assert "One wants cars" not in board.themes("later").read_text("utf-8")


def test_a_statement_asks_for_stances_and_what_is_wrong_with_them_is_cured_on_the_board(board: Board) -> None:
    file = board.comments("stances")
    long = "The road is too dear. " + "It is too dear for us. " * 12
    file.write_text(COMMENTS.replace("The road is too dear. It is too dear for us.", long), "utf-8")
    page = board.opens("stances")
    cars, cost = (page.locator(f"#themes [data-id={name}]") for name in ("cars", "cost"))
    cars.locator("summary").click()
    cars.locator("[name=about]").fill("Cars come first")
    expect(cars.get_by_role("status")).to_contain_text("Once it is saved, give each a stance: 1 of 1 left.")
    cars.get_by_role("button", name="Save").click()
    told(page, "Cars saved")
    expect(cars).to_contain_text("Now give each comment a stance: 1 of 1 left.")
    assert findings(page, "[data-id=cars]") == []
    cars.get_by_role("button", name="Show the comments of Cars").click()
    expect(page.locator(".comment[data-id=c2]")).to_be_focused()
    page.keyboard.press("+")  # of the comment at hand, though none was sorted before
    told(page, "c2 in Cars: supportive")
    expect(cars).not_to_contain_text("left")
    expect(page.get_by_label("Stance in Cars").locator("option")).to_have_text(
        ["no stance", "supportive (for)", "critical (against)", "mixed", "neutral"]
    )
    cost.get_by_role("button", name="Show the comments of Cost").click()
    page.keyboard.press("j")
    expect(page.locator(".comment[data-id=c3]")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("-")
    told(page, "c1 in Cost: critical")
    expect(cost.locator(".cure")).to_have_text(
        "Select words in one of them, such as c1, and press “Use selected words” beside this theme there"
    )


def test_nothing_lies_over_a_field_of_a_theme(board: Board) -> None:
    page = board.opens("look", height=600)
    theme = page.locator("#themes [data-id=cost]")
    theme.locator("summary").click()
    for name in ("title", "about", "status", "summary"):
        field = theme.locator(f"[name={name}]")
        field.scroll_into_view_if_needed()
        covered = field.evaluate(
            """field => {
              const { left, right, top, bottom } = field.getBoundingClientRect();
              return [top + 3, bottom - 3].some(y => document.elementFromPoint((left + right) / 2, y) !== field);
            }"""
        )
        assert not covered, name


@pytest.mark.parametrize("width", [360, 1280])
def test_names_beside_what_puts_comments_there_break_between_words_alone(board: Board, width: int) -> None:
    page = board.opens("look", width, 740)
    ticks(page, "c4")
    expect(page.get_by_role("button", name="Set 1 comment aside: duplicate")).to_be_visible()
    names = page.locator(".target .name")
    broken = """all => all.flatMap((one) => one.textContent.split(/[ -]/).filter((word) => {
        const [text, range] = [one.firstChild, document.createRange()];
        range.setStart(text, text.data.indexOf(word));
        range.setEnd(text, text.data.indexOf(word) + word.length);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
    }))"""
    assert names.evaluate_all(broken) == []
    names.first.evaluate("one => (one.textContent = 'longwordsthatgoon'.repeat(9))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert names.first.evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("width", [360, 420])
def test_a_long_title_is_in_sight_whole(board: Board, width: int) -> None:
    page = board.opens("look", width, 740)
    page.locator("h1").evaluate("one => (one.textContent = 'Themes: A title of many and longwordsthatgoon'.repeat(2))")
    box = page.locator("h1").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.locator("h1").evaluate("one => one.scrollWidth <= one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_typed_of_a_theme_outlives_the_page(board: Board) -> None:
    page = board.opens("typed")
    cars = page.locator("[data-id=cars]")
    cars.locator("summary").click()
    cars.get_by_label("Title", exact=True).fill("Cars and vans")
    page.get_by_label("New theme").fill("Buses")
    cars.locator("summary").click()
    expect(cars.locator("summary")).to_have_text("Describe: not saved yet")
    page.reload()
    expect(cars.get_by_label("Title", exact=True)).to_have_value("Cars and vans")
    expect(page.get_by_label("New theme")).to_have_value("Buses")
    file = board.themes("typed")
    file.write_text(THEMES.replace("title: Cars", "title: Bikes"), "utf-8")
    cars.get_by_role("button", name="Save").click()
    told(page, "was changed meanwhile")
    cars.get_by_role("button", name="Discard").click()
    expect(cars.locator("summary")).to_be_focused()
    expect(cars.locator("summary")).to_have_text("Describe")
    page.get_by_role("button", name="Add", exact=True).click()
    told(page, "Theme Buses added")
    page.reload()
    expect(page.get_by_label("New theme")).to_have_value("")
    assert "title: Bikes" in file.read_text("utf-8")


def test_what_an_editor_saves_meanwhile_is_kept(board: Board) -> None:
    page = board.opens("meanwhile")
    file = board.themes("meanwhile")
    file.write_text(THEMES.replace("# the rest", "# written by hand").replace("[c2]", "[c2, c1]"), "utf-8")
    page.keyboard.press("2")
    told(page, "c4 in Cars. 0 unsorted.")
    text = file.read_text("utf-8")
    assert "# written by hand" in text and "comments: [c2, c1, c4]" in text
    file.write_text(text.replace("title: Cars", "title: Bikes"), "utf-8")
    page.locator("[data-id=cars] summary").click()
    page.get_by_label("Title", exact=True).last.fill("Trams")
    page.locator("[data-id=cars]").get_by_role("button", name="Save").click()
    told(page, "was changed meanwhile")
    assert "title: Bikes" in file.read_text("utf-8")
    expect(page.get_by_label("Title", exact=True).last).to_have_value("Trams")


def test_themes_are_made_described_and_removed(board: Board) -> None:
    page = board.opens("themes")
    page.keyboard.press("n")
    page.keyboard.type("Parks & rivers: #1")
    page.keyboard.press("Enter")
    told(page, "Theme Parks & rivers: #1 added")
    assert 'title: "Parks & rivers: #1"\n    comments: []\n' in board.themes("themes").read_text("utf-8")
    expect(page.locator("[data-id=parks-rivers-1] .found")).to_have_text("This theme has no comments yet")
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    told(page, "c4 in Parks")
    page.locator("[data-id=parks-rivers-1] summary").click()
    page.get_by_label("The statement that comments are for or against").last.fill("Parks come first")
    page.get_by_label("Summary; every sentence cites comments").last.fill("One reader is first [@c4].")
    page.locator("[data-id=parks-rivers-1]").get_by_role("button", name="Save").click()
    told(page, "saved")
    text = board.themes("themes").read_text("utf-8")
    assert "about: >-\n      Parks come first\n" in text and "One reader is first [@c4]." in text
    page.locator("[data-id=parks-rivers-1] summary").click()
    page.get_by_role("button", name="Remove theme").last.click()
    told(page, "removed. 1 unsorted.")
    assert board.themes("themes").read_text("utf-8") == THEMES


def test_five_hundred_comments_are_searched_paged_and_sorted(board: Board) -> None:
    page = board.opens("many")
    expect(page.locator(".comment")).to_have_count(60)
    page.get_by_role("button", name="Show 60 more").click()
    expect(page.locator(".comment")).to_have_count(120)
    expect(page.locator(".comment").nth(60)).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("long reader 10")
    expect(page.locator("#showing")).to_have_text("Unsorted: 10")
    page.keyboard.press("Escape")
    for number in range(3):
        page.keyboard.press("1")
        expect(page.locator("#showing")).to_have_text(f"Unsorted: {9 - number}")
    told(page, f"{MANY - 6} unsorted.")
    page.keyboard.press("u")
    told(page, f"Taken back: c102 in Cost. {MANY - 5} unsorted.")
    expect(page.locator("[data-id=c102]")).to_be_focused()
    page.keyboard.press("1")
    told(page, f"{MANY - 6} unsorted.")
    page.locator("#search").fill("no such words")
    expect(page.locator("#nothing")).to_have_text("No comment has these words here.")
    after = check_alone(board.docs, "briefings/many").briefing
    assert after and len(ledger_of(after).unsorted) == MANY - 6


def test_what_strangers_wrote_is_only_words(board: Board) -> None:
    page = board.opens("hostile")
    expect(page.locator("[data-id=c2] .text")).to_have_text(EVIL)
    expect(page.locator("[data-target=theme] .name")).to_have_text(EVIL)
    page.keyboard.press("1")
    told(page, "c2 in <img")
    page.keyboard.press("p")
    assert page.locator("img, b, script:not([src^='/.briefing/'])").count() == 0
    assert page.title() != "run"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_board(board: Board, scheme: Any) -> None:
    page = board.opens("look", color_scheme=scheme, reduced_motion="reduce")
    page.locator("#view").select_option("all")
    page.get_by_role("button", name="Keys").click()
    page.locator("[data-id=cost] summary").click()
    page.locator("[data-id=c1] [type=checkbox]").check()
    for width in (360, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page) == [], width
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        for place in ("#ledger", "#chosen"):  # how many are left and ticked is in sight wherever one is
            expect(page.locator(place)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Put c1 into …").click()
    assert findings(page) == []


def test_single_keys_can_be_switched_off(board: Board) -> None:
    page = board.opens("look")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys do something").uncheck()
    page.locator("[data-id=c4]").focus()
    page.keyboard.press("1")
    page.keyboard.press("n")
    expect(page.locator("[data-id=c4]")).to_be_focused()
    assert board.themes("look").read_text("utf-8") == THEMES
