"""Where only excerpts may be published, nothing else of the source is in any file of a site: no sentence of which
nothing is cited, and no run of words that is longer than what is stated; and nothing that is no longer published."""

from __future__ import annotations

import gzip
import html
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from click.testing import CliRunner
from pdfminer.high_level import extract_text

from briefing.cli import main
from briefing.model import Briefing
from briefing.model.places import Span
from briefing.pipeline.briefing_build import public_view
from briefing.pipeline.checking import check_library
from briefing.render.crediting import CREDIT, crediting_spans
from briefing.render.excerpts import CONTEXT, WHOLE
from briefing.render.messages import messages
from briefing.text import language, sentences
from briefing.verify import verify
from tests.releasing import correct, release, replace
from tests.shared import made_once
from tests.sites import build_site, make_site

WORD = 30
"""Code points of the word at the end of what is around a passage, at most."""
FEWEST = 4
"""Words of a sentence that is looked for: “Yes.” may be anywhere."""
SECRETS = {
    "a draft": "Kappa lantern drifts over seven quiet meadows",
    "a draft note": "Omicron ledgers were never meant for readers",
    "an item in review": "Sigma harvests follow another colder season",
    "an ignored passage": "Tau engines hum beneath the western quay",
    "what is left out": "Upsilon banners advertise a cheaper ticket",
    "a comment beside the topic": "Phi neighbours argue about a garden fence",
    "spam": "Chi pills are sold at half of their price",
    "a draft theme": "Psi themes are still to be written down",
    "a comment’s author": "Omega Quillfeather",
    "words that a correction withholds": "Rho witnesses were named before the hearing",
}
TOLD = (
    "Thornbury, who had walked up from the lower town on the first dry evening that anybody in the county remembers of "
    "this year and who sat on the last free chair of the hall, told all who had come that “every gate holds its water”."
    " Critics dispute this; of the longer record that the county has kept since then in the cellar of the hall the "
    "reading is that the upper gate leaked and was mended twice."
)
"""A sentence whose crediting words are longer than may be shown of them, and a longer one that disputes it."""
FORMER = "Line 5 of the record says so so and nothing else is in it but 39595."
"""A sentence of the source that was annotated at the release."""


def write(docs: Path) -> None:
    """The good briefing in excerpts, with a long text and all that is written and not published."""
    folder = docs / "briefings/good"
    about = yaml.safe_load((folder / "briefing.yml").read_text("utf-8"))
    del about["source"]["original"]
    about["source"]["publish"] = "excerpts"
    about["source"]["left_out"] = [{"text": SECRETS["what is left out"], "reason": "An advertisement."}]
    about["ignore"] = [{"target": SECRETS["an ignored passage"], "reason": "Nobody asks."}]
    (folder / "briefing.yml").write_text(yaml.safe_dump(about, allow_unicode=True), "utf-8")
    said = [f"“{SECRETS[name]},” Thornbury said." for name in ("a draft", "an item in review", "an ignored passage")]
    more = [
        f"Line {n} of the record says {'so ' * (n % 3)}and nothing else is in it but {n * 7919}." for n in range(90)
    ]
    text = (folder / "source.txt").read_text("utf-8").rstrip() + "\n\n" + "\n\n".join([*said, TOLD, *more]) + "\n"
    (folder / "source.txt").write_text(text, "utf-8")
    quotes = {"speaker": "thornbury"}
    unpublished = {
        "quotes": [
            {
                "id": "a-draft",
                "target": SECRETS["a draft"],
                "status": "draft",
                "note": SECRETS["a draft note"],
                **quotes,
            },
            {"id": "in-review", "target": SECRETS["an item in review"], "status": "review", **quotes},
        ],
        "themes": [{"id": "later", "title": SECRETS["a draft theme"], "comments": ["c1"], "status": "draft"}],
    }
    (folder / "annotations/later.yml").write_text(yaml.safe_dump(unpublished, allow_unicode=True), "utf-8")
    told = {"id": "told", "target": "every gate holds its water", "kind": "fragment", **quotes}
    (folder / "annotations/told.yml").write_text(yaml.safe_dump({"quotes": [told]}), "utf-8")
    line = {"id": "a-line", "target": FORMER, "title": "A line", "note": SECRETS["words that a correction withholds"]}
    (folder / "annotations/released.yml").write_text(yaml.safe_dump({"context": [line]}), "utf-8")
    comments = yaml.safe_load((folder / "comments.yml").read_text("utf-8"))
    comments["comments"][0]["author"] = SECRETS["a comment’s author"]
    comments["comments"][1]["text"] += f" I agree with {SECRETS['a comment’s author']}."
    for id, name, reason in (("x1", "a comment beside the topic", "off-topic"), ("x2", "spam", "spam")):
        comments["comments"].append({"id": id, "text": SECRETS[name]})
        comments["set_aside"].append({"comment": id, "reason": reason})
    comments.pop("originals", None)
    (folder / "comments.yml").write_text(yaml.safe_dump(comments, allow_unicode=True), "utf-8")


def make(folder: Path) -> None:
    make_site(folder, site_url="https://example.org/")
    write(folder / "docs")
    correct_since_release(folder / "docs")
    plugins = ["search", {"briefing": {"search": "pagefind", "copies": ["epub", "pdf"]}}]
    configuration = make_site(folder, docs=None, site_url="https://example.org/", plugins=plugins)
    build_site(configuration, strict=False)
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(folder / "out")])
    assert result.exit_code == 0, result.output


