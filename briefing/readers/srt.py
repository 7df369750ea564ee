"""SubRip subtitles. The format knows no speakers; names that stand in the text stay there."""

from __future__ import annotations

import re

from briefing.readers.reading import DEFAULT, MissingLibrary, Options, Reading, UnreadableDocument, decode
from briefing.readers.subtitles import Cue, paragraphs

VERSION = "srt 1"
TAG = re.compile(r"</?(?:i|b|u|s|font)\b[^>]*>|\{\\[^}]*\}", re.IGNORECASE)
"""What players take for markup: HTML's oldest, and the overrides of SubStation Alpha."""


def read(data: bytes, options: Options = DEFAULT) -> Reading:
    """Read SubRip."""
    try:
        import srt
    except ImportError as error:
        raise MissingLibrary(".srt", "srt", "subtitles") from error
    decoded = decode(data, options.encoding)
    try:
        found = list(srt.parse(decoded.text))
    except (srt.SRTParseError, ValueError, OverflowError) as error:
        raise UnreadableDocument(
            "it is no SubRip file: a number, a line with times, and the words are needed"
        ) from error
    cues = [Cue(sub.start.total_seconds(), sub.end.total_seconds(), "", TAG.sub("", sub.content)) for sub in found]
    return Reading(VERSION, paragraphs(cues), decoded.encoding, decoded.guessed)
