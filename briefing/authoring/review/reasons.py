"""Common reasons why something is not annotated, in the language of the briefing, whose readers see them."""

from __future__ import annotations

from briefing.model import AnnotationKey, Briefing
from briefing.render.messages import messages

_ALL = ("passing", "repeated", "beside")
_OWN: dict[AnnotationKey, tuple[str, ...]] = {"quotes": ("term",), "figures": ("time",), "context": ()}


def common_reasons(briefing: Briefing, key: AnnotationKey) -> tuple[str, ...]:
    """Return the reasons that are offered for a draft of a list, the most common first."""
    say = messages(briefing.language)
    return tuple(say(f"aside.{name}") for name in (*_ALL, *_OWN[key]))
