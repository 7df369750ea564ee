/* The fields of a draft as a form: what is to be filled in before it is kept, or all of them to be changed. */

import { freshId, make } from "./dom.js";

/* Returns the texts within a value by their names in dots: {value: {from: "3"}} has “value.from”. */
export function leaves(value, name) {
  if (Array.isArray(value)) return value.flatMap((one, at) => leaves(one, `${name}.${at}`));
  if (value && typeof value === "object") return Object.entries(value).flatMap(([key, one]) => leaves(one, `${name}.${key}`));
  return [[name, value ?? ""]];
}

/* Returns the field of a form: `name`, `label`, `help`, `type`, `value`, and `choices` ([{id, name}]) where there are such. */
export function fieldFor({ name, label, help, type, value = "", choices = [], wrong = [], numbered = false }) {
  const id = freshId("field");
  const described = help || wrong.length ? `${id}-help` : null;
  const aid = make("div", { id: described }, ...(help ? [make("p", { class: "aid", text: help })] : []),
    ...wrong.map((words) => make("p", { class: "wrong", text: words })));
  if (numbered && choices.length && choices.length < 10) {
    const set = make("fieldset", { "data-name": name, "aria-describedby": described }, make("legend", { text: label }));
    choices.forEach((choice, at) => {
      const one = make("input", { type: "radio", name, value: choice.id, checked: choice.id === value });
      set.append(make("label", {}, one, make("kbd", { text: at + 1 }), make("span", { text: choice.name })));
    });
    return make("div", { class: "field" }, set, aid);
  }
  return make("div", { class: "field" }, make("label", { for: id, text: label }),
    control({ id, name, type, value, choices, "aria-describedby": described, "aria-invalid": wrong.length ? "true" : null }), aid);
}

function control({ id, name, type, value, choices, ...about }) {
  const known = { id, "data-name": name, ...about };
  if (choices.length) {
    const all = choices.some((choice) => choice.id === value) ? choices : [{ id: value, name: value || "–" }, ...choices];
    return make("select", known, ...all.map((choice) => make("option", { value: choice.id, text: choice.name, selected: choice.id === value })));
  }
  if (type === "prose") {
    const area = make("textarea", { ...known, rows: 3 });
    area.value = value;
    return area;
  }
  return make("input", { ...known, value, autocomplete: "off" });
}

/* Returns what a form holds by the names of its fields. */
export function valuesOf(form) {
  const found = {};
  for (const one of form.querySelectorAll("[data-name]")) {
    found[one.dataset.name] = one.tagName === "FIELDSET" ? one.querySelector(":checked")?.value ?? "" : one.value;
  }
  return found;
}

/* Returns the fields of a draft to be changed, by the forms and words of the vocabulary. */
export function allFields(draft, vocabulary) {
  const kind = draft.kind === "reported statement" ? "reported" : draft.list;
  const people = vocabulary.people.map((one) => ({ id: one.id, name: one.name }));
  const target = { name: "target", label: "Words", help: "Exactly as they are in the text.", type: "prose", choices: [] };
  const fields = [...vocabulary.kinds[kind].fields].sort((a, b) => b.required - a.required);
  return [...fields, target].flatMap((field) => {
    const given = draft.fields[field.name];
    if (field.name === "status") return [];
    if (given && typeof given === "object") {
      return leaves(given, field.name).map(([name, value]) => ({ name, label: `${field.label || name} (${name})`, type: "prose", value, choices: [] }));
    }
    const simple = ["short", "prose", "number", "date", "choice", "person", "value", "tags"].includes(field.type);
    if (given === undefined && (field.more || !simple)) return [];
    const choices = field.type === "person" ? people : (field.choices || []).map((one) => ({ id: one, name: one }));
    return [{ ...field, value: String(given ?? ""), choices: choices.length && !field.required ? [{ id: "", name: "–" }, ...choices] : choices }];
  });
}
