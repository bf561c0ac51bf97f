// What this browser keeps for all its tabs. Whatever the browser forbids, nothing breaks.

export class BrowserStorage {
  /** @param {string} key also of what is told in this window; the browser tells the other tabs */
  constructor(key) {
    this.key = key;
  }

  /** The text that is kept, null where there is none. Throws where the browser does not allow it. */
  read() {
    return localStorage.getItem(this.key);
  }

  /** @param {string} text @returns {"" | "full" | "forbidden"} why it is not kept */
  write(text) {
    try {
      localStorage.setItem(this.key, text);
    } catch (error) {
      return isFull(error) ? "full" : "forbidden";
    }
    window.dispatchEvent(new Event(this.key));
    return "";
  }

  /** @param {() => void} listener @returns {() => void} removes it */
  listen(listener) {
    const onStorage = (/** @type {StorageEvent} */ event) => {
      if (event.key === this.key || event.key === null) listener(); // null: all was cleared
    };
    window.addEventListener("storage", onStorage);
    window.addEventListener(this.key, listener);
    return () => {
      window.removeEventListener("storage", onStorage);
      window.removeEventListener(this.key, listener);
    };
  }
}

/** @param {unknown} error */
const isFull = (error) => error instanceof DOMException && ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"].includes(error.name);
