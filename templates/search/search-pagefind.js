/* Searches an index of Pagefind, of which only the parts are fetched that a query needs.
   A document of the index holds one hit or several of a page. The id of each hit's heading says how it ranks, which
   verdict it has and where it is; the parts of its line are separated by a character that no text of others has. */
(() => {
  "use strict";
  const search = window.bfSearch;
  const { base } = search;
  const SEPARATOR = "\u2063";
  const BATCH = 10; // documents that are fetched at once
  const RANKS = { a: 4, n: 3, p: 2, c: 1, w: 0 }; // claims, notes, pages, what readers wrote, works
  const ALIKE = 3; // letters that a word shares with what was typed, where that has as many

  search.engine = async ({ element, verdict, around }) => {
    const { createInstance } = await import(new URL("search/pagefind/pagefind.js", base));
    const pagefind = createInstance({ noWorker: true });
    await pagefind.init();
    return async (words) => {
      const { results } = await pagefind.search(words);
      const terms = folded(words).split(/\s+/).map(bare).filter(Boolean);
      if (!terms.length) return { hits: [], total: 0 };
      return batch(results, terms, 0);
    };

    /* Promise the hits of the next documents, the best first. */
    async function batch(results, terms, from) {
      const to = from + BATCH;
      const read = await Promise.all(results.slice(from, to).map(async (one) => hitsOf(await one.data(), one.score, terms)));
      const found = read.flat().sort((a, b) => b.order.reduce((sum, part, n) => sum || part - a.order[n], 0));
      if (!found.length) return { hits: [], total: 0 }; // Pagefind goes on to words that only begin alike
      const next = to < results.length ? () => batch(results, terms, to) : undefined;
      return { hits: found, total: found.length + Math.max(0, results.length - to), more: next };
    }

    function hitsOf(document, score, terms) {
      const text = document.raw_content.includes("\u200B") ? unescaped(document.raw_content) : document.content;
      const all = text.split(/\s+/);
      const at = new Set(document.locations);
      const url = document.meta.at;
      return document.anchors.map((anchor, n) => {
        const end = document.anchors[n + 1]?.location ?? all.length;
        const line = anchor.text.split(/\s+/);
        const words = [...line, ...all.slice(anchor.location + line.length, end)]; // Pagefind ends lines with a point
        return hitOf(anchor, words, (index) => at.has(anchor.location + index), { url, score, terms });
      }).filter((hit) => hit.words);
    }

    /* A hit of the words of a section, the first of which are its line. */
    function hitOf(anchor, words, isFound, { url, score, terms }) {
      const [, rank, name, fragment] = /^([a-z])\.([a-z-]*)\.(.*)$/s.exec(anchor.id) ?? ["", "p", "", ""];
      const length = anchor.text.split(/\s+/).length;
      const shown = [...words];
      const found = [];
      words.forEach((word, index) => {
        if (!isFound(index) && !begins(word, terms)) return;
        const [term, letters] = nearest(word, terms);
        if (letters < Math.min(ALIKE, term.length)) return;
        shown[index] = marked(word);
        found.push([term, index]);
      });
      const kinds = (list) => new Set(list.map(([term]) => term)).size;
      const inLine = found.filter(([, index]) => index < length);
      const place = new URL(url, base);
      if (fragment) place.hash = encodeURIComponent(fragment);
      return {
        url: place,
        line: lineOf(shown.slice(0, length), name),
        piece: () => around(spaced(shown.slice(length + repeated(words, length)))),
        words: [...new Set(found.map(([, index]) => bare(words[index])))].join(" "),
        order: [kinds(found), RANKS[rank] ?? 2, kinds(inLine), together(found), score],
      };
    }

    /* Return a word as nodes, marked but for the punctuation around it. */
    function marked(word) {
      const own = bare(word) || word;
      const at = word.indexOf(own);
      return [word.slice(0, at), element("mark", "", own), word.slice(at + own.length)].filter((node) => node !== "");
    }

    function lineOf(words, name) {
      const parts = [[]];
      for (const word of words) {
        if (word === SEPARATOR) parts.push([]);
        else parts.at(-1).push(word);
      }
      const [kind, speaker, judged, own] = parts.length === 4 ? parts : [[], [], [], parts.flat(1)];
      const shown = [kind, speaker, judged.length ? [verdict(name, spaced(judged))] : [], own];
      return shown.filter((part) => part.length).flatMap((part, n) => [...(n ? [" · "] : []), ...spaced(part)]);
    }
  };

  /* Return the nodes of words with a space between each two. */
  function spaced(words) {
    return words.flatMap((word, n) => [...(n ? [" "] : []), ...[word].flat()]);
  }

  /* How many words that were found follow one another. */
  function together(found) {
    return found.filter(([, index], n) => n && found[n - 1][1] === index - 1).length;
  }

  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function bare(word) {
    return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, "");
  }

  function begins(word, terms) {
    const own = folded(bare(word));
    return terms.some((term) => own.startsWith(term));
  }

  /* Return the word of the query that a word of a text has most letters in common with, and how many. */
  function nearest(word, terms) {
    const own = folded(bare(word));
    const shared = (term) => [...term, ""].findIndex((letter, n) => letter !== own[n]);
    return terms.map((term) => [term, shared(term)]).reduce((best, one) => (one[1] > best[1] ? one : best));
  }

  /* Return how many words at the beginning of the text the line has said already. */
  function repeated(words, length) {
    const own = words.slice(words.lastIndexOf(SEPARATOR, length - 1) + 1, length).map(bare);
    const text = words.slice(length, length + own.length).map(bare);
    return own.every((word, n) => word === text[n]) ? own.length : 0;
  }

  function unescaped(text) {
    return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  }
})();
