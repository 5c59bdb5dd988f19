"""Whatever a file holds, its reader takes it or refuses it: no other error, no hang, no memory."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from exchanging import acquaint, bundle_of
from hrintegrity.documents import Paper, stamps, to_docx, to_html
from hrintegrity.duties.exchange import bundle
from hrintegrity.duties.importing import interpretation
from hrintegrity.errors import HriError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.hotlines import read_hotlines
from hrintegrity.notice.indicators import annex, annex_yaml, read_annex
from hrintegrity.notice.quotas import read_quotas
from hrintegrity.rules.case import AgencyFacts, Case
from hrintegrity.rules.scores import parse_scores_json
from hrintegrity.rules.standard_reading import default_standard, read_standard, standard_yaml
from hrintegrity.sheets.child import keeping_workers
from hrintegrity.sheets.reading import open_table
from running import Hri, code_of
from soaking import MOST_SECONDS, little_memory, size
from tables import AGENCIES, HEADERS, ONE, TWO, csv_text, rows, xlsx

TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b'"', b"'", b"=", b"9" * 40, b"1e999", b"-1",
    b"NaN", b"null", b"true", b"[", b"{", b"}", b"]", b",", b":", b"&a [*a]", b"*x",
    b"!!python/object:os",
    b"2013-13-45", b"<", b"</row>", b"&#0;", b"&lol;", b'<!DOCTYPE x [<!ENTITY l "l">]>', b"PK\3\4",
    b"_x001B_", b"\x1b[31m", "𠮷".encode(), b"\xed\xa0\x80", "。".encode("gb18030"), b"stream\r\n",
    b"hri-record-AAAA\"", b"hri-signature-" + b"0" * 128,
)  # fmt: skip


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change a content in one to four places."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 1, 2, 4, 16, 64, 512))
        match chance.randrange(7):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                made[at:at] = chance.choice(TOKENS)
            case 2:
                del made[at : at + length]
            case 3:
                made[at:at] = made[at : at + length] * chance.choice((1, 2, 50))
            case 4:
                made[at : at + length] = chance.choice(TOKENS)
            case 5:
                del made[at:]
            case _:
                other = chance.randrange(len(made) + 1)
                made[at : at + length] = made[other : other + length]
    return bytes(made)


def mutated_package(content: bytes, chance: random.Random) -> bytes:
    """Change a zip's bytes, or what one of its members holds."""
    if chance.random() < 0.3:
        return mutated(content, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as made:
        names = package.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = package.read(name)
            if name == chosen and chance.random() < 0.05:
                continue
            made.writestr(name, mutated(part, chance) if name == chosen else part)
    return out.getvalue()


def legacy() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for row, line in enumerate([HEADERS, ONE, TWO]):
        for column, text in enumerate(line):
            sheet.write(row, column, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_document() -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="名录")
    for line in (HEADERS, ONE, TWO):
        row = TableRow()
        for text in line:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def read_table(path: Path) -> None:
    with open_table(path, AGENCIES) as reading:
        for row in reading.rows():
            str(row.errors)


def read_scores(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    day = dt.date(2013, 10, 10)
    case = Case(default_standard(2013), annex(2013), AgencyFacts(), day)
    parse_scores_json(text, case, "self")


def read_paper(path: Path) -> None:
    stamps.find(path.read_bytes())


def read_bundle(path: Path) -> None:
    with bundle.read(path, accept=lambda _: None, key=lambda: None) as (_, package):
        package.check_attachments()
        for _ in package.records():
            pass


@pytest.fixture(scope="module")
def samples(_made, tmp_path_factory) -> dict[str, tuple[bytes, str, Callable[[Path], None], bool]]:
    """A genuine file for each reader: its content, suffix, the reader, and whether it is a zip."""
    folder = tmp_path_factory.mktemp("samples")
    standard = default_standard(2013)
    stamp = stamps.Stamp(
        dict.fromkeys(("number", "kind", "agency", "date", "sha256", "district", "key"), "甲"),
        lambda _: "0" * 128,
    )
    body = "<article><h1>告知书</h1><p>甲</p></article>"
    paper = Paper(body, stamp=stamp)
    each = ", ".join(f"{code}: 1" for code in BY_CODE)
    quotas = f"year: 2014\ntotal: 18\nquotas: {{{each}}}\n"
    hotlines = 'date: 2014-03-01\ndistricts: {haidian: {market: [{number: "88506572",' \
               ' trade: 人才中介}], labour: [{number: "88506601"}]}}\n'  # fmt: skip
    texts = {
        "standard": (standard_yaml(standard, 2013), lambda p: read_standard(p, annex(2013))),
        "annex": (annex_yaml(2014, annex(2013)), read_annex),
        "quotas": (quotas, read_quotas),
        "hotlines": (hotlines, read_hotlines),
        "mapping": ("map: {单位: name}\nword: {民营: 经营性}\nset: {kind: 经营性}\nsheet: 甲\n",
                    interpretation.read),
        "scores": (json.dumps({str(n): 2 for n in range(1, 23)}), read_scores),
    }  # fmt: skip
    one, two = Hri(folder / "one.db"), Hri(folder / "two.db")
    for hri in (one, two):
        hri.archive.write_bytes(_made("haidian").read_bytes())
    acquaint(one, two)
    one.add("北京甲公司", code_of(1))
    xlsx(folder / "a.xlsx", rows(HEADERS, ONE, TWO))
    return {
        "csv": (csv_text([HEADERS, ONE, TWO]).encode(), ".csv", read_table, False),
        "xlsx": ((folder / "a.xlsx").read_bytes(), ".xlsx", read_table, True),
        "xls": (legacy(), ".xls", read_table, False),
        "ods": (open_document(), ".ods", read_table, True),
        "bundle": (bundle_of(one).read_bytes(), ".hri", read_bundle, False),
        "page": (to_html(paper).encode(), ".html", read_paper, False),
        "word": (to_docx(paper), ".docx", read_paper, True),
        **{name: (text.encode(), ".yaml", read, False) for name, (text, read) in texts.items()},
    }


def attempt(read: Callable[[Path], None], path: Path) -> tuple[Exception | None, float]:
    """Read a file; return what that raised, and the seconds of processor that it took."""
    began = time.process_time()
    try:
        read(path)
    except Exception as error:
        return error, time.process_time() - began
    return None, time.process_time() - began


def fuzz(sample, path: Path, seeds: Iterator[int]) -> None:
    content, suffix, read, is_package = sample
    path = path / f"fuzzed{suffix}"
    path.write_bytes(content)
    read(path)
    failed, taken, count, change = [], 0, 0, mutated_package if is_package else mutated
    with little_memory(), keeping_workers():
        for seed in seeds:
            path.write_bytes(change(content, random.Random(seed)))
            count += 1
            error, took = attempt(read, path)
            if took > MOST_SECONDS:
                # A machine that stood still meanwhile takes that for the processor's time.
                error, took = attempt(read, path)
            assert took < MOST_SECONDS, seed
            if error is None:
                taken += 1
            elif isinstance(error, HriError):
                str(error)
            else:
                failed.append((seed, f"{type(error).__name__}: {error}"[:200]))
    print(f"{suffix}: {count} files, {taken} taken, {len(failed)} failed", *failed, sep="\n")
    assert not failed, (len(failed), failed[:5])


READERS = ("csv", "xlsx", "xls", "ods", "bundle", "page", "word", "standard", "annex", "quotas",
           "hotlines", "mapping", "scores")  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_takes_or_refuses_a_fuzzed_file(samples, tmp_path, reader):
    fuzz(samples[reader], tmp_path, range(40))


@pytest.mark.soak
@pytest.mark.parametrize("reader", READERS)
def test_a_reader_takes_or_refuses_any_fuzzed_file(samples, tmp_path, reader):
    fuzz(samples[reader], tmp_path, range(1000, 1000 + size(100_000)))
