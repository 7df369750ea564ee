"""The characters that anchoring treats alike, as strings for character classes and tables.

A glyph may be added to its kind at any time. What is in no kind is never folded: letters, digits, decimal marks.
"""

from __future__ import annotations

DOUBLE_QUOTES = '"“”„‟«»″‶〝〞〟＂「」『』｢｣﹁﹂﹃﹄'
SINGLE_QUOTES = "'‘’‚‛‹›′‵＇`´ʼʻ"
"""With the apostrophes; the last two are letters to Unicode, but marks to a reader (Hawaiʻi)."""

HYPHENS = "-‐‑‒–−﹣－⁃־"
"""Short dashes: before a digit each of them may be typed, or typeset, for a minus."""
LONG_DASHES = "—―⸺﹘"
"""Dashes that are never a sign."""
SIGNS = HYPHENS + "+±∓＋"

ELLIPSIS = "…"
BREAKING_SPACES = "\t\n\v\f\r \x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
"""Unicode white space but for the no-break ones, which are typography."""
NO_BREAK_SPACES = "\xa0\u2007\u202f"

ZERO_WIDTH_JOINER = "\u200d"
INVISIBLE = "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphen, zero-width and direction marks."""
PICTOGRAPHS = "\xa9\xae\u203c\u2049\u2122\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
"""What a zero-width joiner may join into one emoji."""

EAST_ASIAN = (
    "\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Han, Kana, Bopomofo and their punctuation: a line wrap between two of them stands for nothing."""
SPACELESS = (
    "\u0e00-\u0e4f\u0e5a-\u0eff\u1000-\u103f\u104a-\u109f\u1780-\u17df\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u3096\u309d-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Letters of scripts that do not part words by spaces: Thai, Lao, Myanmar, Khmer, Tai, Han, Kana, Bopomofo."""

CURRENCY = "$€£¥₩₪₫₱₴₹₺₽₿"
DECIMAL_MARKS = ".,٫"
NUMBER_JOINTS = DECIMAL_MARKS + "٬/⁄:" + SINGLE_QUOTES
"""Between two digits these make one number, time, date or fraction: 3.5, 1’000, 22:22, 6/4/13. All that is folded to an
apostrophe is among them: else a number would end in the text where it goes on in the folded text."""
GROUP_SPACES = NO_BREAK_SPACES + "\u2009"
"""Between a digit and three digits these make one number: 1 000."""
AFTER_NUMBERS = "%‰‱°"
