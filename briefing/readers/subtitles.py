"""Subtitles as paragraphs: cues are joined until somebody else speaks or there is a pause.

WebVTT has voices (`<v Name>`), which become speaker labels, `Name: …`; a cue without one goes on with the voice before
it. SubRip knows no speakers; names that are in the text stay there. A line that begins with a name and a colon, `>>` or
a dash begins a paragraph, in the middle of a cue, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgspec import Struct

from briefing.model.places import unescaped
from briefing.readers.reading import DEFAULT, Decoded, DocumentText, Options, UnreadableDocument, decode, needed

PAUSE = 2.0
"""Seconds without a cue that begin a paragraph."""
LONG = 80
"""Words after which a paragraph ends with its sentence."""

LABEL = re.compile(r"(?P<mark>>>+|[-–—])?\s*(?P<name>[^\W\d_a-z][\w.,’'()& -]{0,60}):(?:\s|$)|>>|[-–—]\s")
"""How a line begins where somebody else speaks: a name with a colon, `>>`, or a dash."""
NAME_WORDS = 6
"""Words of a name with what somebody is."""
END = re.compile(r"[.!?…][\"'”’»)]*$")


class Cue(Struct, frozen=True):
    """What is shown at one time."""

    start: float
    """Seconds from the beginning; so is the end."""
    end: float
    speaker: str
    """Empty where none is named."""
    text: str


def paragraphs(cues: Iterable[Cue]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words of all cues, and the second at which each paragraph begins; where a speaker is named, the name
    and a colon begin the paragraph.

    A line that rolls up, shown again by the next cue, counts once.
    """
    found = list(_join_cues_by_voice(_new_lines(cues)))
    starts = accumulate((int(start) for _, start in found), max)
    return tuple(text for text, _ in found), tuple(starts)


def _new_lines(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Return cues without the lines that the cue before has shown already."""
    shown: list[str] = []
    for cue in cues:
        lines = [line.strip() for line in cue.text.splitlines() if line.strip()]
        again = next((n for n in range(min(len(lines), len(shown)), 0, -1) if shown[-n:] == lines[:n]), 0)
        shown = lines
        if lines[again:]:
            yield from _apart(cue, lines[again:])


def _apart(cue: Cue, lines: list[str]) -> Iterator[Cue]:
    """Return a cue as one for each who speaks in it: where a line begins so."""
    said: list[str] = []
    for line in lines:
        if said and begins_turn(line):
            yield Cue(cue.start, cue.end, cue.speaker, " ".join(said))
            said, cue = [], Cue(cue.start, cue.end, "", "")
        said.append(line)
    yield Cue(cue.start, cue.end, cue.speaker, " ".join(said))


def begins_turn(line: str) -> bool:
    """Return whether somebody else speaks from here, by the beginning of a line."""
    found = LABEL.match(line)
    return bool(found) and len((found["name"] or "").split()) <= NAME_WORDS if found else False


def _join_cues_by_voice(cues: Iterable[Cue]) -> Iterator[tuple[str, float]]:
    """Yield the words of each paragraph, and when it begins."""
    text, speaker, start, end = "", "", 0.0, 0.0
    for cue in cues:
        other = bool(cue.speaker) and cue.speaker != speaker
        begins = begins_turn(cue.text)
        if text and (other or begins or cue.start - end >= PAUSE or _is_full(text)):
            yield text, start
            text = ""
        start = start if text else cue.start
        label = f"{cue.speaker}: " if cue.speaker and (not text or other) else ""
        text = f"{text} {label}{cue.text}".lstrip()
        speaker, end = "" if begins else cue.speaker or speaker, cue.end
    if text:
        yield text, start


def _is_full(text: str) -> bool:
    """Return whether a paragraph is long enough to end with its sentence."""
    return len(text.split()) >= LONG and bool(END.search(text))


MAX_BYTES = 5_000_000
"""Twenty hours of talk are two megabytes."""


def _decode_bounded(data: bytes, options: Options) -> Decoded:
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(f"it has more than {MAX_BYTES // 1_000_000} MB of subtitles; divide it")
    return decode(data, options.encoding)


VTT_VERSION = "vtt 2"
VOICE = re.compile(r"<v(?:\.[^ \t>]{0,300})?[ \t]+([^ \t>][^>]{0,300}|)>")
VTT_TAG = re.compile(r"</?[a-zA-Z0-9][^>]{0,300}>|<>")


def read_vtt(data: bytes, options: Options = DEFAULT) -> DocumentText:
    """Read WebVTT."""
    with needed("webvtt", ".vtt", "subtitles", "webvtt-py"):
        import webvtt
    decoded = _decode_bounded(data, options)
    try:
        found = webvtt.from_string(decoded.text)
    except Exception as error:  # the library raises its own and plain ones for what is no WebVTT
        raise UnreadableDocument("it is not a WebVTT file: those begin with WEBVTT, a blank line, and times") from error
    cues = [
        cue
        for caption in found.captions
        for cue in _cues_by_voice(caption.start_in_seconds, caption.end_in_seconds, caption.raw_text)
    ]
    voices = tuple(dict.fromkeys(cue.speaker for cue in cues if cue.speaker))
    texts, times = paragraphs(cues)
    return DocumentText(VTT_VERSION, texts, decoded.encoding, decoded.guessed, voices=voices, times=times)


def _cues_by_voice(start: float, end: float, text: str) -> Iterator[Cue]:
    """Return one cue for each voice; words before the first voice are nobody's."""
    speaker = ""
    for number, part in enumerate(VOICE.split(text)):
        if number % 2:
            speaker = " ".join(unescaped(part).split())
        elif words := unescaped(VTT_TAG.sub("", part)).strip():
            yield Cue(start, end, speaker, words)


SRT_VERSION = "srt 2"
SRT_TAG = re.compile(r"</?(?:i|b|u|s|font)\b[^<>]{0,300}>|\{\\[^{}]{0,300}\}", re.IGNORECASE)
"""What players take for markup: HTML's oldest, and the overrides of SubStation Alpha."""


def read_srt(data: bytes, options: Options = DEFAULT) -> DocumentText:
    """Read SubRip."""
    with needed("srt", ".srt", "subtitles"):
        import srt
    decoded = _decode_bounded(data, options)
    try:
        found = list(srt.parse(decoded.text.replace("\r\n", "\n").replace("\r", "\n")))
    except (srt.SRTParseError, ValueError, OverflowError) as error:
        raise UnreadableDocument(
            "it is not a SubRip file: a number, a line with times, and the words are needed"
        ) from error
    cues = [Cue(sub.start.total_seconds(), sub.end.total_seconds(), "", SRT_TAG.sub("", sub.content)) for sub in found]
    texts, times = paragraphs(cues)
    return DocumentText(SRT_VERSION, texts, decoded.encoding, decoded.guessed, times=times)
