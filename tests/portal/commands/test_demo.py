"""The demo county, filled once on each database, and once more around a day that is not easy: it takes seconds."""

import json
import re
import stat
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.clock import HERE
from portal.commands.demo import _address, cast, loading
from portal.commands.demo.folder import Folder, InUse, claim, share
from portal.database import db
from portal.doors import COOKIE
from scheduling import (
    attendance,
    booths,
    courses,
    enrolments,
    enterprises,
    fairs,
    leaves,
    livestreams,
    orders,
    penalties,
    vacancies,
)
from scheduling.models import Base, Enterprise, Fair, FairFigure, Notice, Scan, Vacancy
from tests.conftest import NOW, sweep
from tests.demo_county import adds_up, graduated, on_market_days
from tests.factories import COUNTY, KEYS

ELSEWHERE = "990201"  # another county in the same database
HARD_DAYS = {
    "sqlite": datetime(2027, 2, 6, 14, 30, tzinfo=UTC),  # 22:30 on 正月初一
    "postgresql": datetime(2026, 12, 31, 17, 0, tzinfo=UTC),  # 1:00 on Friday 2027-01-01
}
DATA = loading.read()


@pytest.fixture(scope="module")
def filled(house):
    """The session of a database with the county around NOW, for every test of this file; none of them writes."""
    with house.app_context():
        try:
            loading.load(db.session(), COUNTY, keys=KEYS, now=NOW)
            db.session.commit()
            yield db.session()
        finally:
            db.session.remove()
            with db.engine.begin() as connection:
                sweep(connection)


@pytest.fixture
def phone(house, filled):
    """A phone nobody is signed in on."""
    return house.test_client()


def rows(session):
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables
    }


def test_every_market_fair_stands_on_a_market_day(filled):
    on_market_days(filled, COUNTY, NOW)


def test_so_it_does_at_spring_festival_and_at_the_turn_of_the_year(filled):
    now = HARD_DAYS[filled.get_bind().dialect.name]
    try:
        loading.load(filled, ELSEWHERE, keys=KEYS, now=now)

        on_market_days(filled, ELSEWHERE, now)
    finally:
        filled.rollback()


def test_by_day_todays_fair_is_running_and_a_show_is_on_air(filled):
    today = fairs.on_day(filled, COUNTY, fairs.local_day(NOW))

    assert {(fair.kind, fairs.standing(fair, now=NOW)) for fair in today} == {
        ("market_fair", "running"),
        ("livestream", "running"),
    }


def test_one_show_was_one_is_on_air_and_one_waits_for_its_lock(filled):
    held = select(Fair).where(Fair.kind == "livestream").order_by(Fair.starts_at)
    shows = [livestreams.read(filled, fair) for fair in filled.scalars(held)]
    past = shows[0].fair

    assert [livestreams.on_air(show, now=NOW).state for show in shows] == ["over", "on", "before"]
    assert [show.lock is not None for show in shows] == [True, True, False]
    assert min(len(show.jobs) for show in shows) >= 8
    assert livestreams.channels(filled, past).total() == 58
    assert livestreams.stats_of(filled, past).signups == livestreams.channels(filled, past)["scan"]


def test_there_is_a_fair_of_most_kinds_in_every_state(filled):
    held = filled.scalars(select(Fair)).all()

    assert {fair.kind for fair in held} == set(fairs.PREFIXES)
    assert [fair.kind for fair in held if fair.online] == ["irregular_fair"]
    assert Counter(fairs.standing(fair, now=NOW) for fair in held) == {
        "over": 4,
        "running": 2,
        "published": 8,
        "moved": 1,
        "called_off": 1,
        "draft": 1,
    }


def test_nothing_was_done_in_the_future(filled):
    late = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in {"at", "booked_at", "reserved_at", "enrolled_at", "submitted_at", "scanned_at", "changed_at"}
        and (latest := filled.scalar(select(func.max(column))))
        and latest > NOW
    ]

    assert late == []


def test_the_needs_of_the_firms_add_up_to_the_ledger(filled):
    firms = {row["uscc"]: row for row in DATA["enterprises"]}
    needs = select(Enterprise.uscc, Vacancy.headcount, Vacancy.closed_at).join(Vacancy.enterprise)
    need, hired = Counter(), Counter()
    for uscc, headcount, closed_at in filled.execute(needs):
        for whose in ("all", "assigned" if firms[uscc]["assigned_by_county"] else "own"):
            need[whose] += headcount
            hired[whose] += headcount if closed_at else 0

    checks = DATA["checks"]
    assert (need["assigned"], hired["assigned"]) == (checks["need"], checks["hired"])
    assert need["assigned"] - hired["assigned"] == checks["gap"]
    assert (need["all"], hired["own"]) == (checks["need_all"], 0)
    assert len(filled.scalars(select(Vacancy.enterprise_id).distinct()).all()) == checks["needing_all"]


def test_every_job_can_be_found_and_the_desk_has_something_to_do(filled):
    assert {vacancy.title for vacancy in vacancies.open_ones(filled, COUNTY)} == {job["title"] for job in DATA["jobs"]}
    assert len(vacancies.waiting(filled, COUNTY)) >= 3
    assert vacancies.count(filled, COUNTY)["returned"] == 1
    assert enterprises.count(filled, COUNTY) == {"approved": 30, "submitted": 2, "returned": 1}


