import pytest
from sqlalchemy import select

from scheduling import accounts, enterprises
from scheduling.models import Enterprise
from tests.factories import COUNTY, EnterpriseFactory, TownshipFactory, credit_code


@pytest.fixture
def newcomer(session, signed_in, now):
    return signed_in(accounts.by_phone(session, COUNTY, "13600000009", now=now))


@pytest.fixture
def told():
    return {
        "uscc": credit_code(77),
        "name": "青禾县麦满仓面业有限公司",
        "township": str(TownshipFactory().id),
        "contact_name": "孙经理",
        "phone": "13600000009",
    }


def test_a_stranger_is_asked_to_sign_in_and_comes_back(phone):
    page = phone.get("/enterprise/register")

    assert (page.status_code, page.location) == (303, "/signin?next=/enterprise/register")


def test_whoever_signed_in_registers_a_company_and_sees_it_wait(newcomer, session, told):
    page = newcomer.post("/enterprise/register", data=told)

    assert (page.status_code, page.location) == (303, "/enterprise/")
    assert session.scalars(select(Enterprise.name)).one() == told["name"]
    assert "窗口正在审核单位资料" in newcomer.get("/enterprise/").text


def test_the_phone_signed_in_with_stands_in_the_form(newcomer):
    assert 'value="13600000009"' in newcomer.get("/enterprise/register").text


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"uscc": "91990101MA00000001"}, 422, "统一社会信用代码不对"),
        ({"phone": "12345"}, 422, "请填11位手机号"),
        ({"township": ""}, 422, "请选所在乡镇"),
        ({"is_agency": "y"}, 422, "要填许可证编号"),
    ],
)
def test_what_is_wrong_is_explained_and_what_was_typed_is_kept(newcomer, told, wrong, status, words):
    page = newcomer.post("/enterprise/register", data={**told, **wrong})

    assert page.status_code == status
    assert words in page.text
    assert 'value="青禾县麦满仓面业有限公司"' in page.text


def test_a_code_that_is_known_is_refused_beside_the_field(newcomer, told):
    EnterpriseFactory(uscc=told["uscc"])
    page = newcomer.post("/enterprise/register", data=told)

    assert page.status_code == 409
    assert "这家单位已经登记过" in page.text


def test_who_has_a_company_is_led_to_it(company):
    assert company.get("/enterprise/register").location == "/enterprise/"
    assert company.post("/enterprise/register", data={}).location == "/enterprise/"


def test_the_desk_registers_a_company_that_came_to_the_window(desk, session, told):
    page = desk.post("/enterprise/register", data=told)

    assert page.location == f"/desk/enterprises/{session.scalars(select(Enterprise.id)).one()}"


def details(firm, **changes):
    return {
        "name": firm.name,
        "industry": firm.industry,
        "township": str(firm.township_id),
        "contact_name": firm.contact_name,
        "phone": firm.contact_phone,
        **changes,
    }


@pytest.fixture
def placed(firm, session):
    firm.township = TownshipFactory()
    session.flush()
    return firm


def test_a_new_contact_is_kept_at_once(company, placed, session):
    page = company.post("/enterprise/account", data=details(placed, phone="136 0000 0008"))

    assert page.location == "/enterprise/account"
    assert session.get(Enterprise, placed.id).contact_phone == "13600000008"
    assert session.get(Enterprise, placed.id).state == "approved"


def test_a_new_name_goes_before_the_desk_again(company, placed, session):
    company.post("/enterprise/account", data=details(placed, name="改名有限公司"))
    page = company.get("/enterprise/account")

    assert "窗口要重新审核" in page.text
    assert session.get(Enterprise, placed.id).state == "submitted"


def test_a_returned_company_reads_why(company, firm, clerk, session, now):
    enterprises.review(session, firm, "returned", reason="执照看不清", by=clerk, now=now)

    assert "执照看不清" in company.get("/enterprise/").text
    assert "执照看不清" in company.get("/enterprise/account").text


def test_another_phone_that_registers_nothing_sees_no_company(newcomer):
    assert newcomer.get("/enterprise/").status_code == 403
    assert newcomer.get("/enterprise/account").status_code == 403
