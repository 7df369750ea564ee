/* The panel: one annotation, new or to be changed, beside its text. It saves only when it is told to. What is typed is
   kept while pages load again, until it is saved or discarded. */

import { call, memory } from "./api.js";
import { KINDS } from "./choose.js";
import { askRemoval, askUnsaved, tellExampleGone } from "./dialogs.js";
import { button, make, placeIn } from "./dom.js";
import { askEntry, NAMED } from "./entry-dialog.js";
import { EntryForm, listOf, same, withFound } from "./entry-form.js";
import { Handles } from "./handles.js";
import { hold, holdFor } from "./hold.js";
import { NEXT, PublishingList } from "./publishing.js";
import { textsElsewhere } from "./texts.js";

const BUSY = 2000; // milliseconds after the last key or click for which the page is not loaded again
const HISTORY = 100; // changes that can be taken back

export class Panel {
  /* `texts()` are the page's texts, `say` speaks to screen readers; `opened()` hears of the beginning of something,
     `saved(told)` and `closed()` of the end, `added(told)` of what else was written on the way. */
  constructor({ texts, say, saved, added, opened, closed }) {
    Object.assign(this, { texts, say, saved, opened, closed, past: [], last: null, lastPath: null });
    this.entry = new EntryForm({ texts, say, added, changed: (path) => this.#changed(path), told: (told, signal) => this.#told(told, signal), busily: (act) => this.#busily(act), again: () => this.#again(), editing: askEntry });
    this.handles = new Handles((part) => this.words.take(part));
    this.#build();
  }

  get open() {
    return !this.element.hidden;
  }

  get state() {
    return this.entry.state;
  }

  get words() {
    return this.entry.words;
  }

  get form() {
    return this.entry.form;
  }

  // --- its parts ---

  #build() {
    this.title = make("h2", { id: "bfe-title", tabindex: "-1" });
    this.kinds = make("div", { class: "bfe-kinds", role: "radiogroup", "aria-label": "What the annotation is" });
    this.publishing = new PublishingList({ go: (problem) => this.#go(problem), publish: () => this.#publish(), told: (told) => this.#exampleGone(told) });
    this.saving = button("Save", () => this.save(), { class: "bfe-primary", "aria-keyshortcuts": "Control+Enter Meta+Enter", title: "Save (Ctrl or ⌘ and Enter)" });
    this.removing = button("Remove…", () => this.remove(), { class: "bfe-quiet" });
    this.discarding = button("Discard", () => this.discard(), { class: "bfe-quiet" });
    this.named = make("details", { class: "bfe-named-list" });
    const { general, words, read, fields, written, status } = this.entry;
    this.body = make("div", { class: "bfe-body bfe-entry" }, this.kinds, general, words.element, this.publishing.element, read, fields, this.named);
    this.element = make("aside", { class: "bfe-panel", "data-briefing-own": true, "aria-labelledby": "bfe-title", lang: "en", dir: "ltr", hidden: true },
      make("header", {}, this.title, button("×", () => this.close(), { class: "bfe-close", "aria-label": "Close; what is not saved is kept", title: "Close (Esc)" })),
      this.body, written.element,
      make("footer", {}, status, make("div", { class: "bfe-buttons" }, this.saving, this.discarding, this.removing)));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    for (const type of ["keydown", "input", "pointerdown", "focusin"]) this.element.addEventListener(type, () => holdFor("typing", BUSY));
    document.body.append(this.element);
  }

  // --- opening ---

  /* A new annotation of a part of a text; `text` is null where the words are still to be found. */
  async begin(kind, text, part) {
    if (!(await this.#mayBegin())) return;
    await this.#busily(async () => {
      if (!(await this.#ready())) return;
      this.opened();
      this.#putNoteAway();
      this.#start({ id: "", kind, fields: {}, was: {}, seen: null, moved: true, page: location.pathname });
      if (text) this.words.set(text, kind === "quotes" ? this.#quotedParts(text, part) : [part]);
      else this.words.setUnplaced("");
      const speaker = text && listOf(kind) === "quotes" ? text.speaker(part) : "";
      if (speaker) this.state.fields.speaker = speaker;
      await this.entry.propose();
      this.#show(text ? null : "target");
    });
  }

  /* Closes the note that is open: over the text it would hide the words, and beside it it would be over the text, with the
     focus, as soon as the panel leaves no margin. It goes out of the address, too, or it were there again when the page
     follows its files. */
  #putNoteAway() {
    document.querySelector(".bf-text")?.dispatchEvent(new Event("briefing-put-away")); // a step back would scroll the page
    if (/^#(t-|_)/.test(location.hash)) history.replaceState(history.state, "", location.pathname + location.search);
  }

  /* What is in quotation marks of a selection; all of it where that is nothing. */
  #quotedParts(text, part) {
    const quoted = text.quoted(part);
    return quoted.length ? quoted : [part];
  }

  /* An entry that is there, with the focus on one of its fields. `kind` and `id` as the server knows them. */
  async edit(id, kind = "", path = null) {
    if ((await this.#mayBegin()) && (await this.#ready())) await this.#load(id, kind, path);
  }

  /* Opens an annotation at a field; over what its file has are laid `fields` and `words` that are not saved yet. */
  async #load(id, kind, path = null, { fields: mine = {}, words = null } = {}) {
    let told;
    try {
      told = await call("open", { id, kind });
    } catch (error) {
      this.saved({ failed: error });
      return;
    }
    this.opened();
    this.#putNoteAway();
    const fields = told.fields || {};
    const shown = told.kind === "quotes" && fields.kind === "reported" ? "reported" : told.kind;
    this.#start({ id, kind: shown, fields: { ...fields, ...mine }, was: structuredClone(fields), seen: told.seen, todos: told.todos || {}, moved: Boolean(words), page: location.pathname, cited: told.cited_by || [], place: told.place || null });
    const has = (one) => one.parts(id).length > 0;
    const text = kind ? null : this.texts().find(has) || (await textsElsewhere(id)).find(has);
    if (words) this.#putWords(words, text ? [text] : this.texts());
    else if (text) this.words.set(text, text.parts(id));
    this.#show(path);
  }

  /* What was left when the page went away; returns whether there was anything. */
  async resume() {
    const kept = memory.get("draft");
    if (!kept || !(await this.#ready())) return false;
    this.#start(kept.state);
    this.#putWords(kept.words);
    this.#show(kept.focus, kept.cursor);
    return true;
  }

  /* Chooses words again as they were kept, in a text that may have changed or is not on this page. */
  #putWords(kept, texts = this.texts()) {
    const text = texts.find((one) => one.comment === kept.in && kept.parts.every((part) => one.text.includes(part.exact)));
    const parts = text && kept.parts.map((part) => text.find(part.exact, part.prefix, part.suffix));
    if (parts?.length) this.words.set(text, parts, kept.active);
    else if (kept.parts.length) this.words.setLost(kept);
    else this.words.setUnplaced(kept.unplaced || "");
  }

  /* Whether nothing unsaved is in the way, or the author says that it may go. */
  async #mayBegin() {
    const unsaved = Panel.unsaved();
    if (!unsaved || (this.open && !this.changed)) return true;
    const answer = await askUnsaved(unsaved);
    if (answer === "continue" && !this.open) await this.resume();
    if (answer === "discard") this.discard(false);
    return answer === "discard";
  }

  async #ready() {
    try {
      this.vocabulary = await call("vocabulary");
      return true;
    } catch (error) {
      this.saved({ failed: error });
      return false;
    }
  }

  #start(state) {
    Object.assign(this, { past: [], lastPath: null });
    this.entry.start(state);
  }

  // --- showing ---

  #show(focus = null, cursor = null) {
    const { state } = this;
    const spec = this.vocabulary.kinds[state.kind];
    const isAnnotation = KINDS.some(({ kind }) => kind === state.kind);
    this.title.textContent = state.id && isAnnotation ? `Edit ${spec.label.toLowerCase()} “${state.id}”` : isAnnotation ? `New ${spec.label.toLowerCase()}` : spec.label;
    this.element.dataset.kind = KINDS.find(({ kind }) => kind === state.kind)?.look || state.kind;
    this.#showKinds(isAnnotation && (!state.id || listOf(state.kind) === "quotes"));
    this.entry.show(spec.fields.filter(({ name }) => name !== "kind" || state.kind !== "reported"), this.vocabulary);
    this.words.element.hidden = !isAnnotation || Boolean(state.id && !this.words.hasText);
    this.publishing.element.hidden = true; // until it is known what is in the way
    this.removing.hidden = !state.id || !isAnnotation;
    this.#showNamed();
    this.element.hidden = false;
    document.documentElement.classList.add("bfe-panel-open");
    this.#showWords();
    this.handles.reveal();
    if (!this.entry.focus(focus, cursor)) this.title.focus();
    this.#keep();
    this.last = this.#snapshot();
    this.entry.ask();
  }

  #showKinds(shown) {
    this.kinds.hidden = !shown;
    const kinds = KINDS.filter(({ kind }) => !this.state.id || listOf(kind) === "quotes");
    this.kinds.replaceChildren(...kinds.map(({ kind, label, look }) => {
      const radio = make("input", { type: "radio", name: "bfe-kind", value: kind, id: `bfe-kind-${kind}`, onchange: () => this.#turn(kind) });
      radio.checked = kind === this.state.kind;
      return make("label", { for: radio.id, class: `bfe-kind-${look}` }, radio, make("span", { text: label }));
    }));
  }

  /* In the form of a briefing: who and what its annotations name, each with the way to its own form. */
  #showNamed() {
    this.named.hidden = this.state.kind !== "briefing";
    if (this.named.hidden) return;
    const { people, references, measures } = this.vocabulary;
    const found = [
      ...people.filter(({ here }) => here).map(({ id, name, role }) => ["person", id, name, role]),
      ...references.map(({ id, title }) => ["reference", id, title || id, "reference"]),
      ...measures.map(({ id, label }) => ["measure", id, label, "measure"]),
    ];
    const rows = found.map(([kind, id, name, detail]) => make("li", { "data-path": `${kind}:${id}` },
      make("span", { dir: "auto" }, name, " ", make("span", { class: "bfe-detail", text: detail })),
      button("Edit…", () => this.#editNamed(kind, id), { class: "bfe-quiet", "aria-label": `Edit ${name}…` })));
    this.named.replaceChildren(make("summary", { text: "People, references and measures" }), make("ul", {}, ...rows));
  }

  #editNamed(kind, id) {
    this.entry.edit(kind, id, () => {
      this.vocabulary = this.form.vocabulary;
      this.#showNamed();
      this.named.querySelector(`[data-path="${CSS.escape(`${kind}:${id}`)}"] button`)?.focus();
    });
  }

  #showWords() {
    if (this.open && this.words.hasText && this.words.text.isHere) this.handles.show(this.words.text, this.words.parts, this.words.active);
    else this.handles.hide();
  }

  async #turn(kind) {
    this.state.fields = { ...this.state.fields, ...this.form.values };
    this.state.kind = kind;
    if (listOf(kind) === "quotes") this.state.fields.kind = kind === "reported" ? "reported" : "";
    this.state.tried = false;
    this.#remember(null);
    await this.entry.propose();
    this.#show();
    this.kinds.querySelector(":checked")?.focus();
  }

  // --- what changes ---

  #changed(path) {
    this.#remember(path);
    this.#showWords();
    if (path === "target") this.handles.reveal(true);
    this.#keep();
  }

  /* What the panel says now, as it can be put back. */
  #snapshot() {
    const { text, parts, active, unplaced, lost } = this.words;
    return { kind: this.state.kind, fields: structuredClone(this.state.fields), words: { text, parts, active, unplaced, lost }, moved: this.state.moved };
  }

  /* Notes what was there before a change; what is typed in one field is one change. */
  #remember(path) {
    if (path === "target" || path !== this.lastPath) this.past.push(this.last);
    if (this.past.length > HISTORY) this.past.shift();
    this.lastPath = path;
    this.last = this.#snapshot();
  }

