/* Adding works that are cited: from what is typed or pasted, from a file, or field by field; with what is still to be filled
   in, and excerpts that are selected in the text of a saved page. */

import { call, memory } from "./api.js";
import { problemLine } from "./control.js";
import { ask } from "./dialogs.js";
import { button, freshId, make, placeIn, plural } from "./dom.js";
import { Form } from "./form.js";
import { FILES, fits, readFile } from "./source-files.js";
import { LineText } from "./texts.js";

const NUMBER = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:|10\.\d{4,}\/|isbn|97[89][\d -]{10,}$|[\d -]{9,}[\dx]$)/i;
const SHORT = { type: "short" };
const FIELDS = {
  title: { ...SHORT, label: "Title", required: true },
  authors: { label: "Authors", type: "list", of: "short" },
  publisher: { ...SHORT, label: "Publisher" },
  volume: { ...SHORT, label: "Volume" },
  issue: { ...SHORT, label: "Issue" },
  pages: { ...SHORT, label: "Pages", example: "45–67" },
  published: { ...SHORT, label: "Published", example: "2025-03-02, 2025-03 or 2025" },
  isbn: { ...SHORT, label: "ISBN" },
  url: { ...SHORT, label: "Address", example: "https://example.org/report" },
  checked: { ...SHORT, label: "Read on", example: "2025-11-06" },
};
/* What a work can be, by its words: which fields it has, and what its publisher is called. */
const KINDS = {
  page: { label: "A web page", publisher: "Site", fields: ["title", "authors", "publisher", "published", "url", "checked"] },
  article: { label: "An article", publisher: "What it is in: a newspaper or journal", fields: ["title", "authors", "publisher", "volume", "issue", "pages", "published", "url"] },
  book: { label: "A book", publisher: "Publisher", fields: ["title", "authors", "publisher", "published", "isbn", "url"] },
  other: { label: "A report, or something else", publisher: "Who published it", fields: ["title", "authors", "publisher", "published", "url"] },
};
const TYPED = "reference"; // what was typed and not saved: {text, kind, values}

/* What a work seems to be, by what is known of it. */
function kindOf({ report, isbn, volume, issue, pages, url = "" }) {
  if (report) return "other";
  if (isbn) return "book";
  if (volume || issue || pages || url.startsWith("https://doi.org/")) return "article";
  return url ? "page" : "other";
}

const fieldsOf = (kind) => KINDS[kind].fields.map((name) => ({ name, ...FIELDS[name], ...(name === "publisher" && { label: KINDS[kind].publisher }) }));

const asProblem = ({ message, help = "" }) => ({ severity: "error", message, help, field: "" });
const fieldset = (words, ...inner) => make("fieldset", {}, make("legend", { text: words }), ...inner);

/* Asks for works and adds them. Returns `{ids, undo, words, what}`, or null where it was cancelled: `undo` is empty where
   nothing was written, since all of it was there. `given` is what the author has looked for. */
export const askReference = (given = "") => ask((end) => new ReferenceDialog(given.trim(), end).elements);

class ReferenceDialog {
  constructor(given, end) {
    Object.assign(this, { end, source: null, works: [], excerpts: [], boxes: [], reading: 0, values: {}, byHand: false });
    this.#build();
    const kept = (NUMBER.test(given) ? { text: given } : memory.get(TYPED)) || {};
    this.text.value = kept.text || "";
    if (kept.kind) this.#write(kept.kind, kept.values);
    this.clearing.disabled = !Object.keys(kept).length;
  }

