"""The file of a class on the shelf: the same twice is the same, a change is visible, and so is a hand in the ZIP."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from scheduling import archives, courses, enrolments, filings, samples
from scheduling.models import ClassArchive, Deed, TrainingRules
from scheduling.refusals import ArchiveOvertaken, NotAnArchive, NotFound
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory, OrderFactory, SchoolFactory
from tests.scheduling.filed import a_class, filed, written

LATER = NOW + timedelta(days=1)
FILES = {"01-开班申请表.pdf": b"%PDF one", "12-学员.xlsx": b"PK two", "manifest.json": b"{}"}


@pytest.fixture
def training_class(session):
    made = a_class(session)
    filed(session, made, number="1")
    return made


def kept(session, row, files=FILES, *, now=NOW) -> ClassArchive:
    facts = archives.digests(session, row)
    return archives.keep(session, row, manifest=archives.hashes(files), facts=facts, by=None, now=now)


def since(session, row, archive) -> list[str]:
    session.flush()
    session.expire_all()
    return archives.changed_since(archive, archives.digests(session, row))


def test_the_same_files_give_the_same_bytes_in_any_order():
    again = dict(reversed(FILES.items()))

    assert archives.packed(FILES) == archives.packed(again)
    assert archives.opened(archives.packed(FILES)) == FILES


def test_a_zip_says_its_chinese_names_and_a_time_that_never_changes():
    with zipfile.ZipFile(BytesIO(archives.packed(FILES))) as held:
        entries = held.infolist()

    assert [entry.filename for entry in entries] == sorted(FILES)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", archives.packed(FILES)[:-30]])
def test_what_is_no_zip_is_refused(data):
    with pytest.raises(NotAnArchive):
        archives.opened(data)


def test_a_zip_that_would_fill_the_memory_is_refused(monkeypatch):
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("a", b"0" * (archives.MOST_BYTES + 1))

    assert len(bomb.getvalue()) < 200_000
    with pytest.raises(NotAnArchive):
        archives.opened(bomb.getvalue())


def test_a_file_that_was_tampered_with_is_named(session, training_class):
    archive = kept(session, training_class)
    whole = archives.compared(archive.manifest, archives.opened(archives.packed(FILES)))
    other = {**FILES, "12-学员.xlsx": b"PK three", "new.txt": b"x"}
    del other["manifest.json"]
    told = archives.compared(archive.manifest, archives.opened(archives.packed(other)))

    assert whole.whole
    assert (told.same, told.differ, told.gone, told.added) == (
        ("01-开班申请表.pdf",),
        ("12-学员.xlsx",),
        ("manifest.json",),
        ("new.txt",),
    )


def test_the_very_same_again_is_one_archive_and_other_files_are_another(session, training_class):
    first, again = kept(session, training_class), kept(session, training_class, now=LATER)
    other = kept(session, training_class, {**FILES, "x": b"y"}, now=LATER)

    assert first.id == again.id != other.id
    assert [row.id for row, _who in archives.of_class(session, training_class)] == [other.id, first.id]
    assert session.scalars(select(Deed.facts).where(Deed.what == "class.archived").order_by(Deed.id)).all() == [
        {"files": 3},
        {"files": 4},
    ]


def test_what_was_changed_while_the_file_was_made_is_not_recorded_as_made(session, training_class):
    facts = archives.digests(session, training_class)
    written(session, training_class, textbook="另一本")

    with pytest.raises(ArchiveOvertaken):
        archives.keep(session, training_class, manifest={}, facts=facts, by=None, now=NOW)


def test_nothing_changed_since_is_said_too(session, training_class):
    assert since(session, training_class, kept(session, training_class)) == []


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("class", lambda _session, row: setattr(row, "place", "别处")),
        ("sessions", lambda session, row: courses.cancel_session(session, row.sessions[-1], by=None, now=LATER)),
        (
            "enrolments",
            lambda session, row: enrolments.cancel(session, enrolments.roster(session, row)[0], by=None, now=LATER),
        ),
        ("orders", lambda session, row: courses.pool(session, row, {OrderFactory().id: 1}, by=None, now=LATER)),
        ("dossier", lambda session, row: written(session, row, textbook="另一本")),
        ("checks", lambda session, row: samples.draw(session, row, by=None, now=LATER)),
    ],
)
def test_a_later_change_is_seen_in_its_part(session, training_class, part, change):
    archive = kept(session, training_class)
    change(session, training_class)

    assert since(session, training_class, archive) == [part]


def test_a_part_that_an_old_archive_knew_nothing_of_is_no_change(session, training_class):
    archive = kept(session, training_class)
    archive.facts = {part: digest for part, digest in archive.facts.items() if part != "orders"}
    session.flush()

    assert since(session, training_class, archive) == []


def test_a_filing_handed_in_since_is_seen(session, training_class):
    archive = kept(session, training_class)
    written(session, training_class, textbook="另一本")
    filings.submit(session, training_class, note="换书", by=None, now=LATER)

    assert since(session, training_class, archive) == ["dossier", "filing"]


def test_what_only_counts_or_is_emptied_in_time_is_no_change(session, training_class):
    archive = kept(session, training_class)
    training_class.queued += 5
    training_class.changed_at = LATER
    training_class.sessions[0].sequence += 1

    assert since(session, training_class, archive) == []


@pytest.mark.parametrize(("years", "until"), [(None, date(2036, 11, 23)), (15, date(2041, 11, 23))])
def test_it_is_kept_as_long_as_the_courses_rules_say(session, years, until):
    rules = TrainingRules(county=COUNTY, name="本地", archive_years=years) if years else None
    row = ClassFactory(course=CourseFactory(rules=rules))
    session.flush()

    assert archives.keep_until(row, kept(session, row)) == until


def test_a_leap_day_is_kept_until_the_first_of_march(session):
    row = ClassFactory()
    archive = kept(session, row, now=NOW.replace(year=2028, month=2, day=29))

    assert archives.keep_until(row, archive) == date(2038, 3, 1)


def test_a_class_called_off_has_a_file_too(session, training_class):
    courses.call_off(session, training_class, reason="停办", by=None, now=NOW)

    assert kept(session, training_class).class_id == training_class.id


def test_another_classes_archive_is_not_there(session, training_class):
    archive = kept(session, training_class)

    with pytest.raises(NotFound):
        archives.find(session, ClassFactory(school=SchoolFactory()), archive.id)
