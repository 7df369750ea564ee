/* The board of comments and themes: what is shown, what each step asks of the server, and keys.

   The files are what is true. Each step is one request, after which all is drawn from what the server has read again; only
   that a comment leaves the list is shown before. */

import { briefing, call, memory } from "./api.js";
import { askNameStep } from "./dialogs.js";
import { button, isForControl, make, plural } from "./dom.js";
import { showMenu } from "./menu.js";
import { CommentList } from "./themes-list.js";
import { ThemePanel } from "./themes-panel.js";

const $ = (id) => document.getElementById(id);
const flat = (text) => text.split(/\s+/).filter(Boolean).join(" ");
const QUICK = { "+": "supportive", "-": "critical", "−": "critical", m: "mixed", 0: "neutral" };

/* What the server has told, and what is being looked at. */
const board = {
  texts: new Map(), state: null, reasons: [], reasonWords: {}, stances: [], language: "", namesHidden: false,
  view: "unsorted", query: "", current: "", shown: [], picked: new Set(), moving: new Set(), held: "", last: null, undo: [],

  membersOf(id) {
    return this.places.get(id) || [];
  },
  asideOf(id) {
    return this.aside.get(id);
  },
  take(state) {
    this.state = state;
    this.places = new Map();
    this.aside = new Map(state.aside.map((one) => [one.comment, one]));
    for (const theme of state.themes) {
      for (const { comment, stance, words } of theme.members) {
        this.places.set(comment, [...(this.places.get(comment) || []), { theme, stance, words }]);
      }
    }
    if (this.view.startsWith("theme:") && !state.themes.some((one) => `theme:${one.id}` === this.view)) this.view = "unsorted";
  },
  /* The ids to show, in the order of the document. */
  ids() {
    const unsorted = new Set(this.state.ledger.unsorted);
    const views = {
      all: () => true,
      unsorted: (id) => (unsorted.has(id) && !this.moving.has(id)) || id === this.held,
      aside: (id) => this.aside.has(id),
    };
    const theme = this.view.slice("theme:".length);
    const belongs = views[this.view] || ((id) => this.membersOf(id).some((one) => one.theme.id === theme));
    const asked = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    return [...this.texts.values()]
      .filter((one) => belongs(one.id) && asked.every((word) => one.haystack.includes(word)))
      .map((one) => one.id);
  },
};

// --- showing ---

const list = new CommentList({
  redraw: draw,
  naming: (id) => (targets(id).length > 1 ? plural(targets(id).length, "comment") : flat(board.texts.get(id).text).slice(0, 60)),
  drop: (id, target, both) => place(targets(id), target, { both }),
  takeOut: (id, theme) => step({ do: "out", comments: [id], theme: theme.id }, `${id} taken out of ${theme.title}`),
  bringBack: (id) => step({ do: "back", comments: [id] }, `${id} brought back`),
  describe: (id, theme, said) => step({ do: "put", comments: [id], theme: theme.id, ...said }, `${id} in ${theme.title} changed`),
  useSelected,
  name: decideName,
  menu: (id, anchor) => openMenu(targets(id), anchor),
  pick: togglePicked,
  choose,
});
const panel = new ThemePanel({
  redraw: draw,
  show: (view) => show(view),
  goThrough: (view) => {
    show(view);
    list.focus(board.current);
  },
  placeChosen: (target) => place(chosen(), target),
  naming,
  add: (title, comments) => begin(title, comments),
  change: async (theme, about) => {
    let wrong = [];
    const done = await step({ do: "change", theme: theme.id, ...about }, `${theme.title} saved`, [], (problems) => (wrong = problems));
    return done ? null : wrong;
  },
  name: decideName,
  remove: (theme) => step({ do: "remove", theme: theme.id }, `${theme.title} removed`),
});

function draw() {
  const ids = board.ids();
  if (!ids.includes(board.current)) board.current = nextTo(board.current, ids);
  board.shown = ids;
  panel.draw(board);
  list.draw(ids, board);
  drawLedger();
  drawViews(ids.length);
  $("nothing").replaceChildren(...(board.query ? ["No comment has these words here."] : board.view === "unsorted" ? allSorted() : ["There is nothing here yet."]));
  $("undo").hidden = !board.undo.length;
  $("names-hidden").hidden = !board.namesHidden;
  drawChosen(ids);
}

