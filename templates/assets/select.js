/* Selected words of the annotated text: copy them as a quotation or a link. A preview adds annotate.js to it.
   The selector is the smallest that is unique in the text of the page, as briefing/anchor/describe.py has it. */
(() => {
  "use strict";
  if (window.bfSelect) return;
  window.bfSelect = { describe, passage };

  const MARKERS = ".bf-ref, .bf-number, .bf-notes";
  const SPACELESS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;
  const IN_WORD = /[\p{L}\p{Nd}]/u;
  const DIGITS = /^(\d[.,:'’/]|[.,:'’/]\d|\d[%‰°]|[-−+–]\d)$/;

  // --- the text without its markers ---

  const bare = (node) => {
    for (const marker of node.querySelectorAll(MARKERS)) marker.remove();
    return node;
  };
  const upTo = (paragraph, node, offset) => {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, offset);
    return bare(range.cloneContents()).textContent.length;
  };

  /* What is selected, widened to whole words: its paragraph, and its place in the text on one line. */
  function selection() {
    const selected = getSelection();
    if (!selected.rangeCount || selected.isCollapsed) return null;
    const range = selected.getRangeAt(0);
    const element = range.startContainer.parentElement?.closest(".bf-paragraph, .bf-notes");
    if (!element?.matches(".bf-paragraph")) return null;
    const paragraphs = [...element.parentElement.querySelectorAll(".bf-paragraph > p")];
    const lines = paragraphs.map((paragraph) => bare(paragraph.cloneNode(true)).textContent);
    const base = lines.map((_, index) => lines.slice(0, index).join(" ").length + (index ? 1 : 0));
    const touched = paragraphs.filter((paragraph) => range.intersectsNode(paragraph));
    if (!touched.length) return null;
    const first = paragraphs.indexOf(touched[0]);
    const last = paragraphs.indexOf(touched.at(-1));
    const { startContainer, startOffset, endContainer, endOffset } = range;
    const text = lines.join(" ");
    let start = base[first] + (touched[0].contains(startContainer) ? upTo(touched[0], startContainer, startOffset) : 0);
    let end = base[last] + (touched.at(-1).contains(endContainer) ? upTo(touched.at(-1), endContainer, endOffset) : lines[last].length);
    while (start < end && /\s/.test(text[start])) start += 1;
    while (start < end && /\s/.test(text[end - 1])) end -= 1;
    while (cuts(text, start)) start -= 1;
    while (cuts(text, end)) end += 1;
    const said = speech(paragraphs, base);
    const omitted = omissions(paragraphs, base);
    return start < end ? { range, text, start, end, said, omitted, paragraph: paragraphs[first], words: text.slice(start, end) } : null;
  }

  /* The spaces between two paragraphs where whole ones are left out. */
  function omissions(paragraphs, base) {
    const all = [...document.querySelectorAll(".bf-paragraph > p, p.bf-gap")];
    return base.filter((_, n) => n && all[all.indexOf(paragraphs[n]) - 1].className).map((at) => at - 1);
  }

  // --- who says it ---

  /* Where the text is in quotation marks, and who says what, as briefing/pages/spoken.py has it. */
  function speech(paragraphs, base) {
    const all = (name) =>
      paragraphs.flatMap((paragraph, index) =>
        [...(paragraph.dataset[name] || "").matchAll(/(\(?)(\d+)-(\d+)(\)?)(?:\.(\S+))?/g)].map(([, opens, start, end, closes, id]) => (
          { start: base[index] + +start, end: base[index] + +end, opens: Boolean(opens), closes: Boolean(closes), id }
        )));
    return { marks: all("marks"), passages: all("passages"), names: all("said") };
  }
  const apart = (one, start, end) => one.end <= start || end <= one.start;
  const holds = (one, start, end) => one.start <= start && end <= one.end;

  /* The number of the one passage that words lie in; a passage of several paragraphs has a mark before each. */
  function passage({ text, said }, start, end) {
    const found = said.passages.filter((one) => !apart(one, start, end));
    // The innermost: in a turn, words that somebody else is quoted with.
    for (const { id } of [...found].reverse()) {
      const own = found.filter((one) => one.id === id);
      const outside = [...text.slice(start, end)].length && [...Array(end - start).keys()].some((n) => {
        const at = start + n;
        return /\S/.test(text[at]) && !own.some((one) => one.start <= at && at < one.end) && !said.marks.some((mark) => mark.opens && mark.start - 1 === at && own.some((one) => one.start === mark.start));
      });
      if (!outside) return own;
    }
    return null;
  }
  /* Quotation marks at the ends are left off where all that is between them is one passage. */
  function trimmed(chosen) {
    const { text, said } = chosen;
    let { start, end } = chosen;
    const mark = (at) => said.marks.some((one) => (one.opens && one.start - 1 === at) || (one.closes && one.end === at));
    while (start < end && (mark(start) || /\s/.test(text[start]))) start += 1;
    while (start < end && (mark(end - 1) || /\s/.test(text[end - 1]))) end -= 1;
    return start < end && passage(chosen, start, end) ? { start, end } : { start: chosen.start, end: chosen.end };
  }
  /* The one person whose words all of them are; nobody where that is not known, or where others are quoted in them. */
  function speaker({ text, said }, start, end) {
    const found = said.names.filter((one) => !apart(one, start, end));
    const known = [...Array(end - start).keys()].every((n) => /[^\p{L}\p{N}]/u.test(text[start + n]) || found.some((one) => holds(one, start + n, start + n + 1)));
    return known && new Set(found.map((one) => one.id)).size === 1 ? found[0].id : "";
  }
  /* Words in quotation marks: marks in them are inner ones, those inside of these outer ones again, and what they open or
     close without its other half is made whole. */
  function inMarks(chosen, start, end, outer, inner) {
    const own = passage(chosen, start, end) || [];
    const part = (mark) => own.some((one) => one.start === mark.start && one.end === mark.end);
    const marks = chosen.said.marks.filter((mark) => !apart({ start: mark.start - 1, end: mark.end + 1 }, start, end) && !holds(mark, start, end) && !part(mark));
    const letters = [...Array(end - start).keys()].map((n) => chosen.text[start + n]);
    for (const mark of chosen.said.marks.filter(part)) if (mark.opens && mark.start - 1 >= start) letters[mark.start - 1 - start] = "";
    for (const at of chosen.omitted) if (start < at && at < end) letters[at - start] = "\n[…]\n";
    let [before, after] = ["", ""];
    for (const mark of marks) {
      const depth = marks.filter((one) => one !== mark && one.start <= mark.start - 1 && mark.end + 1 <= one.end).length;
      const [open, shut] = (depth % 2 ? outer : inner).split("|");
      if (mark.opens && mark.start - 1 >= start) letters[mark.start - 1 - start] = open;
      else before += open;
      if (mark.closes && mark.end < end) letters[mark.end - start] = shut;
      else after = shut + after;
    }
    return outer.replace("|", () => before + letters.join("").replace(/( \[…\])?(\n\[…\]\n)(\[…\] )?/g, "$2") + after);
  }

  // --- the smallest unique selector ---

  /* Whether a word, a number or a character would be cut in two. */
  function cuts(text, at) {
    if (at <= 0 || at >= text.length) return false;
    const [left, right] = [text[at - 1], text[at]];
    if (/[\udc00-\udfff\u200d]/.test(right) || left === "\u200d" || /\p{M}/u.test(right)) return true;
    return joined(left, right) || (DIGITS.test(left + right) && /\d/.test(text.slice(at - 2, at + 2).replace(left + right, "") + right));
  }
  const joined = (left, right) =>
    IN_WORD.test(left) && IN_WORD.test(right) && ((/\d/.test(left) && /\d/.test(right)) || !(SPACELESS.test(left) || SPACELESS.test(right)));
  const whole = (text, at) => at <= 0 || at >= text.length || !joined(text[at - 1], text[at]);

  function places(text, { exact, prefix, suffix }) {
    let found = 0;
    for (let at = text.indexOf(exact); at >= 0 && found < 2; at = text.indexOf(exact, at + 1)) {
      const end = at + exact.length;
      if (!whole(text, at) || !whole(text, end)) continue;
      if (text.slice(0, at).trimEnd().endsWith(prefix) && text.slice(end).trimStart().startsWith(suffix)) found += 1;
    }
    return found;
  }
  function describe(text, start, end) {
    const selector = ([from, to]) => ({ exact: text.slice(start, end), prefix: text.slice(from, start).trim(), suffix: text.slice(end, to).trim() });
    const unique = (context) => places(text, selector(context)) === 1;
    if (unique([start, end])) return selector([start, end]);
    const before = edges(text, start, -1);
    const after = edges(text, end, 1);
    const pairs = Array.from({ length: Math.max(before.length, after.length) }, (_, n) => [before[n] ?? before.at(-1) ?? start, after[n] ?? after.at(-1) ?? end]);
    let both = pairs.find(unique);
    both = both && (before.map((from) => [from, both[1]]).find(unique) || both);
    both = both && (after.map((to) => [both[0], to]).find(unique) || both);
    const found = [before.map((from) => [from, end]).find(unique), after.map((to) => [start, to]).find(unique), both];
    const best = found.filter(Boolean).sort((a, b) => a[1] - a[0] - (b[1] - b[0]))[0];
    return selector(best || [0, text.length]);
  }
  /* Where words begin before, or end after, a place; marks alone are no context to read. */
  function edges(text, at, by) {
    const found = [];
    let word = false;
    for (let here = at + by; here >= 0 && here <= text.length && found.length < 200; here += by) {
      const [left, right] = [text[here - 1] ?? " ", text[here] ?? " "];
      const [inner, outer] = by < 0 ? [right, left] : [left, right];
      word ||= IN_WORD.test(inner);
      if (word && /\S/.test(inner) && (/\s/.test(outer) || SPACELESS.test(outer + inner))) found.push(here);
    }
    return found;
  }

  // --- what is copied ---

  const address = (chosen) => `${location.origin === "null" ? "file://" : location.origin}${location.pathname}#${chosen.paragraph.id}`;
  const encode = (words) => encodeURIComponent(words).replace(/-/g, "%2D");

  function quotation(chosen) {
    const reader = chosen.paragraph.closest(".bf-text");
    const { start, end } = trimmed(chosen);
    const { credit, marks, innerMarks } = reader.dataset;
    const id = passage(chosen, start, end) && speaker(chosen, start, end);
    const name = id && reader.getAttribute(`data-name-${id}`);
    const words = inMarks(chosen, start, end, marks, innerMarks);
    return [words, name ? [name, `${credit}.`].join(". ") : credit, address(chosen)].join("\n");
  }
  function link(chosen) {
    const { exact, prefix, suffix } = describe(chosen.text, chosen.start, chosen.end);
    const words = exact.split(" ");
    const ends = words.length <= 12 ? [exact] : [words.slice(0, 5).join(" "), words.slice(-5).join(" ")];
    const parts = [prefix && `${encode(prefix)}-`, ...ends.map(encode), suffix && `-${encode(suffix)}`];
    return `${address(chosen)}:~:text=${parts.filter(Boolean).join(",")}`;
  }
  async function put(words) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      // Without a secure connection there is only the old way.
      const fill = (event) => {
        event.clipboardData.setData("text/plain", words);
        event.preventDefault();
        event.stopImmediatePropagation();
      };
      document.addEventListener("copy", fill, { once: true, capture: true });
      document.execCommand("copy");
    }
  }

  // --- the toolbar ---

  let chosen = null;
  let timer = 0;
  let pressed = false;
  const bar = () => document.querySelector(".bf-pick");

  function look() {
    const pick = bar();
    if (!pick || pressed || pick.contains(document.activeElement)) return;
    const before = chosen;
    chosen = selection();
    pick.hidden = !chosen;
    if (!chosen) return;
    window.bfAnnotate?.offer(chosen, pick);
    // the same words once more, late: they may be scrolled out of sight meanwhile
    place(before?.start === chosen.start && before.end === chosen.end);
  }
  /* Above the words where there is room, else below: never over them. Fingers have the system's own menu above. */
  function place(scrolled = false) {
    const pick = bar();
    if (!pick || pick.hidden || !chosen) return;
    const at = chosen.range.getBoundingClientRect();
    const { offsetHeight, offsetWidth } = pick;
    const room = at.top - offsetHeight - 8;
    const above = room > 56 && !matchMedia("(pointer: coarse)").matches;
    // what lies over the page at its edges, as a preview’s panel does, is in its scroll-padding
    const covered = getComputedStyle(document.documentElement);
    const right = document.documentElement.clientWidth - (parseFloat(covered.scrollPaddingRight) || 0);
    const bottom = innerHeight - (parseFloat(covered.scrollPaddingBottom) || 0);
    pick.style.visibility = scrolled && (at.bottom < 56 || at.top > bottom) ? "hidden" : ""; // it is about words out of sight
    pick.style.left = `${Math.max(8, Math.min(at.left, right - offsetWidth - 8))}px`;
    pick.style.top = `${Math.max(56, Math.min(above ? room : at.bottom + 8, bottom - offsetHeight - 8))}px`;
  }
  function hide() {
    const pick = bar();
    if (pick.contains(document.activeElement)) chosen.paragraph.closest(".bf-text").focus({ preventScroll: true });
    pick.hidden = true;
    chosen = null;
  }
  async function copy(button) {
    const what = button.dataset.copy;
    await put(what === "quotation" ? quotation(chosen) : what === "link" ? link(chosen) : window.bfAnnotate.yaml(chosen, what));
    const said = document.querySelector(".bf-said");
    said.textContent = said.dataset.copied;
    setTimeout(() => (said.textContent = ""), 2500);
  }

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest?.(".bf-pick")) event.preventDefault(); // or the selection would go
    else pressed = true;
  });
  for (const type of ["pointerup", "pointercancel"]) {
    document.addEventListener(type, () => {
      pressed = false;
      setTimeout(look, 10);
    });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (button && chosen && bar().contains(button)) copy(button);
  });
  document.addEventListener("keydown", (event) => {
    if (!chosen || bar()?.hidden !== false) return;
    if (event.key === "Escape") {
      event.stopImmediatePropagation();
      hide();
    } else if (event.key === "Tab" && !event.shiftKey && !bar().contains(document.activeElement)) {
      event.preventDefault();
      bar().querySelector("button").focus();
    }
  }, true);
  document.addEventListener("focusout", (event) => {
    if (event.target.closest?.(".bf-pick") && event.relatedTarget && !bar().contains(event.relatedTarget)) bar().hidden = true;
  });
  window.addEventListener("scroll", () => place(true), { passive: true });
  window.addEventListener("resize", () => place());

  /* Copied text holds no numbers and no notes. */
  document.addEventListener("copy", (event) => {
    const selected = getSelection();
    const range = selected.rangeCount && !selected.isCollapsed ? selected.getRangeAt(0) : null;
    if (!range?.startContainer.parentElement?.closest(".bf-paragraph")) return;
    const box = document.createElement("div");
    box.append(bare(range.cloneContents()));
    for (const sign of box.querySelectorAll("[hidden]")) sign.remove();
    const lines = [...box.querySelectorAll("p")].map((paragraph) => paragraph.textContent.trim());
    event.clipboardData.setData("text/plain", lines.length ? lines.join("\n\n") : box.textContent);
    for (const mark of box.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
    event.clipboardData.setData("text/html", box.innerHTML);
    event.preventDefault();
  });
})();
