/* The comments of the board as cards: what they say, where they are, and the controls that put them elsewhere. */

import { nameWays } from "./dialogs.js";
import { button, make, plural } from "./dom.js";
import { draggable } from "./themes-drag.js";

const AT_ONCE = 60; // cards that are drawn; more at a press, so that a thousand comments stay quick

/* What stances are called. */
export const STANCES = { supportive: "supportive (for)", critical: "critical (against)", mixed: "mixed", neutral: "neutral" };

export class CommentList {
  /* `acts` are what its controls do: put, takeOut, bringBack, describe, name, menu, pick, choose. */
  constructor(acts) {
    this.acts = acts;
    this.element = document.getElementById("list");
    this.more = document.getElementById("more");
    this.nothing = document.getElementById("nothing");
    this.limit = AT_ONCE;
    this.cards = new Map();
    this.more.addEventListener("click", () => {
      const next = this.limit;
      this.limit += AT_ONCE;
      this.acts.redraw();
      this.element.children[next]?.focus();
    });
  }

  /* Draws the comments with these ids: `board` knows their texts and where they are. */
  draw(ids, board) {
    const focused = this.focusedControl();
    this.cards.clear();
    const shown = ids.slice(0, this.limit);
    this.element.replaceChildren(...shown.map((id) => this.#card(id, board)));
    this.more.hidden = ids.length <= this.limit;
    this.more.textContent = `Show ${Math.min(AT_ONCE, ids.length - this.limit)} more of ${ids.length - this.limit}`;
    this.nothing.hidden = ids.length > 0;
    if (focused) this.#focusAgain(focused, board.current);
  }

  reset() {
    this.limit = AT_ONCE;
  }

  /* Which control has the focus, so that a new one of the same kind gets it. */
  focusedControl() {
    const card = document.activeElement?.closest?.(".comment");
    return card && { id: card.dataset.id, control: document.activeElement.dataset.control || "" };
  }

  #focusAgain({ id, control }, current) {
    const card = this.cards.get(id) || this.cards.get(current);
    const same = control && card?.dataset.id === id && card.querySelector(`[data-control="${CSS.escape(control)}"]`);
    (same || card || this.element.parentElement).focus({ preventScroll: Boolean(same) });
  }

  focus(id) {
    const card = this.cards.get(id);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  }

  #card(id, board) {
    const comment = board.texts.get(id);
    const picked = board.picked.has(id);
    const card = make("li", { class: `comment${picked ? " picked" : ""}`, "data-id": id, tabindex: id === board.current ? "0" : "-1", "aria-current": id === board.current && "true" });
    const grip = make("div", { class: "grip", "aria-hidden": "true", title: "Drag to a theme", text: "⠿" });
    draggable(grip, { words: () => this.acts.naming(id), drop: (target, both) => this.acts.drop(id, target, both) });
    const by = [id, comment.author, comment.date, comment.reply_to && `answers ${comment.reply_to}`, comment.votes !== null && plural(comment.votes, "vote")];
    card.append(grip, make("div", { class: "inner" },
      make("p", { class: "by", text: by.filter(Boolean).join(" · ") }),
      this.#text(comment, board),
      ...board.state.problems.filter(({ name }) => name?.comment === id).map((one) => nameWays(one, (way) => this.acts.name(one.name, way))),
      this.#places(id, board),
      this.#acts(id, picked, board)));
    card.addEventListener("focusin", () => this.acts.choose(id, card));
    this.cards.set(id, card);
    return card;
  }

  /* The comment's text, with the words marked that show why it is in the theme that is looked at. */
  #text(comment, board) {
    const shown = make("p", { class: "text", lang: board.language, dir: "auto" });
    const words = board.membersOf(comment.id).find((one) => `theme:${one.theme.id}` === board.view)?.words;
    const at = words ? comment.text.indexOf(words) : -1;
    if (!comment.text) shown.append(make("em", { text: "It has no words." }));
    else if (at < 0) shown.textContent = comment.text;
    else shown.append(comment.text.slice(0, at), make("mark", { text: words }), comment.text.slice(at + words.length));
    return shown;
  }

  #places(id, board) {
    const members = board.membersOf(id);
    const aside = board.asideOf(id);
    if (!members.length && !aside) return null;
    return make("ul", { class: "places", "aria-label": "Where it is" },
      ...members.map((one) => this.#member(id, one, board)),
      aside && make("li", {}, make("span", { class: "where", text: `Set aside: ${aside.reason}` }),
        !aside.fixed && button("Bring back", () => this.acts.bringBack(id), { "data-control": "back" })));
  }

  #member(id, { theme, stance, words }, board) {
    const stances = make("select", { "aria-label": `Stance in ${theme.title}`, "data-control": `stance ${theme.id}` },
      ...["", ...board.stances].map((each) => make("option", { value: each, text: STANCES[each] || "no stance" })));
    stances.value = stance;
    stances.addEventListener("change", () => this.acts.describe(id, theme, { stance: stances.value }));
    return make("li", { class: stance && `is-${stance}` },
      make("span", { class: "where", text: theme.title }), stances,
      words ? make("q", { text: words, dir: "auto" }) : null,
      button(words ? "Other words" : "Use selected words", () => this.acts.useSelected(id, theme), { "data-control": `words ${theme.id}`, "aria-label": `${words ? "Other words" : "Use selected words"} for ${theme.title}` }),
      words && button("Whole comment", () => this.acts.describe(id, theme, { words: "" }), { "data-control": `whole ${theme.id}`, "aria-label": `Whole comment for ${theme.title}` }),
      button("Take out", () => this.acts.takeOut(id, theme), { "data-control": `out ${theme.id}`, "aria-label": `Take out of ${theme.title}` }));
  }

  #acts(id, picked, board) {
    const box = make("input", { type: "checkbox", "data-control": "pick" });
    box.checked = picked;
    box.addEventListener("change", () => this.acts.pick(id));
    if (board.asideOf(id)?.fixed) return null;
    return make("div", { class: "acts" },
      button("Put into …", (event) => this.acts.menu(id, event.currentTarget), { "aria-haspopup": "menu", "aria-expanded": "false", "data-control": "menu", "aria-label": `Put ${picked && board.picked.size > 1 ? plural(board.picked.size, "comment") : id} into …` }),
      make("label", {}, box, "Choose"));
  }
}
