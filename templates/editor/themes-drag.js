/* Dragging with a mouse, pen or finger: from a grip to one of the targets. What it does can be done by keys and menus too. */

import { make } from "./dom.js";

const START = 5; // pixels that a pointer moves before it drags
const EDGE = 48; // pixels from the edge of the targets within which they scroll

/* Lets `grip` drag. `words()` names what is dragged, `drop(target, both)` hears where to; `both` is whether a key says
   that it stays where it is, too. */
export function draggable(grip, { words, drop }) {
  grip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const from = { x: event.clientX, y: event.clientY };
    let ghost = null;
    let over = null;

    const find = (at) => document.elementFromPoint(at.clientX, at.clientY)?.closest("[data-target]") || null;

    const move = (at) => {
      if (!ghost && Math.hypot(at.clientX - from.x, at.clientY - from.y) < START) return;
      if (!ghost) {
        ghost = make("div", { class: "ghost", "aria-hidden": "true", text: words() });
        document.body.append(ghost);
        document.documentElement.classList.add("dragging");
      }
      at.preventDefault();
      ghost.style.transform = `translate(${at.clientX + 12}px, ${at.clientY + 8}px)`;
      const now = find(at);
      if (now !== over) {
        over?.classList.remove("over");
        now?.classList.add("over");
        over = now;
      }
      scroll(at);
    };
    const scroll = (at) => {
      const panel = document.querySelector(".themes");
      const box = panel.getBoundingClientRect();
      if (at.clientX < box.left || at.clientX > box.right) return;
      if (at.clientY > box.bottom - EDGE) panel.scrollTop += 12;
      if (at.clientY < box.top + EDGE) panel.scrollTop -= 12;
    };
    const end = (at) => {
      for (const [name, act] of listeners) removeEventListener(name, act, true);
      ghost?.remove();
      document.documentElement.classList.remove("dragging");
      over?.classList.remove("over");
      if (ghost && over && at?.type === "pointerup") drop(over.dataset, at.ctrlKey || at.altKey);
    };
    const escape = (pressed) => pressed.key === "Escape" && end(null);
    const listeners = [["pointermove", move], ["pointerup", end], ["pointercancel", end], ["keydown", escape]];
    for (const [name, act] of listeners) addEventListener(name, act, true);
    grip.setPointerCapture?.(event.pointerId);
    event.preventDefault();
  });
}
