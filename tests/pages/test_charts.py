"""Charts: the kind fits the data, every point lies in the picture, the axis covers the data, and words stay words.

A case is an entry of tests/cases/charts/cases.yml; its picture is the .svg file beside it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Member, Theme
from briefing.model.places import Place
from briefing.render.charts import stances
from briefing.render.charts.bars import FEWEST, Chart, ChartPlan, Point, chart
from briefing.render.charts.comparison import Compared, compare
from briefing.render.charts.svg import neighbours, period, ticks, wrapped
from briefing.render.escape import Markup
from briefing.render.messages import Messages, messages
from tests.conftest import CASES, Golden

FOLDER = CASES / "charts"
ALL = yaml.load((FOLDER / "cases.yml").read_text("utf-8"), yaml.BaseLoader)
SVG = "{http://www.w3.org/2000/svg}"
ENGLISH, ARABIC = messages("en"), messages("ar")


def point(label: str, value: str, say: Messages = ENGLISH) -> Point:
    return Point(say.date(label), say.number(Decimal(value)), Decimal(value), Decimal(value), label)


def drawn(case: dict[str, Any]) -> Chart | None:
    say = messages(case.get("language", "en"))
    estimates = case.get("estimates", [])
    points = tuple(
        replace(point(label, value, say), estimate=label in estimates) for label, value in case["points"].items()
    )
    given = case.get("mark")
    low, high = (Decimal(given["low"]), Decimal(given["high"])) if given else (Decimal(0), Decimal(0))
    shown = say("value.range", low=low, high=high) if low != high else say.number(low)
    marks = [Point(given["label"], shown, low, high, given["period"])] if given else []
    pledges = case.get("pledges", {}).items()
    marks += [replace(point("2035", value), label=label) for label, value in pledges]
    return chart(ChartPlan("_c", case["name"], case["unit"], points, tuple(marks)), say)


def elements(found: Chart, *names: str) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(found.svg) if one.tag.removeprefix(SVG) in names]


def places(found: Chart) -> list[tuple[float, float]]:
    """Every place that is drawn: per cent across, pixels down."""
    pairs = []
    for one in elements(found, "line", "circle", "rect", "text"):
        for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy")):
            if x in one.attrib:
                pairs.append((float(one.attrib[x].rstrip("%")), float(one.attrib[y])))
        if "width" in one.attrib:
            right = float(one.attrib["x"].rstrip("%")) + float(one.attrib["width"].rstrip("%"))
            pairs.append((right, float(one.attrib["y"]) + float(one.attrib["height"])))
    return pairs


def assert_inside(found: Chart) -> None:
    height = float(ElementTree.fromstring(found.svg).attrib["height"])
    for x, y in places(found):
        assert -0.01 <= x <= 100.02 and -0.01 <= y <= height + 0.01, (x, y, height)


@pytest.mark.parametrize("case", ALL, ids=[case["name"] for case in ALL])
def test_the_data_choose_the_chart(case: dict[str, Any], golden: Golden) -> None:
    found = drawn(case)
    assert found and found.kind == case["kind"]
    assert_inside(found)
    golden.check(FOLDER / f"{case['name']}.svg", str(found.svg).replace("><", ">\n<") + "\n")


@pytest.mark.parametrize("case", ALL, ids=[case["name"] for case in ALL])
def test_a_chart_is_named_described_and_styled_by_class_alone(case: dict[str, Any]) -> None:
    found = drawn(case)
    assert found and "\n" not in found.svg
    root = ElementTree.fromstring(found.svg)
    named = [one for one in root if one.get("id") in root.attrib["aria-labelledby"].split()]
    assert root.attrib["role"] == "img"
    assert [one.tag.removeprefix(SVG) for one in named] == ["title", "desc"]
    assert all((one.text or "").strip() for one in named)
    for one in root.iter():
        assert not {"style", "fill", "stroke", "onload", "href"} & one.attrib.keys()


def test_each_line_joins_neighbours_and_crosses_no_gap() -> None:
    found = drawn(next(case for case in ALL if case["name"] == "years-with-gaps"))
    assert found
    dots = [float(one.attrib["cx"].rstrip("%")) for one in elements(found, "circle")]
    lines = [one for one in elements(found, "line") if one.attrib["class"] == "bf-curve"]
    joined = [(dots.index(float(one.attrib["x1"][:-1])), dots.index(float(one.attrib["x2"][:-1]))) for one in lines]
    assert joined == [(1, 2), (2, 3), (4, 5), (5, 6), (6, 7)]
    assert dots[1] - dots[0] == pytest.approx(3 * (dots[2] - dots[1]), abs=0.05)


def test_time_runs_from_right_to_left_where_reading_does() -> None:
    found = drawn(next(case for case in ALL if case["name"] == "right-to-left"))
    assert found
    dots = [float(one.attrib["cx"].rstrip("%")) for one in elements(found, "circle")]
    assert dots == sorted(dots, reverse=True)
    assert ElementTree.fromstring(found.svg).attrib["direction"] == "rtl"


def test_fewer_than_four_values_or_many_categories_make_no_chart() -> None:
    three = tuple(point(str(year), "1") for year in range(2000, 2003))
    assert chart(ChartPlan("_c", "t", "", three), ENGLISH) is None
    many = tuple(point(f"category {n}", "1") for n in range(40))
    assert chart(ChartPlan("_c", "t", "", many), ENGLISH) is None
    assert compare("t", "", [compared("2024", "A", "1")] * 3, ENGLISH) is None


VALUES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3)
WORDS = st.text(st.one_of(st.sampled_from("<>&\"'`*_[]{}|漢ـ\u0301 a"), st.characters(codec="utf-8")), max_size=60)
DATES = st.one_of(
    st.integers(1, 9999).map(lambda y: f"{y:04}"),
    st.tuples(st.integers(1990, 2040), st.integers(1, 12)).map(lambda d: f"{d[0]}-{d[1]:02}"),
    st.dates().map(str),
)


@given(st.lists(st.tuples(st.one_of(DATES, WORDS), VALUES), min_size=FEWEST, max_size=12), st.booleans(), VALUES, DATES)
def test_every_point_lies_in_the_picture(given: Any, marked: bool, value: Decimal, when: str) -> None:
    points = tuple(Point(label, str(v), v, v, label) for label, v in given)
    marks = (Point("mark", "m", value, value, when),) * marked
    for say in (ENGLISH, ARABIC):
        found = chart(ChartPlan("_c", "t", "%", points, marks), say)
        assert found
        assert_inside(found)


@given(st.lists(WORDS, min_size=FEWEST, max_size=6), WORDS, WORDS)
def test_words_stay_words(labels: list[str], title: str, unit: str) -> None:
    points = tuple(Point(label, label, Decimal(1), Decimal(2)) for label in labels)
    found = chart(ChartPlan("_c", title, unit, points), ENGLISH)
    assert found and "\n" not in found.svg
    root = ElementTree.fromstring(found.svg)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {"svg", "title", "desc", "rect", "text", "line"}


@given(st.lists(VALUES, min_size=1, max_size=8))
def test_the_axis_covers_the_data_with_few_round_numbers(values: list[Decimal]) -> None:
    found = ticks(values)
    assert found[0] <= min(values) and max(values) <= found[-1]
    assert 2 <= len(found) <= 7
    steps = {b - a for a, b in pairwise(found)}
    assert len(steps) == 1
    assert steps.pop().normalize().as_tuple().digits in {(1,), (2,), (2, 5), (5,)}
    outside = min(values) > 0 or max(values) < 0
    flat = max(values) - min(values) < max(abs(v) for v in values) / 4
    assert found[0] <= 0 <= found[-1] or (outside and flat)


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    flat = drawn(next(case for case in ALL if case["name"] == "values-that-differ-little"))
    assert flat and flat.remark == ENGLISH("chart.not_from_zero")


@given(st.lists(DATES, min_size=2, max_size=8))
def test_only_periods_of_one_kind_without_a_gap_are_neighbours(given: list[str]) -> None:
    periods = sorted((found for iso in given if (found := period(iso))), key=lambda one: one.middle)
    joined = neighbours(periods)
    assert len(joined) == len(periods) - 1
    steps = [b.count - a.count for a, b in pairwise(periods)]
    regular = len({one.parts for one in periods}) == 1 and len(set(steps)) == 1 and steps[0] > 0
    for near, (a, b) in zip(joined, pairwise(periods), strict=True):
        assert near == (regular or (a.parts == b.parts and b.count - a.count == 1))


@given(WORDS, st.integers(4, 40), st.integers(1, 3))
def test_wrapped_words_keep_to_their_lines(words: str, letters: int, lines: int) -> None:
    found = wrapped(words, letters, lines)
    assert 1 <= len(found) <= lines
    assert all(len(line) <= letters for line in found)


# --- what several sources say -----------------------------------------------------------------------------------


def compared(period: str, of: str, low: str, high: str = "") -> Compared:
    ends = Decimal(low), Decimal(high or low)
    shown = ENGLISH("value.range", low=ends[0], high=ends[1]) if high else ENGLISH.number(ends[0])
    return Compared(period, of, Markup("who"), "what", shown, *ends)


ESTIMATES = [
    compared("2024", "Russia", "4.5"), compared("2024", "NATO", "2"), compared("2024", "Russia", "3"),
    compared("2025", "Russia", "6", "7"), compared("2025", "NATO", "2"),
]  # fmt: skip


def test_values_of_several_sources_are_grouped_by_period_with_the_range_of_each_thing() -> None:
    found = compare("Shells", "million", ESTIMATES, ENGLISH)
    assert found
    told = [(group.title, group.ranges, [(row.of, row.shown) for row in group.rows]) for group in found.groups]
    assert told == [
        ("2024", "Russia: 3 to 4.5", [("Russia", "4.5"), ("NATO", "2"), ("Russia", "3")]),
        ("2025", "", [("Russia", "6 to 7"), ("NATO", "2")]),
    ]


@pytest.mark.parametrize("say", [ENGLISH, ARABIC], ids=["ltr", "rtl"])
def test_each_value_is_marked_at_its_place_on_one_scale_from_zero(say: Messages) -> None:
    found = compare("Shells", "million", ESTIMATES, say)
    assert found
    at = []
    for row in (row for group in found.groups for row in group.rows):
        marks = [one for one in ElementTree.fromstring(row.plot) if one.tag == "svg"]
        at.append(
            [100 - float(one.attrib["x"][:-1]) if say is ARABIC else float(one.attrib["x"][:-1]) for one in marks]
        )
    step = (97 - 3) / 8  # the axis reaches from 0 to 8
    assert [[round((x - 3) / step, 2) for x in row] for row in at] == [[4.5], [2], [3], [6, 7], [2]]
    shapes = {row.of: ElementTree.fromstring(row.sample)[0].attrib["d"] for row in found.groups[0].rows}
    assert len(set(shapes.values())) == 2, "things differ by shape, not by colour alone"


@given(st.lists(st.tuples(WORDS, WORDS, VALUES, VALUES), min_size=FEWEST, max_size=9))
def test_every_estimate_lies_on_its_scale_and_is_hidden_from_screen_readers(given: Any) -> None:
    values = [Compared(p, of, Markup("w"), of, p, min(a, b), max(a, b)) for p, of, a, b in given]
    found = compare("t", "", values, ENGLISH)
    assert found and sum(len(group.rows) for group in found.groups) == len(values)
    for plot in (found.axis, *(one.plot for group in found.groups for one in (group, *group.rows))):
        root = ElementTree.fromstring(plot)
        assert root.attrib["aria-hidden"] == "true"
        places = [float(v[:-1]) for one in root.iter() for k, v in one.attrib.items() if k in ("x", "x1", "x2")]
        assert all(0 <= x <= 100 for x in places)


# --- stances ----------------------------------------------------------------------------------------------------


def theme(*taken: str) -> Theme:
    at = Place("x.yml")
    members = tuple(Member(comment=f"c{n}", stance=stance, at=at) for n, stance in enumerate(taken))  # type: ignore[arg-type]
    return Theme(
        id="t", was=(), title="Guns", about="It is enough", members=members, summary=None, tags=(), by=(),
        status="published", allow=(), at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("taken", "sentence"),
    [
        (("critical",), "1 comment, critical."),
        (("critical", "critical"), "2 comments, all critical."),
        (("critical", "supportive", "critical"), "3 comments: 1 supportive and 2 critical."),
        (("mixed", ""), "2 comments: 1 mixed and 1 without a stance."),
        (("", ""), "2 comments"),
    ],
)
def test_a_sentence_says_how_comments_stand(taken: tuple[str, ...], sentence: str) -> None:
    assert stances.sentence(theme(*taken).members, ENGLISH) == sentence
    assert stances.chart(theme(*taken), ENGLISH) is None


def test_from_ten_comments_up_stances_are_drawn_in_proportion(golden: Golden) -> None:
    found = stances.chart(theme(*["critical"] * 6, *["mixed"] * 2, "supportive", "neutral", "", ""), ENGLISH)
    assert found
    assert_inside(found)
    widths = [float(one.attrib["width"].rstrip("%")) for one in elements(found, "rect")]
    counts = (1, 2, 2, 1, 6, 2)  # the two halves of the mixed ones are two rectangles
    assert widths == pytest.approx([100 * n / 12 - 0.4 for n in counts], abs=0.02)
    golden.check(FOLDER / "stances.svg", str(found.svg).replace("><", ">\n<") + "\n")
    assert stances.chart(theme(*[""] * 12), ENGLISH) is None
