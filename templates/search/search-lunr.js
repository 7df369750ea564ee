/* Searches the theme's own index with the theme's own worker, which are fetched now. */
(() => {
  "use strict";
  const search = window.bfSearch;
  const { box, base } = search;

  search.engine = async ({ element, verdict, around, textOf }) => {
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
        waiting.push(({ items, suggest }) => {
          const found = items.flat().filter(({ score }) => score > 0);
          found.sort((a, b) => b.score - a.score);
          done({ hits: found.map(hit), total: found.length, suggest });
        });
        worker.postMessage({ type: 2, data: words });
      });

    function hit({ location: place, title, text, parent, terms }) {
      const line = clean(title);
      if (parent?.title) line.unshift(...clean(parent.title), " › ");
      return {
        // The theme's own panel needs an address of its own for each record; ours does not.
        url: new URL(place.replace(/\?at=[^#]*(?=#)/, ""), base),
        line,
        piece: () => piece(text, line),
        words: Object.keys(terms).filter((term) => terms[term]).join(" "),
      };
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
  };

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
})();
