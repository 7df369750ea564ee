"""Turns a docs folder into everything that its briefings add to a site.

`build` checks each briefing and makes the pages, `public_view` drops what is not published, `cache` remembers earlier
results in a preview, and `publish` does all of it for the plugin and the export.
"""
