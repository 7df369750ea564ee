/* The fields of forms: text, choices, names out of lists, values, and fields within fields. */

import { matches, Suggestions } from "./completion.js";
import { Control, isEmpty } from "./control.js";
import { button, freshId, make } from "./dom.js";

// --- text ------------------------------------------------------------------------------------------------------------

export class TextField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    const about = { type: "text", dir: "auto", placeholder: spec.example && `such as ${spec.example}`, oninput: () => this.changed() };
    this.around(make("input", about));
  }
  get value() {
    return this.input.value.trim();
  }
  set value(value) {
    this.input.value = value ?? "";
  }
}

/* What is before the cursor while a citation is typed: within brackets it is searched for by several words, too. */
const CITING = /(?:(\[(?:[^[\]]*[^\p{L}\p{N}[\]])?)@(?<words>[^[\]@;\n]*)|@(?<word>[\p{L}\p{N}_-]*))$/u;

const CITED = 60; // characters of the words by which something cited is called

/* Numbers of paragraphs, with the first words of those that are known. */
export class ParagraphsField extends TextField {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.words = make("ul", { class: "bfe-help bfe-paragraphs" });
    this.input.after(this.words);
    this.input.addEventListener("input", () => this.describe());
  }
  get value() {
    return super.value;
  }
  set value(value) {
    super.value = value;
    this.describe();
  }
  describe() {
    const numbers = [...this.input.value.matchAll(/(?<!:)\b\d+/g)].map(([number]) => number);
    const { paragraphs = {} } = this.form.vocabulary;
    this.words.replaceChildren(...numbers.filter((number) => paragraphs[number]).map((number) => make("li", { dir: "auto", text: `${number}: “${paragraphs[number]}”` })));
  }
}

