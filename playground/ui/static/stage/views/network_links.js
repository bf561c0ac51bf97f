// The links of the network diagram: their colour is the sign of the weight, their width its size.
import { css } from "../../web/theme.js";

/** Width of a link in px: seen from 0.05 on, and still growing at 4. @param {number} weight */
export const linkWidth = (weight) => 0.3 + 2.5 * Math.sqrt(Math.min(4, Math.abs(weight)));

export class LinkPainter {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  /** @param {import("./network_paint.js").Picture} picture @param {number} ratio px of the canvas to one of CSS */
  paint(picture, ratio) {
    const { context, canvas } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.scale(ratio, ratio);
    this.paintAll(picture);
    this.paintChosen(picture);
  }

  /** @param {import("./network_paint.js").Picture} picture */
  paintAll({ layout, links, chosen, colors }) {
    if (!links) return;
    const tints = [css(colors[0]), css(colors[1])];
    let at = 0;
    for (let layer = 1; layer < layout.columns.length; layer += 1) {
      const all = layout.columns[layer - 1].nodes;
      for (const a of layer === 1 ? chosen.map((i) => all[i]) : all) {
        for (const b of layout.columns[layer].nodes) this.paintOne(a, b, links[at++], tints);
      }
    }
    this.context.globalAlpha = 1;
  }

  /** @param {import("./network_layout.js").Node} a @param {import("./network_layout.js").Node} b @param {number} weight @param {string[]} tints */
  paintOne(a, b, weight, tints) {
    const { context } = this;
    context.globalAlpha = 0.2 + 0.7 * Math.min(1, Math.abs(weight));
    context.strokeStyle = tints[weight < 0 ? 0 : 1];
    context.lineWidth = linkWidth(weight);
    curve(context, a, b);
    context.stroke();
  }

  /** @param {import("./network_paint.js").Picture} picture */
  paintChosen({ layout, link, links, theme }) {
    if (!link || !links) return;
    const a = layout.columns[link.layer - 1].nodes[link.from];
    const b = layout.columns[link.layer].nodes[link.to];
    if (!a || !b) return;
    const { context } = this;
    context.strokeStyle = theme.text;
    context.lineWidth = 1.5;
    context.setLineDash([5, 3]);
    curve(context, a, b);
    context.stroke();
    context.setLineDash([]);
  }
}

/** @param {CanvasRenderingContext2D} context @param {import("./network_layout.js").Node} a @param {import("./network_layout.js").Node} b */
function curve(context, a, b) {
  const x0 = a.x + a.size / 2;
  const x1 = b.x - b.size / 2;
  const middle = (x0 + x1) / 2;
  context.beginPath();
  context.moveTo(x0, a.y);
  context.bezierCurveTo(middle, a.y, middle, b.y, x1, b.y);
}
