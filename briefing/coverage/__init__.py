"""Which of a source's quoted passages and numbers its annotations account for: pure functions of an anchored briefing.

`passages` and `numbers` say what there is to annotate, `coverage` what became of it. Draft annotations are suggested
by the same finders, so what is drafted is what is counted.
"""

from briefing.coverage.count import KINDS, Coverage, CoverageItem, Kind, coverage
from briefing.coverage.numbers import NumberMention, mentions
from briefing.coverage.passages import named, spoken

__all__ = ["KINDS", "Coverage", "CoverageItem", "Kind", "NumberMention", "coverage", "mentions", "named", "spoken"]
