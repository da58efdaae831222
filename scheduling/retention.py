"""Retention: what the law lets us keep for a while is forgotten by itself (《个人信息保护法》 第十九条).

Visitors' names and phones go 180 days after the last fair they reserved for, viewers' after they last asked for a job
in a livestream, readers' after they last left a phone for a vacancy (domain.md §9; an example, configurable); whoever
enrolled in a class stays, for a training file is kept ten years. With them go who came for an enterprise or spoke for
it on air, what was read at the gate, for a mistyped number may be a phone, and photos of the fair and screenshots of a
show, for people are on them, and what other calendars said of leave and bookings. An emergency plan is a paper of the
fair and stays three years (domain.md §3, Order 44).
Deeds hold nobody's name and stay; so do scans, which know their tickets: attendance counts as before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session

from scheduling.models import (
    Booking,
    BusyTime,
    Deed,
    Enrolment,
    Fair,
    FairFile,
    GateItem,
    Jobseeker,
    LiveLead,
    LivePicture,
    LiveRequest,
    LiveSlot,
    LiveStats,
    Notice,
    Plan,
    PlanAcceptance,
    PlanRun,
    PlanVersion,
    Reservation,
    Scan,
    VacancyInterest,
    Visitor,
)

VISITORS = timedelta(days=180)
PAPERS = timedelta(days=3 * 366)  # never less than three years
FORGOTTEN = "已清除"


def forget_visitors(session: Session, county: str, *, now: datetime, kept: timedelta = VISITORS) -> int:
    """Forget names and phones older than `kept`, and messages as old; give how many people were forgotten.

    Running it again changes nothing. The rows stay, so that what was counted stays countable.
    """
    before = now - kept
    past = select(Fair.id).where(Fair.county == county, Fair.ends_at < before)
    coming = select(Reservation.id).join(Fair).where(Reservation.jobseeker_id == Jobseeker.id, Fair.ends_at >= before)
    asking = select(LiveLead.id).where(LiveLead.jobseeker_id == Jobseeker.id, LiveLead.left_at >= before)
    interested = select(VacancyInterest.id).where(
        VacancyInterest.jobseeker_id == Jobseeker.id, VacancyInterest.left_at >= before
    )
    enrolled = select(Enrolment.id).where(Enrolment.jobseeker_id == Jobseeker.id)
    stale = select(Jobseeker.id).where(
        Jobseeker.county == county,
        Jobseeker.created_at < before,
        Jobseeker.name != FORGOTTEN,
        ~coming.exists(),
        ~asking.exists(),
        ~interested.exists(),
        ~enrolled.exists(),
    )
    session.execute(
        update(Reservation)
        .where(Reservation.fair_id.in_(past), Reservation.agent_phone != "")
        .values(agent_name="", agent_phone="")
    )
    session.execute(
        update(Booking)
        .where(Booking.fair_id.in_(past), or_(Booking.attendees != "", Booking.attendee_phone != ""))
        .values(attendees="", attendee_phone="")
    )
    session.execute(
        update(Scan).where(Scan.county == county, Scan.received_at < before, Scan.read != "").values(read="")
    )
    session.execute(
        update(GateItem)
        .where(GateItem.county == county, GateItem.received_at < before, GateItem.body != "")
        .values(body="")
    )
    session.execute(
        update(Visitor)
        .where(Visitor.county == county, Visitor.at < before, or_(Visitor.name != "", Visitor.phone != ""))
        .values(name="", phone="")
    )
    _forget_speakers(session, past)
    _forget_pictures(session, county, past, now=now)
    people = list(session.scalars(stale))
    for id_ in people:  # a phone of nobody, and no two alike: name and phone together are one person
        nobody = update(Jobseeker).where(Jobseeker.id == id_)
        session.execute(nobody.values(name=FORGOTTEN, phone=id_.hex[-20:]))
    session.execute(delete(BusyTime).where(BusyTime.county == county, BusyTime.ends_at < before))
    session.execute(delete(Notice).where(Notice.county == county, Notice.created_at < before))
    if people:
        session.add(
            Deed(county=county, what="retention.visitors", about="jobseekers", at=now, facts={"people": len(people)})
        )
    return len(people)


def _forget_pictures(session: Session, county: str, past: Select[UUID], *, now: datetime) -> None:
    """Forget pictures of these fairs, and plans of fairs three years ago; that there were some stays known."""
    of_shows = select(LiveStats.id).where(LiveStats.fair_id.in_(past))
    session.execute(delete(LivePicture).where(LivePicture.stats_id.in_(of_shows)))
    long_ago = select(Fair.id).where(Fair.county == county, Fair.ends_at < now - PAPERS)
    for what, fairs in (("photo", past), ("emergency_plan", long_ago)):
        kept = FairFile.fair_id.in_(fairs), FairFile.what == what, FairFile.content.is_not(None)
        session.execute(update(FairFile).where(*kept).values(content=None, caption=""))


def _forget_speakers(session: Session, past: Select[UUID]) -> None:
    """Forget who spoke in these livestreams; plans of how they were to run go whole, for names stand all over them."""
    for kind in (LiveRequest, LiveSlot):
        session.execute(update(kind).where(kind.fair_id.in_(past), kind.speaker != "").values(speaker=""))
    gone = [f"{Fair.__tablename__}/{id_}" for id_ in session.scalars(past.where(Fair.kind == "livestream"))]
    plans = select(Plan.id).where(Plan.kind == "airtime", Plan.about.in_(gone))
    versions = select(PlanVersion.id).where(PlanVersion.plan_id.in_(plans))
    session.execute(delete(PlanRun).where(PlanRun.plan_id.in_(plans)))
    session.execute(delete(PlanAcceptance).where(PlanAcceptance.version_id.in_(versions)))
    session.execute(update(PlanVersion).where(PlanVersion.plan_id.in_(plans)).values(came_from_id=None))
    session.execute(delete(PlanVersion).where(PlanVersion.plan_id.in_(plans)))
    session.execute(delete(Plan).where(Plan.id.in_(plans)))
