"""Targets as YAML that an author can paste."""

from __future__ import annotations

from textwrap import fill, indent

from briefing.model import Selector

WIDTH = 100


def target(selector: Selector, comment: str = "") -> str:
    """The `target` of an annotation, with its `in` where the words stand in a comment."""
    return _field("target", selector) + (f"\nin: {comment}" if comment else "")


def part(selector: Selector) -> str:
    """One item of a target with several parts."""
    if selector.prefix or selector.suffix:
        return "- " + indent(_selector(selector), "  ").lstrip()
    return f"- {_block(selector.exact)}"


def scalar(key: str, words: str) -> str:
    """A key with words as a folded block, in which nothing needs to be quoted."""
    return f"{key}: {_block(words)}"


def _field(key: str, selector: Selector) -> str:
    if selector.prefix or selector.suffix:
        return f"{key}:\n{indent(_selector(selector), '  ')}"
    return scalar(key, selector.exact)


def _selector(selector: Selector) -> str:
    fields = (("exact", selector.exact), ("prefix", selector.prefix), ("suffix", selector.suffix))
    return "\n".join(scalar(key, words) for key, words in fields if words)


def _block(words: str) -> str:
    wrapped = fill(words, WIDTH, break_long_words=False, break_on_hyphens=False)
    return f">-\n{indent(wrapped, '  ')}"
