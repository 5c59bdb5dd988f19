"""A bundle that is not just what its signer wrote is refused, and the archive stays as it was."""

import datetime as dt
import hashlib
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from assessing import opened
from exchanging import (
    IDENTITY,
    acquaint,
    agency,
    bundle_of,
    digest,
    key_of,
    line,
    members,
    receive,
    signed,
)
from hrintegrity.archive.journal import canonical
from hrintegrity.archive.location import Location
from hrintegrity.duties.exchange import bundle, keys, package, receiving
from hrintegrity.errors import InputError
from running import HRI, JSON, Hri, code_of

TODAY = dt.date(2013, 10, 10)
MOMENT = "2013-10-10T00:00:00.000000+00:00"

pytestmark = pytest.mark.archive_file("its bytes are compared")


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    """Two archives of one office; the first has an agency that the second has not."""
    folder = tmp_path_factory.mktemp("offices")
    made = [Hri(folder / "one.db"), Hri(folder / "two.db")]
    for hri in made:
        hri("init", "--district", "海淀").ok()
    acquaint(*made)
    made[0].add("北京甲人力资源有限公司", code_of(1))
    return made


@pytest.fixture(scope="module")
def large(offices):
    """A bundle of some size, for the receiver only."""
    one, _ = offices
    for number in range(2, 60):
        one.add(f"北京{number}人力资源有限公司", code_of(number))
    return bundle_of(one, to="海淀").read_bytes()


def refused(hri: Hri, content: bytes) -> str:
    """Receive what should be refused; return the code of the error."""
    path = hri.archive.with_name("refused.hri")
    path.write_bytes(content)
    before = digest(hri)
    ran = receive(hri, path)
    assert ran.status == 3, (ran.status, ran.out, ran.err)
    assert digest(hri) == before
    assert not hri.archive.with_name(f"{hri.archive.name}.files").exists()
    code: str = ran.error["code"]
    return code


def flipped(content: bytes, at: int, mask: int) -> bytes:
    return content[:at] + bytes([content[at] ^ mask]) + content[at + 1 :]


def refused_all(hri: Hri, contents: Iterable[bytes]) -> None:
    """Refuse many, most of them within one opened archive, every 40th by a command of its own."""
    path = hri.archive.with_name("refused.hri")
    before = digest(hri)
    with opened(hri) as archive:
        for number, content in enumerate(contents):
            if number % 40:
                path.write_bytes(content)
                with pytest.raises(InputError):
                    receiving.receive(archive, path, today=TODAY)
    assert digest(hri) == before
    for number, content in enumerate(contents):
        if not number % 40:
            assert refused(hri, content)


def test_any_byte_of_a_small_bundle_that_is_flipped(offices):
    one, two = offices
    content = bundle_of(one, "--since", "2999-01-01").read_bytes()
    chance = random.Random(220)
    refused_all(two, [flipped(content, at, chance.randrange(1, 256)) for at in range(len(content))])


def test_any_byte_of_a_small_encrypted_bundle_that_is_flipped(offices):
    one, two = offices
    content = bundle_of(one, "--since", "2999-01-01", to="海淀").read_bytes()
    refused_all(two, [flipped(content, at, 1 << at % 8) for at in range(len(content))])


def test_any_place_at_which_a_small_bundle_is_cut_off(offices):
    one, two = offices
    content = bundle_of(one, "--since", "2999-01-01").read_bytes()
    refused_all(two, [content[:length] for length in range(len(content))])


def test_bytes_of_a_large_encrypted_bundle_that_are_flipped_cut_off_or_added(offices, large):
    _, two = offices
    chance = random.Random(2013)
    for _ in range(60):
        at = chance.randrange(len(large))
        assert refused(two, flipped(large, at, 1 << chance.randrange(8)))
        assert refused(two, large[:at])
    for more in (b"\n", b"\0", large):
        assert refused(two, large + more) == "bundle-damaged"


@pytest.mark.parametrize("content", [b"", b"HRI-BUNDLE 1", b"HRI-BUNDLE 1\n", b"HRI-BUNDLE 2\n{}\n",
                                     b"PK\x03\x04", "机构名称,代码\n".encode("gbk"),
                                     b"HRI-BUNDLE 1\n" + b"[" * 100_000 + b"\n",
                                     b"HRI-BUNDLE 1\n" + b'{"a":' * 3000 + b"\n",
                                     b"HRI-BUNDLE 1\n" + b"9" * 10_000 + b"\n"])  # fmt: skip
