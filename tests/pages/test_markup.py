"""Nothing that a page template can do with plain text makes it markup: no filter, test, operator, method or block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from jinja2 import DictLoader, TemplateError

from briefing.render.environment import PageEnvironment, PageTemplateError, environment, joined
from briefing.render.escape import Markup, in_markdown
from briefing.resources import templates

PLAIN = '![x](y){: onerror=z } <i o="n">*a* `b` [@c] | # %s {}'
OURS = Markup("<em>ours</em>")
SAFE = re.compile(r"(?:<em>ours</em>|&#\d+;|[^!-/:-@\[-`{-~]|[,;])*")
"""What a page may hold: our own markup, and of ASCII's punctuation only what Markdown and HTML read as text."""

VALUES = {
    "plain": PLAIN,
    "markup": OURS,
    "mixed": [PLAIN, OURS],
    "markup first": [OURS, PLAIN],
    "pairs": [[PLAIN, OURS], [OURS, PLAIN]],
    "mapping": {"first": PLAIN, "second": OURS},
    "hostile key": {PLAIN: OURS, "zz": PLAIN},
    "number": 3,
}
ARGUMENTS = (
    *(
        "",
        "p",
        "m",
        "p, m",
        "m, p",
        "1",
        "2, p",
        "3, m",
        "1, true",
        "'first'",
        "'upper'",
        "'join', m",
        "'replace', 'x', p",
    ),
    *("attribute=0", "attribute='first'", "d=m", "m, attribute=0", "start=m", "30, true, p", "width=2, wrapstring=m"),
)
ENVIRONMENT = environment(templates() / "pages")
assert isinstance(ENVIRONMENT, PageEnvironment)
FILTERS = sorted(ENVIRONMENT.filters)
REFUSED = {"e", "escape", "forceescape", "safe", "striptags", "tojson", "urlize", "xmlattr"}
OPERATORS = ("~", "+", "-", "*", "/", "//", "%", "**", "==", "<", "in", "and", "or")


AFTERWARDS = ENVIRONMENT.from_string(
    "{{ x }}{{ [x, p]|join(m) }}{{ x ~ p ~ m }}{{ p ~ x }}{% set y %}{{ x }}{% endset %}{{ y ~ x }}"
    "{% if x is iterable %}{% for y in x %}{{ y }}{{ y ~ p ~ m }}{% endfor %}{% endif %}"
)
"""What a template may do with a result."""
UNFIT = (
    PageTemplateError,
    TemplateError,
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
    AssertionError,
)
"""What is raised for a value or argument of another kind than is wanted."""


def render(template: str, **values: object) -> str:
    return ENVIRONMENT.from_string(template).render(p=PLAIN, m=OURS, **values)


def results(expression: str) -> Iterator[str]:
    """What is printed for an expression with every kind of value in it; what does not fit says nothing."""
    try:
        compute = ENVIRONMENT.compile_expression(expression, undefined_to_none=False)
    except PageTemplateError:
        return
    for value in VALUES.values():
        with suppress(*UNFIT):
            yield AFTERWARDS.render(x=compute(v=value, p=PLAIN, m=OURS), p=PLAIN, m=OURS)


def is_safe(text: str) -> bool:
    return bool(SAFE.fullmatch(text))


def is_safe_in_html(text: str) -> bool:
    """Within a raw element text keeps more of its punctuation, but nothing that begins or ends anything."""
    return not re.search(r"[<>\"`{}\[\]*_]", text.replace("<em>ours</em>", ""))


@pytest.mark.parametrize("name", FILTERS)
def test_no_filter_makes_markup_of_plain_text(name: str) -> None:
    found = [text for given in ARGUMENTS for text in results(f"v|{name}({given})")]
    assert bool(found) == (name not in REFUSED), "a filter either works for some of these values or is refused"
    safe = is_safe_in_html if name in ("in_html", "in_lines") else is_safe
    assert [text for text in found if not safe(text)] == []


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_filter_that_makes_html_is_refused_in_words(name: str) -> None:
    for template in (f"{{{{ p|{name} }}}}", f"{{{{ [p]|map('{name}')|list }}}}", f"{{{{ 'constant'|{name} }}}}"):
        with pytest.raises(PageTemplateError, match=f"the filter “{name}” is not available in page templates"):
            render(template)


