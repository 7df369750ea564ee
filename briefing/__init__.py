"""briefing: from a source text and YAML annotations to a checked, searchable site."""

__version__ = "0.1.0"
