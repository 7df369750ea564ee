/* The review of drafts: one at a time beside its words, a key for each decision. Its fields are the form that the panel of
   the annotated text has, at first only those that are to be filled in.

   The files are what is true, also of what was left for later: each decision is one request, after which the next draft is
   shown from what the server has read again. Only the order of this sitting and what is typed are kept here; and by what
   decisions can be taken back, also when the page has loaded again. */

import { briefing, call, memory, ofServer } from "./api.js";
import { isEmpty } from "./control.js";
import { button, isForControl, isTyping, make, plural } from "./dom.js";
import { askEntry } from "./entry-dialog.js";
import { EntryForm } from "./entry-form.js";
import { Handles } from "./handles.js";
import { DraftList, rowsOf, tallied, wordsOf } from "./review-list.js";
import { PageText } from "./texts.js";

const $ = (id) => document.getElementById(id);
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
const SEEN = {
  withdrawn: "Readers have seen this: they are told when and why it was taken back.",
  true: "Readers see it on the page of sources, among what was set aside.",
  false: "For you and those who write with you. Readers do not see it.",
};
const SEEN_SHORT = { withdrawn: "readers are told why", true: "readers see why", false: "only authors see why" };
const SHORT = 48; // characters of the words by which a draft is named
const PLAIN = ["target", "in"]; // fields that are no fields of a form: the words themselves

/* What waits, what was passed by once more, and what was decided in this sitting; `typed` and `reasons` are what is not saved, by the id of its draft,
   and `doing` is the decision that the server has not answered yet. */
const sitting = { drafts: new Map(), waiting: [], passed: new Set(), done: ofServer.get("review-done") || [], reason: "", doing: "", vocabulary: null, typed: memory.get("review-drafts") || {}, reasons: memory.get("review-reasons") || {}, mode: "draft", turn: 0 };

/* Notes what was done last, or with null that it was taken back. */
function note(one) {
  if (one) sitting.done.push(one);
  else sitting.done.pop();
  ofServer.set("review-done", sitting.done.filter(({ undo: token }) => token));
}

const current = () => sitting.drafts.get(sitting.waiting[0]);
const seenBy = (draft) => SEEN_SHORT[draft.was_published ? "withdrawn" : draft.reason_shown];

/* What a draft is called in what is said of it. */
function nameOf(draft) {
  const own = draft.id === entry.state?.id && entry.state.moved ? entry.words.kept.parts.map(({ exact }) => exact) : [];
  const words = own.join(" … ") || wordsOf(draft) || draft.id;
  return `the ${draft.kind} “${words.length > SHORT ? `${words.slice(0, SHORT).trimEnd()}…` : words}”`;
}

/* What is left for later comes after all others. */
const inTurn = (ids) => [...ids].sort((one, other) => sitting.drafts.get(one).put_off - sitting.drafts.get(other).put_off);

/* Takes over what the server has read: the draft that is shown stays, those that are new come last, those that have gone
   leave. */
function take(state) {
  sitting.turn += 1;
  sitting.drafts = new Map(state.drafts.map((draft) => [draft.id, draft]));
  const known = new Set([...sitting.waiting, ...sitting.passed]);
  const shown = sitting.waiting.slice(0, 1).filter((id) => sitting.drafts.has(id));
  const others = sitting.waiting.slice(1).filter((id) => sitting.drafts.has(id));
  sitting.waiting = [...shown, ...inTurn([...others, ...[...sitting.drafts.keys()].filter((id) => !known.has(id))])];
  document.documentElement.dataset.language = state.language;
  sitting.state = state;
}

function tell(words, failed = false) {
  $("told").textContent = words;
  $("told").classList.toggle("failed", failed);
}

const because = (error) => [error.message, error.help].filter(Boolean).join(". ");

// --- the fields of a draft ---

