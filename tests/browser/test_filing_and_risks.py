"""A class is filed by its school and approved at the second try; then it is asked about, called, laid on the shelf."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from scheduling import accounts, enrolments, schools
from scheduling.models import Deed, Notice
from tests.browser.learners import Reader
from tests.browser.people import PASSWORD, signs_in_by_phone, staff_signs_in
from tests.factories import COUNTY, NOW, id_number
from tests.scheduling.filed import PHONE, a_class

TITLE = "焊工订单班"


@pytest.fixture
def training_class(session):
    """A class of three with its lessons, at a school with a head; nothing is written of it yet."""
    made = a_class(session, title=TITLE)
    made.school.name = "青禾县技工学校"
    schools.appoint(session, made.school, phone=PHONE, name="周校长", by=None, now=NOW)
    accounts.open_staff(
        session, COUNTY, username="li", name="李窗口", password=PASSWORD, roles=("desk",), by=None, now=NOW
    )
    session.commit()
    return made


def test_a_class_is_filed_asked_about_and_laid_on_the_shelf(server, browser_page, training_class):
    head, clerk = Reader("head", browser_page()), Reader("clerk", browser_page())
    staff_signs_in(clerk, "li")
    fills_in(head, server)
    hands_in(head)
    gives_back(clerk, server)
    mends(head)
    approves(clerk)
    prints_whole_numbers(clerk, server)
    reads_the_number(head)
    begins_and_somebody_joins(server, training_class)
    settles(clerk)
    calls(clerk)
    lays_on_the_shelf(clerk, server)


def fills_in(head, server):
    head.goes_to("/signin")
    signs_in_by_phone(head, PHONE, server)
    head.clicks(TITLE)
    head.clicks("开班备案")
    head.sees(
        "还没提交",
        "2026年11月30日 周一以前要提交。",
        "没写班主任，没写教材，没写教学计划",
        "没写考核方案",
        "学校还没有承诺",
    )
    head.looks_at("备案-缺材料")
    head.clicks("写班主任、教材、计划、考核方案")
    typed = {"班主任": "周班主任", "教材": "《焊工》", "教学计划": "安全用电 8\n焊接操作 88"}
    head.types(typed | {"考核方案": "理论机考，实操平焊一件。"})
    head.presses("保存")
    head.sees("已保存。")
    head.presses("承诺")
    expect(head.page.get_by_role("alert")).to_contain_text("请勾选承诺后再提交。")
    head.chooses("我单位承诺：招生、教学、考勤、考核全过程真实，材料真实，不收学员钱，随时接受检查和电话抽查")
    head.presses("承诺")
    head.sees("已记下学校的承诺。")


def hands_in(head):
    head.clicks("提交备案")
    head.presses("提交")
    head.sees("已提交，等窗口办。办好会发短信。", "等窗口办")


def gives_back(clerk, server):
    clerk.finds("开班备案")
    clerk.sees(TITLE, "青禾县技工学校")
    clerk.clicks(f"看材料 {TITLE}", exact=False)
    clerk.sees("等窗口办", "周班主任", "《焊工》")
    clerk.looks_at("备案-窗口")
    clerk.clicks("退回修改")
    clerk.presses("退回，并通知学校")
    clerk.is_told("要改什么", "请写明原因。")
    clerk.types({"要改什么": "教材写清第几版"})
    clerk.presses("退回，并通知学校")
    clerk.sees("已退回，学校会收到短信。", "退回修改")
    (told,) = server.session.scalars(select(Notice.text).where(Notice.about.like("class_filings/%")))
    assert "教材写清第几版" in told


def mends(head):
    head.page.reload()
    head.sees("窗口退回了，请改好再交", "教材写清第几版")
    head.clicks("写班主任、教材、计划、考核方案")
    assert head.reads("班主任") == "周班主任"
    head.types({"教材": "《焊工》第3版"})
    head.presses("保存")
    hands_in(head)


def approves(clerk):
    clerk.finds("开班备案")
    clerk.clicks(f"看材料 {TITLE}", exact=False)
    clerk.clicks("备案通过")
    clerk.presses("备案通过")
    clerk.is_told("备案号", "请填备案号。")
    clerk.types({"备案号": "青培备〔2026〕7号"})
    clerk.presses("备案通过")
    clerk.sees("已备案，学校会收到短信。", "青培备〔2026〕7号")
    clerk.looks_at("备案-已备案")


def prints_whole_numbers(clerk, server):
    clerk.clicks("带完整身份证号的花名册")
    clerk.presses("打印")
    clerk.is_told("要完整身份证号做什么", "请写明原因。")
    clerk.looks_at("完整身份证号")
    kept = select(Deed.id).where(Deed.what == "enrolment.id_revealed")
    assert server.session.scalars(kept).all() == []
    clerk.clicks(TITLE)


def reads_the_number(head):
    head.page.reload()
    head.sees("已备案", "青培备〔2026〕7号")
    head.clicks("写班主任、教材、计划、考核方案")
    head.types({"班主任": "吴班主任"})
    head.presses("保存")
    head.sees("提交以后改了1处", "班主任从“周班主任”改成“吴班主任”")
    head.clicks("提交变更申请")
    head.presses("提交")
    expect(head.page.get_by_role("alert")).to_contain_text("请写明原因。")
    head.looks_at("变更申请")


def begins_and_somebody_joins(server, training_class):
    """Time goes by: the class began, and one came onto the roster after that."""
    session = server.session
    row = session.merge(training_class)
    late = enrolments.roster(session, row)[0]
    late.confirmed_at = row.sessions[2].starts_at
    session.commit()


def settles(clerk):
    clerk.finds("疑点清单")
    clerk.sees(TITLE, "不说明谁有问题")
    clerk.looks_at("疑点-全部")
    clerk.clicks(f"看明细 {TITLE}", exact=False)
    clerk.sees("开班后换了人", "赵*1是开班以后才进花名册的，请核实手续")
    clerk.page.get_by_text("看是哪些人、哪些课次（1条）").click()
    clerk.looks_at("疑点-一个班")
    clerk.clicks("写核实的情况")
    clerk.presses("记下")
    clerk.is_told("核实的情况", "请写明核实的情况。")
    clerk.types({"核实的情况": "候补转正，手续齐。"})
    clerk.presses("记下")
    clerk.sees("已记下，这一条不再算没核实的。", "没有要核实的", "候补转正，手续齐。", "李窗口")
    clerk.looks_at("疑点-写了说明")


def calls(clerk):
    clerk.clicks("电话抽查")
    clerk.sees("花名册上有3人，会抽1人。")
    clerk.types({"种子": "7"})
    clerk.presses("抽人")
    clerk.sees("抽了1人，请打电话核实。", "还没打")
    clerk.page.get_by_text("怎么抽的，谁都能重抽一遍").click()
    clerk.looks_at("抽查")
    clerk.clicks("记下回答", exact=False)
    clerk.presses("记下")
    expect(clerk.page.get_by_role("alert")).to_contain_text("请从给出的几项里选一项。")
    clerk.chooses("说没来上课")
    clerk.types({"备注": "在外地打工"})
    clerk.looks_at("抽查-回答")
    clerk.presses("记下")
    clerk.sees("说没来上课", "在外地打工")
    clerk.clicks("疑点清单", within=clerk.page.get_by_role("main"))
    clerk.sees("电话里说没来上课", "请核实（1条）")


def lays_on_the_shelf(clerk, server):
    clerk.clicks("归档", within=clerk.page.get_by_role("main"))
    clerk.sees("还没有归过档")
    with clerk.page.expect_download() as coming:
        clerk.page.get_by_role("button", name="归档，下载ZIP").click()
    path = coming.value.path()
    with zipfile.ZipFile(path) as held:
        told = json.loads(held.read("manifest.json"))
        hashes = {name: hashlib.sha256(held.read(name)).hexdigest() for name in told["files"]}
        files = {name: held.read(name) for name in held.namelist()}
    assert {name: one["sha256"] for name, one in told["files"].items()} == hashes
    assert not any(id_number(n).encode() in data for n in (1, 2, 3) for data in files.values())
    clerk.page.reload()
    clerk.sees("归档记录（1次）", "李窗口", "这以后没有改过")
    clerk.looks_at("归档")
    holds_against_the_shelf(clerk, files)


def holds_against_the_shelf(clerk, files):
    files["12-学员和签到.xlsx"] += b"!"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for name, data in files.items():
            into.writestr(name, data)
    clerk.page.get_by_text("拿一个归档包来核对").click()
    chosen = {"name": "a.zip", "mimeType": "application/zip", "buffer": made.getvalue()}
    clerk.page.get_by_label("归档包（ZIP）").set_input_files(chosen)
    clerk.presses("核对")
    clerk.sees("归档时不一样", "改过：12-学员和签到.xlsx")
    clerk.looks_at("归档-核对")
