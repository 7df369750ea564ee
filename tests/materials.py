"""The bill of materials of a release: `python -m tests.materials FILE` writes it, as CycloneDX 1.6 (JSON).

It lists the program, the packages that it needs here with their versions and licences (those of its extras as
optional), what needs what, and the files of others that it ships (templates/vendored/README.md) with their hashes. The
same environment gives the same bytes; `SOURCE_DATE_EPOCH` is its time.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROGRAM = "mkdocs-briefing"
EXTRAS = ("ingest", "references", "search", "dask")
"""Those of users, not those of developers."""
_VENDORED = re.compile(
    r"^\| `(?P<file>[^`]+)` \| (?P<version>\S+) \|.*\| (?P<licence>[\w.-]+), `[^`]+` \| `(?P<hash>\w{64})` \|$", re.M
)


def needed(name: str, extras: tuple[str, ...] = ()) -> dict[str, set[str]]:
    """What a package needs here, all the way down: by the name of each package, the names of those that it needs."""
    found: dict[str, set[str]] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(canonicalize_name(name), extra) for extra in ("", *extras)]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        found.setdefault(one[0], set())
        for requirement in _requirements(one[0], one[1]):
            inner = canonicalize_name(requirement.name)
            if _installed(inner):
                found[one[0]] |= {inner} - {one[0]}
                waiting += [(inner, extra) for extra in ("", *requirement.extras)]
    return found


def _requirements(name: str, extra: str) -> Iterator[Requirement]:
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None and extra:
            continue
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:  # of another system
        return None


def licence(name: str) -> str:
    """What a package says of its licence: an expression, else classifiers, else free text; empty for nothing."""
    about = distribution(name).metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier", [])
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    return " AND ".join(classified) or (about.get("License") or "").strip().partition("\n")[0]


def vendored() -> Iterator[dict[str, str]]:
    """The files of others: `file`, `version`, `licence` and `hash` (SHA-256) of each."""
    yield from (
        found.groupdict() for found in _VENDORED.finditer((ROOT / "templates/vendored/README.md").read_text("utf-8"))
    )


def bill() -> Bom:
    """The list itself."""
    whole, always = needed(PROGRAM, EXTRAS), needed(PROGRAM)
    parts = {name: _component(name, name in always) for name in sorted(whole)}
    program = parts.pop(PROGRAM)
    program.type = ComponentType.APPLICATION
    files = [
        Component(
            name=one["file"],
            type=ComponentType.FILE,
            version=one["version"],
            bom_ref=f"file:{one['file']}",
            licenses=[_licence(one["licence"])],
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one["hash"])],
        )
        for one in vendored()
    ]
    bom = Bom(components=[*parts.values(), *files])
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), timezone.utc)
    bom.serial_number = uuid5(
        NAMESPACE_URL, "\n".join(f"{one.purl or one.bom_ref}" for one in (program, *bom.components))
    )
    for name, inner in whole.items():
        own = [*map(parts.__getitem__, sorted(inner)), *(files if name == PROGRAM else ())]
        bom.register_dependency(program if name == PROGRAM else parts[name], own)
    return bom


def _component(name: str, always: bool) -> Component:
    found = distribution(name)
    purl = PackageURL("pypi", None, name, found.version)
    said = licence(name)
    return Component(
        name=name,
        version=found.version,
        purl=purl,
        bom_ref=str(purl),
        scope=ComponentScope.REQUIRED if always else ComponentScope.OPTIONAL,
        licenses=[_licence(said)] if said else [],
    )


def _licence(said: str) -> License:
    return LicenseFactory().make_from_string(said)


def main() -> None:
    file = Path(sys.argv[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(JsonV1Dot6(bill()).output_as_string(indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