const entry = new EntryForm({
  texts: () => (sitting.text ? [sitting.text] : []),
  say: (words) => ($("spoken").textContent = words),
  trying: "review/try",
  changed: () => {
    keepTyped();
    showWords();
    showFacts();
  },
  told: () => showFacts(),
  busily: (act) => doing("Adding", act),
  again: () => refresh(true),
  added: ({ did = "added", words, what, undo }) => {
    if (undo) note({ said: `${did} ${what}`, undo });
    tell(words);
    $("undo").hidden = !sitting.done.length;
    sitting.vocabulary = entry.form.vocabulary;
    for (const each of $("form").querySelectorAll(".bfe-offered")) {
      const told = personNamed(each.dataset.value); // the role may be another now
      if (told) each.lastChild.textContent = told;
    }
    showFacts();
  },
  editing: askEntry,
});
const handles = new Handles((part) => entry.words.take(part));

/* What an author has typed for a draft outlasts what comes between: another draft, a reload, a refusal. */
function keepTyped() {
  const { id, touched, moved } = entry.state, { seen } = sitting.typed[id] || current();
  sitting.typed[id] = { fields: entry.asked.fields, touched, moved, words: entry.words.kept, seen };
  memory.set("review-drafts", sitting.typed);
}

const openNames = (draft) => draft.open.map((field) => field.name.split(".")[0]);
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function forgetTyped(id) {
  delete sitting.typed[id];
  memory.set("review-drafts", sitting.typed);
}

/* Begins with a draft as it is in its file, and over that with what was typed for it. */
function begin(draft) {
  const kind = draft.kind === "reported statement" ? "reported" : draft.list;
  const fields = Object.fromEntries(Object.entries(draft.fields).filter(([name]) => !PLAIN.includes(name)));
  const meant = Object.fromEntries(draft.open.filter((field) => field.optional && field.given).map((field) => [field.name, field.given]));
  const { fields: typed = {}, touched = [], moved = false, words = null } = sitting.typed[draft.id] || {};
  entry.start({
    id: draft.id, kind, was: structuredClone(fields), seen: draft.seen, todos: draft.todos, proposed: meant,
    fields: { ...structuredClone(fields), ...meant, ...typed }, touched: [...touched], moved,
  });
  const parts = sitting.text?.parts(draft.id) || [];
  if (moved) putWords(words);
  else if (parts.length) entry.words.set(sitting.text, parts);
  else entry.words.setUnplaced([draft.fields.target].flat().map((part) => part?.exact ?? part).join(" … "));
  const asked = new Map(draft.open.map((field) => [field.name, field]));
  const specs = sitting.vocabulary.kinds[kind].fields.filter(({ name }) => name !== "status" && (name !== "kind" || kind !== "reported"));
  entry.show(specs.map((spec) => (asked.has(spec.name) ? withQuestion(spec, asked.get(spec.name)) : spec)), sitting.vocabulary);
  entry.form.limit([...openNames(draft), ...Object.keys(typed)]);
}

/* What somebody else has written into the file where the author has typed something; empty where nothing. */
function changedMeanwhile(draft) {
  const typed = sitting.typed[draft.id];
  if (!typed || isSame(typed.seen, draft.seen)) return [];
  const names = Object.keys(typed.fields).filter((name) => typed.seen[name] !== draft.seen[name]);
  const now = names.map((name) => `${entry.form.at(name)?.spec.label || name}: ${toldValue(draft.fields[name])}`).join("; ");
  return [make("p", { class: "remark", dir: "auto" }, `Somebody else has changed this draft in its file${now ? `, where it says now: ${now}` : ""}. What you have typed is below, and not saved. `,
    make("button", { type: "button", text: "Take what the file has", onclick: discard }))];
}

function toldValue(value) {
  if (Array.isArray(value)) return value.map(toldValue).join("; ");
  if (value && typeof value === "object") return Object.entries(value).map(([key, one]) => `${key}: ${toldValue(one)}`).join(", ");
  return String(value ?? "");
}

/* A field with what is asked of it; of a few names or choices each has a key, and of people one sees who they are. */
const withQuestion = (spec, { help, choices, given }) => {
  const likely = choices.length < 10 ? choices : choices.filter(({ id }) => id === given);
  return { ...spec, more: false, help: `${help || spec.help}${likely.length && spec.type === "person" ? " Pressing a name keeps the draft with it." : ""}`, offered: likely.map(({ id, name }) => ({ value: id, label: spec.type === "person" ? personNamed(id) || name : name })) };
};

