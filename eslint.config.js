/** Style of the widget's sources and tests: nothing that could turn text into code or markup. */

import js from "@eslint/js";
import globals from "globals";

const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "parseHTMLUnsafe", "createContextualFragment", "srcdoc"];
const noMarkup = [
  ...MARKUP.map((property) => ({ property, message: "Text becomes text nodes: use make() of dom.js." })),
  { object: "document", property: "write", message: "Text becomes text nodes: use make() of dom.js." },
  { object: "document", property: "writeln", message: "Text becomes text nodes: use make() of dom.js." },
  { object: "document", property: "cookie", message: "No cookies." },
];

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-restricted-properties": ["error", ...noMarkup],
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
    },
  },
  { files: ["bot/widget/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tests/widget/**/*.js"], languageOptions: { globals: globals.node }, rules: { "no-script-url": "off" } }, // attacks to be refused
];
