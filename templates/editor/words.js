/* The part of the panel that is about the words: what they are and between what, moving their ends, parts that the source
   interrupts, and finding words by typing them where nobody can or wants to select. */

import { matches, Suggestions } from "./completion.js";
import { problemLine } from "./control.js";
import { button, freshId, make } from "./dom.js";

const AROUND = 24; // characters that are shown before and after
const LONGEST = 110; // characters of words that are shown; the text itself and the file's lines have all of them

function shortened(words) {
  if (words.length <= LONGEST) return words;
  return `${words.slice(0, LONGEST / 2).replace(/\s\S*$/, "")} … ${words.slice(-LONGEST / 2).replace(/^\S*\s/, "")}`;
}

export class WordsChooser {
  /* `changed()` hears that the words are others; `texts()` are those of the page. */
  constructor({ texts, changed, say }) {
    Object.assign(this, { texts, changed, say, text: null, parts: [], active: 0, unplaced: "", lost: null });
    this.problems = make("ul", { class: "bfe-problems", id: freshId("words-problems") });
    this.shown = make("div", { class: "bfe-passage" });
    this.ends = make("div", { class: "bfe-ends" });
    this.element = make("section", { class: "bfe-target", "data-path": "target", "aria-label": "The words" }, this.shown, this.ends, this.problems);
  }

  // --- what is chosen ---

  /* Takes a part of a text, or several. */
  set(text, parts, active = 0) {
    Object.assign(this, { text, parts, active, unplaced: "", lost: null });
    this.draw();
  }

  /* Words that are in none of the page's texts, or that nobody has chosen yet: a field to find them is shown. */
  setUnplaced(words) {
    Object.assign(this, { text: null, parts: [], active: 0, unplaced: words, lost: null });
    this.draw();
  }

  /* Words that were chosen on a page which does not show them now: they stay what they are. `parts` have the words with
     what is around them. */
  setLost(lost) {
    this.setUnplaced(lost.parts.map(({ exact }) => exact).join(" … "));
    this.lost = lost;
  }

  /* The chosen words, as they are found again after the page was loaded anew. */
  get kept() {
    const { text, parts, active, unplaced } = this;
    if (!text && this.lost) return this.lost;
    return { in: text?.comment ?? "", parts: parts.map((part) => ({ exact: text.words(part), ...text.around(part) })), active, unplaced };
  }

  /* What the server is told of them; null while there are none. */
  get passage() {
    if (!this.text && !this.lost) return this.unplaced ? { in: "", words: [this.unplaced], prefix: "", suffix: "" } : null;
    const { in: comment, parts } = this.kept;
    const { prefix, suffix } = parts.length > 1 ? { prefix: "", suffix: "" } : parts[0];
    return { in: comment, words: parts.map(({ exact }) => exact), prefix, suffix };
  }

  get hasText() {
    return Boolean(this.text && this.parts.length);
  }

  take(part) {
    this.parts = this.parts.map((one, index) => (index === this.active ? part : one));
    this.draw();
    this.changed();
  }

  addPart(part) {
    this.parts = [...this.parts, part].sort((one, other) => one.start - other.start);
    this.active = this.parts.indexOf(part);
    this.draw();
    this.changed();
  }

  // --- showing it ---

  draw() {
    if (this.hasText) this.#drawWords();
    else this.#drawFinder();
  }

