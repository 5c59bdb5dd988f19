"""A column that must be filled where a row is new: only an empty cell of it is refused."""

from dataclasses import replace

import pytest

from hrintegrity.duties.campaign.activities_table import ActivityRows
from hrintegrity.duties.importing.whole import Options, import_files
from hrintegrity.errors import InputError
from made_archives import at, made


class Counted(ActivityRows):
    """Activities, of which a new one must say how many people came."""

    def __init__(self, archive):
        super().__init__(archive, year=2013)
        columns = [replace(one, if_new=one.field == "people") for one in self.table.columns]
        self.table = replace(self.table, columns=tuple(columns))


HEADER = "活动类型,活动日期,活动名称,参加人数"


def taken(archive, path, people):
    path.write_text(f"{HEADER}\n主题宣传活动,2013-10-09,进社区,{people}\n", "utf-8")
    return import_files(archive, [path], Counted(archive), Options())


def test_a_zero_in_a_new_row_is_filled_in(tmp_path):
    with at(made(tmp_path)) as archive:
        assert taken(archive, tmp_path / "a.csv", 0).added == 1


def test_an_empty_cell_is_refused_in_a_new_row_and_taken_in_one_that_is_there(tmp_path):
    with at(made(tmp_path)) as archive:
        with pytest.raises(InputError) as refused:
            taken(archive, tmp_path / "a.csv", "")
        assert [one["reason"] for one in refused.value.details] == ["没有填写"]
        taken(archive, tmp_path / "a.csv", 3)
        assert taken(archive, tmp_path / "a.csv", "").unchanged == 1
