"""What extensions of Markdown make elements of, in every text of every record: a site of it has the elements that the
same site has of plain words, under every extension that a site may have switched on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from lxml import html

from tests import everywhere
from tests.sites import build_site, make_site

TRICKS = [
    "--8<-- mkdocs.yml :smile: ++ctrl+alt++ [[wiki|W]] ==W== ~~W~~ ^^W^^ {--W--} {++W++} {>>W<<} H~a~O x^a^ $W$",
    "https://hit.example/ www.hit.example W@hit.example @hit \\(W\\) \\[W\\]", "[W]: /hit", "*[W]: hit", "[^W]: hit",
    "!!! danger W", "=== W", "??? note W", "/// html | script W", "--8<-- '/etc/passwd' W", "[=a% 'W']", "- [x] W",
    "[TOC] W", "~~~ W", "``` { .hit onclick=hit() } W", "#!python W `#!js hit()` W", "{: #hit .hit onclick=hit() } W",
    "W {#hit}", "<!-- md:hit --> W", "W ]]> --> --!> W", "<![CDATA[ W", "<? hit ?> W", "&lt;script&gt;hit() W",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=hit()&gt;'> W",
    "<svg><style><a id='</style><img src onerror=hit()>'> W", "<template shadowrootmode=open><slot></slot> W",
    "<noscript><p title='</noscript><img src onerror=hit()>'> W", "<dialog open>W<button popovertarget=hit autofocus>",
    "<a is=hit target=_top href=jav\tascript:hit()>W", "<textarea></title><plaintext> W", "<iframe srcdoc=W>",
    "stash wzxhzdk:a klzzwxh:a W", "{{ W }} {% include 'W' %} {# W #}", "javascript:hit()//W", "//hit.example/W",
    "W | W || \\| W", "W\\", "`W", "``` W", "**W", "_W", "[W", "![W", "<W", "](W", "W)", "(W", "> W", "a. W", "---W",
    "# W", "+ W", "%Cscript%E W", "\u00a0W\u200b\ufeff W",
]  # fmt: skip
EXTENSIONS = [
    *(
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "tables",
    ),
    *("wikilinks", {"toc": {"permalink": True}}, {"pymdownx.tabbed": {"alternate_style": True}}),
    *(f"pymdownx.{name}" for name in ("arithmatex", "betterem", "caret", "critic", "details", "emoji", "highlight")),
    *(f"pymdownx.{name}" for name in ("inlinehilite", "keys", "mark", "progressbar", "smartsymbols", "superfences")),
    *(f"pymdownx.{name}" for name in ("tasklist", "tilde", "blocks.admonition", "blocks.html", "blocks.tab")),
    {"pymdownx.snippets": {"base_path": ["/"]}},
    {"pymdownx.magiclink": {"repo_url_shorthand": True, "social_url_shorthand": True, "user": "a", "repo": "b"}},
]


def elements(folder: Path, write: Callable[[int, str], str], monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many elements of which attributes and classes the pages of a site have, whose texts `write` makes."""
    number = count()

    @cache
    def attack(name: str) -> str:
        word = "w" + re.sub(r"\W", "", name)
        return f"{name} {word} {write(next(number), word)}"

    said = attack("said").replace("|", "")
    source = [f"Jane said: “{said}”", f"The council counted £300 {attack('figure')} in 2024."]
    monkeypatch.setattr(everywhere, "attack", attack)
    monkeypatch.setattr(everywhere, "SAID", said)
    monkeypatch.setattr(
        everywhere, "SOURCE", [*source, f"It has a thing {attack('thing')} beside it.", "It opens in 2027."]
    )
    everywhere.write_everywhere(folder / "docs")
    site = build_site(make_site(folder, docs=None, site_url="https://example.org/", markdown_extensions=EXTENSIONS))
    found: Counter[str] = Counter()
    for page in site.rglob("*.html"):
        for one in html.fromstring(page.read_bytes()).iter():
            if isinstance(one.tag, str) and one.tag != "wbr":
                names = sorted({*one.attrib} - {"title", "dir"})
                found[f"{one.tag} {' '.join(names)} .{one.get('class', '')}"] += 1
    return found


def test_no_trick_of_markdown_makes_an_element(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = elements(tmp_path / "plain", lambda _, word: word, monkeypatch)
    tricks = elements(tmp_path / "tricks", lambda n, word: TRICKS[n % len(TRICKS)].replace("W", word), monkeypatch)
    assert sum(plain.values()) > 4000
    different = {kind for kind in {*plain, *tricks} if plain[kind] != tricks[kind]}
    assert different <= {"p class lang .bf-value"}, "a value beside words that say the same is left out"
