"""What the public notice of a claim shows of where people are registered."""

from __future__ import annotations

import pytest

from scheduling import claims
from tests.factories import TownshipFactory
from tests.graduates import people
from tests.scheduling.test_claims import MONDAY, certified, posted


@pytest.mark.parametrize(
    ("household", "town"),
    [
        ("柳河镇王庄村三组12号 电话13612349991 身份证990101199001017016", "柳河镇"),
        ("青禾县柳河镇", "柳河镇"),
        ("低保户，残疾二级，柳河镇", ""),
        ("外县东山镇", ""),
    ],
)
def test_of_where_somebody_is_registered_the_public_sees_one_of_the_countys_townships_or_nothing(
    session, household, town
):
    for name in ("柳河镇", "柳河"):
        TownshipFactory(name=name)
    row = certified(session, 2)
    people(session, row)[1].household = household
    posted(session, row)

    assert [line.town for line in claims.notice(session, row, today=MONDAY).rows] == [town]
