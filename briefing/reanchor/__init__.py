"""Find a target of one version of a text in the next one, and say what became of it.

`words` sees a text as a row of words, `wanted` says which of them are looked for, `links` knows which come from where,
`regions` proposes places, `align` lays the target over each and `ends` says where it begins and ends there, `twins` and
`pairs` tell passages with the same words apart, `judge` weighs the evidence, `follow` does all of this for one target,
`difference` shows what changed. What is not sure is gone, with the places that it might be.
"""

from briefing.reanchor.follow import Difference, Followed, follow, reanchor

__all__ = ["Difference", "Followed", "follow", "reanchor"]
