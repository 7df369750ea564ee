/* Narrows a long index of people, topics or measures to the names that have the given words. The other pages of the index
   are fetched when the field is first used; where that cannot be, as from a file, only this page is searched, and says
   so. Without it there are the letters and the pages. */
(() => {
  "use strict";
  if (window.bfRegisters) return; // instant navigation runs the script again on every page
  window.bfRegisters = true;

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** The rows of a page, whose links lead to the same places from here. */
  function rowsOf(page, address) {
    const rows = all(".bf-register > li", page);
    for (const link of rows.flatMap((row) => all("a", row))) link.href = new URL(link.getAttribute("href"), address).href;
    return rows.map((row) => document.adoptNode(row));
  }

  /** The rows of all pages of the index, one after the other: each pager leads to the next page. */
  async function rowsOfAll(own) {
    const here = location.href.split(/[?#]/)[0];
    const rows = [];
    let link = document.querySelector(".bf-pager :is(a, strong)");
    let address = link?.href || here;
    while (link) {
      const page = address === here ? document : new DOMParser().parseFromString(await fetched(address), "text/html");
      link = page.querySelector(".bf-pager [aria-current]")?.nextElementSibling;
      const following = link && new URL(link.getAttribute("href"), address).href;
      rows.push(...(page === document ? own : rowsOf(page, address)));
      address = following;
    }
    return rows.length ? rows : own;
  }
  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  }

  function register(form) {
    const field = form.elements.find;
    const status = form.querySelector("output");
    const beside = all(".bf-jumps, .bf-shelf, .bf-register, .bf-pager");
    const own = all(".bf-register > li");
    const found = document.createElement("ul");
    found.className = "bf-register bf-found";
    found.hidden = true;
    form.after(found);
    let rows = own;
    let asked;
    let partial = false;

    const narrow = () => {
      const wanted = fold(field.value).split(/\s+/).filter(Boolean);
      const matching = rows.filter((row) => {
        const text = fold(row.textContent);
        return wanted.every((word) => text.includes(word));
      });
      for (const part of beside) part.hidden = wanted.length > 0;
      found.hidden = !wanted.length;
      found.replaceChildren(...(wanted.length ? matching.map((row) => row.cloneNode(true)) : []));
      const number = new Intl.NumberFormat(form.dataset.bfLang);
      const values = { shown: number.format(matching.length), all: number.format(rows.length) };
      const counted = form.dataset.bfShown.replace(/\{(\w+)\}/g, (_, name) => values[name]);
      status.textContent = wanted.length ? [counted, partial && form.dataset.bfPart].filter(Boolean).join(". ") : "";
    };
    const ask = () => {
      asked ??= rowsOfAll(own).then((found) => (rows = found), () => (partial = true)).then(() => form.isConnected && narrow());
    };
    form.addEventListener("focusin", ask);
    form.addEventListener("input", () => {
      const address = new URL(location);
      field.value.trim() ? address.searchParams.set("find", field.value.trim()) : address.searchParams.delete("find");
      history.replaceState(history.state, "", address);
      narrow();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    field.value = new URLSearchParams(location.search).get("find") ?? "";
    form.hidden = false;
    if (field.value) ask();
    narrow();
  }

  function start() {
    for (const form of all("form.bf-look-up:not([data-bf-ready])")) {
      form.dataset.bfReady = "";
      register(form);
    }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  window.document$?.subscribe(start);
})();
