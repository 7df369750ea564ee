"""Which mutants a function has, what they are called, and how sure a share is."""

from __future__ import annotations

import ast

import pytest

from tests.mutants.__main__ import AREAS, drawn, equivalent, every, interval
from tests.mutants.mutations import mutants, mutated


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("return 1 < n", ["return None", "1 <= n", "2 < n", "0 < n"]),
        ("return n == x and not x", ["return None", "n == x or not x", "n != x"]),
        ("if n:\n        return True", ["not n", "False"]),
        ("while not n:\n        continue", ["n", "pass"]),
        ("n += 1\n    return", ["pass", "n += 2", "n += 0"]),
        ("'''What it does.'''\n    print(f'{n + 1}')", ["pass"]),
        ("return [x for x in n if x]", ["return None", "not x"]),
        ("m: Literal[1] = n | x", ["n & x"]),
        ("return", []),
        ("return None", []),
    ],
)
def test_a_function_has_these_mutants(body: str, changed: list[str]) -> None:
    text = f"def f(n, x):\n    {body}\n"
    found = mutants("p.py", text)
    assert [one.number for one in found] == list(range(len(changed)))
    for one, change in zip(found, changed, strict=True):
        code = ast.unparse(mutated(text, one.number))
        assert code != ast.unparse(ast.parse(text))
        assert change in code


def test_names_stay_when_lines_move() -> None:
    text = "class A:\n    def f(self, n):\n        return n[1:1]\n"
    assert [one.name for one in mutants("p.py", text)] == [
        "p.py A.f: return n[1:1] | return n[1:1] → return None",
        "p.py A.f: return n[1:1] | 1 → 2",
        "p.py A.f: return n[1:1] | 1 → 0",
        "p.py A.f: return n[1:1] | 1 → 2 #2",
        "p.py A.f: return n[1:1] | 1 → 0 #2",
    ]
    assert [one.name for one in mutants("p.py", f"N = 1\n\n\n{text}")] == [one.name for one in mutants("p.py", text)]


@pytest.mark.parametrize("area", AREAS)
def test_a_seed_draws_the_same(area: str) -> None:
    assert drawn(area, 20, 1) == drawn(area, 20, 1) != drawn(area, 20, 2)


def test_what_is_known_to_be_no_mutant_is_there_and_not_drawn() -> None:
    names = [one.name for area in AREAS for one in every(area)]
    assert equivalent().keys() <= set(names)
    assert not equivalent().keys() & {one.name for area in AREAS for one in drawn(area, 10**6, 1)}


@pytest.mark.parametrize(("killed", "tried", "low", "high"), [(0, 10, 0.0, 0.2775), (85, 100, 0.7672, 0.9069)])
def test_the_interval_is_wilsons(killed: int, tried: int, low: float, high: float) -> None:
    assert interval(killed, tried) == pytest.approx((low, high), abs=1e-3)
