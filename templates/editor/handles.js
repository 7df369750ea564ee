/* Shows the words that an annotation is being written for in the text, with a handle at each end to drag. Those who do
   not drag have the same in the panel, by buttons and keys; the handles are for the pointer alone.

   Only a handle’s knob can be hit. It stands above the first line or below the last, in the space between two lines,
   where it takes no letter and no selection away, and is as large as that leaves room for, at most 24 pixels; a smaller
   one has the panel’s buttons as its equal (WCAG 2.2, 2.5.8). */

import { make } from "./dom.js";

const TOP = 120; // pixels that the theme's header and the tabs may cover
const LARGEST = 24; // pixels of a knob in height
const NAMES = { part: "bfe-words", active: "bfe-active" }; // of highlights, which the stylesheet colours

export class Handles {
  /* `moved(part)` hears of the active part while an end of it is dragged. */
  constructor(moved) {
    this.moved = moved;
    this.text = null;
    this.layer = make("div", { class: "bfe-layer", "aria-hidden": "true", hidden: true });
    this.ends = ["start", "end"].map((edge) => {
      const knob = make("div", { class: "bfe-knob" });
      const handle = make("div", { class: `bfe-handle bfe-at-${edge}` }, knob);
      knob.addEventListener("pointerdown", (event) => this.#drag(event, edge));
      this.layer.append(handle);
      return { edge, handle };
    });
    document.body.append(this.layer);
    this.again = () => this.text && this.#place();
    addEventListener("resize", this.again);
    this.observer = new ResizeObserver(this.again);
  }

  show(text, parts, active) {
    if (this.text !== text) {
      this.observer.disconnect();
      this.observer.observe(text.root);
    }
    Object.assign(this, { text, parts, active });
    if (window.Highlight) {
      CSS.highlights.set(NAMES.part, new Highlight(...parts.filter((_, index) => index !== active).map((part) => text.range(part))));
      CSS.highlights.set(NAMES.active, new Highlight(text.range(parts[active])));
    }
    this.layer.hidden = false;
    this.#place();
  }

  hide() {
    this.text = null;
    this.layer.hidden = true;
    this.observer.disconnect();
    if (window.Highlight) for (const name of Object.values(NAMES)) CSS.highlights.delete(name);
  }

  /* Has the active words in sight, between the theme's header and what the editor has at the foot: all of them, or with
     `some` at least a line, so that nothing moves below a pointer that drags an end. */
  reveal(some = false) {
    if (!this.text) return;
    const range = this.text.range(this.parts[this.active]);
    const foot = innerHeight - (parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom) || 0);
    const isSeen = ({ top, bottom }) => top >= TOP && bottom <= foot;
    const box = range.getBoundingClientRect();
    if (some ? [...range.getClientRects()].some(isSeen) : isSeen(box)) return;
    scrollBy({ top: box.top - TOP - 40, behavior: "instant" });
  }

  #place() {
    const boxes = [...this.text.range(this.parts[this.active]).getClientRects()].filter((box) => box.width);
    const rtl = getComputedStyle(this.text.root).direction === "rtl";
    for (const { edge, handle } of this.ends) {
      const box = edge === "start" ? boxes[0] : boxes.at(-1);
      handle.hidden = !box;
      if (!box) continue;
      const left = (edge === "start") !== rtl ? box.left : box.right;
      handle.style.translate = `${left + scrollX}px ${box.top + scrollY}px`;
      handle.style.blockSize = `${box.height}px`;
      handle.style.setProperty("--bfe-room", `${Math.min(LARGEST, this.#room(box, edge))}px`);
    }
  }

  /* How many pixels are free above the line that a box is in, or below it for its end. */
  #room(box, edge) {
    const block = this.text.blockAt(this.parts[this.active][edge]);
    const line = block ? parseFloat(getComputedStyle(block).lineHeight) : box.height;
    const around = block?.getBoundingClientRect();
    const left = around && (edge === "start" ? box.top - around.top : around.bottom - box.bottom);
    return left < line ? LARGEST : line - box.height; // the first and the last line have the space between two paragraphs
  }

  #drag(event, edge) {
    event.preventDefault();
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const move = ({ clientX, clientY }) => {
      this.layer.classList.add("bfe-dragging"); // or the knob itself would be what is below the pointer
      const point = caretAt(clientX, clientY);
      this.layer.classList.remove("bfe-dragging");
      const place = point && this.text.at(point.node, point.offset);
      if (place !== null) this.moved(this.text.dragged(this.parts[this.active], edge, place));
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      for (const type of ["pointerup", "pointercancel"]) handle.removeEventListener(type, end);
    };
    handle.addEventListener("pointermove", move);
    for (const type of ["pointerup", "pointercancel"]) handle.addEventListener(type, end);
  }
}

/* The point of the text that is below a point of the window. */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const found = document.caretRangeFromPoint?.(x, y);
  return found && { node: found.startContainer, offset: found.startOffset };
}
