/* A citation shows what it cites while it is pointed at or has the focus (WCAG 1.4.13: it can be pointed at itself, stays
   until it is left, and Escape takes it away). The cited page is fetched once; where that cannot be, as from a file,
   the link's title is shown. Under a finger the link is just a link. The sign of an author's reading leads nowhere and
   is no stop of the keyboard: pointed at or tapped, it shows its title; who uses the keyboard has the link with words. */
(() => {
  "use strict";
  if (window.bfPreview) return;
  window.bfPreview = true;

  const pages = new Map();
  const box = document.createElement("div");
  let link = null;
  let timer = 0;
  box.className = "bf-preview";
  box.id = "bf-preview";
  box.setAttribute("role", "tooltip");

  function page(url) {
    const address = url.href.slice(0, url.href.length - url.hash.length);
    if (address === location.href.slice(0, location.href.length - location.hash.length)) return document;
    if (!pages.has(address)) pages.set(address, load(address));
    return pages.get(address);
  }
  async function load(address) {
    if (!/^http/.test(address) || !address.startsWith(`${location.origin}/`)) return null;
    try {
      const answer = await fetch(address);
      return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    } catch {
      return null;
    }
  }

  /* The first words of a card, as plain paragraphs: no links, so that nothing in it needs the focus. Of a work, which the
     title names already, those of its excerpts that have most of the words of the sentence that cites it. */
  function essentials(element, citing) {
    const card = element.closest("article, .bf-card, li") || element;
    const found = [...card.querySelectorAll(".bf-value, .bf-meta, .bf-label, .bf-note, p")];
    const parts = found.filter((part) => !part.closest(".bf-links, .bf-cited") && !found.some((other) => other !== part && other.contains(part)));
    const excerpts = card.matches(".bf-reference") ? parts.filter((part) => part.closest("blockquote")) : [];
    const words = (text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
    const wanted = words(citing);
    const shared = (part) => [...words(part.textContent)].filter((word) => wanted.has(word)).length;
    const best = excerpts.sort((one, other) => shared(other) - shared(one)).slice(0, 2);
    return (excerpts.length ? best : parts.slice(0, 4)).map((part) => {
      const line = document.createElement("p");
      const copy = part.cloneNode(true);
      for (const marker of copy.querySelectorAll(".headerlink, .bf-cite:not(.bf-reading)")) marker.remove();
      for (const sign of copy.querySelectorAll(".bf-reading")) sign.textContent = `(${sign.textContent})`;
      const words = part.closest("blockquote, .bf-told");
      line.className = words ? "bf-words" : part.className;
      line.lang = (words || part).lang;
      line.dir = (words || part).dir || "auto";
      line.textContent = copy.textContent.replace(/\s+/g, " ").replace(/ (?=[.,;])/g, "").trim();
      return line;
    }).filter((line) => line.textContent);
  }

  /* What is before a citation, from the end of the sentence before. */
  function sentence(citation) {
    const block = citation.closest("p, li, dd, td, figcaption") || citation.parentElement;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEndBefore(citation);
    const before = range.cloneContents();
    for (const marker of before.querySelectorAll(".bf-cite")) marker.remove();
    return before.textContent.split(/[.!?؟]\s+(?=\S+\s)/).at(-1);
  }

  async function show(next) {
    clearTimeout(timer);
    if (link === next) return;
    hide();
    link = next;
    const { href, title } = next;
    const head = document.createElement("strong");
    head.textContent = title;
    next.dataset.title = title; // or the browser would show it beside the preview
    next.removeAttribute("title");
    box.replaceChildren(head);
    box.lang = next.closest("[lang]")?.lang || "";
    document.body.append(box);
    next.setAttribute("aria-describedby", box.id);
    place();
    if (!href) return;
    const url = new URL(href);
    const element = (await page(url))?.getElementById(url.hash.slice(1));
    if (link !== next || !element) return;
    box.replaceChildren(head, ...essentials(element, sentence(next)));
    place();
  }
  function hide() {
    clearTimeout(timer);
    if (!link) return;
    link.title = link.dataset.title;
    link.removeAttribute("data-title");
    link.removeAttribute("aria-describedby");
    link = null;
    box.remove();
  }
  function place() {
    const at = link.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = box;
    const above = at.bottom + offsetHeight > innerHeight && at.top > offsetHeight;
    const left = Math.min(at.left, document.documentElement.clientWidth - offsetWidth - 8);
    box.style.left = `${Math.max(8, left)}px`;
    box.style.top = `${above ? at.top - offsetHeight : at.bottom}px`;
  }
  const later = (act, delay) => {
    clearTimeout(timer);
    timer = setTimeout(act, delay);
  };
  const cited = (event) => event.target.closest?.(".bf-cite a, .bf-sign");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const next = cited(event);
    if (next) later(() => show(next), link ? 0 : 150);
    else if (box.contains(event.target)) clearTimeout(timer);
    else if (link && document.activeElement !== link) later(hide, 250);
    else if (!link) clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const next = cited(event);
    if (next?.matches(":focus-visible")) show(next);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === link && !box.matches(":hover")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !link) return;
    event.stopImmediatePropagation(); // first the preview, then what is below it
    hide();
  }, true);
  document.addEventListener("click", (event) => {
    const sign = event.target.closest?.(".bf-sign");
    if (sign) show(sign);
    else if (!box.contains(event.target)) hide();
  });
  window.addEventListener("scroll", () => link && place(), { passive: true });
  // Instant navigation swaps the page and leaves the body's own children.
  window.document$?.subscribe(hide);
})();
