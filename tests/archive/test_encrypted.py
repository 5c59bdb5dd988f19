"""An encrypted archive: no planted word in any file beside it, and all commands as before."""

from __future__ import annotations

import keyring
import keyring.backend
import keyring.backends.null
import pytest

from running import JSON, Hri, code_of

pytestmark = pytest.mark.archive_file("a server encrypts its own disk")

WORD, PASSPHRASE, NEW = "北京暗语人力资源有限公司", "正确 马 电池 钉", "另一句话 更长"


@pytest.fixture
def office(tmp_path) -> Hri:
    hri = Hri(tmp_path / "home" / "a.db", environment={"HRI_PASSPHRASE": PASSPHRASE})
    hri.archive.parent.mkdir()
    return hri


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


def test_the_passphrase_is_asked_for_and_a_wrong_one_is_told(office):
    office("init", "--district", "海淀区", "--encrypt").ok()
    office.environment = {}
    ran = office("agency", "list", *JSON)
    assert (ran.status, ran.error["code"]) == (2, "passphrase-missing")
    office.environment = {"HRI_PASSPHRASE": "wrong"}
    before = office.archive.read_bytes()
    for words in ("agency list", "archive verify", "archive rekey", "archive decrypt"):
        ran = office(*words.split(), *JSON)
        assert (ran.status, ran.error["code"]) == (5, "passphrase"), words
    assert office.archive.read_bytes() == before


def test_a_new_passphrase_takes_the_place_of_the_old_one(office):
    office("init", "--district", "海淀区", "--encrypt").ok()
    work(office)
    line = office("archive", "key", "show").ok().out
    office.environment |= {"HRI_NEW_PASSPHRASE": NEW}
    office("archive", "rekey").ok()
    ran = office("agency", "list", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "passphrase")
    office.environment = {"HRI_PASSPHRASE": NEW}
    assert WORD in office("agency", "list").ok().out
    assert office("archive", "key", "show").ok().out == line
    office("archive", "verify").ok()
    assert planted(office) == []


def test_the_encryption_is_taken_back(office):
    office("init", "--district", "海淀区", "--encrypt").ok()
    work(office)
    line = office("archive", "key", "show").ok().out
    office("archive", "decrypt").ok()
    office.environment = {}
    assert WORD in office("agency", "list").ok().out
    assert office("archive", "key", "show").ok().out == line
    office("archive", "verify").ok()
    ran = office("archive", "decrypt", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "not-encrypted")
    ran = office("archive", "encrypt", *JSON)
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
