"""WebVTT subtitles; voices (`<v Name>`) become speaker labels, `Name: …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from briefing.readers.reading import DEFAULT, MissingLibrary, Options, Reading, UnreadableDocument, decode
from briefing.readers.subtitles import Cue, paragraphs

VERSION = "vtt 1"
VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
TAG = re.compile(r"</?[a-zA-Z0-9][^>]*>|<>")


def read(data: bytes, options: Options = DEFAULT) -> Reading:
    """Read WebVTT."""
    try:
        import webvtt
    except ImportError as error:
        raise MissingLibrary(".vtt", "webvtt-py", "subtitles") from error
    decoded = decode(data, options.encoding)
    try:
        found = webvtt.from_string(decoded.text)
    except Exception as error:  # the library raises its own and plain ones for what is no WebVTT
        raise UnreadableDocument("it is no WebVTT file: those begin with WEBVTT, a blank line, and times") from error
    cues = [
        cue
        for caption in found.captions
        for cue in _cues(caption.start_in_seconds, caption.end_in_seconds, caption.raw_text)
    ]
    return Reading(VERSION, paragraphs(cues), decoded.encoding, decoded.guessed)


def _cues(start: float, end: float, text: str) -> Iterator[Cue]:
    """One cue for each voice; words before the first voice are nobody's."""
    speaker = ""
    for number, part in enumerate(VOICE.split(text)):
        if number % 2:
            speaker = " ".join(unescape(part).split())
        elif words := unescape(TAG.sub("", part)).strip():
            yield Cue(start, end, speaker, words)
