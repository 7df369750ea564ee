/* The panel of the site's search: asks an engine for what was typed, and shows what it finds.
   An engine (search-lunr.js, search-pagefind.js) is a function that is given tools and promises a function that is given
   words and promises { hits, total, more, suggest }: the first hits, how many there are, and a function that promises
   further hits. A hit has an address (`url`), a `line`, a function that makes a `piece` of its text, and the `words`
   that were found. Line and piece are lists of nodes that hold text, marks and verdicts alone, whatever an index says. */
(() => {
  "use strict";
  const search = window.bfSearch;
  if (!search || search.panel) return;
  const { box, field, toggle, base } = search;
  const status = box.querySelector("[role=status]");
  const list = box.querySelector("ol");
  const scroller = box.querySelector(".md-search__scrollwrap");
  const suggestion = box.querySelector(".md-search__suggest");
  const AT_ONCE = 20; // lines; more are added as one scrolls
  const BEFORE = 40; // characters before the first word that was found: on a phone it is in the first two lines
  const PIECE = 180; // characters from there on

  /* --- nodes ---------------------------------------------------------------------------------------------------- */

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  function verdict(name, word) {
    return element("span", /^[a-z-]+$/.test(name) ? `bf-verdict bf-verdict-${name}` : "bf-verdict", ...word);
  }

  const textOf = (nodes) => nodes.map((node) => node.textContent ?? node).join("");

  function around(nodes) {
    const first = nodes.findIndex((node) => node.nodeName === "MARK");
    if (first < 0) return [];
    let before = textOf(nodes.slice(0, first)).replace(/\s+/g, " ");
    if (before.length > BEFORE) before = `…${before.slice(-BEFORE).replace(/^\S*\s/, "")}`;
    const shown = [before];
    let room = PIECE;
    for (const node of nodes.slice(first)) {
      if (room <= 0) break;
      const words = textOf([node]).replace(/\s+/g, " ");
      if (words.length > room && typeof node === "string") shown.push(`${words.slice(0, room).replace(/\s\S*$/, "")}…`);
      else shown.push(typeof node === "string" ? words : node);
      room -= words.length;
    }
    return shown;
  }

  /* --- asking and showing --------------------------------------------------------------------------------------- */

  let engine;
  let styled;
  let latest = 0;
  let answered = "";
  let wantsFirst = false;
  let rest = []; // hits that have no line yet
  let further; // what promises those after them

  function start() {
    styled ||= new Promise((done) => {
      const link = element("link");
      link.rel = "stylesheet";
      link.href = new URL("assets/briefing/search.css", base);
      link.onload = link.onerror = done;
      box.append(link);
    });
    ask();
  }

  async function ask() {
    const words = field.value.trim();
    const turn = ++latest;
    for (const button of box.querySelectorAll(".bf-share")) {
      const url = new URL(location);
      url.hash = "";
      url.search = new URLSearchParams({ q: words });
      button.dataset.clipboardText = url;
    }
    if (words === answered && words) return;
    if (words && !answered) status.textContent = status.dataset.initializer;
    try {
      const query = await (engine ||= search.engine({ element, verdict, around, textOf }));
      await styled;
      const found = words && turn === latest ? await query(words) : { hits: [], total: 0 };
      if (turn === latest) show(words, found);
    } catch {
      engine = undefined; // the next letter tries again
      status.textContent = status.dataset.failed;
    }
  }

  function show(words, { hits, total, suggest, more: next }) {
    answered = words;
    list.replaceChildren();
    list.hidden = !hits.length;
    scroller.scrollTop = 0;
    rest = hits;
    further = next;
    more();
    const { placeholder, none, one, other } = status.dataset;
    const count = total.toLocaleString(document.documentElement.lang || undefined);
    const told = !words ? placeholder : !hits.length ? none : total === 1 ? one : other;
    status.textContent = told.replace("#", count);
    if (suggestion) suggestion.textContent = completed(suggest);
    if (wantsFirst) follow();
  }

  async function more() {
    if (!rest.length && further) {
      const [turn, asked] = [latest, further];
      further = undefined;
      const found = await asked().catch(() => ({ hits: [] }));
      if (turn !== latest) return;
      rest = found.hits;
      further = found.more;
    }
    const next = rest.slice(0, AT_ONCE);
    rest = rest.slice(AT_ONCE);
    for (const one of next) {
      const url = new URL(one.url);
      if (one.words && "marks" in box.dataset) url.searchParams.set("h", one.words);
      const article = element("div", "md-search-result__article md-typeset");
      const line = element("p", "bf-line", ...one.line);
      line.dir = "auto";
      article.append(line);
      const found = one.piece();
      if (found.length) {
        const shown = element("p", "bf-piece", ...found);
        shown.dir = "auto";
        article.append(shown);
      }
      const link = element("a", "md-search-result__link", article);
      link.href = url;
      list.append(element("li", "md-search-result__item", link));
    }
  }

  /* Return the words with the last one completed. */
  function completed(suggest) {
    const words = field.value.split(/([\s-]+)/);
    const last = suggest?.at(-1);
    if (!last || !words.at(-1) || !last.startsWith(words.at(-1))) return "";
    return [...words.slice(0, -1), last].join("");
  }

  /* Opens the best result, or the first that comes. */
  function follow() {
    wantsFirst = field.value.trim() !== answered;
    if (!wantsFirst) list.querySelector("a")?.click();
  }

  /* --- keys ----------------------------------------------------------------------------------------------------- */

  function step(by) {
    const places = [field, ...list.querySelectorAll("a")];
    const at = Math.max(0, places.indexOf(document.activeElement));
    if (at + by >= places.length - 1) more();
    const all = [field, ...list.querySelectorAll("a")];
    all[(at + by + all.length) % all.length].focus();
  }

  const KEYS = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => search.close(),
    ArrowRight() {
      const whole = suggestion?.textContent;
      if (!whole || document.activeElement !== field || field.selectionStart !== field.value.length) return false;
      field.value = whole;
      ask();
      return true;
    },
  };

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in KEYS) {
      if (KEYS[event.key]() !== false) event.preventDefault();
    } else if (event.key.length === 1 && event.key !== " " && event.target.matches("a")) field.focus();
  });
  field.addEventListener("input", () => {
    wantsFirst = false;
    if (suggestion) suggestion.textContent = "";
    ask();
  });
  field.form.addEventListener("reset", () => setTimeout(ask));
  list.addEventListener("click", (event) => {
    // One that is opened beside this page leaves the results where they are.
    if (event.target.closest("a") && !(event.ctrlKey || event.metaKey || event.shiftKey)) search.close();
  });
  box.addEventListener("focusout", (event) => {
    if (toggle.checked && event.relatedTarget && !box.contains(event.relatedTarget)) search.close();
  });
  scroller.addEventListener("scroll", () => {
    if (scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 200) more();
  });

  /* --- the words on the page that was opened -------------------------------------------------------------------- */

  function mark(words) {
    const parts = words.split(/\s+/).filter(Boolean).map((word) => word.replace(/[|\\{}()[\]^$+*?.-]/g, "\\$&"));
    const content = document.querySelector("[data-md-component=content]");
    if (!parts.length || !content) return;
    const any = `(?:${parts.join("|")})`;
    const begins = new RegExp(`(^|[^\\p{L}\\p{N}])(${any}(?:\\s+${any})*)`, "giu");
    const walker = document.createNodeIterator(content, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent.offsetHeight && !parent.closest("[data-md-highlight], svg, textarea, option")) nodes.push(node);
    }
    for (const node of nodes) {
      const pieces = [];
      let end = 0;
      for (const found of node.data.matchAll(begins)) {
        const from = found.index + found[1].length;
        const made = element("mark", "", found[2]);
        made.dataset.mdHighlight = "";
        pieces.push(node.data.slice(end, from), made);
        end = from + found[2].length;
      }
      if (pieces.length) node.replaceWith(...pieces, node.data.slice(end));
    }
  }

  search.panel = { start, follow, mark };
})();
