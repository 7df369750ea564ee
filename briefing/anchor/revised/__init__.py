"""Find a target of one version of a text in the next one, and say what became of it.

`words` sees a text as a row of words, `links` knows which of them come from where, `regions` proposes places, `align`
lays the target over each, `judge` weighs the evidence, `follow` does all of this for one target, `difference` shows
what changed. What is not sure is gone, with the places that it might be.
"""

from briefing.anchor.revised.difference import Difference
from briefing.anchor.revised.follow import Followed, follow, reanchor

__all__ = ["Difference", "Followed", "follow", "reanchor"]
