"""Explain an error of the YAML parser by what is around it, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Set

import yaml

from briefing.load.yaml.fault import (
    START,
    Fault,
    ReadSoFar,
    as_block,
    field_on,
    glued,
    is_prose,
    never_closed,
    quoted,
    whole,
)
from briefing.load.yaml.indentation import bad_indentation
from briefing.load.yaml.pasted import find_pasted, pasted_problem
from briefing.load.yaml.scalars import block, in_quotation_marks, shortened
from briefing.model.places import Problem, Span, TextFile, in_file, in_marks

_OTHER_MARK = re.compile("[“”‘’„«»](?=\\s*$)", re.M)
"""A mark that looks like the end of a text between straight ones."""
INNER = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,80}): (?P<value>[^{}\[\]:]*[ \t]#[^{}\[\]]*)")
"""A field in braces whose text holds a #."""
COMMENT = re.compile("[ \t]#")
CITED = re.compile("@[a-z][a-z0-9-]*(?=[\\s,\\]}]|$)")
"""`@id`, alone."""
TIGHT = re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z_][\w-]*):(?P<value>[^\s/].*)")
"""`key:value`; not `https://`."""

BLOCK_MARK = re.compile("[|>][-+1-9]*")
"""What begins a block of text."""
MARKUP = "[{\"'*&!%@`>|,?-]}"
"""Characters that mean something to YAML where a value begins."""


def explain(error: yaml.YAMLError, file: TextFile, before: ReadSoFar, prose_keys: Set[str]) -> Problem:
    """Return the parser's error as a problem."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem("yaml-syntax", f"the YAML cannot be read: {error}", in_file(file.name, 0))
    at = min(error.problem_mark.index, len(file.text))
    since = error.context_mark.index if error.context_mark else at
    words = f"{error.context or ''}: {error.problem or ''}".lower()
    fault = Fault(file, at, since, words, before, prose_keys)
    for pattern, diagnose in DIAGNOSES:
        if re.search(pattern, words) and (problem := diagnose(fault)):
            return problem
    span = Span(at, fault.line(at).end)
    return fault.syntax(span, f"the YAML cannot be read here: {words.split(': ', 1)[-1]}", "")


def _tab_in_indentation(fault: Fault) -> Problem | None:
    text = fault.file.text
    line = fault.line(fault.at)
    indentation = re.compile("[ \t]*").match(text, line.start, line.end)
    tab = text.find("\t", line.start, indentation.end()) if indentation else -1
    tab = fault.at if tab < 0 and text.startswith("\t", fault.at) else tab
    if tab < 0:
        return None
    hint = "replace the tab with spaces; editors can do this for the whole file"
    return fault.syntax(Span(tab, tab + 1), "there is a tab here, where YAML allows only spaces", hint)


def _unclosed_quote(fault: Fault) -> Problem | None:
    last, text = fault.last, fault.file.text
    start = -1
    if "quoted scalar" in fault.words and ("end of stream" in fault.words or "document" in fault.words):
        start = fault.since
    elif last.style in ('"', "'") and fault.line(last.span.start) != fault.line(last.span.end) and glued(fault):
        start = last.span.start
    if start < 0:
        return None
    line = fault.line(start)
    message = f"the quotation mark {text[start]} that opens here is not closed"
    if found := _OTHER_MARK.search(text, start, line.end):
        words = text[start + 1 : found.start()]
        hint = f"the straight mark {text[start]} needs another at the end in place of {found[0]}\n"
        field = field_on(fault, line)
        lead = f"{field['key']}: " if field and field["key"] else ""
        return fault.syntax(Span(start, line.end), message, hint + lead + text[start] + words + text[start])
    hint = "close it at the end of the text; if it belongs to the text, write a block:\n" + as_block(fault, start)
    return fault.syntax(Span(start, fault.line(start).end), message, hint)


def _pasted_character(fault: Fault) -> Problem | None:
    """Return that a line near the error begins with a character that another program put in place of one of YAML's."""
    text = fault.file.text
    above = text[: fault.line(fault.at).start].rstrip("\r\n ")
    for offset in (len(above), fault.since, fault.at):
        line = fault.line(offset)
        found = find_pasted(text, line.start, line.end)
        if found and fault.before.is_outside(line.start - 1) and not _continues_prose(fault, line):
            return pasted_problem(fault.file, found)
    return None