const personOf = (id) => sitting.vocabulary.people.find((each) => each.id === id);

/* Somebody’s name with the role in this briefing; empty where nobody has the id. */
function personNamed(id) {
  const known = personOf(id);
  return known ? [known.name, known.role].filter(Boolean).join(", ") : "";
}

function putWords(kept) {
  const parts = sitting.text && kept.parts.map((part) => sitting.text.find(part.exact, part.prefix, part.suffix));
  if (parts?.length && parts.every(Boolean)) entry.words.set(sitting.text, parts, kept.active);
  else if (kept.parts.length) entry.words.setLost(kept);
  else entry.words.setUnplaced(kept.unplaced || "");
}

// --- showing ---

function show() {
  const draft = current(), rows = rowsOf(sitting), all = rows.length, decided = all - sitting.drafts.size;
  $("bar").max = Math.max(all, 1);
  $("bar").value = decided;
  $("count").textContent = tallied(rows);
  document.title = draft ? `${decided} of ${all} decided · Review` : "Review";
  $("undo").hidden = !sitting.done.length;
  $("list-drafts").hidden = !all && !sitting.state.kept.length;
  $("all").textContent = `List of drafts: ${all}`;
  list.show(sitting, draft?.id);
  if (draft) draw(draft);
  else {
    entry.end();
    $("draft").replaceChildren(...finished(all));
    $("draft").removeAttribute("aria-labelledby");
  }
  turn("draft");
  window.scrollTo(0, 0);
  $("words")?.querySelector("mark")?.scrollIntoView({ block: "nearest", behavior: "instant" }); // behind a long sentence
  $("draft").focus({ preventScroll: true });
  if (draft) entry.ask();
}

function finished(all) {
  const left = sitting.drafts.size;
  const words = !all ? "There are no drafts to review." : left ? `That was all. ${plural(left, "draft")} left for later: readers do not see ${left === 1 ? "it" : "them"}.` : "That was all. Nothing waits any more.";
  const unpublished = sitting.state.status === "published" ? "" : "Readers see what you kept once the briefing is published: press “Publish” under “About this briefing” in the preview.";
  return [make("div", { class: "done" }, make("p", { text: words }), ...(unpublished && sitting.done.some(({ decision }) => decision === "keep") ? [make("p", { class: "what", text: unpublished })] : []),
    ...(left ? [make("p", {}, make("button", { type: "button", text: "Go through them again", onclick: again }))] : []),
    leftElsewhere(), make("p", {}, make("a", { href: `/${briefing}/`, text: "To the briefing" }))), ...unread()];
}

/* What is left to do on other pages of the editor, and what a check finds, each with where it is dealt with. */
function leftElsewhere() {
  const list = make("ul", { "aria-label": "What is left to do" });
  call("author-bar").then(({ items, problems: { error, warning, open } }) => {
    const elsewhere = items.filter(({ name, count }) => name !== "review" && count);
    const found = [error && plural(error, "problem"), warning && plural(warning, "warning"), open && `${open} to fill in`].filter(Boolean).join(", ");
    list.append(...elsewhere.map(({ label, words, href }) => make("li", {}, make("a", { href, text: `${label}: ${words}` }))),
      ...(found ? [make("li", {}, make("a", { href: `/${briefing}/`, text: found }), ": press that number in the bar at the foot of the page")] : []));
    if (!list.children.length) list.replaceWith(make("p", { class: "what", text: "A check finds no problems." }));
    else list.before(make("p", { text: "What is left:" }));
  }, () => {}); // the preview may have ended
  return list;
}

const unread = () => sitting.state.unread.map((name) => make("p", { class: "remark", text: `${name} cannot be read; briefing check says why.` }));

const list = new DraftList({ jump, bringBack });
$("drafts").append(...list.parts);

/* Opens or closes what a button of the head shows above the draft. */
function unfold(id, open) {
  const shown = $($(id).getAttribute("aria-controls"));
  shown.hidden = !open;
  $(id).setAttribute("aria-expanded", String(open));
  if (open) scrollTo(0, 0); // it is above the draft
}

