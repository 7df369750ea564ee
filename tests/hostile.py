"""Writes a site of briefings that try to break a page's layout: everything too long, too many, or in another script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 9
LONG_TITLE = ("A title that does not want to end and goes on about harbours, bridges and budgets; " * 5)[:400]
LONG_NOTE = " ".join(f"word{n}" for n in range(5000))
SCRIPTS = {
    "arabic": ("ar", "قالت رئيسة البلدية إن الجسر سيُبنى قبل عام 2030 وإن العبّارة ستظل تعمل حتى ذلك الحين."),
    "hebrew": ("he", "ראש העיר אמרה שהגשר ייבנה לפני שנת 2030 ושהמעבורת תמשיך לפעול עד אז."),
    "thai": ("th", "นายกเทศมนตรีกล่าวว่าสะพานจะสร้างเสร็จก่อนปี2030และเรือข้ามฟากจะยังให้บริการต่อไป" * 4),
    "chinese": ("zh", "市长表示，大桥将在2030年之前建成，在此之前渡轮将继续运行。" * 6),
    "emoji": ("en", "The mayor wrote 👩‍👩‍👧‍👦🏳️‍🌈🎉" + "🚢" * 200 + " about the bridge."),
}
"""By folder: the language, and a paragraph."""
WORDS = [f"mark{n}" for n in range(40)]


def write_hostile(docs: Path) -> list[str]:
    """The paths of the briefings that were written."""
    docs.mkdir(parents=True)
    (docs / "people.yml").write_text(f"jane: Jane {LONG_WORD}\n", "utf-8")
    briefings = {"huge": _huge(), "bare": _bare(), **{name: _script(*of) for name, of in SCRIPTS.items()}}
    for name, files in briefings.items():
        folder = docs / "briefings" / name
        folder.mkdir(parents=True)
        for file, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(text, "utf-8")
    return [f"briefings/{name}" for name in briefings]


def _about(title: str, language: str, **more: Any) -> dict[str, Any]:
    source = {"kind": "article", "language": language, "title": f"{title} 1", "rights": "Own.", "publish": "full"}
    about = {"title": title, "date": "2026-01-01", "language": language, "status": "published", "source": source}
    return {**about, **more}


def _bare() -> dict[str, Any]:
    """Neither quotations nor comments nor anything else: a source alone."""
    return {"briefing.yml": _about("Bare", "en"), "source.txt": "One sentence and nothing else.\n"}


def _huge() -> dict[str, Any]:
    """A title of 400 characters, words of 300, a note of 5,000 words, 40 marks that overlap in one paragraph."""
    quotes = [
        {
            "id": f"q{n}",
            "target": " ".join(WORDS[n : n + 5]),
            "kind": "reported",
            "speaker": "jane",
            "note": LONG_NOTE if n == 0 else f"Said {LONG_WORD} of it.",
            "tags": ["tag-" + "x" * 120],
        }
        for n in range(36)
    ]
    counted = {"type": "count", "basis": "measured"}
    figures = [
        {"id": f"f{n}", "target": f"counted {n + 100}", "label": f"{LONG_WORD} f{n}", "value": n + 100, **counted}
        for n in range(4)
    ]
    context = [
        {
            "id": "c",
            "target": {"exact": LONG_WORD, "prefix": "and"},
            "title": LONG_WORD,
            "note": "A `" + "code" * 80 + "` too.",
        }
    ]
    text = (
        f"Jane {LONG_WORD} said that "
        + " ".join(WORDS)
        + " "
        + " ".join(f"counted {n + 100}" for n in range(4))
        + f" and {LONG_WORD}."
    )
    comments = [{"id": f"k{n}", "text": f"{LONG_WORD} number {n}"} for n in range(2)]
    members = [{"id": f"k{n}", "stance": "critical", "words": LONG_WORD} for n in range(2)]
    themes = [
        {
            "id": "theme",
            "title": LONG_TITLE,
            "about": LONG_TITLE,
            "comments": members,
            "summary": f"One says {LONG_WORD} [@k0].",
        }
    ]
    summary = f"It says {LONG_WORD} [@q0; @q1; @q2; @q3]."
    about = _about(LONG_TITLE, "en", summary=summary, key_points=[summary], highlights=["q0", "f0"])
    about["people"] = {"jane": LONG_TITLE}
    return {
        "briefing.yml": about,
        "source.txt": text + "\n",
        "comments.yml": {"comments": comments, "scope": LONG_WORD},
        "annotations/all.yml": {"quotes": quotes, "figures": figures, "context": context, "themes": themes},
    }


def _script(language: str, text: str) -> dict[str, Any]:
    note = {"id": "note", "target": text, "title": text[:60], "note": text}
    return {
        "briefing.yml": _about(text[:80], language, summary=f"{text} [@note]."),
        "source.txt": f"{text}\n",
        "annotations/all.yml": {"context": [note]},
    }
