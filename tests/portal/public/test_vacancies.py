import pytest

from scheduling import vacancies
from tests.factories import EnterpriseFactory, FairFactory, TownshipFactory, VacancyFactory, approve


def shown(**more):
    """A vacancy the public may see."""
    firm = more.pop("enterprise", None) or approve(EnterpriseFactory(contact_phone="13600000007"))
    return approve(VacancyFactory(enterprise=firm, **more))


def test_settlement_insurance_and_wage_lead(phone):
    vacancy = shown(settlement="daily", insurance="injury", wage_low=120, wage_high=180, pay_unit="day")
    page = phone.get(f"/vacancies/{vacancy.no}").text

    places = [page.index(words) for words in ("日结", "工伤保险", "120–180 元/天", "要求和安排")]
    assert places == sorted(places)


def test_the_recruiter_s_phone_is_on_no_public_page(phone):
    vacancy = shown()

    assert "13600000007" not in phone.get(f"/vacancies/{vacancy.no}").text
    assert "13600000007" not in phone.get("/vacancies/").text
    assert "0990-1234567" in phone.get(f"/vacancies/{vacancy.no}").text


def test_what_is_not_approved_is_not_there(phone):
    waiting = VacancyFactory(title="还没审")

    assert phone.get(f"/vacancies/{waiting.no}").status_code == 404
    assert "还没审" not in phone.get("/vacancies/").text


def test_the_fairs_it_is_brought_to_are_named_with_its_number_there(phone, session, now):
    vacancy, fair = shown(), FairFactory(slug="liuhe", title="柳河镇赶集招聘会")
    vacancies.show_at(session, fair, vacancy, by=None, now=now)
    page = phone.get(f"/vacancies/{vacancy.no}").text

    assert 'href="/fairs/liuhe"' in page
    assert "到场报1号岗位" in page


def test_filters_stand_in_the_address_and_what_is_asked_is_said(phone):
    town = TownshipFactory(code="990101", name="柳河镇")
    shown(
        title="日结装卸工",
        trade="装卸工",
        settlement="daily",
        enterprise=approve(EnterpriseFactory(township=town, township_id=town.id)),
    )
    shown(title="会计", settlement="monthly")
    page = phone.get(
        "/vacancies/?settlement=daily&settlement=weekly&township=990101&wage=2000&q=装卸&trade=装卸工"
    ).text

    assert ("日结装卸工" in page, "会计" in page) == (True, False)
    assert "正在看：“装卸”、装卸工、日结、周结、柳河镇、至少2000元/月，共1个岗位。" in page


@pytest.mark.parametrize(
    "query",
    [
        "settlement=yearly",
        "trade=炼丹",
        "wage=1",
        "wage=abc",
        "township=000000",
        "page=-3",
        "page=x",
        "page=99",
        "q=%20",
        "x=1",
    ],
)
def test_filters_that_are_none_are_ignored(phone, query):
    shown(title="缝纫工")

    page = phone.get(f"/vacancies/?{query}")
    assert (page.status_code, "缝纫工" in page.text) == (200, True)


@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "'", '"', "%25", "<script>", "a OR b", "NEAR(", "*", "-焊", "👷", "：*", "字" * 500]
)
def test_signs_in_the_search_mean_themselves(phone, words):
    shown(title="缝纫工")

    page = phone.get("/vacancies/", query_string={"q": words})
    assert (page.status_code, "没有合适的岗位" in page.text) == (200, True)
    assert "<script>" not in page.text


def test_nothing_found_offers_the_way_on(phone):
    page = phone.get("/vacancies/?q=宇航员").text

    assert "没有合适的岗位" in page
    assert 'href="/vacancies/"' in page


def test_a_long_list_has_pages_that_keep_the_filters(phone):
    firm = approve(EnterpriseFactory())
    for _ in range(21):
        shown(enterprise=firm, settlement="daily")
    page = phone.get("/vacancies/?settlement=daily").text

    assert page.count("<article") == 20
    assert "settlement=daily&amp;page=2" in page
    assert phone.get("/vacancies/?settlement=daily&page=2").text.count("<article") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_no_more_for_more(phone, queries, rows):
    for _ in range(rows):
        town = TownshipFactory()
        shown(enterprise=approve(EnterpriseFactory(township=town, township_id=town.id)))
    phone.get("/vacancies/")
    with queries() as asked:
        page = phone.get("/vacancies/")

    assert page.text.count("<article") == rows
    assert len([words for words in asked if words.startswith("SELECT")]) == 4
