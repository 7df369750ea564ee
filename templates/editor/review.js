/* The review of drafts: one at a time beside its words, a key for each decision.

   The files are what is true: each decision is one request, after which the next draft is shown from what the server has
   read again. Only the order of this sitting, and what was left for later in it, is kept here. */

import { briefing, call, memory } from "./api.js";
import { isForControl, isTyping, make, plural } from "./dom.js";
import { allFields, fieldFor, valuesOf } from "./review-fields.js";

const $ = (id) => document.getElementById(id);
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
const SEEN = {
  withdrawn: "Readers have seen this: they are told when and why it was taken back.",
  true: "Readers see it on the page of sources, among what was set aside.",
  false: "For you and those who write with you. Readers do not see it.",
};
const TODO = /^TODO:?\s*/;

/* What waits, and what was decided in this sitting. `typed` is what was changed in the forms of drafts and not saved, by id
   and form; a draft that is left for later, a page that is loaded again, and an accident keep it. */
const sitting = { typed: memory.get("review-typed") || {}, drafts: new Map(), waiting: [], later: new Set(), done: [], kept: 0, ignored: 0, reason: "", busy: false, vocabulary: null };

const current = () => sitting.drafts.get(sitting.waiting[0]);

/* Takes over what the server has read: drafts that are new come last, those that have gone leave. */
function take(state) {
  sitting.drafts = new Map(state.drafts.map((draft) => [draft.id, draft]));
  const known = new Set([...sitting.waiting, ...sitting.later]);
  sitting.waiting = [...sitting.waiting.filter((id) => sitting.drafts.has(id)), ...[...sitting.drafts.keys()].filter((id) => !known.has(id))];
  document.documentElement.dataset.language = state.language;
  sitting.state = state;
}

function tell(words, failed = false) {
  $("told").textContent = words;
  $("told").classList.toggle("failed", failed);
}

// --- showing ---

function show({ refused = null } = {}) {
  const draft = current(), decided = sitting.kept + sitting.ignored, all = decided + sitting.drafts.size;
  $("bar").max = Math.max(all, 1);
  $("bar").value = decided;
  const later = [...sitting.later].filter((id) => sitting.drafts.has(id)).length;
  const counts = [`${sitting.kept} kept`, `${sitting.ignored} ignored`, ...(later ? [`${later} for later`] : [])].join(", ");
  $("count").textContent = draft ? `${Math.min(decided + 1, all)} of ${all} · ${counts}` : `${plural(all, "draft")} · ${counts}`;
  document.title = draft ? `${decided + 1} of ${all} · Review` : "Review";
  $("undo").hidden = !sitting.done.length;
  $("actions").hidden = !draft;
  $("draft").replaceChildren(...(draft ? drawn(draft, refused) : finished(all)));
  window.scrollTo(0, 0);
  if (!refused) $("draft").focus({ preventScroll: true });
}

function finished(all) {
  const left = sitting.drafts.size;
  const words = !all ? "There are no drafts to review." : left ? `That was all. ${plural(left, "draft")} left for later.` : "That was all. Nothing waits any more.";
  const note = sitting.state.status === "published" ? "" : `What you kept is published with the briefing, which is not published yet: press “Set the status to published” under “About this briefing” in the preview.`;
  return [make("div", { class: "done" }, make("p", { text: words }), ...(note && sitting.kept ? [make("p", { class: "what", text: note })] : []),
    ...(left ? [make("p", {}, make("button", { type: "button", text: "Go through them again", onclick: again }))] : []),
    make("p", {}, make("a", { href: `/${briefing}/`, text: "To the briefing" }))), ...unread()];
}

const unread = () => sitting.state.unread.map((name) => make("p", { class: "remark", text: `${name} cannot be read; briefing check says why.` }));

