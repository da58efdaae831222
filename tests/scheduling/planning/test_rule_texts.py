import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.planning.lunar import BRANCHES
from scheduling.planning.markets import (
    AnnualLunar,
    AnnualSolar,
    Branch,
    Calendar,
    Daily,
    Interval,
    LunarTail,
    Parity,
    RangeLunar,
    Rule,
    SmallMonth,
    SolarTail,
    UnreadableRule,
    Weekly,
    WhichDays,
    describe,
    describe_all,
    parse_rule_text,
    rule_from,
)

TOWNSHIPS = json.loads(Path(__file__).with_name("county_rules.json").read_text(encoding="utf-8"))["townships"]

months, spans = st.integers(1, 12), st.integers(1, 31)
digits = st.lists(st.integers(0, 9), min_size=1).map(tuple)
rules = st.one_of(
    st.builds(LunarTail, digits, st.sampled_from(SmallMonth)),
    st.builds(SolarTail, digits, st.booleans()),
    st.builds(Weekly, st.lists(st.integers(1, 7), min_size=1).map(tuple)),
    st.builds(Branch, st.text(BRANCHES, min_size=1)),
    st.builds(Parity, st.sampled_from(Calendar), st.sampled_from(WhichDays)),
    st.builds(Interval, st.dates(date(1901, 1, 1), date(2100, 12, 31)), st.integers(1, 366)),
    st.just(Daily()),
    st.builds(AnnualLunar, months, st.integers(1, 30), spans, st.sampled_from(SmallMonth), st.booleans()),
    st.builds(AnnualSolar, months, st.integers(1, 29), spans),
    st.builds(RangeLunar, months, st.integers(1, 15), st.integers(15, 30), st.none()),
    st.builds(
        lambda month, *days: RangeLunar(month, *days, to_month=month % 12 + 1), months, *[st.integers(1, 30)] * 2
    ),
)


@pytest.mark.parametrize("township", TOWNSHIPS, ids=lambda township: township["name"])
def test_a_towns_notice_reads_as_its_rules(township: dict[str, Any]) -> None:
    assert parse_rule_text(township["rule_text"]) == tuple(rule_from(row["kind"], row) for row in township["rules"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Chinese digits are lunar, Arabic digits solar, unless the notice says
        ("逢三六九", LunarTail((3, 6, 9))),
        ("逢3、6、9", SolarTail((3, 6, 9))),
        ("公历逢五逢十", SolarTail((5, 0))),
        ("农历逢3、8", LunarTail((3, 8))),
        ("逢二、七", LunarTail((2, 7))),
        ("逢五十", LunarTail((5, 0))),
        ("逢10", SolarTail((0,))),
        ("每逢农历一、四、七日", LunarTail((1, 4, 7))),
        ("农历每月逢三、八", LunarTail((3, 8))),
        ("阴历三、六、九", LunarTail((3, 6, 9))),
        # dates that list a whole series
        ("每月3日、13日、23日", SolarTail((3,))),
        ("2/12/22", SolarTail((2,))),
        ("2/12/22 + 7/17/27", SolarTail((2, 7))),
        ("1日 11日 21日 31日", SolarTail((1,), include_31=True)),
        ("农历初三、十三、廿三", LunarTail((3,))),
        ("每月初十、二十、三十", LunarTail((0,))),
        # regional words
        ("逢场三六九", LunarTail((3, 6, 9))),
        ("逢圩：农历二、七", LunarTail((2, 7))),
        ("圩日：逢１、６", SolarTail((1, 6))),
        ("逢闹子日：三、八", LunarTail((3, 8))),
        ("赶街天：星期日", Weekly((7,))),
        # weekdays
        ("星期二、星期六", Weekly((2, 6))),
        ("每周二、五", Weekly((2, 5))),
        ("礼拜天", Weekly((7,))),
        ("周末", Weekly((6, 7))),
        ("周一至周五", Weekly((1, 2, 3, 4, 5))),
        ("周六至周一", Weekly((6, 7, 1))),
        # branches
        ("龙狗日", Branch("辰戌")),
        ("逢龙、狗日", Branch("辰戌")),
        ("马日", Branch("午")),
        ("六天一场，赶寅申日（虎猴日）", Branch("寅申")),
        # odd and even, every day, every few days
        ("单日", Parity(Calendar.LUNAR, WhichDays.ODD)),
        ("公历双日", Parity(Calendar.SOLAR, WhichDays.EVEN)),
        ("逢双", Parity(Calendar.LUNAR, WhichDays.EVEN)),
        ("天天", Daily()),
        ("常街", Daily()),
        ("三日一圩（自2026年1月1日起）", Interval(date(2026, 1, 1), 3)),
        ("自2026.1.1起隔天", Interval(date(2026, 1, 1), 2)),
        # once a year
        ("三月三", AnnualLunar(3, 3)),
        ("农历2月8日", AnnualLunar(2, 8)),
        ("十二月初八庙会", AnnualLunar(12, 8)),
        ("农历四月初八起三天", AnnualLunar(4, 8, 3)),
        ("每年5月1日", AnnualSolar(5, 1)),
        ("公历五月一日至三日", AnnualSolar(5, 1, 3)),
        ("12月30日至1月2日", AnnualSolar(12, 30, 4)),
        ("腊月二十三到腊月二十九", RangeLunar(12, 23, 29)),
        ("腊月廿三至正月初五年集", RangeLunar(12, 23, 5, to_month=1)),
        # remarks
        ("农历逢十（小月逢最后一天）", LunarTail((0,), SmallMonth.LAST_DAY)),
        ("公历逢1、6（含31日）", SolarTail((1, 6), include_31=True)),
    ],
)
def test_a_notice_reads_as_it_is_meant(text: str, expected: Rule) -> None:
    assert parse_rule_text(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("逢五，十二月初八庙会", (LunarTail((5,)), AnnualLunar(12, 8))),
        ("九月初九庙会、三月三古会", (AnnualLunar(9, 9), AnnualLunar(3, 3))),
        ("周六、三月三庙会", (Weekly((6,)), AnnualLunar(3, 3))),
        ("每周日；公历逢5", (Weekly((7,)), SolarTail((5,)))),
    ],
)
def test_a_notice_may_hold_several_rules_in_its_order(text: str, expected: tuple[Rule, ...]) -> None:
    assert parse_rule_text(text) == expected


