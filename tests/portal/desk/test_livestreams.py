"""A livestream at the desk: the lock, what is on air, the teleprompter, the QR, leads, figures."""

from datetime import timedelta

import html5lib
import pytest
from sqlalchemy import select

from portal import qr
from portal.desk.livestreams.prompter import hide
from portal.forms.lead import read_line
from scheduling import livestreams, vacancies
from scheduling.models import Deed, LiveAiring, LiveLead
from tests.factories import FairFactory
from tests.forms import typed
from tests.shows import MINUTE, arranged

SHOW = "/desk/fairs/live/show"
JSON = {"Accept": "application/json"}


@pytest.fixture
def show(session):
    """Opening 0–5, 穗香食品 5–15 (jobs 1, 2), 铁山机械 15–25 (jobs 3, 4), closing 25–30; an hour from now."""
    return arranged(session)


@pytest.fixture
def on_air(app, show, monkeypatch):
    """Let it be so many minutes into the show."""
    starts = show.fair.starts_at

    def at(minute):
        monkeypatch.setitem(app.config, "CLOCK", lambda: starts + minute * MINUTE)

    return at


def leads(session):
    return session.scalars(select(LiveLead).order_by(LiveLead.id)).all()


# The lock


def test_the_list_is_locked_looked_over_and_unlocked_with_a_reason(desk, session, show):
    before = desk.get(f"{SHOW}/lock")
    assert "锁定这4个岗位" in before.text
    assert desk.post(f"{SHOW}/lock").location == f"{SHOW}/lock"
    show.jobs[0][0].title = "改过的"
    locked = desk.get(f"{SHOW}/lock")
    assert ("11月23日 周一 9:00锁定" in locked.text, "改过的" in locked.text) == (True, False)

    refused = desk.post(f"{SHOW}/unlocking", data={"reason": " "})
    assert (refused.status_code, "请写明原因。" in refused.text) == (422, True)
    assert livestreams.lock_of(session, show.fair) is not None
    desk.post(f"{SHOW}/unlocking", data={"reason": "写错了工资"})
    assert livestreams.lock_of(session, show.fair) is None
    assert "写错了工资" in desk.get(f"{SHOW}/lock").text


def test_a_job_that_cannot_be_read_keeps_the_list_open_and_is_named(desk, session, show, now):
    vacancies.close(session, show.jobs[1][1], by=None, now=now)
    page = desk.post(f"{SHOW}/lock")

    assert (page.status_code, "4号岗位改过还没审核，或已下架" in page.text) == (409, True)


# On air


def test_the_next_is_put_on_air_by_pressing_once_or_twice(desk, session, show, on_air):
    on_air(-1)
    page = desk.get(f"{SHOW}/")
    first = f'value="{show.slots[0].id}"'
    assert ("还没开播" in page.text, first in page.text) == (True, True)

    for _ in range(2):
        answer = desk.post(f"{SHOW}/airings", data={"cue": f"{show.slots[1].id}/2"})
        assert (answer.status_code, answer.location) == (303, f"{SHOW}/")
    page = desk.get(f"{SHOW}/")
    assert ("2号 食品工" in page.text, "人工切换" in page.text) == (True, True)
    assert len(session.scalars(select(LiveAiring)).all()) == 1


def test_the_control_page_follows_who_presses_elsewhere(desk, session, show, on_air):
    on_air(7)
    first = desk.get(f"{SHOW}/now")
    same = desk.get(f"{SHOW}/now", headers={"If-None-Match": first.headers["ETag"]})
    desk.post(f"{SHOW}/airings", data={"cue": f"{show.slots[2].id}/4"}, headers=JSON)
    other = desk.get(f"{SHOW}/now", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.json["say"], same.status_code, other.json["say"]) == ("1号岗位", 304, "4号岗位")


def test_signing_off_ends_it(desk, show, on_air):
    on_air(20)
    desk.post(f"{SHOW}/airings", data={"cue": "off"})

    assert "播完了" in desk.get(f"{SHOW}/").text


