// Markdown of lessons as elements. Whatever a text holds, it becomes text: no markup is ever read.
import { h } from "./dom.js";

const ITEM = /^\s{0,3}(?:[-*+]|(\d{1,3})[.)])\s+(.*)$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const FENCE = /^ {0,3}(```|~~~)/;
const SAFE = /^(https?:\/\/|\?|\/(?!\/)|#)/;
const DEPTH = 6; // of emphasis in emphasis
const INLINE = /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|__(.+?)__|\*([^\s*](?:[^*]*[^\s*])?)\*|(?<![\w])_([^\s_](?:[^_]*[^\s_])?)_(?![\w])|\[([^\][]+)\]\(\s*<?([^)\s>]+)>?\s*\)|\\([\\`*_{}[\]()#+\-.!<>~|:$&])/u;

/**
 * The blocks of a text: paragraphs, lists, headings, code.
 * @param {string} markdown
 * @returns {HTMLElement[]}
 */
export function blocks(markdown) {
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  /** @type {HTMLElement[]} */
  const found = [];
  for (let i = 0; i < lines.length;) {
    const fence = FENCE.exec(lines[i]);
    if (!lines[i].trim()) i += 1;
    else if (fence) i = code(lines, i, fence[1], found);
    else if (HEADING.test(lines[i])) found.push(h("h4", {}, ...inline(/** @type {RegExpExecArray} */ (HEADING.exec(lines[i++]))[2])));
    else if (ITEM.test(lines[i])) i = list(lines, i, found);
    else if (lines[i].startsWith(">")) i = quote(lines, i, found);
    else i = paragraph(lines, i, found);
  }
  return found;
}

/** @param {string[]} lines @param {number} start @param {string} fence @param {HTMLElement[]} found */
function code(lines, start, fence, found) {
  const end = lines.findIndex((line, i) => i > start && line.trim().startsWith(fence));
  const stop = end < 0 ? lines.length : end;
  found.push(h("pre", {}, h("code", {}, lines.slice(start + 1, stop).join("\n"))));
  return stop + 1;
}

/** @param {string[]} lines @param {number} start @param {HTMLElement[]} found */
function list(lines, start, found) {
  const numbered = ITEM.exec(lines[start])?.[1] !== undefined;
  /** @type {string[]} */
  const items = [];
  let i = start;
  for (; i < lines.length && lines[i].trim(); i += 1) {
    const item = ITEM.exec(lines[i]);
    if (item) items.push(item[2]);
    else items[items.length - 1] += `\n${lines[i].trim()}`;
  }
  found.push(h(numbered ? "ol" : "ul", {}, ...items.map((item) => h("li", {}, ...inline(item)))));
  return i;
}

/** @param {string[]} lines @param {number} start @param {HTMLElement[]} found */
function quote(lines, start, found) {
  let i = start;
  while (i < lines.length && lines[i].startsWith(">")) i += 1;
  found.push(h("blockquote", {}, ...inline(lines.slice(start, i).map((line) => line.replace(/^>\s?/, "")).join("\n"))));
  return i;
}

/** @param {string[]} lines @param {number} start @param {HTMLElement[]} found */
function paragraph(lines, start, found) {
  let i = start + 1;
  const ends = (/** @type {string} */ line) => !line.trim() || FENCE.test(line) || HEADING.test(line) || ITEM.test(line) || line.startsWith(">");
  while (i < lines.length && !ends(lines[i])) i += 1;
  found.push(h("p", {}, ...inline(lines.slice(start, i).join("\n"))));
  return i;
}

/**
 * What stands in a line: emphasis, code, links.
 * @param {string} text @param {number} [depth]
 * @returns {(string | HTMLElement)[]}
 */
export function inline(text, depth = 0) {
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  let rest = text.replaceAll(/\s*\n\s*/g, " ");
  for (let found = INLINE.exec(rest); found && depth < DEPTH; found = INLINE.exec(rest)) {
    if (found.index) parts.push(rest.slice(0, found.index));
    parts.push(spanOf(found, depth));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) parts.push(rest);
  return parts;
}

/** @param {RegExpExecArray} found @param {number} depth @returns {string | HTMLElement} */
function spanOf([all, , code_, bold, bold2, slanted, slanted2, label, target, escaped], depth) {
  if (code_ !== undefined) return h("code", {}, code_.trim());
  if (bold ?? bold2) return h("strong", {}, ...inline(bold ?? bold2, depth + 1));
  if (slanted ?? slanted2) return h("em", {}, ...inline(slanted ?? slanted2, depth + 1));
  if (escaped !== undefined) return escaped;
  if (!SAFE.test(target)) return all;
  return h("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, ...inline(label, depth + 1));
}
