"""The file of a class that was examined, certified and claimed for: everything there is lies on the shelf."""

from __future__ import annotations

import io
import json
import re

import pytest
from python_calamine import CalamineWorkbook

from portal import shelf
from portal.clock import HERE
from scheduling import archives, certificates, claims, leaves, placements
from scheduling.models import EnrolmentOverride
from tests.factories import OrderFactory, id_number
from tests.graduates import OVER, graduated, people
from tests.portal.printing.prints import Print


@pytest.fixture
def files(house, clerk, session):
    """What one click gives of a class of three, of whom two passed."""
    row = graduated(session)
    certificates.issue(session, row, issuer="青禾县人社局", on=OVER.astimezone(HERE).date(), by=None, now=OVER)
    claims.make(session, row, by=None, now=OVER)
    with house.test_request_context():
        return archives.opened(shelf.lay(session, row, by=clerk, now=OVER).data)


def test_scores_certificates_and_the_claim_are_in_it(files):
    told = json.loads(files["manifest.json"])
    scores, listed, held = (Print(files[name]) for name in ("08-成绩单-第1次.pdf", "09-颁证花名册.pdf", "10-证书.pdf"))

    assert told["missing"] == {}
    assert "11-补贴申报.xlsx" in files
    assert "钱秀英" in scores.text
    assert "钱秀英" in listed.text
    assert len(held.pages) == 2


def test_orders_rules_let_pass_leave_objections_jobs_and_calls_are_in_it(house, clerk, session):
    order = OrderFactory()
    row = graduated(session, orders=(order,))
    first, second, _ = people(session, row)
    told = {"by": clerk, "now": OVER}
    certificates.issue(session, row, issuer="青禾县人社局", on=OVER.astimezone(HERE).date(), **told)
    session.add(
        EnrolmentOverride(enrolment_id=first.id, rule="education", reason="毕业证在补办", by_id=clerk.id, at=OVER)
    )
    leaves.enter(session, first, row.sessions[0], "sick", **told)
    claim = claims.make(session, row, **told)
    claims.post(session, claim, **told)
    one = claims.object_to(session, claim, words="这个人没来上过课", contact="16000000009", **told)
    claims.settle(session, one, how="核对了考勤簿", **told)
    works = {"started_on": OVER.date(), "wage": 5600, "source": "desk", **told}
    wrong = placements.record(session, second, employer="外县的厂", **works)
    placements.undo(session, wrong, reason="登错单位", **told)
    placements.record(session, second, enterprise=order.enterprise, **works)

    with house.test_request_context():
        files = archives.opened(shelf.lay(session, row, by=clerk, now=OVER).data)

    book = CalamineWorkbook.from_filelike(io.BytesIO(files["13-订单、就业和回访.xlsx"]))
    rows = {name: book.get_sheet_by_name(name).to_python()[1:] for name in book.sheet_names}
    assert rows["用工订单"][0] == [f"{order.no}号", order.enterprise.name, "焊工", 12, 3, 0]
    assert rows["放行"][0][:4] == ["赵明田", "学历不够", "毕业证在补办", clerk.name]
    assert rows["请假"][0][:3] + rows["请假"][0][4:5] == ["赵明田", "第1次", "病假", "准假了"]
    assert rows["公示意见"][0][1::2] == ["这个人没来上过课", "核对了考勤簿"]
    assert [line[:5] for line in rows["就业"]] == [
        ["钱秀英", "外县的厂", "2026-12-21", 5600, ""],
        ["钱秀英", order.enterprise.name, "2026-12-21", 5600, f"{order.no}号"],
    ]
    assert ["登错单位" in line[8] for line in rows["就业"]] == [True, False]
    assert {(line[0], line[1]) for line in rows["回访"]} == {
        (name, n) for name in ("钱秀英", "孙小满") for n in (1, 3, 6)
    }
    assert "16000000009" not in str(rows)


def test_the_list_in_it_is_one_that_sha256sum_checks(files):
    lines = re.findall(r"^([0-9a-f]{64})  (.+)$", files["manifest.txt"].decode(), re.MULTILINE)

    assert {name: digest for digest, name in lines} == {
        name: digest for name, digest in archives.hashes(files).items() if not name.startswith("manifest")
    }


def test_nothing_in_it_has_a_whole_id_number(files):
    books = {
        f"{name}/{part}": data
        for name in files
        if name.endswith("xlsx")
        for part, data in archives.opened(files[name]).items()
    }
    texts = [Print(data).text for name, data in files.items() if name.endswith(".pdf")]
    texts += [data.decode(errors="ignore") for data in (*books.values(), files["manifest.json"], files["manifest.txt"])]

    assert not any(id_number(n) in text for n in range(3) for text in texts)
