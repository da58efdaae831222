"""What a phone is for at a gate: a class coming and going, companies, people without a ticket, counting, undoing."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from scheduling import attendance, gate
from scheduling.models import Scan, Visitor
from tests.browser.gate_phones import Phone, at, shows
from tests.factories import COUNTY

__all__ = ["at"]  # a fixture


def total(phone: Phone, what: str, place: str = "dialog"):
    return expect(phone.page.locator(f"{place} [data-total={what}]"))


def counted(server, event: str = "fair/7") -> gate.Counts:
    return gate.counts(server.session, gate.find_event(server.session, COUNTY, event))


def test_a_class_signs_in_and_out(server, at):
    phone = at("class/3")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("焊工一班 11-23 09:00")

    phone.read(shows("learner"))
    phone.says("已签到，请进", "冯*")
    phone.read(shows("waiting"))
    phone.says("还在候补", "陈*雨", "没有名额，请找班主任。")
    phone.sent()
    assert counted(server, "class/3/1").inside == 1
    phone.press("签退")
    expect(phone.page.locator("[aria-pressed=true]")).to_have_text("签退")
    phone.says("请对准二维码", detail="扫不出来，就输报名号。")
    phone.press("输报名号")
    expect(phone.page.locator("dialog[open] .go")).to_have_text("签退")
    phone.press("返回")
    phone.read(shows("learner"))
    phone.says("已签退", "冯*")
    phone.read(shows("learner"))
    expect(phone.page.locator("[data-words]")).to_have_text("已经签退")
    phone.sent()

    session = server.session
    event = gate.find_event(session, COUNTY, "class/3/1")
    counting = attendance.counting(attendance.at(session, event.at(Scan)))
    assert len({holder for holder, _, _ in counting}) == 1
    assert sorted(direction for _, _, direction in counting) == ["in", "out"]
    assert counted(server, "class/3/1").inside == 0


def test_who_signs_out_is_not_counted_once_more(at):
    phone = at("class/3")
    phone.read(shows("learner"))
    phone.press("签退")
    phone.read(shows("learner"))

    phone.press("计数")
    total(phone, "people").to_have_text("1")
    phone.press("返回", "签错了，撤销", "计数")
    total(phone, "people").to_have_text("1")
    phone.press("返回", "签到")
    phone.read(shows("learner"))
    phone.press("计数")
    total(phone, "people").to_have_text("1")


def test_a_phone_stands_at_the_lesson_that_is_on_and_goes_on_to_the_next_one(server, at, session):
    lessons = {1: -timedelta(hours=10), 2: timedelta(), 3: timedelta(hours=24)}
    phone = at("class/3", lessons=lessons)
    title = expect(phone.page.get_by_role("heading", level=1))
    title.to_have_text("焊工一班 11-23 09:00")
    assert phone.read(shows("learner"))["event"] == "class/3/2"
    phone.sent()
    phone.settings()
    expect(phone.page.get_by_label("场次").locator("option")).to_have_text(
        ["焊工一班 11-22 23:00", "焊工一班 11-23 09:00", "焊工一班 11-24 09:00"]
    )
    phone.page.get_by_label("场次").select_option("焊工一班 11-22 23:00")
    phone.press("好")
    title.to_have_text("焊工一班 11-22 23:00")

    phone.page.clock.install(time=phone.page.evaluate("new Date(Date.now() + 23 * 3600e3).toISOString()"))
    phone.page.context.set_offline(True)
    phone.again()

    title.to_have_text("焊工一班 11-24 09:00")
    assert phone.read(shows("learner"))["event"] == "class/3/3"


def test_a_company_comes_to_its_booth(server, at):
    phone = at("fair/7")

    phone.read(shows("booth"))
    phone.says("已签到，请进", "青禾县穗香食品有限公司 12号展位")
    expect(phone.page.locator(".turn")).to_be_hidden()
    phone.read(shows("wang"))
    phone.says("已签到，请进", "王*芳")
    phone.sent()

    counts = counted(server)
    assert (counts.enterprises, counts.heads.ticketed) == (1, 1)


def test_heads_leaflets_and_consultations_are_counted_and_the_last_tap_undone(server, at):
    phone = at("fair/7")
    for _ in range(3):
        phone.page.locator("footer").get_by_role("button", name="人头+1").click()
    phone.press("计数", "发材料 +1", "咨询 +1", "咨询 +1")
    total(phone, "consultations").to_have_text("2")
    phone.press("多按了，撤销上一次")
    total(phone, "consultations").to_have_text("1")
    phone.press("返回")
    total(phone, "heads", "footer").to_have_text("3")

    phone.again()
    total(phone, "heads", "footer").to_have_text("3")
    phone.sent()

    counts = counted(server)
    assert (counts.heads.tapped, counts.counters) == (3, {"leaflets": 1, "consultations": 1})


def goes_to(phone: Phone, event: str) -> None:
    """Wait until all is sent, and stand at another event."""
    phone.sent()
    phone.settings()
    phone.page.get_by_label("场次").select_option(label=event)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(event)
    phone.press("好")


def test_each_event_has_its_own_counts_and_undoes_its_own_taps(server, at):
    phone = at("fair/7", "fair/8")
    goes_to(phone, "柳河镇赶集招聘 11-23 09:00")
    for _ in range(3):
        phone.page.locator("footer").get_by_role("button", name="人头+1").click()
    total(phone, "heads", "footer").to_have_text("3")

    goes_to(phone, "青山镇赶集招聘 11-23 09:00")
    total(phone, "heads", "footer").to_have_text("0")
    phone.press("计数")
    expect(phone.page.get_by_role("button", name="多按了，撤销上一次")).to_be_disabled()
    phone.press("返回")
    goes_to(phone, "柳河镇赶集招聘 11-23 09:00")
    total(phone, "heads", "footer").to_have_text("3")
    phone.press("计数", "多按了，撤销上一次")
    total(phone, "heads").to_have_text("2")
    phone.press("返回")
    phone.sent()

    assert (counted(server, "fair/7").heads.tapped, counted(server, "fair/8").heads.tapped) == (2, 0)


def test_a_tap_is_undone_once_and_after_the_page_was_loaded_anew_too(server, at):
    phone = at("fair/7")
    phone.page.context.set_offline(True)
    for _ in range(3):
        phone.page.locator("footer").get_by_role("button", name="人头+1").click()
    total(phone, "heads", "footer").to_have_text("3")
    phone.again()

    phone.press("计数", "多按了，撤销上一次")
    total(phone, "heads").to_have_text("2")
    phone.page.get_by_role("button", name="多按了，撤销上一次").dblclick()
    expect(phone.page.locator("[data-pending]")).to_have_text("6")
    assert int(phone.page.locator("dialog [data-total=heads]").inner_text()) in {0, 1}  # both taps may mean the same
    left = int(phone.page.locator("dialog [data-total=heads]").inner_text())
    phone.page.context.set_offline(False)
    phone.sent()

    assert counted(server).heads.tapped == left


def test_who_has_no_ticket_is_written_down_with_a_name_or_without(server, at):
    phone = at("fair/7")
    phone.press("没报名")
    phone.page.get_by_label("姓名").fill("钱多多")
    phone.page.get_by_label("手机号").fill("13912345678")
    phone.page.get_by_label("想找什么活").fill("电焊")
    phone.press("登记，请进")
    phone.says("已登记，请进", "钱多多")
    phone.press("没报名", "登记，请进")
    phone.says("已登记，请进")
    phone.press("没报名")
    expect(phone.page.get_by_label("姓名")).to_have_value("")  # the next one's business
    phone.page.get_by_label("姓名").fill("写错了")
    phone.press("返回")
    phone.press("没报名", "登记，请进", "签错了，撤销")
    phone.says("已撤销", detail="这次不算数了。")
    phone.sent()

    rows = server.session.execute(select(Visitor.name, Visitor.phone, Visitor.trade).order_by(Visitor.name.desc()))
    assert [tuple(row) for row in rows] == [("钱多多", "13912345678", "电焊"), ("", "", ""), ("", "", "")]
    assert counted(server).heads.registered == 2


def test_a_scan_that_was_undone_counts_no_more_and_the_person_may_come_again(server, at):
    phone = at("fair/7")
    phone.read(shows("wang"))
    phone.press("签错了，撤销")
    phone.says("已撤销", detail="这次不算数了。")
    expect(phone.page.get_by_role("button", name="签错了，撤销")).to_be_hidden()
    phone.sent()
    assert counted(server).heads.ticketed == 0

    phone.read(shows("wang"))
    phone.says("已签到，请进", "王*芳")
    phone.sent()
    assert counted(server).heads.ticketed == 1


def test_two_fairs_are_two_lists_and_the_change_waits_until_all_is_sent(server, at):
    phone = at("fair/7", "fair/8")
    page = phone.page
    expect(page.get_by_role("heading", level=1)).to_have_text("柳河镇赶集招聘 11-23 09:00")
    page.context.set_offline(True)
    assert phone.read(shows("neighbour"))["kind"] == "wrong_event"

    phone.settings()
    page.get_by_label("场次").select_option("青山镇赶集招聘 11-23 09:00")
    expect(page.locator("dialog [data-told]")).to_have_text("还有没上传的，先上传或存成文件。")
    expect(page.get_by_label("场次")).to_have_value("fair/7")
    phone.press("好")
    page.context.set_offline(False)
    phone.sent()
    phone.settings()
    page.get_by_label("场次").select_option("青山镇赶集招聘 11-23 09:00")
    phone.press("好")
    expect(page.get_by_role("heading", level=1)).to_have_text("青山镇赶集招聘 11-23 09:00")
    phone.again()

    assert phone.read(shows("neighbour"))["kind"] == "counted"
    assert phone.read(shows("wang"))["kind"] == "wrong_event"
    phone.sent()
    assert counted(server, "fair/8").heads.ticketed == 1


def test_the_entrance_a_phone_stands_at_is_told_with_its_scans(server, at):
    phone = at("fair/7", label="西门二号")
    phone.read(shows("wang"))
    phone.settings()
    phone.page.get_by_label("入口").fill("北门")
    phone.press("好")
    phone.read(shows("li"))
    phone.sent()

    assert sorted(server.session.scalars(select(Scan.gate))) == ["北门", "西门二号"]
