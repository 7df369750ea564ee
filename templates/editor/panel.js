/* The panel: one annotation, new or to be changed. It asks the server at every change what would be written and what is
   wrong with it, and saves only when it is told to. What is typed is kept while pages load again, until it is saved or
   discarded. */

import { call, memory } from "./api.js";
import { KINDS } from "./choose.js";
import { askPerson, askRemoval, askUnsaved } from "./dialogs.js";
import { button, make, placeIn, plural } from "./dom.js";
import { canonical, Form, isEmpty, problemLine } from "./fields.js";
import { Handles } from "./handles.js";
import { hold, holdFor } from "./hold.js";
import { PublishingList } from "./publishing.js";
import { askReference } from "./references.js";
import { textsElsewhere } from "./texts.js";
import { WordsChooser } from "./words.js";

const PAUSE = 150; // milliseconds without typing after which the server is asked
const CHANGED = "entry-changed"; // the code of what the server says where somebody else has changed the same
const BUSY = 2000; // milliseconds after the last key or click for which the page is not loaded again
const REST = 1500; // milliseconds without typing after which something is said of the field that is being typed in
const HISTORY = 100; // changes that can be taken back

const copied = (value) => JSON.parse(JSON.stringify(value ?? null));
const same = (one, other) => canonical(one) === canonical(other);
const key = (kind) => (kind === "reported" ? "quotes" : kind);

