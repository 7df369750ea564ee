/* The author's bar at the foot of each page of a briefing: what can be done, what is left to do, and what was done last,
   with a way to take it back. */

import { briefing, call, lastSaved } from "./api.js";
import { button, freshId, make, plural } from "./dom.js";

const HEARD = 150; // milliseconds after which words are heard that are new on the page

export class Bar {
  /* What its buttons do; without `annotate` the page has no text, and a link leads to where one is. */
  constructor({ annotate, settings, cite, problems, undo, resume }) {
    this.problems = problems;
    this.links = make("span", { class: "bfe-counts" });
    this.rest = make("span", { class: "bfe-rest", id: freshId("rest") }, button("About this briefing", settings, { class: "bfe-about" }), button("Add a reference…", cite, { class: "bfe-about" }), this.links);
    this.opening = button("More", () => this.#open(!this.isOpen), { class: "bfe-more-of", "aria-expanded": "false", "aria-controls": this.rest.id });
    this.told = make("span", { class: "bfe-told", tabindex: "-1" });
    this.spoken = make("span", { class: "bf-unseen", role: "status" });
    this.finding = button("Show it", problems, { class: "bfe-show", hidden: true, "aria-haspopup": "dialog" });
    this.taking = button("Undo", undo, { class: "bfe-undo", hidden: true });
    this.unsaved = button("", resume, { class: "bfe-unsaved", hidden: true });
    this.annotating = annotate && button("Annotate", annotate, { class: "bfe-primary", "aria-keyshortcuts": "a", title: "Annotate words of this text (A)" });
    this.element = make("section", { id: "bfe-bar", class: "bfe-bar", "aria-label": "For authors", lang: "en", dir: "ltr" },
      this.annotating || this.#textLink(), this.opening, this.rest, this.unsaved,
      make("span", { class: "bfe-keys", text: annotate ? "Select words, or press S for a sentence, then A" : "" }), this.told, this.finding, this.taking, this.spoken);
    this.rest.addEventListener("click", (event) => {
      if (!this.isOpen || !event.target.closest("a, button")) return;
      this.opening.focus(); // where the focus comes back to: what was pressed goes out of sight
      this.#open(false);
    }, true);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      event.preventDefault();
      this.#open(false);
      this.opening.focus();
    });
    document.addEventListener("pointerdown", (event) => this.element.contains(event.target) || this.#open(false));
    document.body.append(this.element);
    document.documentElement.classList.add("bfe-on");
  }

  /* Where the bar is narrow, whether what is behind “More” is shown. */
  get isOpen() {
    return this.rest.classList.contains("bfe-shown");
  }
  #open(shown) {
    this.rest.classList.toggle("bfe-shown", shown);
    this.opening.setAttribute("aria-expanded", String(shown));
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
    const { error = 0, warning = 0, open = 0 } = told.problems || {};
    const counts = [error && plural(error, "problem"), warning && plural(warning, "warning"), open && `${open} to fill in`].filter(Boolean).join(", ");
    this.opening.textContent = counts ? `More: ${counts}` : "More";
    this.links.replaceChildren(
      ...(told.items || []).map(({ label, words, href, count }) => make("a", { href, class: count ? "" : "bfe-done", text: words ? `${label}: ${words}` : label })),
      counts ? button(counts, this.problems, { class: `bfe-found${error ? " bfe-errors" : ""}`, "aria-haspopup": "dialog" }) : make("span", { text: "No problems" }));
  }

  /* Tells those who do not see the page what they would see. A screen reader has to have met the place before there is
     something in it. */
  speak(words) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => (this.spoken.textContent = words), HEARD);
  }

  /* Says what was done, also to who does not see it; with `found` there is a way to what a check finds since. */
  say(words, undoable = !this.taking.hidden, found = false) {
    this.told.textContent = this.told.title = words;
    this.finding.hidden = !found;
    this.taking.hidden = !undoable;
    const what = lastSaved.get()?.what;
    this.taking.textContent = words || !what ? "Undo" : `Undo: ${what}`; // where nothing beside it says what was done
    this.taking.title = `Take back ${what ? `what was done last: ${what}` : "the last change"} (Ctrl or ⌘ and Z)`;
    this.speak(words);
  }

  /* Gives the focus to what it says. */
  focus() {
    this.told.focus({ preventScroll: true });
  }

  /* Offers what was left unsaved; nothing where `words` are empty. */
  offer(words) {
    this.unsaved.hidden = !words;
    this.unsaved.textContent = words ? `Unsaved: ${words}` : "";
  }
}

/* The address of a page's briefing begins so; pages of others have other bars. */
export const isOwnPage = () => decodeURI(location.pathname).includes(`/${briefing}/`);
