#!/usr/bin/env bash
# A year of one agency: admission, pledges, inspection, assessment, a title and its loss, an order
# that was not complied with, a deferred review, a sanction withdrawn; its dossier at the end.
# Copy what you need: every line that begins with `hri` can be typed as it stands.
#
#   examples/year.sh [FOLDER]      FOLDER is where the archive and the papers go (default: year)
set -euo pipefail

work=${1:-year}
command -v hri >/dev/null || { echo "先安装：make setup，并把 .venv/bin 放进 PATH" >&2; exit 5; }

if [ -e "$work" ] && [ ! -e "$work/archive.db" ]; then
    echo "$work 不是示例目录，未改动。" >&2
    exit 4
fi
rm -rf "$work"
mkdir -p "$work"

export HRI_ARCHIVE=$work/archive.db   # the city's archive here, since the city confers titles
export HRI_OPERATOR=张检查            # who acts, for the journal

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
on() { export HRI_TODAY=$1; say "$1　$2"; }        # the day of what has no date of its own
id() { python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])'; }
number() { python3 -c 'import json, sys; print(json.load(sys.stdin)["number"])'; }

agency=北京华夏英才人力资源有限公司

on 2013-09-02 "准入：登记许可证，诚信教育（三(一)2）"
hri init --leader 王处长 --department 人力资源市场处
hri agency add --name $agency --code 911101080000001238 --district 海淀区 --kind 经营性 \
    --license 京人服证〔2010〕第0108号 --since 2010-09-01 --representative 王强 \
    --address 北京市海淀区中关村大街1号 --phone 62560000 --grade AAA
hri agency educate $agency --date 2013-09-02

on 2013-10-08 "承诺书：机构和从业人员（三(三) 二）"
hri agency pledge $agency --date 2013-10-08 --displayed
li=$(hri agency staff add $agency --name 李明 --certificate 京职介0023 --pledged 2013-10-08 -f json | id)
hri agency staff add $agency --name 赵敏 --certificate 京职介0107
hri agency staff educate --all $agency --date 2013-10-09 --title "从业人员资格培训"

on 2013-10-09 "抽取被检查的机构：种子先封存，抽取以后才公开（三(三)）"
sealed=$(hri inspect draw --seal -f json | id)
hri inspect draw --sealed "$sealed" --count 1
hri inspect form $agency -o "$work/检查记录表.html"

on 2013-10-10 "大检查：台账不合格，限期补建，补建完毕（三(四) 二）"
gap=$(hri inspect record $agency --date 2013-10-10 --publicity 合格 --pledge 合格 --ledger 不合格 \
    --feedback 合格 --convention 合格 --by district --note 台账只记到8月 -f json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["gaps"][0]["id"])')
hri inspect order $agency -o "$work/补建通知书.html"
lecture=$(hri campaign log --kind 主题培训活动 --date 2013-10-18 --title 机构负责人培训班 --people 60 -f json | id)
hri campaign bulletin "$lecture" --date 2013-10-18 -o "$work/活动信息.html"
export HRI_TODAY=2013-10-30
hri inspect mend "$gap" --date 2013-10-30

on 2013-10-30 "评估：服务对象的问卷；三种来源；与记录不符的评分会被指出（三(五)）"
hri assess sheet $agency --source 群众评价 -o "$work/群众评价问卷.html"
for source in self expert public; do
    echo '{"1":3,"2":2,"3":2,"4":3,"5":4,"6":4,"7":4,"8":3,"9":4,"10":4,"11":4,"12":3,"13":7,
        "14":7,"15":7,"16":8,"17":4,"18":5,"19":4,"20":4,"21":4,"22":4}' |
        hri assess run $agency --source $source --rater "评价人（$source）" --scores -
done
hri assess conclude $agency
hri assess notice $agency -o "$work/告知书.html"
export HRI_TODAY=2013-10-31
hri assess served $agency --date 2013-10-31 --method 直接送达 --receiver 前台李女士

on 2013-11-04 "推荐、报送、授牌：诚信服务示范单位（三(七)）"
echo '本机构一贯诚信服务，制度健全。' > "$work/自评总结.txt"
hri recommend add $agency --reason "评估优秀，制度健全，等级 AAA。" --opinion "同意推荐。" \
    --self-summary "$work/自评总结.txt"
hri recommend submit 海淀区 --date 2013-11-04 -o "$work/报送.zip"
export HRI_TODAY=2013-11-20
hri recommend award $agency --plaque BJ2013-017 --date 2013-11-20
hri recommend conferral -o "$work/授牌决定.html"

on 2013-12-20 "投诉查实为不诚信行为：称号当即失去，由授予的机关撤销，标牌收回（三(八)2）"
complaint=$(hri complaint add $agency --received 2013-12-05 --channel labour \
    --subject "收取求职者押金不退" --from 匿名求职者 -f json | id)
