"""Add works to references.yml without typing: from a DOI or ISBN, an export of another program, or a saved page.

`works` says what a work is and how it is written, `exports`, `pages` and `online` where one can come from, and `adding`
puts it into a briefing. What comes from strangers is bounded, and only `online` reaches the network, when asked to.
"""
