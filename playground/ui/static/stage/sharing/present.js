// For a projector: the stage alone, in large type, with keys to play and to step.
import { h, setHidden } from "../../web/dom.js";
import { loadStyle } from "./style.js";

const ON = "present"; // attribute of the document, and of the stage that is shown alone; present.css shows it by that
const BUSY = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]:not([contenteditable=false]), "
  + "[role=slider], [role=tab], [role=menuitem], [role=dialog], dialog, [data-escape=own]";

export class Present {
  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.on = false;
    this.full = false; // whether the screen was asked for, and given
    this.endButton = h("button", { type: "button", class: "kp-button kp-present-end", title: "Back to the whole page (Escape)", hidden: true, onclick: () => this.end() }, "End");
    stage.transport.buttons.append(this.endButton);
    this.onKey = this.onKey.bind(this);
    this.onFull = this.onFull.bind(this);
  }

  /** Chosen by hand the whole screen is asked for, too; nothing hangs on it. @param {boolean} byHand */
  async open(byHand) {
    if (byHand) document.documentElement.requestFullscreen?.().then(() => this.filled(), () => {});
    await this.start();
    if (byHand) this.stage.transport.playButton.focus({ preventScroll: true });
  }

  async start() {
    if (this.on) return;
    this.on = true;
    await loadStyle("present.css").catch(() => {
      this.on = false;
      this.stage.say("Presenting could not be loaded. Choose it again, or reload the page.");
    });
    if (!this.on) return;
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("fullscreenchange", this.onFull);
    this.show(true);
  }

  end() {
    if (!this.on) return;
    this.on = false;
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("fullscreenchange", this.onFull);
    if (this.full) document.exitFullscreen?.().catch(() => {});
    this.full = false;
    this.show(false);
    this.stage.transport.copyLink.more.focus({ preventScroll: true });
  }

  /** @param {boolean} on */
  show(on) {
    const { root } = this.stage;
    root.closest("[data-testid=stMain]")?.scrollTo(0, 0); // what it is measured from
    window.scrollTo(0, 0);
    document.documentElement.toggleAttribute(`data-${ON}`, on);
    root.toggleAttribute(`data-${ON}`, on);
    setHidden(this.endButton, !on);
    this.stage.size?.fit();
    this.stage.resize();
  }

  filled() {
    if (this.on) this.full = true;
    else document.exitFullscreen?.().catch(() => {});
  }

  /** Escape leaves the whole screen before any key is heard of. */
  onFull() {
    if (document.fullscreenElement) return;
    if (this.full) this.end();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const act = { ArrowRight: () => this.step(1), ArrowLeft: () => this.step(-1), Home: () => this.stage.session.rewind(), Escape: () => this.end() }[event.key];
    const target = event.composedPath()[0];
    if (!act || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (target instanceof Element && target.closest(BUSY)) return;
    event.preventDefault();
    act();
  }

  /** One epoch on, which is trained where none is there yet, or one back. @param {number} by */
  step(by) {
    const { session, shown } = this.stage;
    const at = session.scrubbing?.wanted ?? shown?.epoch ?? 0;
    if (by > 0 && (session.playing || at >= session.lastEpoch)) return this.stage.step();
    this.stage.scrub(Math.max(0, at + by));
  }

  destroy() {
    this.end();
    this.endButton.remove();
  }
}
