"""Running a command: one place where every error becomes text and an exit status."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.exceptions import TyperException

from hrintegrity import signing
from hrintegrity.archive import passphrases
from hrintegrity.cli.program import call, messages
from hrintegrity.cli.program.help import parameter_name
from hrintegrity.cli.program.interruption import STAYS, interrupted
from hrintegrity.cli.program.streams import lost_output, make_streams_safe
from hrintegrity.errors import HriError, UnusableError, UsageError
from hrintegrity.protection import begin_command

_NEW_OBJECTS = 50_000
"""After so many new objects circles among them are looked for."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status; no exception gets past here."""
    from hrintegrity.cli.program.root import program

    if not gc.isenabled():
        # What was imported stays anyway; what commands leave in one process is collected. Rows by
        # the thousand hold few circles, so that looking for them more often only costs time.
        gc.enable()
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS)
    make_streams_safe()
    begin_command()
    signing.begin_command()
    call.begin_command()
    as_json = _wants_json(arguments)
    messages.hold_warnings(as_json)
    try:
        status = program().main(list(arguments), prog_name="hri", standalone_mode=False)
        _refuse_lost_output()
    except SystemExit as stop:
        # Typer takes every broken pipe for one of standard output, and leaves with 1.
        if not isinstance(stop.__context__, OSError):
            raise
        return _fail(stop.__context__, as_json=as_json)
    except (typer.Abort, KeyboardInterrupt):
        return interrupted()
    except Exception as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error}\n")
            return UsageError.exit_status
        return _fail(error, as_json=as_json)
    finally:
        passphrases.end_command()
    _warn_of_unsigned_papers()
    messages.release_warnings()
    return status if isinstance(status, int) else 0


def _warn_of_unsigned_papers() -> None:
    """Say once that papers went without a signature, and what to do, where the key is no use."""
    reason = signing.unsigned_because()
    if reason is not None:
        messages.warn(
            f"文书没有签名，以后不能用 hri archive check 核对：{reason.message}；{reason.hint}"
        )


def _fail(error: Exception, *, as_json: bool) -> int:
    known = _as_hri_error(error)
    if call.has_entered():
        known.hint += STAYS
    messages.show_error(known, as_json=as_json)
    return known.exit_status


def _refuse_lost_output() -> None:
    """Raise UnusableError where a full disk, say, did not take what the command had to say."""
    lost = lost_output()
    if lost is not None:
        from hrintegrity.files import os_reason

        raise UnusableError(
            "output-unusable",
            f"命令已执行完，要写入的已写入，但结果没能写到标准输出：{os_reason(lost)}",
            "请换一个地方输出。",
        )


def _wants_json(arguments: Sequence[str]) -> bool:
    pairs = zip(arguments, [*arguments[1:], ""], strict=False)
    return any(
        (first in ("-f", "--format") and second == "json")
        or first in ("-fjson", "-f=json", "--format=json")
        for first, second in pairs
    )


def _as_hri_error(error: Exception) -> HriError:
    if isinstance(error, HriError):
        return error
    if isinstance(error, TyperException):
        return _usage_error(error)
    if type(error).__name__ == "SerialisationError":
        # lxml's, where openpyxl finds it, for a full disk beneath a workbook's sheets.
        return UnusableError(
            "output-unusable", "表格没有写完，未保存：磁盘已满或出错。", "请检查磁盘空间。"
        )
    unwritten = "" if call.has_entered() else "，没有写入"
    if isinstance(error, MemoryError):
        return UnusableError("memory-exhausted", f"内存不足{unwritten}。", "请分批处理。")
    if isinstance(error, UnicodeEncodeError):
        return UsageError(
            "not-text", "参数里有不是文字的字节，未写入。", "请在 UTF-8 的终端里输入，或改用文件。"
        )
    if isinstance(error, OSError):
        from hrintegrity.files import os_reason

        name = f"：{error.filename}" if error.filename else ""
        return UnusableError(
            "file-unusable", f"文件不能使用{name}（{os_reason(error)}）", "请检查路径和权限。"
        )
    if os.environ.get("HRI_TRACEBACK"):
        raise error
    return UnusableError(
        "internal-error",
        f"程序出错{unwritten}：{type(error).__name__}: {error}",
        "请把这条命令和这行信息告诉维护人员；设 HRI_TRACEBACK=1 可看到细节。",
    )


def _usage_error(error: TyperException) -> UsageError:
    """Say in Chinese what Typer found wrong with the command line."""
    context: Any = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "hri"
    hint = f"用法见 {path} --help。"
    parameter = _parameter_name(error)
    kind = type(error).__name__
    if kind == "MissingParameter":
        return UsageError("missing-option", f"缺少 {parameter}", f"请给出 {parameter}；{hint}")
    if kind == "NoSuchOption":
        name = getattr(error, "option_name", "")
        near = "、".join(sorted(getattr(error, "possibilities", None) or ()))
        return UsageError(
            "no-such-option", f"没有选项 {name}", f"是否指 {near}？" if near else hint
        )
    if kind == "BadParameter":
        return UsageError("bad-value", f"{parameter} 的值不对：{_translated(error.message)}", hint)
    elsewhere = _elsewhere(error.message)
    if elsewhere:
        hint = f"是否指 {'、'.join(elsewhere)}？{hint}"
    return UsageError("wrong-usage", _translated(error.message), hint)


def _elsewhere(message: str) -> list[str]:
    """Return the commands of that name in other groups, as they are typed."""
    wanted = re.match(r"No such command '(.*?)'", message)
    if wanted is None:
        return []
    from hrintegrity.cli.program.groups import called

    return called(wanted[1])


def _parameter_name(error: TyperException) -> str:
    """Return what an error is about: all parameters that are missing, or the one that is wrong."""
    parameter: Any = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", None) or "参数")
    return "、".join(map(parameter_name, getattr(error, "missing", None) or [parameter]))


_PHRASES = (
    (r"No such command '(.*?)'\.?", r"没有命令 \1"),
    (r"\s*Did you mean '?(.+?)'?\?$", r"，是否指 \1？"),
    (r"Missing command\.?", "还要给出命令"),
    (r"Got unexpected extra argument\(s\) \((.*)\)", r"多余的参数：\1"),
    (r"'(.*)' is not a valid int\w*(?: range)?\.?$", r"“\1”不是整数"),
    (r"'(.*)' is not a valid float(?: range)?\.?$", r"“\1”不是数"),
    (r"(\S+) is not in the range (.+?)\.?$", r"\1 不在 \2 之内"),
    (r"Option '(.*?)' does not take a value\.?", r"选项 \1 后面不能有值"),
    (r"Option '(.*?)' requires .*", r"选项 \1 后面要有值"),
    (r"Argument '(.*?)' takes (\d+) values\.?", r"\1 要有 \2 个值"),
)


def _translated(message: str) -> str:
    """Put Typer's few English sentences into Chinese; our own are Chinese already."""
    for english, chinese in _PHRASES:
        message = re.sub(english, chinese, message, flags=re.DOTALL)
    return message
