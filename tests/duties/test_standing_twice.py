"""Rows that stand twice in a file are found however far apart they stand."""

import csv
import random

import pytest

from hrintegrity.duties import agencies_table
from hrintegrity.duties.importing.run import CHUNK
from hrintegrity.duties.importing.seen import Seen
from hrintegrity.duties.importing.whole import Options, import_files
from hrintegrity.errors import InputError
from made_archives import TODAY, at, code_of, made

HEADER = ["机构名称", "信用代码", "区县", "性质"]


def register(path, numbers):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in numbers:
            writer.writerow([f"北京{number}人才有限公司", code_of(number), "海淀区", "经营性"])
    return path


def test_a_key_is_known_by_the_row_it_first_stood_in():
    seen = Seen()
    keys = [(f"甲{number % 700}", number // 700) for number in range(20_000)]
    random.Random(7).shuffle(keys)
    assert [seen.first(key, row) for row, key in enumerate(keys)] == [None] * len(keys)
    assert [seen.first(key, 0) for key in keys] == list(range(len(keys)))


@pytest.mark.parametrize("distance", [1, CHUNK - 1, CHUNK, CHUNK + 1])
def test_a_row_that_stands_twice_is_listed_twice_however_far_apart(tmp_path, distance):
    numbers = [*range(1, distance + 1), 1]
    location = made(tmp_path)
    file = register(tmp_path / "a.csv", numbers)
    with pytest.raises(InputError) as refused, at(location) as archive:
        import_files(archive, [file], agencies_table.AgencyRows(archive, today=TODAY), Options())
    assert [(d["row"], d["value"]) for d in refused.value.details] == [
        (2, code_of(1)),
        (distance + 2, code_of(1)),
    ]
    assert f"又见第 {distance + 2} 行" in refused.value.details[0]["reason"]


def test_the_second_of_two_equal_rows_is_written_back_with_its_reason(tmp_path):
    location = made(tmp_path)
    file = register(tmp_path / "a.csv", [*range(1, CHUNK + 2), 1, 2])
    rejects = tmp_path / "r.csv"
    with at(location) as archive:
        target = agencies_table.AgencyRows(archive, today=TODAY)
        result = import_files(archive, [file], target, Options(rejects=rejects))
    assert (result.added, result.rejected) == (CHUNK + 1, 2)
    with rejects.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.reader(written))
    assert rows[0] == [*HEADER, "原因"]
    assert [row[1] for row in rows[1:]] == [code_of(1), code_of(2)]
    assert rows[1][4] == "信用代码：文件里写了两次（又见第 2 行），两行读入的各列都相同"
