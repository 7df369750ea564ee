"""Titles of sources: marks alternate by the language of the page, and one that is the briefing’s is said to be."""

from __future__ import annotations

import html

import pytest
from msgspec.structs import replace

from briefing.pipeline.checking import check_library
from briefing.render.messages import messages
from briefing.render.origin import source_line
from briefing.render.statements import inner_marks
from tests.sites import GOOD

TITLES = [
    ("en", "Mayor says “we will never build it” this year", "“Mayor says ‘we will never build it’ this year”"),
    ("en", 'Mayor: "We will not build it" this year', "“Mayor: ‘We will not build it’ this year”"),
    ("en", "Mayor says 'we will not build it' this year", "“Mayor says ‘we will not build it’ this year”"),
    ("en", "“He told us ‘never again’ and left,” she says", "“‘He told us “never again” and left,’ she says”"),
    ("en", '"He told us "never again" and left", she says', "“‘He told us “never again” and left’, she says”"),
    ("en", "Bürgermeister sagt: „Wir bauen sie nie“, heißt es", "“Bürgermeister sagt: ‘Wir bauen sie nie’, heißt es”"),
    ("en", "»Wir bauen sie nie«, sagt er", "“‘Wir bauen sie nie’, sagt er”"),
    ("en", "Il dit : «Nous n’irons pas» cette année", "“Il dit : ‘Nous n’irons pas’ cette année”"),
    ("en", "Il dit : «\u00a0Nous n’irons pas\u202f» là", "“Il dit : ‘Nous n’irons pas’ là”"),
    ("en", "The workers’ demands in the ’90s", "“The workers’ demands in the ’90s”"),
    ("en", 'A 5" pipe', "“A 5” pipe”"),
    ("de", "Bürgermeister: „Wir bauen sie nie“", "„Bürgermeister: ‚Wir bauen sie nie‘“"),
    ("de", "Mayor says “we will never build it” this year", "„Mayor says ‚we will never build it‘ this year“"),
    ("de", "„Er sagte ‚nie wieder‘ und ging“, sagt sie", "„‚Er sagte „nie wieder“ und ging‘, sagt sie“"),
    ("ar", "قال العمدة «لن نبني الجسر» اليوم", "«قال العمدة “لن نبني الجسر” اليوم»"),
]


@pytest.mark.parametrize(("tag", "title", "shown"), TITLES)
def test_marks_in_a_title_alternate(tag: str, title: str, shown: str) -> None:
    say = messages(tag)
    assert say("quotes.quoted", words=inner_marks(title, say)) == shown


HEADLINES = [
    ("Saltgate ferry to sail again after council vote", "Article · the title above is the headline of the source · "),
    ("Saltgate Ferry to Sail  Again after council vote", "Article · the title above is the headline of the source · "),
    ("Saltgate ferry to sail again", "Article · “Saltgate ferry to sail again after council vote” · "),
]


@pytest.mark.parametrize(("title", "line"), HEADLINES)
def test_a_title_that_is_the_headline_of_the_source_is_said_to_be(title: str, line: str) -> None:
    briefing = check_library(GOOD, ["briefings/good"]).briefings[0].briefing
    assert briefing
    shown = html.unescape(source_line(replace(briefing, title=title), messages("en")))
    assert shown.startswith(line)