export class Panel {
  /* `texts()` are the page's texts, `say` speaks to screen readers; `opened()` hears of the beginning of something,
     `saved(told)` and `closed()` of the end, `added(told)` of references that were added on the way. */
  constructor({ texts, say, saved, added, opened, closed }) {
    Object.assign(this, { texts, say, saved, added, opened, closed, state: null, asking: null, timer: 0, past: [], last: null, lastPath: null, problems: [], typing: "", resting: 0 });
    this.handles = new Handles((part) => this.words.take(part));
    this.words = new WordsChooser({ texts, say, changed: () => this.#changed("target") });
    this.#build();
  }

  get open() {
    return !this.element.hidden;
  }

  // --- its parts ---

  #build() {
    this.title = make("h2", { id: "bfe-title", tabindex: "-1" });
    this.kinds = make("div", { class: "bfe-kinds", role: "radiogroup", "aria-label": "What the annotation is" });
    this.general = make("ul", { class: "bfe-problems bfe-general" });
    this.read = make("p", { class: "bfe-help bfe-read", hidden: true });
    this.fields = make("div");
    this.publishing = new PublishingList({ go: (problem) => this.#go(problem), publish: () => this.#publish(), told: (told) => this.#exampleGone(told) });
    this.file = make("span", { class: "bfe-file" });
    this.yaml = make("pre", { class: "bfe-yaml", tabindex: "0", role: "region", "aria-label": "What will be written" });
    this.written = make("details", { class: "bfe-written" }, make("summary", {}, make("span", { text: "What will be written" }), " ", this.file), this.yaml);
    this.#showWritten();
    this.status = make("p", { class: "bfe-status", role: "status" });
    this.saving = button("Save", () => this.save(), { class: "bfe-primary", "aria-keyshortcuts": "Control+Enter Meta+Enter", title: "Save (Ctrl or ⌘ and Enter)" });
    this.removing = button("Remove…", () => this.remove(), { class: "bfe-quiet" });
    this.discarding = button("Discard", () => this.discard(), { class: "bfe-quiet" });
    this.body = make("div", { class: "bfe-body" }, this.kinds, this.general, this.words.element, this.publishing.element, this.read, this.fields);
    this.fields.addEventListener("focusout", () => this.#rest());
    this.element = make("aside", { class: "bfe-panel", "data-briefing-own": true, "aria-labelledby": "bfe-title", lang: "en", dir: "ltr", hidden: true },
      make("header", {}, this.title, button("×", () => this.close(), { class: "bfe-close", "aria-label": "Close; what is not saved is kept", title: "Close (Esc)" })),
      this.body, this.written,
      make("footer", {}, this.status, make("div", { class: "bfe-buttons" }, this.saving, this.discarding, this.removing)));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    for (const type of ["keydown", "input", "pointerdown", "focusin"]) this.element.addEventListener(type, () => holdFor("typing", BUSY));
    document.body.append(this.element);
  }

  /* The lines that will be written are shown where they take no room from the fields, until the author says otherwise;
     narrow and wide windows remember that apart. */
  #showWritten() {
    const wide = matchMedia("(min-width: 64em)"), high = matchMedia("(min-height: 55em)");
    const name = () => (wide.matches ? "yaml-beside" : "yaml-below");
    const show = () => (this.written.open = memory.get(name()) ?? (wide.matches && high.matches));
    for (const one of [wide, high]) one.addEventListener("change", show);
    this.written.querySelector("summary").addEventListener("click", () => memory.set(name(), !this.written.open));
    show();
  }

  // --- opening ---

  /* A new annotation of a part of a text; `text` is null where the words are still to be found. */
  async begin(kind, text, part) {
    if (!(await this.#mayBegin())) return;
    await this.#busily(async () => {
      if (!(await this.#ready())) return;
      this.opened();
      this.#start({ id: "", kind, fields: {}, was: {}, seen: null, moved: true, page: location.pathname });
      if (text) this.words.set(text, kind === "quotes" ? this.#quotedParts(text, part) : [part]);
      else this.words.setUnplaced("");
      const speaker = text && key(kind) === "quotes" ? text.speaker(part) : "";
      if (speaker) this.state.fields.speaker = speaker;
      await this.#propose();
      this.#show(text ? null : "target");
    });
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

  async #load(id, kind, path = null) {
    let told;
    try {
      told = await call("open", { id, kind });
    } catch (error) {
      this.saved({ failed: error });
      return;
    }
    this.opened();
    const fields = told.fields || {};
    const shown = told.kind === "quotes" && fields.kind === "reported" ? "reported" : told.kind;
    this.#start({ id, kind: shown, fields, was: copied(fields), seen: told.seen, todos: told.todos || {}, moved: false, page: location.pathname, cited: told.cited_by || [], place: told.place || null });
    const has = (one) => one.parts(id).length > 0;
    const text = kind ? null : this.texts().find(has) || (await textsElsewhere(id)).find(has);
    if (text) this.words.set(text, text.parts(id));
    this.#show(path);
  }

  /* What was left when the page went away; returns whether there was anything. */
  async resume() {
    const kept = memory.get("draft");
    if (!kept || !(await this.#ready())) return false;
    this.#start(kept.state);
    const text = this.texts().find((one) => one.comment === kept.words.in && kept.words.parts.every((part) => one.text.includes(part.exact)));
    const parts = text && kept.words.parts.map((part) => text.find(part.exact, part.prefix, part.suffix));
    if (parts?.length) this.words.set(text, parts, kept.words.active);
    else if (kept.words.parts.length) this.words.setLost(kept.words);
    else this.words.setUnplaced(kept.words.unplaced || "");
    this.#show(kept.focus, kept.cursor);
    return true;
  }

  /* Whether nothing unsaved is in the way, or the author says that it may go. */
  async #mayBegin() {
    const unsaved = Panel.unsaved();
    if (!unsaved || (this.open && !this.#hasChanges())) return true;
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
    Object.assign(this, { state: { touched: [], tried: false, ...state }, past: [], lastPath: null, problems: [], typing: "" });
    this.words.setUnplaced("");
  }

  /* Fills in what the words of a new figure say by themselves, where the author has written nothing else. */
  async #propose() {
    const { state } = this;
    if (state.id || !this.words.passage || state.kind !== "figures") return false;
    const told = await call("propose", { kind: key(state.kind), place: this.words.passage }).catch(() => null);
    if (!told || this.state !== state) return false;
    const before = state.proposed || {};
    const open = (name) => isEmpty(state.fields[name]) || same(state.fields[name], before[name]);
    const names = [...new Set([...Object.keys(before), ...Object.keys(told.fields)])].filter(open);
    for (const name of names) state.fields[name] = told.fields[name] ?? "";
    state.proposed = told.fields;
    return names.length > 0;
  }

  // --- showing ---

  #show(focus = null, cursor = null) {
    const { state } = this;
    const spec = this.vocabulary.kinds[state.kind];
    const isAnnotation = KINDS.some(({ kind }) => kind === state.kind);
    this.title.textContent = state.id && isAnnotation ? `Edit ${spec.label.toLowerCase()} “${state.id}”` : isAnnotation ? `New ${spec.label.toLowerCase()}` : spec.label;
    this.element.dataset.kind = KINDS.find(({ kind }) => kind === state.kind)?.look || state.kind;
    this.#showKinds(isAnnotation && (!state.id || key(state.kind) === "quotes"));
    this.form = new Form(spec.fields.filter(({ name }) => name !== "kind" || state.kind !== "reported"), {
      vocabulary: this.vocabulary,
      todos: state.todos,
      onchange: (path) => this.#changed(path),
      say: this.say,
      addPerson: (who, done, path) => this.#addPerson(who, done, path),
      addReference: (words, done) => this.#addReference(words, done),
    });
    this.fields.replaceChildren(this.form.element);
    this.form.values = state.fields;
    state.fields = { ...state.fields, ...this.form.values }; // with what is offered for what is to be filled in
    this.#showRead();
    this.words.element.hidden = !isAnnotation || Boolean(state.id && !this.words.hasText);
    this.publishing.element.hidden = true; // until it is known what is in the way
    this.removing.hidden = !state.id || !isAnnotation;
    this.general.replaceChildren();
    this.yaml.textContent = "";
    this.file.textContent = "";
    this.element.hidden = false;
    document.documentElement.classList.add("bfe-panel-open");
    this.#showWords();
    this.handles.reveal(this.element.getBoundingClientRect().top > 0 ? this.element.offsetHeight : 0);
    this.#focus(focus, cursor);
    this.#keep();
    this.last = this.#snapshot();
    this.#ask(0);
  }

  /* Says what was read from the words, and is still as it was read. */
  #showRead() {
    const { fields, proposed = {} } = this.state;
    const read = this.form.controls.filter(({ spec: { name } }) => name in proposed && same(fields[name], proposed[name]));
    this.read.hidden = !read.length;
    this.read.textContent = `Read from the words, to be compared: ${read.map(({ spec }) => spec.label.toLowerCase()).join(", ")}.`;
  }

  #showKinds(shown) {
    this.kinds.hidden = !shown;
    const kinds = KINDS.filter(({ kind }) => !this.state.id || key(kind) === "quotes");
    this.kinds.replaceChildren(...kinds.map(({ kind, label, look }) => {
      const radio = make("input", { type: "radio", name: "bfe-kind", value: kind, id: `bfe-kind-${kind}`, onchange: () => this.#turn(kind) });
      radio.checked = kind === this.state.kind;
      return make("label", { for: radio.id, class: `bfe-kind-${look}` }, radio, make("span", { text: label }));
    }));
  }

  #showWords() {
    if (this.open && this.words.hasText && this.words.text.isHere) this.handles.show(this.words.text, this.words.parts, this.words.active);
    else this.handles.hide();
  }

  #focus(path, cursor) {
    const [words] = this.words.finder ? [this.words.finder] : [];
    if (path === "target" && !this.words.hasText && words) return words.focus({ preventScroll: true });
    const first = this.form.controls.find((each) => each.spec.required && isEmpty(each.value) && !each.spec.more) || this.form.controls[0];
    const control = (path && path !== "target" && this.#controlAt(path)) || first;
    if (!control) return this.title.focus();
    control.element.closest("details:not([open])")?.setAttribute("open", "");
    control.focus();
    if (cursor !== null && control.input?.setSelectionRange) control.input.setSelectionRange(cursor, cursor);
    control.suggestions?.close();
    return undefined;
  }

  /* The control of a path, or of the field that it is in; an entry of a list that was empty is there again. */
  #controlAt(path) {
    for (let at = path; at; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
      const found = this.form.at(at);
      if (found?.entries && at !== path) found.add();
      if (found) return this.form.at(path) || found;
    }
    return null;
  }

  async #turn(kind) {
    this.state.fields = { ...this.state.fields, ...this.form.values };
    this.state.kind = kind;
    if (key(kind) === "quotes") this.state.fields.kind = kind === "reported" ? "reported" : "";
    this.state.tried = false;
    this.#remember(null);
    await this.#propose();
    this.#show();
    this.kinds.querySelector(":checked")?.focus();
  }

  // --- what changes ---

  #changed(path) {
    const { state } = this;
    if (path === "target") {
      state.moved = true;
      this.#propose().then((changed) => {
        if (changed && this.state === state) this.form.values = state.fields;
        if (this.state === state) this.#showRead();
        if (changed) this.#ask(PAUSE);
      });
    } else {
      state.fields = { ...state.fields, ...this.form.values };
      if (!state.touched.includes(path)) state.touched.push(path);
      if (document.activeElement?.matches("input[type=text], textarea")) this.#type(path);
      this.#showRead();
    }
    this.#remember(path);
    this.#showWords();
    this.#keep();
    this.#ask(PAUSE);
  }

  /* Of a field nothing is said while somebody types in it, nor while it offers something. */
  #type(path) {
    this.typing = path;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => (this.form.at(path)?.suggestions?.open ? this.#type(path) : this.#rest()), REST);
  }

  #rest() {
    clearTimeout(this.resting);
    if (!this.typing) return;
    this.typing = "";
    if (this.state) this.#tell(this.problems);
  }