/* What is said where no comment is left: which summaries are missing, each with the way to it, or what comes next. */
function allSorted() {
  const missing = board.state.themes.filter(({ summary }) => !summary || summary.startsWith("TODO"));
  if (!board.state.ledger.all) return ["There are no comments."];
  if (missing.length) {
    return [make("p", { text: "All comments are sorted. What is missing are summaries:" }),
      make("ul", {}, ...missing.map(({ id, title }) => make("li", {}, button(title, () => panel.describe(id), { "aria-label": `Write the summary of ${title}` }))))];
  }
  return [make("p", { text: "All comments are sorted, and each theme has its summary." }),
    make("p", {}, make("a", { href: $("back").href, text: "Back to the briefing" }), ": the bar at the foot of its pages says what is left.")];
}

/* Which comment takes the place of one that has left the list: the next one, or else the one before. */
function nextTo(id, ids) {
  const at = board.shown.indexOf(id);
  const there = (one) => at >= 0 && ids.includes(one);
  return board.shown.slice(at + 1).find(there) || board.shown.slice(0, Math.max(at, 0)).findLast(there) || ids[0] || "";
}

function drawChosen(ids) {
  const away = chosen().filter((id) => !ids.includes(id)).length;
  const had = $("chosen").contains(document.activeElement);
  $("chosen").hidden = !board.picked.size;
  $("chosen-count").textContent = `${board.picked.size} chosen${away ? `, ${away} not shown here` : ""}`;
  if (had && !board.picked.size) list.focus(board.current);
  memory.set("themes-picked", board.picked.size ? chosen() : null);
}

function drawLedger() {
  const { all, sorted, set_aside, unsorted } = board.state.ledger;
  const left = Object.assign(document.createElement("strong"), { className: unsorted.length ? "left" : "done", textContent: `${unsorted.length} unsorted` });
  $("ledger").replaceChildren(`${plural(all, "comment")}: ${sorted} in themes, ${set_aside} set aside, `, left);
}

function drawViews(many) {
  const views = [["unsorted", "Unsorted"], ["all", "All comments"], ...board.state.themes.map((one) => [`theme:${one.id}`, one.title]), ["aside", "Set aside"]];
  const select = $("view");
  select.replaceChildren(...views.map(([value, words]) => Object.assign(document.createElement("option"), { value, textContent: words })));
  select.value = board.view;
  $("showing").textContent = `${views.find(([value]) => value === board.view)[1]}: ${many}`;
}

function show(view) {
  Object.assign(board, { view, held: "", query: "", shown: [], last: null });
  $("search").value = "";
  list.reset();
  memory.set("themes-view", view);
  draw();
}

function say(words, failed = false) {
  $("told").textContent = words;
  $("told").classList.toggle("failed", failed);
}

// --- steps ---

let turn = Promise.resolve();

/* Asks for one step, after those before it; returns whether it was taken. `refused` hears what would be wrong. */
function step(asked, words, moving = [], refused = () => {}) {
  moving.forEach((id) => board.moving.add(id));
  turn = turn.then(async () => {
    try {
      const answer = await call("themes/apply", { step: asked });
      if (answer.refused) {
        board.take(answer.state);
        refused(answer.refused);
        say("Not saved: see what is said there. What you have typed stays.", true);
        return false;
      }
      if (answer.undo) board.undo.push({ undo: answer.undo, words, comments: asked.comments || [] });
      board.take(answer.state);
      const left = answer.problems.filter((one) => one.code !== "todo-left").map((one) => one.message);
      say([`${words}. ${board.state.ledger.unsorted.length} unsorted.`, ...left.slice(0, 2)].join("\n"));
      return true;
    } catch (error) {
      say([error.message, error.help].filter(Boolean).join(": "), true);
      return false;
    } finally {
      moving.forEach((id) => board.moving.delete(id));
      draw();
    }
  });
  if (moving.length) draw();
  return turn;
}

/* Those that are ticked, in the order of the document. */
const chosen = () => [...board.texts.keys()].filter((id) => board.picked.has(id));
/* What a control at a comment is about: those that are ticked, if it is one of them. */
const targets = (id) => (board.picked.has(id) ? chosen() : [id]);
/* What a key is about: those that are ticked, or else the comment at hand. */
const atHand = () => (board.picked.size ? chosen() : board.current ? [board.current] : []);
const themeOf = (id) => board.state.themes.find((one) => one.id === id);

/* Puts comments where they were dropped: into a theme, or aside. */
const place = (comments, { target, reason, id }, how) => (target === "aside" ? setAside(comments, reason) : put(comments, themeOf(id), how));