  #build() {
    this.text = make("textarea", { id: freshId("typed"), class: "bfe-typed", dir: "auto", rows: 2, autocomplete: "off", spellcheck: "false", "aria-describedby": "bfe-typing", placeholder: "such as 10.1000/182", onkeydown: (event) => this.#key(event), oninput: () => this.#keep() });
    this.file = make("input", { type: "file", id: freshId("file"), accept: FILES, "aria-describedby": "bfe-files", onchange: () => this.#readFile() });
    this.problems = make("ul", { class: "bfe-problems" });
    this.status = make("p", { class: "bfe-status", role: "status" });
    this.read = make("div", { class: "bfe-read" });
    this.saving = button("Save", () => this.#save(), { class: "bfe-primary", disabled: true });
    this.elements = [
      make("h2", { text: "Add a reference" }),
      make("div", { class: "bfe-source" },
        make("div", { class: "bfe-field" }, make("label", { for: this.text.id, text: "Paste or type what you have" }), this.text,
          make("p", { class: "bfe-help", id: "bfe-typing", text: "A DOI, an ISBN, an address, or the BibTeX, RIS or CSL JSON of works. Enter reads it; nothing is asked of other sites." }),
          make("div", { class: "bfe-below" }, button("Read this", () => this.#readText()))),
        make("div", { class: "bfe-field" }, make("label", { for: this.file.id, text: "Or a file" }), this.file,
          make("p", { class: "bfe-help", id: "bfe-files", text: "A page that you have saved (.html), or an export of works: BibTeX, RIS, CSL JSON, Zotero RDF" })),
        make("div", { class: "bfe-below" }, (this.writing = button("Or write it field by field", () => this.#write())))),
      this.read,
      make("div", { class: "bfe-foot" }, make("div", { role: "alert" }, this.problems), this.status,
        make("div", { class: "bfe-buttons" }, (this.clearing = button("Clear", () => this.#empty(), { class: "bfe-quiet", disabled: true })), this.saving, button("Cancel", () => this.end(null), { class: "bfe-quiet" }))),
    ];
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#readText();
  }

  // --- what is typed ---

  /* Keeps what was typed for when the question is asked again: it may have been left by accident. */
  #keep() {
    const { text, kind, values, touched } = this;
    const kept = { ...(text.value.trim() && { text: text.value }), ...(touched && { kind, values }) };
    memory.set(TYPED, Object.keys(kept).length ? kept : null);
    this.clearing.disabled = !Object.keys(kept).length && !this.byHand && !this.source;
  }

  /* Begins anew, without what was typed. */
  #empty() {
    this.#clear();
    this.text.value = this.file.value = this.status.textContent = "";
    this.#keep();
    this.text.focus();
  }

  /* Shows the fields of a work that is written by hand. */
  #write(kind = "page", values = {}) {
    this.#clear();
    Object.assign(this, { byHand: true, touched: Object.keys(values).length > 0, works: [{ known: "" }] });
    this.details = make("div", { class: "bfe-read" });
    this.read.replaceChildren(this.details);
    this.#showForm(kind, values);
    this.saving.disabled = false;
    this.status.textContent = "";
    this.#keep();
    this.form.controls[0].focus();
  }

  // --- reading ---

  #readText() {
    const text = this.text.value.trim();
    if (!text) return this.text.focus();
    this.file.value = "";
    return this.#readSource(async () => fits({ text }));
  }

  #readFile() {
    const [file] = this.file.files;
    if (file) this.#readSource(() => readFile(file));
  }

  /* Shows what the server reads in a source; what was asked for last counts. Where nothing can be read, what is there
     stays. */
  async #readSource(find) {
    const turn = (this.reading += 1);
    this.problems.replaceChildren();
    this.status.textContent = "Reading …";
    try {
      const source = await find();
      const told = await call("references/read", source);
      if (turn === this.reading) this.#show(source, told);
    } catch (error) {
      if (turn !== this.reading) return;
      this.#tell([asProblem(error)]);
      this.status.textContent = "";
    }
  }

  #clear() {
    Object.assign(this, { source: null, works: [], excerpts: [], form: null, boxes: [], values: {}, byHand: false, touched: false });
    this.problems.replaceChildren();
    this.read.replaceChildren();
    this.saving.disabled = true;
    this.writing.hidden = false;
  }

  // --- what was read ---

  #show(source, { works, paragraphs }) {
    const typed = this.byHand && this.touched ? this.values : {};
    this.#clear();
    Object.assign(this, { source, works, typed });
    this.details = make("div", { class: "bfe-read" });
    this.read.replaceChildren(...(works.length > 1 ? [this.#choice()] : []), this.details, ...(paragraphs.length ? [this.#excerpts(paragraphs)] : []));
    this.#showChosen();
    if (paragraphs.length) this.#openAt(works[0]?.title);
    this.saving.disabled = false;
    this.status.textContent = works.length > 1 ? `${plural(works.length, "work")} found` : "";
    this.#keep();
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
    this.writing.hidden = false;
    this.details.replaceChildren();
    if (!work || others.length) return;
    if (work.known) {
      this.details.append(make("p", { dir: "auto", text: `This work is among the references already, as “${work.known}”: that one is taken.` }));
      return;
    }
    // what was typed by hand before is for what the source does not know
    const known = Object.fromEntries(Object.entries(work).filter(([, value]) => value.length));
    this.#showForm(kindOf(work), { ...this.typed, ...known });
  }

  /* Shows the fields of a kind of work, and which kinds there are. */
  #showForm(kind, values) {
    Object.assign(this, { kind, values });
    const name = freshId("kind");
    const ways = Object.entries(KINDS).map(([each, { label }]) => {
      const radio = make("input", { type: "radio", name, id: freshId("kind"), checked: each === kind, onchange: () => this.#turn(each) });
      return make("label", { for: radio.id }, radio, make("span", { text: label }));
    });
    this.form = new Form(fieldsOf(kind), { vocabulary: {}, onchange: () => this.#changed(), say: null });
    this.form.values = values;
    this.writing.hidden = true;
    this.details.replaceChildren(fieldset("What is it?", make("div", { class: "bfe-ways" }, ...ways)), this.form.element);
    this.#missing();
  }

  #turn(kind) {
    this.#changed();
    this.#showForm(kind, this.values);
    this.#keep();
    this.details.querySelector("input:checked").focus();
  }

  #changed() {
    Object.assign(this.values, this.form.values);
    this.touched = true;
    this.#keep();
    this.#missing();
  }

  /* What was read leaves empty; by hand, only what was refused is told. */
  #missing() {
    const empty = this.byHand ? [] : this.form.controls.filter((each) => !each.value.length);
    this.form.show(empty.map(({ path, spec }) => ({ severity: spec.required ? "error" : "warning", field: path, message: spec.required ? "it is not known yet" : "it is not known yet; leave it empty where there is none" })), () => true);
  }

  // --- excerpts ---

  /* The text of a page, in which words are selected with the pointer or with Shift and the arrows. */
  #excerpts(paragraphs) {
    this.page = make("textarea", { class: "bfe-text", id: freshId("text"), rows: 9, inputmode: "none", spellcheck: "false", dir: "auto", "aria-readonly": "true", "aria-describedby": "bfe-selecting", onkeydown: (event) => this.#take(event) });
    const words = paragraphs.map((paragraph) => paragraph.replace(/[^\S\t]+/g, " ").trim()).join("\n\n"); // a tab is between cells
    this.pageText = new LineText(words, document.documentElement.lang || "en");
    // `readonly` would take the cursor away, without which no keys select; so what would change the text is refused
    this.page.addEventListener("beforeinput", (event) => event.preventDefault());
    this.page.addEventListener("input", () => (this.page.value = words)); // of an input method, which cannot be refused
    this.page.value = words;
    this.taken = make("ol", { class: "bfe-taken", "aria-label": "Excerpts", hidden: true });
    return make("div", { class: "bfe-excerpts" },
      make("div", { class: "bfe-field" }, make("label", { for: this.page.id }, "Excerpts from the page", make("span", { class: "bfe-optional", text: " (optional)" })),
        make("p", { class: "bfe-help", id: "bfe-selecting", text: "Select the words that you rest on, at most 40, then press Enter or the button." }), this.#finder(), this.page,
        make("div", { class: "bfe-below" }, button("Take the selected words", () => this.#take()))),
      this.taken);
  }

  /* A field that leads to words in the page, one place after the other. */
  #finder() {
    const field = make("input", { type: "text", id: freshId("find"), dir: "auto", autocomplete: "off", spellcheck: "false", onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.#find(field.value, event.shiftKey);
    } });
    return make("div", { class: "bfe-find" }, make("label", { for: field.id, text: "Find in the page" }), field, button("Find next", () => this.#find(field.value), { class: "bfe-quiet" }));
  }

  /* Selects the next place of words, from the cursor on and then from the top; or the one before. */
  #find(words, isBack = false) {
    const { page, pageText: { text } } = this;
    const wanted = words.trim().split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
    const places = wanted ? [...text.matchAll(new RegExp(wanted, "giu"))] : [];
    const next = isBack ? places.findLast(({ index }) => index < page.selectionStart) ?? places.at(-1) : places.find(({ index }) => index >= page.selectionEnd) ?? places[0];
    if (!next) return (this.status.textContent = wanted ? `“${words.trim()}” is not in the page` : "Write words to find first");
    this.#scrollTo(next.index, next.index + next[0].length);
    page.scrollIntoView({ block: "nearest" });
    page.focus({ preventScroll: true }); // a browser shows no selection where the cursor is not
    return (this.status.textContent = `${places.indexOf(next) + 1} of ${plural(places.length, "place")}: Enter takes the selected words`);
  }

  /* Scrolls the page’s text to a title, past what is above it; else to its top. */
  #openAt(title) {
    const at = Math.max(0, title ? this.pageText.text.indexOf(title) : 0);
    this.#scrollTo(at, at);
  }

  /* Selects a part of the page’s text and scrolls it there. */
  #scrollTo(at, end) {
    const { page, pageText: { text } } = this;
    page.value = text.slice(0, at); // how high that is tells where it ends
    const line = parseFloat(getComputedStyle(page).lineHeight) || 0;
    page.style.minBlockSize = page.style.blockSize = "0";
    const top = at ? page.scrollHeight - 1.5 * line : 0;
    page.style.minBlockSize = page.style.blockSize = "";
    page.value = text;
    page.setSelectionRange(at, end);
    page.scrollTop = top;
  }

  #take(event = null) {
    if (event && (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey)) return;
    event?.preventDefault();
    const part = this.pageText.sentenceOf({ start: this.page.selectionStart, end: this.page.selectionEnd });
    if (!part) {
      this.status.textContent = "Select words in the text of the page first";
      return this.page.focus();
    }
    const words = this.pageText.text.slice(part.start, part.end).replace(/\s+/g, " ");
    this.page.setSelectionRange(part.start, part.end);
    const around = this.excerpts.find((one) => one.words === words || (one.start <= part.start && part.end <= one.end));
    if (around) {
      this.status.textContent = "These words are taken already";
      return around.row.scrollIntoView({ block: "nearest" });
    }
    const within = ({ start, end }) => part.start <= start && end <= part.end;
    const taken = this.#excerpt(words, part);
    taken.where.value = this.excerpts.find(within)?.where.value ?? "";
    this.excerpts = [...this.excerpts.filter((one) => !within(one)), taken];
    this.excerpts.sort((one, other) => one.start - other.start); // as they follow one another in the page
    this.#showExcerpts();
    return taken.row.scrollIntoView({ block: "nearest" });
  }

  /* Words that are taken, with a field for where they are in the work. */
  #excerpt(words, { start, end }) {
    const where = make("input", { type: "text", id: freshId("where"), dir: "auto", autocomplete: "off", placeholder: "such as page 12", "aria-label": `Where “${words}” is in the work` });
    const row = make("li", {}, make("span", { dir: "auto", text: `“${words}”` }),
      make("div", { class: "bfe-where" }, make("label", { for: where.id }, "Where", make("span", { class: "bfe-optional", text: " (optional)" })), where, button("Remove", () => this.#leave(words), { class: "bfe-quiet", "aria-label": `Remove “${words}”` })));
    return { words, start, end, where, row };
  }

  #showExcerpts() {
    this.taken.hidden = !this.excerpts.length;
    this.status.textContent = `${plural(this.excerpts.length, "excerpt")} taken`;
    this.taken.replaceChildren(...this.excerpts.map(({ row }) => row));
  }

  #leave(words) {
    this.excerpts = this.excerpts.filter((one) => one.words !== words);
    this.#showExcerpts();
    this.page.focus();
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
      if (told.ids.length) {
        memory.set(TYPED, null);
        this.end(this.#done(told));
      } else this.#tell(told.problems);
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
    if (this.excerpts.length) asked.excerpts = this.excerpts.map(({ words, where }) => ({ words, where: where.value }));
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
    this.status.textContent = this.source || this.byHand ? "Not saved" : "";
    this.read.querySelector("[aria-invalid=true]")?.focus();
  }
}
