"""The advert lint: what it finds in any disguise, and what it leaves in peace."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.lint import LEVELS, findings
from scheduling.lint.words import SIMPLER, WORDS

BLOCKED = [
    "限男", "限女", "男性优先", "女士优先", "形象气质女", "已婚已育", "未婚优先", "无乙肝", "大小三阳", "仅限汉族",
    "信仰", "押金", "保证金", "扣押身份证", "收服装费", "培训费后返还",
]  # fmt: skip
ASKED = ["限本地户口", "身高", "属相", "星座", "面议", "日入过千", "高薪轻松"]
ASKED_WITH_FIGURES = ["35岁以下", "985/211", "45周岁以内", "三十五岁以下", "年龄不超过40岁"]
SIGNS = [" ", "\u3000", "-", "\u2011", "—", "·", "*", "_", "/", ".", "“", "（", "，", "、", "。", "\n", "❤"]
INVISIBLE = ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u202e"]
NOISE = SIGNS + INVISIBLE

CLEAN = [
    "男女不限", "不限男女", "性别不限", "不限性别", "性别：男女不限", "学历不限，男女均可", "名额有限，男女均可",
    "名额有限，女士请提前报名", "限量招聘", "限5人", "男装车间缝纫工", "女装店员", "子女优先入学", "退役军人优先",
    "有经验者优先", "女职工享受产假", "男女同工同酬", "婚育不限", "已婚未婚均可",
    "保证金融安全", "薪资有保证，金牌企业", "保证按时发工资", "投标保证金核算", "农民工工资保证金台账",
    "不收押金", "免押金", "不收取任何押金、保证金", "报名费、押金一律不收", "押运员", "服装费公司承担",
    "统一发放工作服",
    "不查乙肝", "不检测乙肝", "有无乙肝均可", "尊重宗教信仰", "不限民族、宗教信仰",
    "不限户籍", "户口不限", "身高不限", "自身高标准要求", "金属相关专业", "家属相伴", "星座酒店前台",
    "年满18周岁", "18周岁以上", "可接受60周岁以内", "接受55岁以下", "可接受大龄",
    "薪资面议，4000-6000元", "电话0990-1985211", "高薪诚聘", "多劳多得", "双休，五险",
]  # fmt: skip


AS_SEEN_IN_ADVERTS = [
    "只限女性", "女性优先考虑", "男生勿扰", "不要女的", "招聘男性司机2名", "要求：男", "男性2名", "限女生", "招女工",
    "近期无生育计划", "三年内无怀孕计划", "孕妇勿扰", "要求已婚", "需做乙肝检查", "乙肝携带者勿扰", "无大三阳",
    "残疾人勿扰", "不招农村户口", "不要回族", "有宗教信仰者勿扰", "交身份证原件", "身份证抵押", "扣押毕业证",
    "优先录用男性", "女性为佳", "招女服务员2名", "男保安", "身体健康，无残疾", "交压金300元", "需交壓金",
    "先交体检费", "培训费自理", "中介费200元", "報名費50元", "服装押金200", "风险抵押金",
]  # fmt: skip
HARMLESS_THERE = [
    "招男女工各10名", "性别、年龄不限", "女装导购", "男科医院保洁", "女子监狱辅警", "妇女儿童活动中心", "有女生宿舍",
    "男女服务员各2名", "欢迎女焊工、女司机", "处理女客户投诉", "有无残疾均可", "冲压金属件", "清理收压金属边角料",
    "夫妻工优先", "有限公司男员工宿舍", "包工服，不收服装费", "工作服押金不收", "公司交培训费", "入职体检费用公司报销",
    "体检费报销", "不押身份证", "缴纳社会保险费", "熟悉金融、保证金业务", "期货保证金结算", "信仰坚定",
    "35岁以上优先", "16岁以下勿扰", "带3岁以内宝宝", "早8-晚6", "2024-2025年", "身高体重秤装配",
]  # fmt: skip


def levels(text):
    return [found.level for found in findings(text)]


@pytest.mark.parametrize("phrase", BLOCKED)
def test_what_the_law_forbids_is_blocked(phrase):
    assert levels(phrase) == ["block"]


@pytest.mark.parametrize("phrase", ASKED + ASKED_WITH_FIGURES)
def test_what_needs_a_reason_is_asked(phrase):
    assert levels(phrase) == ["ask"]


@pytest.mark.parametrize("phrase", ["18-35岁", "18至45周岁", "20～40岁", "年龄18—50岁", "１８－３５岁", "18岁-35岁"])
def test_a_range_of_ages_is_a_hint(phrase):
    assert levels(phrase) == ["hint"]


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("phrase", BLOCKED + ASKED)
def test_signs_between_the_characters_hide_nothing(phrase, noise):
    assert levels(noise.join(phrase)) == levels(phrase)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("無乙肝", "无乙肝"), ("僅限漢族", "仅限汉族"), ("保證金", "保证金"), ("女士優先", "女士优先"),
        ("收服裝費", "收服装费"), ("培訓費後返還", "培训费后返还"), ("３５歲以下", "35岁以下"), ("屬相", "属相"),
        ("９８５／２１１", "985/211"), ("限⼥", "限女"), ("大小三陽", "大小三阳"), ("扣押身份證", "扣押身份证"),
        ("面議", "面议"), ("限本地戶口", "限本地户口"),
    ],
)  # fmt: skip
def test_traditional_and_full_width_characters_hide_nothing(typed, plain):
    assert [(f.level, f.rule) for f in findings(typed)] == [(f.level, f.rule) for f in findings(plain)]


@pytest.mark.parametrize("text", AS_SEEN_IN_ADVERTS)
def test_the_turns_of_phrase_real_adverts_use_are_blocked(text):
    assert "block" in levels(text)


@pytest.mark.parametrize("text", CLEAN + HARMLESS_THERE)
def test_clean_text_raises_no_alarm(text):
    assert findings(text) == []


def test_the_county_s_own_job_list_raises_no_alarm():
    county = json.loads(next(Path("portal/commands").rglob("county.json")).read_text("utf-8"))

    alarms = [
        (job["title"], field, found.phrase)
        for job in county["jobs"]
        for field, text in job.items()
        for found in findings(str(text))
    ]

    assert (len(county["jobs"]), alarms) == (23, [])


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("入职不交押金不录用", ["押金"]),
        ("限男性5名，需缴 押 金 200元", ["限男性5名", "押 金"]),
        ("先交培训费，三个月后返还", ["交培训费，三个月后返还"]),
        ("形象好气质佳，女", ["形象好气质佳，女"]),
        ("性别：男，身高170以上", ["性别：男", "身高"]),
    ],
)
def test_a_finding_shows_the_words_as_they_were_typed(text, phrases):
    assert [found.phrase for found in findings(text)] == phrases


@given(st.text(max_size=80))
def test_any_text_is_read_and_each_finding_lies_in_it(text):
    found = findings(text)

    assert [text[f.start : f.end] for f in found] == [f.phrase for f in found]
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))
    assert all(f.level in LEVELS for f in found)


@given(st.sampled_from(BLOCKED), st.lists(st.sampled_from(NOISE), max_size=3), st.text("甲乙丁文字，。 ", max_size=10))
def test_a_forbidden_phrase_is_found_wherever_it_stands(phrase, noise, around):
    text = f"{around}。{''.join(noise).join(phrase)}。{around}"

    assert "block" in levels(text)


def test_a_long_advert_is_read_in_no_time():
    assert len(findings("限男" + "不收取任何费用，" * 4000)) == 1


def test_the_word_lists_name_rules_that_have_words():
    from portal.wording import WORDS as SPOKEN

    assert {words.rule for words in WORDS} == set(SPOKEN["lint.rule"])
    assert {words.level for words in WORDS} == set(LEVELS) == set(SPOKEN["lint.level"])


def test_no_simplified_character_is_changed():
    assert [chr(made) for made in SIMPLER.values() if made in SIMPLER] == []


def test_the_gravest_words_are_looked_for_first():
    assert [words.level for words in WORDS] == sorted((words.level for words in WORDS), key=LEVELS.index)
