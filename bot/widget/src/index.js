/** Registers <mot-cua-chat>, and adds one to a page that asks for it with data-auto on the script's own tag. */

import { elementClass } from "./element.js";

const TAG = "mot-cua-chat";
const tag = document.currentScript;
const script = { base: tag?.src ? new URL(tag.src).origin : location.origin, nonce: tag?.nonce ?? "" };

/** Once only, also when a page brings the script twice. */
function begin() {
  if (!customElements.get(TAG)) customElements.define(TAG, elementClass(script));
  if (tag && "auto" in tag.dataset && !document.querySelector(TAG)) document.body.append(document.createElement(TAG));
}

if (document.body) begin();
else addEventListener("DOMContentLoaded", begin, { once: true });
