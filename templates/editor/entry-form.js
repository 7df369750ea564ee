/* One annotation as a form: its words and its fields. At every pause in typing the server is asked what would be written
   and what is wrong with it, which is said at each field. What becomes of it is decided by who shows the form: the panel
   beside a text, or the review of drafts. */

import { call, memory } from "./api.js";
import { canonical, isEmpty, isTodo, problemLine } from "./control.js";
import { askPerson } from "./dialogs.js";
import { afterPress, button, make, plural } from "./dom.js";
import { Form } from "./form.js";
import { askReference } from "./references.js";
import { WordsChooser } from "./words.js";

const TO_CITE = ["cited-number", "quotation-not-found", "ungrounded"]; // what a citation settles that is still to be written
const CHANGED = "entry-changed"; // the code of what the server says where somebody else has changed the same
const PAUSE = 150; // milliseconds without typing after which the server is asked
const REST = 1500; // milliseconds without typing after which something is said of the field that is being typed in

/* What was done, with where a check finds something since that is not in it. */
export const withFound = (words, found = []) => {
  if (!found.length) return words;
  const about = found[0].form?.words;
  return `${words}. With that, a check finds ${found.length === 1 ? "a problem" : `${found.length} problems`} ${about && found.length === 1 ? `in “${about}”` : "elsewhere"}`;
};

export const same = (one, other) => canonical(one) === canonical(other);
/* The list of a file that a kind of annotation is in. */
export const listOf = (kind) => (kind === "reported" ? "quotes" : kind);

/* The kinds that are about words of a text. */
const ABOUT_WORDS = ["quotes", "reported", "figures", "context"];

/* Opens what an element is folded in. */
function reveal(element) {
  for (let folded; (folded = element.closest("details:not([open])")); ) folded.open = true;
}

