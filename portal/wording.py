"""What the keys we keep are called on screen, in one place."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms.fields.choices import SelectChoice

WORDS: dict[str, dict[str, LazyString]] = {
    "fair.kind": {
        "market_fair": _("赶集招聘"),
        "specialty_fair": _("专场招聘会"),
        "regular_fair": _("定期招聘会"),
        "irregular_fair": _("不定期招聘会"),
        "gig_fair": _("零工招聘"),
        "courtyard_fair": _("院坝招聘会"),
        "roadshow_stop": _("就业大篷车"),
        "livestream": _("直播带岗"),
    },
    "state": {
        "draft": _("草稿"),
        "published": _("已发布"),
        "moved": _("已改期"),
        "called_off": _("已取消"),
        "submitted": _("待审核"),
        "approved": _("已通过"),
        "returned": _("退回修改"),
        "withdrawn": _("清退"),
        "closed": _("已下架"),
        "confirmed": _("已确认"),
        "waitlisted": _("候补"),
        "cancelled": _("已取消"),
        "booked": _("已订"),
        "free": _("空"),
        "checked_in": _("已签到"),
        "today": _("今天"),
        "over": _("已结束"),
        "running": _("进行中"),
        "open": _("报名中"),
        "full": _("已满"),
    },
    "pay_unit": {"month": _("元/月"), "day": _("元/天"), "hour": _("元/小时"), "piece": _("计件")},
    "settlement": {"monthly": _("月结"), "weekly": _("周结"), "daily": _("日结")},
    "insurance": {"five": _("五险"), "injury": _("工伤保险"), "none": _("不缴"), "unsaid": _("面谈")},
    "room_and_board": {"both": _("包吃住"), "room": _("包住"), "board": _("包吃"), "none": _("不含食宿")},
    "education": {
        "any": _("不限"),
        "illiterate": _("文盲或半文盲"),
        "primary": _("小学"),
        "junior": _("初中"),
        "senior": _("高中"),
        "secondary": _("中专"),
        "technical": _("技工学校"),
        "college": _("大学专科"),
        "bachelor": _("大学本科"),
        "master": _("研究生"),
    },
    "relation": {
        "self": _("本人"),
        "spouse": _("配偶"),
        "child": _("子女"),
        "parent": _("父母"),
        "friend": _("亲友"),
        "coordinator": _("村(社区)协调员"),
        "staff": _("工作人员"),
    },
    "role": {
        "jobseeker": _("求职者"),
        "enterprise": _("用人单位"),
        "school": _("培训学校"),
        "scanner": _("扫码员"),
        "desk": _("人社窗口"),
        "admin": _("管理员"),
    },
    "course.mode": {
        "order_based": _("订单式"),
        "targeted": _("定向式"),
        "subsidised": _("补贴性"),
        "in_house": _("企业内训"),
    },
    "session.kind": {"theory": _("理论"), "practice": _("实操")},
    "booth.kind": {"table": _("桌椅"), "standard": _("标准展位"), "tent": _("帐篷"), "built": _("特装")},
    "audience": {
        "graduates": _("高校毕业生"),
        "veterans": _("退役军人"),
        "returnees": _("返乡农民工"),
        "disabled": _("残疾人"),
        "women": _("妇女"),
        "out_of_poverty": _("脱贫劳动力"),
        "older": _("大龄"),
        "gig": _("零工"),
    },
    "figure.source": {
        "scanned": _("扫码"),
        "enterprise_reported": _("企业填报"),
        "staff_counted": _("人工清点"),
        "estimated": _("现场估算"),
    },
    "figure": {
        "visitors": _("进场人数"),
        "planned_enterprises": _("计划企业数"),
        "present_enterprises": _("实到企业数"),
        "walk_in_enterprises": _("临时增加企业数"),
        "no_show_enterprises": _("爽约企业数"),
        "positions": _("岗位数"),
        "headcount": _("招聘人数"),
        "consultations": _("咨询人次"),
        "registered_jobseekers": _("登记求职人数"),
        "resumes": _("投递简历份数"),
        "intent_people": _("意向人数"),
        "intent_times": _("意向人次"),
        "hired_on_site": _("现场录用人数"),
        "leaflets": _("发放资料份数"),
        "policy_consultations": _("政策咨询人次"),
        "training_interest": _("培训意向登记人数"),
        "staff": _("工作人员数"),
    },
    "missing": {
        "contact": _("联系人和电话"),
        "place": _("地点"),
        "booths": _("展位"),
        "rain_plan": _("下雨预案和决定时间"),
        "permit": _("安全许可编号（预计1000人以上）"),
    },
    "lint.rule": {
        "sex": _("不得限定性别或性别优先"),
        "marriage": _("不得限定婚育状况"),
        "health": _("不得以乙肝、残疾等拒绝录用"),
        "ethnicity": _("不得限定民族"),
        "faith": _("不得限定宗教信仰"),
        "deposit": _("不得收取押金、保证金"),
        "papers": _("不得扣押证件"),
        "fee": _("不得向求职者收费"),
        "household": _("户籍限制要有理由"),
        "age": _("年龄上限要有理由"),
        "height": _("身高要求要有理由"),
        "zodiac": _("属相、星座与工作无关"),
        "school": _("院校限制要有理由"),
        "wage": _("请写出工资范围"),
        "exaggeration": _("夸大收入的话要有依据"),
        "age_range": _("年龄范围建议改写成“年满18周岁”"),
    },
    "lint.level": {"block": _("禁止"), "ask": _("要说明理由"), "hint": _("建议")},
    "market.exception": {"add_date": _("加一天"), "drop_date": _("停一天"), "move": _("挪一天")},
    "person.category": {
        "rural": _("农村转移就业劳动者"),
        "out_of_poverty": _("脱贫(贫困)家庭子女"),
        "graduate": _("毕业年度高校毕业生"),
        "school_leaver": _("未继续升学应届初高中毕业生"),
        "unemployed": _("城镇登记失业人员"),
        "employee": _("符合条件的企业职工"),
        "unsure": _("不清楚"),
    },
}


def word(key: str | None, of: str) -> str:
    """Say `key` of the family `of` in the reader's language; an unknown key is shown as it is."""
    return str(WORDS[of].get(key or "", key or ""))


def choices(of: str, *only: str) -> list[SelectChoice]:
    """Give what a select or radio field of the family `of` offers, in our order, or those of `only`."""
    return [SelectChoice(key, WORDS[of][key]) for key in (only or WORDS[of])]
