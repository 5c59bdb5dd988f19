"""Empty tables of practitioners, inspections and complaints: what is filled in is imported."""

from __future__ import annotations

import openpyxl
import pytest

from running import JSON
from year_round import refused, two_agencies

FILLED = {
    ("agency", "staff"): {"机构名称": "北京甲人力资源有限公司", "姓名": "王小明", "资格证号": "001",
                          "承诺日期": "2013-10-08"},
    ("inspect",): {"机构名称": "北京甲人力资源有限公司", "检查日期": "2013-10-08", "公示": "合格",
                   "承诺": "不合格", "台账": "合格", "反馈": "合格"},
    ("complaint",): {"机构名称": "北京甲人力资源有限公司", "受理日期": "2013-10-08",
                     "渠道": "市场管理", "事由": "收费不明", "投诉人": "李四"},
}  # fmt: skip


@pytest.mark.parametrize("group", FILLED, ids=" ".join)
def test_a_template_is_filled_in_and_imported_without_its_example(haidian, tmp_path, group):
    two_agencies(haidian)
    file = tmp_path / "t.xlsx"
    haidian(*group, "template", file).ok()
    assert refused(haidian(*group, "template", file, *JSON), 4, "file-exists")
    assert haidian(*group, "import", file, *JSON).ok().json["read"] == 0
    book = openpyxl.load_workbook(file)
    sheet = book.active
    (header,) = [
        row
        for row in sheet.iter_rows()
        if any(str(c.value or "").startswith("机构名称") for c in row)
    ]
    for cell in header:
        name = str(cell.value).rstrip(" *")
        sheet.cell(header[0].row + 2, cell.column, FILLED[group].get(name))
    book.save(file)
    found = haidian(*group, "import", file, *JSON).ok().json
    assert (found["read"], found["added"], found["unused_columns"]) == (1, 1, [])
