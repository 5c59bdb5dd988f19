"""Submitting a list to the city (三(七)): checked, fixed and packed in one transaction.

The package is written beside its target before the transaction ends, and gets its name after it.
A crash in between leaves a submission without a file, never a file without a submission; the same
package can be written again from the records at any time.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.recommendation import Submission
from hrintegrity.documents import check_template, pdf_obstacle
from hrintegrity.duties import offices
from hrintegrity.duties.assessment.sheets import current_conclusion
from hrintegrity.duties.recommendation import forms, manifest, package
from hrintegrity.duties.recommendation.check import DistrictCheck, of_entries
from hrintegrity.duties.recommendation.entries import Entry, entries
from hrintegrity.duties.recommendation.submitted import (
    Submitted,
    Summaries,
    one_district,
    packages_of,
    view,
)
from hrintegrity.duties.ways import own_ways
from hrintegrity.errors import HriError, RuleError
from hrintegrity.rules.recommendation import UNITS, Finding


def submit(
    archive: Archive,
    district: str | None,
    *,
    year: int | None,
    date: dt.date,
    target: Path,
    temporary: Path,
    passed_over: str | None = None,
    templates: Path | None = None,
) -> Submitted:
    """Check a district's list, fix what is new in it, and write its package to `temporary`.

    `passed_over` is why eligible agencies with priority were not recommended. Raises RuleError with
    the code of what forbids it (`quota-exceeded`, `commercial-share`, `not-eligible`,
    `wrong-district`, `incomplete`, `priority-passed-over`, `list-empty`, `already-submitted`),
    LookupFailedError `other-package` where `target` is another package.
    """
    whose = one_district(archive, district)
    campaign = offices.campaign(archive, year)
    found = entries(archive, campaign.year, whose)
    new = [entry for entry in found if entry.row.submission_id is None]
    check = of_entries(archive, whose, campaign.year, found)
    every = packages_of(archive, whose, campaign.year)
    earlier = [row for row in every if row.recalled is None]
    passed = next((one for one in check.warnings if one.code == "priority-passed-over"), None)
    _refuse(check, new, earlier)
    _refuse_passing_over(passed, passed_over)
    for template in (forms.FORM, forms.RESULT, forms.COVER):
        check_template(template, templates)
    late = whose != offices.CITY and date > campaign.deadline
    changed = manifest.changes(earlier, found)
    row = Submission(
        id=new_id(),
        district=whose,
        year=campaign.year,
        number=len(every) + 1,
        date=date,
        late=late,
        manifest="",
        papers="",
        passed_over=passed_over if passed is not None else None,
    )
    recalled = every[-1] if every and every[-1].recalled is not None else None
    replaces = None if recalled is None else recalled.number
    agencies, papers = _papers(archive, new, campaign.year, templates)
    papers["cover"] = forms.cover(
        archive,
        check,
        number=row.number,
        date=date,
        agencies=agencies,
        remarks=[
            *_remarks_on_submission(recalled, passed, passed_over),
            *manifest.remarks(agencies, changed, late=late, deadline=campaign.deadline),
        ],
        supplement=bool(earlier),
        templates=templates,
    ).body
    content = manifest.manifest(
        archive=archive,
        row=row,
        check=check,
        deadline=campaign.deadline,
        agencies=agencies,
        changed=changed,
    ) | {
        "supplement": bool(earlier),
        "replaces": replaces,
        "passed_over": row.passed_over,
    }
    package.refuse_another(target, content)
    summaries = Summaries(archive)
    files, warnings = _write(temporary, content, papers, summaries)
    row.manifest = json.dumps(content | {"files": files}, ensure_ascii=False)
    row.papers = json.dumps(papers, ensure_ascii=False)
    writer.insert(archive, row)
    for entry in new:
        writer.update(archive, entry.row, submission_id=row.id)
    return view(row, warnings + _odd_dates(row, earlier, new), again=False)


def _refuse(check: DistrictCheck, new: Sequence[Entry], earlier: Sequence[Submission]) -> None:
    """Raise what forbids a submission, all findings in its details."""
    incomplete = [
        finding
        for finding in check.warnings
        if finding.code == "incomplete"
        and finding.agencies[0] in {entry.agency.code for entry in new}
    ]
    against: list[Finding] = [*check.problems, *incomplete]
    name = check.district_name
    if against:
        more = f"等 {len(against)} 个问题" if len(against) > 1 else ""
        raise RuleError(
            against[0].code,
            f"不能报送：{against[0].message.rstrip('。')}{more}。",
            "请改正后再报送；逐项情况见 hri recommend check-quota。",
            clause=against[0].clause,
            details=[
                {"code": one.code, "message": one.message, "clause": one.clause} for one in against
            ],
        )
    if not new and earlier:
        raise RuleError(
            "already-submitted",
            f"{name}{check.year}年的名单已报送（第{earlier[-1].number}次，{earlier[-1].date}），"
            "此后没有新增。",
            "要再写一份同样的文件，加 --force 或 --number。",
            clause=UNITS,
        )
    if not new:
        raise RuleError(
            "list-empty",
            f"{name}{check.year}年还没有推荐机构，没有可报送的。",
            "请先用 hri recommend add 推荐。",
            clause=UNITS,
        )


def _refuse_passing_over(passed: Finding | None, reason: str | None) -> None:
    """Ask why agencies that go first were not recommended (要优先组织推荐)."""
    if passed is None or (reason or "").strip():
        return
    raise RuleError(
        passed.code,
        f"不能报送：{passed.message}",
        "请先推荐它们；确有理由不推荐的，用 --passed-over 写明，印在报送说明上。",
        clause=passed.clause,
        details=[{"code": passed.code, "message": passed.message, "clause": passed.clause}],
    )


def _remarks_on_submission(
    recalled: Submission | None, passed: Finding | None, reason: str | None
) -> list[str]:
    """Return what the covering paper says of the submission itself."""
    found = []
    if recalled is not None:
        found.append(f"本次报送代替已撤回的第{recalled.number}次报送，该次材料不再使用。")
    if passed is not None:
        why = (reason or "").strip().rstrip("。")
        found.append(f"符合条件、应优先推荐而没有推荐的机构{len(passed.agencies)}家，理由：{why}。")
    return found


def _papers(
    archive: Archive, new: Sequence[Entry], year: int, templates: Path | None
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return what the manifest says of each agency, and the words of its papers."""
    agencies, papers, ways = [], {}, own_ways(archive)
    for place, entry in enumerate(new, 1):
        conclusion = current_conclusion(archive, entry.agency.id, year)
        if conclusion is None:
            raise AssertionError(f"{entry.agency.code} is incomplete")
        agencies.append(manifest.agency(entry, place, conclusion.date, ways))
        form = forms.form(
            entry.agency.name, entry.row.reason, entry.row.opinion, templates=templates
        )
        result = forms.result(archive, entry, conclusion, templates=templates)
        papers[entry.row.id] = {"form": form.body, "result": result.body}
    return agencies, papers


def _write(
    temporary: Path,
    content: dict[str, Any],
    papers: Mapping[str, Any],
    summaries: Summaries,
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Write the package; in Word alone where no PDF can be made, and say so."""
    obstacle = pdf_obstacle()
    if obstacle is None:
        try:
            return package.write(temporary, content, papers, summaries.of), ()
        except HriError as error:
            if error.code != "glyph-missing":
                raise
            obstacle = error
    content["formats"] = ["docx"]
    files = package.write(temporary, content, papers, summaries.of)
    return files, (f"材料里只有 Word 文件，没有 PDF：{obstacle.message}",)


def _odd_dates(
    row: Submission, earlier: Sequence[Submission], new: Sequence[Entry]
) -> tuple[str, ...]:
    found = []
    if earlier and row.date < earlier[-1].date:
        found.append(f"报送日期 {row.date} 早于上一次报送的 {earlier[-1].date}，请核对。")
    latest = max(entry.row.date for entry in new)
    if row.date < latest:
        found.append(f"报送日期 {row.date} 早于推荐日期 {latest}，请核对。")
    return tuple(found)
