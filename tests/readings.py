"""A site on which much is the author's reading: the good briefing with a reference of which no words are recorded."""

from __future__ import annotations

from collections.abc import Mapping

from tests.sites import GOOD

BRIEFING = "briefings/good"
SENTENCES = {
    "index": [
        "The council of Harwick has voted to reopen the Saltgate ferry.",
        "Harwick has 14,300 inhabitants.",
        "Harwick is a district council with 99 members.",
        "It was founded in 1974, after a reform.",
        "The council owns 3 boats and 2 jetties.",
    ],
    "context": ["It is 40 metres long.", "Repairs in 1987 cost £80,000."],
    "text": ["It is 40 metres long.", "Repairs in 1987 cost £80,000."],
    "comments": ["Another says that the old boat had 85 seats."],
}
"""By page what is marked there, without citations."""
CHANGES = (
    ("briefing.yml", "asks who pays for repairs [@who-pays].", " Harwick has 14,300 inhabitants [@unseen]."),
    (
        "briefing.yml",
        "costs [@fare-cover].",
        "\n  - >-\n    Harwick is a district council with 99 members. It was founded in 1974, after a reform [@unseen]."
        "\n  - >-\n    The council owns 3 boats and 2 jetties [@unseen]. Fares cover 60% [@fare-cover].",
    ),
    ("annotations/context.yml", "[@stage-survey].", " It is 40 metres long. Repairs in 1987 cost £80,000 [@unseen]."),
    ("annotations/context.yml", "a dream [@c2].", " Another says that the old boat had 85 seats [@c2; @unseen]."),
)
"""In each file the words after which others come."""
REFERENCE = "  - {id: unseen, title: Report of the council, publisher: Harwick Council, published: 2024}\n"
HOME = "# Home\n\n<!-- briefings -->\n\nThere is a report [@good/unseen].\n\n<!-- briefing: good/worth-it -->\n"


def files(language: str = "en-GB") -> Mapping[str, str]:
    """The changed files, by path below the docs folder."""
    names = dict.fromkeys((*(name for name, _, _ in CHANGES), "references.yml"))
    texts = {name: (GOOD / BRIEFING / name).read_text("utf-8") for name in names}
    for name, words, more in CHANGES:
        assert texts[name].count(words) == 1, words
        texts[name] = texts[name].replace(words, words + more)
    texts["references.yml"] += REFERENCE
    texts["briefing.yml"] = texts["briefing.yml"].replace("language: en-GB\nauthors", f"language: {language}\nauthors")
    return {"index.md": HOME, **{f"{BRIEFING}/{name}": text for name, text in texts.items()}}
