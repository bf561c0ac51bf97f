// What the learner asks of the network itself: layers, neurons, inputs.
import { FEATURES, MAX_UNITS } from "../../web/facts.js";

const ASK_AGAIN = 1500; // ms
const TRIES = 3;

/** @typedef {{hidden: (number | null)[], features: string[]}} Network  a layer of null neurons is as wide as Python likes */

export class NetworkWishes {
  /** @param {(wish: Network) => void} ask */
  constructor(ask) {
    this.send = ask;
    /** @type {Network} */
    this.network = { hidden: [], features: [] };
    /** @type {Network | undefined} */
    this.wished = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.asking = undefined;
  }

  /** The network on the page. @param {Network} network */
  setNetwork(network) {
    this.network = network;
  }

  /** The network asked for: the picture may still be that of the click before. */
  get wish() {
    return this.wished ?? this.network;
  }

  get granted() {
    const { wish, network } = this;
    return fits(wish.hidden, network.hidden) && fits([...wish.features].sort(), [...network.features].sort());
  }

  /** @param {number} by */
  changeLayers(by) {
    const { hidden } = this.wish;
    const another = hidden.length ? hidden[hidden.length - 1] : null; // Python knows how wide a first one is
    this.ask({ ...this.wish, hidden: by > 0 ? [...hidden, another] : hidden.slice(0, by) });
  }

  /** @param {number} layer @param {number} by */
  changeUnits(layer, by) {
    const hidden = [...this.wish.hidden];
    const units = hidden[layer - 1];
    if (!units) return;
    hidden[layer - 1] = Math.max(1, Math.min(MAX_UNITS, units + by));
    this.ask({ ...this.wish, hidden });
  }

  /** @param {number} place among all features */
  toggleFeature(place) {
    const { name } = FEATURES[place];
    const { features } = this.wish;
    this.ask({ ...this.wish, features: features.includes(name) ? features.filter((each) => each !== name) : [...features, name] });
  }

  /**
   * The whole network, so that nothing is lost where Streamlit drops one of two quick clicks; once more when it drops
   * the last.
   * @param {Network} wish @param {number} [tries]
   */
  ask(wish, tries = TRIES) {
    clearTimeout(this.asking);
    this.wished = wish;
    this.send(wish);
    this.asking = setTimeout(() => {
      if (tries > 1 && !this.granted) this.ask(wish, tries - 1);
      else this.wished = undefined;
    }, ASK_AGAIN);
  }

  destroy() {
    clearTimeout(this.asking);
  }
}

/** @param {unknown[]} ours @param {unknown[]} theirs */
const fits = (ours, theirs) => ours.length === theirs.length && ours.every((value, i) => value === null || value === theirs[i]);
