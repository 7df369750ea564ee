"""Drafts are reviewed in the browser, by keys alone and by buttons; what is decided is in the files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Locator, Page, Route, expect

from briefing.authoring.suggest.write import plan_drafts, write_drafts
from briefing.coverage import coverage
from briefing.editor.annotations import OPERATIONS as ANNOTATING
from briefing.editor.interface import EditInterface
from briefing.editor.references import OPERATIONS as CITING
from briefing.editor.review import OPERATIONS as REVIEWING
from briefing.editor.review import drafts_left
from briefing.model.codes import CODES
from briefing.pipeline.checking import check_alone
from briefing.preview.router import Router
from briefing.preview.server import PreviewServer
from briefing.preview.session import PreviewSession
from tests.browser.conftest import Window
from tests.browser.test_accessibility import findings
from tests.preview.fake import FakeSite
from tests.sites import GOOD

FOLDERS = (
    "keys",
    "sight",
    "refused",
    "right",
    "edited",
    "added",
    "meanwhile",
    "slow",
    "left",
    "look",
    "likely",
    "nobody",
    "reasons",
    "seen",
    "again",
    "back",
    "counted",
    "single",
    "listed",
)
"""A briefing for each test, so that none sees what another has done."""
WORDS = {
    "favour-and-four": "Figure four",
    "by-habit": "held up by habit",
    "open": "held up by habit",
    "harwick-harbour-trust": "Harwick Harbour Trust",
    "would-sail-3-march": "3 March",
    "dozens-small-repairs": "dozens of small repairs",
    "own-name": "two second-hand boats",
    "evil": "the chamber",
}
"""Of drafts that are looked up in the list."""
EVIL = "<img src=x onerror=document.title='run'><b>bold</b> [x](javascript:alert(1)) {{ 7*7 }} ‮reversed"
LONG = "words that go on and on and say nothing much, " * 40


@dataclass(frozen=True)
class Review:
    """A preview whose drafts are reviewed, and its files."""

    address: str
    docs: Path
    window: Window

    def opens(self, folder: str, width: int = 1280, height: int = 800, **options: Any) -> Page:
        page = self.window(self.address, width, height, **options)
        page.goto(f"/.briefing/review/briefings/{folder}")
        expect(page.locator("#draft h2")).to_be_visible()
        return page

    def statuses(self, folder: str) -> dict[str, str]:
        """By id, what a check reads of each annotation."""
        made = check_alone(self.docs, f"briefings/{folder}").briefing
        assert made
        return {each.id: each.status for each in made.annotations}

    def drafts(self, folder: str) -> Path:
        return self.docs / "briefings" / folder / "annotations/suggested.yml"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("review")
    docs = folder / "docs"
    shutil.copytree(GOOD, docs)
    write_drafts(docs, plan_drafts(docs, "briefings/good", every_number=True))
    for name in (*FOLDERS, "hostile"):
        shutil.copytree(docs / "briefings/good", docs / "briefings" / name)
    counted = docs / "briefings/counted/annotations/suggested.yml"
    counted.write_text(counted.read_text("utf-8").replace("id: two-second-hand-boats", "id: own-name"), "utf-8")
    quote = "quotes:\n  - {id: open, target: held up by habit, kind: fragment, status: draft}\n"
    (docs / "briefings/refused/annotations/more.yml").write_text(quote, "utf-8")
    likely = docs / "briefings/likely/annotations/suggested.yml"
    likely.write_text(likely.read_text("utf-8").replace("speaker: thornbury", 'speaker: "TODO: thornbury"', 1), "utf-8")
    nobody = docs / "briefings/nobody/annotations/suggested.yml"
    nobody.write_text(nobody.read_text("utf-8").replace("speaker: thornbury", "speaker: TODO", 1), "utf-8")
    (docs / "briefings/seen/annotations/more.yml").write_text(
        "quotes:\n  # rebase: the source has other words here now; before: fully booked by habit\n"
        "  - {id: by-habit, target: held up by habit, kind: fragment, speaker: harbour-trust, via: vane, "
        "status: review}\n",
        "utf-8",
    )
    source = docs / "briefings/sight/source.txt"
    source.write_text(f"{source.read_text('utf-8')}\n{LONG}he paid 777 pounds {LONG}\n", "utf-8")
    figure = "id: long, target: 777 pounds, label: Paid, type: amount, basis: reported, value: 777, unit: pounds"
    long = f"figures:\n  - {{{figure}, status: draft}}\n"
    (docs / "briefings/sight/annotations/more.yml").write_text(long, "utf-8")
    note = {"id": "evil", "target": "the chamber", "title": EVIL, "note": EVIL, "by": EVIL, "status": "draft"}
    (docs / "briefings/hostile/annotations/suggested.yml").write_text(
        f"# {EVIL}\n{yaml.safe_dump({'context': [note]}, allow_unicode=True)}", "utf-8"
    )
    (docs / "index.html").write_text("<p>Home</p>", "utf-8")
    session = PreviewSession(FakeSite(folder), lambda _: None)
    session.first_build()
    server = PreviewServer("127.0.0.1", 0)
    editor = EditInterface(docs, {**ANNOTATING, **CITING, **REVIEWING}, [drafts_left])
    server.router = Router(session, "127.0.0.1", reload=False, editor=editor)
    server.start()
    yield f"http://127.0.0.1:{server.server_port}", docs
    session.close()
    server.close()


@pytest.fixture
def review(served: tuple[str, Path], window: Window) -> Review:
    return Review(*served, window)


def named(page: Page, id: str) -> None:
    expect(page.locator(".what")).to_contain_text(id)


def field(page: Page, path: str) -> Locator:
    """The control of a field of the draft."""
    return page.locator(f'#form :is(input, textarea, select)[data-path="{path}"]')


def go_to(page: Page, id: str) -> None:
    """Go to a draft by the list, in which each is by its words."""
    page.get_by_role("button", name="List of drafts").click()
    listed(page).get_by_role("listitem").filter(has_text=WORDS[id]).get_by_role("button").click()
    named(page, id)


def listed(page: Page) -> Locator:
    return page.get_by_role("region", name="List of drafts")


def test_all_is_decided_with_keys_and_a_draft_is_kept_with_two_at_most(review: Review) -> None:
    page = review.opens("keys")
    expect(page.locator("#count")).to_have_text("0 of 9 drafts decided: 0 kept, 0 ignored")
    named(page, "favour-and-four")
    page.keyboard.press("k")
    expect(page.locator("#form")).to_contain_text("What the figure is.")
    page.keyboard.press("Enter")
    named(page, "six-years")
    expect(page.locator("[data-act=ignore]")).to_contain_text("not drafted again; readers see it counted")
    page.keyboard.press("i")
    named(page, "two-second-hand-boats")
    page.keyboard.press("l")
    named(page, "dozens-small-repairs")
    page.keyboard.press("k")
    named(page, "would-sail-3-march")
    expect(page.locator("#count")).to_have_text("3 of 9 drafts decided: 2 kept, 1 ignored · 1 for later")
    page.keyboard.press("i")
    named(page, "date-2018")
    page.keyboard.press("u")
    named(page, "would-sail-3-march")
    page.keyboard.press("k")
    page.keyboard.type("First sailing")
    page.keyboard.press("Enter")
    named(page, "date-2018")
    statuses = review.statuses("keys")
    assert [statuses[id] for id in ("favour-and-four", "dozens-small-repairs", "would-sail-3-march")] == [
        "published"
    ] * 3
    assert "six-years" not in statuses and statuses["two-second-hand-boats"] == "draft"
    data = yaml.safe_load(review.drafts("keys").read_text("utf-8"))
    assert data["figures"][0]["label"] == "Four against"
    assert data["ignore"] == [{"target": "six years", "as": "figures"}]
    assert [each["label"] for each in data["figures"]][2] == "First sailing"
    assert plan_drafts(review.docs, "briefings/keys", every_number=True).suggestions.empty
    for id in ("fares-covered-41-percent", "fine-thing", "harwick-harbour-trust", "two-second-hand-boats"):
        page.keyboard.press("l")
        named(page, id)
    expect(page.locator(".what")).to_contain_text("left for later")
    for _ in range(5):
        page.keyboard.press("l")
    expect(page.locator("#draft")).to_contain_text("That was all. 5 drafts left for later: readers do not")
    expect(page.locator("#draft")).to_contain_text("A check finds no problems.")  # what is open is in drafts
    assert findings(page) == []


def test_a_reason_takes_one_key_more_and_readers_see_it(review: Review) -> None:
    page = review.opens("reasons")
    page.keyboard.press("r")
    expect(page.locator("button.first:visible b")).to_have_text(["Ignore it"])
    expect(page.locator("#asked")).to_contain_text("Readers see it on the page of sources")
    page.keyboard.press("4")
    named(page, "six-years")
    page.keyboard.press("r")
    page.get_by_label("Another reason").fill("4 pupils said so.")
    page.keyboard.press("Enter")
    named(page, "two-second-hand-boats")
    page.get_by_role("button", name="Ignore with a reason…").click()
    page.keyboard.press("s")
    named(page, "dozens-small-repairs")
    reasons = ["It says when something happened, and measures nothing.", "4 pupils said so.", "4 pupils said so."]
    data = yaml.safe_load(review.drafts("reasons").read_text("utf-8"))
    assert [each["reason"] for each in data["ignore"]] == reasons
    made = check_alone(review.docs, "briefings/reasons").briefing
    assert made
    assert {item.reason for item in coverage(made).of("number", "set-aside")} == {*reasons}


def test_what_readers_have_seen_is_taken_back_with_a_reason_only(review: Review) -> None:
    page = review.opens("seen")
    go_to(page, "by-habit")
    page.keyboard.press("i")
    expect(page.locator("#asked")).to_contain_text("Readers have seen this")
    page.keyboard.press("1")
    expect(page.locator("#told")).to_contain_text("Ignored the quotation “held up by habit”")
    (entry,) = yaml.safe_load((review.drafts("seen").parent / "more.yml").read_text("utf-8"))["withdrawn"]
    assert (entry["id"], entry["reason"]) == ("by-habit", "It is said in passing.")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 740), (390, 600)])
def test_the_words_of_every_draft_are_in_sight_without_scrolling(review: Review, width: int, height: int) -> None:
    page = review.opens("sight", width, height)
    total = int((page.locator("#count").text_content() or "").split(" of ")[1].split(" ")[0])
    assert total == 10
    for number in range(total):
        expect(page.locator("#count")).to_contain_text(f"0 of {total}")
        marks = page.locator(".words mark")
        for at in range(marks.count()):
            box = marks.nth(at).bounding_box()
            bars = [page.locator(bar).bounding_box() for bar in (".top", "#actions")]
            assert box and bars[0] and bars[1]
            assert bars[0]["y"] + bars[0]["height"] <= box["y"], number
            assert box["y"] + box["height"] <= bars[1]["y"], number
        assert page.evaluate("[scrollY, document.documentElement.scrollWidth <= innerWidth]") == [0, True]
        page.keyboard.press("l")
        expect(page.locator("#draft")).not_to_have_attribute("aria-busy", "true")


def test_what_is_open_or_wrong_is_said_at_its_field_and_stays(review: Review) -> None:
    page = review.opens("refused")
    go_to(page, "open")
    page.keyboard.press("k")
    offered = page.locator(".bfe-offered")
    expect(page.locator(".bfe-offers")).to_be_focused()
    assert review.statuses("refused")["open"] == "draft"
    page.keyboard.press("3")  # the mayor, who does not say it
    expect(page.locator('[data-path="speaker"] .bfe-problem')).to_contain_text("seems to mean Harwick Harbour Trust")
    expect(page.locator("#told")).to_contain_text("Not kept: see what is said at Speaker")
    expect(offered.nth(2)).to_be_focused()
    assert review.statuses("refused")["open"] == "draft"
    go_to(page, "harwick-harbour-trust")
    page.keyboard.press("k")
    page.keyboard.type("It owns the stage [@nobody].")
    page.keyboard.press("Control+Enter")
    expect(page.locator('[data-path="note"] .bfe-problem')).to_contain_text("nothing here is called “nobody”")
    expect(field(page, "note")).to_have_value("It owns the stage [@nobody].")
    field(page, "note").fill("It owns the stage.")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#count")).to_contain_text("1 kept")
    assert review.statuses("refused")["harwick-harbour-trust"] == "published"


def test_what_is_right_as_it_stands_is_allowed_in_one_step(review: Review) -> None:
    page = review.opens("right")
    go_to(page, "harwick-harbour-trust")
    page.keyboard.press("k")
    page.keyboard.type("It has 312 members.")
    page.keyboard.press("Control+Enter")
    problem = page.locator('[data-path="note"] .bfe-problem')
    expect(problem).to_contain_text("312")
    problem.get_by_role("button", name="It is right as it stands…").click()
    reason = field(page, "allow.0.reason")
    expect(reason).to_be_focused()
    expect(reason).to_have_accessible_description(re.compile("is needed"))
    expect(reason).to_have_attribute("aria-invalid", "false")  # nobody has written one yet
    for known in ("code", "passage"):  # known to the program, and named in its own words
        expect(field(page, f"allow.0.{known}")).to_be_hidden()
    expect(field(page, "allow.0.code").locator(":checked")).to_contain_text(CODES["cited-number"].summary)
    page.keyboard.type("Its list of members is not public.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#count")).to_contain_text("1 kept")
    (note,) = yaml.safe_load(review.drafts("right").read_text("utf-8"))["context"]
    assert note["note"].strip() == "It has 312 members."
    assert note["allow"] == [{"code": "cited-number", "reason": "Its list of members is not public."}]


def test_all_fields_are_edited_with_what_the_panel_has(review: Review) -> None:
    page = review.opens("edited")
    page.keyboard.press("e")
    expect(page.get_by_role("group", name="All fields")).to_be_visible()
    field(page, "label").fill("Votes against")
    field(page, "type").select_option("amount")
    speaker = field(page, "speaker")
    speaker.fill("vane")
    page.get_by_role("option", name="Idris Vane").click()
    expect(page.locator('[data-path="speaker"] .bfe-named')).to_contain_text("vane")
    page.get_by_role("button", name="Begin one word earlier").click()
    expect(page.locator(".bfe-passage mark")).to_have_text("and four")
    page.get_by_role("button", name="Begin one word later").click()
    speaker.fill("")
    field(page, "value").fill("5")
    expect(page.locator("#form .bfe-problem").filter(has_text="5")).to_be_visible()  # while it is typed
    field(page, "value").fill("4")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.locator("#told")).to_contain_text("still a draft")
    (first, *_) = yaml.safe_load(review.drafts("edited").read_text("utf-8"))["figures"]
    assert (first["label"], first["type"], first["status"]) == ("Votes against", "amount", "draft")
    assert "speaker" not in first
    page.keyboard.press("e")
    page.get_by_role("button", name="Begin one word earlier").click()
    page.keyboard.press("Control+Enter")
    named(page, "six-years")
    expect(page.locator("#told")).to_contain_text("Kept the figure “and four”")  # its words as they now are
    assert review.statuses("edited")["favour-and-four"] == "published"
    page.get_by_role("button", name="Undo").click()
    named(page, "favour-and-four")
    assert review.statuses("edited")["favour-and-four"] == "draft"


def test_people_and_citations_are_found_and_added_on_the_way(review: Review) -> None:
    page = review.opens("added")
    go_to(page, "harwick-harbour-trust")
    page.keyboard.press("k")
    page.keyboard.type("It owns the stage ")
    page.get_by_role("button", name="Cite something in Note").click()
    works = page.get_by_role("option").filter(has=page.locator(".bfe-line"))
    expect(works.first).to_contain_text("the page links the excerpt that holds what you say")
    page.keyboard.type("passengers")
    page.get_by_role("option").first.click()
    expect(field(page, "note")).to_have_value("It owns the stage [@passengers]")
    page.keyboard.press("Escape")
    go_to(page, "dozens-small-repairs")
    page.keyboard.press("e")
    field(page, "speaker").fill("Nora Quill")
    page.get_by_role("option", name="Add “Nora Quill” to the people").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(page.locator('.bfe-field[data-path="speaker"] > .bfe-problems > .bfe-error')).to_have_count(0)
    dialog.get_by_role("button", name="Add").click()
    expect(page.locator('[data-path="speaker"] .bfe-named')).to_contain_text("quill")
    assert "Nora Quill" in (review.docs / "people.yml").read_text("utf-8")
    page.get_by_role("button", name="Edit this person…").click()
    dialog.get_by_label("Role").fill("Shipwright")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator('[data-path="speaker"] .bfe-named')).to_contain_text("Shipwright · quill")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#told")).to_contain_text("Taken back: changed the role of “quill” in briefing.yml")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#told")).to_contain_text("Taken back: added “quill”")
    assert "Nora Quill" not in (review.docs / "people.yml").read_text("utf-8")


def test_what_somebody_else_changes_meanwhile_is_not_kept_unseen(review: Review) -> None:
    page, file = review.opens("meanwhile"), review.drafts("meanwhile")
    file.write_text(file.read_text("utf-8").replace('label: "TODO: Four against"', "label: Something else", 1), "utf-8")
    page.keyboard.press("k")
    page.keyboard.type("Votes against")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("changed by somebody else")
    expect(page.locator(".remark")).to_contain_text("says now: Label: Something else")
    expect(field(page, "label")).to_have_value("Votes against")
    assert review.statuses("meanwhile")["favour-and-four"] == "draft"
    page.get_by_role("button", name="Take what the file has").click()
    page.keyboard.press("k")
    named(page, "six-years")
    assert yaml.safe_load(file.read_text("utf-8"))["figures"][0]["label"] == "Something else"


def test_what_is_pressed_while_something_is_kept_is_refused_and_nothing_of_it_is_lost(review: Review) -> None:
    page = review.opens("slow")
    waiting: list[Route] = []
    page.route("**/review/decide", lambda route: waiting.append(route))
    page.keyboard.press("k")
    page.keyboard.type("Votes against")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("Keeping the figure “four” …")
    page.keyboard.type(" x")
    expect(page.locator("#told")).to_contain_text("Not yet")
    expect(field(page, "label")).to_have_value("Votes against")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    page.get_by_role("button", name="Later").click()
    page.keyboard.insert_text("dictated")
    field(page, "label").evaluate("one => one.focus()")
    expect(field(page, "label")).not_to_be_focused()
    expect(field(page, "label")).to_have_value("Votes against")
    named(page, "favour-and-four")
    (route,) = waiting
    route.continue_()
    named(page, "six-years")
    assert page.evaluate("document.activeElement.closest('#draft') !== null")
    expect(page.locator("#count")).to_have_text("1 of 9 drafts decided: 1 kept, 0 ignored")
    assert review.statuses("slow")["six-years"] == "draft"
    page.unroute("**/review/decide")
    page.keyboard.down("i")
    page.keyboard.down("i")  # held, as a keyboard repeats it
    page.keyboard.up("i")
    named(page, "two-second-hand-boats")
    expect(page.locator("#told")).to_contain_text("Ignored the figure “six years”")
    expect(page.locator("#count")).to_have_text("2 of 9 drafts decided: 1 kept, 1 ignored")


def test_what_is_typed_outlasts_another_draft_and_a_reload(review: Review) -> None:
    page = review.opens("left")
    page.keyboard.press("k")
    page.keyboard.type("Votes against")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.get_by_role("button", name="Save as a draft").focus()
    for key in "kilru":  # their buttons are out of sight
        page.keyboard.press(key)
    expect(field(page, "label")).to_have_value("Votes against")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.get_by_label("Another reason").fill("Said by the way")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    named(page, "six-years")
    page.reload()
    named(page, "six-years")
    go_to(page, "favour-and-four")
    expect(field(page, "label")).to_have_value("Votes against")
    page.locator("#form").evaluate("form => { form.tabIndex = -1; form.focus(); }")
    for key in "kilr?":  # letters in a form that has something typed do nothing behind it
        page.keyboard.press(key)
    named(page, "favour-and-four")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_label("Another reason")).to_have_value("Said by the way")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.get_by_role("button", name="Discard").click()
    expect(field(page, "label")).to_have_value("Four against")
    page.keyboard.press("k")
    page.keyboard.type("Votes")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    named(page, "six-years")
    assert review.statuses("left")["favour-and-four"] == "published"


def test_what_was_ignored_is_taken_back_when_the_page_has_loaded_again(review: Review) -> None:
    page = review.opens("again")
    before = review.drafts("again").read_text("utf-8")
    named(page, "favour-and-four")
    page.keyboard.press("i")
    named(page, "six-years")
    page.keyboard.press("i")
    expect(page.locator("#count")).to_contain_text("0 kept, 2 ignored")
    page.reload()
    expect(page.locator("#count")).to_contain_text("0 kept, 2 ignored")
    page.get_by_role("button", name="Undo").click()
    named(page, "six-years")
    page.keyboard.press("u")
    named(page, "favour-and-four")
    expect(page.locator("#told")).to_contain_text("Taken back: ignored the figure")
    expect(page.locator("#count")).to_have_text("0 of 9 drafts decided: 0 kept, 0 ignored")
    assert review.drafts("again").read_text("utf-8") == before
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    page.keyboard.press("u")
    expect(page.locator("#told")).to_have_text("There is nothing to take back.")


def test_what_was_ignored_is_listed_with_its_reason_and_brought_back_in_a_later_sitting(review: Review) -> None:
    page = review.opens("back")
    page.keyboard.press("i")
    named(page, "six-years")
    page.keyboard.press("r")
    page.get_by_label("Another reason").fill(EVIL)
    page.keyboard.press("Enter")
    named(page, "two-second-hand-boats")
    for width, scheme in ((390, "dark"), (1280, "light")):  # windows that remember nothing of it
        page = review.opens("back", width, color_scheme=scheme, reduced_motion="reduce")
        expect(page.get_by_role("button", name="Undo")).to_be_hidden()
        expect(page.locator("#count")).to_have_text("2 of 9 drafts decided: 0 kept, 2 ignored")
        page.get_by_role("button", name="List of drafts: 9").click()
        rows = listed(page).get_by_role("listitem")
        expect(rows.nth(0)).to_contain_text("ignoredFigure four")
        expect(rows.nth(1)).to_contain_text(EVIL)
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Bring back the figure “six years”").click()
    named(page, "six-years")
    expect(page.locator("#told")).to_have_text("Brought back the figure “six years”. It is a draft again.")
    expect(page.locator("#count")).to_have_text("1 of 9 drafts decided: 0 kept, 1 ignored")
    assert review.statuses("back")["six-years"] == "draft"
    (left,) = yaml.safe_load(review.drafts("back").read_text("utf-8"))["ignore"]
    assert left["target"].strip() != "six years"
    page.keyboard.press("u")
    expect(page.locator("#told")).to_have_text("Taken back: brought back the figure “six years”.")
    expect(page.locator("#count")).to_have_text("2 of 9 drafts decided: 0 kept, 2 ignored")
    assert "six-years" not in review.statuses("back")


def test_counts_add_up_however_drafts_come_back(review: Review) -> None:
    """A draft that is made anew counts as one that waits, also where its id is another one."""
    page = review.opens("counted")
    count = page.locator("#count")
    page.keyboard.press("l")
    named(page, "six-years")
    page.keyboard.press("l")
    expect(count).to_have_text("0 of 9 drafts decided: 0 kept, 0 ignored · 2 for later")
    go_to(page, "own-name")
    page.keyboard.press("i")
    expect(count).to_have_text("1 of 9 drafts decided: 0 kept, 1 ignored · 2 for later")
    page.get_by_role("button", name="List of drafts: 9").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator("#told")).to_contain_text("It is a draft again.")
    assert "own-name" not in review.statuses("counted")
    expect(count).to_have_text("0 of 9 drafts decided: 0 kept, 0 ignored · 2 for later")
    page.keyboard.press("i")
    expect(count).to_have_text("1 of 9 drafts decided: 0 kept, 1 ignored · 2 for later")
    page.keyboard.press("u")
    page.keyboard.press("u")
    expect(count).to_have_text("1 of 9 drafts decided: 0 kept, 1 ignored · 2 for later")


def test_all_drafts_are_listed_with_what_became_of_them_and_later_lasts(review: Review) -> None:
    page = review.opens("listed")
    page.keyboard.press("l")
    named(page, "six-years")
    expect(page.locator("#count")).to_have_text("0 of 9 drafts decided: 0 kept, 0 ignored · 1 for later")
    assert "# put off until later\n  - id: favour-and-four" in review.drafts("listed").read_text("utf-8")
    page.keyboard.press("i")
    named(page, "two-second-hand-boats")
    go_to(page, "dozens-small-repairs")
    page.keyboard.press("k")
    named(page, "would-sail-3-march")  # it goes on from there
    page.keyboard.press("d")
    rows = listed(page).get_by_role("listitem")
    expect(rows).to_have_count(9)
    expect(rows).to_contain_text(
        [
            "for laterFigure four",
            "ignoredFigure six years",
            "to decideFigure two second-hand boats",
            "keptQuotation dozens of small repairs",
            "to decideFigure 3 March",
        ]
        + ["to decide"] * 4
    )
    expect(listed(page)).to_contain_text("6 to decide, 1 for later, 1 kept, 1 ignored")
    expect(rows.nth(4).get_by_role("button")).to_be_focused()
    page.keyboard.press("k")  # would be for a draft behind the list
    page.keyboard.press("ArrowDown")
    expect(rows.nth(5).get_by_role("button")).to_be_focused()
    listed(page).get_by_role("button", name="Figures: 5 left of 6").click()
    expect(rows).to_have_count(6)
    expect(listed(page)).to_contain_text("4 to decide, 1 for later, 1 ignored")
    expect(listed(page).get_by_role("button", pressed=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(listed(page)).to_be_hidden()
    page.reload()  # the same window goes on with the same list
    page.get_by_role("button", name="List of drafts: 9").click()
    expect(rows.nth(3)).to_contain_text("keptQuotation dozens of small repairs")
    for width, scheme in ((390, "dark"), (1280, "light")):  # windows that remember nothing of it
        page = review.opens("listed", width, color_scheme=scheme)
        named(page, "two-second-hand-boats")
        expect(page.locator("#count")).to_have_text("1 of 8 drafts decided: 0 kept, 1 ignored · 1 for later")
        page.get_by_role("button", name="List of drafts: 8").click()
        listed(page).get_by_text(
            "Published with the briefing: "
        ).click()  # what was kept in the other one is among these
        kept = listed(page).get_by_role("list", name="Published with the briefing").get_by_role("listitem")
        change = kept.filter(has_text="dozens of small repairs").get_by_role("link", name="Change the quotation")
        assert (change.get_attribute("href") or "").endswith("/listed/text/#t-dozens-small-repairs")
        listed(page).get_by_role("button", name="Left out: 1").click()
        expect(listed(page).get_by_role("list", name="Drafts").get_by_role("listitem")).to_have_text(
            ["ignoredFigure six yearsBring back"]
        )
        listed(page).get_by_role("button", name="All: ").click()
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    listed(page).get_by_role("button", name="four").click()
    expect(page.locator(".what")).to_contain_text("left for later")
    page.keyboard.press("k")
    page.keyboard.type("Votes against")
    page.keyboard.press("Enter")
    named(page, "two-second-hand-boats")
    assert "put off" not in review.drafts("listed").read_text("utf-8")


def test_escape_closes_the_fields_at_once_and_keys_work_again(review: Review) -> None:
    page = review.opens("look")
    page.keyboard.press("e")
    expect(page.locator("#actions button:visible b").last).to_have_text("Close")
    expect(page.locator("#form :focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#actions button:visible b").first).to_have_text("Keep")
    expect(page.locator("#actions button:visible b").last).to_have_text("Ignore with a reason…")
    page.keyboard.press("r")
    page.get_by_label("Another reason").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#actions button:visible b").last).to_have_text("Ignore with a reason…")
    page.keyboard.press("?")
    expect(page.get_by_role("region", name="Help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Help")).to_be_hidden()
    expect(page.get_by_role("button", name="Help")).to_be_focused()


def test_a_likely_speaker_is_the_first_choice_and_never_kept_unseen(review: Review) -> None:
    page = review.opens("likely")
    go_to(page, "dozens-small-repairs")
    page.keyboard.press("k")
    likely = page.locator(".bfe-offered").first
    expect(likely).to_be_focused()
    expect(likely).to_contain_text("1 Ada Thornbury")
    expect(likely).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#form")).to_contain_text(
        "Who says this? Perhaps Ada Thornbury: the words right beside it do not say"
    )
    assert review.statuses("likely")["dozens-small-repairs"] == "draft"
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text("1 kept")
    assert review.statuses("likely")["dozens-small-repairs"] == "published"
    page.keyboard.press("u")
    named(page, "dozens-small-repairs")
    keep = page.locator("[data-act=keep]")
    keep.click()  # what is pressed once more is what is kept
    expect(page.locator("#form-name")).to_have_text("Who says this?")
    expect(likely).to_have_css("outline-style", "solid")
    expect(keep).to_contain_text("Keep, said by Ada Thornbury")
    keep.click()
    expect(page.locator("#count")).to_contain_text("1 kept")
    page.keyboard.press("u")
    named(page, "dozens-small-repairs")
    expect(keep.locator("b")).to_have_text("Keep")
    page.get_by_role("button", name="Edit this person…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Close")).to_be_visible()
    expect(dialog.get_by_role("button", name="Discard")).to_be_disabled()  # nothing is typed yet
    dialog.get_by_label("Role").fill("Mayor since May")
    expect(dialog.get_by_role("button", name="Discard")).to_be_enabled()
    dialog.get_by_role("button", name="Save").click()
    expect(likely).to_contain_text("Ada Thornbury, Mayor since May")
    likely.click()  # as its number does
    expect(page.locator("#count")).to_contain_text("1 kept")
    assert "TODO: thornbury" not in review.drafts("likely").read_text("utf-8")


def test_where_no_speaker_is_likely_none_is_taken_before_one_is_chosen(review: Review) -> None:
    page = review.opens("nobody", 390)
    go_to(page, "dozens-small-repairs")
    expect(page.locator(".before")).not_to_be_empty()
    keep = page.locator("[data-act=keep]")
    keep.click()
    expect(keep).to_contain_text("first choose who says this")
    expect(page.locator(".bfe-offered[aria-pressed=true]")).to_have_count(0)
    for _ in range(2):
        page.keyboard.press("Enter")
        keep.click()
    assert review.statuses("nobody")["dozens-small-repairs"] == "draft"
    assert findings(page) == []
    page.keyboard.press("1")
    expect(page.locator("#count")).to_contain_text("1 kept")


def test_who_gives_a_figure_is_asked_where_the_source_credits_it(review: Review) -> None:
    page = review.opens("look")
    expect(page.locator("#form")).not_to_contain_text("Who gives this figure?")
    go_to(page, "would-sail-3-march")
    expect(page.locator("#form")).to_contain_text("Who gives this figure? The source credits it by “She said")
    expect(page.locator(".bfe-offered[aria-pressed=true]")).to_have_text(
        "1 Ada Thornbury, Mayor of Harwick"
    )  # and who that is
    go_to(page, "dozens-small-repairs")
    expect(page.locator("#facts")).to_contain_text("Ada Thornbury, Mayor")


def test_what_drafts_say_is_text_and_nothing_else(review: Review) -> None:
    page = review.opens("hostile")
    go_to(page, "evil")
    assert page.locator("#draft img, #draft b, #draft script").count() == 0
    expect(page.locator(".facts")).to_contain_text("<b>bold</b>")
    page.keyboard.press("e")
    expect(field(page, "title")).to_have_value(EVIL)
    assert page.title().endswith("Review")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1900, "dark")])
def test_axe_finds_nothing(review: Review, width: int, scheme: str) -> None:
    page = review.opens("look", width, 800, color_scheme=scheme)
    page.keyboard.press("?")
    expect(page.get_by_role("region", name="Help")).to_be_visible()
    page.keyboard.press("Escape")
    assert findings(page) == []
    page.keyboard.press("r")
    expect(page.locator("#asked")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(field(page, "label")).to_be_visible()
    assert findings(page) == []


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_buttons_say_what_they_do_and_stay_in_sight(review: Review, width: int) -> None:
    page = review.opens("look", width, 740)
    for key, names in (
        ("", ["Keep", "Edit", "Later", "Ignore", "Ignore with a reason…"]),
        ("e", ["Keep", "Save as a draft", "Discard", "Close"]),
        ("r", ["Ignore it", "Cancel"]),
    ):
        if key:
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
            page.keyboard.press(key)
        expect(page.locator("#actions button:visible b")).to_have_text(names)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        for button in page.locator("#actions button:visible").all():
            box = button.bounding_box()
            assert box and box["y"] > 0 and box["y"] + box["height"] <= 740 and box["x"] + box["width"] <= width
    shown = page.locator("kbd:visible").count()
    assert shown == 0 if width == 390 else shown > 0


def test_single_keys_can_be_switched_off(review: Review) -> None:
    page = review.opens("single")
    page.get_by_role("button", name="Help").click()
    page.get_by_label("Single keys do something").uncheck()
    page.keyboard.press("l")
    named(page, "favour-and-four")
    page.get_by_role("button", name="Later").click()
    named(page, "six-years")


def test_the_bar_of_the_author_says_how_many_drafts_wait(review: Review) -> None:
    page = review.opens("look")
    answer = page.evaluate(
        """() => import("/.briefing/editor/api.js").then((api) => api.call("author-bar"))""",
    )
    (item,) = answer["items"]
    assert (item["count"], item["words"]) == (9, "9 drafts")
    assert answer["problems"] == {"error": 0, "warning": 0, "open": 0}  # drafts are not counted twice
    assert item["href"].endswith("/.briefing/review/briefings/look")
