/* In the form of a briefing: whether it is published, and what is in the way; with each a button that leads to it. */

import { call } from "./api.js";
import { isTodo, said } from "./control.js";
import { askExample } from "./dialogs.js";
import { button, make, plural } from "./dom.js";

/* What publishes it once its status is set. */
export const NEXT = "run briefing build --strict";

const waiting = (drafts) => `${plural(drafts, "annotation")} ${drafts === 1 ? "is still a draft" : "are still drafts"} and can stay so: readers do not see ${drafts === 1 ? "it" : "them"}.`;

export class PublishingList {
  /* `go(problem)` leads to where something is dealt with, `publish()` sets the status and saves it, and `told({failed, words, undo})`
     hears what has become of the example. */
  constructor({ go, publish, told }) {
    Object.assign(this, { go, publish, told });
    this.state = make("p", { role: "status" });
    this.list = make("ul", { class: "bfe-found-list" });
    this.publishing = button("Publish: set the status and save", publish, { hidden: true });
    this.example = make("div", { class: "bfe-example", hidden: true });
    this.naming = make("p", { class: "bfe-naming", hidden: true });
    this.element = make("section", { class: "bfe-publishing", "aria-labelledby": "bfe-publishing", hidden: true },
      make("h3", { id: "bfe-publishing", text: "Publishing" }), this.state, this.list, this.publishing, this.naming, this.example);
  }

  /* Asks what is in the way with these fields, and shows it; returns the paths of the fields that publishing needs.
     `changed` tells whether the status is still to be saved. */
  async ask(fields, changed, signal) {
    const { status, problems, drafts, example, unnamed } = await call("publishing", { fields }, signal);
    const errors = problems.filter(({ severity }) => severity === "error");
    const open = problems.filter(({ code }) => code === "todo-left");
    const warnings = problems.filter((problem) => !errors.includes(problem) && !open.includes(problem));
    const published = status === "published";
    const now = published ? (changed ? `Not yet published: press Save, then ${NEXT}.` : `Published with the next build: ${NEXT}.`) : `${status === "draft" ? "A draft" : "Under review"}: only this preview shows it.`;
    const stop = warnings.length ? `${plural(warnings.length, "warning")} that would stop a strict build` : "";
    const strict = stop && (errors.length ? `, and ${stop}` : `There ${warnings.length === 1 ? "is" : "are"} ${stop}.`);
    const missing = errors.length ? `${published ? "The next build stops at" : "Before it can be published:"} ${plural(errors.length, "thing")} to do${strict}.` : "";
    const words = [published && errors.length ? "" : now, missing || strict, published || errors.length || strict ? "" : "Nothing more is needed to publish it.", drafts ? waiting(drafts) : ""].filter(Boolean).join(" ");
    if (this.state.textContent !== words) this.state.textContent = words; // said once
    this.list.replaceChildren(...[...errors, ...warnings].map((problem) => this.#row(problem)));
    this.publishing.hidden = published || errors.length > 0;
    this.#showExample(example);
    this.#showNaming(unnamed);
    this.element.hidden = false;
    // what is filled in and wrong is no need of publishing alone
    return errors.filter((problem) => problem.form?.kind === "briefing" && (isTodo(problem) || problem.code === "missing-field")).map(({ form }) => form.field);
  }

  #row(problem) {
    const { severity, message, help, form, href, file, line } = problem;
    const leads = form || href;
    const place = form ? form.kind !== "briefing" && `“${form.words || form.id}”` : href ? "Themes" : `${file}${line ? `, line ${line}` : ""}`;
    const row = leads ? button("", () => this.go(problem), { class: "bfe-row" }) : make("div", { class: "bfe-row" });
    row.append(...said(message, leads ? "" : help), ...(place ? [make("span", { class: "bfe-detail", dir: "auto", text: place })] : []));
    return make("li", { class: `bfe-${severity}` }, row);
  }

  /* Where the name of the site is written, which no page of the editor does: it is in no briefing. */
  #showNaming(unnamed) {
    this.naming.hidden = !unnamed;
    if (!unnamed) return;
    const { file, line, name, keys: [named, by] } = unnamed;
    this.naming.replaceChildren(`Readers see “${name}” as the name of this site. Write yours in `, make("code", { text: file }), `, line ${line}, as `, make("code", { text: `${named}"Your name for it"` }),
      ", and below it who makes the site, as ", make("code", { text: `${by}"You, or your organisation"` }), ". The preview follows when the file is saved.");
  }

  /* The example is published like any other briefing, so that its author should know. */
  #showExample(example) {
    this.example.hidden = !example;
    if (!example) return;
    const { here, folder, unchanged } = example;
    const what = here ? "This is the example that briefing init has made. It is published with your own briefings" : "The example that briefing init has made is published, too,";
    this.example.replaceChildren(
      make("p", { text: unchanged ? `${what} until you take it out.` : `${what} until you delete its folder, ${folder}.` }),
      ...(unchanged ? [button("Take the example out…", () => this.#takeOut(example), { class: "bfe-quiet" })] : []));
  }

  async #takeOut({ here, folder }) {
    if (!(await askExample(folder))) return;
    try {
      const { undo } = await call("example/take-out");
      this.example.hidden = true;
      this.told({ words: "The example is taken out", what: "the example", undo, gone: here });
    } catch (failed) {
      this.told({ failed });
    }
  }
}