def correct_since_release(docs: Path) -> None:
    """Release the briefing, and correct what then is not to be shown any more: a note, and a sentence of the source."""
    release(docs)
    replace(docs, "annotations/released.yml", SECRETS["words that a correction withholds"], "Nothing is known.")
    correct(docs, withheld="They named people.")
    replace(docs, "annotations/released.yml", "Line 5 of", "Line 8 of")
    replace(docs, "annotations/released.yml", "39595", "63352")
    correct(docs)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "excerpts-leak-nothing", make)


@pytest.fixture(scope="module")
def published(made: Path) -> dict[str, str]:
    """What each file of the site and of its export has, letters and digits alone."""
    files = [path for root in ("site", "out") for path in sorted((made / root).rglob("*")) if path.is_file()]
    return {path.relative_to(made).as_posix(): "\n".join(map(bare, readings(path.read_bytes()))) for path in files}


def readings(data: bytes) -> Iterator[str]:
    """Yield the ways in which a file may be read."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    if data[:5] == b"%PDF-":
        data = extract_text(BytesIO(data)).encode()
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as packed:
            data = b"\n".join(packed.read(name) for name in packed.namelist())
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), data.decode("utf-8", "replace"))
    text = html.unescape(html.unescape(text.replace("\\n", " ")))
    yield text
    yield unquote(text)
    yield re.sub(r"<sup.*?</sup>|<[^>]*>", "", text)


def bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def briefing_of(made: Path) -> Briefing:
    build = check_library(made / "docs").briefings[0]
    assert build.briefing is not None
    shown = public_view(build.briefing)
    assert shown is not None
    return shown


def cited(briefing: Briefing) -> list[Span]:
    """Return the passages that are cited, and the words that are shown to say by whom they are."""
    anchors = [anchor for anchor in briefing.anchors.values() if not anchor.comment]
    crediting = crediting_spans(briefing).values()
    return [span for spans in (*(anchor.spans for anchor in anchors), *crediting) for span in spans]


def uncited_sentences(briefing: Briefing) -> Iterator[str]:
    text, spans = briefing.source.text, cited(briefing)
    for line in briefing.source.lines:
        for sentence in sentences(text, language(briefing.source.language), line):
            words = sentence.of(text)
            if (
                len(words.split()) >= FEWEST
                and words != briefing.source.title
                and not any(span.overlaps(sentence) for span in spans)
            ):
                yield words


def uncited_runs(briefing: Briefing) -> Iterator[str]:
    """Yield every run of words that is longer than what may be around a passage and has no cited word."""
    text, spans = briefing.source.text, cited(briefing)
    most = max(CONTEXT + WORD, WHOLE) + 1
    for word in re.finditer(r"\S+", text):
        run = Span(word.start(), min(word.start() + most, len(text)))
        if len(text) - run.start > most and not any(span.overlaps(run) for span in spans):
            yield run.of(text)


def test_crediting_words_are_few_and_beside_their_passage(made: Path) -> None:
    briefing = briefing_of(made)
    text, rules = briefing.source.text, language(briefing.source.language)
    every = [sentence for line in briefing.source.lines for sentence in sentences(text, rules, line)]
    credited = crediting_spans(briefing)
    assert [span.of(text) for span in credited["told"]] == ["Thornbury", "told"]
    for id, spans in credited.items():
        own = [at for at, sentence in enumerate(every) if sentence.overlaps(briefing.anchors[id].whole)]
        reach = Span(every[max(own[0] - 1, 0)].start, every[min(own[-1] + 1, len(every) - 1)].end)
        assert sum(span.end - span.start for span in spans) <= CREDIT
        assert all(reach.holds(span) for span in spans)


def test_no_sentence_of_which_nothing_is_cited_is_in_any_file(made: Path, published: dict[str, str]) -> None:
    looked_for = list(uncited_sentences(briefing_of(made)))
    assert len(looked_for) > 90
    assert len(published) > 150
    leaks = [(name, words) for words in looked_for for name, text in published.items() if bare(words) in text]
    assert leaks == []


def test_no_run_of_words_that_are_not_cited_is_longer_than_what_is_stated(
    made: Path, published: dict[str, str]
) -> None:
    runs = list(uncited_runs(briefing_of(made)))
    assert len(runs) > 500
    everything = "\n".join(published.values())
    assert [run for run in runs if bare(run) in everything] == []


def test_what_disputes_a_passage_is_shown_beside_it(published: dict[str, str]) -> None:
    assert bare("water”. Critics dispute this") in published["site/briefings/good/text/index.html"]


@pytest.mark.parametrize("what", SECRETS)
def test_what_is_not_published_is_in_no_file(what: str, published: dict[str, str]) -> None:
    assert [name for name, text in published.items() if bare(SECRETS[what]) in text] == []


def test_a_correction_says_that_former_words_are_not_shown(published: dict[str, str]) -> None:
    shown = published["site/briefings/good/method/index.html"]
    assert bare("The former words are not repeated: They named people.") in shown
    assert bare(messages("en")("corrections.unpublished")) in shown


def test_what_is_cited_is_there_and_the_site_agrees_with_itself(made: Path, published: dict[str, str]) -> None:
    briefing = briefing_of(made)
    for span in cited(briefing)[:5]:
        assert any(bare(span.of(briefing.source.text)) in text for text in published.values())
    found = verify(made / "site")
    assert found.findings == []
    assert found.excerpts == ["briefings/good"]
