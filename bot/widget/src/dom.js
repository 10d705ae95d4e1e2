/** Elements from values: what the server or the citizen wrote becomes text nodes only, never markup. */

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  chat: ["M4 5h16v11H10l-5 4v-4H4zM8 9.5h8M8 12.5h5"],
  send: ["M12 20V5M5.5 11.5 12 5l6.5 6.5"],
  more: ["M5 7h14M5 12h14M5 17h14"],
  close: ["M6 6l12 12M18 6 6 18"],
  erase: ["M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5"],
  download: ["M12 4v11M7 10.5l5 5 5-5M5 20h14"],
  print: ["M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"],
  copy: ["M9 9h10v11H9zM15 9V4H5v11h4"],
  large: ["M3 19 9 5l6 14M5.2 14.5h7.6M15.5 19l3-7 3 7M16.6 16.5h3.8"],
  privacy: ["M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z"],
  rate: ["M12 4l2.5 5.2 5.7.7-4.2 3.9 1.1 5.7-5.1-2.8-5.1 2.8L8 13.8 3.8 9.9l5.7-.7z"],
  useful: ["M7 11v9H4v-9zM7 11l4-8c1.7 0 2.5 1 2.2 2.6L12.5 9H19c1 0 1.7.9 1.4 2l-1.8 7.4c-.2 1-1 1.6-2 1.6H7"],
  wrong: ["M7 13V4H4v9zM7 13l4 8c1.7 0 2.5-1 2.2-2.6L12.5 15H19c1 0 1.7-.9 1.4-2l-1.8-7.4C18.4 4.6 17.6 4 16.6 4H7"],
  contact: ["M4 6h16v12H4zM4.5 7l7.5 6 7.5-6"],
  speak: ["M4 10v4h3l5 4V6L7 10zM15.5 9c1.3 1.8 1.3 4.2 0 6M18 6.5c2.7 3.3 2.7 7.7 0 11"],
};

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** An element with attributes and children; strings become text nodes, null and false are left out. */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** A button that does something when it is pressed, by whatever means. */
export function pressable(attributes, onPress, ...children) {
  const button = make("button", { type: "button", ...attributes }, ...children);
  button.addEventListener("click", onPress);
  return button;
}

/** One of ICONS, as strokes in the colour of the text beside it; hidden from screen readers. */
export function icon(name) {
  const paths = ICONS[name].map((d) => fill(document.createElementNS(SVG, "path"), { d }, []));
  return fill(document.createElementNS(SVG, "svg"), { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, paths);
}

/** The office's sign: an arch with a door. */
export function mark() {
  const arch = fill(document.createElementNS(SVG, "path"), { class: "mark-arch", d: "M6 27V15a10 10 0 0 1 20 0v12" }, []);
  const door = fill(document.createElementNS(SVG, "path"), { class: "mark-door", d: "M12 27V15.5a4 4 0 0 1 8 0V27z" }, []);
  return fill(document.createElementNS(SVG, "svg"), { class: "mark", viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" }, [arch, door]);
}

/** Words for screen readers only. */
export const unseen = (text) => make("span", { class: "visually-hidden" }, text);

/** A link that opens beside the page, and says so. */
export function newTab(href, text, words) {
  return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, text, unseen(words.newTab));
}
