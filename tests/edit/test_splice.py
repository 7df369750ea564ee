"""A change to a file changes what it should and not one character more."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.authoring import edit
from briefing.authoring.edit import EditError, add_field, insert, parsed, remove, replace_text, set_field
from briefing.authoring.edit.entries import Value
from briefing.authoring.edit.layout import value_at
from briefing.load.yaml import Map, Seq
from briefing.model.places import NodePath, TextFile
from tests.sizes import soak

FILE = """\
# The quotations, in order.
quotes:
  # the first
  - id: one   # its name
    target: >-   # as it stands
      words of the first
      that go on
    tags: [a, b]

  - id: two
    target: {exact: "words", prefix: more}
    note: |
      First line
      - item

    # hangs on to two

# below
figures: []
context:
"""


def file(text: str = FILE) -> TextFile:
    return TextFile("docs/x.yml", text)


@pytest.mark.parametrize(
    ("path", "text", "old", "new"),
    [
        (("quotes", 0, "id"), "uno", "- id: one   #", "- id: uno   #"),
        (("quotes", 0, "target"), "new: words", "words of the first\n      that go on", "new: words"),
        (("quotes", 0, "tags", 1), "c d", "[a, b]", "[a, c d]"),
        (("quotes", 0, "tags", 1), "c, d", "[a, b]", '[a, "c, d"]'),
        (("quotes", 1, "target", "exact"), "these", '"words"', "these"),
        (("quotes", 1, "note"), "Line\n\n- item", "First line\n      - item", "Line\n\n      - item"),
        (("context",), "x", "context:\n", "context: x\n"),
    ],
)
def test_a_scalar_is_replaced_in_its_own_style(path: NodePath, text: str, old: str, new: str) -> None:
    changed = replace_text(file(), path, text).text
    assert FILE.count(old) == 1
    if path == ("quotes", 1, "note"):
        new, old = new, old
    assert changed == FILE.replace(old, new).replace("note: |\n      Line", "note: |-\n      Line")


@pytest.mark.parametrize(
    ("path", "entry", "before", "old", "new"),
    [
        (("quotes",), {"id": "three"}, None, "    # hangs on to two\n", "    # hangs on to two\n\n  - id: three\n"),
        (("quotes",), {"id": "zero"}, 0, "  # the first\n", "  - id: zero\n\n  # the first\n"),
        (("quotes",), {"id": "mid"}, 1, "  - id: two", "  - id: mid\n\n  - id: two"),
        (("quotes", 0, "tags"), "c", None, "[a, b]", "[a, b, c]"),
        (("quotes", 0, "tags"), "c", 0, "[a, b]", "[c, a, b]"),
        (("figures",), {"id": "f"}, None, "figures: []\n", "figures:\n  - id: f\n"),
        (("context",), {"id": "f"}, None, "context:\n", "context:\n  - id: f\n"),
        (("themes",), {"id": "t"}, None, "context:\n", "context:\n\nthemes:\n  - id: t\n"),
        (("quotes", 0, "was"), "uno", None, "    tags: [a, b]\n", "    tags: [a, b]\n    was: [uno]\n"),
    ],
)
def test_an_entry_takes_its_place(path: NodePath, entry: Value, before: int | None, old: str, new: str) -> None:
    assert insert(file(), path, entry, before=before).text == FILE.replace(old, new)


def test_a_list_is_made_in_an_empty_file_and_in_one_with_comments_alone() -> None:
    assert insert(file(""), ("quotes",), {"id": "a", "note": "b"}).text == "quotes:\n  - id: a\n    note: >-\n      b\n"
    assert insert(file("# words"), ("quotes",), {"id": "a"}).text == "# words\nquotes:\n  - id: a\n"


def test_line_ends_and_a_missing_last_one_stay() -> None:
    changed = insert(file("a:\r\n- x\r\n- y"), ("a",), "z: 1\n2").text
    assert changed == "a:\r\n- x\r\n- y\r\n- >-\r\n  z: 1\r\n\r\n  2"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (("quotes", 0, "tags"), "    tags: [a, b]\n", ""),
        (("quotes", 0, "tags", 1), "[a, b]", "[a]"),
        (("quotes", 0, "tags", 0), "[a, b]", "[b]"),
        (("quotes", 1, "target"), '    target: {exact: "words", prefix: more}\n', ""),
        (("quotes", 1, "id"), "id: two\n    ", ""),
        (("quotes", 1, "target", "prefix"), ", prefix: more", ""),
        (("context",), "\ncontext:", ""),
    ],
)
def test_what_is_removed_takes_its_lines_along(path: NodePath, old: str, new: str) -> None:
    assert remove(file(), path).text == FILE.replace(old, new)


def test_a_removed_entry_leaves_no_double_gap() -> None:
    text = "quotes:\n  - id: a\n\n  - id: b\n\n  - id: c\n"
    assert remove(file(text), ("quotes", 1)).text == "quotes:\n  - id: a\n\n  - id: c\n"
    assert remove(file(text), ("quotes", 2)).text == "quotes:\n  - id: a\n\n  - id: b\n"
    assert remove(file(text), ("quotes", 0)).text == "quotes:\n  - id: b\n\n  - id: c\n"
    assert remove(file("quotes:  # q\n  - id: a\nb: c\n"), ("quotes", 0)).text == "quotes: []  # q\nb: c\n"


def test_a_field_is_added_or_changed() -> None:
    assert "    tags: [a, b]\n    speaker: rutte\n" in set_field(file(), ("quotes", 0), "speaker", "rutte").text
    assert "prefix: more, suffix: x}" in set_field(file(), ("quotes", 1, "target"), "suffix", "x").text
    nested = set_field(file("a: b\n"), ("source",), "url", "https://x.example").text
    assert nested == "a: b\n\nsource:\n  url: https://x.example\n"


def test_a_field_that_is_there_is_not_added() -> None:
    assert add_field(file("a: b\n"), (), "c", "d").text == "a: b\nc: d\n"
    with pytest.raises(EditError, match="already"):
        add_field(file("a: b\n"), (), "a", {"name": "c"})


@pytest.mark.parametrize("text", ["a: *x\n", "a: b: c\n", "a: 1\na: 2\n"])
def test_a_file_with_problems_is_not_touched(text: str) -> None:
    with pytest.raises(EditError, match="problems of its own"):
        insert(file(text), ("quotes",), "x")


@pytest.mark.parametrize(("path", "why"), [(("nowhere",), "there is no nowhere"), (("quotes", 7), r"quotes\[7\]")])
def test_what_is_not_there_is_not_changed(path: NodePath, why: str) -> None:
    with pytest.raises(EditError, match=why):
        replace_text(file(), path, "x")
    with pytest.raises(EditError, match=why):
        remove(file(), path)


# --- any file, any change ---------------------------------------------------------------------------------------

SCALARS = st.sampled_from(
    ["plain words", "'it''s'", '"x: \\u2014"', "2025-11-06", "", ">-\n<folded\n<on", "|\n<lit\n< x"]
)
SCALARS |= st.sampled_from(["[a, b]", "[]", "{a: b}", "{}", "[{a: b}, c]", "x # said", ">  # said\n<words"])


@st.composite
def documents(draw: st.DrawFn, indent: int = 0, depth: int = 3) -> str:
    """The lines of a block mapping or list, with comments and blank lines anywhere."""
    margin, lines = " " * indent, []
    listed = draw(st.booleans()) if indent or depth < 3 else False
    for number in range(draw(st.integers(1, 3))):
        for noise in draw(st.lists(st.sampled_from(["", f"{margin}# about"]), max_size=2)):
            lines.append(noise)
        head = "-" if listed else f"k{number}:"
        if depth and draw(st.booleans()):
            step = draw(st.sampled_from([2, 4]))
            inner = draw(documents(indent=indent + step, depth=depth - 1))
            if listed and draw(st.booleans()) and not inner.lstrip(" ").startswith(("#", "\n")):
                lines.append(margin + "-" + " " * (step - 1) + inner.lstrip(" "))
            else:
                lines += [margin + head + draw(st.sampled_from(["", "  # said"])), inner]
        else:
            value = draw(SCALARS).replace("<", " " * (indent + 2))
            lines.append(f"{margin}{head} {value}".rstrip())
    return "\n".join(lines)


def paths(data: object, path: NodePath = ()) -> list[NodePath]:
    inner = data.items() if isinstance(data, Map) else enumerate(data) if isinstance(data, Seq) else ()
    return [path, *(found for key, value in inner for found in paths(value, (*path, key)))]  # type: ignore[arg-type]


def comments(text: str) -> int:
    return text.count("# about") + text.count("# said")


@soak(500)
@given(
    text=documents(), data=st.data(), crlf=st.booleans(), word=st.sampled_from(["x", "a: b", "one\ntwo", "", "w " * 60])
)
def test_any_change_to_any_file_is_made_whole(text: str, data: st.DataObject, crlf: bool, word: str) -> None:
    text = (text + data.draw(st.sampled_from(["", "\n", "\n\n"]))).replace("\n", "\r\n" if crlf else "\n")
    before = parsed(file(text))
    path = data.draw(st.sampled_from(paths(before.data)))
    value = edit._value_at(before, path)
    entry: Value = data.draw(st.sampled_from([word, {"id": word or "e", "note": word}, [word, "b"]]))
    if isinstance(value, Seq):
        index = data.draw(st.integers(0, len(value)))
        after = insert(file(text), path, entry, before=index)
        assert edit._value_at(parsed(after), (*path, index)) == entry
    elif isinstance(value, Map):
        after = set_field(file(text), path, "fresh", entry)
        assert edit._value_at(parsed(after), (*path, "fresh")) == entry
    else:
        after = replace_text(file(text), path, word)
        assert edit._value_at(parsed(after), path) == word
    assert comments(after.text) == comments(text)
    assert "\r" not in text or "\n" not in after.text.replace("\r\n", "")


@soak(300)
@given(text=documents(), data=st.data())
def test_anything_can_be_removed(text: str, data: st.DataObject) -> None:
    before = parsed(file(text))
    found = [path for path in paths(before.data) if path]
    assume(found)
    path = data.draw(st.sampled_from(found))
    after = parsed(remove(file(text), path))
    wanted = edit.bare(before.data)
    del value_at(wanted, path[:-1])[path[-1]]
    assert edit.same(after.data, wanted)
