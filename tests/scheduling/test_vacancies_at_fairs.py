"""From when booking closes, what a company shows at a fair stands; one vacancy goes to many fairs at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import accounts, booths, vacancies
from scheduling.models import BoothPolicy, Deed, FairCallingOff, FairPolicy
from scheduling.refusals import FairCalledOff, JobsFrozen, JobsSettled, NotFound, ReasonMissing, VacancyNotApproved
from tests.factories import COUNTY, BoothFactory, EnterpriseFactory, FairFactory, VacancyFactory, approve

DAY = timedelta(days=1)


@pytest.fixture
def firm():
    return approve(EnterpriseFactory())


@pytest.fixture
def boss(session, firm, now):
    """The account that speaks for the firm."""
    account = accounts.by_phone(session, COUNTY, "16000000077", now=now)
    account.enterprise_id = firm.id
    session.flush()
    return account


def vacancy_of(firm, **more):
    return approve(VacancyFactory(enterprise=firm, **more))


def fair_closing(session, days, **more):
    """A fair whose booking closes so many days before, at 17:00 in the county; it begins on the 25th at 8:30."""
    fair = FairFactory(**more)
    policy = BoothPolicy(county=COUNTY, name=f"{days}天前截止 {fair.number}", closes_days=days)
    session.add(policy)
    session.flush()
    session.add(FairPolicy(fair_id=fair.id, policy_id=policy.id, at=fair.changed_at))
    session.flush()
    return fair


def booked(session, fair, firm, now):
    booths.book(session, BoothFactory(fair=fair), firm, by=None, now=now)
    return fair


def test_the_list_is_frozen_when_booking_closes_and_at_the_beginning_where_there_is_no_policy(session):
    loose, strict = FairFactory(), fair_closing(session, 1)

    assert vacancies.moment(session, loose) == loose.starts_at
    assert vacancies.moment(session, strict).isoformat() == "2026-11-24T17:00:00+08:00"


def test_from_then_on_the_company_changes_nothing_and_the_same_again_is_no_change(session, firm, boss, now):
    fair, first, second = fair_closing(session, 1), vacancy_of(firm), vacancy_of(firm)
    vacancies.choose(session, fair, firm, {first.no}, by=boss, now=now)
    closed = vacancies.moment(session, fair)

    vacancies.choose(session, fair, firm, {first.no}, by=boss, now=closed)
    for numbers in ({first.no, second.no}, {second.no}, set()):
        with pytest.raises(JobsFrozen) as refusal:
            vacancies.choose(session, fair, firm, numbers, by=boss, now=closed)
        assert refusal.value.facts == {"since": closed}
    vacancies.choose(session, fair, firm, {second.no}, by=boss, now=closed - timedelta(minutes=1))

    assert [row.vacancy for row in vacancies.shown_at(session, fair, firm)] == [second]


def test_who_has_shown_nothing_yet_may_say_once_what_it_brings(session, firm, boss, now):
    fair, first, second = fair_closing(session, 1), vacancy_of(firm), vacancy_of(firm)
    late = vacancies.moment(session, fair) + timedelta(hours=1)
    vacancies.choose(session, fair, firm, {first.no}, by=boss, now=late)

    with pytest.raises(JobsFrozen):
        vacancies.choose(session, fair, firm, {first.no, second.no}, by=boss, now=late)


def test_the_desk_corrects_a_frozen_list_with_a_reason_which_is_recorded(session, firm, clerk, now):
    fair, vacancy = fair_closing(session, 1), vacancy_of(firm)
    vacancies.correct(session, fair, vacancy, shown=True, reason="", by=clerk, now=now)
    late = vacancies.moment(session, fair)

    with pytest.raises(ReasonMissing):
        vacancies.correct(session, fair, vacancy, shown=False, reason=" ", by=clerk, now=late)
    vacancies.correct(session, fair, vacancy, shown=False, reason="单位说已招满", by=clerk, now=late)

    assert vacancies.at_fair(session, fair) == []
    last = session.scalars(select(Deed).where(Deed.what == "vacancy.withdrawn")).one()
    assert (last.facts["reason"], last.by_id) == ("单位说已招满", clerk.id)


def test_a_change_of_what_a_fair_has_settled_on_is_let_pass_with_a_reason(session, firm, clerk, now):
    fair, vacancy = fair_closing(session, 1, title="年集招聘会"), vacancy_of(firm)
    vacancies.show_at(session, fair, vacancy, by=None, now=now)
    vacancies.revise(session, vacancy, wage_high=9000, by=None, now=now)
    late = vacancies.moment(session, fair)

    assert vacancies.settled_with(session, vacancy, now=late - timedelta(minutes=1)) == []
    with pytest.raises(JobsSettled) as refusal:
        vacancies.review(session, vacancy, "approved", by=clerk, now=late)
    vacancies.review(session, vacancy, "approved", override_reason="工资写错，现场换海报", by=clerk, now=late)

    assert refusal.value.facts == {"fairs": "年集招聘会"}
    assert vacancy.wage_high == 9000
    assert vacancies.settled_with(session, vacancy, now=fair.ends_at) == []


def test_only_approved_vacancies_are_shown_at_fairs_that_take_place(session, now):
    with pytest.raises(VacancyNotApproved):
        vacancies.show_at(session, FairFactory(), VacancyFactory(), by=None, now=now)
    off = FairFactory(calling_off=FairCallingOff(reason="暴雨", at=now))
    with pytest.raises(FairCalledOff):
        vacancies.show_at(session, off, vacancy_of(approve(EnterpriseFactory())), by=None, now=now)


def test_one_vacancy_goes_to_many_fairs_at_once_and_comes_back_from_those_not_ticked(session, firm, boss, now):
    vacancy = vacancy_of(firm)
    fairs = [booked(session, FairFactory(starts_at=now + n * DAY), firm, now) for n in (2, 3, 4)]
    FairFactory(starts_at=now + 5 * DAY)  # no booth there
    vacancies.bring(session, vacancy, [fairs[0].slug, fairs[1].slug], by=boss, now=now)
    for _ in range(2):
        number = vacancies.bring(session, vacancy, {fairs[1].slug, fairs[2].slug}, by=boss, now=now)

    places = vacancies.places(session, vacancy, now=now)
    assert number == 2
    assert [(place.fair, place.job_no, place.frozen) for place in places] == [
        (fairs[0], None, False),
        (fairs[1], 1, False),
        (fairs[2], 1, False),
    ]


def test_a_frozen_fair_stays_as_it_is_and_one_without_a_booth_is_none(session, firm, boss, now):
    fair = booked(session, fair_closing(session, 1), firm, now)
    vacancy, other = vacancy_of(firm), vacancy_of(firm)
    vacancies.bring(session, vacancy, [fair.slug], by=boss, now=now)
    late = vacancies.moment(session, fair)

    with pytest.raises(JobsFrozen):
        vacancies.bring(session, other, [fair.slug], by=boss, now=late)
    with pytest.raises(JobsFrozen):
        vacancies.bring(session, vacancy, [], by=boss, now=late)
    assert [place.frozen for place in vacancies.places(session, other, now=late)] == [True]
    with pytest.raises(NotFound):
        vacancies.bring(session, vacancy, [FairFactory().slug], by=boss, now=now)


def test_only_an_approved_vacancy_is_brought(session, firm, boss, now):
    fair = booked(session, FairFactory(), firm, now)

    with pytest.raises(VacancyNotApproved):
        vacancies.bring(session, VacancyFactory(enterprise=firm), [fair.slug], by=boss, now=now)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_places_are_asked_for_in_three_questions(session, queries, firm, now, rows):
    vacancy = vacancy_of(firm)
    for n in range(rows):
        booked(session, fair_closing(session, 1, starts_at=now + (n + 2) * DAY), firm, now)
    session.expire_all()
    vacancy.id  # noqa: B018  it is there before we count
    vacancy.enterprise_id  # noqa: B018

    with queries() as asked:
        places = vacancies.places(session, vacancy, now=now)

    assert (len(places), len([words for words in asked if "FROM bookings" in words])) == (rows, 1)
    assert len(asked) <= 4  # the moves of the fairs come in one more


def test_who_gives_the_booth_back_takes_its_jobs_along_and_booked_anew_they_keep_their_numbers(session, firm, now):
    fair, first, second = FairFactory(), vacancy_of(firm), vacancy_of(firm)
    other = vacancy_of(approve(EnterpriseFactory()))
    booth = BoothFactory(fair=fair)
    booking = booths.book(session, booth, firm, by=None, now=now)
    vacancies.choose(session, fair, firm, {first.no, second.no}, by=None, now=now)
    vacancies.show_at(session, fair, other, by=None, now=now)

    booths.cancel(session, booking, by=None, now=now)

    assert [row.vacancy for row in vacancies.at_fair(session, fair)] == [other]
    assert vacancies.fairs_of(session, first, now=now) == []
    booths.book(session, booth, firm, by=None, now=now)
    assert vacancies.show_at(session, fair, second, by=None, now=now).job_no == 2
