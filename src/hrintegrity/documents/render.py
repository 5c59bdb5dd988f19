"""From a template and a context to a paper: the only user of Jinja."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hrintegrity.documents.grammar import CHILDREN, CLASSES, broken
from hrintegrity.documents.paper import Paper
from hrintegrity.documents.tree import parse
from hrintegrity.errors import HriError, UnusableError
from hrintegrity.resources import folder

SUFFIX = ".xhtml"
_OWN = "hri/"
_TAG = re.compile(r"""<([A-Za-z][\w:-]*)(?:[^<>]*?\bclass=(["'])(.*?)\2)?""")


def compose(
    template: str, context: Mapping[str, Any], *, office_templates: Path | None = None
) -> Paper:
    """Make the paper `template` (as `assess/notice`) of `context`.

    The office's folder is looked at first. Text of the context is never run as a template and
    never taken as markup. Raises InputError `template-broken` with file and line for whatever is
    wrong with a template, `control-character` for text that no paper can hold; UnusableError
    `templates-missing` where the office's folder is not there.
    """
    name = template + SUFFIX
    environment = _environment(office_templates)
    environment.globals["range"] = _Ranges()
    try:
        body = environment.get_template(name).render(context)
    except HriError:
        raise
    except Exception as error:  # a template may raise anything; none of it is a traceback.
        raise _explained(name, error) from error
    agency, number = context.get("agency"), context.get("number")
    named = agency.get("name") if isinstance(agency, Mapping) else getattr(agency, "name", None)
    # A number with blanks in it is still to be filled in by hand.
    shown = str(number or "") if "\u3000" not in str(number) else ""
    return Paper(body, name, agency=str(named or ""), number=shown)


# A command looks once: whatever stands in the folder stays as it is until the command ends.
@cache
def check_template(template: str, office_templates: Path | None = None) -> None:
    """Refuse a broken template before anything is numbered.

    Looks at the syntax of `template` and of all that it extends, includes or imports, at unknown
    elements and classes, and makes the paper from each specimen that is shipped with it (names
    that are not there, uneven tables). Raises as `compose` does.
    """
    environment = _environment(office_templates)
    for name in _family(template + SUFFIX, environment):
        _check_source(name, environment)
    for specimen in specimens(template):
        parse(compose(template, specimen, office_templates=office_templates))


def specimens(template: str) -> list[dict[str, Any]]:
    """Return the specimen contexts shipped with `template`, the fullest first."""
    path = folder("templates") / f"{template}.json"
    contexts: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return contexts


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which takes a mapping's items before its methods.

    So `band.items` is what the context says, never a method; and a paper takes half the time.
    Products and ranges are limited: an office's template can't fill the memory or run for ever.
    """

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers of a paper's size; a text is never repeated more than a page holds."""
        for one, other in ((left, right), (right, left)):
            if isinstance(one, (str, bytes, list, tuple)) and isinstance(other, int):
                if len(one) * other > _LONGEST_PRODUCT:
                    raise SecurityError("重复得太长")
            elif isinstance(one, (int, float)) and abs(one) > _LARGEST_FACTOR:
                raise SecurityError("数太大")
        if operator == "**" and isinstance(right, (int, float)) and abs(right) > _LARGEST_POWER:
            raise SecurityError("乘方太大")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Ranges:
    """Python's `range`, until a paper has counted too far in all its loops together."""

    def __init__(self) -> None:
        self.left = _MOST_STEPS

    def __call__(self, *bounds: int) -> range:
        found = range(*bounds)
        self.left -= len(found)
        if self.left < 0:
            raise SecurityError("循环的次数太多")
        return found


_MOST_STEPS, _LONGEST_PRODUCT, _LARGEST_FACTOR, _LARGEST_POWER = 100_000, 10_000, 10**9, 64
_ENDS = ("。", "！", "？", "：", "!", "?")
_STOPS = "，。、；：,.;: \u3000\n\t"


@cache
def _environment(office: Path | None) -> jinja2.Environment:
    if office is not None and not office.is_dir():
        raise UnusableError(
            "templates-missing", f"模板目录不存在：{office}", "请建立这个目录，或改用自带的模板。"
        )
    # utf-8-sig: Notepad puts a mark at the beginning of what it saves.
    own = jinja2.FileSystemLoader(folder("templates"), encoding="utf-8-sig")
    loaders: list[jinja2.BaseLoader] = [own, jinja2.PrefixLoader({_OWN[:-1]: own})]
    if office is not None:
        loaders.insert(0, jinja2.FileSystemLoader(office, encoding="utf-8-sig"))
    environment = _Sandbox(
        loader=jinja2.ChoiceLoader(loaders),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals["range"] = _Ranges()
    environment.filters["lines"] = _lines
    environment.filters["unstopped"] = _unstopped
    environment.filters["stopped"] = _stopped
    return environment


def _printable(value: Any) -> Any:
    if value is None:
        raise jinja2.UndefinedError("要印出的值是空的（null）")
    return value


def _lines(text: str) -> list[str]:
    """Split a longer text into its paragraphs, for `{% for line in text|lines %}`."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _unstopped(text: str) -> str:
    """Take the stops off the end of a text: the sentence of a template goes on after it."""
    return text.strip().rstrip(_STOPS)


def _stopped(text: str) -> str:
    """End a sentence that someone typed with a full stop, unless it has one of its own."""
    return text if text.rstrip("”’）》").endswith(_ENDS) else f"{_unstopped(text)}。"


def _family(name: str, environment: jinja2.Environment) -> list[str]:
    """Return `name` and every template that it needs, each once."""
    found: list[str] = []
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.append(one)
        source, file = _source(one, environment)
        try:
            parsed = environment.parse(source, one, file)
        except jinja2.TemplateSyntaxError as error:
            raise _explained(one, error) from error
        for reference in meta.find_referenced_templates(parsed):
            if reference is None:  # a name that only the rendering knows.
                continue
            if not _exists(reference, environment):
                line = source[: source.find(reference)].count("\n") + 1
                raise broken(file, line, f"找不到模板 {reference}")
            waiting.append(reference)
    return found


def _exists(name: str, environment: jinja2.Environment) -> bool:
    return name in environment.list_templates()


def _source(name: str, environment: jinja2.Environment) -> tuple[str, str]:
    try:
        assert environment.loader is not None
        source, file, _ = environment.loader.get_source(environment, name)
    except (jinja2.TemplateNotFound, UnicodeDecodeError) as error:
        raise _explained(name, error) from error
    return source, file or name


def _check_source(name: str, environment: jinja2.Environment) -> None:
    """Find unknown elements and classes where they stand in the source, with their own line."""
    source, file = _source(name, environment)
    for line, tag, classes in _tags(source, environment):
        if tag not in CHILDREN:
            raise broken(file, line, f"不认识的元素 <{tag}>")
        if classes and classes not in CLASSES.get(tag, ()):
            raise broken(file, line, f'<{tag}> 的 class 不认识："{classes}"')


def _tags(source: str, environment: jinja2.Environment) -> Iterator[tuple[int, str, str | None]]:
    for line, kind, value in environment.lex(source):
        if kind != "data":
            continue
        for match in _TAG.finditer(value):
            yield line + value.count("\n", 0, match.start()), match[1], match[3]


def _explained(name: str, error: Exception) -> HriError:
    """Turn what Jinja raised into our error, with the template's own file and line."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return broken(
            error.filename or error.name or name, error.lineno, f"语法不对：{error.message}"
        )
    if isinstance(error, jinja2.TemplateNotFound):
        return broken(name, 1, f"找不到模板 {error.name}")
    if isinstance(error, UnicodeDecodeError):
        return broken(name, 1, "不是 UTF-8 文字")
    file, line = _where(name, error)
    if isinstance(error, jinja2.UndefinedError):
        return broken(file, line, f"用了没有的名字：{error.message}")
    return broken(file, line, f"{type(error).__name__}：{error}")


def _where(name: str, error: Exception) -> tuple[str, int]:
    """Find the innermost line of a template; Jinja has put those into the traceback."""
    place = (name, 1)
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith(SUFFIX):
            place = (code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
