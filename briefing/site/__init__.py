"""Adds a library of briefings to the rest of a site: citations, cards and lists in its ordinary pages, notices in
place of what is broken, former addresses, feeds.

`markdown_scan` finds what a page asks for, `lookup` says which briefing a key names, `page_filler` checks it and fills
it in.
"""
