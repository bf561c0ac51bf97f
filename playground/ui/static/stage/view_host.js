// The panel beside the boundary: tabs, and the one view that is shown. Only that one is asked for and drawn.
import { h, icon } from "../web/dom.js";
import { VIEWS } from "../web/facts.js";
import { Tabs } from "../web/tabs.js";

/**
 * What every view gets.
 * @typedef {object} ViewContext
 * @property {import("../web/theme.js").Theme} theme
 * @property {() => any} plotly                       plotly.js, once it is there
 * @property {() => import("./boundary_chart.js").BoundaryChart | undefined} chart   the main chart
 * @property {(message: import("../web/messages.js").PageMessage) => void} send      to the server
 * @property {(options: Record<string, unknown>) => void} want                     ask for another form of this view
 * @property {(focus: {layer: number, unit: number} | null) => void} focus           a neuron for the main chart
 * @property {(wish: Record<string, unknown>) => void} change                       ask Python for a run of another experiment
 * @property {() => void} rewind                                                   the run goes back to epoch 0
 * @property {(sentence: string) => void} say                                        a line over the boundary
 * @property {(name: string, options?: Record<string, unknown>) => void} open        another view, in one of its forms
 *
 * What every view is. `show` gets the view's own messages, `frame` each frame that is painted; the messages that come
 * while a view is not shown never reach it. A view that is shown again gets the newest of them anew.
 * @typedef {object} View
 * @property {HTMLElement} node                        fills the panel's body
 * @property {HTMLElement} [head]                      its switches, beside the tabs
 * @property {Record<string, unknown>} [first]         the options it asks for first
 * @property {(hello: import("../web/decode.js").Message) => void} setRun
 * @property {(frame: import("../web/decode.js").Message) => void} [frame]
 * @property {(message: import("../web/decode.js").Message) => void} [show]
 * @property {(theme: import("../web/theme.js").Theme) => void} setTheme
 * @property {() => void} [hide]                       gives way to another view
 * @property {(options: any) => void} [choose]         shows itself in one of its forms
 * @property {() => void} resize
 * @property {() => void} destroy
 */

/** @typedef {import("../web/facts.js").ViewName} ViewName */

export class ViewHost {
  /**
   * @param {Omit<ViewContext, "want" | "open">} context
   * @param {{wish: (wish: import("../web/messages.js").PageMessage) => void, layout: (name: string, tall: boolean) => void}} actions
   */
  constructor(context, actions) {
    this.context = context;
    this.actions = actions;
    this.name = "none";
    this.tall = false;
    this.rings = false;
    /** @type {Map<string, Promise<View>>} */
    this.views = new Map();
    /** @type {Map<string, Record<string, unknown>>} */
    this.wants = new Map();
    /** @type {View | null} */
    this.view = null;
    this.tabs = new Tabs("Look inside", "kp-view", VIEWS, (name) => this.select(name));
    this.build();
  }

  build() {
    this.tallButton = h("button", {
      type: "button", class: "kp-icon-button", "aria-pressed": "false", title: "More room: hides the curves", "aria-label": "More room",
      onclick: () => this.setTall(!this.tall),
    }, icon("room"));
    this.closeButton = h("button", {
      type: "button", class: "kp-icon-button", title: "Close: the boundary gets the room", "aria-label": "Close this view", onclick: () => this.select("none"),
    }, icon("close"));
    this.head = h("div", { class: "kp-view-head" });
    this.body = h("div", { class: "kp-view-body", id: "kp-view", role: "tabpanel", data: { testid: "view" } });
    this.node = h("section", { class: "kp-panel kp-views", "aria-label": "Look inside" },
      h("header", { class: "kp-views-head" }, this.tabs.node, this.tallButton, this.closeButton), this.head, this.body);
  }

  /** @param {boolean} tall */
  setTall(tall) {
    this.tall = tall;
    this.tallButton.setAttribute("aria-pressed", String(tall));
    this.actions.layout(this.name, tall);
  }

  /** Show another view; the one that is shown gives way at once. @param {string} name */
  async select(name) {
    if (name === this.name) return;
    this.name = name;
    this.view?.hide?.();
    this.view = null;
    this.context.focus(null);
    this.tabs.show(name);
    this.body.setAttribute("aria-labelledby", `kp-tab-${name}`);
    this.actions.layout(name, this.tall);
    this.body.replaceChildren();
    this.head.replaceChildren();
    if (name === "none") return this.ask();
    const view = await this.made(name).catch(() => null);
    if (!view) return this.context.say("This view could not be loaded. Choose it again, or reload the page.");
    if (this.name !== name) return;
    this.view = view;
    this.body.replaceChildren(view.node);
    if (view.head) this.head.replaceChildren(view.head);
    this.ask();
    view.setTheme(this.context.theme);
    if (this.hello) view.setRun(this.hello);
    view.resize();
    if (this.lastFrame) view.frame?.(this.lastFrame);
  }

  /** Another view in one of its forms. @param {string} name @param {Record<string, unknown>} [options] */
  async open(name, options) {
    await this.select(name);
    if (this.name === name && options) this.view?.choose?.(options);
  }

  /** @param {string} name @returns {Promise<View>} */
  made(name) {
    const known = this.views.get(name);
    if (known) return known;
    const view = import(`./views/${name}_view.js`).then(({ default: Kind }) => {
      const made = new Kind({ ...this.context, want: (/** @type {any} */ options) => this.want(name, options), open: (/** @type {string} */ other, /** @type {any} */ options) => this.open(other, options) });
      if (!this.wants.has(name)) this.wants.set(name, made.first ?? {});
      return made;
    });
    this.views.set(name, view);
    view.catch(() => this.views.delete(name)); // the next click tries again
    return view;
  }

  /** @param {string} name @param {Record<string, unknown>} options */
  want(name, options) {
    this.wants.set(name, { ...this.wants.get(name), ...options });
    if (name === this.name) this.ask();
  }

  /** @param {boolean} rings */
  setRings(rings) {
    this.rings = rings;
    this.ask();
  }

  /** Tell the server what is shown. */
  ask() {
    const view = /** @type {import("../web/messages.js").ViewWanted | null} */ (this.name === "none" ? null : { name: this.name, ...this.wants.get(this.name) });
    this.actions.wish({ type: "show", view, rings: this.rings });
  }

  // ---------------------------------------------------------------- news

  /** @param {import("../web/decode.js").Message} hello @param {boolean} fresh */
  setRun(hello, fresh) {
    this.hello = hello;
    if (fresh) this.lastFrame = undefined;
    this.view?.setRun(hello);
  }

  /** @param {import("../web/decode.js").Message} frame just painted */
  frame(frame) {
    this.lastFrame = frame;
    this.view?.frame?.(frame);
  }

  /** A view's own message; only when it is drawn the server computes the next one. @param {import("../web/decode.js").Message} message */
  show(message) {
    if (message.header.view.name === this.name && this.view) {
      if (message.header.fault) this.context.say(message.header.fault);
      else this.view.show?.(message);
      this.node.dataset.epoch = message.header.epoch;
      this.node.dataset.shown = String(Number(this.node.dataset.shown ?? 0) + 1);
    }
    this.context.send({ type: "viewed" });
  }

  /** @param {import("../web/theme.js").Theme} theme */
  setTheme(theme) {
    this.context = { ...this.context, theme };
    this.view?.setTheme(theme);
  }

  resize() {
    this.view?.resize();
  }

  destroy() {
    for (const view of this.views.values()) view.then((made) => made.destroy(), () => {});
  }
}