export class EntryForm {
  /* `texts()` are the texts that words are chosen in, `say` speaks to screen readers; `trying` is what the server is asked,
     `changed(path)` hears of every change and `told(answer, signal)` of every answer, `busily(act)` does what changes
     files, `again()` loads what somebody else has changed, and `added(told)` hears of what else was written on the way.
     `editing(asked)`, where there is any, asks for what is named in fields in a form of its own. */
  constructor({ texts = () => [], say, trying = "try", changed, told = () => {}, busily, again, added, editing = null }) {
    Object.assign(this, { say, trying, heard: changed, told, busily, again, added, editing, state: null, asking: null, timer: 0, problems: [], typing: "", resting: 0 });
    this.words = new WordsChooser({ texts, say, changed: () => this.#changed("target") });
    this.general = make("ul", { class: "bfe-problems bfe-general" });
    this.read = make("p", { class: "bfe-help bfe-read", hidden: true });
    this.fields = make("div");
    this.status = make("p", { class: "bfe-status", role: "status" });
    this.written = new WrittenLines();
    this.fields.addEventListener("focusout", (event) => this.#leave(event));
  }

  /* Begins with an entry: `id` (empty for a new one), `kind`, its `fields`, what they were (`was`) and the marks by which
     the server knows what was `seen` of it, `todos` and whether the words are others than in the file (`moved`). */
  start(state) {
    this.stop();
    Object.assign(this, { state: { touched: [], left: [], begun: "", tried: false, proposed: {}, ...state }, problems: [], typing: "" });
    this.words.setUnplaced("");
  }

  /* Makes the fields, with what the author has for them. */
  show(specs, vocabulary) {
    const { state } = this;
    const shown = state.id ? specs.filter(({ name }) => name !== "id") : specs; // an id that is there is changed by renaming
    this.form = new Form(shown, {
      vocabulary,
      todos: state.todos,
      onchange: (path) => this.#changed(path),
      begun: (path) => (state.begun = path),
      say: this.say,
      addPerson: (who, done, path) => this.#addPerson(who, done, path),
      addReference: (words, done) => this.#addReference(words, done),
      edit: this.editing && ((...asked) => this.edit(...asked)),
    });
    this.written.show({});
    this.fields.replaceChildren(this.form.element);
    this.form.values = state.fields;
    state.fields = { ...state.fields, ...this.form.values }; // with what is offered for what is to be filled in
    state.shown ??= structuredClone(state.fields);
    this.#showRead();
    this.general.replaceChildren();
  }

  /* Whether a field says something else than when it was shown first. */
  get edited() {
    const { fields, shown } = this.state;
    return Object.keys(fields).some((name) => !same(fields[name], shown[name]));
  }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  /* Ends it with all that was typed. */
  end() {
    this.stop();
    this.state = null;
  }

  /* Fills in what the words of a new figure say by themselves, where the author has written nothing else. */
  async propose() {
    const { state } = this;
    if (state.id || !this.words.passage || state.kind !== "figures") return false;
    const told = await call("propose", { kind: listOf(state.kind), place: this.words.passage }).catch(() => null);
    if (!told || this.state !== state) return false;
    const before = state.proposed;
    const open = (name) => isEmpty(state.fields[name]) || same(state.fields[name], before[name]);
    const names = [...new Set([...Object.keys(before), ...Object.keys(told.fields)])].filter(open);
    for (const name of names) state.fields[name] = told.fields[name] ?? "";
    state.proposed = told.fields;
    return names.length > 0;
  }

  /* Says what was read from the words, and is still as it was read. */
  #showRead() {
    const { fields, proposed } = this.state;
    const read = this.form.controls.filter(({ spec: { name } }) => name in proposed && same(fields[name], proposed[name]));
    this.read.hidden = !read.length;
    this.read.textContent = `Filled in from the words that you chose: ${read.map(({ spec }) => spec.label.toLowerCase()).join(", ")}. Compare that with the text.`;
  }

  // --- the focus ---

  /* Gives it to the field of a path, or to the first that is still to be filled in; returns whether there is any. */
  focus(path = null, cursor = null) {
    if (path === "target" && !this.words.hasText && this.words.finder) {
      this.words.finder.focus({ preventScroll: true });
      return true;
    }
    const { shown } = this.form;
    const first = shown.find((each) => each.spec.required && isEmpty(each.value) && !each.spec.more) || shown[0];
    const control = (path && path !== "target" && this.#controlAt(path)) || first;
    if (!control) return false;
    reveal(control.element);
    control.focus();
    if (cursor !== null && control.input?.setSelectionRange) control.input.setSelectionRange(cursor, cursor);
    control.suggestions?.close();
    return true;
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

  // --- what changes ---

  #changed(path) {
    const { state } = this;
    if (path === "target") {
      state.moved = true;
      this.propose().then((changed) => {
        if (changed && this.state === state) this.form.values = state.fields;
        if (this.state === state) this.#showRead();
        if (changed) this.ask(PAUSE);
      });
    } else {
      state.fields = { ...state.fields, ...this.form.values };
      if (!state.touched.includes(path)) state.touched.push(path);
      if (document.activeElement?.matches("input[type=text], textarea")) this.#type(path);
      this.#showRead();
    }
    this.heard(path);
    this.ask(PAUSE);
  }

  /* Of a field nothing is said while somebody types in it, nor while it offers something. */
  #type(path) {
    this.typing = path;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => (this.form.at(path)?.suggestions?.open ? this.#type(path) : this.#rest()), REST);
  }

  /* A field that was changed is left with the focus, unless that stays at something of its own, such as “Cite…”. */
  #leave({ target, relatedTarget }) {
    const field = target.closest(".bfe-field"), path = field?.dataset.path;
    if (!this.state || field?.contains(relatedTarget)) return;
    afterPress(() => {
      if (!this.state) return;
      if (this.state.touched.includes(path) && !this.state.left.includes(path)) {
        this.state.left.push(path);
        this.typing ||= path;
      }
      this.#rest();
    });
  }

  /* What is asked in a dialog settles what the field behind it says: until then nothing is said of that. */
  async #aside(asking) {
    this.asks = true;
    return asking.finally(() => {
      this.asks = false;
      this.#rest();
    });
  }

  #rest() {
    clearTimeout(this.resting);
    if (!this.typing || this.asks) return;
    this.typing = "";
    if (this.state) this.tell(this.problems);
  }

  // --- what the server says ---