function drawn(draft, refused) {
  const place = draft.comment ? `comment ${draft.comment}` : draft.paragraph ? `paragraph ${draft.paragraph}` : "";
  const heading = make("h2", { text: capital(draft.kind) });
  const words = make("blockquote", { class: "words", dir: "auto", lang: sitting.state.language });
  for (const piece of draft.shown) words.append(make(piece.marked ? "mark" : "span", { text: piece.text }));
  if (!draft.shown.length) words.append("The words of this draft are not in the text.");
  const problems = refused ? refused.problems : draft.problems;
  return [
    heading,
    make("p", { class: "what", text: [draft.id, place, `${draft.file}:${draft.line}`, sitting.later.has(draft.id) ? "left for later before" : ""].filter(Boolean).join(" · ") }),
    words,
    ...(sitting.typed[draft.id]?.edit ? [make("p", { class: "remark", text: "You have changed fields of this draft and have not saved them: “Edit” has them." })] : []),
    ...draft.remarks.map((remark) => make("p", { class: "remark", text: capital(remark.replace(/^rebase: /, "")) })),
    ...problems.filter((one) => !isOpen(draft, one)).map(shownProblem),
    ...(draft.open.length ? [openForm(draft, refused)] : []),
    facts(draft),
    ...unread(),
  ];
}

const isOpen = (draft, problem) => draft.open.some((field) => field.name === problem.field);

const shownProblem = (problem) => make("div", { class: `problem ${problem.severity}` },
  make("p", { text: problem.message }), ...(problem.help ? [make("p", { class: "aid", text: problem.help })] : []));

function facts(draft) {
  const list = make("dl", { class: "facts" });
  for (const [name, value] of Object.entries(draft.fields)) {
    if (name === "target" ? draft.shown.length : name === "in") continue;
    const words = name === "speaker" && draft.speaker ? `${draft.speaker} (${value})` : told(value);
    if (!draft.open.some((field) => field.name === name)) list.append(make("dt", { text: name }), make("dd", { dir: "auto", text: words }));
  }
  return list;
}

function told(value) {
  if (Array.isArray(value)) return value.map(told).join("; ");
  if (value && typeof value === "object") return Object.entries(value).map(([key, one]) => `${key}: ${told(one)}`).join(", ");
  return String(value ?? "");
}

// --- forms ---

/* The fields that are to be filled in; Enter keeps the draft with them. */
function openForm(draft, refused) {
  const typed = sitting.typed[draft.id]?.open || {};
  const form = make("form", { id: "open", "data-form": "open", "aria-label": "To fill in", onsubmit: (event) => { event.preventDefault(); keep(); } }, make("h3", { text: "To fill in" }));
  for (const field of draft.open) {
    const wrong = refused ? refused.problems.filter((one) => one.field === field.name).map((one) => one.message) : [];
    const value = refused?.fields?.[field.name] ?? typed[field.name] ?? field.given;
    form.append(fieldFor({ ...field, label: capital(field.name.split(".").at(-1)), value, wrong, numbered: true }));
  }
  form.append(make("button", { class: "first", text: "Keep with this" }));
  form.before = Object.fromEntries(draft.open.map((field) => [field.name, field.given ?? ""]));
  return form;
}

/* The common reasons and the last one, each with its key, and a field for another. */
function openReason() {
  $("asked")?.remove();
  $("open")?.remove();
  const draft = current();
  const offered = [...sitting.state.reasons[draft.list].map((words, at) => [String(at + 1), words]), ...(sitting.reason ? [["s", sitting.reason]] : [])];
  const field = fieldFor({ name: "reason", label: "Another reason", type: "short", value: sitting.typed[draft.id]?.reason?.reason });
  const form = make("form", { id: "asked", "data-form": "reason", class: "reasons", "aria-label": "Ignore with a reason", onsubmit: (event) => { event.preventDefault(); ignore(valuesOf(form).reason); } },
    make("h3", { text: "Why is it ignored?" }), make("p", { class: "aid", text: SEEN[draft.was_published ? "withdrawn" : draft.reason_shown] }),
    ...offered.map(([key, words]) => make("button", { type: "button", dir: "auto", "data-key": key, onclick: () => ignore(words) }, make("kbd", { text: key.toUpperCase() }), " ", words, ...(key === "s" ? [make("span", { class: "aid", text: " – the same as last" })] : []))),
    field, make("div", { class: "row" }, make("button", { class: "first", text: "Ignore it" }), make("button", { type: "button", text: "Cancel", onclick: () => giveUp("reason") })));
  form.before = { reason: "" };
  ask(form);
  form.querySelector("button").focus();
}

