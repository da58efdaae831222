"""Who works where, as the desk writes it down, and what the ledger and the calls say to it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scheduling import placements
from scheduling.models import LabourNeed, Placement
from tests.factories import EnterpriseFactory, approve
from tests.graduates import OVER, afterwards, people
from tests.portal.desk.test_exams import certified

__all__ = ["afterwards"]  # a fixture
pytestmark = pytest.mark.usefixtures("afterwards")


def test_the_desk_records_verifies_and_undoes_a_placement_and_the_ledger_follows(session, desk):
    row, firm = certified(session), approve(EnterpriseFactory())
    words = {"enterprise": str(firm.id), "trade": "焊工", "needed": "12", "hired_before": "2", "source": "visit"}
    desk.post("/desk/ledger/new", data={**words, "urgency": "urgent", "registered_on": "2026-12-01"})
    person = people(session, row)[1]
    at = f"/desk/classes/{row.slug}/placements"

    desk.post(f"{at}/new/{person.id}", data={"enterprise": str(firm.id), "started_on": "2026-12-21", "wage": "5600"})
    placed = session.scalars(select(Placement)).one()
    desk.post(f"/desk/placements/{placed.id}/verification")
    assert "已核实" in desk.get(at).text
    line = session.scalars(select(LabourNeed)).one()
    assert (line.hired, line.gap) == (3, 9)
    assert person.jobseeker.name in desk.get("/desk/ledger/1").text

    desk.post(f"/desk/placements/{placed.id}/undoing", data={"reason": "没去上班"})
    session.expire_all()
    assert (line.hired, line.gap) == (2, 10)
    assert "没去上班" in desk.get("/desk/ledger/1").text


def test_the_desk_says_on_which_line_somebody_of_another_trade_is_counted(session, desk):
    row, firm = certified(session), approve(EnterpriseFactory())
    words = {
        "enterprise": str(firm.id),
        "trade": "养老护理员",
        "needed": "16",
        "source": "assigned",
        "urgency": "normal",
    }
    desk.post("/desk/ledger/new", data={**words, "registered_on": "2026-12-01"})
    at = f"/desk/classes/{row.slug}/placements/new/{people(session, row)[1].id}"
    told = {"enterprise": str(firm.id), "started_on": "2026-12-21"}

    assert f"1号 {firm.name} 养老护理员，缺16人" in desk.get(at).text
    elsewhere = desk.post(at, data={**told, "enterprise": "", "employer": "外县的厂", "need": "1"})
    assert ('id="need-error"' in elsewhere.text, elsewhere.status_code) == (True, 422)
    desk.post(at, data={**told, "need": "1"})

    assert session.scalars(select(LabourNeed)).one().gap == 15


def test_a_line_with_a_gap_closes_only_with_a_note(session, desk):
    firm = approve(EnterpriseFactory())
    words = {"enterprise": str(firm.id), "trade": "焊工", "needed": "12", "source": "own", "urgency": "normal"}
    desk.post("/desk/ledger/new", data={**words, "registered_on": "2026-12-01"})

    refused = desk.post("/desk/ledger/1/closing", data={"on": "2026-12-21", "how": ""})
    assert refused.status_code == 422
    assert "还缺12人" in refused.text
    desk.post("/desk/ledger/1/closing", data={"on": "2026-12-21", "how": "单位停产"})

    assert "单位停产" in desk.get("/desk/ledger/1").text
    assert desk.get("/desk/ledger/?state=open").text.count("焊工") == 0
    assert "焊工" in desk.get("/desk/ledger/?state=closed").text


def test_a_call_is_written_down_and_may_place_her(session, app, signed_in, clerk):
    row = certified(session)
    app.config["CLOCK"] = lambda: OVER.replace(year=2027, month=1)
    desk = signed_in(clerk)
    page = desk.get("/desk/follow-ups/").text
    assert "该打电话的（2人次）" in page
    address = next(part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/desk/follow-ups/0"))

    assert desk.post(address, data={}).status_code == 422
    words = {"answer": "at_work", "wage": "4800", "employer": "外县的厂", "started_on": "2027-01-04"}
    assert desk.post(address, data=words).status_code == 303

    assert "该打电话的（1人次）" in desk.get("/desk/follow-ups/").text
    assert [placed.employer for placed in placements.of_class(session, row).values()] == ["外县的厂"]
