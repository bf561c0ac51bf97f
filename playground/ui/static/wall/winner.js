// Which value of a wall's one axis won, where several seeds tell it from luck.
import { h, setHidden } from "../web/dom.js";
import { sorted } from "../web/ordering.js";
import { lower } from "../web/format.js";

/** A line under the grid: "Best: learning rate 0.03 (mean test accuracy 99.1 % over 8 seeds)". */
export class Winner {
  constructor() {
    this.node = h("p", { class: "kp-winner", hidden: true, data: { testid: "winner" } });
  }

  /** @param {import("./look.js").Look} look */
  show(look) {
    const words = winnerOf(look);
    setHidden(this.node, !words);
    if (this.node.textContent !== words) this.node.textContent = words;
  }
}

/**
 * By what the part beside training says, whatever the cells are coloured by; empty where there is nothing to tell.
 * @param {import("./look.js").Look} look
 */
export function winnerOf({ plan, results, metrics: [metric] }) {
  if (plan.axes.length !== 1 || plan.seeds < 2 || results.epoch < 1) return "";
  const summed = results.cells(metric);
  const most = Math.max(...summed.map(({ count }) => count)); // one lucky seed of many that diverged is no winner
  const [best] = sorted(summed.map(({ mean, count }) => (count === most ? mean : NaN)), metric.more);
  if (!most) return "";
  const seeds = most < plan.seeds ? `${most} of ${plan.seeds} seeds` : `${most} seeds`;
  return `Best: ${plan.nameOf(best)} (mean ${lower(metric.title)} ${metric.format(summed[best].mean)} over ${seeds})`;
}
