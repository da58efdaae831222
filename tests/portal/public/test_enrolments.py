from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduling import tickets
from scheduling.models import Draft, Enrolment, Notice
from tests.factories import KEYS, NOW, ClassFactory, CourseFactory, SessionFactory, id_number
from tests.scheduling.test_enrolments import sign_up

HERSELF = {
    "who": {"who": "self"},
    "name": {"name": "赵明田"},
    "phone": {"phone": "136 0000-0001"},
    "id_number": {"id_number": id_number(1)},
    "education": {"education": "junior"},
    "category": {"category": "unsure"},
}
DAUGHTER = {"relation": "child", "agent_name": "赵小", "agent_phone": "13700000000", "consent": "y"}


def new(row, step=None):
    return f"/courses/{row.slug}/enrolments/new" + (f"?step={step}" if step else "")


def answer(phone, row, answers=HERSELF, **other):
    """Answer every question in order; give the address of the last redirect."""
    for step, typed in {**answers, **other}.items():
        page = phone.post(new(row, step), data=typed)
        assert page.status_code == 303, (step, page.text)
    return page.location


def test_the_questions_come_one_by_one_and_end_at_the_ticket(phone, session):
    row = ClassFactory()

    first = phone.get(new(row))
    last = answer(phone, row)
    check = phone.get(last)
    done = phone.post(last, data={"commitment": "y"})

    enrolment = session.scalars(select(Enrolment)).one()
    token = tickets.token(tickets.standing(session, enrolment), KEYS)
    assert [first.location, last] == [new(row, "who"), new(row, "check")]
    assert ["赵明田" in check.text, "136 0000 0001" in check.text, f"尾号{id_number(1)[-4:]}" in check.text] == [
        True
    ] * 3
    assert (done.status_code, done.location) == (303, f"/t/{token}")
    assert (enrolment.state, enrolment.jobseeker.phone, enrolment.category) == ("confirmed", "13600000001", "unsure")


@pytest.mark.parametrize("step", ["who", "name", "phone", "id_number", "education", "category", "agent", "check"])
def test_every_question_has_a_way_back_and_a_phone_to_call(phone, session, step):
    row = ClassFactory()
    answer(phone, row, HERSELF, who={"who": "other"}, agent=DAUGHTER)

    page = phone.get(new(row, step))

    assert page.status_code == 200
    assert ('class="back"' in page.text, "contact-phone" in page.text) == (True, True)


def test_a_daughter_signs_up_her_mother(phone, session):
    row = ClassFactory()

    last = answer(phone, row, HERSELF, who={"who": "other"}, agent=DAUGHTER)
    phone.post(last, data={"commitment": "y"})

    enrolment = session.scalars(select(Enrolment)).one()
    assert (enrolment.relation, enrolment.agent_name, enrolment.agent_phone) == ("child", "赵小", "13700000000")


def test_questions_cannot_be_skipped(phone):
    row = ClassFactory()
    phone.post(new(row, "who"), data={"who": "self"})

    assert phone.get(new(row, "check")).location == new(row, "name")
    assert phone.post(new(row, "check"), data={"commitment": "y"}).location == new(row, "name")


def test_she_is_spoken_to_herself_or_about_who_will_learn(phone):
    row = ClassFactory()

    titles = []
    for who in ("self", "other"):
        phone.post(new(row, "who"), data={"who": who})
        titles.append(re.search(r"<title>(.+?) ·", phone.get(new(row, "name")).text)[1])

    assert titles == ["您叫什么名字？", "学员叫什么名字？"]


def test_changing_one_answer_leads_back_to_the_check(phone):
    row = ClassFactory()
    answer(phone, row)

    page = phone.post(new(row, "name"), data={"name": "赵明月"})

    assert page.location == new(row, "check")
    assert "赵明月" in phone.get(page.location).text


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("who", {}, "请选一个"),
        ("name", {"name": " "}, "请填姓名"),
        ("phone", {"phone": "12345"}, "请填11位手机号"),
        ("id_number", {"id_number": "990101199001010010"}, "身份证号不对"),
        ("id_number", {"id_number": id_number(1, date(2010, 1, 1))}, "要年满18周岁"),
        ("education", {"education": "primary"}, "要求初中及以上学历"),
        ("education", {"education": "unsure"}, "不清楚可以打电话问窗口"),
        ("category", {}, "请选一个"),
        ("category", {"category": "rural", "household": "柳河镇 136 1234 9991"}, "户籍只写到乡镇"),
        ("check", {}, "请勾选承诺"),
    ],
)
def test_what_is_refused_is_explained_beside_the_question_and_kept(phone, step, typed, words):
    row = ClassFactory()
    answer(phone, row)

    page = phone.post(new(row, step), data=typed)

    assert page.status_code == 422
    assert words in page.text
    assert all(f'value="{value}"' in page.text for value in typed.values() if value.strip())


def test_not_knowing_ones_schooling_is_fine_where_none_is_asked(phone, session):
    row = ClassFactory(course=CourseFactory(education="any"))

    last = answer(phone, row, HERSELF, education={"education": "unsure"})

    assert phone.post(last, data={"commitment": "y"}).status_code == 303


def test_a_double_tap_and_a_retry_lead_to_the_same_ticket(phone, session):
    row = ClassFactory()
    last = answer(phone, row)

    places = {phone.post(last, data={"commitment": "y"}).location for _ in range(3)}

    assert (len(places), len(session.scalars(select(Enrolment)).all())) == (1, 1)


