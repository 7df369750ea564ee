"""Writes a site in which every text of every record is an attack, by walking the input models: a new field joins in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from briefing.load.schema.annotations import AnnotationsFile
from briefing.load.schema.briefing import BriefingFile, CommentsFile, ReferencesFile
from briefing.load.schema.fields import bare, label, reason, text, verbatim, word, written
from briefing.load.schema.inputs import Before, Input, Reads, keys, models_in

TEXTS = {text, verbatim, reason, word, bare, label, written}
FORMATTED = {"reader", "encoding", "elements", "file"}
"""Texts with a form of their own."""


def attack(name: str) -> str:
    """Everything that begins something in Markdown, HTML, attributes or scripts, with a name to know it by."""
    return (
        f"{name} ![x](/hit-{name}.png){{: onerror=hit() }} *[HTML]: x <img src=/hit-{name} onerror=hit()> "
        f"\"' onmouseover=hit() x=' [l](javascript:hit()) {{: .hit onclick=hit() style=color:red }} "
        "</title></script><script>hit()</script> {{ hit }} `x` | --> <style>*{color:red}</style><svg onload=hit()>"
        "<base href=//x.invalid/><meta http-equiv=refresh content=0;url=/hit-x><form action=/hit-x><b class=hit>"
    )


def in_prose(name: str) -> str:
    """The same as an author may write it: as code."""
    return f"Words of {name} `{attack(name).replace('`', '')}`."


Write = Callable[[type[Input], str, str], str]
"""Gives the text of a model's field, by a name that no other one has."""


def hostile(model: type[Input], key: str, name: str) -> str:
    """An attack."""
    return in_prose(name) if written in set(_readers(keys(model)[key].hint)) else attack(name)


def filled(model: type[Input], given: dict[str, Any], name: str = "at", write: Write = hostile) -> dict[str, Any]:
    """What is given, with a text in every other field of the model, and of those within it, that holds one."""
    made = dict(given)
    for key, field in keys(model).items():
        own, inner = f"{name}-{key}".replace("_", "-"), list(models_in(field.hint))
        readers = set(_readers(field.hint))
        if key in made and isinstance(made[key], dict) and inner and get_origin(field.hint) is not dict:
            made[key] = filled(inner[-1], made[key], own, write)
        elif key in made and isinstance(made[key], list) and inner:
            made[key] = [
                filled(inner[-1], one, f"{own}{n}", write) if isinstance(one, dict) else one
                for n, one in enumerate(made[key])
            ]
        elif key not in (*made, *FORMATTED) and not inner and readers & TEXTS and not _closed(field.hint):
            made[key] = write(model, key, own)
    return made


def text_fields(model: type[Input]) -> Iterator[tuple[type[Input], str]]:
    """Every field of a model, and of those within it, that holds a text; of each model once."""
    models = [model]
    for one in models:
        for key, field in keys(one).items():
            models += [inner for inner in models_in(field.hint) if inner not in models]
            if set(_readers(field.hint)) & TEXTS and not _closed(field.hint):
                yield one, key


def _readers(hint: Any) -> Iterator[Any]:
    """What reads the texts that an annotation leads to, without those in models."""
    for part in (*get_args(hint), *getattr(hint, "__metadata__", ())):
        yield from [part.read] if isinstance(part, Reads | Before) else _readers(part)


def _closed(hint: Any) -> bool:
    """Whether only certain words are allowed."""
    return "Literal" in repr(hint)


DAY, URL = "2026-01-01", "https://example.org/x?a=1&b='hit()*[x](y)'"
SAID = attack("said").replace('"', "").replace("|", "")
SOURCE = [
    f"Jane said: “{SAID}”",
    f"The council counted £300 {attack('figure')} in 2024.",
    f"It has a thing {attack('thing')} beside it.",
    "It opens in 2027.",
]
"""Paragraphs."""


def record(id: str, target: str = "", **more: Any) -> dict[str, Any]:
    given = {"id": id, "was": [f"{id}-before"], "status": "published", **more}
    return {**given, "in": "", "target": target} if target else given