function draw(draft) {
  const place = draft.comment ? `comment ${draft.comment}` : draft.paragraph ? `paragraph ${draft.paragraph}` : "";
  const about = [draft.id, place, `${draft.file.split("/").at(-1)}, line ${draft.line}`, draft.put_off ? "left for later" : ""];
  const words = shownWords(draft);
  sitting.text = draft.shown.length ? new PageText(words, words.querySelectorAll("p"), draft.comment) : null;
  begin(draft);
  const form = make("div", { class: "bfe-entry", id: "form", role: "group", "aria-labelledby": "form-name" }, make("h3", { id: "form-name" }), entry.general, entry.words.element, entry.read, entry.fields, entry.status);
  $("draft").replaceChildren(
    make("div", { class: "source" },
      make("h2", { id: "kind", text: capital(draft.kind) }),
      make("p", { class: "what", id: "about", text: about.filter(Boolean).join(" · "), title: `${draft.file}:${draft.line}` }),
      draft.before && make("p", { class: "before", dir: "auto", lang: sitting.state.language, text: draft.before }),
      words,
      ...changedMeanwhile(draft),
      ...draft.remarks.map((remark) => make("p", { class: "remark", dir: "auto", text: capital(remark.replace(/^rebase: /, "")) })),
      ...unread()),
    make("div", { class: "beside" }, form, make("dl", { class: "facts", id: "facts" })));
  $("draft").setAttribute("aria-labelledby", "kind about words");
  $("who-sees").textContent = seenBy(draft);
  $("if-ignored").textContent = draft.was_published ? "asks for a reason" : `not drafted again; ${draft.reason_shown ? "readers see it counted" : "readers see nothing of it"}`;
  showFacts();
}

/* The words of a draft with the sentences around them, a paragraph each; what is left out between is no text. */
function shownWords(draft) {
  const quote = make("blockquote", { class: "words", id: "words", dir: "auto", lang: sitting.state.language }, make("p"));
  for (const { text, marked, left_out: leftOut } of draft.shown) {
    text.split("\n").forEach((line, at) => {
      if (at) quote.append(make("p"));
      if (line) quote.lastChild.append(marked ? make("mark", { class: "bf-mark", "data-bf": draft.id, text: line }) : make("span", { class: leftOut ? "bf-gap" : null, text: line }));
    });
  }
  if (!draft.shown.length) quote.lastChild.append("The words of this draft are not in the text.");
  for (const each of quote.querySelectorAll("p:empty")) each.remove();
  return quote;
}

/* What the draft says in the fields that the form does not show. */
function showFacts() {
  if (!entry.state || !$("facts")) return;
  const { form, state } = entry;
  const hidden = form.controls.filter((each) => each.element.hidden && !isEmpty(state.fields[each.spec.name]));
  const words = ({ type, name }) => (type === "person" && personNamed(state.fields[name])) || toldValue(state.fields[name]);
  $("facts").hidden = sitting.mode !== "draft" || !hidden.length;
  const editing = ({ type, name }) => {
    const kind = form.editedAs(type, state.fields[name]);
    return kind && button(`Edit this ${kind}…`, () => entry.edit(kind, state.fields[name], () => {}), { class: "aside" });
  };
  $("facts").replaceChildren(...hidden.flatMap(({ spec }) => [make("dt", { text: spec.label }), make("dd", { dir: "auto" }, words(spec), " ", editing(spec))]));
  $("form-name").textContent = sitting.mode === "editing" ? "All fields" : asksWho() ? "Who says this?" : current()?.open.some((field) => !field.optional) ? "To fill in" : "To compare";
  showQuestion();
  // a draft that has no field to be filled in and nothing wrong shows no form
  $("form").classList.toggle("empty", sitting.mode === "draft" && !form.shown.length && !entry.general.children.length && !entry.words.problems.children.length);
}

/* Who says it, while that is asked. */
const asksWho = () => (sitting.mode === "draft" && sitting.asked?.element.isConnected && sitting.asked.spec.type === "person" ? sitting.asked : null);

