/* A form from what the server says of the fields of a kind: each field a control that knows its value and shows its
   problems. Values have the shape of the entry in the file. */

import { matches, Suggestions } from "./completion.js";
import { button, freshId, make } from "./dom.js";

const OPTIONAL = " (optional)";

/* What all controls share: a label, a line of help, and problems below. A control has `value`, set and got, and `focus`. */
class Control {
  constructor(spec, form, path) {
    Object.assign(this, { spec, form, path, id: freshId("field") });
    this.problems = make("ul", { class: "bfe-problems", id: `${this.id}-problems` });
    this.help = spec.help && make("p", { class: "bfe-help", id: `${this.id}-help` }, ...withCode(spec.help));
    this.element = make("div", { class: "bfe-field", "data-path": path });
  }

  /* Puts the pieces together around `input`, which the label is for. */
  around(input, ...more) {
    this.input = input;
    input.id = this.id;
    input.setAttribute("data-path", this.path);
    input.setAttribute("aria-describedby", [this.help && this.help.id, this.problems.id].filter(Boolean).join(" "));
    if (this.spec.required) input.setAttribute("aria-required", "true");
    const label = make("label", { for: this.id, text: this.spec.label });
    // where nothing is chosen of several, something is understood
    if (!this.spec.required && !this.spec.default) label.append((this.optional = make("span", { class: "bfe-optional", text: OPTIONAL })));
    this.element.append(label, input, ...more, ...(this.help ? [this.help] : []), this.problems);
  }

  /* Says whether publishing waits for it. */
  need(needed) {
    if (this.optional) this.optional.textContent = needed ? " (needed to publish)" : OPTIONAL;
  }

  changed() {
    this.form.changed(this.path);
  }

  focus() {
    this.input.focus();
  }

  /* Takes over what the file has. What is still to be filled in there is no value: the field is empty, and unless somebody
     fills it in or leaves it out, it is written as it is. */
  fill(value) {
    const open = this.form.todos[this.path];
    this.kept = open && canonical(open.value) === canonical(value) && !open.offered ? value : undefined;
    this.value = this.kept === undefined ? (open?.offered && canonical(open.value) === canonical(value) ? open.offered : value) : "";
  }

  /* What is to be written. */
  get written() {
    return this.kept !== undefined && isEmpty(this.value) ? this.kept : this.value;
  }

  /* Shows problems; those of a field that nobody has filled in yet are no alarm. */
  show(problems, quiet) {
    this.tell(problems, quiet);
    this.element.classList.toggle("bfe-wrong", !quiet && problems.some((problem) => problem.severity === "error"));
    this.input?.setAttribute("aria-invalid", String(!quiet && problems.some((problem) => problem.severity === "error")));
  }

  /* Says what is wrong; what is said already stays, or a button in it would go while it is pressed. */
  tell(problems, quiet) {
    const saying = JSON.stringify([problems, quiet, this.kept]);
    if (saying === this.saying) return;
    this.saying = saying;
    this.problems.replaceChildren(...problems.map((problem) => problemLine(problem, quiet, ...this.form.ways(problem), this.leaving(problem))));
  }

  /* The way to leave out what need not be filled in. */
  leaving({ code }) {
    if (code !== "todo-left" || this.kept === undefined || this.spec.required) return null;
    const leave = () => {
      this.kept = undefined;
      this.changed();
      this.focus();
    };
    return button("Leave it out", leave, { class: "bfe-quiet", "aria-label": `Leave ${this.spec.label} out` });
  }

  /* The controls by their paths. */
  *all() {
    yield this;
  }
}

/* A list of one is written as that one, and what is empty not at all. */
export const canonical = (value) => JSON.stringify(isEmpty(value) ? "" : Array.isArray(value) && value.length === 1 ? value[0] : value);

/* A problem with what can be done about it; the help is often an example in several lines. */
export function problemLine({ severity, message, help }, quiet = false, ...ways) {
  return make("li", { class: `bfe-problem bfe-${quiet ? "open" : severity}` },
    make("span", { class: "bf-unseen", text: quiet ? "To fill in: " : `${severity === "error" ? "Problem" : "Warning"}: ` }),
    ...said(message, help), ...ways);
}

