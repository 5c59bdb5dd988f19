"""An encrypted archive: no planted word in any file beside it, and all commands as before."""

from __future__ import annotations

import base64
import errno
import shutil
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.null
import pytest

from hrintegrity.archive import connecting, passphrases
from hrintegrity.duties import locking
from hrintegrity.errors import UnusableError
from hrintegrity.files import whole_file
from running import JSON, Hri, code_of

pytestmark = pytest.mark.archive_file("a server encrypts its own disk")

OF_AGE = """
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCAzUVNMMTg2Q2JPcldZZ1FCVWZJc0V3IDEwCmZvUTdtdzd2
VDBqaC9VNnk3MFFMNHNYeVdmWHR1R3IvdGpXYzJ3TEUvQW8KLS0tIHp5MUwxanBBSHM4amhYSmRlZG5rdjBoWXRQ
MTVtT3pEQWNCWkNUL1RaQVEKbZ7B8FTf1BJVurP3LtI8YbpqzI0yEkQB4cWqD2qTCx3gu7DxN6zv9HluXx+dLOjf
9/bx+W6O+640+S05XXzRbAAzdvynaBrMvpLOklrGSKHLPIbkvx283hshPlHcLbs8l7eqc15hyePMA0uVNJjbNtH3
g9ebMdRKBKD4Tqf3HmofvWek/JBkEAoEjBmg93zULA/P50vMFev0c6Bpakk3QtBokSkduenaRQI1OUsE0Fgu6Da1
Vfh2RlXldnJ1PoWUSE6qd5SdMFb8FnSJoVIJ7B8m5arjvoPjaFmJ1714x4U8VJ551OCRua9l5R/6uyS86fncJOnF
YFV2DFJdePUAOBHEIVZgdw8=
"""
"""A key's file as it was written at first, in the format of age; its passphrase is PASSPHRASE."""

WORD, PASSPHRASE, NEW = "北京暗语人力资源有限公司", "正确 马 电池 钉", "另一句话 更长"


@pytest.fixture
def office(tmp_path) -> Hri:
    hri = Hri(tmp_path / "home" / "a.db", environment={"HRI_PASSPHRASE": PASSPHRASE})
    hri.archive.parent.mkdir()
    return hri


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """An encrypted archive with a key, made once: each new passphrase costs by intention."""
    path = tmp_path_factory.mktemp("made") / "a.db"
    hri = Hri(path, environment={"HRI_PASSPHRASE": PASSPHRASE})
    hri("init", "--district", "海淀区", "--encrypt").ok()
    hri("archive", "key", "show").ok()
    return path


@pytest.fixture
def encrypted(office, made) -> Hri:
    """The command line on an archive that is encrypted."""
    for ending in ("", ".key"):
        shutil.copy2(f"{made}{ending}", f"{office.archive}{ending}")
    return office


def work(hri: Hri) -> None:
    hri.add(WORD, code_of(1))
    photo = hri.archive.parent.parent / "photo.jpg"
    photo.write_bytes(WORD.encode() * 100)
    hri("campaign", "log", "--kind", "training", "--date", "2013-10-10", "--title", "培训",
        "--attach", photo).ok()  # fmt: skip
    hri("archive", "key", "show").ok()