/* Puts comments into a theme, out of the one that is looked at unless they are to be in both. */
function put(comments, theme, { stay = false, both = false, selected = selectedWords(comments[0]) } = {}) {
  if (!theme || !comments.length) return;
  const words = comments.length === 1 ? selected : "";
  const from = board.view.startsWith("theme:") && !both ? board.view.slice("theme:".length) : "";
  const asked = { do: "put", comments, theme: theme.id, ...(words && { words }), ...(from && from !== theme.id && { out_of: from }) };
  board.last = { comments, theme };
  board.held = stay ? board.current : "";
  getSelection().removeAllRanges();
  if (stay) step(asked, `${naming(comments)} in ${theme.title}`);
  else move(asked, `${naming(comments)} in ${theme.title}`);
}

function setAside(comments, reason) {
  board.held = "";
  move({ do: "aside", comments, reason }, `${naming(comments)} set aside: ${reason}`);
}

/* Takes a step with which comments leave their place: they are not ticked any more, unless it is refused. */
async function move(asked, words) {
  const ticked = asked.comments.filter((id) => board.picked.delete(id));
  const done = await step(asked, words, asked.comments);
  if (!done && ticked.length) {
    ticked.forEach((id) => board.picked.add(id));
    draw();
  }
  return done;
}

/* Begins a theme, with its first comments if there are any. */
function begin(title, comments) {
  const words = `Theme ${title} added`;
  if (!comments.length) return step({ do: "new", title }, words);
  board.held = "";
  return move({ do: "new", title, comments }, `${words} with ${naming(comments)}`);
}

function naming(comments) {
  return comments.length > 3 ? plural(comments.length, "comment") : comments.join(", ");
}

/* Has a name in a comment hidden, or lets it stand. */
async function decideName(name, way) {
  const asked = await askNameStep(name, way);
  if (!asked || !(await step(asked.step, asked.words))) return;
  await load(); // the comments have other words now
  draw();
}

function useSelected(id, theme) {
  const words = selectedWords(id);
  if (words) step({ do: "put", comments: [id], theme: theme.id, words }, `${id} in ${theme.title} has words`);
  else say(`Select words in ${id} first, then press the button, or the number of the theme.`, true);
}

/* What was selected as a pointer went down: pressing a button takes the selection away. */
let pressed = null;
addEventListener("pointerdown", () => {
  const id = getSelection().anchorNode?.parentElement?.closest(".comment")?.dataset.id;
  pressed = id ? { id, words: liveWords(id) } : null;
}, true);
addEventListener("keydown", () => (pressed = null), true);

/* The words that are selected in a comment's text; empty where none are, or more than its own. */
const selectedWords = (id) => liveWords(id) || (pressed?.id === id ? pressed.words : "");

function liveWords(id) {
  const selection = getSelection();
  const text = list.cards.get(id)?.querySelector(".text");
  if (!selection.rangeCount || selection.isCollapsed || !text?.contains(selection.anchorNode)) return "";
  const range = selection.getRangeAt(0).cloneRange();
  // whoever draws past its end means the comment's own words
  if (!text.contains(range.startContainer)) range.setStart(text, 0);
  if (!text.contains(range.endContainer)) range.setEnd(text, text.childNodes.length);
  return flat(range.toString());
}

async function undo() {
  const step = board.undo.pop();
  if (!step) return;
  turn = turn.then(async () => {
    try {
      await call("undo", { undo: step.undo });
      await load();
      say(`Taken back: ${step.words}. ${board.state.ledger.unsorted.length} unsorted.`);
    } catch (error) {
      say([error.message, error.help].filter(Boolean).join(": "), true);
    }
    draw();
    list.focus(step.comments.find((id) => list.cards.has(id)) || board.current);
  });
}

function togglePicked(id) {
  if (!board.texts.has(id) || board.asideOf(id)?.fixed) return;
  if (!board.picked.delete(id)) board.picked.add(id);
  draw();
}

function choose(id, card) {
  if (id === board.current) return;
  const before = list.cards.get(board.current);
  before?.setAttribute("tabindex", "-1");
  before?.removeAttribute("aria-current");
  board.current = id;
  if (board.view.startsWith("theme:")) board.last = null;
  card.setAttribute("tabindex", "0");
  card.setAttribute("aria-current", "true");
}

function openMenu(comments, anchor) {
  if (!comments.length || !anchor) return;
  const selected = comments.length === 1 ? selectedWords(comments[0]) : "";
  showMenu(anchor, "Put into", [
    [selected ? `Theme, with “${selected.slice(0, 40)}”` : "Theme", board.state.themes.map((theme) => [theme.title, () => put(comments, theme, { selected })])],
    ["New", [["New theme …", () => panel.begin(comments)]]],
    reasonsFor(comments),
  ]);
}

const reasonsFor = (comments) => ["Set aside", board.reasons.map((reason) => [reason, () => setAside(comments, reason)])];

// --- keys ---

