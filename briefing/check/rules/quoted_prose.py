"""The rule on quotations in authored prose: what is in quotation marks is in what is cited.

docs/manual/grounded.md defines all of it: which passages are checked, what they must be in, and what is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.anchor.characters import DOUBLE_QUOTES, SINGLE_QUOTES
from briefing.anchor.diagnose import difference, short
from briefing.anchor.nearest import Near, nearest
from briefing.anchor.quoting import letters, missing
from briefing.check.marked_passages import marked
from briefing.check.prose_credits import given_to_another
from briefing.check.quotables import QuotableWords, everything, quotables
from briefing.check.quoted_words import QuotedPassage, of_registers, passages
from briefing.model import Briefing
from briefing.model.places import Problem, Span, in_marks
from briefing.model.prose import ALL_COMMENTS

CODE = "quotation-not-found"
EXAMINED = 30
"""Passages whose nearest words are looked for; with more of them something is wrong with all of them."""
COMPARED = 40
"""Texts in which the nearest words are looked for."""
NAMED = 6


def quotation_not_found(briefing: Briefing) -> Iterator[Problem]:
    """Every quoted passage of authored prose is in what it rests on, or is the title of a listed work."""
    yield from not_found(passages(briefing), titles(briefing), {"": briefing})


def quoted_in_registers(briefings: Sequence[Briefing]) -> Iterator[Problem]:
    """The same of people.yml and measures.yml: every passage is in a briefing that shows it."""
    for passage, showing in of_registers(briefings):
        known = {f"{briefing.path}/": briefing for briefing in showing}
        yield from not_found([passage], frozenset().union(*map(titles, showing)), known)


def not_found(
    passages: Iterable[QuotedPassage], titles: frozenset[str], known: Mapping[str, Briefing]
) -> Iterator[Problem]:
    """Yield the problem of each passage that is nowhere it should.

    `known` are the briefings that may have them, by what is before an id in a citation.
    """
    examined = 0
    for passage in passages:
        found = letters(passage.words) in titles or any(source.has(passage.words) for source in passage.sources)
        if found and passage.said and letters(passage.words) not in titles and not _said(passage):
            yield Problem(CODE, _NARRATED.format(short(passage.words)), passage.at, _PLAIN, passage.words)
        elif found and letters(passage.words) not in titles and (others := _given_to_another(passage, known)):
            message = _ANOTHERS.format(short(passage.words), *others)
            yield Problem(CODE, message, passage.at, _NAME_SPEAKER, passage.words)
        elif not found:
            examined += 1
            message, hints = _told(passage, known, examined <= EXAMINED)
            hints += [_AS_EXCERPT] if passage.at.path[:1] == ("references",) and "title" in passage.at.path else []
            yield Problem(CODE, message, passage.at, "\n".join((*hints, _OTHERWISE)), passage.words)


def _given_to_another(passage: QuotedPassage, known: Mapping[str, Briefing]) -> tuple[str, str] | None:
    """Whom a passage is given to and who says it, if no briefing that has the words has them of the former."""
    having = [each for each in known.values() if everything(each).has(passage.words)]
    found = [given_to_another(passage.words, *passage.around, each) for each in having] if passage.around else []
    return found[0] if found and None not in found else None


_ANOTHERS = "“{}” is given to {}, but these are words of {}"
_NAME_SPEAKER = "name who says it, or quote what they say themselves"


def _said(passage: QuotedPassage) -> bool:
    return any(source.has(passage.words, said=True) for source in passage.sources)


_NARRATED = "“{}” is given to somebody who is quoted, but these are the reporter's own words, outside of all its marks"
_PLAIN = (
    "say without quotation marks what they said, or give the words to the article: the article says “…”\n"
    "quote the words that are in the source's quotation marks"
)


def titles(briefing: Briefing) -> frozenset[str]:
    """Return the titles of the source and the references, whole and up to the colon or dash, as they are compared."""
    whole = [briefing.source.title, *(each.title for each in briefing.references)]
    publishers = [briefing.source.publisher, *(each.publisher for each in briefing.references)]
    whole += [each for name in publishers for each in (name, name.removeprefix("The "))]
    main = [title.partition(sign)[0] for title in whole for sign in (": ", " – ", " — ", "? ", ". ")]
    return frozenset(filter(None, map(letters, (*whole, *main))))


_OTHERWISE = "what nobody said needs no quotation marks; a term may be in *italics* instead"


_AS_EXCERPT = "if the title is so, record these words as an excerpt of the same work, with `where: headline`"


# --- what is said of one ----------------------------------------------------------------------------------------


def _told(passage: QuotedPassage, known: Mapping[str, Briefing], examine: bool) -> tuple[str, list[str]]:
    """Return what is wrong, and what to write instead; the nearest words are looked for where `examine` says so."""
    message = f"{in_marks(short(passage.words))} is in quotation marks, but {_where_not(passage)}"
    if not examine:
        return message, []
    other = _cite_instead(passage, known) if passage.can_cite else ""
    if other:
        return message, [other]
    texts = [words for source in passage.sources for words in source.words]
    texts = (texts or [words for briefing in known.values() for words in everything(briefing).words])[:COMPARED]
    part = missing(passage.words, [each.read for each in texts])
    found = _nearest(part, texts)
    if found is None:
        return message, []
    near, words = found
    said = difference(_bare(words.text), _bare(part), near)
    pastes = "\n".join(f"“{each}”" for each in _to_paste(words, near.span))
    hint = f"if you mean {words.where}, quote its own words:\n{pastes}"
    return f"these words are not in {words.where}: it says {said}", [hint]


def _bare(text: str) -> str:
    """Return a text, as long as it is, without its quotation marks: they are no difference."""
    return _MARK.sub(" ", text)


_MARK = re.compile(f"[{DOUBLE_QUOTES}]|(?<![^\\W_])[{SINGLE_QUOTES}]|[{SINGLE_QUOTES}](?![^\\W_])")


def _to_paste(words: QuotableWords, span: Span) -> Iterator[str]:
    """Yield words of a text as they are between its own marks: in parts where they are in several marks there."""
    over = [each for each in marked(words.text, words.rules) if each.inner.overlaps(span)]
    cut = any(not (each.inner.holds(span) or span.holds(each.outer)) for each in over)
    parts = [Span(max(span.start, e.inner.start), min(span.end, e.inner.end)) for e in over] if cut else [span]
    for part in parts:
        shown = part.of(words.text)
        for inner in reversed(marked(shown, words.rules)):
            closing = "’" if inner.inner.end < inner.outer.end else ""
            at = inner.outer
            shown = f"{shown[: at.start]}‘{inner.inner.of(shown).strip()}{closing}{shown[at.end :]}"
        yield " ".join(shown.split()).strip(" ,")


def _where_not(passage: QuotedPassage) -> str:
    if not passage.can_cite:
        return "is not in the source, a comment or an excerpt"
    cited = [f"“{id}”" for id in passage.cited]
    listed = f"{', '.join(cited[:NAMED])}{' …' if len(cited) > NAMED else ''}"
    if passage.own and cited:
        return f"is neither in the paragraph of “{passage.own}” nor in what its sentence cites: {listed}"
    if passage.own:
        return f"is not in the paragraph of “{passage.own}”, and its sentence cites nothing"
    return f"is in nothing that its sentence cites: {listed}" if cited else "its sentence cites nothing"


def _cite_instead(passage: QuotedPassage, known: Mapping[str, Briefing]) -> str:
    """Return where the words stand that were looked for in another place."""
    having = {before: each for before, each in known.items() if everything(each).has(passage.words)}
    ids = [
        f"{before}{id}"
        for before, briefing in having.items()
        for id, quoting in quotables(briefing).items()
        if id not in (ALL_COMMENTS, *_drafts(briefing)) and quoting.has(passage.words)
    ]
    if ids:
        names = ", ".join(f"“{id}”" for id in ids[:4])
        return f"{names} {'has' if len(ids) == 1 else 'have'} these words: cite it as [@{ids[0]}]"
    if having:
        return "the source has these words, in a paragraph of which nothing is annotated: annotate them, and cite that"
    return ""


def _drafts(briefing: Briefing) -> set[str]:
    return {each.id for each in (*briefing.annotations, *briefing.derived, *briefing.themes) if each.status == "draft"}


def _nearest(part: str, texts: Sequence[QuotableWords]) -> tuple[Near, QuotableWords] | None:
    """Return the likeliest place, whatever the case of the first letter."""
    shapes = dict.fromkeys((part, part[:1].swapcase() + part[1:]))
    found = [(near, words) for words in texts for shape in shapes if (near := nearest(_bare(words.text), _bare(shape)))]
    return max(found, key=lambda each: (each[0].score, -each[0].more), default=None)
