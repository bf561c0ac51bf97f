"""A browser that Playwright cannot drive, driven by W3C WebDriver: what its two protocols have in common."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import Any

from tests.served_app import PATIENCE

HOME, END, ENTER, ESCAPE = "\ue011", "\ue010", "\ue007", "\ue00c"
NOTE_COMPLAINTS = """() => {
    if (window.complaints) return;
    const said = window.complaints = [];
    const note = (kind, what) => said.push(`${kind}: ${what}`);
    addEventListener("error", event => note("error", event.message ?? event.target?.src ?? event.target?.href), true);
    addEventListener("unhandledrejection", event => note("rejection", event.reason?.stack ?? event.reason));
    document.addEventListener("securitypolicyviolation",
        event => note("policy", `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
    const error = console.error;
    console.error = (...words) => { note("console", words.join(" ")); error.apply(console, words); };
}"""
"""Takes down what goes wrong in a page, in the page itself: WebDriver hears nothing of a policy that was broken."""

STAGE = "document.querySelector('[data-testid=stage], [data-testid=wall]')"
"""What is live in a page: the stage, or the wall."""
_CONTROL = """[...document.querySelectorAll("button, select, input, [role=tab]")].find(node =>
    node.getClientRects().length && (node.getAttribute("aria-label") ?? node.textContent.trim()) === %s)"""


class NoBrowser(RuntimeError):
    """The browser is not there, and could not be installed: a test that needs it fails."""


def control(name: str) -> str:
    """Finds the visible control that is called so."""
    return _CONTROL % json.dumps(name)


def element(selector: str) -> str:
    """Finds the first element of a CSS selector."""
    return f"document.querySelector({json.dumps(selector)})"


class DrivenBrowser(ABC):
    """One window of a browser, without a screen. `node` in what follows is an expression that finds an element."""

    @abstractmethod
    def open(self, url: str) -> None:
        """Go to an address."""

    @abstractmethod
    def address(self) -> str:
        """Where it is, asked of the browser: a page that is left for another answers nothing."""

    @abstractmethod
    def close(self) -> None:
        """End the browser."""

    @abstractmethod
    def _answer(self, expression: str) -> Any:
        """What a JavaScript expression gives, or the promise that it is, as JSON can hold it."""

    @abstractmethod
    def _act(self, actions: list[dict[str, Any]]) -> None:
        """Perform WebDriver's actions."""

    def ask(self, expression: str) -> Any:
        """What an expression gives in the page."""
        return json.loads(self._answer(f"Promise.resolve({expression}).then(answer => JSON.stringify(answer ?? null))"))

    def until(self, condition: str) -> None:
        """Wait in the page until a condition over the stage's dataset `d` holds."""
        look = f"""new Promise(done => {{
            const end = performance.now() + {1000 * PATIENCE};
            const look = () => {{
                const d = {STAGE}?.dataset ?? {{}};
                if ({condition}) done("");
                else if (performance.now() > end) done(JSON.stringify(d));
                else setTimeout(look, 20);
            }};
            look();
        }})"""
        stage = self.ask(look)
        assert stage == "", f"Never came: {condition}\nThe stage: {stage}\nThe page: {self.complaints()}"

    def click(self, node: str) -> None:
        """Click in the middle of an element, as soon as it is there."""
        self.until(node)
        self.hover(node)
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act([{**MOUSE, "actions": press}])

    def hover(self, node: str, right: int = 0, down: int = 0) -> None:
        """Move the mouse to an element, so many pixels off its middle."""
        found = f"(box => [box.x + box.width / 2, box.y + box.height / 2])(({node}).getBoundingClientRect())"
        x, y = self.ask(found)
        moves = [{"type": "pointerMove", "x": round(x) + right + off, "y": round(y) + down} for off in (3, 0)]
        self._act([{**MOUSE, "actions": moves}])

    def type(self, text: str) -> None:
        """Press the keys of a text, one after the other."""
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self._act([{"type": "key", "id": "keyboard", "actions": keys}])

    def complaints(self) -> list[str]:
        """What went wrong in the page so far."""
        return list(self.ask("window.complaints"))


MOUSE = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