@pytest.mark.parametrize("cue", ["", "x", "-" * 36, "0190a4f0-0000-7000-8000-000000000000", "{slot}/99", "{slot}/3"])
def test_what_is_not_in_the_show_cannot_be_put_on_air(desk, session, show, on_air, cue):
    on_air(6)

    answer = desk.post(f"{SHOW}/airings", data={"cue": cue.format(slot=show.slots[1].id)})

    assert (answer.status_code, session.scalars(select(LiveAiring)).all()) == (404, [])


def test_the_teleprompter_is_told_in_words_when_it_is_not_the_hour(desk, show):
    answer = desk.post(f"{SHOW}/airings", data={"cue": str(show.slots[0].id)}, headers=JSON)

    assert (answer.status_code, answer.json["error"]) == (409, "NotShowTime")
    assert "30分钟" in answer.json["words"]


# The teleprompter and the QR


def test_the_teleprompter_has_the_whole_show_in_one_page(desk, session, show, now):
    warned = desk.get(f"{SHOW}/prompter")
    livestreams.lock_show(session, show.fair, by=None, now=now)
    show.jobs[0][0].title = "改过的"
    page = desk.get(f"{SHOW}/prompter")

    assert ("岗位单还没锁定" in warned.text, "岗位单还没锁定" in page.text) == (True, False)
    assert page.text.count('class="cue ') == 8
    told = ("食品工", "机械工", "3500–6500 元/月", "今天2家企业、4个岗位")
    assert [words in page.text for words in told] == [True] * 4
    assert "改过的" not in page.text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("月薪5000-8000元，包吃住", ["月薪5000-8000元"]),
        ("底薪3千加计件", ["底薪3千"]),
        ("做满一年奖1,200块", ["1,200块"]),
        ("综合工资 4500 至 6000 元/月", ["综合工资 4500 至 6000 元"]),
        ("招20人，18岁以上，每天8小时", []),
        ("<b>月入过万</b>", []),
    ],
)
def test_money_in_a_text_can_be_taken_off_the_screen_and_nothing_else(app, text, hidden):
    with app.test_request_context():
        marked = hide(text)

    assert [part.split("</span>")[0] for part in marked.split('<span class="fig">')[1:]] == hidden
    assert "<b>" not in marked


def test_the_qr_shows_the_job_on_air_and_its_address(desk, show, on_air):
    on_air(-20)
    before = desk.get(f"{SHOW}/code")
    on_air(7)
    said = desk.get(f"{SHOW}/code/now").json

    assert "扫码先看岗位" in before.text
    assert (said["say"], "食品工" in said["html"]) == ("1号岗位", True)
    address = f"HTTP://127.0.0.1:8000/L/{show.fair.number}/1"
    assert str(qr.svg(address, "报名的二维码")) in said["html"]
    assert len(qr.matrix(address)) <= 29  # few and large squares outlive a compressed video


# Leads


def test_leads_are_typed_line_by_line_and_the_bad_line_stays(desk, session, show):
    lines = "李秀英 13600000001 3\n王五 1360000 1\n\n13600000003，赵六，报4号岗位"
    page = desk.post(f"{SHOW}/leads/new", data={"lines": lines, "channel": "comment", "relation": "self"})

    told = [(lead.jobseeker.name, lead.jobseeker.phone, lead.job_no, lead.channel) for lead in leads(session)]
    assert told == [("李秀英", "13600000001", 3, "comment"), ("赵六", "13600000003", 4, "comment")]
    assert (page.status_code, "记下2条。" in page.text) == (422, True)
    assert "\n王五 1360000 1</textarea>" in page.text
    assert "没有11位手机号" in page.text


def test_a_good_line_leads_back_to_an_empty_form_with_the_channel_kept(desk, session, show):
    data = {"lines": "李秀英 13600000001 3", "channel": "phone", "relation": "child"}
    for _ in range(2):
        answer = desk.post(f"{SHOW}/leads/new", data=data)
        assert (answer.status_code, answer.location) == (303, f"{SHOW}/leads/new?channel=phone")
    page = desk.get(answer.location)

    assert [(lead.channel, lead.relation) for lead in leads(session)] == [("phone", "child")]
    assert ("autofocus" in page.text, "136****0001" in page.text, "13600000001" in page.text) == (True, True, False)
    assert typed(page)["channel"] == ["phone"]


