"""Whatever a folder holds, the answer is a located problem or correct work: no traceback, no hang, no half a site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.exceptions import Abort

from briefing.cli import main
from briefing.model.places import locate
from briefing.pipeline import checking
from briefing.pipeline.checking import BriefingBuilds
from tests.locks import locks_hold
from tests.sites import GOOD, build_site, make_site, rendered_site
from tests.sizes import sample

FOLDER = "briefings/good"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "docs")
    return tmp_path / "docs"


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def minimal(docs: Path, source: str | bytes, files: Mapping[str, str | bytes] | None = None, path: str = "b") -> None:
    """A briefing with nothing but what it needs, and what else is given."""
    about = (
        "title: A title\ndate: 2025-11-07\nlanguage: en-GB\nstatus: published\n"
        "source: {kind: article, rights: Own., publish: full}\n"
    )
    write(docs / path, {"briefing.yml": about, "source.txt": source, **(files or {})})


def codes(library: BriefingBuilds) -> list[str]:
    """The codes of all problems; each problem has a place that can be shown, or names a file that was not read."""
    for problem, files in library.located():
        assert problem.message
        assert problem.at.file not in files or locate(problem.at, files) is not None
    return [problem.code for problem, _ in library.located()]


def pages(docs: Path, preview: bool = False) -> dict[str, str]:
    """The pages that a site of these docs would get."""
    return {page.path: page.markdown for page in rendered_site(docs, preview=preview).pages}


def check(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


# --- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["source.txt", "original.txt", "briefing.yml", "comments.yml", "annotations/quotes.yml"]
)
def test_a_file_that_cannot_be_opened_is_a_problem(docs: Path, name: str) -> None:
    (docs / FOLDER / name).chmod(0)
    with locks_hold():
        assert codes(checking.check_library(docs)) == ["file-unreadable"]


@pytest.mark.full
@pytest.mark.parametrize("name", ["source.txt", "original.txt", "people.yml"])
def test_a_missing_file_breaks_a_build_with_its_place(tmp_path: Path, name: str) -> None:
    configuration = make_site(tmp_path)
    (tmp_path / "docs" / (name if name == "people.yml" else f"{FOLDER}/{name}")).unlink()
    with pytest.raises(Abort):
        build_site(configuration)
    assert not (tmp_path / "site").exists()
    status, output = check("-b", str(tmp_path / "docs"))
    assert status == 1
    assert f"{FOLDER}/" in output


def in_other_bytes(change: Callable[[str], bytes], docs: Path) -> BriefingBuilds:
    """The good briefing with every text file but the original rewritten."""
    for path in docs.rglob("*.*"):
        if path.is_file() and not path.name.startswith("original"):
            path.write_bytes(change(path.read_bytes().decode()))
    return checking.check_library(docs)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    ],
    ids=["CRLF", "CR", "BOM", "BOM and CRLF"],
)
def test_line_ends_and_byte_order_marks_change_nothing(docs: Path, change: Callable[[str], bytes]) -> None:
    expected = words(checking.check_library(docs))
    library = in_other_bytes(change, docs)
    assert codes(library) == []
    assert words(library) == expected
    assert pages(docs).keys() == pages(GOOD).keys()


def words(library: BriefingBuilds) -> dict[str, list[str]]:
    """By annotation: the words that its target covers, and those that credit it."""
    briefing = library.briefings[0].briefing
    assert briefing is not None
    texts = {"": briefing.source.text, **{comment.id: comment.text for comment in briefing.comments}}
    found = {id: [span.of(texts[anchor.comment]) for span in anchor.spans] for id, anchor in briefing.anchors.items()}
    for id, span in briefing.attributions.items():
        found[id].append(span.of(briefing.source.text))
    return found


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("name", ["source.txt", "briefing.yml", "annotations/quotes.yml", "comments.yml"])
def test_a_file_in_another_encoding_is_one_problem(docs: Path, name: str, encoding: str) -> None:
    path = docs / FOLDER / name
    path.write_bytes((path.read_text("utf-8") + "# “é”\n").encode(encoding))
    assert codes(checking.check_library(docs)) == ["not-utf8"]


@pytest.mark.parametrize("name", ["source.txt", "briefing.yml", "annotations/quotes.yml", "comments.yml"])
def test_a_nul_is_one_problem_with_its_place(docs: Path, name: str) -> None:
    path = docs / FOLDER / name
    text = path.read_bytes()
    path.write_bytes(text[: len(text) // 2] + b"\0" + text[len(text) // 2 :])
    library = checking.check_library(docs)
    assert codes(library) == ["forbidden-character"]
    ((problem, files),) = library.located()
    assert files[problem.at.file].span_of(problem.at).of(files[problem.at.file].text) == "\0"


@pytest.mark.parametrize("source", ["", "\ufeff", " \n\t\r\n\u2003\n"], ids=["nothing", "BOM", "blanks"])
def test_an_empty_source_is_a_problem(tmp_path: Path, source: str) -> None:
    minimal(tmp_path, source)
    assert codes(checking.check_library(tmp_path)) == ["empty-source"]


@pytest.mark.parametrize("name", ["briefing.yml", "source.txt", "comments.yml", "references.yml", "original.txt"])
def test_a_folder_in_the_place_of_a_file_is_a_problem(docs: Path, name: str) -> None:
    (docs / FOLDER / name).unlink()
    (docs / FOLDER / name).mkdir()
    assert codes(checking.check_library(docs)) == ["file-unreadable"]


def test_a_file_in_the_place_of_the_annotations_is_a_problem(docs: Path) -> None:
    shutil.rmtree(docs / FOLDER / "annotations")
    write(docs / FOLDER, {"annotations": "quotes: []\n"})
    assert codes(checking.check_library(docs)) == ["file-unreadable"]


@pytest.mark.parametrize("name", ["source.txt", "original.txt", "annotations/more.yml", "comments.yml"])
def test_a_link_out_of_the_folder_is_refused_and_its_words_shown_nowhere(tmp_path: Path, docs: Path, name: str) -> None:
    write(tmp_path, {"secret.txt": "quotes: [{id: a, target: A secret}]\n"})
    (docs / FOLDER / name).unlink(missing_ok=True)
    (docs / FOLDER / name).symlink_to(tmp_path / "secret.txt")
    assert codes(checking.check_library(docs)) == ["outside-folder"]
    assert not any("A secret" in page for page in pages(docs, preview=True).values())


@pytest.mark.parametrize("name", ["../../people.yml", "/etc/hostname", "annotations/../../../people.yml", "~/x", "\\x"])
def test_a_path_out_of_the_folder_is_refused(docs: Path, name: str) -> None:
    about = docs / FOLDER / "briefing.yml"
    about.write_text(about.read_text("utf-8").replace("file: original.txt", f"file: {name}"), "utf-8")
    assert codes(checking.check_library(docs)) in (["outside-folder"], ["file-missing"])


def test_a_loop_of_links_is_a_problem(docs: Path) -> None:
    (docs / FOLDER / "source.txt").unlink()
    (docs / FOLDER / "source.txt").symlink_to("source.txt")
    (docs / FOLDER / "again").symlink_to(docs, target_is_directory=True)
    assert len(codes(checking.check_library(docs))) == 1


# --- YAML -------------------------------------------------------------------------------------------------------

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("name", ["briefing.yml", "comments.yml", "references.yml", "annotations/more.yml"])
@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 40_000,
        "{" * 40_000,
        "- " * 40_000,
        "a: " * 40_000,
        "[" * 20_000 + "]" * 20_000,
        "- a\n- b\n",
        "text",
    ],
    ids=["bomb", "brackets", "braces", "dashes", "colons", "pairs", "list", "scalar"],
)
def test_hostile_or_misplaced_yaml_is_a_problem(docs: Path, name: str, text: str) -> None:
    write(docs / FOLDER, {name: text})
    found = codes(checking.check_library(docs))
    assert found
    assert "unknown-citation" not in found and "unknown-comment" not in found


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("annotations/figures.yml", "figures:\n", "figures:\n  - []\n"),
        ("annotations/figures.yml", "figures:\n", "figures:\n  - [{}]\n"),
        ("annotations/figures.yml", "figures:\n", "figures:\n  - [[a]]\n"),
        ("references.yml", "publisher: ", 'publisher: "." #'),
        ("briefing.yml", "key_points:\n", f"key_points:\n  - There are {'9' * 40} of them [@c1].\n"),
    ],
)
def test_odd_values_are_no_traceback(docs: Path, name: str, old: str, new: str) -> None:
    text = (docs / FOLDER / name).read_text("utf-8")
    assert old in text
    write(docs / FOLDER, {name: text.replace(old, new, 1)})
    codes(checking.check_library(docs))


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "{}"], ids=["nothing", "a remark", "a mark", "no fields"])
def test_empty_yaml_is_a_problem_only_in_briefing_yml(docs: Path, text: str) -> None:
    write(docs / FOLDER, {"annotations/more.yml": text})
    assert codes(checking.check_library(docs)) == ([] if text else ["empty-file"])
    write(docs / FOLDER, {"briefing.yml": text})
    assert "missing-field" in codes(checking.check_library(docs))


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "{}"], ids=["nothing", "a remark", "a mark", "no fields"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [("comments.yml", []), ("references.yml", []), ("corrections.yml", []), ("releases.yml", ["missing-field"])],
)
def test_a_file_that_may_be_there_may_be_empty_unless_it_needs_a_field(
    docs: Path, name: str, expected: list[str], text: str
) -> None:
    write(docs / FOLDER, {name: text})
    found = [problem for problem, _ in checking.check_library(docs).located() if problem.at.file.endswith(name)]
    assert [problem.code for problem in found] == expected


def test_two_files_that_claim_one_id_are_a_problem_at_the_second(docs: Path) -> None:
    quotes = (docs / FOLDER / "annotations/quotes.yml").read_text("utf-8")
    write(docs / FOLDER, {"annotations/zz.yml": quotes})
    library = checking.check_library(docs)
    assert set(codes(library)) == {"duplicate-id"}
    assert {problem.at.file for problem, _ in library.located()} == {f"{FOLDER}/annotations/zz.yml"}


def test_people_that_cannot_be_read_are_told_once_and_shown_by_every_page(docs: Path) -> None:
    write(docs, {"people.yml": "thornbury: [\n"})
    library = checking.check_library(docs)
    assert codes(library) == ["yaml-syntax"]
    assert library.briefings[0].broken
    shown = pages(docs, preview=True)
    assert shown and all("people.yml:1:12" in unescape(page) for page in shown.values())
    assert pages(docs) == {}


def test_an_allowance_is_not_called_unused_before_its_target_is_found(docs: Path) -> None:
    quotes = docs / FOLDER / "annotations/quotes.yml"
    allow = "speaker: brink\n    allow: [{code: attribution-missing, reason: A letter.}]"
    text = quotes.read_text("utf-8").replace("speaker: brink", allow)
    quotes.write_text(text, "utf-8")
    assert codes(checking.check_library(docs)) == ["unused-allow"]
    quotes.write_text(text.replace("target: Een stad", "target: Een dorp"), "utf-8")
    assert codes(checking.check_library(docs)) == ["orphan"]


# --- size -------------------------------------------------------------------------------------------------------


@pytest.mark.full
def test_one_line_of_a_million_characters_is_read_and_shown(tmp_path: Path) -> None:
    line = "".join(f"The clerk counted {number} boxes. " for number in range(33_000)).strip()
    notes = [
        {"id": f"n{number}", "target": f"counted {number} boxes", "title": "Boxes", "note": "A note."}
        for number in (0, 16_000, 32_999)
    ]
    lost = {"id": "lost", "target": "counted no boxes at all", "title": "Boxes", "note": "A note."}
    assert len(line) > 1_000_000
    minimal(tmp_path, line, {"annotations/a.yml": json.dumps({"context": notes})})
    assert codes(checking.check_library(tmp_path)) == []
    assert all(note["id"] in pages(tmp_path)["b/context.md"] for note in notes)
    write(tmp_path / "b", {"annotations/b.yml": json.dumps({"context": [lost]})})
    assert codes(checking.check_library(tmp_path)) == ["orphan"]


@pytest.mark.soak
def test_thousands_of_annotations_are_read_and_found(tmp_path: Path) -> None:
    source = "".join(f"The clerk counted {number} boxes.\n" for number in range(sample(10_000)))
    notes = "".join(
        f"  - {{id: n{number}, target: counted {number} boxes, title: Boxes, note: A note.}}\n"
        for number in range(sample(10_000))
    )
    minimal(tmp_path, source, {"annotations/a.yml": "context:\n" + notes})
    library = checking.check_library(tmp_path)
    assert codes(library) == []
    assert library.briefings[0].briefing is not None
    assert len(library.briefings[0].briefing.anchors) == sample(10_000)


@pytest.mark.soak
def test_thousands_of_targets_that_are_not_there_are_as_many_problems(tmp_path: Path) -> None:
    notes = "".join(
        f"  - {{id: n{number}, target: weighed {number} parcels, title: Parcels, note: A note.}}\n"
        for number in range(sample(10_000))
    )
    source = "The clerk counted the boxes and went home.\n" * 500
    minimal(tmp_path, source, {"annotations/a.yml": "context:\n" + notes})
    assert codes(checking.check_library(tmp_path)) == ["orphan"] * sample(10_000)


# --- pages ------------------------------------------------------------------------------------------------------


@pytest.mark.full
def test_without_annotations_a_briefing_builds_and_has_no_empty_pages(tmp_path: Path) -> None:
    configuration = make_site(tmp_path, docs=None)
    minimal(tmp_path / "docs", "One paragraph.\n\nAnother one.\n")
    site = build_site(configuration)
    text = (site / "b/text/index.html").read_text("utf-8")
    assert "One paragraph." in text
    for name in ("quotes", "figures", "context", "comments"):
        assert not (site / "b" / name).exists()
        assert f"/{name}/" not in text


@pytest.mark.full
@pytest.mark.parametrize("name", ["text.md", "README.md", "index.md", "quotes/index.md"])
def test_a_file_where_a_page_would_be_made_stays_as_it_is(tmp_path: Path, name: str) -> None:
    configuration = make_site(tmp_path)
    mine = b"\xef\xbb\xbf# Mine\r\n\r\nwith  spaces \r\n"
    write(tmp_path / "docs" / FOLDER, {name: mine})
    with pytest.raises(Abort):
        build_site(configuration)
    assert (tmp_path / "docs" / FOLDER / name).read_bytes() == mine
    assert codes(checking.check_library(tmp_path / "docs")) == ["page-collision"]
    assert not (tmp_path / "site").exists()


@pytest.mark.full
@pytest.mark.parametrize(
    "path",
    [
        "a b",
        "zwölf/Brücken im Nebel",
        "100% sure",
        "über/a/b/c/d/e/f",
        "(x)[y]",
        "'q' \"r\"",
        "c#d",
        "what?",
        "a&b",
    ],
)
@pytest.mark.parametrize("urls", [True, False], ids=["folders", "files"])
def test_a_folder_with_an_odd_name_has_working_links_or_a_problem(tmp_path: Path, path: str, urls: bool) -> None:
    configuration = make_site(tmp_path, docs=None, use_directory_urls=urls)
    context = "context: [{id: first, target: One paragraph, title: First, note: 'See [@first].'}]\n"
    minimal(tmp_path / "docs", "One paragraph.\n", {"annotations/a.yml": context}, path)
    library = checking.check_library(tmp_path / "docs")
    if library.broken:
        assert all(problem.at.file.startswith(path) for problem, _ in library.located())
        return
    assert {problem.code for problem, _ in library.located()} <= {"folder-name"}  # which Windows cannot have
    site = build_site(configuration, strict=False)
    page = site / path / ("context/index.html" if urls else "context.html")
    assert 'id="first"' in page.read_text("utf-8")


# --- the command ------------------------------------------------------------------------------------------------


def test_the_command_reports_a_folder_of_rubbish_and_does_not_fail_itself(docs: Path) -> None:
    rubbish: dict[str, Any] = {
        "briefing.yml": b"\xff\xfe\0\0",
        "source.txt": b"\0" * 100,
        "comments.yml": "- [" * 1000,
        "annotations/quotes.yml": BOMB,
        "annotations/figures.yml": b"\x80" * 1000,
        "references.yml": "references: {a: [b, {c: d}]}\n",
    }
    write(docs / FOLDER, rubbish)
    for format in ("text", "json"):
        status, output = check("--format", format, "-b", str(docs))
        assert status == 1
        assert "Traceback" not in output
    found = {problem["path"].rsplit("good/")[-1] for problem in json.loads(output)["problems"]}
    assert found == set(rubbish)
