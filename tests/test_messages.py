"""Every catalogue says all that English says, in the plural forms that its language has."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel import Locale

from briefing.render.messages import Message, messages

LOCALE = Path(__file__).parent.parent / "briefing" / "locale"
OTHERS = sorted(path.stem for path in LOCALE.glob("*.json") if path.stem != "en")


def catalogue(language: str) -> dict[str, Message]:
    """A catalogue; a key that stands in it twice fails."""

    def once(pairs: list[tuple[str, Message]]) -> dict[str, Message]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)
        return dict(pairs)

    found: dict[str, Message] = json.loads((LOCALE / f"{language}.json").read_text("utf-8"), object_pairs_hook=once)
    return found


def forms(message: Message) -> Mapping[str, str]:
    return {"other": message} if isinstance(message, str) else message


def names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_are_the_languages_that_the_manual_names() -> None:
    assert OTHERS == ["ar", "de"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_exactly_the_keys_of_english_in_its_order(language: str) -> None:
    assert list(catalogue(language)) == list(catalogue("en"))


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_what_is_counted_has_all_plural_forms_of_the_language(language: str) -> None:
    needed = {*Locale(language).plural_form.tags, "other"}
    english = catalogue("en")
    for key, message in catalogue(language).items():
        assert isinstance(message, Mapping) or isinstance(english[key], str), f"{key} is counted in English"
        if isinstance(message, Mapping):
            assert set(message) == needed, key


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_a_message_holds_the_placeholders_of_english_and_no_other(language: str) -> None:
    english = catalogue("en")
    for key, message in catalogue(language).items():
        allowed = names(forms(english[key])["other"])
        for form, text in forms(message).items():
            # "One comment" and "two comments" may be said without their number.
            optional = {"n"} if form in ("zero", "one", "two") else set()
            assert allowed - optional <= names(text) <= allowed, f"{key} {form}"
            assert text.strip(), key


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_translated(language: str) -> None:
    """What is the same as in English is a sign, a name or a word that both languages have."""
    english = catalogue("en")
    same = {key for key, message in catalogue(language).items() if message == english[key]}
    words = {key for key in same if re.search(r"[a-z]{3}", re.sub(r"\{\w+\}", "", str(english[key])))}
    alike = {
        "index.briefing",
        "page.figures",
        "filter.title",
        "stance.neutral",
        "stance.word.neutral",
        "method.original",
    }
    assert words <= alike | {"people.person", "people.organisation"}


def test_arabic_counts_in_six_forms() -> None:
    say = messages("ar")
    counts = [say("count.comments", n=n) for n in (0, 1, 2, 3, 11, 100)]
    assert counts == ["لا تعليقات", "تعليق واحد", "تعليقان", "3 تعليقات", "11 تعليقًا", "100 تعليق"]
    assert say.direction == "rtl"


def test_german_writes_numbers_and_dates_its_own_way() -> None:
    say = messages("de-DE")
    assert say.date("2026-03-04") == "4. März 2026"
    assert say.number(12500000) == "12.500.000"
    assert say.list(["a", "b", "c"]) == "a, b und c"


def test_an_unknown_language_speaks_english() -> None:
    assert messages("tlh")("page.text") == "Annotated text"
    assert messages("pt-BR")("page.text") == "Annotated text"


@pytest.mark.parametrize(
    ("language", "tag", "named"),
    [
        ("en", "en-GB", "British English"),
        ("en", "ro", "Romanian"),
        ("en", "sr-Latn", "Serbian (Latin)"),
        ("de", "en-GB", "Englisch (Vereinigtes Königreich)"),
        ("ar", "de", "الألمانية"),
        ("en", "x-own", "x-own"),
    ],
)
def test_languages_are_named_in_words_where_they_have_a_name(language: str, tag: str, named: str) -> None:
    assert messages(language).language(tag) == named
