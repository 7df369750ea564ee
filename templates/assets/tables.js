/* Sorts and filters the table of figures and with it their cards, narrows the list of comments to a theme and that of themes to words, and opens
   what a link leads to. Without it the table and the lists are whole. Values to sort by and all words are written into the page by the build. */
(() => {
  "use strict";
  if (window.bfTables) return; // instant navigation runs the script again on every page
  window.bfTables = true;

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** "Shown: 3 of 11", in the numbers of the page's language. */
  const counted = (holder, shown, total) => {
    const number = new Intl.NumberFormat(holder.dataset.bfLang);
    return fill(holder.dataset.bfShown, { shown: number.format(shown), all: number.format(total) });
  };

  // --- figures -----------------------------------------------------------------------------------------------------

  const TYPES = ["number", "date", "text"];
  /* On a narrow screen the table is laid out as a list (figures.css), which takes the roles away in some browsers. */
  const ROLES = {
    table: "table",
    "thead, tbody": "rowgroup",
    tr: "row",
    td: "cell",
    "th[scope=col]": "columnheader",
    "th[scope=row]": "rowheader",
  };

  /** Numbers before dates before words; what is empty comes last in both directions. */
  function comparison(column, direction, language) {
    const words = new Intl.Collator(language, { numeric: true });
    return (one, other) => {
      const [a, b] = [one.cells[column].dataset, other.cells[column].dataset];
      if (!a.value || !b.value) return !a.value - !b.value;
      const types = TYPES.indexOf(a.type) - TYPES.indexOf(b.type);
      return direction * (types || (a.type === "number" ? a.value - b.value : words.compare(a.value, b.value)));
    };
  }

  function figures(holder) {
    const table = holder.querySelector("table");
    const rows = [...table.tBodies[0].rows];
    for (const [selector, role] of Object.entries(ROLES)) {
      for (const part of [table, ...all("*", table)]) if (part.matches(selector)) part.setAttribute("role", role);
    }
    const form = document.querySelector("form.bf-filter");
    const status = form.querySelector("output");
    const { words, basis, verdict } = form.elements;
    const texts = rows.map((row) => fold(row.textContent));
    const say = (sorted = "") => {
      const shown = rows.filter((row) => !row.hidden).length;
      status.textContent = [counted(holder, shown, rows.length), sorted].filter(Boolean).join(". ");
    };

    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const order = !before ? "ascending" : before === "ascending" ? "descending" : "";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        if (order) head.setAttribute("aria-sort", order);
        const compare = comparison(head.cellIndex, order === "descending" ? -1 : 1, holder.dataset.bfLang);
        table.tBodies[0].append(...(order ? [...rows].sort(compare) : rows));
        say(fill(holder.dataset[`bf${order ? order[0].toUpperCase() + order.slice(1) : "Unsorted"}`], { column: button.textContent }));
      });
    }

    const fields = [words, basis, verdict].filter(Boolean);
    const cards = rows.map((row) => document.getElementById(row.querySelector("a").hash.slice(1))?.closest(".bf-card"));
    const filter = () => {
      const wanted = fold(words.value.trim());
      rows.forEach((row, n) => {
        const chosen = [basis, verdict].every((field) => !field?.value || row.dataset[field.name] === field.value);
        row.hidden = !chosen || !texts[n].includes(wanted);
        if (cards[n]) cards[n].hidden = row.hidden;
      });
      say();
    };
    const choose = () => {
      const address = new URL(location);
      for (const { name, value } of fields) value.trim() ? address.searchParams.set(name, value) : address.searchParams.delete(name);
      history.replaceState(history.state, "", address);
      filter();
    };
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = asked.get(field.name) ?? "";
      if (field === words || [...field.options].some((option) => option.value === value)) field.value = value;
    }
    form.addEventListener("input", choose);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(choose)); // the fields are emptied after the event
    form.addEventListener("bf:all", () => form.reset());
    form.hidden = false;
    filter();
  }

  // --- comments ----------------------------------------------------------------------------------------------------

  function comments(group) {
    const buttons = all("button", group);
    const list = all(".bf-comment");
    const show = (theme) => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.theme === theme));
      for (const one of list) one.hidden = theme !== "" && !one.dataset.themes.split(" ").includes(theme);
      const shown = list.filter((one) => !one.hidden).length;
      group.querySelector("[role=status]").textContent = counted(group, shown, list.length);
    };
    const choose = (theme) => {
      const address = new URL(location);
      if (theme) address.searchParams.set("theme", theme);
      else address.searchParams.delete("theme");
      history.replaceState(history.state, "", address);
      show(theme);
    };
    for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.theme));
    group.addEventListener("bf:all", () => choose(""));
    const asked = new URLSearchParams(location.search).get("theme");
    show(buttons.some((button) => button.dataset.theme === asked) ? asked : "");
    group.hidden = false;
  }

  /** The overview of many themes, narrowed to those whose titles have the words; folded up again without words. */
  function themes(form) {
    const rows = all(".bf-overview > li");
    const titles = rows.map((row) => fold(row.querySelector("a").textContent));
    const folded = document.querySelector(".bf-more");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      const wanted = fold(form.elements.theme.value.trim());
      rows.forEach((row, n) => (row.hidden = !titles[n].includes(wanted)));
      folded.open = wanted !== "";
      form.querySelector("output").textContent = wanted && counted(form, rows.filter((row) => !row.hidden).length, rows.length);
    });
    form.hidden = false;
  }

  // --- what a link leads to ----------------------------------------------------------------------------------------

  /** A target that is filtered away or folded up comes into view. */
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const hidden = target.closest(":is(.bf-comment, .bf-figure)[hidden]");
    const folded = [];
    for (let one = target.closest("details"); one; one = one.parentElement.closest("details")) if (!one.open) folded.push(one);
    if (hidden) for (const chosen of all(".bf-themes, form.bf-filter")) chosen.dispatchEvent(new Event("bf:all"));
    for (const one of folded) one.open = true;
    if (hidden || folded.length) setTimeout(() => target.scrollIntoView()); // after a form is emptied
  }

  function start() {
    for (const holder of all(".bf-table[data-bf-shown]:not([data-bf-ready])")) {
      holder.dataset.bfReady = "";
      figures(holder);
    }
    for (const group of all(".bf-themes:not([data-bf-ready])")) {
      group.dataset.bfReady = "";
      comments(group);
    }
    for (const form of all(".bf-find:not([data-bf-ready])")) {
      form.dataset.bfReady = "";
      themes(form);
    }
    reveal();
  }

  window.addEventListener("hashchange", reveal);
  // A link to the fragment that the address already has changes no hash.
  document.addEventListener("click", (event) => event.target.closest?.('a[href*="#"]') && setTimeout(reveal));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  window.document$?.subscribe(start); // says nothing of the first page where a site with instant navigation is a file
})();
