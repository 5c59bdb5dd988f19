"""Whose archive this is, and whose records it may touch; light, since every command asks."""

from __future__ import annotations

from hrintegrity.archive.reader import Reader
from hrintegrity.errors import RuleError, UnusableError
from hrintegrity.notice.districts import BY_CODE, District

CITY = "municipal"

KEY_USED = "key"
"""The action under which the journal has which key an archive uses, by its fingerprint."""


def owner(archive: Reader) -> District:
    """Return whose archive this is; `municipal` is the city's, which may hold all districts.

    Raises UnusableError `archive-damaged`.
    """
    # Written out, since every command asks and the table's model takes time to import.
    code = archive.connection.exec_driver_sql("SELECT district FROM office WHERE owner").scalar()
    if code not in BY_CODE:
        raise _owner_missing()
    return BY_CODE[code]


def archive_id(archive: Reader) -> str:
    """Return the identity of an archive, which is that of its own office's row.

    Raises UnusableError `archive-damaged`.
    """
    found = archive.connection.exec_driver_sql("SELECT id FROM office WHERE owner").scalar()
    if found is None:
        raise _owner_missing()
    return str(found)


def _owner_missing() -> UnusableError:
    return UnusableError(
        "archive-damaged",
        "档案库里没有写明是谁的。",
        "请用最近的备份恢复：hri archive restore。",
    )


def keys_used(archive: Reader) -> list[str]:
    """Return the fingerprints of the keys that were used here, the last one last."""
    found = archive.connection.exec_driver_sql(
        "SELECT reason FROM journal WHERE record IN (SELECT id FROM office WHERE owner)"
        f" AND action = {archive.mark} ORDER BY id",
        (KEY_USED,),
    )
    return [str(reason) for (reason,) in found if reason]


def is_city(archive: Reader) -> bool:
    """Whether this is the city's archive."""
    return owner(archive).code == CITY


def who_signs(archive: Reader) -> tuple[str, str | None]:
    """Return whose archive this is, empty where it is not said, and the last key used here."""
    # One statement, since every command asks, whether it prints a paper or none.
    last_key = (
        f"SELECT reason FROM journal WHERE record = office.id AND action = {archive.mark}"
        " ORDER BY journal.id DESC LIMIT 1"
    )
    sql = f"SELECT district, ({last_key}) FROM office WHERE owner"
    district, key = archive.connection.exec_driver_sql(sql, (KEY_USED,)).first() or ("", None)
    return district, key


def scope(archive: Reader, given: str | None) -> str | None:
    """Return the district that a command is about: the given one, or a district's own.

    None is all districts, in the city's archive. Raises RuleError `not-ours`.
    """
    own = owner(archive)
    if own.code == CITY:
        return given
    if given not in (None, own.code):
        raise not_ours(own, BY_CODE[str(given)].name)
    return own.code


def not_ours(own: District, what: str) -> RuleError:
    """Return the error for a record that another district is responsible for."""
    return RuleError(
        "not-ours",
        f"{what}不归{own.name}管理，本档案库只办{own.name}的事。",
        "请在该区县或市局的档案库中办理。",
        clause="二(三)",
    )


def district_name(code: str) -> str:
    """Return the notice's name of a district."""
    return BY_CODE[code].name
