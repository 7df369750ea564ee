/* Questions that have to be answered before the editor goes on. */

import { said } from "./control.js";
import { button, make } from "./dom.js";
import { hold } from "./hold.js";

/* Shows a dialog and returns what `build(end)` ends it with; null where it was cancelled. The focus goes back to where it
   was. `build` gives the dialog's elements: its heading, what may be more than there is room for, and last what always is
   in sight, which has the buttons. */
export function ask(build) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const end = (answer) => {
      dialog.remove();
      hold("question", false);
      before?.focus({ preventScroll: true });
      resolve(answer);
    };
    const inner = build(end);
    const [heading, foot] = [inner.shift(), inner.pop()];
    heading.id = "bfe-question";
    const body = make("div", { class: "bfe-body" }, ...inner);
    const dialog = make("dialog", { class: "bfe-dialog", "aria-labelledby": "bfe-question", lang: "en", dir: "ltr" }, make("header", {}, heading), body, make("footer", {}, foot));
    dialog.addEventListener("cancel", (event) => {
      if (event.target !== dialog) return; // nothing was chosen in a file picker, whose event comes up to here
      event.preventDefault();
      end(null);
    });
    document.body.append(dialog);
    hold("question", true);
    dialog.showModal();
    // what cannot have the focus inside is scrolled by keys when it has it itself
    if (!body.querySelector("a, button, input, textarea, select")) body.tabIndex = 0;
  });
}

/* Asks how an annotation is to go: taken out without a trace, or withdrawn, so that its address says when and why. Returns
   `{how, reason}`, or null. `cited` are the names of the places that cite it. */
export function askRemoval(id, cited) {
  return ask((end) => {
    const reason = make("textarea", { id: "bfe-reason", rows: 2, dir: "auto", "aria-required": "true" });
    const why = make("div", { class: "bfe-field", hidden: true }, make("label", { for: "bfe-reason", text: "Why, for readers" }), reason);
    const go = button("Delete", () => finish(), { class: "bfe-primary bfe-danger" });
    const way = (how, words, help) => {
      const input = make("input", { type: "radio", name: "bfe-how", value: how, id: `bfe-how-${how}`, onchange: turn });
      return [input, make("div", { class: "bfe-way" }, input, make("label", { for: input.id }, make("strong", { text: words }), ` ${help}`))];
    };
    const [deleting, first] = way("delete", "Delete it.", "Nobody has seen it yet: it goes without a trace.");
    const [withdrawing, second] = way("withdraw", "Withdraw it.", "It was published: its address stays and says when and why it was taken back.");
    deleting.checked = true;
    function turn() {
      why.hidden = !withdrawing.checked;
      go.textContent = withdrawing.checked ? "Withdraw" : "Delete";
    }
    function finish() {
      const answer = { how: withdrawing.checked ? "withdraw" : "delete", reason: withdrawing.checked ? reason.value.trim() : "" };
      if (withdrawing.checked && !answer.reason) {
        reason.setAttribute("aria-invalid", "true");
        reason.focus();
      } else end(answer);
    }
    const citing = cited.length
      ? [make("p", { text: "It is cited by:" }), make("ul", {}, ...cited.map((name) => make("li", { dir: "auto", text: name }))), make("p", { text: "What cites it is to be changed first: nothing is removed while something cites it." })]
      : [make("p", { text: "Nothing cites it." })];
    return [make("h2", { text: `Remove “${id}”?` }), ...citing, make("fieldset", {}, make("legend", { text: "How?" }), first, second), why,
      make("div", { class: "bfe-buttons" }, go, button("Cancel", () => end(null), { class: "bfe-quiet" }))];
  });
}

/* Lists of problems, those in drafts folded up. Each says where it is dealt with: in a form or on a page of the editor, or
   in a file. `choose(problem, way)` hears which was chosen, for a name in a comment with what is to become of it. */
export function problemLists(problems, choose) {
  const where = ({ form, href, file, line }) => (form ? (form.kind === "briefing" ? "About this briefing" : `“${form.words || form.id}”`) : href ? "Themes" : `${file}${line ? `, line ${line}` : ""}`);
  const row = (problem) => {
    const { severity, code, message, help, form, href } = problem;
    const word = code === "todo-left" ? "To fill in" : severity === "error" ? "Problem" : "Warning";
    const words = [make("span", { class: "bfe-word", text: word }), " ", ...said(message, form || href ? "" : help), make("span", { class: "bfe-detail", dir: "auto", text: where(problem) })];
    const inner = form || href ? button("", () => choose(problem), { class: "bfe-row" }) : make("div", { class: "bfe-row" });
    inner.append(...words);
    return make("li", { class: code === "todo-left" ? "bfe-open" : `bfe-${severity}` }, inner, nameWays(problem, (way) => choose(problem, way)));
  };
  const listed = (rows) => make("ul", { class: "bfe-found-list" }, ...rows.map(row));
  const inDrafts = problems.filter(({ draft }) => draft), rest = problems.filter(({ draft }) => !draft);
  return [rest.length ? listed(rest) : make("p", { text: inDrafts.length ? "Nothing but what drafts may leave open." : "Nothing any more." }),
    ...(inDrafts.length ? [make("details", {}, make("summary", { text: `In drafts, which can stay so (${inDrafts.length})` }), listed(inDrafts))] : [])];
}

