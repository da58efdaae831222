from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, enterprises, tickets, vacancies
from scheduling.models import Booking, FairCallingOff, FairVacancy
from tests.factories import BoothFactory, EnterpriseFactory, FairFactory, VacancyFactory, approve

COMES = {"attendees": "钱经理", "phone": "13600000003", "needs": "要插座"}


@pytest.fixture
def fair(session, now):
    made = FairFactory(slug="liuhe", title="柳河镇赶集招聘会")
    booths.lay_out(session, made, count=6, by=None, now=now)
    return made


@pytest.fixture
def booking(session, fair, firm, now):
    return booths.book(session, booths.find(session, fair, 3), firm, by=None, now=now)


def test_the_first_page_names_fairs_that_take_bookings(company, fair):
    page = company.get("/enterprise/")

    assert "柳河镇赶集招聘会" in page.text
    assert "空6个 共6个" in page.text


def test_free_booths_are_radio_buttons_and_taken_ones_are_not(company, session, fair, now):
    booths.book(session, booths.find(session, fair, 2), approve(EnterpriseFactory()), by=None, now=now)
    page = company.get("/enterprise/fairs/liuhe/booths")

    assert page.text.count('type="radio"') == 6  # five booths, and whichever is free
    assert 'aria-label="3号展位"' in page.text
    assert 'aria-label="2号展位"' not in page.text


def test_a_company_books_a_booth_once_and_again(company, session, firm, fair):
    first = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "3"})
    again = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "3"})
    made = session.scalars(select(Booking)).one()

    assert (first.status_code, first.location) == (303, f"/enterprise/bookings/{made.id}")
    assert again.location == first.location
    assert (made.enterprise_id, made.booth.number) == (firm.id, 3)


def test_a_booth_taken_meanwhile_is_refused_on_the_plan(company, session, fair, now):
    booths.book(session, booths.find(session, fair, 2), approve(EnterpriseFactory()), by=None, now=now)
    page = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "2"})

    assert page.status_code == 409
    assert "2号展位刚被订走，请另选一个。" in page.text
    assert page.text.count('type="radio"') == 6  # five booths, and whichever is free


def test_a_second_booth_is_refused(company, booking):
    page = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "4"})

    assert page.status_code == 409
    assert "贵单位在这场已订了3号展位" in page.text


def test_a_booth_at_two_fairs_at_once_is_refused_on_the_plan(company, session, firm, fair, now):
    other = FairFactory(title="零工早市", starts_at=fair.starts_at + timedelta(hours=1))
    booths.book(session, BoothFactory(fair=other), firm, by=None, now=now)
    page = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "4"})

    assert page.status_code == 409
    assert f"{firm.name}已订了“零工早市”的展位，11月25日 周三 9:30–12:30，时间重叠。" in page.text


def test_nothing_chosen_is_asked_for(company, fair):
    page = company.post("/enterprise/fairs/liuhe/bookings", data={})

    assert page.status_code == 422
    assert "请先选一个空展位。" in page.text


@pytest.mark.parametrize("number", ["99", "x"])
def test_a_booth_that_is_none_is_refused(company, session, fair, number):
    assert company.post("/enterprise/fairs/liuhe/bookings", data={"booth": number}).status_code == 422
    assert session.scalars(select(Booking)).all() == []


def test_a_company_that_waits_cannot_book_yet(company, session, firm, fair, now):
    enterprises.revise(session, firm, name="改名有限公司", by=None, now=now)
    plan = company.get("/enterprise/fairs/liuhe/booths")
    page = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "1"})

    assert 'type="radio"' not in plan.text
    assert (page.status_code, "单位资料还没审核通过" in page.text) == (409, True)


def test_a_draft_is_no_fair_to_a_company(company):
    BoothFactory(fair=FairFactory(slug="draft", draft=True))

    assert company.get("/enterprise/fairs/draft/booths").status_code == 404
    assert company.post("/enterprise/fairs/draft/bookings", data={"booth": "1"}).status_code == 404


