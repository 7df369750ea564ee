"""Finds the files that ship with the program: the only module that knows where they lie.

In a wheel the templates are copied into the package; in a checkout (also under `pip install -e`) they are in the
sibling folder `templates/`, known by a marker file so that a stranger's folder of that name is never taken.
"""

from __future__ import annotations

import json
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_MARKER = ".briefing"


def templates() -> Path:
    """Return the folder that holds `pages/` and `theme/`; FileNotFoundError where the installation is broken."""
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (folder / _MARKER).is_file():
            return folder
    raise FileNotFoundError("the templates of mkdocs-briefing are not installed; reinstall the package")


SITE_NAME = "Our briefings"
"""What a new site is called until its author gives it a name."""


def project(name: str, engine: str = "mkdocs") -> dict[str, bytes]:
    """Return the files of a new site called `name` for an engine, by their path in it; `dot-` in the names of ours
    stands for a dot."""
    folder = templates() / "project"
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    files = {_dotted(path.relative_to(folder)): _named(path, name) for path in found}
    configurations = {file: files.pop(file) for file in ("mkdocs.yml", "zensical.toml")}
    own = "zensical.toml" if engine == "zensical" else f"{engine}.yml"
    files[own] = configurations.get(own, configurations["mkdocs.yml"])
    files["README.md"] = files["README.md"].replace(b"`mkdocs.yml`", f"`{own}`".encode())
    return files


def _dotted(path: Path) -> str:
    return "/".join(f".{part[4:]}" if part.startswith("dot-") else part for part in path.parts)


def _named(path: Path, name: str) -> bytes:
    """Return a file's content, with the site's name in its configuration. No text has it, since what is a name may
    have quotation marks, or mean something to Markdown."""
    content = path.read_bytes()
    if path.name not in ("mkdocs.yml", "zensical.toml"):
        return content
    # a string of JSON is one of YAML and of TOML, too
    return content.replace(b"SITE_NAME", json.dumps(name, ensure_ascii=False).encode())


def catalogue(language: str) -> Path:
    """Return the message catalogue of a language, which may not exist."""
    return _PACKAGE / "locale" / f"{language}.json"


def problems() -> str:
    """Return the manual's page of all problem codes, which `briefing explain` reads; FileNotFoundError as for
    templates."""
    for folder in (_PACKAGE / "manual", _PACKAGE.parent / "docs" / "manual"):
        if (folder / "problems.md").is_file() and (folder.parent == _PACKAGE or (templates() / _MARKER).is_file()):
            return (folder / "problems.md").read_text("utf-8")
    raise FileNotFoundError("the manual of mkdocs-briefing is not installed; reinstall the package")


def shipped() -> dict[str, bytes]:
    """Return every file of the program by its path in a wheel, wherever it lies here."""
    files = {f"briefing/{path}": content for path, content in _contents(_PACKAGE).items()}
    files |= {f"briefing/templates/{path}": content for path, content in _contents(templates()).items()}
    return dict(sorted({**files, "briefing/manual/problems.md": problems().encode()}.items()))


def _contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def schemas() -> dict[str, str]:
    """Return the JSON Schemas of the YAML files, by file name."""
    return {path.name: path.read_text("utf-8") for path in sorted((_PACKAGE / "schemas").glob("*.schema.json"))}
