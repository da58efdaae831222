"""What a company, a desk, a school and a village do with an order for welders, until twelve of them are at work."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from portal.clock import HERE
from scheduling import courses, enrolments, rollcalls, tickets
from scheduling.models import ClassSession
from tests.browser.learners import CLASS, FIRM
from tests.browser.people import signs_in_by_phone, staff_signs_in
from tests.factories import COUNTY
from tests.people_files import person, xlsx

SCHOOL, OTHER = "青禾县技工学校", "青禾县安达钢构有限公司"
HR, TEACHER, COORDINATOR = "16012345678", "16012345679", "16012345680"
COURSE, HEADS, SEATS = "焊工", 12, 14
FILE_NUMBER = "青培备〔2026〕7号"


def orders_welders(hr, server):
    """The company's promise to hire twelve."""
    hr.goes_to("/")
    hr.clicks("单位登录")
    signs_in_by_phone(hr, HR, server)
    hr.finds("用工订单")
    hr.clicks("下订单")
    typed = {"要什么工种": "焊工", "什么等级": "五级", "要多少人": str(HEADS), "最好什么时候到岗": "2027-01-04"}
    hr.types(typed | {"每月工资最低": "5500", "每月工资最高": "9000", "还有什么条件": "能倒班，包吃住"})
    hr.chooses("我单位承诺：培训合格、符合以上条件的人，按上面的工资录用")
    hr.presses("提交订单")
    hr.sees("订单已提交。", "正在等开班")


def opens_a_class_for_two_orders(clerk):
    """One class, fourteen seats: twelve for the one company, two for the other."""
    staff_signs_in(clerk, "li")
    clerk.finds("用工订单")
    clerk.clicks("1号 焊工")
    clerk.clicks("为它开班")
    clerk.types({"班名": CLASS, "上课地点": "县技工学校实训楼", "咨询电话": "0990-1234567", "名额": str(SEATS)})
    clerk.types({"开班日期": "2026-12-07", "结业日期": "2026-12-18", "报名截止日期": "2026-12-05"})
    clerk.types({"课程": f"{COURSE}（80课时）", "承训机构": SCHOOL})
    clerk.presses("存成草稿")
    clerk.clicks("名额给谁")
    clerk.types({f"{FIRM}的名额": str(HEADS), f"{OTHER}的名额": "3"})
    clerk.presses("保存名额")
    expect(clerk.page.get_by_role("alert").first).to_contain_text("各订单的名额加起来15个，全班只有14个。")
    clerk.types({f"{OTHER}的名额": "2"})
    clerk.presses("保存名额")
    clerk.sees("名额分好了。", "已分14个")


def makes_the_timetable(clerk):
    """Ten days, two half-days each, by the school's own teacher; seen as weeks."""
    clerk.clicks("概况和课次")
    clerk.clicks("按星期排课")
    clerk.types({"老师": "魏师傅", "教室": "焊接车间"})
    clerk.presses("排课")
    clerk.sees("排了20次课。", "课时排够了")
    clerk.clicks("周课表")
    clerk.looks_at("周课表")
    expect(clerk.page.locator(".week-grid:visible .lesson, .agenda:visible .lesson")).to_have_count(20)
    clerk.clicks("概况和课次")
    clerk.presses("开放报名")
    clerk.sees("已开放报名，公众现在能看到。")


def files_the_class(head, clerk, server):
    """The school writes, promises and hands in; the desk gives a number."""
    head.goes_to("/signin")
    signs_in_by_phone(head, TEACHER, server)
    head.clicks(CLASS)
    head.clicks("开班备案")
    head.clicks("写班主任、教材、计划、考核方案")
    head.types({"班主任": "吴老师", "教材": "《焊工》第3版", "教学计划": "安全用电 8\n焊接操作 72"})
    head.types({"考核方案": "理论机考，实操平焊一件。"})
    head.presses("保存")
    head.chooses("我单位承诺：招生、教学、考勤、考核全过程真实，材料真实，不收学员钱，随时接受检查和电话抽查")
    head.presses("承诺")
    head.clicks("提交备案")
    head.presses("提交")
    head.sees("已提交，等窗口办。")
    clerk.finds("开班备案")
    clerk.clicks(f"看材料 {CLASS}", exact=False)
    clerk.clicks("备案通过")
    clerk.types({"备案号": FILE_NUMBER})
    clerk.presses("备案通过")
    clerk.sees("已备案，学校会收到短信。", FILE_NUMBER)


