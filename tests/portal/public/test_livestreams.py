"""What is on air, as anyone sees it, and leaving name and phone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import livestreams
from scheduling.models import FairCallingOff, LiveLead
from tests.factories import FairFactory
from tests.house.test_budget import FIRST_VISIT, REQUESTS, SCRIPT, parts
from tests.shows import MINUTE, arranged

PAGE, NOW_ON, LEAD = "/livestreams/live", "/livestreams/live/now", "/livestreams/live/leads/new"
WHO = {"job_no": "3", "name": "李秀英", "phone": "136 0000 0001", "relation": "self", "consent": "y"}


@pytest.fixture
def show(session):
    """Opening 0–5, 穗香食品 5–15 (jobs 1, 2), 铁山机械 15–25 (jobs 3, 4), closing 25–30; an hour from now."""
    return arranged(session, livestream_url="https://live.example.com/7")


@pytest.fixture
def on_air(app, show, monkeypatch):
    """Let it be so many minutes into the show."""
    starts = show.fair.starts_at

    def at(minute):
        monkeypatch.setitem(app.config, "CLOCK", lambda: starts + minute * MINUTE)
        return starts + minute * MINUTE

    return at


def leads(session):
    return session.scalars(select(LiveLead)).all()


def test_before_the_show_the_page_says_when_and_who(phone, show):
    page = phone.get(PAGE)

    assert [words in page.text for words in ("还没开播", "10:00", "穗香食品", "1–2号岗位", "去看直播")] == [True] * 5
    assert page.text.count("/leads/new?job=") == 4


def test_on_air_it_says_which_enterprise_and_which_job_and_what_comes(phone, show, on_air):
    on_air(7)

    page = phone.get(PAGE)

    head, tail = page.text.split("接下来")
    assert [words in head for words in ("正在播", "穗香食品", "正在讲", "大约讲到10:15")] == [True] * 4
    assert ("铁山机械" in tail, "3–4号岗位" in tail, "收尾" in tail) == (True, True, True)
    assert 'content="30"' in page.text  # without scripts it loads itself again


def test_what_the_desk_put_on_air_is_what_is_seen(phone, session, show, on_air):
    livestreams.put_on_air(session, show.slots[2], 4, by=None, now=on_air(6))

    said = phone.get(NOW_ON).json

    assert said["say"] == "正在播：铁山机械 4号岗位 机械工"
    assert "铁山机械" in said["html"].split("接下来")[0]


def test_who_has_it_already_is_told_so_without_a_body(phone, session, show, on_air):
    on_air(7)
    first = phone.get(NOW_ON)
    on_air(8)
    same = phone.get(NOW_ON, headers={"If-None-Match": first.headers["ETag"]})
    on_air(12)
    other = phone.get(NOW_ON, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, first.headers["Cache-Control"]) == (200, "private, no-cache")
    assert (same.status_code, same.data) == (304, b"")
    assert (other.status_code, other.headers["ETag"] != first.headers["ETag"]) == (200, True)


def test_afterwards_it_can_be_seen_again_and_asked_for_jobs(phone, session, show, on_air):
    now = on_air(60)
    figures = {"views": 3120}
    livestreams.note_stats(session, show.fair, figures, replay_url="https://live.example.com/r/7", by=None, now=now)

    page = phone.get(PAGE)

    assert ("播完了" in page.text, 'href="https://live.example.com/r/7"' in page.text) == (True, True)
    assert "报名" in page.text


def test_a_show_that_is_off_says_so_and_takes_nobody(phone, session, show, now):
    session.add(FairCallingOff(fair_id=show.fair.id, reason="停电", at=now))

    assert "这场直播取消了" in phone.get(PAGE).text
    assert phone.get(LEAD).status_code == 409
    assert phone.post(LEAD, data=WHO).status_code == 409
    assert leads(session) == []


def test_the_address_of_another_fair_leads_to_that_fair_and_a_draft_nowhere(phone, session):
    FairFactory(slug="market")
    arranged(session, slug="draft", draft=True)

    assert phone.get("/livestreams/market").location == "/fairs/market"
    assert phone.get("/livestreams/market/now").status_code == 404
    assert phone.get("/livestreams/draft").status_code == 404
    assert phone.get("/livestreams/draft/now").status_code == 404


def test_the_qr_of_a_job_leads_to_its_form_in_either_case(phone, show):
    number = show.fair.number

    for address in (f"/l/{number}/3", f"/L/{number}/3"):
        assert phone.get(address).location == "/livestreams/live/leads/new?job=3"
    assert phone.get(f"/L/{number}").location == PAGE
    assert phone.get(f"/L/{number + 1}/3").status_code == 404


def test_the_form_knows_the_job_and_a_lead_is_left_on_one_page(phone, session, show):
    form = phone.get(f"{LEAD}?job=3")
    answer = phone.post(f"{LEAD}?job=3", data=WHO)
    done = phone.get(answer.location)

    assert [words in form.text for words in ("机械工", "铁山机械", 'value="3"', "同意把姓名和手机号")] == [True] * 4
    assert (answer.status_code, answer.location) == (303, "/livestreams/live/leads/done?job=3")
    assert ("铁山机械这几天会打电话来" in done.text, "李秀英" in done.text) == (True, False)
    lead = leads(session)[0]
    assert (lead.jobseeker.phone, lead.job_no, lead.channel) == ("13600000001", 3, "scan")


def test_a_double_tap_leaves_one_lead_and_ends_on_the_same_page(phone, session, show):
    first, again = (phone.post(LEAD, data=WHO) for _ in range(2))

    assert first.location == again.location
    assert len(leads(session)) == 1


def test_a_relative_leaves_one_and_a_group_s_link_is_counted_as_such(phone, session, show):
    form = phone.get(f"{LEAD}?job=3&via=group")
    assert 'value="group"' in form.text
    phone.post(f"{LEAD}?via=group", data={**WHO, "relation": "child", "channel": "group"})
    phone.post(LEAD, data={**WHO, "name": "王五", "channel": "comment"})  # that is staff's to say

    assert [(lead.relation, lead.channel) for lead in leads(session)] == [("child", "group"), ("self", "scan")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "请填姓名。"),
        ({"phone": "1360000"}, "请填11位手机号"),
        ({"consent": ""}, "请勾选“同意”，单位才能打电话。"),
        ({"job_no": ""}, "请填岗位号，直播里报的那个数字。"),
        ({"job_no": "x"}, "请填整数"),
        ({"job_no": "77"}, "这场直播没有77号岗位，请核对岗位号。"),
        ({"relation": "boss"}, "请从给出的几项里选一项。"),
    ],
)
def test_what_is_refused_is_explained_and_what_was_typed_is_kept(phone, session, show, changes, words):
    page = phone.post(LEAD, data={**WHO, **changes})

    assert (page.status_code, words in page.text, leads(session)) == (422, True, [])
    assert changes.get("name") or "李秀英" in page.text


def test_nobody_leaves_the_same_phone_without_end(phone, show):
    statuses = [phone.post(LEAD, data={**WHO, "name": f"王{n}"}).status_code for n in range(21)]

    assert (statuses[0], statuses[-1]) == (303, 429)


def test_what_is_read_on_air_is_what_was_locked(phone, session, show, on_air, now):
    livestreams.lock_show(session, show.fair, by=None, now=now)
    show.jobs[0][0].title = "改过的岗位"
    on_air(7)

    assert "改过的岗位" not in phone.get(PAGE).text


@pytest.mark.parametrize("minute", [-30, 7, 40])
@pytest.mark.parametrize("firms", [8])
def test_the_page_fits_the_budget_before_on_and_after(session, phone, app, monkeypatch, minute, firms):
    fair = arranged(session, firms=firms, jobs=6, slug="big").fair
    at = fair.starts_at + minute * MINUTE
    monkeypatch.setitem(app.config, "CLOCK", lambda: at)

    for address in ("/livestreams/big", "/livestreams/big/leads/new?job=3"):
        fetched = parts(phone, address)
        assert len(fetched) <= REQUESTS, fetched
        assert sum(fetched.values()) <= FIRST_VISIT, fetched
        assert sum(size for part, size in fetched.items() if part.endswith(".js")) <= SCRIPT, fetched


@pytest.mark.parametrize("firms", [1, 3])
def test_following_asks_as_little_for_a_long_show(phone, session, queries, firms, app, monkeypatch):
    fair = arranged(session, firms=firms).fair
    at = fair.starts_at + timedelta(minutes=7)
    monkeypatch.setitem(app.config, "CLOCK", lambda: at)
    phone.get(NOW_ON)
    with queries() as asked:
        assert phone.get(NOW_ON).status_code == 200

    assert len([words for words in asked if words.startswith("SELECT")]) <= 7
