"""Files of a fair: the emergency plan that publishing a large one needs, and photos beside its results."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer

from scheduling import fairs, pictures, results
from scheduling.models import FairFile
from scheduling.refusals import (
    FairCalledOff,
    FairFinished,
    FairNotReady,
    NotAPaper,
    NotAPicture,
    NotFound,
    PaperTooLarge,
    PhotoAhead,
    PhotosFull,
    PictureTooLarge,
)
from tests.factories import NOW, FairFactory
from tests.scheduling.fair_examples import deeds_about, ready
from tests.scheduling.test_fair_papers import PAPERS, PDF, permitted
from tests.scheduling.test_live_stats import JPEG, png
from tests.scheduling.test_results import BEGAN, fair, noted

__all__ = ["fair"]  # a fixture


def photo(session, fair, content=JPEG, now=NOW, **more) -> FairFile:
    return fairs.add_photo(session, fair, content, by=None, now=now, **more)


# The emergency plan


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (png(), "image/png")],
    ids=["pdf", "jpg", "png"],
)
def test_a_large_fair_is_published_once_its_permit_and_its_plan_are_in(session, content, kind):
    fair = ready(session, **PAPERS)
    with pytest.raises(FairNotReady) as lacking:
        fairs.publish(session, fair, by=None, now=NOW)

    row = fairs.attach_plan(session, fair, content, by=None, now=NOW)
    fairs.publish(session, fair, by=None, now=NOW)

    assert lacking.value.facts == {"missing": "emergency_plan"}
    assert (row.kind, row.size, fair.state) == (kind, len(content), "published")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>%PDF-1.7 %%EOF</html>",
        b"%PDF-1.7\nwithout an end",
        b"%PDF-9.9\n%%EOF",
        b"PK\x03\x04 a Word document",
        b"MZ\x90\x00",
    ],
)
def test_what_is_no_pdf_and_no_picture_is_no_plan_whatever_it_is_called(session, content):
    fair = ready(session, **PAPERS)

    with pytest.raises(NotAPaper):
        fairs.attach_plan(session, fair, content, by=None, now=NOW)

    assert fairs.missing(session, fair) == ["emergency_plan"]


def test_a_plan_of_exactly_five_megabytes_fits_and_one_byte_more_does_not(session):
    fair = ready(session, **PAPERS)
    full = PDF + b"%" * (fairs.LARGEST - len(PDF) - 6) + b"\n%%EOF"
    assert len(full) == fairs.LARGEST
    fairs.attach_plan(session, fair, full, by=None, now=NOW)

    with pytest.raises(PaperTooLarge) as refused:
        fairs.attach_plan(session, fair, b"%PDF-1.7" + full, by=None, now=NOW)

    assert refused.value.facts == {"most": 5}


def test_the_same_plan_again_is_one_and_another_takes_its_place(session):
    fair = ready(session, **PAPERS)
    first = fairs.attach_plan(session, fair, PDF, by=None, now=NOW)
    again = fairs.attach_plan(session, fair, PDF, by=None, now=NOW)
    other = fairs.attach_plan(session, fair, png(), by=None, now=NOW)

    assert (again is first, fairs.plan_of(session, fair) is other, first.removed_at) == (True, True, NOW)
    assert deeds_about(session, fair).count("fair.plan_attached") == 2
    kept = select(FairFile.content).where(FairFile.id == first.id)
    assert session.scalar(kept) == PDF  # it stood once: what the police read stays on record


def test_a_published_large_fair_keeps_its_plan(session):
    fair = permitted(session)
    plan = fairs.plan_of(session, fair)

    with pytest.raises(FairNotReady):
        fairs.remove_file(session, fair, plan, by=None, now=NOW)


def test_a_draft_s_plan_is_taken_away_and_is_missing_again(session):
    fair = ready(session, **PAPERS)
    plan = fairs.attach_plan(session, fair, PDF, by=None, now=NOW)
    for _ in range(2):
        fairs.remove_file(session, fair, plan, by=None, now=NOW)

    assert (fairs.plan_of(session, fair), fairs.missing(session, fair)) == (None, ["emergency_plan"])
    assert deeds_about(session, fair).count("fair.file_removed") == 1
    with pytest.raises(NotFound):
        fairs.file_of(session, fair, plan.id)


# Photos


def test_photos_are_kept_in_the_order_they_came_and_each_once(session, fair):
    first = photo(session, fair, caption=" 焊工展位前 ")
    again = photo(session, fair)
    other = photo(session, fair, png(), now=NOW + timedelta(minutes=1))

    assert [row.id for row in fairs.photos(session, fair)] == [first.id, other.id]
    assert (again is first, first.caption, first.width, first.height) == (True, "焊工展位前", 320, 240)
    assert fairs.file_of(session, fair, other.id).content == png()


def test_a_list_of_photos_carries_no_bytes(session, fair, queries):
    photo(session, fair)
    session.commit()
    session.expire_all()

    with queries() as asked:
        fairs.photos(session, fair)

    assert not any("fair_files.content," in statement for statement in asked)


@pytest.mark.parametrize("content", [PDF, b"", b"GIF89a"])
def test_a_photo_is_a_picture(session, fair, content):
    with pytest.raises(NotAPicture):
        photo(session, fair, content)


def test_a_photo_too_large_or_one_too_many_or_too_early_is_refused(session, fair):
    with pytest.raises(PictureTooLarge) as large:
        photo(session, fair, JPEG + b"\0" * fairs.LARGEST)
    with pytest.raises(PhotoAhead):
        photo(session, FairFactory(starts_at=NOW + timedelta(hours=1)))
    for number in range(fairs.MOST_PHOTOS):
        photo(session, fair, png(height=number + 1))
    with pytest.raises(PhotosFull):
        photo(session, fair)

    assert large.value.facts == {"most": 5}
    assert photo(session, fair, png(height=1)).height == 1  # one that is there already is no other one


def test_a_photo_taken_away_is_gone_from_the_disk_at_once(session, fair):
    row = photo(session, fair)
    for _ in range(2):
        fairs.remove_file(session, fair, row, by=None, now=NOW)

    assert fairs.photos(session, fair) == []
    left = session.scalars(select(FairFile).options(undefer(FairFile.content)).where(FairFile.id == row.id)).one()
    assert (left.content, left.removed_at) == (None, NOW)
    assert photo(session, fair).id != row.id  # whoever finds it was right may give it again


def test_a_finished_or_called_off_fair_takes_no_files(session, fair):
    row = photo(session, fair)
    noted(session, fair)
    results.finish(session, fair, by=None, now=NOW)
    off = FairFactory()
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)

    for act in (
        lambda: photo(session, fair, png()),
        lambda: fairs.attach_plan(session, fair, PDF, by=None, now=NOW),
        lambda: fairs.remove_file(session, fair, row, by=None, now=NOW),
    ):
        with pytest.raises(FairFinished):
            act()
    with pytest.raises(FairCalledOff):
        fairs.attach_plan(session, off, PDF, by=None, now=NOW)
    assert BEGAN < NOW


def test_a_paper_is_known_by_its_bytes():
    assert pictures.paper(PDF, most=1000) == pictures.Look("application/pdf", 0, 0)
    assert pictures.paper(JPEG, most=1000).kind == "image/jpeg"
