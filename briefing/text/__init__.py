"""What the program knows of languages: sentences, quotation marks, numbers and dates in a text.

`language(tag)` gives the rules; `sentences`, `quoted`, `numbers`, `ordinals` and `dates` read a text by them, and
`quantities` reads its numbers and dates with their units, as prose states them. All are strict (what is not surely a
number is none), never fail, and take time in proportion to the text.

A new language is one JSON file named by its tag (`words/fr.json`). It names only what differs from generic.json; each
key is explained at the field of the same name in `Language` (`language_rules`) and in the records of `word_lists`:

- `double`, `single`: pairs of quotation marks, `[opening, closing]`
- `never_last`, `before_number`, `seldom_last`, `starters`, `day_point`: what a full stop means
- `decimal`, `grouping`, `currencies`, `suffixes`, `doubtful_suffixes`, `money_suffixes`, `percent`, `range`: digits
- `numbers`, `ordinals`, `ordinal_suffixes`, `fractions`, `vague`: numbers in words
- `months`, `months_not_alone`, `date_joiners`: dates, besides the names of months, which come from Babel
- `unit_symbols`, `stated`: what surrounds a number in prose; `quantifiers`: how many commenters say something
- `breaks`: where the crediting words of a quotation end
- `speech`, `worth`, `named`: who says a quotation, which numbers say something, what is a name
- `contrast`: what takes back or denies the words before it; a language may have this alone, and is not known then
- `speakers`: who crediting words refer to (`SpeakerWords`), with the verbs of `speech`
"""

from briefing.text.dates import Date, dates
from briefing.text.language_rules import Language, contrast, language, named, speech, worth
from briefing.text.numbers.numerals import numbers, ordinals, past_percent, ranges
from briefing.text.numbers.quantities import quantities
from briefing.text.numbers.quantity import Number, Quantity, in_digits, shortened
from briefing.text.quotation_marks import Quoted, joined, nested, quoted
from briefing.text.sentences import paragraphs, sentences, trimmed
from briefing.text.word_lists import Contrast, NameWords, Speech, Worth

__all__ = [
    "Contrast",
    "Date",
    "Language",
    "NameWords",
    "Number",
    "Quantity",
    "Quoted",
    "Speech",
    "Worth",
    "contrast",
    "dates",
    "in_digits",
    "joined",
    "language",
    "named",
    "nested",
    "numbers",
    "ordinals",
    "paragraphs",
    "past_percent",
    "quantities",
    "quoted",
    "ranges",
    "sentences",
    "shortened",
    "speech",
    "trimmed",
    "worth",
]