def _continues_prose(fault: Fault, line: Span) -> bool:
    """Return whether a line belongs to the text of the field on the line before it."""
    above = fault.line(max(line.start - 1, 0))
    field = field_on(fault, above) if above.start < line.start else None
    words = line.of(fault.file.text)
    deeper = field is not None and len(words) - len(words.lstrip(" ")) > len(field["lead"])
    return field is not None and bool(field["value"]) and deeper and is_prose(fault, field)


def _cut_by_hash(fault: Fault) -> Problem | None:
    """Return that a comment ended a text whose next line, or bracket, does not fit then."""
    text = fault.file.text
    for offset in (fault.last.span.end, fault.since, fault.at):
        line = fault.line(offset)
        field = field_on(fault, line)
        found = COMMENT.search(text, line.start, line.end)
        opened = field is not None and field["value"] is not None and field["value"][0] in "[{"
        stops = found is not None and ((fault.last.style is None and found.start() == fault.last.span.end) or opened)
        if found and field and stops and is_prose(fault, field):
            inner = INNER.search(text, line.start, line.end) if opened else None
            hint = f"text that holds a # needs a block:\n{block(field['key'], whole(fault, line, field))}"
            if inner:
                written = in_quotation_marks(inner["key"], inner["value"])
                hint = f"text that holds a # needs quotation marks:\n{written}"
            message = f"YAML dropped {in_marks(shortened(text[found.start() + 1 : line.end]))} as a comment"
            return fault.problem("text-cut-by-hash", Span(found.start() + 1, line.end), message, hint)
    return None


def _misread_text(fault: Fault) -> Problem | None:
    """Return that a text begins like YAML markup, or holds a colon and a space."""
    line, value = _opening_text(fault)
    field = field_on(fault, line)
    if field is None or not value or BLOCK_MARK.fullmatch(value) or not is_prose(fault, field):
        return None
    if value[0] not in MARKUP and not (": " in value and "mapping values" in fault.words):
        return None
    if value[0] in "\"'" and not (fault.last.style in ('"', "'") and glued(fault)):
        return None
    start = line.start + field.start("value")
    message = f"YAML does not read {in_marks(shortened(value))} as one text"
    hint = f"write the text as a block:\n{block(field['key'], whole(fault, line, field))}"
    return fault.problem("quote-this-value", Span(start, line.end), message, hint)


def _opening_text(fault: Fault) -> tuple[Span, str]:
    """Return the line on which the value that the parser stumbled over begins, and its text up to there."""
    line = _opening_line(fault)
    field = field_on(fault, line)
    if "mapping values" in fault.words and field and not field["key"] and _continues_prose(fault, line):
        above = fault.line(line.start - 1)
        first = field_on(fault, above)
        return above, f"{first['value'] if first else ''} {line.of(fault.file.text).strip()}"
    return line, (field["value"] or "") if field else ""


def _opening_line(fault: Fault) -> Span:
    """Return the line on which the value that the parser stumbled over begins."""
    if "flow" not in fault.words and glued(fault) and fault.last.style in ('"', "'", "[", "{", "*"):
        return fault.line(fault.last.span.start)
    within = any(word in fault.words for word in ("flow", "alias", "anchor", "tag", "block scalar"))
    return fault.line(fault.since if within else fault.at)


def _no_space(fault: Fault) -> Problem | None:
    for offset in (fault.at, fault.since, max(fault.line(fault.at).start - 1, 0)):
        line = fault.line(offset)
        found = TIGHT.match(fault.file.text, line.start, min(line.end, line.start + START))
        if found:
            hint = f"write “{found['key']}: {shortened(found['value'], 30)}”"
            return fault.syntax(Span(*found.span("key")), f"a space is missing after “{found['key']}:”", hint)
    return None


def _no_key(fault: Fault) -> Problem | None:
    line = fault.line(fault.at)
    found = re.compile(r"[ ]*(?:- +)*(?=:(?:\s|$))").match(fault.file.text, line.start, line.end)
    if found is None:
        return None
    hint = "write the name of the field before it"
    return fault.problem("yaml-key", Span(found.end(), found.end() + 1), "a key is missing before “:”", hint)


def _bad_start(fault: Fault) -> Problem | None:
    character = fault.file.text[fault.at : fault.at + 1]
    if not character.strip():
        return None
    hint = f"put the whole value in quotation marks:\n{quoted(fault)}"
    if CITED.match(fault.file.text, fault.at):
        hint = "only citations in prose have an @: write the id alone"
    return fault.syntax(Span(fault.at, fault.at + 1), f"a value cannot begin with “{character}”", hint)


