"""What is read of sentences full of numbers: every number with its values, unit and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from briefing.text import language
from briefing.text.numbers.lenient_numbers import read_leniently
from briefing.text.numbers.quantities import quantities
from briefing.text.numbers.quantity import Quantity, in_digits
from tests.conftest import CASES, Golden

PLAIN = Quantity(msgspec.UNSET)  # type: ignore[arg-type]
TABLES = ("development", "development-third", "development-more", "development-fifth")


@pytest.mark.parametrize("tag", ["en", "de"])
def test_numbers_are_read_as_was_looked_at(tag: str, golden: Golden) -> None:
    lines: list[str] = []
    for table in TABLES:
        text = (CASES / "numbers" / f"{table}.{tag}.txt").read_text("utf-8")
        for line in dict.fromkeys(line[2:] for line in text.splitlines() if line[:2] in ("@ ", "+ ")):
            lines += [line, *(f"  {told(line, one)}" for one in quantities(line, language(tag), with_names=True))]
    golden.check(CASES / "numbers" / f"read.{tag}.golden", "\n".join([*lines, ""]))


@pytest.mark.parametrize("tag", ["en", "de"])
def test_every_form_of_a_number_is_read_as_was_looked_at(tag: str, golden: Golden) -> None:
    """Behind `~` what a figure's value may be as well, and no prose."""
    rules, lines = language(tag), []
    for line in (CASES / "language" / f"forms.{tag}.txt").read_text("utf-8").splitlines():
        read = quantities(line, rules)
        lines += [line, *(f"  {told(line, one)}" for one in read)]
        lines += [f"  ~ {told(line, one)}" for one in read_leniently(line, rules, read)]
    golden.check(CASES / "language" / f"forms.{tag}.golden", "\n".join([*lines, ""]))


def told(text: str, one: Quantity) -> str:
    """The words of a number, its values, and whatever else it is."""
    return ", ".join([f"[{one.span.of(text)}] {' or '.join(map(in_digits, one.values))}", *_more(text, one)])


def _more(text: str, one: Quantity) -> Iterator[str]:
    """What differs from a plain number."""
    for name in Quantity.__struct_fields__:
        value = getattr(one, name)
        if name in ("span", "values") or value == getattr(PLAIN, name):
            continue
        if name == "parts":
            yield f"of ({'; '.join(told(text, part) for part in value)})"
        elif name == "date":
            yield f"date {'-'.join(str(each or '?') for each in (value.year, value.month, value.day))}"
        elif name == "clock":
            yield f"clock {sorted(value)}"
        else:
            yield name if value is True else f"{name} {value}"


@pytest.mark.parametrize(
    ("text", "values"),
    [("It lost .3 percent.", ["0.3"]), (".5 of it", ["0.5"]), ("So. 3 left.", ["3"])],
)
def test_a_decimal_may_have_nothing_before_its_mark(text: str, values: list[str]) -> None:
    found = quantities(text, language("en"))
    assert [str(value) for one in found for value in one.values] == values
