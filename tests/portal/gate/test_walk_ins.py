"""A company that came without a booking, taken in at the gate by whoever scans there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import attendance, booths, results, vacancies
from scheduling.models import Deed, Enterprise
from tests.factories import COUNTY, EnterpriseFactory, FairFactory, approve
from tests.portal.desk.test_turnout import WALKS_IN
from tests.scheduling.test_booth_policies import HALL
from tests.scheduling.test_results import noted

HERE = "/gate/fairs/liuhe/walk-ins"
TYPED = {name.removeprefix("walk-"): value for name, value in WALKS_IN.items()}


@pytest.fixture
def fair(session, now):
    made = FairFactory(slug="liuhe", title="柳河镇赶集招聘", starts_at=now - timedelta(minutes=30))
    booths.lay_out(session, made, count=2, by=None, now=now)
    return made


def test_the_gate_leads_to_a_page_of_its_own(gate, fair):
    assert f'href="{HERE}"' in gate.get("/gate/").text
    assert "临时来了一家单位" in gate.get(HERE).text


def test_whoever_scans_takes_a_company_in_and_prints_its_poster(gate, session, fair, scanner):
    answers = [gate.post(HERE, data=TYPED) for _ in range(2)]
    page = gate.get(answers[0].location)
    poster = gate.get(f"{answers[0].location}/poster.pdf")

    firm = session.scalars(select(Enterprise).where(Enterprise.name == "青禾县新来家具厂")).one()
    (row,) = booths.of_enterprise(session, firm)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location == f"{HERE}/{row.id}"
    assert (row.status, row.booth.number, firm.state) == ("walk_in", 1, "approved")
    assert attendance.bookings_at(session, fair) == {row.id}
    assert [shown.vacancy.title for shown in vacancies.at_fair(session, fair)] == ["喷漆工"]
    assert ("1号展位" in page.text, "青禾县新来家具厂" in page.text, "喷漆工" in page.text) == (True, True, True)
    assert (poster.mimetype, poster.data[:5]) == ("application/pdf", b"%PDF-")
    by = select(Deed.by_id).where(Deed.what == "booth.walked_in")
    assert session.scalars(by).all() == [scanner.id]


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"uscc": "12345"}, 422, "统一社会信用代码不对"),
        ({"papers": None}, 409, "单位资料还没审核通过"),
        ({"attendees": ""}, 422, "请写明谁来参加"),
        ({"title": "限男喷漆工"}, 422, "不能写进招聘信息"),
    ],
)
def test_what_is_wrong_is_said_kept_and_leaves_nothing_half_done(gate, session, fair, wrong, status, words):
    data = {name: value for name, value in {**TYPED, **wrong}.items() if value is not None}

    page = gate.post(HERE, data=data)

    assert (page.status_code, words in page.text, 'value="13600000009"' in page.text) == (status, True, True)
    assert session.scalars(select(Enterprise)).all() == []


def test_a_company_that_had_booked_after_all_is_let_in_to_its_booth(gate, session, fair, now):
    firm = approve(EnterpriseFactory(uscc=TYPED["uscc"]))
    booked = booths.book(session, booths.find(session, fair, 2), firm, by=None, now=now - timedelta(hours=2))

    answer = gate.post(HERE, data=TYPED)

    assert (answer.status_code, answer.location) == (303, f"{HERE}/{booked.id}")
    assert "2号展位" in gate.get(answer.location).text
    assert attendance.bookings_at(session, fair) == {booked.id}


def test_where_the_rules_take_no_walk_ins_it_needs_a_reason(gate, session, fair, now):
    policy = booths.policies.keep(session, COUNTY, None, "大厅", HALL, by=None, now=now)
    booths.policies.go_by(session, fair, policy, by=None, now=now)

    page = gate.post(HERE, data=TYPED)
    answer = gate.post(HERE, data={**TYPED, "reason": "镇里特邀"})

    assert (page.status_code, answer.status_code) == (422, 303)


def test_a_full_fair_and_one_that_is_finished_say_so(gate, session, fair, now):
    for booth in booths.of_fair(session, fair):
        booths.book(session, booth, approve(EnterpriseFactory()), by=None, now=now - timedelta(hours=2))
    full = gate.get(HERE)
    refused = gate.post(HERE, data=TYPED)
    fair.starts_at, fair.ends_at = now - timedelta(days=1), now - timedelta(hours=20)
    session.flush()
    noted(session, fair)
    results.finish(session, fair, by=None, now=now)
    late = gate.post(HERE, data=TYPED)

    assert ("没有空展位" in full.text, refused.status_code) == (True, 409)
    assert (late.status_code, "已经办结" in late.text) == (409, True)


def test_another_fair_s_booking_is_not_found_here(gate, session, fair, now):
    other = FairFactory(slug="other", starts_at=now - timedelta(minutes=30))
    booths.lay_out(session, other, count=1, by=None, now=now)
    row = booths.book(
        session, booths.find(session, other, 1), approve(EnterpriseFactory()), by=None, now=now - timedelta(hours=2)
    )

    assert gate.get(f"{HERE}/{row.id}").status_code == 404
    assert gate.get(f"{HERE}/{row.id}/poster.pdf").status_code == 404
