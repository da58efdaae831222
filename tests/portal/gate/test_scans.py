import gzip
import json
import re

import pytest
from sqlalchemy import func, select

from portal.paths import STATIC
from scheduling import reservations, tickets
from scheduling.models import Enrolment, GateInvitation, Scan
from tests.factories import KEYS, NOW, ClassFactory, FairFactory, JobseekerFactory, SessionFactory

JSON = {"Accept": "application/json"}
ID = "0b9c7a58-5b6e-4f5e-9a53-00000000000{}"


@pytest.fixture
def fair():
    return FairFactory(slug="market-7", title="柳河镇赶集招聘", starts_at=NOW)


@pytest.fixture
def ticket(session, fair):
    reservation = reservations.reserve(session, fair, name="王秀兰", phone="13600000001", by=None, now=NOW)
    return tickets.standing(session, reservation)


@pytest.fixture
def scan(gate, fair):
    """Scan as the camera does: `scan(1, read)` gives the answer."""

    def post(n, read, **more):
        said = {
            "id": ID.format(n),
            "read": read,
            "way": "camera",
            "gate": "东门",
            "scanned_at": NOW.isoformat(),
            **more,
        }
        return gate.post(f"/gate/fairs/{fair.slug}/scans", data=said, headers=JSON)

    return post


def kept(session) -> int:
    return session.scalar(select(func.count()).select_from(Scan))


def test_the_gate_lists_what_is_on(gate, fair):
    page = gate.get("/gate/")

    assert 'href="/gate/fairs/market-7/"' in page.text
    assert 'href="/gate/app/"' in page.text


def test_the_phone_in_hand_becomes_a_scanner_by_one_tap(gate, session, scanner, fair):
    answer = gate.post("/gate/joinings", data={"scope": f"fair/{fair.number}"})

    place, token = answer.headers["Location"].split("#")
    assert (answer.status_code, place, answer.headers["Cache-Control"]) == (303, "/gate/app/", "no-store")
    row = session.query(GateInvitation).one()
    assert (row.scope, row.by_id) == ([f"fair/{fair.number}"], scanner.id)
    joined = gate.post("/api/v1/devices", json={"token": token, "label": "东门"})
    assert joined.json["scope"] == [f"fair/{fair.number}"]
    assert gate.post("/api/v1/devices", json={"token": token, "label": "西门"}).status_code == 410


@pytest.mark.parametrize("scope", ["", "fair/99", "everything"])
def test_nobody_is_invited_to_what_is_not_on(gate, session, scope):
    assert gate.post("/gate/joinings", data={"scope": scope}).status_code == 422
    assert session.query(GateInvitation).count() == 0


def test_the_first_scan_counts_and_the_second_says_when_and_where(scan, ticket):
    first, second = scan(1, tickets.address(ticket, KEYS, "http://x")).json, scan(2, ticket.code, gate="西门").json

    assert (first["verdict"], first["words"], first["name"]) == ("counted", "已签到，请进", "王*兰")
    assert (second["verdict"], second["words"], second["detail"]) == ("duplicate_of", "已经签过", "9:00，东门")
    assert second["counts"] == {"people": 1, "enterprises": 0, "scans": 2}
    assert "王秀兰" not in json.dumps([first, second], ensure_ascii=False)


def test_a_lost_answer_is_asked_for_again_and_is_the_same(scan, session, ticket):
    answers = [json.dumps(scan(1, ticket.code).json) for _ in range(3)]

    # a page's own token says when it was made; all else is the same
    assert len({re.sub(r'csrf_token\\" value=\\"[^"]*', "", answer) for answer in answers}) == 1
    assert kept(session) == 1


def test_the_same_id_with_another_body_is_refused_and_tells_nothing(scan, session, ticket):
    scan(1, ticket.code)
    other = scan(1, "123456789")

    assert (other.status_code, other.json["error"]) == (409, "ScanDiffers")
    assert kept(session) == 1


def test_every_reading_is_kept_and_told_apart(scan, session, ticket, fair):
    elsewhere = reservations.reserve(
        session, FairFactory(title="专场招聘会"), name="李四", phone="13600000009", by=None, now=NOW
    )
    cancelled = reservations.reserve(session, fair, name="赵六", phone="13600000008", by=None, now=NOW)
    codes = [tickets.standing(session, row).code for row in (elsewhere, cancelled)]
    reservations.cancel(session, cancelled, by=None, now=NOW)
    wrong = f"{(int(ticket.code[0]) + 1) % 10}{ticket.code[1:]}"

    said = [scan(n, read).json for n, read in enumerate([*codes, wrong, "http://example.com", "", "\x00" * 300])]

    assert [each["words"] for each in said] == ["不是这场的码", "已取消", "号码输错了", "查不到", "查不到", "查不到"]
    assert said[0]["detail"] == "这张码是“专场招聘会”的。"
    assert kept(session) == 6


def test_without_a_script_the_form_leads_to_a_page_with_the_verdict(gate, ticket, fair):
    answer = gate.post(f"/gate/fairs/{fair.slug}/scans", data={"id": ID.format(1), "read": ticket.code, "gate": "西门"})
    page = gate.get(answer.location)

    assert (answer.status_code, answer.location) == (303, f"/gate/fairs/{fair.slug}/?scan={ID.format(1)}")
    assert "已签到，请进" in page.text
    assert "签错了，撤销" in page.text
    assert 'value="西门"' in page.text


