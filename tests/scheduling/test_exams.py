from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import certificates, exams, refusals
from scheduling.exams import Outcome, Score, SeatAt
from scheduling.models import Deed, Exam, ExamSeat, Notice
from scheduling.training_rules import PRESETS, Terms
from tests.graduates import EXAM, OVER, attend, graduated, people, sit, taught

RESIT = datetime(2026, 12, 20, 6, 0, tzinfo=UTC)


def plan(session, training_class, **other) -> Exam:
    words = {"starts_at": EXAM, "place": "考场", "examiner": "丁考评", "by": None, "now": OVER}
    return exams.plan(session, training_class, **{**words, **other})


def score(session, exam, *scores: Score) -> None:
    exams.record(session, exam, dict(enumerate(scores, 1)), by=None, now=OVER)


def stands(*sat: tuple[int | None, int | None], terms: Terms) -> Outcome:
    """Where somebody stands after closed sittings with these scores; (None, None) is absent."""
    return exams.outcome(
        [
            SeatAt(
                Exam(attempt=number, closed_at=OVER),
                ExamSeat(theory=theory, practice=practice, absent=(theory, practice) == (None, None)),
            )
            for number, (theory, practice) in enumerate(sat, 1)
        ],
        terms,
    )


@pytest.mark.parametrize(
    ("sat", "state", "due"),
    [
        ([], "pending", ("theory", "practice")),
        ([(60, 60)], "passed", ()),
        ([(59, 60)], "resit", ("theory",)),
        ([(60, 59)], "resit", ("practice",)),
        ([(None, None)], "resit", ("theory", "practice")),
        ([(59, 60), (60, None)], "passed", ()),
        ([(59, 60), (59, None)], "failed", ("theory",)),
        ([(None, None), (None, None)], "failed", ("theory", "practice")),
        ([(90, 30), (None, 59)], "failed", ("practice",)),
    ],
)
def test_a_part_that_was_passed_stands_and_one_resit_is_for_the_other(sat, state, due):
    found = stands(*sat, terms=PRESETS["sample"])

    assert (found.state, found.due) == (state, due)


@pytest.mark.parametrize(("sat", "state"), [([(80, 80)], "passed"), ([(79, 80)], "resit"), ([(80, 79)], "resit")])
def test_special_work_asks_for_eighty_in_both_parts(sat, state):
    assert stands(*sat, terms=PRESETS["special_work"]).state == state


def test_rules_without_a_resit_fail_at_once_and_rules_with_two_allow_two():
    assert stands((59, 60), terms=Terms(resits=0)).state == "failed"
    assert stands((59, 60), (59, None), terms=Terms(resits=2)).state == "resit"


def test_scores_of_a_sitting_that_is_not_closed_say_nothing():
    open_ = SeatAt(Exam(attempt=1, closed_at=None), ExamSeat(theory=90, practice=90, absent=False))

    assert exams.outcome([open_], Terms()).state == "pending"


def test_a_sitting_is_planned_once_and_the_same_again_gives_it(session):
    row = taught(session)

    first, again = plan(session, row), plan(session, row)

    assert again is first
    assert (first.attempt, first.examiner, first.roster_at) == (1, "丁考评", None)
    assert session.scalars(select(Deed.what).where(Deed.what.like("exam.%"))).all() == ["exam.planned"]


@pytest.mark.parametrize(
    ("examiner", "refusal"),
    [
        ("魏师傅", refusals.ExaminerTaught),
        (" 魏师傅 ", refusals.ExaminerTaught),
        ("魏 师傅", refusals.ExaminerTaught),
        ("段师傅", refusals.ExaminerTaught),
        (" ", refusals.ExaminerMissing),
    ],
)
def test_who_taught_the_class_does_not_examine_it(session, examiner, refusal):
    row = taught(session)
    row.sessions[0].teacher = "魏师傅、段师傅"
    session.flush()

    with pytest.raises(refusal):
        plan(session, row, examiner=examiner)
    exam = plan(session, row)
    with pytest.raises(refusal):
        exams.revise(session, exam, starts_at=EXAM, place="考场", examiner=examiner, by=None, now=OVER)


