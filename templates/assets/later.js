/* Fetches a script when it is first needed: what previews citations, and what works on selected words. The event that
   asked for it is given to it once it has come. Where all scripts are in the page, as in an export, there is no need. */
(() => {
  "use strict";
  /* Of tabs that do not fit into a line, those before the current one are in sight that are whole beside it. */
  for (const tab of document.querySelectorAll(".bf-tabs [aria-current]")) {
    const box = tab.closest(".bf-tabs");
    const isRight = getComputedStyle(box).direction === "rtl";
    const edge = (one) => (isRight ? -one.getBoundingClientRect().right : one.getBoundingClientRect().left);
    const begin = (one) => edge(one) - edge(box);
    const end = begin(tab) + tab.offsetWidth;
    let first = tab;
    while (first.previousElementSibling && end - begin(first.previousElementSibling) <= box.clientWidth) first = first.previousElementSibling;
    const away = begin(first);
    tab.parentElement.style.paddingInlineEnd = `${Math.max(0, away + box.clientWidth - box.scrollWidth)}px`; // or the last tabs would begin within a word
    box.scrollLeft += isRight ? -away : away;
  }

  /* What a link leads to is unfolded: the excerpts of a work, or how other reports have a sentence. */
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    const folded = target?.matches("details") ? target : target?.closest(".bf-reference")?.querySelector("details");
    if (folded) folded.open = true;
  };
  unfold();

  /* A long text is on several pages. An address whose place is not on this one is looked up in a file of the briefing: its
     own scripts and links know the pages, but not the addresses that others have written down. */
  function lookUp() {
    const hash = location.hash.slice(1);
    const paged = /text(?:-\d+)?(\/(?:index\.html)?|\.html)?$/.exec(location.pathname);
    if (!hash || !paged || document.getElementById(hash) || !document.querySelector(".bf-paged")) return;
    const folder = new URL(location.pathname.slice(0, paged.index), location.href).href;
    window.bfPlaces = ({ paragraphs, annotations }) => {
      const number = /^p(\d+)$/.exec(hash)?.[1];
      const found = number && paragraphs.findLast(([, first]) => first <= number)?.[0];
      const page = found || (Object.hasOwn(annotations, hash.replace(/^(t-|_)/, "")) && annotations[hash.replace(/^(t-|_)/, "")]);
      const to = page && new URL(`${folder}${page}${paged[1] || ""}${location.search}#${hash}`);
      if (to && to.pathname !== location.pathname) location.replace(to.href);
    };
    const script = document.createElement("script");
    script.src = `${folder}places.js`;
    document.head.append(script);
  }
  lookUp();

  if (window.bfLater) return;
  window.bfLater = true;
  window.addEventListener("hashchange", unfold);
  window.addEventListener("hashchange", lookUp);
  // A link to the fragment that the address already has changes no hash.
  document.addEventListener("click", (event) => event.target.closest?.('a[href*="#"]') && setTimeout(unfold));
  const { src } = document.currentScript;
  const asked = {};

  function need(flag, name, event, target = event.target) {
    if (window[flag] || asked[name]) return;
    const script = document.createElement("script");
    script.src = asked[name] = new URL(name, src).href;
    script.onload = () => target.dispatchEvent(new event.constructor(event.type, event));
    document.head.append(script);
  }
  // A finger passes over what it is about to press: a link is then just a link, and a sign is asked by the press.
  for (const type of ["pointerover", "focusin", "click"]) {
    const asking = type === "click" ? ".bf-sign" : ".bf-cite a, .bf-sign";
    document.addEventListener(type, (event) => {
      if (event.pointerType !== "touch" || type === "click") event.target.closest?.(asking) && need("bfPreview", "preview.js", event);
    });
  }
  // Who selects presses something first: the script is there before the words are chosen.
  for (const type of ["pointerdown", "keydown", "selectionchange"]) {
    document.addEventListener(type, () => {
      if (document.querySelector(".bf-text")) need("bfSelect", "select.js", new Event("selectionchange"), document);
    });
  }
  for (const type of ["focusin", "submit"]) {
    document.addEventListener(type, (event) => {
      if (!event.target.closest?.(".bf-compare")) return;
      if (type === "submit") event.preventDefault();
      need("bfCompare", "compare.js", event);
    });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".bf-check button, .bf-recording a, a[href*='#t=']");
    if (link?.type) need("bfCheck", "check.js", event);
    else if (link?.origin === location.origin && !window.bfRecording) {
      event.preventDefault();
      need("bfRecording", "recording.js", event, link);
    }
  });
  /* The annotated text leaves the list of the works that it cites to a file of its briefing, and only paper needs it:
     it is fetched at once, since printing waits for nothing. A page on a disk may read no file, but may run one, which
     calls `bfWorks`. */
  function works() {
    const list = document.querySelector(".bf-works-cited:not(:has(ol))");
    if (!list) return;
    const address = list.querySelector("a").href.replace(/method(\/(index\.html)?|\.html)(#.*)?$/, "works.js");
    window.bfWorks = (found) => list.append(listed(found));
    if (location.protocol === "file:") {
      const script = document.createElement("script");
      script.src = address;
      document.head.append(script);
    } else {
      const request = new XMLHttpRequest();
      try {
        request.open("GET", address, false);
        request.send();
        window.bfWorks(JSON.parse(request.responseText.slice("bfWorks(".length, -")\n".length)));
      } catch {} // the sheet says where the list is
    }
  }
  function listed(works) {
    const lines = document.createElement("ol");
    for (const [id, number, name, url] of works) {
      if (!document.querySelector(`.bf-cite a[href*="method"][href$="#${id}"]`)) continue;
      const line = document.createElement("li");
      const work = document.createElement(url ? "a" : "span");
      if (url) work.href = url;
      work.textContent = name;
      line.value = number;
      line.append(work);
      lines.append(line);
    }
    return lines;
  }
  if (location.protocol === "file:") works();
  // Paper has a running head, whose words only the page knows.
  window.addEventListener("beforeprint", () => {
    works();
    const { style } = document.documentElement;
    style.setProperty("--bf-running-head", JSON.stringify(document.title));
    if (location.protocol !== "file:") style.setProperty("--bf-address", JSON.stringify(location.href.split("#")[0]));
  });
})();
