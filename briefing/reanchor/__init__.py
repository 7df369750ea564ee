"""Find a target of one version of a text in the next one, and say what became of it.

`briefing.anchor.alignment` proposes places and lays the target over each; here `correspondence` knows which words come
from where, `duplicates` distinguishes passages with the same words, `decision` weighs the evidence, and `follow` does
all of this for one target and shows what changed. What is not sure is gone, with the places that it might be.
"""

from briefing.reanchor.follow import Difference, Followed, follow, reanchor

__all__ = ["Difference", "Followed", "follow", "reanchor"]
