/* Adding works that are cited: from a number or a file, with what is still to be filled in, and excerpts that are selected
   in the text of a saved page. */

import { call } from "./api.js";
import { ask } from "./dialogs.js";
import { button, freshId, make, placeIn, plural } from "./dom.js";
import { Form, problemLine } from "./fields.js";
import { FILES, readFile } from "./source-files.js";

const NUMBER = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:|10\.\d{4,}\/|isbn|97[89][\d -]{10,}$|[\d -]{9,}[\dx]$)/i;
const FIELDS = [
  { name: "title", label: "Title", type: "short", required: true },
  { name: "authors", label: "Authors", type: "list", of: "short" },
  { name: "publisher", label: "Publisher, or what it is in", type: "short" },
  { name: "published", label: "Published", type: "short", example: "2025-03-02, 2025-03 or 2025" },
  { name: "url", label: "Address", type: "short", example: "https://example.org/report" },
];

const asProblem = ({ message, help = "" }) => ({ severity: "error", message, help, field: "" });
const fieldset = (words, ...inner) => make("fieldset", {}, make("legend", { text: words }), ...inner);

/* Asks for works and adds them. Returns `{ids, undo, words, what}`, or null where it was cancelled: `undo` is empty where
   nothing was written, since all of it was there. `given` is what the author has looked for. */
export const askReference = (given = "") => ask((end) => new ReferenceDialog(given.trim(), end).elements);

class ReferenceDialog {
  constructor(given, end) {
    Object.assign(this, { end, source: null, works: [], excerpts: [], reading: 0 });
    this.#build();
    if (NUMBER.test(given)) this.number.value = given;
  }

