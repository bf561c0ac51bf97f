// What the page knows of its range test: it trains for as long as the page looks, so there is nothing to play.
import { LiveSession } from "../web/live_session.js";

export class FinderSession extends LiveSession {
  /** @param {import("../web/decode.js").Message} message */
  receive(message) {
    if (message.header.type === "rates") this.hello(message);
    else if (message.header.type === "losses") this.frame(message);
    else super.receive(message);
  }

  align() {}
}
