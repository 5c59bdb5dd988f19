"""`hri config`: examples that have no effect, settings in force, and faults found beforehand."""

from __future__ import annotations

import pytest

from running import Hri
from scripts import TOP


@pytest.fixture
def office(haidian, tmp_path):
    haidian.environment["HRI_CONFIG"] = str(tmp_path / "config")
    return haidian


def checked(hri: Hri, *papers: str) -> dict[str, dict]:
    """Return what a check finds of every file, and of these papers or all."""
    ran = hri("config", "check", *papers, "-f", "json")
    assert ran.status == (0 if all(one["ok"] for one in ran.json) else 1)
    assert ran.err == ""
    return {one["id"]: one for one in ran.json}


def test_the_examples_have_no_effect_and_are_fine_when_they_are_renamed(office, tmp_path):
    written = office("config", "init", "-f", "json").ok().json
    folder = tmp_path / "config"
    assert sorted(written["files"]) == sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()
    )
    before = checked(office)
    assert set(before) == {
        p.relative_to(TOP / "templates").with_suffix("").as_posix()
        for p in (TOP / "templates").rglob("*.json")
    }
    for path in list(folder.rglob("*.example.*")):
        path.rename(path.with_name(path.name.replace(".example", "")))
    office(
        *("archive", "office", "--name", "北京市海淀区人力资源和社会保障局"),
        *("--prefix", "海人社诚评", "--leader", "王局长", "--department", "人力资源市场科"),
        *("--address", "北京市海淀区（地址、邮编）"),
    ).ok()
    after = checked(office)
    assert all(one["ok"] for one in after.values())
    assert set(after) - set(before) == {"office.yaml", "standard.yaml", "mappings/register.yaml"}
    assert after["standard.yaml"]["found"] == "默认评估标准"


def test_nothing_is_written_over_and_nothing_half_written(office, tmp_path):
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "standard.example.yaml").write_text("mine", "utf-8")
    ran = office("config", "init", "-f", "json")
    assert (ran.status, ran.error["code"]) == (4, "file-exists")
    assert [p.name for p in folder.iterdir()] == ["standard.example.yaml"]
    office("config", "init", "--force").ok()
    assert (folder / "standard.example.yaml").read_text("utf-8") != "mine"


def test_each_fault_is_named_by_its_file(office, tmp_path):
    folder = tmp_path / "config"
    (folder / "templates" / "assess").mkdir(parents=True)
    (folder / "mappings").mkdir()
    (folder / "standard.yaml").write_text("name: x\n", "utf-8")
    (folder / "office.yaml").write_text("nmae: x\n", "utf-8")
    (folder / "mappings" / "m.yaml").write_text("map: [1]\n", "utf-8")
    (folder / "templates" / "assess" / "notice.xhtml").write_text("{{ nobody }}", "utf-8")
    (folder / "templates" / "_letterhed.xhtml").write_text("<p>x</p>", "utf-8")
    found = checked(office, "assess/notice")
    assert [name for name, one in found.items() if not one["ok"]] == [
        *("standard.yaml", "office.yaml", "mappings/m.yaml", "templates/_letterhed.xhtml"),
        "assess/notice",
    ]
    assert "nmae" in found["office.yaml"]["found"]
    assert "notice.xhtml" in found["assess/notice"]["found"]
    assert all(one["remedy"] for one in found.values() if not one["ok"])


def test_what_the_office_file_and_the_archive_say_differently_comes_with_the_command(
    office, tmp_path
):
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "office.yaml").write_text("leader: 李局长\n", "utf-8")
    found = checked(office, "assess/notice")["office.yaml:leader"]
    assert found["remedy"].endswith("hri archive office --leader 李局长")
    office("archive", "office", "--leader", "李局长").ok()
    assert "office.yaml:leader" not in checked(office, "assess/notice")


def test_one_paper_alone_can_be_tried(office, tmp_path):
    out = tmp_path / "specimens"
    ran = office("config", "check", "assess/notice", "-o", out, "-f", "json").ok()
    assert [one["id"] for one in ran.json if one["what"] == "paper"] == ["assess/notice"]
    assert {path.name.rsplit("-", 1)[0] for path in out.iterdir()} == {"assess-notice"}
    refused = office("config", "check", "assess/notices")
    assert (refused.status, refused.out) == (4, "")
    assert "错误 [no-paper] 没有文书 assess/notices" in refused.err
    assert "assess/notice、" in refused.err


def test_the_specimens_are_written_where_they_are_wanted(office, tmp_path):
    out = tmp_path / "specimens"
    office("config", "check", "assess/notice", "-o", out).ok()
    kinds = {path.suffix for path in out.iterdir()}
    assert kinds == {".html", ".docx", ".pdf"}
    assert (out / "assess-notice-1.pdf").read_bytes().startswith(b"%PDF")
    again = office("config", "check", "assess/notice", "-o", out, "-f", "json")
    assert again.status == 1
    assert {one["ok"] for one in again.json if one["what"] == "paper"} == {False}
    office("config", "check", "assess/notice", "-o", out, "--force").ok()


def test_all_that_an_archive_knows_of_its_office_is_shown_in_a_table(office):
    known = {"leader": "王五", "department": "人力资源市场科", "address": "西四环北路73号"}
    office("archive", "office", *[word for key in known for word in (f"--{key}", known[key])]).ok()
    shown = office("config", "show").ok().out
    for heading, value in zip(("主管领导", "责任部门", "通信地址"), known.values(), strict=True):
        assert [heading, value] in [line.split()[:2] for line in shown.splitlines()]


def test_a_variable_is_shown_with_its_name(office):
    assert "环境变量 HRI_TODAY" in office("config", "show").ok().out


def test_what_is_in_force_is_shown_with_where_it_comes_from_and_no_passphrase(office, tmp_path):
    folder = tmp_path / "config"
    (folder / "templates").mkdir(parents=True)
    (folder / "templates" / "_letterhead.xhtml").write_text("<p>x</p>", "utf-8")
    (folder / "templates" / "_layout.example.xhtml").write_text("<p>x</p>", "utf-8")
    office.environment["HRI_PASSPHRASE"] = "secret"
    ran = office("config", "show", "-f", "json").ok()
    found = {one["id"]: one for one in ran.json}
    assert found["folder"]["origin"] == "HRI_CONFIG"
    assert found["templates"]["value"] == "_letterhead.xhtml"
    assert found["archive.prefix"]["value"] == "海人社诚评"
    assert "本程序自带" in found["archive.standard"]["value"]
    assert "secret" not in ran.out


def test_what_was_recorded_of_an_office_is_what_the_answer_says(haidian):
    said = haidian("archive", "office", "--address", "西四环北路131号，100195").ok().out
    assert "通信地址 西四环北路131号，100195" in said
    assert "主管领导" not in said
