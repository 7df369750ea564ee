"""Writes a figure's value in the language of the interface."""

from __future__ import annotations

from briefing.messages import Messages
from briefing.model import Figure, Value


def value_in_words(figure: Figure, say: Messages) -> str:
    """The value with its unit, as the table and the cards show it."""
    value = figure.value
    if figure.resolved:
        return say.date(figure.resolved.value)
    if value.date:
        return say.date(value.date)
    number = _number(value, say)
    if value.words and not number:
        return value.words
    shown = say("value.words", words=value.words, meaning=number) if value.words else number
    return with_unit(shown, figure.unit, say)


def with_unit(number: str, unit: str, say: Messages) -> str:
    """A number and its unit; a unit that begins with % stands as the language writes percentages."""
    if unit.startswith("%"):
        return say("value.percent", n=number, unit=unit[1:])
    return say("value.unit", n=number, unit=unit) if unit else number


def _number(value: Value, say: Messages) -> str:
    low, high = value.low, value.high
    if low is None and high is None:
        return "" if value.words else value.text
    if low == high:
        return say.number(low)
    if high is None:
        return say("value.at_least", n=low)
    if low is None:
        return say("value.at_most", n=high)
    return say("value.range", low=low, high=high)
