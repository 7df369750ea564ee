/* “Check this briefing yourself”: compares the pages of a briefing with its texts, in the browser of whoever reads it. It
   believes the texts and records of `manifest.json` and nothing that a page says of itself, as `briefing verify` does.
   From a server it fetches the files; a page on a disk may read none, so its reader chooses the folder. */
(() => {
  "use strict";
  if (window.bfCheck) return;
  window.bfCheck = true;

  const VERSION = 1; // of the manifests
  const METHOD = /method(\/(?:index\.html)?|\.html)?$/;
  const BESIDE = 32; // characters of the text beside an annotation's words, where there are as many
  const GAP = "[…]"; // stands for what is left out
  const BETWEEN = ` ${GAP} `; // parts of a paragraph or a quotation
  const READ = /\.(?:json|jsonld|csv|bib|ris|md|txt|xml)$|\/works\.js$/; // files that are read besides the pages
  const ACROSS = ["llms.txt", "search/search_index.json", "feeds/briefings.json", "feeds/briefings.xml", "feeds/corrections.json", "feeds/corrections.xml"];
  const FILES = ["cite.html", "embed.html", "data.json", "datapackage.json", "annotations.jsonld", "ro-crate-metadata.json", "citations.json", "citations.bib", "citations.ris", "llms.txt", "works.js",
    ...["quotations", "figures", "series", "derived", "context", "themes", "comments", "references", "corrections"].map((table) => `${table}.csv`)];
  const INLINE = "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var wbr".split(" ");
  const SILENT = "script, style, template, noscript, .headerlink, .bf-ref, .bf-number, .bf-permalink";
  const COMPARED = "[data-span], [data-counts], .bf-card, .bf-change, .bf-quoted, .bf-role, .bf-speaker, .bf-value, .bf-verbatim, .bf-verdict, p[id^=p]";
  const HIDING = "[hidden], [style], audio, bdo, canvas, datalist, dialog, embed, iframe, math, noembed, noframes, noscript, object, option, plaintext, select, svg, template, textarea, video, xmp";
  const FOREIGN = ".bf-page :is(base, embed, iframe, object, style, [style]), .bf-page script:not([src], [type='application/ld+json'])";
  const SIGNS = ".headerlink, .bf-ref, .bf-number, .bf-permalink"; // hold numbers and signs, no words
  const ATTRIBUTES = ["title", "aria-label", "alt", "data-words", "data-credit"];
  const DOUBLE = ["“”", "„“", "„”", "«»", "»«", "””", "「」", "『』", '""', "‟”", "„‟", "❝❞", "〝〞", "〝〟", "＂＂", "《》", "〈〉", "ˮˮ", "ʺʺ", "⹂”"];
  const SINGLE = ["‘’", "''", "‚‘", "‚’", "‹›", "›‹", "´´", "″″", "‛’", "❛❜", "ʼʼ", "ʻʼ", "′′"];
  const MARK = new RegExp(`[${[...new Set(DOUBLE.join(""))].join("")}]`, "g");

  // --- texts -----------------------------------------------------------------------------------------------------

  const onOneLine = (text) => text.replace(/\s+/g, " ").trim();
  /* Spans count code points, and strings here count UTF-16 units. */
  const sliced = (text) => {
    const points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
    return (start, end) => {
      if (!(start >= 0 && start < end && end <= points.length)) return null;
      const found = points.slice(start, end);
      return typeof found === "string" ? found : found.join("");
    };
  };
  /* Words as they are compared where typography and case do not count. */
  const folded = (text) => onOneLine(text.normalize("NFC").replace(/[\u00ad\u200b\u200c\u200d\u2060\ufeff]/g, ""))
    .replace(/["“”„‟«»″‶〝〞〟＂「」『』'‘’‚‛‹›′‵＇`´ʼʻ]+/g, "'").replace(/ ?[‐‑‒–—―−] ?/g, "-").replace(/…/g, "...").replace(/'([.,])/g, "$1'").toLowerCase();
  const letters = (words) => folded(words).replace(/^[ .,;:!?'-]+|[ .,;:!?'-]+$/g, "");
  const ANY = new RegExp(`[${[...new Set([...DOUBLE, ...SINGLE].join(""))].join("")}]`, "g");
  const CLOSED_BY = closedBy(DOUBLE);
  const SINGLE_CLOSED_BY = closedBy(SINGLE.map((pair) => `${pair[1]}${pair[0]}`)); // closing marks by their opening one
  const OPENS_SINGLE = new RegExp(`(?<![\\p{L}\\p{N}])(?<![.,!?…])[${SINGLE.map(([mark]) => mark).join("")}](?=[\\p{L}\\p{N}“„«»"(\\[…¿¡])`, "gu");
  const ELIDED = /^(?:\d\ds?(?![.,]\d)|tis|twas|em|til|cause|n|bout|round)(?![\p{L}\p{N}_])/iu; // behind an apostrophe for letters that are left out
  const POSSESSIVE = /^[sSxXzZ]['’][ \u00a0][\p{Ll}\p{Lo}\p{Lt}\p{Lm}]/u;

  /* Opening marks by the mark that closes them. */
  function closedBy(pairs) {
    const found = {};
    for (const [opening, closing] of pairs) found[closing] = (found[closing] || "") + opening;
    return found;
  }
  /* The passages in quotation marks of a text, as [start, end, is closed], without the marks; outermost alone. */
  function marked(text) {
    const typed = directed(text.replace(/``(?=\S)|,,(?=[\p{L}\p{N}_])|(?<=\S)''(?!')/gu, (found) => ({ "``": " “", ",,": " „", "''": "” " })[found]));
    const found = [...inDouble(typed)];
    const single = [...inSingle(typed)].filter(([start, end]) => found.every(([from, to]) => to + 1 <= start - 1 || end + 1 <= from - 1 || (start <= from && to <= end) || (from <= start && end <= to)));
    const kept = [];
    for (const each of [...found, ...single].sort((one, other) => one[0] - other[0] || other[1] - one[1])) if (!kept.length || each[0] - 1 > kept.at(-1)[1]) kept.push(each);
    const open = unclosed(typed, kept);
    return open ? [...kept, open] : kept;
  }
  /* Straight marks within others of their own kind, where each can be seen to open or to close. */
  function directed(text) {
    const [open, letters] = [[], text.split("")];
    let isNested = false;
    for (const { 0: mark, index } of text.matchAll(/["']/g)) {
      const [before, after] = [text.charAt(index - 1), text.charAt(index + 1)];
      if (mark === "'" && isLetter(before) && isLetter(after)) continue;
      const opens = /^[\s([{—–"']?$/.test(before) && /\S/.test(after);
      const closes = /\S/.test(before) && !isLetter(after);
      if (opens === closes || (closes && open.at(-1) !== mark)) return text;
      isNested ||= opens && open.includes(mark);
      letters[index] = opens ? "“" : "”";
      if (opens) open.push(mark);
      else open.pop();
    }
    return isNested && !open.length ? letters.join("") : text;
  }
  function* inDouble(text) {
    const open = [];
    const closes = (mark) => open.findLastIndex(([other]) => CLOSED_BY[mark]?.includes(other));
    for (const { 0: mark, index } of text.matchAll(MARK)) {
      const at = closes(mark);
      if (at >= 0) yield [open.splice(at)[0][1] + 1, index, true];
      else if (DOUBLE.some(([opening]) => opening === mark) && !(mark === '"' && isLetter(text.charAt(index - 1)))) open.push([mark, index]);
    }
  }
  function* inSingle(text) {
    let at = 0;
    const next = (from) => {
      OPENS_SINGLE.lastIndex = from;
      for (let found = OPENS_SINGLE.exec(text); found; found = OPENS_SINGLE.exec(text)) if (!ELIDED.test(text.slice(found.index + 1))) return found.index;
      return text.length;
    };
    for (let start = next(at); start < text.length; start = next(at)) {
      const limit = next(start + 1);
      const closer = new RegExp(`(?<=[^\\s(\\[])[${SINGLE_CLOSED_BY[text[start]]}](?![\\p{L}\\p{N}])`, "gu");
      const ends = Array.from(text.slice(0, limit).slice(start + 1).matchAll(closer), ({ index }) => start + 1 + index).filter((end) => end > start + 1);
      const end = ends.find((each) => !POSSESSIVE.test(text.slice(each - 1, each + 3))) ?? ends[0];
      if (end !== undefined && end - start > 1) yield [start + 1, end, true];
      at = end === undefined ? start + 1 : end + 1;
    }
  }
  /* The first opening mark that nothing closes, up to the next passage. */
  function unclosed(text, kept) {
    for (let at = 0; at < text.length; at += 1) {
      const inside = kept.find(([start, end]) => start - 1 <= at && at <= end);
      if (inside) at = inside[1];
      else if ('“„"「『‟❝〝＂'.includes(text[at]) && !isLetter(text.charAt(at - 1)) && /[\p{L}\p{N}[‘']/u.test(text.charAt(at + 1))) {
        return [at + 1, Math.min(text.length, ...kept.map(([start]) => start - 1).filter((start) => start > at)), false];
      }
    }
    return null;
  }
  const isLetter = (text) => /[\p{L}\p{N}]/u.test(text);

  /* Where a text has marks that are in no pair: 5" gun. An apostrophe behind a letter is none. */
  function unpaired(text) {
    const pairs = marked(text).filter(([, , isClosed]) => isClosed);
    const alone = Array.from(text.matchAll(ANY)).filter(({ 0: mark, index }) => (
      !pairs.some(([start, end]) => start - 1 <= index && index <= end) && !("'’ʼʻ‛′".includes(mark) && isLetter(text.charAt(index - 1)))
    ));
    return new Set(alone.map(({ index }) => index));
  }
  function place(text, words, from = 0) {
    for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) {
      if (!isLetter(text.charAt(at - 1)) && !isLetter(text.charAt(at + words.length))) return at;
    }
    return -1;
  }

  /* What may be quoted of a briefing. */
  class Texts {
    constructor(manifest) {
      const { source } = manifest;
      this.manifest = manifest;
      this.isWhole = source.publish === "full";
      this.source = sliced(source.text);
      this.comments = new Map(manifest.comments.filter(({ text }) => text).map(({ id, text }) => [id, { text, slice: sliced(text) }]));
      this.records = new Map(manifest.annotations.map((one) => [one.id, one]));
      const passages = this.isWhole ? [source.text] : [...source.passages.map(({ text }) => text),
        ...manifest.annotations.filter(({ comment }) => !comment).map(({ matches }) => matches.map(({ text }) => text).join(" "))];
      this.known = [...passages, ...[...this.comments.values()].map(({ text }) => text), ...manifest.works.flatMap(({ excerpts }) => excerpts)].map(folded);
      this.listed = new Set();
      this.joined = new Set();
      this.former = new Set(manifest.quoted.filter(({ reason }) => reason === "former").map(({ words }) => letters(words)));
      for (const { words, found, reason } of manifest.quoted) {
        if (reason === "former") continue; // shown where corrections are told, and nowhere else
        if (reason || (found === "the source" && !this.isWhole)) this.listed.add(letters(words));
        else if (!this.has(words)) this.joined.add(letters(words));
      }
      // names with a mark in no pair, which would make one with that of another name
      this.openings = manifest.quoted.map(({ words }) => letters(words)).filter((words) => words.split(" ").length > 2).map((words) => `${words} `);
      const names = manifest.quoted.filter(({ words, reason }) => reason !== "former" && isLetter(words) && unpaired(words).size);
      const shapes = names.map(({ words }) => {
        const at = unpaired(words);
        return words.split("").map((letter, index) => (at.has(index) ? ANY.source : letter.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&"))).join("").replace(/\s+/g, "\\s+");
      });
      this.unpaired = shapes.length ? new RegExp(shapes.sort((one, other) => other.length - one.length).join("|"), "giu") : null;
    }
    passages(words) {
      const without = (name) => name.split("").map((letter, at) => (unpaired(name).has(at) ? "\ufffc" : letter)).join("");
      const plain = this.unpaired ? words.replace(this.unpaired, without) : words;
      return marked(plain).map(([start, end, isClosed]) => ({ passage: words.slice(start, end).trim(), isClosed }));
    }
    slice(comment, start, end) {
      if (comment) return this.comments.get(comment)?.slice(start, end) ?? null;
      if (this.isWhole) return this.source(start, end);
      const one = this.manifest.source.passages.find((each) => each.start <= start && start < end && end <= each.end);
      return one ? sliced(one.text)(start - one.start, end - one.start) : null;
    }
    /* Whether one of the texts has quoted words as they are, brackets and all, or all of their pieces in their order. */
    has(words) {
      const whole = letters(words);
      if (isLetter(whole) && this.known.some((text) => place(text, whole) >= 0)) return true;
      const pieces = folded(words).split(/\[[^\]]*\]|\.\.\.+/).map(letters).filter(Boolean);
      return pieces.length > 0 && this.known.some((text) => {
        let at = 0;
        return pieces.every((piece) => {
          const found = place(text, piece, at);
          at = found + piece.length;
          return found >= 0;
        });
      });
    }
  }

  // --- pages -----------------------------------------------------------------------------------------------------

  /* The words of a page, run by run; those in `quoted` are all of a quotation. */
  function runs(root) {
    const found = [];
    let words = "";
    const flush = (element, quoted = false) => {
      if (words.trim()) found.push({ words: onOneLine(words), element, quoted });
      words = "";
    };
    const walk = (element, quotation) => {
      const apart = !INLINE.includes(element.localName) || element.classList.contains("bf-unseen");
      const isCredit = ["footer", "figcaption", "cite"].includes(element.localName) || element.classList.contains("bf-unseen");
      const inner = isCredit ? null : element.localName === "blockquote" || element.classList.contains("bf-told") ? element : quotation;
      if (apart) flush(element.parentElement, Boolean(quotation));
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) words += node.data;
        else if (node.nodeType === Node.ELEMENT_NODE && node.classList.contains("bf-snippet")) {
          // HTML to be pasted elsewhere is read as the page that it makes
          const made = new DOMParser().parseFromString(node.textContent, "text/html");
          found.push(...runs(made.body).map((run) => ({ ...run, element: node })));
        } else if (node.nodeType === Node.ELEMENT_NODE && !node.classList.contains("bf-change")) walk(node, inner);
      }
      if (apart) flush(element, Boolean(inner));
    };
    walk(root, null);
    for (const one of root.querySelectorAll("q")) found.push({ words: shown(one), element: one, quoted: true });
    for (const name of ATTRIBUTES) {
      for (const one of root.querySelectorAll(`[${name}]`)) found.push({ words: onOneLine(one.getAttribute(name)), element: one, quoted: false });
    }
    return found;
  }
  const content = (page) => page.querySelector(".md-content__inner, main, [role=main]") || page.body;
  const shown = (element) => {
    const copy = element.cloneNode(true);
    for (const one of copy.querySelectorAll(`${SILENT}, .bf-unseen, .bf-change, del`)) one.remove();
    return onOneLine(copy.textContent);
  };
  function near(element) {
    for (let above = element; above; above = above.parentElement) {
      const id = above.id || above.querySelector(":scope > h1[id], :scope > h2[id], :scope > h3[id], :scope > h4[id]")?.id;
      if (id) return `#${id}`;
    }
    return element.localName;
  }
  const numbers = (text) => [...text.matchAll(/\p{Nd}+(?:[.,\u00a0\u202f\u066b\u066c’']\p{Nd}+)*/gu)].map(([found]) => digits(found));
  function digits(text) {
    const plain = Array.from(text.matchAll(/\p{Nd}/gu), ([digit]) => digitOf(digit)).join("");
    return plain.replace(/^0+(?=.)/, "");
  }
  /* The decimal digits of a script follow one another, nought first. */
  function digitOf(digit) {
    let value = 0;
    for (let point = digit.codePointAt(0); value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - 1)); point -= 1) value += 1;
    return value;
  }

  // --- comparing ---------------------------------------------------------------------------------------------------

  /* Each check yields what does not agree: { kind, file, where, expected, found }. */
  function* checkRecord(one, texts) {
    for (const { start, end, text } of one.matches) {
      const words = texts.slice(one.comment, start, end);
      if (words !== text) yield { kind: "quotation", file: "manifest.json", where: one.id, expected: words || "", found: text };
    }
  }
  async function checkHashes({ manifest, comments }) {
    const wrong = [];
    for (const { id, sha256: expected } of crypto.subtle ? manifest.comments : []) {
      const found = comments.has(id) ? await sha256(new TextEncoder().encode(comments.get(id).text)) : expected;
      if (found !== expected) wrong.push({ kind: "altered", file: "manifest.json", where: id, expected, found });
    }
    return wrong;
  }
  function* checkRecords(texts) {
    const { counts, annotations, comments, themes, derived, works } = texts.manifest;
    const aside = new Set(comments.filter((one) => one.set_aside).map(({ id }) => id));
    const themed = new Set(themes.flatMap(({ members }) => members.map(({ comment }) => comment)));
    const kept = comments.filter(({ id }) => !aside.has(id));
    const computed = {
      derived: derived.length, theme: themes.length, comment: comments.length, work: works.length, "set aside": aside.size,
      "in themes": kept.filter(({ id }) => themed.has(id)).length, "in neither": kept.filter(({ id }) => !themed.has(id)).length,
    };
    for (const kind of ["quotation", "reported", "figure", "context"]) computed[kind] = annotations.filter((one) => one.kind === kind).length;
    for (const [name, number] of Object.entries(counts)) {
      if (computed[name] !== number) yield { kind: "count", file: "manifest.json", where: name, expected: `${computed[name] ?? ""}`, found: `${number}` };
    }
    for (const { id, members } of themes) {
      for (const { comment, words } of members) {
        const whole = texts.comments.get(comment)?.text || "";
        if (words && !folded(words).split(/\[[^\]]*\]|\.\.\.+/).every((piece) => folded(whole).includes(letters(piece)))) {
          yield { kind: "quotation", file: "manifest.json", where: `${id}, ${comment}`, expected: whole, found: words };
        }
      }
    }
  }

  /* Words of another briefing have a check of its own; across briefings, each has the path of its own. */
  const isOf = (one, { manifest }, path) => (path === undefined && !one.dataset.of) || one.dataset.of === manifest.path;
  function* checkSlices(page, file, texts, done, path) {
    for (const one of page.querySelectorAll("[data-span]")) {
      if (!isOf(one, texts, path)) continue;
      const [, start, end] = /^(\d{1,10})-(\d{1,10})$/.exec(one.dataset.span) || [];
      const words = start ? texts.slice(one.dataset.in || "", +start, +end) : null;
      done.slices += 1;
      yield* checkGap(one, file, texts);
      if (words === null || words !== words.trim() || onOneLine(words) !== shown(one)) yield { kind: "quotation", file, where: near(one), expected: words || "", found: shown(one) };
    }
  }
  function* checkPassages(page, file, texts, done) {
    for (const { words, element, quoted } of runs(page)) {
      if (element.closest("[data-of]")) continue;
      const isPlaced = element.matches("[data-span]") || element.querySelector("[data-span]");
      const passages = quoted ? (isPlaced ? [] : [{ passage: words, isClosed: true }]) : texts.passages(words);
      yield* checkQuoted(passages, file, near(element), Boolean(element.closest(".bf-correction, .bf-corrected")), texts, done);
    }
  }
  function* checkQuoted(passages, file, where, tellsCorrections, texts, done) {
    for (const { passage, isClosed } of passages) {
      const key = letters(passage);
      if (!key) continue;
      done.passages += 1;
      if (texts.has(passage)) continue;
      if (texts.listed.has(key) || (texts.former.has(key) && tellsCorrections)) done.listed += 1;
      else if (texts.joined.has(key)) done.joined += 1;
      else if (isClosed || !texts.openings.some((words) => key.startsWith(words))) yield { kind: "passage", file, where, expected: "", found: passage };
    }
  }
  /* What readers of a page do not see as it is compared. */
  function* checkSeen(page, file) {
    for (const one of page.querySelectorAll(COMPARED)) {
      const within = Array.from(one.querySelectorAll(HIDING)).find((each) => !each.matches("button, svg") && /[\p{L}\p{N}]/u.test(each.textContent));
      if (one.closest(HIDING) || within) yield { kind: "text", file, where: near(one), expected: "", found: onOneLine((within || one).textContent) };
    }
  }
  /* What in a page may change how it is shown, or adds words to numbers, which are compared with nothing. */
  function* checkForeign(page, file) {
    for (const one of page.querySelectorAll(FOREIGN)) yield { kind: "text", file, where: near(one), expected: "", found: one.localName };
    for (const one of page.querySelectorAll(SIGNS)) {
      const copy = one.cloneNode(true);
      for (const beside of copy.querySelectorAll(".bf-unseen, .bf-verdict")) beside.remove();
      const seen = copy.textContent;
      if (/\p{L}{2}/u.test(seen)) yield { kind: "text", file, where: near(one), expected: "", found: onOneLine(seen) };
    }
  }
  /* Former words beside those that took their place: of a correction that the manifest has. */
  function* checkChanges(page, file, { manifest }) {
    for (const one of page.querySelectorAll(".bf-change")) {
      const [correction, change] = (one.dataset.correction || "").split(".").map(Number);
      const told = manifest.corrections[correction - 1]?.changes[change - 1] || { before: "", after: "" };
      for (const [other, expected] of [["ins", told.before], ["del", told.after]]) {
        const copy = one.cloneNode(true);
        for (const inner of copy.querySelectorAll(`${other}, .bf-unseen`)) inner.remove();
        const found = onOneLine(copy.textContent);
        if (letters(found) !== letters(expected)) yield { kind: "text", file, where: near(one), expected, found };
      }
    }
  }
  function* checkSpeakers(page, file, texts, path) {
    for (const figure of page.querySelectorAll("figure")) {
      const [named, words] = [Array.from(figure.querySelectorAll(".bf-speaker"), shown), figure.querySelector("[data-span]")];
      if (!named.length || !words || !isOf(words, texts, path)) continue;
      const [start, end] = words.dataset.span.split("-").map(Number);
      const said = texts.manifest.annotations.filter((one) => one.comment === (words.dataset.in || "") && one.matches.some((match) => match.start === start && match.end === end));
      const names = said.map(({ speaker }) => speaker).filter(Boolean);
      const other = named.find((name) => names.length && !names.includes(name)) ?? (said.length ? undefined : named[0]);
      if (other !== undefined) yield { kind: "speaker", file, where: near(figure), expected: names.join(" / "), found: other };
      const caption = figure.querySelector("figcaption")?.cloneNode(true);
      for (const one of caption?.querySelectorAll(".bf-speaker, .bf-role, .bf-verdict") || []) one.remove();
      if (caption && onOneLine(caption.textContent)) yield { kind: "speaker", file, where: near(figure), expected: "", found: onOneLine(caption.textContent) };
    }
  }
  function countOf(name, { manifest }) {
    const [kind, speaker] = name.split(/ by (.*)/s);
    if (speaker) return manifest.annotations.filter((one) => one.kind === kind && one.speaker === speaker).length;
    if (!name.startsWith("theme ")) return manifest.counts[name];
    return new Set(manifest.themes.find(({ id }) => id === name.slice(6))?.members.map(({ comment }) => comment)).size;
  }
  function* checkCounts(page, file, texts, done) {
    const inWords = texts.manifest.language.startsWith("ar") ? 2 : 0; // Arabic has a word for one, and a form for two
    for (const one of page.querySelectorAll("[data-counts]")) {
      const expected = one.dataset.counts.split("|").map((name) => countOf(name, texts)).filter((number) => number > inWords).map(String);
      const left = numbers(shown(one));
      done.counts += 1;
      const missing = expected.filter((number) => {
        const at = left.indexOf(number);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      if (missing.length) yield { kind: "count", file, where: near(one), expected: expected.join(", "), found: shown(one) };
    }
  }

  /* The counts above an annotated text are those of its notes. */
  function* checkBar(page, file) {
    for (const one of page.querySelectorAll(".bf-bar > [data-kind], .bf-bar > .bf-claims")) {
      const { kind } = one.dataset;
      const expected = page.querySelectorAll(kind ? `aside.bf-note[data-kind="${CSS.escape(kind)}"]` : "aside.bf-note.bf-claim").length;
      const has = numbers(shown(one));
      if (has.length && !has.includes(`${expected}`)) yield { kind: "count", file, where: near(one), expected: `${expected}`, found: shown(one) };
    }
  }

  function cardOf(pages, id) {
    for (const [file, page] of pages) {
      const heading = page.getElementById(id);
      if (heading?.matches("h2, h3, h4")) return { file, card: heading.parentElement };
    }
    return {};
  }
  const verdictOf = (card) => Array.from(card.querySelectorAll("[class*=bf-verdict-]"))
    .filter((badge) => badge.parentElement.matches("figcaption, .bf-verdict-line"))
    .map((badge) => /\bbf-verdict-([a-z-]+)/.exec(badge.className)?.[1]).find((name) => name && name !== "line") || "";
  function* checkCard(one, pages, path) {
    const { file, card } = cardOf(pages, one.id);
    if (!card?.classList.contains("bf-card")) {
      yield { kind: "missing", file: `${path}/`, where: `#${one.id}`, expected: one.matches[0].text, found: "" };
      return;
    }
    const spans = Array.from(card.querySelectorAll("[data-span]"), (each) => each.dataset.span.split("-").map(Number));
    for (const { start, end, text } of one.matches) {
      if (!spans.some(([from, to]) => from <= start && end <= to)) yield { kind: "quotation", file, where: `#${one.id}`, expected: text, found: "" };
    }
    if (verdictOf(card) !== one.verdict) yield { kind: "verdict", file, where: `#${one.id}`, expected: one.verdict, found: verdictOf(card) };
    let above = card.previousElementSibling;
    while (above && above.localName !== "h2") above = above.previousElementSibling;
    const said = one.speaker && ["quotation", "reported"].includes(one.kind);
    if (said && above?.id.startsWith("_by-") && shown(above) !== onOneLine(one.speaker)) yield { kind: "speaker", file, where: `#${above.id}`, expected: one.speaker, found: shown(above) };
    const copy = one.speaker && one.kind === "quotation" ? card.querySelector("[data-credit]") : null;
    if (copy && !onOneLine(copy.dataset.credit).startsWith(onOneLine(one.speaker))) yield { kind: "speaker", file, where: `#${one.id}`, expected: one.speaker, found: copy.dataset.credit };
    const value = card.querySelector(".bf-value");
    if (value && !isValue(shown(value), one)) yield { kind: "figure", file, where: `#${one.id}`, expected: one.value, found: shown(value) };
  }
  /* Whether a text may be shown as the value of a figure: it is among its words, or has its numbers. */
  function isValue(words, { low, high, matches }) {
    const [given, has] = [[low, high].filter(Boolean), numbers(words)];
    const written = (number) => [number, number.includes(".") ? number.replace(/0+$/, "") : number].map(digits);
    const isGiven = has.length && given.every((number) => written(number).some((each) => has.includes(each)));
    return isGiven || matches.some(({ text }) => onOneLine(text).includes(words));
  }

  /* Rows of the table of figures are those of the figures to which they lead. */
  function* checkFigureRows(page, file, texts) {
    for (const row of page.querySelectorAll("table.bf-figures > tbody > tr")) {
      const record = texts.records.get(row.querySelector("th > a")?.getAttribute("href").split("#").pop());
      if (!record) continue;
      const [label, value, ...others] = Array.from(row.cells, shown);
      if (letters(label) !== letters(record.label)) yield { kind: "figure", file, where: `#${record.id}`, expected: record.label, found: label };
      if (record.speaker && !others.includes(record.speaker)) yield { kind: "speaker", file, where: `#${record.id}`, expected: record.speaker, found: others.join(" / ") };
      if (!isValue(value, record)) yield { kind: "figure", file, where: `#${record.id}`, expected: record.value, found: value };
    }
  }
  /* A verdict is that of what is linked beside it. */
  function* checkBadges(page, file, texts) {
    for (const badge of page.querySelectorAll("span[class*=bf-verdict-]")) {
      const verdict = /\bbf-verdict-([a-z-]+)/.exec(badge.className)[1];
      for (let around = badge.parentElement; around; around = around.parentElement) {
        const linked = Array.from(around.querySelectorAll("a[href]"), (link) => texts.records.get(link.getAttribute("href").split("#").pop().replace(/^_|^t-/, ""))?.verdict).filter(Boolean);
        if (!linked.length) continue;
        if (!linked.includes(verdict)) yield { kind: "verdict", file, where: near(badge), expected: linked.join(" / "), found: verdict };
        break;
      }
    }
  }
  /* A verdict has one word on all pages. */
  function* checkWords(pages) {
    const badges = [...pages].flatMap(([file, page]) => Array.from(page.querySelectorAll("span[class*=bf-verdict-]"), (badge) => (
      { file, badge, verdict: /\bbf-verdict-([a-z-]+)/.exec(badge.className)[1], word: shown(badge) }
    )));
    const times = new Map();
    for (const { verdict, word } of badges) times.set(`${verdict} ${word}`, (times.get(`${verdict} ${word}`) || 0) + 1);
    const usual = new Map();
    for (const { verdict, word } of badges) {
      const known = usual.get(verdict);
      if (!known || times.get(`${verdict} ${word}`) > times.get(`${verdict} ${known}`)) usual.set(verdict, word);
    }
    for (const { file, badge, verdict, word } of badges) {
      if (word !== usual.get(verdict)) yield { kind: "verdict", file, where: near(badge), expected: usual.get(verdict), found: word };
    }
  }

  /* What other sites show of an annotation has its verdict, too. */
  function* checkFrames(page, file, texts) {
    for (const frame of page.querySelectorAll(".bf-frame[id]")) {
      const record = texts.records.get(frame.id);
      const found = verdictOf(frame);
      if (record && found !== record.verdict) yield { kind: "verdict", file, where: `#${frame.id}`, expected: record.verdict, found };
    }
  }

  function paragraphs({ manifest, isWhole }) {
    const { source } = manifest;
    if (isWhole) return source.text.split(/[\r\n]+/).map(onOneLine).filter(Boolean).map((words, at) => [at + 1, words]);
    const parts = new Map();
    source.passages.forEach((passage, at) => {
      const [line, part] = [source.paragraph_spans?.[at], parts.get(source.paragraphs[at]) || []];
      if (!part.length && line?.[0] < passage.start) part.push(GAP);
      if (part.length > 1 && part.at(-1) === GAP) part.pop();
      parts.set(source.paragraphs[at], [...part, passage.text, ...(passage.end < line?.[1] ? [GAP] : [])]);
    });
    return [...parts].map(([number, each]) => [number, onOneLine(each.map((one, at) => (at && one !== GAP && each[at - 1] !== GAP ? `${GAP} ${one}` : one)).join(" "))]);
  }
  /* Whether paragraphs are left out between two that are shown, 0 for the end; undefined where an older manifest does not say. */
  function isLeftOut({ manifest, isWhole }, number, before) {
    if (number) return number > before + 1;
    return isWhole ? false : manifest.source.paragraph_count ? before < manifest.source.paragraph_count : undefined;
  }
  /* An older manifest does not say whether something is left out at the ends of a paragraph. */
  const asPublished = (words, { manifest, isWhole }) => (isWhole || manifest.source.paragraph_spans?.length ? words : words.replace(/^\[…\] | \[…\]$/g, ""));
  function* checkText(pages, texts, done) {
    const places = new Map();
    const read = [];
    for (const [file, page] of pages) {
      const here = Array.from(page.querySelectorAll("p[id^=p], p.bf-gap"), (one) => ({ number: /^p\d+$/.test(one.id) ? +one.id.slice(1) : 0, file, one }));
      if (here.some(({ number }) => number)) read.push(here);
      for (const { number, one } of here) if (number) places.set(number, { file, one });
    }
    yield* checkSigns(read.sort(([...one], [...other]) => Math.max(...one.map(({ number }) => number)) - Math.max(...other.map(({ number }) => number))).flat(), texts);
    for (const [number, words] of paragraphs(texts)) {
      const { file, one } = places.get(number) || {};
      places.delete(number);
      done.paragraphs += 1;
      const found = one ? asPublished(shown(one), texts) : "";
      if (found !== words) yield { kind: one ? "text" : "missing", file: file || `${texts.manifest.path}/`, where: `#p${number}`, expected: words, found };
    }
    for (const [number, { file, one }] of places) yield { kind: "text", file, where: `#p${number}`, expected: "", found: shown(one) };
  }
  /* A sign is between paragraphs where others are left out, and nowhere else. */
  function* checkSigns(shownThere, texts) {
    let [before, signed] = [0, false];
    for (const { number, file, one } of shownThere.length ? [...shownThere, { ...shownThere.at(-1), number: -1 }] : []) {
      if (!number) {
        signed = true;
        if (shown(one) !== GAP) yield { kind: "text", file, where: near(one), expected: GAP, found: shown(one) };
        continue;
      }
      const expected = isLeftOut(texts, Math.max(number, 0), before);
      if (expected !== undefined && expected !== signed) yield { kind: "text", file, where: number > 0 ? `#p${number}` : `#p${before}`, expected: expected ? GAP : "", found: signed ? GAP : "" };
      [before, signed] = [number, false];
    }
  }
  /* So it does between two slices of one passage. */
  function* checkGap(one, file, texts) {
    let [between, isSign, other] = ["", false, one.nextSibling];
    for (; other && (other.nodeType === Node.TEXT_NODE || other.classList?.contains("bf-gap")); other = other.nextSibling) {
      between += other.textContent;
      isSign ||= other.nodeType !== Node.TEXT_NODE;
    }
    const sign = onOneLine(between);
    if (!other?.dataset?.span || other.dataset.in !== one.dataset.in || other.dataset.of !== one.dataset.of || (sign && !isSign)) return;
    const [end, start] = [+one.dataset.span.split("-")[1], +other.dataset.span.split("-")[0]];
    const left = end < start ? texts.slice(one.dataset.in || "", end, start) : "";
    const expected = left === null || left.trim() ? GAP : "";
    if (sign !== expected) yield { kind: "text", file, where: near(other), expected, found: sign };
  }
  function* checkComments(pages, texts) {
    for (const [id, { text }] of texts.comments) {
      const { file, card } = cardOf(pages, id);
      const around = card ? shown(card) : "";
      if (card && !around.includes(onOneLine(text))) yield { kind: "text", file, where: `#${id}`, expected: text, found: around };
    }
  }

  // --- files -------------------------------------------------------------------------------------------------------

  class Unusable extends Error {}

  /* Functions that return a file of the site by its path, or null. */
  function served(path) {
    const folder = new URL(location.pathname.slice(0, METHOD.exec(location.pathname).index), location.href);
    const root = new URL(path ? "../".repeat(path.split("/").length) : "./", folder);
    return async (name) => {
      const answer = await fetch(new URL(name.split("/").map(encodeURIComponent).join("/"), root), { cache: "no-store" });
      return answer.ok ? answer.arrayBuffer() : null;
    };
  }
  /* Of a folder that its reader chose, be it the site's or the briefing's. */
  function chosen(files, path) {
    const names = new Map(Array.from(files, (file) => [file.webkitRelativePath, file]));
    const at = (folder) => names.has(`${folder}manifest.json`);
    const [top] = (files[0]?.webkitRelativePath || "").split("/");
    const own = path ? `${path}/` : "";
    const folder = [`${top}/${own}`, `${top}/`].find(at) ?? [...names.keys()].map((name) => /^(.*\/)manifest\.json$/.exec(name)?.[1]).find((each) => each?.endsWith(`/${own}`));
    return async (name) => {
      const inside = name.startsWith(own) ? folder + name.slice(own.length) : folder?.endsWith(own) ? folder.slice(0, folder.length - own.length) + name : "";
      return names.has(inside) ? names.get(inside).arrayBuffer() : null;
    };
  }
  const decoded = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  async function manifestIn(read, name) {
    const bytes = await read(name);
    if (!bytes) return null;
    let found;
    try {
      found = JSON.parse(decoded(bytes));
    } catch {
      throw new Unusable("damaged");
    }
    if (found?.version > VERSION) throw new Unusable("newer");
    return found;
  }
  const sha256 = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  /* The pages of the briefing, by path, and what of its files is not as it was built. */
  async function readFiles(read, path, done) {
    const site = await manifestIn(read, "site-manifest.json");
    const own = path ? `${path}/` : "";
    const folders = (site?.briefings || []).filter((each) => each.startsWith(own) && each !== path);
    const named = site ? Object.keys(site.files).filter((name) => name.startsWith(own) && !folders.some((each) => name.startsWith(`${each}/`))) : linked(own);
    const [pages, across, heads, files, facts] = [new Map(), new Map(), new Map(), new Map(), new Map()];
    const ours = new Set(named);
    const wrong = [];
    const take = async (name) => {
      const bytes = await read(name);
      if (site && !bytes) wrong.push({ kind: "missing", file: name, where: "", expected: "", found: "" });
      if (!bytes) return [];
      const fact = { size: bytes.byteLength, sha256: crypto.subtle ? await sha256(bytes) : "" };
      facts.set(name, fact);
      const expected = site?.files[name].sha256;
      done.files += 1;
      if (site && crypto.subtle && fact.sha256 !== expected) wrong.push({ kind: "altered", file: name, where: "", expected, found: fact.sha256 });
      const isOwn = ours.has(name);
      if (READ.test(name)) files.set(name, new TextDecoder().decode(bytes));
      if (!name.endsWith(".html")) return [];
      const page = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "text/html");
      const leads = Array.from(page.querySelectorAll(isOwn ? "a[href], link[href]" : "link[href]"), (one) => fileAt(one.getAttribute("href"), name));
      if (isOwn) heads.set(name, headOf(page));
      if (isOwn) wrong.push(...checkForeign(content(page), name));
      for (const one of page.querySelectorAll(SILENT)) one.remove();
      (isOwn ? pages : across).set(name, page);
      return leads;
    };
    const reached = new Set(named);
    // of the rest of the site, what the briefing’s pages lead to: people and topics, and the feeds of these
    for (const name of reached) {
      for (const file of [...await take(name), ...(name === named[0] ? ACROSS : [])]) if (site?.files[file] && (site.citing?.includes(file) || ACROSS.includes(file) || file.startsWith("feeds/"))) reached.add(file);
    }
    done.unhashed = site ? (crypto.subtle ? "" : "insecure") : "alone";
    return { pages, across, heads, files, facts, wrong };
  }
  /* The file of the site to which an address on a page leads. */
  function fileAt(address, page) {
    const root = "https://site.invalid/";
    const to = new URL(address, new URL(page, root));
    const name = decodeURIComponent(to.pathname.slice(1));
    return to.href.startsWith(root) ? `${name}${!name || name.endsWith("/") ? "index.html" : ""}` : "";
  }
  /* What a page says for programs. */
  function headOf(page) {
    const linked = [];
    for (const one of page.querySelectorAll("script[type='application/ld+json']")) {
      try {
        linked.push(...[JSON.parse(one.textContent)].flat());
      } catch {
        linked.push({ "@type": "damaged" });
      }
    }
    const metas = Array.from(page.querySelectorAll("meta[content]:not([http-equiv])"), (one) => [one.name || one.getAttribute("property") || "meta", one.content]);
    return { metas: [...metas, ["title", page.title]], linked };
  }
  /* Where the site has no manifest, the pages are those to which the tabs lead. */
  function linked(own) {
    const extension = METHOD.exec(location.pathname)[1] === ".html" ? ".html" : "/index.html";
    const names = ["text", "quotes", "figures", "context", "comments", "method"].map((name) => `${own}${name}${extension}`);
    return [`${own}index.html`, ...names, ...FILES.map((name) => own + name), ...["index.html", ...names].map((name) => `${name.startsWith(own) ? "" : own}${name}.md`)];
  }

  // --- what is shown -----------------------------------------------------------------------------------------------

  const made = (name, words = "", kind = "") => Object.assign(document.createElement(name), { textContent: words, className: kind });
  const frame = () => new Promise((resolve) => setTimeout(resolve, matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 16));

  function line(one, wrong, { manifest }, say, { file }) {
    const item = made("li", "", wrong.length ? "bf-check-wrong" : "bf-check-right");
    const [first, last] = [one.matches[0], one.matches.at(-1)];
    const words = made("q");
    words.lang = one.comment ? "" : manifest.source.language;
    words.dir = "auto";
    const [before, after] = [one.prefix, one.suffix].map((text) => text.length >= BESIDE);
    words.append(before ? `…${one.prefix.replace(/^\S*\s+/, "")}` : one.prefix, made("mark", one.matches.map(({ text }) => text).join(BETWEEN)), after ? `${one.suffix.replace(/\s+\S*$/, "")}…` : one.suffix);
    const at = say.at.replace("{start}", first.start).replace("{end}", last.end);
    const where = made("a", [one.comment && `${say.comment} ${one.comment}`, at].filter(Boolean).join(", "));
    if (file) where.href = new URL(`${addressOf(file, manifest.path)}#${one.id}`, location.href).href;
    item.append(made("span", `${wrong.length ? say.wrong : say.present} `, "bf-unseen"), words, " ", where);
    return item;
  }
  function addressOf(file, path) {
    const inside = path ? file.slice(path.length + 1) : file;
    const { index } = METHOD.exec(location.pathname);
    const plain = location.protocol === "file:" || METHOD.exec(location.pathname)[1]?.includes(".html");
    return location.pathname.slice(0, index) + (plain ? inside : inside.replace(/index\.html$/, ""));
  }
  function difference({ kind, file, where, expected, found }, say) {
    const item = made("li");
    item.append(made("strong", say[kind]), " ", made("code", `${file} ${where}`.trim()));
    for (const [name, words] of [["expected", expected], ["found", found]]) {
      if (!words) continue;
      const paragraph = made("p", `${say[name]}: `);
      const shown = made("span", words.length > 400 ? `${words.slice(0, 400)}…` : words);
      shown.dir = "auto";
      paragraph.append(shown);
      item.append(paragraph);
    }
    return item;
  }
  function summary(done, say) {
    const table = made("table", "", "bf-values");
    const body = table.createTBody();
    const rows = [["files", !done.unhashed && done.files], ["annotations", done.annotations], ["paragraphs", done.paragraphs],
      ["slices", done.slices], ["passages", done.passages], ["listed", done.listed], ["joined", done.joined], ["counts", done.counts], ["read", done.read]];
    for (const [name, number] of rows) {
      if (!number) continue;
      const row = body.insertRow();
      row.className = name === "listed" || name === "joined" ? "bf-check-of" : "";
      const head = made("th", say[name]);
      head.scope = "row";
      row.append(head, made("td", number.toLocaleString(say.tag)));
    }
    return table;
  }

  async function check(section, read) {
    const say = section.dataset;
    const [status, result] = [section.querySelector("[role=status]"), section.querySelector(".bf-check-result")];
    const path = say.path;
    result.replaceChildren();
    status.textContent = say.reading;
    section.dataset.state = "running";
    const done = { files: 0, annotations: 0, paragraphs: 0, slices: 0, passages: 0, listed: 0, joined: 0, counts: 0, read: 0 };
    const manifest = await manifestIn(read, path ? `${path}/manifest.json` : "manifest.json");
    if (!manifest || manifest.path !== path) throw new Unusable("unmanifested");
    const texts = new Texts(manifest);
    const { pages, across, heads, files, facts, wrong } = await readFiles(read, path, done);
    if (texts.isWhole && crypto.subtle) {
      const found = await sha256(new TextEncoder().encode(manifest.source.text));
      if (found !== manifest.source.sha256) wrong.push({ kind: "altered", file: "manifest.json", where: "source", expected: manifest.source.sha256, found });
    }
    wrong.push(...checkRecords(texts), ...(await checkHashes(texts)));

    const list = made("ol", "", "bf-check-list");
    list.tabIndex = 0;
    list.setAttribute("aria-label", say.annotations);
    result.append(list);
    const step = Math.ceil(manifest.annotations.length / 60);
    for (const one of manifest.annotations) {
      const own = [...checkRecord(one, texts), ...checkCard(one, pages, path)];
      wrong.push(...own);
      done.annotations += 1;
      list.append(line(one, own, texts, say, cardOf(pages, one.id)));
      if (done.annotations % step) continue;
      list.scrollTop = list.scrollHeight;
      status.textContent = say.progress.replace("{n}", done.annotations).replace("{all}", manifest.annotations.length);
      await frame();
    }
    for (const [file, page] of pages) {
      const own = content(page);
      wrong.push(...checkSeen(own, file), ...checkSlices(own, file, texts, done), ...checkPassages(own, file, texts, done));
      wrong.push(...checkSpeakers(own, file, texts), ...checkCounts(own, file, texts, done), ...checkBar(own, file), ...checkFrames(own, file, texts), ...checkBadges(own, file, texts), ...checkFigureRows(own, file, texts), ...checkChanges(own, file, texts));
      await frame();
    }
    for (const [file, page] of across) wrong.push(...checkSlices(page, file, texts, done, path), ...checkSpeakers(page, file, texts, path));
    wrong.push(...checkText(pages, texts, done), ...checkComments(pages, texts), ...checkWords(pages));
    const passagesIn = (text, file, where, tellsCorrections = false) => checkQuoted(texts.passages(onOneLine(text)), file, where, tellsCorrections, texts, done);
    const folder = path ? `${path}/` : "";
    const tools = { texts, files, facts, pages, heads, folder, reading: say.plain, letters, onOneLine, shown, cardOf, paragraphs, isLeftOut, asPublished, passagesIn };
    for (const beside of window.bfCheckFiles(tools)) {
      wrong.push(...beside());
      await frame();
    }
    done.read = files.size;
    list.scrollTop = 0;

    section.dataset.state = wrong.length ? "wrong" : "right";
    status.textContent = wrong.length ? say.differs.replace("{n}", wrong.length) : texts.isWhole ? say.agrees : say.excerpts;
    if (wrong.length) {
      const differences = made("ul", "", "bf-check-differences");
      differences.append(...wrong.map((one) => difference(one, say)));
      result.prepend(differences);
    }
    result.append(summary(done, say));
    if (done.unhashed) result.append(made("p", say[done.unhashed]));
    result.append(made("p", say.limits));
  }

  const { src } = document.currentScript;
  const loaded = () => window.bfCheckFiles || new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: src.replace(/check\.js$/, "check-files.js"), onload: resolve, onerror: reject });
    document.head.append(script);
  });
  async function begin(section, read) {
    const button = section.querySelector("button");
    button.disabled = true;
    try {
      await loaded();
      await check(section, read);
    } catch (error) {
      section.dataset.state = "unusable";
      section.querySelector("[role=status]").textContent = section.dataset[error instanceof Unusable ? error.message : "unmanifested"];
      if (!(error instanceof Unusable)) console.error(error);
    } finally {
      button.disabled = false;
    }
  }
  function choose(section) {
    const field = Object.assign(document.createElement("input"), { type: "file", webkitdirectory: true });
    field.addEventListener("change", () => field.files.length && begin(section, chosen(field.files, section.dataset.path)));
    section.querySelector("[role=status]").textContent = section.dataset.choose;
    field.click();
  }

  const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: src.replace(/js$/, "css") });
  document.head.append(styles);
  document.addEventListener("click", (event) => {
    const section = event.target.closest?.(".bf-check button")?.closest(".bf-check");
    if (section) location.protocol === "file:" ? choose(section) : begin(section, served(section.dataset.path));
  });
})();
