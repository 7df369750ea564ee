"""The HTML of the real site and of a briefing in each language is valid, as the Nu HTML checker (vnu) sees it.

The checker needs java, and npm to fetch it once (tests/html/install-checker.sh); without them the test is skipped,
except in CI, where both must be there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import CASES
from tests.sites import build_site, make_site

ROOT = Path(__file__).parent.parent.parent

THEME = {
    "Attribute “autocomplete” is only allowed": "the theme's drawer and search are opened by checkboxes",
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden": "the theme's label "
    "for the contents names a checkbox that it only has on some pages",
    "Bad value “” for attribute “tabindex” on element “label”": "the theme's navigation, where a section has no page",
}
"""What the theme itself emits, by how the finding begins, with the reason. Nothing of ours may be here."""

UNKNOWN = {"CSS: “paint-order”: Property “paint-order” doesn't exist": "a property of SVG 2, in the styles of a copy"}
"""What the checker does not know yet, by how the finding begins, with what it is."""


def checker() -> Path:
    """The checker's jar. Skips the test where it cannot be had."""
    missing = [program for program in ("java", "npm") if not shutil.which(program)]
    if missing:
        assert not os.environ.get("CI"), f"{missing} must be there in CI"
        pytest.skip(f"without {' and '.join(missing)} there is no HTML checker")
    install = ["sh", str(ROOT / "tests/html/install-checker.sh")]
    done = subprocess.run(install, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        assert not os.environ.get("CI"), done.stderr
        pytest.skip("the HTML checker could not be fetched")
    return Path(done.stdout.strip())


def is_image_of_markdown(message: Mapping[str, object]) -> bool:
    """Whether this is about an image of an ordinary page, which Python-Markdown writes as XHTML has it."""
    slash = str(message["message"]).startswith("Trailing slash on void elements")
    return slash and "<img alt=" in str(message.get("extract")) and "/briefings/" not in str(message["url"])


def test_the_html_is_valid_but_for_what_the_theme_emits(real_site: Path, tmp_path: Path) -> None:
    jar = checker()
    theme = {"name": "material", "font": False}
    sites = [
        real_site,
        build_site(make_site(tmp_path / "languages", docs=CASES / "languages" / "docs", theme=theme)),
        build_site(make_site(tmp_path / "good", theme=theme)),
    ]
    command = ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", "--exit-zero-always", *map(str, sites)]
    report = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True).stderr
    found = [
        m for m in json.loads(report)["messages"] if not any(map(str(m["message"]).startswith, (*THEME, *UNKNOWN)))
    ]
    found = [m for m in found if not is_image_of_markdown(m)]
    shown = {f"{re.sub('.*/(?=real|languages|good)', '', m['url'])}: {m['message']} {m.get('extract')}" for m in found}
    assert sorted(shown) == []
