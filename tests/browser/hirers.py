"""A company that comes to hire, and the clerk who looks at its papers: shared by the threads of fairs and classes."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.people import picture, short_code, signs_in_by_phone
from tests.factories import credit_code

FIRM, JOB, HR = "青禾县穗香食品有限公司", "包装工", "16012345678"


def registers(hr, server):
    hr.goes_to("/")
    hr.clicks("单位登录")
    signs_in_by_phone(hr, HR, server)
    right = credit_code(71)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    hr.types({"统一社会信用代码": wrong, "单位名称": FIRM, "行业": "食品加工", "所在乡镇": "柳河镇"})
    hr.types({"招聘联系人": "钱经理", "联系人手机": HR, "单位简介": "做糕点的，六十多人。"})
    hr.presses("提交审核")
    hr.is_told("统一社会信用代码", "统一社会信用代码不对")
    assert [hr.reads(each) for each in ("统一社会信用代码", "单位名称", "招聘联系人")] == [wrong, FIRM, "钱经理"]
    hr.types({"统一社会信用代码": right.lower()})
    hr.presses("提交审核")
    hr.sees("已提交，窗口审核后会发短信通知。", "窗口正在审核单位资料")


def approves_the_enterprise(clerk):
    clerk.finds("单位审核")
    clerk.clicks(FIRM)
    clerk.sees(credit_code(71), "钱经理")
    clerk.presses("通过")
    clerk.sees(f"{FIRM}：已通过")


def posts_a_vacancy(hr):
    hr.finds("我的岗位")
    hr.clicks("发布岗位")
    hr.types({"岗位名称": JOB, "招几人": "6", "最低工资": "4000", "最高工资": "5500"})
    hr.types({"做什么活": "给糕点装盒。入职交押金200元。", "班次": "长白班8:00—18:00", "食宿": "包吃住"})
    hr.presses("提交审核")
    hr.is_told("做什么活", "“押金”不能写进招聘信息")
    kept = [hr.reads(each) for each in ("岗位名称", "招几人", "最高工资", "做什么活")]
    assert kept == [JOB, "6", "5500", "给糕点装盒。入职交押金200元。"]
    hr.types({"做什么活": "给糕点装盒，有师傅带。"})
    hr.presses("提交审核")
    hr.sees("已提交，窗口审核后公开。")


def approves_the_vacancy(clerk):
    clerk.finds("岗位审核")
    clerk.clicks(JOB)
    clerk.sees("没有发现违法或要说明理由的词。")
    clerk.presses("通过")
    clerk.sees(f"{JOB}：已通过")


def books_a_booth(hr):
    """Give the booth's short code and the picture of its pass."""
    hr.finds("展位预订")
    hr.clicks("柳河镇赶集招聘会")
    hr.presses("订这个展位")
    expect(hr.page.get_by_role("alert")).to_contain_text("请先选一个空展位。")
    hr.page.get_by_label("3号展位").check()
    hr.presses("订这个展位")
    hr.sees("订好了。请写明谁来参加，写完就能拿到展位码。")
    hr.types({"谁来参加": "钱经理、小吴", "需要什么": "要插座"})
    expect(hr.page.get_by_label(f"{JOB}，招6人")).to_be_checked()
    hr.presses("确认参加")
    hr.sees("1号岗位", "3号展位")
    return short_code(hr), picture(hr)
