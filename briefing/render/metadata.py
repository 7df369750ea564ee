"""Assessments as schema.org's ClaimReview, for programs that collect fact checks (https://schema.org/ClaimReview).

Only what is recorded is said. A verdict is given by its name: the scale is no ladder from true to false, so a number
(`ratingValue`) would claim an order that it does not have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from briefing.model import Assessment, Briefing, Figure, Quotation
from briefing.model.prose import Prose
from briefing.model.publication import Publication
from briefing.render import statements
from briefing.render.corrections import correction_comments
from briefing.render.index import speaker_of
from briefing.render.messages import Messages
from briefing.render.names import markdown_of
from briefing.render.prose_markdown import in_words
from briefing.render.statements import shorten
from briefing.render.summary_counts import counter, description, page_message

Data = Mapping[str, object]


def claims(briefing: Briefing, page: str, say: Messages) -> Iterator[Data]:
    """The published verdicts on a page: `id`, the fragment where each stands, and `review`, the data."""
    records: Mapping[str, tuple[Quotation | Figure, ...]] = {"quotes": briefing.quotations, "figures": briefing.figures}
    for item in records.get(page, ()):
        if item.assessment and item.status == "published" and item.id in briefing.anchors:
            yield {"id": item.id, "review": _review(briefing, item, item.assessment, say)}


def _review(briefing: Briefing, item: Quotation | Figure, assessment: Assessment, say: Messages) -> Data:
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "claimReviewed": _claim(briefing, item, say),
            "datePublished": assessment.date,
            "inLanguage": briefing.language,
            # Whether an author is a person or an organisation is not recorded, so no type is claimed.
            "author": {"name": assessment.by},
            "reviewRating": _known(
                {
                    "@type": "Rating",
                    "alternateName": say(f"verdict.{assessment.verdict}"),
                    "ratingExplanation": _plain(briefing, assessment.note, say),
                }
            ),
            "itemReviewed": _item(briefing, item),
            "citation": list(_evidence(briefing, assessment)),
        }
    )


def _claim(briefing: Briefing, item: Quotation | Figure, say: Messages) -> str:
    """The words of the claim; of one that the source reports in its own words, whose it is and who reports it."""
    words = statements.words_of(briefing, item)
    if isinstance(item, Figure):
        return f"{item.label}: {words}"
    if not statements.is_reported(item):
        return words
    who = (speaker_of(briefing, item, say), statements.reporter(briefing, item, say))
    return say("reported.copied", who=say("list.comma").join(who), words=statements.told_words(briefing, item))


def _item(briefing: Briefing, item: Quotation | Figure) -> Data:
    """The claim: whose it is, who reports it in other words, and where it was made."""
    source, anchor = briefing.source, briefing.anchors[item.id]
    work = _known({"@type": "CreativeWork", "name": source.title, "url": source.read_at} if not anchor.comment else {})
    told = not anchor.comment and (statements.is_reported(item) or (bool(item.speaker) and not anchor.spoken))
    publisher = {"@type": "Organization", "name": source.publisher}
    return _known(
        {
            "@type": "Claim",
            "author": _author(briefing, item.speaker),
            "claimInterpreter": publisher if told and source.publisher else {},
            "datePublished": source.published if not anchor.comment else "",
            "appearance": work if len(work) > 1 else {},
        }
    )


def _author(briefing: Briefing, id: str) -> Data:
    person = briefing.people.get(id)
    if person is None:
        return {}
    kind = "Person" if person.kind == "person" else "Organization"
    facts = {"@type": kind, "name": person.name, "jobTitle": briefing.roles.get(id, ""), "sameAs": person.same_as}
    return _known({key: value for key, value in facts.items() if key != "jobTitle" or kind == "Person"})


def _evidence(briefing: Briefing, assessment: Assessment) -> Iterator[Data]:
    """The works that the verdict rests on."""
    for work in briefing.references:
        if work.id in assessment.evidence:
            yield _known(
                {"@type": "CreativeWork", "name": work.title, "url": work.read_at, "datePublished": work.published}
            )


def _plain(briefing: Briefing, prose: Prose | None, say: Messages) -> str:
    return in_words(briefing, prose, say, counter(briefing, say)) if prose else ""


def _known(facts: Mapping[str, object]) -> Data:
    return {key: value for key, value in facts.items() if value}


_LENGTH = 300
"""Search engines show about half of it; sites that show a card, all."""


def page_front_matter(
    briefing: Briefing, name: str, say: Messages, heading: str, site: Publication, preview: bool = False
) -> str:
    """What the head of a page of a briefing holds; `heading` is what the page is called within it."""
    title = briefing.title if name == "index" else f"{heading}: {briefing.title}"
    about = description(briefing, say) if name == "index" else say(page_message(briefing, name, f"{name}.intro"))
    short = shorten(about, _LENGTH)
    facts = {"title": title, "description": short, **_about(briefing, name, say, site)}
    if name != "index":
        facts |= {"cited": briefing.title, "linked_data": part_of_article(heading, briefing, site)}
    if preview:
        facts["preview"] = True  # the theme then has the script and the styles for authors
    reviews = list(claims(briefing, name, say))
    if reviews:
        facts["claims"] = reviews
    # All pages begin at the same edge. The annotated text has no headings, and its notes need the room of the contents.
    return front_matter(title, short, facts, ("navigation", "toc") if name == "text" else ("navigation",))


def front_matter(
    title: str,
    about: str = "",
    facts: Mapping[str, object] | None = None,
    hide: Sequence[str] = (),
    searched: bool = True,
) -> str:
    """YAML that every parser reads the same way: JSON on one line, without characters that YAML refuses.

    What is not `searched` is found through another page.

    Themes print the title and the description as they are, also within attributes: both are HTML already.
    """
    head: dict[str, object] = {"title": _html(title), "description": _html(about), "hide": list(hide)}
    search: dict[str, object] = {} if searched else {"exclude": True}
    fields = {**head, "template": "briefing.html", "briefing": facts, "search": search}
    lines = (f"{key}: {json.dumps(_clean(value), ensure_ascii=False)}" for key, value in fields.items() if value)
    return "\n".join(("---", *lines, "---", "", ""))


def _about(briefing: Briefing, name: str, say: Messages, site: Publication) -> dict[str, object]:
    """What can be said of the briefing on every page of it; the theme adds what it knows of the site."""
    return {
        "language": briefing.language,
        "direction": say.direction,
        "locale": briefing.language.replace("-", "_"),
        "authors": list(briefing.authors),
        "date": briefing.date,
        "citation_date": briefing.date.replace("-", "/"),
        "tags": list(briefing.tags),
        "page": name,
        "in_markdown": ("../" if name != "index" and site.directory_urls else "")
        + markdown_of(name, site.directory_urls),
        "overview": name == "index",
        "address": site.overview(briefing.path),
        "linked_data": article(briefing, say, site) if name == "index" else {},
    }


def part_of_article(heading: str, briefing: Briefing, site: Publication) -> Data:
    """Return another page of a briefing as schema.org's WebPage: a part of the Article that the overview has."""
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": heading,
        "inLanguage": briefing.language,
        "isPartOf": {"@id": _article_id(briefing, site, "../" if site.directory_urls else "index.html")},
    }


