/* What all fields of a form share: a label, a line of help, problems below, and what a value is. Values have the shape of
   the entry in the file. */

import { button, freshId, make } from "./dom.js";

const OPTIONAL = " (optional)", NEEDED = " (needed to publish)";

/* A field: it has `value`, set and got, and `focus`. `spec` is what the server says of it; what is likely for it can be
   `offered` there ([{value, label}]) and is taken with a press each. */
export class Control {
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
    this.element.append(label, ...this.#offers(), input, ...more, ...(this.help ? [this.help] : []), this.problems);
  }

  /* Buttons for what is likely, numbered as the keys that take them. */
  #offers() {
    const { offered = [], label } = this.spec;
    this.offers = offered.map((one, at) => button("", () => this.take(at), { class: "bfe-offered", "aria-pressed": "false", "data-value": one.value, "data-path": this.path }));
    this.offers.forEach((each, at) => each.append(make("kbd", { text: at + 1 }), " ", make("span", { dir: "auto", text: offered[at].label })));
    return this.offers.length ? [make("div", { class: "bfe-offers", role: "group", tabindex: "-1", "aria-label": `${label}: what is likely` }, ...this.offers)] : [];
  }

  /* Takes what is offered at a place, from 0. */
  take(at) {
    this.value = this.spec.offered[at].value;
    this.changed();
  }

  /* Shows which of those that are offered is chosen. */
  mark() {
    for (const each of this.offers || []) each.setAttribute("aria-pressed", String(each.dataset.value === this.value));
  }

  /* Says that publishing needs it; this stays said while it is filled in, until what need not be filled in is left out. */
  need(needed) {
    const words = this.kept === undefined ? NEEDED : " (to be filled in or left out)";
    if (!this.optional || (!needed && [NEEDED, words].includes(this.optional.textContent))) return;
    this.optional.textContent = needed ? words : OPTIONAL;
  }

  changed() {
    this.mark();
    this.form.changed(this.path);
  }

  /* Where something is offered, what is chosen of that has the focus, or all of it where nothing is chosen yet: Enter is to
     choose nothing that nobody has looked at. */
  focus() {
    const offers = this.offers || [];
    const chosen = offers.find(({ dataset }) => dataset.value === this.value) || (isEmpty(this.value) && offers[0]?.parentElement);
    (chosen || this.input).focus();
  }

  /* Takes over what the file has. What is still to be filled in there is no value: the field is empty, and unless somebody
     fills it in or leaves it out, it is written as it is. */
  fill(value) {
    const open = this.form.todos[this.path];
    this.kept = open && canonical(open.value) === canonical(value) && !open.offered ? value : undefined;
    this.value = this.kept === undefined ? (open?.offered && canonical(open.value) === canonical(value) ? open.offered : value) : "";
    this.mark();
  }

  /* What is to be written. */
  get written() {
    return this.kept !== undefined && isEmpty(this.value) ? this.kept : this.value;
  }

  /* Shows problems; those that are quiet only say what is still to be done, and are no alarm. */
  show(problems, isQuiet = () => false) {
    this.tell(problems, isQuiet);
    const wrong = problems.some((problem) => problem.severity === "error" && !isQuiet(problem));
    if (problems.length) this.element.parentElement?.closest("details.bfe-more")?.setAttribute("open", "");
    this.element.classList.toggle("bfe-wrong", wrong);
    this.input?.setAttribute("aria-invalid", String(wrong));
  }

  /* Says what is wrong; what is said already stays, or a button in it would go while it is pressed. */
  tell(problems, isQuiet) {
    const saying = JSON.stringify([problems, problems.map(isQuiet), this.kept]);
    if (saying === this.saying) return;
    this.saying = saying;
    this.problems.replaceChildren(...problems.map((problem) => {
      const leaving = this.leaving(problem); // what can be left out is not needed
      return problemLine(problem, isQuiet(problem) && (leaving ? "open" : "needed"), ...this.form.ways(problem), leaving);
    }));
  }

  /* The way to leave out what need not be filled in. */
  leaving(problem) {
    if (!isTodo(problem) || this.kept === undefined || this.spec.required) return null;
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

export const isEmpty = (value) => value === undefined || value === null || value === "" || (typeof value === "object" && !Object.keys(value).length);

/* Whether a problem says no more than that something is still to be written. */
export const isTodo = ({ code }) => code === "todo-left" || code === "todo-published";

/* A list of one is written as that one, and what is empty not at all. */
export const canonical = (value) => JSON.stringify(isEmpty(value) ? "" : Array.isArray(value) && value.length === 1 ? value[0] : value);

/* A problem with what can be done about it; the help is often an example in several lines. A quiet one says only what is
   still to be filled in: `needed` to publish, or `open`, where it can be left out. */
export function problemLine({ severity, code, message, help }, quiet = "", ...ways) {
  const isNeeded = quiet !== "open" && (severity === "error" || isTodo({ code }));
  return make("li", { class: `bfe-problem bfe-${quiet ? "open" : severity}` },
    quiet ? make("span", { class: message.startsWith("this is ") || !isNeeded ? "bf-unseen" : "bfe-needed", text: isNeeded ? "Needed: " : "To fill in: " }) : make("span", { class: "bf-unseen", text: `${severity === "error" ? "Problem" : "Warning"}: ` }),
    ...said(message, help), ...ways);
}

/* A message and its help, with what is between backticks as code. They begin with a capital, unless with a name. */
export const said = (message, help) => Object.entries({ message, hint: help }).filter(([, words]) => words).map(([name, words]) =>
  make("span", { class: `bfe-${name}${/^\p{Ll}/u.test(words) ? " bfe-capital" : ""}`, dir: "auto" }, ...withCode(words)));

export const withCode = (words) => words.split("`").map((part, index) => (index % 2 ? make("code", { text: part }) : part));
