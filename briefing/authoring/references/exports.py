"""Read works out of what other programs export: CSL JSON, BibTeX, RIS, Zotero RDF.

A file may come from anywhere: it is bounded, and whatever is wrong with it is a WorkError in words.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from briefing.authoring.references.works import FoundWork, WorkError, as_spoken, cleaned
from briefing.readers.reading import UnreadableDocument, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

MOST_BYTES = 5_000_000
"""Of an export; ten thousand works with abstracts are less."""
MOST_WORKS = 2_000
"""Of one file; more is a library, not what a briefing cites."""
MOST_PARTS = {"BibTeX": 10_000, "RIS": 200_000}
"""Entries, strings and comments, and lines: the libraries that read them take time out of proportion for more."""
INSTALL = "install what reads it: pip install 'mkdocs-briefing[references]'"


def read_export(data: bytes, name: str) -> tuple[FoundWork, ...]:
    """Return the works of an export, in its order; how it is read is decided by its content, then by its name.

    Raises WorkError, and nothing else.
    """
    if len(data) > MOST_BYTES:
        raise WorkError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB: export only the works that you cite")
    try:
        text = decode(data, "").text.lstrip("\ufeff \t\r\n")
    except UnreadableDocument as error:
        raise WorkError(f"{name} cannot be read: {error}") from error
    kind = kind_of(text, name)
    if not kind:
        what = "CSL JSON, BibTeX, RIS or Zotero RDF"
        raise WorkError(f"{name} is no export that is known here: export the works as {what}, or name a saved page")
    lines = max(text.count("\n"), text.count("\r"))
    parts = sum(1 for _ in re.finditer(r"@\w+\s*[{(]", text)) if kind == "BibTeX" else lines
    if parts > MOST_PARTS.get(kind, parts):
        what = "entries" if kind == "BibTeX" else "lines"
        raise WorkError(f"{name} has more than {MOST_PARTS[kind]:,} {what}: export only the works that you cite")
    found = map(cleaned, READERS[kind](text, name))
    works = tuple(work for work in found if work.title or work.url or work.isbn)
    if not works:
        raise WorkError(f"there are no works in {name}, read as {kind}")
    _check_number(len(works), name)
    return works


def _check_number(works: int, name: str) -> None:
    if works > MOST_WORKS:
        raise WorkError(f"{name} has {works:,} works: export only those that you cite")


def kind_of(text: str, name: str) -> str:
    """Return what kind of export a text is; empty for none."""
    ending = name.lower().rpartition(".")[2]
    begins = {
        "CSL JSON": r"[\[{]",
        "RIS": r"TY {1,2}- ",
        "Zotero RDF": r"(?:<\?xml[^>]{0,200}\?>\s*)?<rdf:RDF\b",
        "BibTeX": r"(?:%[^\n]*\n\s*|[^@<{\[]{0,2000}?)@\w+\s*[{(]",
    }
    by_content = [kind for kind, start in begins.items() if re.match(start, text)]
    endings = {"json": "CSL JSON", "ris": "RIS", "bib": "BibTeX", "rdf": "Zotero RDF"}
    return by_content[0] if by_content else endings.get(ending, "")


# --- CSL JSON ---------------------------------------------------------------------------------------------------


def _csl_json(text: str, name: str) -> Iterable[FoundWork]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WorkError(f"{name} is no JSON that can be read: {str(error)[:100]}") from error
    items = data.get("items", [data]) if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise WorkError(f"{name} is JSON, but no list of works: export it as CSL JSON")
    _check_number(len(items), name)
    return [csl_work(item) for item in items]


def csl_work(item: Mapping[str, Any]) -> FoundWork:
    """Return a work of CSL JSON; what is not as its schema has it is left out."""
    container, publisher = (_first_text(item.get(key)) for key in ("container-title", "publisher"))
    return FoundWork(
        key=_first_text(item.get("citation-key") or item.get("id")),
        title=_plain(_first_text(item.get("title"))),
        authors=_csl_names(item.get("author")) or _csl_names(item.get("editor")),
        publisher=_plain(container or publisher),
        url=_first_text(item.get("URL")),
        published=_csl_date(item.get("issued")),
        language=_first_text(item.get("language")),
        doi=_first_text(item.get("DOI")),
        isbn=_first_text(item.get("ISBN")).split(" ")[0],
        checked=_csl_date(item.get("accessed")),
        volume=_first_text(item.get("volume")),
        issue=_first_text(item.get("issue")),
        pages=_first_text(item.get("page")),
    )


def _first_text(value: Any) -> str:
    if isinstance(value, list):
        return _first_text(value[0]) if value else ""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _plain(text: str) -> str:
    """Return a title without the few tags that CSL JSON has for italics and the like."""
    return re.sub(r"</?(?:i|b|em|strong|sub|sup|sc|span)\b[^<>]{0,100}>", "", text)


def _csl_names(value: Any) -> tuple[str, ...]:
    people = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    parts = ("given", "non-dropping-particle", "dropping-particle", "family", "suffix")
    names = (
        _first_text(one.get("literal")) or " ".join(filter(None, (_first_text(one.get(part)) for part in parts)))
        for one in people
    )
    return tuple(name for name in names if name.strip())


def _csl_date(value: Any) -> str:
    if not isinstance(value, dict):
        return _first_text(value)
    rows = value.get("date-parts")
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    parts = [str(part).zfill(2) for part in first[:3] if isinstance(part, str | int)]
    return "-".join(parts) or _first_text(value.get("raw") or value.get("literal"))


# --- BibTeX -----------------------------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_LATEX = ("title", "author", "editor", "journal", "journaltitle", "booktitle", "publisher", "institution", "school")


def _bibtex(text: str, name: str) -> Iterable[FoundWork]:
    with _library(name):
        from bibtexparser.entrypoint import parse_string
        from pylatexenc.latex2text import LatexNodes2Text

    # it logs each entry that it cannot read, which is said once below
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    to_text = LatexNodes2Text(keep_comments=True).latex_to_text
    try:
        library = parse_string(text)
        entries = [(one.key, {key.lower(): str(field.value) for key, field in one.fields_dict.items()})
                   for one in library.entries[: MOST_WORKS + 1]]  # fmt: skip
    except Exception as error:
        raise WorkError(f"{name} is no BibTeX that can be read: {str(error)[:100]}") from error
    if not entries and library.failed_blocks:
        line = min((block.start_line or 0) + 1 for block in library.failed_blocks)
        raise WorkError(f"{name} is no BibTeX that can be read: there is a mistake in line {line}")
    return [_bibtex_work(key, fields, to_text) for key, fields in entries]


def _bibtex_work(key: str, fields: Mapping[str, str], to_text: Callable[[str], str]) -> FoundWork:
    def read(*names: str) -> str:
        found = next((name for name in names if fields.get(name)), "")
        if found not in _IN_LATEX or not re.search(r"[\\{}$~]|--", fields[found]):
            return " ".join(fields.get(found, "").split())
        try:
            return " ".join(to_text(fields[found][:5000]).split())
        except Exception:  # whatever is wrong with it, its letters are what there is
            return re.sub(r"[{}\\]", "", fields[found])

    month = fields.get("month", "").strip('{}" ').lower()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdigit() else 0
    year = read("year")
    return FoundWork(
        key=key,
        title=read("title"),
        authors=tuple(map(_bibtex_name, _bibtex_names(read, fields))),
        publisher=read("journaltitle", "journal", "booktitle", "publisher", "institution", "school", "howpublished"),
        url=read("url"),
        published=read("date") or (f"{year}-{number:02}" if year and 0 < number < 13 else year),
        language=next((tag for tag in (read("language"), read("langid")) if len(tag) in (2, 3, 5)), ""),
        doi=read("doi"),
        isbn=read("isbn").split(" ")[0],
        checked=read("urldate"),
        volume=read("volume"),
        issue=read("number", "issue"),
        pages=read("pages"),
    )


def _bibtex_names(read: Callable[..., str], fields: Mapping[str, str]) -> list[str]:
    """Return names as they are separated, at an `and` that is in no braces; those in braces are an organisation's."""
    written, depth, parts = fields.get("author") or fields.get("editor") or "", 0, [""]
    for piece in re.split(r"([{}]|(?<!\s)\s+and\s+)", written[:20_000]):
        depth += (piece == "{") - (piece == "}")
        if piece.strip() == "and" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    whole = read("author", "editor")
    return [part for part in parts if part.strip()] if len(parts) > 1 or written.strip().startswith("{") else [whole]


