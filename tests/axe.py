"""What axe-core finds on a page: faults that keep somebody out, and names that do not say what is seen."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

# The script alone: the package's own runner cannot be asked for a rule that is off by default.
SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
GRAVE = ("serious", "critical")
NAMES = "label-content-name-mismatch"  # WCAG 2.5.3
_RUN = """async names => {
    const moves = each => each.playState !== 'finished' && Number.isFinite(each.effect?.getComputedTiming().endTime);
    for (let still = 0, frames = 0; still < 3 && frames < 60; still++, frames++) {
        await new Promise(requestAnimationFrame); // what fades in begins a frame after it is there
        const moving = document.getAnimations().filter(moves);
        if (moving.length) still = 0;
        for (const each of moving) each.finish(); // and is judged as it will be
    }
    const kinds = ['violations', 'incomplete'];
    const found = await axe.run(document, {rules: {[names]: {enabled: true}}, resultTypes: kinds});
    const each = kind => found[kind].flatMap(({id, impact, nodes}) => nodes.map(node => ({
        id, impact, kind, html: node.html.slice(0, 200), where: node.target.join(' ').slice(-160),
        why: [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ').slice(0, 200),
    })));
    return kinds.flatMap(each);
}"""
UNFADED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("[data-stale=true] { opacity: 1 !important; transition: none !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""
"""While the script runs again, as it may at any moment, Streamlit fades for that while what may be replaced."""


def faults(page: Page) -> list[str]:
    """All serious and critical violations, and every name that does not contain what is written on its control."""
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
        page.evaluate(UNFADED)
    found: list[dict[str, Any]] = page.evaluate(_RUN, NAMES)
    grave = [each for each in found if each["kind"] == "violations" and each["impact"] in GRAVE]
    named = [each for each in found if each["id"] == NAMES]
    return ["{id} ({impact}): {where}\n  {html}\n  {why}".format(**each) for each in _by_place(grave + named).values()]


def _by_place(found: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(each["id"], each["where"]): each for each in found}