def test_what_is_no_bundle(offices, content):
    assert refused(offices[1], content) in ("not-a-bundle", "bundle-damaged")


def test_a_file_that_is_not_there(offices):
    ran = receive(offices[1], offices[1].archive.with_name("nothing.hri"))
    assert (ran.status, ran.error["code"]) == (4, "file-missing")


def test_a_signer_that_nobody_accepted(offices, new_archive):
    stranger = new_archive("haidian", "stranger.db")
    stranger.add("北京丙人力资源有限公司", code_of(3))
    assert refused(offices[1], bundle_of(stranger).read_bytes()) == "signer-unknown"


def test_a_signer_whose_key_was_revoked(new_archive):
    one, two = new_archive("haidian", "one.db"), new_archive("haidian", "two.db")
    acquaint(one, two)
    path = bundle_of(one)
    two("archive", "key", "revoke", key_of(one)).ok()
    assert refused(two, path.read_bytes()) == "signer-revoked"


def test_a_key_that_was_replaced_signs_no_more(new_archive):
    one, two = new_archive("haidian", "one.db"), new_archive("haidian", "two.db")
    acquaint(one, two)
    one("archive", "key", "replace").ok()
    assert refused(two, bundle_of(one).read_bytes()) == "signer-unknown"


def test_what_was_encrypted_to_the_key_before_is_opened_still(new_archive):
    one, two = new_archive("haidian", "one.db"), new_archive("haidian", "two.db")
    acquaint(one, two)
    one.add("北京甲人力资源有限公司", code_of(1))
    path = bundle_of(one, to="海淀")
    two("archive", "key", "replace").ok()
    assert receive(two, path).ok().json["added"] == 1


def test_a_bundle_for_another_district(offices, new_archive):
    one, _ = offices
    other, chaoyang = new_archive("haidian", "other.db"), new_archive("chaoyang", "c.db")
    acquaint(other, chaoyang)
    acquaint(one, chaoyang)
    path = bundle_of(one, to="朝阳")
    assert refused(offices[1], path.read_bytes()) == "wrong-receiver"


def test_a_bundle_for_another_key_of_the_same_district(offices, new_archive):
    one, _ = offices
    third = new_archive("haidian", "third.db")
    third("archive", "key", "trust", key_of(one), "--district", "海淀").ok()
    assert refused(third, bundle_of(one, to="海淀").read_bytes()) == "wrong-receiver"


def test_the_same_header_in_another_spelling(offices):
    one, two = offices
    first, header, payload = bundle_of(one).read_bytes().split(b"\n", 2)
    told = json.loads(header)
    for spelled in (
        json.dumps(told, sort_keys=True),
        json.dumps(dict(reversed(told.items())), separators=(",", ":")),
        header.decode().replace("haidian", "\\u0068aidian"),
        header.decode().replace('"size":', '"size":1,"size":'),
        header.decode().replace(told["signature"], told["signature"].upper()),
        header.decode() + " ",
    ):
        assert refused(two, b"\n".join([first, spelled.encode(), payload])) == "bundle-damaged"


def test_a_signature_that_is_not_canonical(offices):
    """Ed25519 allows a second spelling of a signature, its scalar plus the group's order."""
    one, two = offices
    first, header, payload = bundle_of(one).read_bytes().split(b"\n", 2)
    told = json.loads(header)
    signature = bytes.fromhex(told["signature"])
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(signature[32:], "little") + order
    told["signature"] = (signature[:32] + scalar.to_bytes(32, "little")).hex()
    content = b"\n".join([first, canonical(told).encode(), payload])
    assert refused(two, content) == "bundle-damaged"


@pytest.mark.parametrize("name", ["../climbed", "/tmp/climbed", "attachments/../../climbed",
                                  "attachments/" + "A" * 64, "attachments/", "extra",
                                  "C:\\climbed", "attachments/" + "0" * 64])  # fmt: skip
def test_a_member_that_does_not_belong(offices, name):
    one, two = offices
    content = signed(one, members(b"", **{name: b"climbed"}))
    assert refused(two, content) == "bundle-damaged"
    assert not list(two.archive.parent.parent.rglob("*climbed*"))


def test_an_attachment_whose_name_climbs_out(offices):
    one, two = offices
    climbing = "../../climbed"

    def pack(packed: zipfile.ZipFile) -> None:
        members(b"")(packed)
        packed.writestr("attachments/" + climbing, b"x")

    assert refused(two, signed(one, pack)) == "bundle-damaged"
    row = {"id": IDENTITY, "activity_id": IDENTITY, "name": "a", "sha256": climbing, "size": 1}
    assert refused(two, signed(one, members(line("attachment", row)))) == "bundle-refused"


