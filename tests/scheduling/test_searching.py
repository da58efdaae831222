"""The search finds any part of a text, two characters too, on either database; every sign means itself."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from scheduling import enterprises, fairs, vacancies
from scheduling.models import Fair, Vacancy
from scheduling.models.sought import LONGEST, MOST, words_in
from tests.factories import COUNTY, EnterpriseFactory, FairFactory, VacancyFactory, approve


def shown(firm=None, **card):
    return approve(VacancyFactory(enterprise=firm or approve(EnterpriseFactory(name="青禾县穗香食品有限公司")), **card))


def found(session, words):
    return [row.title for row in vacancies.open_ones(session, COUNTY, words=words)]


def fairs_found(session, words, now):
    rows = fairs.published(session, COUNTY, now=now, words=words)
    assert fairs.count(session, COUNTY, now=now, words=words) == len(rows)
    return [row.title for row in rows]


@pytest.mark.parametrize(
    "words",
    [
        "电工",
        "低压",
        "压电",
        "低压电工",
        "工",
        "低压 电工",
        "  电工　",
        "ＣＮＣ",
        "cnc",
        "Cnc",
        "穗香",
        "食品有限",
        "柳河镇 电工",
        "上岗证",
        "100%",
    ],
)
def test_any_part_of_title_trade_place_certificate_or_name_is_found(session, words):
    shown(title="低压电工（CNC车间）", trade="维修电工", work_place="柳河镇产业园100%路1号", certificate="上岗证")
    shown(title="缝纫女装", firm=approve(EnterpriseFactory(name="青禾县新丰纺织厂")))

    assert found(session, words) == ["低压电工（CNC车间）"]


@pytest.mark.parametrize(
    "words", ["电焊", "工电", "电工 缝纫", "%", "_", "100_", "\\", "'", '"', "-电工", "电工*", "电 OR 工会", "👷"]
)
def test_what_does_not_stand_there_is_not_found(session, words):
    shown(title="低压电工")

    assert found(session, words) == []


def test_characters_far_apart_are_not_a_word_and_fields_do_not_run_together(session):
    shown(title="电气主管", trade="工段长")
    shown(title="送电", trade="工程车司机")

    assert found(session, "电工") == []


def test_a_description_is_not_searched_for_it_would_find_too_much(session):
    shown(title="缝纫工", description="厂里有电工，灯坏了马上修")

    assert found(session, "电工") == []


def test_signs_are_found_where_they_stand(session):
    shown(title="C#_程序员 100%远程", work_place="\\\\机房")

    for words in ("C#_", "100%", "_程", "\\", "%远"):
        assert found(session, words) == ["C#_程序员 100%远程"], words


def test_a_fair_is_found_by_part_of_its_title_or_place(session, now):
    FairFactory(title="退役军人专场招聘会", place="县文化广场", address="人民路18号")
    FairFactory(title="柳河镇赶集送岗", place="柳河镇集市入口")

    assert fairs_found(session, "招聘会", now) == ["退役军人专场招聘会"]
    assert fairs_found(session, "专场", now) == ["退役军人专场招聘会"]
    assert fairs_found(session, "广场 军人", now) == ["退役军人专场招聘会"]
    assert fairs_found(session, "集市", now) == ["柳河镇赶集送岗"]
    assert fairs_found(session, "人民路１８号", now) == ["退役军人专场招聘会"]
    assert fairs_found(session, "招工会", now) == []
    day = (now + timedelta(days=2)).date()
    assert len(fairs.entries(session, COUNTY, day, day, words="集市")[day]) == 1


def test_what_is_sought_changes_with_the_act_that_changes_the_text(session, now):
    vacancy, fair = shown(title="缝纫工"), FairFactory(title="春风行动招聘会")
    vacancies.revise(session, vacancy, title="平车工", by=None, now=now)
    assert (found(session, "缝纫"), found(session, "平车")) == (["缝纫工"], [])  # the change is not approved yet
    vacancies.review(session, vacancy, "approved", by=None, now=now)
    assert (found(session, "缝纫"), found(session, "平车")) == ([], ["平车工"])

    fair.title = "金秋招聘月"  # whichever act writes it
    session.flush()
    assert (fairs_found(session, "春风", now), fairs_found(session, "金秋", now)) == ([], ["金秋招聘月"])
    enterprises.revise(session, vacancy.enterprise, name="青禾县瑞丰纺织厂", by=None, now=now)
    approve(vacancy.enterprise)
    assert (found(session, "穗香"), found(session, "瑞丰")) == ([], ["平车工"])


def test_it_can_be_written_anew_for_every_row(session, now):
    shown(title="低压电工")
    FairFactory(title="专场招聘会")
    session.execute(update(Vacancy).values(sought=""))
    session.execute(update(Fair).values(sought="旧"))
    assert found(session, "电工") == []

    assert vacancies.rebuild(session) == 2
    assert vacancies.rebuild(session) == 0
    assert (found(session, "电工"), fairs_found(session, "招聘会", now)) == (["低压电工"], ["专场招聘会"])


def test_a_question_has_so_many_words_of_such_a_length():
    assert words_in("电工 " * 50) == ["电工"] * MOST
    assert words_in("字" * 500) == ["字" * LONGEST]
    assert words_in(" \u3000\u200b \ufeff") == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=80))
def test_whatever_is_typed_is_answered(session, words):
    vacancies.count_open(session, COUNTY, words=words.replace("\x00", ""))
