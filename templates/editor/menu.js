/* A menu that opens at an element: arrow keys, digits, first letters, Escape (WAI-ARIA menu). */

import { button, make } from "./dom.js";

let open = null;

/* Shows `groups`, lists of [words, act] below a name each, at `anchor`, which gets the focus again when it closes. */
export function showMenu(anchor, name, groups) {
  open?.close();
  const items = [];
  const numbered = groups[0]?.[1].length ?? 0; // its entries have the numbers that they have elsewhere, too
  const rows = groups.filter(([, entries]) => entries.length).map(([heading, entries]) =>
    make("div", { role: "group", "aria-label": heading },
      make("div", { class: "group", "aria-hidden": "true", text: heading }),
      ...entries.map(([words, act]) => {
        const item = button("", () => { close(); act(); }, { role: "menuitem", tabindex: items.length ? "-1" : "0" }); // one can be tabbed to, so that a long menu scrolls
        items.push(item);
        const digit = items.length <= Math.min(numbered, 9) && String(items.length);
        if (digit) item.setAttribute("aria-keyshortcuts", digit);
        item.append(...(digit ? [make("kbd", { "aria-hidden": "true", text: digit }), " "] : []), make("span", { class: "words", text: words }));
        return item;
      })));
  const menu = make("div", { class: "menu", role: "menu", "aria-label": name }, ...rows);
  const away = (event) => menu.contains(event.target) || close(false);

  function close(back = true) {
    menu.remove();
    removeEventListener("pointerdown", away, true);
    anchor.setAttribute?.("aria-expanded", "false");
    open = null;
    if (back) anchor.focus({ preventScroll: true });
  }
  const go = (step) => items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  menu.addEventListener("keydown", (event) => {
    const acts = { ArrowDown: () => go(1), ArrowUp: () => go(-1), Home: () => items[0].focus(), End: () => items.at(-1).focus(), Escape: close, Tab: close };
    const digit = /^[1-9]$/.test(event.key) && event.key <= numbered && !event.ctrlKey && !event.metaKey && !event.altKey;
    const letter = event.key.length === 1 && event.key.trim() && !event.ctrlKey && !event.metaKey;
    if (acts[event.key]) acts[event.key]();
    else if (digit) items[event.key - 1].click();
    else if (letter) {
      const at = items.indexOf(document.activeElement);
      const later = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      later.find((one) => one.querySelector(".words").textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    } else return;
    event.stopPropagation();
    if (event.key !== "Tab") event.preventDefault();
  });
  addEventListener("pointerdown", away, true);
  (document.querySelector("main") || document.body).append(menu);
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom > menu.offsetHeight + 8 || box.top < menu.offsetHeight + 8;
  menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(below ? box.bottom + 4 : box.top - menu.offsetHeight - 4, innerHeight - menu.offsetHeight - 8))}px`;
  anchor.setAttribute?.("aria-expanded", "true");
  open = { close };
  items[0]?.focus();
}
