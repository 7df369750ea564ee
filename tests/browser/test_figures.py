"""The figures page: a table that sorts and filters, charts that can be seen, and files to download."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

FIGURES = "briefings/nato-ammunition/figures/"
WIDTHS = (360, 1024, 1600)
FOCUSED = "document.activeElement.textContent"


def values(page: Page, column: int) -> list[str]:
    """What a column sorts by, of the rows that are shown, in their order."""
    script = (
        "(rows, n) => rows.filter(r => !r.hidden).map(r => r.cells[n].dataset.type + ':' + r.cells[n].dataset.value)"
    )
    found: list[str] = page.locator(".bf-figures tbody tr").evaluate_all(script, column)
    return found


def sort_button(page: Page, name: str) -> str:
    return f".bf-figures thead th:has-text('{name}')"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_keyboard_sorts_by_value_both_ways_and_back(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(FIGURES)
    before = values(page, 1)
    head = page.locator(sort_button(page, "Value"))
    head.locator("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    rising = values(page, 1)
    numbers = [float(v[7:]) for v in rising if v.startswith("number:")]
    words = [v for v in rising if v.startswith("text:")]
    assert numbers == sorted(numbers) and len(set(numbers)) > 1
    assert [v.partition(":")[0] for v in rising] == ["number"] * len(numbers) + ["text"] * len(words)
    page.keyboard.press("Space")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert [float(v[7:]) for v in values(page, 1) if v.startswith("number:")] == sorted(numbers, reverse=True)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert values(page, 1) == before
    assert "Value" in page.evaluate(FOCUSED)


def test_every_column_sorts_and_only_one_at_a_time(page: Page) -> None:
    page.goto(FIGURES)
    heads = page.locator(".bf-figures thead th")
    orders = set()
    for n in range(heads.count()):
        heads.nth(n).locator("button").click()
        expect(page.locator(".bf-figures th[aria-sort]")).to_have_count(1)
        expect(heads.nth(n)).to_have_attribute("aria-sort", "ascending")
        found = values(page, n)
        empty = [v.endswith(":") for v in found]
        assert empty == sorted(empty), "cells without a value come last"
        orders.add(tuple(values(page, 0)))
    assert len(orders) > 3


@pytest.mark.parametrize("width", WIDTHS)
def test_filters_narrow_the_table_together_and_count(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(FIGURES)
    rows, status = page.locator(".bf-figures tbody tr:visible"), page.locator(".bf-filter output")
    everything = rows.count()
    expect(status).to_have_text(f"Shown: {everything} of {everything}")
    page.get_by_label("Basis").select_option("claim")
    claims = rows.count()
    assert 0 < claims < everything
    page.get_by_label("Search in the table").fill("RUTTÉ")
    assert 0 < rows.count() < claims
    expect(status).to_have_text(f"Shown: {rows.count()} of {everything}")
    shown = rows.locator("th a").evaluate_all("all => all.map(a => a.hash.slice(1))")
    cards = page.locator(".bf-figure.bf-card:visible :is(h2, h3)").evaluate_all("all => all.map(h => h.id)")
    dates = page.locator("#_dates ~ .bf-figure:not(.bf-derived) h3").evaluate_all("all => all.map(h => h.id)")
    assert [card for card in cards if card not in dates] == shown, "the cards are narrowed with the table"
    page.get_by_role("button", name="Show all").click()
    expect(rows).to_have_count(everything)


def test_the_filter_is_in_the_address_and_yields_to_a_link(page: Page) -> None:
    page.goto(FIGURES)
    page.get_by_label("Verdict").select_option("unverified")
    page.get_by_label("Search in the table").fill("lines")
    expect(page).to_have_url(re.compile(r"\?words=lines&verdict=unverified$|\?verdict=unverified&words=lines$"))
    page.goto(FIGURES + "?verdict=unverified&words=lines&basis=nothing-like-it")
    rows = page.locator(".bf-figures tbody tr:visible")
    expect(rows).to_have_count(1)
    expect(page.get_by_label("Verdict")).to_have_value("unverified")
    hidden = page.locator(".bf-figure.bf-card[hidden] h2").first.get_attribute("id")
    page.evaluate("id => { location.hash = id }", hidden)
    expect(page.locator(f"[id='{hidden}']")).to_be_in_viewport()
    expect(page).not_to_have_url(re.compile(r"verdict="))


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_estimates_are_drawn_beside_their_words_on_one_scale(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(FIGURES)
    rows = page.locator(".bf-estimates tr:has(.bf-point):not(.bf-period)")
    assert rows.count() >= 4
    by_value: dict[float, float] = {}
    for row in rows.all():
        strip, point = row.locator(".bf-plot").bounding_box(), row.locator(".bf-plot .bf-point").bounding_box()
        whole = row.bounding_box()
        assert strip and point and whole and whole["y"] <= point["y"] <= whole["y"] + whole["height"]
        assert strip["x"] <= point["x"] and point["x"] + point["width"] <= strip["x"] + strip["width"]
        value = float(row.locator("td").first.inner_text())
        place = round(point["x"] + point["width"] / 2, 0)
        assert abs(by_value.setdefault(value, place) - place) <= 2, "one value, one place"
    assert [by_value[value] for value in sorted(by_value)] == sorted(by_value.values())
    assert page.locator(".bf-estimates tbody th a").count() >= rows.count()


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_the_table_and_the_charts_fit_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(FIGURES)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    for box in page.locator(".bf-picture, .bf-figures td:visible, .bf-values td").all():
        place = box.bounding_box()
        assert place and place["x"] >= 0 and place["x"] + place["width"] <= width + 1
    words = page.locator(".bf-picture text").evaluate_all(
        "all => all.map(t => [t.getBoundingClientRect().left, t.getBoundingClientRect().right])"
    )
    assert words and all(left >= 0 and right <= width for left, right in words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_charts_stand_out_from_the_page(browser: Browser, address: str, scheme: str, width: int) -> None:
    """The contrast of what is drawn with the page is at least 3 to 1, that of words 4.5 to 1 (WCAG 1.4.11, 1.4.3)."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(FIGURES)
    charts = page.locator(".bf-picture")
    assert charts.count() >= 1
    for chart in charts.all():
        expect(chart).to_be_visible()
        assert chart.get_attribute("role") == "img"
    paint = 'getComputedStyle(e)[e.tagName === "line" ? "stroke" : "fill"]'
    script = f"all => all.map(e => [{paint}, getComputedStyle(document.body).backgroundColor])"
    for selector, least in (
        (".bf-dot:not(.bf-estimate), .bf-curve, .bf-plot .bf-point", 3),
        (".bf-picture text, .bf-plot text", 4.5),
    ):
        for colour, ground in page.locator(selector).evaluate_all(script):
            assert contrast(colour, ground) >= least, (selector, colour, ground)
    context.close()


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_charts_have_a_name_a_description_and_their_values_beside_them(page: Page) -> None:
    page.goto(FIGURES)
    for chart in page.locator(".bf-picture").all():
        ids = (chart.get_attribute("aria-labelledby") or "").split()
        assert len(ids) == 2 and all(page.locator(f"[id='{id}']").text_content() for id in ids)
    series = page.locator(".bf-series:has(.bf-picture)").first
    drawn = series.locator("circle:is(.bf-dot, .bf-ring)")
    assert drawn.count() == series.locator("tbody tr").count() >= 4
    links = series.locator("tbody a")
    assert links.count() == series.locator("tbody tr").count()


