"""From an accepted timetable back into a school's sessions."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from scheduling import courses, training_rules
from scheduling.models import Account, School
from scheduling.planning import timetable as given
from scheduling.planning.timetable import half_day_hours
from scheduling.plans.timetable.standing import Standing, slot_starts


def carry_out(
    session: Session,
    school: School,
    problem: given.Problem,
    plan: given.Plan,
    *,
    by: Account | None,
    now: datetime,
) -> None:
    """Let the sessions be what the plan says: they stay, move, are added or cancelled; again changes nothing.

    What has begun stays as it was. Raises what `courses.arrange` raises.
    """
    slugs = dict.fromkeys(group.key.partition("/")[0] for group in problem.groups)
    classes = {slug: courses.find(session, school.county, slug) for slug in slugs}
    standing = Standing.of(courses.standing_at(session, school), list(classes.values()), problem.grid, now=now)
    teachers = {teacher.key: teacher.name for teacher in problem.teachers}
    rooms = {room.key: room.name for room in problem.rooms}
    left = {(slug, kind): hours for slug, row in classes.items() for kind, hours in standing.hours_left(row).items()}
    taught: defaultdict[str, int] = defaultdict(int)
    lessons = []
    for meeting in sorted(plan.meetings, key=lambda each: each.slot):
        slug, kind, party = meeting.activity.split("/")
        minutes = training_rules.of(classes[slug].course).hour_minutes
        hours = min(half_day_hours(minutes), max(1, left[slug, kind] - taught[meeting.activity]))
        taught[meeting.activity] += hours
        starts_at = slot_starts(problem.grid, meeting.slot)
        lesson = courses.Lesson(
            class_id=classes[slug].id,
            starts_at=starts_at,
            ends_at=starts_at + hours * timedelta(minutes=minutes),
            hours=hours,
            kind=kind,
            party=int(party),
            teacher="、".join(teachers[key] for key in meeting.teachers),
            room=rooms.get(meeting.room or "", ""),
        )
        if starts_at > now:
            lessons.append(lesson)
    courses.arrange(session, lessons, instead_of=standing.movable, by=by, now=now)
