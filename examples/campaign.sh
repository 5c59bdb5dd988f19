#!/usr/bin/env bash
# A district's campaign from the register to the written notices, the demonstration units and the
# summary of 5 November, step by step (clauses 三(四), 三(五), 三(七), 四(一), 四(四)).
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
hri archive office --plan "$input/工作方案.txt"

say "二、登记：导入一份办公室自制的名册（标题行、说明行、合并的区县、合计行都不用改）"
hri agency import "$input/海淀区机构名册.xlsx"
hri agency list --grade AAAAA

say "三、评分：发给群众的问卷（纸面和电子表同样的内容），再收回三种来源，xlsx 和 GB18030 编码的 csv"
sample=$(hri agency list -f json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["code"])')
hri assess sheet "$sample" --source 群众评价 -o "$work/群众评价问卷.docx"
hri assess sheet "$sample" --source 自我评价 -o "$work/自评表.xlsx"
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
hri recommend submit --date 2013-10-28 -o "$work/推荐材料.zip" \
    --passed-over "其余应优先的机构自评总结还没有交齐，留待补报"

say "十二、活动月做了什么：活动、检查、承诺书，多数从表格导入"
hri campaign import "$input/主题活动.xlsx"
hri campaign log --kind 主题宣传活动 --date 2013-10-25 --title 诚信建设经验交流会 \
    --people 80 --agencies 52 --media 3 --attach "$input/交流会报道.txt"
# 与公安、工商、城管的专项行动（三(一)3）单列；活动随办随报市局（四(四)）；公约发到每家机构。
joint=$(hri campaign log --kind 专项行动 --date 2013-10-22 --title 清理整顿中关村周边非法职业中介 \
    --with 公安、工商、城管 --people 36 --note "取缔非法职业中介3处。" -f json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')
hri campaign bulletin "$joint" --date 2013-10-24 -o "$work/活动信息.docx"
hri campaign distribute --all --date 2013-10-09
hri campaign outstanding "$first" --reason "带头公示收费标准，在交流会上介绍经验。"
hri campaign title "$first" --title 诚信服务窗口
# 先封存种子、公布它的 SHA-256，再抽签：谁都能重抽核对（docs/draw.md）。
sealed=$(hri inspect draw --seal -f json | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')
hri inspect draw --sealed "$sealed" --count 5%
hri inspect form "$first" -o "$work/检查记录表.docx"
hri inspect import "$input/检查结果.csv"
behind=$(hri inspect list --open -f json | python3 -c 'import json, sys; print(json.load(sys.stdin)[-1]["code"])')
hri inspect order "$behind" -o "$work/补建通知书.docx"
# 两个进程同时登记也不会错乱：一次只有一个在写。
hri inspect list --open -f json | python3 -c '
import json, sys
print(*[gap["id"] for gap in json.load(sys.stdin)][:-2], sep="\n")' |
    xargs -P 2 -I ID hri inspect mend ID --date 2013-10-28 > "$work/mended.txt"
echo "已登记补建 $(wc -l < "$work/mended.txt") 项；还没有补建的："
rm "$work/mended.txt"
hri inspect list --open
hri agency staff import "$input/从业人员.xlsx"
hri agency staff list --unsigned | head -n 4
hri agency staff educate --all "$first" --date 2013-10-22 --title "“诚信兴业”主题培训"
hri agency import-pledges "$input/承诺书签署情况.csv"
hri report rates

id_of() { python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])'; }
complaint=$(hri complaint add "$first" --received 2013-10-12 --channel 市场管理 --by 求职者 \
    --subject "反映收费标准不清" -f json | id_of)
hri complaint close "$complaint" --date 2013-10-18 --outcome 不属实 \
    --answer "收费标准已在服务场所明示，并向来人说明。"
hri complaint reply "$complaint" -o "$work/答复书.docx"
opinion=$(hri complaint add --received 2013-10-21 --channel 其他 --kind 意见建议 \
    --subject "建议在网上公布各机构的监督电话" -f json | id_of)
hri complaint close "$opinion" --date 2013-10-25 --outcome 采纳 --answer "已列入工作安排。"
hri reward grant "$first" --kind 媒体宣传推介 --date 2013-10-26 \
    --note "在行业协会刊物上介绍诚信服务经验。"

say "十三、11月4日：还缺什么"
export HRI_TODAY=2013-11-04
hri report readiness || echo "（退出码是 1：还缺总结。）"

say "十四、11月5日前报送的总结：一份公文、一份数据表，同样的数"
hri report month --remarks "$input/问题和建议.md" -o "$work/总结.docx"
hri report month --remarks "$input/问题和建议.md" -o "$work/总结.html"
hri report month --remarks "$input/问题和建议.md" -o "$work/总结.pdf" ||
    echo "没有做成 PDF（见上面的说明）；html 和 Word 不受影响。"
hri report month -o "$work/总结.xlsx"
hri report readiness

say "十五、贴在服务场所的监督举报电话"
hri report hotlines 海淀 -o "$work/监督举报电话.docx"

say "十六、校验档案库和日志"
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
echo "  总结      $(ls "$work"/总结.* | tr '\n' ' ')"
echo "  电话海报  $work/监督举报电话.docx"
