"""Livestreams: one some days ago with all that came of it, one on air just now, the next one arranged, not locked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from portal.commands.demo import cast
from portal.commands.demo.fairs import CONTACT, HOST
from portal.commands.demo.people import Person
from portal.commands.demo.scene import Scene
from scheduling import fairs, livestreams, vacancies
from scheduling.models import Enterprise, Fair

MINUTE = timedelta(minutes=1)
HOSTS = ("小青", "小禾")
FIRMS, EACH = 8, 12  # domain.md §11: a show of two hours
JOBS = 2  # of each
TALK = {"opening": ("开场", 5), "policy": ("讲政策", 10), "qa": ("答疑", 5), "closing": ("收尾", 4)}  # title, minutes
LEADS, SO_FAR = 58, 9
CHANNELS = ("scan",) * 9 + ("comment",) * 5 + ("group",) * 2 + ("phone", "message")
FIGURES = {
    "views": 6240,
    "peak": 512,
    "stay": 96,
    "likes": 18400,
    "comments": 1310,
    "followers": 143,
    "consultations": 87,
    "resumes": 21,
    "intents": 12,
}
TELLS = "想去哪个岗位，报岗位号就行。家里人可以替您报。"


def settle(scene: Scene, held: list[Fair], firms: list[Enterprise], crowd: list[Person]) -> None:
    """Hold the shows; the enterprise whose phone is printed at the start is in each."""
    firms = sorted(firms, key=lambda firm: firm.contact_phone != cast.ENTERPRISE.phone)
    _arrange(scene, next(fair for fair in held if fair.kind == "livestream"), now=scene.ago(1))
    _past(scene, firms, crowd)
    _running(scene, firms, crowd)


def _past(scene: Scene, firms: list[Enterprise], crowd: list[Person]) -> None:
    starts = scene.at(-5, "19:30")
    told = {"title": "“送岗到家”直播带岗第6场", "place": "县融媒体中心二号演播室"}
    fair = _plan(scene, starts, starts + 2 * timedelta(hours=1), now=scene.ago(20), **told)
    _ask(scene, fair, firms, now=scene.ago(15))
    _arrange(scene, fair, now=scene.ago(12))
    livestreams.lock_show(scene.session, fair, by=scene.desk, now=scene.ago(10))
    show = livestreams.read(scene.session, fair)
    for slot in show.slots:
        own = show.jobs_of(slot)
        for place, cue in enumerate(cue for cue in show.cues if cue.slot is slot):
            at = slot.starts_at + place * slot.minutes / (len(own) + 1) * MINUTE
            job_no = cue.job.job_no if cue.job else None
            livestreams.put_on_air(scene.session, slot, job_no, by=scene.desk, now=at)
    livestreams.sign_off(scene.session, fair, by=scene.desk, now=show.ends_at)
    scanned = _leads(scene, fair, crowd, LEADS, until=show.ends_at)
    livestreams.note_stats(
        scene.session,
        fair,
        {**FIGURES, "signups": scanned},
        replay_url="https://live.example.com/qinghe-6",
        by=scene.desk,
        now=show.ends_at + 30 * MINUTE,
    )


def _running(scene: Scene, firms: list[Enterprise], crowd: list[Person]) -> None:
    """Let one have begun a quarter of an hour ago, followed by the plan's clock until somebody presses."""
    starts = scene.now - timedelta(minutes=15 + scene.now.minute % 5, seconds=scene.now.second)
    starts -= timedelta(microseconds=scene.now.microsecond)
    told = {"title": "“送岗到家”直播带岗加场", "place": "县融媒体中心一号演播室"}
    fair = _plan(scene, starts, starts + 2 * timedelta(hours=1), now=scene.ago(6), **told)
    _ask(scene, fair, firms, now=scene.ago(3))
    _arrange(scene, fair, now=scene.ago(2))
    livestreams.lock_show(scene.session, fair, by=scene.desk, now=scene.ago(1))
    _leads(scene, fair, crowd, SO_FAR, until=scene.now)