def test_naming_who_comes_gives_the_pass_and_brings_vacancies(company, session, firm, booking, fair, keys):
    brought = approve(VacancyFactory(enterprise=firm, title="缝纫工"))
    left = approve(VacancyFactory(enterprise=firm, title="普工"))
    before = company.get(f"/enterprise/bookings/{booking.id}")
    answer = company.post(
        f"/enterprise/bookings/{booking.id}/attendees", data={**COMES, "vacancies": [str(brought.no)]}
    )
    after = company.get(f"/enterprise/bookings/{booking.id}")

    assert ("待确认" in before.text, "ticket-qr" in before.text) == (True, False)
    assert answer.location == f"/enterprise/bookings/{booking.id}"
    token = tickets.token(tickets.standing(session, session.get(Booking, booking.id)), keys)
    assert f"/t/{token}".lower() in after.text.lower()
    assert [(row.job_no, row.vacancy_id) for row in session.scalars(select(FairVacancy))] == [(1, brought.id)]
    assert left.id not in session.scalars(select(FairVacancy.vacancy_id)).all()


def test_a_vacancy_unticked_later_is_not_shown_any_more(company, session, firm, booking, fair, now):
    vacancy = approve(VacancyFactory(enterprise=firm))
    vacancies.show_at(session, fair, vacancy, by=None, now=now)
    company.post(f"/enterprise/bookings/{booking.id}/attendees", data=COMES)

    assert vacancies.shown_at(session, fair, firm) == []


def test_another_company_s_vacancy_cannot_be_brought(company, session, booking):
    foreign = approve(VacancyFactory(enterprise=approve(EnterpriseFactory())))
    page = company.post(f"/enterprise/bookings/{booking.id}/attendees", data={**COMES, "vacancies": [str(foreign.no)]})

    assert page.status_code == 422
    assert session.scalars(select(FairVacancy)).all() == []


def test_who_comes_must_be_told(company, session, booking):
    page = company.post(f"/enterprise/bookings/{booking.id}/attendees", data={**COMES, "attendees": "", "phone": "1"})

    assert page.status_code == 422
    assert "请写明谁来参加。" in page.text
    assert session.get(Booking, booking.id).confirmed_at is None


def test_a_cancelled_booking_frees_the_booth(company, session, booking):
    page = company.post(f"/enterprise/bookings/{booking.id}/cancellation")

    assert page.location == "/enterprise/bookings/"
    assert session.get(Booking, booking.id).cancelled_at is not None
    assert "已经取消" in company.get(f"/enterprise/bookings/{booking.id}").text
    assert company.post(f"/enterprise/bookings/{booking.id}/attendees", data=COMES).status_code == 409


@pytest.mark.parametrize(("began", "words"), [(0, "已经开始"), (1, "已经结束")])  # days before now
def test_once_the_fair_has_begun_only_the_desk_gives_the_booth_back(
    company, desk, session, fair, booking, now, began, words
):
    fair.starts_at = now - timedelta(days=began)
    fair.ends_at = fair.starts_at + timedelta(hours=3)
    session.flush()
    page = company.post(f"/enterprise/bookings/{booking.id}/cancellation")
    shown = company.get(f"/enterprise/bookings/{booking.id}")

    assert (page.status_code, words in page.text) == (409, True)
    assert "不来了，取消展位" not in shown.text
    assert session.get(Booking, booking.id).cancelled_at is None
    assert desk.post(f"/desk/bookings/{booking.id}/cancellation").status_code == 303
    assert session.get(Booking, booking.id).cancelled_at == now


def test_a_fair_called_off_says_so(company, session, booking, fair, now):
    fair.calling_off = FairCallingOff(reason="暴雨", at=now)
    session.flush()

    assert "请不要前往" in company.get(f"/enterprise/bookings/{booking.id}").text
    assert 'type="radio"' not in company.get("/enterprise/fairs/liuhe/booths").text


def test_another_company_sees_none_of_it(stranger, session, booking):
    address = f"/enterprise/bookings/{booking.id}"

    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/attendees", data=COMES).status_code == 404
    assert stranger.post(f"{address}/cancellation").status_code == 404
    assert str(booking.id) not in stranger.get("/enterprise/bookings/").text
    assert session.get(Booking, booking.id).cancelled_at is None


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", ["/enterprise/", "/enterprise/bookings/"])
def test_lists_ask_no_more_for_more(company, session, queries, now, rows, address):
    for _ in range(rows):
        booths.lay_out(session, FairFactory(), count=2, by=None, now=now)
    company.get(address)
    with queries() as asked:
        page = company.get(address)

    assert page.text.count("空2个 共2个") == rows
    assert len([words for words in asked if words.startswith("SELECT")]) <= 14


@pytest.mark.parametrize("rows", [1, 3])
def test_the_plan_asks_no_more_for_more(company, session, queries, fair, now, rows):
    for number in range(1, rows + 1):
        booths.book(session, booths.find(session, fair, number), approve(EnterpriseFactory()), by=None, now=now)
    company.get("/enterprise/fairs/liuhe/booths")
    with queries() as asked:
        page = company.get("/enterprise/fairs/liuhe/booths")

    assert page.text.count("booth-taken") == rows + 1  # and once in the key
    assert len([words for words in asked if words.startswith("SELECT")]) <= 14