def test_a_line_that_is_well_formed_is_taken(offices, new_archive):
    third = new_archive("haidian", "third.db")
    third("archive", "key", "trust", key_of(offices[0]), "--district", "海淀").ok()
    path = third.archive.with_name("a.hri")
    path.write_bytes(signed(offices[0], members(line("agency", agency()))))
    assert receive(third, path).ok().json["added"] == 1


@pytest.mark.parametrize("records", [
    b"{}\n", b"[]\n", b"1\n", b"\n", b"\xff\n", b"{", b'{"table":"agency"}\n',
    line("office", {"id": IDENTITY}), line("journal", {"id": IDENTITY}), line("key_trust", {}),
    line("agency", agency(id="01a20cf3-0dac-77c9-9c87-7160c669a598")),
    line("agency", agency(unknown="x")), line("agency", agency(name=None)),
    line("agency", agency(name=5)), line("agency", agency(name=["x"])),
    line("agency", agency(name="\ud800")), line("agency", agency(name="\0")),
    *(line("attachment", {"id": IDENTITY, "activity_id": pointing, "name": "a",
                          "sha256": "0" * 64, "size": 1}) for pointing in ("\ud800", "\0", "x")),
    line("agency", agency(since="2013-13-01")), line("agency", agency(since="20131008")),
    line("agency", agency(district="nowhere")), line("agency", agency(district="")),
    line("agency", agency(), version="0"), line("agency", agency(), version="G" * 32),
    line("agency", agency(), ancestors="0"), line("agency", agency(), ancestors=["x"]),
    line("agency", agency(), record="x"), line("agency", agency(), into=IDENTITY),
    line("agency", agency(), more=1), line("agency", [1]),
    line({}, agency()), line([], agency()), line(None, agency()), line(1, agency()),
    line("campaign", {"id": IDENTITY, "year": 1 << 80, "start": "2013-01-01",
                      "end": "2013-01-01", "deadline": "2013-01-01"}),
    line("campaign", {"id": IDENTITY, "year": True, "start": "2013-01-01",
                      "end": "2013-01-01", "deadline": "2013-01-01"}),
])  # fmt: skip
def test_a_line_that_is_no_record(offices, records):
    one, two = offices
    assert refused(two, signed(one, members(records))) in ("bundle-refused", "bundle-damaged")


@pytest.mark.parametrize("office", [
    "", [], {"leader": "王"}, {"at": "2013"}, {"at": MOMENT, "owner": "1"},
    {"at": MOMENT, "name": 1}, {"at": MOMENT, "name": "\0"},
    {"at": MOMENT, "name": "\ud800"}, {"at": MOMENT[:-6]},
])  # fmt: skip
def test_an_office_that_is_not_told_as_it_should_be(offices, office):
    one, two = offices

    def pack(packed):
        told = {"records": {"count": 0, "size": 0, "sha256": hashlib.sha256().hexdigest()},
                "attachments": {}, "missing": [], "office": office}  # fmt: skip
        packed.writestr("records.jsonl", b"")
        packed.writestr("manifest.json", json.dumps(told))

    assert refused(two, signed(one, pack)) == "bundle-damaged"


def test_more_or_fewer_records_than_the_manifest_says(offices):
    one, two = offices
    records = line("agency", agency())
    for count in (0, 2):
        assert refused(two, signed(one, members(records, count=count))) == "bundle-damaged"


def test_a_bomb_is_found_before_it_goes_off(offices, monkeypatch):
    one, two = offices

    monkeypatch.setattr(package, "LONGEST_LINE", 1 << 22)

    def pack(packed: zipfile.ZipFile) -> None:
        size = 1 << 26
        digest = hashlib.sha256()
        with packed.open("records.jsonl", "w", force_zip64=True) as member:
            for _ in range(size >> 20):
                member.write(bytes(1 << 20))
                digest.update(bytes(1 << 20))
        told = {"records": {"count": 1, "size": size, "sha256": digest.hexdigest()},
                "attachments": {}, "missing": []}  # fmt: skip
        packed.writestr("manifest.json", json.dumps(told))

    content = signed(one, pack)
    assert len(content) < 1 << 20
    # It unpacks to 64 MiB without a line's end; no more is unpacked than a line may have.
    read = []
    pieces = package._Member.pieces

    def counted(self):
        for piece in pieces(self):
            read.append(len(piece))
            yield piece

    monkeypatch.setattr(package._Member, "pieces", counted)
    assert refused(two, content) == "bundle-damaged"
    assert sum(read) <= (1 << 22) + (2 << 20)