export class ProseField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    const area = make("textarea", { rows: 2, dir: "auto", oninput: () => this.changed() });
    area.addEventListener("input", () => {
      this.grow();
      this.#read();
    });
    // another window is no other field: a work may be looked up there
    area.addEventListener("blur", () => this.asking || document.activeElement === area || this.withdraw());
    this.suggestions = new Suggestions(area, { role: "", options: (query) => this.options(query), query: () => this.query(), choose: (option) => this.cite(option), dismissed: () => this.endSearch(), say: form.say });
    const cite = button("Cite…", () => this.begin(), { class: "bfe-quiet", "aria-label": `Cite something in ${spec.label}` });
    this.cited = make("p", { class: "bfe-cited", dir: "auto", hidden: true });
    this.around(area, this.suggestions.list, this.cited, make("div", { class: "bfe-below" }, cite));
  }
  get value() {
    return this.input.value.trim();
  }
  set value(value) {
    this.input.value = value ?? "";
    requestAnimationFrame(() => this.grow());
    this.#read();
  }
  /* Shows below what is written how that reads: in place of each id what is cited by it. */
  #read() {
    const known = new Map(this.form.citable().map((option) => [option.value, option]));
    const parts = this.input.value.split(/\[((?:\s*@[\p{L}\p{N}_-]+[^[\]@;]*;?)+)\]/u);
    this.cited.hidden = parts.length < 2;
    this.cited.replaceChildren(...parts.flatMap((part, at) => (at % 2 ? part.split(";").filter((one) => one.trim()).map((one) => this.#citation(one.trim(), known)) : [part])));
  }
  /* One of the ids in a citation as a label, with what is behind it, such as a page. */
  #citation(words, known) {
    const [, id, place] = /^@([\p{L}\p{N}_-]+)[\s,]*(.*)$/su.exec(words) || [null, words, ""];
    const { label = id, kind = "" } = known.get(id) || {};
    const short = label.length > CITED ? `${label.slice(0, CITED).replace(/\s\S*$/, "")} …` : label;
    return make("span", { class: "bfe-citation", dir: "auto", title: id }, [kind && `${kind}: `, short, place && `, ${place}`].filter(Boolean).join(""));
  }
  /* As high as its text. */
  grow() {
    this.input.style.blockSize = "auto";
    if (this.input.scrollHeight) this.input.style.blockSize = `${this.input.scrollHeight + 2}px`;
  }
  query() {
    const { index, words, word = null } = this.citing();
    if (words === undefined || this.ended !== index) this.ended = null;
    if (words === undefined) return word;
    const [, id] = /^([\p{L}\p{N}_-]+)[^\p{L}\p{N}_-]/u.exec(words) || [];
    // where Esc has ended the search, and behind an id that is there, such as a page, nothing is asked for
    return this.ended !== null || this.form.citable().some(({ value }) => value === id) ? null : words;
  }
  /* What is being cited before the cursor: where its `@` is, and the `words` or the `word` behind it. */
  citing() {
    const found = CITING.exec(this.input.value.slice(0, this.input.selectionStart));
    return found ? { ...found.groups, whole: found[0], open: found[1], index: found.index + (found[1]?.length ?? 0) } : {};
  }
  options(query) {
    // first what is called so, then works whose excerpts say so, last what is not published
    const rank = ({ value, label, detail, lines = [], group }) => (matches(query, value, label, detail) ? (group ? 2 : 0) : matches(query, value, label, detail, ...lines) ? 1 : null);
    const found = this.form.citable().map((option) => ({ option, at: rank(option) })).filter(({ at }) => at !== null).sort((one, other) => one.at - other.at).map(({ option }) => option);
    return this.citing().open !== undefined ? this.form.orAdded(found, query, "references") : found;
  }
  begin() {
    this.focus();
    const start = this.input.selectionStart;
    const before = this.input.value.slice(0, start);
    const words = before && !/\s$/.test(before) ? " [@" : "[@";
    this.insert(words, 0);
    this.begun = { words, start, whole: this.input.value };
    this.suggestions.look();
  }
  /* Esc ends the search at this place; typing goes on. */
  endSearch() {
    this.ended = this.citing().index ?? null;
    this.withdraw();
  }
  /* Takes back what `begin` has put there, if nothing came of it: an unfinished citation is no words. */
  withdraw() {
    const { words, start, whole } = this.begun || {};
    this.begun = null;
    if (this.input.value !== whole) return;
    this.input.setRangeText("", start, start + words.length, "end");
    this.input.dispatchEvent(new Event("input"));
  }
  cite({ value, asks }) {
    if (asks) {
      this.asking = true; // the question takes the focus, and the citation waits for its answer
      this.form.addReference(asks.words, (ids) => {
        this.asking = false;
        if (ids.length) this.cite({ value: ids.join("; @") });
        else this.withdraw();
      });
      return;
    }
    this.begun = null;
    const { whole = "", open } = this.citing();
    const after = this.input.value.slice(this.input.selectionEnd);
    const closed = /^[^[\]]*\]/.test(after);
    this.insert(`${open ?? "["}@${value}${open && closed ? "" : "]"}`, whole.length);
  }
  /* Puts text at the cursor in place of so many characters before it, as if it were typed, so that it can be undone. */
  insert(words, instead) {
    const { selectionStart, selectionEnd } = this.input;
    this.focus();
    this.input.setSelectionRange(selectionStart - instead, selectionEnd);
    if (!document.execCommand("insertText", false, words)) {
      this.input.setRangeText(words, selectionStart - instead, selectionEnd, "end");
      this.input.dispatchEvent(new Event("input"));
    }
  }
}

export class ChoiceField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    const select = make("select", { onchange: () => this.changed() });
    this.usual = spec.required ? "Choose…" : spec.none || (spec.default ? `${spec.default} (as usual)` : "Not given");
    this.none = make("option", { value: "", text: this.usual });
    this.assumed = make("p", { class: "bfe-help bfe-assumed", role: "status", hidden: true });
    select.append(this.none);
    const { codes = {} } = form.vocabulary; // what is found is called by its words
    for (const choice of spec.choices) {
      const { value, label } = typeof choice === "string" ? { value: choice, label: spec.name === "code" && codes[choice] ? `${codes[choice]} (${choice})` : choice } : choice;
      select.append(make("option", { value, text: label || value }));
    }
    this.around(select, this.assumed);
  }
  /* Says what is written where nothing is chosen, and why; null where that is what is usual. */
  assume(assumed) {
    this.none.textContent = assumed ? `${assumed.value} (as the words are)` : this.usual;
    this.assumed.hidden = !assumed;
    const words = assumed ? `It will be written as “${assumed.value}”: ${assumed.reason}. Choose another if that is not so.` : "";
    if (this.assumed.textContent !== words) this.assumed.textContent = words; // said once
  }
  get value() {
    return this.input.value;
  }
  set value(value) {
    this.input.value = value ?? "";
  }
}

