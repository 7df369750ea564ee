/* Choosing words on the page: with the pointer or a finger, or sentence by sentence with keys. Either way the words are
   selected as anywhere, and a small toolbar offers what can be made of them. */

import { button, isForControl, make } from "./dom.js";
import { hold } from "./hold.js";

export const KINDS = [
  { kind: "quotes", label: "Quotation", look: "quotation" },
  { kind: "reported", label: "Reported", look: "reported" },
  { kind: "figures", label: "Figure", look: "figure" },
  { kind: "context", label: "Context", look: "context" },
];
const SETTLE = 120; // milliseconds without a change after which a selection is looked at

export class Chooser {
  /* `texts()` are the page's texts; `annotate(what, text, part)` takes what was chosen: as a new annotation of a kind, or
     while the panel is open (`isOpen()`) as its `words` or one more `part` of them. `say` speaks to screen readers. */
  constructor({ texts, annotate, isOpen, say }) {
    Object.assign(this, { texts, annotate, isOpen, say, pressed: false, timer: 0, walking: null });
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#look(), SETTLE);
    });
    document.addEventListener("pointerdown", (event) => {
      if (event.target.closest?.(".bf-pick")) event.preventDefault(); // or the selection would go
      else {
        this.pressed = true;
        hold("words", Boolean(event.target.closest?.(".bf-text, .bf-comment")));
      }
    });
    for (const type of ["pointerup", "pointercancel"]) {
      document.addEventListener(type, () => {
        this.pressed = false;
        setTimeout(() => this.#look(), 10);
      });
    }
    for (const type of ["scroll", "resize"]) addEventListener(type, () => this.#place(type === "scroll"), { passive: true });
  }

  /* The text that something is selected in, with the part of it; null where nothing is. */
  chosen() {
    const selected = getSelection();
    if (!selected.rangeCount || selected.isCollapsed) return null;
    const range = selected.getRangeAt(0);
    const within = (node) => (node.nodeType === 1 ? node : node.parentElement);
    if (within(range.startContainer)?.closest(".bf-notes, .bfe-panel, .bfe-bar")) return null;
    for (const text of this.texts()) {
      const part = text.within(range);
      if (part) return { text, part };
    }
    return null;
  }

  // --- the toolbar ---

  /* On the annotated text the toolbar that copies words has the buttons; a page of comments has one with these alone. */
  #toolbar() {
    let group = document.querySelector(".bfe-offer");
    if (group) return group;
    const offers = [...KINDS, { kind: "words", label: "Use these words" }, { kind: "part", label: "Add as a part" }];
    group = make("span", { class: "bfe-offer", role: "group", "aria-label": "Annotate the selected words" },
      make("span", { class: "bfe-offer-name", text: "Annotate as" }),
      ...offers.map(({ kind, label, look }) => button(label, () => this.#take(kind), { class: look ? `bfe-kind-${look}` : "bfe-for-panel", "data-bfe-kind": kind })));
    const reading = document.querySelector(".bf-pick");
    if (reading) {
      reading.classList.add("bfe-with-offer");
      reading.prepend(group);
    } else {
      document.body.append(make("div", { class: "bf-pick bfe-pick", role: "group", "aria-label": "The selected words", hidden: true }, group));
    }
    return group;
  }

  /* What the toolbar offers depends on whether the panel is open. */
  #offer() {
    const group = this.#toolbar();
    const open = this.isOpen();
    for (const each of group.children) each.hidden = each.matches(".bfe-for-panel") !== open;
    return group;
  }

  #look() {
    const group = this.#offer();
    const own = group.closest(".bf-pick");
    const found = this.chosen();
    group.hidden = Boolean(found?.text.hasGap(found.part)); // words that the page does not show
    if (!this.pressed) hold("words", Boolean(found));
    if (!own.matches(".bfe-pick") || this.pressed || own.contains(document.activeElement)) return;
    own.hidden = !found || group.hidden;
    this.#place();
  }

  #place(scrolled = false) {
    const own = document.querySelector(".bfe-pick");
    if (!own || own.hidden || !getSelection().rangeCount) return;
    const at = getSelection().getRangeAt(0).getBoundingClientRect();
    const covered = getComputedStyle(document.documentElement); // by the bar and the panel
    const right = document.documentElement.clientWidth - (parseFloat(covered.scrollPaddingRight) || 0);
    const bottom = innerHeight - (parseFloat(covered.scrollPaddingBottom) || 0);
    const room = at.top - own.offsetHeight - 8;
    const above = room > 56 && !matchMedia("(pointer: coarse)").matches;
    own.style.visibility = scrolled && (at.bottom < 56 || at.top > bottom) ? "hidden" : ""; // it is about words out of sight
    own.style.left = `${Math.max(8, Math.min(at.left, right - own.offsetWidth - 8))}px`;
    own.style.top = `${Math.max(56, Math.min(above ? room : at.bottom + 8, bottom - own.offsetHeight - 8))}px`;
  }

  #take(kind) {
    const found = this.chosen();
    if (!found) return;
    this.hide();
    this.annotate(kind, found.text, found.part);
  }

  hide() {
    getSelection().removeAllRanges();
    for (const pick of document.querySelectorAll(".bf-pick")) pick.hidden = true;
    this.walking = null;
  }

  // --- keys ---

  /* Does what a key is for; returns whether it was for anything. */
  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isForControl(event)) return false;
    if (event.key === "s" || event.key === "S") return this.#walk(event.key === "s" && !event.shiftKey ? 1 : -1);
    if (!this.walking || !this.chosen()) return false;
    if (event.key === "Escape") {
      this.hide();
      return true;
    }
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !event.shiftKey) return false;
    const rtl = getComputedStyle(this.walking.text.root).direction === "rtl" && /Left|Right/.test(event.key);
    const { text, part } = this.walking;
    // left and right move the end, up and down the start
    this.#select(text, text.moved(part, /Left|Right/.test(event.key) ? "end" : "start", rtl ? -by : by));
    return true;
  }

  /* The next or the previous sentence; at first the first one in sight. */
  #walk(by) {
    const all = this.texts().flatMap((text) => text.sentences().map((part) => ({ text, part })));
    if (!all.length) return false;
    let index = this.walking ? all.findIndex(({ text, part }) => text === this.walking.text && part.end > this.walking.part.start) : -1;
    if (index >= 0) index += by;
    else index = all.findIndex(({ text, part }) => text.range(part).getBoundingClientRect().top > 120);
    const next = all[Math.max(0, Math.min(index < 0 ? 0 : index, all.length - 1))];
    this.#select(next.text, next.part);
    return true;
  }

  #select(text, part) {
    this.walking = { text, part };
    const range = text.range(part);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const box = range.getBoundingClientRect();
    if (box.top < 120 || box.bottom > innerHeight - 120) scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
    this.say(text.words(part));
  }
}
