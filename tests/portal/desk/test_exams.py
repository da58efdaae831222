from __future__ import annotations

import io

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from scheduling import certificates, claims, exams, placements
from scheduling.models import Certificate, Deed, Exam, SubsidyClaim
from scheduling.training_rules import EMERGENCY
from tests.graduates import OVER, afterwards, attend, graduated, people, sit, taught

__all__ = ["afterwards"]  # a fixture
pytestmark = pytest.mark.usefixtures("afterwards")


def certified(session, **terms):
    row = graduated(session, **terms)
    certificates.issue(session, row, issuer="人社局", on=OVER.date(), by=None, now=OVER)
    return row


def test_a_sitting_is_planned_its_roster_drawn_and_who_lacks_hours_is_named(session, desk):
    row = taught(session, 3)
    attend(session, row, but={2: 3})
    words = {"day": "2026-12-20", "starts": "9:00", "place": "考场", "examiner": "丁考评"}

    assert desk.post(f"/desk/classes/{row.slug}/exams/new", data=words).status_code == 303
    assert desk.post(f"/desk/classes/{row.slug}/exams/1/roster").status_code == 303

    page = desk.get(f"/desk/classes/{row.slug}/exam").text
    assert "赵明田" in page
    assert "4课时" in page
    assert [seat.number for seat in session.scalars(select(Exam)).one().seats] == [1, 2]


def test_a_teacher_of_the_class_is_refused_beside_the_field_and_what_was_typed_stays(session, desk):
    row = taught(session)
    words = {"day": "2026-12-20", "starts": "9:00", "place": "二楼考场", "examiner": "魏师傅"}

    page = desk.post(f"/desk/classes/{row.slug}/exams/new", data=words)

    assert page.status_code == 422
    assert 'id="examiner-error"' in page.text
    assert "二楼考场" in page.text


def test_wrong_scores_are_told_beside_their_cells_and_right_ones_stay_typed(session, desk):
    row = taught(session)
    attend(session, row)
    sit(session, row)

    page = desk.post(
        f"/desk/classes/{row.slug}/exams/1/scores",
        data={"theory_1": "101", "practice_1": "90", "theory_2": "八十", "note_2": "迟到"},
    )

    assert page.status_code == 422
    assert 'id="theory_1-error"' in page.text
    assert 'id="theory_2-error"' in page.text
    assert 'id="practice_1-error"' not in page.text
    assert all(f'value="{typed}"' in page.text for typed in ("101", "90", "八十", "迟到"))
    assert session.scalars(select(Exam)).one().seats[0].practice is None


def test_scores_are_entered_closed_and_corrected_with_a_reason(session, desk):
    row = taught(session, 2)
    attend(session, row)
    sit(session, row)
    at = f"/desk/classes/{row.slug}/exams/1"

    desk.post(f"{at}/scores", data={"theory_1": "85", "practice_1": "55", "absent_2": "y"})
    desk.post(f"{at}/closing")
    page = desk.get(f"/desk/classes/{row.slug}/exam").text
    assert "缺考，可补考" in page
    refused = desk.post(f"{at}/corrections/1", data={"theory": "85", "practice": "65", "reason": ""})
    assert refused.status_code == 422
    desk.post(f"{at}/corrections/1", data={"theory": "85", "practice": "65", "reason": "看错行"})

    assert exams.outcome_of(session, people(session, row)[0]).state == "passed"


def test_at_a_resit_only_the_failed_part_has_a_cell(session, desk):
    row = graduated(session)
    sit(session, row)

    page = desk.get(f"/desk/classes/{row.slug}/exams/2/scores").text

    assert 'name="practice_1"' in page
    assert 'name="theory_1"' not in page


def test_certificates_are_issued_printed_and_revoked(session, desk):
    row = graduated(session)
    at = f"/desk/classes/{row.slug}/certificates"

    assert desk.post(at, data={"on": "2026-12-21"}).status_code == 303
    made = session.scalars(select(Certificate).order_by(Certificate.number)).all()
    page = desk.get(at).text
    assert all(one.number in page for one in made)
    assert len(pypdfium2.PdfDocument(desk.get(f"{at}.pdf").data)) == 2
    assert len(pypdfium2.PdfDocument(desk.get(f"{at}/{made[0].id}.pdf").data)) == 1
    assert desk.post(f"{at}/{made[0].id}/revocation", data={"reason": ""}).status_code == 422
    desk.post(f"{at}/{made[0].id}/revocation", data={"reason": "姓名写错"})

    assert "姓名写错" in desk.get(at).text
    assert desk.get(f"{at}/{made[0].id}.pdf").status_code == 404


def test_outside_numbers_are_typed_as_a_table_and_a_wrong_one_keeps_all_of_them_out(session, desk):
    row = graduated(session, outside_issuer=EMERGENCY)
    first, second = people(session, row)[1:]
    at = f"/desk/classes/{row.slug}/certificates/numbers"
    assert EMERGENCY in desk.get(at).text

    same = {"on": "2026-12-21", f"number_{first.place}": "T100", f"number_{second.place}": "T100"}
    page = desk.post(at, data=same)
    assert page.status_code == 422
    assert f'id="number_{second.place}-error"' in page.text
    assert session.scalars(select(Certificate)).all() == []

    desk.post(at, data={**same, f"number_{second.place}": "T101"})
    assert sorted(one.number for one in session.scalars(select(Certificate))) == ["T100", "T101"]
    assert desk.get(f"/desk/classes/{row.slug}/certificates.pdf").status_code == 404