/* The question that is open, also at the button that answers it: what is pressed is what is kept. */
function showQuestion() {
  const who = asksWho(), [name, note] = $("actions").querySelectorAll("[data-act=keep] :is(b, small)");
  const said = who && !isEmpty(who.value) && (personOf(who.value)?.name || who.value);
  name.textContent = said ? `Keep, said by ${said}` : "Keep";
  note.textContent = who && !said ? "first choose who says this" : "publishes it with the briefing";
  name.closest("button").classList.toggle("asked", Boolean(who));
  $("form")?.classList.toggle("asking", Boolean(who));
}

/* The words that are chosen, in the text, while they can be moved. */
function showWords() {
  const { words, state } = entry;
  $("words")?.classList.toggle("moved", Boolean(state?.moved));
  if (words.hasText && (sitting.mode === "editing" || state?.moved)) handles.show(words.text, words.parts, words.active);
  else handles.hide();
}

/* Shows what can be done now: decide about a draft, edit it, or say why it is ignored. */
function turn(mode) {
  sitting.mode = mode;
  document.body.dataset.mode = mode;
  $("actions").hidden = !current();
  for (const each of $("actions").querySelectorAll("[data-in]")) each.hidden = !each.dataset.in.split(" ").includes(mode);
  if (mode !== "reason") $("asked")?.remove();
  if ($("form")) $("form").hidden = mode === "reason";
  showWords();
  showFacts();
}

// --- what can be done ---

/* The common reasons and the last one, each with its key, and a field for another. */
function askReason() {
  const draft = current();
  const offered = [...sitting.state.reasons[draft.list].map((words, at) => [String(at + 1), words]), ...(sitting.reason ? [["s", sitting.reason]] : [])];
  const field = make("input", { type: "text", id: "reason", dir: "auto", autocomplete: "off", value: sitting.reasons[draft.id] || "", oninput: () => keepReason(draft.id, field.value) });
  turn("reason");
  document.querySelector(".beside").prepend(make("form", { id: "asked", class: "bfe-entry reasons", "aria-label": "Ignore with a reason", onsubmit: (event) => { event.preventDefault(); give(); } },
    make("h3", { text: "Why is it ignored?" }), make("p", { class: "aid", text: SEEN[draft.was_published ? "withdrawn" : draft.reason_shown] }),
    ...offered.map(([key, words]) => make("button", { type: "button", dir: "auto", "data-key": key, onclick: () => give(words) }, make("kbd", { text: key.toUpperCase() }), " ", words, ...(key === "s" ? [make("span", { class: "aid", text: " – the same as last" })] : []))),
    make("div", { class: "bfe-field" }, make("label", { for: "reason", text: "Another reason" }), field)));
  $("asked").querySelector("button, input").focus({ preventScroll: true });
  $("asked").scrollIntoView({ block: "nearest" });
}

function keepReason(id, words) {
  sitting.reasons = { ...sitting.reasons, [id]: words };
  memory.set("review-reasons", sitting.reasons);
}

function give(words = $("reason").value.trim()) {
  if (words) return ignore(words);
  tell("Choose a reason or write one; Esc goes back.", true);
  return $("reason").focus();
}

function edit() {
  entry.form.limit(null);
  turn("editing");
  entry.focus();
}

/* Closes what is open, at once; where nothing is, it leaves the field. What is typed stays. */
function leave() {
  const open = ["help", "list-drafts"].find((id) => $(id).getAttribute("aria-expanded") === "true");
  if (open) {
    unfold(open, false);
    return $(open).focus();
  }
  if (sitting.mode === "draft") return $("draft").focus({ preventScroll: true });
  if (sitting.mode === "editing") entry.form.limit([...openNames(current()), ...Object.keys(entry.asked.fields)]);
  turn("draft");
  entry.ask();
  return $("draft").focus({ preventScroll: true });
}

function discard() {
  forgetTyped(current().id);
  show();
  tell("What was typed is gone; this is the draft as it is in its file.");
}

// --- deciding ---

/* Does what the server has to answer. What is pressed or typed meanwhile would be for a draft that is on its way out, so
   its fields are shut and what is pressed is refused, visibly. The focus goes back where no other draft took it. */