/* A message and its help, with what is between backticks as code. They begin with a capital, unless with a name. */
export const said = (message, help) => Object.entries({ message, hint: help }).filter(([, words]) => words).map(([name, words]) =>
  make("span", { class: `bfe-${name}${/^\p{Ll}/u.test(words) ? " bfe-capital" : ""}`, dir: "auto" }, ...withCode(words)));

const withCode = (words) => words.split("`").map((part, index) => (index % 2 ? make("code", { text: part }) : part));

// --- text ------------------------------------------------------------------------------------------------------------

class TextField extends Control {
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

const CITING = /(\[[^[\]]*?)?@([\p{L}\p{N}_-]*)$/u; // what is before the cursor while a citation is typed

class ProseField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    const area = make("textarea", { rows: 2, dir: "auto", oninput: () => this.changed() });
    area.addEventListener("input", () => this.grow());
    this.suggestions = new Suggestions(area, { role: "", options: (query) => this.options(query), query: () => this.query(), choose: (option) => this.cite(option), say: form.say });
    const cite = button("Cite…", () => this.begin(), { class: "bfe-quiet", "aria-label": `Cite something in ${spec.label}` });
    this.around(area, this.suggestions.list, make("div", { class: "bfe-below" }, cite));
  }
  get value() {
    return this.input.value.trim();
  }
  set value(value) {
    this.input.value = value ?? "";
    requestAnimationFrame(() => this.grow());
  }
  /* As high as its text. */
  grow() {
    this.input.style.blockSize = "auto";
    if (this.input.scrollHeight) this.input.style.blockSize = `${this.input.scrollHeight + 2}px`;
  }
  query() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    return CITING.exec(before)?.[2] ?? null;
  }
  options(query) {
    const found = this.form.citable().filter(({ value, label, detail }) => matches(query, value, label, detail));
    const open = CITING.exec(this.input.value.slice(0, this.input.selectionStart))?.[1] !== undefined;
    return open ? this.form.orAdded(found, query, "references") : found;
  }
  begin() {
    this.focus();
    const before = this.input.value.slice(0, this.input.selectionStart);
    this.insert(before && !/\s$/.test(before) ? " [@" : "[@", 0);
    this.suggestions.look();
  }
  cite({ value, asks }) {
    if (asks) {
      this.form.addReference(asks.words, (ids) => this.cite({ value: ids.join("; @") }));
      return;
    }
    const before = this.input.value.slice(0, this.input.selectionStart);
    const [whole, open] = CITING.exec(before) || [""];
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

class ChoiceField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    const select = make("select", { onchange: () => this.changed() });
    this.usual = spec.required ? "Choose…" : spec.none || (spec.default ? `${spec.default} (as usual)` : "Not given");
    this.none = make("option", { value: "", text: this.usual });
    this.assumed = make("p", { class: "bfe-help bfe-assumed", role: "status", hidden: true });
    select.append(this.none);
    for (const choice of spec.choices) {
      const { value, label } = typeof choice === "string" ? { value: choice, label: choice } : choice;
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

/* One id out of a list, found by name, which the field shows. What is typed and in no list stays as it is, so that the
   check can say what is wrong with it. */
class IdField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.own = "";
    const input = make("input", { type: "text", spellcheck: "false", dir: "auto", placeholder: "Type a name", oninput: () => this.typed() });
    this.shown = make("span", { class: "bfe-named", dir: "auto" });
    this.suggestions = new Suggestions(input, {
      query: () => (this.known ? "" : input.value),
      options: (query) => this.options(query),
      choose: (option) => this.take(option),
      say: form.say,
    });
    this.around(input, this.suggestions.list, this.shown);
  }
  get known() {
    return this.form.named(this.spec.type).find(({ value }) => value === this.own);
  }
  options(query) {
    const found = this.form.named(this.spec.type).filter(({ value, label, detail }) => matches(query, value, label, detail));
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
  take({ value, label, add, join, asks }) {
    if (asks) {
      this.form.addReference(asks.words, ([id]) => this.#choose(id));
      return;
    }
    if (!add) this.#choose(value);
    if (add || join) this.#addPerson(value, add || label);
  }
  #choose(id) {
    this.value = id;
    this.changed();
  }
  /* Somebody new, without an id, or of another briefing is to be among the people of this one. */
  #addPerson(id, name) {
    this.form.addPerson?.({ id, name }, (made) => this.#choose(made), this.path);
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
    if (known?.join && this.form.addPerson) this.shown.append(" ", button(`Add ${known.label} to the people…`, () => this.#addPerson(known.value, known.label), { class: "bfe-quiet" }));
  }
}

/* Several names, each in a chip that can be taken out again. */
class IdsField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.chosen = [];
    this.chips = make("ul", { class: "bfe-chips", "aria-label": `${spec.label}: chosen` });
    const input = make("input", { type: "text", placeholder: spec.type === "tags" ? "Type a word, then Enter" : "Type a name, then Enter" });
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
    this.form.addReference(words, (ids) => ids.forEach((id) => this.add(id)));
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
  get value() {
    return [...this.chosen];
  }
  set value(value) {
    this.chosen = [value ?? []].flat().map(String).filter(Boolean);
    this.chips.hidden = !this.chosen.length;
    this.chips.replaceChildren(...this.chosen.map((one) => {
      const label = this.form.named(this.spec.type).find((known) => known.value === one)?.label || one;
      return make("li", {}, make("span", { dir: "auto", text: label }), button("×", () => this.remove(one), { "aria-label": `Remove ${label}` }));
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
class ValueField extends Control {
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
  show(problems, quiet) {
    this.tell(problems, quiet);
    const [first] = this.controls;
    if (first.path === this.path) first.input.setAttribute("aria-invalid", String(!quiet && problems.some(({ severity }) => severity === "error")));
  }
  *all() {
    yield this;
    for (const control of this.controls) if (control.path !== this.path) yield control;
  }
}

/* A mapping: its fields, folded away until it has something or is opened. */
class GroupField extends Control {
  constructor(spec, form, path) {
    super(spec, form, path);
    this.controls = spec.fields.map((each) => control({ ...each, required: each.required }, form, `${path}.${each.name}`));
    this.input = make("details", { class: "bfe-group" }, make("summary", { text: spec.label }),
      ...(this.help ? [this.help] : []), ...this.controls.map((each) => each.element));
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
  show(problems, quiet) {
    this.tell(problems, quiet);
  }
  *all() {
    yield this;
    for (const each of this.controls) yield* each.all();
  }
}

/* A list of mappings or of prose: entries that can be added and taken out. */
class ListField extends Control {
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
      const own = this.spec.fields?.length ? { name: String(index), label: `${index + 1}`, type: "mapping", fields: this.spec.fields } : { name: String(index), label: `${this.spec.entry || this.spec.label} ${index + 1}`, type: this.spec.of || "prose", required: true };
      const made = control(own, this.form, `${this.path}.${index}`);
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
  show(problems, quiet) {
    this.tell(problems, quiet);
  }
  *all() {
    yield this;
    for (const entry of this.entries) yield* entry.all();
  }
}

// --- the form --------------------------------------------------------------------------------------------------------

const CONTROLS = {
  prose: ProseField, choice: ChoiceField, value: ValueField, mapping: GroupField, list: ListField,
  person: IdField, reference: IdField, comment: IdField, measure: IdField, theme: IdField,
  people: IdsField, tags: IdsField, references: IdsField, comments: IdsField,
};

/* Short words in a list are chips; longer ones, and what has fields, are entries below one another. */
const isShortList = ({ type, of }) => type === "list" && (of === "short" || of === "id");
const control = (spec, form, path = spec.name) => new (isShortList(spec) ? IdsField : CONTROLS[spec.type] || TextField)(spec, form, path);

export const isEmpty = (value) => value === undefined || value === null || value === "" || (typeof value === "object" && !Object.keys(value).length);

/* The fields of a kind. `vocabulary` is what the server says of names, `onchange(path)` hears of every change, `todos`
   are the values that only say what is to be filled in, by their paths, `say` speaks to who does not see the page, and where that can be done, `addPerson({id, name}, done, path)` puts somebody, new
   without an id, among the people and `addReference(words, done)` makes new references, whose ids `done` gets. */
export class Form {
  constructor(specs, { vocabulary, onchange, say, todos = {}, addPerson = null, addReference = null }) {
    Object.assign(this, { vocabulary, onchange, say, todos, addPerson, addReference });
    const rank = ({ name, type, required }) => (name === "note" || (required && type === "prose") ? 1 : required ? 0 : 2);
    this.controls = [...specs].sort((one, other) => rank(one) - rank(other)).map((spec) => control(spec, this));
    const more = this.controls.filter((each) => each.spec.more);
    this.more = more.length ? make("details", { class: "bfe-more" }, make("summary", { text: "More fields" }), ...more.map((each) => each.element)) : null;
    this.element = make("div", { class: "bfe-form" }, ...this.controls.filter((each) => !each.spec.more).map((each) => each.element), this.more);
  }

  changed(path) {
    this.onchange(path);
  }

  get values() {
    return Object.fromEntries(this.controls.map((each) => [each.spec.name, each.written]));
  }

  /* Fills in the fields that `values` has. */
  set values(values) {
    for (const each of this.controls) if (each.spec.name in values) each.fill(values[each.spec.name]);
    if (this.more) this.more.open = this.controls.some((each) => each.spec.more && !isEmpty(each.value));
  }

  /* Shows each problem below its field and returns those that belong to none. `isQuiet(path)`: nobody was there yet. */
  show(problems, isQuiet) {
    const controls = new Map(this.controls.flatMap((each) => [...each.all()]).map((each) => [each.path, each]));
    const own = new Map([...controls.keys()].map((path) => [path, []]));
    const rest = [];
    for (const problem of problems) {
      let path = problem.field || "";
      while (path && !own.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf(".")));
      (own.get(path) || rest).push(problem);
    }
    for (const [path, each] of controls) each.show(own.get(path), isQuiet(path) && isEmpty(each.value));
    const folded = this.more && this.controls.some((each) => each.spec.more && [...each.all()].some((one) => own.get(one.path).length));
    if (folded) this.more.open = true;
    return rest;
  }

  /* Says at each field whether publishing waits for it; `paths` are of these, or within them. */
  need(paths) {
    for (const each of this.controls.flatMap((one) => [...one.all()])) each.need(paths.some((path) => `${path}.`.startsWith(`${each.path}.`)));
  }

  /* Ways out of a problem: that a finding is right as it stands is said with a reason. */
  ways({ allow }) {
    const list = allow && this.controls.find((each) => each.spec.name === "allow");
    if (!list) return [];
    const allowing = () => {
      this.more.open = true;
      list.add(allow);
      this.changed(list.path);
      this.at(`${list.path}.${list.entries.length - 1}.reason`)?.focus();
    };
    return [button("It is right as it stands…", allowing, { class: "bfe-quiet" })];
  }

  /* The control of a path, or of the field that it is in. */
  at(path) {
    return this.controls.flatMap((each) => [...each.all()]).find((each) => each.path === path);
  }

  /* What a list of this type offers. */
  named(type) {
    const { people = [], tags = [], references = [], measures = [], comments = [], themes = [] } = this.vocabulary;
    const lists = {
      person: people.map(({ id, name, role, here }) => ({ value: id, label: name, detail: here ? role : "not in this briefing yet", join: !here })),
      tags: tags.map((tag) => ({ value: tag, label: tag })),
      references: this.citable(),
      reference: references.map(({ id, title }) => ({ value: id, label: title, detail: id })),
      measure: measures.map(({ id, label }) => ({ value: id, label, detail: id })),
      comment: comments.map(({ id, words }) => ({ value: id, label: id, detail: words })),
      theme: themes.map(({ id, title }) => ({ value: id, label: title, detail: id })),
    };
    return lists[{ people: "person", comments: "comment" }[type] || type] || [];
  }

  /* What was found for words in a field of a type; where works are looked for, with the way to add one. */
  orAdded(found, words, type) {
    if (!this.addReference || !["reference", "references"].includes(type)) return found;
    return [...found, { value: "", label: found.length ? "Add a reference…" : "Nothing found. Add a reference…", asks: { words: words.trim() } }];
  }

  /* What a note can cite: works first, then annotations and comments. */
  citable() {
    const { references = [], annotations = [], comments = [] } = this.vocabulary;
    return [
      ...references.map(({ id, title }) => ({ value: id, label: title || id, detail: id })),
      ...annotations.map(({ id, kind, label }) => ({ value: id, label: label || id, detail: `${kind} · ${id}` })),
      ...comments.map(({ id, words }) => ({ value: id, label: words || id, detail: `comment · ${id}` })),
    ];
  }
}
