"""A finished fair stands: nothing that its results were counted from changes any more, until it is opened again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, fairs, livestreams, penalties, results, turnout, vacancies
from scheduling.booths import policies
from scheduling.booths.policies import PRESETS, Rule
from scheduling.models import Booking, Deed, Penalty, Scan
from scheduling.refusals import FairFinished, LeadsClosed, ResultsMissing
from scheduling.results import Known, contradictions
from tests.factories import COUNTY, NOW, BoothFactory, EnterpriseFactory, FairFactory, VacancyFactory, approve
from tests.scheduling.test_results import BEGAN, fair, noted, scanned, stands
from tests.shows import arranged

__all__ = ["fair"]  # a fixture


def finished(session, fair, **more):
    noted(session, fair, **more)
    results.finish(session, fair, by=None, now=NOW)


def test_booths_and_turnout_stand_once_the_fair_is_finished(session, fair, keys):
    booking, empty = stands(session, fair), BoothFactory(fair=fair)
    firm = approve(EnterpriseFactory())
    card = approve(VacancyFactory(enterprise=firm))
    finished(session, fair)
    told = {"by": None, "now": NOW}
    before = session.scalars(select(Deed.id)).all()

    for act in (
        lambda: booths.book(session, empty, firm, **told),
        lambda: booths.ask(session, fair, firm, any_other=True, **told),
        lambda: booths.cancel(session, booking, **told),
        lambda: booths.name_attendees(session, booking, attendees="周经理", phone="13600000001", **told),
        lambda: booths.assign(session, fair, {firm.id: empty.number}, **told),
        lambda: booths.want(session, fair, firm, **told),
        lambda: booths.lay_out(session, fair, count=1, **told),
        lambda: booths.remove(session, empty, **told),
        lambda: booths.policies.go_by(
            session, fair, policies.keep(session, COUNTY, None, "大厅", PRESETS["weekly_hall"], **told), **told
        ),
        lambda: turnout.vouch(session, booking, **told, keys=keys),
        lambda: turnout.release(session, booking, **told),
        lambda: turnout.walk_in(session, fair, firm, attendees="宋厂长", phone="13600000009", **told, keys=keys),
        lambda: turnout.conclude(session, fair, now=NOW),
        lambda: vacancies.show_at(session, fair, card, **told),
    ):
        with pytest.raises(FairFinished):
            act()
    session.flush()
    made = session.scalars(select(Deed.what).where(Deed.id.not_in(before))).all()
    assert made == ["policy.kept"]


def test_what_was_done_already_is_no_trouble_when_it_is_asked_again(session, fair):
    gone = stands(session, fair, cancelled_at=BEGAN, cancelled_why="free")
    finished(session, fair)

    booths.cancel(session, gone, by=None, now=NOW)
    turnout.release(session, gone, by=None, now=NOW)

    assert gone.status == "cancelled_free"


def test_leads_figures_and_airings_stand_once_the_show_is_finished(session, now):
    show = arranged(session, starts_at=now - timedelta(hours=2))
    told = {"by": None, "now": now}
    live = show.fair
    livestreams.lock_show(session, live, **told)
    finished(session, live)
    person = {"name": "李秀英", "phone": "13600000001", "job_no": 1, "consent": True}

    for act in (
        lambda: livestreams.leave(session, live, **person, **told),
        lambda: livestreams.leave(session, live, **person, at_desk=True, **told),
        lambda: livestreams.note_stats(session, live, {"views": 100}, **told),
        lambda: livestreams.put_on_air(session, show.slots[1], 1, **told),
        lambda: livestreams.sign_off(session, live, **told),
        lambda: livestreams.unlock_show(session, live, reason="改岗位", **told),
        lambda: livestreams.arrange(session, live, [], **told),
        lambda: livestreams.want(session, live, show.firms[0], speaker="钱经理", **told),
    ):
        with pytest.raises(FairFinished):
            act()
    with pytest.raises(LeadsClosed):
        livestreams.require_open(live, now=now)
    assert livestreams.leads_of(session, live) == []


def test_opened_again_it_takes_what_was_forgotten(session, fair, keys):
    booking = stands(session, fair)
    finished(session, fair)
    results.reopen(session, fair, reason="漏记一家签到", by=None, now=NOW)

    turnout.vouch(session, booking, by=None, now=NOW, keys=keys)

    assert results.propose(session, fair).figures["present_enterprises"].value == 1


# Who did not come


@pytest.fixture
def strict(session, fair):
    """The fair goes by rules that bar who misses one fair from the next."""
    terms = policies.Terms(penalties=(Rule(1, "rolling_12m", "next_fair"),))
    policy = policies.keep(session, COUNTY, None, "爽约一次停一场", terms, by=None, now=NOW)
    policies.go_by(session, fair, policy, by=None, now=NOW)
    return policy


def test_finishing_marks_who_did_not_come_and_the_clock_has_nothing_left_to_do(session, fair, strict):
    came, missed = stands(session, fair), stands(session, fair)
    scanned(session, fair, 1, booking_id=came.id)
    assert turnout.to_miss(session, fair) == [missed]

    finished(session, fair)

    assert (came.no_show_at, missed.no_show_at) == (None, NOW)
    assert [row.booking_id for row in session.scalars(select(Penalty))] == [missed.id]
    assert turnout.settle(session, COUNTY, now=NOW + timedelta(days=2)) == 0


def test_a_scan_that_arrives_after_the_finish_is_kept_told_of_and_counts_once_it_is_opened_again(session, fair, strict):
    came, late = stands(session, fair), stands(session, fair)
    scanned(session, fair, 1, booking_id=came.id)
    finished(session, fair)
    scanned(session, fair, 2, booking_id=late.id)
    session.scalars(select(Scan).where(Scan.id == "scan-2")).one().received_at = NOW + timedelta(hours=1)
    session.flush()
    tomorrow = NOW + timedelta(days=1)

    assert (turnout.settle(session, COUNTY, now=tomorrow), late.status) == (0, "no_show")
    assert results.late_scans(session, fair) == 1
    results.reopen(session, fair, reason="有手机晚传记录", by=None, now=tomorrow)
    results.finish(session, fair, by=None, now=tomorrow)

    assert (late.no_show_at, results.late_scans(session, fair)) == (None, 0)
    assert [row.lifted_at for row in penalties.of_enterprise(session, late.enterprise)] == [tomorrow]


def test_what_cannot_be_finished_marks_nobody(session, fair):
    came, missed = stands(session, fair), stands(session, fair)
    scanned(session, fair, 1, booking_id=came.id)

    with pytest.raises(ResultsMissing):
        results.finish(session, fair, by=None, now=NOW)

    assert missed.no_show_at is None


# Counted by the bookings' own states


def counted(session, fair) -> list[int | None]:
    names = ("planned_enterprises", "present_enterprises", "walk_in_enterprises", "no_show_enterprises")
    found = results.propose(session, fair).figures
    return [found[name].value if name in found else None for name in names]


def test_a_booth_taken_from_who_was_late_was_planned_and_missed(session, fair):
    stands(session, fair, cancelled_at=BEGAN, cancelled_why="released")
    stands(session, fair, cancelled_at=BEGAN - timedelta(days=1), cancelled_why="late")
    scanned(session, fair, 1, booking_id=stands(session, fair).id)

    assert counted(session, fair) == [2, 1, 0, 1]


def test_who_came_late_to_another_booth_came_and_is_counted_once(session, fair):
    late = stands(session, fair, cancelled_at=BEGAN, cancelled_why="released")
    booth = BoothFactory(fair=fair)
    told = {"fair_id": fair.id, "booth_id": booth.id, "enterprise_id": late.enterprise_id}
    session.add(Booking(**told, booked_at=BEGAN + timedelta(hours=1), walk_in=True))
    late.no_show_at = NOW
    session.flush()

    assert counted(session, fair) == [1, 1, 0, 0]


def test_without_one_scan_nothing_is_said_of_who_came(session, fair):
    stands(session, fair)

    assert counted(session, fair) == [1, None, 0, None]


def test_figures_below_the_bookings_are_in_trouble():
    known = Known(planned=9, walked_in=2, missed=3)

    def wrong(planned, walk_in, missed):
        figures = {"planned_enterprises": planned, "walk_in_enterprises": walk_in, "no_show_enterprises": missed}
        told = {name: (value, "staff_counted") for name, value in figures.items()}
        return [each.key for each in contradictions(told, known)]

    assert wrong(9, 2, 3) == []
    assert wrong(8, 1, 2) == [
        "planned_enterprises_below_bookings",
        "walk_in_enterprises_below_bookings",
        "no_show_enterprises_below_bookings",
    ]


def test_a_marked_no_show_stands_in_the_way_of_saying_nobody_was_missing(session, fair):
    scanned(session, fair, 1, booking_id=stands(session, fair).id)
    stands(session, fair, no_show_at=NOW)
    noted(session, fair, planned_enterprises=10, present_enterprises=11, no_show_enterprises=0)

    _lacking, wrong = results.troubles(session, fair)

    assert [each.key for each in wrong] == ["no_show_enterprises_below_bookings"]


def test_a_fair_still_ahead_takes_bookings_as_before(session, now):
    fair = FairFactory(starts_at=now + timedelta(days=3))
    booths.lay_out(session, fair, count=1, by=None, now=now)

    booking = booths.book(session, booths.find(session, fair, 1), approve(EnterpriseFactory()), by=None, now=now)

    assert (booking.status, fairs.standing(fair, now=now)) == ("approved", "published")
