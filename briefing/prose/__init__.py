"""Prose: each text that an author wrote, parsed alone into a frozen tree.

`tree` holds the nodes and is what later stages import; `parse` makes the tree. For it, `blocks` tells paragraphs and
lists apart, `inlines` reads what is in a paragraph and `brackets` what begins with a bracket, `links` says which
addresses are allowed, and `unsupported` is the table of what prose does not have.

Nothing is imported here, because `model` needs the tree before anything can be parsed.
"""
