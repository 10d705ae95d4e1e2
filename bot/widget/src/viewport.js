/** What the element must know about the window: the size of letters, and where the keyboard covers it. */

import { make } from "./dom.js";
import { remOf } from "./themes.js";

/** Narrow or low: the panel of a bubble takes the whole screen. The style sheet says the same. */
export const FULL_SCREEN = "(max-width: 480px), (max-height: 480px)";

/** Keep --base on `root`: the element's own rem, whatever the page does with its root. Returns a function that ends it. */
export function followLetterSize(root) {
  const probes = ["1rem", "1em"].map((width) => {
    const probe = make("div", { class: "probe", "aria-hidden": "true" });
    probe.style.width = width;
    root.append(probe);
    return probe;
  });
  const measure = () => {
    const [page, medium] = probes.map((probe) => probe.getBoundingClientRect().width);
    root.style.setProperty("--base", `${remOf(page, medium || 16)}px`);
  };
  const watch = new ResizeObserver(measure);
  probes.forEach((probe) => watch.observe(probe));
  measure();
  return () => { watch.disconnect(); probes.forEach((probe) => probe.remove()); };
}

/** Keep --keyboard and --view-top on `root`: what a phone's keyboard covers, and how far the page was pushed up. */
export function followKeyboard(root, signal) {
  const view = window.visualViewport;
  if (!view) return;
  const measure = () => {
    const covered = view.scale < 1.05 ? Math.max(0, window.innerHeight - view.height) : 0; // pinch zoom is no keyboard
    root.style.setProperty("--keyboard", `${Math.round(covered)}px`);
    root.style.setProperty("--view-top", `${covered ? Math.round(Math.max(0, view.offsetTop)) : 0}px`);
  };
  view.addEventListener("resize", measure, { signal });
  view.addEventListener("scroll", measure, { signal });
  measure();
}
