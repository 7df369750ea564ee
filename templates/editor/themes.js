/* The board of comments and themes: what is shown, what each step asks of the server, and keys.

   The files are what is true. Each step is one request, after which all is drawn from what the server has read again; only
   that a comment leaves the list is shown before. */

import { call, memory } from "./api.js";
import { isTyping, plural } from "./dom.js";
import { showMenu } from "./menu.js";
import { CommentList } from "./themes-list.js";
import { ThemePanel } from "./themes-panel.js";

const $ = (id) => document.getElementById(id);
const flat = (text) => text.split(/\s+/).filter(Boolean).join(" ");
const QUICK = { "+": "supportive", "-": "critical", "−": "critical", m: "mixed", 0: "neutral" };

/* What the server has told, and what is being looked at. */
const board = {
  texts: new Map(), state: null, reasons: [], stances: [], language: "",
  view: "unsorted", query: "", current: "", picked: new Set(), moving: new Set(), held: "", last: null, undo: [],

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
  drop: (id, target, both) => (target.target === "aside" ? setAside(id, target.reason) : put(id, themeOf(target.id), { both })),
  takeOut: (id, theme) => step({ do: "out", comments: [id], theme: theme.id }, `${id} taken out of ${theme.title}`),
  bringBack: (id) => step({ do: "back", comments: [id] }, `${id} brought back`),
  describe: (id, theme, said) => step({ do: "put", comments: [id], theme: theme.id, ...said }, `${id} in ${theme.title} changed`),
  useSelected,
  menu: openMenu,
  pick: togglePicked,
  choose,
});
const panel = new ThemePanel({
  redraw: draw,
  show: (view) => show(view),
  add: (title) => step({ do: "new", title }, `Theme ${title} added`),
  change: (theme, fields, seen) => step({ do: "change", theme: theme.id, fields, seen }, `${theme.title} saved`),
  remove: (theme) => step({ do: "remove", theme: theme.id }, `${theme.title} removed`),
});

