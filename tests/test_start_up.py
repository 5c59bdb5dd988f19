"""Commands load what they need and nothing else; data and templates are found however installed."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import annex_2014
from running import Hri, code_of

TOP = Path(__file__).parents[1]

LOADED = """
import sys
from hrintegrity.cli import main
try:
    main({arguments!r})
except SystemExit as stop:
    assert not stop.code, stop.code
finally:
    sys.stderr.write(repr(sorted(sys.modules)))
"""

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich", "jinja2", "yaml", "openpyxl",
         "python_calamine", "xlrd", "typst", "csv", "asyncio"}  # fmt: skip
DATABASE = {"sqlmodel", "sqlalchemy", "pydantic", "alembic"}


def in_fresh_interpreter(hri: Hri, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command that ends by naming the modules that it imported."""
    return subprocess.run(
        [sys.executable, "-c", LOADED.format(arguments=list(arguments))],
        env=hri.variables(), capture_output=True, timeout=600, check=True,
    )  # fmt: skip


def imported(ran: subprocess.CompletedProcess[bytes]) -> set[str]:
    """Return the modules that a command named in the end."""
    return set(ast.literal_eval(ran.stderr.decode().splitlines()[-1]))


def modules_of(hri: Hri, *arguments: str) -> set[str]:
    """Return the modules that a command imports in a fresh interpreter."""
    return imported(in_fresh_interpreter(hri, *arguments))


def loaded(hri: Hri, *arguments: str) -> set[str]:
    """Return the packages that a command imports in a fresh interpreter."""
    return {name.partition(".")[0] for name in modules_of(hri, *arguments)}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_no_package_but_typer(haidian, arguments):
    assert loaded(haidian, *arguments) & HEAVY == set()


def test_the_first_help_imports_nothing_of_what_commands_are_made_of(haidian):
    modules = modules_of(haidian, "--help")
    ours = {name for name in modules if name.startswith("hrintegrity.")}
    program = {"cli", "archive", "archive.passphrases", "errors", "protection", "signing", "text"}
    assert {name for name in ours if not name.startswith("hrintegrity.cli.program")} == {
        f"hrintegrity.{name}" for name in program
    }
    assert modules.isdisjoint({"json", "decimal", "sqlite3", "tempfile"})


@pytest.mark.parametrize("group", ["agency", "assess", "archive", "report"])
def test_help_of_a_group_loads_no_package_but_typer(haidian, group):
    assert loaded(haidian, group, "--help") & HEAVY == set()


def test_a_wrong_call_loads_no_archive(haidian):
    ran = haidian.process("agency", "list", "--unheard-of")
    assert ran.returncode == 2


def test_what_only_reads_the_notice_loads_no_database(haidian):
    database = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich", "jinja2"}
    assert loaded(haidian, "report", "hotlines") & database == set()
    assert loaded(haidian, "report", "hotlines", "-f", "json") & database == set()
    nowhere = Hri(haidian.archive.with_name("none.db"))
    assert loaded(nowhere, "report", "hotlines", "朝阳") & database == set()


def test_what_only_reads_the_notice_loads_nothing_of_tables_and_records(haidian):
    haidian.environment["HRI_OPERATOR"] = "张检查"
    modules = modules_of(haidian, "report", "hotlines")
    unwanted = {"hashlib", "hrintegrity.sheets.columns", "hrintegrity.notice.records",
                "tempfile", "random", "fractions"}  # fmt: skip
    assert modules.isdisjoint(unwanted)


@pytest.mark.parametrize(
    "words",
    [f"agency show {code_of(1)}", "agency show 公司", "agency show jgs", "agency list",
     "agency list --unsigned -f json"],
)  # fmt: skip
def test_a_command_that_reads_agencies_sets_up_no_table(haidian, words):
    """SQLModel alone takes four times as long as such a command."""
    haidian.add("甲公司", code_of(1))
    modules = modules_of(haidian, *words.split())
    assert modules.isdisjoint(HEAVY)
    assert not any(name.startswith("hrintegrity.archive.tables") for name in modules)


def test_an_archive_is_copied_by_a_program_that_has_loaded_nothing_else(haidian, tmp_path):
    haidian.add("甲公司", code_of(1))
    ran = haidian.process("archive", "copy", str(haidian.archive), str(tmp_path / "copy.db"))
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(("suffix", "used"), [("csv", {"csv"}), ("xlsx", HEAVY - DATABASE)])
def test_an_export_of_the_register_sets_up_no_table(haidian, tmp_path, suffix, used):
    haidian.add("甲公司", code_of(1))
    modules = modules_of(haidian, "agency", "export", str(tmp_path / f"a.{suffix}"))
    assert modules.isdisjoint(HEAVY - used)
    assert not any(name.startswith("hrintegrity.archive.tables") for name in modules)