  #drawWords() {
    const { text, parts, active } = this;
    const focused = document.activeElement?.dataset?.end;
    const several = parts.length > 1;
    const where = [text.comment && `In comment ${text.comment}`, several && `${parts.length} parts, without the words between them`].filter(Boolean).join(": ");
    const words = (part) => {
      const [before, after] = text.nearby(part, AROUND);
      return make("blockquote", { lang: text.language, dir: "auto" },
        make("span", { class: "bfe-context", text: before }), make("mark", { text: shortened(text.words(part)) }), make("span", { class: "bfe-context", text: after }));
    };
    const part = (one, index) => make("div", { class: `bfe-part${index === active ? " bfe-active-part" : ""}` }, words(one),
      button("Move", () => this.#activate(index), { class: "bfe-quiet", "aria-label": `Move the ends of part ${index + 1}`, "aria-pressed": String(index === active) }),
      button("×", () => this.#leaveOut(index), { class: "bfe-quiet", "aria-label": `Leave out part ${index + 1}`, title: "Leave this part out" }));
    this.shown.replaceChildren(...(where ? [make("p", { class: "bfe-where", text: where })] : []), ...(several ? parts.map(part) : parts.map(words)));
    const move = (edge, by, sign, words) => button(sign, () => this.move(edge, by), { "aria-label": words, title: words, "data-end": `${edge}${by}` });
    this.ends.hidden = false;
    this.ends.replaceChildren(
      make("span", { class: "bfe-end", role: "group", "aria-label": "Where the words begin" }, "Start", move("start", -1, "◂", "Begin one word earlier"), move("start", 1, "▸", "Begin one word later")),
      make("span", { class: "bfe-end", role: "group", "aria-label": "Where the words end" }, "End", move("end", -1, "◂", "End one word earlier"), move("end", 1, "▸", "End one word later")),
      button("Other words…", () => this.setUnplaced("") || this.finder.focus(), { class: "bfe-quiet" }));
    this.ends.querySelector(`[data-end="${focused}"]`)?.focus();
  }

  #drawFinder() {
    const input = make("textarea", { rows: 2, id: freshId("find"), dir: "auto", placeholder: "Type or paste words of the text", "aria-describedby": this.problems.id });
    input.value = this.unplaced;
    this.finder = input;
    const all = () => this.texts().flatMap((text) => text.sentences().map((part) => ({ text, part })));
    this.suggestions = new Suggestions(input, {
      role: "", query: () => input.value, say: this.say,
      options: (query) => all().filter(({ text, part }) => matches(query, text.words(part))).map(({ text, part }) => ({ value: part, text, label: text.words(part), detail: text.comment && `comment ${text.comment}` })),
      choose: ({ value, text, label }) => this.#found(input, text, value, label),
    });
    input.addEventListener("focus", () => this.suggestions.look());
    input.addEventListener("change", () => this.#typed(input.value));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.defaultPrevented) return;
      event.preventDefault();
      this.#typed(input.value);
    });
    this.ends.hidden = true;
    this.shown.replaceChildren(make("label", { for: input.id, text: "Which words?" }), input, this.suggestions.list,
      make("p", { class: "bfe-help", text: "Select them in the text, or type them here and choose a sentence; its ends can be moved afterwards." }));
  }

  /* A chosen sentence; of it only the words that were typed where it has just these. */
  #found(input, text, part, label) {
    const typed = input.value.replace(/\s+/g, " ").trim();
    const at = typed.includes(" ") ? label.indexOf(typed) : -1;
    this.set(text, [at < 0 ? part : { start: part.start + at, end: part.start + at + typed.length }]);
    this.changed();
    this.ends.querySelector("button").focus();
  }

  #typed(words) {
    const typed = words.replace(/\s+/g, " ").trim();
    if (!typed) return;
    for (const text of this.texts()) {
      const part = text.find(typed);
      if (!part) continue;
      this.set(text, [text.whole(part)]);
      this.changed();
      this.ends.querySelector("button").focus();
      return;
    }
    this.lost = null;
    this.unplaced = typed; // the server says what is like them
    this.changed();
  }

  // --- moving ---

  move(edge, by) {
    if (!this.hasText) return;
    const part = this.parts[this.active];
    const next = this.text.moved(part, edge, by);
    this.take(next);
    this.say(next.start === part.start && next.end === part.end ? "It goes no further" : this.text.words(next));
  }

  /* Moves an end by an arrow that is pressed with Shift: left and right the end, up and down the start. */
  arrow(key) {
    const rtl = this.text && getComputedStyle(this.text.root).direction === "rtl";
    const by = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, ArrowDown: 1, ArrowUp: -1 }[key];
    this.move(/Left|Right/.test(key) ? "end" : "start", by);
  }

  /* Whether a key that is pressed in it is for moving an end. */
  isArrow({ key, target, shiftKey, ctrlKey, metaKey }) {
    return shiftKey && !ctrlKey && !metaKey && /^Arrow/.test(key) && this.element.contains(target) && !target.matches("textarea");
  }

  #activate(index) {
    this.active = index;
    this.draw();
    this.changed();
  }

  #leaveOut(index) {
    this.parts = this.parts.filter((_, at) => at !== index);
    this.active = 0;
    this.draw();
    this.changed();
  }

  /* Shows what is wrong with the words; `ways(problem)` are the buttons for what can be done about it. */
  show(problems, ways) {
    this.problems.replaceChildren(...problems.map((problem) => problemLine(problem, false, ...ways(problem))));
  }
}
