"""What each role of a database user may write, as the rights are given."""

import pytest


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("viewer", (), ("agency", "inspection", "journal", "key_trust")),
        ("inspector", ("inspection", "complaint"), ("agency", "sanction", "key_trust")),
        ("clerk", ("agency", "sanction"), ("key_trust", "alembic_version")),
        ("head", ("agency", "key_trust"), ("alembic_version",)),
    ],
)
def test_a_role_writes_its_tables_and_no_others(role, may, may_not) -> None:
    from hrintegrity.archive.rights import _rights

    assert all("UPDATE" in _rights(table, role) for table in may)
    assert not any("UPDATE" in _rights(table, role) for table in may_not)
    assert "UPDATE" not in _rights("journal", role)
