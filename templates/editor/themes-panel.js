/* The themes of the board and the reasons to set aside: where comments are dropped, and where a theme is described. */

import { memory } from "./api.js";
import { said } from "./control.js";
import { nameWays } from "./dialogs.js";
import { button, freshId, make, plural } from "./dom.js";
import { STANCES } from "./themes-list.js";

const AT_ONCE = 60; // comments of a theme that are listed in its form; more at a press
const TYPED = "themes-typed"; // by theme, what is typed of it and not saved, with what was there before: {fields, seen}

export class ThemePanel {
  /* `acts` are what its controls do: show, goThrough, placeChosen, change, remove, add, naming. */
  constructor(acts) {
    this.acts = acts;
    this.themes = document.getElementById("themes");
    this.none = document.getElementById("no-theme");
    this.reasons = document.getElementById("aside");
    this.problems = document.getElementById("problems");
    this.forms = new Map();
    this.typed = new Map(Object.entries(memory.get(TYPED) || {}));
    this.title = document.getElementById("new-title");
    this.title.value = memory.get("themes-new") || "";
    this.title.addEventListener("input", () => memory.set("themes-new", this.title.value || null));
    const form = document.getElementById("new-theme");
    this.adding = form.querySelector("button");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.title.value.trim()) this.#add(this.title.value.trim());
    });
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || this.title.value.trim() || this.#with([]));
    this.#with([]);
  }

  /* Asks for the title of a theme that begins with these comments. */
  begin(comments) {
    this.title.focus();
    this.#with(comments);
  }

  #with(comments) {
    this.first = comments;
    this.adding.textContent = comments.length ? `Add with ${this.acts.naming(comments)}` : "Add";
  }

  async #add(title) {
    if (!(await this.acts.add(title, this.first))) return;
    this.title.value = "";
    memory.set("themes-new", null);
    this.#with([]);
  }

  draw(board) {
    const focused = document.activeElement;
    const named = focused?.closest?.("#themes, #aside") && focused.dataset.control;
    const { themes, problems } = board.state;
    for (const kept of [this.forms, this.typed]) for (const id of kept.keys()) if (!themes.some((theme) => theme.id === id)) kept.delete(id);
    this.none.hidden = themes.length > 0;
    this.themes.replaceChildren(...themes.map((theme, at) => this.#theme(theme, at, board)));
    this.reasons.replaceChildren(...board.reasons.map((reason) => this.#reason(reason, board)));
    this.problems.hidden = !problems.length;
    this.problems.replaceChildren(make("ul", {}, ...problems.map((one) => problemLine(one, this.acts.name))));
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    else if (named) document.querySelector(`[data-control="${CSS.escape(named)}"]`)?.focus({ preventScroll: true });
  }

  #theme(theme, at, board) {
    const seen = board.view === `theme:${theme.id}`;
    const described = theme.about ? `For or against: ${theme.about}` : "";
    return make("li", { class: "target", "data-target": "theme", "data-id": theme.id },
      make("div", { class: "line" },
        at < 9 && make("kbd", { text: String(at + 1), "aria-hidden": "true" }),
        button(theme.title, () => this.acts.show(seen ? "unsorted" : `theme:${theme.id}`), { class: "name", "aria-pressed": String(seen), "data-control": `show ${theme.id}`, title: "Show its comments" }),
        theme.status !== "published" && make("span", { class: "draft", text: theme.status }),
        make("span", { class: "number", text: plural(theme.members.length, "comment") }),
        this.#here({ target: "theme", id: theme.id }, theme.title, board)),
      described && make("p", { class: "about", text: described, dir: "auto" }),
      stanceBar(theme),
      theme.about && left(theme) > 0 && make("div", { class: "asking" }, `Now give each comment a stance: ${left(theme)} of ${theme.members.length} left. `,
        seen ? KEYS : button("Show them", () => this.acts.goThrough(`theme:${theme.id}`), { "data-control": `stances ${theme.id}`, "aria-label": `Show the comments of ${theme.title}` })),
      theme.problems.length > 0 && make("ul", { class: "found" }, ...theme.problems.map((one) => problemLine(one))),
      this.#details(theme, board));
  }

  /* Opens the form of a theme, with the focus on its summary. */
  describe(id) {
    const details = this.forms.get(id);
    details.open = true;
    details.querySelector("[name=summary]").focus();
  }

  /* What puts the comments that are ticked into a theme, or aside; nothing where none is. */
  #here(target, name, { picked }) {
    const what = plural(picked.size, "comment");
    return picked.size > 0 && button(`Put ${picked.size} here`, () => this.acts.placeChosen(target), { class: "here", "data-control": `here ${name}`, "aria-label": target.target === "aside" ? `Set ${what} aside: ${name}` : `Put ${what} into ${name}` });
  }

  /* The form of a theme: kept while it is open or holds something that is not saved. */
  #details(theme, board) {
    const kept = this.forms.get(theme.id);
    const typed = this.typed.get(theme.id);
    if (kept && (kept.open || typed)) {
      listCitable(kept, theme.id, board);
      return kept;
    }
    const field = (name, label, control) => [name, label, control];
    const rows = [
      field("title", "Title", make("input", { maxlength: "200" })),
      field("about", "The statement that comments are for or against (optional): one sentence, as somebody who is for it would say it, such as “The ferry should go at night”", make("input", {})),
      field("status", "Status", make("select", {}, ...["published", "review", "draft"].map((each) => make("option", { value: each, text: each })))),
      field("summary", "Summary; every sentence cites comments, as [@c3]: press Cite below", make("textarea", { rows: "4" })),
    ];
    const form = make("form", {}, ...rows.map(([name, label, control]) => {
      control.name = name;
      control.value = typed?.fields[name] ?? theme[name];
      const wrong = make("ul", { class: "wrong", id: freshId("wrong") });
      control.setAttribute("aria-describedby", wrong.id);
      return make("div", {}, make("label", {}, label, control), wrong);
    }));
    const before = { ...theme, ...typed?.seen };
    const summary = make("summary", { "data-control": `describe ${theme.id}` });
    // no comment that is scrolled goes behind what saves, nor does it lie over a field
    const written = form.elements.summary.closest("div");
    written.after(make("ul", { class: "citable", "aria-label": `Comments in ${theme.title}` }));
    const asking = make("p", { class: "asking", role: "status" });
    form.elements.about.closest("div").append(asking);
    const details = make("details", { open: Boolean(typed) }, summary, form);
    details.addEventListener("toggle", () => listCitable(details, theme.id, board));
    listCitable(details, theme.id, board);
    const allowed = []; // what is right as it stands, with its reason, until it is saved
    const discard = button("Discard", () => this.#close(theme));
    const note = () => {
      const changed = rows.map(([name, , control]) => [name, control.value]).filter(([name, value]) => value !== before[name]);
      const fields = Object.fromEntries(changed);
      const seen = Object.fromEntries(changed.map(([name]) => [name, before[name]]));
      this.#keep(theme.id, changed.length ? { fields, seen } : null);
      summary.textContent = changed.length ? "Describe: not saved yet" : "Describe";
      summary.setAttribute("aria-label", `Describe ${theme.title}${changed.length ? ": not saved yet" : ""}`);
      discard.hidden = !changed.length;
      const now = board.state.themes.find(({ id }) => id === theme.id) || theme;
      const asked = fields.about?.trim() && left(now) ? `Comments are for this (supportive) or against it (critical). Once it is saved, give each a stance: ${left(now)} of ${now.members.length} left.` : "";
      if (asking.textContent !== asked) asking.textContent = asked;
      return { fields, seen };
    };
    form.addEventListener("input", note);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const about = note();
      allowed.push(...allowedIn(form));
      const wrong = Object.keys(about.fields).length ? await this.acts.change(theme, { ...about, allow: allowed }) : null;
      if (wrong) tellWrong(form, wrong);
      else this.#close(theme);
    });
    note();
    written.append(make("div", { class: "buttons" }, make("button", { text: "Save" }), discard,
      button("Remove theme", () => this.acts.remove(theme))));
    this.forms.set(theme.id, details);
    return details;
  }

  #keep(id, typed) {
    if (typed) this.typed.set(id, typed);
    else this.typed.delete(id);
    memory.set(TYPED, this.typed.size ? Object.fromEntries(this.typed) : null);
  }

  #close(theme) {
    this.#keep(theme.id, null);
    this.forms.delete(theme.id);
    this.acts.redraw();
    this.themes.querySelector(`[data-control="describe ${CSS.escape(theme.id)}"]`)?.focus({ preventScroll: true });
  }

  #reason(reason, board) {
    const many = board.state.aside.filter((one) => one.reason === reason).length;
    return make("li", { class: "target", "data-target": "aside", "data-reason": reason },
      make("div", { class: "line" },
        button(reason, () => this.acts.show("aside"), { class: "name", title: `${board.reasonWords[reason]}. Press to show what is set aside`, "data-control": `reason ${reason}` }),
        make("span", { class: "number", text: String(many) }),
        this.#here({ target: "aside", reason }, reason, board)));
  }
}

