"""The site around briefings: its ordinary Markdown pages and its settings."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from msgspec import Struct

from briefing.model.places import Place, TextFile, in_file

if TYPE_CHECKING:
    from pathspec.gitignore import GitIgnoreSpec

_UNPUBLISHED = ("exclude_docs", "draft_docs")
"""MkDocs' settings for pages that no build publishes, as lines of a .gitignore file."""


def load_texts(docs: Path, among: Callable[[str], bool] = lambda name: True) -> Mapping[str, str]:
    """Return every Markdown page below the docs folder that a build publishes, by its path there; only those `among`
    the wanted ones."""
    names = [name for name in _page_names(docs) if among(name)]
    kept_back = [patterns(docs, name) for name in _UNPUBLISHED] if names else []
    return {name: load_text(docs / name) for name in names if not any(spec.match_file(name) for spec in kept_back)}


def load_text(path: Path) -> str:
    """Return one page, as MkDocs reads it: without a byte order mark, line ends as they are."""
    return path.read_bytes().decode("utf-8-sig", "replace")


def _page_names(docs: Path) -> Iterator[str]:
    """Yield the paths of all pages; hidden folders and files are none."""
    for folder, folders, files in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder) / name
            if name.endswith(".md") and not name.startswith(".") and path.is_file():
                yield path.relative_to(docs).as_posix()


_ZENSICAL = "zensical.toml"
_CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml", _ZENSICAL)


def docs_folder(path: Path) -> Path:
    """Return the docs folder above a path: named by the nearest configuration, else the one with people.yml, else the
    parent.

    Without any of these a briefing is alone and its parent folder serves, as a site of one.
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
    """Return the docs folder that an engine’s configuration in `folder` names; None where there is none."""
    files = (folder / name for name in _CONFIGURATIONS)
    return next((_docs_of(file) for file in files if file.is_file()), None)


def project_folder(docs: Path) -> Path | None:
    """Return the folder of the configuration whose docs folder this is; None where there is none."""
    docs = docs.resolve()
    return next((folder for folder in docs.parents if project_docs(folder) == docs), None)


def setting(docs: Path, name: str) -> str:
    """Return a plain setting of the plugin in a site's configuration, as it is written; empty where there is none."""
    for plugins in _nodes_at(_configuration(docs), "plugins"):
        entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
        for options in (options for entry in entries for options in _nodes_at(entry, "briefing")):
            for value in _nodes_at(options, name):
                return _scalar_text(value)
    return ""


def site_language(docs: Path) -> str:
    """Return the language of a site's own interface, as its configuration says it; empty where it does not."""
    found = (value for theme in _nodes_at(_configuration(docs), "theme") for value in _nodes_at(theme, "language"))
    return next(map(_scalar_text, found), "")


def own_templates(docs: Path) -> Path | None:
    """Return the folder of page templates that the plugin's setting `templates` names; None where there is none."""
    named, folder = setting(docs, "templates"), project_folder(docs)
    return folder / named if folder and named and (folder / named).is_dir() else None


def patterns(docs: Path, name: str) -> GitIgnoreSpec:
    """Return a setting of MkDocs itself that has lines of a .gitignore file; none where it is missing or cannot be
    read."""
    return spec_of(_setting_of(_configuration(docs), name))


def spec_of(lines: str) -> GitIgnoreSpec:
    """Return what MkDocs makes of such lines; without any where it refuses them."""
    from pathspec.gitignore import GitIgnoreSpec  # most commands read no such lines

    try:
        return GitIgnoreSpec.from_lines(lines.splitlines())
    except ValueError:
        return GitIgnoreSpec.from_lines(())


class Exclusions(Struct, frozen=True):
    """What a site's configuration leaves out of the site."""

    at: Place
    """Where it is said, or the whole file; relative to the docs folder."""
    file: TextFile | None
    """None where there is no place in it to point at."""
    lines: str
    """`exclude_docs`, inherited lines too."""
    is_toml: bool


def exclusions(docs: Path, used: Path | None = None) -> Iterator[Exclusions]:
    """Yield what each configuration of a docs folder leaves out; `used` is one that may have any name."""
    docs = docs.resolve()
    files = [folder / name for folder in docs.parents for name in _CONFIGURATIONS]
    files = [file for file in files if _is_configuration(file) and _docs_of(file) == docs]
    if used and used.is_file() and used.resolve() not in files:
        files.append(used.resolve())
    yield from (_read_exclusions(file, docs) for file in files)


