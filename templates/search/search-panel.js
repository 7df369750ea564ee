/* The panel of the site's search: asks an engine for what was typed, and shows what it finds.
   An engine is a function that is given words and promises { hits, suggest }. A hit has an address (`url`), a `line`, a
   function that makes a `piece` of its text, and the `words` that were found. Line and piece are lists of nodes that
   hold text, marks and verdicts alone, whatever an index says. */
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
  const PIECE = 90; // characters before and behind the first word that was found

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

  /* Return what an index has as HTML, reduced to text, marks and verdicts. */
  function clean(html) {
    const read = new DOMParser().parseFromString(html, "text/html");
    return [...reduced(read.body)];
  }

  function* reduced(parent) {
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) yield node.data;
      else if (node.nodeName === "MARK") yield element("mark", "", node.textContent);
      else if (node.classList?.contains("bf-verdict")) {
        yield verdict(/bf-verdict-([a-z-]+)/.exec(node.className)?.[1] ?? "", reduced(node));
      } else if (node.nodeType === Node.ELEMENT_NODE && !["SCRIPT", "STYLE"].includes(node.nodeName)) {
        yield* reduced(node);
        if (/^(P|LI|TD|TH|DIV|H\d|PRE|BLOCKQUOTE)$/.test(node.nodeName)) yield " ";
      }
    }
  }

  /* Return the words around the first mark of the first paragraph that says more than the line does; nothing where
     nothing is marked. */
  function piece(html, line) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const told = textOf(line);
    const parts = [...body.children].some(({ nodeName }) => nodeName === "P") ? [...body.children] : [body];
    const more = parts.find((part) => part.querySelector("mark") && !told.includes(part.textContent.trim()));
    return more ? around([...reduced(more)]) : [];
  }

  const textOf = (nodes) => nodes.map((node) => node.textContent ?? node).join("");

  function around(nodes) {
    const first = nodes.findIndex((node) => node.nodeName === "MARK");
    if (first < 0) return [];
    let before = textOf(nodes.slice(0, first)).replace(/\s+/g, " ");
    if (before.length > PIECE) before = `…${before.slice(-PIECE).replace(/^\S*\s/, "")}`;
    const shown = [before];
    let room = 2 * PIECE;
    for (const node of nodes.slice(first)) {
      if (room <= 0) break;
      const words = textOf([node]).replace(/\s+/g, " ");
      if (words.length > room && typeof node === "string") shown.push(`${words.slice(0, room).replace(/\s\S*$/, "")}…`);
      else shown.push(typeof node === "string" ? words : node);
      room -= words.length;
    }
    return shown;
  }

  /* --- engines -------------------------------------------------------------------------------------------------- */

  /* The theme's own index and worker. */
  async function lunr() {
    const index = await (location.protocol === "file:" ? fromDisk() : fetched("search/search_index.json"));
    const worker = new Worker(search.worker);
    const waiting = [];
    await new Promise((ready, failed) => {
      worker.addEventListener("error", failed);
      worker.addEventListener("message", ({ data: { type, data } }) => {
        if (type === 1) ready();
        else if (type === 3) waiting.shift()(data);
      });
      const options = { suggest: "suggests" in box.dataset };
      worker.postMessage({ type: 0, data: { config: index.config, docs: index.docs, options } });
    });
    return (words) =>
      new Promise((done) => {
        waiting.push(({ items, suggest }) => done({ hits: items.flat().filter(({ score }) => score > 0).sort(byScore).map(hit), suggest }));
        worker.postMessage({ type: 2, data: words });
      });
  }

  const byScore = (a, b) => b.score - a.score;

  function hit({ location: place, title, text, parent, terms }) {
    const line = clean(title);
    if (parent?.title) line.unshift(...clean(parent.title), " › ");
    return {
      // An address that the theme's own panel needs; see the index of the site.
      url: new URL(place.replace(/\?at=[^#]*(?=#)/, ""), base),
      line,
      piece: () => piece(text, line),
      words: Object.keys(terms).filter((term) => terms[term]).join(" "),
    };
  }

  async function fetched(path) {
    const answer = await fetch(new URL(path, base));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  }

  function fromDisk() {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL("search/search_index.js", base);
      script.onload = () => done(window.__index);
      script.onerror = failed;
      box.append(script);
    });
  }

  /* --- asking and showing --------------------------------------------------------------------------------------- */

  let engine;
  let styled;
  let latest = 0;
  let answered = "";
  let wantsFirst = false;
  let rest = [];

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
    try {
      const query = await (engine ||= lunr());
      await styled;
      const found = words && turn === latest ? await query(words) : { hits: [] };
      if (turn === latest) show(words, found);
    } catch {
      engine = undefined; // the next letter tries again
      status.textContent = status.dataset.failed;
    }
  }

  function show(words, { hits, suggest }) {
    answered = words;
    list.replaceChildren();
    list.hidden = !hits.length;
    scroller.scrollTop = 0;
    rest = hits;
    more();
    const { placeholder, none, one, other } = status.dataset;
    const count = hits.length.toLocaleString(document.documentElement.lang || undefined);
    const told = !words ? placeholder : !hits.length ? none : hits.length === 1 ? one : other;
    status.textContent = told.replace("#", count);
    if (suggestion) suggestion.textContent = completed(suggest);
    if (wantsFirst) follow();
  }

  function more() {
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
