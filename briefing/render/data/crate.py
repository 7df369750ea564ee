"""A briefing as an RO-Crate (https://www.researchobject.org/ro-crate/), as repositories of research data ask for.

It says what the folder of a built briefing holds, who wrote it and what it is based on. Only what is recorded is said:
of authors not whether each is a person or an organisation, and of a licence nothing but what the source's rights say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from briefing import __version__
from briefing.model import Attachment, Briefing, Reference
from briefing.model.data_tables import BY_FILE
from briefing.model.manifest import MANIFEST
from briefing.model.publication import Publication
from briefing.render.data.names import name_of
from briefing.render.messages import Messages, messages
from briefing.render.names import COPIES, CRATE
from briefing.render.summary_counts import description

PROFILE = "https://w3id.org/ro/crate/1.1"
TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "html": "text/html",
    "epub": "application/epub+zip",
    "pdf": "application/pdf",
}
_KINDS = {"article": "Article", "speech": "CreativeWork", "transcript": "CreativeWork", "document": "DigitalDocument"}

Entity = dict[str, Any]


def crate_file(
    briefing: Briefing,
    site: Publication,
    pages: Sequence[tuple[str, str]],
    files: Iterable[Attachment],
    copies: Collection[str] = (),
) -> Attachment:
    """Return the metadata file; `pages` are the names of the pages, each with what it is called, `files` the data and
    the copies; one of the format `pdf` is made after this, so that only its name is known."""
    say = messages(briefing.language)
    parts = [*_pages(site, pages), *_files(files, say)]
    if "pdf" in copies:
        parts.append({"@id": COPIES["pdf"], "@type": "File", "name": say("copies.pdf"), "encodingFormat": TYPES["pdf"]})
    based_on, citations = _source(briefing), [_work(work) for work in briefing.references]
    authors = [{"@id": f"#_author-{n}", "@type": "Thing", "name": name} for n, name in enumerate(briefing.authors, 1)]
    licence = {"@id": "#_rights", "@type": "CreativeWork", "name": say("method.rights")}
    licence["description"] = briefing.source.rights or say("data.no_licence")
    program = {
        "@id": "#_program",
        "@type": "SoftwareApplication",
        "name": "mkdocs-briefing",
        "softwareVersion": __version__,
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": briefing.title,
        "description": description(briefing, say) or briefing.title,
        "datePublished": briefing.date,
        "inLanguage": briefing.language,
        "keywords": ", ".join(briefing.tags),
        "url": site.overview(briefing.path),
        "license": {"@id": licence["@id"]},
        "author": _ids(authors),
        "isBasedOn": _ids([based_on[0]]),
        "citation": _ids(citations),
        "hasPart": _ids(parts),
        "mentions": _ids([program]),
    }
    about = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    every = [about, _known(root), licence, *authors, *based_on, *citations, *parts, program]
    graph = list({entity["@id"]: entity for entity in reversed(every)}.values())[::-1]
    crate = {"@context": f"{PROFILE}/context", "@graph": graph}
    return Attachment(f"{briefing.path}/{CRATE}", msgspec.json.encode(crate) + b"\n")


def _pages(site: Publication, pages: Sequence[tuple[str, str]]) -> Iterator[Entity]:
    for name, called in pages:
        file = site.page(f"{name}.md").removeprefix("./")
        file += "" if file.endswith(".html") else "index.html"
        yield {"@id": file, "@type": "File", "name": called, "encodingFormat": "text/html"}


def _files(files: Iterable[Attachment], say: Messages) -> Iterator[Entity]:
    for file in files:
        name = file.path.rpartition("/")[2]
        table = BY_FILE.get(name)
        yield _known(
            {
                "@id": name,
                "@type": "File",
                "name": name_of(name, say),
                "description": say(f"data.about.{table.name}") if table else "",
                "encodingFormat": TYPES[name.rpartition(".")[2]],
                "contentSize": str(len(file.content)),
                "sha256": hashlib.sha256(file.content).hexdigest(),
            }
        )
    yield {"@id": MANIFEST, "@type": "File", "name": say("data.manifest"), "encodingFormat": TYPES["json"]}


def _source(briefing: Briefing) -> list[Entity]:
    """Return the source, and who published it."""
    source = briefing.source
    publisher = {"@id": "#_publisher", "@type": "Organization", "name": source.publisher}
    work = {
        "@id": source.read_at or "#_source",
        "@type": _KINDS[source.kind],
        "name": source.title or source.publisher or source.kind,
        "creditText": source.author,
        "publisher": {"@id": publisher["@id"]} if source.publisher else {},
        "datePublished": source.published,
        "inLanguage": source.language,
        "copyrightNotice": source.rights,
    }
    return [_known(work), *([publisher] if source.publisher else [])]


def _work(work: Reference) -> Entity:
    facts = {
        "@id": work.read_at or f"#{work.id}",
        "@type": "CreativeWork",
        "name": work.title or work.url or work.id,
        "creditText": ", ".join(work.authors or ([work.publisher] if work.publisher else [])),
        "datePublished": work.published,
        "pagination": work.pages,
    }
    return _known(facts)


def _ids(entities: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"@id": id} for id in dict.fromkeys(entity["@id"] for entity in entities)]


def _known(facts: Entity) -> Entity:
    return {key: value for key, value in facts.items() if value}