  /* Takes the last change in the panel back; returns whether there was one. */
  undoChange() {
    const before = this.past.pop();
    if (!before) return false;
    Object.assign(this.state, { kind: before.kind, fields: before.fields, moved: before.moved });
    Object.assign(this.words, before.words);
    this.words.draw();
    this.lastPath = null;
    const { path, end } = document.activeElement.dataset;
    this.#show(path);
    if (end) this.element.querySelector(`[data-end="${end}"]`)?.focus();
    this.say("Taken back");
    return true;
  }

  /* Keeps it over a reload of the page. */
  #keep() {
    if (!this.state) return memory.set("draft", null);
    const focused = document.activeElement;
    return memory.set("draft", {
      state: this.state,
      words: this.words.kept,
      focus: focused?.dataset?.path || null,
      cursor: focused?.selectionStart ?? null,
      open: this.open,
      changed: this.changed,
    });
  }

  /* Forgets a form that was only looked at, unless its page has just loaded again by itself; returns what is left. */
  static left() {
    const kept = memory.get("draft");
    const again = kept?.state.page === location.pathname && performance.getEntriesByType("navigation")[0]?.type === "reload";
    if (kept && !kept.changed && !again) memory.set("draft", null);
    return memory.get("draft");
  }

  /* What is unsaved, in a few words; empty where nothing is. */
  static unsaved() {
    const kept = memory.get("draft");
    if (!kept) return "";
    const name = KINDS.find(({ kind }) => kind === kept.state.kind)?.label.toLowerCase() || kept.state.kind;
    const words = kept.words.parts[0]?.exact || kept.words.unplaced || kept.state.id;
    return words ? `${name} “${words.length > 40 ? `${words.slice(0, 40)}…` : words}”` : name;
  }

  // --- what the server says ---

  async #told(told, signal) {
    if (this.state?.kind !== "briefing") return;
    const { fields } = this.entry.asked;
    this.form.need(await this.publishing.ask(fields, this.state.touched.includes("status"), signal));
    if (fields.status === "published" && !this.entry.problems.length) this.entry.status.textContent = "Not saved yet: press Save";
  }

  /* Leads to where something in the way of publishing is dealt with: in this form, another or on a page of the editor. */
  #go({ form, href }) {
    if (href) location.assign(href);
    else if (NAMED[form.kind]) this.entry.edit(form.kind, form.id, () => this.entry.ask(), { path: form.field });
    else if (form.kind === "briefing") this.entry.focus(form.field);
    else this.edit(form.id, form.kind, form.field);
  }

  #publish() {
    const status = this.form.at("status");
    status.value = "published";
    status.changed();
    return this.save();
  }

  async #exampleGone(told) {
    const { failed, undo, gone } = told;
    if (failed) {
      this.say([failed.message, failed.help].join(": "));
      this.entry.tellAll({ severity: "error", message: failed.message, help: failed.help });
      return;
    }
    document.dispatchEvent(new Event("briefing-around")); // the navigation, which has the example
    if (!gone) this.entry.added(told);
    else if (!(await tellExampleGone())) {
      this.discard(false);
      location.assign("/");
    } else {
      await call("undo", { undo }).catch(({ message, help }) => this.entry.tellAll({ severity: "error", message, help }));
      this.entry.ask();
    }
  }

  // --- the end ---

  async save() {
    if (this.busy) return;
    this.entry.settle();
    const { asked } = this.entry;
    const publishing = this.state.kind === "briefing" && asked.fields.status === "published";
    // the command has to be whole where the bar has little room
    const words = (told) => (publishing ? `Saved. To publish: ${NEXT}` : `Saved ${this.#name(told)}`);
    await this.#send("save", asked, (told) => ({ ...told, words: withFound(words(told), told.found), what: this.#name(told), around: this.state.kind === "briefing" }));
  }

  /* What was saved, as the author knows it. */
  #name({ id, file, line }) {
    return this.state.kind === "briefing" ? "“About this briefing”" : [`“${id}”`, placeIn(file, line)].filter(Boolean).join(" ");
  }

  async remove() {
    const asked = await askRemoval(this.state.id, this.state.cited);
    if (asked) await this.#send("remove", { id: this.state.id, seen: this.state.seen, ...asked }, (told) => ({ ...told, words: `${asked.how === "withdraw" ? "Withdrew" : "Deleted"} “${told.id}”`, what: `“${told.id}”`, gone: true }));
  }

  async #send(operation, asked, done) {
    await this.#busily(async () => {
      try {
        const said = done(await call(operation, asked));
        this.discard(false);
        this.saved(said);
      } catch (error) {
        await this.entry.refused(error);
      }
    });
  }

  /* The entry as somebody else has left it, with what was changed here over it. */
  async #again() {
    const { id, kind, moved, was } = this.state;
    const fields = Object.fromEntries(Object.entries(this.state.fields).filter(([name, value]) => !same(value, was[name])));
    await this.#load(id, kind === "briefing" ? kind : "", null, { fields, words: moved ? this.words.kept : null });
  }

  /* Does something that changes files. The preview does not load the page again meanwhile, or nobody would be left to hear
     that it is done. */
  async #busily(act) {
    this.busy = true;
    this.saving.disabled = true;
    hold("saving", true);
    try {
      await act();
    } finally {
      this.busy = false;
      this.saving.disabled = false;
      hold("saving", false);
    }
  }

  /* Puts the panel away and keeps what it has. */
  close() {
    this.#keep();
    this.#hide();
    if (!this.changed) memory.set("draft", null);
    this.closed();
  }

  /* Puts it away with all that was typed. */
  discard(told = true) {
    this.entry.end();
    memory.set("draft", null);
    this.#hide();
    if (told) this.closed();
  }

  /* Whether there is anything that is not saved: what is as it was again is not. */
  get changed() {
    const { state } = this;
    if (!state) return false;
    if (!state.id && state.kind !== "briefing") return state.touched.length > 0;
    return state.moved || this.entry.edited;
  }

  #hide() {
    hold("typing", false);
    this.entry.stop();
    this.element.hidden = true;
    this.handles.hide();
    document.documentElement.classList.remove("bfe-panel-open");
  }

  // --- keys ---

  #key(event) {
    if (event.defaultPrevented) return;
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && command) this.save();
    else if (this.words.isArrow(event)) this.words.arrow(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
