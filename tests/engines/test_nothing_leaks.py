"""What is written and not published is in no file of a site, whatever the engine and the theme."""

from __future__ import annotations

from functools import partial
from itertools import repeat
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from tests.editor.test_published import traces
from tests.engines.combinations import OTHERS, Combination, build, materialx
from tests.shared import made_once
from tests.site.test_no_leaks import (
    SECRETS,
    bare,
    briefing_of,
    correct_since_release,
    readings,
    uncited_sentences,
    write,
)
from tests.sites import make_site


def _make(folder: Path, factory: pytest.TempPathFactory) -> None:
    make_site(folder, site_url="https://example.org/")
    write(folder / "docs")
    correct_since_release(folder / "docs")
    configuration = make_site(folder, docs=None, site_url="https://example.org/")
    sites = [folder / str(combination) for combination in OTHERS]
    with ThreadPool(2) as pool:
        pool.starmap(
            partial(build, materialx=materialx(factory), strict=False),
            zip(OTHERS, repeat(configuration), sites, strict=False),
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "engines-leak-nothing", partial(_make, factory=tmp_path_factory))


@pytest.mark.parametrize("combination", OTHERS, ids=str)
def test_what_is_not_published_is_in_no_file(made: Path, combination: Combination) -> None:
    hidden = {**SECRETS, **{words: words for words in uncited_sentences(briefing_of(made))}}
    assert len(hidden) > 90
    files = [path for path in sorted((made / str(combination)).rglob("*")) if path.is_file()]
    texts = {path: "\n".join(map(bare, readings(path.read_bytes()))) for path in files}
    assert any(bare("ferry") in text for text in texts.values())
    assert [(path.name, name) for name, words in hidden.items() for path in files if bare(words) in texts[path]] == []


@pytest.mark.parametrize("combination", OTHERS, ids=str)
def test_nothing_that_a_preview_or_the_store_keeps_is_in_a_site(made: Path, combination: Combination) -> None:
    names = {path.relative_to(made / str(combination)).parts[0] for path in (made / str(combination)).rglob("*")}
    assert not names & {".cache", ".briefing", "docs"}
    pages = [path.read_text("utf-8") for path in (made / str(combination)).rglob("*.html")]
    assert pages
    assert [page[:200] for page in pages if "bf-draft" in page.replace("bf-drafts.css", "")] == []
    assert traces(made / str(combination)) == {}