def hands_in_her_village(coordinator, server, number):
    """A file with a wrong row: the right ones are signed up."""
    rows = [person(n) for n in range(1, number + 1)]
    wrong = person(number + 1)
    wrong[1] = "136"
    coordinator.goes_to("/signin")
    signs_in_by_phone(coordinator, COORDINATOR, server)
    coordinator.goes_to("/courses/class-1/lists/new")
    buffer = {"name": "柳河村.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx([*rows, wrong])}
    coordinator.page.get_by_label("名单文件").set_input_files(buffer)
    coordinator.page.get_by_label("名单上每个人本人都同意报名").check()
    coordinator.page.get_by_label("情况属实，学员符合条件，会按时上课").check()
    coordinator.presses("交上去，先检查")
    coordinator.sees("请填11位手机号")
    coordinator.page.get_by_label("先报对的，错的以后再交").check()
    coordinator.presses("报名")
    coordinator.sees("名单办好了。")


def names_who_goes_where(clerk, server):
    """Twelve for the one, two for the other."""
    clerk.goes_to("/desk/classes/class-1/orders")
    boxes = clerk.page.locator("select[name^=for-]")
    expect(boxes).to_have_count(SEATS)
    for n in range(SEATS):
        boxes.nth(n).select_option(label=FIRM if n < HEADS else OTHER)
    clerk.presses("保存去向")
    clerk.sees("学员去哪家单位，记好了。")


def signs_in_at_the_door(gate, it_is, server, blocks):
    """Staff type each short code, in and out, for whole sessions."""
    session, row = server.session, _row(server)
    codes = [tickets.standing(session, one).code for one in enrolments.roster(session, row)]
    for block in blocks:
        for way, at, before in (("in", block.starts_at, 0), ("out", block.ends_at, len(codes))):
            it_is(at)
            gate.goes_to(f"/gate/classes/class-1/sessions/{block.number}/?direction={way}")
            for count, code in enumerate(codes, before + 1):
                gate.types({"报名号": code})
                gate.page.locator("#scan button").click()
                expect(gate.page.locator("[data-count=scans]")).to_have_text(str(count))


def signs_in_by_the_screen(teacher, trainee, it_is, server, blocks):
    """The teacher's screen changes; one phone signs in by hand, the others by the act its page calls."""
    first, *others = enrolments.roster(server.session, _row(server))
    for n, block in enumerate(blocks):
        it_is(block.starts_at)
        if n == 0:
            teacher.goes_to(f"/school/classes/class-1/sessions/{block.number}/screen")
            teacher.sees("签到", f"第{block.number}次课")
            trainee.goes_to(f"/k/{_code(server, block, block.starts_at)}")
            trainee.types({"报名号": tickets.standing(server.session, first).code})
            trainee.types({"手机号后4位": first.jobseeker.phone[-4:]})
            trainee.presses("我到了")
            trainee.sees("已签到")
        _others_sign(server, block, others if n == 0 else [first, *others])
    teacher.goes_to(f"/school/classes/class-1/sessions/{blocks[-1].number}/screen")
    teacher.sees(f"{SEATS}/{SEATS}")


def types_the_paper_book(teacher, it_is, blocks, *, absent=None):
    """In the evening of each session the paper is typed: all came but for one who was away once."""
    for n, block in enumerate(blocks):
        it_is(block.ends_at + timedelta(minutes=5))
        teacher.goes_to(f"/school/classes/class-1/sessions/{block.number}/paper")
        if n == 0 and absent:
            teacher.page.get_by_label(absent).select_option(label="不到")
        teacher.chooses("没选的都记“到”")
        teacher.presses("保存补录")
        teacher.sees(f"补录了{SEATS - (1 if n == 0 and absent else 0)}人。")


def blocks_of(server) -> list[ClassSession]:
    """Give the sessions of the class, by time."""
    wanted = select(ClassSession).where(ClassSession.class_id == _row(server).id)
    return list(server.session.scalars(wanted.order_by(ClassSession.starts_at)))


def noon(year: int, month: int, day: int) -> datetime:
    """Give noon of a day in Shanghai."""
    return datetime(year, month, day, 12, tzinfo=HERE)


def _row(server):
    return courses.find(server.session, COUNTY, "class-1")


def _code(server, block, at):
    return rollcalls.code(rollcalls.Rollcall(_row(server), block, "in"), keys=_keys(server), now=at)


def _keys(server):
    return server.app.config["KEYS"]


def _others_sign(server, block, people):
    session, keys = server.session, _keys(server)
    rollcall = rollcalls.Rollcall(_row(server), session.get_one(ClassSession, block.id), "in")
    for one in people:
        id_ = f"screen-{block.number}-{one.place}"
        at = block.starts_at + timedelta(seconds=one.place)
        person_ = enrolments.find(session, rollcall.training_class, one.id)
        device = f"device-{one.place}"
        rollcalls.sign(session, rollcall, person_, id=id_, device=device, where=None, at=at, keys=keys, now=at)
    session.commit()