def test_a_form_sent_twice_without_a_script_is_one_scan(gate, session, ticket, fair):
    for _ in range(2):
        gate.post(f"/gate/fairs/{fair.slug}/scans", data={"id": ID.format(1), "read": ticket.code})

    assert kept(session) == 1


def test_a_form_gone_back_to_says_so_on_a_fresh_page_instead_of_ending_there(gate, session, ticket, fair):
    here = f"/gate/fairs/{fair.slug}/"
    gate.post(f"{here}scans", data={"id": ID.format(1), "read": ticket.code})
    again = gate.post(f"{here}scans", data={"id": ID.format(1), "read": "123456789"})
    page = gate.get(again.location)

    assert (again.status_code, again.location) == (303, here)
    assert "这条扫码记录与已有的不一致，没有采用。" in page.text
    assert ID.format(1) not in page.text.split('id="scan"')[1].split("</form>")[0]
    assert kept(session) == 1


def test_a_form_of_signing_out_gone_back_to_leads_to_signing_out(gate, block):
    here = "/gate/classes/class-7/sessions/2/"
    answers = [
        gate.post(f"{here}scans", data={"id": ID.format(1), "read": read, "direction": "out"}) for read in ("1", "2")
    ]

    assert answers[1].location == f"{here}?direction=out"


def test_an_undo_takes_her_off_the_count_and_the_next_scan_puts_her_on(gate, scan, ticket, fair):
    scan(1, ticket.code)
    undo = f"/gate/fairs/{fair.slug}/scans/{ID.format(1)}/annulment"
    undone = [gate.post(undo, headers=JSON).json for _ in range(2)]

    assert [each["words"] for each in undone] == ["已撤销", "已撤销"]
    assert undone[1]["counts"]["people"] == 0
    assert scan(2, ticket.code).json["verdict"] == "counted"


def test_a_scan_of_another_fair_cannot_be_undone_or_shown_here(gate, scan, ticket):
    scan(1, ticket.code)
    other = FairFactory(slug="market-8")

    assert gate.post(f"/gate/fairs/{other.slug}/scans/{ID.format(1)}/annulment").status_code == 404
    assert gate.get(f"/gate/fairs/{other.slug}/?scan={ID.format(1)}").status_code == 404


@pytest.fixture
def block():
    return SessionFactory(training_class=ClassFactory(slug="class-7"), number=2, starts_at=NOW)


def test_the_page_of_a_class_says_which_session_it_is(gate, block):
    page = gate.get("/gate/classes/class-7/sessions/2/")

    assert f'<h1 class="gate-title">{block.training_class.title} 第2次课</h1>' in page.text


def test_a_trainee_signs_in_and_out(gate, session, block):
    enrolment = Enrolment(
        class_id=block.class_id, jobseeker_id=JobseekerFactory().id, place=1, id_sealed=b"", id_blind="blind",
        id_last4="0000", education="junior", committed_at=NOW, enrolled_at=NOW, confirmed_at=NOW,
    )  # fmt: skip
    session.add(enrolment)
    session.flush()
    code = tickets.issue(session, enrolment, now=NOW).code

    said = [
        gate.post(
            "/gate/classes/class-7/sessions/2/scans",
            data={"id": ID.format(n), "read": code, "direction": direction},
            headers=JSON,
        ).json["words"]
        for n, direction in enumerate(["in", "in", "out"])
    ]

    assert said == ["已签到", "已经签过", "已签退"]
    assert 'aria-current="true">签退' in gate.get("/gate/classes/class-7/sessions/2/?direction=out").text


def test_the_gate_is_closed_to_others(phone, fair):
    assert phone.get("/gate/").status_code == 303
    assert phone.post(f"/gate/fairs/{fair.slug}/scans", data={"read": "1"}).status_code == 303


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_what_is_on_asks_as_often_for_three_as_for_one(gate, queries, rows):
    for training_class in ClassFactory.create_batch(rows):
        SessionFactory(training_class=training_class, starts_at=NOW)
        FairFactory(starts_at=NOW)
    gate.get("/gate/")
    with queries() as asked:
        page = gate.get("/gate/")

    assert page.text.count("gate-place") == 2 * rows + 1
    assert len(asked) <= 8


def test_the_scanner_with_its_decoder_weighs_less_than_25_kilobytes_compressed(gate, fair):
    page = gate.get("/gate/fairs/market-7/")
    loaded = re.findall(r'(?:href|src|data-worker)="/static/([^"]+)"', page.text)
    files = [(STATIC / path).read_bytes() for path in [*loaded, "vendor/qr/decode.js"]]

    assert len(loaded) == 5
    assert sum(len(gzip.compress(each)) for each in [page.data, *files]) <= 25 * 1024


def test_staff_check_in_from_the_holders_page(gate, session, ticket, fair):
    address = f"/t/{tickets.token(ticket, KEYS)}"
    fields = dict(re.findall(r'<input type="hidden" name="(id|read|way)" value="([^"]+)">', gate.get(address).text))
    answer = gate.post(f"/gate/fairs/{fair.slug}/scans", data=fields)

    assert fields["way"] == "link"
    assert "已签到，请进" in gate.get(answer.location).text
    assert session.scalars(select(Scan.way)).all() == ["link"]
