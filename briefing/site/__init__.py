"""What a library of briefings adds to the rest of a site: citations, cards and lists in its ordinary pages, notices in
place of what is broken, former addresses, feeds.

`scan` finds what a page asks for, `keys` says which briefing is meant, `pages` checks it and fills it in.
"""