hri complaint close "$complaint" --date 2013-12-20 --outcome 查实 --dishonest \
    --answer "已责令退还押金，并对机构作出处理。"
hri complaint reply "$complaint" -o "$work/答复书.html"
revoked=$(hri recommend revocation $agency -o "$work/撤销称号决定书.html" -f json | number)
hri sanction served "$revoked" --date 2013-12-20 --method 直接送达 --receiver 王强
export HRI_TODAY=2013-12-28
hri sanction plaque $agency --recovered 2013-12-28

law="《就业服务与就业管理规定》"
on 2013-12-23 "责令整改，书面通知并送达；逾期，整改不到位"
order=$(hri sanction impose $agency --kind 责令整改 --grounds "收取求职者押金不退，涉及5人" \
    --evidence "投诉记录、收据、询问笔录" --violated "${law}第五十八条" \
    --basis "${law}第七十四条" --date 2013-12-23 --deadline 2014-01-10 -f json | id)
hri sanction notice "$order" -o "$work/责令整改通知书.html"
hri sanction served "$order" --date 2013-12-23 --method 直接送达 --receiver 王强
export HRI_TODAY=2014-01-15
hri sanction list --overdue
hri sanction fail "$order" --date 2014-01-15 --note "仍有2人押金未退"

on 2014-01-16 "对从业人员曝光：先告知，听取陈述申辩，再决定、送达、记入系统"
notice=$(hri sanction notify $agency --staff "$li" --kind 曝光 --facts "经手收取押金" \
    --evidence "收据上的签名" --violated "${law}第五十八条" --basis "${law}第七十四条" \
    --date 2014-01-16 -o "$work/事先告知书.html" -f json | id)
hri sanction served "$notice" --date 2014-01-16 --method 直接送达 --receiver 李明
export HRI_TODAY=2014-01-18
hri sanction statement "$notice" --date 2014-01-18 --text "签名是代签的" \
    --answer "签名与其入职登记一致，其理由没有证据支持"
export HRI_TODAY=2014-01-20
exposure=$(hri sanction impose $agency --notified "$notice" --date 2014-01-20 -f json | id)
hri sanction notice "$exposure" -o "$work/曝光决定书.html"
hri sanction served "$exposure" --date 2014-01-20 --method 直接送达 --receiver 李明
export HRI_TODAY=2014-01-22
hri sanction export "$work/市场管理信息系统1.xlsx" --system market
hri sanction export "$work/企业信用信息系统1.csv" --system credit

on 2014-02-10 "复核后撤销：有自己的决定书，痕迹保留"
hri sanction withdraw "$exposure" --date 2014-02-10 --reason "经复核，押金由他人经手" --yes
hri sanction notice "$exposure" -o "$work/撤销决定书.html"
hri sanction notice "$exposure" --original -o "$work/曝光决定书（已撤销）.html"
hri sanction served "$exposure" --date 2014-02-10 --method 直接送达 --receiver 李明

on 2014-03-14 "年审：依法暂缓通过；整改没有失败过的机构，这一步会被拒绝"
notice=$(hri sanction notify $agency --kind 暂缓通过年审 --facts "收取押金不退，整改不到位" \
    --evidence "责令整改通知书及核查记录" --violated "${law}第五十八条" \
    --basis "《北京市人才市场管理条例》第八条" --review-year 2013 --date 2014-03-14 \
    -o "$work/年审事先告知书.html" -f json | id)
hri sanction served "$notice" --date 2014-03-14 --method 直接送达 --receiver 王强
export HRI_TODAY=2014-03-17
hri sanction statement "$notice" --date 2014-03-17 --waived
export HRI_TODAY=2014-03-20
deferral=$(hri sanction impose $agency --notified "$notice" --date 2014-03-20 -f json | id)
hri sanction notice "$deferral" -o "$work/惩戒决定书.html"
hri sanction served "$deferral" --date 2014-03-20 --method 直接送达 --receiver 王强

on 2014-03-21 "记入两个系统：每条只报一次，撤销也报"
hri sanction export "$work/市场管理信息系统.xlsx" --system market
hri sanction export "$work/企业信用信息系统.csv" --system credit

on 2014-03-25 "案卷：复议、诉讼时要交的，依次成册；缺什么写明什么"
hri sanction file $agency -o "$work/案卷.zip"

on 2014-03-31 "诚信档案：六部分；以及授牌之后、投诉之前是什么样（三(六)1）"
hri agency dossier $agency
hri agency dossier $agency -o "$work/诚信档案.html"
hri agency dossier $agency --as-of 2013-11-30 -o "$work/诚信档案（2013年11月30日）.html"
hri archive verify

say "完成。文件在 $work/："
ls -1 "$work"
