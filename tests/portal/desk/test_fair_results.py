from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import fairs, results
from scheduling.models import Booking, Fair, FairFigure, FairFinish, FairNote, Scan
from tests.factories import NOW, BoothFactory, EnterpriseFactory, FairFactory, approve
from tests.forms import typed
from tests.scheduling.test_results import GOOD, scanned


@pytest.fixture
def fair(session):
    """A fair held yesterday, at which one company had a booth."""
    row = FairFactory(starts_at=NOW - timedelta(days=1))
    firm = approve(EnterpriseFactory(name="穗香食品"))
    told = {"fair_id": row.id, "booth_id": BoothFactory(fair=row).id, "enterprise_id": firm.id}
    session.add(Booking(**told, booked_at=NOW - timedelta(days=5), walk_in=False))
    session.commit()
    return row


def path(fair, act="figures") -> str:
    return f"/desk/fairs/{fair.slug}/{act}"


def filled(page, **more) -> dict:
    """The whole form as somebody fills it in."""
    told = {name: str(value) for name, value in {**GOOD, **more}.items()}
    sources = {f"{name}_source": "staff_counted" for name in told}
    return typed(page, **told, **sources, weather="小雨，8℃", remark="十点半收摊")


def test_all_figures_are_on_one_page_and_what_is_known_is_filled_in(desk, fair):
    page = desk.get(path(fair))

    shown = typed(page)
    assert set(fairs.FIGURES) <= set(shown)
    assert (shown["planned_enterprises"], shown["planned_enterprises_source"]) == (["1"], ["enterprise_reported"])
    assert (shown["visitors"], shown["visitors_source"]) == ([""], [""])
    assert ("已先填上，请核对" in page.text, "还没报" in page.text) == (True, True)


def test_figures_weather_and_remark_are_kept_with_their_sources(desk, session, fair):
    page = desk.get(path(fair))
    saved = desk.post(path(fair), data=filled(page, departments=4, vehicle_trips=2, trades=6))
    emptied = desk.post(path(fair), data=filled(desk.get(path(fair))) | {"departments": "", "departments_source": ""})

    assert (saved.status_code, saved.location, emptied.status_code) == (303, path(fair, "finish"), 303)
    rows = {row.name: (row.value, row.source) for row in session.scalars(select(FairFigure))}
    assert rows["vehicle_trips"] == (2, "staff_counted")
    assert "departments" not in rows
    note = session.scalars(select(FairNote)).one()
    assert (note.weather, note.remark) == ("小雨，8℃", "十点半收摊")
    assert "小雨，8℃" in desk.get(f"/desk/fairs/{fair.slug}").text


def test_a_figure_without_a_source_or_below_nothing_is_said_beside_it(desk, session, fair):
    page = desk.get(path(fair))
    bare = desk.post(path(fair), data=typed(page, visitors="640"))
    below = desk.post(path(fair), data=typed(page, visitors="-1", visitors_source="estimated"))

    assert (bare.status_code, "请选怎么来的。" in bare.text, 'value="640"' in bare.text) == (422, True, True)
    assert (below.status_code, "请填0到1000000之间的整数。" in below.text) == (422, True)
    assert session.scalars(select(FairFigure)).all() == []


def test_what_does_not_add_up_is_said_in_sentences_and_refuses_the_finish(desk, session, fair):
    desk.post(path(fair), data=filled(desk.get(path(fair)), no_show_enterprises=1, intent_people=41))

    page = desk.get(path(fair, "finish"))
    refused = desk.post(path(fair, "finish"))

    assert "实到9家加爽约1家是10家，计划10家加临时增加1家是11家，两边应当一样。" in page.text
    assert "意向人数41比意向人次40还多，一个人至少算一次。" in page.text
    assert "办结这一场" not in page.text
    assert (refused.status_code, "有2处数字对不上" in refused.text) == (409, True)
    assert session.scalars(select(FairFinish)).all() == []