/* Lists problems, and returns the one that is chosen as `{problem, way}`, or null. */
export const askProblem = (problems) => ask((end) => [make("h2", { text: "What a check finds" }),
  ...problemLists(problems, (problem, way) => end({ problem, way })),
  make("div", { class: "bfe-buttons" }, button("Close", () => end(null)))]);

/* Buttons for a name that a check has found in a comment; null for other problems. `choose` hears what it is to be. */
export const nameWays = ({ name }, choose) => (name ? make("div", { class: "bfe-ways" },
  button(`Hide “${name.words}” in comments`, () => choose("hide"), { class: "bfe-quiet" }),
  button("It is no name…", () => choose("keep"), { class: "bfe-quiet" })) : null);

/* What the board does with such a name, with the words that say so; null where no reason was given. */
export async function askNameStep({ words, comment }, way) {
  if (way === "hide") return { step: { do: "hide-name", words }, words: `“[name]” stands for “${words}” in comments` };
  const reason = await ask((end) => {
    const why = make("input", { type: "text", id: "bfe-no-name", dir: "auto", "aria-required": "true" });
    const finish = () => (why.value.trim() ? end(why.value.trim()) : why.focus());
    why.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && finish());
    return [make("h2", { dir: "auto", text: `“${words}” is no name, or may stand in ${comment}` }),
      make("div", { class: "bfe-field" }, make("label", { for: why.id, text: "Why, for readers" }), why),
      make("div", { class: "bfe-buttons" }, button("Save", finish, { class: "bfe-primary" }), button("Cancel", () => end(null), { class: "bfe-quiet" }))];
  });
  return reason && { step: { do: "keep-name", comments: [comment], words, reason }, words: `“${words}” stays in ${comment}` };
}

/* Asks what is to become of something unsaved before something else is begun. Returns `continue`, `discard` or null. */
export function askUnsaved(name) {
  return ask((end) => [
    make("h2", { text: "There is something unsaved" }),
    make("p", { dir: "auto", text: `You have begun a ${name} and have not saved it.` }),
    make("div", { class: "bfe-buttons" }, button("Continue with it", () => end("continue"), { class: "bfe-primary" }),
      button("Discard it", () => end("discard")), button("Cancel", () => end(null), { class: "bfe-quiet" })),
  ]);
}

/* Asks who somebody is that is not among the people yet: name, kind and role, or of somebody who is in the register (has
   an `id`) the role alone. Returns what was asked as `{name, role}`, with `kind` for an organisation, or null. */
export function askPerson(who) {
  return ask((end) => {
    const name = make("input", { type: "text", id: "bfe-person-name", dir: "auto", autocomplete: "off", "aria-required": "true" });
    const role = make("input", { type: "text", id: "bfe-person-role", dir: "auto", autocomplete: "off" });
    name.value = who.name;
    const way = (kind, words) => {
      const input = make("input", { type: "radio", name: "bfe-person-kind", value: kind, id: `bfe-person-${kind}` });
      input.checked = kind === who.kind;
      return [input, make("label", { for: input.id }, input, make("span", { text: words }))];
    };
    const [human, asHuman] = way("person", "A person"), [body, asBody] = way("organisation", "An organisation");
    const finish = () => {
      if (who.id) end({ role: role.value.trim() });
      else if (name.value.trim()) end({ name: name.value.trim(), ...(body.checked && { kind: "organisation" }), role: role.value.trim() });
      else name.focus();
    };
    const onEnter = (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      finish();
    };
    for (const input of [name, human, body, role]) input.addEventListener("keydown", onEnter);
    const naming = make("div", { class: "bfe-field" }, make("label", { for: name.id, text: "Name in full" }), name);
    const kinds = make("fieldset", { class: "bfe-field" }, make("legend", { text: "This is the name of" }), make("div", { class: "bfe-ways" }, asHuman, asBody));
    return [make("h2", { dir: "auto", text: who.id ? `Add ${who.name} to the people of this briefing` : "Add to the people of this briefing" }),
      ...(who.id ? [] : [naming, kinds]),
      make("div", { class: "bfe-field" }, make("label", { for: role.id }, "Office or position at that time", make("span", { class: "bfe-optional", text: " (optional)" })), role),
      make("div", { class: "bfe-buttons" }, button("Add", finish, { class: "bfe-primary" }), button("Cancel", () => end(null), { class: "bfe-quiet" }))];
  });
}

/* Says that the example, whose page this was, is taken out; returns whether that is to be taken back. */
export async function tellExampleGone() {
  return Boolean(await ask((end) => [
    make("h2", { text: "The example is taken out" }),
    make("p", { text: "Its pages are gone from this site, and so is this one." }),
    make("div", { class: "bfe-buttons" }, button("To the first page of the site", () => end(null), { class: "bfe-primary" }), button("Undo", () => end("undo"))),
  ]));
}

/* Asks whether the example of a new site is to be deleted; returns whether it is. */
export async function askExample(folder) {
  return Boolean(await ask((end) => [
    make("h2", { text: "Take the example out?" }),
    make("p", {}, "Its folder, ", make("code", { text: folder }), ", is deleted. Nobody has changed anything in it, and ", make("code", { text: "briefing init" }), " makes another in another site."),
    make("div", { class: "bfe-buttons" }, button("Take it out", () => end(true), { class: "bfe-primary bfe-danger" }), button("Cancel", () => end(null), { class: "bfe-quiet" })),
  ]));
}