def _unbalanced_bracket(fault: Fault) -> Problem | None:
    text = fault.file.text
    at = fault.since if text[fault.since : fault.since + 1] in ("[", "{") else never_closed(fault)
    if "flow" in fault.words and at >= 0:
        message = f"the bracket “{text[at]}” that opens here is not closed"
        hint = f"close it with “{'}' if text[at] == '{' else ']'}”, with commas between the entries"
        return fault.syntax(Span(at, at + 1), message, hint)
    character = text[fault.at : fault.at + 1]
    if character in ("]", "}", ",") and character:
        message = f"there is “{character}” where a value is needed"
        return fault.syntax(Span(fault.at, fault.at + 1), message, "remove it, or put the text in quotation marks")
    return None


def _bad_escape(fault: Fault) -> Problem:
    line = fault.line(fault.at)
    start = max(fault.file.text.rfind("\\", line.start, fault.at + 1), line.start)
    span = Span(start, min(start + 2, line.end))
    hint = "in double quotation marks a backslash begins an escape; write \\\\ for a backslash, or use single"
    return fault.syntax(
        span, "YAML does not know what follows this backslash", f"{hint} quotation marks:\n{quoted(fault)}"
    )


def _two_colons(fault: Fault) -> Problem:
    line = fault.line(fault.at)
    if ": " in fault.file.text[line.start : fault.at]:
        hint = f"put the whole value in quotation marks:\n{quoted(fault)}"
        return fault.syntax(Span(fault.at, fault.at + 1), "a value holds a colon and a space", hint)
    before = fault.line(max(line.start - 1, 0))
    words = before.of(fault.file.text).strip()
    return (
        _not_a_field(fault, before) if words and ":" not in words and words[0] not in "-#" else bad_indentation(fault)
    )


def _list_after_key(fault: Fault) -> Problem:
    span = Span(fault.at, fault.at + 1)
    return fault.syntax(span, "a list cannot begin on the line of its key", "begin each “- ” on a line of its own")


def _no_colon(fault: Fault) -> Problem:
    return _not_a_field(fault, Span(fault.since, fault.line(fault.since).end))


def _not_a_field(fault: Fault, span: Span) -> Problem:
    words = shortened(fault.file.text[span.start : min(span.end, span.start + START)])
    hint = "write “key: value”; a text that continues over several lines needs a block (`>-`) and more indentation"
    return fault.syntax(span, f"“{words}” is not a field: a colon is missing", hint)


def _after_block_mark(fault: Fault) -> Problem:
    span = Span(fault.since, fault.line(fault.since).end)
    message = f"there are words on the line of “{fault.file.text[fault.since]}”, which begins a block of text"
    return fault.syntax(span, message, f"put the whole value in quotation marks:\n{quoted(fault)}")


def _directive_line(fault: Fault) -> Problem:
    span = Span(fault.since, fault.since + 1)
    return fault.syntax(span, "a line cannot begin with “%”", "indent the text, or put it in quotation marks")


def _after_text(fault: Fault) -> Problem | None:
    """Return that there are words after a closing quotation mark or bracket in a field that holds no prose."""
    if not (glued(fault) and fault.last.style in ('"', "'", "[", "{")):
        return None
    line = fault.line(fault.at)
    words = shortened(fault.file.text[fault.at : min(line.end, fault.at + START)])
    hint = f"put the whole value in quotation marks:\n{quoted(fault)}"
    return fault.syntax(Span(fault.at, line.end), f"“{words}” comes after the end of the value", hint)


DIAGNOSES: tuple[tuple[str, Callable[[Fault], Problem | None]], ...] = (
    ("", _tab_in_indentation),
    ("", _unclosed_quote),
    ("", _cut_by_hash),
    ("", _pasted_character),
    ("", _misread_text),
    ("", _no_space),
    ("", _no_key),
    ("cannot start any token", _bad_start),
    ("", _unbalanced_bracket),
    ("escape|hexdecimal|hexadecimal", _bad_escape),
    ("mapping values", _two_colons),
    ("sequence entries are not allowed", _list_after_key),
    ("expected ':'", _no_colon),
    ("block scalar", _after_block_mark),
    ("directive", _directive_line),
    ("", _after_text),
    ("expected key|block end|'-' indicator|document start|mapping values", bad_indentation),
)
"""From the sure to the vague, each with a pattern for the parser's words that it explains."""
