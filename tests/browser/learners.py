"""People who sign up for a class on their phones: for themselves, for their mother, twice, without JavaScript."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect

from tests.browser.people import Person, picture, short_code
from tests.factories import id_number

CLASS, FIRM = "焊工订单班", "青禾县鼎盛机械有限公司"
MING, MOTHER, SON, MEI, YONG = "13600136001", "13700137002", "13800138002", "13900139003", "15000150004"
IDS = {name: id_number(n) for n, name in enumerate(("赵明田", "王秀兰", "孙小梅", "周大勇"), 11)}
CHILD = id_number(15, date(2009, 5, 1))
PROMISE = "我承诺：以上是学员的真实情况，符合报名条件，会按时上课"
CONSENT = "已征得本人同意，由我替他（她）报名"
NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
PHONE = re.compile(r"(?<![\da-f])1[3-9]\d{9}(?![\da-f])")  # not in the middle of a UUID


class Reader(Person):
    """Somebody who also reads what a page says between the lines: its source."""

    def looks_at(self, name):
        """Find no full ID number, and no full phone on a public page; what she types herself is hers."""
        super().looks_at(name)
        source = re.sub(r"<input[^>]*>", "", self.page.content())
        assert not NUMBER.search(source), f"an ID number on {self.page.url}"
        if not re.search(r"/(desk|school|enterprise)/", self.page.url):
            assert not PHONE.search(source), f"a phone number on {self.page.url}"


def enrols_herself(ming):
    begins(ming)
    ming.presses("下一步")
    expect(ming.page.get_by_role("alert")).to_contain_text("请选一个。")
    answers(ming, "给我自己", "赵明田", MING)
    question = "您的身份证号是多少？"
    ming.types({question: IDS["赵明田"][:17] + "A"})
    ming.presses("下一步")
    ming.is_told(question, "身份证号不对")
    assert ming.reads(question) == IDS["赵明田"][:17] + "A"
    ming.types({question: CHILD})
    ming.presses("下一步")
    ming.is_told(question, "这门课要年满18周岁，按身份证号开班时是17周岁。")
    ming.clicks("返回")
    assert ming.reads("您的手机号是多少？") == MING
    ming.presses("下一步")
    ming.types({question: IDS["赵明田"].lower()})
    ming.presses("下一步")
    ming.sees("这门课要初中及以上。")
    ming.chooses("小学")
    ming.presses("下一步")
    expect(ming.page.get_by_role("alert")).to_contain_text("这门课要求初中及以上学历。不清楚可以打电话问窗口。")
    finishes(ming, "初中", "农村转移就业劳动者")
    ming.clicks("更改 学历")
    expect(ming.page.get_by_label("初中")).to_be_checked()
    ming.presses("下一步")
    ming.presses("确认报名")
    ming.is_told(PROMISE, "请勾选承诺后再提交。")
    promises(ming, "确认报名")
    ming.sees("已确认", "赵*田", CLASS)
    expect(ming.page.locator(".ticket-qr")).to_be_visible()


def enrols_his_mother(son):
    """Give the mother's short code and the picture on her ticket."""
    begins(son)
    answers(son, "给家人、亲友或村里人", "王秀兰", MOTHER, IDS["王秀兰"])
    finishes(son, "高中", "不清楚")
    son.chooses("子女")
    son.types({"您的姓名": "李强", "您的手机号": SON})
    son.presses("下一步")
    son.is_told(CONSENT, "请勾选“已征得本人同意”。")
    assert son.reads("您的姓名") == "李强"
    son.chooses(CONSENT)
    son.presses("下一步")
    son.sees("李强（子女）", "138 0013 8002", f"尾号{IDS['王秀兰'][-4:]}")
    promises(son, "确认报名")
    son.sees("已确认", "王*兰")
    return short_code(son), picture(son)


def waits_first(mei):
    begins(mei)
    answers(mei, "给我自己", "孙小梅", MEI, IDS["孙小梅"])
    finishes(mei, "大学专科", "城镇登记失业人员")
    other = mei.page.context.new_page()
    other.goto(mei.page.url)
    promises(mei, "提交，排候补")
    waits(mei, 1)
    tap_again(other, mei.page.url)


def tap_again(tab, ticket):
    """Send the same once more from another tab: it finds the same ticket."""
    tab.get_by_text("我承诺：", exact=False).click()
    tab.get_by_role("button", name="提交，排候补").click()
    expect(tab).to_have_url(ticket)
    tab.close()


def waits_second_without_javascript(yong):
    begins(yong)
    answers(yong, "给我自己", "周大勇", YONG, IDS["周大勇"])
    finishes(yong, "中专", "农村转移就业劳动者")
    promises(yong, "提交，排候补")
    ticket, code = yong.page.url, short_code(yong)
    waits(yong, 2)
    begins(yong)  # a week later he does not remember, and does it all again
    answers(yong, "给我自己", "周大勇", YONG, IDS["周大勇"])
    finishes(yong, "中专", "农村转移就业劳动者")
    promises(yong, "提交，排候补")
    waits(yong, 2)
    assert (yong.page.url, short_code(yong)) == (ticket, code)


def begins(person):
    """Find the class from the front page, and begin to sign up."""
    person.goes_to("/")
    person.clicks("学技术", exact=False)
    person.clicks(CLASS)
    person.sees(FIRM, "5500–9000 元/月", "要焊工12人")
    person.page.get_by_role("link", name=re.compile("^(我要报名|名额满了，排候补)$")).click()


def answers(person, who, name, phone, number=None):
    """Say who it is, one question a page, as far as is told; pages say 您 to who signs up herself."""
    person.chooses(who)
    person.presses("下一步")
    you = "您" if who == "给我自己" else "学员"
    person.types({f"{you}叫什么名字？": name})
    person.presses("下一步")
    person.types({f"{you}的手机号是多少？": phone})
    person.presses("下一步")
    if number:
        person.types({f"{you}的身份证号是多少？": f"{number[:6]} {number[6:14]} {number[14:]}"})
        person.presses("下一步")


def finishes(person, education, category):
    """Answer the last two questions."""
    for each in (education, category):
        person.chooses(each)
        person.presses("下一步")


def promises(person, words):
    """Give the promise and send it all."""
    person.chooses(PROMISE)
    person.presses(words)


def waits(person, line):
    """Read her place in the line; there is no code to show yet."""
    person.page.reload()
    person.sees(f"名额已满，您排在候补第{line}位")
    expect(person.page.locator(".ticket-qr")).to_have_count(0)
    person.looks_at(f"候补第{line}位")


def cancels(ming):
    ming.clicks("来不了，取消")
    ming.sees("取消后座位让给候补的人，再报要重新排队。")
    ming.presses("确认取消")
    ming.sees("这张码已经取消，不能再用。")
    expect(ming.page.locator(".ticket-qr")).to_have_count(0)