def _bibtex_name(name: str) -> str:
    written = name.strip()
    if written.startswith("{") and written.endswith("}"):
        return written.strip("{}")
    return as_spoken(re.sub(r"[{}]", "", _latex(written)))


def _latex(text: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    try:
        return str(LatexNodes2Text().latex_to_text(text)) if "\\" in text else text
    except Exception:
        return text


# --- RIS --------------------------------------------------------------------------------------------------------


def _ris(text: str, name: str) -> Iterable[FoundWork]:
    with _library(name):
        import rispy
    try:
        return [_ris_work(entry) for entry in rispy.loads(text.replace("\r\n", "\n").replace("\r", "\n"))]
    except Exception as error:
        raise WorkError(f"{name} is no RIS that can be read: {str(error)[:100]}") from error


def _ris_work(entry: Mapping[str, Any]) -> FoundWork:
    def read(*names: str) -> str:
        return next((_first_text(entry[name]) for name in names if _first_text(entry.get(name))), "")

    authors = entry.get("authors") or entry.get("first_authors") or entry.get("secondary_authors") or []
    number = read("issn", "isbn")
    return FoundWork(
        key=read("id"),
        title=read("title", "primary_title"),
        authors=tuple(as_spoken(name) for name in authors if isinstance(name, str)),
        publisher=read("journal_name", "secondary_title", "alternate_title3", "publisher"),
        url=read("urls", "url", "link"),
        published=read("date", "year", "publication_year"),
        language=read("language"),
        doi=read("doi"),
        isbn=number.split(" ")[0],
        checked=read("access_date"),
        volume=read("volume"),
        issue=read("number"),
        pages="–".join(dict.fromkeys(filter(None, (read("start_page"), read("end_page"))))),
    )


# --- Zotero RDF -------------------------------------------------------------------------------------------------

_NAMES = {
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
}
_NO_WORKS = ("attachment", "note", "annotation")


def _zotero_rdf(text: str, name: str) -> Iterable[FoundWork]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WorkError(f"{name} is no RDF that can be read: {str(error)[:100]}") from error
    about = {node.get(f"{{{_NAMES['rdf']}}}about"): node for node in root if isinstance(node.tag, str)}
    found = (node for node in root if isinstance(node.tag, str) and _said(node, "z:itemType") not in ("", *_NO_WORKS))
    return [_rdf_work(node, about) for node in found]


def _rdf_work(node: etree._Element, about: Mapping[Any, etree._Element]) -> FoundWork:
    inside = node.find("dcterms:isPartOf", _NAMES)
    whole = None if inside is None else next(iter(inside), about.get(inside.get(f"{{{_NAMES['rdf']}}}resource")))
    identifiers = [each for part in (node, whole) if part is not None for each in _all_said(part, "dc:identifier")]
    numbers = {kind: rest for kind, _, rest in (each.partition(" ") for each in reversed(identifiers))}
    people = node.iterfind("bib:authors//foaf:Person", _NAMES)
    names = (
        f"{_said(one, 'foaf:givenName')} {_said(one, 'foaf:givenname')} {_said(one, 'foaf:surname')}" for one in people
    )
    return FoundWork(
        key=_said(node, "z:citationKey"),
        title=_said(node, "dc:title"),
        authors=tuple(" ".join(name.split()) for name in names if name.strip()),
        publisher=("" if whole is None else _said(whole, "dc:title")) or _said(node, "dc:publisher//foaf:name"),
        url=_said(node, "dc:identifier/dcterms:URI/rdf:value"),
        published=_said(node, "dc:date"),
        language=_said(node, "z:language"),
        doi=numbers.get("DOI", ""),
        isbn=numbers.get("ISBN", "").split(" ")[0],
        checked=_said(node, "dcterms:dateSubmitted"),
        volume=_said_of_either(node, whole, "prism:volume"),
        issue=_said_of_either(node, whole, "prism:number"),
        pages=_said(node, "bib:pages"),
    )


def _said_of_either(node: etree._Element, whole: etree._Element | None, path: str) -> str:
    """Return what is said of a work, or else of what it is in."""
    return _said(node, path) or ("" if whole is None else _said(whole, path))


def _said(node: etree._Element, path: str) -> str:
    return next(iter(_all_said(node, path)), "")


def _all_said(node: etree._Element, path: str) -> Sequence[str]:
    return [" ".join(each.text.split()) for each in node.iterfind(path, _NAMES) if each.text and each.text.strip()]


# --- shared -----------------------------------------------------------------------------------------------------


@contextmanager
def _library(name: str) -> Iterator[None]:
    """Import a module within this: WorkError, with how to install it, where it is not there."""
    try:
        yield
    except ImportError as error:
        raise WorkError(f"{name} cannot be read: {INSTALL}; or export it as CSL JSON, which needs nothing") from error


READERS: Mapping[str, Callable[[str, str], Iterable[FoundWork]]] = {
    "CSL JSON": _csl_json,
    "BibTeX": _bibtex,
    "RIS": _ris,
    "Zotero RDF": _zotero_rdf,
}
