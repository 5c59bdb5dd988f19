#!/usr/bin/env bash
# The city's own year: sixteen municipal places, from the candidates to the conferral of titles.
# The city selects its own agencies (三(七)): no district's opinion, no submission to itself.
# Copy what you need: every line that begins with `hri` can be typed as it stands.
#
#   examples/city.sh [FOLDER]      FOLDER is where the archive and the papers go (default: city)
set -euo pipefail

work=${1:-city}
command -v hri >/dev/null || { echo "先安装：make setup，并把 .venv/bin 放进 PATH" >&2; exit 5; }

if [ -e "$work" ] && [ ! -e "$work/archive.db" ]; then
    echo "$work 不是示例目录，未改动。" >&2
    exit 4
fi
rm -rf "$work"
mkdir -p "$work"

export HRI_ARCHIVE=$work/archive.db
export HRI_OPERATOR=王处长

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
on() { export HRI_TODAY=$1; say "$1　$2"; }

# Eighteen agencies of the city with their codes and scores, two of which will not be selected.
python3 - "$work" <<'END'
import sys
from pathlib import Path

WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
POINTS = (3, 2, 2, 3, 4, 4, 4, 3, 4, 4, 4, 3, 7, 7, 8, 8, 5, 5, 5, 5, 5, 5)
work = Path(sys.argv[1])


def code(number):
    body = f"91110000{number:09d}"
    rest = (31 - sum(w * SIGNS.index(c) for w, c in zip(WEIGHTS, body)) % 31) % 31
    return body + SIGNS[rest]


agencies = ["机构名称,统一社会信用代码,区县,机构性质,许可证号,等级"]
scores = ["统一社会信用代码,评价方式,评价人," + ",".join(map(str, range(1, 23)))]
for number in range(1, 19):
    grade = "AAA" if number % 3 == 1 else ""
    kind = "公益性" if number % 4 == 0 else "经营性"
    agencies.append(f"北京市属{number:02d}号人力资源有限公司,{code(number)},市属机构,{kind},京人服证〔2010〕第9{number:03d}号,{grade}")
    for source in ("自我评价", "专家评价", "群众评价"):
        given = [p - (1 if (place + number) % (20 - number // 2) == 0 else 0) for place, p in enumerate(POINTS)]
        scores.append(f"{code(number)},{source},评价人," + ",".join(map(str, given)))
(work / "机构.csv").write_text("\n".join(agencies) + "\n", encoding="utf-8-sig")
(work / "评分.csv").write_text("\n".join(scores) + "\n", encoding="utf-8-sig")
(work / "自评总结.txt").write_text("本机构诚信服务，履行承诺，制度健全。\n", encoding="utf-8")
END

on 2013-10-30 "市属机构登记、评估（三(五)）"
hri init --leader 王处长 --department 人力资源市场处
hri agency import "$work/机构.csv"
hri assess import "$work/评分.csv"
hri assess conclude --all

on 2013-11-06 "遴选：优先的在前，十六个名额（三(七)，附件2）"
hri recommend candidates --district municipal -f csv > "$work/候选.csv"
for code in $(tail -n +2 "$work/候选.csv" | head -n 16 | cut -d, -f1); do
    hri recommend add "$code" --reason "评估结果良好，诚信服务制度健全。" --self-summary "$work/自评总结.txt"
done
hri recommend check-quota municipal

on 2013-11-20 "授予称号和标牌，市局和行业协会联合作出授牌决定"
number=0
for code in $(tail -n +2 "$work/候选.csv" | head -n 16 | cut -d, -f1); do
    number=$((number + 1))
    hri recommend award "$code" --plaque "BJ2013-$(printf '%03d' $number)" --date 2013-11-20 --yes
done
hri recommend conferral -o "$work/授牌决定.pdf"
hri recommend conferral -o "$work/授牌决定.html"
hri recommend units
hri archive verify

say "完成。文件在 $work/："
ls -1 "$work"
