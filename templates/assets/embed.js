/* In a frame on another site: compares the words of the card that is shown with what the frame was pasted with, and with
   the briefing's manifest. Where they do not agree the card turns grey and says why, never the other way round. Where the
   manifest cannot be read (no network, a file on a disk), nothing is said. */
(() => {
  "use strict";
  const body = document.querySelector("body.bf-embedded");
  if (!body) return;
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const shown = () => document.getElementById(location.hash.slice(1))?.closest(".bf-frame");
  let asked;
  const manifest = () => (asked ??= fetch("manifest.json").then((answer) => (answer.ok ? answer.json() : undefined)));

  function turnGrey(card, reason) {
    if (card.classList.contains("bf-gone")) return;
    card.classList.add("bf-gone");
    const line = document.createElement("p");
    line.className = "bf-reason";
    line.setAttribute("role", "status");
    line.textContent = reason;
    card.prepend(line);
  }
  // Some words of the source, of the passages of it that are published, or of a comment: in code points.
  function slice(data, comment, start, end) {
    if (comment) {
      const text = data.comments.find((one) => one.id === comment)?.text ?? "";
      return [...text].slice(start, end).join("");
    }
    if (data.source.publish === "full") return [...data.source.text].slice(start, end).join("");
    const whole = data.source.passages.find((one) => one.start <= start && end <= one.end);
    return whole ? [...whole.text].slice(start - whole.start, end - whole.start).join("") : undefined;
  }
  function agrees(card, data) {
    const places = [...card.querySelectorAll("[data-span]")];
    if (!places.length) return true; // a theme or derived figure, which has no words
    const record = data.annotations.find((one) => one.id === card.id);
    const speaker = card.querySelector(".bf-speaker")?.textContent;
    if (!record || record.matches.length !== places.length || (speaker && record.speaker && record.speaker !== speaker)) return false;
    return places.every((place, at) => {
      const [start, end] = place.dataset.span.split("-").map(Number);
      const match = record.matches[at];
      const words = slice(data, place.dataset.in, start, end);
      return match.start === start && match.end === end && words !== undefined && plain(words) === plain(place.textContent);
    });
  }
  async function check() {
    const card = shown();
    if (!card) return;
    const words = new URLSearchParams(location.search).get("words");
    if (words && card.dataset.digest && words !== card.dataset.digest) turnGrey(card, body.dataset.changed);
    const data = await manifest().catch(() => undefined);
    if (data && !agrees(card, data)) turnGrey(card, body.dataset.unverified);
  }
  addEventListener("hashchange", check);
  check();
})();
