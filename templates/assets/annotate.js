/* For authors, in a preview alone: the YAML of a new annotation of the selected words, beside what select.js copies. */
(() => {
  "use strict";
  if (window.bfAnnotate) return;
  window.bfAnnotate = { offer, yaml };

  /* Words with a gap can be no target, and words half inside quotation marks are no quotation. */
  function offer({ range, start, end, said }, pick) {
    pick.querySelector(".bf-yaml").hidden = Boolean(range.cloneContents().querySelector(".bf-gap"));
    const outside = (mark) => mark.end + 1 <= start || end <= mark.start - 1;
    const inside = (mark) => mark.start <= start && end <= mark.end;
    pick.querySelector("[data-copy=quotes]").hidden = said.marks.some((mark) => !outside(mark) && !inside(mark));
  }

  const block = (key, words, indent = "    ") => `${indent}${key}: >-\n${indent}  ${words}\n`;

  function yaml(chosen, list) {
    const { exact, prefix, suffix } = window.bfSelect.describe(chosen.text, chosen.start, chosen.end);
    const around = [["exact", exact], ["prefix", prefix], ["suffix", suffix]].filter(([, words]) => words);
    const target = prefix || suffix ? `    target:\n${around.map(([key, words]) => block(key, words, "      ")).join("")}` : block("target", exact);
    return `  - id: ${id(exact)}\n${target}${MORE[list](chosen)}    status: draft\n`;
  }
  const MORE = {
    quotes: (chosen) => `    kind: ${quoted(chosen)}\n    speaker: ${chosen.paragraph.parentElement.dataset.speaker || ""}\n`,
    figures: ({ words }) =>
      `${block("label", words)}    type: ${/%|per ?cent/i.test(words) ? "share" : "amount"}\n    basis: reported\n    value:\n${block("words", words, "      ")}`,
    context: ({ words }) => `${block("title", words)}${block("note", "…")}`,
  };
  /* Whether the words are in one passage, and there from the beginning of a sentence to the end of one. */
  function quoted(chosen) {
    const { text, start, end } = chosen;
    const own = window.bfSelect.passage(chosen, start, end);
    if (!own) return "reported";
    const begins = own.some((one) => one.start === start) || /[.!?…]['’”]?\s+$/.test(text.slice(0, start));
    const ends = own.some((one) => one.end === end) || /[.!?…]$/.test(text.slice(0, end)) || /^[.,!?…]/.test(text.slice(end));
    return begins && ends && !/^\p{Ll}/u.test(text.slice(start)) ? "direct" : "fragment";
  }
  function id(words) {
    const plain = words.normalize("NFD").toLowerCase().replace(/[’'\p{M}]/gu, "").match(/[a-z0-9]+/g) || [];
    const name = plain.slice(0, 4).join("-").replace(/^(?![a-z])|^(?=p\d+$|t-|c\d+$|comments$)/, "new-").replace(/-$/, "");
    let found = name;
    for (let n = 2; document.getElementById(`_${found}`); n += 1) found = `${name}-${n}`;
    return found;
  }
})();
