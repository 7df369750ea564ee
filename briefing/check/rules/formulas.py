"""Rules on derived figures: the formula can be computed, and gives the number that is stated.

A formula has ids of figures, of other derived figures and of its own inputs, numbers, + - * / and parentheses. As ids
have hyphens, a minus is between spaces. All is computed with decimals, never with binary fractions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, DecimalException, localcontext

from msgspec import Struct

from briefing.check.equal_numbers import round_like
from briefing.check.grounds import KnownIds, grounds, named, withdrawn
from briefing.check.rules.citations import cites_withdrawn
from briefing.model import Briefing, Derived, Figure
from briefing.model.places import Place, Problem, Span
from briefing.text import in_digits, language, numbers, shortened

_TOKEN = re.compile(
    r"(?:(?<!\s)\s+)?(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z](?:[a-z0-9-]*[a-z0-9])?)|(?P<sign>[-+*/()×÷−]))"
)
_SIGNS = {"×": "*", "÷": "/", "−": "-"}
_DEEPEST = 40
"""How deep signs and parentheses may be nested."""
_LONGEST = 20
"""How many derived figures may be computed one from the other: nobody follows more."""


class Used(Struct, frozen=True):
    """A name in a formula with the number that it stands for."""

    name: str
    value: Decimal
    cite: str
    """The id of what has the number."""


class Computed(Struct, frozen=True):
    """What a formula gives, and from what."""

    value: Decimal
    used: tuple[Used, ...]


class UnreadableError(Exception):
    """A formula that cannot be computed; the arguments are message, hint and span."""

    def __init__(self, message: str, hint: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.span = message, hint, span


def computed(briefing: Briefing) -> Iterator[Problem]:
    """Every formula can be computed; its inputs are read in what they cite; its result, rounded to the decimals that
    are stated, is `value`."""
    suggestions = KnownIds(grounds(briefing), "references, annotations and comments")
    for derived in briefing.derived:
        yield from _inputs(briefing, derived, suggestions)
        try:
            result = compute(briefing, derived)
        except UnreadableError as found:
            at = derived.at.child("formula")
            yield Problem("bad-formula", found.message, at.part(found.span) if found.span else at, found.hint)
            continue
        yield from _idle_inputs(briefing, derived, result)
        if round_like(result.value, derived.value) != derived.value:
            about = "" if shortened(result.value) == result.value else "about "
            message = f"the formula gives {about}{in_digits(result.value)}, and the value is {in_digits(derived.value)}"
            near = in_digits(round_like(result.value, derived.value))
            yield Problem(
                "wrong-result", message, derived.at.child("value"), f"write `value: {near}`, or correct the formula"
            )


def draft_used(briefing: Briefing) -> Iterator[Problem]:
    """What is published is computed from nothing that is a draft or in review: readers could not follow it."""
    known = named(briefing)
    for derived in briefing.derived:
        for id, at in bases(derived) if derived.status == "published" else ():
            item = known.get(id)
            if item and item.status != "published":
                message = f"this is published, and is computed from the {item.kind} “{id}”: its status is {item.status}"
                hint = f"write `status: published` at “{item.id}”, or a status like it here"
                yield Problem("draft-cited", message, at, hint)


def bases(derived: Derived) -> Iterator[tuple[str, Place]]:
    """Yield every id that a derived figure takes a number from, and where."""
    own = {given.name for given in derived.inputs}
    yield from ((given.cite, given.at.child("cite")) for given in derived.inputs)
    for token in _TOKEN.finditer(derived.formula):
        if token["name"] and token["name"] not in own:
            yield token["name"], derived.at.child("formula").part(Span(*token.span("name")))


def _inputs(briefing: Briefing, derived: Derived, suggestions: KnownIds) -> Iterator[Problem]:
    """Yield every input is a number in the words of what it cites, and not one that the author alone has seen."""
    known, gone = grounds(briefing), withdrawn(briefing)
    for given in derived.inputs:
        ground = known.get(given.cite)
        if given.cite in gone:
            yield cites_withdrawn(given.cite, gone[given.cite], given.at.child("cite"))
        elif ground is None:
            if briefing.unread.may_have(given.cite, "references", "annotations", "comments"):
                continue
            message = f"nothing here is called “{given.cite}”"
            yield Problem("unknown-citation", message, given.at.child("cite"), suggestions.hint(given.cite))
        elif not any(given.value in read.values for read in ground.read if not read.unseen):
            seen = (read.words for read in ground.read if read.values and not read.unseen)
            there = ", ".join(dict.fromkeys(f"“{words}”" for words in seen)) or "none"
            message = f"the input {in_digits(given.value)} cannot be read in “{given.cite}”"
            hint = f"the numbers there are: {there}; write one of these in digits, with its millions as zeros"
            yield Problem("bad-formula", message, given.at.child("value"), hint)


def _idle_inputs(briefing: Briefing, derived: Derived, result: Computed) -> Iterator[Problem]:
    """Yield each thing that a formula names without depending on it: `17 + 0 * cost` would give 17 a citation."""
    for one in result.used:
        try:
            changed = any(compute(briefing, derived, one.name, by).value != result.value for by in _CHANGES)
        except UnreadableError:
            changed = True  # it divides by it
        if not changed:
            message = f"the formula gives the same whatever “{one.name}” is, so its result does not rest on that"
            hint = "compute the number from what it rests on, or take this out of the formula"
            yield Problem("bad-formula", message, derived.at.child("formula"), hint)
    if not result.used:
        message = "the formula has numbers alone, so its result rests on nothing that is cited"
        hint = "compute it from figures, or from `inputs` that cite something"
        yield Problem("bad-formula", message, derived.at.child("formula"), hint)


_CHANGES = (Decimal("1.25"), Decimal(3))
"""Two values by which an input is tried, since a formula may give the same for one of them."""


def compute(briefing: Briefing, derived: Derived, changed: str = "", by: Decimal = Decimal(1)) -> Computed:
    """Return what a formula gives; UnreadableError where it cannot be computed.

    The value of the input or figure called `changed` counts more by so much.
    """
    used: dict[str, Used] = {}
    with localcontext() as context:
        context.prec = 40
        try:
            value = _Reading(briefing.derive(_Named.of), derived, used, (changed, by)).whole()
        except DecimalException:
            raise UnreadableError("the formula divides by zero", "look at its numbers again") from None
    return Computed(value, tuple(used.values()))


class _Named(Struct, frozen=True):
    """What formulas can name, and what has been computed so far."""

    briefing: Briefing
    figures: Mapping[str, Figure]
    others: Mapping[str, Derived]
    done: dict[str, tuple[Decimal, int]]
    """By id what has been computed, and from how many others one after another."""
    under_way: dict[str, None]
    """The ids of what is being computed, so that a circle is seen."""
    suggestions: KnownIds

    @classmethod
    def of(cls, briefing: Briefing) -> _Named:
        figures = {id: figure for figure in briefing.figures for id in (*figure.was, figure.id)}
        others = {id: derived for derived in briefing.derived for id in (*derived.was, derived.id)}
        return cls(briefing, figures, others, {}, {}, KnownIds((*figures, *others), "figures and inputs"))


class _Reading:
    """A formula while it is read, by recursive descent: sums of products of values."""

    def __init__(
        self, known: _Named, derived: Derived, used: dict[str, Used], change: tuple[str, Decimal] = ("", Decimal(0))
    ) -> None:
        self.known, self.derived, self.used, self.change = known, derived, used, change
        self.at = self.open = self.row = 0

    def whole(self) -> Decimal:
        self.known.under_way[self.derived.id] = None
        try:
            value = self.sum()
            if self.derived.formula[self.at :].strip():
                raise self.unexpected()
            return value
        finally:
            del self.known.under_way[self.derived.id]

    def sum(self) -> Decimal:
        value = self.product()
        while sign := self.take("+-"):
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self) -> Decimal:
        value = self.value()
        while sign := self.take("*/"):
            value = value * self.value() if sign == "*" else value / self.value()
        return value

    def value(self) -> Decimal:
        self.open += 1
        if self.open > _DEEPEST:
            raise self.unexpected()
        value = self.inner()
        self.open -= 1
        return value

    def inner(self) -> Decimal:
        if self.take("-"):
            return -self.value()
        if self.take("("):
            value = self.sum()
            if not self.take(")"):
                raise self.unexpected()
            return value
        found = _TOKEN.match(self.derived.formula, self.at)
        if found and (found["number"] or found["name"]):
            self.at = found.end()
            return Decimal(found["number"]) if found["number"] else self.named(found["name"], Span(*found.span("name")))
        raise self.unexpected()

    def take(self, signs: str) -> str:
        """Return the next sign, if it is one of these."""
        found = _TOKEN.match(self.derived.formula, self.at)
        sign = _SIGNS.get(found["sign"], found["sign"]) if found and found["sign"] else ""
        if not sign or sign not in signs:
            return ""
        self.at = found.end() if found else self.at
        return sign

    def unexpected(self) -> UnreadableError:
        rest = self.derived.formula[self.at :].strip()
        start = len(self.derived.formula) - len(self.derived.formula[self.at :].lstrip())
        what = f"cannot be read from “{rest[:20]}” on" if rest else "ends too early"
        hint = "write ids of figures or inputs, numbers, + - * / and parentheses, for example `(new - old) / old * 100`"
        return UnreadableError(f"the formula {what}", hint, Span(start, start + len(rest[:20])) if rest else None)

    def named(self, name: str, span: Span) -> Decimal:
        """Return the number that a name stands for."""
        for given in self.derived.inputs:
            if given.name == name:
                return self.remember(name, given.value, given.cite)
        if name in self.known.figures:
            return self.remember(name, self.of_figure(self.known.figures[name], span), name)
        if name in self.known.others:
            return self.remember(name, self.of_other(self.known.others[name], name, span), name)
        if entry := withdrawn(self.known.briefing).get(name):
            hint = "leave it out, and look whether the number still stands"
            raise UnreadableError(f"“{name}” was withdrawn on {entry.date}: {entry.reason}", hint, span)
        hint = self.known.suggestions.hint(name, tuple(given.name for given in self.derived.inputs))
        raise UnreadableError(f"“{name}” is no figure and no input", hint, span)

    def remember(self, name: str, value: Decimal, cite: str) -> Decimal:
        self.used[name] = Used(name, value, cite)
        return value + self.change[1] if name == self.change[0] else value

    def of_other(self, other: Derived, name: str, span: Span) -> Decimal:
        done = self.known.done
        if other.id in self.known.under_way:
            raise UnreadableError(f"“{name}” is computed from itself", "take it out of the formula", span)
        too_long = len(self.known.under_way) > _LONGEST
        if not too_long and other.id not in done:
            reading = _Reading(self.known, other, {})
            done[other.id] = reading.whole(), reading.row
        self.row = self.row if too_long else max(self.row, done[other.id][1] + 1)
        if too_long or self.row > _LONGEST:
            message = f"more than {_LONGEST} derived figures are computed one from the other here"
            raise UnreadableError(message, "write the formula with the figures that they begin with")
        return done[other.id][0]

    def of_figure(self, figure: Figure, span: Span) -> Decimal:
        value = figure.value
        if value.low is not None and value.low == value.high:
            return value.low * _scale(figure.unit, self.known.briefing)
        year = value.date or (figure.resolved.value if figure.resolved else "")
        if figure.type == "date" and re.fullmatch(r"\d{4}", year[:4]):
            return Decimal(year[:4])
        hint = "a formula needs figures with one number, not a range or words; a date counts as its year"
        raise UnreadableError(f"the figure “{figure.id}” has no single value", hint, span)


def _scale(unit: str, briefing: Briefing) -> Decimal:
    """Return what the unit of a figure multiplies its value by ("million euros")."""
    found = numbers(f"2 {unit}", language(briefing.language))
    return Decimal(found[0].multiplier) if found and found[0].span.start == 0 else Decimal(1)
