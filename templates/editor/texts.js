/* The words of a source, or of a reader's comment, as a page shows them: one line of text, and where in the page each of
   its characters is. Places are numbers of UTF-16 units in that line, the end exclusive, as ranges in a page have them. */

const MARKERS = ".bf-ref, .bf-number, .bf-notes, .headerlink";
const GAP = "\ufffc"; // what stands for words that a page does not show
const CONTEXT = 80; // characters before and after, among which the server chooses as few as it needs

/* A line of text in a language: where its words are. */
export class LineText {
  constructor(text, language) {
    Object.assign(this, { text, language });
  }

  trimmed({ start, end }) {
    while (start < end && /\s/.test(this.text[start])) start += 1;
    while (start < end && /\s/.test(this.text[end - 1])) end -= 1;
    return { start, end };
  }

  /* A part widened to whole words; null where there are none. */
  whole(part) {
    let { start, end } = this.trimmed(part);
    if (start >= end) return null;
    start = this.stops().starts.findLast((stop) => stop <= start && this.#holds(stop, start)) ?? start;
    end = this.stops().ends.find((stop) => stop >= end && this.#holds(end, stop)) ?? end;
    if (/\d/.test(this.text[end - 1]) && /[%‰°]/.test(this.text[end] || "")) end += 1;
    if (/\d/.test(this.text[start]) && /[-−+]/.test(this.text[start - 1] || "") && /(^|\s)$/.test(this.text.slice(0, start - 1))) start -= 1;
    return { start, end };
  }

  /* A part widened to whole words, as a sentence is meant: without the last word of the one before, in which it begins,
     and with the marks that end it. */
  sentenceOf(part) {
    const { start } = this.trimmed(part);
    const [, rest] = /^(\S*[.!?…]["”’»)\]]*\s+)\S/.exec(this.text.slice(start, part.end)) || [];
    const isWithin = start > 0 && /\S/.test(this.text[start - 1]);
    const found = this.whole({ start: isWithin && rest ? start + rest.length : start, end: part.end });
    if (!found) return null;
    const begins = /(?:^|[.!?…]["”’»)\]]*\s|\n)$/.test(this.text.slice(0, found.start));
    const [marks] = /^[.!?…]+["”’»)\]]*(?=\s|$)/.exec(this.text.slice(found.end)) || [""];
    return { start: found.start, end: found.end + (begins ? marks.length : 0) };
  }

  /* Whether both places are in one word. */
  #holds(start, end) {
    return start === end || this.stops().words.some((word) => word.start <= start && end <= word.end);
  }

  /* Where words begin and end: those of the language, and runs of anything but spaces, so that marks count or do not. */
  stops() {
    if (this.found) return this.found;
    const segments = [...new Intl.Segmenter(this.language, { granularity: "word" }).segment(this.text)];
    const words = segments.filter((one) => one.isWordLike).map((one) => ({ start: one.index, end: one.index + one.segment.length }));
    const runs = [...this.text.matchAll(/\S+/g)].map((run) => ({ start: run.index, end: run.index + run[0].length }));
    const sorted = (key) => [...new Set([...words, ...runs].map((one) => one[key]))].sort((one, other) => one - other);
    this.found = { words, starts: sorted("start"), ends: sorted("end") };
    return this.found;
  }
}

export class PageText extends LineText {
  /* `blocks` are the paragraphs; `comment` is the id of a comment, or empty for the source. */
  constructor(root, blocks, comment = "") {
    super("", root.closest("[lang]")?.lang || "en");
    this.root = root;
    this.comment = comment;
    this.blocks = [];
    this.pieces = [];
    for (const block of blocks) this.#read(block);
  }

  #read(block) {
    if (this.text) this.text += " ";
    const start = this.text.length;
    const wanted = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
    const walker = block.ownerDocument.createTreeWalker(block, wanted, (node) => (node.nodeType === 1 && node.matches(MARKERS) ? 2 : 1));
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 1) {
        if (node.matches(".bf-gap")) this.text += GAP;
        else if (node.matches("br")) this.text += " ";
      } else if (!node.parentElement.closest(".bf-gap")) {
        this.pieces.push({ node, start: this.text.length, end: this.text.length + node.length });
        this.text += node.data;
      }
    }
    this.blocks.push({ element: block, start, end: this.text.length });
  }

  /* Whether it is what the window shows; else it was read from another page. */
  get isHere() {
    return this.root.ownerDocument === document;
  }

  // --- between the page and the line ---

  #place(node, at) {
    const own = this.pieces.find((piece) => piece.node === node);
    if (own) return own.start + Math.min(at, node.length);
    const point = node.ownerDocument.createRange();
    point.setStart(node, at);
    const next = this.pieces.find((piece) => point.comparePoint(piece.node, 0) >= 0);
    return next ? next.start : this.text.length;
  }

  /* The place of a point of the page, such as the pointer is over; null where it is not in this text. */
  at(node, offset) {
    return this.root.contains(node) ? this.#place(node, offset) : null;
  }

  /* The paragraph that a place is in. */
  blockAt(place) {
    return this.blocks.find((one) => place <= one.end)?.element;
  }

  /* What of a selection is in this text, widened to whole words; null where nothing is. */
  within(range) {
    if (!range.intersectsNode(this.root)) return null;
    const start = this.root.contains(range.startContainer) ? this.#place(range.startContainer, range.startOffset) : 0;
    const end = this.root.contains(range.endContainer) ? this.#place(range.endContainer, range.endOffset) : this.text.length;
    return this.whole({ start, end });
  }

  range({ start, end }) {
    const first = this.pieces.find((piece) => piece.end > start);
    const last = this.pieces.findLast((piece) => piece.start < end);
    const range = this.root.ownerDocument.createRange();
    if (!first || !last) return range;
    range.setStart(first.node, Math.max(0, start - first.start));
    range.setEnd(last.node, Math.min(last.node.length, end - last.start));
    return range;
  }

  /* The parts that are marked as the words of an annotation. */
  parts(id) {
    const found = [];
    for (const mark of this.root.querySelectorAll("mark.bf-mark")) {
      if (!mark.dataset.bf.split(" ").includes(id)) continue;
      const [start, end] = [this.#place(mark, 0), this.#place(mark, mark.childNodes.length)];
      const last = found.at(-1);
      if (last && !this.text.slice(last.end, start).trim()) last.end = end;
      else found.push({ start, end });
    }
    return found.map((part) => this.trimmed(part));
  }

  // --- words and sentences ---

  words({ start, end }) {
    return this.text.slice(start, end);
  }

  hasGap(part) {
    return this.words(part).includes(GAP);
  }

  /* The part with one end moved by a word: `edge` is `start` or `end`, `by` is 1 or -1. It never becomes empty. */
  moved(part, edge, by) {
    const stops = this.stops()[`${edge}s`];
    const next = by > 0 ? stops.find((stop) => stop > part[edge]) : stops.findLast((stop) => stop < part[edge]);
    return next === undefined ? part : this.#kept({ ...part, [edge]: next }, part);
  }

  /* The part with one end at the nearest word to a place. */
  dragged(part, edge, place) {
    const stops = this.stops()[`${edge}s`];
    const nearest = stops.reduce((best, stop) => (Math.abs(stop - place) < Math.abs(best - place) ? stop : best), part[edge]);
    return this.#kept({ ...part, [edge]: nearest }, part);
  }

  #kept(part, before) {
    return part.start < part.end && this.words(part).trim() ? part : before;
  }

  sentences() {
    const segmenter = new Intl.Segmenter(this.language, { granularity: "sentence" });
    return this.blocks.flatMap(({ start, end }) =>
      [...segmenter.segment(this.text.slice(start, end))]
        .map(({ index, segment }) => this.trimmed({ start: start + index, end: start + index + segment.length }))
        .filter((part) => part.start < part.end && !this.hasGap(part)));
  }

  // --- what the source has in quotation marks ---

  /* The quoted passages that a part touches, without the words between them: what somebody says, interrupted. Publishers
     put the comma of their own sentence before the closing mark. */
  quoted(part) {
    const all = this.blocks.flatMap(({ element, start }) =>
      [...(element.dataset.passages || "").matchAll(/(\d+)-(\d+)/g)].map(([, from, to]) => ({ start: start + +from, end: start + +to })));
    const touched = all.filter((one) => one.start < part.end && part.start < one.end);
    const holds = (one, other) => one !== other && one.start <= other.start && other.end <= one.end;
    const outer = touched.filter((one) => !touched.some((other) => holds(other, one)));
    return outer.map((one) => {
      const { start, end } = this.trimmed({ start: Math.max(one.start, part.start), end: Math.min(one.end, part.end) });
      return { start, end: this.text[end - 1] === "," && end - start > 1 ? end - 1 : end };
    });
  }

  /* The speaker that the page suggests for what is said at a place; empty where it names none. */
  speaker({ start }) {
    const block = this.blocks.find((one) => one.end > start);
    return block?.element.parentElement?.dataset.speaker || "";
  }

  // --- for the server ---

  /* What is just before and after, as far as the page shows it without a gap. */
  around({ start, end }, length = CONTEXT) {
    const before = this.text.slice(Math.max(0, start - length), start);
    const after = this.text.slice(end, end + length);
    return {
      prefix: before.slice(before.lastIndexOf(GAP) + 1).replace(start > length ? /^\S*\s/ : /^/, "").trim(),
      suffix: (after.includes(GAP) ? after.slice(0, after.indexOf(GAP)) : after).replace(end + length < this.text.length ? /\s\S*$/ : /$/, "").trim(),
    };
  }

  /* The same as a reader sees it: cut at a word, with the spaces and marks that are there. */
  nearby({ start, end }, length) {
    const before = this.text.slice(Math.max(0, start - length), start).replace(start > length ? /^\S*\s/ : /^/, start > length ? "…" : "");
    const after = this.text.slice(end, end + length).replace(end + length < this.text.length ? /\s\S*$/ : /$/, end + length < this.text.length ? "…" : "");
    return [before, after].map((words) => words.replaceAll(GAP, "…"));
  }

  /* The place of words in this text; the one nearest to what was around them where there are several. */
  find(exact, prefix = "", suffix = "") {
    const plain = exact.replace(/\s+/g, " ").trim();
    let best = null;
    for (let at = plain ? this.text.indexOf(plain) : -1; at >= 0; at = this.text.indexOf(plain, at + 1)) {
      const part = { start: at, end: at + plain.length };
      const around = this.around(part);
      const score = (prefix && around.prefix.endsWith(prefix.slice(-20)) ? 1 : 0) + (suffix && around.suffix.startsWith(suffix.slice(0, 20)) ? 1 : 0);
      if (!best || score > best.score) best = { ...part, score };
    }
    return best && { start: best.start, end: best.end };
  }
}

/* The texts of a document that can be annotated: the source where it is shown, and each comment. */
export function textsOf(page = document) {
  const found = [];
  const source = page.querySelector(".bf-text");
  if (source) found.push(new PageText(source, source.querySelectorAll(".bf-paragraph > p")));
  for (const article of page.querySelectorAll(".bf-comment")) {
    const quote = article.querySelector("blockquote");
    if (quote) found.push(new PageText(quote, quote.querySelectorAll("p"), article.querySelector("h3").id));
  }
  return found;
}

/* The texts of the page that has the words of an annotation, for a page that shows it without them. */
export async function textsElsewhere(id) {
  const link = document.querySelector(`a[href$="#t-${CSS.escape(id)}"]`);
  const answer = link && (await fetch(link.href.split("#")[0]).catch(() => null));
  return answer?.ok ? textsOf(new DOMParser().parseFromString(await answer.text(), "text/html")) : [];
}
