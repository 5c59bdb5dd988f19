"""Write manual/reference/errors.md: every error code with its causes and remedies (`make docs`).

Both are the words that the program itself says, found in its source; what a message says only at
the time is shown as …. Codes whose words are made elsewhere stand in manual/errors.yaml.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))

import raised

TOP = Path(__file__).parents[1]
PAGE = TOP / "manual" / "reference" / "errors.md"
MORE = TOP / "manual" / "errors.yaml"
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MOST = 6
MADE = {"_as_typed": (0, "{}"), "where_to_find": (1, "编号写末 8 位或全部，见 {}。")}
"""What makes a hint of its arguments: which of them tells it, and in which words."""
FILLED = {"{notice}": "编号", "{decision}": "编号", "{day}": "日期"}
"""What a hint leaves open until it is shown."""

HEAD = """# 错误代码

由 `make docs` 从程序生成，请勿手改。每个错误一行说明、一行办法，方括号里是代码；
`hri help 代码` 打印这里的一节。“…”处是当时的内容。

退出码：1 规则不允许；2 用法不对；3 输入被拒绝；4 找不到、不唯一或已存在；5 档案库或输出不能使用。
"""


@dataclass
class Entry:
    """One code: its exit status, and what the program says with it."""

    status: int
    causes: list[str] = field(default_factory=list)
    remedies: list[str] = field(default_factory=list)


def words(node: ast.expr | None) -> list[str]:
    """Return the texts that an expression may have, as far as the source says them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return [_joined(node)]
    if isinstance(node, ast.IfExp):
        return [*words(node.body), *words(node.orelse)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        right = words(node.right) or ["…"]
        return [a + b for a in words(node.left) or ["…"] for b in right]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MADE:
        place, form = MADE[node.func.id]
        return [form.format(text) for text in words(node.args[place])]
    return []


def _joined(node: ast.JoinedStr) -> str:
    said = [part.value if isinstance(part, ast.Constant) else "…" for part in node.values]
    return re.sub("…+", "…", "".join(map(str, said)))


def _names(tree: ast.Module) -> dict[str, list[str]]:
    """Return the texts of a module's names: those assigned, and those handed to a parameter."""
    found: dict[str, list[str]] = {}
    parameters: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).extend(words(node.value))
        elif isinstance(node, ast.FunctionDef):
            parameters[node.name] = [argument.arg for argument in node.args.args]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names = parameters.get(node.func.id, [])
            handed = [*zip(names, node.args, strict=False)]
            handed += [(one.arg, one.value) for one in node.keywords if one.arg in names]
            for name, value in handed:
                found.setdefault(str(name), []).extend(words(value))
    return found


def codes() -> dict[str, Entry]:
    """Return every code that the program raises, in the order of the alphabet."""
    found: dict[str, Entry] = {
        code: Entry(raised.RECORDED if one.recorded else raised.RULE, [one.message], [one.hint])
        for code, one in raised.obstacles().items()
    }
    for tree, place in raised.places():
        _add(found, place, _names(tree))
    for code, more in yaml.safe_load(MORE.read_text(encoding="utf-8")).items():
        entry = found.setdefault(code, Entry(more["exit"])) if "exit" in more else found[code]
        entry.causes[:0] = [more["cause"]]
        entry.remedies[:0] = [more["remedy"]]
    return dict(sorted(found.items()))


def _add(found: dict[str, Entry], place: raised.Raised, names: dict[str, list[str]]) -> None:
    for each in ast.walk(place.given["code"]):
        if not (isinstance(each, ast.Constant) and CODE.fullmatch(str(each.value))):
            continue
        entry = found.setdefault(str(each.value), Entry(place.status))
        for key, kept in (("message", entry.causes), ("hint", entry.remedies)):
            value = place.given.get(key)
            said = names.get(value.id, []) if isinstance(value, ast.Name) else words(value)
            kept += [text for text in said if text not in kept and CHINESE.search(text)]


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for code, entry in codes().items():
        parts.append(f"## `{code}`\n\n退出码 {entry.status}。\n")
        parts += [f"- 原因：{_plain(text)}" for text in entry.causes[:MOST]]
        parts += [f"- 办法：{_plain(text)}" for text in entry.remedies[:MOST]]
        parts.append("")
    return "\n".join(parts)


def _plain(text: str) -> str:
    """Return a text in which Markdown finds nothing to set."""
    for name, shown in FILLED.items():
        text = text.replace(name, shown)
    return re.sub(r"([\\*_<>\[\]|#`])", r"\\\1", " ".join(text.split()))


def write() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    write()