async function doing(what, act) {
  if (sitting.doing) return refuse();
  sitting.doing = what;
  const [before, fields] = [document.activeElement, document.querySelector(".beside")];
  if (fields) fields.inert = true; // refusing keys alone lets in what is dictated or put in by a program
  document.body.classList.add("doing");
  $("draft").setAttribute("aria-busy", "true");
  tell(`${what} …`);
  const open = () => {
    if (!fields?.inert) return;
    fields.inert = false;
    if (before.isConnected && document.activeElement === document.body) before.focus({ preventScroll: true });
  };
  try {
    await act(open);
  } catch (error) {
    tell(because(error), true);
    if (error.status === 409 || error.status === 404) await refresh(true);
  } finally {
    sitting.doing = "";
    open();
    if ($("told").textContent === `${what} …`) tell("");
    document.body.classList.remove("doing");
    $("draft").removeAttribute("aria-busy");
  }
  return undefined;
}

/* Says that a key or a press was not taken. */
const refuse = (event) => {
  event?.preventDefault();
  event?.stopPropagation();
  tell(`${sitting.doing} … Not yet: wait until this is done, then press it again.`, true);
};

/* Reads the drafts again; shows them if they are others, or if that is asked for. */
async function refresh(always = false) {
  const turnBefore = sitting.turn, before = JSON.stringify([...sitting.drafts.values()]);
  const state = await call("review/list").catch(() => null);
  if (!state || turnBefore !== sitting.turn) return; // something was decided meanwhile, and read with that
  take(state);
  if (always || JSON.stringify([...sitting.drafts.values()]) !== before) show();
}

function decide(decision, asked, what, done) {
  const draft = current(), name = nameOf(draft), row = rowsOf(sitting).find(({ id }) => id === draft.id);
  return doing(`${what} ${name}`, async (open) => {
    try {
      const before = sitting.state.ignored.map((each) => each.name);
      const answer = await call("review/decide", { id: draft.id, decision, seen: draft.seen, ...asked });
      take(answer);
      const ignored = answer.ignored.find((each) => !before.includes(each.name));
      note({ decision, id: draft.id, name: ignored?.name, row, undo: answer.undo, said: `${done.word} ${name}` });
    } catch (error) {
      if (error.status !== 422 || decision === "ignore") throw error;
      open(); // the first field that is wrong gets the focus
      await entry.refused(error, false); // all that was typed stays, and what is wrong is said at its field
      showFacts();
      const places = [...document.querySelectorAll("#form .bfe-problem.bfe-error")];
      const names = entry.form.shown.filter(({ element }) => element.querySelector(".bfe-problem.bfe-error")).map(({ spec }) => spec.label);
      places[0]?.scrollIntoView({ block: "nearest", behavior: "instant" });
      tell(`Not ${done.word}: ${names.length ? `see what is said at ${names.join(", ")}` : places.length ? "see what is said here" : because(error)}. What you have typed stays.`, true);
      return;
    }
    forgetTyped(draft.id);
    keepReason(draft.id, undefined);
    done.also?.();
    show();
    tell(`${capital(done.word)} ${name}.${done.more || ""}`);
    learn();
  });
}

/* The words that fields offer are those of the briefing as it now is. */
async function learn() {
  sitting.vocabulary = await call("vocabulary").catch(() => sitting.vocabulary);
  if (entry.form && entry.state) entry.form.vocabulary = sitting.vocabulary;
}

/* Keeps it; what is to be filled in, or is offered and was not asked about yet, gets the focus first. */
function keep() {
  const { form, state: { touched } } = entry;
  const needed = current().open.filter((field) => !field.optional).map((field) => form.at(field.name)).filter(Boolean);
  const empty = needed.find((control) => isEmpty(control.value));
  const isInside = $("form").contains(document.activeElement);
  const unseen = sitting.mode === "draft" && !isInside && needed.find((each) => !touched.includes(each.path) && each !== sitting.asked);
  if (empty || unseen) return fillIn(empty || unseen, needed.filter((each) => isEmpty(each.value)).map((each) => each.spec.label));
  entry.settle();
  const { fields, place } = entry.asked;
  return decide("keep", { fields, place }, "Keeping", { word: "kept" });
}

