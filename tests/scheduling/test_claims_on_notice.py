"""What happens to people while their claim is on public notice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import certificates, claims, exams, placements
from scheduling.models import Deed
from scheduling.refusals import ClaimApproved, ReasonMissing
from tests.graduates import OVER, people, sit
from tests.scheduling.test_claims import AFTER, certified, lines, place, posted


def test_who_finds_a_job_while_the_notice_runs_keeps_what_was_posted_and_stops_nobody(session):
    row = certified(session, share_without_job=60)
    claim = posted(session, row)

    place(session, people(session, row)[2], now=OVER + timedelta(days=1))

    assert claims.troubles(session, row, claim) == []
    claims.approve(session, claim, by=None, now=AFTER)
    assert claims.total(claim.lines) == 480


def test_a_job_that_was_not_true_stops_the_approval_and_one_recorded_anew_does_not(session):
    row = certified(session, share_without_job=60)
    person = people(session, row)[2]
    first = place(session, person, now=OVER)
    claim = posted(session, row)
    later = OVER + timedelta(days=1)

    placements.undo(session, first, reason="登错单位", by=None, now=later)
    assert claims.troubles(session, row, claim) == [claims.Trouble("amounts", 1)]
    place(session, person, employer="外县的厂", now=later)

    assert claims.troubles(session, row, claim) == []


def test_who_passes_a_resit_while_the_notice_runs_stops_nobody_and_counts_when_it_is_withdrawn(session, clerk):
    row = certified(session)
    claim = posted(session, row)
    later = OVER + timedelta(days=1)
    again = sit(session, row, starts_at=OVER)
    exams.record(session, again, {seat.number: exams.Score(None, 90) for seat in again.seats}, by=None, now=later)
    exams.close(session, again, by=None, now=later)
    certificates.issue(session, row, issuer="人社局", on=later.date(), by=None, now=later)
    assert claims.troubles(session, row, claim) == []
    with pytest.raises(ReasonMissing):
        claims.withdraw(session, claim, reason=" ", by=clerk, now=later)

    for _ in range(2):
        claims.withdraw(session, claim, reason="补考合格", by=clerk, now=later)
    claims.make(session, row, by=clerk, now=later)
    claims.post(session, claim, by=clerk, now=later)

    assert lines(claim) == [(400, "per_hour")] * 3
    assert claim.posted_on == later.date()
    withdrawn = session.scalars(select(Deed.facts).where(Deed.what == "claim.withdrawn")).all()
    assert withdrawn == [{"reason": "补考合格"}]
    claims.approve(session, claim, by=clerk, now=AFTER + timedelta(days=5))
    with pytest.raises(ClaimApproved):
        claims.withdraw(session, claim, reason="太晚", by=clerk, now=AFTER + timedelta(days=5))
