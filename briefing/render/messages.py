"""All words of the interface, from one catalogue for each language (`locale/<language>.json`).

A message is a text with `{names}`, or one text for each plural form that CLDR gives the language, chosen by `n`.
English is the complete catalogue; a language without a message shows the English one. Numbers, dates and lists are
written by Babel. A new language is a new file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from briefing import resources

if TYPE_CHECKING:  # Babel takes long to import, and a check says nothing in the words of pages
    from babel import Locale

Message = str | Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Messages:
    """The words of one language, and how it writes numbers, dates and lists."""

    locale: Any
    """Babel's `Locale`; the types of fields are looked at where templates are checked, without Babel."""
    catalogue: Mapping[str, Message]

    def __call__(self, key: str, **values: object) -> str:
        """The message with its values filled in; KeyError for a key that even English lacks."""
        return _said(self, key, tuple(values.items()))

    def texts(self) -> Iterator[str]:
        """Yield every message as it is in the catalogue, each plural form by itself."""
        for message in self.catalogue.values():
            yield from (message,) if isinstance(message, str) else message.values()

    def fill(self, key: str, values: Mapping[str, object]) -> str:
        """What a call gives, worked out afresh."""
        message = self.catalogue[key]
        if isinstance(message, Mapping):
            number = values["n"]
            assert isinstance(number, int), key
            message = message.get(self.locale.plural_form(number), message["other"])
        shown = {name: self.number(value) if _is_number(value) else value for name, value in values.items()}
        return message.format_map(shown) if shown else message

    @property
    def tag(self) -> str:
        """The language of the interface as BCP 47, for `lang` attributes."""
        return str(self.locale.language)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return _direction(self)

    def number(self, value: object) -> str:
        """A number with the language's grouping and decimal marks, and as many decimals as were written."""
        from babel.numbers import format_decimal

        assert isinstance(value, int | Decimal)
        exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
        decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return format_decimal(value, f"#,##0.{'0' * decimals}" if decimals else "#,##0", locale=self.locale)

    def date(self, iso: str) -> str:
        """An ISO 8601 day, month or year in words; anything else as it is."""
        return _dated(self.locale, iso)

    def language(self, tag: str) -> str:
        """A language, given as BCP 47, in words: “British English”, “German (Austria)”; a tag without a name stays."""
        from babel import Locale, UnknownLocaleError

        try:
            named = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            return tag
        name = self.locale.languages.get(f"{named.language}_{named.territory}") if not named.script else None
        return name or named.get_display_name(self.locale) or tag

    def list(self, items: Sequence[str]) -> str:
        """Items joined as a sentence joins them."""
        from babel.lists import format_list

        return format_list(items, locale=self.locale) if items else ""


@lru_cache(maxsize=64)
def _direction(say: Messages) -> str:
    return str(say.locale.text_direction)


@lru_cache(maxsize=4096)
def _said(say: Messages, key: str, values: tuple[tuple[str, object], ...]) -> str:
    """Pages say the same few things over and over."""
    return say.fill(key, dict(values))


@lru_cache(maxsize=1024)  # pages, downloads and citations write the same few dates again and again
def _dated(locale: Locale, iso: str) -> str:
    from babel.dates import format_date, format_skeleton

    try:
        parts = [int(part) for part in iso.split("-")]
        day = date(*parts, *(1 for _ in range(3 - len(parts))))
    except (ValueError, TypeError, OverflowError):
        return iso
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return str(format_skeleton("yMMMM", day, locale=locale))
    return str(format_date(day, "long", locale=locale))


@lru_cache(maxsize=64)
def messages(language: str) -> Messages:
    """The words for a BCP 47 tag: its own catalogue over English; never fails for an unknown language."""
    locale = _locale(language)
    own = _read(locale.language) if locale.language != "en" else {}
    return Messages(locale, MappingProxyType({**_read("en"), **own}))


def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _read(language: str) -> Mapping[str, Message]:
    path = resources.catalogue(language)
    catalogue: Mapping[str, Message] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return catalogue


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
