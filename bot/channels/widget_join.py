"""The widget's sources in, one classic script out: small modules and style sheets joined in a strict function, without node. Pure.

Only two forms of the module language are understood, so that joining needs no parser: `import { a, b } from "./x.js";` on one line, and
`export` before a declaration. Everything else is refused by the file's name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ENTRY = "index.js"
STYLES = "styles.js"
"""The one import that is no file: `STYLES`, the style sheets as a text."""
SHEETS = ("theme.css", "base.css", "frame.css", "message.css", "controls.css", "states.css")
_IMPORT = re.compile(r'import \{ ([\w$]+(?:, [\w$]+)*) \} from "\./([\w-]+\.js)";')
_DECLARED = re.compile(r"(export )?(?:async )?(?:function\*? ?|class |const |let )([\w$]+)")
_TOP = re.compile(r"(?:import|export|const|let|var|function|class|async)\b")
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)(?:\n|\Z)", re.M | re.S)
"""A comment on lines of its own; what stands behind code stays."""
_DYNAMIC = re.compile(r"\bimport\s*\(|\bimport\.meta\b|^\s+(?:import|export)\b", re.M)
_REM = re.compile(r"(?<![\w.#-])(-?(?:\d+\.)?\d+)rem\b")


@dataclass(frozen=True, slots=True)
class Module:
    """imports: (file, its names) in order. declared: top-level names. exported: those others may import."""

    name: str
    body: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    declared: tuple[str, ...]
    exported: frozenset[str]


def join(sources: Mapping[str, str]) -> str:
    """sources: file name -> text, all of *.js and *.css. Raises ValueError that names the file and what is wrong in it."""
    modules = {name: read_module(name, text) for name, text in sources.items() if name.endswith(".js")}
    modules[STYLES] = read_module(STYLES, f"export const STYLES = {json.dumps(style_sheet(sources), ensure_ascii=False)};\n")
    order = list(_in_order(ENTRY, modules))
    owner: dict[str, str] = {}
    for module in order:
        for name in module.declared:
            if name in owner:
                raise ValueError(f"{module.name}: {name} is declared in {owner[name]} too; joined files share one scope, rename one")
            owner[name] = module.name
    return '(() => {\n"use strict";\n' + "".join(module.body for module in order) + "})();\n"


def read_module(name: str, text: str) -> Module:
    """Raises ValueError for any form of the module language but the two."""
    imports: list[tuple[str, tuple[str, ...]]] = []
    declared: list[str] = []
    exported: set[str] = set()
    lines = []
    for line in _COMMENT.sub("", text).splitlines():
        if found := _IMPORT.fullmatch(line):
            imports.append((found[2], tuple(found[1].split(", "))))
            continue
        if _TOP.match(line):
            declaration = _DECLARED.match(line)
            if declaration is None:
                raise ValueError(f'{name}: "{line}" cannot be joined; write import {{ a }} from "./x.js"; or export before a declaration')
            declared.append(declaration[2])
            if declaration[1]:
                exported.add(declaration[2])
                line = line.removeprefix("export ")
        if line.strip():
            lines.append(line)
    body = "\n".join(lines) + "\n"
    if found := _DYNAMIC.search(body):
        raise ValueError(f'{name}: "{found[0].strip()}" cannot be joined; only static imports at the top are')
    return Module(name, body, tuple(imports), tuple(declared), frozenset(exported))


def _in_order(entry: str, modules: Mapping[str, Module]) -> Iterator[Module]:
    """Each module after those it imports, once."""
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> Iterator[Module]:
        if name in above:
            raise ValueError(f"{above[-1]}: imports {name} in a circle ({' -> '.join((*above, name))})")
        if name in done:
            return
        for wanted, names in modules[name].imports:
            if wanted not in modules:
                raise ValueError(f"{name}: imports {wanted}, which does not exist")
            if missing := set(names) - modules[wanted].exported:
                raise ValueError(f"{name}: imports {', '.join(sorted(missing))} from {wanted}, which does not export that")
            yield from visit(wanted, (*above, name))
        done.add(name)
        yield modules[name]

    yield from visit(entry, ())


def style_sheet(sources: Mapping[str, str]) -> str:
    """The sheets as one text. `rem` becomes a multiple of --rem: in a shadow root it would be the embedding page's, who may shrink it.
    Not in @media, where it is the citizen's own default anyway. Raises ValueError when a sheet is missing or unknown."""
    found = {name for name in sources if name.endswith(".css")}
    if found != set(SHEETS):
        raise ValueError(f"{', '.join(sorted(found ^ set(SHEETS)))}: style sheets and SHEETS differ")
    lines = re.sub(r"/\*.*?\*/", "", "".join(sources[name] for name in SHEETS), flags=re.S).splitlines()
    own = (line.strip() if line.startswith("@media") else _REM.sub(r"calc(\1 * var(--rem))", line.strip()) for line in lines)
    return "\n".join(line for line in own if line)