def test_classes_are_over_running_open_and_full(filled):
    known = {row.title: row for row in courses.of_desk(filled, COUNTY)}
    full = known["养老护理员培训班"]
    running = known["低压电工订单班（第2期）"].training_class

    assert len(courses.programmes(filled, COUNTY)) == 10
    assert [row.title for row in courses.open_now(filled, COUNTY, now=NOW)] == [
        "养老护理员培训班",
        "焊工订单班（第3期）",
    ]
    assert (full.training_class.taken, full.seats_left, full.waiting) == (10, 0, 3)
    assert "周桂兰" in {row.jobseeker.name for row in enrolments.waiting(filled, full.training_class)}
    assert {block.starts_at > NOW for block in running.sessions} == {True, False}
    assert len(attendance.of_class(filled, running)) > 50
    kinds = Counter(mark.kind for mark in attendance.sheet(filled, running, now=NOW).marks.values())
    assert kinds.keys() >= {"present", "private", "sick", "absent"}
    assert {leave.state for leave in leaves.of_class(filled, running)} == {"asked", "granted"}
    assert filled.scalar(select(func.count(Scan.id)).where(Scan.way == "screen")) == 2
    assert [order.trade for order in orders.open_ones(filled, COUNTY)] == ["数控车床操作工"]


def test_past_fairs_have_scans_and_figures_that_name_their_source(filled):
    on_site = filled.scalars(select(Fair).where(Fair.kind != "livestream"))
    past = [fair for fair in on_site if fairs.standing(fair, now=NOW) == "over"]

    for fair in past:
        came = attendance.of_fair(filled, fair)
        noted = {figure.name: figure for figure in fairs.figures(filled, fair)}
        assert came.people > 5
        assert (noted["present_enterprises"].value, noted["present_enterprises"].source) == (
            came.enterprises,
            "scanned",
        )
        assert noted["visitors"].source == "estimated"
    assert filled.scalar(select(func.count(FairFigure.id)).where(FairFigure.fair_id.not_in([f.id for f in past]))) == 0


def test_loading_again_changes_nothing(filled):
    before = rows(filled)

    assert loading.load(filled, COUNTY, keys=KEYS, now=NOW + timedelta(days=3)) is False
    assert rows(filled) == before


def test_the_printed_staff_sign_in(filled, phone):
    for staff in cast.STAFF:
        page = phone.post("/signin/staff", data={"username": staff.username, "password": cast.PASSWORD})
        assert (page.status_code, phone.get_cookie(COOKIE) is not None) == (303, True), staff
        phone.delete_cookie(COOKIE)


def test_the_printed_phones_sign_in_with_the_code_of_the_outbox(filled, house):
    doors, phones = {}, (house.test_client() for _ in cast.CALLERS)
    for caller, phone in zip(cast.CALLERS, phones, strict=True):
        phone.post("/signin", data={"phone": caller.phone})
        codes = select(Notice).where(Notice.phone == caller.phone, Notice.once.startswith("code/"))
        sent = filled.scalars(codes).one()
        page = phone.post("/signin/code", data={"code": re.search(r"\d{6}", sent.text)[0]})
        doors[caller] = page.headers["Location"]

    assert doors == {
        cast.ENTERPRISE: "/enterprise/",
        cast.SCHOOL: "/school/",
        cast.JOBSEEKER: "/",
        cast.FAMILY: "/",
        cast.COORDINATOR: "/village/",
    }


def test_what_a_start_prints_names_every_sign_in():
    said = cast.announcement("http://127.0.0.1:8000")

    assert [
        who for who in (*(s.username for s in cast.STAFF), *(c.phone for c in cast.CALLERS)) if who not in said
    ] == []
    assert {"http://127.0.0.1:8000/", "http://127.0.0.1:8000/demo/outbox"} <= set(said.split())


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    folder = Folder(tmp_path / "demo")
    with folder.open():
        secret = folder.secret()

    assert folder.secret() == secret
    assert len(secret) >= 32
    assert stat.S_IMODE((folder.path / "secret").stat().st_mode) == 0o600


def test_one_fills_the_folder_while_nobody_uses_it(tmp_path):
    folder = Folder(tmp_path)
    with folder.open() as one, folder.open() as other:
        share(one)
        share(other)
        with pytest.raises(InUse):
            claim(other)


def test_clearing_takes_away_what_is_the_demos_and_nothing_else(tmp_path):
    folder = Folder(tmp_path)
    folder.secret()
    folder.database.touch()
    folder.draft.with_name("loading.sqlite3-wal").touch()
    (tmp_path / "notes.txt").touch()

    folder.clear()

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000"), ("rs.example", "http://rs.example:8000")],
)
def test_the_address_is_one_that_can_be_typed(host, address):
    assert _address(host, 8000) == address


def test_for_every_interface_the_address_is_one_others_reach():
    assert "0.0.0.0" not in _address("0.0.0.0", 8000)  # noqa: S104  what it means, not where we listen


def test_the_county_is_plain_data():
    text = Path(loading.__file__).with_name("county.json").read_text(encoding="utf-8")

    assert json.loads(text)["checks"]["need"] == 839
    assert re.findall(r'"(?!160)1[3-9]\d{9}"', text) == []


def test_booths_go_by_three_policies_one_firm_was_barred_and_two_wait(filled):
    (penalty,) = penalties.of_county(filled, COUNTY)
    gig = filled.scalars(select(Fair).where(Fair.county == COUNTY, Fair.kind == "gig_fair")).one()

    assert [row.name for row in booths.policies.all_of(filled, COUNTY)] == ["赶集（宽松）", "周六大厅", "大型专场"]
    assert penalties.is_appealed(penalty)
    assert len(booths.waiting.line(filled, gig)) == 2


def test_the_ledger_adds_up_to_the_countys_sums(filled):
    adds_up(filled, COUNTY, DATA["checks"])


def test_the_class_that_is_over_has_certificates_a_notice_and_people_at_work(filled):
    graduated(filled, COUNTY, today=NOW.astimezone(HERE).date())
