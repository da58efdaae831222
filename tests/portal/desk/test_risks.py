"""The reviewer's pages: what looks odd and its notes, the phone sample, the file for the shelf."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from sqlalchemy import select

from scheduling import archives, enrolments, samples, schools
from scheduling.models import ClassArchive, PhoneCheck, RiskSettlement
from tests.factories import NOW, id_number
from tests.forms import typed
from tests.portal.printing.prints import Print
from tests.scheduling.filed import PHONE, a_class, filed, written

ID = re.compile(r"(?<![\d*a-f])\d{17}[\dXx](?![\da-f])")
FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture
def training_class(session):
    """A class that was filed; one came onto its roster after it began, long ago."""
    made = a_class(session)
    filed(session, made, number="1")
    made.starts_on = made.starts_on.replace(month=11, day=2)
    for one in made.sessions:
        shift = one.starts_at - one.starts_at.replace(month=11, day=one.starts_at.day - 5)
        one.starts_at, one.ends_at = one.starts_at - shift, one.ends_at - shift
    for one in enrolments.roster(session, made):
        one.confirmed_at = one.enrolled_at = NOW.replace(month=10)
    enrolments.roster(session, made)[0].confirmed_at = NOW
    session.flush()
    return made


def at(row, rest: str) -> str:
    return f"/desk/classes/{row.slug}/{rest}"


def settlement(page) -> str:
    """The link of the first hit that can be given a note."""
    return re.search(r'href="([^"]+/risks/settlement[^"]+)"', page.text)[1].replace("&amp;", "&")


def test_the_overview_and_the_class_say_what_to_ask_about_and_accuse_nobody(desk, training_class):
    overview, page = desk.get("/desk/risks/"), desk.get(at(training_class, "risks"))

    assert training_class.title in overview.text
    assert "不说明谁有问题" in overview.text
    assert "赵*1是开班以后才进花名册的，请核实手续" in page.text
    assert not any(words in page.text for words in ("赵明1", "13600000001"))


def test_a_hit_is_settled_with_a_note_and_stays_so(desk, session, training_class):
    address = settlement(desk.get(at(training_class, "risks")))
    form = desk.get(address)
    without = desk.post(address, data=typed(form, note=" "))
    answer = desk.post(address, data=typed(form, note="候补转正，手续齐"))
    page = desk.get(at(training_class, "risks"))

    assert (without.status_code, "请写明核实的情况。" in without.text) == (422, True)
    assert answer.status_code == 303
    assert "候补转正，手续齐" in page.text
    assert session.scalars(select(RiskSettlement.rule)).all() == [
        re.search(r"rule=(\w+)", address)[1],
    ]


def test_a_hit_that_changed_meanwhile_is_said_in_words(desk, training_class):
    data = {"rule": "age", "hit": "0" * 64, "note": "没事"}
    page = desk.post(at(training_class, "risks/settlement"), data=data)

    assert (page.status_code, "这一条已经变了" in page.text) == (409, True)


def test_the_school_does_not_read_what_it_is_to_be_asked(session, training_class, signed_in):
    school = signed_in(schools.appoint(session, training_class.school, phone=PHONE, name="周校长", by=None, now=NOW))

    rooms = ("risks", "sample", "archives")
    assert [school.get(at(training_class, room)).status_code for room in rooms] == [403] * 3
    assert "请核实" not in school.get(f"/school/classes/{training_class.slug}").text


def test_a_sample_is_drawn_called_and_the_answer_joins_the_list(desk, session, training_class):
    before = desk.get(at(training_class, "sample"))
    drawn = desk.post(at(training_class, "sample"), data={"seed": "7"})
    page = desk.get(at(training_class, "sample"))
    (check,) = session.scalars(select(PhoneCheck)).unique()
    address = at(training_class, f"sample/{check.id}")
    without = desk.post(address, data={"note": ""})
    desk.post(address, data={"answer": "not_attended", "note": "在外地打工"})
    sample = samples.find(session, training_class)

    assert "花名册上有3人，会抽1人" in before.text
    assert drawn.status_code == 303
    assert f"tel:{check.enrolment.jobseeker.phone}" in page.text
    assert all(told in page.text for told in ("种子是 7", *sample.roster))
    assert without.status_code == 422
    assert "在外地打工" in desk.get(at(training_class, "sample")).text
    assert "说没来上课，请核实" in desk.get(at(training_class, "risks")).text


def test_a_sample_of_nobody_is_refused_in_words(desk, session):
    row = a_class(session, people=0)

    assert "还没有人，抽不了" in desk.get(at(row, "sample")).text
    answer = desk.post(at(row, "sample"), data={"seed": ""})
    assert (answer.status_code, "还没有人，抽不了" in answer.text) == (409, True)


@pytest.fixture
def zipped(desk, training_class):
    """The ZIP that one click gives."""
    answer = desk.post(at(training_class, "archives"))
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.text[:300]
    return answer.data


def test_one_click_gives_the_file_of_a_class_with_a_manifest_that_holds(desk, session, training_class, zipped):
    files = archives.opened(zipped)
    told = json.loads(files["manifest.json"])
    (row,) = session.scalars(select(ClassArchive))

    assert [name for name in files if name.endswith(".pdf")] == [
        "01-开班申请表.pdf",
        "02-花名册.pdf",
        "03-课程表.pdf",
        "04-师资表.pdf",
        "05-考核方案.pdf",
        "06-承诺书.pdf",
        "07-考勤簿.pdf",
    ]
    assert told["missing"] == {
        "08-成绩单.pdf": "还没有考核",
        "09-颁证花名册.pdf": "还没有发证",
        "10-证书.pdf": "没有本局发的证书",
        "11-补贴申报.xlsx": "还没有申报补贴",
    }
    assert {name: one["sha256"] for name, one in told["files"].items()} == {
        name: digest for name, digest in archives.hashes(files).items() if not name.startswith("manifest")
    }
    assert row.manifest == archives.hashes(files)
    assert row.facts == told["facts"] == archives.digests(session, training_class)
    assert (told["made_by"], told["archive_years"], told["class"]["filing_no"]) == ("王窗口", 10, "1")


def test_no_file_on_the_shelf_has_a_whole_id_number_and_no_text_is_a_formula(desk, session, training_class):
    first = enrolments.roster(session, training_class)[0]
    first.jobseeker.name = FORMULA
    session.flush()
    files = archives.opened(desk.post(at(training_class, "archives")).data)
    book = archives.opened(files["12-学员和签到.xlsx"])
    words = {
        **{name: Print(data).text for name, data in files.items() if name.endswith(".pdf")},
        **{name: data.decode() for name, data in book.items() if name.endswith(".xml")},
        **{name: files[name].decode() for name in ("manifest.json", "manifest.txt")},
    }

    assert {name: ID.findall(text) for name, text in words.items() if ID.search(text)} == {}
    assert not any(id_number(n) in text for n in (1, 2, 3) for text in words.values())
    assert "HYPERLINK" in book["xl/sharedStrings.xml"].decode()
    assert not any("<f>" in text for text in words.values())
    assert "**************" + id_number(2)[-4:] in book["xl/sharedStrings.xml"].decode()


def test_twice_in_a_minute_is_one_archive_with_the_same_bytes(desk, session, training_class, zipped):
    assert desk.post(at(training_class, "archives")).data == zipped
    assert len(session.scalars(select(ClassArchive)).all()) == 1


def test_a_later_change_is_visible_and_names_its_part(desk, session, training_class, zipped):
    before = desk.get(at(training_class, "archives"))
    written(session, training_class, textbook="另一本")
    after = desk.get(at(training_class, "archives"))

    assert "这以后没有改过" in before.text
    assert "保管到2036年11月23日 周一" not in before.text  # a Sunday
    assert "保管到2036年11月23日 周日" in before.text
    assert "这以后改了：开班档案。" in after.text


def test_a_zip_is_held_against_the_shelf(desk, session, training_class, zipped):
    (row,) = session.scalars(select(ClassArchive))
    address = at(training_class, f"archives/{row.id}/comparison")
    files = archives.opened(zipped)
    files["02-花名册.pdf"] += b" "
    bad = archives.packed(files)

    def checked(data: bytes | None):
        held = {"file": (BytesIO(data), "a.zip")} if data is not None else {}
        return desk.post(address, data=held, content_type="multipart/form-data")

    whole, changed, broken, none = checked(zipped), checked(bad), checked(b"no zip"), checked(None)

    assert (whole.status_code, "没有改动" in whole.text) == (200, True)
    assert "改过：02-花名册.pdf" in changed.text
    assert (broken.status_code, "这不是能打开的归档包" in broken.text) == (422, True)
    assert (none.status_code, "请选当时下载的ZIP文件。" in none.text) == (422, True)
