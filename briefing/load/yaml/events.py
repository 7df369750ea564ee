"""YAML as it is written: no value is guessed, every node keeps its place, what briefings do not use is refused.

The tree is built from the parser's events, so that nesting can be bounded before anything recurses, and positions
are kept at once. Which of a scalar's readings is meant (text, number, date) is up to the field that receives it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.load.folder_files import ANNOTATIONS
from briefing.load.yaml import COMMENT, Data, Map, Scalar, Seq, Tree
from briefing.load.yaml.fault import Last, Level, ReadSoFar
from briefing.load.yaml.pasted import find_pasted, find_pasted_in_value, pasted_problem
from briefing.load.yaml.scalars import repaired, shortened, trace
from briefing.load.yaml.syntax_errors import explain
from briefing.model.places import Node, NodePath, Problem, Span, TextFile, in_file, in_marks, line_and_column

DEPTH_LIMIT = 50
"""Collections in collections. The format itself needs six."""

VALUES_LIMIT = 200_000
"""Keys, values, lists and mappings of a file: ten thousand comments of ten fields each have as many. Each takes some
twenty microseconds, and what is wrong with it more."""
ANNOTATIONS_VALUES_LIMIT = 100_000
"""The same of a file of annotations, of which there may be several; about each of its entries there are many rules."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where it is there; the pure parser gives the same, ten times slower."""

_HASH = re.compile("#")
_GLUED = re.compile(r"(?<=[\"'\[\]{},|>+\-\d])#")
"""A # right behind a mark of YAML; behind a letter it is part of the text."""
_REST = re.compile(r"[^\r\n]*")

