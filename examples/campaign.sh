#!/usr/bin/env bash
# A district's campaign from the register to the written notices and the demonstration units,
# step by step (clauses 三(五), 三(七)).
# Copy what you need: every line that begins with `hri` can be typed as it stands.
#
#   examples/campaign.sh [FOLDER]      FOLDER is where the archive and the papers go (default: demo)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=${1:-demo}
input=$here/input
command -v hri >/dev/null || { echo "先安装：make setup，并把 .venv/bin 放进 PATH" >&2; exit 5; }

if [ -e "$work" ] && [ ! -e "$work/archive.db" ]; then
    echo "$work 不是示例目录，未改动。" >&2
    exit 4
fi
rm -rf "$work"
mkdir -p "$work"

export HRI_ARCHIVE=$work/archive.db   # whose archive: every command below works on this file
export HRI_OPERATOR=张检查            # who acts, for the journal
export HRI_TODAY=2013-10-28           # the day that papers bear

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

say "一、建立海淀区的档案库（2013年活动：10月，11月5日前报送）"
hri init --district 海淀区 --year 2013 --leader 王局长 --department 人力资源市场科

say "二、登记：导入一份办公室自制的名册（标题行、说明行、合并的区县、合计行都不用改）"
hri agency import "$input/海淀区机构名册.xlsx"
hri agency list --grade AAAAA

say "三、评分：三种来源，xlsx 和 GB18030 编码的 csv"
hri assess import "$input/自我评价汇总.xlsx"
hri assess import "$input/专家评价汇总.csv"
hri assess import "$input/群众评价汇总.xlsx"

say "四、评定：结果和标准从此固定；没有评分表的略过并说明"
hri assess conclude --all

say "五、排名（前十名）"
hri assess rank | head -n 11

say "六、总分是怎样来的（以第一名为例）"
first=$(hri assess rank -f json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["code"])')
hri assess explain "$first" | tail -n 14

say "七、书面告知：编号一次，html、Word、PDF 三种格式同样的字"
hri assess notice --all -o "$work/notices/html"
hri assess notice --all -o "$work/notices/docx" --to docx
hri assess notice --all -o "$work/notices/pdf" --to pdf ||
    echo "没有做成 PDF（见上面的说明）；html 和 Word 不受影响。"

say "八、送达一份；再印一次，编号和文字不变"
hri assess served "$first" --date 2013-10-28 --method 直接送达 --receiver 前台李女士
hri assess notice "$first" -o "$work/reprint.html"

say "九、推荐示范单位：先看谁在前面（附件2给海淀区16个名额）"
hri recommend candidates --eligible | head -n 6
pick() {  # pick KIND NUMBER: codes of the best eligible agencies of a kind
    hri recommend candidates --eligible -f json | python3 -c '
import json, sys
kind, count = sys.argv[1], int(sys.argv[2])
print(*[row["code"] for row in json.load(sys.stdin) if row["kind"] == kind][:count])' "$@"
}
public=$(pick public 3)
commercial=$(pick commercial 3)
for code in $public ${commercial%% *}; do
    echo "一年来诚信服务、履行承诺的自评总结（$code）。" > "$work/自评总结.txt"
    hri recommend add "$code" --reason "诚信服务制度健全，评估结果良好。" \
        --opinion "同意推荐。" --self-summary "$work/自评总结.txt"
done

say "十、核对名额：经营性机构不到一半，退出码是 1；报送也不放行"
hri recommend check-quota && { echo "这里应当有问题" >&2; exit 1; }
hri recommend submit --date 2013-10-28 -o "$work/推荐材料.zip" ||
    echo "（没有报送，也没有写出文件。）"

say "十一、改正：再推荐两家经营性机构，再核对，报送"
for code in ${commercial#* }; do
    echo "一年来诚信服务、履行承诺的自评总结（$code）。" > "$work/自评总结.txt"
    hri recommend add "$code" --reason "按地方标准评定等级，评估结果优秀。" \
        --opinion "同意推荐。" --self-summary "$work/自评总结.txt"
done
hri recommend check-quota
hri recommend form "${commercial%% *}" -o "$work/推荐表.docx"
hri recommend submit --date 2013-10-28 -o "$work/推荐材料.zip"

say "十二、校验档案库和日志"
hri archive verify

say "完成。文件在："
echo "  档案库    $work/archive.db"
for format in html docx pdf; do
    if [ -d "$work/notices/$format" ]; then
        echo "  告知书    $work/notices/$format/（$(find "$work/notices/$format" -type f | wc -l) 份）"
    fi
done
echo "  再印一份  $work/reprint.html"
echo "  推荐材料  $work/推荐材料.zip"
