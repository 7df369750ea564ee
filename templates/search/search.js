/* Opens the site's search. The panel and the index are fetched when a reader opens it, and not before. */
(() => {
  "use strict";
  const box = document.querySelector(".bf-search");
  const toggle = document.getElementById("__search");
  if (!box || !toggle || window.bfSearch) return;
  const { src } = document.currentScript;
  const field = box.querySelector("input");
  const labels = document.querySelectorAll(".md-header label[for=__search]");
  const onDisk = location.protocol === "file:";

  /* What the panel needs, read now: where the theme swaps pages by script, addresses that are relative lead elsewhere
     later. */
  const search = (window.bfSearch = { box, field, toggle, open, close, base: new URL("../../", src) });
  try {
    search.worker = new URL(JSON.parse(document.getElementById("__config").textContent).search, location.href);
  } catch {
    // another theme: only an index that needs no worker of the theme's can be searched
  }

  /* Browsers give pages on a disk no worker and nothing to fetch, but for what the plugin `offline` does about it. */
  if (onDisk && !window.IFrameWorker) {
    box.hidden = true;
    for (const label of labels) label.hidden = true;
    return;
  }

  let asked;
  let before = null;

  function fetched(name) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL(name, src);
      script.onload = done;
      script.onerror = () => {
        script.remove();
        failed(new Error(`${name} was not fetched`));
      };
      box.append(script); // swapping pages clears the head of what the next page has not
    });
  }

  function load() {
    asked ||= Promise.all(["search-panel.js", "search-engine.js"].map(fetched)).then(
      () => search.panel,
      (error) => {
        asked = undefined;
        throw error;
      },
    );
    return asked;
  }

  function show() {
    if (toggle.checked) {
      const status = box.querySelector("[role=status]");
      status.textContent ||= status.dataset.initializer;
      load().then((panel) => panel.start(), () => (status.textContent = status.dataset.failed));
    } else if (new URL(location).searchParams.has("q")) {
      const url = new URL(location);
      url.searchParams.delete("q");
      history.replaceState(history.state, "", url);
    }
  }

  function open() {
    if (!toggle.checked) toggle.click();
    if (document.activeElement !== field) field.focus();
  }

  /* Closes it, and gives the focus back to what had it. */
  function close() {
    if (toggle.checked) toggle.click();
    if (!box.contains(document.activeElement)) return;
    document.activeElement.blur();
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  toggle.addEventListener("change", show);
  field.addEventListener("focus", (event) => {
    if (!box.contains(event.relatedTarget)) before = event.relatedTarget;
    open();
  });
  for (const label of labels) label.addEventListener("click", () => field.focus());
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    load().then((panel) => panel.follow(), () => {});
  });
  field.form.addEventListener("reset", () => field.focus());
  window.keyboard$?.subscribe((key) => {
    if (key.mode !== "global" || !["f", "s", "/"].includes(key.type)) return;
    field.focus();
    field.select();
    key.claim();
  });

  /* A page that was opened from a result has the words in its address. */
  function marks() {
    const words = new URL(location).searchParams.get("h");
    if (words && "marks" in box.dataset) load().then((panel) => panel.mark(words), () => {});
  }
  if (window.document$) window.document$.subscribe(marks);
  else marks();

  const given = new URL(location).searchParams.get("q");
  if (given !== null) {
    field.value = given;
    open();
  } else if (toggle.checked || document.activeElement === field) show();
})();