/* Gives the focus to a field, with the words still in sight, and says what keeps the draft then. */
function fillIn(control, names) {
  const top = scrollY, touch = matchMedia("(hover: none), (max-width: 40rem)").matches;
  sitting.asked = control;
  showFacts();
  control.focus();
  const field = document.activeElement, offers = field.matches(".bfe-offers, .bfe-offered");
  if (!offers) field.select?.();
  scrollTo({ top, behavior: "instant" });
  field.scrollIntoView({ block: "nearest", behavior: "instant" });
  const keys = offers ? `${field.matches("[aria-pressed=true]") ? "Enter keeps it with this name; the" : "The"} number of a name takes it and keeps the draft.` : field.matches("textarea") ? "Ctrl or ⌘ and Enter keeps it then." : `Enter keeps it ${names.length ? "then" : "with this"}.`;
  tell([names.length ? `To be kept it needs: ${names.join(", ")}.` : "", touch ? (offers ? "Press a name: that keeps it." : "Then press Keep.") : keys].filter(Boolean).join(" "));
}

/* Without a reason it is as if it had not been drafted; readers who have seen it are owed one. */
function ignore(reason = "") {
  if (!reason && current().was_published) return askReason();
  return decide("ignore", { reason }, "Ignoring", {
    word: "ignored",
    more: ` It is not drafted again${!reason && current().reason_shown ? "; the page of sources counts it among those that the briefing does not refer to" : ""}.`,
    also: () => (sitting.reason = reason || sitting.reason),
  });
}

function save() {
  entry.settle();
  const { fields, place } = entry.asked;
  decide("edit", { fields, place }, "Saving", { word: "saved", more: " It is still a draft." });
}

/* Notes in the file that a draft is left for later: it comes again after all others, and then once in a sitting. */
function later() {
  const draft = current(), name = nameOf(draft);
  return doing(`Leaving ${name} for later`, async () => {
    const answer = draft.put_off ? null : await call("review/decide", { id: draft.id, decision: "later", seen: draft.seen });
    sitting.waiting.shift();
    if (answer?.undo) sitting.waiting.push(draft.id);
    else sitting.passed.add(draft.id);
    if (answer) take(answer);
    note({ decision: "later", id: draft.id, undo: answer?.undo, said: `left ${name} for later` });
    show();
    tell(`Left ${name} for later.`);
  });
}

function again() {
  sitting.passed.clear();
  sitting.waiting = inTurn([...sitting.drafts.keys()]);
  show();
}

/* Shows a draft of the list, and then those after it. */
function jump(id) {
  const ids = [...sitting.drafts.keys()], at = ids.indexOf(id);
  sitting.passed.delete(id);
  sitting.waiting = [id, ...inTurn([...ids.slice(at + 1), ...ids.slice(0, at)].filter((each) => !sitting.passed.has(each)))];
  unfold("list-drafts", false);
  show();
  tell("");
}

function undo() {
  const last = sitting.done.at(-1);
  if (!last) return tell("There is nothing to take back.");
  return doing("Taking back", async () => {
    if (last.undo) {
      await call("undo", { undo: last.undo }).catch((error) => {
        if (error.final) note(null); // or it would be in the way of those before it
        throw error.final && sitting.done.length ? Object.assign(error, { help: `${error.help}. Undo now takes back: ${sitting.done.at(-1).said}` }) : error;
      });
      take(await call("review/list"));
    }
    sitting.passed.delete(last.id);
    note(null);
    if (last.id) sitting.waiting = [last.id, ...sitting.waiting.filter((id) => id !== last.id)].filter((id) => sitting.drafts.has(id));
    show();
    tell(`Taken back: ${last.said}.`);
  });
}

