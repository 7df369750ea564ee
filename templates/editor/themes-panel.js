/* The themes of the board and the reasons to set aside: where comments are dropped, and where a theme is described. */

import { button, make, plural } from "./dom.js";

export class ThemePanel {
  /* `acts` are what its controls do: show, change, remove, add. */
  constructor(acts) {
    this.acts = acts;
    this.themes = document.getElementById("themes");
    this.none = document.getElementById("no-theme");
    this.reasons = document.getElementById("aside");
    this.problems = document.getElementById("problems");
    this.forms = new Map();
    const form = document.getElementById("new-theme");
    this.title = document.getElementById("new-title");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.title.value.trim()) acts.add(this.title.value.trim()).then((made) => made && (this.title.value = ""));
    });
  }

  draw(board) {
    const focused = document.activeElement;
    const named = focused?.closest?.("#themes, #aside") && focused.dataset.control;
    const { themes, problems } = board.state;
    for (const id of this.forms.keys()) if (!themes.some((theme) => theme.id === id)) this.forms.delete(id);
    this.none.hidden = themes.length > 0;
    this.themes.replaceChildren(...themes.map((theme, at) => this.#theme(theme, at, board)));
    this.reasons.replaceChildren(...board.reasons.map((reason) => this.#reason(reason, board)));
    this.problems.hidden = !problems.length;
    this.problems.replaceChildren(make("ul", {}, ...problems.map(problemLine)));
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    else if (named) document.querySelector(`[data-control="${CSS.escape(named)}"]`)?.focus({ preventScroll: true });
  }

  #theme(theme, at, board) {
    const seen = board.view === `theme:${theme.id}`;
    const described = theme.about ? `Stances are towards: ${theme.about}` : "";
    return make("li", { class: "target", "data-target": "theme", "data-id": theme.id },
      make("div", { class: "line" },
        at < 9 && make("kbd", { text: String(at + 1), "aria-hidden": "true" }),
        button(theme.title, () => this.acts.show(seen ? "unsorted" : `theme:${theme.id}`), { class: "name", "aria-pressed": String(seen), "data-control": `show ${theme.id}`, title: "Show its comments" }),
        theme.status !== "published" && make("span", { class: "draft", text: theme.status }),
        make("span", { class: "number", text: plural(theme.members.length, "comment") })),
      described && make("p", { class: "about", text: described, dir: "auto" }),
      stanceBar(theme),
      theme.problems.length > 0 && make("ul", { class: "found" }, ...theme.problems.map(problemLine)),
      this.#details(theme));
  }

  /* The form of a theme: kept while it is open, so that nothing that is being typed is lost. */
  #details(theme) {
    const kept = this.forms.get(theme.id);
    if (kept?.open) return kept;
    const field = (name, label, control) => [name, label, control];
    const rows = [
      field("title", "Title", make("input", { maxlength: "200" })),
      field("about", "Stances are towards this statement", make("input", {})),
      field("summary", "Summary; every sentence cites comments, as [@c3]", make("textarea", { rows: "4" })),
      field("status", "Status", make("select", {}, ...["published", "review", "draft"].map((each) => make("option", { value: each, text: each })))),
    ];
    const form = make("form", {}, ...rows.map(([name, label, control]) => {
      control.name = name;
      control.value = theme[name];
      return make("label", {}, label, control);
    }));
    const details = make("details", {}, make("summary", { text: "Describe", "data-control": `describe ${theme.id}`, "aria-label": `Describe ${theme.title}` }), form);
    const save = async () => {
      const given = Object.fromEntries(rows.map(([name, , control]) => [name, control.value]));
      const changed = Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== theme[name]));
      const seen = Object.fromEntries(Object.keys(changed).map((name) => [name, theme[name]]));
      if (!Object.keys(changed).length || (await this.acts.change(theme, changed, seen))) {
        details.open = false;
        this.acts.redraw();
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save();
    });
    form.append(make("div", { class: "buttons" }, make("button", { text: "Save" }),
      button("Remove theme", () => this.acts.remove(theme))));
    this.forms.set(theme.id, details);
    return details;
  }

  #reason(reason, board) {
    const many = board.state.aside.filter((one) => one.reason === reason).length;
    return make("li", { class: "target", "data-target": "aside", "data-reason": reason },
      make("div", { class: "line" },
        button(reason, () => this.acts.show("aside"), { class: "name", title: "Show what is set aside", "data-control": `reason ${reason}` }),
        make("span", { class: "number", text: String(many) })));
  }
}

function problemLine(problem) {
  const { code, severity, message, help } = problem;
  return make("li", { class: code === "todo-left" ? "problem-open" : `problem-${severity}`, text: message.replace(/^\p{Ll}/u, (first) => first.toUpperCase()), title: help });
}

/* How the comments of a theme are divided; nothing where none has a stance. */
function stanceBar(theme) {
  if (!theme.members.some((one) => one.stance)) return null;
  const counts = ["supportive", "mixed", "neutral", "critical", ""].map((stance) => [stance || "none", theme.members.filter((one) => one.stance === stance).length]).filter(([, many]) => many);
  const words = counts.map(([stance, many]) => `${many} ${stance === "none" ? "without a stance" : stance}`).join(", ");
  const bar = make("div", { class: "bar", role: "img", "aria-label": words, title: words });
  for (const [stance, many] of counts) {
    const part = make("i", { class: stance });
    part.style.inlineSize = `${(100 * many) / theme.members.length}%`;
    bar.append(part);
  }
  return bar;
}