def test_what_is_not_filled_in_is_named(desk, fair):
    page = desk.get(path(fair, "finish"))
    refused = desk.post(path(fair, "finish"))

    assert "还没填：计划企业数、实到企业数" in page.text
    assert "统计最迟2026年11月29日 周日报。" in page.text
    assert "1家还没报自己展位的意向和录用" in page.text
    assert (refused.status_code, "没有填：计划企业数" in refused.text) == (409, True)


def test_a_fair_that_adds_up_is_finished_frozen_and_opened_again_for_a_reason(desk, session, fair):
    desk.post(path(fair), data=filled(desk.get(path(fair))))
    ready = desk.get(path(fair, "finish"))
    done = [desk.post(path(fair, "finish")) for _ in range(2)]

    assert "各项数字对得上，可以办结。" in ready.text
    assert [answer.status_code for answer in done] == [303, 303]
    page = desk.get(f"/desk/fairs/{fair.slug}")
    assert ("已办结" in page.text, path(fair, "edit") in page.text) == (True, False)
    frozen = desk.post(path(fair), data=filled(desk.get(path(fair)), visitors=500))
    assert (frozen.status_code, "已经办结" in frozen.text) == (409, True)

    asked = desk.get(path(fair, "reopening"))
    bare = desk.post(path(fair, "reopening"), data={"reason": ""})
    opened = desk.post(path(fair, "reopening"), data={"reason": "企业补报"})
    assert (asked.status_code, bare.status_code, opened.status_code) == (200, 422, 303)
    assert session.get(Fair, fair.id).finish is None
    assert "企业补报" in desk.get(f"/desk/fairs/{fair.slug}").text
    assert desk.get(path(fair, "reopening")).status_code == 303


def test_the_list_of_past_fairs_says_which_are_finished(desk, session, fair):
    for name, value in GOOD.items():
        fairs.record_figure(session, fair, name, value, "staff_counted", by=None, now=NOW)
    results.finish(session, fair, by=None, now=NOW)

    assert "已办结" in desk.get("/desk/fairs/?past=1").text


def test_a_fair_to_come_or_called_off_has_no_results_yet(desk, session):
    soon, off = FairFactory(), FairFactory(starts_at=NOW + timedelta(days=3))
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)

    assert "还没结束" in desk.get(path(soon, "finish")).text
    assert desk.get(path(off)).status_code == 409


def test_whoever_finishes_reads_first_who_will_be_marked_as_missing(desk, session, fair):
    came = Booking(
        fair_id=fair.id, booth_id=BoothFactory(fair=fair).id, enterprise_id=approve(EnterpriseFactory()).id,
        booked_at=NOW - timedelta(days=5),
    )  # fmt: skip
    session.add(came)
    session.flush()
    scanned(session, fair, 1, booking_id=came.id)
    desk.post(path(fair), data=filled(desk.get(path(fair))))

    before = desk.get(path(fair, "finish"))
    desk.post(path(fair, "finish"))
    missed = session.scalars(select(Booking).where(Booking.id != came.id)).one()
    scanned(session, fair, 2, booking_id=missed.id)
    session.scalars(select(Scan).where(Scan.id == "scan-2")).one().received_at = NOW + timedelta(minutes=1)
    after = desk.get(path(fair, "finish"))

    assert "办结时，1家没签到的单位记作爽约" in before.text
    assert "穗香食品" in before.text
    assert "办结以后又传来1条扫码记录" in after.text
    assert missed.no_show_at == NOW


def test_a_booth_of_a_finished_fair_is_not_given_back(desk, session, fair):
    booking = session.scalars(select(Booking)).one()
    desk.post(path(fair), data=filled(desk.get(path(fair))))
    desk.post(path(fair, "finish"))

    answer = desk.post(f"/desk/bookings/{booking.id}/cancellation")

    assert (answer.status_code, "这场招聘会已经办结，不能再改" in answer.text) == (409, True)
