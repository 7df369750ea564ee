"""A language with a file of its own has all names of months in it, so that no check loads Babel for them."""

from __future__ import annotations

import pytest
from babel.localedata import locale_identifiers

from briefing.text import language
from briefing.text.months import month_names, names_in_locales

LATIN = [tag for tag in locale_identifiers() if tag.split("_")[0] in ("en", "de") and len(tag.split("_")[-1]) != 4]
"""Without the locales in other scripts, which nobody writes news in."""


@pytest.mark.parametrize("own", ["en", "de"])
def test_the_file_has_what_babel_has_for_any_country(own: str) -> None:
    wide, every = month_names(language(own))
    for tag in (tag for tag in LATIN if tag.split("_")[0] == own and not tag.startswith(("en_Dsrt", "en_Shaw"))):
        full, short = names_in_locales(tag)
        assert set(full) <= set(wide)
        assert (full | short).items() <= every.items()


def test_a_language_without_a_file_has_those_of_babel() -> None:
    wide, every = month_names(language("fr"))
    assert {"janvier", "Janvier", "JANVIER"} <= set(wide)
    assert every["déc"] == 12