/* Shows a form below the words, in place of what else can be decided. */
function ask(form) {
  $("draft").querySelector(".words").after(form);
  $("actions").hidden = true;
  focusField(form);
}

async function openEditor() {
  const draft = current();
  await attempt(async () => { sitting.vocabulary ||= await call("vocabulary"); });
  if (!sitting.vocabulary || current() !== draft) return;
  $("asked")?.remove();
  const fields = allFields(draft, sitting.vocabulary).map((field) => withoutTodo(field, draft));
  const before = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const typed = sitting.typed[draft.id]?.edit || {};
  const form = make("form", { id: "asked", "data-form": "edit", "aria-label": "Edit" }, make("h3", { text: "Edit" }), ...fields.map((field) => fieldFor({ ...field, value: typed[field.name] ?? field.value })),
    make("div", { class: "row" }, make("button", { class: "first", text: "Save, still a draft" }), make("button", { type: "button", text: "Cancel", onclick: () => giveUp("edit") })));
  $("open")?.remove();
  form.before = before;
  form.onsubmit = (event) => { event.preventDefault(); save(changed(valuesOf(form), before)); };
  ask(form);
}

/* What is still to be filled in is no value: the field has what is offered, if anything is, and says what is wanted. */
function withoutTodo({ value = "", help = "", ...field }, draft) {
  const open = draft.open.find((one) => one.name === field.name);
  const empty = TODO.test(value) ? "" : value;
  return { ...field, value: open?.given || empty, help: open?.help || help };
}

/* Returns the fields that say something else than before. */
const changed = (values, before) => Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== before[name]));

function focusField(form) {
  const field = form.querySelector("input:checked, [data-name]:not(fieldset), fieldset input");
  field?.focus();
  if (field?.type !== "radio") field?.select?.();
}

$("draft").addEventListener("input", ({ target }) => {
  const form = target.closest("form"), draft = current();
  if (form?.before && draft) type(draft.id, form.dataset.form, changed(valuesOf(form), form.before));
});

/* Keeps what was typed in a form of a draft; nothing where there is none. */
function type(id, form, fields) {
  const kept = { ...sitting.typed[id], [form]: fields };
  if (!Object.keys(fields).length) delete kept[form];
  forget(id);
  if (Object.keys(kept).length) sitting.typed[id] = kept;
  memory.set("review-typed", sitting.typed);
}

function forget(id) {
  delete sitting.typed[id];
  memory.set("review-typed", sitting.typed);
}

/* Goes back to the draft as it is in its file, without what was typed. */
function giveUp(form) {
  type(current().id, form, {});
  leave();
}

/* Goes back to the draft as it is in its file; what was typed is kept for when its form is opened again. */
function leave() {
  if ($("asked")) show();
  else $("draft").focus({ preventScroll: true });
}

// --- deciding ---

async function attempt(act) {
  if (sitting.busy) return;
  sitting.busy = true;
  $("draft").setAttribute("aria-busy", "true");
  try {
    await act();
  } catch (error) {
    tell([error.message, error.help].filter(Boolean).join(". "), true);
    if (error.status === 409 || error.status === 404) {
      take(await call("review/list").catch(() => sitting.state));
      show();
    }
  } finally {
    sitting.busy = false;
    $("draft").removeAttribute("aria-busy");
  }
}

function decide(decision, asked, done) {
  const draft = current();
  return attempt(async () => {
    const answer = await call("review/decide", { id: draft.id, decision, seen: draft.seen, ...asked });
    take(answer);
    if (answer.refused) {
      tell([answer.refused.message, answer.refused.help].filter(Boolean).join(": "), true);
      show({ refused: { ...answer.refused, fields: asked.fields } });
      if ($("open")) focusField($("open"));
      return;
    }
    const at = { decision, id: draft.id, undo: answer.undo };
    sitting.done.push(at);
    forget(draft.id);
    done(draft);
    show();
  });
}

