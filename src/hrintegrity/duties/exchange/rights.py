"""What a signer may write here: what belongs to its district, before and after.

The city's key writes titles of demonstration units anywhere, its own agencies with all theirs, and
what it decides for all. A district's key writes its own agencies' records and hands an agency over;
of a title that the city awarded it writes the loss and the plaque's return, nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_

from hrintegrity.archive.engine import Archive
from hrintegrity.chunking import chunks
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.belonging import DECIDED, WHOLE_CITY, belongs, citys_own
from hrintegrity.duties.exchange.faulty import CLAUSE, LISTED, missing
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.exchange.versions import Version, current, states
from hrintegrity.errors import InputError

DECISIONS = ("confirmed", "conferral_id")
"""What only the city enters in a title."""

LOSS = frozenset(
    {"revoked", "revoked_by", "reason", "recover_by", "recovered", "confirmed", "conferral_id"}
)
"""What a district may write of a title."""


class Rights:
    """What the key of a district may write, over one bundle."""

    def __init__(self, archive: Archive, district: str) -> None:
        self._archive = archive
        self._district = district
        self._introduced: set[str] = set()
        self._handed: set[str] = set()
        self._covered: set[str] = set()
        # Archives of one office pass on to each other what they have from the city.
        self._within = district == ownership.owner(archive).code

    def check(self, table: str, versions: Sequence[Version]) -> None:
        """Refuse versions that would change what the signer may not write.

        Raises InputError `not-allowed` or `predecessor-missing`.
        """
        if table == "unit" and self._district != ownership.CITY:
            for version in versions:
                self._check_loss(version)
            return
        here = store.rows(self._archive, table, [version.record for version in versions])
        if table == "agency":
            mine = {r for r, row in here.items() if row["district"] == self._district}
            # What is handed over in this bundle was the signer's until now.
            self._covered |= mine
            allowed = mine | self._introduce([v for v in versions if v.record not in here])
            allowed |= self._changed_before_transfer(
                [v for v in versions if v.record in here.keys() - mine]
            )
        else:
            self._look_up(table, versions)
            theirs = here.keys() - self._belonging(table, here)
            if table in DECIDED:
                theirs |= self._citys(table, versions, here)
            allowed = {v.record for v in versions if self.covers(table, v.row)} - theirs
        wrong = [version for version in versions if version.record not in allowed]
        if wrong:
            raise self._refused(wrong)

    def finish(self) -> None:
        """Refuse an agency of another district unless the bundle shows that it was handed over.

        Raises InputError `not-allowed`.
        """
        kind = kinds()["agency"]
        handed = and_(kind.table.c.id.in_(self._handed), belongs("agency", self._district))
        found = {row["id"] for row in store.matching(self._archive, kind, handed)}
        held = {item.version.record for item in store.held(self._archive, self._handed)}
        wrong = sorted(self._handed - found - held)
        if wrong:
            raise self._refused([current(self._archive, [record])[record] for record in wrong])

    def covers(self, table: str, row: Mapping[str, Any]) -> bool:
        """Whether a record that is not here would belong to the district."""
        citys = citys_own(table, row) and not (table in DECIDED and self._within)
        if citys or (table == "unit" and self._district == ownership.CITY):
            return self._district == ownership.CITY
        if table == "agency":
            return row.get("district") == self._district
        if table == "practitioner":
            return True
        references = kinds()[table].references
        pointed = {c: row[c] for c in references if row.get(c) is not None}
        if not all(self._covers_record(references[c], record) for c, record in pointed.items()):
            return False
        if "district" not in kinds()[table].types or self._names(row):
            return bool(pointed) or "district" in row
        agency = pointed.get("agency_id")
        return agency is not None and self._once(agency, row.get("district", ""))

    def known_as(self, table: str, record: str) -> str | None:
        """Return which record others know of one that was merged: itself, or what it ended in.

        They know what the district sends them, and what they sent themselves; None where
        they know neither.
        """
        ended = current(self._archive, [record]).get(record)
        if ended is None:
            return None
        if self.covers(table, ended.row) or ended.sender not in (None, self._district):
            return record
        return None if ended.into is None else self.known_as(table, ended.into)

    def _introduce(self, versions: Sequence[Version]) -> set[str]:
        """Let the signer bring agencies that are not here; return which of them it may."""
        records = [version.record for version in versions]
        known = {r: [head.row] for r, head in current(self._archive, records).items()}
        for item in store.held(self._archive, records):
            known.setdefault(item.version.record, []).append(item.version.row)
        new = {version.record for version in versions if version.record not in known}
        self._introduced |= new
        self._handed |= {
            version.record
            for version in versions
            if version.record in new and version.row.get("district") != self._district
        }
        return new | {
            record
            for record, rows in known.items()
            if all(row.get("district") == self._district for row in rows)
        }

    def _changed_before_transfer(self, versions: Sequence[Version]) -> set[str]:
        """Return agencies of another district that the signer changed before it knew.

        They were its own, and come up as conflicts; what is here is not touched.
        """
        heads = current(self._archive, [version.record for version in versions])
        return {
            version.record
            for version in versions
            if not version.knows(heads[version.record].version)
        } & self._belonging("agency", heads)

    def _citys(
        self, table: str, versions: Sequence[Version], here: Mapping[str, store.Row]
    ) -> set[str]:
        """Return the records that the city decided, and a district must not alter.

        Raises InputError `predecessor-missing` where one is not known here.
        """
        if self._within or self._district == ownership.CITY:
            return set()
        unknown = [v for v in versions if citys_own(table, v.row) and v.record not in here]
        if unknown:
            raise missing([(v, "decided_by", v.record) for v in unknown], citys=True)
        return {record for record, row in here.items() if citys_own(table, row)}

    def _look_up(self, table: str, versions: Sequence[Version]) -> None:
        """Find out at once whether what the records of a chunk point at belongs to the district."""
        for column, target in kinds()[table].references.items():
            wanted = {str(v.row[column]) for v in versions if v.row.get(column) is not None}
            here = store.rows(self._archive, target, wanted - self._covered)
            self._covered |= self._belonging(target, here)

    def _belonging(self, table: str, here: Mapping[str, Any]) -> set[str]:
        """Return which records that are here belong to the district."""
        kind = kinds()[table]
        found = {
            row["id"]
            for chunk in chunks(here, store.CHUNK)
            for row in store.matching(
                self._archive,
                kind,
                and_(kind.table.c.id.in_(chunk), belongs(table, self._district)),
            )
        }
        if table == "practitioner":
            # A person who works nowhere yet is nobody's.
            found |= {
                r
                for r in here.keys() - found
                if not store.pointing(self._archive, "employment", "practitioner_id", r)
            }
        return found

    def _covers_record(self, table: str, record: str) -> bool:
        if record in self._introduced or record in self._covered:
            return True
        if store.rows(self._archive, table, [record]):
            return record in self._belonging(table, {record: None})
        for item in store.held(self._archive, [record]):
            return self.covers(table, item.version.row)
        head = current(self._archive, [record]).get(record)
        if head is None:
            # Nothing is known of it: the bundle is refused for that.
            return True
        return self._covers_record(table, head.into) if head.into else self.covers(table, head.row)

    def _names(self, row: Mapping[str, Any]) -> bool:
        named = row.get("district")
        return named == self._district or (self._district == ownership.CITY and named in WHOLE_CITY)

    def _once(self, agency: str, district: str) -> bool:
        """Whether an agency is or was another district's, which a record of then may name."""
        return agency in self._introduced or bool(
            store.matching(
                self._archive,
                kinds()["agency"],
                and_(kinds()["agency"].table.c.id == agency, belongs("agency", district)),
            )
        )

    def _check_loss(self, version: Version) -> None:
        """Let a district write the loss of a title that is here as the city awarded it."""
        known = states(self._archive, version.record)
        if not known and self._within and version.alive and self.covers("unit", version.row):
            return
        if not known:
            lacking = [(version, "awarded", version.record)]
            raise missing(lacking, citys=ownership.is_city(self._archive))
        head = current(self._archive, [version.record]).get(version.record)
        here = {head.version, *head.ancestors} if head else set()
        beside = head and not version.knows(head.version) and version.ancestors & here
        self._refuse_other_award(version, known, harmless=bool(beside))
        known_of = {name: {None, *(state.get(name) for state in known)} for name in DECISIONS}
        decided = all(version.row.get(name) in known_of[name] for name in DECISIONS)
        if not decided and not ownership.is_city(self._archive) and version.ancestors - here:
            # The city's decision may have reached another archive of the office first.
            raise missing([(version, "awarded", version.record)])
        if not (
            version.alive
            and decided
            and self._holds_title(version.record, known[-1])
            and self.covers("unit", version.row)
        ):
            raise self._refused([version])

    def _refuse_other_award(
        self, version: Version, known: Sequence[Mapping[str, Any]], *, harmless: bool
    ) -> None:
        """Refuse a title that is not as the city awarded it.

        Only the city knows every award that it ever corrected. Elsewhere another one is `harmless`
        where it can't take the place of what is here, and both come from one award.
        """
        if _award(version.row) in [_award(state) for state in known]:
            return
        if ownership.is_city(self._archive):
            raise self._refused([version])
        if not harmless:
            raise missing([(version, "awarded", version.record)])

    def _holds_title(self, record: str, last: Mapping[str, Any]) -> bool:
        """Whether a title is of the district's agency, also where it was displaced here."""
        if store.rows(self._archive, "unit", [record]):
            return record in self._belonging("unit", {record: None})
        return self.covers("unit", last)

    def _refused(self, wrong: Sequence[Version]) -> InputError:
        name = ownership.district_name(self._district)
        return InputError(
            "not-allowed",
            f"文件里有 {len(wrong)} 条记录，{name}的密钥无权写入，没有导入。",
            "区县只能写本区县的记录；示范单位的授予和市属机构由市局写。请对方核对。",
            clause=CLAUSE,
            details=[
                {
                    "row": None,
                    "column": version.table,
                    "value": version.record,
                    "reason": f"不归{name}",
                }
                for version in wrong[:LISTED]
            ],
        )


def _award(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the city awarded; the agency may have been merged into another since."""
    return {k: v for k, v in row.items() if k not in {*LOSS, "agency_id"} and v is not None}
