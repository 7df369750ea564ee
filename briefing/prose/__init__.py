"""Prose: each text that an author wrote, parsed alone into a frozen tree.

`tree` holds the nodes and is what later stages import; `parse` makes the tree. Within `parse`, `blocks` tells
paragraphs and lists apart, `inlines` what stands in a paragraph, `links` which addresses are allowed, and
`unsupported` is the table of what prose does not have.

Nothing is imported here, because `model` needs the tree before anything can be parsed.
"""
