/* Elements from names, attributes and text. Nothing that anybody wrote is ever read as markup. */

/* Returns a new element; `text` is its text, and what begins with `on` is done at that event. */
export function make(name, about = {}, ...inner) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(about)) {
    if (value === false || value === null || value === undefined) continue;
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...inner.filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

export const button = (words, act, about = {}) => make("button", { type: "button", text: words, onclick: act, ...about });

let made = 0;
/* Returns an id that no other element has. */
export const freshId = (name) => `bfe-${name}-${(made += 1)}`;

/* Whether keys are for what has the focus: a field, or a control that knows them itself. */
export function isTyping(element = document.activeElement) {
  return Boolean(element?.closest?.("input, textarea, select, [contenteditable], dialog[open]"));
}

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/* Where something was written, as short as an author needs it. */
export const placeIn = (file, line) => (file ? `in ${file.split("/").at(-1)}${line ? `, line ${line}` : ""}` : "");
