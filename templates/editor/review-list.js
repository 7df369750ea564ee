/* All drafts of a briefing in the order of its text, those that are decided among them, each with what became of it. */

import { briefing } from "./api.js";
import { button, make, plural } from "./dom.js";

const STATES = { open: "to decide", later: "for later", kept: "kept", ignored: "ignored", there: "published" };
const LEFT_OUT = "ignored"; // of what is listed: those that were left out alone
const MANY = { quotation: "Quotations", "reported statement": "Reported statements", figure: "Figures", "context note": "Context notes" };
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
const SHORT = 90; // characters of the words of a row
const short = (words) => (words.length > SHORT ? `${words.slice(0, SHORT).trimEnd()}…` : words);
const inOrder = (one, other) => one.position.map((each, at) => each - other.position[at]).find(Boolean) || 0;
export const wordsOf = (draft) => draft.shown.filter(({ marked }) => marked).map(({ text }) => text).join(" … ");

/* Returns a row for each draft: those that wait, those that were kept (`done` of this sitting), those that were ignored. */
export function rowsOf({ drafts, state, done }) {
  const waiting = [...drafts.values()].map((draft) => ({ id: draft.id, state: draft.put_off ? "later" : "open", kind: draft.kind, words: wordsOf(draft), position: draft.position }));
  const decided = (state, wanted) => done.filter((one) => wanted(one) && !drafts.has(one.id)).map(({ row }) => ({ ...row, id: "", state }));
  const ignored = state.ignored.map(({ name, kind, words, position, reason }) => ({ name, state: "ignored", kind, words, position, reason }));
  // of what cannot be drafted again no file says that it was ignored
  return [...waiting, ...ignored, ...decided("kept", ({ decision }) => decision === "keep"), ...decided("ignored", ({ decision, name }) => decision === "ignore" && !name)].sort(inOrder);
}

/* Returns a row for each annotation that is published with the briefing, without those that were kept in this sitting:
   in a window that was opened anew they are among these. */
const publishedRows = ({ state, done }) => {
  const kept = new Set(done.filter(({ decision }) => decision === "keep").map(({ id }) => id));
  return state.kept.filter(({ id }) => !kept.has(id)).map(({ id, ...row }) => ({ ...row, id: "", shown: id, state: "there" })).sort(inOrder);
};

export const countIn = (rows, state) => rows.filter((row) => row.state === state).length;

export class DraftList {
  /* `jump(id)` shows a draft, `bringBack(name, said)` makes a draft again of one that was ignored. */
  constructor({ jump, bringBack }) {
    Object.assign(this, { jump, bringBack, kind: "" });
    this.tally = make("p");
    this.filter = make("div", { class: "kinds", role: "group", "aria-label": "Which are listed" });
    this.list = make("ul", { "aria-label": "Drafts" });
    this.list.addEventListener("keydown", (event) => this.#arrow(event));
    this.there = make("details", {});
    this.parts = [this.filter, this.tally, this.list, this.there];
  }

  show(sitting, current) {
    Object.assign(this, { sitting, current, language: sitting.state.language });
    const rows = (this.rows = rowsOf(sitting));
    const kinds = Object.keys(MANY).filter((kind) => rows.some((row) => row.kind === kind));
    if (countIn(rows, LEFT_OUT)) kinds.push(LEFT_OUT);
    if (!kinds.includes(this.kind)) this.kind = "";
    const focused = this.filter.contains(document.activeElement) && document.activeElement.dataset.kind;
    this.filter.replaceChildren(...["", ...kinds].map((kind) => button(this.#called(kind), () => this.#choose(kind), { "data-kind": kind, "aria-pressed": String(kind === this.kind) })));
    if (focused || focused === "") this.filter.querySelector(`[data-kind="${focused}"]`)?.focus();
    const shown = this.#of(this.kind);
    const counts = Object.entries(STATES).map(([state, words]) => [countIn(shown, state), words]).filter(([count]) => count);
    this.tally.textContent = counts.map(([count, words]) => `${count} ${words}`).join(", ");
    this.list.replaceChildren(...shown.map((row) => this.#row(row)));
    const there = publishedRows(sitting).filter(({ kind }) => !this.kind || kind === this.kind);
    this.there.hidden = !there.length;
    this.there.replaceChildren(make("summary", { text: `Published with the briefing: ${there.length}` }), make("ul", { "aria-label": "Published with the briefing" }, ...there.map((row) => this.#row(row))));
  }

  #of(kind) {
    return this.rows.filter((row) => !kind || row.kind === kind || row.state === kind);
  }

  #called(kind) {
    if (kind === LEFT_OUT) return `Left out: ${countIn(this.rows, LEFT_OUT)}`;
    const rows = this.#of(kind), left = countIn(rows, "open") + countIn(rows, "later");
    return `${MANY[kind] || "All"}: ${left === rows.length ? left : `${left} left of ${rows.length}`}`;
  }

  #choose(kind) {
    this.kind = kind;
    this.show(this.sitting, this.current);
  }

  #row({ id, name, state, kind, words, reason, shown, comment }) {
    const told = [make("span", { class: "state", text: STATES[state] }), make("span", { class: "entry" }, `${capital(kind)} `, make("q", { dir: "auto", lang: this.language, text: short(words || id) }), reason && make("span", { class: "aid", dir: "auto", text: reason }))];
    const where = shown && make("a", { class: "change", href: `/${briefing}/${comment ? "comments" : "text"}/#t-${shown}`, "aria-label": `Change the ${kind} “${words}” in the preview`, text: "Change" });
    if (!id) return make("li", { class: state }, ...told, where, name && button("Bring back", () => this.bringBack(name, `the ${kind} “${words}”`), { "aria-label": `Bring back the ${kind} “${words}”` }));
    const go = make("button", { type: "button", class: "row", onclick: () => this.jump(id), "aria-current": id === this.current && "true" }, ...told);
    return make("li", { class: state }, go);
  }

  /* Gives the focus to the draft that is shown, or to the first that can be. */
  focus() {
    (this.list.querySelector("[aria-current]") || this.list.querySelector("button") || this.filter.querySelector("button"))?.focus();
  }

  #arrow(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...this.list.querySelectorAll("button")], next = buttons[buttons.indexOf(document.activeElement) + step];
    if (!step) return;
    event.preventDefault();
    next?.focus();
  }
}

export const tallied = (rows) => {
  const [kept, ignored, later] = ["kept", "ignored", "later"].map((state) => countIn(rows, state));
  return rows.length ? `${kept + ignored} of ${plural(rows.length, "draft")} decided: ${kept} kept, ${ignored} ignored${later ? ` · ${later} for later` : ""}` : "No drafts";
};
