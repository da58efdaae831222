"""The freeze: from when booking closes, what an enterprise shows at a fair stands, so that its posters stay right.

The moment is the one its booth policy gives for the end of booking, and the fair's beginning where there is no policy
(a show's list has its lock besides). Until then the enterprise changes its list as it likes. From then on the desk
does, with a reason; an enterprise that has shown nothing yet may still say once what it brings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling.booths import policies
from scheduling.models import Fair, FairPolicy, FairVacancy, Vacancy


def moment(session: Session, fair: Fair) -> datetime:
    """Give when the lists of this fair are frozen (aware). One query."""
    return moments(session, [fair])[fair.id]


def moments(session: Session, fairs: Iterable[Fair]) -> dict[UUID, datetime]:
    """Give the same for several fairs, by their ids. One query."""
    asked = {fair.id: fair for fair in fairs}
    going = select(FairPolicy).where(FairPolicy.fair_id.in_(asked))
    known = {row.fair_id: row.policy for row in session.scalars(going)} if asked else {}
    return {id_: policies.hours(fair, policies.terms_of(known.get(id_))).closes for id_, fair in asked.items()}


def settled_with(session: Session, vacancy: Vacancy, *, now: datetime) -> list[Fair]:
    """Give the fairs that have settled on showing this vacancy and are not over: what they print names it as it is."""
    query = (
        select(Fair)
        .join(FairVacancy, FairVacancy.fair_id == Fair.id)
        .where(
            FairVacancy.vacancy_id == vacancy.id,
            FairVacancy.withdrawn_at.is_(None),
            Fair.ends_at > now,
            Fair.publication.has(),
            ~Fair.calling_off.has(),
        )
        .order_by(Fair.starts_at)
    )
    coming = list(session.scalars(query))
    frozen = moments(session, coming)
    return [fair for fair in coming if frozen[fair.id] <= now]
