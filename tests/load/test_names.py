"""Names of folders are such as Windows and macOS can have, too."""

from __future__ import annotations

import pytest

from briefing.load.schema.formats import LONGEST_PATH, as_one_folder, wrong_folder, wrong_name
from briefing.render.names import FILES, NAMES


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("con", "keeps for itself"),
        ("a/AUX.txt", "keeps for itself"),
        ("nul .old", "keeps for itself"),
        ("com1", "keeps for itself"),
        ("LPT²", "keeps for itself"),
        ("a./b", "ends with a full stop"),
        ("a /b", "ends with a space"),
        ("c:", "has the character :"),
        ("a/what?", "has the character ?"),
        ("a\\b", "has the character \\"),
        ('"a"', 'has the character "'),
        ("ü" * 101, "longer than the name of a folder"),
        ("/".join(["a" * 90] * 10), "longer than a path"),
    ],
)
def test_what_no_folder_can_be_called_everywhere(path: str, reason: str) -> None:
    assert reason in wrong_name(path)


def test_a_path_leaves_room_for_its_longest_page() -> None:
    """Windows allows 260 characters for all of a path."""
    path = "briefings/" + "a" * (LONGEST_PATH - 10)
    assert wrong_folder(path) == "" and "has more than 180 characters" in wrong_folder(f"{path}a")
    assert wrong_folder("con") == wrong_name("con")
    longest = max((*FILES, *(f"{name}-999/index.html" for name in NAMES)), key=len)
    assert len(rf"C:\Users\anna\Documents\our-site\site\{path}\{longest}") <= 260


@pytest.mark.parametrize("path", ["bridge", "a/b-c", "conference", "aux-line", "com10", "Straße", "橋", "a b", ".a"])
def test_what_a_folder_can_be_called(path: str) -> None:
    assert wrong_name(path) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bridge", "bridge"), ("Brücke", "Bru\u0308cke"), ("STRASSE", "straße"), ("Ｉ", "ｉ")],
)
def test_names_that_are_one_folder_elsewhere(one: str, other: str) -> None:
    assert as_one_folder(one) == as_one_folder(other)


def test_capital_letters_are_not_those_of_a_language() -> None:
    """In Turkish, I and i are two letters; no file system asks for the language."""
    assert as_one_folder("ID") == as_one_folder("id") != as_one_folder("ıd")
