/* The annotated text: margin notes or a sheet at the foot, the bar of kinds, keys, permalinks.
   Without this script the notes are below their paragraphs and everything can be read.
   What is marked at first is said in the page, by the bar's buttons and `data-hide`; claims with a verdict always are.
   The stylesheet alone decides whether there is room for a margin: it says so in --bf-wide. */
(() => {
  "use strict";
  if (window.bfText) return;
  window.bfText = true;

  const $ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const HEADER = 104; // px that the theme's header and the tabs may cover
  const NEAR = 60; // px that the notes above may push a note down before it has no more lines than its title
  const CROWDED = 180; // px that they may do so before it has one
  const FAR = 110; // px that a note may be from its line before it has one
  const LINES = 2; // of a note in the margin; its title may have more where there is room
  const GAP = 6; // px between two notes

  let leaving = new AbortController();
  let moved = null; // what to do when the address changes within a page

  // Before the theme's own listeners: therefore this script is not deferred.
  for (const type of ["popstate", "hashchange"]) window.addEventListener(type, (event) => moved?.(event));

  /* Runs on every page that is opened, also by instant navigation, and does its work once for each text. */
  function start() {
    const text = document.querySelector(".bf-text");
    if (text && "ready" in text.dataset) return;
    leaving.abort();
    leaving = new AbortController();
    moved = null;
    if (text) read(text, leaving.signal);
  }

  function read(text, signal) {
    const sheet = document.querySelector(".bf-sheet");
    const steps = document.querySelector(".bf-step");
    const buttons = $(".bf-bar button[data-kind]");
    const all = document.querySelector(".bf-all");
    const bar = document.querySelector(".bf-bar");
    const stepping = document.querySelector(".bf-stepping");
    const items = collect(text);
    const path = location.pathname;
    const first = buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.kind);
    const hidden = new Set();
    let lit = []; // what pointer or focus lights up
    let kept = []; // what stays lit without them
    let target = null; // the paragraph or mark that the address names
    let open = null; // the annotation whose note is open
    let pushed = false; // whether opening it made an entry in the history
    let here = ""; // the fragment that was last acted on
    let quiet = false; // whether the next change of the address is our own
    let wide = false;
    let frame = 0;

    const shown = (item) => item.claim || !hidden.has(item.kind);
    // What is reported keeps its number, and what was called by its address too.
    const numbered = (item) => shown(item) || item.kind === "reported" || item.ref.parentElement.matches(".bf-called");
    const labelled = (item) => shown(item) && !item.bare;
    const at = (element) => {
      const found = element.closest(".bf-ref, .bf-note, mark.bf-mark");
      if (!found) return kept;
      if (found.matches("mark")) return found.dataset.bf.split(" ").map((id) => items.get(id));
      return [items.get(found.matches(".bf-note") ? found.id.slice(1) : found.firstChild.hash.slice(2))];
    };

    // --- lighting up ---

    function light(which) {
      const next = which.filter((item) => item && numbered(item));
      for (const item of lit) if (!next.includes(item)) glow(item, false);
      for (const item of next) glow(item, true);
      lit = next;
    }
    function glow(item, on) {
      for (const element of [...item.marks, item.ref, item.note]) element.classList.toggle("bf-lit", on);
    }
    function keep(which, element) {
      target?.classList.remove("bf-target");
      target = element;
      target?.classList.add("bf-target");
      light((kept = which));
    }

    // --- the margin ---

    /* Each note as near to its line as can be without overlap: neighbours that would overlap become one block, which
       is placed where its notes are nearest to their lines on average. */
    function spread(list) {
      const blocks = [];
      for (const { want, height } of list) {
        let block = { count: 1, sum: want, size: height + GAP, offsets: [0] };
        for (let last; (last = blocks.at(-1)) && top(last) + last.size > top(block); ) {
          blocks.pop();
          last.offsets.push(...block.offsets.map((offset) => offset + last.size));
          last.sum += block.sum - block.count * last.size;
          last.count += block.count;
          last.size += block.size;
          block = last;
        }
        blocks.push(block);
      }
      return blocks.flatMap((block) => block.offsets.map((offset) => top(block) + offset));
    }
    const top = (block) => Math.max(0, block.sum / block.count);
    const line = (item) => [...item.marks.at(-1).getClientRects()].at(-1).top - text.getBoundingClientRect().top;

    /* All is read before anything is written, so that a placement costs one layout. Where notes are many they have as
       many lines as their titles, and where that would take them far from their lines, one; a title of more than two is
       shown whole where there is room. An open note lies over the others and moves none. */
    function place() {
      const was = wide;
      wide = getComputedStyle(text).getPropertyValue("--bf-wide").trim() === "1";
      if (wide) arrange();
      else text.style.removeProperty("min-block-size");
      if (wide !== was && open) reopen();
    }
    function arrange() {
      const list = [...items.values()].filter(labelled).map((item) => ({ item, want: line(item) }));
      const row = list.length ? parseFloat(getComputedStyle(list[0].item.note).lineHeight) : 0;
      const give = (one, lines) => Object.assign(one, { lines, height: row * lines });
      for (const one of list) one.titled = one.item.title.getClientRects().length;
      let end = 0;
      for (const one of list) {
        const pushed = end - one.want;
        give(one, pushed < NEAR ? LINES : pushed < CROWDED ? Math.min(one.titled, LINES) : 1);
        end = Math.max(end, one.want) + one.height + GAP;
      }
      let tops = spread(list);
      const far = list.filter(({ want }, index) => Math.abs(tops[index] - want) > FAR);
      for (const one of far) give(one, 1);
      if (far.length) tops = spread(list);
      for (const [index, { item, titled, lines }] of list.entries()) {
        const room = (tops[index + 1] ?? Infinity) - GAP - tops[index];
        item.at = Math.round(tops[index]);
        if (item !== open) item.note.style.insetBlockStart = `${item.at}px`;
        item.note.style.setProperty("--bf-lines", titled > lines && titled * row <= room ? titled : lines);
      }
      const last = list.at(-1);
      text.style.minBlockSize = last ? `${Math.ceil(tops.at(-1) + last.height)}px` : "";
    }
    function later() {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        place();
      });
    }

    // --- one note ---

    function reveal(element) {
      const { top, height } = element.getClientRects()[0];
      const foot = innerHeight - (sheet.open ? sheet.offsetHeight : 0);
      if (top < HEADER || top + Math.min(height, 160) > foot) scrollBy(0, top - Math.max(HEADER, foot * 0.4));
    }
    /* Browsers drop the focus when they turn to a fragment that cannot have it, and do so late: then once more. */
    function focus(element) {
      const take = () => element.focus({ preventScroll: true });
      const again = () => setTimeout(() => document.activeElement === document.body && take(), 80);
      if (element.tabIndex < 0) element.tabIndex = -1;
      take();
      again();
      if (document.readyState !== "complete") on(window, "load", again);
    }
    function show(item) {
      if (open) drop();
      open = item;
      call(item);
      keep([item], item.marks[0]);
      const box = wide ? item.note : sheet;
      reach(item.note, true);
      if (wide) item.note.style.insetBlockStart = `${Math.round(labelled(item) ? item.at : line(item))}px`;
      else {
        sheet.replaceChildren(...[...item.note.childNodes].map((node) => node.cloneNode(true)));
        sheet.setAttribute("aria-label", item.note.getAttribute("aria-label"));
        sheet.className = `bf-sheet bf-${item.kind}`;
      }
      box.prepend(steps);
      steps.hidden = false;
      item.note.classList.add("bf-open");
      if (!wide) sheet.show();
      text.style.marginBlockEnd = wide ? "" : `${sheet.offsetHeight}px`;
      focus(box);
      reveal(wide ? item.note : item.marks[0]);
    }
    function drop() {
      open.note.classList.remove("bf-open");
      reach(open.note, false);
      open = null;
      steps.hidden = true;
      sheet.after(steps);
      sheet.close();
      text.style.marginBlockEnd = "";
      keep([], null);
    }
    function reopen() {
      const item = open;
      drop();
      show(item);
    }
    function close() {
      const { ref } = open;
      drop();
      focus(ref);
      reveal(ref);
    }
    /* Closing takes the note out of the address: by going back where opening it was a step, so that Back closes too. */
    function leave() {
      close();
      if (pushed) history.back();
      else history.replaceState(history.state, "", location.pathname + location.search);
      quiet = pushed;
      pushed = false;
      here = "";
    }

    // --- addresses ---

    function go(hash) {
      const [, prefix, id] = /^#(t-|_|)([\w-]+)$/.exec(hash) || [];
      const item = prefix && items.get(id);
      if (item && (prefix === "_" || !item.bare)) return show(item);
      if (item) call(item);
      const element = item ? item.marks[0] : /^p\d+$/.test(id) && document.getElementById(id);
      if (open) drop();
      if (!element) return keep([], null);
      keep(item ? [item] : [], element);
      focus(element);
      const { top, bottom } = element.getBoundingClientRect();
      if (item || bottom < HEADER || top > innerHeight) reveal(element);
    }
    /* A number that its kind hides is shown once its annotation is called by its address, so that the focus has a place. */
    function call(item) {
      if (!numbered(item)) item.ref.parentElement.classList.add("bf-called");
    }
    function visit(hash) {
      const note = hash.startsWith("#_");
      if (open && note) history.replaceState(history.state, "", hash);
      else history.pushState(null, "", hash);
      pushed = note && (pushed || !open);
      go((here = hash));
    }
    function follow(event) {
      const { hash, pathname } = location;
      if (pathname !== path) return;
      // The theme's own navigation takes the first step back on a page for one to another page, and would load it.
      event.stopImmediatePropagation();
      if (quiet) here = hash;
      quiet = false;
      if (hash === here) return;
      here = hash;
      if (open && (pushed || !hash) && !/^#(t-|_)/.test(hash)) close();
      else go(hash);
      pushed = false;
    }

    // --- kinds ---

    function toggle(kind) {
      hidden.delete(kind) || hidden.add(kind);
      choose();
    }
    function toggleAll() {
      const some = hidden.size;
      hidden.clear();
      if (!some) for (const { dataset } of buttons) if (!first.includes(dataset.kind)) hidden.add(dataset.kind);
      choose();
    }
    /* The choice is in the address unless it is what the page says itself. */
    function choose() {
      paint();
      place();
      const url = new URL(location);
      url.searchParams.delete("kinds");
      const kinds = buttons.map((button) => button.dataset.kind).filter((kind) => !hidden.has(kind));
      const chosen = hidden.size ? kinds.join() : "all";
      const own = first.length < buttons.length ? first.join() : "all";
      url.search = [url.searchParams.toString(), chosen === own ? "" : `kinds=${chosen}`].filter(Boolean).join("&");
      history.replaceState(history.state, "", url);
    }
    function paint() {
      text.dataset.hide = [...hidden].join(" ");
      for (const button of buttons) button.setAttribute("aria-pressed", String(!hidden.has(button.dataset.kind)));
      all?.setAttribute("aria-pressed", String(!hidden.size));
      for (const called of $(".bf-called", text)) called.classList.remove("bf-called");
      if (open && !shown(open)) call(open);
      light(lit);
    }

    // --- keys ---

    function step(by) {
      const list = [...items.values()].filter(numbered);
      const active = document.activeElement;
      const current = open || list.find((item) => item.ref === active || item.marks.includes(active) || item.note.contains(active));
      let index = list.indexOf(current);
      if (index < 0) {
        index = list.findIndex((item) => item.ref.getBoundingClientRect().top > HEADER);
        index = by > 0 ? (index < 0 ? list.length : index) - 1 : index < 0 ? list.length : index;
      }
      const next = list[index + by];
      if (next && open) visit(`#_${next.id}`);
      else if (next) {
        focus(next.ref);
        reveal(next.ref);
      } else turn(by);
    }
    /* Of a long text the notes go on at the page before or after; which is the first there, that page knows. */
    function turn(by) {
      const page = document.querySelector(".bf-paged [aria-current]");
      const link = by > 0 ? page?.nextElementSibling : page?.previousElementSibling;
      if (link) location.assign(`${link.href}${location.search}#${open ? "_" : "t-"}_${by > 0 ? "first" : "last"}`);
    }
    function arrive() {
      const [, prefix, which] = /^#(t-|_)_(first|last)$/.exec(location.hash) || [];
      if (!which) return;
      const item = [...items.values()].filter(numbered).at(which === "first" ? 0 : -1);
      history.replaceState(history.state, "", item ? `#${prefix}${item.id}` : location.pathname + location.search);
    }
    function key(event) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && open) return leave();
      const by = { j: 1, k: -1 }[event.key];
      const active = document.activeElement;
      const elsewhere = active !== document.body && ![text, sheet, bar].some((part) => part?.contains(active));
      if (!by || elsewhere || stepping.getAttribute("aria-pressed") !== "true") return;
      event.preventDefault();
      step(by);
    }

    // --- what a reader does ---

    function click(event) {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const move = event.target.closest("[data-step]");
      if (move) return +move.dataset.step ? step(+move.dataset.step) : leave();
      const link = event.target.closest("a");
      if (link?.hash && link.host === location.host && link.pathname === location.pathname) {
        // Before the theme's own navigation sees it, which has also made the address absolute.
        event.preventDefault();
        event.stopPropagation();
        const back = link.hash.startsWith("#t-") && link.closest(".bf-open, .bf-sheet");
        return back ? leave() : visit(link.hash.replace(/^#t-/, "#_"));
      }
      if (link || !getSelection().isCollapsed) return;
      // The innermost annotation first; each further click opens the one around it.
      const under = event.target.closest("mark, .bf-note") ? at(event.target).filter((item) => item && numbered(item)) : [];
      const index = under.indexOf(open);
      const next = under.at(index < 0 ? -1 : index - 1);
      if (next && next !== open) visit(`#_${next.id}`);
    }
    const on = (element, type, act) => element.addEventListener(type, act, { signal });
    on(text, "click", click);
    on(sheet, "click", click);
    on(steps, "click", (event) => event.stopPropagation() || click(event));
    on(text, "pointerover", (event) => light(at(event.target)));
    on(text, "pointerleave", () => light(kept));
    on(text, "focusin", (event) => light(at(event.target)));
    on(text, "focusout", () => light(kept));
    // Notes are between the paragraphs; who selects from one paragraph to the next does not want them.
    on(text, "pointerdown", (event) => text.toggleAttribute("data-picking", !event.target.closest(".bf-note")));
    on(document, "keydown", key);
    on(text, "briefing-put-away", () => {
      if (open) drop();
      pushed = false;
      here = "";
    });
    moved = follow;
    for (const button of buttons) on(button, "click", () => toggle(button.dataset.kind));
    if (all) on(all, "click", toggleAll);
    if (stepping) {
      const memory = store();
      stepping.setAttribute("aria-pressed", String(memory.getItem("bf-keys") !== "off"));
      on(stepping, "click", () => {
        const off = stepping.getAttribute("aria-pressed") === "true";
        stepping.setAttribute("aria-pressed", String(!off));
        memory.setItem("bf-keys", off ? "off" : "on");
      });
    }

    text.dataset.ready = "";
    text.tabIndex = -1; // a click into the text puts the focus there, for the keys
    const kinds = new URLSearchParams(location.search).get("kinds") ?? first.join();
    for (const { dataset } of buttons) if (kinds !== "all" && !kinds.split(",").includes(dataset.kind)) hidden.add(dataset.kind);
    paint();
    for (const item of items.values()) reach(item.note, false);
    arrive();
    const measure = () => {
      const { width, height } = text.getBoundingClientRect();
      return `${width} ${height}`;
    };
    let size; // what the notes were placed for
    // Without a fragment the notes are placed with the next frame's own layout, which makes one the fewer, and the first
    // report is of that; with one the window may have changed before there is a report.
    if ((here = location.hash)) {
      place();
      go(here);
      size = measure();
    } else later();
    const observer = new ResizeObserver(() => {
      const was = size;
      size = measure();
      if (was && was !== size) later();
    });
    observer.observe(text);
    signal.addEventListener("abort", () => observer.disconnect());
    if (document.fonts?.status === "loading") document.fonts.ready.then(later);
  }

  /* Every annotation in the order of the numbers: its marks, its number, its note. */
  function collect(text) {
    const items = new Map($(".bf-ref a", text).map((ref) => [ref.hash.slice(2), item(ref.hash.slice(2), ref)]));
    for (const mark of $("mark.bf-mark", text)) {
      for (const id of mark.dataset.bf.split(" ")) items.get(id).marks.push(mark);
    }
    return items;
  }

  const item = (id, ref, note = document.getElementById(`_${id}`)) => ({
    ...{ id, note, ref, marks: [], kind: note.dataset.kind, title: note.querySelector(".bf-note-head") },
    ...{ claim: note.matches(".bf-claim"), bare: note.matches(".bf-bare") },
  });

  /* In a note that is not open only the beginning can be seen: nothing in it is a stop of the keyboard. */
  function reach(note, can) {
    for (const link of note.querySelectorAll("a")) {
      if (can) link.removeAttribute("tabindex");
      else link.tabIndex = -1;
    }
  }

  /* What is remembered for the session; where storage is forbidden, nothing is. */
  function store() {
    try {
      return window.sessionStorage;
    } catch {
      return { getItem: () => null, setItem: () => {} };
    }
  }

  const begin = () => (window.document$ ? window.document$.subscribe(start) : start());
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
