"""Zensical in the place of MkDocs: it runs no plugin, so it gets real pages, in a folder that is kept in step.

`configuration` reads what its author configured and writes what Zensical is given, `staged_site` keeps the folder of
pages, and `site` builds it, for `briefing build` and for the preview.
"""
