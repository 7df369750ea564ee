"""What every view of one briefing is made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefing.model import Annotation, Briefing
from briefing.model.publication import NOWHERE, Publication
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import Index, backlinks, index, short_work_name
from briefing.render.messages import Messages, messages
from briefing.render.prose_markdown import Emit, emitter, sentence_signs
from briefing.render.routes import NO_ROUTES, Routes
from briefing.render.summary_counts import counter
from briefing.render.verdicts import verdict_of

EditUrl = Callable[[str], str]
"""From a file, relative to the docs folder, to the address where it is edited; empty where there is none."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """A briefing whose pages are being made, in its own language."""

    briefing: Briefing
    index: Index
    cited: Mapping[str, tuple[Markup, ...]]
    """By id: links to where it is cited."""
    say: Messages
    prose: Emit
    edit_url: EditUrl
    routes: Routes = NO_ROUTES
    preview: bool = False
    """Whether its author alone sees the pages, with what helps to annotate."""
    site: Publication = NOWHERE
    """Where it is published, as far as that is known."""

    def cite(self, id: str) -> Markup:
        """Return a link to something citable, by its label."""
        entry = self.index[id]
        return link(in_markdown(entry.label), entry.href, entry.name)

    def cite_work(self, id: str) -> Markup:
        """Return the same; of a work with who wrote or published it, and when."""
        entry = self.index[id]
        work = next((each for each in self.briefing.references if each.id == entry.id), None)
        words = f"{entry.label}: {short_work_name(work, self.say)}" if work else entry.label
        return link(in_markdown(words), entry.href, entry.name)

    def link_by_name(self, id: str) -> Markup:
        """Return a link to something citable, by its name."""
        entry = self.index[id]
        return link(in_markdown(entry.name), entry.href)

    def note_title(self, annotation: Annotation) -> str:
        """Return what the number of an annotation in the text is called."""
        entry, verdict = self.index[annotation.id], verdict_of(annotation)
        kind, heading = self.say(f"kind.word.{entry.kind}"), entry.name.partition(": ")[2]
        if verdict:
            words = self.say(f"verdict.{verdict}")
            return self.say("text.note_assessed", n=entry.number, kind=kind, verdict=words, heading=heading)
        return self.say("text.note", n=entry.number, kind=kind, heading=heading)

    def edit_link(self, file: str) -> Markup:
        """Return a link to the file that holds a record; empty where the site has no address for editing."""
        address = self.edit_url(file)
        return link(in_markdown(self.say("card.edit")), address) if address else Markup()


def make_context(
    briefing: Briefing, edit_url: EditUrl, routes: Routes, preview: bool = False, site: Publication = NOWHERE
) -> RenderContext:
    """Return what the views of a briefing are made with; `routes` are the pages across briefings that there are."""
    say = messages(briefing.language)
    entries = index(briefing)
    prose = emitter(entries, counter(briefing, say), sentence_signs(briefing, entries, say))
    cited = backlinks(briefing, entries, say)
    return RenderContext(briefing, entries, cited, say, prose, edit_url, routes, preview, site)
