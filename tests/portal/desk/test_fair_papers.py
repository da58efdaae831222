from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling.models import Fair, FairFiling, FairOverride, FairTerms
from tests.factories import NOW, BoothFactory, FairFactory
from tests.forms import typed


@pytest.fixture
def large(session):
    """A draft for 6,000 people that lacks its papers."""
    fair = FairFactory(
        draft=True,
        starts_at=NOW + timedelta(days=30),
        expected_attendance=6000,
        contact_name="王",
        contact_phone="0990-1",
        outdoor=False,
    )
    BoothFactory(fair=fair)
    session.commit()
    return fair


def test_the_checklist_says_what_a_large_fair_lacks_and_who_permits_it(desk, large):
    page = desk.get(f"/desk/fairs/{large.slug}")

    assert "发布前还缺2样" in page.text
    assert ("市公安局审批" in page.text, "应急预案、安全保卫方案" in page.text) == (True, True)
    assert "2026年12月3日 周四" in page.text  # 20 days before 23 December
    assert "申请安全许可（市公安局）" in page.text
    assert desk.post(f"/desk/fairs/{large.slug}/publication").status_code == 409


def test_what_is_let_pass_is_shown_with_its_reason_and_can_be_taken_back(desk, session, large):
    path = f"/desk/fairs/{large.slug}"
    asked = desk.get(f"{path}/overrides?item=permit_city")
    bare = desk.post(f"{path}/overrides", data={"item": "permit_city", "reason": ""})
    wrong = desk.post(f"{path}/overrides", data={"item": "contact", "reason": "没有"})
    for item in ("permit_city", "emergency_plan"):
        assert desk.post(f"{path}/overrides", data={"item": item, "reason": "周五补"}).status_code == 303

    assert '<option selected value="permit_city">' in asked.text
    assert (bare.status_code, "请写明原因。" in bare.text, wrong.status_code) == (422, True, 422)
    page = desk.get(path)
    assert ("齐了，可以发布" in page.text, "周五补" in page.text, "缺，写明了原因" in page.text) == (True, True, True)
    assert desk.post(f"{path}/publication").status_code == 303
    assert desk.post(f"{path}/overrides/permit_city/withdrawal").status_code == 303
    assert [row.item for row in session.scalars(select(FairOverride).where(FairOverride.lifted_at.is_(None)))] == [
        "emergency_plan"
    ]


def test_a_fair_that_lacks_nothing_has_nothing_to_let_pass(desk):
    fair = FairFactory(contact_name="王", contact_phone="0990-1", outdoor=False)
    BoothFactory(fair=fair)

    assert "不缺可以先放过的东西" in desk.get(f"/desk/fairs/{fair.slug}/overrides").text
    assert desk.post(f"/desk/fairs/{fair.slug}/overrides", data={"reason": "急"}).status_code == 200


def test_what_was_handed_in_is_noted_and_shown(desk, session):
    fair = FairFactory()
    path = f"/desk/fairs/{fair.slug}"
    late = desk.get(path)
    page = desk.get(f"{path}/filings?what=filing")
    saved = desk.post(f"{path}/filings", data=typed(page, number="备7号"))
    future = desk.post(f"{path}/filings", data=typed(page, day="2027-01-01"))

    assert "过了最迟的日子" in late.text  # 15 days before the day after tomorrow
    assert saved.status_code == 303
    assert (future.status_code, "这一天还没到" in future.text) == (422, True)
    row = session.scalars(select(FairFiling)).one()
    assert (row.what, row.number) == ("filing", "备7号")
    shown = desk.get(path).text
    assert ("备7号" in shown, "过了最迟的日子" in shown) == (True, False)


def test_the_countys_numbers_are_kept_and_everything_goes_by_them(desk, session, large):
    page = desk.get("/desk/fairs/terms")
    wrong = desk.post("/desk/fairs/terms", data=typed(page, city_from="10", plan_by="2月30日"))
    saved = desk.post("/desk/fairs/terms", data=typed(page, permit_from="7000", city_from="9000", file_days=""))
    disorder = desk.post("/desk/fairs/terms", data=typed(page, permit_from="7000", city_from="10"))

    assert typed(page)["plan_by"] == ["12-15"]
    assert (wrong.status_code, "请写月-日" in wrong.text) == (422, True)
    assert (disorder.status_code, "不能少于县公安局" in disorder.text) == (422, True)
    assert saved.status_code == 303
    kept = session.scalars(select(FairTerms)).one()
    assert (kept.permit_from, kept.city_from, kept.file_days, kept.plan_by) == (7000, 9000, None, "12-15")
    assert "齐了，可以发布" in desk.get(f"/desk/fairs/{large.slug}").text
    assert "预计7000人以上" in desk.get(f"/desk/fairs/{large.slug}/edit").text


def test_moving_a_large_fair_asks_for_police_and_permit(desk, session):
    fair = FairFactory(starts_at=NOW + timedelta(days=30), expected_attendance=2000, permit_no="许1号", place="体育场")
    path = f"/desk/fairs/{fair.slug}/moves"
    page = desk.get(path)
    day = typed(page, day="2026-12-26", reason="有雨")
    untold = desk.post(path, data=day)
    elsewhere = desk.post(path, data=typed(page, place="体育馆", reason="有雨"))
    done = desk.post(path, data={**day, "told_police": "y", "place": "体育馆", "new_permit_no": "许2号"})

    assert ("县公安局" in page.text, "2026年12月16日" in page.text) == (True, True)  # five workdays before the 23rd
    assert (untold.status_code, "报告了请勾选" in untold.text) == (422, True)
    assert (elsewhere.status_code, "原来的许可就不算数了" in elsewhere.text) == (422, True)
    assert done.status_code == 303
    moved = session.get(Fair, fair.id)
    assert (moved.place, moved.permit_no) == ("体育馆", "许2号")


def test_moving_a_small_fair_asks_for_neither(desk):
    page = desk.get(f"/desk/fairs/{FairFactory().slug}/moves")

    assert 'name="told_police"' not in page.text