def _article_id(briefing: Briefing, site: Publication, relative: str) -> str:
    """Return the name of the Article: whole where the site knows its address, else relative to the page."""
    return f"{site.overview(briefing.path) or relative}#briefing"


def article(briefing: Briefing, say: Messages, site: Publication) -> Data:
    """Return the briefing as schema.org's Article, and what it is based on; what is not known is left out."""
    source = briefing.source
    based_on = {
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.read_at,
        "inLanguage": source.language,
        "datePublished": source.published,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else {},
    }
    facts = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": _article_id(briefing, site, ""),
        "url": site.overview(briefing.path),
        "headline": briefing.title,
        "description": description(briefing, say),
        "datePublished": briefing.date,
        "inLanguage": briefing.language,
        "keywords": ", ".join(briefing.tags),
        # Whether an author is a person or an organisation is not recorded, so no type is claimed.
        "author": [{"name": name} for name in briefing.authors],
        "isPartOf": _known({"@type": "WebSite", "name": site.name, "url": site.root if site.complete else ""}),
        "isBasedOn": {key: value for key, value in based_on.items() if value},
        "correction": correction_comments(briefing, say),
        "dateModified": max((one.date for one in briefing.corrections), default=""),
    }
    return _known(facts)


def _html(text: str) -> str:
    """A text for the inside of an element or a quoted attribute; apostrophes stay, as themes use double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _clean(value: object) -> object:
    """The value without what YAML refuses and without line ends, in every text that it holds."""
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def _printable(text: str) -> str:
    return " ".join(
        re.sub("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]", " ", text).split()
    )
