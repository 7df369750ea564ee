"""Everybody who is quoted, across briefings."""

from __future__ import annotations

from pathlib import Path

from tests.library.world import TEXT, WORDS, collected, spoken_by, write_world

SAID = {"target": WORDS}


def test_all_that_somebody_said_is_put_together_newest_first_with_the_role_then(tmp_path: Path) -> None:
    old = {"briefing": {"source": {"published": "2020-05-01"}, "people": {"ada": "Councillor"}}, "quotes": [SAID]}
    new = {"briefing": {"source": {"published": "2025-05-01"}, "people": {"ada": "Mayor"}}, "quotes": [SAID]}
    found = collected(write_world(tmp_path, {"old": old, "new": new}))
    (ada,) = found.people
    assert [(item.date, item.briefing.path, item.briefing.roles["ada"]) for item in ada.said] == [
        ("2025-05-01", "new", "Mayor"),
        ("2020-05-01", "old", "Councillor"),
    ]
    assert [(role, briefing.path) for role, briefing in ada.roles] == [("Mayor", "new"), ("Councillor", "old")]


def test_two_people_with_one_name_stay_two(tmp_path: Path) -> None:
    text = {"source.txt": spoken_by("Anna Jones")}
    ely = {"briefing": {"people": {"jones-ely": "Mayor of Ely"}}, "quotes": [SAID | {"speaker": "jones-ely"}]}
    bath = {"briefing": {"people": {"jones-bath": "Poet"}}, "quotes": [SAID | {"speaker": "jones-bath"}]}
    found = collected(write_world(tmp_path, {"a": ely | text, "b": bath | text}))
    assert [(one.person.id, one.namesakes, len(one.said)) for one in found.people] == [
        ("jones-bath", ("jones-ely",), 1),
        ("jones-ely", ("jones-bath",), 1),
    ]


def test_who_quotes_and_who_states_a_figure_are_known_too(tmp_path: Path) -> None:
    case = {
        "briefing": {"people": {"council": "Council of the town"}},
        "quotes": [SAID | {"via": ["ben"]}],
        "figures": [{"target": "5 percent", "value": 5, "speaker": "council"}],
    }
    found = {one.person.id: one for one in collected(write_world(tmp_path, {"a": case})).people}
    assert [item.record.id for item in found["council"].said] == ["f0"]
    assert [item.record.id for item in found["ben"].passed_on] == ["q0"]
    assert not found["ben"].said


def test_drafts_are_not_there_and_leave_nothing_behind(tmp_path: Path) -> None:
    draft = {
        "source.txt": spoken_by("Ben Ruiz"),
        "briefing": {"status": "draft", "people": {"ben": "Clerk"}},
        "quotes": [SAID | {"speaker": "ben"}],
    }
    hidden = {"id": "hidden", "target": "We never will", "speaker": "ben", "status": "draft", "tags": ["secret"]}
    partly = {"source.txt": f"{TEXT}“We never will,” Ben Ruiz said.\n", "quotes": [SAID, hidden]}
    found = collected(write_world(tmp_path, {"a": draft, "b": partly}))
    assert [one.person.id for one in found.people] == ["ada"]
    assert not found.topics
    assert [briefing.path for briefing in found.briefings] == ["b"]
