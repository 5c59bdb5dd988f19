@echo off
rem A district's campaign from the register to the summary of 5 November, for the Windows command line;
rem campaign.sh is the longer one for other systems. Each line that begins with hri can be typed as it stands.
rem
rem   examples\campaign.cmd [FOLDER]      FOLDER is where the archive and the papers go (default: demo)
setlocal
for /f "tokens=2 delims=:." %%c in ('chcp') do set "PAGE=%%c"
chcp 65001 >nul
set "INPUT=%~dp0input"
set "WORK=%~1"
if "%WORK%"=="" set "WORK=demo"
if exist "%WORK%\archive.db" del "%WORK%\archive.db*"
if not exist "%WORK%" mkdir "%WORK%"
set "HRI_ARCHIVE=%WORK%\archive.db"
set "HRI_OPERATOR=张检查"
set "HRI_TODAY=2013-10-28"

echo == 一、建立海淀区的档案库，导入名册
hri init --district 海淀区 --year 2013 --leader 王局长 --department 人力资源市场科 || goto :failed
hri archive office --plan "%INPUT%\工作方案.txt" || goto :failed
hri agency import "%INPUT%\海淀区机构名册.xlsx" || goto :failed
hri agency list --grade AAAAA || goto :failed

echo == 二、评分、评定、告知、送达
hri assess import "%INPUT%\自我评价汇总.xlsx" || goto :failed
hri assess import "%INPUT%\专家评价汇总.csv" || goto :failed
hri assess import "%INPUT%\群众评价汇总.xlsx" || goto :failed
hri assess conclude --all || goto :failed
hri assess explain 紫竹院恒信第二 || goto :failed
hri assess notice --all -o "%WORK%\notices" --to docx --force || goto :failed
hri assess served 紫竹院恒信第二 --date 2013-10-28 --method 直接送达 --receiver 前台李女士 || goto :failed

echo == 三、推荐：核对名额，报送
hri recommend add 苏州街锐仕人力 --reason 评估结果优秀 --opinion 同意推荐 ^
  --self-summary "%INPUT%\交流会报道.txt" || goto :failed
hri recommend add 海淀区职业介绍服务中心 --reason 制度健全 --opinion 同意推荐 ^
  --self-summary "%INPUT%\交流会报道.txt" || goto :failed
hri recommend check-quota 海淀 || goto :failed
hri recommend submit --date 2013-10-28 -o "%WORK%\推荐材料.zip" --force || goto :failed

echo == 四、活动、检查、从业人员
hri campaign import "%INPUT%\主题活动.xlsx" || goto :failed
hri inspect import "%INPUT%\检查结果.csv" || goto :failed
hri inspect list --open || goto :failed
hri agency staff import "%INPUT%\从业人员.xlsx" || goto :failed
hri report rates || goto :failed

echo == 五、11月5日前报送的总结
set "HRI_TODAY=2013-11-04"
hri report month --remarks "%INPUT%\问题和建议.md" -o "%WORK%\总结.docx" --force || goto :failed
hri report month -o "%WORK%\总结.xlsx" --force || goto :failed
hri report readiness || goto :failed
hri archive verify || goto :failed

echo == 完成。文件在 %WORK%
chcp %PAGE% >nul
exit /b 0

:failed
echo 没有做完，见上面的说明。
chcp %PAGE% >nul
exit /b 1