def test_charts_survive_forced_colours_and_print(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active", base_url=address)
    page = context.new_page()
    page.goto(FIGURES)
    drawn, ground = page.locator(".bf-dot").first.evaluate(
        "e => [getComputedStyle(e).fill, getComputedStyle(document.body).backgroundColor]"
    )
    assert contrast(drawn, ground) >= 3
    page.emulate_media(media="print", forced_colors="none")
    expect(page.locator(".bf-picture").first).to_be_visible()
    expect(page.locator(".bf-filter")).to_be_hidden()
    context.close()


def test_the_files_download_and_read_as_csv(page: Page, tmp_path: Path) -> None:
    page.goto(FIGURES)
    links = page.locator(".bf-downloads a")
    for link in links.all():
        with page.expect_download() as started:
            link.click()
        path = tmp_path / started.value.suggested_filename
        started.value.save_as(path)
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file, strict=True))
        assert found and all(None not in row and None not in row.values() for row in found)
    with (tmp_path / "figures.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    shown = page.locator(".bf-figures tbody th a").evaluate_all("all => all.map(a => a.hash.slice(1))")
    dates = page.locator("#_dates ~ .bf-figure:not(.bf-derived) h3").evaluate_all("all => all.map(h => h.id)")
    assert sorted(ids) == sorted([*shown, *dates])


def test_without_javascript_the_table_is_whole_and_has_no_dead_controls(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(FIGURES)
    expect(page.locator(".bf-filter")).to_be_hidden()
    expect(page.locator(".bf-figures button")).to_have_count(0)
    assert (
        page.locator(".bf-figures tbody tr:visible").count()
        == page.locator(".bf-figure.bf-card:not(.bf-derived):has(> h2)").count()
    )
    expect(page.locator(".bf-picture").first).to_be_visible()
    context.close()


def test_a_row_leads_to_its_card(page: Page) -> None:
    page.goto(FIGURES)
    link = page.locator(".bf-figures tbody th a").last
    link.click()
    expect(page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")).to_be_in_viewport()