@pytest.mark.parametrize("typed", ["甲", "jgs"])
def test_completion_loads_nothing_that_only_shows_results(haidian, typed):
    haidian.add("甲公司", code_of(1))
    haidian.environment |= {
        "_HRI_COMPLETE": "complete_bash",
        "COMP_WORDS": f"hri agency show {typed}",
        "COMP_CWORD": "3",
    }
    ran = in_fresh_interpreter(haidian)
    assert ran.stdout.decode().splitlines() == ["甲公司"]
    unwanted = HEAVY | {"json", "decimal", "tempfile", "random", "pkgutil"}
    assert imported(ran).isdisjoint(unwanted)


@pytest.fixture
def two_years(tmp_path):
    """2013 with a conclusion, 2014 with annex and quotas of its own; activities have files."""
    hri = annex_2014.office_of_two_years(tmp_path)
    annex_2014.use_2014(hri, tmp_path)
    annex_2014.score_2014(hri, tmp_path)
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo")
    for year in (2013, 2014):
        hri("campaign", "log", "--year", year, "--kind", "training", "--title", "培训",
            "--date", f"{year}-10-08", "--attach", photo).ok()  # fmt: skip
    return hri


@pytest.mark.parametrize("year", ["2013", "2014"])
@pytest.mark.parametrize(
    ("words", "used"),
    [
        ("report month -o {}/a.json", {"yaml"}),
        ("report month -o {}/a.xlsx", HEAVY - DATABASE - {"jinja2", "rich"}),
        ("report rates", {"yaml"}),
        ("report rates --missing -f json", {"yaml"}),
    ],
)
def test_a_report_of_figures_sets_up_no_table(two_years, tmp_path, words, used, year):
    modules = modules_of(two_years, *words.format(tmp_path).split(), "--year", year)
    assert modules.isdisjoint(HEAVY - used)
    assert not any(name.startswith("hrintegrity.archive.tables") for name in modules)


@pytest.mark.parametrize(
    "words",
    [
        "report compare --with 2013 --year 2014", "campaign list", "recommend quotas show",
        "assess annex show", "assess standard show", "sanction procedure show", "config show",
        "today", "complaint list", "complaint list 甲 --overdue", "inspect list --year 2013",
        "inspect list 甲 --overdue",
    ],
)  # fmt: skip
def test_what_an_office_looks_at_every_day_sets_up_no_table(two_years, words):
    complaint = ("--channel", "labour", "--subject", "收费", "--received", "2013-10-08")
    two_years("complaint", "add", "甲", *complaint, "--from", "李四").ok()
    modules = modules_of(two_years, *words.split())
    assert modules.isdisjoint(DATABASE)
    assert not any(name.startswith("hrintegrity.archive.tables") for name in modules)


@pytest.fixture
def with_papers(haidian, tmp_path) -> Hri:
    """An archive with all that is looked at beside rows: a conclusion, a seal, an attachment."""
    haidian.add("甲公司", code_of(1))
    scores = json.dumps({str(number): 2 for number in range(1, 23)})
    haidian("assess", "run", "甲公司", "--scores", "-", stdin=scores).ok()
    haidian("assess", "conclude", "甲公司").ok()
    haidian("assess", "notice", "甲公司", "-o", tmp_path / "notice.html").ok()
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo")
    activity = ["--kind", "主题培训活动", "--date", "2013-10-08", "--title", "培训"]
    haidian("campaign", "log", *activity, "--attach", photo).ok()
    haidian("archive", "seal", "-o", tmp_path / "seal").ok()
    return haidian


@pytest.mark.archive_file("a server is reached through SQLAlchemy")
@pytest.mark.parametrize("words", ["verify", "verify --seal {}/seal", "backup {}/b.db", "seals"])
def test_to_verify_or_back_up_an_archive_sets_up_no_table(with_papers, tmp_path, words):
    modules = modules_of(with_papers, "archive", *words.format(tmp_path).split())
    assert modules.isdisjoint(DATABASE)
    assert not any(name.startswith("hrintegrity.archive.tables") for name in modules)
    assert "hrintegrity.rules.assessment" in modules or words == "seals"


@pytest.mark.archive_file("a server encrypts its own disk")
@pytest.mark.parametrize("words", ["verify", "backup {}/b.db"])
def test_an_encrypted_archive_is_verified_and_backed_up_so_too(with_papers, tmp_path, words):
    with_papers.environment["HRI_PASSPHRASE"] = "正确 马 电池 钉"
    with_papers("archive", "encrypt").ok()
    modules = modules_of(with_papers, "archive", *words.format(tmp_path).split())
    assert "sqlcipher3.dbapi2" in modules
    assert modules.isdisjoint(DATABASE)


