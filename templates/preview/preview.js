/* Part of a preview alone: loads a page again when it has changed, and shows it where it was. */
"use strict";
(() => {
  const tag = document.currentScript;
  const KEY = "briefing-preview-place";
  const AGAIN = 1000; // milliseconds before a server that does not answer is asked again
  const TOP = 120; // pixels that the theme's bar may cover
  let page = location.pathname;
  let seen = tag.dataset.version;
  let problem = tag.dataset.problem || "";
  let asking = null;
  let waiting = 0;

  /* The element that the reader's eyes are on: the last with an id that begins above a line near the top. */
  const place = () => {
    let best = null;
    for (const element of document.querySelectorAll("main [id], article [id]")) {
      const box = element.getBoundingClientRect();
      if (box.height && box.top <= TOP && (!best || box.top >= best.top)) best = { id: element.id, top: box.top };
    }
    const open = [...document.querySelectorAll("details")].map((element) => element.open);
    return { page, best, open, left: scrollX, top: scrollY };
  };

  /* Not while the editor has something in its hands, such as an answer that it waits for, or selected words. */
  const reload = () => {
    if ("briefingBusy" in document.documentElement.dataset) {
      setTimeout(reload, 50);
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
    // what loads late moves the page, and so does the browser, which remembers a number of pixels
    addEventListener("load", () => {
      show();
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
        if (told.version && !seen && tag.dataset.version) {
          seen = told.version; // of a page that the theme has put here without loading it
        } else if (told.version && told.version !== seen) {
          reload();
          return;
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

  /* Ask no longer; what was under way asks again where the window is seen. */
  const stop = () => {
    clearTimeout(waiting);
    if (asking) asking.abort();
  };

  setInterval(() => {
    if (location.pathname === page) return;
    page = location.pathname;
    seen = "";
    stop();
  }, AGAIN);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? ask() : stop()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", ask);
  document.addEventListener("briefing-reload", (event) => {
    event.preventDefault();
    reload();
  });
  restore();
  notice();
  ask();
})();
