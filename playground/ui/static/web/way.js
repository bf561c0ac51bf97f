// By which way a page reaches its run: a WebSocket, or Streamlit's own connection where none comes through.
import { PIPE } from "./facts.js";

const BARRED_AFTER = 2; // connections in which the server never spoke
const OUR_CODES = 4000;

/**
 * @typedef {import("./mounting.js").Component<{answer: string}>} Component  that carries the turns of `pipe.js`
 * @typedef {WebSocket | import("./pipe.js").PipedSocket} Connection
 */

class Way {
  works = false; // the server has spoken in a WebSocket since this page was opened
  failures = 0;
  barred = false; // none ever comes through
  /** @type {Component | null} */
  component = null;
  /** @type {unknown} */
  end = null; // where it is mounted
  /** @type {((isAnother: boolean) => void) | null} */
  onComponent = null; // of `pipe.js`, once it is needed

  /** @param {string} url @returns {Promise<Connection> | Connection} */
  connectionTo(url) {
    if (!this.barred && !url.startsWith(PIPE.scheme)) return new WebSocket(url);
    return import("./pipe.js").then(({ PipedSocket }) => new PipedSocket(/** @type {string} */ (url.split(/[/:]/).pop())));
  }

  /** The server has spoken. @param {unknown} connection */
  noteGreeting(connection) {
    if (connection instanceof WebSocket) this.works = true;
  }

  /**
   * One has ended. Where the server spoke in none, and is there all the same, something on the way refuses them.
   * @param {unknown} connection @param {number} code
   */
  async noteEnd(connection, code) {
    if (connection instanceof WebSocket && code >= OUR_CODES) this.works = true;
    if (this.works || this.barred || !(connection instanceof WebSocket)) return;
    this.failures += 1;
    if (this.failures < BARRED_AFTER) return;
    const answer = await fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store" }).catch(() => null);
    this.barred = Boolean(answer?.ok) && !this.works;
  }

  /** Streamlit has mounted the component, or tells it something. @param {unknown} end @param {Component} component */
  attach(end, component) {
    const isAnother = end !== this.end;
    this.end = end;
    this.component = component;
    this.onComponent?.(isAnother);
  }

  /** @param {unknown} end */
  detach(end) {
    if (end === this.end) this.component = this.end = null;
  }
}

export const way = new Way();

/** The whole address of a live channel. @param {string} live  relative to the page, or of Streamlit's own connection @returns {string} */
export function addressOf(live) {
  if (live.startsWith(PIPE.scheme)) return live;
  const url = new URL(live, document.baseURI);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
