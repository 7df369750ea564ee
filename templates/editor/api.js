/* What the pages of the editor ask of the preview's server: JSON there and back, with the token that this page was given. */

const tag = document.querySelector("script[data-token]");

/* The folder of the briefing that this page belongs to, and whether anything may be written. */
export const briefing = tag?.dataset.briefing || "";
export const writable = Boolean(tag?.dataset.token);

/* What the server answers when it does not do what it was asked: `message` and `help` are words for the author, and
   `problems` what a check would find. */
export class Refused extends Error {
  constructor(status, { error, help, problems, final = false }) {
    super(error || "The preview could not do this.");
    this.status = status;
    this.help = help || "";
    this.problems = problems || [];
    this.final = final; // whether asking again is of no use
  }
}

const SILENT = { error: "The preview does not answer.", help: "Is briefing serve still running in its terminal? What you have typed here is kept." };

/* Returns what an operation answers. Raises Refused, or AbortError where `signal` has ended it. */
export async function call(operation, asked = {}, signal = null) {
  let answer;
  try {
    answer = await fetch(`/.briefing/edit/${operation}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Briefing-Token": tag.dataset.token },
      body: JSON.stringify({ briefing, ...asked }),
      cache: "no-store",
      signal,
    });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Refused(0, SILENT);
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told);
  return told;
}

const STEPS = 20; // changes of this window that can be taken back, one after the other

/* The changes that were saved, {token, what}, the last of which is taken back first; a server that was started again knows
   nothing of them any more. */
export const lastSaved = {
  get: () => (ofServer.get("undo") || []).at(-1) || null,
  add: (saved) => ofServer.set("undo", [...(ofServer.get("undo") || []), saved].slice(-STEPS)),
  drop: () => ofServer.set("undo", (ofServer.get("undo") || []).slice(0, -1)),
};

/* What is kept while the server runs that gave this page its token. */
export const ofServer = {
  get(name) {
    const kept = memory.get(name);
    return kept?.server === tag.dataset.token ? kept.value : null;
  },
  set(name, value) {
    memory.set(name, value && { value, server: tag.dataset.token });
  },
};

/* What is kept while the pages of this window change, for this briefing; without storage nothing is. */
export const memory = {
  get(name) {
    try {
      return JSON.parse(sessionStorage.getItem(`briefing-editor:${briefing}:${name}`) || "null");
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      const key = `briefing-editor:${briefing}:${name}`;
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // the browser forbids it, or it is full
    }
  },
};
