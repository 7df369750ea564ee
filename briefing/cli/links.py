"""`briefing check --links`: asks the hosts, and shows how far it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import click

from briefing.authoring.links import addresses, ask, findings, memory
from briefing.model.places import Problem, TextFile
from briefing.pipeline.build import CheckedBriefings

Located = tuple[Problem, Mapping[str, TextFile], str]


def asked(library: CheckedBriefings, prefix: str, again: bool) -> Iterator[Located]:
    """What is wrong with the addresses that the briefings of a library name, each told once."""
    named = {checked.path: addresses(checked.briefing) for checked in library.briefings if checked.briefing}
    urls = list(dict.fromkeys(address.url for found in named.values() for address in found))
    file = memory.place()
    known = {} if again else memory.remembered(file)
    new = sum(url not in known for url in urls)
    with click.progressbar(length=new, label="asking hosts", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        answers = ask(urls, known, lambda url: bar.update(1))
    memory.remember(file, answers)
    told: set[Problem] = set()
    for checked in library.briefings:
        for problem in findings(named.get(checked.path, ()), answers):
            if problem not in told:
                told.add(problem)
                yield problem, {**library.files, **checked.files}, prefix
