"""Which engine builds a site, and what is said of one that cannot."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from briefing import engines
from briefing.engines import EngineUnusableError, choose_engine

INSTALLED = {"mkdocs": "1.6.1", "properdocs": "1.6.7", "zensical": "0.0.73"}

CHOICES = [
    # files, named, --config-file, engine, configuration
    ("mkdocs.yml", None, None, "mkdocs", "mkdocs.yml"),
    ("mkdocs.yaml", None, None, "mkdocs", "mkdocs.yaml"),
    ("properdocs.yml", None, None, "properdocs", "properdocs.yml"),
    ("zensical.toml", None, None, "zensical", "zensical.toml"),
    ("mkdocs.yml zensical.toml properdocs.yml", None, None, "mkdocs", "mkdocs.yml"),
    ("mkdocs.yml zensical.toml", "zensical", None, "zensical", "zensical.toml"),
    ("mkdocs.yml", "zensical", None, "zensical", "mkdocs.yml"),
    ("mkdocs.yml", "properdocs", None, "properdocs", "mkdocs.yml"),
    ("mkdocs.yml properdocs.yml", "properdocs", None, "properdocs", "properdocs.yml"),
    ("other.yml", None, "other.yml", "mkdocs", "other.yml"),
    ("other.toml", None, "other.toml", "zensical", "other.toml"),
    ("other.yml", "zensical", "other.yml", "zensical", "other.yml"),
    ("", None, None, "mkdocs", None),
    ("", "zensical", None, "zensical", None),
]


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    found = dict(INSTALLED)

    def version(name: str) -> str:
        if name not in found:
            raise PackageNotFoundError(name)
        return found[name]

    monkeypatch.setattr(engines, "version", version)
    monkeypatch.delenv(engines.UNTRIED, raising=False)
    return found


@pytest.mark.quick
@pytest.mark.parametrize(("files", "named", "given", "engine", "configuration"), CHOICES)
def test_the_engine_is_the_named_one_or_the_one_that_is_configured(
    tmp_path: Path, files: str, named: str | None, given: str | None, engine: str, configuration: str | None
) -> None:
    for name in files.split():
        (tmp_path / name).touch()
    chosen, file = choose_engine(named, tmp_path / given if given else None, tmp_path)
    assert (chosen.name, file and file.name) == (engine, configuration)


UNUSABLE = [
    ("zensical", None, "the engine “zensical” is not installed: pip install 'zensical>=0.0.60,<0.1'"),
    ("properdocs", "1.0", "properdocs 1.0 is too old: pip install 'properdocs>=1.6.7,<2'"),
    ("mkdocs", "2.0", "mkdocs 2.0 cannot be used yet (MkDocs 2 runs no plugins): pip install 'mkdocs>=1.6.1,<2'"),
    ("mkdocs", "2.0.0rc1", "mkdocs 2.0.0rc1 cannot be used yet"),
    ("zensical", "0.1.3", "zensical 0.1.3 cannot be used yet (nobody has tried it yet)"),
]


@pytest.mark.quick
@pytest.mark.parametrize(("engine", "version", "said"), UNUSABLE)
def test_an_engine_that_cannot_be_used_is_named_with_the_command_that_installs_one_that_can(
    tmp_path: Path, installed: dict[str, str], engine: str, version: str | None, said: str
) -> None:
    del installed[engine]
    if version:
        installed[engine] = version
    with pytest.raises(EngineUnusableError) as raised:
        choose_engine(engine, None, tmp_path)
    assert said in str(raised.value)


@pytest.mark.quick
def test_a_toml_is_not_read_by_mkdocs(tmp_path: Path) -> None:
    with pytest.raises(EngineUnusableError, match="is a configuration for Zensical: add --engine zensical"):
        choose_engine("mkdocs", tmp_path / "zensical.toml", tmp_path)


@pytest.mark.quick
def test_properdocs_does_not_take_the_place_of_mkdocs_where_that_runs() -> None:
    import mkdocs  # noqa: F401

    with pytest.raises(EngineUnusableError, match="needs one of its own"):
        engines.take_the_place_of_mkdocs()