function walk(by) {
  const ids = board.ids().slice(0, list.limit);
  const at = ids.indexOf(board.current);
  const next = ids[Math.min(Math.max(at + by, 0), ids.length - 1)];
  if (next === undefined) return;
  if (board.held && next !== board.held) {
    board.held = "";
    board.current = next;
    draw();
  }
  list.focus(next);
}

const anchor = () => (board.picked.size ? $("put-chosen") : list.cards.get(board.current)?.querySelector("[data-control=menu]"));
const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  ArrowDown: () => walk(1),
  ArrowUp: () => walk(-1),
  x: () => togglePicked(board.current),
  p: () => openMenu(atHand(), anchor()),
  a: () => anchor() && showMenu(anchor(), "Set aside", [reasonsFor(atHand())]),
  n: () => panel.begin(chosen()),
  u: undo,
  "/": () => $("search").focus(),
  "?": () => $("help").click(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !board.state) return;
  if (event.target.closest?.(".menu")) return;
  if (event.key === "Escape" && !$("keys").hidden) {
    $("help").click();
    $("help").focus();
    return;
  }
  if (event.key === "Escape") {
    list.focus(board.current);
    return;
  }
  const arrows = event.key.startsWith("Arrow");
  if (isForControl(event) || (!arrows && !$("keys-on").checked)) return;
  if (arrows && !event.target.closest?.(".list")) return;
  const number = /^Digit([1-9])$/.exec(event.code)?.[1] || (/^[1-9]$/.test(event.key) ? event.key : "");
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (number) put(atHand(), board.state.themes[number - 1], { stay: event.shiftKey, both: event.shiftKey });
  else if (QUICK[event.key.toLowerCase()] && toDescribe()) describeLast(QUICK[event.key.toLowerCase()]);
  else if (act) act();
  else return;
  event.preventDefault();
  if (number) list.focus(board.current);
});

/* What a stance is about: what was sorted last, or where one has gone on within a theme, the comments at hand there. */
function toDescribe() {
  const theme = board.view.startsWith("theme:") && themeOf(board.view.slice("theme:".length));
  if (board.last || !theme) return board.last;
  const comments = atHand().filter((id) => board.membersOf(id).some((one) => one.theme === theme));
  return comments.length ? { comments, theme } : null;
}

function describeLast(stance) {
  const { comments, theme } = toDescribe();
  step({ do: "put", comments, theme: theme.id, stance }, `${naming(comments)} in ${theme.title}: ${stance}`);
}

// --- beginning ---

async function load() {
  const told = await call("themes/board");
  board.texts = new Map(told.texts.map((one) => [one.id, { ...one, haystack: `${one.id} ${one.author} ${one.text}`.toLowerCase() }]));
  Object.assign(board, { reasons: Object.keys(told.reasons), reasonWords: told.reasons, stances: told.stances, language: told.language, namesHidden: told.names_hidden });
  board.take(told.state);
  for (const id of board.picked) if (!board.texts.has(id)) board.picked.delete(id);
  document.title = `Themes: ${told.title}`;
  document.querySelector("h1").textContent = `Themes: ${told.title}`;
}

$("view").addEventListener("change", (event) => show(event.target.value));
$("search").addEventListener("input", (event) => {
  Object.assign(board, { query: event.target.value, shown: [] });
  list.reset();
  draw();
});
$("undo").addEventListener("click", undo);
$("put-chosen").addEventListener("click", (event) => openMenu(chosen(), event.currentTarget));
$("untick").addEventListener("click", () => {
  board.picked.clear();
  draw();
});
$("help").addEventListener("click", () => {
  const keys = $("keys");
  keys.hidden = !keys.hidden;
  $("help").setAttribute("aria-expanded", String(!keys.hidden));
});
$("keys-on").checked = memory.get("themes-keys") !== false;
$("keys-on").addEventListener("change", (event) => memory.set("themes-keys", event.target.checked));
addEventListener("focus", () => {
  turn = turn.then(() => load().then(draw, () => {}));
});
$("back").href = `/${briefing}/`;
const from = document.referrer && new URL(document.referrer);
if (from && from.origin === location.origin && !from.pathname.startsWith("/.briefing/")) $("back").href = from.href;

new ResizeObserver(([top]) => document.documentElement.style.setProperty("--top", `${top.target.offsetHeight}px`)).observe(document.querySelector(".top"));

for (const id of memory.get("themes-picked") || []) board.picked.add(id);
load().then(() => {
  const kept = memory.get("themes-view");
  if (kept && (kept === "all" || kept === "aside" || board.state.themes.some((one) => `theme:${one.id}` === kept))) board.view = kept;
  draw();
  list.focus(board.current);
}, (error) => say([error.message, error.help].filter(Boolean).join(": "), true));
