/** The element's style sheet, put where a strict content security policy allows it. */

import { STYLES } from "./styles.js";

let shared = null;

/** adoptedStyleSheets need no permission; where they are missing, a <style> with the page's nonce. */
export function dress(shadow, nonce) {
  if ("adoptedStyleSheets" in Document.prototype && "replaceSync" in CSSStyleSheet.prototype) {
    if (!shared) {
      shared = new CSSStyleSheet();
      shared.replaceSync(STYLES);
    }
    shadow.adoptedStyleSheets = [shared];
    return;
  }
  const style = document.createElement("style");
  if (nonce) style.nonce = nonce;
  style.textContent = STYLES;
  shadow.append(style);
}
