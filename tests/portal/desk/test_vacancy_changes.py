"""The desk reads what changed, corrects what a fair has settled on, and sees who asked for which job, masked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import vacancies
from scheduling.models import Deed, Vacancy
from tests.factories import EnterpriseFactory, FairFactory, VacancyFactory, approve
from tests.forms import typed


@pytest.fixture
def vacancy():
    return approve(VacancyFactory(title="缝纫工", enterprise=approve(EnterpriseFactory(name="穗香食品有限公司"))))


def revised(session, vacancy, now, **card):
    vacancies.revise(session, vacancy, by=None, now=now, **card)
    return f"/desk/vacancies/{vacancy.no}"


def test_a_change_stands_in_the_queue_and_is_shown_field_by_field(desk, vacancy, session, now):
    address = revised(session, vacancy, now, wage_high=7000, description="平车", settlement="weekly")
    queue, page = desk.get("/desk/vacancies/").text, desk.get(address).text

    assert (f'href="{address}"' in queue, "改动" in queue) == (True, True)
    assert "改了3处" in page
    for words in (
        '<del class="was">6500</del>',
        '<ins class="now">7000</ins>',
        '<del class="was">月结</del>',
        '<ins class="now">周结</ins>',
    ):
        assert words in page, words
    assert "公众现在看到的还是原来的内容" in page


def test_the_verdict_is_on_the_change_and_the_double_tap_is_one(desk, vacancy, session, now):
    address = revised(session, vacancy, now, headcount=9)
    form = typed(desk.get(address), verdict="approved")
    pages = [desk.post(f"{address}/reviews", data=form).status_code for _ in range(2)]

    row = session.get(Vacancy, vacancy.id)
    assert (pages, row.state, row.headcount, row.revision) == ([303, 303], "approved", 9, None)


def test_a_change_sent_back_twice_leaves_the_advert_open(desk, vacancy, session, now):
    address = revised(session, vacancy, now, headcount=9)
    form = typed(desk.get(address), verdict="returned", reason="人数不对")
    for _ in range(2):
        assert desk.post(f"{address}/reviews", data=form).status_code == 303

    row = session.get(Vacancy, vacancy.id)
    assert (row.state, row.revision.reason) == ("approved", "人数不对")
    assert "人数不对" in desk.get(address).text


def test_a_text_changed_since_it_was_read_is_read_again_first(desk, vacancy, session, now):
    address = revised(session, vacancy, now, headcount=9)
    form = typed(desk.get(address), verdict="approved")
    revised(session, session.get(Vacancy, vacancy.id), now, headcount=900)
    session.commit()
    page = desk.post(f"{address}/reviews", data=form)

    assert (page.status_code, "单位刚才又改了内容" in page.text) == (409, True)
    assert '<ins class="now">900</ins>' in page.text
    assert desk.post(f"{address}/reviews", data=typed(page, verdict="approved")).status_code == 303
    assert session.get(Vacancy, vacancy.id).headcount == 900


def test_what_was_returned_is_laid_beside_what_was_approved_before(desk, vacancy, session, clerk, now):
    vacancies.review(session, vacancy, "returned", reason="写清地点", by=clerk, now=now)
    assert "改了" not in desk.get(f"/desk/vacancies/{vacancy.no}").text  # approved before adverts were kept
    vacancies.revise(session, vacancy, work_place="柳河镇", by=None, now=now)
    vacancies.review(session, vacancy, "approved", by=clerk, now=now)
    vacancies.review(session, vacancy, "returned", reason="写清班次", by=clerk, now=now)
    vacancies.revise(session, vacancy, shift="长白班", by=None, now=now)
    page = desk.get(f"/desk/vacancies/{vacancy.no}").text

    assert ("改了1处" in page, '<ins class="now">长白班</ins>' in page) == (True, True)
    assert "没写" in page


def test_a_fair_s_jobs_are_corrected_by_number_with_a_reason_once_they_are_settled(
    desk, vacancy, session, now, app, monkeypatch
):
    fair = FairFactory(slug="liuhe", starts_at=now + timedelta(hours=2))
    address = "/desk/fairs/liuhe/vacancies"
    added = desk.post(address, data={"no": str(vacancy.no), "shown": "yes", "reason": ""})
    assert (added.status_code, "1号岗位 缝纫工" in desk.get(address).text) == (303, True)
    monkeypatch.setitem(app.config, "CLOCK", lambda: now + timedelta(hours=2))
    refused = desk.post(address, data={"no": str(vacancy.no), "shown": "no", "reason": " "})
    done = desk.post(address, data={"no": str(vacancy.no), "shown": "no", "reason": "单位没来"})

    assert (refused.status_code, 'id="reason-error"' in refused.text, "单位不能再改" in refused.text) == (
        422,
        True,
        True,
    )
    assert done.status_code == 303
    assert vacancies.at_fair(session, fair) == []
    assert session.scalars(select(Deed).where(Deed.what == "vacancy.withdrawn")).one().facts["reason"] == "单位没来"


@pytest.mark.parametrize(("no", "status"), [("", 422), ("abc", 422), ("0", 422), ("99999999999", 422), ("12345", 404)])
def test_a_number_that_is_none_is_explained(desk, no, status):
    FairFactory(slug="liuhe")

    page = desk.post("/desk/fairs/liuhe/vacancies", data={"no": no, "shown": "yes"})
    assert (page.status_code, "error" in page.text) == (status, True)


def test_the_desk_counts_and_sees_phones_masked_and_each_look_is_recorded(desk, vacancy, session, clerk, now):
    assert "还没有人留电话" in desk.get("/desk/interests/").text
    row = vacancies.leave(session, vacancy, name="李秀英", phone="16000000011", consent=True, by=None, now=now)
    page = desk.get("/desk/interests/").text

    assert ("李*英" in page, "160****0011" in page, "1人" in page) == (True, True, True)
    assert ("李秀英" in page, "16000000011" in page) == (False, False)
    shown = desk.post(f"/desk/interests/{row.id}/phone").text
    assert "16000000011" in shown
    assert session.scalars(select(Deed.by_id).where(Deed.what == "interest.phone_revealed")).one() == clerk.id
    assert desk.post("/desk/interests/0190a4f0-0000-7000-8000-000000000000/phone").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_s_list_asks_no_more_for_more(desk, vacancy, session, queries, now, rows):
    for n in range(rows):
        vacancies.leave(session, vacancy, name=f"赵{n}", phone="16000000011", consent=True, by=None, now=now)
    desk.get("/desk/interests/")
    with queries() as asked:
        page = desk.get("/desk/interests/")

    assert page.text.count('<th scope="row"') == rows + 1
    assert len([words for words in asked if words.startswith("SELECT")]) <= 7
