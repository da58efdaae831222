"""Laying a class on the shelf: every paper there is, named where there is none, and the manifest that holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale

from portal import filters
from portal.clock import HERE
from portal.shelf.parts import Part, parts
from portal.wording import word
from scheduling import archives, training_rules
from scheduling.models import Account, TrainingClass

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORMAT = 1
NOTE = "身份证号只留后四位。"


@dataclass(frozen=True)
class Laid:
    """What was laid together: the ZIP, the SHA-256 of each file in it by name, the digest of each part of the class."""

    data: bytes
    manifest: dict[str, str]
    facts: dict[str, str]


def lay(session: Session, training_class: TrainingClass, *, by: Account, now: datetime) -> Laid:
    """Put the file of a class together as it stands. Nothing is written: `archives.keep` does that."""
    facts = archives.digests(session, training_class)
    with force_locale("zh"):
        made = list(parts(session, training_class, now=now))
        files = {part.name: part.data for part in made if part.data is not None}
        told = _told(training_class, made, files, facts, by=by, now=now)
        files["manifest.json"] = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
        files["manifest.txt"] = _said(told).encode()
    return Laid(archives.packed(files), archives.hashes(files), facts)


def _told(
    training_class: TrainingClass,
    made: list[Part],
    files: Mapping[str, bytes],
    facts: Mapping[str, str],
    *,
    by: Account,
    now: datetime,
) -> dict[str, Any]:
    course, school, hashes = training_class.course, training_class.school, archives.hashes(files)
    return {
        "format": FORMAT,
        "class": {
            "number": training_class.number,
            "title": training_class.title,
            "filing_no": training_class.filing_no,
            "course": course.name,
            "school": school.name if school else "",
            "starts_on": training_class.starts_on.isoformat(),
            "ends_on": training_class.ends_on.isoformat(),
        },
        "made_at": now.astimezone(HERE).isoformat(timespec="minutes"),
        "made_by": by.name,
        "archive_years": training_rules.of(course).archive_years,
        "rules": {"name": course.rules.name if course.rules else "", **asdict(training_rules.of(course))},
        "note": NOTE,
        "files": {name: {"sha256": hashes[name], "bytes": len(files[name])} for name in sorted(files)},
        "missing": {part.name: part.why for part in made if part.data is None},
        "facts": dict(facts),
    }


def _said(told: Mapping[str, Any]) -> str:
    """Say the manifest in words; the lines of hashes are as `sha256sum -c` reads them."""
    about = told["class"]
    at = datetime.fromisoformat(told["made_at"])
    made = f"{filters.full_day(at)} {filters.clock(at)}"
    lines = [
        f"{about['title']}（{about['number']}号班） 归档清单",
        f"课程：{about['course']}　承训机构：{about['school'] or '—'}　备案号：{about['filing_no'] or '—'}",
        f"起止：{about['starts_on']} 至 {about['ends_on']}",
        f"{told['made_by']} {made}归档，保管{told['archive_years']}年。{told['note']}",
        f"用的规则：{told['rules']['name'] or '示例'}",
        "",
        "文件（SHA-256）：",
        *(f"{one['sha256']}  {name}" for name, one in told["files"].items()),
        "",
        "没有的：",
        *(f"{name}：{why}" for name, why in told["missing"].items()),
        "",
        "各部分数据的摘要（SHA-256），以后改了看得出来：",
        *(f"{word(part, 'archive.part')}：{digest}" for part, digest in told["facts"].items()),
        "",
    ]
    return "\n".join(lines)
