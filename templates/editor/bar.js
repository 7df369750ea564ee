/* The author's bar at the foot of each page of a briefing: what can be done, what is left to do, and what was done last,
   with a way to take it back. */

import { briefing, call } from "./api.js";
import { button, make, plural } from "./dom.js";

export class Bar {
  /* What its buttons do; without `annotate` the page has no text, and a link leads to where one is. */
  constructor({ annotate, settings, cite, undo, resume }) {
    this.links = make("span", { class: "bfe-counts" });
    this.told = make("span", { class: "bfe-told", role: "status" });
    this.spoken = make("span", { class: "bf-unseen", role: "status" });
    this.taking = button("Undo", undo, { class: "bfe-undo", hidden: true, title: "Take the last change back (Ctrl or ⌘ and Z)" });
    this.unsaved = button("", resume, { class: "bfe-unsaved", hidden: true });
    this.annotating = annotate && button("Annotate", annotate, { class: "bfe-primary", "aria-keyshortcuts": "a", title: "Annotate words of this text (A)" });
    this.element = make("section", { class: "bfe-bar", "aria-label": "For authors", lang: "en", dir: "ltr" },
      this.annotating || this.#textLink(),
      button("About this briefing", settings, { class: "bfe-about" }), button("Add a reference…", cite, { class: "bfe-about" }), this.links, this.unsaved,
      make("span", { class: "bfe-keys", text: annotate ? "Select words, or press S for a sentence, then A" : "" }), this.told, this.taking, this.spoken);
    document.body.append(this.element);
    document.documentElement.classList.add("bfe-on");
  }

  /* On pages without a text: where there is one. */
  #textLink() {
    const link = [...document.querySelectorAll(".bf-tabs a")].find((one) => /\/text(\/|\.html)$/.test(one.pathname));
    return link ? make("a", { class: "bfe-primary", href: link.href, text: "Annotate the text" }) : null;
  }

  /* Asks what is left to do and shows it. */
  async count() {
    const told = await call("author-bar").catch(() => null);
    if (!told) return;
    const { errors = 0, warnings = 0 } = told.problems || {};
    const counts = [errors && plural(errors, "problem"), warnings && plural(warnings, "warning")].filter(Boolean);
    this.links.replaceChildren(
      ...(told.items || []).map(({ label, words, href, count }) => make("a", { href, class: count ? "" : "bfe-done", text: words ? `${label}: ${words}` : label })),
      make("span", { class: errors ? "bfe-errors" : "", text: counts.join(", ") || "No problems" }));
  }

  /* Tells those who do not see the page what they would see. */
  speak(words) {
    this.spoken.textContent = words;
  }

  /* Says what was done, also to who does not see it. */
  say(words, undoable = !this.taking.hidden) {
    this.told.textContent = words;
    this.taking.hidden = !undoable;
  }

  /* Offers what was left unsaved; nothing where `words` are empty. */
  offer(words) {
    this.unsaved.hidden = !words;
    this.unsaved.textContent = words ? `Unsaved: ${words}` : "";
  }
}

/* The address of a page's briefing begins so; pages of others have other bars. */
export const isOwnPage = () => decodeURI(location.pathname).includes(`/${briefing}/`);
