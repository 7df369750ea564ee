"""Prose: each text that an author wrote, parsed alone into a frozen tree.

The nodes are in `briefing.model.prose`; `parse` makes the tree. For it, `blocks` distinguishes paragraphs and lists,
`inlines` reads what is in a paragraph and says which addresses are allowed, and `unsupported` is the table of what
prose does not have.

Nothing is imported here, because `model` needs the tree before anything can be parsed.
"""