@pytest.mark.parametrize(
    ("text", "part", "key"),
    [
        ("", "", "unreadable"),
        ("年集", "年集", "unreadable"),
        ("农历逢三六九；不定期", "不定期", "unreadable"),
        ("每周三（镇政府门口）", "镇政府门口", "unreadable"),
        ("闰六月初六", "闰六月初六", "unreadable"),
        ("公历腊月初八", "公历腊月初八", "unreadable"),
        ("十", "十", "unreadable"),
        ("农历九", "农历九", "unreadable"),
        ("双集", "双", "unreadable"),
        ("周12", "周12", "unreadable"),
        ("逢十一六", "十一六", "unreadable"),
        ("赶马场", "赶马", "unreadable"),  # a market on horse days, or one where horses are sold
        ("牛马集", "牛马", "unreadable"),
        ("每隔两天一集", "每隔两天一集", "unreadable"),  # every second day to some, every third to others
        ("逢1234", "逢1234", "unreadable"),
        ("2月27日至3月1日", "2月27日至3月1日", "unreadable"),  # three days or four
        ("自2026-02-30起每3天", "自2026-02-30起每3天", "unreadable"),
        ("三日一圩", "三日一圩", "no_anchor"),
        ("三天一集（自2026-01-01起每4天）", "三天一集(自2026-01-01起每4天)", "gloss_differs"),
        ("逢十五", "逢十五", "days_incomplete"),  # the 15th, or ten and five
        ("每月3日", "每月3日", "days_incomplete"),
        ("每月五日", "每月五日", "days_incomplete"),
        ("3.1古会", "3.1", "days_incomplete"),  # the first of March, more likely
        ("农历初一、十五", "农历初一、十五", "days_incomplete"),
        ("农历初一、十一、廿一、卅一", "农历初一、十一、廿一、卅一", "days_incomplete"),
        ("逢三、8", "逢三、8", "mixed_digits"),
        ("公历逢三（5、15、25日）", "5、15、25日", "gloss_differs"),
        ("逢三（3、13、23日）", "3、13、23日", "gloss_differs"),
        ("赶辰戌日（牛蛇日）", "牛蛇日", "gloss_differs"),
        ("空三赶四，赶辰戌日", "空三赶四,赶辰戌日", "cycle_differs"),
        ("2月30日", "2月30日", "no_such_day"),
        ("二月卅一", "二月卅一", "not_a_number"),
        ("腊月廿九至廿三", "腊月廿九至廿三", "range_backwards"),
        ("每周三（含31日）", "含31日", "unreadable"),
    ],
)
def test_what_cannot_be_read_for_certain_is_named_and_not_guessed(text: str, part: str, key: str) -> None:
    with pytest.raises(UnreadableRule) as refused:
        parse_rule_text(text)

    assert (refused.value.part, refused.value.key, refused.value.facts["part"]) == (part, key, part)


@given(rules)
def test_a_rule_described_reads_as_the_same_rule(rule: Rule) -> None:
    assert parse_rule_text(describe(rule)) == (rule,)


@given(st.lists(rules, min_size=1, max_size=4).map(tuple))
def test_several_rules_described_read_as_the_same_rules(several: tuple[Rule, ...]) -> None:
    assert parse_rule_text(describe_all(several)) == several


@given(st.text("农历公逢三六九十初廿3120、，；（）每周日月天自起至龙辰集场双 年-", max_size=25))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    with suppress(UnreadableRule):
        read = parse_rule_text(text)

        assert parse_rule_text(describe_all(read)) == read


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (LunarTail((3, 6, 9)), "农历逢三、六、九"),
        (LunarTail((0,), SmallMonth.NEXT_FIRST), "农历逢十（小月顺延到下月初一）"),
        (SolarTail((5, 0)), "公历逢5、10"),
        (Weekly((6, 7)), "每周六、周日"),
        (Branch("丑巳酉"), "赶丑巳酉日（牛蛇鸡日）"),
        (Parity(Calendar.LUNAR, WhichDays.EVEN), "农历双日"),
        (Interval(date(2026, 1, 1), 3), "自2026-01-01起每3天"),
        (Daily(), "天天"),
        (AnnualLunar(2, 8), "每年农历二月初八"),
        (AnnualLunar(6, 30, 3, SmallMonth.SKIP, leap_repeats=True), "每年农历六月三十起3天（小月停，闰月同办）"),
        (AnnualSolar(10, 1, 7), "每年公历10月1日起7天"),
        (RangeLunar(12, 23, 29), "每年农历腊月廿三至廿九"),
        (RangeLunar(12, 23, 5, to_month=1), "每年农历腊月廿三至正月初五"),
    ],
)
def test_a_rule_is_described_in_plain_chinese(rule: Rule, words: str) -> None:
    assert describe(rule) == words
