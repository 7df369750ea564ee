/* Keeps the preview from loading the page again while that would take something out of the author's hands. */

const reasons = new Set();
const timers = new Map();

/* Holds the page for a reason, or holds it no longer for that one. */
export function hold(reason, holds) {
  clearTimeout(timers.get(reason));
  if (holds) reasons.add(reason);
  else reasons.delete(reason);
  if (reasons.size) document.documentElement.dataset.briefingBusy = "";
  else delete document.documentElement.dataset.briefingBusy;
}

/* Holds it for so many milliseconds from now. */
export function holdFor(reason, time) {
  hold(reason, true);
  timers.set(reason, setTimeout(() => hold(reason, false), time));
}