def test_a_claim_goes_from_worked_out_to_paid(session, desk, app, signed_in, clerk):
    row = certified(session)
    at = f"/desk/classes/{row.slug}/claim"
    assert "计算补贴" in desk.get(at).text

    desk.post(at)
    assert "800" in desk.get(at).text
    desk.post(f"{at}/posting")
    claim = session.scalars(select(SubsidyClaim)).one()
    assert desk.post(f"{at}/approval").status_code == 409
    one = claims.object_to(session, claim, words="有人没来上过课", contact="", by=None, now=OVER)
    assert desk.post(f"{at}/objections/{one.id}", data={"how": ""}).status_code == 422
    desk.post(f"{at}/objections/{one.id}", data={"how": "核对过考勤簿"})
    line = next(line for line in claim.lines if line.yuan)
    desk.post(f"{at}/lines/{line.id}", data={"reason": "重复享受"})
    app.config["CLOCK"] = lambda: OVER.replace(day=26)
    desk = signed_in(clerk)
    desk.post(f"{at}/approval")
    desk.post(f"{at}/payment")

    session.expire_all()
    claim = session.scalars(select(SubsidyClaim)).one()
    assert (claims.total(claim.lines), claim.paid_at) == (400, OVER.replace(day=26))
    assert "已拨付" in desk.get(at).text


def test_a_certificate_revoked_after_the_money_was_paid_is_shown_on_the_claim(session, app, signed_in, clerk):
    row = certified(session)
    claim = claims.make(session, row, by=None, now=OVER)
    claims.post(session, claim, by=None, now=OVER)
    later = OVER.replace(day=28)
    claims.approve(session, claim, by=None, now=later)
    claims.pay(session, claim, by=None, now=later)
    row.course.rules.yuan_an_hour = 25  # new rules are no trouble of an old claim
    session.commit()
    app.config["CLOCK"] = lambda: later
    desk, at = signed_in(clerk), f"/desk/classes/{row.slug}/claim"
    before = desk.get(at).text

    held = certificates.of_class(session, row)[people(session, row)[1].id]
    certificates.revoke(session, held, reason="替考", by=None, now=later)
    session.commit()

    after = desk.get(at).text
    words = "有补贴的人数与有效证书不一致，差1人"
    assert [("对不上的地方" in page, words in page, "按规定追回" in page) for page in (before, after)] == [
        (False, False, False),
        (True, True, True),
    ]


def test_a_claim_is_taken_off_notice_for_a_reason_and_worked_out_anew(session, desk):
    row = certified(session)
    at = f"/desk/classes/{row.slug}/claim"
    desk.post(at)
    desk.post(f"{at}/posting")
    assert "撤下公示" in desk.get(at).text
    assert "请先撤下公示" in desk.post(at).text

    assert desk.post(f"{at}/withdrawal", data={"reason": ""}).status_code == 422
    done = desk.post(f"{at}/withdrawal", data={"reason": "补考合格的人也要申报"})

    assert (done.status_code, done.location) == (303, at)
    assert (desk.post(at).status_code, desk.post(f"{at}/posting").status_code) == (303, 303)
    assert session.scalars(select(Deed.what).where(Deed.what == "claim.withdrawn")).all() == ["claim.withdrawn"]


def book(answer) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()


def test_the_workbook_masks_ids_and_adds_up(session, desk):
    row = certified(session)
    people(session, row)[1].jobseeker.name = "=1+1"
    desk.post(f"/desk/classes/{row.slug}/claim")

    rows = book(desk.get(f"/desk/classes/{row.slug}/claim.xlsx"))

    assert [line[1] for line in rows[5:8]] == ["赵明田", "=1+1", "孙小满"]
    assert all(line[2].startswith("**************") for line in rows[5:8])
    assert [line[6] for line in rows[5:9]] == [0, 400, 400, 800]


def test_whole_ids_need_a_reason_and_leave_a_deed_for_everybody_and_a_watermark(session, desk, clerk):
    row = certified(session)
    desk.post(f"/desk/classes/{row.slug}/claim")
    at = f"/desk/classes/{row.slug}/claim/numbers"
    assert desk.post(at, data={"reason": "none of ours"}).status_code == 422

    rows = book(desk.post(at, data={"reason": "subsidy"}))

    assert all(len(line[2]) == 18 and "*" not in line[2] for line in rows[5:8])
    assert clerk.name in rows[2][0]
    revealed = session.scalars(select(Deed).where(Deed.what == "enrolment.id_revealed")).all()
    assert [(deed.by_id, deed.facts) for deed in revealed] == [(clerk.id, {"reason": "subsidy"})] * 3


PAGES = ("exam", "exams/1/scores", "certificates", "claim", "placements")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_the_same_number_of_questions_for_two_graduates_and_for_eight(session, desk, queries, page):
    asked = []
    for number, first in ((2, 0), (8, 20)):
        row = graduated(session, number, first=first, name=f"规则{number}")
        certificates.issue(session, row, issuer="人社局", on=OVER.date(), by=None, now=OVER)
        claims.make(session, row, by=None, now=OVER)
        for person in people(session, row):
            told = {"employer": "某厂", "started_on": OVER.date(), "wage": None, "source": "desk"}
            placements.record(session, person, **told, by=None, now=OVER)
        session.commit()
        session.expire_all()
        slug = row.slug
        with queries() as questions:
            assert desk.get(f"/desk/classes/{slug}/{page}").status_code == 200
        asked.append(len(questions))

    assert asked[0] == asked[1]
