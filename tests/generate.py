"""Writes valid briefings of any size for benchmarks and tests of scale, the same for the same numbers."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

WORDS = (
    "council",
    "harbour",
    "bridge",
    "budget",
    "members",
    "minister",
    "river",
    "report",
    "season",
    "market",
    "station",
)


def write_library(docs: Path, briefings: int, annotations: int = 100, paragraphs: int = 25) -> None:
    """A docs folder with people.yml and so many briefings of about a thousand words each."""
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "index.md").write_text("# Home\n\n<!-- briefings -->\n", "utf-8")
    (docs / "people.yml").write_text("jane: Jane Doe\n", "utf-8")
    for number in range(briefings):
        write_briefing(docs / f"briefings/b{number:04}", number, annotations, paragraphs)


def write_briefing(folder: Path, seed: int, annotations: int, paragraphs: int) -> None:
    """One briefing: a quotation in each paragraph, then figures and context notes, six pages in all."""
    source = list(_paragraphs(random.Random(seed), annotations, paragraphs))
    (folder / "annotations").mkdir(parents=True)
    text = "".join(f"{line}\n" for line in source)
    comments = [f"I read the report number {n} and disagree." for n in range(4)]
    original = text + "\n" + "".join(f"{comment}\n" for comment in comments)
    (folder / "source.txt").write_text(text, "utf-8")
    (folder / "original.txt").write_text(original, "utf-8")
    (folder / "briefing.yml").write_text(_about(seed, original), "utf-8")
    (folder / "comments.yml").write_text(_comments(comments), "utf-8")
    (folder / "references.yml").write_text(_REFERENCES, "utf-8")
    quotes, figures, context = _annotations(annotations, paragraphs)
    (folder / "annotations/quotes.yml").write_text(quotes, "utf-8")
    (folder / "annotations/figures.yml").write_text(figures, "utf-8")
    (folder / "annotations/context.yml").write_text(context, "utf-8")
    (folder / "annotations/themes.yml").write_text(_THEMES, "utf-8")


def write_comments(folder: Path, comments: int, themes: int) -> None:
    """Give a briefing so many comments, each in one theme but for every 97th, which is set aside.

    Every tenth comment goes against its theme, some answer others, and each theme's summary cites three of its own.
    """
    chance = random.Random(comments)
    entries, lines, aside = ["comments:"], [""], ["set_aside:"]
    members: list[list[str]] = [[] for _ in range(themes)]
    for number in range(1, comments + 1):
        text = f"Reader {number} says that {' '.join(chance.choice(WORDS) for _ in range(25))} matter most."
        lines.append(text)
        reply = f"\n    reply_to: c{number - 1}" if number % 7 == 0 else ""
        entries.append(f"  - id: c{number}\n    text: >-\n      {text}{reply}")
        if number % 97 == 0:
            aside.append(f"  - {{comment: c{number}, reason: off-topic}}")
        else:
            stance = "critical" if number // themes % 10 == 0 else "supportive"
            members[number % themes].append(f"      - {{id: c{number}, stance: {stance}, words: says that}}")
    was = (folder / "original.txt").read_bytes()
    original = (folder / "source.txt").read_bytes() + "\n".join([*lines, ""]).encode()
    about = (folder / "briefing.yml").read_text("utf-8")
    about = about.replace(hashlib.sha256(was).hexdigest(), hashlib.sha256(original).hexdigest())
    (folder / "original.txt").write_bytes(original)
    (folder / "briefing.yml").write_text(about, "utf-8")
    (folder / "comments.yml").write_text("\n".join([*entries, "scope: all of them", *aside]) + "\n", "utf-8")
    (folder / "annotations/themes.yml").write_text("\n".join(_many_themes(members)) + "\n", "utf-8")


def _many_themes(members: list[list[str]]) -> Iterator[str]:
    yield "themes:"
    for number, own in enumerate(members):
        cited = "; ".join(f"@{line.split()[2][:-1]}" for line in own[:3])
        yield f"  - id: theme-{number}\n    title: What matters, part {number}\n    about: It matters\n    comments:"
        yield from own
        yield f"    summary: >-\n      Readers say what matters to them [{cited}]."


def _paragraphs(chance: random.Random, annotations: int, paragraphs: int) -> Iterator[str]:
    """Every paragraph holds its share of marked words, each of which stands nowhere else."""
    share = -(-max(annotations - paragraphs, 0) // paragraphs)
    for number in range(paragraphs):
        filler = " ".join(chance.choice(WORDS) for _ in range(12))
        counts = ((1000 + number * share + n, f"g{number}x{n}") for n in range(share))
        facts = " ".join(f"The office counted {count} wagons at gate {gate}." for count, gate in counts)
        yield f"“We {filler} at stop {number},” Jane Doe said. {facts}".strip()


def _annotations(annotations: int, paragraphs: int) -> list[str]:
    share = -(-max(annotations - paragraphs, 0) // paragraphs)
    quotes, figures, context = ["quotes:"], ["figures:"], ["context:"]
    for number in range(min(paragraphs, annotations)):
        quotes.append(
            f"  - id: q{number}\n    target: {{exact: at stop {number}}}\n    kind: fragment\n    speaker: jane\n"
            f"    note: >-\n      Said of the wagons [@r1] and *not* of gate {number}.\n"
        )
        for n in range(share):
            if len(quotes) + len(figures) + len(context) - 3 >= annotations:
                break
            value = 1000 + number * share + n
            if n % 2:
                context.append(
                    f"  - id: n{number}x{n}\n    target: gate g{number}x{n}\n    title: Gate {number} {n}\n"
                    f"    note: >-\n      A gate of the station, as the survey has it [@r1].\n"
                )
            else:
                figures.append(
                    f"  - id: f{number}x{n}\n    target: counted {value} wagons\n    label: Wagons at {number} {n}\n"
                    f"    type: count\n    basis: measured\n    value: {value}\n    unit: wagons\n    speaker: jane\n"
                )
    return ["\n".join(part) + "\n" if len(part) > 1 else "" for part in (quotes, figures, context)]


def _about(seed: int, original: str) -> str:
    digest = hashlib.sha256(original.encode()).hexdigest()
    return f"""title: Briefing number {seed}
date: 2026-01-{seed % 28 + 1:02}
language: en-GB
status: published
summary: >-
  What was said at the stops [@q0], in one paragraph.
key_points:
  - >-
    The first stop was named [@q0].
source:
  kind: article
  language: en-GB
  title: Report {seed}
  rights: Made for a test.
  publish: full
  original: {{file: original.txt, sha256: {digest}}}
people:
  jane: {{role: Station master}}
"""


def _comments(comments: list[str]) -> str:
    entries = "".join(f"  - id: c{n}\n    text: >-\n      {comment}\n" for n, comment in enumerate(comments, 1))
    return f"comments:\n{entries}scope: all of them\n"


_REFERENCES = """references:
  - id: r1
    title: Survey of gates
    publisher: The station
    url: https://example.org/gates
    checked: 2026-01-01
    excerpts:
      - exact: a gate of the station
"""

_THEMES = """themes:
  - id: disagreement
    title: Readers disagree
    comments:
      - {id: c1, stance: critical, words: disagree}
      - {id: c2, stance: critical, words: disagree}
      - {id: c3, stance: critical, words: disagree}
      - {id: c4, stance: critical, words: disagree}
    summary: >-
      Four readers disagree [@c1; @c2; @c3; @c4].
"""