def test_no_validator_of_a_table_is_made():
    """A row of a table is never validated by pydantic; all of them take a tenth of a second."""
    code = (
        "from hrintegrity.archive import tables; tables.load_all();"
        "from hrintegrity.archive.tables.base import Record;"
        "made = [one.__name__ for one in Record.__subclasses__() if one.__pydantic_complete__];"
        "assert len(Record.__subclasses__()) > 40 and not made, made"
    )
    subprocess.run([sys.executable, "-c", code], timeout=600, check=True)


# --- from a wheel, an editable install and a clone ------------------------------------------------

FOUND = """
import json, sys
from hrintegrity import resources
import datetime as dt
from hrintegrity.notice.quotas import notice_quotas
from hrintegrity.notice.hotlines import hotline_annex
assert notice_quotas(2013).total == 130
assert len(hotline_annex(dt.date(2013, 10, 1)).lines.by_district) == 17
print(json.dumps([resources.__file__, str(resources.folder("data")),
                  str(resources.folder("templates"))]))
"""


def where(python: str, path: str | None) -> list[Path]:
    """Return where the program, its data and its templates are, as a fresh interpreter sees it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "HRI_"))}
    if path is not None:
        environment["PYTHONPATH"] = path
    ran = subprocess.run(
        [python, "-c", FOUND],
        env=environment,
        cwd="/",
        capture_output=True,
        timeout=600,
        check=True,
    )
    return [Path(name) for name in json.loads(ran.stdout)]


def same_files(found: Path, name: str) -> None:
    """What was found is what the repository has."""

    def listed(folder: Path) -> set[str]:
        return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}

    assert listed(found) == listed(TOP / name)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel as `pip` would, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, TOP],
        capture_output=True, timeout=600, check=True,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


def test_a_wheel_carries_data_and_templates(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    program, data, templates = where(sys.executable, str(tmp_path / "site"))
    assert program.is_relative_to(tmp_path / "site")
    assert data.is_relative_to(tmp_path / "site")
    same_files(data, "data")
    same_files(templates, "templates")


def test_a_wheel_runs_the_whole_way_to_a_notice(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    hri = Hri(tmp_path / "a.db", environment={"PYTHONPATH": str(tmp_path / "site")})
    scores = json.dumps({str(number): 2 for number in range(1, 23)}).encode()
    out = tmp_path / "notice.html"
    for command, stdin in (
        (["init", "--district", "海淀"], b""),
        (["agency", "add", "--name", "甲", "--code", code_of(1), "--kind", "public"], b""),
        (["assess", "run", "甲", "--scores", "-"], scores),
        (["assess", "conclude", "甲"], b""),
        (["assess", "notice", "甲", "-o", str(out)], b""),
    ):
        ran = hri.process(*command, stdin=stdin)
        assert ran.returncode == 0, ran.stderr.decode()
    assert "海人社诚评〔2013〕1号" in out.read_text(encoding="utf-8")


def test_a_clone_finds_both_at_its_top(tmp_path):
    clone = tmp_path / "clone"
    for name in ("src", "data", "templates"):
        shutil.copytree(TOP / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    program, data, templates = where(sys.executable, str(clone / "src"))
    assert program.is_relative_to(clone)
    assert (data, templates) == (clone / "data", clone / "templates")


def test_an_editable_install_finds_both_in_the_repository(tmp_path):
    """As `pip install -e` leaves it: a .pth file in a fresh environment points at src/."""
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    (site,) = (tmp_path / "venv").rglob("site-packages")
    (site / "_hrintegrity.pth").write_text(str(TOP / "src"), encoding="utf-8")
    dependencies = next(p for p in map(Path, sys.path) if p.name == "site-packages")
    (site / "_dependencies.pth").write_text(str(dependencies), encoding="utf-8")
    program, data, templates = where(str(python), None)
    assert program == TOP / "src" / "hrintegrity" / "resources.py"
    assert (data, templates) == (TOP / "data", TOP / "templates")


def test_a_program_without_its_data_says_so(tmp_path):
    shutil.copytree(
        TOP / "src", tmp_path / "a" / "src", ignore=shutil.ignore_patterns("__pycache__")
    )
    hri = Hri(tmp_path / "none.db", environment={"PYTHONPATH": str(tmp_path / "a" / "src")})
    ran = hri.process("report", "hotlines")
    assert ran.returncode == 5
    assert ran.stderr.decode().startswith("错误 [resources-missing] ")


def test_circles_among_objects_are_looked_for_seldom():
    code = (
        "import gc; gc.disable(); from hrintegrity.cli.program.run import run; run(['--version']);"
        "print(gc.isenabled(), gc.get_threshold()[0], gc.get_freeze_count() > 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "True 50000 True"
