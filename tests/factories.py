"""Plain examples of every noun. A factory surprises nobody: approved, published, free, unless asked otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.alchemy import SQLAlchemyModelFactory

from portal.database import db
from scheduling import models
from scheduling.seals import Keyring

COUNTY = "990100"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 9:00 in Shanghai
KEYS = Keyring(b"a secret of the tests, long enough to be one")
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(n: int) -> str:
    """Make the n-th valid credit code (GB 32100)."""
    head = f"91990101MA{n:07d}"
    return head + _CREDIT[-sum(_CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(head)) % 31]


def id_number(n: int, born: date = date(1990, 1, 1)) -> str:
    """Make the n-th valid ID number (GB 11643) of an impossible region."""
    head = f"990101{born:%Y%m%d}{n % 1000:03d}"
    return head + "10X98765432"[sum(int(c) * pow(2, 17 - i, 11) for i, c in enumerate(head)) % 11]


class Rows(SQLAlchemyModelFactory):
    """Rows go into the app's own session and are flushed, so that they have keys."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = db.session
        sqlalchemy_session_persistence = "flush"


class TownshipFactory(Rows):
    class Meta:
        model = models.Township

    county = COUNTY
    code = Sequence(lambda n: f"9901{n:02d}")
    name = Sequence(lambda n: f"柳河{n}镇")


class MarketFactory(Rows):
    class Meta:
        model = models.Market

    county = COUNTY
    slug = Sequence(lambda n: f"market-{n}")
    township = SubFactory(TownshipFactory)
    township_id = SelfAttribute("township.id")
    name = SelfAttribute("township.name")


class AccountFactory(Rows):
    class Meta:
        model = models.Account

    county = COUNTY
    name = "王窗口"
    username = Sequence(lambda n: f"user{n}")
    created_at = NOW


class EnterpriseFactory(Rows):
    """Submitted, not yet reviewed; `approve(enterprise)` lets it in."""

    class Meta:
        model = models.Enterprise

    county = COUNTY
    uscc = Sequence(credit_code)
    name = Sequence(lambda n: f"青禾县穗香{n}食品有限公司")
    industry = "食品加工"
    contact_name = "钱经理"
    contact_phone = Sequence(lambda n: f"160{n:08d}")
    submitted_at = NOW


def approve(row):
    """Let the desk approve an enterprise or a vacancy; give it back fresh."""
    session = db.session()
    if isinstance(row, models.Enterprise):
        session.add(models.EnterpriseReview(enterprise_id=row.id, verdict="approved", at=NOW))
    else:
        session.add(models.VacancyReview(vacancy_id=row.id, verdict="approved", at=NOW))
    session.flush()
    session.expire(row)
    return row


class VacancyFactory(Rows):
    class Meta:
        model = models.Vacancy

    county = COUNTY
    no = Sequence(lambda n: n + 1)
    enterprise = SubFactory(EnterpriseFactory)
    enterprise_id = SelfAttribute("enterprise.id")
    title = "缝纫工"
    headcount = 5
    wage_low, wage_high = 3500, 6500
    submitted_at = NOW


class FairFactory(Rows):
    """A published market fair the day after tomorrow, 8:30 to 11:30."""

    class Meta:
        model = models.Fair

    class Params:
        draft = False

    county = COUNTY
    # far from the numbers that acts give, with a name nobody writes by hand: `market-7` of a test must not be made here
    number = Sequence(lambda n: n + 100_001)
    slug = LazyAttribute(lambda fair: f"made-{fair.number}")
    kind = "market_fair"
    title = Sequence(lambda n: f"柳河镇赶集招聘{n}")
    place = "柳河镇集市入口"
    starts_at = NOW + timedelta(days=2) - timedelta(minutes=30)
    uid = LazyAttribute(lambda fair: f"fair-{fair.number}@songgang.test")
    changed_at = NOW
    ends_at = LazyAttribute(lambda fair: fair.starts_at + timedelta(hours=3))
    publication = LazyAttribute(lambda fair: None if fair.draft else models.FairPublication(at=NOW))


class BoothFactory(Rows):
    class Meta:
        model = models.Booth

    fair = SubFactory(FairFactory)
    fair_id = SelfAttribute("fair.id")
    number = Sequence(lambda n: n + 1)


class JobseekerFactory(Rows):
    class Meta:
        model = models.Jobseeker

    county = COUNTY
    name = Sequence(lambda n: f"赵明田{n}")
    phone = Sequence(lambda n: f"136{n:08d}")
    created_at = NOW


class SchoolFactory(Rows):
    class Meta:
        model = models.School

    county = COUNTY
    name = Sequence(lambda n: f"青禾县第{n}技工学校")


class OrderFactory(Rows):
    class Meta:
        model = models.TrainingOrder

    county = COUNTY
    no = Sequence(lambda n: n + 1)
    enterprise = SubFactory(EnterpriseFactory)
    enterprise_id = SelfAttribute("enterprise.id")
    trade = "焊工"
    heads = 12
    wage_low, wage_high = 5500, 9000
    wanted_from = date(2027, 3, 1)
    promised_at = NOW


class CourseFactory(Rows):
    class Meta:
        model = models.Course

    county = COUNTY
    name = Sequence(lambda n: f"熔化焊接与热切割作业{n}")
    mode = "order_based"
    total_hours, theory_hours, practice_hours = 96, 40, 56
    min_age = 18
    education = "junior"
    class_cap = 30


class ClassFactory(Rows):
    """A published class of thirty seats, two weeks from now, open for enrolment until then."""

    class Meta:
        model = models.TrainingClass

    class Params:
        draft = False

    county = COUNTY
    number = Sequence(lambda n: n + 1)
    slug = LazyAttribute(lambda c: f"made-{c.number}")
    course = SubFactory(CourseFactory)
    course_id = SelfAttribute("course.id")
    title = Sequence(lambda n: f"焊工{n}班")
    place = "县技工学校"
    starts_on, ends_on = date(2026, 12, 7), date(2026, 12, 18)
    enrol_until = datetime(2026, 12, 5, 10, 0, tzinfo=UTC)
    seats = 30
    changed_at = NOW
    publication = LazyAttribute(lambda c: None if c.draft else models.ClassPublication(at=NOW))


class SessionFactory(Rows):
    """A half-day of practice in the class's first week."""

    class Meta:
        model = models.ClassSession

    class Params:
        training_class = SubFactory(ClassFactory)

    class_id = SelfAttribute("training_class.id")
    number = Sequence(lambda n: n + 1)
    starts_at = LazyAttribute(lambda s: datetime(2026, 12, 7, 0, 30, tzinfo=UTC) + timedelta(days=s.number))
    ends_at = LazyAttribute(lambda s: s.starts_at + timedelta(hours=3))
    hours = 4
    kind = "practice"
    uid = LazyAttribute(lambda s: f"session-{s.class_id}-{s.number}@songgang.test")
    changed_at = NOW
