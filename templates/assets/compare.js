/* “Did they say that?”: compares a pasted sentence with the words of the annotated text, all within the page. Words are
   compared, not typography: quotation marks, dashes, commas, white space and case make no difference. */
(() => {
  "use strict";
  if (window.bfCompare) return;
  window.bfCompare = true;

  const WORD = /\p{N}+(?:[.,’'٫٬]\p{N}+)*[%٪‰]?|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{M}\p{N}])+(?:[’'](?:[\p{L}\p{M}])+)*/gu;
  const OMITTED = /\[\s*(?:…|\.{3})\s*\]|…|\.{3,}/;
  const LEAST = 0.55; // of a sentence's words, by weight, that a passage must have to be called an altered form of it
  const BETWEEN = 0.1; // what a word of the text between two common ones costs
  const LONGEST = 400; // words that are compared

  let whole = null; // of a text on several pages: all paragraphs, and who says something in it

  /* A text on several pages is also in a file of its briefing, which is run when somebody first asks: a page on a disk may
     read no file. Its paragraphs are never put on the page. */
  function fetchWhole() {
    const paged = document.querySelector(".bf-paged") && /text(?:-\d+)?(\/(?:index\.html)?|\.html)?$/.exec(location.pathname);
    const folder = paged && new URL(location.pathname.slice(0, paged.index), location.href).href;
    if (!paged || whole?.folder === folder) {
      if (!paged) whole = null;
      return Promise.resolve();
    }
    whole = null;
    return new Promise((resolve) => {
      window.bfPassages = ({ names, paragraphs }) => {
        const inert = document.implementation.createHTMLDocument("");
        whole = { folder, names, paragraphs: paragraphs.map(([number, page, html, passages, said]) => {
          const paragraph = inert.createElement("p");
          paragraph.id = `p${number}`;
          paragraph.innerHTML = html;
          Object.assign(paragraph.dataset, { passages, said, page: `${folder}${page}${paged[1] || ""}` });
          return paragraph;
        }) };
      };
      const script = document.createElement("script");
      script.src = `${folder}passages.js`;
      script.onload = script.onerror = () => resolve(script.remove());
      document.head.append(script);
    });
  }

  const same = (word) => word.normalize("NFKC").toLowerCase().replace(/[’]/g, "'").replace(/[\u0640\u064b-\u065f\u0670]/g, "");
  const words = (text) => [...text.matchAll(WORD)].map((found) => ({ word: same(found[0]), shown: found[0], start: found.index, end: found.index + found[0].length }));
  const weight = ({ word }) => (word.length > 3 || /\p{N}/u.test(word) ? 1 : 0.4);

  /* The words of the text, each with its paragraph and place; a gap is a word that equals none. */
  function read() {
    return (whole?.paragraphs || [...document.querySelectorAll(".bf-paragraph > p")]).flatMap((paragraph) => {
      const copy = paragraph.cloneNode(true);
      for (const marker of copy.querySelectorAll(".bf-ref")) marker.remove();
      for (const gap of copy.querySelectorAll(".bf-gap")) gap.textContent = "\u0000".repeat(gap.textContent.length);
      const text = copy.textContent;
      const gaps = [...text.matchAll(/\u0000+/g)].map(({ index }) => ({ word: "\u0000", shown: "[…]", start: index, end: index }));
      const places = (name) => [...(paragraph.dataset[name] || "").matchAll(/(\d+)-(\d+)\.(\S+)/g)].map(([, start, end, id]) => ({ start: +start, end: +end, id }));
      const said = places("said");
      const passages = places("passages");
      const holding = (list, one) => list.findLast(({ start, end }) => start <= one.start && one.end <= end);
      return [...words(text), ...gaps].sort((a, b) => a.start - b.start).map((one) => (
        { ...one, paragraph, text, speaker: holding(said, one)?.id, quoted: Boolean(holding(passages, one) || holding(said, one)) }
      ));
    });
  }

  /* Where words are, one after the other, from an index on; -1 where they are not. */
  function find(source, wanted, from = 0) {
    for (let at = from; at + wanted.length <= source.length; at += 1) {
      if (wanted.every(({ word }, n) => source[at + n].word === word)) return at;
    }
    return -1;
  }
  /* The words that segments, in their order, have in a text; empty where one of them is not there. */
  function inOrder(source, segments) {
    const found = [];
    let from = 0;
    for (const segment of segments) {
      const at = find(source, segment, from);
      if (at < 0) return [];
      found.push(...source.slice(at, (from = at + segment.length)));
    }
    return found;
  }

  /* The stretch of the text that has most of the words, and one as long on either side. */
  function nearest(source, wanted) {
    const size = Math.min(source.length, Math.ceil(wanted.length * 1.3) + 2);
    const left = new Map();
    for (const { word } of wanted) left.set(word, (left.get(word) || 0) + 1);
    let [score, best, at] = [0, -1, 0];
    const count = (one, by) => {
      if (!left.has(one.word)) return;
      const had = left.get(one.word);
      left.set(one.word, had - by);
      if (by > 0 ? had > 0 : had >= 0) score += by * weight(one);
    };
    source.forEach((one, index) => {
      count(one, 1);
      if (index >= size) count(source[index - size], -1);
      if (score > best) [best, at] = [score, index];
    });
    return source.slice(Math.max(0, at - 2 * size), at + size + 1);
  }
  /* The most words that both have in one order, near each other in the text: what the text has between two of them costs
     a little, what it has before and after costs nothing. Steps are of `both`, of what is `pasted` alone, or of the `text`. */
  function align(passage, wanted) {
    const width = passage.length + 1;
    const best = new Float32Array((wanted.length + 1) * width);
    const joined = (i, j) => (wanted[i].word === passage[j].word ? best[(i + 1) * width + j + 1] + weight(wanted[i]) : -1);
    for (let i = wanted.length - 1; i >= 0; i -= 1) {
      for (let j = passage.length; j >= 0; j -= 1) {
        const skipped = best[(i + 1) * width + j];
        best[i * width + j] = j < passage.length ? Math.max(joined(i, j), skipped, best[i * width + j + 1] - BETWEEN) : skipped;
      }
    }
    const steps = [];
    const row = best.subarray(0, width);
    let j = row.indexOf(Math.max(...row));
    for (let i = 0; i < wanted.length; ) {
      const here = best[i * width + j];
      if (j < passage.length && here === Math.fround(joined(i, j))) {
        steps.push({ kind: "both", one: passage[j++] });
        i += 1;
      } else if (here === best[(i + 1) * width + j]) steps.push({ kind: "pasted", one: wanted[i++] });
      else steps.push({ kind: "text", one: passage[j++] });
    }
    const sum = (list) => list.reduce((all, one) => all + weight(one), 0);
    const common = steps.filter(({ kind }) => kind === "both").map(({ one }) => one);
    return { steps, common, share: sum(common) / sum(wanted) };
  }

  /* What is known of a sentence: a name of a message, the words in the text, and steps where they differ. */
  function judge(pasted) {
    const source = whole ? (whole.words ||= read()) : read();
    const segments = pasted.split(OMITTED).map(words).filter((list) => list.length);
    const wanted = segments.flat().slice(0, LONGEST);
    if (!wanted.length) return null;
    if (segments.length === 1) {
      const found = [];
      for (let at = -1; (at = find(source, wanted, at + 1)) >= 0; ) found.push(source.slice(at, at + wanted.length));
      const own = found.find((list) => list.every(({ quoted }) => quoted)) || found[0];
      if (own) return { what: whose(own), found: own };
    }
    const parts = inOrder(source.filter(({ quoted }) => quoted), segments);
    const elsewhere = parts.length ? parts : inOrder(source, segments);
    if (elsewhere.length) return { what: parts.length ? "parts" : "own", found: elsewhere };
    const { steps, common, share } = align(nearest(source, wanted), wanted);
    if (share >= LEAST && wanted.length > 2) return { what: "altered", steps, found: common };
    const gaps = whole ? whole.paragraphs.some((one) => one.querySelector(".bf-gap")) : document.querySelector(".bf-text .bf-gap");
    return { what: gaps ? "unpublished" : "absent", found: [] };
  }
  function whose(found) {
    if (found.every(({ quoted }) => quoted)) return found.every(({ speaker }) => speaker && speaker === found[0].speaker) ? "said" : "quoted";
    const [first, last] = [found[0], found.at(-1)];
    const marks = [...first.paragraph.querySelectorAll("mark.bf-reported")];
    const inside = first.paragraph === last.paragraph && marks.some((mark) => {
      const range = document.createRange();
      range.setStart(first.paragraph, 0);
      range.setEndBefore(mark);
      const before = range.cloneContents();
      for (const marker of before.querySelectorAll(".bf-ref")) marker.remove();
      const start = before.textContent.length;
      return first.start < start + mark.textContent.length && start < last.end;
    });
    return inside ? "reported" : "own";
  }

  // --- what is shown ---

  const made = (name, text, kind = "") => Object.assign(document.createElement(name), { textContent: text, className: kind });

  function differences(steps, form) {
    const line = made("p", "", "bf-differences");
    let [last, run] = ["", null];
    for (const { kind, one } of steps) {
      if (kind !== last && kind !== "both") {
        run = made(kind === "pasted" ? "del" : "ins", "");
        run.append(made("span", `${form.dataset[kind]} `, "bf-unseen"));
        line.append(run, " ");
      }
      if (kind === "both") line.append(`${one.shown} `);
      else run.append(run.childNodes.length > 1 ? ` ${one.shown}` : one.shown);
      last = kind;
    }
    return line;
  }
  async function answer(form) {
    await fetchWhole();
    const result = form.querySelector("[role=status]");
    const judged = judge(form.elements.words.value);
    result.replaceChildren();
    if (!judged) return;
    const { what, found, steps } = judged;
    const text = document.querySelector(".bf-text");
    const name = found[0]?.speaker && (text.getAttribute(`data-name-${found[0].speaker}`) || whole?.names[found[0].speaker]);
    result.dataset.found = what;
    result.append(made("p", form.dataset[what].replace("{speaker}", name || ""), "bf-answer"));
    if (steps) {
      const line = differences(steps, form);
      [line.lang, line.dir] = [text.lang, "auto"];
      result.append(line);
    }
    for (const paragraph of new Set(found.map((one) => one.paragraph))) {
      const link = made("a", form.dataset.place.replace("{paragraph}", paragraph.id.slice(1)));
      const { page } = paragraph.dataset;
      link.href = page && new URL(page).pathname !== location.pathname ? `${page}#${paragraph.id}` : `#${paragraph.id}`;
      result.append(link, " ");
    }
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".bf-compare")) return;
    event.preventDefault();
    answer(event.target);
  });
  document.addEventListener("paste", (event) => {
    const form = event.target.closest?.(".bf-compare");
    if (form) setTimeout(() => answer(form), 0);
  });
})();
