"""A class that practises in rotating parties: who is to come to which session."""

import pytest

from tests.factories import ClassFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up


@pytest.fixture
def row(session):
    """Four people, a session for all and one for each of two parties."""
    training_class = ClassFactory()
    for party in (0, 1, 2):
        SessionFactory(training_class=training_class, party=party, number=party + 1)
    return training_class


def test_everybody_comes_to_what_is_for_all_and_to_what_is_of_her_party(session, row):
    people = [sign_up(session, row, n) for n in range(1, 5)]

    hers = [[one.number for one in row.sessions if person.attends(one, 2)] for person in people]

    assert hers == [[1, 2], [1, 3], [1, 2], [1, 3]]


def test_the_roster_asks_nobody_for_a_session_of_others(desk, session, row):
    for n in (1, 2):
        sign_up(session, row, n)

    page = desk.get(f"/desk/classes/{row.slug}/roster")

    assert [words in page.text for words in ("实操1组", "实操2组")] == [True, True]
    assert [page.text.count(f'class="sign sign-{kind}"') for kind in ("none", "other")] == [4, 2]
