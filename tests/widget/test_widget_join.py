"""Small modules joined into one script: in order, in one scope, and nothing but the two forms that joining understands."""

from __future__ import annotations

import pytest

from bot.channels.widget_files import SOURCES
from bot.channels.widget_join import SHEETS, join, read_module, style_sheet

CSS = dict.fromkeys(SHEETS, "")


def test_files_stand_after_what_they_import() -> None:
    joined = join({
        **CSS,
        "index.js": 'import { b } from "./b.js";\nimport { a } from "./a.js";\n\nb(a);\n',
        "a.js": "/** A. */\n\nexport const a = 1;\n",
        "b.js": 'import { a } from "./a.js";\n\nexport function b(x) {\n  return x + a; // stays\n}\n',
        "unused.js": "export const a = 2;\n",
    })
    assert joined == '(() => {\n"use strict";\nconst a = 1;\nfunction b(x) {\n  return x + a; // stays\n}\nb(a);\n})();\n'


def test_style_sheets_become_a_text() -> None:
    joined = join({**CSS, "theme.css": 'a::before { content: "\\"</script>"; }', "index.js": 'import { STYLES } from "./styles.js";\nuse(STYLES);\n'})
    assert r'const STYLES = "a::before { content: \"\\\"</script>\"; }"' in joined


@pytest.mark.parametrize(("files", "said"), [
    ({"index.js": 'import a from "./a.js";'}, "index.js"),
    ({"index.js": 'import * as a from "./a.js";'}, "index.js"),
    ({"index.js": 'import { a as b } from "./a.js";', "a.js": "export const a = 1;"}, "index.js"),
    ({"index.js": 'import { a } from "https://cdn.example/a.js";'}, "index.js"),
    ({"index.js": 'import "./a.js";', "a.js": ""}, "index.js"),
    ({"index.js": "export default 1;"}, "index.js"),
    ({"index.js": "const a = 1;\nexport { a };"}, "index.js"),
    ({"index.js": "const { a } = b;"}, "index.js"),
    ({"index.js": "var a = 1;"}, "index.js"),
    ({"index.js": 'if (a) {\n  import("./a.js");\n}'}, "index.js"),
    ({"index.js": "go(import.meta.url);"}, "index.js"),
    ({"index.js": 'import { a } from "./a.js";'}, "a.js, which does not exist"),
    ({"index.js": 'import { a } from "./a.js";', "a.js": "const a = 1;"}, "a from a.js, which does not export"),
    ({"index.js": 'import { a } from "./a.js";\nconst b = 1;', "a.js": "export const a = 1;\nfunction b() {}"}, "b is declared in a.js too"),
    ({"index.js": 'import { a } from "./a.js";', "a.js": 'import { b } from "./b.js";\nexport const a = 1;', "b.js": 'import { a } from "./a.js";\nexport const b = 1;'}, "a.js -> b.js -> a.js"),
])
def test_everything_else_is_refused_by_name(files: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        join({**CSS, **files})


def test_rem_is_the_elements_own_but_not_in_media_queries() -> None:
    css = "/* 1rem */\n@media (max-width: 33rem) {\n  a { margin: -0.5rem .25rem 1rem; width: min(42rem, 100vh - 6.5rem); }\n}\n"
    assert style_sheet({**CSS, "base.css": css}) == (
        "@media (max-width: 33rem) {\n"
        "a { margin: calc(-0.5 * var(--rem)) .25rem calc(1 * var(--rem)); width: min(calc(42 * var(--rem)), 100vh - calc(6.5 * var(--rem))); }\n}"
    )


def test_an_unknown_style_sheet_is_not_forgotten() -> None:
    with pytest.raises(ValueError, match="more.css"):
        style_sheet({**CSS, "more.css": ""})


def test_every_source_is_used_and_small() -> None:
    sources = {path.name: path.read_text("utf-8") for path in SOURCES.iterdir()}
    scripts = {name: text for name, text in sources.items() if name.endswith(".js")}
    imported = {wanted for name, text in scripts.items() for wanted, _ in read_module(name, text).imports}
    assert set(scripts) - imported == {"index.js"}
    assert {name: lines for name, text in scripts.items() if (lines := len(text.splitlines())) > 240} == {}