// --- what has a name -------------------------------------------------------------------------------------------------

/* What was found for some words: first what is called so, then what begins so, then what has all of them in its name. */
function bestFirst(found, words) {
  const wanted = words.trim().toLowerCase();
  const rank = ({ label }) => [label.toLowerCase() === wanted, label.toLowerCase().startsWith(wanted), matches(wanted, label)].indexOf(true) + 1 || 4;
  return wanted ? [...found].sort((one, other) => rank(one) - rank(other)) : found;
}

/* One id out of a list, found by name, which the field shows. What is typed and in no list stays as it is, so that the
   check can say what is wrong with it. */
export class IdField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.own = "";
    const input = make("input", { type: "text", spellcheck: "false", dir: "auto", placeholder: "Type a name", oninput: () => this.typed() });
    this.shown = make("span", { class: "bfe-named", dir: "auto" });
    this.suggestions = new Suggestions(input, {
      query: () => (this.known ? "" : input.value),
      options: (query) => this.options(query),
      choose: (option) => this.choose(option),
      say: form.say,
    });
    this.around(input, this.suggestions.list, this.shown);
  }
  get known() {
    return this.form.named(this.spec.type).find(({ value }) => value === this.own);
  }
  options(query) {
    const found = bestFirst(this.form.named(this.spec.type).filter(({ value, label, detail }) => matches(query, value, label, detail)), this.input.value);
    if (this.spec.type !== "person" || !this.form.addPerson) return this.form.orAdded(found, query, this.spec.type);
    const name = query.trim();
    return name && !found.some(({ label }) => label === name) ? [...found, { value: "", label: `Add “${name}” to the people`, add: name }] : found;
  }
  typed() {
    const words = this.input.value.trim();
    this.own = this.form.named(this.spec.type).find(({ label }) => label === words)?.value ?? words;
    this.describe();
    this.changed();
  }
  choose({ value, label, add, join, asks }) {
    if (asks) {
      if (this.spec.type === "measure") this.form.edit("measure", "", (id) => this.#set(id), { fields: { label: asks.words } });
      else this.form.addReference(asks.words, ([id]) => id && this.#set(id));
      return;
    }
    if (!add) this.#set(value);
    if (add || join) this.#addPerson(value, add || label);
  }
  #set(id) {
    this.value = id;
    this.changed();
  }
  /* Somebody new, without an id, or of another briefing is to be among the people of this one. */
  #addPerson(id, name) {
    this.form.addPerson?.({ id, name }, (made) => this.#set(made), this.path);
  }
  #edit(kind) {
    this.form.edit(kind, this.own, () => {
      this.value = this.own; // as it is called now
      this.shown.querySelector("button")?.focus();
    });
  }
  get value() {
    return this.own;
  }
  set value(value) {
    this.own = String(value ?? "");
    this.input.value = this.known?.label ?? this.own;
    this.describe();
  }
  describe() {
    const known = this.own && this.known;
    this.shown.textContent = known ? [known.detail, this.own].filter(Boolean).join(" · ") : "";
    const kind = this.form.editedAs(this.spec.type, this.own);
    if (kind) this.shown.append(" ", button(`Edit this ${kind}…`, () => this.#edit(kind), { class: "bfe-quiet" }));
    if (known?.join && this.form.addPerson) this.shown.append(" ", button(`Add ${known.label} to the people…`, () => this.#addPerson(known.value, known.label), { class: "bfe-quiet" }));
  }
}

/* Several names, each in a chip that can be taken out again; what has a form of its own is edited with a press on it. */
export class IdsField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.chosen = [];
    this.chips = make("ul", { class: "bfe-chips", "aria-label": `${spec.label}: chosen` });
    const input = make("input", { type: "text", placeholder: { tags: "Type a word, then Enter", references: "Type some of its words, then choose it" }[spec.type] || "Type a name, then Enter" });
    this.suggestions = new Suggestions(input, {
      query: () => input.value,
      options: (query) => form.orAdded(form.named(spec.type).filter(({ value, label, detail }) => !this.chosen.includes(value) && matches(query, value, label, detail)), query, spec.type),
      choose: ({ value, asks }) => (asks ? this.ask(asks.words) : this.add(value)),
      say: form.say,
    });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.add(input.value));
    this.around(input, this.suggestions.list);
    this.input.before(this.chips);
  }
  key(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if ((event.key === "Enter" || (event.key === "," && this.spec.type === "tags")) && this.input.value.trim()) {
      event.preventDefault();
      event.stopPropagation();
      this.add(this.input.value);
    } else if (event.key === "Backspace" && !this.input.value && this.chosen.length) this.remove(this.chosen.at(-1));
  }
  ask(words) {
    this.input.value = ""; // or it would be added as it is when the focus goes to the question
    this.form.addReference(words, (ids) => {
      ids.forEach((id) => this.add(id));
      if (!ids.length) this.input.value = words;
    });
  }
  add(words) {
    const value = words.trim();
    this.input.value = "";
    if (!value || this.chosen.includes(value)) return;
    this.value = [...this.chosen, value];
    this.changed();
  }
  remove(value) {
    this.value = this.chosen.filter((one) => one !== value);
    this.changed();
    this.focus();
  }
  #edit(kind, id) {
    this.form.edit(kind, id, () => {
      this.value = this.chosen; // as they are called now
      this.chips.querySelector(`[data-value="${CSS.escape(id)}"]`)?.focus();
    });
  }
  get value() {
    return [...this.chosen];
  }
  set value(value) {
    this.chosen = [value ?? []].flat().map(String).filter(Boolean);
    this.chips.hidden = !this.chosen.length;
    this.chips.replaceChildren(...this.chosen.map((one) => {
      const label = this.form.named(this.spec.type).find((known) => known.value === one)?.label || one;
      const kind = this.form.editedAs(this.spec.type, one);
      const name = kind ? button(label, () => this.#edit(kind, one), { class: "bfe-chip", dir: "auto", "data-value": one, "aria-label": `Edit ${label}…`, title: `Edit this ${kind}…` }) : make("span", { dir: "auto", text: label });
      return make("li", {}, name, button("×", () => this.remove(one), { "aria-label": `Remove ${label}` }));
    }));
  }
}

