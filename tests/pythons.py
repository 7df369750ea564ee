"""The oldest and the newest Python here that the program may run on: `python -m tests.pythons oldest` prints a path.

Looked for are the programs of the search path, and the versions that pyenv keeps. Only the standard library is used,
for this runs before there is an environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 10)
"""As pyproject.toml says."""
UNTRIED = (3, 15)
"""The first that is not looked for."""


def found() -> dict[tuple[int, int], str]:
    """By version: a program that says it is of this version and can make an environment."""
    folders = [Path(name) for name in os.get_exec_path()]
    folders += sorted((Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions").glob("*/bin"))
    wanted = [(OLDEST[0], minor) for minor in range(OLDEST[1], UNTRIED[1])]
    pythons: dict[tuple[int, int], str] = {}
    for version in wanted:
        for program in (folder / "python{}.{}".format(*version) for folder in folders):
            if version not in pythons and _is(program, version):
                pythons[version] = str(program)
    return pythons


def _is(program: Path, version: tuple[int, int]) -> bool:
    """Whether a program is there and is that Python; a shim of pyenv is there and runs nothing."""
    if not os.access(program, os.X_OK):
        return False
    asked = "import sys, ensurepip, venv; print(*sys.version_info[:2])"
    said = subprocess.run([str(program), "-c", asked], capture_output=True, text=True, check=False).stdout
    return said.split() == [str(part) for part in version]


def main() -> None:
    choose = {"oldest": min, "newest": max}.get(sys.argv[-1])
    pythons = found()
    if choose is None or not pythons:
        sys.exit(__doc__ if choose is None else "there is no Python that the program may run on")
    print(pythons[choose(pythons)])


if __name__ == "__main__":
    main()