def test_whichever_booth_is_free_is_given(company, session, fair):
    company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "0"})

    assert session.scalars(select(Booking)).one().booth.number == 1


def test_at_a_full_fair_the_company_waits_and_sees_how_many_are_before_it(company, session, fair, now):
    for booth in booths.of_fair(session, fair):
        booths.book(session, booth, approve(EnterpriseFactory()), by=None, now=now)
    booths.ask(session, fair, approve(EnterpriseFactory()), any_other=True, by=None, now=now)

    full = company.get("/enterprise/fairs/liuhe/booths")
    answer = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "0"})
    page = company.get(answer.location)

    assert "排进候补" in full.text
    assert answer.status_code == 303
    assert "在候补，前面还有1家" in page.text
    assert "在候补" in company.get("/enterprise/bookings/").text

    company.post("/enterprise/fairs/liuhe/booth-wait/removal")
    assert "在候补" not in company.get("/enterprise/bookings/").text


def test_before_booking_opens_the_plan_says_when(company, session, fair, now):
    terms = replace(booths.policies.PRESETS["weekly_hall"], opens_days=1, closes_days=0)
    policy = booths.policies.keep(session, fair.county, None, "大厅", terms, by=None, now=now)
    booths.policies.go_by(session, fair, policy, by=None, now=now)

    page = company.get("/enterprise/fairs/liuhe/booths")

    assert "11月24日 周二 9:00开始订展位，到时再来。" in page.text
    assert 'type="radio"' not in page.text
    assert "12个月内爽约1次，下一场不能订" in page.text


def test_where_booths_are_allocated_the_company_applies_and_may_change_its_mind(company, session, firm, fair, now):
    terms = replace(booths.policies.PRESETS["campaign"], opens_days=None, closes_days=1)
    policy = booths.policies.keep(session, fair.county, None, "大型", terms, by=None, now=now)
    booths.policies.go_by(session, fair, policy, by=None, now=now)
    approve(VacancyFactory(enterprise=firm))

    wrong = company.post("/enterprise/fairs/liuhe/application", data={"wishes": "99", "tables": "1", "kind": ""})
    answer = company.post("/enterprise/fairs/liuhe/application", data={"wishes": "3、5", "tables": "2", "kind": ""})
    company.post("/enterprise/fairs/liuhe/application", data={"wishes": "５号", "tables": "1", "kind": ""})

    assert (wrong.status_code, answer.status_code) == (422, 303)
    assert "这场没有“99”" in wrong.text
    assert "申请已提交" in company.get("/enterprise/fairs/liuhe/booths").text
    assert [row.wishes for row in booths.asked(session, fair)] == [["5"]]
    assert company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "3"}).status_code == 409

    company.post("/enterprise/fairs/liuhe/application/withdrawal")
    assert booths.asked(session, fair) == []


def test_a_cancellation_says_whether_it_is_free_of_charge(company, session, firm, fair, now):
    terms = replace(booths.policies.OPEN, free_days=1)
    policy = booths.policies.keep(session, fair.county, None, "一天前", terms, by=None, now=now)
    booths.policies.go_by(session, fair, policy, by=None, now=now)
    row = booths.book(session, booths.find(session, fair, 3), firm, by=None, now=now)

    page = company.get(f"/enterprise/bookings/{row.id}")
    company.post(f"/enterprise/bookings/{row.id}/cancellation")

    assert "11月24日 周二 17:00前取消不记录。" in page.text
    assert "免责取消" in company.get(f"/enterprise/bookings/{row.id}").text


def test_a_booking_says_until_when_it_is_free_to_cancel_when_to_check_in_and_what_missing_it_costs(
    company, session, firm, fair, now
):
    policy = booths.policies.keep(
        session, fair.county, None, "大厅", booths.policies.PRESETS["weekly_hall"], by=None, now=now
    )
    booths.policies.go_by(session, fair, policy, by=None, now=now)
    row = booths.book(session, booths.find(session, fair, 1), firm, by=None, now=now)

    page = company.get(f"/enterprise/bookings/{row.id}").text

    assert "前可以免责取消，以后取消记作逾期取消" in page
    assert "签到，逾时展位让给别家" in page
    assert "12个月内爽约1次，下一场不能订；可以申诉" in page
