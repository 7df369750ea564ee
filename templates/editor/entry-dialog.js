/* What annotations name – a person, a reference, a measure – as a form over what it is named in: its fields, what a check
   says of them, and the lines that will be written. What is typed is kept until it is saved or discarded. */

import { call, memory } from "./api.js";
import { ask } from "./dialogs.js";
import { button, make, placeIn } from "./dom.js";
import { EntryForm, same, withFound, WrittenLines } from "./entry-form.js";

/* By kind, what an author should know before changing one. */
export const NAMED = {
  person: "All briefings of this site share what is said of a person. Only the role is that in this briefing.",
  reference: "Readers see it on the page of sources, and wherever it is cited.",
  measure: "All briefings of this site share a measure.",
};
const ROOM = "(min-width: 64em)"; // where the lines have a column of their own

/* Asks for the fields of an entry; without an `id` it is new, and begins with `fields`. `path` is the field that has the
   focus. Returns `{id, undo, words, what, did}`, or null where nothing was saved. Raises what `call` does. */
export async function askEntry({ kind, id = "", fields = {}, path = null, say }) {
  const [vocabulary, told] = await Promise.all([call("vocabulary"), id ? call("open", { kind, id }) : { fields, seen: null }]);
  const made = {};
  const answer = ask((end) => {
    made.dialog = new EntryDialog({ kind, id, say, end, vocabulary });
    return made.dialog.elements;
  });
  made.dialog.show(told, path);
  return answer.finally(() => made.dialog.entry.stop());
}

class EntryDialog {
  constructor({ kind, id, say, end, vocabulary }) {
    Object.assign(this, { kind, id, end, vocabulary, typed: `entry:${kind}:${id}` });
    this.entry = new EntryForm({ say, changed: () => this.#keep(), busily: (act) => act(), again: () => this.#again(), added: () => {} });
    this.entry.written = new WrittenLines(ROOM, "yaml-entry");
    this.before = make("p", { class: "bfe-remark", hidden: true, text: "This is what you typed before; it is not saved yet." });
    this.discarding = button("Discard", () => this.#close(null), { class: "bfe-quiet", disabled: true }); // nothing is typed yet
    this.elements = this.#build();
  }

  #build() {
    const { general, fields, written, status } = this.entry;
    const name = this.vocabulary.kinds[this.kind].label.toLowerCase();
    const form = make("div", { class: "bfe-entry", onkeydown: (event) => this.#key(event) },
      make("p", { class: "bfe-help", text: NAMED[this.kind] }), this.before, general, fields);
    return [
      make("h2", { text: this.id ? `Edit this ${name}` : `Add a ${name}` }),
      make("div", { class: "bfe-beside" }, form, written.element),
      make("div", { class: "bfe-foot" }, status,
        make("div", { class: "bfe-buttons" }, button("Save", () => this.#save(), { class: "bfe-primary", title: "Save (Ctrl or ⌘ and Enter)" }),
          this.kind === "person" && this.id && button("Remove", () => this.#remove(), { class: "bfe-quiet", title: "Take this person out; nothing may refer to them" }),
          this.discarding,
          button("Close", () => this.end(null), { class: "bfe-quiet", title: "Close (Esc); what is not saved is kept" }))),
    ];
  }

  /* Begins with the entry as the server has it, or with what was typed of it before. */
  show(told, path = null) {
    const kept = memory.get(this.typed);
    const { kind, id } = this;
    this.entry.start(kept || { id, kind, fields: told.fields, was: id ? structuredClone(told.fields) : {}, seen: told.seen, todos: told.todos || {}, moved: false });
    this.before.hidden = this.discarding.disabled = !kept;
    this.#draw();
    this.entry.focus(path);
  }

  #draw() {
    this.entry.show(this.vocabulary.kinds[this.kind].fields, this.vocabulary);
    this.entry.form.more?.setAttribute("open", ""); // nothing else is here that needs the room
    this.entry.ask();
  }

  #keep() {
    this.discarding.disabled = !this.entry.edited;
    memory.set(this.typed, this.entry.edited ? this.entry.state : null);
  }

  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.#save();
  }

  async #save() {
    const { entry } = this;
    if (this.busy) return;
    if (this.id && !entry.edited) return this.#close(null);
    this.busy = true;
    entry.settle();
    try {
      const { id, undo, file, line, files, found } = await call("save", entry.asked);
      const role = files.find((each) => each !== file && each.endsWith("/briefing.yml")); // where a person’s role is
      const own = files.includes(file) ? [`“${id}” ${placeIn(file, line)}`] : [];
      const what = [...own, ...(role ? [own.length ? `and the role ${placeIn(role)}` : `the role of “${id}” ${placeIn(role)}`] : [])].join(", ");
      this.#close({ id, undo, what, words: withFound(`Saved ${what}`, found), found, did: this.id ? "changed" : "added" });
    } catch (error) {
      await entry.refused(error);
    } finally {
      this.busy = false;
    }
    return undefined;
  }

  /* Takes a person out, unless something refers to them. */
  async #remove() {
    if (this.busy) return;
    this.busy = true;
    try {
      const { undo } = await call("remove", { kind: this.kind, id: this.id });
      this.#close({ id: this.id, undo, what: `“${this.id}”`, words: `Removed “${this.id}”`, did: "removed" });
    } catch (error) {
      this.entry.tellAll({ severity: "error", message: error.message, help: error.help });
    } finally {
      this.busy = false;
    }
  }

  /* The entry as somebody else has left it, with what was changed here over it. */
  async #again() {
    const { state } = this.entry;
    const mine = Object.fromEntries(Object.entries(state.fields).filter(([name, value]) => !same(value, state.was[name])));
    const told = await call("open", { kind: this.kind, id: this.id });
    memory.set(this.typed, { ...state, fields: { ...told.fields, ...mine }, shown: told.fields, was: told.fields, seen: told.seen, todos: told.todos || {} });
    this.show(told);
  }

  #close(answer) {
    memory.set(this.typed, null);
    this.entry.end();
    this.end(answer);
  }
}
