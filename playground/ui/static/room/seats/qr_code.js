// A short link as a QR code (ISO/IEC 18004), drawn by the page itself: bytes, error correction M, versions 1 to 10.

/** Code words of error correction a block, and blocks, of each version from 1 on. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
const WORDS = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346]; // of all kinds
const LEVEL = 0; // M, in the format's bits
const MASK = 3; // any mask can be read
const QUIET = 4; // modules of white around it, as the standard has it
const SVG = "http://www.w3.org/2000/svg";

/** @param {number} version */
const roomOf = (version) => WORDS[version - 1] - CORRECTION[version - 1] * BLOCKS[version - 1];

/** The modules of a text's code, row by row, true where dark; null where the text is too long. @param {string} text */
export function modulesOf(text) {
  const bytes = new TextEncoder().encode(text);
  const version = WORDS.findIndex((_, i) => bytes.length + (i < 9 ? 2 : 3) <= roomOf(i + 1)) + 1;
  if (!version) return null;
  const size = 17 + 4 * version;
  const modules = Array.from({ length: size }, () => new Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (/** @type {number} */ x, /** @type {number} */ y, /** @type {boolean} */ dark) => {
    modules[y][x] = dark;
    fixed[y][x] = true;
  };
  drawFixed(version, size, set);
  fill(wordsOf(bytes, version), modules, fixed);
  return modules;
}

// ---------------------------------------------------------------- words

/** @param {Uint8Array} bytes @param {number} version */
function wordsOf(bytes, version) {
  const bits = [0, 1, 0, 0, ...bitsOf(bytes.length, version < 10 ? 8 : 16), ...Array.from(bytes).flatMap((byte) => bitsOf(byte, 8)), 0, 0, 0, 0];
  const words = Array.from({ length: bits.length >> 3 }, (_, i) => bits.slice(8 * i, 8 * i + 8).reduce((word, bit) => 2 * word + bit, 0));
  for (let i = 0; words.length < roomOf(version); i += 1) words.push(i % 2 ? 0x11 : 0xec);
  return interleaved(words, version);
}

/** @param {number} value @param {number} count */
const bitsOf = (value, count) => Array.from({ length: count }, (_, i) => (value >> (count - 1 - i)) & 1);

/** The blocks, the shorter ones first, and their corrections, word by word in turns. @param {number[]} words @param {number} version */
function interleaved(words, version) {
  const [count, correction] = [BLOCKS[version - 1], CORRECTION[version - 1]];
  const shortest = Math.floor(words.length / count);
  const longer = words.length % count;
  const blocks = [];
  for (let i = 0, at = 0; i < count; i += 1) {
    const length = shortest + Number(i >= count - longer);
    blocks.push(words.slice(at, at + length));
    at += length;
  }
  const corrections = blocks.map((block) => remainder(block, correction));
  return [...turns(blocks), ...turns(corrections)];
}

/** @param {number[][]} blocks */
const turns = (blocks) => Array.from({ length: Math.max(...blocks.map((block) => block.length)) }, (_, i) =>
  blocks.filter((block) => i < block.length).map((block) => block[i])).flat();

/** A product in the field of 256 elements. @param {number} a @param {number} b */
function product(a, b) {
  let z = 0;
  for (let i = 7; i >= 0; i -= 1) z = (z << 1) ^ ((z >> 7) * 0x11d) ^ (((b >> i) & 1) * a);
  return z;
}

/** Reed and Solomon's words for a block. @param {number[]} block @param {number} degree */
function remainder(block, degree) {
  const divisor = new Array(degree).fill(0);
  divisor[degree - 1] = 1;
  for (let i = 0, root = 1; i < degree; i += 1, root = product(root, 2)) {
    for (let j = 0; j < degree; j += 1) divisor[j] = product(divisor[j], root) ^ (divisor[j + 1] ?? 0);
  }
  const rest = new Array(degree).fill(0);
  for (const word of block) {
    const factor = word ^ rest.shift();
    rest.push(0);
    divisor.forEach((coefficient, i) => (rest[i] ^= product(coefficient, factor)));
  }
  return rest;
}

// ---------------------------------------------------------------- patterns

/** @typedef {(x: number, y: number, dark: boolean) => void} Set */

/** What stands in every code of a version. @param {number} version @param {number} size @param {Set} set */
function drawFixed(version, size, set) {
  for (let i = 0; i < size; i += 1) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) finder(x, y, size, set);
  const places = aligned(version, size);
  for (const x of places) for (const y of places) if (!cornered(x, y, places)) square(x, y, 2, (far) => far !== 1, set);
  drawFormat(size, set);
  if (version >= 7) drawVersion(version, size, set);
}