// --- values, and fields within fields -----------------------------------------------------------------------------

const WAYS = {
  number: { label: "A number or date", fields: [{ name: "", label: "Value", type: "short", required: true }] },
  range: { label: "A range", fields: [{ name: "from", label: "From", type: "short", required: true }, { name: "to", label: "To", type: "short", required: true }] },
  words: {
    label: "Words",
    fields: [{ name: "words", label: "The source’s words", type: "short", required: true }, { name: "min", label: "At least", type: "short" }, { name: "max", label: "At most", type: "short" }],
  },
};

/* What a figure says: a number or date, a range, or words for which there is no number. */
export class ValueField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.way = "number";
    const name = freshId("way");
    this.ways = Object.entries(WAYS).map(([way, { label }]) => {
      const radio = make("input", { type: "radio", name, value: way, id: `${name}-${way}`, onchange: () => this.turn(way) });
      return { way, radio, element: make("label", { for: radio.id }, radio, make("span", { text: label })) };
    });
    this.inner = make("div", { class: "bfe-inner" });
    this.input = make("fieldset", { class: "bfe-value" }, make("legend", { text: spec.label }),
      make("div", { class: "bfe-ways" }, ...this.ways.map((one) => one.element)), this.inner);
    this.element.append(this.input, ...(this.help ? [this.help] : []), this.problems);
    this.build("number", {});
  }
  build(way, values) {
    this.way = way;
    for (const one of this.ways) one.radio.checked = one.way === way;
    this.controls = WAYS[way].fields.map((spec) => {
      const control = new TextField(spec, this.form, spec.name ? `${this.path}.${spec.name}` : this.path);
      control.value = values[spec.name];
      if (!spec.name) control.input.setAttribute("aria-describedby", this.problems.id);
      return control;
    });
    this.inner.replaceChildren(...this.controls.map((control) => control.element));
  }
  turn(way) {
    const first = this.controls[0].value;
    this.build(way, { [WAYS[way].fields[0].name]: first });
    this.changed();
  }
  get value() {
    const values = this.controls.map((control, index) => [WAYS[this.way].fields[index].name, control.value]);
    return this.way === "number" ? values[0][1] : Object.fromEntries(values.filter(([, value]) => value));
  }
  set value(value) {
    const given = value ?? "";
    if (typeof given !== "object") this.build("number", { "": given });
    else this.build("words" in given ? "words" : "range", given);
  }
  focus() {
    this.controls[0].focus();
  }
  /* What is wrong with the value is shown below all of it; the first that is typed is marked. */
  show(problems, isQuiet) {
    this.tell(problems, isQuiet);
    const [first] = this.controls;
    if (first.path === this.path) first.input.setAttribute("aria-invalid", String(problems.some((problem) => problem.severity === "error" && !isQuiet(problem))));
  }
  *all() {
    yield this;
    for (const control of this.controls) if (control.path !== this.path) yield control;
  }
}

