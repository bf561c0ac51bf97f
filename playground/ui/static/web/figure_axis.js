// The axis of a figure in parallel coordinates.
import { AxisScale } from "./axis_scale.js";
import { rangeOf } from "./lines.js";

/**
 * What has no number has no place on it, and takes none from the others.
 * @param {import("./metrics.js").Metric} metric @param {number[]} shown  of those that are shown @param {(id: number) => number} read
 * @returns {import("./parallel_plot.js").Upright}
 */
export function figureAxis(metric, shown, read) {
  const log = metric.scale === "log";
  const scale = new AxisScale(...rangeOf(shown.filter(Number.isFinite).map((value) => ({ x: new Float64Array(1), y: Float64Array.of(value) })), log), log);
  return {
    title: metric.title, at: (id) => scale.at(read(id)),
    ticks: scale.ticks(6).map(({ value, text }) => ({ at: scale.at(value), text: metric.scale === "share" ? `${Math.round(100 * value)} %` : text })),
  };
}
