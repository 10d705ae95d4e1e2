/** Colours: is a portal's accent readable, and what follows from it. Pure. */

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;
const ENOUGH = 4.5; // WCAG 1.4.3
const WHITE = "#ffffff";
const PALE = "#eef2f1";

/** Relative luminance of "#rrggbb", 0..1; NaN when it is no such colour. */
export function luminance(hex) {
  const channels = HEX.exec(hex)?.slice(1).map((part) => parseInt(part, 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return channels ? channels[0] * 0.2126 + channels[1] * 0.7152 + channels[2] * 0.0722 : NaN;
}

/** WCAG contrast of two colours, 1..21; NaN when one is no colour. */
export function contrast(one, other) {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

/**
 * Custom properties for a portal's own accent, {} when it is no colour or too pale for white text on it.
 * In the dark theme the accent serves as ground only: as text it would be too dark there.
 */
export function accentProperties(hex, dark) {
  if (!(contrast(hex ?? "", WHITE) >= ENOUGH)) return {};
  const grounds = { "--masthead": hex, "--bubble": hex, "--on-bubble": WHITE };
  if (dark) return grounds;
  return { ...grounds, "--accent": hex, "--accent-strong": hex, "--tint": contrast(hex, PALE) >= ENOUGH ? PALE : WHITE };
}

/** Which of light and dark. theme: the attribute; prefersDark: what the device asks for. */
export const schemeOf = (theme, prefersDark) => (theme === "dark" || (theme !== "light" && prefersDark) ? "dark" : "light");

/**
 * The size of 1 rem in the element, px. root: the page's font size; medium: the citizen's own default.
 * A page that shrinks its root (62.5 %) must not shrink the chat; one that enlarges it (an "A+" button) enlarges it too, up to twice.
 */
export const remOf = (root, medium) => Math.min(Math.max(root || medium, medium), 2 * medium);
