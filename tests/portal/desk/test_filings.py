"""The filing of a class, from both doors: what is shown, what is refused in words, and who sees ID numbers."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from scheduling import filings, schools
from scheduling.models import Deed
from tests.factories import NOW, SchoolFactory, id_number
from tests.forms import typed
from tests.portal.printing.prints import Print
from tests.scheduling.filed import PHONE, a_class, filed, promise, written

ID = re.compile(r"(?<![\d*])\d{17}[\dXx](?!\d)")


@pytest.fixture
def training_class(session):
    return a_class(session)


@pytest.fixture
def teacher(session, training_class, signed_in):
    return signed_in(schools.appoint(session, training_class.school, phone=PHONE, name="周校长", by=None, now=NOW))


def at(row, door: str, rest: str = "filing") -> str:
    return f"/{door}/classes/{row.slug}/{rest}"


def test_a_school_sees_what_is_missing_and_fills_it_in(teacher, session, training_class):
    page = teacher.get(at(training_class, "school"))
    form = teacher.get(at(training_class, "school", "dossier"))
    told = typed(form, head_teacher="周班主任", textbook="《焊工》", modules="安全 8", exam_scheme="机考")
    answer = teacher.post(at(training_class, "school", "dossier"), data=told)
    after = teacher.get(at(training_class, "school"))

    assert all(words in page.text for words in ("没写班主任", "没写教材", "没写教学计划", "没写考核方案"))
    assert answer.status_code == 303
    assert "没写" not in after.text
    assert "学校还没有承诺" in after.text


def test_a_promise_is_ticked_or_asked_for_beside_its_box(teacher, training_class):
    without = teacher.post(at(training_class, "school", "promise"))
    given = teacher.post(at(training_class, "school", "promise"), data={"promise": "y"})

    assert (without.status_code, "请勾选承诺后再提交。" in without.text) == (422, True)
    assert given.status_code == 303
    assert "学校还没有承诺" not in teacher.get(at(training_class, "school")).text


def test_an_incomplete_filing_is_refused_in_words(teacher, session, training_class):
    written(session, training_class)
    page = teacher.post(at(training_class, "school", "filing/submission"), data={"note": ""})

    assert (page.status_code, "还不能提交，没有备齐：机构承诺书。" in page.text) == (409, True)


def test_the_desk_lists_what_waits_and_approves_it(desk, session, training_class):
    written(session, training_class)
    promise(session, training_class)
    filings.submit(session, training_class, by=None, now=NOW)
    listed = desk.get("/desk/filings/")
    form = desk.get(at(training_class, "desk", "filing/approval"))
    without = desk.post(at(training_class, "desk", "filing/approval"), data=typed(form, number=" "))
    answer = desk.post(at(training_class, "desk", "filing/approval"), data=typed(form, number="青培7"))

    assert training_class.title in listed.text
    assert (without.status_code, "请填备案号。" in without.text) == (422, True)
    assert answer.status_code == 303
    assert "青培7" in desk.get(at(training_class, "desk")).text
    assert "没有等着办的备案" in desk.get("/desk/filings/").text


def test_a_return_reaches_the_school_with_its_reason(desk, teacher, session, training_class):
    filed(session, training_class)
    form = desk.get(at(training_class, "desk", "filing/return"))
    desk.post(at(training_class, "desk", "filing/return"), data=typed(form, reason="教材写版次"))
    page = teacher.get(at(training_class, "school"))

    assert "教材写版次" in page.text
    assert "窗口退回了，请改好再交" in page.text


def test_a_filing_handed_in_again_meanwhile_is_not_approved_unread(desk, session, training_class):
    filed(session, training_class)
    form = desk.get(at(training_class, "desk", "filing/approval"))
    written(session, training_class, textbook="另一本")
    filings.submit(session, training_class, by=None, now=NOW.replace(hour=5))
    answer = desk.post(at(training_class, "desk", "filing/approval"), data=typed(form, number="1"))

    assert (answer.status_code, "学校刚刚又交了一次" in answer.text) == (409, True)


def test_what_changed_since_is_shown_at_both_doors(desk, teacher, session, training_class):
    filed(session, training_class, number="1")
    written(session, training_class, head_teacher="吴班主任")
    pages = [desk.get(at(training_class, "desk")), teacher.get(at(training_class, "school"))]

    assert ["班主任从“周班主任”改成“吴班主任”" in page.text for page in pages] == [True, True]


def test_another_schools_filing_is_not_there(session, training_class, signed_in):
    other = signed_in(schools.appoint(session, SchoolFactory(), phone="13900000009", name="别人", by=None, now=NOW))
    rooms = ("filing", "dossier", "filing/submission", "filing/roster.pdf", "filing/roster-in-full")

    assert [other.get(at(training_class, "school", room)).status_code for room in rooms] == [404] * 5
    assert other.post(at(training_class, "school", "promise"), data={"promise": "y"}).status_code == 404


@pytest.mark.parametrize("door", ["desk", "school"])
def test_no_page_and_no_paper_has_a_whole_id_number(door, desk, teacher, session, training_class):
    filed(session, training_class, number="1")
    reader = desk if door == "desk" else teacher
    papers = ("application", "roster", "timetable", "teachers", "scheme", "promises")
    pages = [
        reader.get(at(training_class, door)).text,
        reader.get(at(training_class, door, "filing/roster-in-full")).text,
    ]
    printed = [Print(reader.get(at(training_class, door, f"filing/{what}.pdf")).data).text for what in papers]

    assert [words for words in [*pages, *printed] if ID.search(words)] == []
    assert id_number(1)[-4:] in printed[1]


@pytest.mark.parametrize("door", ["desk", "school"])
def test_a_roster_in_full_is_printed_for_a_reason_and_leaves_a_deed_for_each(
    door, desk, teacher, session, training_class
):
    reader, address = (desk if door == "desk" else teacher), at(training_class, door, "filing/roster-in-full")
    without = reader.post(address, data={"reason": ""})
    paper = reader.post(address, data={"reason": "exam"})
    made = Print(paper.data)
    reasons = session.scalars(select(Deed.facts).where(Deed.what == "enrolment.id_revealed")).all()

    assert (without.status_code, "请写明原因。" in without.text) == (422, True)
    assert [id_number(n) in made.text for n in (1, 2, 3)] == [True] * 3
    assert ("王窗口" if door == "desk" else "周校长") + "2026年11月23日周一" in made.text
    assert "用完收回" in made.text
    assert paper.headers["Cache-Control"] == "no-store"
    assert reasons == [{"reason": "exam"}] * 3


def test_a_jobseeker_gets_no_paper(phone, training_class):
    answers = [phone.get(at(training_class, "desk", "filing/roster.pdf")), phone.get(at(training_class, "school"))]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert phone.get("/desk/classes/none/filing/nothing.pdf").status_code == 303