def test_a_job_number_the_show_does_not_have_is_said_beside_the_line(desk, session, show):
    page = desk.post(
        f"{SHOW}/leads/new", data={"lines": "李秀英 13600000001 77", "channel": "comment", "relation": "self"}
    )

    assert (page.status_code, "这场直播没有77号岗位" in page.text, leads(session)) == (422, True, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("李秀英 13600000001 3", ("李秀英", "13600000001", 3)),
        ("3号，李秀英，136 0000 0001", ("李秀英", "13600000001", 3)),
        ("我叫李报国 手机号１３６０００００００１ 想报 12 号岗位", ("李报国", "13600000001", 12)),
        ("+86 136-0000-0001/3/王 小明", ("王 小明", "13600000001", 3)),
        ("15 16000000001 欧阳娜娜", ("欧阳娜娜", "16000000001", 15)),
        ("买买提·艾力 13600000001 报3", ("买买提·艾力", "13600000001", 3)),
    ],
)
def test_a_line_is_read_in_any_order(app, text, told):
    with app.test_request_context():
        line = read_line(text)

    assert (line.name, line.phone, line.job_no, line.wrong) == (*told, "")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("李秀英 3", "没有11位手机号"),
        ("李秀英 13600000001", "没有岗位号"),
        ("13600000001 3", "请填姓名"),
        ("…", "没有11位手机号"),
        ("张三 16000000565 3 4", "数字多了，一行只写一个电话、一个岗位号"),
        ("7号 3 王八 16000000565", "数字多了，一行只写一个电话、一个岗位号"),
    ],
)
def test_a_line_says_what_it_lacks(app, text, wrong):
    with app.test_request_context():
        assert read_line(text).wrong == wrong


def test_what_is_pasted_beyond_forty_lines_stays_in_the_box(desk, session, show):
    pasted = [f"王五 136000{number:05d} 1" for number in range(53)]

    page = desk.post(f"{SHOW}/leads/new", data={"lines": "\n".join(pasted), "channel": "comment", "relation": "self"})

    assert len(leads(session)) == 40
    assert ("一次最多记40条，再点一次保存" in page.text, "另外12行也还在框里" in page.text) == (True, True)
    box = html5lib.parse(page.text, namespaceHTMLElements=False).find(".//textarea").text
    assert box.split() == " ".join(pasted[40:]).split()


def test_the_list_masks_phones_and_a_whole_one_is_a_deed(desk, session, show, clerk, now):
    lead = livestreams.leave(
        session, show.fair, name="李秀英", phone="13600000001", job_no=3, consent=True, by=None, now=now
    )
    masked = desk.get(f"{SHOW}/leads")
    whole = desk.post(f"{SHOW}/leads/{lead.id}/phone")
    again = desk.get(f"{SHOW}/leads")

    assert ("136****0001" in masked.text, "13600000001" in masked.text) == (True, False)
    assert ("13600000001" in whole.text, "13600000001" in again.text) == (True, False)
    deed = session.scalars(select(Deed).where(Deed.what == "lead.phone_revealed")).one()
    assert deed.by_id == clerk.id


def test_only_a_livestream_has_these_pages(desk, session):
    FairFactory(slug="market")

    for page in ("", "lock", "prompter", "code", "leads", "leads/new", "stats", "stats/picture", "now", "code/now"):
        assert desk.get(f"/desk/fairs/market/show/{page}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", ["", "lock", "prompter", "leads", "leads/new"])
def test_pages_ask_no_more_for_more(desk, session, queries, now, rows, page):
    made = arranged(session, firms=rows, slug="long", starts_at=now + timedelta(hours=2))
    livestreams.lock_show(session, made.fair, by=None, now=now)
    for n in range(rows):
        told = {"name": f"王{n}", "phone": f"1360000001{n}", "job_no": 1, "consent": True}
        livestreams.leave(session, made.fair, **told, by=None, now=now)
    desk.get(f"/desk/fairs/long/show/{page}")
    with queries() as asked:
        assert desk.get(f"/desk/fairs/long/show/{page}").status_code == 200

    assert len([words for words in asked if words.startswith("SELECT")]) <= 15
