/* A form from what the server says of the fields of a kind: each field a control that knows its value and shows its
   problems. */

import { isEmpty } from "./control.js";
import { button, make } from "./dom.js";
import { ChoiceField, GroupField, IdField, IdsField, ListField, ParagraphsField, ProseField, TextField, ValueField } from "./fields.js";

const CONTROLS = {
  prose: ProseField, paragraphs: ParagraphsField, choice: ChoiceField, value: ValueField, mapping: GroupField, list: ListField,
  person: IdField, reference: IdField, comment: IdField, measure: IdField, theme: IdField,
  people: IdsField, tags: IdsField, references: IdsField, comments: IdsField,
};

/* Short words in a list are chips; longer ones, and what has fields, are entries below one another. */
const isShortList = ({ type, of }) => type === "list" && (of === "short" || of === "id");

/* The fields of a kind. `vocabulary` is what the server says of names, `onchange(path)` hears of every change and `begun(path)` of a field that a press has made, `todos`
   are the values that only say what is to be filled in, by their paths, `say` speaks to who does not see the page, and
   where that can be done, `addPerson({id, name}, done, path)` puts somebody, new without an id, among the people,
   `addReference(words, done)` makes new references, whose ids `done` gets, and `edit(kind, id, done, about)` shows what is
   named in a form of its own, without an id something new. */
export class Form {
  constructor(specs, { vocabulary, onchange, say, begun = () => {}, todos = {}, addPerson = null, addReference = null, edit = null }) {
    Object.assign(this, { vocabulary, onchange, say, begun, todos, addPerson, addReference, edit, only: null });
    const ranks = { kind: 1, note: 2 }; // what is understood of the kind is seen at once
    const rank = ({ name, type, required }) => ranks[name] ?? (required ? (type === "prose" ? 2 : 0) : 3);
    this.controls = [...specs].sort((one, other) => rank(one) - rank(other)).map((spec) => this.control(spec));
    const more = this.controls.filter((each) => each.spec.more);
    this.more = more.length ? make("details", { class: "bfe-more" }, make("summary", { text: "More fields" }), ...more.map((each) => each.element)) : null;
    this.element = make("div", { class: "bfe-form" }, ...this.controls.filter((each) => !each.spec.more).map((each) => each.element), this.more);
  }

  control(spec, path = spec.name) {
    return new (isShortList(spec) ? IdsField : CONTROLS[spec.type] || TextField)(spec, this, path);
  }

  changed(path) {
    this.onchange(path);
  }

  /* Shows the fields of these names alone, and those where something is wrong; all of them for null. */
  limit(names) {
    this.only = names && new Set(names);
    this.#arrange();
  }

  #arrange() {
    for (const { element, spec } of this.controls) element.hidden = Boolean(this.only && !this.only.has(spec.name));
    if (this.more) this.more.hidden = this.controls.every(({ element, spec }) => !spec.more || element.hidden);
  }

  /* The controls that are shown. */
  get shown() {
    return this.controls.filter(({ element }) => !element.hidden);
  }

  get values() {
    return Object.fromEntries(this.controls.map((each) => [each.spec.name, each.written]));
  }

  /* Fills in the fields that `values` has. */
  set values(values) {
    for (const each of this.controls) if (each.spec.name in values) each.fill(values[each.spec.name]);
    if (this.more) this.more.open = this.controls.some((each) => each.spec.more && !isEmpty(each.value));
  }

  /* Shows each problem below its field and returns those that belong to none. `isQuiet(path, problem, value)` tells
     whether it only says what is still to be done. */
  show(problems, isQuiet) {
    const controls = new Map(this.controls.flatMap((each) => [...each.all()]).map((each) => [each.path, each]));
    const own = new Map([...controls.keys()].map((path) => [path, []]));
    const rest = [];
    for (const problem of problems) {
      let path = problem.field || "";
      while (path && !own.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf(".")));
      (own.get(path) || rest).push(problem);
    }
    for (const [path, each] of controls) each.show(own.get(path), (problem) => isQuiet(path, problem, each.value));
    for (const { spec } of this.controls.filter((each) => [...each.all()].some((one) => own.get(one.path).length))) {
      if (spec.more) this.more.open = true;
      this.only?.add(spec.name);
    }
    this.#arrange();
    return rest;
  }

  /* Says at each field whether publishing waits for it; `paths` are of these, or within them. */
  need(paths) {
    for (const each of this.controls.flatMap((one) => [...one.all()])) each.need(paths.some((path) => `${path}.`.startsWith(`${each.path}.`)));
  }

  /* Ways out of a problem: the field that is to be filled in, and that a finding is right as it stands, with a reason. */
  ways({ fill, allow }) {
    const named = (name) => name && this.controls.find((each) => each.spec.name === name);
    const [field, list] = [named(fill), named(allow && "allow")];
    const filling = () => {
      this.#reveal(field);
      field.focus();
    };
    const allowing = () => {
      this.#reveal(list);
      list.add(allow);
      const reason = `${list.path}.${list.entries.length - 1}.reason`;
      this.begun(reason);
      this.changed(list.path);
      this.at(reason)?.focus();
    };
    return [
      field && button(`Fill in “${field.spec.label}”`, filling, { class: "bfe-quiet" }),
      list && button("It is right as it stands…", allowing, { class: "bfe-quiet" }),
    ].filter(Boolean);
  }

  /* Shows a field that is folded, or left out so far. */
  #reveal({ spec }) {
    if (spec.more) this.more.open = true;
    this.only?.add(spec.name);
    this.#arrange();
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

  /* The kind of form in which something that a field of a type names is edited; empty where there is none. */
  editedAs(type, id) {
    const { people = [], references = [], measures = [] } = this.vocabulary;
    const kind = { people: "person", references: "reference" }[type] || type;
    const known = { person: people.filter(({ here }) => here), reference: references, measure: measures }[kind];
    return this.edit && known?.some((one) => one.id === id) ? kind : "";
  }

  /* What was found for words in a field of a type, with the way to add a work or a measure. */
  orAdded(found, words, type) {
    if (this.edit && type === "measure" && words.trim()) {
      return found.some(({ label }) => label === words.trim()) ? found : [...found, { value: "", label: `Add “${words.trim()}” to the measures`, asks: { words: words.trim() } }];
    }
    if (!this.addReference || !["reference", "references"].includes(type)) return found;
    return [...found, { value: "", label: found.length ? "Add a reference…" : "Nothing found. Add a reference…", asks: { words: words.trim() } }];
  }

  /* What a note can cite: works first, each with what its excerpts say, then annotations and comments; last what is not
     published yet. */
  citable() {
    const { references = [], annotations = [], comments = [] } = this.vocabulary;
    const asOption = ({ id, kind, label, unpublished }) => ({ value: id, kind, label: label || id, detail: `${kind} · ${id}`, group: unpublished && "Not published yet: keep these first" });
    return [
      ...references.map(({ id, title, excerpts }) => ({ value: id, label: title || id, detail: id, lines: excerpts.map(({ words, where }) => `${where ? `${where}: ` : ""}“${words}”`) })),
      ...annotations.filter(({ unpublished }) => !unpublished).map(asOption),
      ...comments.map(({ id, words }) => ({ value: id, kind: "comment", label: words || id, detail: `comment · ${id}` })),
      ...annotations.filter(({ unpublished }) => unpublished).map(asOption),
    ];
  }
}
