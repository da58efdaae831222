"""A village coordinator hands in people: a file that is checked first, or a table on the page; and who may not."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from scheduling import accounts, signups
from scheduling.models import Draft, Enrolment, SignupList
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory, id_number
from tests.people_files import person, xlsx
from tests.scheduling.test_enrolments import sign_up

TICKED = {"agent_name": "郑满堂", "agent_phone": "13900000000", "consent": "y", "commitment": "y"}


@pytest.fixture
def coordinator(session):
    return accounts.appoint(session, COUNTY, name="柳河村 郑满堂", phone="13900000000", by=None, now=NOW)


@pytest.fixture
def village(signed_in, coordinator):
    """The coordinator's phone."""
    return signed_in(coordinator)


@pytest.fixture
def row(session):
    return ClassFactory(seats=30, course=CourseFactory(class_cap=400), title="焊工班")


def handed_in(client, row, content: bytes, name: str = "名单.xlsx", **other):
    file = FileStorage(io.BytesIO(content), filename=name, content_type="application/octet-stream")
    boundary, body = encode_multipart({**TICKED, **other, "file": file})
    kind = f'multipart/form-data; boundary="{boundary}"'
    return client.post(f"/courses/{row.slug}/lists/new", data=body, content_type=kind)


def lists(session) -> int:
    return session.scalars(select(func.count(SignupList.id))).one()


def test_a_file_is_checked_first_and_then_imported_with_what_is_right_of_it(village, session, row):
    wrong = person(2)
    wrong[1] = "12"

    sent = handed_in(village, row, xlsx([person(1), wrong, person(3)]))
    check = village.get(sent.location)
    nothing_yet = session.scalars(select(func.count(Enrolment.id))).one()
    done = village.post(sent.location, data={"how": "right"})
    shown = village.get(done.location)

    assert (sent.status_code, sent.location) == (303, f"/courses/{row.slug}/lists/check")
    assert re.search(r"第3行.*?手机号（B列）.*?请填11位手机号", check.text, re.DOTALL)
    assert (nothing_yet, done.status_code) == (0, 303)
    assert ["李1" in shown.text, "李2" in shown.text, "李3" in shown.text] == [True, False, True]
    assert person(1)[2] not in shown.text
    assert [one.relation for one in session.scalars(select(Enrolment))] == ["coordinator"] * 2


def test_all_or_nothing_signs_up_nobody_while_a_row_is_wrong(village, session, row):
    wrong = person(2)
    wrong[1] = "12"
    sent = handed_in(village, row, xlsx([person(1), wrong]))

    page = village.post(sent.location, data={"how": "all"})

    assert (page.status_code, "有1行不对，这次一个人也没有报上" in page.text) == (409, True)
    assert (session.scalars(select(Enrolment)).all(), lists(session)) == ([], 0)


def test_the_second_tap_and_the_same_file_again_lead_to_the_same_list(village, session, row):
    content = xlsx([person(1)])
    sent = handed_in(village, row, content)

    taps = [village.post(sent.location, data={"how": "right"}) for _ in range(2)]
    again = handed_in(village, row, content)
    once_more = village.post(again.location, data={"how": "right"})

    assert {page.location for page in (*taps, once_more)} == {taps[0].location}
    assert (lists(session), len(session.scalars(select(Enrolment)).all())) == (1, 1)


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        (b"PK\x03\x04" + b"\0" * 10 * 1024 * 1024, "名单.xlsx", 413, "文件超过2MB"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "名单.xlsx",
            422,
            "这是旧版Excel文件（.xls），改扩展名没有用",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0", "名单.xlsx", 422, "读不出这个文件"),
        (xlsx([["=1+1", *person(1)[1:]]]), "名单.xlsx", 422, "A2格里是公式"),
        (xlsx([["李1"]], plain=True), "名单.xlsx", 422, "没有找到这几列的表头：姓名、手机号、身份证号、学历"),
    ],
    ids=["10 MB", "old .xls", "a picture", "a formula", "no heading"],
)
def test_a_file_that_is_no_list_is_refused_in_words_beside_the_field(
    village, session, row, content, name, status, words
):
    page = handed_in(village, row, content, name)

    assert (page.status_code, words in page.text) == (status, True)
    assert 'value="郑满堂"' in page.text
    assert session.scalars(select(Draft)).all() == []


def test_without_a_file_or_the_ticks_it_is_asked_for_again(village, row):
    page = village.post(f"/courses/{row.slug}/lists/new", data={"agent_name": "郑", "agent_phone": "13900000000"})

    assert page.status_code == 422
    assert ["请选一个文件" in page.text, "本人都同意报名" in page.text] == [True, True]


def test_a_draft_that_is_over_is_told(village, row):
    assert village.get(f"/courses/{row.slug}/lists/check").status_code == 409


def typed(*people, rows=5) -> dict[str, str]:
    names = ("name", "phone", "id_number")
    cells = {f"{name}-{at}": one[i] for at, one in enumerate(people) for i, name in enumerate(names)}
    return {"rows": str(rows), **cells, **{f"education-{at}": "junior" for at in range(len(people))}}


def test_a_table_on_the_page_signs_up_everybody(village, session, row):
    address = f"/courses/{row.slug}/lists/table"

    empty = village.get(address)
    done = village.post(address, data={**TICKED, **typed(person(1), person(2))})

    assert empty.text.count("<legend>第") == 5
    assert 'value="13900000000"' in empty.text
    assert done.status_code == 303
    assert [one.jobseeker.name for one in session.scalars(select(Enrolment).order_by(Enrolment.place))] == [
        "李1",
        "李2",
    ]
    again = village.post(address, data={**TICKED, **typed(person(1), person(2))})
    assert (again.location, lists(session)) == (done.location, 1)


