"""Any register imports to the same archive, however its headers are written."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import server
from hrintegrity.notice.records.agencies import AGENCY
from registers import agencies, decorated, plain
from running import Hri, rows

NUMBERS = count()
LOCAL = agencies(districts=("海淀区", "海淀"))
COLUMNS = ", ".join(name for name in AGENCY.columns if name != "id")


def archived(empty: Path, folder: Path, table: Path) -> list[tuple[object, ...]]:
    """Import a table into a copy of an empty archive; return all that its register then has."""
    archive = folder / f"{next(NUMBERS)}.db"
    server.copy(empty, archive)
    Hri(archive)("agency", "import", table).ok()
    return rows(archive, f"SELECT {COLUMNS} FROM agency ORDER BY code")


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        agencies(districts=("海淀区", "海淀")),
        min_size=1,
        max_size=4,
        unique_by=lambda a: a["code"],
    ),
    st.data(),
)
def test_any_register_imports_to_the_same_archive(haidian, tmp_path, agencies, data) -> None:
    one = archived(haidian.archive, tmp_path, plain(tmp_path / "plain.csv", agencies))
    table = decorated(tmp_path / "other.csv", agencies, data)
    assert archived(haidian.archive, tmp_path, table) == one
    assert len(one) == len(agencies)
