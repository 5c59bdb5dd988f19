"""What the six parts of a dossier hold (三(六)1), in the notice's order.

Days are ISO 8601 text. Every entry has an `id`; a complaint's entry never says who complained.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Basic:
    """The agency's entry in the register."""

    id: str
    code: str
    name: str
    former_names: tuple[str, ...]
    district: str
    district_name: str
    kind: str
    license: str | None
    since: str | None
    representative: str | None
    address: str | None
    phone: str | None
    grade: str | None
    status: str
    code_mark: str | None
    graded: str | None
    location: str | None
    closed: str | None
    close_reason: str | None


@dataclass(frozen=True)
class Review:
    """An annual review; `sanction` is the measure that made its result, if one did."""

    id: str
    year: int
    result: str
    date: str
    sanction: str | None


@dataclass(frozen=True)
class Penalty:
    """An administrative penalty."""

    id: str
    date: str
    authority: str
    basis: str


@dataclass(frozen=True)
class Gap:
    """What an inspection found missing, and when it was made good."""

    id: str
    system: str
    found: str
    deadline: str
    mended: str | None


@dataclass(frozen=True)
class Inspection:
    """An inspection with the gaps that it found."""

    id: str
    date: str
    inspector: str
    department: str | None
    publicity: str
    pledge: str
    ledger: str
    feedback: str
    convention: str | None
    note: str | None
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Education:
    """Integrity education at admission."""

    id: str
    date: str


@dataclass(frozen=True)
class Compliance:
    """遵纪守法情况."""

    reviews: tuple[Review, ...]
    penalties: tuple[Penalty, ...]
    inspections: tuple[Inspection, ...]
    education: tuple[Education, ...]


@dataclass(frozen=True)
class Complaint:
    """A complaint, report or suggestion and what came of it."""

    id: str
    received: str
    channel: str
    kind: str
    subject: str
    closed: str | None
    outcome: str | None
    answer: str | None
    dishonest: bool


@dataclass(frozen=True)
class Reward:
    """Support or honour."""

    id: str
    kind: str
    date: str
    note: str


@dataclass(frozen=True)
class Outstanding:
    """Outstanding in a campaign (表现突出)."""

    id: str
    year: int
    date: str
    reason: str


@dataclass(frozen=True)
class CreationTitle:
    """诚信服务窗口 or 诚信服务标兵."""

    id: str
    year: int
    title: str
    date: str
    staff: str | None
    staff_name: str | None


@dataclass(frozen=True)
class Title:
    """The title of a demonstration unit, and its loss."""

    id: str
    year: int
    plaque: str
    awarded: str
    state: str
    revoked: str | None
    recovered: str | None
    reason: str | None
    recover_by: str | None


@dataclass(frozen=True)
class Sanction:
    """A sanction on the agency or one of its practitioners."""

    id: str
    staff: str | None
    staff_name: str | None
    kind: str
    grounds: str
    basis: str | None
    date: str
    deadline: str | None
    state: str
    number: str | None
    serious: bool
    attributed: bool
    decided_by: str
    review_year: int | None
    mended: str | None
    failed: str | None
    fail_note: str | None
    withdrawn: str | None
    withdraw_reason: str | None


@dataclass(frozen=True)
class RewardsAndSanctions:
    """奖励惩戒情况."""

    rewards: tuple[Reward, ...]
    outstanding: tuple[Outstanding, ...]
    creation_titles: tuple[CreationTitle, ...]
    titles: tuple[Title, ...]
    sanctions: tuple[Sanction, ...]


@dataclass(frozen=True)
class Pledge:
    """The agency's signed pledge."""

    id: str
    date: str
    displayed: bool | None


@dataclass(frozen=True)
class Practitioner:
    """A practitioner, while they are here and after; `id` is the person's."""

    id: str
    name: str
    certificate: str | None
    pledged: str | None
    since: str
    left: str | None


@dataclass(frozen=True)
class Promises:
    """诚信守诺情况; the counts are over practitioners who have not left."""

    pledges: tuple[Pledge, ...]
    staff: int
    staff_pledged: int
    practitioners: tuple[Practitioner, ...]


@dataclass(frozen=True)
class Objection:
    """What the agency objected to its assessment."""

    id: str
    date: str
    text: str


@dataclass(frozen=True)
class Assessment:
    """A concluded assessment, the notice of it and the proof of service.

    `missing_sources` are those of which it has no sheet; None where that is not on record any more.
    """

    id: str
    year: int
    sequence: int
    date: str
    total: Decimal
    band: str
    missing_sources: list[str] | None
    reopened: str | None
    reopen_reason: str | None
    number: str | None
    notified: str | None
    served: str | None
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class Dossier:
    """The dossier: six parts in the notice's order, and the agency's identity."""

    basic: Basic
    compliance: Compliance
    complaints: tuple[Complaint, ...]
    rewards_and_sanctions: RewardsAndSanctions
    promises: Promises
    assessments: tuple[Assessment, ...]
    id: str
