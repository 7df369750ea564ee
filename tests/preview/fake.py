"""An engine for tests: its pages are the files of the docs folder, in capitals."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from briefing.preview.builder import BuildFailedError, FreshBriefing, WholeBuild


class FakeSite:
    """Builds every file of a docs folder, and every briefing as the one page that its `briefing.yml` holds."""

    def __init__(self, folder: Path) -> None:
        self.docs, self.out = folder / "docs", folder / "out"
        self.builds = self.refreshed = 0
        self.during: Callable[[], None] = lambda: None
        """Called in the middle of a whole build."""

    @property
    def watched(self) -> Collection[Path]:
        return {self.docs}

    def build(self, give_way: Callable[[], None]) -> WholeBuild:
        self.builds += 1
        folder = self.out / str(self.builds)
        mains = sorted(self.docs.rglob("briefing.yml"))
        texts = {path.parent.relative_to(self.docs).as_posix(): path.read_text("utf-8") for path in mains}
        if "BROKEN" in texts.values():
            raise BuildFailedError("a briefing is BROKEN")
        shutil.copytree(self.docs, folder, ignore=shutil.ignore_patterns("briefing.yml"))
        for path, text in texts.items():
            (folder / path / "index.html").write_text(page(text), "utf-8")
        self.during()
        return WholeBuild(folder, frozenset(texts))

    def refresh(self, briefing: str) -> FreshBriefing | None:
        self.refreshed += 1
        main = self.docs / briefing / "briefing.yml"
        if not main.exists():
            return None
        content = page(main.read_text("utf-8")).encode()
        return FreshBriefing({f"{briefing}/index.html": lambda: content})

    def clean(self) -> None:
        shutil.rmtree(self.out, ignore_errors=True)


def page(text: str) -> str:
    return f"<html><body>{text.upper()}</body></html>"


def make(folder: Path, **briefings: str) -> FakeSite:
    for name, text in {"one": "first", "two": "second", **briefings}.items():
        write(folder, name, text)
    (folder / "docs/index.html").write_text(page("home"), "utf-8")
    return FakeSite(folder)


def write(folder: Path, briefing: str, text: str) -> Path:
    """Write a briefing, and give the file."""
    file = folder / "docs" / "briefings" / briefing / "briefing.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file
