"""The results of a fair as a workbook: opened by reading the parts of the file, as a spreadsheet does."""

import io
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from scheduling import fairs, results
from scheduling.models import Booking, Visitor
from tests.factories import NOW, BoothFactory, EnterpriseFactory, FairFactory, approve
from tests.scheduling.test_results import noted

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RISKY = '=HYPERLINK("http://x.example","点我")'


@pytest.fixture
def fair(session):
    """A fair held yesterday, at which a company with a name like a formula had a booth."""
    row = FairFactory(slug="held", title="柳河镇赶集招聘", starts_at=NOW - timedelta(days=1))
    firm = approve(EnterpriseFactory(name="+青禾县甲公司"))
    told = {"fair_id": row.id, "booth_id": BoothFactory(fair=row, number=7).id, "enterprise_id": firm.id}
    session.add(Booking(**told, booked_at=NOW - timedelta(days=5)))
    session.flush()
    return row


def opened(answer) -> dict[str, list[list[str | int]]]:
    """Give the rows of every sheet by its name; refuse a cell that holds a formula."""
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    assert book.testzip() is None
    strings = [
        "".join(part.text or "" for part in item.iter(f"{SHEET}t"))
        for item in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")  # noqa: S314  our own file
    ]
    names = [each.get("name") for each in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]  # noqa: S314
    sheets = {}
    for number, name in enumerate(names, 1):
        tree = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
        assert not list(tree.iter(f"{SHEET}f")), "a formula"
        sheets[name] = [[_value(cell, strings) for cell in row] for row in tree.iter(f"{SHEET}row")]
    return sheets


def _value(cell, strings):
    value = cell.find(f"{SHEET}v").text
    return strings[int(value)] if cell.get("t") == "s" else int(value)


def test_every_figure_stands_there_with_its_source(desk, session, fair):
    for number, (name, source) in enumerate(zip(fairs.FIGURES, fairs.SOURCES * 6, strict=False)):
        if name != "leaflets":
            fairs.record_figure(session, fair, name, 100 + number, source, by=None, now=NOW)

    answer = desk.get("/desk/fairs/held/results.xlsx")
    rows = {row[0]: row[1:] for row in opened(answer)["结果"] if row}

    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="held-results.xlsx"'
    assert rows["计划企业数"] == [100, "扫码", "11月23日 周一 9:00"]
    assert rows["实到企业数"] == [101, "企业填报", "11月23日 周一 9:00"]
    assert rows["临时增加企业数"][1] == "人工清点"
    assert rows["爽约企业数"][1] == "现场估算"
    assert rows["发放资料份数"] == ["没填"]
    assert len([name for name in rows if name in {"用车台次", "工作人员数", "参与部门数"}]) == 3
    assert rows["状态"] == ["还没办结，数字可能再改"]


def test_what_people_typed_is_text_and_no_formula(desk, session, fair):
    fairs.note(session, fair, weather=RISKY, remark="@SUM(A1:A9)\x07", by=None, now=NOW)
    (booking, _told), *_rest = results.reports(session, fair)
    results.report(session, booking, intent_people=3, intent_times=4, hired_on_site=1, by=None, now=NOW)

    sheets = opened(desk.get("/desk/fairs/held/results.xlsx"))

    assert ["天气", RISKY] in sheets["结果"]
    assert [7, "+青禾县甲公司", "待确认", 3, 4, 1] in sheets["各家自己报的"]


def test_what_does_not_add_up_is_said_on_a_sheet_of_its_own(desk, session, fair):
    noted(session, fair, no_show_enterprises=1)

    wrong = opened(desk.get("/desk/fairs/held/results.xlsx"))["核对"]

    assert wrong[1] == ["实到9家加爽约1家是10家，计划10家加临时增加1家是11家，两边应当一样。"]


def test_a_finished_fair_says_since_when_and_nothing_is_wrong(desk, session, fair):
    noted(session, fair)
    results.finish(session, fair, by=None, now=NOW)

    sheets = opened(desk.get("/desk/fairs/held/results.xlsx"))

    assert ["状态", "11月23日 周一 9:00办结"] in sheets["结果"]
    assert sheets["核对"] == [["对不上的地方"], ["各项数字对得上。"]]
    assert 'href="/desk/fairs/held/results.xlsx"' in desk.get("/desk/fairs/held").text


def test_a_fair_without_results_has_a_workbook_of_empty_lines_and_one_called_off_has_none(desk, session, fair):
    off = FairFactory(slug="off")
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)

    assert ["进场人数", "没填"] in opened(desk.get("/desk/fairs/held/results.xlsx"))["结果"]
    assert desk.get("/desk/fairs/off/results.xlsx").status_code == 409


def test_the_workbook_speaks_chinese_whoever_asks(desk, fair):
    desk.set_cookie("language", "en")

    assert "结果" in opened(desk.get("/desk/fairs/held/results.xlsx"))


def test_who_came_stands_there_each_way_apart_and_as_a_sum(desk, session, fair):
    for number, told in enumerate(
        (("poster", "", ""), ("screen", "吴", "13900000001"), ("poster", "吴", "13900000001"))
    ):
        source, name, phone = told
        row = Visitor(county=fair.county, fair_id=fair.id, source=source, name=name, phone=phone, at=NOW)
        row.form_id = f"form-{number}"
        session.add(row)

    rows = opened(desk.get("/desk/fairs/held/results.xlsx"))["现场人数"]

    assert {row[0]: row[1] for row in rows[1:]} == {
        "预约了、凭码进场": 0,
        "没预约、工作人员登记": 0,
        "没登记：自己签到": 2,
        "没登记：门口按人头数": 0,
        "合计": 2,
        "重复、没有再算": 1,
    }


def test_the_page_shows_how_the_visitors_were_counted(desk, session, fair):
    session.add(Visitor(county=fair.county, fair_id=fair.id, source="poster", form_id="form-1", at=NOW))

    page = desk.get("/desk/fairs/held/figures").text

    assert "现场人数怎么来的" in page
    assert re.search(r'name="visitors"[^>]*value="1"', page)