@pytest.mark.parametrize("operator", OPERATORS)
def test_no_operator_makes_markup_of_plain_text(operator: str) -> None:
    found = [
        text
        for e in (f"v {operator} p", f"v {operator} m", f"p {operator} v", f"m {operator} v")
        for text in results(e)
    ]
    assert [text for text in found if not is_safe(text)] == []


@pytest.mark.parametrize("name", sorted(name for name in dir(str) if not name.startswith("_")))
def test_no_method_of_strings_makes_markup_of_plain_text(name: str) -> None:
    given = ("", "p", "m", "p, m", "m, p", "'o', p", "'o', m", "200", "200, 'x'", "[p, m]", "v", "{111: p}", "x=p")
    found = [text for of, inner in product("pm", given) for text in results(f"{of}.{name}({inner})")]
    assert found
    assert [text for text in found if not is_safe(text)] == []


@pytest.mark.parametrize("name", sorted(ENVIRONMENT.tests))
def test_tests_give_nothing_but_yes_and_no(name: str) -> None:
    for given in ("", "(p)", "(m)"):
        for text in results(f"v is {name}{given}"):
            assert is_safe(text)


WRITTEN = in_markdown(PLAIN)
BOTH = f"{WRITTEN}<em>ours</em>"
BLOCKS = {
    "a macro": ("{% macro f(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ f(p, m) }}", BOTH),
    "a macro, joined": ("{% macro f(a) %}{{ a }}{% endmacro %}{{ [f(m), p]|join(', ') }}", f"<em>ours</em>, {WRITTEN}"),
    "a macro, added": ("{% macro f(a) %}{{ a }}{% endmacro %}{{ p ~ f(m) }}", BOTH),
    "a caller": ("{% macro f() %}{{ caller() }}{% endmacro %}{% call f() %}{{ p }}{{ m }}{% endcall %}", BOTH),
    "a caller, added": ("{% macro f() %}{{ p ~ caller() }}{% endmacro %}{% call f() %}{{ m }}{% endcall %}", BOTH),
    "a set block": ("{% set x %}{{ p }}{{ m }}{% endset %}{{ x }}", BOTH),
    "a set block, added": ("{% set x %}{{ m }}{% endset %}{{ p + x }}", BOTH),
    "a filtered set block": ("{% set x|trim %}{{ p }} {{ m }}{% endset %}{{ x }}", None),
    "a recursive loop": (
        "{% for x in [p, [m]] recursive %}{% if x is string %}{{ x }}{% else %}{{ loop(x) }}{% endif %}{% endfor %}",
        BOTH,
    ),
    "a filter block": ("{% filter lower %}{{ p }}{% endfilter %}", None),
    "no escaping wanted": ("{% autoescape false %}{{ p }}{{ m }}{{ p ~ m }}{{ [p, m]|join }}{% endautoescape %}", None),
    "a set block without escaping": (
        "{% autoescape false %}{% set x %}{{ p }}{{ m }}{% endset %}{{ x }}{% endautoescape %}",
        None,
    ),
    "escaping by a variable": (
        "{% autoescape v %}{{ p ~ m }}{% set x %}{{ p }}{% endset %}{{ x ~ m }}{% endautoescape %}",
        None,
    ),
    "a constant": ("{{ '*a*' }}{{ '<b>' ~ m }}", f"{in_markdown('*a*<b>')}<em>ours</em>"),
    "a loop over a string": ("{% for x in p %}{{ x }}{% endfor %}", WRITTEN),
    "a joiner": ("{% set j = joiner(p) %}{{ j() }}{{ j() }}", WRITTEN),
    "a cycler": ("{% set c = cycler(p, m) %}{{ c.next() }}{{ c.next() }}", BOTH),
    "a default": ("{{ nothing|default(p) }}{{ nothing|default(m) }}", BOTH),
    "words of the language": ("{{ (p, m)|join }}", BOTH),
    "a namespace": ("{% set n = namespace(x=p) %}{% set n.x = n.x ~ m %}{{ n.x }}", BOTH),
    "an import": ("{% import 'pieces' as x %}{{ x.f(p) }}{{ m }}", BOTH),
    "an include": ("{% include 'plain' %}{{ m }}", BOTH),
    "a block of a parent": ("{% extends 'parent' %}{% block b %}{{ super() }}{{ m }}{% endblock %}", f"{BOTH}{BOTH}"),
    "lorem ipsum": ("{{ lipsum(1, true) }}", None),
}


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("v", [True, False])
def test_blocks_keep_markup_and_make_no_other(block: str, v: bool) -> None:
    template, expected = BLOCKS[block]
    more = DictLoader(
        {
            "pieces": "{% macro f(x) %}{{ x }}{% endmacro %}",
            "plain": "{{ p }}",
            "parent": "{% block b %}{{ p }}{% endblock %}{{ self.b() }}",
            "page": template,
        }
    )
    own = PageEnvironment(loader=more, autoescape=True, finalize=ENVIRONMENT.finalize)
    text = own.get_template("page").render(p=PLAIN, m=OURS, v=v)
    assert is_safe(text)
    if expected is not None:
        assert text == expected