  #build() {
    this.number = make("input", { type: "text", id: freshId("number"), dir: "ltr", autocomplete: "off", spellcheck: "false", placeholder: "such as 10.1000/182", onkeydown: (event) => this.#key(event) });
    this.file = make("input", { type: "file", id: freshId("file"), accept: FILES, "aria-describedby": "bfe-files", onchange: () => this.#readFile() });
    this.problems = make("ul", { class: "bfe-problems" });
    this.status = make("p", { class: "bfe-status", role: "status" });
    this.read = make("div", { class: "bfe-read" });
    this.saving = button("Save", () => this.#save(), { class: "bfe-primary", disabled: true });
    this.elements = [
      make("h2", { text: "Add a reference" }),
      make("div", { class: "bfe-source" },
        make("div", { class: "bfe-field" }, make("label", { for: this.number.id, text: "DOI or ISBN" }), this.number,
          make("div", { class: "bfe-below" }, button("Take this number", () => this.#readNumber()))),
        make("div", { class: "bfe-field" }, make("label", { for: this.file.id, text: "Or a file" }), this.file,
          make("p", { class: "bfe-help", id: "bfe-files", text: "A page that you have saved (.html), or an export of works: BibTeX, RIS, CSL JSON, Zotero RDF" }))),
      this.read,
      make("div", { class: "bfe-foot" }, make("div", { role: "alert" }, this.problems), this.status,
        make("div", { class: "bfe-buttons" }, this.saving, button("Cancel", () => this.end(null), { class: "bfe-quiet" }))),
    ];
  }

  #key(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.#readNumber();
  }

  // --- reading ---

  #readNumber() {
    const number = this.number.value.trim();
    if (!number) return this.number.focus();
    this.file.value = "";
    return this.#readSource(async () => ({ number }));
  }

  #readFile() {
    const [file] = this.file.files;
    if (file) this.#readSource(() => readFile(file));
  }

  /* Shows what the server reads in a source; what was asked for last counts. */
  async #readSource(find) {
    const turn = (this.reading += 1);
    this.#clear();
    this.status.textContent = "Reading …";
    try {
      const source = await find();
      const told = await call("references/read", source);
      if (turn === this.reading) this.#show(source, told);
    } catch (error) {
      if (turn === this.reading) this.#tell([asProblem(error)]);
    }
  }

  #clear() {
    Object.assign(this, { source: null, works: [], excerpts: [], form: null, boxes: [] });
    this.problems.replaceChildren();
    this.read.replaceChildren();
    this.saving.disabled = true;
  }

  // --- what was read ---

  #show(source, { works, paragraphs }) {
    Object.assign(this, { source, works });
    this.details = make("div", { class: "bfe-read" });
    this.read.replaceChildren(...(works.length > 1 ? [this.#choice()] : []), this.details, ...(paragraphs.length ? [this.#excerpts(paragraphs)] : []));
    this.#showChosen();
    this.saving.disabled = false;
    this.status.textContent = works.length > 1 ? `${plural(works.length, "work")} in the file` : "";
    (this.boxes[0] || this.form?.controls.find((each) => !each.value.length) || this.saving).focus();
  }

  #choice() {
    const rows = this.works.map(({ title, authors, published, known, url }) => {
      const box = make("input", { type: "checkbox", id: freshId("work"), onchange: () => this.#showChosen() });
      const about = [authors.join(", "), published, known && `already there as ${known}`].filter(Boolean).join(" · ");
      this.boxes.push(box);
      return make("div", { class: "bfe-way" }, box, make("label", { for: box.id, dir: "auto" }, title || url || "No title", " ", make("span", { class: "bfe-detail", text: about })));
    });
    return fieldset("Which of them?", make("div", { class: "bfe-works" }, ...rows));
  }

  get chosen() {
    return this.boxes.length ? this.works.filter((_, at) => this.boxes[at].checked) : this.works;
  }

  /* The fields of the one work that is chosen, if it is new: those that are empty are to be filled in. */
  #showChosen() {
    const [work, ...others] = this.chosen;
    this.form = null;
    this.details.replaceChildren();
    if (!work || others.length) return;
    if (work.known) {
      this.details.append(make("p", { dir: "auto", text: `This work is among the references already, as “${work.known}”: that one is taken.` }));
      return;
    }
    this.form = new Form(FIELDS, { vocabulary: {}, onchange: () => this.#missing(), say: null });
    this.form.values = work;
    this.details.append(this.form.element);
    this.#missing();
  }

  #missing() {
    const empty = this.form.controls.filter((each) => !each.value.length);
    this.form.show(empty.map(({ path, spec }) => ({ severity: "warning", field: path, message: spec.required ? "it is not known yet" : "it is not known yet; leave it empty where there is none" })), () => true);
  }

  // --- excerpts ---

  /* The text of a page, in which words are selected with the pointer or with Shift and the arrows. */
  #excerpts(paragraphs) {
    this.text = make("textarea", { class: "bfe-text", id: freshId("text"), rows: 9, inputmode: "none", spellcheck: "false", dir: "auto", "aria-readonly": "true", "aria-describedby": "bfe-selecting", onkeydown: (event) => this.#take(event) });
    const words = paragraphs.map((paragraph) => paragraph.replace(/\s+/g, " ").trim()).join("\n\n");
    // `readonly` would take the cursor away, without which no keys select; so what would change the text is refused
    this.text.addEventListener("beforeinput", (event) => event.preventDefault());
    this.text.addEventListener("input", () => (this.text.value = words)); // of an input method, which cannot be refused
    this.text.value = words;
    this.where = make("input", { type: "text", id: freshId("where"), dir: "auto", autocomplete: "off", placeholder: "such as page 12" });
    this.chips = make("ul", { class: "bfe-chips", "aria-label": "Excerpts", hidden: true });
    this.whereField = make("div", { class: "bfe-field", hidden: true }, make("label", { for: this.where.id }, "Where that is in the work", make("span", { class: "bfe-optional", text: " (optional)" })), this.where);
    return make("div", { class: "bfe-excerpts" },
      make("div", { class: "bfe-field" }, make("label", { for: this.text.id }, "Excerpts from the page", make("span", { class: "bfe-optional", text: " (optional)" })),
        make("p", { class: "bfe-help", id: "bfe-selecting", text: "Select the words that you rest on, at most 40, then press Enter or the button." }), this.text,
        make("div", { class: "bfe-below" }, button("Take the selected words", () => this.#take()))),
      this.chips, this.whereField);
  }

  #take(event = null) {
    if (event && (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey)) return;
    event?.preventDefault();
    const words = this.text.value.slice(this.text.selectionStart, this.text.selectionEnd).replace(/\s+/g, " ").trim();
    if (words && !this.excerpts.includes(words)) this.excerpts.push(words);
    this.#showExcerpts();
    this.status.textContent = words ? `${plural(this.excerpts.length, "excerpt")} taken` : "Select words in the text of the page first";
    if (!words) this.text.focus();
  }

  #showExcerpts() {
    this.chips.hidden = this.whereField.hidden = !this.excerpts.length;
    this.chips.replaceChildren(...this.excerpts.map((words) => make("li", {}, make("span", { dir: "auto", text: `“${words}”` }), button("×", () => this.#leave(words), { "aria-label": `Remove “${words}”` }))));
  }

  #leave(words) {
    this.excerpts = this.excerpts.filter((one) => one !== words);
    this.#showExcerpts();
    this.text.focus();
  }

  // --- saving ---

  async #save() {
    if (this.busy) return;
    const { chosen } = this;
    if (!chosen.length) {
      this.#tell([asProblem({ message: "no work is chosen", help: "choose at least one of those in the file" })]);
      this.boxes[0]?.focus();
      return;
    }
    this.busy = true;
    this.status.textContent = "Saving …";
    try {
      const told = await call("references/add", this.#asked(chosen));
      if (told.ids.length) this.end(this.#done(told));
      else this.#tell(told.problems);
    } catch (error) {
      this.#tell(error.problems?.length ? error.problems : [asProblem(error)]);
    } finally {
      this.busy = false;
    }
  }

  #asked(chosen) {
    const asked = { ...this.source };
    if (this.boxes.length) asked.numbers = chosen.map((work) => this.works.indexOf(work));
    if (this.form) asked.fields = this.form.values;
    if (this.excerpts.length) Object.assign(asked, { excerpts: this.excerpts, where: this.where.value.trim() });
    return asked;
  }

  #done({ ids, undo, file, line }) {
    const what = ids.map((id) => `“${id}”`).join(", ");
    return { ids, undo, what, words: undo ? `Saved ${what} ${placeIn(file, line)}` : `${what}: among the references already` };
  }

  /* Shows problems at their fields, and the others above them all; the first field that is wrong has the focus. */
  #tell(problems) {
    const rest = this.form ? this.form.show(problems, () => false) : problems;
    this.problems.replaceChildren(...rest.map((problem) => problemLine(problem)));
    this.status.textContent = this.source ? "Not saved" : "";
    this.read.querySelector("[aria-invalid=true]")?.focus();
  }
}
