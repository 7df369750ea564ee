"""Lists of people are in the order of family names, and citations have them first."""

from __future__ import annotations

import pytest

from briefing.model import Person
from briefing.model.places import Place
from briefing.text.filing import filed_as, names_a_body, personal_name

FILED = {
    "Mira Castell": "Castell, Mira",
    "Dr Anselm Pryde": "Pryde, Anselm",
    "Prof. Dr. med. Ada Lenz": "Lenz, Ada",
    "Sir Hugo Stein": "Stein, Hugo",
    "Lord Byron": "Byron",
    "Franklin D. Roosevelt": "Roosevelt, Franklin D.",
    "Martin Luther King, Jr.": "King, Martin Luther",
    "Susie Doyle MP": "Doyle, Susie",
    "Castell, Mira": "Castell, Mira",
    # particles: in small letters behind the given name, with a capital in the family name
    "Ursula von der Leyen": "Leyen, Ursula von der",
    "Ludwig van Beethoven": "Beethoven, Ludwig van",
    "Martin Van Buren": "Van Buren, Martin",
    "Marine Le Pen": "Le Pen, Marine",
    "Eva Zum Felde": "Zum Felde, Eva",
    "von Hagen": "Hagen, von",
    "Vincent d’Indy": "Indy, Vincent",
    "Seán Ó Briain": "Ó Briain, Seán",
    "Iain St John": "St John, Iain",
    # Arabic: what belongs to the family name stays with it, the article does not count
    "Mohammed bin Salman": "bin Salman, Mohammed",
    "Bashar al-Assad": "Assad, Bashar",
    "الدكتور عبد الفتاح السيسي": "سيسي, عبد الفتاح",
    "محمد بن سلمان": "بن سلمان, محمد",
    "محمود عبد الله": "عبد الله, محمود",
    "أبو مازن": "أبو مازن",
    # what has no parts, or is a description
    "Madonna": "Madonna",
    "Dr": "Dr",
    "Parent 3": "Parent 3",
    "习近平": "习近平",
    "a neighbour of the school": "a neighbour of the school",
    "Ludwig van": "Ludwig van",
}


def person(name: str, kind: str = "person", sort_as: str = "") -> Person:
    return Person("x", name, kind, "", Place("people.yml"), sort_as)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FILED)
def test_a_person_is_filed_by_the_family_name(name: str) -> None:
    assert filed_as(person(name)) == FILED[name]


def test_what_an_author_writes_goes_before_and_an_organisation_has_its_own_name() -> None:
    assert filed_as(person("Gabriel García Márquez", sort_as="García Márquez, Gabriel")) == "García Márquez, Gabriel"
    assert filed_as(person("Merrin District Council", "organisation")) == "Merrin District Council"


def test_a_particle_is_known_by_itself() -> None:
    name = personal_name("Ursula von der Leyen")
    assert (name.family, name.given, name.particle) == ("Leyen", "Ursula", "von der")
    assert personal_name("Bashar al-Assad").family == "al-Assad"


@pytest.mark.parametrize(
    "name",
    ["The Tarrow Courier", "Tarrow Courier", "Marsh & Co", "Data Desk", "Reuters", "Redaktion Nord", "صحيفة الشرق"],
)
def test_a_desk_or_a_newspaper_is_no_person(name: str) -> None:
    assert names_a_body(name)


@pytest.mark.parametrize(
    "name", ["Ada Newcomer", "U. N. Owen", "Ursula von der Leyen", "ليلى حداد", "Ngozi Okonjo-Iweala"]
)
def test_a_name_of_which_nothing_is_known_is_somebodys(name: str) -> None:
    assert not names_a_body(name)
