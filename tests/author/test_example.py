"""The example of a new site can be left out, and taken out as long as nobody has worked on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import resources
from briefing.authoring.example import (
    EXAMPLE,
    ExampleChangedError,
    has_example,
    is_unchanged,
    remove_example,
    without_example,
)


def make_site(folder: Path, *, example: bool = True) -> Path:
    """Write the files of a new site; gives its docs folder."""
    files = resources.project("Our site")
    for name, content in (files if example else without_example(files)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "docs"


def files(docs: Path) -> dict[str, bytes]:
    return {path.relative_to(docs).as_posix(): path.read_bytes() for path in docs.rglob("*") if path.is_file()}


def test_a_site_from_which_it_is_taken_is_one_without_it(tmp_path: Path) -> None:
    docs = make_site(tmp_path / "with")
    assert has_example(docs) and is_unchanged(docs)
    remove_example(docs)
    assert files(docs) == files(make_site(tmp_path / "without", example=False))
    assert not has_example(docs) and not (docs / EXAMPLE).exists()


CHANGES = {
    "an entry": lambda home: (home / "annotations/quotes.yml").write_bytes(b"quotes: []\n"),
    "a note of its own": lambda home: (home / "notes.md").write_bytes(b"mine\n"),
    "something removed": lambda home: (home / "comments.yml").unlink(),
    "a link": lambda home: (home / "link").symlink_to(home / "source.txt"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_somebody_has_worked_on_is_never_deleted(tmp_path: Path, change: object) -> None:
    docs = make_site(tmp_path)
    assert callable(change)
    change(docs / EXAMPLE)
    before = files(docs)
    assert has_example(docs) and not is_unchanged(docs)
    with pytest.raises(ExampleChangedError):
        remove_example(docs)
    assert files(docs) == before


@pytest.mark.parametrize(
    ("changed", "kept"), [("people.yml", b"ford: Lena Ford\n"), ("briefings/own/briefing.yml", b"baker: Hugo Stein\n")]
)
def test_people_whom_others_need_stay_and_those_of_the_example_alone_go(
    tmp_path: Path, changed: str, kept: bytes
) -> None:
    docs = make_site(tmp_path)
    with_more = (docs / changed).parent
    with_more.mkdir(parents=True, exist_ok=True)
    with (docs / changed).open("ab") as file:
        file.write(b"ford: Lena Ford\n" if changed == "people.yml" else b"people: {baker: Baker}\n")
    remove_example(docs)
    people = (docs / "people.yml").read_bytes().splitlines(keepends=True)
    assert [line for line in people if not line.startswith(b"#")] == [kept]
    assert not has_example(docs)


def test_another_briefing_in_a_folder_of_that_name_is_no_example(tmp_path: Path) -> None:
    docs = make_site(tmp_path)
    (docs / EXAMPLE / "source.txt").write_bytes(b"Another text.\n")
    assert not has_example(docs)
