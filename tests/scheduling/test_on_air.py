"""What is on air: as somebody pressed last, else by the plan's clock."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import fairs, livestreams
from scheduling.models import Deed, FairCallingOff, LiveAiring, LiveRequest
from scheduling.refusals import FairCalledOff, NotFound, NotShowTime
from tests.factories import FairFactory
from tests.shows import MINUTE, arranged


@pytest.fixture
def show(session):
    """Opening 0–5, 穗香食品 5–15 (jobs 1, 2), 铁山机械 15–25 (jobs 3, 4), closing 25–30."""
    return arranged(session)


def at(session, show, minute):
    """Say what is on air so many minutes into the show: its state, item, job number, and whether somebody pressed."""
    air = livestreams.on_air(livestreams.read(session, show.fair), now=show.fair.starts_at + minute * MINUTE)
    job = air.cue.job.job_no if air.cue and air.cue.job else None
    return air.state, air.cue.slot.title if air.cue else "", job, air.pressed


def press(session, show, place, job_no=None, *, minute):
    now = show.fair.starts_at + minute * MINUTE
    return livestreams.put_on_air(session, show.slots[place], job_no, by=None, now=now)


@pytest.mark.parametrize(
    ("minute", "told"),
    [
        (-1, ("before", "", None, False)),
        (0, ("on", "开场", None, False)),
        (5, ("on", "穗香食品", None, False)),
        (6, ("on", "穗香食品", 1, False)),
        (11, ("on", "穗香食品", 2, False)),
        (15.5, ("on", "铁山机械", None, False)),
        (24.9, ("on", "铁山机械", 4, False)),
        (29, ("on", "收尾", None, False)),
        (30, ("over", "", None, False)),
    ],
)
def test_where_nobody_presses_it_is_what_the_plan_says_each_job_its_share(session, show, minute, told):
    assert at(session, show, minute) == told


def test_what_was_pressed_last_is_on_air_early_or_late(session, show):
    press(session, show, 1, 2, minute=3)
    assert at(session, show, 3) == ("on", "穗香食品", 2, True)

    press(session, show, 0, minute=4)
    assert at(session, show, 5) == ("on", "开场", None, True)

    press(session, show, 1, 1, minute=14)
    assert at(session, show, 33) == ("on", "穗香食品", 1, True)


def test_when_nobody_presses_any_more_the_clock_goes_on_and_never_back(session, show):
    press(session, show, 0, minute=-20)
    assert at(session, show, -6) == ("on", "开场", None, True)
    assert at(session, show, 8) == ("on", "穗香食品", 1, False)

    press(session, show, 3, minute=9)
    assert at(session, show, 24) == ("on", "收尾", None, True)
    assert at(session, show, 41) == ("over", "", None, False)


def test_an_enterprise_pressed_without_a_job_gives_each_job_its_share(session, show):
    press(session, show, 2, minute=10)

    assert [at(session, show, minute)[2] for minute in (10, 11, 16, 19)] == [None, 3, 4, 4]


def test_a_jobs_turn_does_not_begin_its_enterprises_time_anew(session, show):
    press(session, show, 1, minute=5)
    press(session, show, 1, 1, minute=7)
    press(session, show, 1, 2, minute=12)

    air = livestreams.on_air(livestreams.read(session, show.fair), now=show.fair.starts_at + 13 * MINUTE)

    assert [(moment - show.fair.starts_at) // MINUTE for moment in (air.since, air.until)] == [5, 15]
    assert [slot.title for slot in air.coming] == ["铁山机械", "收尾"]


def test_pressing_twice_is_one_press(session, show):
    first, again = press(session, show, 1, 1, minute=5), press(session, show, 1, 1, minute=6)

    assert again is first
    assert len(session.scalars(select(LiveAiring)).all()) == 1
    deeds = session.scalars(select(Deed).where(Deed.what == "live.on_air")).all()
    assert [deed.facts for deed in deeds] == [{"item": 2, "job_no": 1}]


def test_signing_off_ends_the_show_until_somebody_presses_again(session, show):
    press(session, show, 1, minute=5)
    for _ in range(2):
        livestreams.sign_off(session, show.fair, by=None, now=show.fair.starts_at + 8 * MINUTE)
    assert at(session, show, 9) == ("over", "", None, False)
    assert len(session.scalars(select(LiveAiring)).all()) == 2

    press(session, show, 2, minute=10)
    assert at(session, show, 10) == ("on", "铁山机械", None, True)


def test_what_was_dropped_from_the_show_was_never_pressed_and_cannot_be(session, show, now):
    press(session, show, 1, 1, minute=1)
    others = [slot for slot in show.slots if slot.title != "穗香食品"]
    kept = [livestreams.Slot(each.key, each.kind, each.title, each.starts_at, each.minutes) for each in others]
    livestreams.arrange(session, show.fair, kept, by=None, now=now)

    assert at(session, show, 2) == ("on", "开场", None, False)
    with pytest.raises(NotFound):
        livestreams.find_slot(session, show.fair, show.slots[1].id)
    with pytest.raises(NotFound):
        press(session, show, 1, minute=2)


@pytest.mark.parametrize("job_no", [3, 99])
def test_another_enterprises_job_is_not_on_air_in_this_ones_time(session, show, job_no):
    with pytest.raises(NotFound):
        press(session, show, 1, job_no, minute=5)


@pytest.mark.parametrize("minute", [-31, 30 + 361])
def test_nothing_is_put_on_air_outside_the_hours_of_the_show(session, show, minute):
    with pytest.raises(NotShowTime) as refusal:
        press(session, show, 0, minute=minute)

    assert refusal.value.facts == {"before": 30, "after": 6}


def test_a_show_that_is_off_or_a_draft_is_not_on_air(session, show, now):
    session.add(FairCallingOff(fair_id=show.fair.id, reason="停电", at=now))
    session.flush()
    session.expire(show.fair)

    with pytest.raises(FairCalledOff):
        press(session, show, 0, minute=0)
    with pytest.raises(NotShowTime):
        livestreams.sign_off(session, FairFactory(kind="livestream", draft=True), by=None, now=now)


def test_a_show_without_a_run_goes_by_its_hours(session):
    fair = FairFactory(kind="livestream")
    fair.ends_at = fair.starts_at + timedelta(hours=2)
    show = livestreams.read(session, fair)

    states = [livestreams.on_air(show, now=fair.starts_at + hour * timedelta(hours=1)).state for hour in (-1, 1, 2)]

    assert states == ["before", "on", "over"]


def test_everything_that_is_read_comes_in_order_with_what_stands_beside_it(session, show):
    read = livestreams.read(session, show.fair)
    order = [cue.job.job_no if cue.job else cue.slot.title for cue in read.cues]

    assert order == ["开场", "穗香食品", 1, 2, "铁山机械", 3, 4, "收尾"]
    assert [each and each.key for each in read.beside(read.cues[0])] == [None, str(show.slots[1].id)]
    assert [each and each.key for each in read.beside(read.cues[-1])] == [f"{show.slots[2].id}/4", None]
    assert read.beside(None)[1] is read.cues[0]


@pytest.mark.parametrize("firms", [1, 3])
@pytest.mark.parametrize("locked", [False, True])
def test_a_show_is_read_with_as_many_questions_however_long(session, queries, now, firms, locked):
    fair = arranged(session, firms=firms).fair
    if locked:
        livestreams.lock_show(session, fair, by=None, now=now)
    session.flush()
    session.expire_all()
    assert fair.starts_at
    with queries() as asked:
        read = livestreams.read(session, fair)
        assert len([cue.slot.enterprise for cue in read.cues]) == 2 + firms * 3

    assert len(asked) == 4


def test_a_show_that_is_moved_takes_its_run_along_and_forgets_what_was_pressed(session, show):
    press(session, show, 2, 3, minute=18)
    starts = show.fair.starts_at + timedelta(hours=12)
    hours = {"starts_at": starts, "ends_at": starts + 30 * MINUTE, "place": show.fair.place}
    fairs.move(session, show.fair, **hours, reason="停电", by=None, now=starts - timedelta(hours=12))

    assert [at(session, show, minute) for minute in (-60, 0, 6)] == [
        ("before", "", None, False),
        ("on", "开场", None, False),
        ("on", "穗香食品", 1, False),
    ]
    press(session, show, 1, 2, minute=2)
    assert at(session, show, 3) == ("on", "穗香食品", 2, True)


def test_the_hours_a_speaker_named_are_those_of_the_new_day(session, show):
    start = show.fair.starts_at
    asked = LiveRequest(fair_id=show.fair.id, enterprise_id=show.firms[0].id, speaker="钱", jobs=[], asked_at=start)
    asked.free_until = start + 20 * MINUTE
    session.add(asked)
    session.flush()
    moved = {"starts_at": start + timedelta(days=2, hours=1), "ends_at": start + timedelta(days=2, hours=2)}
    fairs.move(session, show.fair, **moved, place=show.fair.place, reason="停电", by=None, now=start)

    assert (asked.free_from, asked.free_until) == (None, start + timedelta(days=2, minutes=20))
