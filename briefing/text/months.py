"""Names of months, as the JSON file of a language has them, or as Babel has them for a language without one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product

from briefing.text.language_rules import Language, locale_of


@cache
def month_names(language: Language) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """Return the full names of months in a language, and every name with its number; in each letter case."""
    wide, short = (language.months, language.months_short) if language.known else names_in_locales(language.tag)
    return tuple(_in_every_case(wide)), {**_in_every_case(wide), **_in_every_case(short)}


def names_in_locales(tag: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return the names of months that Babel has for a locale and for its language, in full and shortened; numbers and
    single letters are no names."""
    found: dict[str, dict[str, int]] = {"wide": {}, "abbreviated": {}}
    for locale in filter(None, map(locale_of, (tag, tag.replace("_", "-").split("-")[0]))):
        for context, width in product(("format", "stand-alone"), found):
            names = {str(name).rstrip("."): number for number, name in locale.months[context][width].items()}
            named = {name: number for name, number in names.items() if len(name) > 2 and not name[0].isdigit()}
            found[width] |= named
    return found["wide"], found["abbreviated"]


def _in_every_case(names: Mapping[str, int]) -> dict[str, int]:
    """Return names with their numbers as they are, with a capital, and in capitals."""
    return {
        form: number for name, number in names.items() for form in (name, name[:1].upper() + name[1:], name.upper())
    }