def planted(hri: Hri) -> list[str]:
    """The files beside an archive that show a word of it, or a key."""
    words = (WORD.encode(), b"AGE-SECRET-KEY", b"SQLite format 3", b'"signing"')
    return [
        str(path)
        for path in hri.archive.parent.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


@pytest.mark.parametrize("later", [False, True])
def test_no_planted_word_is_in_any_file_and_all_commands_work(office, tmp_path, later):
    office("init", "--district", "海淀区", *(() if later else ("--encrypt",))).ok()
    work(office)
    if later:
        assert planted(office)
        ran = office("archive", "encrypt", *JSON).ok()
        assert (ran.json["encrypted"], ran.json["attachments"], ran.json["key"]) == (True, 1, True)
    assert planted(office) == []
    office("archive", "backup", office.archive.parent / "b.db").ok()
    office("archive", "key", "backup", office.archive.parent / "k").ok()
    assert planted(office) == []
    for words in (
        ["archive", "verify"],
        ["agency", "list"],
        ["archive", "info"],
        ["report", "rates"],
    ):
        office(*words, *JSON).ok()
    office("archive", "send", "--plain", "-o", tmp_path / "b.hri").ok()
    office("archive", "restore", office.archive.parent / "b.db", "--force", "--yes").ok()
    assert WORD in office("agency", "list").ok().out
    office("archive", "verify").ok()
    assert planted(office) == []


def test_the_passphrase_is_asked_for_and_a_wrong_one_is_told(encrypted):
    encrypted.environment = {}
    ran = encrypted("agency", "list", *JSON)
    assert (ran.status, ran.error["code"]) == (2, "passphrase-missing")
    encrypted.environment = {"HRI_PASSPHRASE": "wrong"}
    before = encrypted.archive.read_bytes()
    for words in ("agency list", "archive verify", "archive rekey", "archive decrypt"):
        ran = encrypted(*words.split(), *JSON)
        assert (ran.status, ran.error["code"]) == (5, "passphrase"), words
    assert encrypted.archive.read_bytes() == before


def test_a_new_passphrase_takes_the_place_of_the_old_one(encrypted):
    work(encrypted)
    line = encrypted("archive", "key", "show").ok().out
    encrypted.environment |= {"HRI_NEW_PASSPHRASE": NEW}
    encrypted("archive", "rekey").ok()
    ran = encrypted("agency", "list", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "passphrase")
    encrypted.environment = {"HRI_PASSPHRASE": NEW}
    assert WORD in encrypted("agency", "list").ok().out
    assert encrypted("archive", "key", "show").ok().out == line
    encrypted("archive", "verify").ok()
    assert planted(encrypted) == []


def test_the_encryption_is_taken_back(encrypted):
    work(encrypted)
    line = encrypted("archive", "key", "show").ok().out
    encrypted("archive", "decrypt").ok()
    encrypted.environment = {}
    assert WORD in encrypted("agency", "list").ok().out
    assert encrypted("archive", "key", "show").ok().out == line
    encrypted("archive", "verify").ok()
    ran = encrypted("archive", "decrypt", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "not-encrypted")
    ran = encrypted("archive", "encrypt", *JSON)
    assert (ran.status, ran.error["code"]) == (2, "passphrase-missing")


def test_a_damaged_file_in_the_clear_is_not_taken_for_an_encrypted_one(office):
    office("init", "--district", "海淀区").ok()
    work(office)
    office.environment = {}
    content = bytearray(office.archive.read_bytes())
    content[:16] = b"no database here"
    office.archive.write_bytes(content)
    ran = office("agency", "list", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-damaged")


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    keyring.set_keyring(found := Ring())
    yield found
    keyring.set_keyring(before)


def test_a_passphrase_that_the_keyring_has_is_not_asked_for(office, ring):
    office("init", "--district", "海淀区").ok()
    done = office("archive", "encrypt", "--remember", *JSON).ok()
    assert done.json["remembered"] is True
    del office.environment["HRI_PASSPHRASE"]
    office.add(WORD, code_of(1))
    office("archive", "verify").ok()
    office.environment["HRI_NEW_PASSPHRASE"] = NEW
    assert office("archive", "rekey", "--remember", *JSON).ok().json["remembered"] is True
    assert list(ring.kept.values()) == [NEW]
    assert len(office("agency", "list", *JSON).ok().json) == 1
    ring.kept.clear()
    ran = office("agency", "list", *JSON)
    assert (ran.status, ran.error["code"]) == (2, "passphrase-missing")


def test_whoever_restores_a_backup_in_the_clear_over_an_encrypted_archive_is_told(office):
    office("init", "--district", "海淀区").ok()
    backup = office.archive.with_name("b.db")
    office("archive", "backup", backup).ok()
    office("archive", "encrypt").ok()
    ran = office("archive", "restore", backup, "--force", "--yes").ok()
    assert "备份没有加密，恢复的档案库也就没有" in ran.err
    assert office("agency", "list").ok()
    ran = office("archive", "restore", backup, "--force", "--yes").ok()
    assert "没有加密" not in ran.err


def test_without_a_keyring_that_is_said_and_the_passphrase_is_asked_for(office):
    office("init", "--district", "海淀区").ok()
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.null.Keyring())
    try:
        ran = office("archive", "encrypt", "--remember")
        assert ran.status == 0
        del office.environment["HRI_PASSPHRASE"]
        ran = office("agency", "list", *JSON)
        assert (ran.status, ran.error["code"]) == (2, "passphrase-missing")
    finally:
        keyring.set_keyring(before)


def key_of(hri: Hri, ending: str = "") -> Path:
    return hri.archive.with_name(f"{hri.archive.name}.key{ending}")


def key_s_state(hri: Hri) -> bool:
    found: list[bool] = [each["ok"] for each in hri("doctor", *JSON).json if each["what"] == "key"]
    return found[0]


def test_a_key_that_an_interruption_left_in_the_clear_is_encrypted_by_doing_it_again(office):
    office("init", "--district", "海淀区").ok()
    work(office)
    clear, line = key_of(office).read_bytes(), office("archive", "key", "show").ok().out
    office("archive", "encrypt").ok()
    key_of(office).write_bytes(clear)
    assert office("archive", "key", "show").ok().out == line
    assert planted(office)
    assert key_s_state(office) is False
    assert office("archive", "encrypt", *JSON).ok().json["key"] is True
    assert planted(office) == []
    assert key_s_state(office) is True
    assert office("archive", "key", "show").ok().out == line
    ran = office("archive", "encrypt", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "already-encrypted")


@pytest.mark.parametrize("words", ["rekey", "decrypt"])
def test_a_key_opens_where_it_was_not_yet_changed_with_its_archive(encrypted, words):
    line, before = encrypted("archive", "key", "show").ok().out, key_of(encrypted).read_bytes()
    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    encrypted("archive", words).ok()
    key_of(encrypted).rename(key_of(encrypted, ".next"))
    key_of(encrypted).write_bytes(before)
    encrypted.environment = {"HRI_PASSPHRASE": NEW} if words == "rekey" else {}
    assert encrypted("archive", "key", "show").ok().out == line


def test_a_key_changes_with_its_archive_though_the_command_fails_after_that(encrypted, monkeypatch):
    line, rekey = encrypted("archive", "key", "show").ok().out, locking.encryption.rekey

    def interrupted(*given):
        rekey(*given)
        raise KeyboardInterrupt

    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    with monkeypatch.context() as patch:
        patch.setattr(locking.encryption, "rekey", interrupted)
        assert encrypted("archive", "rekey").status == 130
    assert not key_of(encrypted, ".next").exists()
    encrypted.environment = {"HRI_PASSPHRASE": NEW}
    assert encrypted("archive", "key", "show").ok().out == line


def test_a_key_that_could_not_be_changed_with_its_archive_is_named(encrypted, monkeypatch):
    line, rekey = encrypted("archive", "key", "show").ok().out, locking.encryption.rekey

    def full(*given):
        rekey(*given)
        monkeypatch.setattr(Path, "replace", refuse)
        raise UnusableError("output-unusable", "磁盘已满", "请检查磁盘空间。")

    def refuse(*_):
        raise OSError(errno.ENOSPC, "")

    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    monkeypatch.setattr(locking.encryption, "rekey", full)
    ran = encrypted("archive", "rekey", *JSON)
    monkeypatch.undo()
    assert (ran.status, ran.error["code"]) == (5, "output-unusable")
    next_name = key_of(encrypted, ".next").name
    assert f"把 {next_name} 改名为 {key_of(encrypted).name}" in ran.error["hint"]
    encrypted.environment = {"HRI_PASSPHRASE": NEW}
    assert encrypted("archive", "key", "show").ok().out == line


def test_a_next_key_of_an_archive_that_stays_as_it_was_is_none_to_rename(encrypted, monkeypatch):
    line = encrypted("archive", "key", "show").ok().out

    def fail(*_):
        monkeypatch.setattr(Path, "unlink", refuse)
        raise UnusableError("output-unusable", "磁盘已满", "请检查磁盘空间。")

    def refuse(*_, **__):
        raise OSError(errno.EIO, "")

    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    monkeypatch.setattr(locking.encryption, "rekey", fail)
    ran = encrypted("archive", "rekey", *JSON)
    monkeypatch.undo()
    assert (ran.error["code"], "改名" in ran.error["hint"]) == ("output-unusable", False)
    assert encrypted("archive", "key", "show").ok().out == line


def test_the_key_before_the_present_one_is_nowhere_in_the_clear(office):
    office("init", "--district", "海淀区").ok()
    office("archive", "key", "show").ok()
    clear, before = key_of(office).read_bytes(), key_of(office, ".replaced")
    office("archive", "key", "replace").ok()
    assert not before.exists()
    # A power cut leaves it there.
    before.write_bytes(clear)
    office("archive", "encrypt").ok()
    assert b"signing" in clear
    assert b"signing" not in before.read_bytes()
    assert key_s_state(office) is True


def test_a_key_whose_place_can_t_be_written_leaves_the_passphrase_as_it_was(encrypted):
    line = encrypted("archive", "key", "show").ok().out
    key_of(encrypted, ".next").mkdir()
    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    ran = encrypted("archive", "rekey", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "output-unusable")
    assert encrypted("archive", "key", "show").ok().out == line


def test_a_key_s_file_costs_the_same_wherever_it_was_written(encrypted):
    """The format of age measures the machine, up to 1 GiB and seconds for each signature."""
    assert key_of(encrypted).read_bytes().startswith(b"hri-locked-1\n")


def test_a_key_in_the_format_of_age_opens_and_is_rewritten_with_the_next_passphrase(encrypted):
    key_of(encrypted).write_bytes(base64.b64decode(OF_AGE))
    line = encrypted("archive", "key", "show").ok().out
    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    encrypted("archive", "rekey").ok()
    encrypted.environment = {"HRI_PASSPHRASE": NEW}
    assert encrypted("archive", "key", "show").ok().out == line
    assert key_of(encrypted).read_bytes().startswith(b"hri-locked-1\n")


@pytest.mark.parametrize("content", [b"hri-locked-1\n", b"hri-locked-1\nAAAA\nAAAA\n"])
def test_a_damaged_key_s_file_is_told_as_one_that_does_not_open(encrypted, content):
    key_of(encrypted).write_bytes(content)
    ran = encrypted("archive", "key", "show", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "passphrase")


def test_a_backup_of_damaged_attachments_leaves_the_good_ones_and_says_so(encrypted, tmp_path):
    work(encrypted)
    folder = tmp_path / "backup"
    folder.mkdir()
    encrypted("archive", "backup", folder / "b.db").ok()
    good = {path: path.read_bytes() for path in folder.glob("b.db.files/*/*")}
    (mine,) = Path(f"{encrypted.archive}.files").glob("*/*")
    mine.write_bytes(mine.read_bytes()[:-1])
    ran = encrypted("archive", "backup", folder / "b.db", "--force", *JSON).ok()
    assert [one["where"] for one in ran.json["problems"]] == [str(mine)]
    assert {path: path.read_bytes() for path in folder.glob("b.db.files/*/*")} == good
    encrypted("archive", "restore", folder / "b.db", "--force", *JSON).ok()
    assert encrypted("archive", "verify").ok()


@pytest.mark.parametrize("words", ["rekey", "decrypt"])
def test_clear_copies_that_a_kill_left_are_named_by_doctor_and_removed(encrypted, words):
    folder = encrypted.archive.parent
    left = [folder / f".{encrypted.archive.name}.abcdefg_.db{end}" for end in ("", "-journal")]
    other = folder / ".other.db.abcdefgh.db"
    for path in (*left, other):
        path.write_bytes(b"SQLite format 3")
    left.append(folder / f".{encrypted.archive.name}.abcdefgh.db")
    left[-1].mkdir()
    (left[-1] / "archive.db").write_bytes(b"SQLite format 3")
    (found,) = [one for one in encrypted("doctor", *JSON).json if one["what"] == "copies"]
    assert found["ok"] is False
    assert all(str(path) in found["found"] for path in left)
    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    warned = encrypted("archive", words).ok().err
    # A folder may be that of a rehearsal which is under way: it is named, and left.
    assert str(left[-1]) in warned
    assert sorted(folder.glob(".*.db*")) == [left[-1], other]


@pytest.mark.parametrize("words", ["encrypt", "rekey", "decrypt", "key replace"])
def test_copies_of_the_key_that_a_kill_left_are_named_by_doctor_and_removed(encrypted, words):
    """The kill comes before the temporary file has its name, for each file that a key has."""
    if words == "encrypt":
        encrypted("archive", "decrypt").ok()
    left = []
    for ending in ("", ".next", ".replaced"):
        with whole_file(key_of(encrypted, ending), force=True, own=True, keep=False) as temporary:
            left.append(temporary)
    for path in left:
        path.write_bytes(b'{"signing"')
    (found,) = [one for one in encrypted("doctor", *JSON).json if one["what"] == "copies"]
    assert (found["ok"], [str(path) in found["found"] for path in left]) == (False, [True] * 3)
    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    encrypted("archive", *words.split()).ok()
    assert [path for path in left if path.exists()] == []


def test_nothing_of_a_passphrase_outlives_its_command(encrypted, monkeypatch):
    def kept() -> list[dict]:
        made = [each._made for each in passphrases.Made._every]
        return [one for one in (passphrases._command.known, *made) if one]

    end_command, at_end = passphrases.end_command, []
    monkeypatch.setattr(passphrases, "end_command", lambda: at_end.append(kept()) or end_command())
    encrypted("archive", "key", "backup", encrypted.archive.with_name("k")).ok()
    # Of the passphrase, of the archive's key and of its salt.
    assert len(at_end[-1]) >= 3
    assert kept() == []
    encrypted.environment["HRI_PASSPHRASE"] = "wrong"
    ran = encrypted("agency", "list", *JSON)
    assert (ran.status, ran.error["code"], len(at_end[-1]) >= 3) == (5, "passphrase", True)
    assert kept() == []


@pytest.mark.parametrize(
    ("words", "keys"),
    [("agency list", 1), ("archive verify", 1), ("archive backup b.db", 1), ("archive rekey", 2)],
)
def test_a_command_makes_the_key_of_a_file_once(encrypted, monkeypatch, words, keys):
    made: list[bytes] = []
    derived = connecting._derived
    monkeypatch.setattr(
        connecting, "_derived", lambda text, salt: made.append(salt) or derived(text, salt)
    )
    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    words = words.replace("b.db", str(encrypted.archive.with_name("b.db")))
    encrypted(*words.split()).ok()
    assert len(made) == keys


def test_a_backup_from_before_a_rekey_says_that_the_key_is_under_another_passphrase(encrypted):
    encrypted("archive", "key", "show").ok()
    backup = encrypted.archive.with_name("b.db")
    encrypted("archive", "backup", backup).ok()
    encrypted.environment["HRI_NEW_PASSPHRASE"] = NEW
    encrypted("archive", "rekey").ok()
    encrypted.archive.unlink()
    ran = encrypted("archive", "restore", backup).ok()
    assert "请用 hri archive rekey 把档案库换成密钥的口令" in ran.err
    assert key_s_state(encrypted) is False
    encrypted("archive", "rekey").ok()
    encrypted.environment = {"HRI_PASSPHRASE": NEW}
    assert key_s_state(encrypted) is True
    encrypted("archive", "key", "show").ok()


def test_a_copy_in_the_clear_of_an_encrypted_archive_is_told(encrypted, tmp_path):
    copy = tmp_path / "copy.db"
    ran = encrypted("archive", "copy", encrypted.archive, copy).ok()
    assert f"请运行 hri --archive {copy} archive encrypt" in ran.err
    # The message is right: whoever follows it has nothing in the clear.
    copied = Hri(copy, environment=encrypted.environment)
    copied("--archive", copy, "archive", "encrypt").ok()
    assert str(copy) not in planted(copied)
