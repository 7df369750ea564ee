"""Every code that a problem can have. Codes are stable: one is added or retired, never given another meaning.

Each has a paragraph with an example in the manual (docs/manual/problems.md) and a folder of cases
(tests/cases/problems/<code>/); tests hold the three together.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]
Allowable = Literal["never", "record", "passage", "briefing"]
"""Where a finding can be allowed: nowhere; in the record that it is about; there, or in briefing.yml with its words;
or for the whole briefing."""


class ProblemCode(Struct, frozen=True):
    """What a code means."""

    severity: Severity
    summary: str
    """What went wrong, in half a line."""
    allowable: Allowable
    """Where its findings can be allowed: only where the program may read wrongly, or an editor may rightly differ."""
    why: str
    """Why they can be allowed there or nowhere, for the author: half a sentence."""


_Allowed = tuple[Allowable, str]
_NOT_READ: _Allowed = ("never", "what cannot be read or found has nothing to show")
_ABSENT: _Allowed = ("never", "the pages cannot show or link what does not exist")
_NOT_PUBLISHED: _Allowed = ("never", "readers could not see what is cited")
_LEDGER: _Allowed = ("never", "readers are told that every comment is accounted for once")
_STANCES: _Allowed = ("never", "readers see each stance, and could not see what it is on")
_WITHHELD: _Allowed = ("never", "`dissent: {withheld: …}` at the theme tells readers why, where they look for it")
_ALIAS: _Allowed = ("never", "naming the former path fixes it")
_TOLD: _Allowed = ("never", "who has read the former words could not know")
_COMPUTED: _Allowed = ("never", "the pages show this number as computed")
_IGNORED: _Allowed = ("never", "removing the entry fixes it")
_ORIGINAL: _Allowed = ("never", "that would switch the comparison with the original off")
_MISREAD: _Allowed = ("record", "the program may read the source wrongly")
_EDITOR: _Allowed = ("record", "an editor may rightly judge otherwise")
_PROSE: _Allowed = ("passage", "the program may read a sentence wrongly")
_WORDS: _Allowed = ("passage", "the words may be ordinary ones, or somebody else’s name")
_WHOLE: _Allowed = ("briefing", "it is about the whole briefing")


def _error(summary: str, allowed: _Allowed = _NOT_READ) -> ProblemCode:
    return ProblemCode("error", summary, *allowed)


def _warning(summary: str, allowed: _Allowed = _NOT_READ) -> ProblemCode:
    return ProblemCode("warning", summary, *allowed)


CODES: dict[str, ProblemCode] = {
    # files
    "file-missing": _error("a file that the briefing needs is not there"),
    "file-unreadable": _error("a file cannot be opened"),
    "file-too-large": _error("a file is larger than the limit"),
    "outside-folder": _error("a path or symbolic link leads out of the briefing’s folder"),
    "not-utf8": _error("a text file is not UTF-8"),
    "forbidden-character": _error("a text file holds NUL or another control character"),
    "stray-file": _error("a file that looks like the briefing’s is not read, because of its place or ending"),
    "empty-file": _warning("a file of annotations has nothing in it"),
    "empty-source": _error("the source has no text"),
    "change-under-way": _error("several files were to change together, and only some did"),
    # YAML
    "yaml-syntax": _error("the YAML cannot be read"),
    "yaml-too-deep": _error("the YAML is nested too deeply"),
    "yaml-alias": _error("YAML anchors, aliases and merge keys are not used here"),
    "yaml-tag": _error("YAML tags are not used here"),
    "yaml-duplicate-key": _error("a key occurs twice in one mapping"),
    "yaml-key": _error("a key is not plain text"),
    "text-cut-by-hash": _error("YAML dropped the words after a # as a comment"),
    "quote-this-value": _error("YAML read text as a list, a mapping or two values"),
    # fields
    "unknown-field": _error("a field that the format does not have"),
    "missing-field": _error("a field that must be there is not"),
    "wrong-type": _error("a field holds another kind of value than it should"),
    "wrong-value": _error("a field holds a value that is not one of those allowed"),
    "bad-id": _error("an id is not of the form a-z, 0-9 and hyphens, or is one that the pages use themselves"),
    "duplicate-id": _error("two things have the same id"),
    "bad-date": _error("a date is not a day, month or year that exists"),
    "bad-url": _error("an address is not a full http or https address"),
    "bad-language": _error("a language tag is not well formed"),
    "todo-left": _warning("a field is not filled in yet"),
    "todo-published": _error("a published briefing has a field that is not filled in yet"),
    "excerpt-too-long": _error("an excerpt of a reference has more than 40 words"),
    # prose
    "unsupported-markup": _error("prose uses markup that briefings do not have"),
    "bad-link": _error("a link in prose leads to an address that is not allowed"),
    "unknown-citation": _error("prose cites an id that nothing has", _ABSENT),
    "draft-cited": _error("published prose cites a draft", _NOT_PUBLISHED),
    "withdrawn-cited": _error("something cites what was withdrawn", _NOT_PUBLISHED),
    "ambiguous-briefing": _error("a citation names a folder that several briefings have", _ABSENT),
    "bad-list-option": _error("a list of briefings is asked for in a way that there is not"),
    # anchoring
    "orphan": _error("the words of a target are not in the source"),
    "ambiguous": _error("the words of a target occur in several places"),
    "spliced": _error("the parts of a target were not said together"),
    # people, topics and comments
    "unknown-person": _error("a person is not in people.yml or not in the briefing", _ABSENT),
    "tag-spellings": _warning("one topic is written in several ways"),
    "unknown-comment": _error("a comment id that comments.yml does not have", _ABSENT),
    # the ledger of comments
    "comment-unaccounted": _error("a comment is in no published theme and not set aside", _LEDGER),
    "accounted-twice": _error("a comment is in a theme and set aside, or counted twice in one of them", _LEDGER),
    "removed-text-kept": _error("the words of a comment that was removed on request are still there"),
    "removed-text-in-original": _warning("the original still has words where a comment was removed on request", _WHOLE),
    "about-missing": _warning("a theme does not say what its comments are for or against", _STANCES),
    "dissent-hidden": _error("a theme shows no words of those who go against its majority", _WITHHELD),
    "not-a-dissent": _error("a theme’s `dissent` names or withholds what is no dissent", _LEDGER),
    # quotations
    "not-in-quotation-marks": _error("a quotation does not lie inside one pair of quotation marks", _MISREAD),
    "in-quotation-marks": _error("a reported statement lies inside quotation marks", _MISREAD),
    "not-a-fragment": _error("a whole sentence is labelled a fragment, or a fragment is not labelled", _MISREAD),
    "not-a-translation": _error("a quotation is translated into the language that it is in", _MISREAD),
    "attribution-missing": _error("the source’s own crediting words were not found", _MISREAD),
    "attribution-misplaced": _error("the attribution is elsewhere or inside quotation marks", _MISREAD),
    "wrong-speaker": _error("words are in another speaker’s turn, or are credited to somebody else", _MISREAD),
    "speaker-not-named": _error("the crediting words neither name the speaker nor refer to them", _MISREAD),
    "cut-before-but": _warning("a quotation stops before a “but” of its speaker", _PROSE),
    "via-missing": _error("words that one speaker quotes from another do not say by whom they are quoted", _MISREAD),
    # assessments
    "evidence-missing": _error("a verdict rests on nothing but what it judges", _EDITOR),
    # figures
    "value-not-in-target": _error("the value of a figure cannot be read in its target", _MISREAD),
    "unknown-measure": _error("the measure of a figure is not in measures.yml", _ABSENT),
    "measure-unit": _error("a figure cannot be a value of its measure: it has another unit, or is a date", _COMPUTED),
    "bad-formula": _error("the formula of a derived figure cannot be computed", _COMPUTED),
    "wrong-result": _error("the formula of a derived figure gives another number", _COMPUTED),
    # grounds
    "cited-number": _error("a number in prose cannot be read in what it cites", _PROSE),
    "quotation-not-found": _error("quoted words in prose are in nothing that it cites", _PROSE),
    "hidden-name": _error("a text gives the name of a commenter that readers are not shown", _WORDS),
    "ungrounded": _error("a sentence of a theme’s summary cites no comment of the theme", _PROSE),
    "wrong-quantifier": _error("a word for how many does not agree with the comments that are cited", _PROSE),
    "wrong-source": _error("prose gives to the article what only comments have, or the other way round", _PROSE),
    "thin-excerpt": _warning("sentences rest on a work and have no word in common with its excerpts", _EDITOR),
    "doubled-noun": _error("a computed count is followed by the noun that it prints itself", _PROSE),
    # coverage
    "unused-ignore": _warning("an entry under `ignore` sets nothing aside", _IGNORED),
    "ignored-annotated": _error("something is set aside and annotated", _IGNORED),
    # provenance
    "original-changed": _error("the original is not the one whose hash is recorded", _ORIGINAL),
    "original-not-covered": _error("words of the original are in neither source, comments nor left_out", _ORIGINAL),
    "not-in-original": _error("words of the source, a comment or left_out are not in the original, in order", _EDITOR),
    "reader-changed": _warning(
        "the original was read by another version of its reader when the source was made", _WHOLE
    ),
    "cannot-verify-original": _warning("the original cannot be read here", _WHOLE),
    # pages
    "page-collision": _error("a file of yours is where a page would be generated"),
    "folder-name": _warning("a briefing’s folder has a name that some systems cannot have"),
    "alias-taken": _error("a former path of a briefing is in use"),
    "was-taken": _error("a former name of a person, measure or topic is in use"),
    "unknown-topic": _warning("topics.yml has a tag that nothing has"),
    "alias-missing": _warning("a briefing has moved, and its former address leads nowhere", _ALIAS),
    "files-not-excluded": _warning("only the plugin keeps the raw files of briefings out of the site"),
    "template-outdated": _warning("a page template of yours asks for what there is no more"),
    # rights
    "rights-unclear": _warning("the whole source is published, and its rights are unknown or reserved", _WHOLE),
    "title-of-source": _warning("the title is the headline of the source, which is not the author’s own", _WHOLE),
    # addresses, with `check --links`
    "link-broken": _warning("an address that is cited leads nowhere any more"),
    "link-moved": _warning("an address that is cited has moved for good"),
    "link-unchecked": _warning("an address that is cited could not be checked"),
    # publication
    "review-missing": _error("something is published that nobody but its author has read"),
    # releases
    "correction-missing": _error("something that was released reads otherwise now, and readers are not told", _TOLD),
    "correction-unmatched": _error("a correction says what has not changed, or was taken out", _TOLD),
    "withdrawal-missing": _error("something that was released has gone, and its address leads nowhere", _TOLD),
    # allowances
    "unused-allow": _warning("an allowance silences nothing", _IGNORED),
}