/** @param {number} x @param {number} y @param {number} reach @param {(far: number) => boolean} dark @param {Set} set */
function square(x, y, reach, dark, set) {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
  }
}

/** With its white edge, as far as it lies within. @param {number} x @param {number} y @param {number} size @param {Set} set */
const finder = (x, y, size, set) => square(x, y, 4, (far) => far !== 2 && far !== 4, (i, j, dark) => {
  if (i >= 0 && j >= 0 && i < size && j < size) set(i, j, dark);
});

/** @param {number} version @param {number} size */
function aligned(version, size) {
  if (version === 1) return [];
  const last = size - 7;
  return version < 7 ? [6, last] : [6, 6 + (last - 6) / 2, last];
}

/** Where a finder stands already. @param {number} x @param {number} y @param {number[]} places */
function cornered(x, y, places) {
  const last = places[places.length - 1];
  return (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
}

/** @param {number} value @param {number} generator @param {number} bits */
function checked(value, generator, bits) {
  let rest = value;
  for (let i = 0; i < bits; i += 1) rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator);
  return (value << bits) | rest;
}

/** @param {number} size @param {Set} set */
function drawFormat(size, set) {
  const format = checked((LEVEL << 3) | MASK, 0x537, 10) ^ 0x5412;
  for (let i = 0; i < 15; i += 1) {
    const dark = Boolean((format >> i) & 1);
    const skipped = i + Number(i > 5); // the timing pattern lies between
    if (i < 8) set(8, skipped, dark);
    else set(i === 8 ? 7 : 14 - i, 8, dark);
    if (i < 8) set(size - 1 - i, 8, dark);
    else set(8, size - 15 + i, dark);
  }
  set(8, size - 8, true);
}

/** @param {number} version @param {number} size @param {Set} set */
function drawVersion(version, size, set) {
  const bits = checked(version, 0x1f25, 12);
  for (let i = 0; i < 18; i += 1) {
    const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)];
    set(a, b, Boolean((bits >> i) & 1));
    set(b, a, Boolean((bits >> i) & 1));
  }
}

/** The words in their zigzag from the lower right corner, masked. @param {number[]} words @param {boolean[][]} modules @param {boolean[][]} fixed */
function fill(words, modules, fixed) {
  const size = modules.length;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y][x]) continue;
        const dark = at < 8 * words.length && Boolean((words[at >> 3] >> (7 - (at & 7))) & 1);
        modules[y][x] = dark !== ((x + y) % 3 === 0);
        at += 1;
      }
    }
  }
}

// ---------------------------------------------------------------- as a picture

/** The code of a link as a picture, dark on white whatever the page's colours; null where the link is too long. @param {string} link @param {string} label */
export function qrPicture(link, label) {
  const modules = modulesOf(link);
  if (!modules) return null;
  const side = modules.length + 2 * QUIET;
  const dark = modules.flatMap((row, y) => row.map((on, x) => (on ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : ""))).join("");
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": label, class: "kp-qr-code", "shape-rendering": "crispEdges" })) svg.setAttribute(name, value);
  svg.innerHTML = `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${dark}"/>`;
  return svg;
}