/* Says why a theme was not saved at the fields that are wrong, of which the first has the focus; all that was typed stays. */
function tellWrong(form, problems) {
  const fields = [...form.elements].filter(({ name }) => name);
  const at = ({ field }) => fields.find(({ name }) => name === (field || "").split(".")[0]) || form.elements.summary;
  for (const field of fields) {
    const own = problems.filter((problem) => at(problem) === field);
    field.setAttribute("aria-invalid", String(own.length > 0));
    document.getElementById(field.getAttribute("aria-describedby")).replaceChildren(
      ...own.map(({ severity, message, help, allow }) => make("li", { class: `problem-${severity}` }, ...said(message, help), allow && allowing(allow))));
  }
  fields.find((field) => field.getAttribute("aria-invalid") === "true")?.focus();
}

/* A button with which a finding is right as it stands, for a reason that is asked for in its place. */
function allowing(allow) {
  const reason = make("input", { "data-allow": JSON.stringify(allow), dir: "auto" });
  const open = button("It is right as it stands…", () => {
    open.replaceWith(make("label", {}, "Why, for readers", reason));
    reason.focus();
  });
  return open;
}

/* What is allowed in a form, each with the reason that was written. */
const allowedIn = (form) => [...form.querySelectorAll("[data-allow]")].filter(({ value }) => value.trim()).map(({ dataset, value }) => ({ ...JSON.parse(dataset.allow), reason: value.trim() }));

