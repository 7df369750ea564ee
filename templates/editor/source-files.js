/* Files that an author chooses, as they can be sent: a saved page without all that is not its text. Nothing in it runs or
   is loaded. */

import { briefing } from "./api.js";

export const FILES = ".html,.htm,.bib,.ris,.json,.rdf";

const MOST = 256 * 1024 - 8 * 1024; // bytes that a request may have, less what is sent with the file
const LARGEST = 50 * 1024 * 1024; // bytes of a file that a browser is asked to read
const USELESS = 'script:not([type="application/ld+json" i]), style, template, noscript, img, picture, source, svg, canvas, video, audio, track, iframe, frame, object, embed, map, math, link[rel~="stylesheet" i], link[rel*="icon" i], link[rel~="preload" i], link[rel~="modulepreload" i], link[rel~="prefetch" i], meta[charset], meta[http-equiv]';
const LEFT_OUT = /^(?:on|data-|aria-)|^(?:style|src|srcset|sizes|width|height|target|tabindex)$/i;

/* Returns `{name, content}` of a file. Raises an Error with words for the author where it is too large. */
export async function readFile(file) {
  if (file.size > LARGEST) throw tooLarge(file, "");
  const bytes = await file.arrayBuffer();
  const isPage = /\.html?$/i.test(file.name);
  const text = decoded(bytes, isPage);
  const source = { name: file.name, content: isPage ? stripped(text) : text };
  if (!isSmall(source)) throw tooLarge(file, isPage ? ", also without its scripts, styles and pictures" : "");
  return source;
}

/* Returns what was pasted, as it can be sent. Raises an Error with words for the author where it is too large. */
export function fits(source) {
  if (isSmall(source)) return source;
  throw Object.assign(new Error("what you pasted is too large for the browser"), { help: "paste only the works that you cite" });
}

const isSmall = (source) => new TextEncoder().encode(JSON.stringify({ briefing, ...source })).length <= MOST;

function tooLarge({ name }, though) {
  const error = new Error(`${name} is too large for the browser${though}`);
  const instead = `write in a terminal: briefing add reference ${name}`;
  error.help = /\.html?$/i.test(name) ? instead : `export only the works that you cite, or ${instead}`;
  return error;
}

/* The text of a file: in the encoding that it names, or UTF-8, or that of old files of the West. */
function decoded(bytes, isPage) {
  const begin = new TextDecoder("latin1").decode(bytes.slice(0, 4096));
  const named = isPage && /<meta\b[^>]{0,200}\bcharset\s*=\s*["']?([\w.:-]+)/i.exec(begin)?.[1];
  const marked = { "\xff\xfe": "utf-16le", "\xfe\xff": "utf-16be" }[begin.slice(0, 2)];
  for (const encoding of [marked, "utf-8", named, "windows-1252"].filter(Boolean)) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // not that one
    }
  }
  return new TextDecoder().decode(bytes);
}

/* A page without what runs, what it looks like and its pictures; what it says of itself stays. */
function stripped(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll(USELESS)) element.remove();
  const nodes = document.createNodeIterator(page, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_ELEMENT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (node.nodeType === Node.COMMENT_NODE) node.remove();
    else for (const { name } of [...node.attributes]) if (LEFT_OUT.test(name)) node.removeAttribute(name);
  }
  return `<!doctype html>${page.documentElement.outerHTML}`.replace("<head>", '<head><meta charset="utf-8">');
}