def test_whoever_does_it_all_again_in_the_same_browser_ends_at_the_same_ticket(phone, session):
    row = ClassFactory()

    places = [phone.post(answer(phone, row), data={"commitment": "y"}).location for _ in range(2)]

    assert (places[0], len(session.scalars(select(Enrolment)).all())) == (places[1], 1)


def test_another_browser_gets_no_ticket_and_her_phone_the_number_again(app, phone, session):
    row, other = ClassFactory(), app.test_client()
    ticket = phone.post(answer(phone, row), data={"commitment": "y"}).location

    pages = [other.post(answer(other, row), data={"commitment": "y"}) for _ in range(2)]

    told = session.scalars(select(Notice.text).where(Notice.phone == "13600000001")).all()
    assert [page.status_code for page in pages] == [409, 409]
    assert "这个人已经报过这个班了" in pages[1].text
    assert ticket not in pages[1].text
    assert (len(told), len(set(told))) == (2, 1)  # the clock stood still: the same message


def test_what_was_typed_is_forgotten_when_it_is_done(phone, session):
    row = ClassFactory()
    last = answer(phone, row)
    ticket = phone.post(last, data={"commitment": "y"}).location

    kept = KEYS.unseal(session.scalars(select(Draft)).one().sealed, "draft")

    assert kept == f'{{"done": "{ticket.removeprefix("/t/")}"}}'
    assert phone.get(last).location == new(row, "who")


def test_the_next_one_on_the_same_phone_starts_anew(phone, session):
    row = ClassFactory()
    phone.post(answer(phone, row), data={"commitment": "y"})

    second = answer(phone, row, HERSELF, name={"name": "钱二"}, id_number={"id_number": id_number(2)})
    phone.post(second, data={"commitment": "y"})

    assert len(session.scalars(select(Enrolment)).all()) == 2


def test_the_same_id_number_with_another_name_is_refused_and_nothing_told(phone, session):
    row = ClassFactory()
    sign_up(session, row)

    page = phone.post(answer(phone, row), data={"commitment": "y"})

    assert page.status_code == 409
    assert "姓名或手机号与上次不同" in page.text
    assert "赵明1" not in page.text


def test_a_full_class_says_so_before_she_sends_it_and_gives_her_a_place_in_line(phone, session):
    row = ClassFactory(seats=1)
    sign_up(session, row, 9)
    last = answer(phone, row)

    check = phone.get(last)
    ticket = phone.get(phone.post(last, data={"commitment": "y"}).location)

    assert "提交以后排在候补第1位" in check.text
    assert "候补第1位" in ticket.text


def test_the_ticket_says_when_the_first_lesson_begins(phone, session):
    row = ClassFactory()
    SessionFactory(training_class=row, number=1, cancelled_at=NOW)
    SessionFactory(training_class=row, number=2)

    ticket = phone.get(phone.post(answer(phone, row), data={"commitment": "y"}).location)

    assert "2026年12月9日 周三 8:30开班，到12月18日 周五" in ticket.text


def test_a_closed_class_asks_nothing_and_takes_nobody(phone, session):
    row = ClassFactory(enrol_until=NOW - timedelta(minutes=1))

    assert phone.get(new(row)).status_code == 409
    answer(phone, row)
    assert phone.post(new(row, "check"), data={"commitment": "y"}).status_code == 409
    assert session.scalars(select(Enrolment)).all() == []


ELSEWHERE = "赵明田已报了“电工班”，12月8日 周二 8:30–11:30两个班都有课。"


def test_who_has_lessons_elsewhere_at_that_time_is_told_with_her_number_and_every_other_reason(phone, session):
    known, row = ClassFactory(title="电工班"), ClassFactory()
    for each in (known, row):
        SessionFactory(training_class=each, number=1)
    sign_up(session, known, name="赵明田", phone="13600000001")
    answer(phone, row, {step: HERSELF[step] for step in ("who", "name", "phone")})

    page = phone.post(new(row, "id_number"), data=HERSELF["id_number"])

    assert page.status_code == 409
    assert ELSEWHERE in page.text
    assert "2026年已经报了1个。明年可以再报。" in page.text
    assert "核实以后窗口可以照样报上" in page.text


def test_who_enrols_elsewhere_while_she_fills_the_form_is_told_on_the_last_page(phone, session):
    known, row = ClassFactory(title="电工班"), ClassFactory()
    for each in (known, row):
        SessionFactory(training_class=each, number=1)
    last = answer(phone, row)
    sign_up(session, known, name="赵明田", phone="13600000001")

    page = phone.post(last, data={"commitment": "y"})

    assert page.status_code == 409
    assert ELSEWHERE in page.text


def test_where_she_is_registered_is_kept_with_her_category(phone, session):
    row = ClassFactory()
    last = answer(phone, row, HERSELF | {"category": {"category": "rural", "household": " 柳河镇 "}})

    assert "柳河镇" in phone.get(last).text
    phone.post(last, data={"commitment": "y"})

    assert session.scalars(select(Enrolment.household)).one() == "柳河镇"


def test_her_number_is_not_shown_again_when_she_goes_back_and_stays_when_nothing_is_typed(phone, session):
    row = ClassFactory()
    last = answer(phone, row)

    back = phone.get(new(row, "id_number"))
    on = phone.post(new(row, "id_number"), data={"id_number": " "})

    assert (id_number(1) in back.text, f"尾号{id_number(1)[-4:]}，不再显示" in back.text) == (False, True)
    assert (on.status_code, on.location) == (303, last)
    phone.post(last, data={"commitment": "y"})
    assert session.scalars(select(Enrolment)).one().id_last4 == id_number(1)[-4:]
