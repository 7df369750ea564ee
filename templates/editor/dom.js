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

const WITHOUT_TEXT = ["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"];
const WORD = 1000; // milliseconds within which letters are of one word, as browsers have it in lists

/* Whether what has the focus is typed into, or a question that comes before all else. */
export function isTyping(element = document.activeElement) {
  const field = element?.closest?.("input, textarea, [contenteditable]");
  return Boolean((field && !WITHOUT_TEXT.includes(field.type)) || element?.closest?.("dialog[open]"));
}

let lettered = -WORD;
/* Whether a key is for the control that has the focus, and so for nothing else: what is typed, what moves within a list or
   set, what is pressed on a button of a form, and letters with which an entry of a list begins. */
export function isForControl(event) {
  const control = event.target;
  if (isTyping(control)) return true;
  // beside a field, letters are for the form: who is filling it in means nothing behind it
  if (event.key.length === 1 && !(event.ctrlKey || event.metaKey || event.altKey) && control.closest?.(".bfe-panel, .target form, .new-theme")) return true;
  if (control.matches?.("[type=radio], [type=range]")) return event.key.startsWith("Arrow");
  if (!control.matches?.("select") || event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape") return false;
  if (event.key.length > 1 || event.key === " ") return true;
  const begins = [...control.options].some((one) => one.label.toLowerCase().startsWith(event.key.toLowerCase()));
  if (!begins && event.timeStamp - lettered > WORD) return false;
  lettered = event.timeStamp;
  return true;
}

let pressed = false;
const waiting = [];
addEventListener("pointerdown", () => (pressed = true), true);
for (const type of ["pointerup", "pointercancel"]) {
  addEventListener(type, () => setTimeout(() => {
    pressed = false;
    for (const act of waiting.splice(0)) act();
  }), true);
}
/* Does something that may move what is pressed: once the press is done, or it would miss. */
export const afterPress = (act) => (pressed ? waiting.push(act) : act());

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/* Where something was written, as short as an author needs it. */
export const placeIn = (file, line) => (file ? `in ${file.split("/").at(-1)}${line ? `, line ${line}` : ""}` : "");
