/* Plays a recording that is published with the site where its moments are: a link to one (`#t=95`) starts it there, in a
   player above the annotated text, or beside the link on other pages. Without this script the browser opens the file. */
(() => {
  "use strict";
  if (window.bfRecording) return;
  window.bfRecording = true;

  const VIDEO = /\.(mp4|m4v|webm|ogv|mov)$/i;
  const isOwn = ({ href }) => new URL(href).origin === location.origin || location.protocol === "file:";

  function player(link) {
    const address = link.href.split("#")[0];
    const known = [...document.querySelectorAll(".bf-player")].find(({ src }) => src === address);
    if (known) return known;
    const made = document.createElement(VIDEO.test(new URL(address).pathname) ? "video" : "audio");
    Object.assign(made, { className: "bf-player", controls: true, preload: "none", src: address });
    const above = document.querySelector(".bf-recording");
    if (above) above.append(made);
    else link.parentElement.after(made);
    return made;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".bf-recording a, a[href*='#t=']");
    if (!link || !isOwn(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const own = player(link);
    const second = +(/#t=(\d+)/.exec(link.href)?.[1] || 0);
    const start = () => {
      own.currentTime = second;
    };
    if (own.readyState) start();
    else own.addEventListener("loadedmetadata", start, { once: true });
    own.play().catch(() => own.focus()); // where a browser lets nothing play by itself, its button does
  });
})();