  /* What it is asked: all of a new entry, and of an existing one only what is other than it was. */
  get asked() {
    const { state } = this;
    const given = Object.fromEntries(Object.entries(state.fields).filter(([name]) => this.form.controls.some((each) => each.spec.name === name)));
    if (state.kind === "reported") given.kind = "reported";
    else if (state.was.kind === "reported" && listOf(state.kind) === "quotes" && given.kind === "reported") given.kind = "";
    const fields = Object.fromEntries(Object.entries(given).filter(([name, value]) => (state.seen ? !same(value, state.was[name]) : !isEmpty(value))));
    const asked = { kind: listOf(state.kind), id: state.id, fields };
    if (state.seen) asked.seen = state.seen;
    if (state.moved && this.words.passage) asked.place = this.words.passage;
    return asked;
  }

  ask(pause = 0) {
    this.stop();
    this.timer = setTimeout(() => this.try(), pause);
  }

  async try() {
    if (!this.state.id && ABOUT_WORDS.includes(this.state.kind) && !this.words.passage) return this.tell([], "Choose the words first");
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const told = await call(this.trying, this.asked, signal);
      this.form.at("kind")?.assume?.(told.assumed || null);
      this.tell(told.problems || []);
      this.written.show(told);
      await this.told(told, signal);
    } catch (error) {
      if (error.name !== "AbortError") this.tell([{ severity: "error", message: error.message, help: error.help, field: "" }]);
    }
    return undefined;
  }

  /* Says what is wrong at the fields, and in the status how much that is, or other `words`. */
  tell(problems, words = "") {
    if (!this.state) return; // ended meanwhile
    this.problems = problems;
    const isTyped = ({ field }) => Boolean(this.typing) && `${field}.`.startsWith(`${this.typing}.`);
    const target = problems.filter(({ field }) => /^(target|in)\b/.test(field || ""));
    const rest = this.form.show(problems.filter((problem) => !target.includes(problem) && !isTyped(problem)), (...about) => this.#isQuiet(...about));
    this.words.show(target, (problem) => this.form.ways(problem));
    this.general.replaceChildren();
    for (const problem of rest) this.tellAll(problem);
    const isOpen = (problem) => isTyped(problem) || isTodo(problem) || (problem.severity === "error" && this.#isQuiet(problem.field, problem, this.form.at(problem.field)?.value));
    const count = (severity) => problems.filter((problem) => problem.severity === severity && !isOpen(problem)).length;
    const [errors, warnings, open] = [count("error"), count("warning"), problems.filter(isOpen).length];
    const counts = [errors && plural(errors, "problem"), open && (this.state.kind === "briefing" ? "things to do above" : `${open} to fill in`), warnings && plural(warnings, "warning")].filter(Boolean).join(", ");
    this.status.textContent = words || counts || "No problems";
    this.status.classList.toggle("bfe-errors", errors > 0);
  }

  /* Whether a problem of a field only says what is still to be done: that it is empty, before somebody wants to save it;
     that it cites nothing, while it is written; and in something new anything of what nobody has touched. */
  #isQuiet(path, problem, value) {
    const { seen, tried, touched, left, begun } = this.state;
    if (path && path === begun && isEmpty(value)) return true;
    if (tried || !path) return false;
    if (isEmpty(value) || isTodo(problem)) return problem.code === "missing-field" || isTodo(problem) || !left.includes(path);
    return TO_CITE.includes(problem.code) ? touched.includes(path) && !left.includes(path) : !seen && !touched.includes(path);
  }

  /* Says what is wrong and belongs to no field; what somebody else has changed can be loaded. */
  tellAll(problem) {
    const line = problemLine(problem, false, ...this.form.ways(problem));
    if (problem.code === CHANGED) line.append(button("Load it again as it is now", () => this.again(), { class: "bfe-quiet" }));
    this.general.prepend(line);
  }

  /* Everything is to be said now, also of what nobody has filled in yet: the author wants it as it is. */
  settle() {
    Object.assign(this.state, { tried: true, begun: "" });
    this.typing = "";
    this.tell(this.problems);
    this.stop();
  }

  /* Says why it was not written: the problems at their fields, of which the first has the focus, and the refusal above
     them all; with `above` false only where no field is wrong. */
  async refused(error, above = true) {
    if (error.status === 422 || error.status === 400) await this.try();
    const wrong = this.fields.querySelector("[aria-invalid=true]");
    if (wrong) {
      reveal(wrong);
      (this.form.at(wrong.dataset.path) || wrong).focus();
    }
    const marked = wrong || this.general.children.length || this.words.problems.children.length;
    const help = marked && error.problems.length ? "correct what is marked; what was there is as it was" : error.help; // said there
    if (above || !marked) this.tellAll({ severity: "error", message: error.message, help, code: error.status === 409 ? CHANGED : "" });
    this.status.textContent = `Not saved: ${error.message}`;
    this.status.classList.add("bfe-errors");
  }

  // --- what is added on the way ---

  async #learn() {
    this.form.vocabulary = await call("vocabulary").catch(() => this.form.vocabulary);
  }

  /* Puts somebody among the people of the briefing, new without an id, and gives `done` the id. */
  async #addPerson(who, done, path) {
    const kindOf = async () => (who.id ? {} : call("kind-of-name", { name: who.name }).catch(() => ({ kind: "person" })));
    const person = await this.#aside(kindOf().then(({ kind }) => askPerson({ ...who, kind })));
    if (!person) return;
    await this.busily(async () => {
      try {
        const { id, undo, found } = await call("save", { kind: "person", id: who.id, fields: person });
        await this.#learn();
        this.problems = this.problems.filter(({ field }) => field !== path); // nobody was known by that name
        done(id);
        this.form.at(path)?.show([]);
        this.added({ did: "added", what: `“${id}”`, words: withFound(`${person.name || who.name} is now among the people`, found), undo, found });
      } catch (error) {
        if (!error.status && error.status !== 0) throw error;
        this.form.at(path)?.show([{ severity: "error", message: error.message, help: error.help }]);
      }
    });
  }

  /* Asks for works that are not among the references, and gives `done` the ids under which they now are; none where it
     was cancelled. */
  async #addReference(words, done) {
    const told = await this.#aside(askReference(words));
    if (!told) return done([]);
    await this.busily(async () => {
      await this.#learn();
      done(told.ids);
    });
    this.added(told);
    return undefined;
  }

  /* Shows what a field names in a form of its own: `kind` and `id` as the server knows it, empty for something new that
     has `fields`; gives `done` the id where it was saved. */
  async edit(kind, id, done, { fields = {}, path = null } = {}) {
    try {
      const told = await this.#aside(this.editing({ kind, id, fields, path, say: this.say }));
      if (!told) return;
      await this.busily(async () => {
        await this.#learn();
        done(told.id);
      });
      this.added(told);
    } catch (error) {
      if (!error.status && error.status !== 0) throw error;
      this.tellAll({ severity: "error", message: error.message, help: error.help });
    }
  }
}

