"""Whose keys an archive accepts, and for which district they write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, or_, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.exchange import KeyTrust
from hrintegrity.archive.tables.office import Office
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange import keys, registers
from hrintegrity.duties.exchange.keys import PublicKey
from hrintegrity.errors import InputError, LookupFailedError, RuleError
from hrintegrity.files import read_input
from hrintegrity.notice import names

CLAUSE = "二(三)"
_LONGEST = 4096


@dataclass(frozen=True)
class TrustView:
    """A key as scripts see it; `own` is this archive's, `released` a register given up for it."""

    id: str
    district: str
    district_name: str
    fingerprint: str
    line: str
    trusted: dt.date | None
    revoked: dt.date | None
    own: bool = False
    released: registers.Register | None = None


def own(archive: Archive) -> TrustView:
    """Return this archive's public key. Raises UnusableError `key-lost`."""
    return _own(archive, keys.own(archive.location).public)


def first_key(archive: Archive) -> None:
    """Make the key of an archive that never had one. Raises UnusableError `key-lost`."""
    refuse_loss(archive)
    _note(archive, keys.make(archive.location).public)


def refuse_loss(archive: Archive) -> None:
    """Raise UnusableError `key-lost`, for an archive without a key, where it once had one."""
    before = ownership.keys_used(archive)
    if before:
        raise keys.lost(archive.location, before[-1])


def restore(archive: Archive, backup: Path, *, force: bool) -> tuple[TrustView, bool]:
    """Put a copy of the key back; say too whether it is the one that was used here last.

    Raises as `keys.restore`.
    """
    before = ownership.keys_used(archive)
    key = keys.restore(archive.location, backup, force=force).public
    _note(archive, key)
    return _own(archive, key), before[-1:] in ([], [key.fingerprint])


def _note(archive: Archive, key: PublicKey) -> None:
    """Enter which key is used here, so that it is missed where an archive was brought back."""
    if ownership.keys_used(archive)[-1:] != [key.fingerprint]:
        office = archive.session.exec(select(Office).where(Office.owner)).one()
        writer.note(archive, ownership.KEY_USED, office, reason=key.fingerprint)


def listing(archive: Archive) -> list[TrustView]:
    """Return this archive's key, if it has one, and every key that was ever accepted."""
    mine = keys.find(archive.location)
    rows = archive.session.exec(select(KeyTrust).order_by(KeyTrust.district, KeyTrust.id))
    return [*([_own(archive, mine.public)] if mine else []), *map(_view, rows)]


def given_line(text: str) -> str:
    """Return the line that `key trust` was given, or that is in the file that it was given.

    Raises LookupFailedError `file-missing`, InputError `bad-key`.
    """
    if text.lstrip().startswith("hri1 "):
        return text
    content = read_input(Path(text), _LONGEST).removeprefix(b"\xef\xbb\xbf")
    return content.decode("utf-8", "replace")


def trust(archive: Archive, text: str, *, district: str, today: dt.date) -> TrustView:
    """Accept another office's key for a district; in the city's archive, release its register.

    Raises InputError `bad-key`, RuleError `own-key` or `key-revoked`, LookupFailedError
    `key-taken`.
    """
    key = keys.read_line(given_line(text))
    mine = keys.find(archive.location)
    if mine is not None:
        _note(archive, mine.public)
    if mine is not None and mine.public.signing == key.signing:
        raise RuleError("own-key", "这是本档案库自己的公钥。", "请给出对方的公钥。", clause=CLAUSE)
    row = _known(archive, key)
    if row is None:
        row = writer.insert(
            archive,
            KeyTrust(line=key.line, fingerprint=key.fingerprint, district=district, trusted=today),
        )
    elif row.revoked is not None:
        raise RuleError(
            "key-revoked",
            f"这把公钥已于 {row.revoked} 作废（{names.office(row.district)}）。",
            "请对方用 hri archive key replace 换一把，再把新公钥给你。",
            clause=CLAUSE,
        )
    elif (row.district, row.line) != (district, key.line):
        raise LookupFailedError(
            "key-taken",
            f"这把公钥已登记为{names.office(row.district)}的。",
            "一把公钥只代表一个单位；登记错了的，先 key revoke 作废，再请对方 key replace 换一把。",
        )
    released = None
    if ownership.is_city(archive) and district != ownership.CITY:
        released = registers.release(archive, district)
    return _view(row, released)


