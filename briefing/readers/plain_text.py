"""Plain text: every line that is not blank is a paragraph."""

from __future__ import annotations

import re

from briefing.readers.reading import DEFAULT, Options, Reading, decode

VERSION = "text 1"
LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def read(data: bytes, options: Options = DEFAULT) -> Reading:
    """Read plain text. Lines are not joined to paragraphs: whether a break was meant cannot be seen."""
    decoded = decode(data, options.encoding)
    lines = (line.strip(" \t") for line in LINE_END.split(decoded.text))
    return Reading(VERSION, tuple(line for line in lines if line.strip()), decoded.encoding, decoded.guessed)
