"""`python -m tests.bench.pages FOLDER`: what is found on saved pages of others, beside trafilatura's own output.

Any folder of `.html` files will do; none is in the repository, because they are other people's. What is known of a page
stands in files beside it, all of them optional:

- `NAME.txt`: the words of its article;
- `NAME.segments`: lines `+ words` that belong to the article, and `- words` that do not;
- `comments.tsv`, one for the folder: name, CSS selector of the words of each comment (`-` where there are none), and
  a selector of what in those is no comment; tabs between them.

Words are compared as bags. A comment is found where at least nine words in ten agree in both directions; boilerplate
are the words drafted as comments that are in none. `-v` prints a line for each page.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from bs4 import BeautifulSoup

from briefing.authoring.ingest import draft
from briefing.authoring.ingest.folder import Draft, NoArticleError
from briefing.authoring.ingest.saved_page import encoding_of, text_of
from briefing.readers import UnreadableDocument

try:
    import trafilatura
except ImportError:
    trafilatura = None

WORD = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
"""Scripts that write no spaces are compared letter by letter."""
ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Made:
    """What two programs made of one page."""

    path: Path
    ours: str
    theirs: str
    comments: tuple[str, ...]
    system: str
    seconds: float


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.lower()))


def likeness(found: Counter[str], true: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    both = (found & true).total()
    precision, recall = both / max(found.total(), 1), both / max(true.total(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def read(path: Path) -> Made:
    """Draft a page, and have trafilatura extract it with its own settings."""
    data = path.read_bytes()
    theirs = (trafilatura.extract(data, include_comments=False) or "") if trafilatura else ""
    start = time.process_time()
    try:
        made: Draft | None = draft(data, path.name)
    except (NoArticleError, UnreadableDocument):
        made = None
    taken = time.process_time() - start
    if made is None:
        return Made(path, "", theirs, (), "", taken)
    system = "by looks" if made.scope.startswith("TODO") else made.scope.partition(", as ")[2].partition(" marks")[0]
    comments = tuple(comment.text for comment in made.comments)
    return Made(path, "\n".join(made.paragraphs), theirs, comments, system, taken)


# --- articles ---------------------------------------------------------------------------------------------------


def articles(pages: Iterable[Made], verbose: bool) -> None:
    pages = list(pages)
    both = [likeness(words(page.ours), words(page.theirs)) for page in pages if page.ours and page.theirs]
    none = sum(not page.ours for page in pages)
    print(
        f"{len(pages)} pages, no article on {none}; median {median(page.seconds for page in pages):.2f} s of CPU a page"
    )
    if trafilatura is None:
        print("trafilatura is not installed, so that there is nothing to compare with")
    else:
        print(f"no article for trafilatura on {sum(not page.theirs for page in pages)}")
        row("ours against trafilatura's", both)
    gold = [(page, words(page.path.with_suffix(".txt").read_text("utf-8"))) for page in pages if has(page, ".txt")]
    for name, text in WAYS:
        row(f"{name} against gold", [likeness(words(text(page)), true) for page, true in gold])
    segments = [page for page in pages if has(page, ".segments")]
    for name, text in WAYS:
        told = [
            (line[0], flat(line[2:]) in flat(text(page)))
            for page in segments
            for line in page.path.with_suffix(".segments").read_text("utf-8").splitlines()
        ]
        wanted, barred = ([inside for sign, inside in told if sign == way] for way in "+-")
        if told:
            print(
                f"{name:28} {sum(wanted)} of {len(wanted)} wanted segments, {sum(barred)} of {len(barred)} unwanted, "
                f"on {len(segments)} pages"
            )
    if verbose:
        for page, true in gold:
            marks = "  ".join("{:.2f} {:.2f} {:.2f}".format(*likeness(words(text(page)), true)) for _, text in WAYS)
            print(f"  {page.path.stem:40} gold: ours, trafilatura (P R F)  {marks}")
        for page in segments:
            for line in page.path.with_suffix(".segments").read_text("utf-8").splitlines():
                inside = [flat(line[2:]) in flat(text(page)) for _, text in WAYS]
                if inside[0] is not (line[0] == "+"):
                    print(
                        f"  {page.path.stem:40} {'as trafilatura' if inside[0] is inside[1] else 'ours alone'}: {line}"
                    )
        for page in pages:
            if not has(page, ".txt"):
                print(
                    "  {:40} ours/trafilatura {:.2f} {:.2f} {:.2f}".format(
                        page.path.stem, *likeness(words(page.ours), words(page.theirs))
                    )
                )


WAYS: tuple[tuple[str, Callable[[Made], str]], ...] = (
    ("ours", lambda page: page.ours),
    ("trafilatura", lambda page: page.theirs),
)


def flat(text: str) -> str:
    return "".join(text.split())


def has(page: Made, suffix: str) -> bool:
    return page.path.with_suffix(suffix).exists()


def row(name: str, scores: list[tuple[float, float, float]]) -> None:
    if scores:
        precision, recall, both = (mean(numbers) for numbers in zip(*scores, strict=True))
        middle = median(one for _, _, one in scores)
        print(
            f"{name:28} precision {precision:.3f}, recall {recall:.3f}, F {both:.3f} (median {middle:.3f}), "
            f"on {len(scores)} pages"
        )


# --- comments ---------------------------------------------------------------------------------------------------


def comments(pages: Iterable[Made], truth: dict[str, list[str]], verbose: bool) -> None:
    there = kept = drafted = loose = bare = invented = 0
    perfect = with_any = 0
    for page in (page for page in pages if page.path.stem in truth):
        true = true_comments(page.path, *truth[page.path.stem])
        found = [words(text) for text in page.comments]
        pairs = sum(matched(found, true))
        said = sum((words for words in true), Counter[str]())
        drafts = sum((words for words in found), Counter[str]())
        extra = (drafts - said).total()
        there, kept = there + len(true), kept + pairs
        drafted, loose = drafted + drafts.total(), loose + extra
        with_any += bool(true)
        perfect += bool(true) and pairs == len(true) == len(found)
        bare += not true
        invented += not true and bool(found)
        if verbose:
            flag = "" if pairs == len(true) and not extra else "  <<<"
            print(
                f"  {page.path.stem:40} {pairs} of {len(true)} found, {len(found)} drafted, {extra} words too many, "
                f"{page.system or 'none'}{flag}"
            )
    print(
        f"comments: {kept} of {there} found ({kept / max(there, 1):.0%}) on {with_any} pages, {perfect} without fault; "
        f"{loose / max(drafted, 1):.1%} of the drafted words are boilerplate; "
        f"{invented} of {bare} pages without comments have some"
    )


def true_comments(path: Path, selector: str, without: str = "") -> list[Counter[str]]:
    """The words of each comment that is on a page."""
    if selector == "-":
        return []
    data = path.read_bytes()
    soup = BeautifulSoup(text_of(data, path.name, encoding_of(data, path.name)), "lxml")
    for unseen in soup(["script", "style", "noscript", "template"]):
        unseen.decompose()
    elements = soup.select(selector)
    for part in soup.select(without) if without else ():
        part.decompose()
    found = [words(element.get_text(" ")) for element in elements]
    return [said for said in found if said]


def matched(found: list[Counter[str]], true: list[Counter[str]]) -> Iterable[bool]:
    """For each comment on the page, whether it was drafted; a draft stands for one comment only."""
    free = list(found)
    for said in true:
        best = max(free, key=lambda text: likeness(text, said)[2], default=Counter[str]())
        like = min(likeness(best, said)[:2]) >= ALIKE
        if like:
            free.remove(best)
        yield like


def main() -> None:
    """Measure the pages of the folders or files that are named."""
    verbose = "-v" in sys.argv
    given = [Path(name) for name in sys.argv[1:] if name != "-v"]
    paths = [path for place in given for path in (sorted(place.glob("*.html")) if place.is_dir() else [place])]
    if not paths:
        sys.exit("usage: python -m tests.bench.pages FOLDER… [-v]")
    pages = [read(path) for path in paths]
    articles(pages, verbose)
    tables = {place / "comments.tsv" for place in (path.parent for path in paths)}
    lines = [line for table in tables if table.exists() for line in table.read_text("utf-8").splitlines()]
    truth = {name: rest for name, *rest in (line.split("\t") for line in lines if line.strip())}
    if truth:
        comments(pages, truth, verbose)


if __name__ == "__main__":
    main()