def revoke(archive: Archive, text: str, *, today: dt.date) -> TrustView:
    """Accept nothing more that is signed with a key, given by its line or its fingerprint.

    Raises LookupFailedError `key-missing` or `already-revoked`.
    """
    digits = "".join(c for c in text if c.isdigit())
    groups = " ".join(digits[at : at + 5] for at in range(0, 40, 5))
    line = " ".join(text.split())
    row = archive.session.exec(
        select(KeyTrust).where(or_(KeyTrust.line == line, KeyTrust.fingerprint == groups))
    ).first()
    if row is None:
        raise LookupFailedError(
            "key-missing", "没有登记过这把公钥。", "已登记的公钥见 hri archive key list。"
        )
    if not writer.update(archive, row, revoked=row.revoked or today):
        raise LookupFailedError(
            "already-revoked", f"这把公钥已于 {row.revoked} 作废。", "无需再次作废。"
        )
    return _view(row)


def replace(archive: Archive, *, today: dt.date) -> TrustView:
    """Make a new key for this archive; the old one is revoked here, others must do so too."""
    old, new = keys.replace(archive.location)
    _note(archive, new)
    if old is not None:
        district = ownership.owner(archive).code
        writer.insert(
            archive,
            KeyTrust(
                line=old.line,
                fingerprint=old.fingerprint,
                district=district,
                trusted=today,
                revoked=today,
            ),
        )
    return _own(archive, new)


def signer(archive: Archive, key: PublicKey) -> str:
    """Return the district that a key writes for here; this archive's own key for its own.

    Raises InputError `signer-unknown` or `signer-revoked`.
    """
    row = _known(archive, key)
    if row is not None and row.revoked is not None:
        raise InputError(
            "signer-revoked",
            f"签名的公钥已于 {row.revoked} 作废（{names.office(row.district)}），没有导入。",
            "请对方用新的密钥重新发送。",
            clause=CLAUSE,
        )
    if row is not None and row.line == key.line:
        return row.district
    mine = keys.find(archive.location)
    if mine is not None and mine.public == key:
        return ownership.owner(archive).code
    raise InputError(
        "signer-unknown",
        f"不认识签名的公钥（指纹 {key.fingerprint}），没有导入。",
        "请先核对对方的指纹，再用 hri archive key trust 登记它的公钥。",
        clause=CLAUSE,
    )


def receivers(archive: Archive, district: str) -> list[PublicKey]:
    """Return the keys that are accepted for a district. Raises LookupFailedError `key-missing`."""
    rows = archive.session.exec(
        select(KeyTrust.line)
        .where(KeyTrust.district == district, col(KeyTrust.revoked).is_(None))
        .order_by(KeyTrust.id)
    )
    found = [keys.read_line(line) for line in rows]
    if not found:
        raise LookupFailedError(
            "key-missing",
            f"没有登记{names.office(district)}的公钥，不能为它加密。",
            "请先用 hri archive key trust 登记；不需要加密的，用 --plain。",
        )
    return found


def _known(archive: Archive, key: PublicKey) -> KeyTrust | None:
    """Return what is known of a signing key, whatever encryption key comes with it."""
    query = select(KeyTrust).where(col(KeyTrust.line).startswith(f"hri1 {key.signing} "))
    return archive.session.exec(
        query.order_by(col(KeyTrust.revoked).is_(None), KeyTrust.id)
    ).first()


def _own(archive: Archive, key: PublicKey) -> TrustView:
    district = ownership.owner(archive).code
    name = names.office(district)
    # The key of an archive is no record; its fingerprint is its name.
    return TrustView(
        id=key.fingerprint,
        district=district,
        district_name=name,
        fingerprint=key.fingerprint,
        line=key.line,
        trusted=None,
        revoked=None,
        own=True,
    )


def _view(row: KeyTrust, released: registers.Register | None = None) -> TrustView:
    name = names.office(row.district)
    return TrustView(
        id=row.id,
        district=row.district,
        district_name=name,
        fingerprint=row.fingerprint,
        line=row.line,
        trusted=row.trusted,
        revoked=row.revoked,
        own=False,
        released=released,
    )
