/* A menu that opens at an element: arrow keys, first letters, Escape (WAI-ARIA menu). */

import { button, make } from "./dom.js";

let open = null;

/* Shows `groups`, lists of [words, act] below a name each, at `anchor`, which gets the focus again when it closes. */
export function showMenu(anchor, name, groups) {
  open?.close();
  const items = [];
  const rows = groups.filter(([, entries]) => entries.length).map(([heading, entries]) =>
    make("div", { role: "group", "aria-label": heading },
      make("div", { class: "group", "aria-hidden": "true", text: heading }),
      ...entries.map(([words, act]) => {
        const item = button(words, () => { close(); act(); }, { role: "menuitem", tabindex: "-1" });
        items.push(item);
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
    const letter = event.key.length === 1 && event.key.trim() && !event.ctrlKey && !event.metaKey;
    if (acts[event.key]) acts[event.key]();
    else if (letter) {
      const at = items.indexOf(document.activeElement);
      const later = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      later.find((one) => one.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
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
