"""The records of the site's search: what they say, what they leave out, and the index that holds them."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from briefing.pipeline.checking import check_library
from briefing.site import pagefind
from briefing.site.search import OWN, SearchRecord, search_records
from briefing.site.search_index import DOCUMENTS, SEPARATOR, FoundRecord, documents, with_records
from tests.conftest import CASES
from tests.sites import GOOD, build_site, make_site, search_index

ROOT = CASES.parents[1]
FOLDER = "briefings/nato-ammunition"


def records(docs: Path, path: str) -> dict[str, SearchRecord]:
    """By page and fragment."""
    (built,) = check_library(docs, [path]).briefings
    assert built.briefing
    return {f"{one.page}#{one.fragment}".rstrip("#"): one for one in search_records(built.briefing)}


@pytest.fixture(scope="module")
def real() -> dict[str, SearchRecord]:
    return records(ROOT / "docs", FOLDER)


def test_a_record_says_what_it_is_who_says_it_the_verdict_and_the_words(real: dict[str, SearchRecord]) -> None:
    told = real["quotes.md#overtaken"]
    assert (told.kind, told.speaker, told.verdict_word) == ("Reported statement", "Mark Rutte", "Unverified")
    assert told.words == "the alliance has overtaken Russia in ammunition production"
    comment = real["comments.md#c1"]
    assert comment.kind == "Comment" and "produce the ammo" in comment.text[0]
    assert real["index.md"].kind == "Briefing" and real["text.md"].kind == "Annotated text"


def test_what_is_searched_has_no_codes(real: dict[str, SearchRecord]) -> None:
    for place, record in real.items():
        assert len(record.words) < 200, place
        if not place.startswith("method"):
            assert not re.search(r"\bR\d+\b|all comments", " ".join(record.text)), place


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("figures.md#russia-ahead", "4.5 million"),
        ("figures.md#russia-ahead", "4500000"),
        ("figures.md#five-percent", "5%"),
        ("context.md#russian-output", "4500000"),
    ],
)
def test_a_figure_is_found_by_its_plain_number(real: dict[str, SearchRecord], place: str, number: str) -> None:
    assert number in " ".join(real[place].text)


def test_the_index_holds_the_content_and_nothing_of_the_workshop(real_site: Path) -> None:
    data = (real_site / "search/search_index.json").read_bytes()
    places = [entry["location"] for entry in search_index(real_site)]
    assert f"{FOLDER}/quotes/?at=overtaken#overtaken" in places and "about/" in places
    assert not [place for place in places if place.startswith(("manual/", "decisions/"))]
    assert len(gzip.compress(data)) < 40 * 1024


def test_a_site_that_is_begun_has_no_page_of_the_workshop() -> None:
    pages = (ROOT / "templates/project/docs").rglob("*.md")
    assert [page.name for page in pages] == ["index.md"]


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_each_engine_gets_each_annotation_once(tmp_path: Path, theme: str) -> None:
    built = build_site(make_site(tmp_path, theme={"name": theme}))
    shown = [entry for entry in search_index(built) if entry["title"]]
    found = [entry for entry in shown if entry["location"].endswith("#who-pays")]
    assert [unescape(re.sub("<.*?>", "", entry["title"])) for entry in found] == [
        "Quotation · Idris Vane · Partly supported · “But nobody has shown us who pays when the boats break down”"
    ]
    assert ("<span" in found[0]["title"]) == (theme == "material")


def test_an_index_that_is_built_already_stays(tmp_path: Path) -> None:
    made = json.dumps({"config": {}, "docs": [], "index": {}})
    assert with_records(made, []) == made


def test_what_was_set_aside_or_is_withdrawn_is_not_found() -> None:
    (built,) = check_library(GOOD).briefings
    assert built.briefing
    found = {one.fragment for one in search_records(built.briefing)}
    aside = {entry.comment for entry in built.briefing.set_aside}
    assert aside and not aside & found
    assert not {entry.id for entry in built.briefing.withdrawn} & found


def test_what_others_wrote_is_text_in_the_index(tmp_path: Path) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    about = (GOOD / "briefings/good/comments.yml").read_text("utf-8")
    changed = re.sub(r"(?m)^(\s+author: ).*", lambda found: found[1] + json.dumps(hostile), about, count=1)
    assert changed != about
    changed = f"show_authors: true\n{changed}"
    built = build_site(make_site(tmp_path, files={"briefings/good/comments.yml": changed}))
    titles = [entry["title"] for entry in search_index(built) if "onerror" in entry["title"]]
    assert titles and all("&lt;img" in title and "<img" not in title for title in titles)


def test_people_topics_and_indexes_are_found_once(real_site: Path) -> None:
    titles = {entry["location"]: entry["title"] for entry in search_index(real_site)}
    assert titles["people/rutte/"] == "Person · Mark Rutte"
    assert titles["topics/ammunition/"] == "Topic · Ammunition"
    assert titles["people/"] == "Across all briefings · People"
    assert not [place for place in titles if place.startswith(("people/", "topics/")) and "#" in place]


# --- documents for Pagefind -------------------------------------------------------------------------------------------


INDEX = json.dumps({"config": {"fields": {}}, "docs": [{"location": "a/#b", "title": "A &amp; B", "text": "<p>C</p>"}]})


def found(*records: SearchRecord, url: str = "x/quotes/") -> list[FoundRecord]:
    return [FoundRecord(url, record) for record in records]


def read_by_pagefind(records: list[FoundRecord]) -> Iterator[tuple[str, str]]:
    return documents(INDEX, [records], {one.url for one in records}, len(records), "en")


def test_a_document_says_where_a_hit_is_and_what_it_is() -> None:
    record = SearchRecord(
        page="quotes.md", fragment="q1", kind="Quotation", speaker="Ada", verdict="disputed", verdict_word="Disputed",
        words="Two ships", text=("Two ships", "A note"),
    )  # fmt: skip
    own, other = [text for _, text in read_by_pagefind(found(record))]
    assert 'content="x/quotes/"' in own and 'id="a.disputed.q1"' in own
    assert own.count("<p>") == 2 and own.index("Two ships") < own.index("A note")
    assert f"Quotation {SEPARATOR} Ada {SEPARATOR} Disputed {SEPARATOR} Two ships" in own
    assert (
        'content="a/"' in other
        and 'id="p..b"' in other
        and "A &amp; B" in other
        and "<p>C</p>" in other.replace(" ", "")
    )


def test_text_of_others_is_neither_markup_nor_a_part_of_a_line() -> None:
    hostile = f'</h2><script>1</script> {SEPARATOR} Supported {SEPARATOR} " data-pagefind-ignore="all\t\0'
    record = SearchRecord(
        page="quotes.md", fragment="q1", kind="Quotation", speaker=hostile, words=hostile, text=(hostile,)
    )
    own, _ = [text for _, text in read_by_pagefind(found(record))]
    assert "<script" not in own and 'ignore="' not in own and "\0" not in own
    assert own.count(SEPARATOR) == 3


def test_a_large_site_has_several_hits_in_a_document_and_loses_none() -> None:
    records = [SearchRecord(page="quotes.md", fragment=f"q{n}", words=f"w{n}", text=(), weight=OWN) for n in range(50)]
    many = [one for n in range(DOCUMENTS // 20) for one in found(*records, url=f"b{n}/quotes/")]
    made = dict(read_by_pagefind(many))
    assert len(made) <= DOCUMENTS
    assert sum(text.count("<h2") for text in made.values()) == len(many) + 1


# --- Pagefind ---------------------------------------------------------------------------------------------------------


def with_pagefind(tmp_path: Path, **settings: object) -> Path:
    return make_site(tmp_path, plugins=["search", {"briefing": {"search": "pagefind", **settings}}])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.full
def test_pagefind_makes_the_same_index_each_time_and_only_if_a_text_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = with_pagefind(tmp_path)
    built = build_site(configuration)
    first = contents(built / pagefind.FOLDER)
    assert first and not [name for name in first if "ui" in name or name.endswith(".css")]
    assert not [entry for entry in search_index(built) if "briefings/" in entry["location"]]
    kept = tmp_path / ".cache/briefing" / pagefind.KEPT
    whole = kept.read_bytes()
    for damaged in (b"", whole[:-1], whole.replace(b"pagefind-entry.json", b"pagefind-entry.JSON"), b"\x00" + whole):
        kept.write_bytes(damaged)
        shutil.rmtree(kept.parent / "search")  # the files in the site are not known then
        assert contents(build_site(configuration) / pagefind.FOLDER) == first
    ran: list[object] = []
    run = pagefind._run
    monkeypatch.setattr(pagefind, "_run", lambda *given: ran.append(given) or run(*given))
    shutil.rmtree(kept.parent / "search")
    assert contents(build_site(configuration) / pagefind.FOLDER) == first
    assert not ran
    about = tmp_path / "docs/briefings/good/briefing.yml"
    about.write_text(about.read_text("utf-8").replace("title:", "title: Unheard-of", 1), "utf-8")
    assert contents(build_site(configuration) / pagefind.FOLDER) != first
    assert len(ran) == 1


@pytest.mark.full
def test_the_files_of_an_index_stay_in_the_site_and_are_made_again_where_they_are_not_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = with_pagefind(tmp_path)
    folder = build_site(configuration) / pagefind.FOLDER
    first, numbers = contents(folder), inodes(folder)
    shown = search_index(folder.parent.parent)
    with monkeypatch.context() as patched:
        patched.setattr(pagefind, "make_index", None)
        assert inodes(build_site(configuration) / pagefind.FOLDER) == numbers
        assert contents(folder) == first and search_index(folder.parent.parent) == shown
    fragments = sorted((folder / "fragment").iterdir())
    fragments[0].unlink()
    fragments[1].write_bytes(b"other")
    (folder / "fragment" / "stray").write_bytes(b"left over")
    build_site(configuration)
    assert contents(folder) == first
    assert inodes(folder).items() >= {name: numbers[name] for name in numbers if "fragment" not in name}.items()
    note = tmp_path / "docs/briefings/good/annotations/context.yml"
    note.write_text(note.read_text("utf-8").replace("title:", "title: Unheard-of", 1), "utf-8")
    numbers = inodes(folder)
    build_site(configuration)
    same = [name for name in contents(folder) if first.get(name) == contents(folder)[name] and "fragment" in name]
    assert same and {name: inodes(folder)[name] for name in same} == {name: numbers[name] for name in same}
    warm = contents(folder)
    shutil.rmtree(tmp_path / ".cache")
    build_site(configuration)
    assert contents(folder) == warm


def inodes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def test_no_file_of_an_index_that_was_kept_is_put_outside_of_its_folder(tmp_path: Path) -> None:
    kept = tmp_path / pagefind.KEPT
    for name, taken in [
        ("fragment/en_1a.pf_fragment", True),
        ("../index.html", False),
        ("/etc/x", False),
        ("a/../b", False),
    ]:
        pagefind._keep(kept, "key", {name: b"content"})
        assert (pagefind._read_kept(kept, "key") is not None) is taken, name
    assert pagefind._read_kept(kept, "another key") is None


REFUSED = b64encode(b'{"message_id": 1, "payload": {"type": "Error", "message": "no such index"}}').decode()


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("echo no room >&2; exit 3", "no room"),
        ("exit 3", "it ended with 3"),
        (f"printf %s, {REFUSED}; exec cat >/dev/null", "no such index"),
    ],
)
def test_what_pagefind_says_when_it_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, told: str
) -> None:
    executable = tmp_path / "pagefind"
    executable.write_text(f"#!/bin/sh\n{program}\n", "utf-8")
    executable.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: executable)
    with pytest.raises(pagefind.PagefindError, match=told):
        pagefind.make_index([("a.html", "<p>a</p>")], "en", None)


@pytest.mark.full
@pytest.mark.parametrize("why", ["not installed", "fails", "offline", "preview"])
def test_without_pagefind_lunr_is_used_and_a_line_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, why: str
) -> None:
    told = {"not installed": pagefind.INSTALL, "fails": "no room for more", "offline": "on a disk", "preview": ""}[why]
    configuration = with_pagefind(tmp_path)
    if why == "not installed":
        monkeypatch.setattr(pagefind, "is_installed", lambda: False)
    if why == "fails":

        def fail(*_: object) -> None:
            raise pagefind.PagefindError(told)

        monkeypatch.setattr(pagefind, "_run", fail)
    if why == "offline":
        configuration = make_site(tmp_path, plugins=["search", {"briefing": {"search": "pagefind"}}, "offline"])
    built = build_site(configuration, command="serve" if why == "preview" else "build", strict=False)
    lines = [record.getMessage() for record in caplog.records if "search" in record.getMessage()]
    assert len(lines) == (1 if told else 0) and told in "".join(lines)
    assert not (built / pagefind.FOLDER).exists()
    assert [entry for entry in search_index(built) if "#who-pays" in entry["location"]]


def test_the_size_of_a_site_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("briefing.mkdocs.site_search.LARGE", 1_000)
    built = build_site(make_site(tmp_path / "large"))
    assert (built / pagefind.FOLDER / "pagefind.js").is_file()
    monkeypatch.undo()
    assert not (build_site(make_site(tmp_path / "small")) / pagefind.FOLDER).exists()
