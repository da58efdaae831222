from datetime import timedelta

import pytest
from sqlalchemy import func, select

from scheduling import reservations, tickets
from scheduling.models import Draft, Fair, Notice, Reservation
from tests.factories import KEYS, NOW, FairFactory

WHO, NAME, PHONE = {"who": "self"}, {"name": " 王秀兰 "}, {"phone": "136 0000-0001"}
AGENT = {"relation": "child", "agent_name": "王小明", "agent_phone": "13600000002", "consent": "y"}


@pytest.fixture
def new():
    return f"/fairs/{FairFactory(slug='market-7', capacity=5).slug}/reservations/new"


def answer(client, new, /, **steps):
    """Answer pages in order; give where the last one led."""
    for step, typed in steps.items():
        page = client.post(f"{new}?step={step}", data=typed)
        assert page.status_code == 303, page.text
    return page.location


def made(session) -> int:
    return session.scalar(select(func.count()).select_from(Reservation))


def test_somebody_reserves_for_herself_in_four_steps(phone, session, new):
    assert phone.get(new).location.endswith("?step=who")
    assert answer(phone, new, who=WHO, name=NAME, phone=PHONE).endswith("?step=check")
    check = phone.get(f"{new}?step=check")
    ticket_page = answer(phone, new, check={})

    reservation = session.scalars(select(Reservation)).one()
    ticket = tickets.standing(session, reservation)
    assert "王秀兰" in check.text
    assert "136 0000 0001" in check.text
    assert ticket_page == f"/t/{tickets.token(ticket, KEYS)}"
    assert (reservation.jobseeker.name, reservation.jobseeker.phone) == ("王秀兰", "13600000001")


def test_a_relative_reserves_with_consent_in_five_steps(phone, session, new):
    where = answer(phone, new, who={"who": "other"}, name=NAME, phone=PHONE)
    agent = phone.get(where)
    answer(phone, new, agent=AGENT, check={})

    reservation = session.scalars(select(Reservation)).one()
    assert "第4步 共5步" in agent.text
    assert (reservation.relation, reservation.agent_name, reservation.agent_phone) == ("child", "王小明", "13600000002")


def test_a_double_tap_on_the_last_page_makes_one_reservation_and_shows_it(phone, session, new):
    answer(phone, new, who=WHO, name=NAME, phone=PHONE)

    first, again = answer(phone, new, check={}), answer(phone, new, check={})

    assert first == again
    assert made(session) == 1


def test_whoever_does_it_all_again_in_the_same_browser_ends_at_the_same_ticket(phone, session, new):
    pages = [answer(phone, new, who=WHO, name=NAME, phone=PHONE, check={}) for _ in range(2)]

    assert pages[0] == pages[1]
    assert made(session) == 1


def test_another_browser_gets_no_ticket_and_her_phone_the_number_at_most_three_times_an_hour(
    app, monkeypatch, phone, session, new
):
    ticket = answer(phone, new, who=WHO, name=NAME, phone=PHONE, check={})
    other = app.test_client()
    answer(other, new, who=WHO, name=NAME, phone=PHONE)
    moments = [NOW + timedelta(seconds=n) for n in range(5)]
    pages = []
    for moment in moments:
        monkeypatch.setitem(app.config, "CLOCK", lambda moment=moment: moment)
        pages.append(other.post(f"{new}?step=check"))

    notices = session.scalars(select(Notice.text).where(Notice.phone == "13600000001")).all()
    assert [page.status_code for page in pages] == [409] * 5
    assert "这个姓名和手机号已经预约过了" in pages[0].text
    assert '<a class="button button-quiet" href="/tickets"' in pages[0].text
    assert ticket not in pages[0].text
    assert (len(notices), len(set(notices))) == (4, 1)
    assert made(session) == 1


def test_an_agents_phone_is_not_written_to_without_end(app, session, new):
    statuses = []
    for n in range(41):
        client = app.test_client()
        where = answer(
            client, new, who={"who": "other"}, name={"name": "王秀兰"}, phone={"phone": f"136{n:08}"}, agent=AGENT
        )
        statuses.append(client.post(where).status_code)

    assert statuses[-2:] == [409, 429]  # full for long, and then too often


def test_the_next_person_on_the_same_phone_starts_with_empty_pages(phone, new):
    answer(phone, new, who=WHO, name=NAME, phone=PHONE, check={})

    assert phone.get(f"{new}?step=check").location.endswith("?step=who")
    assert answer(phone, new, who=WHO).endswith("?step=name")
    assert "王秀兰" not in phone.get(f"{new}?step=name").text


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("who", {}, "请选一个。"),
        ("name", {"name": "  "}, "请填姓名。"),
        ("phone", {"phone": "1360000"}, "请填11位手机号"),
        ("agent", {**AGENT, "consent": ""}, "请勾选“已征得本人同意”。"),
        ("agent", {**AGENT, "agent_phone": "110"}, "请填11位手机号"),
    ],
)
def test_what_a_page_refuses_it_explains_and_keeps(phone, new, step, typed, words):
    before = {"who": {"who": "other"}, "name": NAME, "phone": PHONE}
    order = list(before)
    answer(
        phone,
        new,
        **{each: before[each] for each in order[: order.index(step) if step in order else 3]} or {"who": WHO},
    )
    page = phone.post(f"{new}?step={step}", data=typed)

    assert page.status_code == 422
    assert words in page.text
    assert all(f'value="{value}"' in page.text for key, value in typed.items() if key.endswith("phone"))


def test_no_page_can_be_skipped(phone, new):
    answer(phone, new, who=WHO)

    assert phone.get(f"{new}?step=check").location.endswith("?step=name")
    assert phone.post(f"{new}?step=check").location.endswith("?step=name")
    assert phone.get(f"{new}?step=nonsense").location.endswith("?step=name")


def test_an_answer_can_be_changed_and_comes_back_to_the_check(phone, new):
    answer(phone, new, who=WHO, name=NAME, phone=PHONE)
    shown = phone.get(f"{new}?step=name")

    assert 'value="王秀兰"' in shown.text
    assert answer(phone, new, name={"name": "王秀英"}).endswith("?step=check")
    assert "王秀英" in phone.get(f"{new}?step=check").text


def test_answers_wait_sealed_and_never_in_the_address_or_the_cookie(phone, session, new):
    where = answer(phone, new, who=WHO, name=NAME, phone=PHONE)

    sealed = session.scalars(select(Draft.sealed)).one()
    assert where == f"{new}?step=check"
    assert b"13600000001" not in sealed


def test_a_full_fair_says_so_on_the_last_page(phone, session, new):
    fair = session.scalars(select(Fair)).one()
    fair.capacity = 1
    reservations.reserve(session, fair, name="李四", phone="13600000009", by=None, now=NOW)
    answer(phone, new, who=WHO, name=NAME, phone=PHONE)
    page = phone.post(f"{new}?step=check")

    assert page.status_code == 409
    assert "预约名额已满" in page.text
    assert made(session) == 1


def test_a_fair_that_is_over_or_a_draft_cannot_be_reserved(phone):
    over = FairFactory(starts_at=NOW - timedelta(days=1))
    draft = FairFactory(draft=True)

    assert phone.get(f"/fairs/{over.slug}/reservations/new").status_code == 409
    assert phone.get(f"/fairs/{draft.slug}/reservations/new").status_code == 404