def _is_configuration(file: Path) -> bool:
    return file.is_file() and (file.suffix != ".toml" or _compose_file(file) is not None)


def _read_exclusions(file: Path, docs: Path) -> Exclusions:
    name, text = relative_name(file, docs), _read_file(file) or ""
    if file.suffix == ".toml":
        return Exclusions(Place(name), None, _setting_of(_compose_file(file), "exclude_docs"), is_toml=True)
    keys = [key for key, _ in _node_pairs(_parse_nodes(text)) if key.value == "exclude_docs"]
    at = in_file(name, keys[0].start_mark.index, keys[0].end_mark.index) if keys else Place(name)
    lines = _setting_of(_compose_file(file), "exclude_docs")
    return Exclusions(at, TextFile(name, text) if keys else None, lines, is_toml=False)


def relative_name(file: Path, docs: Path) -> str:
    """Return a file as messages name it: from the docs folder, `..` and all."""
    try:
        return Path(os.path.relpath(file, docs)).as_posix()
    except ValueError:  # on another drive
        return file.as_posix()


def _configuration(docs: Path) -> yaml.Node | None:
    """Return the configuration whose docs folder this is."""
    folder = project_folder(docs)
    roots = (_compose_file(folder / file) for file in _CONFIGURATIONS) if folder else iter(())
    return next(filter(None, roots), None)


def _docs_of(file: Path) -> Path:
    return (file.parent / (_setting_of(_compose_file(file), "docs_dir") or "docs")).resolve()


def _setting_of(root: yaml.Node | None, name: str) -> str:
    return next((_scalar_text(value) for value in _nodes_at(root, name)), "")


def _scalar_text(node: yaml.Node) -> str:
    """Return a scalar as it is written; of `!ENV` what the environment says, or else the last in its list."""
    if node.tag == "!ENV" and isinstance(node, yaml.SequenceNode):
        *names, last = [str(each.value) for each in node.value] or [""]
        return next((os.environ[name] for name in names if name in os.environ), last)
    if not isinstance(node, yaml.ScalarNode):
        return ""
    return os.environ.get(node.value, "") if node.tag == "!ENV" else str(node.value)


def _nodes_at(node: yaml.Node | None, key: str) -> list[yaml.Node]:
    return [value for name, value in _node_pairs(node) if name.value == key]


def _node_pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _compose_file(file: Path, heirs: frozenset[Path] = frozenset()) -> yaml.Node | None:
    """Return a configuration with what it inherits, as `INHERIT` has it: a mapping is added to, anything else
    replaced."""
    text = _read_file(file)
    if file.suffix == ".toml":
        return _toml_project(text or "")
    root = _parse_nodes(text) if text is not None else None
    parent = _setting_of(root, "INHERIT")
    if not parent or file.resolve() in heirs:
        return root
    return _merge_nodes(_compose_file(file.parent / parent, heirs | {file.resolve()}), root)


def _toml_project(text: str) -> yaml.Node | None:
    """Return what Zensical reads of its own configuration; None where there is none that can be read."""
    # here, since few sites have one
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        project = tomllib.loads(text).get("project")
    except tomllib.TOMLDecodeError:
        return None
    # JSON is YAML, so everything else reads one kind of nodes
    return _parse_nodes(json.dumps(project, default=str)) if isinstance(project, dict) and project else None


def _merge_nodes(inherited: yaml.Node | None, own: yaml.Node | None) -> yaml.Node | None:
    if not isinstance(inherited, yaml.MappingNode) or not isinstance(own, yaml.MappingNode):
        return own or inherited
    merged = {str(key.value): (key, value) for key, value in inherited.value}
    for key, value in own.value:
        before = merged.get(str(key.value))
        merged[str(key.value)] = (key, _merge_nodes(before[1] if before else None, value))
    return yaml.MappingNode(own.tag, list(merged.values()))


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML has it: it takes a tenth of the time."""


@lru_cache(maxsize=8)  # one command asks for several settings of the same file
def _parse_nodes(text: str) -> yaml.Node | None:
    """Return a configuration's text; only nodes are read, so tags such as !ENV and !!python/name need no
    constructor."""
    try:
        return yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        return None


def _read_file(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