/* The lines that will be written, with their file: shown where they take no room from the fields (`room`, a media query),
   until the author says otherwise; narrow and wide windows remember that apart. */
export class WrittenLines {
  constructor(room = "(min-width: 68.75em) and (min-height: 37.5em)", name = "yaml") {
    this.file = make("span", { class: "bfe-file" });
    this.lines = make("pre", { class: "bfe-yaml", tabindex: "0", role: "region", "aria-label": "What will be written" });
    this.nothing = make("p", { class: "bfe-help", text: "Nothing yet. Once you have chosen words or changed a field, the lines that Save writes into the file are here." });
    this.element = make("details", { class: "bfe-written" }, make("summary", {}, make("span", { text: "What will be written" }), " ", this.file), this.nothing, this.lines);
    const wide = matchMedia("(min-width: 64em)"), roomy = matchMedia(room);
    const own = () => `${name}-${wide.matches ? "beside" : "below"}`;
    const unfold = () => (this.element.open = memory.get(own()) ?? roomy.matches);
    for (const one of [wide, roomy]) one.addEventListener("change", unfold);
    this.element.querySelector("summary").addEventListener("click", () => memory.set(own(), !this.element.open));
    unfold();
  }

  /* Shows what the server says would be written: an entry in a file, and lines of others. */
  show({ yaml = "", file = "", line = 0, elsewhere = {} }) {
    this.lines.textContent = [yaml, ...Object.entries(elsewhere).map(([name, lines]) => `# ${name}\n${lines}`)].filter(Boolean).join("\n\n");
    this.lines.hidden = !this.lines.textContent;
    this.nothing.hidden = !this.lines.hidden;
    this.file.textContent = file ? `in ${file}${line ? `, line ${line}` : ""}` : "";
  }
}
