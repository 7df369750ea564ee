"""Numbers in ordinary pages: those of a sentence that cites a briefing can be read in what it cites.

A line `<!-- briefing-allow: cited-number “the number” the reason -->` anywhere on the page lets one number pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.check.grounds import Ground, grounds, nearest
from briefing.check.rules.cited_numbers import counts_shown, supported
from briefing.check.sentences import Sentence, of_laid
from briefing.model.places import Problem, in_file
from briefing.site.lookup import Lookup
from briefing.site.markdown_scan import Ask
from briefing.site.quoted_prose import ALLOWANCE, CitingPage, read_page, words_of_page
from briefing.text import Quantity, quantities

CODE = "cited-number"


def number_problems(text: str, file: str, asks: Sequence[Ask], lookup: Lookup) -> Iterator[Problem]:
    """Yield every number of a sentence that cites and has it nowhere in that, and every allowance that is of no use."""
    page = read_page(text, file, asks, lookup)
    if page is None:
        return
    found = list(_numbers(page))
    allowed = [each for each in ALLOWANCE.finditer(text) if each[1] == CODE]
    reasons = {_plain(each[2]) for each in allowed if (each[3] or "").strip()}
    yield from (problem for problem in found if _plain(problem.passage) not in reasons)
    for each in allowed:
        at = in_file(file, each.start(), each.end())
        if _plain(each[2]) not in reasons:
            hint = "write why the number is allowed"
            yield Problem("missing-field", "this allowance gives no reason", at, hint)
        elif not any(_plain(problem.passage) == _plain(each[2]) for problem in found):
            message = f"nothing on this page has the finding “{CODE}” for this number"
            yield Problem("unused-allow", message, at, "take this allowance out")


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _numbers(page: CitingPage) -> Iterator[Problem]:
    if not page.brackets:
        return  # it only lists briefings, and no sentence cites
    known = {f"{before}{id}": each for before, b in page.cited.items() for id, each in grounds(b).items()}
    for laid, _, _ in words_of_page(page):
        for sentence in of_laid(laid, page.rules):
            resting = tuple(known[id] for id in sentence.cited if id in known)
            if not resting or len(resting) < len(sentence.cited) or any(ground.blind for ground in resting):
                continue  # it cites nothing, or what cannot be seen
            for one in quantities(laid.text, page.rules):
                if sentence.span.holds(one.span) and not _rests(one, sentence, resting, page):
                    yield _problem(one, sentence, resting, page)


def _rests(one: Quantity, sentence: Sentence, resting: tuple[Ground, ...], page: CitingPage) -> bool:
    return supported(one, resting, unseen=True, completed=True) or counts_shown(one, sentence, page.rules)


def _problem(one: Quantity, sentence: Sentence, resting: tuple[Ground, ...], page: CitingPage) -> Problem:
    words, place = one.span.of(sentence.laid.text).rstrip("."), sentence.laid.span(one.span)
    near = nearest(one, [each for ground in resting for each in ground.read])
    listed = ", ".join(dict.fromkeys(f"“{each.words}”" for each in near))
    cited = ", ".join(f"“{id}”" for id in sentence.cited[:6])
    line = f"<!-- briefing-allow: {CODE} “{' '.join(words.split())}” the reason -->"
    hint = "\n".join(
        (
            *((f"nearest there: {listed}",) if listed else ()),
            "write what is there, or cite what has the number",
            f"or, where it is right as it stands, write on a line of the page: {line}",
        )
    )
    at = in_file(page.file, place.start, place.end)
    return Problem(CODE, f"the number “{words}” cannot be read in what its sentence cites: {cited}", at, hint, words)