@pytest.mark.parametrize("where", ["manifest", "record"])
def test_a_text_of_millions_of_lists_is_refused_before_it_takes_memory(offices, where):
    one, two = offices
    many = b"[" + b"[]," * 9_000_000 + b"1]"

    def pack(packed: zipfile.ZipFile) -> None:
        records = many + b"\n" if where == "record" else b""
        members(records, count=1)(packed)
        if where == "manifest":
            packed.fp.seek(0)
            packed.filelist.clear()
            packed.NameToInfo.clear()
            packed.writestr("records.jsonl", b"")
            packed.writestr("manifest.json", b'{"seals":' + many + b"}")

    path = two.archive.with_name("refused.hri")
    path.write_bytes(signed(one, pack))
    script = "import resource, subprocess, sys; subprocess.run(sys.argv[1:]);"
    script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    ran = subprocess.run(
        [sys.executable, "-c", script, *HRI, "archive", "receive", path], env=two.variables(),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "bundle-damaged" in ran.stderr
    assert int(ran.stdout) < 1 << 19, "more than half a GiB"


def test_a_package_that_claims_to_be_larger_than_any(offices, monkeypatch):
    one, two = offices
    content = signed(one, members(b"x" * 5000 + b"\n"))
    monkeypatch.setattr(package, "LARGEST", 4000)
    assert refused(two, content) == "bundle-damaged"


def test_a_member_that_unpacks_to_more_than_it_says(offices):
    one, two = offices
    records = line("agency", agency()) * 50

    def pack(packed: zipfile.ZipFile) -> None:
        members(records, count=1)(packed)
        for member in packed.infolist():
            if member.filename == "records.jsonl":
                member.file_size = len(records) // 50

    assert refused(two, signed(one, pack)) == "bundle-damaged"


def test_two_members_of_one_name(offices):
    one, two = offices

    def pack(packed: zipfile.ZipFile) -> None:
        members(b"")(packed)
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("records.jsonl", b"")

    assert refused(two, signed(one, pack)) == "bundle-damaged"


def test_a_payload_that_is_no_package(offices):
    one, two = offices
    path = two.archive.with_name("signed.hri")
    key = keys.own(Location(path=one.archive))
    for payload in (b"", b"text", b"PK\x05\x06" + bytes(17)):
        told = {"created": "2013", "encrypted": False, "from": "haidian", "key": key.public.line,
                "schema": "0001", "sha256": hashlib.sha256(payload).hexdigest(),
                "size": len(payload), "to": None}  # fmt: skip
        whole = told | {"signature": key.sign(bundle.MAGIC + canonical(told).encode())}
        path.write_bytes(bundle.MAGIC + canonical(whole).encode() + b"\n" + payload)
        assert refused(two, path.read_bytes()) == "bundle-damaged"


def test_a_bundle_of_a_newer_program(offices):
    one, two = offices
    assert refused(two, signed(one, members(b""), schema="9999")) == "bundle-newer"


def test_a_sender_that_is_not_the_key_s(offices):
    one, two = offices
    assert refused(two, signed(one, members(b""), sender="municipal")) == "signer-unknown"


def test_a_record_whose_predecessor_is_nowhere(offices):
    one, two = offices
    row = {"id": IDENTITY, "agency_id": IDENTITY.replace("0", "1"), "date": "2013-10-08"}
    assert refused(two, signed(one, members(line("pledge", row)))) == "predecessor-missing"


def test_an_attachment_that_is_neither_sent_nor_said_to_be_missing(offices):
    one, two = offices
    activity = {"id": IDENTITY, "district": "haidian", "year": 2013, "kind": "training",
                "date": "2013-10-08", "title": "培训"}  # fmt: skip
    other = IDENTITY.replace("0", "1")
    row = {"id": other, "activity_id": IDENTITY, "name": "a", "sha256": "0" * 64, "size": 1}
    records = line("activity", activity) + line("attachment", row, record=other)
    assert refused(two, signed(one, members(records))) == "bundle-damaged"


def test_a_dry_run_refuses_the_same(offices):
    _, two = offices
    path: Path = two.archive.with_name("refused.hri")
    path.write_bytes(b"text")
    ran = two("archive", "receive", path, "--dry-run", *JSON)
    assert (ran.status, ran.error["code"]) == (3, "not-a-bundle")
