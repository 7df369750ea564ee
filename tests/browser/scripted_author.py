"""An author who makes a briefing of a saved page with the editor in the browser alone, and counts what that takes.

`python -m tests.browser.scripted_author` does so in a temporary site and prints the counts.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect, sync_playwright

from tests.browser.conftest import FLAGS, ROOT, chromium
from tests.browser.test_editor import select as draw_over
from tests.browser.waiting import eventually
from tests.site.test_serve import server, wait_for

CASES = ROOT / "tests" / "cases" / "editor" / "library"
QUOTATIONS = (
    ("A town that closes its library on the one free day of the week has not understood what a library is for", 0),
    ("We are putting that right", 0),
    ("Every pound for books is a pound well spent", 1),
    ("I voted for it gladly", 1),
    ("Nobody has told us where the money comes from", 2),
)
PEOPLE = (("Nora Quill", "Head of the library"), ("Ben Ash", "Councillor"), ("Ida Marsh", "Councillor"))
FIGURES = (
    ("£38,000 a year", {"label": "Cost of the Saturdays", "type": "amount", "value": "38000", "unit": "pounds a year"}),
    ("two more posts", {"label": "New posts", "type": "count", "value": "2", "unit": "posts"}),
    ("about 150 visitors", {"label": "Visitors expected", "type": "count", "unit": "visitors"}),  # its value is read
)
WORKS = (("minutes.html", "two assistants for the opening on Saturdays"), ("history.bib", ""))
"""Files that works are read from, with the words of an excerpt: a saved page, and an export."""
NOTES = (
    ("The council gives", "Who pays", "The council pays for assistants [@{}].", "minutes.html"),
    ("The library in Millbrook", "The library", "It is older than its house [@{}].", "history.bib"),
)
SUMMARY = "The library in Millbrook opens on Saturdays again [@a-town-that-closes]."
POINT = "The council pays £38,000 a year [@cost-of-the-saturdays]."


@dataclass
class ScriptedAuthor:
    """Acts as an author does, and counts: one action is a click, a key or keys pressed together, a selection of words,
    a file that is chosen, or a field that is filled in, however long. A look-up is every page or window that is opened
    and is none of the briefing or of the editor: the manual, the reference of a format, another site."""

    page: Page
    address: str
    seen: Callable[[Page, str], None] = lambda page, name: None
    """Told at each step that is worth a picture."""
    actions: Counter[str] = field(default_factory=Counter)
    lookups: list[str] = field(default_factory=list)
    """The addresses that were looked up."""

    def __post_init__(self) -> None:
        self.page.on("framenavigated", lambda frame: self.shown(frame.url))
        self.page.on("popup", lambda opened: self.lookups.append(opened.url))

    def shown(self, url: str) -> None:
        own = (f"{self.address}briefings/library/", f"{self.address}.briefing/", "about:blank")
        if not url.startswith(own):
            self.lookups.append(url)

    def click(self, what: Locator) -> None:
        self.actions["click"] += 1
        what.click()

    def unfolds(self, what: Locator) -> None:
        """Open the groups of fields that something is in, as far as they are closed."""
        closed = what.locator("xpath=ancestor::details[not(@open)]/summary")
        while closed.count():
            self.click(closed.first)

    def press(self, keys: str) -> None:
        self.actions["key"] += 1
        self.page.keyboard.press(keys)

    def fill(self, what: Locator, words: str) -> None:
        self.unfolds(what)
        self.actions["field"] += 1
        if what.evaluate("control => control.matches('select')"):
            what.select_option(words)
        else:
            what.fill(words)

    def select(self, words: str) -> None:
        self.actions["selection"] += 1
        eventually(self.page, lambda: self.draws_over(words))

    def draws_over(self, words: str) -> None:
        """Select words, and see that it is they."""
        draw_over(self.page, words)
        assert words in self.page.evaluate("getSelection().toString()")
        expect(self.page.locator(".bfe-offer")).to_be_visible()

    @property
    def panel(self) -> Locator:
        return self.page.locator(".bfe-panel")

    def field(self, path: str) -> Locator:
        return self.panel.locator(f":is(input, textarea, select)[data-path='{path}']")

    def annotates(self, words: str, kind: str) -> None:
        self.select(words)
        self.seen(self.page, "selected")
        self.click(self.page.locator(".bf-pick").get_by_role("button", name=kind, exact=True))
        expect(self.panel).to_be_visible()

    def saves(self) -> None:
        good = re.compile("^(No problems|[0-9]+ warnings?)$")
        try:
            expect(self.panel.locator(".bfe-status")).to_have_text(good)
            self.seen(self.page, "filled")
            self.page.evaluate("window.before = true")
            self.press("Control+Enter")
            self.page.wait_for_function(
                "!window.before && document.querySelector('.bfe-told')?.textContent.startsWith('Saved')"
            )
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(self.panel.inner_text()) from error
        self.seen(self.page, "saved")

    # --- the briefing ---

    def makes_the_briefing(self) -> None:
        self.page.goto(f"{self.address}briefings/library/text/")
        expect(self.page.locator(".bfe-bar")).to_be_visible()
        known: set[str] = set()
        for words, who in QUOTATIONS:
            self.quotes(words, *PEOPLE[who], known)
        for words, values in FIGURES:
            self.annotates(words, "Figure")
            for path, value in {**values, "basis": "reported"}.items():
                self.fill(self.field(path), value)
            self.saves()
        works = {file: self.cites(file, excerpt) for file, excerpt in WORKS}
        for words, title, note, file in NOTES:
            self.annotates(words, "Context")
            self.fill(self.field("title"), title)
            self.fill(self.field("note"), note.format(works[file]))
            self.saves()
        self.sorts_the_comments()
        self.finishes()

    def quotes(self, words: str, name: str, role: str, known: set[str]) -> None:
        self.annotates(words, "Quotation")
        speaker = self.field("speaker")
        if speaker.input_value() != name:
            self.fill(speaker, name)
            if name not in known:
                self.press("ArrowUp")
                self.press("Enter")
                dialog = self.page.get_by_role("dialog")
                self.fill(dialog.get_by_label("Office or position"), role)
                self.press("Enter")
                expect(self.panel.locator(".bfe-named").first).to_contain_text(role)
                known.add(name)
        self.saves()

    def cites(self, file: str, excerpt: str) -> str:
        """Add the work in a file with an excerpt of it; gives the id that the page then says."""
        self.click(self.page.get_by_role("button", name="Add a reference…"))
        dialog = self.page.get_by_role("dialog")
        self.actions["file"] += 1
        dialog.get_by_label("Or a file").set_input_files(CASES / file)
        expect(dialog.get_by_label("Title", exact=True)).not_to_have_value("")
        if excerpt:
            self.actions["selection"] += 1
            dialog.get_by_label("Excerpts from the page").evaluate(
                "(text, words) => { text.focus(); const at = text.value.indexOf(words);"
                " text.setSelectionRange(at, at + words.length); }",
                excerpt,
            )
            self.press("Enter")
            expect(dialog.get_by_role("listitem").filter(has_text=excerpt)).to_be_visible()
        self.page.evaluate("window.before = true")
        self.click(dialog.get_by_role("button", name="Save"))
        self.page.wait_for_function(
            "!window.before && document.querySelector('.bfe-told')?.textContent.includes('references.yml')"
        )
        told = self.page.locator(".bfe-told").inner_text()
        found = re.search("“(.+?)”", told)
        assert found, told
        return found[1]

    def sorts_the_comments(self) -> None:
        self.click(self.page.locator(".bfe-counts a", has_text="Themes"))
        page, told = self.page, self.page.locator("#told")
        expect(page.locator(".comment").first).to_be_visible()
        for title in ("Who can come", "Where the money goes"):
            self.fill(page.locator("#new-title"), title)
            self.press("Enter")
            expect(page.locator("#themes .name", has_text=title)).to_be_visible()
        self.click(page.locator(".comment .text").first)
        for number, where in (("1", "c1"), ("1", "c2"), ("2", "c3")):
            self.press(number)
            expect(told).to_contain_text(f"{where} in")
            self.seen(page, "themes")
        for title, summary in (
            ("Who can come", "One reader can go with her children now [@c1]. Another misses the bus [@c2]."),
            ("Where the money goes", "One reader wants the roof to come first [@c3]."),
        ):
            theme = page.locator("#themes > li", has_text=title)
            self.click(theme.locator("summary"))
            self.fill(theme.locator("[name=summary]"), summary)
            self.click(theme.get_by_role("button", name="Save"))
            expect(theme.locator("details")).not_to_have_attribute("open", "")
        self.click(page.locator("#back"))
        expect(page.locator(".bfe-bar")).to_be_visible()

    def finishes(self) -> None:
        self.click(self.page.get_by_role("button", name="About this briefing"))
        expect(self.panel).to_be_visible()
        expect(self.page.get_by_role("region", name="Publishing").get_by_role("listitem").first).to_be_visible()
        self.seen(self.page, "publishing")
        self.fill(self.field("title"), "Millbrook opens its library on Saturdays, and readers ask who pays")
        self.fill(self.field("authors"), "Robin Hale")
        self.press("Enter")
        self.fill(self.field("source.rights"), "Invented for a tutorial.")
        self.fill(self.field("source.publish"), "full")
        self.fill(self.field("scope"), "all 3 comments on the page")
        self.fill(self.field("summary"), SUMMARY)
        self.unfolds(self.panel.locator("[data-path=key_points]").first)
        self.click(self.panel.locator("[data-path=key_points]").get_by_role("button", name="Add"))
        self.fill(self.field("key_points.0"), POINT)
        self.fill(self.field("status"), "published")
        self.saves()


def make_library(folder: Path) -> Path:
    """Make a site with a briefing of the saved page, as two commands do; gives its folder."""
    run = lambda *words: subprocess.run([sys.executable, "-m", "briefing", *words], cwd=folder, check=True)  # noqa: E731
    run("init", "site")
    folder = folder / "site"
    shutil.rmtree(folder / "docs/briefings/example")
    shutil.copy(CASES / "library.html", folder)
    run("new", "library", "--from", "library.html")
    return folder


class Photographer:
    """Takes a picture at the first of each step, and of the first annotation a picture that moves."""

    def __init__(self) -> None:
        self.taken: dict[str, bytes] = {}

    def __call__(self, page: Page, name: str) -> None:
        if name not in self.taken:
            page.wait_for_timeout(400)
            self.taken[name] = page.screenshot()

    def save(self, folder: Path) -> None:
        frames = [Image.open(io.BytesIO(self.taken[name])).convert("RGB") for name in ("selected", "filled", "saved")]
        small = [frame.resize((960, round(frame.height * 960 / frame.width))) for frame in frames]
        more = {"append_images": small[1:], "duration": [2200, 3200, 3200], "loop": 0}
        small[0].save(folder / "editor.webp", save_all=True, quality=60, method=6, **more)
        for name in ("themes", "publishing"):
            still = Image.open(io.BytesIO(self.taken[name])).convert("P", palette=Image.Palette.ADAPTIVE)
            still.save(folder / f"{name}.png", optimize=True)


def write_briefing(
    place: Path, browser: Browser, seen: Callable[[Page, str], None]
) -> tuple[ScriptedAuthor, Counter[str], Path]:
    """Have a briefing of the saved page written; gives who did and counted it, what it takes by hand, and the folder
    of its site."""
    folder = make_library(place)
    shutil.copytree(folder / "docs", place / "before" / "docs")
    with server(folder / "mkdocs.yml") as address:
        wait_for(f"{address}briefings/library/text/", "bf-paragraph")
        author = ScriptedAuthor(browser.new_page(viewport={"width": 1280, "height": 900}), address, seen)
        author.makes_the_briefing()
        author.page.close()
    return author, written_by_hand(place / "before", folder), folder


def written_by_hand(before: Path, after: Path) -> Counter[str]:
    """What the same briefing takes in a text editor, derived from its files and not tried by anybody.

    A `file` is opened for each that differs. A `field` is typed, with its key, for each value that is in a file now and
    was not before. A `look-up` of the format is needed for each key of a kind of file that no file shows as
    `briefing new` writes it. Words are selected and copied from the source for each target: a `selection`.
    """
    old, new = (_values(folder / "docs") for folder in (before, after))
    typed = {(name, path, value) for name, paths in new.items() for path, value in paths} - {
        (name, path, value) for name, paths in old.items() for path, value in paths
    }
    shown = {(_kind(name), key) for name, paths in old.items() for path, _ in paths for key in _keys(path)}
    keys = {(_kind(name), key) for name, path, _ in typed for key in _keys(path)}
    return Counter(
        {
            "file": len({name for name, _, _ in typed}),
            "field": len(typed),
            "selection": sum("target" in path for _, path, _ in typed),
            "look-up": len(keys - shown),
        }
    )


def _values(docs: Path) -> dict[str, list[tuple[tuple[str | int, ...], str]]]:
    """Return the values of each YAML file with their paths."""
    return {
        path.relative_to(docs).as_posix(): list(
            _leaves(yaml.safe_load(path.read_text("utf-8")), ("people",) if path.name == "people.yml" else ())
        )
        for path in sorted(docs.rglob("*.yml"))
    }


def _leaves(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inner, (*path, key))
    elif value is not None:
        yield path, str(value)


def _keys(path: tuple[str | int, ...]) -> list[str]:
    """Return the keys of a path, without numbers and the ids of people, which are nobody's format."""
    return [part for at, part in enumerate(path) if isinstance(part, str) and (at == 0 or path[at - 1] != "people")]


def _kind(name: str) -> str:
    return "annotations" if "/annotations/" in name else name.rpartition("/")[2]


def main() -> None:
    """Write the briefing, and print what it took."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        author, by_hand, folder = write_briefing(Path(place), browser, lambda page, name: None)
        browser.close()
        print(f"{sum(author.actions.values())} actions: {dict(author.actions)}")
        print("an action is a click, a key or chord, a selection, a file chosen, or a field filled in")
        print(f"{len(author.lookups)} look-ups, pages that are none of the briefing or the editor: {author.lookups}")
        print(f"by hand, derived from the files: {dict(by_hand)}")
        subprocess.run([sys.executable, "-m", "briefing", "check", "--strict"], cwd=folder, check=False)


if __name__ == "__main__":
    main()