function keep() {
  const form = $("open"), draft = current();
  const fields = form ? valuesOf(form) : {};
  const empty = form && draft.open.find((field) => !fields[field.name]?.trim());
  if (form && (empty || !form.contains(document.activeElement))) {
    focusField(form);
    const at = empty && form.querySelector(`[data-name="${CSS.escape(empty.name)}"]`);
    if (at && form.contains(document.activeElement) && empty !== draft.open[0]) (at.querySelector?.("input") ?? at).focus({ preventScroll: true });
    tell(`Fill in ${draft.open.map((field) => field.name).join(", ")}; Enter keeps it.`);
    return;
  }
  decide("keep", { fields }, () => { sitting.kept += 1; tell(`Kept ${draft.id}.`); });
}

/* Without a reason it is as if it had not been drafted; readers who have seen it are owed one. */
function ignore(reason = "") {
  const draft = current();
  if (!reason && draft.was_published) {
    openReason();
    return;
  }
  decide("ignore", { reason }, () => {
    sitting.ignored += 1;
    sitting.reason = reason || sitting.reason;
    tell(`Ignored ${draft.id}. It is not drafted again.`);
  });
}

function save(fields) {
  const draft = current();
  decide("edit", { fields }, () => tell(`Saved ${draft.id}; it is still a draft.`));
}

function later() {
  const id = sitting.waiting.shift(), again = sitting.later.has(id);
  sitting.later.add(id);
  if (!again) sitting.waiting.push(id);
  sitting.done.push({ decision: "later", id, again });
  tell(`Left ${id} for later.`);
  show();
}

function again() {
  sitting.waiting = [...sitting.drafts.keys()];
  sitting.later.clear();
  show();
}

function undo() {
  const last = sitting.done.at(-1);
  if (!last) return;
  attempt(async () => {
    if (last.undo) {
      await call("undo", { undo: last.undo });
      take(await call("review/list"));
    } else if (!last.again) sitting.later.delete(last.id);
    sitting.done.pop();
    if (last.decision === "keep") sitting.kept -= 1;
    if (last.decision === "ignore") sitting.ignored -= 1;
    sitting.waiting = [last.id, ...sitting.waiting.filter((id) => id !== last.id)].filter((id) => sitting.drafts.has(id));
    tell(`Taken back: ${last.decision} ${last.id}.`);
    show();
  });
}

// --- keys and buttons ---

const ACTS = { k: keep, e: openEditor, i: () => ignore(), r: openReason, l: later };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return leave();
  if (event.ctrlKey || event.metaKey || event.altKey || isForControl(event) || !$("keys-on").checked) return;
  const key = event.key.toLowerCase();
  const set = $("open")?.querySelector("fieldset");
  const offered = $("asked")?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (offered) {
    event.preventDefault();
    offered.click();
  } else if (set?.contains(document.activeElement) && /^[1-9]$/.test(key)) {
    const one = set.querySelectorAll("input")[key - 1];
    if (!one) return;
    one.checked = true;
    one.focus();
    event.preventDefault();
    keep();
  } else if ($("asked")) return; // what can be decided otherwise is out of sight
  else if (key === "u") undo();
  else if (ACTS[key] && current() && !sitting.busy) {
    event.preventDefault();
    ACTS[key]();
  }
});

for (const name of ["keep", "ignore", "reason", "edit", "later"]) $(name).addEventListener("click", () => !sitting.busy && current() && ACTS[name[0]]());
$("undo").addEventListener("click", undo);
$("help").addEventListener("click", () => {
  $("keys").hidden = !$("keys").hidden;
  $("help").setAttribute("aria-expanded", String(!$("keys").hidden));
});
$("keys-on").checked = memory.get("review-keys") !== false;
$("keys-on").addEventListener("change", () => memory.set("review-keys", $("keys-on").checked));
window.addEventListener("focus", () => {
  if (sitting.state && !isTyping() && !$("asked")) attempt(async () => {
    const before = JSON.stringify([...sitting.drafts.values()]);
    take(await call("review/list"));
    if (JSON.stringify([...sitting.drafts.values()]) !== before) show();
  });
});

$("back").href = `/${briefing}/`;
tell("Loading the drafts …");
attempt(async () => {
  take(await call("review/list"));
  $("back").textContent = sitting.state.title;
  tell("");
  show();
});
