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


def setting(docs: Path, name: str) -> str:
    """A plain setting of the plugin in the mkdocs.yml of a docs folder, as it is written; empty where there is none."""
    for plugins in _values(_configuration(docs), "plugins"):
        entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
        for options in (options for entry in entries for options in _values(entry, "briefing")):
            for value in _values(options, name):
                return str(value.value)
    return ""


def site_setting(docs: Path, name: str) -> str:
    """A plain setting of MkDocs itself, likewise."""
    return next((str(value.value) for value in _values(_configuration(docs), name)), "")


def _configuration(docs: Path) -> yaml.Node | None:
    """The mkdocs.yml whose docs folder this is."""
    for folder in docs.resolve().parents:
        if project_docs(folder) == docs.resolve():
            return next((root for file in _CONFIGURATIONS if (root := _composed(folder / file))), None)
    return None


def _values(node: yaml.Node | None, key: str) -> list[yaml.Node]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return [value for name, value in pairs if name.value == key]


def _composed(file: Path) -> yaml.Node | None:
    """A configuration; only nodes are read, so tags such as !ENV and !!python/name need no constructor."""
    try:
        return yaml.compose(file.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None


def _docs_dir(file: Path) -> str:
    found = (value for value in _values(_composed(file), "docs_dir") if isinstance(value, yaml.ScalarNode))
    return next((str(value.value) for value in found), "docs")
