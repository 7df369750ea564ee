"""Finds the docs folder that a path belongs to, so that a check can be asked of any folder or file."""

from __future__ import annotations

from pathlib import Path

import yaml

_CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml")


def docs_folder(path: Path) -> Path:
    """The docs folder above a path: named by the nearest mkdocs.yml, else the one with people.yml, else the parent.

    Without any of these a briefing stands alone and its parent folder serves, as a site of one.
    """
    path = path.resolve()
    above = [path, *path.parents]
    for folder in above:
        docs = project_docs(folder)
        if docs and (docs == path or docs in path.parents or folder == path):
            return docs
    for folder in above:
        if (folder / "people.yml").is_file():
            return folder
    briefing = next((folder for folder in above if (folder / "briefing.yml").is_file()), None)
    return briefing.parent if briefing else path


def project_docs(folder: Path) -> Path | None:
    """The docs folder that the mkdocs.yml in `folder` names; None where there is no readable one."""
    for name in _CONFIGURATIONS:
        file = folder / name
        if file.is_file():
            return (folder / _docs_dir(file)).resolve()
    return None


def _docs_dir(file: Path) -> str:
    """The setting docs_dir. Only nodes are read, so tags such as !ENV and !!python/name need no constructor."""
    try:
        root = yaml.compose(file.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return "docs"
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "docs_dir" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return "docs"
