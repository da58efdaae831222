"""Leads (线索): a name, a phone and a job number, left by whoever watches or typed in by staff from comments."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import deeds, jobseekers, notices, once
from scheduling.fairs import require_unfinished
from scheduling.livestreams.locking import lock_of
from scheduling.livestreams.onair import Job, jobs_of
from scheduling.models import Account, Enterprise, Fair, LiveLead
from scheduling.refusals import ConsentMissing, LeadsClosed, NoSuchJobNo, NotFound

_TOLD = (
    "您报名的{no}号岗位“{title}”收到了，{firm}会打这个电话联系您。"
    "不收任何费用，有人要钱请别给。没报过名的不用理会。【送岗】"
)
AFTER = timedelta(days=7)  # who watches the replay may still leave one


def leave(
    session: Session,
    fair: Fair,
    *,
    name: str,
    phone: str,
    job_no: int,
    channel: str = "scan",
    relation: str = "self",
    consent: bool,
    at_desk: bool = False,
    by: Account | None,
    now: datetime,
) -> LiveLead:
    """Note that she wants to be rung up about a job of the show. The same person and job again is the first lead.

    `consent`: name and phone may be given to that enterprise, and where somebody else says so, she agreed. She
    is told once that it arrived. Staff may still enter some (`at_desk`) when the public cannot any more. Raises
    ConsentMissing, FairFinished, LeadsClosed(days), NoSuchJobNo(number), NameMissing, NotAPhone.
    """
    if not consent:
        raise ConsentMissing
    session.refresh(fair, with_for_update={"of": Fair, "read": True})  # beside one another, never beside a finish
    require_unfinished(fair)
    if not at_desk:
        require_open(fair, now=now)
    job = job_of(session, fair, job_no)
    person = jobseekers.known(session, fair.county, name=name, phone=phone, by=by, now=now)
    lead, is_new = once.write(
        session,
        LiveLead,
        {"fair_id": fair.id, "jobseeker_id": person.id, "job_no": job_no},
        enterprise_id=job.enterprise_id,
        channel=channel,
        relation=relation,
        left_at=now,
        by_id=by.id if by and at_desk else None,
    )
    if is_new:
        _tell(session, fair, job, person.phone, now=now)
        told: dict[str, Any] = {"job_no": job_no, "channel": channel, "relation": relation}
        deeds.record(session, "lead.left", lead, county=fair.county, by=by, now=now, **told)
    return lead


def _tell(session: Session, fair: Fair, job: Job, phone: str, *, now: datetime) -> None:
    """Tell whoever left her phone that it arrived and who will ring: once a phone and job, whoever typed it in."""
    once_only = f"lead/{fair.id}/{job.job_no}/{phone}"
    text = _TOLD.format(no=job.job_no, title=job.card.title, firm=job.enterprise)
    notices.write(session, fair.county, phone, text, about=deeds.about(fair), once=once_only, now=now)


def takes_leads(fair: Fair, *, now: datetime) -> bool:
    """Whether the public may leave leads: from the announcement until AFTER the show, or it is finished."""
    announced = fair.publication is not None and fair.calling_off is None
    return announced and fair.finish is None and now < fair.ends_at + AFTER


def require_open(fair: Fair, *, now: datetime) -> None:
    """Raise LeadsClosed(days) where the public may not leave leads."""
    if not takes_leads(fair, now=now):
        raise LeadsClosed(days=AFTER.days)


def job_of(session: Session, fair: Fair, job_no: int) -> Job:
    """Give the job of this number, as it is told in the show. Raises NoSuchJobNo(number)."""
    job = next((job for job in jobs_of(session, fair, lock_of(session, fair)) if job.job_no == job_no), None)
    if job is None:
        raise NoSuchJobNo(number=job_no)
    return job


def leads_of(
    session: Session, fair: Fair, *, of: Enterprise | None = None, most: int | None = None, skip: int = 0
) -> list[LiveLead]:
    """Give the leads of a show, newest first; with `of` those for that enterprise's jobs. One question."""
    query = select(LiveLead).where(LiveLead.fair_id == fair.id)
    if of is not None:
        query = query.where(LiveLead.enterprise_id == of.id)
    return list(session.scalars(query.order_by(LiveLead.left_at.desc(), LiveLead.id.desc()).limit(most).offset(skip)))


def channels(session: Session, fair: Fair, *, of: Enterprise | None = None) -> Counter[str]:
    """Count the leads of a show by the channel they came by. One question."""
    query = select(LiveLead.channel, func.count()).where(LiveLead.fair_id == fair.id).group_by(LiveLead.channel)
    if of is not None:
        query = query.where(LiveLead.enterprise_id == of.id)
    return Counter(dict(session.execute(query).all()))


def find_lead(session: Session, fair: Fair, id_: UUID) -> LiveLead:
    """Give one lead of the show. Raises NotFound."""
    lead = session.scalar(select(LiveLead).where(LiveLead.fair_id == fair.id, LiveLead.id == id_))
    if lead is None:
        raise NotFound
    return lead


def reveal(session: Session, lead: LiveLead, *, by: Account, now: datetime) -> str:
    """Give the whole phone of a lead to staff, and write down who saw it."""
    county = lead.jobseeker.county
    deeds.record(session, "lead.phone_revealed", lead, county=county, by=by, now=now, job_no=lead.job_no)
    return lead.jobseeker.phone
