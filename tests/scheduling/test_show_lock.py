"""The lock: the job list of a show stands, and the host reads the text as it was approved."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import enterprises, livestreams, vacancies
from scheduling.models import Deed, FairCallingOff, FairVacancy, LiveJob, LiveLock
from scheduling.planning.airtime import problem as given
from scheduling.plans import airtime
from scheduling.refusals import (
    FairCalledOff,
    JobsNotReviewed,
    ReasonMissing,
    ShowLocked,
    ShowNotArranged,
)
from tests.factories import FairFactory, VacancyFactory, approve
from tests.shows import arranged


@pytest.fixture
def show(session):
    """Two enterprises on air, two jobs each, numbered 1 to 4."""
    return arranged(session)


def lock(session, show, now):
    return livestreams.lock_show(session, show.fair, by=None, now=now)


def told(session, fair):
    return [(job.job_no, job.card.title, job.card.wage_high) for job in livestreams.read(session, fair).jobs]


def test_what_is_read_is_the_text_approved_at_the_lock_whatever_is_changed_later(session, show, now):
    lock(session, show, now)
    before = told(session, show.fair)
    first, second = show.jobs[0]

    changed = {"title": "包装工", "wage_low": 9000, "wage_high": 9000}
    vacancies.revise(session, first, **changed, by=None, now=now + timedelta(hours=1))
    vacancies.review(session, first, "approved", by=None, now=now + timedelta(hours=2))
    vacancies.close(session, second, by=None, now=now)
    session.expire_all()

    assert first.title == "包装工"
    assert told(session, show.fair) == before
    assert before == [(1, "食品工", 6500), (2, "食品工", 6500), (3, "机械工", 6500), (4, "机械工", 6500)]
    assert livestreams.changed_since(session, livestreams.lock_of(session, show.fair)) == {1, 2}


def test_without_a_lock_the_list_is_what_the_public_may_see_now(session, show, now):
    vacancies.close(session, show.jobs[0][0], by=None, now=now)

    assert [job.job_no for job in livestreams.read(session, show.fair).jobs] == [2, 3, 4]


def test_locking_again_is_the_same_lock(session, show, now):
    first, again = lock(session, show, now), lock(session, show, now + timedelta(hours=1))

    assert again is first
    assert len(session.scalars(select(LiveJob)).all()) == 4
    assert [deed.facts for deed in session.scalars(select(Deed).where(Deed.what == "live.locked"))] == [{"jobs": 4}]


def test_a_locked_list_takes_in_nobody_gives_up_nobody_and_numbers_nobody_anew(session, show, now):
    lock(session, show, now)
    firm, other = show.firms[0], approve(VacancyFactory(enterprise=show.firms[0]))
    own = {card.no for card in show.jobs[0]}

    with pytest.raises(ShowLocked):
        vacancies.show_at(session, show.fair, other, by=None, now=now)
    with pytest.raises(ShowLocked):
        vacancies.withdraw_from(session, show.fair, show.jobs[0][0], by=None, now=now)
    with pytest.raises(ShowLocked):
        vacancies.choose(session, show.fair, firm, own | {other.no}, by=None, now=now)
    vacancies.choose(session, show.fair, firm, own, by=None, now=now)  # as it is: nothing to refuse
    vacancies.withdraw_from(session, show.fair, other, by=None, now=now)

    rows = session.scalars(select(FairVacancy).order_by(FairVacancy.job_no)).all()
    assert [(row.job_no, row.withdrawn_at) for row in rows] == [(n, None) for n in (1, 2, 3, 4)]


def test_who_asked_may_change_the_speaker_but_not_the_jobs_of_a_locked_show(session, show, now):
    firm, jobs = show.firms[0], [str(card.no) for card in show.jobs[0]]
    livestreams.want(session, show.fair, firm, speaker="钱经理", jobs=jobs, by=None, now=now)
    lock(session, show, now)

    row = livestreams.want(session, show.fair, firm, speaker="孙主管", jobs=jobs, by=None, now=now)
    assert row.speaker == "孙主管"
    with pytest.raises(ShowLocked):
        livestreams.want(session, show.fair, firm, speaker="孙主管", jobs=jobs[:1], by=None, now=now)
    with pytest.raises(ShowLocked):
        livestreams.want(session, show.fair, show.firms[1], speaker="冯经理", by=None, now=now)
    with pytest.raises(ShowLocked):
        livestreams.withdraw(session, show.fair, firm, by=None, now=now)


def test_unlocking_needs_a_reason_which_is_kept_and_a_new_lock_has_its_own_text(session, show, now):
    lock(session, show, now)
    with pytest.raises(ReasonMissing):
        livestreams.unlock_show(session, show.fair, reason="  ", by=None, now=now)
    for _ in range(2):
        livestreams.unlock_show(session, show.fair, reason="企业写错了工资", by=None, now=now)
    vacancies.withdraw_from(session, show.fair, show.jobs[0][0], by=None, now=now)
    lock(session, show, now + timedelta(hours=1))

    assert [(row.unlocked_why, row.unlocked_at) for row in livestreams.locks(session, show.fair)] == [
        ("", None),
        ("企业写错了工资", now),
    ]
    assert [job.job_no for job in livestreams.read(session, show.fair).jobs] == [2, 3, 4]
    unlocked = session.scalars(select(Deed.facts).where(Deed.what == "live.unlocked")).all()
    assert unlocked == [{"reason": "企业写错了工资"}]


def test_a_number_that_was_given_up_while_unlocked_is_never_given_again(session, show, now):
    lock(session, show, now)
    livestreams.unlock_show(session, show.fair, reason="换岗位", by=None, now=now)
    vacancies.withdraw_from(session, show.fair, show.jobs[1][1], by=None, now=now)
    new = vacancies.show_at(session, show.fair, approve(VacancyFactory(enterprise=show.firms[1])), by=None, now=now)
    back = vacancies.show_at(session, show.fair, show.jobs[1][1], by=None, now=now)

    assert (new.job_no, back.job_no) == (5, 4)


def test_what_may_not_be_read_is_put_right_before_the_list_is_locked(session, show, now):
    vacancies.close(session, show.jobs[0][1], by=None, now=now)
    enterprises.revise(session, show.firms[1], name="改名有限公司", by=None, now=now)
    session.expire_all()

    with pytest.raises(JobsNotReviewed) as refusal:
        lock(session, show, now)

    assert refusal.value.facts == {"numbers": "2、3、4"}
    assert session.scalars(select(LiveLock)).all() == []


def test_there_must_be_something_to_lock(session, now):
    with pytest.raises(ShowNotArranged):
        livestreams.lock_show(session, FairFactory(kind="livestream"), by=None, now=now)


def test_a_show_that_is_off_is_not_locked(session, show, now):
    session.add(FairCallingOff(fair_id=show.fair.id, reason="停电", at=now))
    session.flush()
    session.expire(show.fair)

    with pytest.raises(FairCalledOff):
        lock(session, show, now)


def test_a_locked_show_can_still_be_moved_about_while_it_is_on_air(session, show, now):
    for firm, cards in zip(show.firms, show.jobs, strict=True):
        jobs = [str(card.no) for card in cards]
        livestreams.want(session, show.fair, firm, speaker="钱经理", jobs=jobs, by=None, now=now)
    lock(session, show, now)
    vacancies.revise(session, show.jobs[0][0], title="改过的", by=None, now=now)
    first, second = (str(firm.id) for firm in show.firms)
    items = (given.Item(second, given.COMPANY, 0, 12, "小青"), given.Item(first, given.COMPANY, 12, 20, "小青"))

    airtime.carry_out(session, show.fair, given.Plan(items), by=None, now=now)

    rows = livestreams.of_show(session, show.fair)
    assert [(row.title, row.first_job_no, row.last_job_no) for row in rows] == [("铁山机械", 3, 4), ("穗香食品", 1, 2)]
