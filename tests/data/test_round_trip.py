"""Web Annotations go out and in without loss: everything that a published annotation has, but that it is published."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyld import jsonld

from briefing.authoring.edit import insert_all
from briefing.authoring.imports.annotations import ImportedAnnotations, import_annotations
from briefing.authoring.imports.web_annotations import read_annotations
from briefing.model import Briefing, text_at
from briefing.model.places import TextFile
from briefing.model.publication import NOWHERE, Publication
from briefing.pipeline.briefing_build import public_view
from briefing.pipeline.checking import check_library
from briefing.render.data.entries import entry_of
from briefing.render.data.web_annotations import web_annotations
from tests.data.test_tables import BRIEFINGS, DOCS, published
from tests.npm import installed
from tests.sites import GOOD

SITE = Publication(url="https://example.org/news/")
FOLDER = "briefings/good"


def exported(briefing: Briefing, site: Publication = NOWHERE) -> bytes:
    return next(iter(web_annotations(briefing, site))).content


def imported(data: bytes, briefing: Briefing) -> ImportedAnnotations:
    return import_annotations(list(read_annotations(data, "annotations.jsonld")), briefing)


def loaded(docs: Path, path: str) -> Briefing:
    found = next(one.briefing for one in check_library(docs).briefings if one.path == path)
    assert found is not None
    return found


def without_annotations(docs: Path, path: str, given: Briefing) -> Briefing:
    """Leave of a copy of the briefing its source, comments, themes and works alone."""
    folder = docs / path
    about = yaml.safe_load((folder / "briefing.yml").read_text("utf-8"))
    for name in ("summary", "key_points", "highlights", "ignore", "allow"):
        about.pop(name, None)
    (folder / "briefing.yml").write_text(yaml.safe_dump(about, allow_unicode=True, sort_keys=False), "utf-8")
    for file in (folder / "annotations").glob("*.yml"):
        kept = yaml.safe_load(file.read_text("utf-8")) or {}
        kept = {name: kept[name] for name in ("themes", "derived") if kept.get(name)}
        file.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), "utf-8")
    return loaded(docs, path)


def there_and_back(data: bytes, docs: Path, path: str, before: Briefing) -> Briefing:
    made = imported(data, without_annotations(docs, path, before))
    assert made.remarks == []
    file = TextFile("annotations/imported.yml", "")
    for key, entries in made.entries.items():
        file = insert_all(file, (key,), entries) if entries else file
    (docs / path / file.name).write_text(file.text, "utf-8")
    return loaded(docs, path)


def records(briefing: Briefing) -> dict[str, Any]:
    """All that an annotation has and where it is; nothing of its status, which its importer decides."""
    return {
        item.id: (type(item).__name__, entry_of(briefing, item), briefing.anchors[item.id].spans)
        for item in briefing.annotations
        if item.id in briefing.anchors
    }


@pytest.mark.parametrize("name", BRIEFINGS)
@pytest.mark.parametrize("site", [NOWHERE, SITE], ids=["relative", "complete"])
def test_every_annotation_comes_back_with_all_that_it_has(name: str, site: Publication, tmp_path: Path) -> None:
    before = published(name)
    case, _, path = name.partition("/")
    docs = Path(shutil.copytree(DOCS[case], tmp_path / "docs"))
    after = there_and_back(exported(before, site), docs, path, before)
    assert records(after) == records(before)
    assert {item.status for item in after.annotations} == {"draft"}


WORDS = st.text("abz ÄßéØ “”‘’«»:–—-%$€£?!.,;'\"()/=+@#{}|>0123 عربي 漢字 🛶").map(str.strip).filter(bool)
LINE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
PROSE = LINE.map("Note {}.".format)  # what begins with a mark may be markup that prose does not have
NUMBER = st.decimals(-(10**9), 10**9, places=2).map(lambda number: f"{number:f}")
VALUES = st.one_of(
    NUMBER,
    st.tuples(st.integers(-99, 99), st.integers(100, 999)).map(lambda ends: {"from": ends[0], "to": ends[1]}),
    st.fixed_dictionaries({"words": LINE}, optional={"min": st.integers(0, 9), "max": st.integers(10, 99)}),
)
NOTES = st.lists(st.one_of(PROSE, st.just("See [@fares-2018]."), st.just("*Sure* [@q2].")), min_size=1, max_size=3)
NAMED = {
    "tags": st.lists(st.sampled_from(["students", "Große Häfen", "ميناء"]), max_size=2, unique=True),
    "by": st.lists(LINE, max_size=2),
    "note": NOTES.map("\n\n".join),
}
JUDGED = st.fixed_dictionaries(
    {
        "verdict": st.sampled_from(["supported", "disputed", "unverified"]),
        "by": LINE,
        "date": st.just("2025-11-21"),
        "evidence": st.just(["fares-2018", "q2"]),
    },
    optional={"note": PROSE, "response": PROSE},
)
QUOTE = st.fixed_dictionaries(
    {"target": st.just("held up by habit"), "kind": st.just("fragment"), "speaker": st.just("harbour-trust")},
    optional={**NAMED, "via": st.just(["vane"]), "assessment": JUDGED, "attribution": LINE}
    | {"translation": st.fixed_dictionaries({"text": LINE, "by": LINE})},
)
POINTS = st.lists(
    st.fixed_dictionaries(
        {"period": st.just("2018"), "value": NUMBER, "cite": st.just("fares-2018")},
        optional={"of": LINE, "by": LINE, "counts": LINE, "basis": st.just("estimate")},
    ),
    min_size=1,
    max_size=3,
)
FIGURE = st.fixed_dictionaries(
    {"target": st.just("Eleven councillors were in favour"), "label": LINE, "type": st.just("count")}
    | {"basis": st.just("claim"), "value": VALUES},
    optional={**NAMED, "unit": LINE, "period": st.just("2028"), "speaker": st.just("vane"), "assessment": JUDGED}
    | {"series": POINTS},
)
CONTEXT = st.fixed_dictionaries(
    {"target": st.just({"exact": "the", "prefix": "For six years, our young people have had to leave before"})}
    | {"title": LINE, "note": NOTES.map("\n\n".join)},
    optional={"tags": st.lists(st.sampled_from(["students", "Große Häfen", "ميناء"]), max_size=2, unique=True)},
)


@pytest.mark.full
@settings(
    max_examples=20, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)
@given(
    quotes=st.lists(QUOTE, min_size=1, max_size=2),
    figures=st.lists(FIGURE, max_size=2),
    context=st.lists(CONTEXT, max_size=1),
)
def test_whatever_is_written_in_a_field_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    quotes: list[dict[str, Any]],
    figures: list[dict[str, Any]],
    context: list[dict[str, Any]],
) -> None:
    docs = Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("trip") / "docs"))
    given = {"quotes": quotes, "figures": figures, "context": context}
    for key, entries in given.items():
        for number, entry in enumerate(entries, 2):
            entry["id"] = f"{key[0]}{number}"
    without_annotations(docs, FOLDER, loaded(docs, FOLDER))
    file = docs / FOLDER / "annotations/given.yml"
    file.write_text(yaml.safe_dump(given, allow_unicode=True, default_style='"'), "utf-8")
    found = loaded(docs, FOLDER)
    before = public_view(found)
    assert before is not None
    after = there_and_back(exported(before), docs, FOLDER, before)
    assert records(after) == records(before)
    assert records(before), "no entry was sound"


# --- as JSON-LD --------------------------------------------------------------------------------------------------

OA, AS, XSD = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://www.w3.org/2001/XMLSchema#"
PURPOSES = ("describing", "highlighting", "classifying", "identifying", "tagging")
CONTEXT_OF_MODEL: Mapping[str, Any] = {
    "id": "@id",
    "type": "@type",
    "Annotation": f"{OA}Annotation",
    "TextualBody": f"{OA}TextualBody",
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    **{name: f"{OA}{name}" for name in ("TextQuoteSelector", "TextPositionSelector", "exact", "prefix", "suffix")},
    **{name: f"{OA}{name}" for name in PURPOSES},
    **{name: {"@id": f"{OA}has{name.title()}", "@type": "@id"} for name in ("body", "target", "source", "selector")},
    **{name: {"@id": f"{OA}{name}", "@type": f"{XSD}nonNegativeInteger"} for name in ("start", "end")},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"},
    "name": "http://xmlns.com/foaf/0.1/name",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "total": {"@id": f"{AS}totalItems", "@type": f"{XSD}nonNegativeInteger"},
    "startIndex": {"@id": f"{AS}startIndex", "@type": f"{XSD}nonNegativeInteger"},
    "first": {"@id": f"{AS}first", "@type": "@id"},
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
}
"""The terms of the model that we use, by the IRIs of its vocabulary (https://www.w3.org/TR/annotation-vocab/)."""


def _context(url: str, options: Mapping[str, Any]) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT_OF_MODEL}}