NOT_TEXT = re.compile(r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
"""Keys that YAML 1.2 does not read as text."""


class _Open(Struct):
    """A collection whose end has not been met."""

    data: Map | Seq
    path: NodePath | None
    """None within something that is dropped."""
    start: int
    end: int
    key_span: Span | None
    flow: bool
    keys: dict[str, Span] = field(default_factory=dict)
    key: str | None = None
    """The key that waits for its value."""
    has_key: bool = False
    dropped: bool = False
    """Whether the waiting key's value is to be dropped, because the key is."""
    over: bool = False
    """Whether the next list entry began here without its dash: what follows belongs to that."""


KEPT_LENGTH = 500_000
"""Characters up to which the tree of a file is kept: an author changes one file after the other, some keystrokes at a
time, and the others are as they were."""


def read_yaml(file: TextFile, prose_keys: Set[str]) -> Tree:
    """Return the tree of a file, which is not to be changed; `prose_keys` are the fields that hold text, for hints that
    repair it."""
    read = _read_kept if len(file.text) <= KEPT_LENGTH else _read_kept.__wrapped__
    return read(file.name, file.text, frozenset(prose_keys))


@lru_cache(maxsize=16)
def _read_kept(name: str, text: str, prose_keys: frozenset[str]) -> Tree:
    file = TextFile(name, text)
    builder = _Builder(file, prose_keys)
    try:
        builder.run()
        builder.report_glued_remarks()
    except yaml.YAMLError as error:
        builder.fail(explain(error, file, builder.before(), prose_keys))
    if builder.pasted:
        builder.problems, builder.data = [pasted_problem(file, builder.pasted)], None
    nodes = replace(file, nodes=builder.nodes)
    return Tree(nodes, builder.data, tuple(builder.problems), frozenset(builder.bad))


class _Builder:
    """Turns events into a tree, with a stack of its own instead of recursion."""

    def __init__(self, file: TextFile, prose_keys: Set[str]) -> None:
        self.file = file
        self.text = file.text
        self.most = ANNOTATIONS_VALUES_LIMIT if f"/{ANNOTATIONS}/" in file.name else VALUES_LIMIT
        self.prose_keys = prose_keys
        self.data: Data | None = None
        self.nodes: dict[NodePath, Node] = {}
        self.problems: list[Problem] = []
        self.bad: set[NodePath] = set()
        self.stack: list[_Open] = []
        self.last = Last(Span(0, 0), None)
        self.closed: list[_Open] = []
        """What has ended since the last value began, outermost first."""
        self.root = 0
        """Where the outermost collection begins."""
        self.scalars: list[Span] = []
        """In the order of the file."""
        self.pasted: Span | None = None
        """The first character that another program put in place of one of YAML's: what follows is misread."""

    def run(self) -> None:
        """Read the events of the first document."""
        for event in self._read_events():
            if isinstance(event, yaml.ScalarEvent):
                self._add_scalar(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close_node(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open_node(event)
                if len(self.stack) > DEPTH_LIMIT:
                    self._too_deep(self.stack[-1].start)
                    break
            elif isinstance(event, yaml.AliasEvent):
                self._refuse_alias(event)

    def fail(self, problem: Problem) -> None:
        """The rest cannot be read; a mark that began the misread text says nothing more."""
        starts = problem.at.span.start if problem.at.span else -1
        self.problems = [other for other in self.problems if other.at.span and other.at.span.start != starts]
        self.problems.append(problem)
        self.data = None

    def report_glued_remarks(self) -> None:
        """Report each # that PyYAML reads as the start of a remark though no space is before it (YAML 1.2.2, 6.6)."""
        found = self._next_glued(0)
        while found:
            at = found.start()
            rest = _REST.match(self.text, at)
            end = rest.end() if rest else at
            begun = self.text.rfind("\n", 0, at) + 1
            if not any(self.is_outside(one.start()) for one in _HASH.finditer(self.text, begun, at)):
                words = self.text[at:end].strip()
                hint = "if it belongs to the text, put quotation marks around all of the text"
                hint += "; if it is a remark, put it on a line of its own"
                message = f"YAML dropped {in_marks(shortened(words))} as a comment"
                place = in_file(self.file.name, at, at + len(words))
                self.problems.append(Problem("text-cut-by-hash", message, place, hint))
            found = self._next_glued(end)

    def _next_glued(self, start: int) -> re.Match[str] | None:
        """Return the next # that is right behind a mark of YAML and in no text."""
        found = _GLUED.finditer(self.text, start)
        return next((one for one in found if self.is_outside(one.start())), None)

    def before(self) -> ReadSoFar:
        """Return what was read up to now; the parser ends what a line does not fit into before it refuses the line."""
        levels = (
            Level(one.start, isinstance(one.data, Seq), one.key or "", next(iter(one.keys), ""))
            for one in (*self.stack, *self.closed)
            if not one.flow
        )
        return ReadSoFar(self.last, tuple(levels), self.root, self.is_outside)

    def is_outside(self, at: int) -> bool:
        """Return whether no text holds the character at an offset."""
        number = bisect_right(self.scalars, at, key=lambda span: span.start) - 1
        return number < 0 or at >= self.scalars[number].end

    def _read_events(self) -> Iterator[Any]:
        documents, left = 0, self.most
        events: Iterator[Any] = yaml.parse(self.text, Loader=LOADER)
        for event in events:
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                self._report_documents(event.start_mark.index)
                return
            left -= isinstance(event, yaml.NodeEvent)
            if left < 0:
                self._too_many(event.start_mark.index)
                return
            yield event

    # --- nodes ---

    def _add_scalar(self, event: Any) -> None:
        style = None if event.style in (None, "") else str(event.style)
        span, runs = trace(self.text, Span(event.start_mark.index, event.end_mark.index), style, event.value)
        self.last = Last(span, style)
        header = self.text.find("\n", span.start, span.end) if style in ("|", ">") else span.start
        self.scalars.append(Span(max(header, span.start), span.end))
        self.closed = []
        if top := self._awaiting_key():
            self._read_key(top, event.value, span, style)
            return
        path, key_span = self._next_node()
        if style is None and path is not None and not event.value.isascii():
            self._note_pasted(path, span)
        cut = style is None and COMMENT.match(self.text, span.end) is not None
        value = Scalar.at(path or (), event.value, plain=style is None, cut=cut, folded=style in (None, "'", ">"))
        if path is not None:
            self.nodes[path] = Node(span, key_span, runs)
        self._refuse_tags(event, path, span)
        self._attach_node(value, span.end)

    def _open_node(self, event: Any) -> None:
        path, key_span = self._next_node()
        self.closed = []
        start = event.start_mark.index
        is_map, flow = isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)
        self.root = self.root if self.stack else start
        made: Map | Seq = Map.at(path or ()) if is_map else Seq.at(path or (), flow)
        if top := self._awaiting_key():
            path = None
            self._bad_key(top, Span(start, start + 1), "there is a list or mapping where a key is needed")
        self._refuse_tags(event, path, Span(start, event.end_mark.index))
        self.stack.append(_Open(made, path, start, start, key_span, flow))

    def _close_node(self, event: Any) -> None:
        done = self.stack.pop()
        self.closed.insert(0, done)
        end = event.end_mark.index if done.flow else done.end
        if done.path is not None:
            self.nodes[done.path] = Node(Span(done.start, end), done.key_span)
        if done.flow:
            self.last = Last(Span(done.start, end), "[" if isinstance(done.data, Seq) else "{")
        top = self.stack[-1] if self.stack else None
        if top is not None and top.dropped and not top.has_key:
            top.has_key, top.end = True, end
        else:
            self._attach_node(done.data, end)

    def _refuse_alias(self, event: Any) -> None:
        span = Span(event.start_mark.index, event.end_mark.index)
        self.last = Last(span, "*")
        if top := self._awaiting_key():
            self._bad_key(top, span, f"the key “{span.of(self.text)}” is an alias")
            top.has_key = True
            return
        path, key_span = self._next_node()
        if path is not None:
            self.nodes[path] = Node(span, key_span)
        message = f"“{span.of(self.text)}” means another value (a YAML alias), which briefings do not use"
        self._report_refused("yaml-alias", message, path, span)
        self._attach_node(Scalar.at(path or (), ""), span.end)

    # --- keys and values ---

    def _awaiting_key(self) -> _Open | None:
        """Return the innermost collection if it is a mapping whose next key comes now."""
        top = self.stack[-1] if self.stack else None
        return top if top and isinstance(top.data, Map) and not top.has_key else None

    def _read_key(self, top: _Open, key: str, span: Span, style: str | None) -> None:
        top.key, top.has_key, top.dropped = key, True, True
        if style is None and not key.isascii():
            self.pasted = self.pasted or find_pasted(self.text, span.start, span.end + 1)
        if top.over:
            return
        if style is None and key == "<<":
            message = "“<<” copies fields from elsewhere (a YAML merge key), which briefings do not use"
            self._report_refused("yaml-alias", message, top.path, span)
        elif style in ("|", ">"):
            self._bad_key(top, span, "there is a block of text where a key is needed")
        elif style is None and (not key or NOT_TEXT.fullmatch(key)):
            self._bad_key(top, span, f"the key “{key}” is not text" if key else "a key is missing before “:”")
        elif key in top.keys:
            self._report_duplicate(top, key, span)
        else:
            top.dropped = False
            top.keys[key] = span

    def _next_node(self) -> tuple[NodePath | None, Span | None]:
        """Path and key of the node that is met now."""
        if not self.stack:
            return (), None
        top = self.stack[-1]
        if top.path is None or top.dropped:
            return None, None
        if isinstance(top.data, Seq):
            return (*top.path, len(top.data)), None
        return (*top.path, top.key or ""), top.keys.get(top.key or "")

    def _attach_node(self, value: Data, end: int) -> None:
        if not self.stack:
            self.data = value
            return
        top = self.stack[-1]
        top.end = end
        if isinstance(top.data, Seq):
            top.data.append(value)
        elif not top.dropped and top.key is not None:
            top.data[top.key] = value
        top.has_key = top.dropped = False

    def _note_pasted(self, path: NodePath, span: Span) -> None:
        """Note a pasted character in a value that is no prose, where a list or a field was meant."""
        field = next((part for part in reversed(path) if isinstance(part, str)), "")
        if self.pasted or (field in self.prose_keys and path != ("key_points",)):
            return
        top = self.stack[-1] if self.stack else None
        if top and top.flow and isinstance(top.data, Map):
            return
        begun = max(self.text.rfind("\n", 0, span.start), self.text.rfind("\r", 0, span.start)) + 1
        if not self.text[begun : span.start].strip(" -"):
            self.pasted = find_pasted(self.text, span.start, span.end)
        self.pasted = self.pasted or find_pasted_in_value(self.text, span, in_brackets=bool(top and top.flow))

    # --- what is refused ---

    def _refuse_tags(self, event: Any, path: NodePath | None, span: Span) -> None:
        if event.anchor is None and event.tag is None:
            return
        mark = (span.of(self.text).split() or [""])[0]
        if event.anchor is not None:
            message = f"“{mark}” gives a value a name (a YAML anchor), which briefings do not use"
            self._report_refused("yaml-alias", message, path, span)
        if event.tag is not None:
            message = f"“{mark}” says how to read a value (a YAML tag), which briefings do not use"
            self._report_refused("yaml-tag", message, path, span)

    def _report_refused(self, code: str, message: str, path: NodePath | None, span: Span) -> None:
        hint = "write the value out in full" if code == "yaml-alias" else "leave it out"
        hint += ", or put quotation marks around the value if it begins with this character"
        if path and path[-1] in self.prose_keys:
            hint = f"text that begins like this needs a block:\n{repaired(path, span.of(self.text))}"
        self.problems.append(Problem(code, message, in_file(self.file.name, span.start, span.end), hint))
        if path:
            self.bad.add(path)

    def _bad_key(self, top: _Open, span: Span, message: str) -> None:
        top.dropped = True
        hint = "a key is a word before a colon; put it in quotation marks if it is meant as it is"
        self.problems.append(Problem("yaml-key", message, in_file(self.file.name, span.start, span.end), hint))
        if top.path:
            self.bad.add(top.path)

    def _report_duplicate(self, top: _Open, key: str, span: Span) -> None:
        line, _, _ = line_and_column(self.text, top.keys[key].start)
        at = in_file(self.file.name, span.start, span.end)
        hint = f"the first is in line {line}; keep one of them"
        if len(self.stack) > 1 and isinstance(self.stack[-2].data, Seq) and key == next(iter(top.keys)):
            hint += f", or begin a new list entry with “- {key}: ”"
            top.over = True
            self.bad.update({top.path} if top.path else set())
        self.problems.append(Problem("yaml-duplicate-key", f"the key “{key}” occurs twice here", at, hint))

    def _too_deep(self, offset: int) -> None:
        message = f"lists and mappings are nested more than {DEPTH_LIMIT} deep"
        hint = "briefings need six levels; look for brackets that are not closed"
        self.problems.append(Problem("yaml-too-deep", message, in_file(self.file.name, offset, offset + 1), hint))
        self.data = None

    def _too_many(self, offset: int) -> None:
        message = f"“{self.file.name}” has more than {self.most:,} keys and values"
        hint = "leave out what is not needed; annotations may fill several files"
        self.problems = [Problem("file-too-large", message, in_file(self.file.name, offset, offset + 1), hint)]
        self.data = None
        self.stack.clear()

    def _report_documents(self, offset: int) -> None:
        at = in_file(self.file.name, offset, min(offset + 3, len(self.text)))
        hint = "remove the line “---”, or move what follows it to a file of its own"
        self.problems.append(Problem("yaml-syntax", "the file holds several YAML documents", at, hint))