/* Fills the list of a theme's comments in its open form: each with a button that cites it where one writes the summary. */
function listCitable(details, id, board) {
  const list = details.querySelector(".citable");
  const members = details.open ? board.state.themes.find((theme) => theme.id === id)?.members || [] : [];
  const limit = Number(list.dataset.limit) || AT_ONCE;
  const rows = members.slice(0, limit).map(({ comment }) => make("li", {},
    button(`Cite ${comment}`, () => insertCitation(details.querySelector("[name=summary]"), comment), { "data-control": `cite ${id} ${comment}` }),
    make("span", { text: board.texts.get(comment)?.text || "It has no words.", lang: board.language, dir: "auto" })));
  if (members.length > limit) {
    rows.push(make("li", {}, button(`Show ${Math.min(AT_ONCE, members.length - limit)} more of ${members.length - limit}`, () => {
      list.dataset.limit = limit + AT_ONCE;
      listCitable(details, id, board);
      list.children[limit].querySelector("button").focus();
    })));
  }
  list.replaceChildren(...rows);
}

/* Cites a comment where the cursor is, with a space before it, and goes on there. */
function insertCitation(field, id) {
  const at = field.selectionEnd;
  const space = /\S$/.test(field.value.slice(0, at)) ? " " : "";
  field.setRangeText(`${space}[@${id}]`, at, at, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/* `decide(name, way)` hears what becomes of a name in a comment. */
function problemLine(problem, decide) {
  const { code, severity, message, help, cure, name } = problem;
  const begun = (words) => words.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
  return make("li", { class: code === "todo-left" ? "problem-open" : `problem-${severity}`, title: cure || name ? null : help },
    begun(message), cure && make("span", { class: "cure", text: begun(cure) }), nameWays(problem, (way) => decide(name, way)));
}

const KEYS = "At each, choose it, or press + (supportive), − (critical), M (mixed) or 0 (neutral), then J for the next.";

/* How many comments of a theme have no stance yet. */
const left = (theme) => theme.members.filter(({ stance }) => !stance).length;

/* How the comments of a theme are divided; nothing where none has a stance. */
function stanceBar(theme) {
  if (!theme.members.some((one) => one.stance)) return null;
  const counts = ["supportive", "mixed", "neutral", "critical", ""].map((stance) => [stance || "none", theme.members.filter((one) => one.stance === stance).length]).filter(([, many]) => many);
  const words = counts.map(([stance, many]) => `${many} ${stance === "none" ? "without a stance" : STANCES[stance]}`).join(", ");
  const bar = make("div", { class: "bar", role: "img", "aria-label": words, title: words });
  for (const [stance, many] of counts) {
    const part = make("i", { class: stance });
    part.style.inlineSize = `${(100 * many) / theme.members.length}%`;
    bar.append(part);
  }
  return bar;
}
