"""Items of CSL-JSON as files for reference managers: CSL-JSON itself, BibTeX and RIS.

All three say the same: the other two are made from the first alone, so that whoever checks a site can make them again
and compare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Items = Sequence[Mapping[str, Any]]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "&%$#_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
"""What TeX reads as its own; braces are not only escaped, because BibTeX counts them all the same."""


_TEX_OWN = re.compile(f"[{re.escape(''.join(map(chr, _TEX)))}]")
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_NO_KEY = re.compile(r"[^\w./:-]")


def csl_json(items: Items) -> str:
    """Return items with one on each line."""
    return "[\n" + ",\n".join(map(_ENCODER.encode, items)) + "\n]\n"


def bibtex(items: Items) -> str:
    """Return items as BibTeX, which biblatex reads too: `misc` for a page, `incollection` for a part of one.

    Titles and names in two pairs of braces keep their capitals, and are not taken apart.
    """
    return "\n".join(map(_bibtex_entry, items))


def _bibtex_entry(item: Mapping[str, Any]) -> str:
    part = item["type"] == "chapter"
    year, month, day = item["issued"]["date-parts"][0]
    fields = {
        "author": " and ".join(map(_bibtex_name, item.get("author", ()))),
        "title": f"{{{_tex(item['title'])}}}",
        "booktitle": f"{{{_tex(item['container-title'])}}}" if part else "",
        "howpublished": "" if part else _tex(item.get("container-title", "")),
        "publisher": _tex(item.get("publisher", "")),
        "year": str(year),
        "month": _MONTHS[month - 1],
        "day": str(day),
        "url": item.get("URL", ""),
        "language": item["language"],
        "keywords": _tex(item.get("keyword", "")),
        "abstract": _tex(item.get("abstract", "")),
    }
    written = (
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value
    )
    return f"@{'incollection' if part else 'misc'}{{{_key(item['id'])},\n{''.join(written)}}}\n"


def _bibtex_name(name: Mapping[str, str]) -> str:
    return f"{{{_tex(name['literal'])}}}" if "literal" in name else f"{_tex(family_of(name))}, {_tex(name['given'])}"


def family_of(name: Mapping[str, str]) -> str:
    """Return the family name of an item's author as it is cited, with the particle before it: "von der Leyen"."""
    return " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))


def _key(id: str) -> str:
    """Return the key of an item without what would end it: folders may have any name."""
    return _NO_KEY.sub("-", id)


def _tex(text: str) -> str:
    return text.translate(_TEX) if _TEX_OWN.search(text) else text


def ris(items: Items) -> str:
    """Return items as RIS: an electronic source, and chapters of it."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(items))


def _tags(items: Items) -> Iterator[tuple[str, str]]:
    for item in items:
        year, month, day = item["issued"]["date-parts"][0]
        yield "TY", "CHAP" if item["type"] == "chapter" else "ELEC"
        yield "ID", _key(item["id"])
        yield from (("AU", one.get("literal") or f"{family_of(one)}, {one['given']}") for one in item.get("author", ()))
        yield "TI", item["title"]
        rest = {"T2": "container-title", "PB": "publisher", "UR": "URL", "LA": "language", "AB": "abstract"}
        yield "PY", str(year)
        yield "DA", f"{year:04}/{month:02}/{day:02}/"
        yield from ((tag, item[name]) for tag, name in rest.items() if name in item)
        yield from (("KW", word) for word in item.get("keyword", "").split(", ") if word)
        yield "ER", ""


FORMATS: Mapping[str, Callable[[Items], str]] = {
    "citations.json": csl_json,
    "citations.bib": bibtex,
    "citations.ris": ris,
}
"""The files of a briefing's citations by their names."""
