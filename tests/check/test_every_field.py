"""Every text that an author writes is looked at for quotations, or is one of a few with a reason why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from briefing.load.schema.annotations import AnnotationsFile, ContextInput
from briefing.load.schema.briefing import (
    BriefingFile,
    CommentsFile,
    MeasureInput,
    PersonInput,
    ReferencesFile,
    RoleInput,
    TopicInput,
)
from briefing.load.schema.inputs import Input
from briefing.pipeline.checking import check_library
from tests.everywhere import filled, text_fields

FILES = (BriefingFile, AnnotationsFile, CommentsFile, ReferencesFile, PersonInput, MeasureInput, TopicInput)
AN_ID = "an id, or a file; that there is such a thing is checked"
OF_A_SOURCE = "words of somebody else, which are compared with their text"
NOT_QUOTED = {
    **dict.fromkeys(("in", "speaker", "via", "evidence", "cite", "measure", "highlights", "reply_to"), AN_ID),
    **dict.fromkeys(("SetAsideInput.comment", "RenumberedInput.comment", "MemberInput.id", "file"), AN_ID),
    "ThemeInput.comments": AN_ID,
    **dict.fromkeys(("volume", "issue", "pages"), "numbers by which a work is found in print"),
    "TopicInput.was": "a former tag, of which only an address is made",
    "ThemeInput.dissent": AN_ID,
    "formula": "ids, numbers and signs",
    "value": "a number, a date, or words that the target has",
    **dict.fromkeys(("exact", "prefix", "suffix", "target", "attribution", "words"), OF_A_SOURCE),
    "LeftOutInput.text": OF_A_SOURCE,
    "AllowInput.passage": "the words that are allowed; where they stand nowhere, the allowance is of no use",
    "RenumberedInput.id": "compared with the export",
    "CommentInput.text": "a comment is what is quoted from",
    "CommentsFile.hide_names": "names that no page shows; one that no comment has is reported",
    "CommentInput.author": "the name that a stranger gave; their own words",
    "ExcerptInput.exact": "an excerpt is what is quoted from",
    "TranslationInput.text": "nobody here can compare it; who translated is named beside it",
    "elements": "a CSS selector, which selects something of the original",
    "PersonInput.sort_as": "what a list is ordered by; a page shows the first letter of it and no more",
    "reader": "the name of one of our readers, which is compared",
    "encoding": "the name of an encoding, which is used",
    **dict.fromkeys((f"SourceInput.{key}" for key in ("title", "author", "publisher")), "what the source calls itself"),
}
DAY = "2026-01-01"


def test_every_text_is_looked_at_or_has_a_reason(tmp_path: Path) -> None:
    wrote: dict[str, tuple[str, str]] = {}

    def say(model: type[Input], key: str, name: str) -> str:
        wrote[name] = (model.__name__, key)
        return f"Ada says “never said by {name} at all”"

    write_site(tmp_path, say)
    known = {(model.__name__, key) for file in FILES for model, key in text_fields(file)}
    asked = {field for field in known if not _reason(*field)}
    assert asked - set(wrote.values()) == set(), "the test writes nothing in these fields"
    library = check_library(tmp_path)
    found = [problem for problem, _ in library.located()]
    assert [str(each) for each in found if each.code.startswith(("wrong", "missing", "unknown"))] == []
    told = {problem.passage: problem for problem in found if problem.code == "quotation-not-found"}
    assert {name for name in wrote if f"never said by {name} at all" not in told} == set()
    assert len(told) == len(wrote)


def test_no_reason_is_given_for_nothing() -> None:
    known = {(model.__name__, key) for file in FILES for model, key in text_fields(file)}
    assert [given for given in NOT_QUOTED if not any(given in (key, f"{model}.{key}") for model, key in known)] == []


def _reason(model: str, key: str) -> str:
    return NOT_QUOTED.get(f"{model}.{key}", NOT_QUOTED.get(key, ""))


def write_site(docs: Path, say: Any) -> None:
    """A docs folder with one record of every kind, and a text in every field of it that is not told apart."""

    def whole(model: type[Input], given: dict[str, Any], name: str) -> dict[str, Any]:
        return filled(model, given, name, write)

    def write(model: type[Input], key: str, name: str) -> str:
        return "" if _reason(model.__name__, key) else say(model, key, name)

    allow: dict[str, Any] = {"code": "speaker-not-named"}
    judged = {"verdict": "disputed", "date": DAY, "evidence": ["work"]}
    point = {"value": 2, "cite": "work"}
    wording = {"words": "2 spans", "cite": "work", "translation": {"text": "Twee"}}
    quote = {"id": "said", "target": "We have patched it", "speaker": "ada", "assessment": judged, "allow": [allow]}
    figure = {"id": "vote", "target": "19 to 14", "value": {"words": "19 to 14"}, "type": "amount", "basis": "claim"}
    figure |= {"measure": "votes", "series": {"points": [point]}, "resolved": {"value": 19}, "assessment": judged}
    derived = {"id": "twice", "formula": "a * 2", "inputs": [{"name": "a", "cite": "work", "value": 2}], "value": 4}
    context = {"id": "thing", "target": "council", "note": say(ContextInput, "note", "context-note")}
    member = {"id": "c1", "stance": "critical"}
    themes = [
        {"id": "one", "comments": [member], "dissent": {}},
        {"id": "two", "comments": [{"id": "c2", "stance": "supportive"}]},
    ]
    withdrawn = {"id": "gone", "from": "quotes", "date": DAY}
    annotations = {
        "quotes": [quote | {"translation": {"text": "Een brug"}, "wordings": [wording]}],
        "figures": [figure],
        "derived": [derived],
        "context": [context],
        "themes": themes,
        "ignore": [{"target": "voted"}],
        "withdrawn": [withdrawn],
    }
    source = {"kind": "article", "language": "nl", "left_out": [{"text": "Left"}]}
    about = {"date": DAY, "language": "en", "status": "published", "source": source}
    about["key_points"] = [say(BriefingFile, "key_points", "point")]
    about["people"] = {"ada": {"role": say(RoleInput, "role", "role")}, "ben": say(BriefingFile, "people", "short")}
    comments = [{"id": "c1", "text": "Too dear.", "allow": []}, {"id": "c2", "text": "Good."}]
    original = {"sha256": "0" * 64, "format": "csv", "held": "private", "left_out": [{"rows": "3"}]}
    work = {"id": "work", "excerpts": [{"exact": "2 spans"}], "allow": []}
    files: dict[str, Any] = {
        "people.yml": {"ada": whole(PersonInput, {}, "person"), "ben": "Ben"},
        "measures.yml": {"votes": whole(MeasureInput, {}, "measure")},
        "topics.yml": {"tag": whole(TopicInput, {"was": ["old"]}, "topic")},
        "b/briefing.yml": whole(BriefingFile, about, "briefing"),
        "b/comments.yml": whole(CommentsFile, {"comments": comments, "originals": [original]}, "comments"),
        "b/references.yml": whole(ReferencesFile, {"references": [work]}, "references"),
        "b/annotations/all.yml": whole(AnnotationsFile, annotations, "annotations"),
    }
    for name, content in files.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    text = "“We have patched it,” said the mayor, Ada.\n\nThe council voted by 19 to 14.\n"
    (docs / "b/source.txt").write_text(text, "utf-8")
