"""Air time in the company's own pages: asking, withdrawing, seeing when, and who asked for its jobs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import livestreams, vacancies
from scheduling.models import FairCallingOff, LiveRequest
from tests.factories import FairFactory, VacancyFactory, approve
from tests.forms import typed
from tests.shows import arranged

PAGE = "/enterprise/livestreams/live"


@pytest.fixture
def fair(session):
    """A show the day after tomorrow, 8:30 to 11:30."""
    return FairFactory(slug="live", title="送岗到家直播", kind="livestream", outdoor=False)


@pytest.fixture
def jobs(firm):
    return [approve(VacancyFactory(enterprise=firm, title=title)) for title in ("缝纫工", "普工")]


def asked(session):
    return session.scalars(select(LiveRequest).where(LiveRequest.withdrawn_at.is_(None))).all()


def test_shows_to_come_are_listed_with_how_it_stands(company, session, firm, fair, jobs, now):
    before = company.get("/enterprise/livestreams/")
    livestreams.want(session, fair, firm, speaker="钱经理", by=None, now=now)
    after = company.get("/enterprise/livestreams/")

    assert ("送岗到家直播" in before.text, "可以申请" in before.text) == (True, True)
    assert "已申请，等排流程" in after.text


def test_a_company_asks_with_what_the_form_suggests_and_again(company, session, firm, fair, jobs):
    form = company.get(PAGE)
    answers = [
        company.post(PAGE, data=typed(form, speaker=" 孙主管 ", wanted="15", wish="early", free_until="10:30"))
        for _ in range(2)
    ]

    row = asked(session)[0]
    assert [(page.status_code, page.location) for page in answers] == [(303, PAGE)] * 2
    assert (row.enterprise_id, row.speaker, row.wanted, row.least, row.wish) == (firm.id, "孙主管", 15, 8, "early")
    assert sorted(row.jobs) == sorted(str(job.no) for job in jobs)
    assert (row.free_from, (row.free_until - fair.starts_at).seconds // 60) == (None, 120)
    assert "改申请" in company.get(PAGE).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"speaker": " "}, "请填谁来讲。"),
        ({"wanted": "5"}, "最少不能比想讲的还多。"),
        ({"wanted": "abc"}, "请填整数"),
        ({"least": "0"}, "请填1到60之间的分钟数。"),
        ({"free_from": "10:00", "free_until": "9:00"}, "走的时间要晚于来的时间。"),
        ({"jobs": None}, "请至少选一个岗位。"),
        ({"jobs": "999"}, "请从给出的几项里选一项。"),
    ],
)
def test_what_is_refused_is_said_beside_the_field(company, session, fair, jobs, changes, words):
    page = company.post(PAGE, data=typed(company.get(PAGE), **changes))

    assert (page.status_code, words in page.text, asked(session)) == (422, True, [])


def test_it_may_take_the_request_back(company, session, firm, fair, jobs, now):
    livestreams.want(session, fair, firm, speaker="钱经理", by=None, now=now)
    answer = company.post(f"{PAGE}/withdrawal")

    assert (answer.status_code, answer.location, asked(session)) == (303, "/enterprise/livestreams/", [])
    assert company.post(f"{PAGE}/withdrawal").status_code == 303


def test_without_an_approved_job_there_is_nothing_to_ask_with(company, fair):
    page = company.get(PAGE)

    assert ("还没有通过审核的岗位" in page.text, 'name="speaker"' in page.text) == (True, False)


@pytest.fixture
def show(session, firm, member, signed_in):
    """A show it is arranged in, and its first enterprise's browser."""
    made = arranged(session, slug="arranged")
    made.company = signed_in(member(made.firms[0], "13600000009"))
    return made


