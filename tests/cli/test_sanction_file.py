"""The case file of a sanction that was gone through step by step: leave one out, it is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from running import JSON, Hri
from sanctioning import CODE, LAW, NAME, award, with_agency

FACTS = "收取求职者押金不退"
PROOF = ("--evidence", "收据", "--violated", LAW, "--basis", "《条例》第七十四条")
SERVED = ("--method", "直接送达", "--receiver", "王强")
LATER = "2014-03-31"

Step = tuple[str, str | None]
"""A step by its name, and what the file lacks without it; None where nothing can follow then."""


class Case:
    """One sanction, its steps as an office types them; `left_out` is not taken."""

    def __init__(self, hri: Hri, left_out: str | None, folder: Path) -> None:
        self.hri, self.left_out, self.folder = hri, left_out, folder
        self.notice = self.decision = ""

    def missing(self, steps: list[Step]) -> list[str]:
        """Take the steps, and return what the file then says is missing."""
        for name, _ in steps:
            if name != self.left_out:
                getattr(self, f"do_{name}")()
        path = self.folder / "案卷.zip"
        about = self.decision or self.notice
        found = self.hri("sanction", "file", about, "-o", path, *JSON, today=LATER)
        return found.ok().json["missing"]

    def _call(self, *arguments: str, today: str = "2014-01-31") -> dict:
        return self.hri("sanction", *arguments, *JSON, today=today).ok().json

    def _paper(self, identity: str) -> None:
        self._call("notice", identity, "-o", str(self.folder / f"{len(self.decision)}.html"),
                   "--force")  # fmt: skip

    def _export(self, system: str) -> None:
        path = self.folder / f"{system}.csv"
        self._call("export", str(path), "--system", system, "--force")

    def notify(self, kind: str, *more: str) -> None:
        given = ("--kind", kind, "--facts", FACTS, *PROOF, "--date", "2013-12-01")
        self.notice = self._call("notify", CODE, *given, *more)["id"]

    def do_notify(self) -> None:
        self.notify("exposure")

    def do_notify_hearing(self) -> None:
        self.notify("cancel-licence", "--review-year", "2013")

    def do_serve_notice(self) -> None:
        if self.notice:
            self._call("served", self.notice, "--date", "2013-12-02", *SERVED)

    def do_statement(self) -> None:
        if self.notice:
            self._call("statement", self.notice, "--date", "2013-12-03", "--text", "已退还")

    def do_request_hearing(self) -> None:
        self._call("hearing", self.notice, "--requested", "2013-12-03")

    def do_hold_hearing(self) -> None:
        self._call("hearing", self.notice, "--held", "2013-12-18")

    def do_impose(self) -> None:
        given = ("--notified", self.notice) if self.notice else (
            "--kind", "exposure", "--grounds", FACTS, *PROOF)  # fmt: skip
        self.decision = self._call("impose", CODE, *given, "--date", "2013-12-20")["id"]

    def do_cancel(self) -> None:
        given = ("--notified", self.notice, "--serious", "--date", "2013-12-20")
        self.decision = self._call("impose", CODE, *given)["id"]

    def do_order(self) -> None:
        given = ("--kind", "rectify", "--grounds", FACTS, *PROOF, "--date", "2013-12-20")
        self.decision = self._call("impose", CODE, *given, "--deadline", "2014-01-10")["id"]

    def do_result(self) -> None:
        self._call("fail", self.decision, "--date", "2014-01-15", "--note", "仍有2人未退")

    def do_interview(self) -> None:
        meeting = {"place": "305室", "at": "2013-12-25 09:30"}
        proof = dict(zip(PROOF[::2], PROOF[1::2], strict=True))
        given = proof | {f"--{name}": text for name, text in meeting.items()}
        if self.left_out in ("evidence", "violated", "basis", *meeting):
            del given[f"--{self.left_out}"]
        words = [text for pair in given.items() for text in pair]
        arguments = ("--kind", "interview", "--grounds", FACTS, "--date", "2013-12-20", *words)
        self.decision = self._call("impose", CODE, *arguments)["id"]

    def _nothing(self) -> None:
        """What is left out of the interview itself."""

    do_evidence = do_violated = do_basis = do_place = do_at = _nothing

    def do_number(self) -> None:
        self._paper(self.decision)

    def do_serve(self) -> None:
        if self.left_out != "number":
            self._call("served", self.decision, "--date", "2013-12-20", *SERVED)

    def do_market(self) -> None:
        self._export("market")

    def do_credit(self) -> None:
        self._export("credit")

    def do_withdraw(self) -> None:
        self._call("withdraw", self.decision, "--date", "2014-02-10", "--reason", "证据不足",
                   today="2014-02-10")  # fmt: skip

    def do_annul(self) -> None:
        self._paper(self.decision)

    def do_serve_annulment(self) -> None:
        if self.left_out != "annul":
            self._call("served", self.decision, "--date", "2014-02-11", *SERVED)

    do_market_again, do_credit_again = do_market, do_credit


DECISION: list[Step] = [
    ("number", "{paper}"),
    ("serve", "{paper}的送达回证"),
    ("market", "记入人力资源市场管理信息系统的记录"),
    ("credit", "记入北京市企业信用信息系统的记录"),
]
BEFOREHAND: list[Step] = [
    ("serve_notice", "事先告知书的送达回证"),
    ("statement", "陈述申辩的记录，或放弃的声明"),
]
EXPOSURE: list[Step] = [("notify", "事先告知书"), *BEFOREHAND, ("impose", None), *DECISION]
CANCELLED: list[Step] = [
    ("notify_hearing", None), *BEFOREHAND, ("request_hearing", None), ("hold_hearing", None),
    ("cancel", None), *DECISION,
]  # fmt: skip
ORDER: list[Step] = [("order", None), *DECISION, ("result", "整改结果的记录")]
INTERVIEW: list[Step] = [
    ("interview", None), ("evidence", "证据"), ("violated", "违反的规定"), ("basis", "依据"),
    ("place", "约谈的时间和地点"), ("at", "约谈的时间和地点"), *DECISION,
]  # fmt: skip
ANNULLED: list[Step] = [
    *((name, None) for name, _ in EXPOSURE),
    ("withdraw", None),
    ("annul", "撤销决定书"),
    ("serve_annulment", "撤销决定书的送达回证"),
    ("market_again", "记入人力资源市场管理信息系统的记录"),
    ("credit_again", "记入北京市企业信用信息系统的记录"),
]
PATHS = {
    "曝光": (EXPOSURE, "失信惩戒决定书"),
    "注销许可证": (CANCELLED, "失信惩戒决定书"),
    "责令整改": (ORDER, "责令整改通知书"),
    "约谈": (INTERVIEW, "约谈通知书"),
    "撤销": (ANNULLED, "失信惩戒决定书"),
}


@pytest.fixture
def case(haidian: Hri, tmp_path: Path) -> Callable[[str | None], Case]:
    haidian.today = "2014-01-31"
    with_agency(haidian)
    return lambda left_out: Case(haidian, left_out, tmp_path)


@pytest.mark.parametrize("path", PATHS)
def test_with_every_step_nothing_is_missing(case, path) -> None:
    assert case(None).missing(PATHS[path][0]) == []


@pytest.mark.parametrize(
    ("path", "left_out", "named"),
    [
        pytest.param(path, name, named.format(paper=paper), id=f"{path}-{name}")
        for path, (steps, paper) in PATHS.items()
        for name, named in steps
        if named is not None
    ],
)
def test_a_step_that_was_left_out_is_named_and_nothing_else(case, path, left_out, named) -> None:
    assert case(left_out).missing(PATHS[path][0]) == [named]


def test_a_hearing_that_was_asked_for_and_not_held_is_named(case) -> None:
    steps = CANCELLED[: [name for name, _ in CANCELLED].index("cancel")]
    assert case("hold_hearing").missing(steps) == ["听证的记录"]


TITLE: list[Step] = [
    ("conferral", "授牌决定"),
    ("revocation", "撤销称号决定书"),
    ("served", "撤销称号决定书的送达回证"),
    ("plaque", "标牌收回的记录"),
]


@pytest.mark.parametrize("left_out", [None, *(name for name, _ in TITLE)])
def test_the_file_of_a_lost_title_names_the_paper_or_plaque_that_is_missing(
    city: Hri, tmp_path, left_out
) -> None:
    city.today = LATER
    city.add(NAME, CODE, "--district", "海淀区")
    award(city)
    received = ("--received", "2013-12-05", "--channel", "market", "--subject", FACTS)
    one = city("complaint", "add", CODE, *received, *JSON).ok().json["id"]
    steps = {
        "conferral": ("recommend", "conferral", "-o", tmp_path / "授牌.html"),
        "complaint": ("complaint", "close", one, "--date", "2013-12-20", "--outcome",
                      "substantiated", "--dishonest", "--answer", "已责令退还"),
        "revocation": ("recommend", "revocation", CODE, "-o", tmp_path / "撤销.html"),
        "served": ("sanction", "served", "京人社诚撤（2013）1号", "--date", "2013-12-23", *SERVED),
        "plaque": ("sanction", "plaque", CODE, "--recovered", "2013-12-28"),
    }  # fmt: skip
    for name, arguments in steps.items():
        # What was not made is not served.
        if left_out not in (name, "revocation" if name == "served" else name):
            city(*arguments).ok()
    found = city("sanction", "file", CODE, "-o", tmp_path / "案卷.zip", *JSON).ok().json
    assert found["missing"] == [named for name, named in TITLE if name == left_out]