def _plan(scene: Scene, starts: datetime, ends: datetime, *, title: str, place: str, now: datetime) -> Fair:
    fair = fairs.plan(
        scene.session,
        scene.county,
        kind="livestream",
        title=title,
        township_id=None,
        market=None,
        place=place,
        starts_at=starts,
        ends_at=ends,
        host=HOST,
        livestream_url="https://live.example.com/qinghe",
        outdoor=False,
        audiences=["returnees", "women"],
        description=TELLS,
        by=scene.desk,
        now=now,
        **CONTACT,
    )
    fairs.publish(scene.session, fair, by=scene.desk, now=now)
    return fair


def _ask(scene: Scene, fair: Fair, firms: list[Enterprise], *, now: datetime) -> None:
    """Let the first firms that have approved jobs by then ask to be on air with two of them."""
    asked = 0
    for firm in firms:
        own = [job for job in vacancies.of_enterprise(scene.session, firm) if job.state == "approved"]
        jobs = [job for job in own if job.standing and job.standing.at < now][:JOBS]
        if jobs and asked < FIRMS:
            numbers = [str(job.no) for job in jobs]
            livestreams.want(scene.session, fair, firm, speaker=firm.contact_name, jobs=numbers, by=None, now=now)
            vacancies.choose(scene.session, fair, firm, {job.no for job in jobs}, by=scene.desk, now=now)
            asked += 1


def _arrange(scene: Scene, fair: Fair, *, now: datetime) -> None:
    """Put those who asked one after the other, with talk at both ends and in the middle."""
    asked = livestreams.asked(scene.session, fair)[:FIRMS]
    firms = [_of(scene, fair, row.enterprise) for row in asked]
    talk = {
        kind: livestreams.Slot(kind, kind, title, fair.starts_at, minutes) for kind, (title, minutes) in TALK.items()
    }
    half = len(firms) // 2
    order = [talk["opening"], *firms[:half], talk["policy"], *firms[half:], talk["qa"], talk["closing"]]
    slots, at = [], fair.starts_at
    for place, slot in enumerate(order):
        slots.append(replace(slot, starts_at=at, host=HOSTS[place % len(HOSTS)]))
        at += slot.minutes * MINUTE
    livestreams.arrange(scene.session, fair, slots, by=scene.desk, now=now)


def _of(scene: Scene, fair: Fair, firm: Enterprise) -> livestreams.Slot:
    numbers = [shown.job_no for shown in vacancies.shown_at(scene.session, fair, firm)]
    return livestreams.Slot(
        key=str(firm.id),
        kind="company",
        title=firm.name,
        starts_at=fair.starts_at,
        minutes=EACH,
        speaker=firm.contact_name,
        enterprise_id=firm.id,
        first_job_no=min(numbers, default=None),
        last_job_no=max(numbers, default=None),
    )


def _leads(scene: Scene, fair: Fair, crowd: list[Person], number: int, *, until: datetime) -> int:
    """Let people ask for jobs while the show goes on; give how many came by the QR."""
    jobs = [job.job_no for job in livestreams.read(scene.session, fair).jobs]
    step = (until - fair.starts_at) / (number + 1)
    for place, person in enumerate(scene.chance.sample(crowd, number), 1):
        channel = scene.chance.choice(CHANNELS)
        livestreams.leave(
            scene.session,
            fair,
            name=person.name,
            phone=person.phone,
            job_no=scene.chance.choice(jobs),
            channel=channel,
            relation="child" if place % 7 == 0 else "self",
            consent=True,
            at_desk=channel not in {"scan", "group"},
            by=None if channel in {"scan", "group"} else scene.desk,
            now=fair.starts_at + step * place,
        )
    return livestreams.channels(scene.session, fair)["scan"]