  /* What the panel says now, as it can be put back. */
  #snapshot() {
    const { text, parts, active, unplaced, lost } = this.words;
    return { kind: this.state.kind, fields: copied(this.state.fields), words: { text, parts, active, unplaced, lost }, moved: this.state.moved };
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
    });
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

  /* What it is asked: all of a new entry, and of an existing one only what is other than it was. */
  #asked() {
    const { state } = this;
    const given = Object.fromEntries(Object.entries(state.fields).filter(([name]) => this.form.controls.some((each) => each.spec.name === name)));
    if (state.kind === "reported") given.kind = "reported";
    else if (state.was.kind === "reported" && key(state.kind) === "quotes" && given.kind === "reported") given.kind = "";
    const fields = Object.fromEntries(Object.entries(given).filter(([name, value]) => (state.seen ? !same(value, state.was[name]) : !isEmpty(value))));
    const asked = { kind: key(state.kind), id: state.id, fields };
    if (state.seen) asked.seen = state.seen;
    if (state.moved && this.words.passage) asked.place = this.words.passage;
    return asked;
  }

  #ask(pause) {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.timer = setTimeout(() => this.#try(), pause);
  }

  async #try() {
    if (!this.state.id && this.state.kind !== "briefing" && !this.words.passage) return this.#tell([], "Choose the words first");
    this.asking = new AbortController();
    try {
      const told = await call("try", this.#asked(), this.asking.signal);
      this.yaml.textContent = told.yaml || "";
      this.form.at("kind")?.assume?.(told.assumed || null);
      this.file.textContent = told.file ? `in ${told.file}${told.line ? `, line ${told.line}` : ""}` : "";
      this.#tell(told.problems || []);
      if (this.state?.kind === "briefing") this.form.need(await this.publishing.ask(this.#asked().fields, this.state.touched.includes("status"), this.asking.signal));
    } catch (error) {
      if (error.name !== "AbortError") this.#tell([{ severity: "error", message: error.message, help: error.help, field: "" }]);
    }
    return undefined;
  }

  /* Leads to where something in the way of publishing is dealt with: in this form, another or on a page of the editor. */
  #go({ form, href }) {
    if (href) location.assign(href);
    else if (form.kind === "briefing") this.#focus(form.field);
    else this.edit(form.id, form.kind, form.field);
  }

  #publish() {
    const status = this.form.at("status");
    status.value = "published";
    status.changed();
    this.saving.focus();
  }

  #exampleGone({ failed, words, gone }) {
    if (!failed && gone) location.assign("/");
    else this.say(failed ? [failed.message, failed.help].join(": ") : words);
    if (failed) this.#tellAll({ severity: "error", message: failed.message, help: failed.help });
  }

  #tell(problems, words = "") {
    if (!this.state) return; // closed meanwhile
    this.problems = problems;
    const { touched, tried } = this.state;
    const isQuiet = (path) => !tried && !touched.includes(path);
    const isTyped = ({ field }) => Boolean(this.typing) && `${field}.`.startsWith(`${this.typing}.`);
    const target = problems.filter(({ field }) => /^(target|in)\b/.test(field || ""));
    const rest = this.form.show(problems.filter((problem) => !target.includes(problem) && !isTyped(problem)), isQuiet);
    this.words.show(target, (problem) => this.form.ways(problem));
    this.general.replaceChildren();
    for (const problem of rest) this.#tellAll(problem);
    const isOpen = (problem) => isTyped(problem) || problem.code === "todo-left" || (problem.code === "missing-field" && isQuiet(problem.field));
    const count = (severity) => problems.filter((problem) => problem.severity === severity && !isOpen(problem)).length;
    const [errors, warnings, open] = [count("error"), count("warning"), problems.filter(isOpen).length];
    const counts = [errors && plural(errors, "problem"), open && `${open} to fill in`, warnings && plural(warnings, "warning")].filter(Boolean).join(", ");
    this.status.textContent = words || counts || "No problems";
    this.status.classList.toggle("bfe-errors", errors > 0);
  }

  /* Says what is wrong and belongs to no field; what somebody else has changed can be loaded. */
  #tellAll(problem) {
    const line = problemLine(problem, false, ...this.form.ways(problem));
    if (problem.code === CHANGED) line.append(button("Load it again as it is now", () => this.#again(), { class: "bfe-quiet" }));
    this.general.prepend(line);
  }

  // --- the end ---

  async save() {
    if (this.busy) return;
    this.state.tried = true;
    this.typing = "";
    this.#tell(this.problems);
    clearTimeout(this.timer);
    this.asking?.abort();
    await this.#send("save", this.#asked(), (told) => ({ ...told, words: `Saved ${this.#name(told)}`, what: this.#name(told) }));
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
        await this.#refused(error);
      }
    });
  }

  async #refused(error) {
    if (error.status === 422 || error.status === 400) await this.#try(); // the problems, at their fields
    const wrong = this.element.querySelector("[aria-invalid=true]");
    if (wrong) {
      wrong.closest("details:not([open])")?.setAttribute("open", "");
      wrong.focus();
    }
    this.#tellAll({ severity: "error", message: error.message, help: error.help, code: error.status === 409 ? CHANGED : "" });
    this.status.textContent = `Not saved: ${error.message}`;
    this.status.classList.add("bfe-errors");
  }

  /* The entry as somebody else has left it, with what was changed here over it. */
  async #again() {
    const mine = Object.fromEntries(Object.entries(this.state.fields).filter(([name, value]) => !same(value, this.state.was[name])));
    const { id, kind } = this.state;
    await this.#load(id, kind === "briefing" ? kind : "");
    this.state.fields = { ...this.state.fields, ...mine };
    this.#show();
  }

  /* Puts somebody among the people of the briefing, new without an id, and gives `done` the id. The page loads again
     afterwards, with what is typed here. */
  async #addPerson(who, done, path) {
    const person = await askPerson(who);
    if (!person) return;
    await this.#busily(async () => {
      try {
        const { id } = await call("save", { kind: "person", id: who.id, fields: person });
        this.vocabulary = await call("vocabulary");
        this.form.vocabulary = this.vocabulary;
        done(id);
        this.say(`${person.name || who.name} is now among the people`);
      } catch (error) {
        if (!error.status && error.status !== 0) throw error;
        this.form.at(path)?.show([{ severity: "error", message: error.message, help: error.help }], false);
      }
    });
  }

  /* Asks for works that are not among the references, and gives `done` the ids under which they now are. */
  async #addReference(words, done) {
    const told = await askReference(words);
    if (!told) return;
    await this.#busily(async () => {
      // what was added is chosen also where the names cannot be asked for
      this.vocabulary = await call("vocabulary").catch(() => this.vocabulary);
      this.form.vocabulary = this.vocabulary;
      done(told.ids);
    });
    this.added(told);
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
    if (!this.#hasChanges()) memory.set("draft", null);
    this.closed();
  }

  /* Puts it away with all that was typed. */
  discard(told = true) {
    this.state = null;
    memory.set("draft", null);
    this.#hide();
    if (told) this.closed();
  }

  #hasChanges() {
    return this.state && (this.state.touched.length > 0 || (this.state.id && this.state.moved));
  }

  #hide() {
    hold("typing", false);
    clearTimeout(this.timer);
    this.asking?.abort();
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
    else if (event.shiftKey && !command && event.target.closest(".bfe-target") && !event.target.matches("textarea") && /^Arrow/.test(event.key)) this.#moveEnd(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #moveEnd(arrow) {
    const rtl = this.words.text && getComputedStyle(this.words.text.root).direction === "rtl";
    const by = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, ArrowDown: 1, ArrowUp: -1 }[arrow];
    this.words.move(/Left|Right/.test(arrow) ? "end" : "start", by);
  }
}
