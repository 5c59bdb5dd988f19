@echo off
rem Finds a Python 3.11 or later and lets it install hri, without a network.
rem This file is plain ASCII, so that every code page reads it alike.
setlocal
set "HERE=%~dp0"
set "MODE=@MODE@"
set "PYTHON="
if defined HRI_PYTHON call :try "%HRI_PYTHON%"
if not defined PYTHON call :try "%HERE%python\python.exe"
for %%v in (3.14 3.13 3.12 3.11) do if not defined PYTHON call :launcher %%v
if not defined PYTHON call :try python.exe
if not defined PYTHON call :try python3.exe
if not defined PYTHON goto :missing
"%PYTHON%" "%HERE%setup\install.py" %MODE%
set "STATUS=%ERRORLEVEL%"
goto :end

:try
"%~1" -c "import sys; sys.exit(sys.version_info < (3, 11) or sys.maxsize < 2**32)" >nul 2>nul
if not errorlevel 1 set "PYTHON=%~1"
exit /b 0

:launcher
for /f "usebackq delims=" %%p in (`py -%1 -c "import sys; print(sys.executable)" 2^>nul`) do call :try "%%p"
exit /b 0

:missing
for /f "tokens=2 delims=:." %%c in ('chcp') do set "PAGE=%%c"
chcp 65001 >nul
type "%HERE%setup\no-python.txt"
chcp %PAGE% >nul
set "STATUS=1"

:end
if not defined HRI_NO_PAUSE pause
exit /b %STATUS%
