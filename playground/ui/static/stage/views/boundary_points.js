// The decision boundary as points: drawn, and as a file.

/** @param {import("../../web/decode.js").Message} message with `points`, `classes` and `differences` */
export function csvOf({ arrays: { points, classes, differences } }) {
  const rows = Array.from(differences.data, (difference, i) => [
    points.data[2 * i], points.data[2 * i + 1], classes.data[2 * i], classes.data[2 * i + 1], difference].join(","));
  return `x1,x2,class_a,class_b,logit_difference\n${rows.join("\n")}${rows.length ? "\n" : ""}`;
}

/** @param {string} name @param {string} text */
export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * @param {CanvasRenderingContext2D} context @param {import("./plane_panel.js").Place} place
 * @param {ArrayLike<number>} points (m, 2) flat @param {string} color
 */
export function drawDots(context, { x, y, size }, points, color) {
  const radius = size < 150 ? 1.1 : 1.5;
  context.fillStyle = color;
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) {
    const [left, top] = [x(points[i]), y(points[i + 1])];
    context.moveTo(left + radius, top);
    context.arc(left, top, radius, 0, 2 * Math.PI);
  }
  context.fill();
}
