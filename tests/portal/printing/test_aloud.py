from datetime import date, time

import pytest

from portal.printing import aloud


@pytest.mark.parametrize(
    ("value", "said", "counted"),
    [
        (0, "零", "零"),
        (2, "二", "两"),
        (10, "十", "十"),
        (12, "十二", "十二"),
        (22, "二十二", "二十二"),
        (101, "一百零一", "一百零一"),
        (110, "一百一十", "一百一十"),
        (200, "二百", "两百"),
        (1020, "一千零二十", "一千零二十"),
        (2002, "两千零二", "两千零二"),
        (4500, "四千五百", "四千五百"),
        (10010, "一万零一十", "一万零一十"),
        (20500, "两万零五百", "两万零五百"),
        (105000, "十万五千", "十万五千"),
        (100000001, "一亿零一", "一亿零一"),
    ],
)
def test_a_number_is_written_as_it_is_said(value, said, counted):
    assert (aloud.number(value), aloud.count(value)) == (said, counted)


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("0990-1234567", "零九九零，幺二三，四五六七"),
        ("16000000012", "幺六零，零零零零，零零幺二"),
        ("12333", "幺二三三三"),
        ("400 820 1234", "四零零，八二零，幺二三四"),
    ],
)
def test_a_telephone_is_said_digit_by_digit_in_groups(phone, said):
    assert aloud.digits(phone) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(8, 30), "上午八点半"),
        (time(6, 5), "早上六点零五分"),
        (time(12, 0), "中午十二点"),
        (time(14, 15), "下午两点一刻"),
        (time(19, 45), "晚上七点四十五分"),
    ],
)
def test_a_time_is_said_with_the_part_of_the_day(at, said):
    assert aloud.clock(at) == said


def test_the_part_of_the_day_is_not_said_twice():
    assert aloud.clock(time(11, 30), after=time(8, 30)) == "十一点半"
    assert aloud.clock(time(14, 0), after=time(8, 30)) == "下午两点"


def test_a_day_is_said_with_its_weekday():
    assert aloud.day(date(2026, 11, 25)) == "十一月二十五日，星期三"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2027年春风行动", "二零二七年春风行动"),
        ("3-5人，8:30到", "三到五人，八点半到"),
        ("车长3.5米", "车长三点五米"),
        ("C1驾驶员", "C一驾驶员"),
        ("打16000000012", "打幺六零，零零零零，零零幺二"),
        ("没有数字", "没有数字"),
    ],
)
def test_figures_in_somebodys_own_words_are_said_too(words, said):
    assert aloud.text(words) == said
