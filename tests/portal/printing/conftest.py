"""A fair to print, companies at its booths, and a reader of what was printed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from scheduling import booths, vacancies
from tests.factories import NOW, EnterpriseFactory, FairFactory, TownshipFactory, VacancyFactory, approve
from tests.portal.printing.prints import RARE, Print


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Print from one database: paper does not know which it was, and the rooms' own tests read both."""
    twice = [item for item in items if Path(__file__).parent in item.path.parents and "[postgres" in item.name]
    items[:] = [item for item in items if item not in twice]
    config.hook.pytest_deselected(items=twice)


@pytest.fixture(autouse=True)
def accessible(caplog):
    """Whatever a test prints is as PDF/UA-1 wants it; the press would go on without, and say so in the log."""
    yield
    assert [record.message for record in caplog.records if record.name == "portal.printing.press"] == []


@pytest.fixture
def printed():
    """What a page answered, as a print."""

    def read(answer) -> Print:
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.text[:300]
        return Print(answer.data)

    return read


@pytest.fixture
def fair(session):
    """A market fair with twelve booths."""
    made = FairFactory(
        slug="liuhe",
        title="柳河镇赶集招聘会",
        place="柳河镇农贸市场东门",
        starts_at=NOW + timedelta(days=2, minutes=-30),
    )
    booths.lay_out(session, made, count=12, by=None, now=NOW)
    return made


@pytest.fixture
def firm(session):
    """A company whose name holds characters that few fonts have."""
    town = TownshipFactory(name="柳河镇")
    told = {
        "contact_name": f"钱{RARE[0]}",
        "landline": "0990-7654321",
        "address": "柳河镇工业园二路6号",
        "township_id": town.id,
    }
    return approve(EnterpriseFactory(name=f"青禾县穗香{RARE}食品有限公司", nature="民营企业", size="100–299人", **told))


@pytest.fixture
def stand(session):
    """Let a firm stand at a booth of a fair with these vacancies: `stand(fair, firm, 3, title="缝纫工")`."""

    def come(fair, firm, number, *cards, confirmed=True):
        booking = booths.book(session, booths.find(session, fair, number), firm, by=None, now=NOW)
        if confirmed:
            booths.name_attendees(session, booking, attendees="钱经理、孙主管", phone="13600000003", by=None, now=NOW)
        for card in cards:
            vacancy = approve(VacancyFactory(enterprise=firm, enterprise_id=firm.id, **card))
            vacancies.show_at(session, fair, vacancy, by=None, now=NOW)
        session.flush()
        return booking

    return come