def test_only_joining_adding_and_filling_in_keep_markup() -> None:
    assert Markup(" · ").join([OURS, PLAIN]) == f"<em>ours</em> · {WRITTEN}"
    assert Markup("{} {name}").format(OURS, name=PLAIN) == f"<em>ours</em> {WRITTEN}"
    assert f"<em>ours</em>{WRITTEN}" == OURS + PLAIN
    assert PLAIN + OURS == BOTH
    names = [name for name in dir(str) if not name.startswith("_")]
    names += ["__getitem__", "__mul__", "__rmul__", "__mod__"]
    kept = {name for name in names if isinstance(found := tried(OURS, name), Markup) and found != OURS}
    assert kept <= {"join", "format"}
    assert isinstance(joined([PLAIN, PLAIN]), str) and not isinstance(joined([PLAIN], PLAIN), Markup)


def tried(text: str, name: str) -> object:
    for given in ((), ("o",), (2,), ("o", "x"), (["o"],)):
        try:
            return getattr(text, name)(*given)
        except (TypeError, KeyError):
            continue
    return None


def test_no_other_markup_is_used_anywhere() -> None:
    """What `markupsafe` joins is safe for HTML alone, which only pages outside of the theme are from the beginning."""
    ours = Path(__file__).parents[2] / "briefing"
    used = [
        path for path in ours.rglob("*.py") if re.search(r"^\s*(from|import) markupsafe", path.read_text("utf-8"), re.M)
    ]
    names = ("copies/epub_copy.py", "copies/html_copy.py", "embeds.py", "review_page.py")
    assert sorted(used) == [ours / "render" / name for name in names]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n{{ nothing }}", "'nothing' is undefined"),
        ("\n{% for a, b in [[1, 2, 3]] %}{{ a }}{% endfor %}", "too many values to unpack"),
        ("\n{{ 1 + x }}", "unsupported operand"),
        ("\n{{ x.y.z }}", "has no attribute"),
        ("\n{{ x", "unexpected end of template"),
        ("\n{{ x|safe }}", "not available in page templates"),
    ],
)
def test_what_is_wrong_in_a_template_of_ones_own_is_told_with_its_file_and_line(
    tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "notice.md.jinja").write_text(text)
    with pytest.raises(PageTemplateError, match=rf"notice\.md\.jinja:[12]: .*{re.escape(told)}"):
        environment(templates() / "pages", tmp_path).get_template("notice.md.jinja").render(x="text")


def test_a_mistake_of_this_program_is_no_fault_of_a_template() -> None:
    def fails() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        environment(templates() / "pages").from_string("{{ f() }}").render(f=fails)