/* Makes a draft again of what was ignored, and shows it. */
function bringBack(name, said) {
  return doing("Bringing back", async () => {
    const answer = await call("review/bring-back", { name });
    take(answer);
    note({ decision: "back", id: answer.id, undo: answer.undo, said: `brought back ${said}` });
    sitting.waiting = [answer.id, ...sitting.waiting.filter((id) => id !== answer.id)];
    sitting.passed.delete(answer.id);
    unfold("list-drafts", false);
    show();
    tell(`Brought back ${said}. It is a draft again.`);
  });
}

const help = () => unfold("help", $("keys").hidden);

function listed() {
  unfold("list-drafts", $("drafts").hidden);
  if ($("drafts").hidden) $("draft").focus({ preventScroll: true });
  else list.focus();
}

// --- keys and buttons ---

const ACTS = { keep, edit, ignore: () => ignore(), reason: askReason, later, save, discard, leave, give: () => give() };
const KEYS = { k: keep, e: edit, i: () => ignore(), r: askReason, l: later, u: undo, d: listed, "?": help };

/* What is typed or pressed while something is on its way goes nowhere. */
const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "Tab", "CapsLock"];
const outside = (target) => !target.closest?.("dialog, #help, #back, #keys, #list-drafts");
document.addEventListener("keydown", (event) => {
  if (sitting.doing && outside(event.target) && !MODIFIERS.includes(event.key)) refuse(event);
}, true);
for (const type of ["beforeinput", "click"]) document.addEventListener(type, (event) => sitting.doing && outside(event.target) && refuse(event), true);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.target.closest?.("dialog")) return;
  const command = event.ctrlKey || event.metaKey;
  const field = event.target.closest?.(".bfe-entry");
  if (event.key === "Escape") leave();
  else if (event.key === "Enter" && current() && sitting.mode !== "reason" && (command || (sitting.mode === "draft" && event.target.matches("#form input[type=text], #form .bfe-offered[aria-pressed=true]")))) keep();
  else if (field && entry.words.isArrow(event)) entry.words.arrow(event.key);
  else if (command || event.altKey || isForControl(event) || !$("keys-on").checked) return;
  else if (!press(event)) return;
  event.preventDefault();
});

/* Whether a field has something that was typed, and not taken from what it offers. */
const hasTyped = () => entry.state?.touched.map((path) => entry.form.at(path)).some((each) => each && !each.offers?.some(({ dataset }) => dataset.value === each.value));

/* Does what a single key is for; returns whether it was for anything. What has its button out of sight has no key either;
   one that is held down is pressed once. */
function press(event) {
  const key = event.key.toLowerCase();
  const offered = $("asked")?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const likely = event.target.closest?.(".bfe-offers")?.querySelectorAll("button")[key - 1];
  const filling = event.target.closest?.("#form") && hasTyped(); // letters do nothing behind it then
  const listing = event.target.closest?.("#drafts") && !"d?".includes(key); // letters there would be for another draft
  const act = !filling && !listing && (sitting.mode === "draft" || key === "?") ? KEYS[key] : null;
  const known = offered || likely || (act && (current() || "ud?".includes(key)));
  if (!known || event.repeat) return Boolean(known);
  if (!offered && !likely) act();
  else (offered || likely).click();
  return true;
}

// a name that is pressed is taken, and answers what is asked
$("draft").addEventListener("click", (event) => {
  if (sitting.mode === "draft" && event.target.closest("#form .bfe-offered")) keep();
});
$("actions").addEventListener("click", (event) => {
  const act = event.target.closest("button")?.dataset.act;
  if (act && current()) ACTS[act]();
});
$("undo").addEventListener("click", undo);
$("help").addEventListener("click", help);
$("list-drafts").addEventListener("click", listed);
$("keys-on").checked = memory.get("review-keys") !== false;
$("keys-on").addEventListener("change", () => memory.set("review-keys", $("keys-on").checked));
window.addEventListener("focus", () => sitting.state && !sitting.doing && sitting.mode === "draft" && !isTyping() && refresh());

$("back").href = `/${briefing}/`;
doing("Loading the drafts", async () => {
  const [state, vocabulary] = await Promise.all([call("review/list"), call("vocabulary")]);
  sitting.vocabulary = vocabulary;
  take(state);
  $("back").textContent = sitting.state.title;
  show();
  tell("");
});