def test_what_is_wrong_in_the_table_is_told_beside_its_cell_and_what_was_typed_stays(village, session, row):
    wrong = ["李2", "12", "990101199001010010"]

    page = village.post(f"/courses/{row.slug}/lists/table", data={**TICKED, **typed(person(1), wrong)})

    assert page.status_code == 422
    assert re.search(r'id="phone-1-error".*?请填11位手机号.*?value="12"', page.text, re.DOTALL)
    assert re.search(r'href="#id_number-1">第2个人：身份证号不对', page.text)
    assert f'value="{person(1)[2]}"' in page.text
    assert session.scalars(select(Enrolment)).all() == []


def test_an_empty_table_and_one_without_consent_are_asked_for_again(village, session, row):
    address = f"/courses/{row.slug}/lists/table"

    nobody = village.post(address, data=TICKED)
    unasked = village.post(address, data={**TICKED, **typed(person(1)), "consent": ""})

    assert ("请至少写一个人" in nobody.text, "本人都同意报名" in unasked.text) == (True, True)
    assert session.scalars(select(Enrolment)).all() == []


def test_more_rows_are_added_without_losing_what_was_typed_up_to_twenty(village, row):
    address = f"/courses/{row.slug}/lists/table"

    page = village.post(address, data={**typed(person(1)), "more": "1"})
    full = village.post(address, data={**typed(person(1), rows=999), "more": "1"})

    assert (page.status_code, page.text.count("<legend>第"), 'value="李1"' in page.text) == (200, 10, True)
    assert (full.text.count("<legend>第"), "再加5行" in full.text) == (20, False)


def test_the_village_page_shows_open_classes_and_own_lists_only(village, session, row, coordinator, clerk):
    signups.take_in(
        session,
        row,
        signups.read(xlsx([person(1)])).lines,
        digest="other",
        agent_name="别人",
        agent_phone="13700000000",
        consent=True,
        commitment=True,
        only_right=True,
        keys=_keys(),
        by=clerk,
        now=NOW,
    )
    foreign = session.scalars(select(SignupList)).one()

    before = village.get("/village/").text
    village.post(handed_in(village, row, xlsx([person(2)])).location, data={"how": "right"})
    after = village.get("/village/").text

    assert ("焊工班" in before, "交过的名单" in before, "交过的名单" in after) == (True, False, True)
    assert village.get(f"/courses/{row.slug}/lists/{foreign.id}").status_code == 404


def _keys():
    from tests.factories import KEYS

    return KEYS


def test_the_empty_table_can_be_downloaded_and_is_read_back(village, row):
    page = village.get(f"/courses/{row.slug}/lists/template.xlsx")

    assert (page.status_code, page.data) == (200, signups.template())


def test_neither_strangers_nor_jobseekers_hand_in_lists(phone, signed_in, session, row):
    jobseeker = signed_in(accounts.by_phone(session, COUNTY, "13600000009", now=NOW))

    for path in ("new", "table", "check", "template.xlsx"):
        assert jobseeker.get(f"/courses/{row.slug}/lists/{path}").status_code == 403
        assert phone.get(f"/courses/{row.slug}/lists/{path}").location.startswith("/signin")


def test_a_coordinator_gets_nowhere_else_and_loses_the_right_at_once(village, desk, session, row, coordinator):
    refused = [village.get(path).status_code for path in ("/desk/", "/gate/", "/school/", "/enterprise/")]

    assert refused == [403] * 4
    assert "柳河村 郑满堂" in desk.get("/desk/coordinators/").text
    desk.post(f"/desk/coordinators/{coordinator.id}/ending")
    assert village.get("/village/").status_code == 403


def test_the_desk_appoints_a_coordinator_by_phone(desk, session):
    page = desk.post("/desk/coordinators/", data={"name": "孙家村 孙二", "phone": "139 0000 0001"})
    wrong = desk.post("/desk/coordinators/", data={"name": "孙家村 孙二", "phone": "1"})

    assert (page.status_code, wrong.status_code) == (303, 422)
    assert [(one.name, one.phone) for one in accounts.coordinators(session, COUNTY)] == [("孙家村 孙二", "13900000001")]


def test_the_desk_hands_in_a_list_after_closing_and_a_coordinator_does_not(village, desk, session):
    from datetime import timedelta

    row = ClassFactory(enrol_until=NOW - timedelta(hours=1))

    assert village.get(f"/courses/{row.slug}/lists/new").status_code == 409
    assert handed_in(desk, row, xlsx([person(1)])).status_code == 303


@pytest.mark.parametrize("people", [1, 40])
def test_the_check_asks_no_more_for_forty_than_for_one(village, session, row, queries, people):
    sent = handed_in(village, row, xlsx([person(n) for n in range(people)]))

    with queries() as asked:
        page = village.get(sent.location)

    assert page.status_code == 200
    assert len(asked) <= 16


def test_what_waits_to_be_imported_is_sealed(village, session, row):
    handed_in(village, row, xlsx([person(7)]))

    draft = session.scalars(select(Draft)).one()
    assert (person(7)[2].encode() in draft.sealed, "李7".encode() in draft.sealed) == (False, False)
    assert id_number(7).encode() not in draft.sealed


def test_somebody_known_is_shown_as_such(village, session, row):
    sign_up(session, row, 1, name="李1", phone="13600000001", id_number=person(1)[2])

    page = village.get(handed_in(village, row, xlsx([person(1), person(2)])).location)

    assert "早就报了" in page.text
    assert "每一行都对，可以报了。" in page.text
