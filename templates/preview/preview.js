/* Part of a preview alone: loads a page again when it has changed, once, and shows it where it was, with the focus where
   it was. */
"use strict";
(() => {
  const tag = document.currentScript;
  const KEY = "briefing-preview-place";
  const AROUND = "briefing-preview-around";
  const SOON = 30000; // milliseconds after something is done within which what it changes around pages is shown at once
  const AGAIN = 1000; // milliseconds before a server that does not answer is asked again
  const TOP = 120; // pixels that the theme's bar may cover
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
  const page = location.pathname;
  let seen = tag.dataset.version;
  let late = false; // whether something around the content has changed, which waits until nobody is at work here
  let leaving = false; // whether the page is about to be loaded again
  let problem = tag.dataset.problem || "";
  let asking = null;
  let waiting = 0;

  /* How the element that has the focus is found on the page as it then is: by the nearest id, and by its place there. What
     is in a panel or a dialog is put back by who has put it there. */
  const focused = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element.closest("dialog, [data-briefing-own]")) return null;
    const home = element.closest("[id]");
    const at = home && element !== home ? [...home.querySelectorAll(FOCUSABLE)].indexOf(element) : -1;
    return home && { id: home.id, at, name: element.localName };
  };
  const refocus = (kept) => {
    const home = kept && document.getElementById(kept.id);
    const element = kept?.at < 0 ? home : home?.querySelectorAll(FOCUSABLE)[kept.at];
    if (element?.localName === kept?.name) element?.focus({ preventScroll: true });
  };

  /* The element that the reader's eyes are on: the last with an id that begins above a line near the top. */
  const place = () => {
    let best = null;
    for (const element of document.querySelectorAll("main [id], article [id]")) {
      const box = element.getBoundingClientRect();
      if (box.height && box.top <= TOP && (!best || box.top >= best.top)) best = { id: element.id, top: box.top };
    }
    const open = [...document.querySelectorAll("details")].map((element) => element.open);
    return { page, best, open, left: scrollX, top: scrollY, focus: focused() };
  };

  /* Not while the editor has something in its hands, such as an answer that it waits for, or selected words. */
  const reload = () => {
    if (!leaving) leave();
  };
  const leave = () => {
    leaving = true;
    if ("briefingBusy" in document.documentElement.dataset) {
      setTimeout(leave, 50);
      return;
    }
    try {
      sessionStorage.setItem(KEY, JSON.stringify(place()));
    } catch {
      // without storage, the browser keeps the place as well as it can
    }
    location.reload();
  };

  const restore = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
      sessionStorage.removeItem(KEY);
    } catch {
      return;
    }
    if (!kept || kept.page !== page) return;
    let moved = false;
    const stop = () => (moved = true);
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(kind, stop, { once: true, passive: true });
    }
    const details = [...document.querySelectorAll("details")];
    if (details.length === kept.open.length) details.forEach((element, at) => (element.open = kept.open[at]));
    const show = () => {
      if (moved) return;
      const element = kept.best && document.getElementById(kept.best.id);
      if (element) scrollBy({ top: element.getBoundingClientRect().top - kept.best.top, behavior: "instant" });
      else scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
    };
    show();
    refocus(kept.focus);
    document.addEventListener("briefing-focused", () => (kept.focus = null));
    // what loads late moves the page, and so does the browser, which remembers a number of pixels
    addEventListener("load", () => {
      show();
      if (!moved) refocus(kept.focus);
      requestAnimationFrame(() => requestAnimationFrame(show));
    });
  };

  const notice = () => {
    let box = document.getElementById("briefing-preview-problem");
    if (!problem) {
      if (box) box.remove();
      return;
    }
    if (!box) {
      box = document.createElement("div");
      box.id = "briefing-preview-problem";
      box.setAttribute("role", "alert");
      box.style.cssText =
        "position:fixed;inset:auto 0 0 0;z-index:1000;max-height:40vh;overflow:auto;padding:1em;" +
        "background:#7a1020;color:#fff;font:14px/1.45 monospace;white-space:pre-wrap";
      document.body.append(box);
    }
    box.textContent = `The site could not be built, and this is its last state.\n${problem}`;
  };

  /* Of a version: the mark of the page's content, without what is around it. */
  const content = (version) => version.split("_")[0];

  /* Whether the author has just changed what is around the pages, such as the navigation: it is shown once. */
  const isAwaited = () => {
    try {
      const since = sessionStorage.getItem(AROUND);
      sessionStorage.removeItem(AROUND);
      return Boolean(since) && Date.now() - since < SOON;
    } catch {
      return false;
    }
  };

  const ask = async () => {
    if (asking || document.visibilityState !== "visible") return;
    asking = new AbortController();
    let pause = AGAIN;
    try {
      const asked = new URLSearchParams({ page, seen, problem });
      const answer = await fetch(`/.briefing/changes?${asked}`, { signal: asking.signal, cache: "no-store" });
      if (answer.ok) {
        const told = await answer.json();
        problem = told.problem;
        notice();
        if (told.version && told.version !== seen) {
          const around = content(told.version) === content(seen) && document.hasFocus();
          seen = told.version;
          if (around && !isAwaited()) late = true;
          else return reload();
        }
        pause = 0;
      }
    } catch {
      // the server has gone, or this page is being left
    } finally {
      asking = null;
    }
    waiting = setTimeout(ask, pause);
  };

  const again = () => "live" in tag.dataset && ask();
  /* Ask no longer; what was under way asks again where the window is seen. */
  const stop = () => {
    clearTimeout(waiting);
    if (asking) asking.abort();
  };

  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? again() : stop()));
  addEventListener("blur", () => late && reload());
  // a page that the theme has put in place of this one without loading it has none of what a preview adds to it
  window.document$?.subscribe(() => location.pathname === page || location.reload());
  addEventListener("pagehide", stop);
  addEventListener("pageshow", again);
  document.addEventListener("briefing-reload", (event) => {
    event.preventDefault();
    reload();
  });
  document.addEventListener("briefing-around", () => {
    try {
      sessionStorage.setItem(AROUND, Date.now());
    } catch {
      // without storage, it is shown when nobody is at work here
    }
    if (late && isAwaited()) reload();
  });
  restore();
  notice();
  again();
})();
