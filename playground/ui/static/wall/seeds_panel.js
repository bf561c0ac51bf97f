// A cell that is open: each of its networks by itself.
import { h, icon, LiveText, setHidden } from "../web/dom.js";
import { MapPicture } from "../web/map_picture.js";
import { paintCell } from "./cell_picture.js";
import { Luck } from "./luck.js";
import { addressInPlay } from "../web/in_play.js";
import { percent } from "./sentences.js";

/** @typedef {import("./look.js").Look} Look */

const GOALS = [0.8, 0.9, 0.95, 0.98, 0.99, 1];
const GOAL = 0.95;
/** The fewer seeds, the larger each. */
const TILES = [{ most: 5, px: 170 }, { most: 11, px: 130 }];
const SMALL = { px: 96 };

export class SeedsPanel {
  /** @type {number | null} */
  cell = null;
  /** @type {import("./plan.js").Plan | null} */
  plan = null;
  /** @type {{picture: MapPicture, figures: LiveText}[]} */
  seeds = [];
  mean = new MapPicture();
  disagree = new LiveText("");
  reached = new LiveText("");
  /** @type {Luck | null} */
  luck = null;
  goal = GOAL;
  epoch = 0;

  /** @param {{open: (cell: number | null) => void, closed: (cell: number) => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.title = h("h3", { class: "kp-title", id: "kp-seeds-title" });
    this.goals = h("select", { class: "kp-select", "aria-label": "Accuracy to be reached", onchange: () => this.setGoal(Number(this.goals.value)) },
      ...GOALS.map((goal) => h("option", { value: goal, selected: goal === GOAL }, `${Math.round(goal * 100)} %`)));
    this.luckLine = h("p", { class: "kp-luck", hidden: true }, h("span", { data: { testid: "luck" } }, this.reached.node), this.goals);
    this.list = h("div", { class: "kp-seeds-list", role: "list" });
    this.closeButton = h("button", { type: "button", class: "kp-icon-button", "aria-label": "Close the seeds", title: "Close", onclick: () => this.close() }, icon("close"));
    this.node = h("section", {
      class: "kp-seeds", hidden: true, role: "dialog", "aria-labelledby": "kp-seeds-title", data: { testid: "seeds" },
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.close(),
    }, h("header", {}, this.title, this.closeButton), this.luckLine, this.list);
  }

  /** @param {number} cell @param {import("./plan.js").Plan} plan @param {boolean} [focus] */
  open(cell, plan, focus = true) {
    this.cell = cell;
    this.title.textContent = plan.axes.length ? `${plan.seeds} seeds of ${plan.nameOf(cell)}` : `${plan.seeds} seeds`;
    this.plan = plan;
    setHidden(this.luckLine, plan.cells[cell].task !== "classification");
    this.luck = null;
    this.node.style.setProperty("--kp-tile", `${(TILES.find(({ most }) => plan.seeds <= most) ?? SMALL).px}px`);
    this.seeds = Array.from({ length: plan.seeds }, () => ({ picture: new MapPicture(), figures: new LiveText("") }));
    this.mean.canvas.setAttribute("aria-hidden", "true");
    this.list.replaceChildren(h("div", { class: "kp-seed", role: "listitem", data: { testid: "seeds-mean" } }, this.mean.canvas,
      h("span", { class: "kp-seed-name" }, "Mean"), h("span", { class: "kp-seed-figures" }, this.disagree.node)), ...this.seeds.map(({ picture, figures }, seed) => {
      const link = plan.hello.links[plan.first(cell) + seed];
      picture.canvas.setAttribute("aria-hidden", "true");
      return h("div", { class: "kp-seed", role: "listitem", data: { testid: "seed", link } }, picture.canvas,
        h("span", { class: "kp-seed-name" }, `Seed ${seed + 1}`), h("span", { class: "kp-seed-figures" }, figures.node),
        h("a", { href: addressInPlay(link), "aria-label": `Open in Play: seed ${seed + 1}` }, "Open in Play"));
    }));
    this.node.hidden = false;
    this.actions.open(cell);
    if (focus) this.closeButton.focus();
  }

  /** @param {number} goal */
  setGoal(goal) {
    this.goal = goal;
    const { luck } = this;
    if (this.plan && luck && this.cell !== null) this.sayLuck(this.plan, luck.figures, this.cell);
  }

  /** @param {import("./plan.js").Plan} plan @param {import("./figure_store.js").FigureStore} figures @param {number} cell */
  sayLuck(plan, figures, cell) {
    if (this.luckLine.hidden) return;
    if (this.luck?.figures !== figures || this.luck.goal !== this.goal) this.luck = new Luck(plan, figures, cell, this.goal);
    this.reached.write(this.luck.sentence(this.epoch));
  }

  close() {
    const { cell } = this;
    if (cell === null) return;
    this.forget();
    this.actions.open(null);
    this.actions.closed(cell);
  }

  /** Another wall is shown. */
  forget() {
    this.cell = null;
    this.node.hidden = true;
  }

  /** @param {import("../web/messages.js").CellsMessage} frame @param {Look} look */
  paint({ header, arrays }, { plan, palettes, results, metrics, disagreement }) {
    const { cell } = this;
    if (cell === null) return;
    this.epoch = header.epoch;
    this.sayLuck(plan, results.figures, cell);
    const two = metrics.filter(({ name }) => name === "val_accuracy" || name === "val_loss");
    this.seeds.forEach(({ figures }, seed) => {
      const network = plan.first(cell) + seed;
      figures.write(results.isDiverged(network) ? `diverged at epoch ${results.epochsOf[network]}` : two.map((metric) => metric.format(results.of(network, metric))).join(" · "));
    });
    if (results.disagreement) this.disagree.write(`seeds disagree on ${percent(results.disagreement[cell])}`);
    if (header.opened !== cell || !arrays.seed_maps) return;
    const { data, shape: [, values, n] } = arrays.seed_maps;
    const [lo, hi] = arrays.ranges.data.subarray(2 * cell, 2 * cell + 2);
    const spread = arrays.spread?.data.subarray(cell * n * n, (cell + 1) * n * n) ?? null;
    const every = arrays.maps.shape[1];
    paintCell(this.mean, plan.cells[cell], palettes, { map: arrays.maps.data.subarray(cell * every * n * n, (cell + 1) * every * n * n), n, lo, hi, spread }, disagreement);
    this.seeds.forEach(({ picture }, seed) => paintCell(picture, plan.cells[cell], palettes,
      { map: data.subarray(seed * values * n * n, (seed + 1) * values * n * n), n, lo, hi, spread: null }, false));
    this.node.dataset.epoch = String(header.epoch);
  }
}