def test_who_attended_enough_is_on_the_roster_and_the_others_are_named_with_what_they_lack(session):
    row = taught(session, 3)
    attend(session, row, but={1: 2, 2: 3})  # of ten lessons of four hours; eighty percent are thirty-two hours

    exam = sit(session, row)

    roster = people(session, row)
    assert [(seat.number, seat.enrolment) for seat in exam.seats] == [(1, roster[0]), (2, roster[1])]
    assert [(person, tally.still) for person, tally in exams.lacking(session, row, now=OVER)] == [(roster[2], 4)]


def test_a_roster_drawn_again_takes_in_who_reached_the_share_since_and_renumbers_nobody(session):
    row = taught(session, 2)
    attend(session, row, but={0: 10})
    exam = sit(session, row)
    assert [seat.number for seat in exam.seats] == [1]

    attend(session, row, but={1: 10})
    new = exams.draw_roster(session, exam, by=None, now=OVER)

    assert [(seat.number, seat.enrolment) for seat in new] == [(2, people(session, row)[0])]
    assert exams.draw_roster(session, exam, by=None, now=OVER) == []


def test_the_admission_number_says_class_sitting_and_place(session):
    row = taught(session)
    row.number = 37

    assert exams.admission(row, plan(session, row), 5) == "00371005"


def test_the_roster_is_due_so_many_days_before(session):
    row = taught(session, exam_roster_days=7)
    without = taught(session, first=10, name="别的", exam_roster_days=None)

    assert exams.roster_due(row, plan(session, row)) == date(2026, 12, 13)
    assert exams.roster_due(without, plan(session, without)) is None


def test_scores_are_not_written_without_a_roster_nor_before_the_sitting(session):
    row = taught(session)
    attend(session, row)
    exam = plan(session, row)
    with pytest.raises(refusals.RosterMissing):
        score(session, exam, Score(80, 80))
    exams.draw_roster(session, exam, by=None, now=OVER)

    with pytest.raises(refusals.ExamAhead):
        exams.record(session, exam, {1: Score(80, 80)}, by=None, now=EXAM - timedelta(minutes=1))


def test_the_same_scores_twice_change_nothing(session):
    row = taught(session)
    attend(session, row)
    exam = sit(session, row)

    changed = [exams.record(session, exam, {1: Score(85, 90), 2: Score(absent=True)}, by=None, now=OVER) for _ in "12"]

    assert changed == [2, 0]
    assert [(seat.theory, seat.practice, seat.absent) for seat in exam.seats] == [
        (85, 90, False),
        (None, None, True),
        (None, None, False),
    ]


@pytest.mark.parametrize("wrong", [{"theory": 101}, {"practice": -1}])
def test_no_score_lies_outside_nought_to_a_hundred(wrong):
    with pytest.raises(ValueError, match="no score"):
        Score(**wrong)


def test_a_sitting_closes_when_nobodys_scores_are_missing(session):
    row = taught(session)
    attend(session, row)
    exam = sit(session, row)
    score(session, exam, Score(85, 90), Score(85, None), Score(absent=True))
    with pytest.raises(refusals.ScoresMissing) as refused:
        exams.close(session, exam, by=None, now=OVER)
    assert refused.value.facts == {"number": 1}

    exams.record(session, exam, {2: Score(85, 60)}, by=None, now=OVER)
    exams.close(session, exam, by=None, now=OVER)
    exams.close(session, exam, by=None, now=OVER + timedelta(hours=1))

    assert exam.closed_at == OVER
    with pytest.raises(refusals.ExamClosed):
        score(session, exam, Score(86, 90))


def test_everybody_is_told_her_own_result_and_nobody_elses(session):
    row = graduated(session, 2)

    told = {
        notice.phone: notice.text for notice in session.scalars(select(Notice).where(Notice.text.contains("结业考核")))
    }
    assert told == {
        "16000000000": f"“{row.title}”结业考核：理论85分，实操55分，还没合格，"
        "可以补考一次没过的部分，时间另行通知。【送岗】",
        "16000000001": f"“{row.title}”结业考核：理论85分，实操90分，合格。证书办好后会再发短信。【送岗】",
    }