/* A mapping: its fields, folded away until it has something or is opened. Those that the spec has `settled` come last,
   folded away on their own. */
export class GroupField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.controls = spec.fields.map((each) => form.control(each, `${path}.${each.name}`));
    const { settled = [] } = spec;
    const [asked, known] = [false, true].map((is) => this.controls.filter(({ spec: { name, more } }) => (settled.includes(name) || more) === is));
    this.controls = [...asked, ...known];
    this.input = make("details", { class: "bfe-group" }, make("summary", { text: spec.label }),
      ...(this.help ? [this.help] : []), ...asked.map((each) => each.element),
      known.length > 0 && make("details", { class: "bfe-more" }, make("summary", { text: settled.length ? "Which finding that is" : "More about it" }), ...known.map((each) => each.element)));
    this.element.append(this.input, this.problems);
  }
  get value() {
    return Object.fromEntries(this.controls.map((each) => [each.spec.name, each.written]).filter(([, value]) => !isEmpty(value)));
  }
  set value(value) {
    for (const each of this.controls) each.fill(value?.[each.spec.name]);
    this.input.open = !isEmpty(value);
  }
  focus() {
    this.input.open = true;
    this.controls[0].focus();
  }
  show(problems, isQuiet) {
    this.tell(problems, isQuiet);
  }
  *all() {
    yield this;
    for (const each of this.controls) yield* each.all();
  }
}

/* A list of mappings or of prose: entries that can be added and taken out. */
export class ListField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.entries = [];
    this.inner = make("ol", { class: "bfe-entries" });
    this.adding = button(`Add ${spec.entry || "one"}`, () => this.add(), { class: "bfe-quiet" });
    this.input = make("fieldset", { class: "bfe-many" }, make("legend", { text: spec.label }), ...(this.help ? [this.help] : []), this.inner, this.adding);
    this.element.append(this.input, this.problems);
  }
  #build(values) {
    this.entries = values.map((value, index) => {
      // of a finding that is right as it stands nothing but the reason is the author's
      const allowed = this.spec.name === "allow" && value?.code && { label: "It is right as it stands", settled: ["code", "passage"] };
      const own = this.spec.fields?.length ? { name: String(index), label: `${index + 1}`, type: "mapping", fields: this.spec.fields, ...allowed } : { name: String(index), label: `${this.spec.entry || this.spec.label} ${index + 1}`, type: this.spec.of || "prose", required: true };
      const made = this.form.control(own, `${this.path}.${index}`);
      made.fill(value);
      if (made instanceof GroupField) made.input.open = true;
      return made;
    });
    this.inner.replaceChildren(...this.entries.map((entry, index) =>
      make("li", {}, entry.element, button("Remove", () => this.remove(index), { class: "bfe-quiet", "aria-label": `Remove ${this.spec.label} ${index + 1}` }))));
  }
  add(value = "") {
    this.#build([...this.entries.map((entry) => entry.written), value]);
    this.entries.at(-1).focus();
  }
  remove(index) {
    this.#build(this.entries.map((entry) => entry.written).filter((_, at) => at !== index));
    this.changed();
    this.adding.focus();
  }
  get value() {
    return this.entries.map((entry) => entry.written).filter((value) => !isEmpty(value));
  }
  set value(value) {
    this.#build(Array.isArray(value) ? value : isEmpty(value) ? [] : [value]);
  }
  focus() {
    (this.entries[0] || this.adding).focus();
  }
  show(problems, isQuiet) {
    this.tell(problems, isQuiet);
  }
  *all() {
    yield this;
    for (const entry of this.entries) yield* entry.all();
  }
}
