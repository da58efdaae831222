"""Two who want the same teacher, place, enterprise or person for different things at the same moment: one gets it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, get_ident

import pytest
from sqlalchemy import select

from portal.database import writing
from scheduling import booths, diaries, fairs
from scheduling.models import Booking, Booth, ClassSession, Enrolment, Enterprise, Fair, TrainingClass
from scheduling.refusals import Refusal
from tests.factories import NOW, BoothFactory, ClassFactory, EnterpriseFactory, FairFactory, approve
from tests.scheduling.fair_examples import AT, planned
from tests.scheduling.test_courses import add
from tests.scheduling.test_diaries_of_classes import two_at_once
from tests.scheduling.test_enrolments import sign_up


def teacher(_session):
    """Two classes want the same teacher."""
    ids = [ClassFactory().id, ClassFactory().id]
    return select(ClassSession), [
        lambda session, id_=id_: add(session, session.get_one(TrainingClass, id_)) for id_ in ids
    ]


def place(session):
    """Two drafts are put at one place."""
    ids = [planned(session, title=title, place=title).id for title in ("赶集招聘", "零工早市")]

    def put(session, id_):
        fairs.revise(session, session.get_one(Fair, id_), place="镇政府广场", by=None, now=NOW)

    return select(Fair).filter_by(place="镇政府广场"), [lambda session, id_=id_: put(session, id_) for id_ in ids]


def enterprise(_session):
    """An enterprise books at two fairs in two tabs."""
    firm, ids = approve(EnterpriseFactory()).id, [BoothFactory(fair=FairFactory(starts_at=AT)).id for _ in "ab"]

    def book(session, id_):
        booths.book(session, session.get_one(Booth, id_), session.get_one(Enterprise, firm), by=None, now=NOW)

    return select(Booking), [lambda session, id_=id_: book(session, id_) for id_ in ids]


def trainee(_session):
    """Somebody signs up for two classes, and her daughter does it for her."""
    ids = [row.id for row in two_at_once()]
    return select(Enrolment), [
        lambda session, id_=id_: sign_up(session, session.get_one(TrainingClass, id_)) for id_ in ids
    ]


def race(app, acts) -> Counter[str]:
    """Do all acts at once, each in its own transaction; count what they came to."""
    start = Barrier(len(acts))

    def run(act) -> str:
        with app.app_context():
            start.wait()
            try:
                with writing() as session:
                    act(session)
            except Refusal as refusal:
                return type(refusal).__name__
            return "booked"

    with ThreadPoolExecutor(len(acts)) as threads:
        return Counter(threads.map(run, acts))


@pytest.fixture
def look_first(monkeypatch):
    """Let nobody write before both have looked, or `patience` seconds went by: a lock keeps the other from looking."""

    def arrange(patience: float) -> None:
        looked, all_have, look = set(), Event(), diaries.Diary.require_free

        def looks(diary, *times, **more):
            look(diary, *times, **more)
            looked.add(get_ident())
            if len(looked) == 2:
                all_have.set()
            all_have.wait(patience)

        monkeypatch.setattr(diaries.Diary, "require_free", looks)

    return arrange


WANTED = [
    (teacher, "TeacherTaken"),
    (place, "PlaceTaken"),
    (enterprise, "EnterpriseElsewhere"),
    (trainee, "TraineeElsewhere"),
]


@pytest.mark.parametrize(("wanted", "refusal"), WANTED)
def test_of_two_at_the_same_moment_one_is_refused(session, app, look_first, wanted, refusal):
    taken, acts = wanted(session)
    session.commit()
    look_first(patience=0.3)

    assert race(app, acts) == {"booked": 1, refusal: 1}
    assert len(session.scalars(taken).unique().all()) == 1


@pytest.mark.parametrize("wanted", [teacher, place, trainee])
def test_without_the_lock_both_are_booked(session, app, look_first, monkeypatch, wanted):
    if session.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite's writers wait in one line")
    for hold in ("hold_places", "hold_premises", "hold_trainees"):
        monkeypatch.setattr(diaries, hold, lambda *_: None)
    _, acts = wanted(session)
    session.commit()
    look_first(patience=60)

    assert race(app, acts) == {"booked": 2}