def test_a_resit_is_for_those_who_failed_and_only_in_what_they_failed(session):
    row = graduated(session)

    resit = sit(session, row, starts_at=RESIT)
    score(session, resit, Score(10, 70))
    exams.close(session, resit, by=None, now=OVER)

    (seat,) = resit.seats
    assert (resit.attempt, seat.enrolment, seat.theory, seat.practice) == (2, people(session, row)[0], None, 70)
    found = exams.outcome_of(session, seat.enrolment)
    assert (found.state, found.theory, found.practice, found.sittings) == ("passed", 85, 70, 2)


def test_there_is_no_resit_before_the_scores_are_final_nor_when_nobody_failed_nor_more_than_the_rules_allow(session):
    row = taught(session)
    attend(session, row)
    exam = sit(session, row)
    with pytest.raises(refusals.ExamNotClosed):
        plan(session, row, starts_at=RESIT)
    score(session, exam, Score(85, 90), Score(85, 90), Score(85, 50))
    exams.close(session, exam, by=None, now=OVER)
    resit = sit(session, row, starts_at=RESIT)
    score(session, resit, Score(None, 59))
    exams.close(session, resit, by=None, now=OVER)

    with pytest.raises(refusals.NoResitLeft) as refused:
        plan(session, row, starts_at=RESIT + timedelta(days=1))

    assert refused.value.facts == {"most": 1}


def test_where_everybody_passed_there_is_nobody_to_resit(session):
    row = taught(session, 1)
    attend(session, row)
    exam = sit(session, row)
    score(session, exam, Score(85, 90))
    exams.close(session, exam, by=None, now=OVER)

    with pytest.raises(refusals.NobodyToResit):
        plan(session, row, starts_at=RESIT)


def test_a_final_score_changes_only_with_a_reason_which_the_deed_keeps_with_what_was_before(session, clerk):
    row = graduated(session)
    exam = exams.find(session, row, 1)
    seat = exams.seat(session, exam, 1)
    with pytest.raises(refusals.ReasonMissing):
        exams.correct(session, exam, seat, Score(85, 65), reason=" ", by=clerk, now=OVER)

    for _ in range(2):
        exams.correct(session, exam, seat, Score(85, 65), reason="登分时看错行", by=clerk, now=OVER)

    assert exams.outcome_of(session, seat.enrolment).state == "passed"
    deeds = session.scalars(select(Deed).where(Deed.what == "exam.score_corrected")).all()
    assert [deed.facts for deed in deeds] == [{"before": "85/55", "reason": "登分时看错行"}]


def test_scores_that_are_not_final_are_entered_and_not_corrected(session):
    row = taught(session)
    attend(session, row)
    exam = sit(session, row)

    with pytest.raises(refusals.ExamNotClosed):
        exams.correct(session, exam, exam.seats[0], Score(85, 65), reason="看错行", by=None, now=OVER)


def test_a_score_is_not_corrected_below_the_pass_mark_of_somebody_with_a_certificate(session):
    row = graduated(session)
    certificates.issue(session, row, issuer="青禾县人社局", on=OVER.date(), by=None, now=OVER)
    exam = exams.find(session, row, 1)

    with pytest.raises(refusals.CertificateStands):
        exams.correct(session, exam, exams.seat(session, exam, 2), Score(59, 90), reason="看错行", by=None, now=OVER)


@pytest.mark.parametrize("number", [1, 8])
def test_who_sits_next_is_read_in_as_many_questions_whatever_their_number(session, queries, number):
    row = taught(session, number)
    attend(session, row)
    session.commit()
    session.expire_all()
    _ = row.course.rules

    with queries() as asked:
        found = exams.due(session, row, now=OVER)

    assert len(found) == number
    assert len(asked) <= 7