function draw() {
  const ids = board.ids();
  if (!ids.includes(board.current)) board.current = ids[0] || "";
  panel.draw(board);
  list.draw(ids, board);
  drawLedger();
  drawViews(ids.length);
  $("nothing").textContent = board.query ? "No comment has these words here." : board.view === "unsorted" ? "All comments are sorted." : "There is nothing here yet.";
  $("undo").hidden = !board.undo.length;
  const chosen = $("chosen");
  chosen.hidden = !board.picked.size;
  chosen.textContent = `${plural(board.picked.size, "comment")} chosen: a key, the menu or a drag moves all of them.`;
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
  Object.assign(board, { view, held: "", query: "" });
  $("search").value = "";
  board.picked.clear();
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

/* Asks for one step, after those before it; returns whether it was taken. */
function step(asked, words, moving = []) {
  moving.forEach((id) => board.moving.add(id));
  turn = turn.then(async () => {
    try {
      const answer = await call("themes/apply", { step: asked });
      if (answer.undo) board.undo.push({ undo: answer.undo, words, comments: asked.comments || [] });
      board.take(answer.state);
      const left = answer.problems.filter((one) => one.code !== "todo-left").map((one) => one.message);
      say([`${words}. ${board.state.ledger.unsorted.length} unsorted.`, ...left.slice(0, 2)].join(" "));
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

/* What a control at a comment is about: those that are chosen, if it is one of them. */
const targets = (id) => (board.picked.has(id) ? [...board.picked] : [id]);
const themeOf = (id) => board.state.themes.find((one) => one.id === id);

/* Puts comments into a theme, out of the one that is looked at unless they are to be in both. */
function put(id, theme, { stay = false, both = false, chosen = selectedWords(id) } = {}) {
  if (!theme) return;
  const comments = targets(id);
  const words = comments.length === 1 ? chosen : "";
  const from = board.view.startsWith("theme:") && !both ? board.view.slice("theme:".length) : "";
  const asked = { do: "put", comments, theme: theme.id, ...(words && { words }), ...(from && from !== theme.id && { out_of: from }) };
  board.last = { comments, theme };
  leave(id, comments, stay);
  getSelection().removeAllRanges();
  step(asked, `${naming(comments)} in ${theme.title}`, stay ? [] : comments);
}

function setAside(id, reason) {
  const comments = targets(id);
  leave(id, comments, false);
  step({ do: "aside", comments, reason }, `${naming(comments)} set aside: ${reason}`, comments);
}

const naming = (comments) => (comments.length > 3 ? plural(comments.length, "comment") : comments.join(", "));

/* Goes on to the next comment, which takes the place of those that leave the list. */
function leave(id, comments, stay) {
  board.held = stay ? id : "";
  board.picked.clear();
  if (stay || board.view !== "unsorted") return;
  const ids = board.ids();
  const rest = ids.slice(ids.indexOf(id)).find((one) => !comments.includes(one));
  board.current = rest || ids.findLast((one) => !comments.includes(one)) || "";
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
  if (!board.picked.delete(id)) board.picked.add(id);
  draw();
}

function choose(id, card) {
  if (id === board.current) return;
  const before = list.cards.get(board.current);
  before?.setAttribute("tabindex", "-1");
  before?.removeAttribute("aria-current");
  board.current = id;
  card.setAttribute("tabindex", "0");
  card.setAttribute("aria-current", "true");
}

function openMenu(id, anchor) {
  const chosen = selectedWords(id);
  showMenu(anchor, "Put into", [
    [chosen ? `Theme, with “${chosen.slice(0, 40)}”` : "Theme", board.state.themes.map((theme) => [theme.title, () => put(id, theme, { chosen })])],
    ["New", [["New theme …", () => panel.title.focus()]]],
    ["Set aside", board.reasons.map((reason) => [reason, () => setAside(id, reason)])],
  ]);
}

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

const anchor = () => list.cards.get(board.current)?.querySelector("[data-control=menu]");
const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  ArrowDown: () => walk(1),
  ArrowUp: () => walk(-1),
  x: () => board.current && togglePicked(board.current),
  p: () => anchor() && openMenu(board.current, anchor()),
  a: () => anchor() && showMenu(anchor(), "Set aside", [["Set aside", board.reasons.map((reason) => [reason, () => setAside(board.current, reason)])]]),
  n: () => panel.title.focus(),
  u: undo,
  "/": () => $("search").focus(),
  "?": () => $("help").click(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !board.state) return;
  if (event.key === "Escape" && isTyping()) {
    list.focus(board.current);
    return;
  }
  const arrows = event.key.startsWith("Arrow");
  if (isTyping() || event.target.closest?.(".menu") || (!arrows && !$("keys-on").checked)) return;
  if (arrows && !event.target.closest?.(".list")) return;
  const number = /^Digit([1-9])$/.exec(event.code)?.[1] || (/^[1-9]$/.test(event.key) ? event.key : "");
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (number && board.current) put(board.current, board.state.themes[number - 1], { stay: event.shiftKey, both: event.shiftKey });
  else if (QUICK[event.key.toLowerCase()] && board.last) describeLast(QUICK[event.key.toLowerCase()]);
  else if (act) act();
  else return;
  event.preventDefault();
  if (number) list.focus(board.current);
});

function describeLast(stance) {
  const { comments, theme } = board.last;
  step({ do: "put", comments, theme: theme.id, stance }, `${naming(comments)} in ${theme.title}: ${stance}`);
}

// --- beginning ---

async function load() {
  const told = await call("themes/board");
  board.texts = new Map(told.texts.map((one) => [one.id, { ...one, haystack: `${one.id} ${one.author} ${one.text}`.toLowerCase() }]));
  Object.assign(board, { reasons: told.reasons, stances: told.stances, language: told.language });
  board.take(told.state);
  document.title = `Themes: ${told.title}`;
  document.querySelector("h1").textContent = `Themes: ${told.title}`;
}

$("view").addEventListener("change", (event) => show(event.target.value));
$("search").addEventListener("input", (event) => {
  board.query = event.target.value;
  list.reset();
  draw();
});
$("undo").addEventListener("click", undo);
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
const from = document.referrer && new URL(document.referrer);
if (from && from.origin === location.origin && !from.pathname.startsWith("/.briefing/")) $("back").href = from.href;

load().then(() => {
  const kept = memory.get("themes-view");
  if (kept && (kept === "all" || kept === "aside" || board.state.themes.some((one) => `theme:${one.id}` === kept))) board.view = kept;
  draw();
  list.focus(board.current);
}, (error) => say([error.message, error.help].filter(Boolean).join(": "), true));
