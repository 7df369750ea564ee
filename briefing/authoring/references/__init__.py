"""Add works to references.yml: from a DOI, an ISBN, an export of another program, a saved page, or field by field.

`works` says what a work is and how it is written, `typed`, `exports`, `pages` and `online` where one can come from, and
`adding` puts it into a briefing. What comes from strangers is bounded; only `online` reaches the network, when asked.
"""
