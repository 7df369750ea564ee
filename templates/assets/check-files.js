/* What “Check this briefing yourself” asks of all that is beside the words of pages: what they tell programs, data,
   annotations, citations, frames, Markdown, and of the search and the feeds what they have of the briefing. Each is compared
   with the records of the manifest and, where that has nothing (notes, tags, authors), with `data.json`, whose cards are on
   the pages. `check.js` loads this and lends it its tools. */
(() => {
  "use strict";
  if (window.bfCheckFiles) return;

  const LEVELS = ["exact", "white-space", "typography"];
  const [GAP, SEPARATOR] = [" […] ", " | "];
  const PROVED = ["target", "spans", "before", "after", "reason", "withheld"]; // in data.json, compared to the letter
  const SHOWN = {
    quotations: ["note", "translation", "verdict_note", "response"], figures: ["note", "verdict_note", "response"],
    derived: ["note", "label"], context: ["note"], themes: ["title", "about", "summary"],
  }; // columns that are on a card as they are
  const ADDED = ".bf-cite, .bf-sign, .bf-verdict, .bf-ref, .bf-unseen, .headerlink"; // what a card adds to them
  const CARD = { quotation: "quotes", reported: "quotes", figure: "figures", context: "context" };
  const KINDS = { target: "quotation", spans: "quotation", start: "quotation", end: "quotation", comment: "quotation", match: "quotation", excerpts: "quotation", words: "quotation",
    speaker: "speaker", speaker_role: "speaker", via: "speaker", label: "figure", unit: "figure", reading: "figure", reading_low: "figure", reading_high: "figure", value: "figure",
    verdict: "verdict", comments: "count" };

  window.bfCheckFiles = ({ texts, files, facts, pages, heads, folder, reading, letters, onOneLine, shown, cardOf, paragraphs, isLeftOut, asPublished, passagesIn }) => {
    const { manifest, records } = texts;
    const data = parsed("data.json");
    const head = data?.briefing || {};
    const inside = `/${manifest.path}/`;

    /* Letters and digits alone: pages and formats put other marks and spaces between words. */
    const bare = (text) => `${text}`.normalize("NFC").replace(/[^\p{L}\p{N}]/gu, "");
    const plain = (value) => (value === null || value === undefined || (Array.isArray(value) && !value.length) ? "" : typeof value === "string" ? value : JSON.stringify(value));
    const asNumber = (text) => (`${text ?? ""}`.trim() === "" || Number.isNaN(Number(text)) ? null : Number(text));
    const lines = (text) => text.split("\n").filter(Boolean);
    const ofHtml = (text) => new DOMParser().parseFromString(text, "text/html").body;
    const leads = (address) => new URL(address, "https://site.invalid/").pathname;
    const leadsHere = (address) => !manifest.path || `${decodeURIComponent(leads(address))}/`.includes(inside);
    function parsed(name) {
      try {
        return JSON.parse(files.get(folder + name));
      } catch {
        return null;
      }
    }
    function* same(kind, file, where, expected, found) {
      if (plain(expected) !== plain(found)) yield { kind, file, where, expected: plain(expected), found: plain(found) };
    }
    function* holds(kind, file, where, words, text, as = letters) {
      if (words && !as(text).includes(as(words))) yield { kind, file, where, expected: words, found: text };
    }
    /* Every text in JSON, also in JSON that is a text. */
    function* strings(value, skipped = []) {
      if (typeof value === "string") yield value;
      else if (value && typeof value === "object") for (const [key, one] of Object.entries(value)) if (!skipped.includes(key)) yield* strings(one, skipped);
    }

    // --- data.json and its tables ----------------------------------------------------------------------------------

    const target = (one) => one.matches.map(({ text }) => onOneLine(text)).join(SEPARATOR);
    function recordRows() {
      const rows = { quotations: {}, figures: {}, derived: {}, context: {}, themes: {}, comments: {}, references: {}, corrections: {} };
      for (const one of manifest.annotations) {
        const { matches, kind } = one;
        const said = kind === "context" ? { title: one.label } : { speaker: one.speaker, speaker_role: one.role, verdict: one.verdict };
        if (kind === "figure") Object.assign(said, { label: one.label, unit: one.unit }, one.value && { reading: one.value, reading_low: asNumber(one.low), reading_high: asNumber(one.high) });
        else if (kind !== "context") Object.assign(said, { via: one.via }, kind === "reported" && { kind });
        rows[{ figure: "figures", context: "context" }[kind] || "quotations"][one.id] = {
          target: target(one), spans: matches.map(({ start, end, text, level }) => ({ start, end, text, match: LEVELS[level] })),
          start: matches[0].start, end: matches.at(-1).end, comment: one.comment, match: LEVELS[Math.max(...matches.map(({ level }) => level))], ...said,
        };
      }
      for (const { id, label, value, unit, formula } of manifest.derived) rows.derived[id] = { label, value: asNumber(value), unit, formula };
      for (const { id, title, publisher, url, language, excerpts } of manifest.works) rows.references[id] = { title, publisher, url, language, excerpts };
      const aside = new Map(manifest.comments.map((one) => [one.id, one.set_aside]));
      const themed = new Set();
      for (const { id, title, members } of manifest.themes) {
        rows.themes[id] = { title, comments: new Set(members.map(({ comment }) => comment)).size };
        for (const { comment, stance, words } of members) {
          themed.add(comment);
          if (!aside.get(comment)) rows.comments[`${comment} ${id}`] = { stance, words, set_aside: "" };
        }
      }
      for (const [id, reason] of aside) if (reason || !themed.has(id)) rows.comments[id] = { stance: "", words: "", set_aside: reason };
      manifest.corrections.forEach(({ date, kind, reason, changes }, at) => {
        for (const { id, field, before, after, withheld } of changes) {
          rows.corrections[[at + 1, id, field].filter(Boolean).join(" ")] = { date, kind, reason, before, after, withheld };
        }
      });
      for (const { id, date, reason } of manifest.withdrawn) if (date) rows.corrections[id] = { date, kind: "withdrawal", reason };
      return rows;
    }
    const keyOf = (table, row) => ({ comments: [row.comment, row.theme], corrections: [row.correction, row.id, row.field] }[table] || [row.id]).filter(Boolean).join(" ");
    const tables = Object.entries(data || {}).filter(([, rows]) => Array.isArray(rows));
    const rowsById = new Map(tables.filter(([name]) => SHOWN[name]).flatMap(([name, rows]) => rows.map((row) => [row.id, { name, row }])));

    function* checkData() {
      const file = `${folder}data.json`;
      const expected = recordRows();
      if (!files.has(file) || !data) {
        if (files.has(file) || Object.values(expected).some((rows) => Object.keys(rows).length)) yield { kind: files.has(file) ? "altered" : "missing", file, where: "", expected: "", found: "" };
        return;
      }
      for (const name of ["path", "title", "date", "language"]) yield* same("text", file, name, manifest[name], head[name]);
      for (const name of ["title", "author", "publisher", "url", "language", "kind"]) yield* same("text", file, `source ${name}`, manifest.source[name], head.source?.[name]);
      for (const [table, known] of Object.entries(expected)) {
        const left = new Set(Object.keys(known));
        for (const row of data[table] || []) {
          const key = keyOf(table, row);
          if (!left.delete(key)) yield { kind: "text", file, where: `${table} ${key}`, expected: "", found: key };
          for (const [column, value] of Object.entries(known[key] || {})) {
            const given = column === "target" ? `${row.target}`.replaceAll(GAP, SEPARATOR) : row[column];
            yield* same(KINDS[column] || "text", file, `${table} ${key} ${column}`, column === "target" ? value.replaceAll(GAP, SEPARATOR) : value, given);
          }
        }
        for (const key of left) yield { kind: "missing", file, where: `${table} ${key}`, expected: key, found: "" };
      }
      for (const [name, rows] of tables) {
        yield* checkCsv(`${folder}${name}.csv`, rows);
        for (const row of rows) yield* checkPlace(file, name, row);
      }
      for (const text of strings(data, PROVED)) yield* passagesIn(text, file, "");
    }
    /* The address of a record leads to it. */
    function* checkPlace(file, table, row) {
      const id = table === "corrections" && row.correction ? `_correction-${row.correction}` : row.id ?? row.comment;
      const [address, fragment] = `${row.permalink ?? ""}`.split("#");
      if (!address) return;
      const home = `${head.permalink}`.replace(/index\.html$/, "").replace(/^\.\//, "");
      const below = address.replace(/^\.\//, "").slice(home.length);
      const page = pages.get(`${folder}${below}${!below || below.endsWith("/") ? "index.html" : ""}`);
      if (!address.replace(/^\.\//, "").startsWith(home) || fragment !== id || !page?.getElementById(fragment)) {
        yield { kind: "altered", file, where: `${table} ${id} permalink`, expected: "", found: row.permalink };
      }
    }
    const cellOf = (value) => (Array.isArray(value) ? value.map((one) => (one && typeof one === "object" ? `char=${one.start},${one.end}` : `${one}`)).join(SEPARATOR) : `${value ?? ""}`);
    function guarded(cell) {
      const text = cell.replace(/^[ \u00a0\0]+|[ \u00a0\0]+$/g, "").replace(/([;\t\r\n][ \u00a0'"]*)(?=[=+\-@＝＋－＠])/g, "$1'");
      return /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !/^[-+]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
    }
    function* checkCsv(file, rows) {
      if (!rows.length) return;
      if (!files.has(file)) {
        yield { kind: "missing", file, where: "", expected: "", found: "" };
        return;
      }
      const names = Object.keys(rows[0]);
      const found = cells(files.get(file));
      const expected = [names, ...rows.map((row) => names.map((name) => row[name]))];
      for (const [at, row] of expected.entries()) {
        for (const [column, name] of names.entries()) {
          const [known, given] = [row[column], found[at]?.[column] ?? ""];
          if (typeof known === "number" ? asNumber(given) !== known : guarded(cellOf(known)) !== given) {
            yield { kind: KINDS[name] || "text", file, where: `${at + 1} ${name}`, expected: cellOf(known), found: given };
          }
        }
      }
      yield* same("count", file, "", expected.length, found.length);
    }
    function cells(text) {
      const rows = [[]];
      for (const [, quoted, bareCell, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
        rows.at(-1).push(quoted === undefined ? bareCell : quoted.replaceAll('""', '"'));
        if (end !== ",") rows.push([]);
      }
      return rows.filter((row) => row.length > 1 || row[0]);
    }

    // --- what authors wrote, on cards and in the files that have it ---------------------------------------------------

    function* checkFields() {
      const label = bare(reading);
      const withoutReading = (text) => bare(text).replaceAll(label, "");
      const card = (id) => {
        const { file, card: found } = cardOf(pages, id);
        const copy = found?.cloneNode(true);
        for (const one of copy?.querySelectorAll(ADDED) || []) one.remove();
        return { file, words: copy && bare(copy.textContent) };
      };
      for (const [id, { name, row }] of rowsById) {
        const { file, words } = card(id);
        for (const field of words === undefined ? [] : SHOWN[name]) {
          if (row[field] && !words.includes(withoutReading(row[field]))) yield { kind: "text", file: `${folder}data.json`, where: `${name} ${id} ${field}`, expected: file, found: row[field] };
        }
      }
      const overview = pages.get(`${folder}index.html`);
      const copy = overview?.body.cloneNode(true);
      for (const one of copy?.querySelectorAll(ADDED) || []) one.remove();
      for (const words of copy ? [head.description, ...(head.key_points || [])] : []) {
        if (words && !bare(copy.textContent).includes(withoutReading(words))) yield { kind: "text", file: `${folder}index.html`, where: "", expected: words, found: "" };
      }
    }

    // --- Web Annotations ------------------------------------------------------------------------------------------------

    function* checkAnnotations() {
      const file = `${folder}annotations.jsonld`;
      const items = parsed("annotations.jsonld")?.first?.items;
      if (!items) {
        if (files.has(file) || manifest.annotations.length) yield { kind: files.has(file) ? "altered" : "missing", file, where: "", expected: "", found: "" };
        return;
      }
      const left = new Map(items.map((item) => [`${item.id}`.split("#").pop(), item]));
      for (const one of manifest.annotations) {
        const item = left.get(one.id);
        left.delete(one.id);
        if (!item) yield { kind: "missing", file, where: one.id, expected: target(one), found: "" };
        else yield* checkAnnotation(file, one, item, item.body || []);
      }
      for (const id of left.keys()) yield { kind: "text", file, where: id, expected: "", found: id };
    }
    function* checkAnnotation(file, one, item, bodies) {
      const given = (item.target || []).map(({ selector }) => {
        const [place, words] = ["TextPositionSelector", "TextQuoteSelector"].map((type) => selector?.find((each) => each.type === type) || {});
        return [place.start, place.end, onOneLine(`${words.exact}`)];
      });
      yield* same("quotation", file, one.id, one.matches.map(({ start, end, text }) => [start, end, onOneLine(text)]), given);
      const names = bodies.filter(({ purpose }) => purpose === "identifying").map(({ value }) => value);
      const record = recordOf(bodies);
      if (/quotation|reported/.test(one.kind) && one.speaker && !names.includes(one.speaker)) yield { kind: "speaker", file, where: one.id, expected: one.speaker, found: names.join(", ") };
      yield* same("verdict", file, one.id, one.verdict, record.assessment?.verdict);
      yield* same("quotation", file, `${one.id} in`, one.comment, record.in);
      yield* same("text", file, `${one.id} id`, one.id, record.id);
      if (one.kind === "context") yield* same("text", file, one.id, one.label, record.title);
      if (one.kind === "figure") {
        yield* same("figure", file, `${one.id} label`, one.label, record.label);
        yield* same("figure", file, `${one.id} unit`, one.unit, record.unit);
        const { from, to } = record.value?.from ? record.value : { from: record.value, to: record.value };
        if (one.value && asNumber(one.low) !== null && asNumber(one.high) !== null) yield* same("figure", file, `${one.id} value`, [one.low, one.high].map(asNumber), [from, to].map(asNumber));
        else if (one.value) yield* same("figure", file, `${one.id} value`, one.value, record.value);
      }
      const { row } = rowsById.get(one.id) || {};
      if (row) yield* checkRecordFields(file, one.id, record, row);
      for (const { value, format } of bodies) if (format !== "application/json") yield* passagesIn(`${value}`, file, one.id);
    }
    function recordOf(bodies) {
      try {
        return JSON.parse(bodies.find(({ format }) => format === "application/json").value);
      } catch {
        return {};
      }
    }
    function* checkRecordFields(file, id, record, row) {
      const judged = record.assessment || {};
      const fields = { tags: record.tags, by: record.by, verdict_by: judged.by, verdict_date: judged.date, evidence: judged.evidence };
      if ("translation" in row) Object.assign(fields, { translation: record.translation?.text, translation_by: record.translation?.by });
      if ("speaker_id" in row) fields.speaker_id = record.speaker;
      for (const name of ["kind", "type", "basis", "period", "measure"]) if (name in row && name in record) fields[name] = record[name];
      for (const [name, value] of Object.entries(fields)) if (name in row) yield* same(KINDS[name] || "text", file, `${id} ${name}`, row[name], value);
      const points = (data.series || []).filter(({ figure }) => figure === id).map((one) => [asNumber(one.value), asNumber(one.value_high), one.period, one.cite, one.label ?? null, one.unit ?? null]);
      const given = (record.series?.points || []).map(({ value, period, cite }) => [asNumber(value?.from ?? value), asNumber(value?.to ?? value), period, cite, record.series.label ?? null, record.series.unit ?? null]);
      yield* same("figure", file, `${id} series`, points, given);
      for (const [name, prose] of [["note", record.note], ["verdict_note", judged.note]]) {
        // prose has marks and citations, which the row has as words: the words between them are in both
        for (const words of `${prose ?? ""}`.split(/\[[^\]]*\](?:\([^)]*\))?|[*_`\\<>]/).map(bare)) {
          if (words && !bare(row[name] ?? "").includes(words)) yield { kind: "text", file, where: `${id} ${name}`, expected: row[name] ?? "", found: prose };
        }
      }
    }

    // --- citations and frames --------------------------------------------------------------------------------------------

    const labels = new Map([...manifest.annotations, ...manifest.derived].map(({ id, label }) => [id, label]).concat(manifest.themes.map(({ id, title }) => [id, title])));
    const pageOf = (name) => pages.get(folder + name);

    function* checkCitations() {
      const file = `${folder}citations.json`;
      const items = parsed("citations.json");
      if (!Array.isArray(items)) {
        yield { kind: files.has(file) ? "altered" : "missing", file, where: "", expected: "", found: "" };
        return;
      }
      const byId = new Map(items.map((item) => [`${item.id}`.split("/").slice(1).join("/"), item]));
      for (const id of ["", ...labels.keys()]) if (!byId.has(id)) yield { kind: "missing", file, where: id, expected: id, found: "" };
      for (const [id, item] of byId) {
        const one = records.get(id);
        if (id && !labels.has(id)) yield { kind: "text", file, where: id, expected: "", found: id };
        for (const { text } of one?.matches || []) yield* holds("quotation", file, id, text, `${item.abstract}`);
        if (/quotation|reported/.test(one?.kind)) yield* holds("speaker", file, id, one.speaker, item.title, onOneLine);
        else if (one?.label) yield* same("text", file, id, letters(one.label), letters(item.title));
        yield* same("text", file, `${id} title`, letters(manifest.title), letters(id ? item["container-title"] : item.title));
        yield* same("text", file, `${id} language`, manifest.language, item.language);
        for (const text of strings(item)) yield* passagesIn(text, file, id);
      }
      for (const [name, between] of [["citations.bib", /^@/m], ["citations.ris", /^ER {2}- .*$/m]]) yield* checkManaged(folder + name, between, items);
      yield* checkCitePage(byId);
    }
    /* BibTeX and RIS have all that the items have, in an order and with marks of their own. */
    function* checkManaged(file, between, items) {
      const given = (files.get(file) || "").split(between).map((entry) => bare(entry.replace(/\\text[a-z]+\{\}/g, ""))).filter(Boolean);
      yield* same("count", file, "", items.length, given.length);
      for (const [at, item] of items.entries()) {
        const names = (item.author || []).map((one) => one.literal || one.family);
        const values = ["id", "title", "container-title", "publisher", "URL", "language", "abstract"].map((name) => item[name]);
        for (const value of [...values, ...names, item.issued?.["date-parts"]?.[0]?.[0], ...`${item.keyword || ""}`.split(", ")]) {
          if (value) yield* holds("text", file, item.id, `${value}`, given[at] || "", bare);
        }
      }
    }
    function* checkCitePage(byId) {
      const [page, file] = [pageOf("cite.html"), `${folder}cite.html`];
      if (!page) return;
      for (const id of ["_briefing", ...labels.keys()]) {
        const item = byId.get(id === "_briefing" ? "" : id) || {};
        const section = page.getElementById(id);
        const ready = Array.from(section?.querySelectorAll("dd.bf-copied") || [], (one) => one.textContent);
        if (ready.length !== 2) yield { kind: "missing", file, where: `#${id}`, expected: id, found: "" };
        const names = (item.author || []).map((one) => one.literal || one.family);
        const facts = [item.URL, item["container-title"], item.publisher, `${item.issued?.["date-parts"]?.[0]?.[0] ?? ""}`, ...names];
        for (const fact of facts) for (const one of ready) yield* holds("text", file, `#${id}`, fact, one);
        yield* holds("text", file, `#${id}`, item.title, ready.join(" "));
        if (id !== "_briefing" && section) yield* checkPasted(file, id, section);
      }
    }
    function* checkPasted(file, id, section) {
      const [frame, card] = Array.from(section.querySelectorAll("pre.bf-snippet"), (one) => one.textContent);
      const digest = pageOf("embed.html")?.getElementById(id)?.dataset.digest || "";
      if (!frame?.includes(`embed.html?words=${digest}#${id}`)) yield { kind: "altered", file, where: `#${id}`, expected: `embed.html?words=${digest}#${id}`, found: frame || "" };
      if (!card?.includes(`#${id}`)) yield { kind: "altered", file, where: `#${id}`, expected: `#${id}`, found: card || "" };
      for (const { text } of records.get(id)?.matches || []) yield* holds("quotation", file, `#${id}`, text, ofHtml(card || "").textContent);
    }
    function* checkEmbeds() {
      const [page, file] = [pageOf("embed.html"), `${folder}embed.html`];
      if (!page) return;
      for (const [id, label] of labels) {
        const card = page.getElementById(id);
        if (!card) {
          yield { kind: "missing", file, where: `#${id}`, expected: label, found: "" };
          continue;
        }
        const title = card.querySelector("p.bf-label");
        yield* holds("text", file, `#${id}`, label, shown(title || card));
        const heading = cardOf(pages, id).card?.querySelector("h2, h3, h4");
        if (title && heading) yield* holds("text", file, `#${id}`, shown(title), heading.textContent);
        const told = card.querySelectorAll("p.bf-corrected");
        const known = manifest.corrections.filter(({ changes }) => changes.some((change) => change.id === id)).reverse();
        yield* same("count", file, `#${id}`, known.length, told.length);
        for (const [at, { reason }] of known.entries()) if (told[at]) yield* holds("text", file, `#${id}`, reason, told[at].textContent);
        const record = records.get(id);
        if (!record) continue;
        const spans = Array.from(card.querySelectorAll("[data-span]"), (each) => each.dataset.span.split("-").map(Number));
        for (const { start, end, text } of record.matches) {
          if (!spans.some(([from, to]) => from <= start && end <= to)) yield { kind: "quotation", file, where: `#${id}`, expected: text, found: "" };
        }
      }
      for (const { id, reason } of manifest.withdrawn) yield* holds("text", file, `#${id}`, reason, page.getElementById(id)?.textContent || "");
    }

    // --- what pages tell programs -------------------------------------------------------------------------------------------

    function* checkHeads() {
      for (const [file, { metas, linked }] of heads) {
        const given = new Map();
        for (const [name, content] of metas) given.set(name, [...(given.get(name) || []), content]);
        const authors = data && (head.authors || []);
        const known = { citation_title: [manifest.title], citation_author: authors, citation_publication_date: [manifest.date.replaceAll("-", "/")], citation_language: [manifest.language] };
        for (const [name, expected] of Object.entries(known)) if (expected && given.has(name)) yield* same("text", file, name, expected.map(letters), given.get(name).map(letters));
        const told = letters(head.description || manifest.title);
        for (const abstract of given.get("citation_abstract") || []) if (data && !told.startsWith(letters(abstract.replace(/…$/, "")))) yield { kind: "text", file, where: "citation_abstract", expected: told, found: abstract };
        for (const [name, content] of metas) yield* passagesIn(content, file, name);
        for (const one of linked) yield* checkLinked(file, one);
        for (const text of strings(linked)) yield* passagesIn(text, file, "script", true);
      }
      const reviewed = new Set([...heads.values()].flatMap(({ linked }) => linked.filter((one) => one["@type"] === "ClaimReview").map(reviewOf)));
      for (const { id, verdict } of manifest.annotations) if (verdict && !reviewed.has(id)) yield { kind: "missing", file: folder, where: `script #${id}`, expected: verdict, found: "" };
      const overview = heads.get(`${folder}index.html`);
      if (overview && overview.linked.filter((one) => one["@type"] === "Article" && "headline" in one).length !== 1) {
        yield { kind: "missing", file: `${folder}index.html`, where: "script", expected: "Article", found: "" };
      }
    }
    function* checkLinked(file, one) {
      if (one["@type"] === "ClaimReview") yield* checkReview(file, one);
      else if (one["@type"] === "Article" && "headline" in one) yield* checkArticle(file, one);
      else if (one["@type"] === "WebPage") yield* same("text", file, "script inLanguage", manifest.language, one.inLanguage);
    }
    /* The record of a review; a site that does not know its own address leads to no place. There it is the one with the
       most words in it, since one claim may be in another. */
    function reviewOf({ url, claimReviewed }) {
      if (url) return `${url}`.split("#").pop();
      const words = letters(`${claimReviewed}`);
      const within = ({ matches }) => matches.every(({ text }) => words.includes(letters(text)));
      const long = ({ matches }) => letters(matches.map(({ text }) => text).join("")).length;
      return manifest.annotations.filter((one) => one.verdict && within(one)).sort((one, other) => long(other) - long(one))[0]?.id;
    }
    function* checkReview(file, one) {
      const id = reviewOf(one);
      const [record, { row } = { row: {} }] = [records.get(id), rowsById.get(id)];
      const where = `script #${id ?? ""}`;
      if (!record?.verdict) {
        yield { kind: "verdict", file, where, expected: "", found: `${one.claimReviewed}` };
        return;
      }
      for (const { text } of record.matches) yield* holds("quotation", file, where, text, `${one.claimReviewed}`);
      yield* holds("figure", file, where, record.label, `${one.claimReviewed}`);
      if (record.kind === "reported") yield* holds("speaker", file, where, record.speaker, `${one.claimReviewed}`);
      yield* same("speaker", file, where, record.speaker, one.itemReviewed?.author?.name);
      if (one.itemReviewed?.appearance) yield* same("text", file, where, manifest.source.title, one.itemReviewed.appearance.name);
      if (data) {
        yield* same("text", file, where, row.verdict_by ?? "", one.author?.name);
        yield* same("text", file, where, row.verdict_date ?? "", one.datePublished);
        yield* same("text", file, where, bare(row.verdict_note ?? ""), bare(one.reviewRating?.ratingExplanation ?? ""));
      }
      const badge = Array.from(cardOf(pages, id).card?.querySelectorAll(`.bf-verdict-${record.verdict}`) || [], shown);
      if (badge.length && !badge.includes(one.reviewRating?.alternateName)) yield { kind: "verdict", file, where, expected: badge[0], found: `${one.reviewRating?.alternateName}` };
    }
    function* checkArticle(file, one) {
      const { source, corrections } = manifest;
      const based = one.isBasedOn || {};
      const days = corrections.map(({ date }) => date).sort();
      const facts = { headline: [manifest.title, one.headline], datePublished: [manifest.date, one.datePublished], dateModified: [days.at(-1), one.dateModified], inLanguage: [manifest.language, one.inLanguage],
        "isBasedOn name": [source.title, based.name], "isBasedOn publisher": [source.publisher, based.publisher?.name], "isBasedOn inLanguage": [source.language, based.inLanguage] };
      if (data) Object.assign(facts, { description: [head.description, one.description], keywords: [(head.tags || []).join(", "), one.keywords], author: [head.authors, one.author?.map(({ name }) => name)] });
      for (const [name, [expected, found]] of Object.entries(facts)) yield* same("text", file, `script ${name}`, expected, found);
      const told = one.correction || [];
      yield* same("count", file, "script correction", corrections.length, told.length);
      for (const [at, { date, reason, changes }] of [...corrections].reverse().entries()) {
        yield* same("text", file, "script correction", date, told[at]?.datePublished);
        for (const words of [reason, ...changes.flatMap(({ before, after }) => [before, after])]) yield* holds("text", file, "script correction", words, `${told[at]?.text}`);
      }
    }

    // --- Markdown -----------------------------------------------------------------------------------------------------------

    const unescaped = (line) => ofHtml(line.replace(/\\([!-/:-@[-`{-~])/g, (_, mark) => `&#${mark.codePointAt(0)};`).replace(/</g, "&lt;")).textContent;
    const readable = (line) => unescaped(line.replace(/(?<!\\)(?:\[|\]\(<?[^<>()]*>?\)|\](?= |$))/g, ""));
    const creditOf = (line) => {
      const led = /^\[(.*)\]\(<[^<>]*#([a-z][a-z0-9-]*)>\)(.*)$/.exec(line || "");
      return led && { named: readable(led[1]), id: led[2], rest: led[3] };
    };
    const ownLines = (file) => lines(files.get(file)).map((line) => line.replaceAll("](<../", "](<"));

    function* checkMarkdown() {
      const whole = `${folder}llms.txt`;
      const named = [...files.keys()].filter((file) => file === whole || (file.startsWith(folder) && file.endsWith(".md")));
      const all = files.has(whole) ? new Set(ownLines(whole)) : null;
      const together = new Set();
      for (const file of named) {
        const page = file === whole ? "" : file.slice(folder.length).replace(/\.md$/, "").replace(/\.html$/, "").replace(/\/index$/, "");
        const own = ownLines(file);
        const title = onOneLine(unescaped(own[0] || ""));
        if (!title.endsWith(`${page && page !== "index" ? ":" : "#"} ${onOneLine(manifest.title)}`)) yield { kind: "text", file, where: "", expected: manifest.title, found: title };
        if (page === "text") yield* checkSource(file, own.slice(2));
        else yield* checkLines(file, own, page);
        for (const [at, line] of file === whole ? [] : own.slice(1).entries()) {
          together.add(line);
          if (all && (page !== "text" || !at) && !all.has(line)) yield { kind: "text", file, where: line.slice(0, 40), expected: "", found: line };
        }
        for (const line of own) if (!line.startsWith("> ")) yield* passagesIn(readable(line), file, line.slice(0, 40));
      }
      if (!all || named.length < 2) return;
      const rest = ownLines(whole).slice(1);
      while (rest.length && !together.has(rest.at(-1)) && /^(?:- \[.*\]\(<[^<>#]*>\)|## .*)$/.test(rest.at(-1))) rest.pop();
      for (const line of rest) if (!together.has(line)) yield { kind: "text", file: whole, where: line.slice(0, 40), expected: "", found: line };
    }
    /* Signs at the ends of lines are lines of their own, as some sites have them, and none is there twice in a row. */
    const signsApart = (given) =>
      given.flatMap((line) => line.split(/(^\[…\](?= |$)|(?<= )\[…\]$)/)).map((piece) => piece.trim()).filter((piece, at, all) => piece && !(piece === GAP.trim() && all.slice(0, at).findLast(Boolean) === piece));
    function* checkSource(file, given) {
      const known = [];
      const sign = GAP.trim();
      let before = 0;
      for (const [number, words] of paragraphs(texts)) {
        if (isLeftOut(texts, number, before)) known.push(sign);
        known.push(words);
        before = number;
      }
      const source = given.filter((line) => !/^\*\\\[.*\\\]\*$/.test(line)); // without who speaks, which is no line of it
      const read = source.map((line) => onOneLine(unescaped(line.replace(/^(?:#{2,6}|>) /, "")))).map((line) => (line === sign ? line : asPublished(line, texts)));
      if (isLeftOut(texts, 0, before) ?? read.at(-1) === sign) known.push(sign);
      const [expected, found] = [known, read].map(signsApart);
      for (let at = 0; at < Math.max(expected.length, found.length); at += 1) yield* same("text", file, `${at + 1}`, expected[at], found[at]);
    }
    function* checkLines(file, own, page) {
      const seen = new Set();
      for (const [at, line] of own.entries()) {
        const [credit, after] = [creditOf(line), creditOf(own[at + 1])];
        const told = credit && records.get(credit.id)?.kind === "reported" ? credit : null;
        if (told) yield* checkCredit(file, told, readable(told.rest), seen);
        if (at < 2 || !line.startsWith("> ")) continue;
        const words = onOneLine(readable(line.slice(2)));
        const work = manifest.works.find(({ id }) => id === after?.id);
        if (after && records.has(after.id)) yield* checkCredit(file, after, words, seen, true);
        else if (after && texts.comments.has(after.id)) yield* holds("quotation", file, after.id, words, texts.comments.get(after.id).text, onOneLine);
        else if (!work?.excerpts.some((excerpt) => onOneLine(excerpt) === words)) yield { kind: "quotation", file, where: after?.id || line.slice(0, 40), expected: "", found: words };
      }
      for (const one of manifest.annotations) if ((!page || page === CARD[one.kind]) && !seen.has(one.id)) yield { kind: "missing", file, where: one.id, expected: target(one), found: "" };
    }
    function* checkCredit(file, { named, id, rest }, words, seen, whole = false) {
      const one = records.get(id);
      seen.add(id);
      if (whole) yield* same("quotation", file, id, target(one).replaceAll(GAP, SEPARATOR), words.replaceAll(GAP, SEPARATOR));
      else for (const { text } of one.matches) yield* holds("quotation", file, id, text, words, onOneLine);
      if (/quotation|reported/.test(one.kind) && !named.startsWith(one.speaker)) yield { kind: "speaker", file, where: id, expected: one.speaker, found: named };
      if (one.kind === "figure") yield* same("figure", file, id, onOneLine(one.label), named);
      if (rest.includes(" [") !== Boolean(one.verdict)) yield { kind: "verdict", file, where: id, expected: one.verdict, found: rest };
    }

    // --- the search and the feeds ----------------------------------------------------------------------------------------------

    function* checkSearch() {
      const file = "search/search_index.json";
      if (!files.has(file)) return;
      let docs;
      try {
        ({ docs } = JSON.parse(files.get(file)));
      } catch {
        yield { kind: "altered", file, where: "", expected: "", found: "" };
        return;
      }
      for (const { location, title, text } of docs) {
        if (!location.startsWith(folder) || !title) continue;
        const one = records.get(location.split("#")[1]);
        const whole = onOneLine(ofHtml(`${title} ${text}`.replace(/<(?!\/)/g, " <")).textContent);
        if (/quotation|reported/.test(one?.kind)) for (const match of one.matches) yield* holds("quotation", file, location, match.text, whole, onOneLine);
        if (one?.kind === "quotation") yield* holds("speaker", file, location, one.speaker, whole, onOneLine);
        for (const html of [title, text]) for (const part of html.split(/<[^>]*>/)) yield* passagesIn(ofHtml(part).textContent, file, location);
      }
    }
    /* The list of the whole site for programs. */
    function* checkList() {
      const entries = Array.from((files.get("llms.txt") || "").matchAll(/^- \[(.*?)\]\(([^()]*?)\/?llms\.txt\)(?:: (.*))?$/gm));
      const entry = entries.find(([, , address]) => decodeURIComponent(leads(address)).replace(/\/$/, "").endsWith(`/${manifest.path}`));
      if (!files.has("llms.txt") || !folder) return;
      if (!entry) yield { kind: "missing", file: "llms.txt", where: manifest.path, expected: manifest.title, found: "" };
      else {
        yield* same("text", "llms.txt", manifest.path, letters(manifest.title), letters(readable(entry[1])));
        if (data && !letters(head.description || "").startsWith(letters(readable(entry[3] || "").replace(/…$/, "")))) yield { kind: "text", file: "llms.txt", where: manifest.path, expected: head.description, found: entry[3] };
      }
    }
    function itemsOf(file) {
      if (file.endsWith(".json")) return JSON.parse(files.get(file)).items.map((one) => ({ ...one, content: one.content_html, day: one.date_published, names: (one.authors || []).map(({ name }) => name) }));
      const text = (entry, name) => entry.querySelector(`:scope > ${name}`)?.textContent || "";
      const entries = new DOMParser().parseFromString(files.get(file), "text/xml").querySelectorAll("entry");
      return Array.from(entries, (entry) => ({
        url: entry.querySelector("link")?.getAttribute("href") || "", title: text(entry, "title"), summary: text(entry, "summary"), content: text(entry, "content"), day: text(entry, "published"),
        names: Array.from(entry.querySelectorAll("author > name"), (one) => one.textContent), language: entry.getAttribute("xml:lang"), tags: Array.from(entry.querySelectorAll("category"), (one) => one.getAttribute("term")),
      }));
    }
    function* checkFeeds() {
      for (const file of files.keys()) {
        if (!file.startsWith("feeds/")) continue;
        let items = [];
        try {
          items = itemsOf(file);
        } catch {
          yield { kind: "altered", file, where: "", expected: "", found: "" };
        }
        for (const item of items.filter(({ url }) => leadsHere(url))) yield* checkItem(file, item, file.startsWith("feeds/corrections."));
      }
    }
    function* checkItem(file, item, isCorrection) {
      const [where, content] = [item.url, ofHtml(item.content || "")];
      yield* same("text", file, where, letters(manifest.title), letters(item.title));
      yield* same("text", file, where, manifest.language, item.language);
      if (data) yield* same("text", file, where, head.authors, item.names);
      if (isCorrection) yield* checkCorrection(file, item, content);
      else {
        yield* same("text", file, where, manifest.date, `${item.day}`.slice(0, 10));
        if (data) {
          yield* same("text", file, where, head.description, item.summary);
          yield* same("text", file, where, head.tags, item.tags);
          const points = Array.from(content.querySelectorAll("li"), ({ textContent }) => letters(textContent));
          yield* same("count", file, where, (head.key_points || []).length, points.length);
          for (const [at, point] of (head.key_points || []).entries()) if (!points[at]?.startsWith(letters(point))) yield { kind: "text", file, where, expected: point, found: points[at] || "" };
          yield* holds("text", file, where, head.description, content.querySelector("p")?.textContent || "");
        }
      }
      for (const link of content.querySelectorAll("a")) yield* checkStatement(file, link);
      const parts = [item.summary || "", ...Array.from(content.querySelectorAll("p, li"), ({ textContent }) => textContent)];
      for (const text of parts) yield* passagesIn(text, file, where, isCorrection);
    }
    function* checkCorrection(file, { url, day, summary }, content) {
      const id = url.split("#")[1] || "";
      const number = /^_correction-(\d+)$/.exec(id)?.[1];
      const gone = manifest.withdrawn.find((one) => one.id === id);
      const told = number ? manifest.corrections[number - 1] : gone && { ...gone, changes: [] };
      if (!told) {
        yield { kind: "text", file, where: url, expected: "", found: summary };
        return;
      }
      yield* same("text", file, url, told.date, `${day}`.slice(0, 10));
      for (const text of [summary, content.textContent]) yield* holds("text", file, url, told.reason, text);
      for (const [tag, name] of [["del", "before"], ["ins", "after"]]) {
        const shownThere = Array.from(content.querySelectorAll(tag), ({ textContent }) => onOneLine(textContent));
        const known = told.changes.map((change) => onOneLine(change[name])).filter(Boolean);
        yield* same("text", file, url, known, shownThere);
      }
    }
    function* checkStatement(file, link) {
      const address = link.getAttribute("href") || "";
      const one = records.get(address.split("#").pop());
      if (!one || !leadsHere(address)) {
        yield { kind: "quotation", file, where: address, expected: "", found: link.textContent };
        return;
      }
      const around = link.parentElement;
      const quoted = one.kind === "reported" ? around : around.previousElementSibling;
      for (const { text } of one.matches) yield* holds("quotation", file, address, text, quoted?.textContent || "");
      if (one.speaker && !link.textContent.startsWith(one.speaker)) yield { kind: "speaker", file, where: address, expected: one.speaker, found: link.textContent };
      const told = around.textContent.replaceAll(GAP, " ");
      if (told.includes(" [") !== Boolean(one.verdict)) yield { kind: "verdict", file, where: address, expected: one.verdict, found: told };
    }

    // --- what describes the files ------------------------------------------------------------------------------------------------

    function* checkDescriptions() {
      const crate = parsed("ro-crate-metadata.json")?.["@graph"];
      const package_ = parsed("datapackage.json");
      const list = `${folder}datapackage.json`;
      const about = `${folder}ro-crate-metadata.json`;
      if (crate) {
        const named = new Map(crate.map((one) => [one["@id"], one]));
        const root = named.get("./") || {};
        const known = { name: manifest.title, datePublished: manifest.date, inLanguage: manifest.language };
        if (data) Object.assign(known, { description: head.description || manifest.title, keywords: (head.tags || []).join(", ") });
        for (const [name, value] of Object.entries(known)) yield* same("text", about, `./ ${name}`, value, root[name]);
        if (data) yield* same("text", about, "./ author", head.authors, root.author?.map((one) => named.get(one["@id"])?.name));
        const works = new Map();
        for (const one of [head.source, ...(data?.references || [])]) {
          const at = (one?.url_status === "dead" ? one.archived : one?.url) || `#${one?.id ?? "_source"}`;
          if (one && !works.has(at)) works.set(at, one.title);
        }
        for (const [id, title] of works) if (title) yield* same("text", about, id, title, named.get(id)?.name);
        for (const one of crate) if (facts.has(folder + one["@id"])) yield* checkFact(about, one["@id"], facts.get(folder + one["@id"]), one.contentSize, one.sha256);
      } else yield { kind: files.has(about) ? "altered" : "missing", file: about, where: "", expected: "", found: "" };
      if (!package_) {
        if (data) yield { kind: files.has(list) ? "altered" : "missing", file: list, where: "", expected: "", found: "" };
        return;
      }
      for (const name of ["title", "description"]) yield* same("text", list, name, head[name], package_[name]);
      yield* same("text", list, "keywords", head.tags, package_.keywords);
      yield* same("text", list, "contributors", head.authors, package_.contributors?.map(({ title }) => title));
      for (const [name, rows] of tables) {
        const one = rows.length ? package_.resources?.find(({ path }) => path === `${name}.csv`) : null;
        if (rows.length) yield* same("text", list, name, Object.keys(rows[0]), one?.schema?.fields?.map((field) => field.name));
        if (one) yield* checkFact(list, one.path, facts.get(folder + one.path), one.bytes, one.hash?.replace("sha256:", ""));
      }
    }
    function* checkFact(file, where, fact, size, hash) {
      if (!fact) return;
      if (size !== undefined) yield* same("altered", file, where, `${fact.size}`, `${size}`);
      if (hash !== undefined && fact.sha256) yield* same("altered", file, where, fact.sha256, hash);
    }
    function* checkWorks() {
      const file = `${folder}works.js`;
      for (const [, id] of (files.get(file) || "").matchAll(/\["([a-z][a-z0-9-]*)",\d/g)) if (!manifest.works.some((work) => work.id === id)) yield { kind: "text", file, where: id, expected: "", found: id };
    }

    return [checkData, checkFields, checkAnnotations, checkCitations, checkEmbeds, checkHeads, checkMarkdown, checkSearch, checkList, checkFeeds, checkDescriptions, checkWorks];
  };
})();
