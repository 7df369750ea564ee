"""Copies of a briefing in one file, to send, to keep and to print: HTML, and EPUB for readers of books.

They are made of the HTML of the briefing's own pages (`copied_pages`), of which only what works on a site alone is left
out; nothing is rendered for them a second time. A PDF is printed from the HTML file by a browser, which is no work for
a pure function: `pipeline/pdf_copies.py` has that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from briefing.model import Attachment, Briefing
from briefing.model.publication import Publication
from briefing.render.copies.copied_pages import copied_pages
from briefing.render.copies.epub_copy import epub_copy
from briefing.render.copies.html_copy import html_copy
from briefing.render.copies.title_page import title_page
from briefing.render.messages import messages
from briefing.render.names import COPIES
from briefing.render.slots import OpenPage


def copy_files(
    briefing: Briefing, pages: Sequence[OpenPage], site: Publication, formats: Collection[str]
) -> tuple[Attachment, ...]:
    """Return the copies that are wanted of a briefing with these pages, in the order of `COPIES`; of a PDF, the HTML
    file that it is printed from."""
    if not formats:
        return ()
    say = messages(briefing.language)
    copied = copied_pages(briefing, pages, site, say)
    title = title_page(briefing, site, say)
    made: list[Attachment] = []
    if {"html", "pdf"} & set(formats):
        made.append(Attachment(f"{briefing.path}/{COPIES['html']}", html_copy(title, copied, say)))
    if "epub" in formats:
        made.append(Attachment(f"{briefing.path}/{COPIES['epub']}", epub_copy(title, copied, say)))
    return tuple(made)
