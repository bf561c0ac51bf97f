// A palette PNG without compression: 0.1 ms for 100 × 100, where canvas.toDataURL takes milliseconds.

const CRC = new Uint32Array(256).map((_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** @param {Uint8Array} bytes @param {number} from @param {number} to */
function crc(bytes, from, to) {
  let c = 0xffffffff;
  for (let i = from; i < to; i += 1) c = CRC[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** @param {Uint8Array} bytes @param {number} from @param {number} to */
function adler(bytes, from, to) {
  let a = 1;
  let b = 0;
  for (let i = from; i < to; ) {
    for (const end = Math.min(to, i + 3800); i < end; i += 1) b += a += bytes[i];
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  const step = 8190; // a multiple of 3, and below every engine's limit of arguments
  let text = "";
  for (let i = 0; i < bytes.length; i += step) {
    text += String.fromCharCode.apply(null, /** @type {any} */ (bytes.subarray(i, i + step)));
  }
  return btoa(text);
}

/** A picture of fixed size and depth, its buffer reused frame after frame. */
export class PalettePng {
  /**
   * @param {number} width @param {number} height
   * @param {1 | 2 | 4 | 8} depth bits a pixel
   */
  constructor(width, height, depth) {
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.stride = Math.ceil((width * depth) / 8);
    const raw = height * (this.stride + 1);
    if (raw > 65535) throw new RangeError(`a stored block holds 65535 bytes. Got ${raw}.`);
    this.entries = Math.min(256, 2 ** depth);
    this.palettePos = 8 + 25;
    this.dataPos = this.palettePos + 12 + 3 * this.entries;
    this.bytes = new Uint8Array(this.dataPos + 12 + 2 + 5 + raw + 4 + 12);
    this.view = new DataView(this.bytes.buffer);
    this.writeFixedParts(raw);
  }

  /** @param {number} raw */
  writeFixedParts(raw) {
    const { bytes, view } = this;
    bytes.set([137, 80, 78, 71, 13, 10, 26, 10]);
    this.chunk(8, "IHDR", 13);
    view.setUint32(16, this.width);
    view.setUint32(20, this.height);
    bytes.set([this.depth, 3, 0, 0, 0], 24);
    this.seal(8, 13);
    this.chunk(this.palettePos, "PLTE", 3 * this.entries);
    this.dataLength = 2 + 5 + raw + 4;
    this.chunk(this.dataPos, "IDAT", this.dataLength);
    const zlib = this.dataPos + 8;
    bytes.set([0x78, 0x01, 1, raw & 255, raw >> 8, ~raw & 255, (~raw >> 8) & 255], zlib);
    this.rawPos = zlib + 7;
    this.rawLength = raw;
    const end = this.dataPos + 12 + this.dataLength;
    this.chunk(end, "IEND", 0);
    this.seal(end, 0);
  }

  /** @param {number} pos @param {string} name @param {number} length */
  chunk(pos, name, length) {
    this.view.setUint32(pos, length);
    for (let i = 0; i < 4; i += 1) this.bytes[pos + 4 + i] = name.charCodeAt(i);
  }

  /** @param {number} pos @param {number} length */
  seal(pos, length) {
    this.view.setUint32(pos + 8 + length, crc(this.bytes, pos + 4, pos + 8 + length));
  }

  /** @param {Uint8Array} palette RGB triples; the same array object is written once */
  setPalette(palette) {
    if (palette === this.palette) return;
    this.palette = palette;
    this.bytes.set(palette.subarray(0, 3 * this.entries), this.palettePos + 8);
    this.seal(this.palettePos, 3 * this.entries);
  }

  /**
   * @param {Uint8Array} pixels (height, width), row 0 at the bottom as in a chart
   * @returns {string} data URL
   */
  encode(pixels) {
    const { bytes, width, height, depth, stride, rawPos } = this;
    for (let row = 0; row < height; row += 1) {
      const from = (height - 1 - row) * width;
      const to = rawPos + row * (stride + 1) + 1;
      if (depth === 8) bytes.set(pixels.subarray(from, from + width), to);
      else this.pack(pixels, from, to);
    }
    this.view.setUint32(rawPos + this.rawLength, adler(bytes, rawPos, rawPos + this.rawLength));
    this.seal(this.dataPos, this.dataLength ?? 0);
    return `data:image/png;base64,${base64(bytes)}`;
  }

  /** @param {Uint8Array} pixels @param {number} from @param {number} to */
  pack(pixels, from, to) {
    const { width, depth, bytes, stride } = this;
    const perByte = 8 / depth;
    for (let b = 0; b < stride; b += 1) {
      let value = 0;
      for (let p = 0; p < perByte; p += 1) {
        const x = b * perByte + p;
        value = (value << depth) | (x < width ? pixels[from + x] : 0);
      }
      bytes[to + b] = value;
    }
  }
}
