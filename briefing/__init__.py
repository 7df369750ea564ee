"""briefing: from a source text and YAML annotations to a verified, searchable site."""

__version__ = "0.1.0"
