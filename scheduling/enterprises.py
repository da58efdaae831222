"""Enterprises: registering one, keeping its details right, and the desk's review of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduling import accounts, booths, deeds, identity, lint, notices
from scheduling.models import Account, Enterprise, EnterpriseReview, Township
from scheduling.refusals import (
    AccountHasEnterprise,
    AgencyPermitMissing,
    EnterpriseKnown,
    EnterpriseNameMissing,
    NoSuchEnterprise,
    NotFound,
    ReasonMissing,
)

# What the desk checks against papers: locked by an approval, a change reopens the review (domain.md §4).
REGISTRY = (
    "name",
    "nature",
    "industry",
    "size",
    "township_id",
    "legal_representative",
    "is_agency",
    "agency_permit_no",
)
# What a company may change at any time.
FREE = ("address", "contact_name", "contact_phone", "landline", "intro")

# To the company's phone, whose language nobody asked for: Chinese, like every message that leaves the county.
_TOLD = {
    "approved": "{name}的单位资料已审核通过，可以发布岗位、订招聘会展位了。【送岗】",
    "returned": "{name}的单位资料被退回，原因：{reason}。请登录送岗改好后再提交，或打电话找窗口。【送岗】",
    "withdrawn": "{name}已被停止使用送岗，原因：{reason}。有疑问请打电话或到窗口。【送岗】",
}


def register(
    session: Session,
    county: str,
    *,
    uscc: str,
    name: str,
    contact_name: str,
    contact_phone: str,
    nature: str = "",
    industry: str = "",
    size: str = "",
    township_id: UUID | None = None,
    address: str = "",
    legal_representative: str = "",
    landline: str = "",
    is_agency: bool = False,
    agency_permit_no: str = "",
    intro: str = "",
    by: Account | None,
    now: datetime,
) -> Enterprise:
    """Register an employer under its credit code; a phone account that asks becomes its member.

    Asking again with the same code gives the same enterprise, as it stands. One that the desk entered, and that
    nobody speaks for yet, is taken over by the account of its contact's phone. Staff register for others and become
    no member. Raises NotACreditCode, EnterpriseNameMissing, NotAPhone, AgencyPermitMissing, EnterpriseKnown,
    AccountHasEnterprise(name), and AdvertBlocked(phrases, rule, field): the public reads its introduction.
    """
    code = identity.credit_code(uscc)
    if by is not None:  # one account registers one enterprise at a time: the second tap waits and finds the first's
        session.refresh(by, with_for_update={"of": Account, "key_share": True})
    known = session.scalar(select(Enterprise).where(Enterprise.county == county, Enterprise.uscc == code))
    if known is not None:
        return _taken_over(session, known, by=by, now=now)
    _belongs_nowhere(session, by)
    lint.require_lawful(intro, field="intro")
    enterprise = Enterprise(
        county=county,
        uscc=code,
        name=_named(name),
        nature=nature.strip(),
        industry=industry.strip(),
        size=size.strip(),
        township_id=_township(session, county, township_id),
        address=address.strip(),
        legal_representative=legal_representative.strip(),
        contact_name=identity.name(contact_name),
        contact_phone=identity.phone(contact_phone),
        landline=landline.strip(),
        is_agency=is_agency,
        agency_permit_no=_permit(is_agency=is_agency, permit=agency_permit_no),
        intro=intro.strip(),
        submitted_at=now,
    )
    try:
        with session.begin_nested():
            session.add(enterprise)
            session.flush()
    except IntegrityError:  # somebody registered this code a moment ago
        known = session.scalars(select(Enterprise).where(Enterprise.county == county, Enterprise.uscc == code)).one()
        return _taken_over(session, known, by=by, now=now)
    deeds.record(session, "enterprise.registered", enterprise, by=by, now=now)
    _join(session, enterprise, by, now=now)
    return enterprise


def revise(
    session: Session, enterprise: Enterprise, *, by: Account | None, now: datetime, **changes: str | bool | UUID | None
) -> Enterprise:
    """Change fields of REGISTRY or FREE. A changed registry field, or anything on a returned one, reopens the review.

    The credit code is not among them: a wrong one is the desk's to put right. Raises EnterpriseNameMissing, NotAPhone,
    AgencyPermitMissing, AdvertBlocked(phrases, rule, field) for its introduction, NotFound (township), and TypeError
    for a field that is neither.
    """
    if unknown := changes.keys() - {*REGISTRY, *FREE}:
        raise TypeError(f"not a field of an enterprise that can be revised: {sorted(unknown)}")
    session.refresh(enterprise, with_for_update={"of": Enterprise})
    wanted = {field: value.strip() if isinstance(value, str) else value for field, value in changes.items()}
    checks = {"name": _named, "contact_name": identity.name, "contact_phone": identity.phone}
    for field in checks.keys() & wanted.keys():
        wanted[field] = checks[field](str(wanted[field]))
    if "township_id" in wanted:
        township_id = wanted["township_id"]
        wanted["township_id"] = _township(session, enterprise.county, township_id)  # type: ignore[arg-type]
    lint.require_lawful(str(wanted.get("intro", "")), field="intro")
    agency = bool(wanted.get("is_agency", enterprise.is_agency))
    permit = str(wanted.get("agency_permit_no", enterprise.agency_permit_no))
    wanted["agency_permit_no"] = _permit(is_agency=agency, permit=permit)
    changed = sorted(field for field, value in wanted.items() if getattr(enterprise, field) != value)
    for field in changed:
        setattr(enterprise, field, wanted[field])
    reopens = enterprise.state == "returned" or (enterprise.state == "approved" and set(changed) & set(REGISTRY))
    if enterprise.standing and reopens:  # who was put out (withdrawn) does not come back by changing a field
        enterprise.standing.lifted_at = now
        enterprise.submitted_at = now
        deeds.record(session, "enterprise.resubmitted", enterprise, by=by, now=now)
    if changed:
        deeds.record(session, "enterprise.revised", enterprise, by=by, now=now, fields=",".join(changed))
    session.flush()
    session.expire(enterprise, ["standing", "township"])
    return enterprise


def review(
    session: Session, enterprise: Enterprise, verdict: str, *, reason: str = "", by: Account | None, now: datetime
) -> EnterpriseReview:
    """Say `approved`, `returned` (back, to be put right) or `withdrawn` (put out); the last two need a reason.

    The same verdict again changes nothing. The contact is told once. Whoever is not approved any more loses the
    booths of fairs that have not begun (domain.md §4). Raises ReasonMissing.
    """
    if verdict not in _TOLD:
        raise TypeError(f"no such verdict: {verdict}")
    reason = reason.strip()
    if verdict != "approved" and not reason:
        raise ReasonMissing
    session.refresh(enterprise, with_for_update={"of": Enterprise})
    standing = enterprise.standing
    if standing is not None:
        if (standing.verdict, standing.reason) == (verdict, reason):
            return standing
        standing.lifted_at = now
        session.flush()
    made = EnterpriseReview(
        enterprise_id=enterprise.id, verdict=verdict, reason=reason, by_id=by.id if by else None, at=now
    )
    session.add(made)
    session.flush()
    session.expire(enterprise, ["standing"])
    deeds.record(session, f"enterprise.{verdict}", enterprise, by=by, now=now)
    notices.write(
        session,
        enterprise.county,
        enterprise.contact_phone,
        _TOLD[verdict].format(name=enterprise.name, reason=reason.rstrip("。.")),
        about=deeds.about(enterprise),
        once=f"review/{made.id}",
        now=now,
    )
    if verdict != "approved":
        booths.cancel_all(session, enterprise, by=by, now=now)
    return made


def find(session: Session, county: str, id_: UUID) -> Enterprise:
    """Give the enterprise of this county with this id. Raises NotFound."""
    enterprise = session.scalar(select(Enterprise).where(Enterprise.county == county, Enterprise.id == id_))
    if enterprise is None:
        raise NotFound
    return enterprise


def find_by_code(session: Session, county: str, uscc: str) -> Enterprise:
    """Give the enterprise with this credit code. Raises NotACreditCode, NoSuchEnterprise."""
    code = identity.credit_code(uscc)
    enterprise = session.scalar(select(Enterprise).where(Enterprise.county == county, Enterprise.uscc == code))
    if enterprise is None:
        raise NoSuchEnterprise
    return enterprise


def listed(session: Session, county: str, *, state: str = "", words: str = "") -> list[Enterprise]:
    """Give the enterprises in one state (all without one) whose name or credit code holds `words`.

    Those who wait come first come first served; all others newest first. One query.
    """
    query = select(Enterprise).where(Enterprise.county == county)
    standing = select(EnterpriseReview.id).where(
        EnterpriseReview.enterprise_id == Enterprise.id, EnterpriseReview.lifted_at.is_(None)
    )
    if state == "submitted":
        query = query.where(~standing.exists()).order_by(Enterprise.submitted_at, Enterprise.id)
    else:
        query = query.order_by(Enterprise.submitted_at.desc(), Enterprise.id.desc())
        if state:
            query = query.where(standing.where(EnterpriseReview.verdict == state).exists())
    if words := words.strip():
        query = query.where(
            or_(Enterprise.name.icontains(words, autoescape=True), Enterprise.uscc == words.replace(" ", "").upper())
        )
    return list(session.scalars(query))


def waiting(session: Session, county: str) -> list[Enterprise]:
    """Give the enterprises that wait for the desk, first come first served. One query."""
    return listed(session, county, state="submitted")


def count(session: Session, county: str) -> dict[str, int]:
    """Count the enterprises by state, for the tabs of the queue. One query."""
    state = func.coalesce(EnterpriseReview.verdict, "submitted")
    query = (
        select(state, func.count())
        .select_from(Enterprise)
        .outerjoin(
            EnterpriseReview,
            (EnterpriseReview.enterprise_id == Enterprise.id) & EnterpriseReview.lifted_at.is_(None),
        )
        .where(Enterprise.county == county)
        .group_by(state)
    )
    return dict(session.execute(query).all())


def _taken_over(session: Session, known: Enterprise, *, by: Account | None, now: datetime) -> Enterprise:
    """Give `known` to whom it belongs, or who may speak for it. Raises EnterpriseKnown, AccountHasEnterprise."""
    if by is not None and by.enterprise_id == known.id:
        return known
    if by is None or by.phone is None or by.phone != known.contact_phone:
        raise EnterpriseKnown
    if session.scalar(select(Account.id).where(Account.enterprise_id == known.id).limit(1)) is not None:
        raise EnterpriseKnown
    _belongs_nowhere(session, by)
    _join(session, known, by, now=now)
    return known


def _belongs_nowhere(session: Session, by: Account | None) -> None:
    if by is not None and by.enterprise_id is not None:
        raise AccountHasEnterprise(name=session.get_one(Enterprise, by.enterprise_id).name)


def _join(session: Session, enterprise: Enterprise, by: Account | None, *, now: datetime) -> None:
    """Make a phone account a member; staff, who have none, register for others."""
    if by is None or by.phone is None:
        return
    by.enterprise_id, by.name = enterprise.id, enterprise.contact_name
    accounts.grant(session, by, "enterprise", by=by, now=now)
    deeds.record(session, "enterprise.joined", enterprise, by=by, now=now)


def _named(name: str) -> str:
    name = " ".join(name.split())[:100]
    if not name:
        raise EnterpriseNameMissing
    return name


def _permit(*, is_agency: bool, permit: str) -> str:
    if is_agency and not permit.strip():
        raise AgencyPermitMissing
    return permit.strip() if is_agency else ""


def _township(session: Session, county: str, township_id: UUID | None) -> UUID | None:
    if (
        township_id is not None
        and session.scalar(select(Township.id).where(Township.county == county, Township.id == township_id)) is None
    ):
        raise NotFound
    return township_id
