/* The editor of a preview's page of a briefing: the author's bar, the panel, and what opens it. */

import { call, lastSaved, memory, writable } from "./api.js";
import { Bar, isOwnPage } from "./bar.js";
import { Chooser } from "./choose.js";
import { askNameStep, askProblem, problemLists } from "./dialogs.js";
import { button, isForControl, make } from "./dom.js";
import { askEntry, NAMED } from "./entry-dialog.js";
import { hold } from "./hold.js";
import { Panel } from "./panel.js";
import { askReference } from "./references.js";
import { textsOf } from "./texts.js";

let texts = null;
/* The texts of the page, read once they are asked for. */
const pageTexts = () => (texts ??= textsOf());

const AGAIN = 5000; // milliseconds in which a page may load once more after a save: each file that is written can be a reason

/* What a page is left with for when it has loaded again, until it stays loaded. */
const later = {
  set(name, value) {
    memory.set(name, { value, page: location.pathname });
  },
  get(name) {
    const kept = memory.get(name);
    const counts = kept && (!kept.loaded || (kept.page === location.pathname && Date.now() - kept.loaded < AGAIN));
    memory.set(name, counts ? { ...kept, loaded: kept.loaded ?? Date.now() } : null);
    return counts ? kept.value : null;
  },
};

function start() {
  const bar = new Bar({
    annotate: document.querySelector(".bf-text, .bf-comment") && (() => annotate()),
    settings: () => panel.edit("", "briefing"),
    cite,
    problems,
    undo,
    resume: () => panel.resume(),
  });
  const say = (words) => bar.speak(words);
  const panel = new Panel({
    texts: pageTexts,
    say,
    saved,
    added,
    opened: () => bar.say(""),
    closed: () => {
      bar.offer(Panel.unsaved());
      chooser.hide();
    },
  });
  const chooser = new Chooser({ texts: pageTexts, say, annotate: choose, isOpen: () => panel.open && !panel.words.element.hidden });

  // --- what opens the panel ---

  /* Words that are chosen while the panel is open are for what is in it: they take the place of its words, or are one
     more part of them. */
  function choose(what, text, part) {
    const { words } = panel;
    if (what === "part" && words.text === text) words.addPart(part);
    else if (what === "part" || what === "words") {
      words.set(text, [part]);
      words.changed();
    } else panel.begin(what, text, part);
  }

  function annotate() {
    const found = chooser.chosen();
    chooser.hide();
    if (!found) return panel.begin("quotes", null, null);
    return panel.begin(found.text.quoted(found.part).length || found.text.comment ? "quotes" : "context", found.text, found.part);
  }

  /* The annotation that a key is about: whose note is open, or the card that has the focus. */
  function current() {
    const open = document.querySelector(".bf-note.bf-open");
    if (open) return { id: open.id.slice(1) };
    const own = document.activeElement?.closest(".bf-card")?.querySelector("[data-bfe-edit]");
    return own && ofButton(own);
  }
  const ofButton = ({ dataset }) => ({ id: dataset.bfeEdit, kind: dataset.bfeKind });

  /* What is asked for in the form that it has: beside the page, or over it. */
  function edit({ id, kind = "", field = null }) {
    return NAMED[kind] ? editNamed(kind, id, field) : panel.edit(id, kind, field);
  }

  async function editNamed(kind, id, path) {
    try {
      const told = await askEntry({ kind, id, path, say });
      if (told) saved({ ...told, gone: !document.querySelector(`[data-bfe-kind=${kind}][data-bfe-edit="${CSS.escape(id)}"]`) });
    } catch (error) {
      saved({ failed: error });
    }
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-bfe-edit]");
    if (!pressed) return;
    event.stopPropagation(); // or the text would open the note that is clicked
    edit(ofButton(pressed));
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isForControl(event)) return;
    const command = event.ctrlKey || event.metaKey;
    const wanted = command || event.altKey ? (command && !event.shiftKey && event.key === "z" ? undoAny : null) : keys[event.key];
    if (wanted ? wanted() !== false : chooser.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  const keys = {
    a: () => (bar.annotating ? annotate() : false),
    e: () => {
      const found = current();
      return found ? edit(found) : false;
    },
    Escape: () => (panel.open ? panel.close() : false),
  };

  // --- what was done ---

  async function saved({ failed, words, what, undo: token, id, gone, around, found }) {
    if (failed) {
      bar.say([failed.message, failed.help].filter(Boolean).join(" "));
      return;
    }
    if (token) lastSaved.add({ token, what });
    later.set("said", words);
    later.set("found", found?.length);
    if (around) document.dispatchEvent(new Event("briefing-around"));
    showAgain(gone ? "" : id);
  }

  /* What was added while the panel is open is said at once, and again when the page has followed its files. */
  function added({ words, what, undo: token, found }) {
    if (token) {
      lastSaved.add({ token, what });
      later.set("said", words);
      later.set("found", found?.length);
    }
    bar.say(words, Boolean(lastSaved.get()), Boolean(found?.length));
  }

  async function problems() {
    try {
      const told = await call("problems");
      const chosen = await askProblem(told.problems);
      if (chosen) await lead(chosen.problem, chosen.way);
    } catch (error) {
      saved({ failed: error });
    }
  }

  /* Leads to where a problem is dealt with, or does at once what was chosen for a name in a comment. */
  async function lead({ href, form, name }, way) {
    if (!way) return href ? location.assign(href) : edit(form);
    const asked = await askNameStep(name, way);
    if (!asked) return undefined;
    hold("saving", true);
    try {
      const { undo: token } = await call("themes/apply", { step: asked.step });
      saved({ words: asked.words, what: `“${name.words}”`, undo: token });
    } catch (error) {
      saved({ failed: error });
    } finally {
      hold("saving", false);
    }
    return undefined;
  }

  /* The page in place of a briefing that has problems: first in words, with what leads to each, and below what is written
     for those who use a text editor. */
  async function tellProblems(reports) {
    const told = await call("problems").catch(() => null);
    if (!told) return;
    const files = make("details", { class: "bfe-files" }, make("summary", { text: "In the files, for a text editor" }));
    const shown = make("section", { class: "bfe-problems-page", lang: "en", dir: "ltr", "aria-label": "What a check finds" }, ...problemLists(told.problems, (problem, way) => lead(problem, way)));
    reports[0].before(shown, files);
    files.append(...reports);
  }

  async function cite() {
    const told = await askReference();
    if (told?.undo) saved(told);
    else if (told) bar.say(told.words);
  }

  async function undo() {
    const last = lastSaved.get();
    if (!last) return;
    hold("undo", true); // or the page would follow its files before it is known what it should say then
    try {
      await call("undo", { undo: last.token });
      lastSaved.drop();
      document.dispatchEvent(new Event("briefing-around")); // a title, or the example
      later.set("said", `Taken back: ${last.what}`);
      showAgain("");
    } catch (error) {
      if (error.final) lastSaved.drop(); // or it would be in the way of those before it
      const next = error.final && lastSaved.get();
      bar.say([`${last.what}: ${error.message}`, error.help, next && `Undo now takes back ${next.what}.`].filter(Boolean).join(". "), Boolean(lastSaved.get()));
    } finally {
      hold("undo", false);
    }
  }

  function undoAny() {
    if (panel.open && panel.undoChange()) return true;
    if (!lastSaved.get()) return false;
    undo();
    return true;
  }

  /* Shows the page as it now is, in the same place; the focus goes to an annotation, or where there is none of that id, to
     what the bar says. */
  function showAgain(id) {
    later.set("focus", { id });
    const hash = id && document.querySelector(".bf-text, .bf-comment") ? `#t-${id}` : "";
    history.replaceState(history.state, "", location.pathname + location.search + hash);
    document.dispatchEvent(new Event("briefing-reload"));
  }

  // --- at the beginning ---

  for (const place of document.querySelectorAll(".bf-note")) addEdit(place.querySelector(":scope > p:last-of-type") || place, place.id.slice(1), place.getAttribute("aria-label"));
  for (const card of document.querySelectorAll(".bf-card:is(.bf-quotation, .bf-reported, .bf-figure, .bf-context)")) {
    const heading = card.querySelector("h2[id], h3[id]");
    const row = card.querySelector(".bf-actions > .bf-links") || card;
    if (heading) addEdit(row, heading.id, heading.textContent.replace("¶", "").trim());
  }
  for (const card of document.querySelectorAll(".bf-card.bf-reference")) {
    const heading = card.querySelector("h3[id]");
    if (heading) addEdit(card.querySelector(":scope > :is(.bf-imprint, .bf-meta)") || card, heading.id, heading.textContent.replace("¶", "").trim(), "reference");
  }
  for (const heading of document.querySelectorAll('h2[id^="_by-"]:has(+ .bf-meta)')) {
    addEdit(heading.nextElementSibling, heading.id.slice("_by-".length), heading.textContent.replace("¶", "").trim(), "person");
  }
  const reports = [...document.querySelectorAll("pre.bf-problem")];
  if (reports.length) tellProblems(reports);
  const said = later.get("said");
  bar.say(said || "", Boolean(lastSaved.get()), Boolean(said && later.get("found")));
  const last = later.get("focus");
  if (last) focusOn(last.id);
  bar.count();
  const kept = Panel.left();
  if (kept?.open && kept.state.page === location.pathname) panel.resume();
  else bar.offer(Panel.unsaved());

  /* Gives the focus to an annotation that is on the page: in the text it is the note that opens by itself. */
  function focusOn(id) {
    const mark = id && document.getElementById(`t-${id}`);
    const place = id && (document.querySelector(`.bf-card [data-bfe-edit="${CSS.escape(id)}"]`) || mark);
    if (place && place.tabIndex < 0) place.tabIndex = -1;
    if (!place) bar.focus();
    else if (!mark?.closest(".bf-text")) place.focus({ preventScroll: true });
    document.dispatchEvent(new Event("briefing-focused"));
  }
}

function addEdit(place, id, name, kind = null) {
  if (place.querySelector("[data-bfe-edit]")) return;
  place.append(" ", button("Edit", null, { class: "bfe-edit", "data-bfe-edit": id, "data-bfe-kind": kind, "aria-label": `Edit ${name}` }));
}

// in a frame a page may lie below a button of a stranger’s page; where the server could not tell, it shows the token there
if (writable && isOwnPage() && window.top === window) start();
