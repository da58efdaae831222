from scheduling.models import ClassSession, Enterprise, Fair
from tests import factories


def test_every_factory_makes_a_row_the_database_accepts(session):
    for name in dir(factories):
        made = getattr(factories, name)
        if isinstance(made, type) and issubclass(made, factories.Rows) and made is not factories.Rows:
            made()

    assert session.query(Fair).count() == 2
    assert session.query(ClassSession).count() == 1


def test_an_enterprise_is_submitted_until_the_desk_approves_it(session):
    enterprise = factories.EnterpriseFactory()

    assert enterprise.state == "submitted"
    assert factories.approve(enterprise).state == "approved"
    assert session.get(Enterprise, enterprise.id).standing.verdict == "approved"