def write_everywhere(docs: Path) -> None:
    """The folder of a site: people.yml, measures.yml, one briefing at `b`, and a page that embeds its cards."""
    judged = {"verdict": "disputed", "date": DAY, "evidence": ["work"]}
    quotes = [
        record("said", SAID, speaker="jane", via=["co"], kind="fragment", attribution="Jane said", assessment=judged)
        | {"translation": {}}
    ]
    points = [{"period": str(2020 + n), "value": n, "cite": "work"} for n in range(4)]
    figure = {"type": "amount", "basis": "claim", "speaker": "jane", "measure": "boats", "value": 300}
    series = {"series": {"points": points}, "unit": "pounds", "label": attack("figure-label"), "assessment": judged}
    figures = [record("sum", SOURCE[1].partition("counted ")[2].rstrip("."), **figure, **series)]
    figures.append(record("day", "opens in 2027", type="date", basis="claim", speaker="jane", measure="", value=2027))
    derived = [record("twice", formula="sum * two", inputs=[{"name": "two", "cite": "work", "value": 2}], value=600)]
    context = [record("thing", SOURCE[2].partition("has a ")[2].removesuffix(" beside it."), note=in_prose("context"))]
    stances = [{"id": f"c{n}", "stance": ("critical", "supportive")[n % 2]} for n in range(12)]
    members = [{**one, "words": attack("word").split(" ", 1)[1]} for one in stances]
    comments = [
        {"id": f"c{n}", "text": f"{n} {attack('word')}", "date": DAY, "reply_to": "c0" if n else "", "votes": n}
        for n in range(14)
    ]
    comments[2]["text"] += f" {attack('hidden')}"
    themes = [record("theme", comments=members, summary=in_prose("theme")[:-1] + " [@c0].")]
    withdrawn = [{"id": "gone", "from": "quotes", "date": DAY}]
    annotations = {"quotes": quotes, "figures": figures, "derived": derived, "context": context, "themes": themes}
    about: dict[str, Any] = {"date": DAY, "language": "en", "status": "published", "highlights": ["said", "sum"]}
    about |= {"key_points": [in_prose("point") + " [@said]"], "people": {"jane": attack("role"), "co": attack("role2")}}
    about |= {"allow": [], "ignore": [], "aliases": ["was/b"], "summary": in_prose("summary") + " [@said; @sum; @work]"}
    about["source"] = {
        "kind": "article",
        "language": "nl",
        "url": URL,
        "published": DAY,
        "retrieved": DAY,
        "publish": "full",
        "speaker": "",
        "left_out": [{"text": attack("left")}],
    }
    text = "\n".join(SOURCE) + "\n"
    original = text + attack("left") + "\n" + "".join(f"{one['text']}\n" for one in comments)
    about["source"]["original"] = {"file": "original.txt", "sha256": hashlib.sha256(original.encode()).hexdigest()}
    works = [{"id": "work", "url": URL, "published": DAY, "checked": DAY, "archived": URL, "language": "en"}]
    works[0]["excerpts"] = [{"id": "x", "exact": "0 1 2 3 2020 2021 2022 2023 " + attack("excerpt")}]  # type: ignore[assignment]
    aside = [{"comment": f"c{n}", "reason": "spam"} for n in (12, 13)]
    files = {
        "people.yml": {id: {"name": attack(id), "kind": "person", "same_as": URL} for id in ("jane", "co")},
        "measures.yml": {"boats": {"label": attack("measure"), "unit": "pounds"}},
        "b/briefing.yml": filled(BriefingFile, about),
        "b/comments.yml": filled(
            CommentsFile,
            {"comments": comments, "set_aside": aside, "show_authors": True, "hide_names": [attack("hidden")]},
        ),
        "b/references.yml": filled(ReferencesFile, {"references": works}),
        "b/annotations/all.yml": filled(AnnotationsFile, {**annotations, "withdrawn": withdrawn}),
    }
    for name, content in files.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    (docs / "b/source.txt").write_text(text, "utf-8")
    (docs / "b/original.txt").write_text(original, "utf-8")
    cards = "".join(f"<!-- briefing: b/{id} -->\n\n" for id in ("said", "sum", "twice", "thing", "theme"))
    (docs / "index.md").write_text(f"# Home\n\n<!-- briefings -->\n\nSee [@b/said].\n\n{cards}", "utf-8")
