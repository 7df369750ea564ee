/* On a former address: goes to the new one, with the fragment and the query that were asked for. */
(() => {
  "use strict";
  const to = document.currentScript && document.currentScript.dataset.to;
  if (to) location.replace(new URL(to, location.href).href + location.search + location.hash);
})();
