"""A sign for whole paragraphs that are left out has a line of its own; one for words of a paragraph is among them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from briefing.verify import verify
from tests.check import folders
from tests.sites import build_site, make_site

PARAGRAPHS = {
    "the words go on": "The harbour has 12 boats, which nobody counted twice in all the years that they have "
    "been there, whatever the committee of the house says about them now and then.",
    "the words went before": "Whatever the committee of the house says about them now and then, and it says a lot of "
    "it, in the years that they have been there the harbour has had 12 boats.",
    "all of it": "The harbour has 12 boats.",
}
OTHERS = ["It rained.", "It snowed."]


@pytest.mark.parametrize("name", PARAGRAPHS)
@pytest.mark.parametrize(
    "other", ["The port has 5 rafts.", "Of it nobody ever said more than that the port has 5 rafts."]
)
def test_paragraphs_are_left_out_on_a_line_of_its_own(name: str, other: str, tmp_path: Path) -> None:
    case = {
        "source.txt": "\n\n".join([OTHERS[0], PARAGRAPHS[name], *OTHERS, other, OTHERS[1]]),
        "briefing": {"source": {"publish": "excerpts", "rights": "CC BY 4.0"}},
        "figures": [
            {"id": "boats", "target": "12 boats", "value": 12, "unit": "boats"},
            {"id": "rafts", "target": "5 rafts", "value": 5, "unit": "rafts"},
        ],
    }
    folders.make(tmp_path, case)
    site = build_site(make_site(tmp_path, docs=None, site_url="https://example.org/"))
    page = html.fromstring((site / "b" / "text" / "index.html").read_text("utf-8"))
    (text,) = page.find_class("bf-text")
    for hidden in text.xpath(".//*[@hidden] | .//sup | .//*[contains(@class, 'bf-notes')]"):
        hidden.drop_tree()
    lines = [" ".join(each.text_content().split()) for each in text.iter("p")]
    twin = (site / "b" / "text" / "index.html.md").read_text("utf-8").replace("\\", "")
    for shown in (lines, twin.split("\n\n")[2:]):
        paragraphs = [line.strip() for line in shown if line.strip() != "[…]"]
        assert [line.strip() for line in shown][::2] == ["[…]"] * 3, "above, between and below"
        assert len(paragraphs) == 2
        for paragraph in paragraphs:
            assert not re.search(r"^\[…\]|\[…\]$", paragraph), "nothing is said twice"
    assert verify(site).findings == []
