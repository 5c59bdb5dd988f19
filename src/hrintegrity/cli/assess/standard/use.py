"""`hri assess standard use`: adopt a standard."""

from __future__ import annotations

import typer

from hrintegrity.cli.assess.standard._shared import FileArgument, whose
from hrintegrity.cli.base import DistrictOption, Done, YearOption, call_of, command, writing


@command
def run(
    context: typer.Context,
    file: FileArgument,
    district: DistrictOption = None,
    year: YearOption = None,
) -> Done:
    """Adopt a standard."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import roster, standards

    with writing(context) as archive:
        chosen = offices.campaign(archive, year).year
        today = call_of(context).today
        found = standards.adopt(archive, file, district=district, year=chosen, today=today)
        rated, too_high = roster.rated_by(archive, found.id, chosen, today)
    warnings = []
    if rated:
        more = f"，其中 {too_high} 份有超过新分值的项，须重新评分" if too_high else ""
        warnings.append(
            f"已有 {rated} 份未评定的评分表将按这份标准计算{more}；请核对是否按它评的分。"
        )
    by = whose(found.default, found.district)
    return Done(found.as_mapping(), f"已启用评估标准“{found.standard.name}”（{by}）。", warnings)
