/* The links and buttons of a card put something on the clipboard: its address, or its words with where they come from.
   Without a script, or where the clipboard is refused, the link still leads to the card and its address. */
(() => {
  "use strict";
  if (window.bfCopy) return;
  window.bfCopy = true;

  function statement(button) {
    const { words, credit } = button.dataset;
    const address = new URL(button.closest(".bf-card").querySelector(".bf-permalink").href).href;
    return `${words}\n${credit}\n${address}`;
  }
  async function copy(element, text) {
    if (element.dataset.label) return; // it is still saying that it has copied
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return;
    }
    const { textContent } = element;
    element.dataset.label = textContent;
    element.setAttribute("aria-live", "polite");
    element.textContent = element.dataset.copied;
    setTimeout(() => {
      element.textContent = element.dataset.label;
      element.removeAttribute("aria-live");
      delete element.dataset.label;
    }, 2000);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".bf-permalink");
    if (link) copy(link, link.href);
    const button = event.target.closest?.(".bf-copy");
    if (button) copy(button, statement(button));
  });
  const show = () => {
    for (const button of document.querySelectorAll(".bf-copy")) button.hidden = !navigator.clipboard;
  };
  if (window.document$) window.document$.subscribe(show);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
})();
