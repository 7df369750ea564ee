/* The page of citations: buttons that copy, one entry of a file for reference managers instead of all, and addresses
   made whole where the site does not know its own; HTML for other sites is not offered with one of this computer. Without a script the texts can be selected, and the files are whole. */
(() => {
  "use strict";
  const body = document.querySelector("body.bf-citing");
  if (!body) return;
  const LOOPBACK = /="(?:file:|https?:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1?\]))/; // leads nowhere from elsewhere

  // addresses as our own elements have them; a parser of HTML would report the frame's style to a strict policy
  for (const snippet of document.querySelectorAll(".bf-snippet")) {
    const whole = snippet.textContent.replace(
      /<(iframe src|blockquote cite|a href)="(?!https?:)([^"]*)"/g,
      (_, begins, address) => `<${begins}="${new URL(address, location.href).href}"`,
    );
    if (LOOPBACK.test(whole)) snippet.replaceWith(body.dataset.unset);
    else if (whole !== snippet.textContent) snippet.textContent = whole;
  }

  async function copy(button, from) {
    const text = from.textContent;
    const types = { "text/plain": new Blob([text], { type: "text/plain" }) };
    if (!from.matches("pre")) types["text/html"] = new Blob([from.innerHTML], { type: "text/html" });
    try {
      await navigator.clipboard.write([new ClipboardItem(types)]);
    } catch {
      return;
    }
    button.textContent = body.dataset.copied;
    setTimeout(() => (button.textContent = body.dataset.copy), 2000);
  }
  for (const from of navigator.clipboard?.write ? document.querySelectorAll(".bf-copied") : []) {
    const label = from.parentElement.closest("div").querySelector("dt");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = body.dataset.copy;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, from));
    label.append(button);
  }

  const entries = {
    bib: (text, key) => text.split(/\n(?=@)/).find((entry) => entry.includes(`{${key},\n`)),
    ris: (text, key) => text.split(/(?<=ER {2}- \r\n)/).find((entry) => entry.includes(`\r\nID  - ${key}\r\n`)),
    json: (text, key) => JSON.stringify(JSON.parse(text).filter((item) => item.id === key), undefined, 1),
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.(".bf-files a");
    if (!link) return;
    event.preventDefault();
    const { key } = link.parentElement.dataset;
    const kind = link.pathname.split(".").pop();
    const one = document.createElement("a");
    one.href = link.href;
    one.download = `${key.replace("/", "-")}.${kind}`;
    try {
      const answer = await fetch(link.href);
      const entry = answer.ok && entries[kind](await answer.text(), key);
      if (entry) one.href = URL.createObjectURL(new Blob([entry], { type: "text/plain" }));
    } catch {
      one.download = ""; // from a disk nothing can be fetched: the file as it is
    }
    one.click();
  });
})();
