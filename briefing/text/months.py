"""Names of months, as Babel has them and as the JSON file of a language adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from briefing.text.language_rules import Language, locale_of


@cache
def month_names(language: Language) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """Return the full names of months in a language, and every name with its number; in each letter case."""
    every: dict[str, int] = {}
    wide: list[str] = []
    for tag in (language.tag, language.tag.replace("_", "-").split("-")[0]):
        for width, names in _names_in_locale(tag):
            forms = _in_every_case(names)
            wide += forms if width == "wide" else ()
            every |= forms
    return tuple(dict.fromkeys(wide)), {**every, **_in_every_case(language.months)}


def _names_in_locale(tag: str) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yield the widths that a locale writes months in, each with its names; numbers and single letters are no names."""
    locale = locale_of(tag)
    if locale is None:
        return
    for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
        names = {str(name).rstrip("."): number for number, name in locale.months[context][width].items()}
        yield width, {name: number for name, number in names.items() if len(name) > 2 and not name[0].isdigit()}


def _in_every_case(names: Mapping[str, int]) -> dict[str, int]:
    """Return names with their numbers as they are, with a capital, and in capitals."""
    return {
        form: number for name, number in names.items() for form in (name, name[:1].upper() + name[1:], name.upper())
    }
