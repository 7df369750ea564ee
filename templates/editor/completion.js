/* Suggestions below a field, by the keyboard and the pointer: the pattern of an editable combobox (ARIA 1.2). */

import { freshId, make } from "./dom.js";

const MOST = 50; // suggestions that are listed at once
const LINES = 3; // of what one says beside its name

/* Whether every word of what was typed begins a word of one of the texts; accents and case do not matter. */
export function matches(query, ...texts) {
  const bare = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const held = ` ${bare(texts.join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
  return bare(query).split(/[^\p{L}\p{N}]+/u).every((word) => held.includes(` ${word}`) || (word.length > 2 && held.includes(word)));
}

/* A list that belongs to a field. `options(query)` gives `{value, label, detail, lines, group}` for what was typed (`lines`
   say more of it, and the first of a `group` has the name of that above it), `query()` what that is, or null where nothing is asked for; `choose(option)` takes one, and `dismissed()` hears that Esc took none. One with `asks` begins something else: it stays in
   sight below the others, and is never pointed at before the author does. */
export class Suggestions {
  constructor(field, { options, query, choose, role = "combobox", say = null, dismissed = null }) {
    Object.assign(this, { field, options, query, choose, say, dismissed, shown: [], items: [], active: -1 });
    const id = freshId("list");
    this.list = make("ul", { id, role: "listbox", class: "bfe-list", hidden: true, "aria-label": field.getAttribute("aria-label") || "Suggestions" });
    if (role) field.setAttribute("role", role);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", id);
    field.setAttribute("autocomplete", "off");
    this.expands = role === "combobox";
    this.close();
    field.addEventListener("input", () => this.look());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    if (this.expands) field.addEventListener("click", () => this.look());
    // or the field would lose the focus before the click has come
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(this.items.indexOf(option));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  look() {
    const query = this.query();
    const found = query === null ? [] : this.options(query);
    this.shown = [...found.filter(({ asks }) => !asks).slice(0, MOST), ...found.filter(({ asks }) => asks)];
    if (!this.shown.length) return this.close();
    this.items = this.shown.map((option, index) => this.item(option, index));
    const begins = (index) => this.shown[index].group && this.shown[index].group !== this.shown[index - 1]?.group;
    this.list.replaceChildren(...this.items.flatMap((item, index) =>
      (begins(index) ? [make("li", { role: "presentation", class: "bfe-group", text: this.shown[index].group }), item] : [item])));
    this.list.hidden = false;
    this.list.scrollIntoView({ block: "nearest" }); // a panel at the foot of a narrow window is low
    if (this.expands) this.field.setAttribute("aria-expanded", "true");
    this.point((query || !this.expands) && !this.shown[0].asks ? 0 : -1); // in a text, only a citation that is begun asks
    this.say?.(`${this.shown.length} ${this.shown.length === 1 ? "suggestion" : "suggestions"}`);
    return undefined;
  }

  item({ label, detail, lines = [], group, asks }, index) {
    return make("li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", class: asks && "bfe-asks" },
      make("span", { class: "bfe-option", dir: "auto", text: label }), detail && make("span", { class: "bfe-detail", dir: "auto", text: detail }),
      ...lines.slice(0, LINES).map((line) => make("span", { class: "bfe-line", dir: "auto", text: line })),
      lines.length > LINES && make("span", { class: "bfe-line", text: `and ${lines.length - LINES} more` }),
      lines.length > 0 && make("span", { class: "bfe-line bfe-why", text: "Cited as one work: the page links the excerpt that holds what you say" }),
      group && make("span", { class: "bf-unseen", text: group })); // for who hears one option at a time
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.field.removeAttribute("aria-activedescendant");
    if (this.expands) this.field.setAttribute("aria-expanded", "false");
  }

  point(index) {
    this.items[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.items[index];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
    return option.scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const option = this.shown[index];
    this.close();
    if (option) this.choose(option);
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const down = event.key === "ArrowDown";
    if (!this.open) {
      if (down && this.expands) {
        event.preventDefault();
        this.look();
      }
      return;
    }
    if (down || event.key === "ArrowUp") this.point((this.active + (down ? 1 : -1) + this.shown.length) % this.shown.length);
    else if (event.key === "Enter" && this.active >= 0) this.take(this.active);
    else if (event.key === "Tab" && this.active >= 0 && this.query()) return this.take(this.active);
    else if (event.key === "Escape" || (event.key === "Enter" && !this.expands)) {
      this.close();
      this.dismissed?.();
    } else return;
    event.preventDefault();
    event.stopPropagation(); // the panel has keys of its own
  }
}