OPTIONS = {"documentLoader": _context}


@pytest.mark.parametrize("name", BRIEFINGS)
def test_nothing_is_lost_as_linked_data(name: str, tmp_path: Path) -> None:
    """A processor that knows the vocabulary alone has all of it, so all terms are the vocabulary's."""
    before = published(name)
    data = json.loads(exported(before, SITE))
    expanded = jsonld.expand(data, OPTIONS)
    found = jsonld.compact(expanded, data["@context"], OPTIONS)
    assert {**found, "@context": data["@context"]} == unwrapped(data)
    case, _, path = name.partition("/")
    docs = Path(shutil.copytree(DOCS[case], tmp_path / "docs"))
    after = there_and_back(json.dumps(found).encode(), docs, path, before)
    assert records(after) == records(before)


def unwrapped(value: Any, key: str = "") -> Any:
    """JSON-LD writes a set of one as the one."""
    if isinstance(value, dict):
        return {name: unwrapped(each, name) for name, each in value.items()}
    if isinstance(value, list) and len(value) == 1 and key != "items":
        return unwrapped(value[0])
    return [unwrapped(each) for each in value] if isinstance(value, list) else value


def test_what_the_model_asks_of_collections_and_annotations(tmp_path: Path) -> None:
    """https://www.w3.org/TR/annotation-model/: sections 3.1, 3.2.4, 4.2.4, 4.2.5, 5.1 and 5.2."""
    for briefing in map(published, BRIEFINGS):
        data = json.loads(exported(briefing, SITE))
        page = data["first"]
        assert (data["@context"], data["type"], page["type"]) == (
            "http://www.w3.org/ns/anno.jsonld",
            "AnnotationCollection",
            "AnnotationPage",
        )
        assert data["total"] == len(page["items"]) == len(briefing.anchors)
        ids = [data["id"], page["id"], *(item["id"] for item in page["items"])]
        assert len(set(ids)) == len(ids) and all(id.startswith("https://example.org/news/") for id in ids)
        for item in page["items"]:
            assert item["type"] == "Annotation" and "bodyValue" not in item
            assert all(body["type"] == "TextualBody" and body["value"] for body in item["body"])
            for target in item["target"]:
                quote, place = target["selector"]
                assert target["source"] and quote["exact"]
                assert 0 <= place["start"] < place["end"]