def test_once_arranged_it_sees_when_and_its_job_numbers(session, show):
    page = show.company.get("/enterprise/livestreams/arranged")

    assert [words in page.text for words in ("您的时段", "11月23日 周一 10:05", "1号岗位", "2号岗位")] == [True] * 4
    assert "3号岗位" not in page.text
    assert "10:05上播" in show.company.get("/enterprise/livestreams/").text


def test_once_locked_it_can_change_nothing_by_itself(session, show, now):
    livestreams.want(session, show.fair, show.firms[0], speaker="钱经理", by=None, now=now)
    livestreams.lock_show(session, show.fair, by=None, now=now)
    page = show.company.get("/enterprise/livestreams/arranged")

    assert ("岗位单已锁定" in page.text, 'name="speaker"' in page.text) == (True, False)
    assert show.company.post("/enterprise/livestreams/arranged/withdrawal").status_code == 409


def test_a_show_that_is_off_or_over_takes_no_request(company, session, app, fair, jobs, now, monkeypatch):
    form, starts = typed(company.get(PAGE)), now + timedelta(hours=1)
    fair.starts_at = starts
    monkeypatch.setitem(app.config, "CLOCK", lambda: starts)
    page = company.post(PAGE, data=form)
    assert (page.status_code, "要上直播请打电话找窗口" in page.text) == (409, True)
    monkeypatch.setitem(app.config, "CLOCK", lambda: now)

    session.add(FairCallingOff(fair_id=fair.id, reason="停电", at=now))
    page = company.post(PAGE, data=form)
    assert (page.status_code, "这场直播取消了" in page.text) == (409, True)
    assert asked(session) == []


def test_it_sees_whole_phones_of_those_who_asked_for_its_jobs_and_of_nobody_else(session, show, now):
    for job_no, name, phone in ((1, "李秀英", "13600000011"), (3, "王五", "13600000012")):
        livestreams.leave(
            session, show.fair, name=name, phone=phone, job_no=job_no, consent=True, relation="child", by=None, now=now
        )
    page = show.company.get("/enterprise/livestreams/arranged/leads")

    assert [words in page.text for words in ("李秀英", "13600000011", "子女代报", "1号 食品工", "扫码")] == [True] * 5
    assert ("王五" in page.text, "13600000012" in page.text) == (False, False)
    assert "1人报名" in show.company.get("/enterprise/livestreams/").text


def test_a_draft_is_no_show_to_a_company(company, session, jobs):
    FairFactory(slug="draft", kind="livestream", draft=True)
    FairFactory(slug="market")

    for slug in ("draft", "market"):
        assert company.get(f"/enterprise/livestreams/{slug}").status_code == 404
        assert company.post(f"/enterprise/livestreams/{slug}/withdrawal").status_code == 404
        assert company.get(f"/enterprise/livestreams/{slug}/leads").status_code == 404


def test_a_stranger_sees_the_show_and_nobody_s_leads(stranger, session, show, now):
    livestreams.leave(session, show.fair, name="李秀英", phone="13600000011", job_no=1, consent=True, by=None, now=now)

    assert "李秀英" not in stranger.get("/enterprise/livestreams/arranged/leads").text
    assert "您的时段" not in stranger.get("/enterprise/livestreams/arranged").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_leads_asks_no_more_for_more(session, show, queries, now, rows):
    for n in range(rows):
        told = {"name": f"王{n}", "phone": f"1360000001{n}", "job_no": 1, "consent": True}
        livestreams.leave(session, show.fair, **told, by=None, now=now)
    show.company.get("/enterprise/livestreams/arranged/leads")
    with queries() as asked_:
        page = show.company.get("/enterprise/livestreams/arranged/leads")

    assert page.text.count('href="tel:1') == rows
    assert len([words for words in asked_ if words.startswith("SELECT")]) <= 13


def test_a_vacancy_brought_elsewhere_is_not_touched_by_asking(company, session, firm, fair, jobs):
    company.post(PAGE, data=typed(company.get(PAGE)))

    assert vacancies.shown_at(session, fair, firm) == []
