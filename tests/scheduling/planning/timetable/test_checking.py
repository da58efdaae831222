from dataclasses import replace

from scheduling.planning.timetable import Ban, Match, Meeting, Pin, Plan, breaches, moved
from tests.scheduling.planning.timetable.school import GROUP, LI, PRACTICE, RIGHT, THEORY, WORKSHOP, school


def said(problem, plan=RIGHT):
    return [(breach.rule, breach.about, str(breach.words)) for breach in breaches(problem, plan)]


def test_a_plan_that_keeps_every_rule_breaks_none():
    assert said(school()) == []


def test_a_teacher_who_falls_ill_is_named_with_the_day():
    ill = replace(LI, unavailable=frozenset({(0, 1)}))
    assert said(school(teachers=(ill, *school().teachers[1:]))) == [
        ("absent", ("theory#2",), "李老师10月12日（周一）下午不在，排了电工理论")
    ]


def test_trainees_at_work_cannot_come():
    working = replace(GROUP, unavailable=frozenset({(1, 0)}))
    assert said(school(groups=(working,))) == [
        ("shift", ("practice#1",), "电工一班10月13日（周二）上午没空，不能上电工实操")
    ]


def test_practice_before_theory_says_which_comes_too_early():
    early = replace(RIGHT, meetings=(*RIGHT.meetings[:3], replace(RIGHT.meetings[3], slot=(0, 1))))
    assert [breach[0] for breach in said(school(), early)] == ["order", "group"]
    assert said(school(), early)[0][2] == "电工实操10月12日（周一）下午开课，而电工理论要到10月12日（周一）下午才上完"


def test_two_classes_share_a_workshop_while_its_stations_last():
    other = replace(
        PRACTICE, key="other", name="焊工实操", groups=(), after=(), meetings=1, roles=(), stations=3, size=4
    )
    beside = Plan((*RIGHT.meetings, Meeting("other#1", "other", (1, 0), "shop")))
    few, many = (replace(other, stations=2), other)
    assert said(school(THEORY, PRACTICE, few), beside) == []
    assert said(school(THEORY, PRACTICE, many), beside) == [
        ("stations", ("practice#1", "other#1"), "电工实训室10月13日（周二）上午要用13个工位，只有12个")
    ]


def test_whoever_needs_the_whole_workshop_shares_it_with_nobody():
    exam = replace(PRACTICE, key="exam", name="考核", groups=(), after=(), meetings=1, roles=(), stations=0, size=2)
    beside = Plan((*RIGHT.meetings, Meeting("exam#1", "exam", (1, 0), "shop")))
    assert said(school(THEORY, PRACTICE, exam), beside) == [
        ("room", ("practice#1", "exam#1"), "电工实训室10月13日（周二）上午同时有：电工实操、考核")
    ]


def test_a_room_is_full_where_capacity_is_hard_and_only_dear_where_it_is_not():
    small = replace(WORKSHOP, capacity=19)
    rooms = (school().rooms[0], small)
    assert [breach[0] for breach in said(school(rooms=rooms))] == ["capacity", "capacity"]
    assert said(school(rooms=rooms, capacity_is_hard=False)) == []


def test_what_was_announced_must_stay():
    pin = Pin("theory", (0, 0), "101", ("wang",))
    assert said(school(pins=(pin,))) == [
        ("pin", ("theory#1",), "已公布的没有照办：电工理论在10月12日（周一）上午（101教室、王老师）")
    ]


def test_a_ban_is_told_with_its_reason():
    ban = Ban(Match(room="shop", slots=frozenset({(1, 1)})), "消防检查")
    assert said(school(bans=(ban,))) == [("ban", ("practice#2",), "电工实操不许排在10月13日（周二）下午：消防检查")]


def test_a_move_by_hand_shows_only_what_it_would_break():
    tired = replace(LI, max_per_day=1)
    problem = school(teachers=(tired, *school().teachers[1:]))
    assert [breach[0] for breach in said(problem)] == ["teacher_daily"]
    assert moved(problem, RIGHT, "practice#1", (2, 0)) == ()
    worse = moved(problem, RIGHT, "practice#1", (0, 0), teachers=("li",))
    assert [breach.rule for breach in worse] == ["teacher_daily", "order", "group", "teacher"]
