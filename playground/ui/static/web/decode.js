// The wire format: JSON text to the server; a length-prefixed JSON header and raw arrays back.

/**
 * @typedef {Record<string, any> & {type: string}} Header
 * @typedef {{header: Header, arrays: Record<string, {data: Uint8Array | Int32Array | Float32Array | Float64Array, shape: number[]}>}} Message
 */

const TYPES = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array };
const MIN_HEADER = 4;

/** Numbers NaN and Infinity are no JSON; a server that writes them anyway must not break the page. */
function parseHeader(/** @type {string} */ text) {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(text.replace(/-?\b(NaN|Infinity)\b/g, "null"));
  }
}

/**
 * Decode one binary message.
 * @param {ArrayBuffer} buffer
 * @returns {Message}
 */
export function decode(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = parseHeader(new TextDecoder().decode(new Uint8Array(buffer, MIN_HEADER, length)));
  /** @type {Message["arrays"]} */
  const arrays = {};
  let offset = MIN_HEADER + length;
  for (const { name, dtype, shape } of header.arrays ?? []) {
    const Type = TYPES[/** @type {keyof typeof TYPES} */ (dtype)];
    if (!Type) throw new TypeError(`unknown dtype ${dtype}`);
    const size = shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
    const end = offset + size * Type.BYTES_PER_ELEMENT;
    // slice copies: the bytes are not aligned to the element size
    arrays[name] = { data: new Type(buffer.slice(offset, end)), shape };
    offset = end;
  }
  return { header, arrays };
}
