// A file from the page to the disk.

/** @param {string} address @param {string} name */
function download(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/** @param {BlobPart[]} parts @param {string} type @param {string} name */
export function save(parts, type, name) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  download(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // a slow disk, or a question where to put it
}

/**
 * A picture of an SVG, on white.
 * @param {BlobPart[]} parts @param {number} width px
 * @returns {Promise<Blob>}
 */
export async function rasterised(parts, width) {
  const address = URL.createObjectURL(new Blob(parts, { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = Math.round((width * image.naturalHeight) / image.naturalWidth);
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("No picture came of it."))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
