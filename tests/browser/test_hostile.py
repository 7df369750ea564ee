"""A site in which every text of every record is an attack: nothing of it runs, is asked for or becomes an element."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from briefing.cli import main
from tests.browser.conftest import served
from tests.browser.test_policy import WATCH as WATCH_POLICY
from tests.browser.test_policy import opened
from tests.everywhere import attack, write_everywhere
from tests.sites import build_site, make_site

WATCH = """
window.hits = [];
window.hit = () => hits.push("a script ran");
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => hits.push("a dialog: " + name);
"""
FOREIGN = """() => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const {name, value} of element.attributes) {
      if (/^on/i.test(name)) found.push(`${element.tagName} ${name}`);
      if (name === "style" && /red/.test(value)) found.push(`${element.tagName} style`);
      if (/^(href|src|action|xlink:href)$/.test(name) && /^\\s*javascript:/i.test(value)) found.push(value);
      if (/^(class|id)$/.test(name) && /(^| )hit/.test(value)) found.push(`${element.tagName} ${name}`);
    }
    if (/^(IMG|IFRAME|OBJECT|EMBED)$/.test(element.tagName) && /hit/.test(element.outerHTML)) found.push("IMG");
    const leads = [element.getAttribute("href"), element.getAttribute("action"), element.httpEquiv && element.content];
    if (/^(META|FORM|BASE|LINK)$/.test(element.tagName) && /\\/hit-|x\\.invalid/.test(leads.join(" ")))
      found.push(element.tagName);
    if (element.tagName === "STYLE" && /^\\*\\{color:red/.test(element.textContent)) found.push("STYLE");
    if (element.tagName === "SCRIPT" && /^\\s*hit\\(/.test(element.textContent)) found.push("SCRIPT");
  }
  return found;
}"""
"""What is on a page that no template of ours and no theme wrote."""

IMPORTED = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "type": "Annotation",
    "id": "https://example.org/1",
    "creator": {"name": attack("creator")},
    "body": [
        {"type": "TextualBody", "purpose": "commenting", "value": "A word"},
        {"type": "TextualBody", "purpose": "tagging", "value": attack("tag")},
    ],
    "target": {"source": "x", "selector": {"type": "TextQuoteSelector", "exact": "It has a thing"}},
}


@pytest.fixture(scope="module", params=["build", "serve"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(f"hostile-{request.param}")
    write_everywhere(folder / "docs")
    configuration = make_site(folder, docs=None, site_url="https://example.org/", site_description=attack("site")[:0])
    if request.param == "serve":
        (folder / "in.json").write_text(json.dumps(IMPORTED), "utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["import", "annotations", str(folder / "in.json"), "-b", str(folder / "docs/b")])
        assert ended.value.code == 0
    return build_site(configuration, command=request.param)


def pages(site: Path) -> Iterator[str]:
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix()


def test_nothing_of_it_runs_or_is_asked_for(hostile: Path, browser: Browser) -> None:
    names = [name for name in pages(hostile) if "was" not in name]
    for needed in ("index", "b/index", "b/text/", "b/quotes/", "b/figures/", "b/context/", "b/comments/", "b/method/"):
        assert any(name.startswith(needed) for name in names)
    assert {"people", "topics", "measures", "references", "timeline"} <= {name.partition("/")[0] for name in names}
    wrong: list[str] = []
    with served(hostile) as address:
        page = browser.new_page()
        page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
        page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(address) or "/hit" in r.url else None)
        for name in names:
            wrong += [f"{name}: {found}" for found in looked_at(page, address + name)]
        page.close()
    assert wrong == []


def looked_at(page: Page, address: str) -> list[str]:
    page.goto(address, wait_until="load")
    page.evaluate(
        """() => document.querySelectorAll("article *").forEach(element => {
          for (const kind of ["mouseover", "click", "focus", "error"])
            if (!element.closest("a, button, summary, label, input, select"))
              element.dispatchEvent(new Event(kind, {bubbles: false}));
        })"""
    )
    found: list[str] = page.evaluate(FOREIGN) + page.evaluate("hits")
    return found if page.url.split("#")[0] == address else [*found, f"went to {page.url}"]


def test_the_strictest_policy_refuses_nothing_but_the_scripts_of_the_theme(hostile: Path, browser: Browser) -> None:
    """No script, style, form, frame or request that anything on a page asks for: the browser itself reports each."""
    themes = ("__md_scope", "var palette", "var target")
    policy = (
        "default-src 'self'; script-src 'self' 'report-sample'; style-src 'self' 'report-sample'; img-src 'self' data:"
    )
    policy += "; form-action 'none'; base-uri 'none'; object-src 'none'; frame-src 'none'"
    wrong, seen = [], 0
    with opened(browser, hostile, policy) as page:
        for name in (*pages(hostile), *(path.relative_to(hostile).as_posix() for path in hostile.rglob("embed.html"))):
            page.goto(name, wait_until="load")
            refused: list[str] = page.evaluate("refused")
            seen += len(refused)
            wrong += [f"{name}: {line}" for line in refused if not any(sample in line for sample in themes)]
    assert seen, "the browser reports what it refuses"
    assert wrong == []


def test_a_file_for_colleagues_runs_nothing_but_its_own(hostile: Path, browser: Browser) -> None:
    file = hostile.parent / "review.html"
    with pytest.raises(SystemExit) as ended:
        main(["export", "--format", "review", "-b", str(hostile.parent / "docs/b"), str(file)])
    assert ended.value.code == 0
    page = browser.new_page()
    wrong: list[str] = []
    page.add_init_script(WATCH + WATCH_POLICY)
    page.on("request", lambda request: wrong.append(request.url) if request.url != file.as_uri() else None)
    assert looked_at(page, file.as_uri()) == []
    assert page.evaluate("refused") == []
    assert "at-quotes0-note" in page.content() and wrong == []
    page.close()


def test_all_of_it_is_shown_as_it_was_written(hostile: Path) -> None:
    """An attack that is left out would prove nothing."""
    shown = html.unescape("".join((hostile / name).read_text("utf-8") for name in pages(hostile)))
    known = set(re.findall(r"at-[a-z0-9-]+|figure-label|role|jane|measure", shown))
    names = ("at-title", "at-authors", "at-quotes0-by", "at-quotes0-tags", "at-quotes0-translation-by", "at-scope")
    more = ("at-figures0-resolved-because", "at-references0-note", "at-withdrawn0-reason", "at-themes0-about")
    assert {*names, *more[1:], "at-comments0-author", "at-derived0-by", "at-context0-tags", "figure-label"} <= known
