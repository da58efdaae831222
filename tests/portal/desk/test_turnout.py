"""A fair on its day: who is here, who loses the booth, a company that walks in in under a minute."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, fairs, turnout, vacancies
from scheduling.models import Booking, Enterprise
from tests.factories import COUNTY, KEYS, EnterpriseFactory, FairFactory, approve, credit_code
from tests.scheduling.test_booth_policies import HALL

WALKS_IN = {
    "walk-uscc": credit_code(9_000_001),
    "walk-name": "青禾县新来家具厂",
    "walk-attendees": "宋厂长",
    "walk-phone": "13600000009",
    "walk-booth": "0",
    "walk-papers": "y",
    "walk-title": "喷漆工",
    "walk-headcount": "3",
    "walk-wage_low": "5000",
    "walk-wage_high": "7000",
    "walk-pay_unit": "month",
    "walk-settlement": "monthly",
}


@pytest.fixture
def fair(session, now):
    made = FairFactory(slug="liuhe", starts_at=now - timedelta(minutes=30))
    booths.lay_out(session, made, count=3, by=None, now=now)
    return made


@pytest.fixture
def booking(session, fair, now):
    firm = approve(EnterpriseFactory(name="青禾县迟到食品厂"))
    return booths.book(session, booths.find(session, fair, 1), firm, by=None, now=now - timedelta(hours=2))


def test_one_tap_says_that_a_company_is_here(desk, booking):
    before = desk.get("/desk/fairs/liuhe/turnout")
    desk.post(f"/desk/bookings/{booking.id}/presence")
    desk.post(f"/desk/bookings/{booking.id}/presence")
    after = desk.get("/desk/fairs/liuhe/turnout")

    assert "还没到的单位" in before.text
    assert "到了的单位" in after.text
    assert "还没到的单位" not in after.text


def test_a_company_that_was_here_before_the_fair_was_moved_is_noted_again_on_its_new_day(session, fair, booking, now):
    keys, later = KEYS, timedelta(days=7)
    turnout.vouch(session, booking, by=None, now=now, keys=keys)
    times = {"starts_at": fair.starts_at + later, "ends_at": fair.ends_at + later}
    fairs.move(session, fair, **times, place=fair.place, reason="有雨", by=None, now=now)
    assert turnout.of_fair(session, fair, now=now).came == []

    turnout.vouch(session, booking, by=None, now=now + later, keys=keys)

    assert turnout.of_fair(session, fair, now=now + later).came == [booking]


def test_a_late_company_s_booth_is_released_where_the_rules_say_so(desk, session, fair, booking, now):
    assert "释放展位" not in desk.get("/desk/fairs/liuhe/turnout").text
    assert desk.post(f"/desk/bookings/{booking.id}/release").status_code == 409

    policy = booths.policies.keep(session, COUNTY, None, "大厅", HALL, by=None, now=now)
    booths.policies.go_by(session, fair, policy, by=None, now=now)
    assert "释放展位" in desk.get("/desk/fairs/liuhe/turnout").text
    desk.post(f"/desk/bookings/{booking.id}/release")

    assert session.get(Booking, booking.id).status == "cancelled_released"
    assert "逾时释放" in desk.get("/desk/fairs/liuhe/turnout").text


def test_a_company_nobody_knew_walks_in_with_a_job_to_show(desk, session, fair, booking):
    answers = [desk.post("/desk/fairs/liuhe/walk-ins", data=WALKS_IN).status_code for _ in range(2)]

    firm = session.scalars(select(Enterprise).where(Enterprise.name == "青禾县新来家具厂")).one()
    (row,) = booths.of_enterprise(session, firm)
    page = desk.get("/desk/fairs/liuhe/turnout")
    assert answers == [303, 303]
    assert (row.status, row.booth.number, firm.state) == ("walk_in", 2, "approved")
    assert [shown.vacancy.title for shown in vacancies.at_fair(session, fair)] == ["喷漆工"]
    assert "1号岗位 喷漆工" in page.text
    assert "现场增补" in page.text


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"walk-uscc": "12345"}, 422, "统一社会信用代码不对"),
        ({"walk-name": ""}, 422, "请填单位名称"),
        ({"walk-title": "缝纫工", "walk-wage_low": "", "walk-wage_high": ""}, 422, "工资也请填上"),
        ({"walk-papers": None}, 409, "单位资料还没审核通过"),
        ({"walk-attendees": ""}, 422, "请写明谁来参加"),
        ({"walk-phone": "123"}, 422, "请填11位手机号"),
        ({"walk-title": "限男喷漆工"}, 422, "不能写进招聘信息"),
        ({"walk-wage_low": "9000"}, 422, "最低工资不能高于最高工资"),
    ],
)
def test_what_is_wrong_is_said_kept_and_leaves_nothing_half_done(desk, session, fair, wrong, status, words):
    data = {name: value for name, value in {**WALKS_IN, **wrong}.items() if value is not None}

    page = desk.post("/desk/fairs/liuhe/walk-ins", data=data)

    assert page.status_code == status
    assert words in page.text
    assert 'value="3"' in page.text
    assert session.scalars(select(Enterprise)).all() == []


def test_where_the_rules_take_no_walk_ins_it_needs_a_reason(desk, session, fair, now):
    policy = booths.policies.keep(session, COUNTY, None, "大厅", HALL, by=None, now=now)
    booths.policies.go_by(session, fair, policy, by=None, now=now)

    page = desk.post("/desk/fairs/liuhe/walk-ins", data=WALKS_IN)
    answer = desk.post("/desk/fairs/liuhe/walk-ins", data={**WALKS_IN, "walk-reason": "镇里特邀"})

    assert (page.status_code, answer.status_code) == (422, 303)
    assert "要让它进，请写明原因" in page.text


def test_a_full_fair_says_so(desk, session, fair, now):
    for booth in booths.of_fair(session, fair):
        booths.book(session, booth, approve(EnterpriseFactory()), by=None, now=now - timedelta(hours=2))

    page = desk.post("/desk/fairs/liuhe/walk-ins", data=WALKS_IN)

    assert page.status_code == 409
    assert "没有空展位" in page.text
