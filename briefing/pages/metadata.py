"""The front matter of a page: what its head says to search engines, reference managers and other sites.

The theme block `briefing.html` prints what stands under `briefing`; facts are worked out here, none in the template.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from briefing.messages import Messages
from briefing.model import Briefing
from briefing.pages.claims import claims
from briefing.pages.holdings import description, page_message
from briefing.pages.statements import shorten

_LENGTH = 300
"""Search engines show about half of it; sites that show a card, all."""


def page_front_matter(briefing: Briefing, name: str, say: Messages, heading: str) -> str:
    """What the head of a page of a briefing holds; `heading` is what the page is called within it."""
    title = briefing.title if name == "index" else f"{heading}: {briefing.title}"
    about = description(briefing, say) if name == "index" else say(page_message(briefing, name, f"{name}.intro"))
    short = shorten(about, _LENGTH)
    facts = {"title": title, "description": short, **_about(briefing, name, say)}
    reviews = list(claims(briefing, name, say))
    if reviews:
        facts["claims"] = reviews
    # The annotated text has no headings, and its notes need the room of both columns that the theme has beside a page.
    return front_matter(title, short, facts, ("navigation", "toc") if name == "text" else ())


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


def _about(briefing: Briefing, name: str, say: Messages) -> dict[str, object]:
    """What can be said of the briefing without knowing the site that it is on."""
    return {
        "language": briefing.language,
        "direction": say.direction,
        "locale": briefing.language.replace("-", "_"),
        "authors": list(briefing.authors),
        "date": briefing.date,
        "citation_date": briefing.date.replace("-", "/"),
        "tags": list(briefing.tags),
        "overview": name == "index",
        "linked_data": _linked_data(briefing, say) if name == "index" else {},
    }


def _linked_data(briefing: Briefing, say: Messages) -> dict[str, object]:
    """The briefing as schema.org's Article, and what it is based on; what is not known is left out."""
    source = briefing.source
    based_on = {
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.url,
        "inLanguage": source.language,
        "datePublished": source.published,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else {},
    }
    article = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": briefing.title,
        "description": description(briefing, say),
        "datePublished": briefing.date,
        "inLanguage": briefing.language,
        "keywords": ", ".join(briefing.tags),
        # Whether an author is a person or an organisation is not recorded, so no type is claimed.
        "author": [{"name": name} for name in briefing.authors],
        "isBasedOn": {key: value for key, value in based_on.items() if value},
    }
    return {key: value for key, value in article.items() if value}


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