_ANNOTATOR = """
const { textPositionSelectorMatcher, textQuoteSelectorMatcher } = await import(process.argv[1] + "/lib/index.js");
const matchers = { TextPositionSelector: textPositionSelectorMatcher, TextQuoteSelector: textQuoteSelectorMatcher };
let given = "";
for await (const part of process.stdin) given += part;
const found = [];
for (const { text, selectors } of JSON.parse(given)) {
  const chunk = { data: text, equals: (other) => other === chunk };
  const none = () => null;
  const whole = { currentChunk: chunk, nextChunk: none, previousChunk: none, precedesCurrentChunk: () => false };
  for (const selector of selectors) {
    const words = [];
    for await (const one of matchers[selector.type](selector)({ ...whole })) {
      words.push([one.startIndex, text.slice(one.startIndex, one.endIndex)]);
    }
    found.push(words);
  }
}
console.log(JSON.stringify(found));
"""


@pytest.mark.full
def test_an_annotator_of_somebody_else_finds_the_words_by_each_selector_alone() -> None:
    """Apache Annotator, which implements the selectors of the model: the words once, where the other one has them."""
    package = installed("@apache-annotator/selector", "0.2.0")
    given, expected = [], []
    for briefing in map(published, BRIEFINGS):
        for item in json.loads(exported(briefing))["first"]["items"]:
            anchor = briefing.anchors[item["id"].rpartition("#")[2]]
            text = text_at(briefing, anchor)
            given += [{"text": text, "selectors": target["selector"]} for target in item["target"]]
            expected += [span.of(text) for span in anchor.spans]
    command = ["node", "--input-type=module", "-e", _ANNOTATOR, str(package)]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert [[word for _, word in each] for each in found[::2]] == [[words] for words in expected]
    assert found[::2] == found[1::2]


# --- from strangers ----------------------------------------------------------------------------------------------


def changed(record: Mapping[str, Any], **item: Any) -> bytes:
    briefing = published(BRIEFINGS[0])
    data = json.loads(exported(briefing))
    one = next(each for each in data["first"]["items"] if each["id"] == "#who-pays")
    body = next(body for body in one["body"] if body["format"] == "application/json")
    body["value"] = json.dumps({**json.loads(body["value"]), **record})
    return json.dumps({**one, **item}).encode()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"id": "x", "assessment": {"verdict": "true"}}, "its field “assessment"),
        ({"id": "x", "nonsense": "x"}, "its field “nonsense” is not one of the folder format"),
        ({"id": "../x"}, "its field “id” is not one of the folder format"),
        ({"id": "x", "note": 7}, "a field of it is neither text nor a list nor fields"),
        ({"id": "x", "tags": [[[[[[[["deep"]]]]]]]]}, "a field of it is neither text nor a list nor fields"),
        ({"id": "x", "speaker": "stranger"}, "“stranger” is not among the people of this briefing"),
        ({"id": "x", "note": "See [@nowhere]."}, "it relies on “nowhere”, which this briefing does not have"),
        ({"id": "x", "allow": [{"code": "no-such-code", "reason": "r"}]}, "its field “allow"),
    ],
)
def test_a_record_that_does_not_fit_is_left_out_with_the_reason(record: dict[str, Any], reason: str) -> None:
    made = imported(changed(record), published(BRIEFINGS[0]))
    assert not any(made.entries.values())
    assert reason in made.remarks[0].reason


def test_a_record_is_a_draft_whatever_it_says_of_itself() -> None:
    made = imported(
        changed({"id": "x", "status": "published", "reviewed_by": ["Eve"], "target": "other"}), published(BRIEFINGS[0])
    )
    (entry,) = made.entries["quotes"]
    assert (entry["id"], entry["status"]) == ("x", "draft")
    assert "reviewed_by" not in entry and "who pays" in str(entry["target"])


def test_what_is_there_already_is_known() -> None:
    before = published(BRIEFINGS[0])
    made = imported(exported(before), before)
    assert (made.known, made.remarks) == (len(before.anchors), [])
