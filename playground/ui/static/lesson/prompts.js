// What a learner is asked: one prompt at a time, each a form that Enter sends.
import { h } from "../web/dom.js";
import { guide } from "../web/guide.js";
import { inline } from "../web/markdown.js";
import { numberOf } from "./flow.js";

/**
 * @typedef {import("./flow.js").ChoiceQuestion} ChoiceQuestion
 * @typedef {import("./flow.js").NumberQuestion} NumberQuestion
 * @typedef {{node: HTMLElement, refresh?: () => void}} Prompt   refresh: what is drawn has changed
 */

const NO_CHOICE = "An answer must be one of these. Got none.";
let forms = 0;

/** @param {string} question @param {(Node | string)[]} rest @param {(event: Event) => void} send @param {{testid: string, kind?: string}} data */
function form(question, rest, send, data) {
  const id = `kp-question-${(forms += 1)}`;
  return h("form", {
    class: "kp-prompt", novalidate: true, "aria-labelledby": id, data,
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      send(event);
    },
  }, h("p", { class: "kp-question", id, tabindex: -1 }, ...inline(question)), ...rest);
}

/** @param {string} text @param {boolean} [first] */
export const submitButton = (text, first = true) => h("button", { type: "submit", class: `kp-button${first ? " kp-primary" : ""}` }, text);

/** @param {string} text @param {() => void} onclick */
export const plainButton = (text, onclick) => h("button", { type: "button", class: "kp-button", onclick }, text);

/**
 * One of several answers.
 * @param {ChoiceQuestion} question @param {string} verb on the button @param {string} testid @param {(choice: number) => void} answer
 * @returns {Prompt}
 */
export function choicePrompt({ question, choices }, verb, testid, answer) {
  const name = `kp-choice-${forms}`;
  const fault = h("p", { class: "kp-prompt-fault", role: "alert" });
  const radios = choices.map((choice, i) => h("input", { type: "radio", name, value: i, onchange: () => (fault.textContent = "") }));
  const rows = choices.map((choice, i) => h("label", { class: "kp-choice" }, radios[i], h("span", {}, ...inline(choice))));
  const send = () => {
    const chosen = radios.findIndex((radio) => radio.checked);
    if (chosen >= 0) return answer(chosen);
    fault.textContent = NO_CHOICE;
    radios[0]?.focus();
  };
  return { node: form(question, [h("div", { class: "kp-choices", role: "radiogroup", "aria-label": "Answers" }, ...rows), fault, h("div", { class: "kp-prompt-buttons" }, submitButton(verb))], send, { testid, kind: "choice" }) };
}

/** A number to type. @param {NumberQuestion} question @param {(value: number) => void} answer @returns {Prompt} */
export function numberPrompt({ question, unit }, answer) {
  const fault = h("p", { class: "kp-prompt-fault", role: "alert", id: `kp-fault-${forms}` });
  const box = h("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 30, class: "kp-number", "aria-describedby": fault.id,
    "aria-label": `Your prediction${unit ? ` in ${unit}` : ""}`, oninput: () => (fault.textContent = ""),
  });
  const send = () => {
    const value = numberOf(box.value);
    if (value !== null) return answer(value);
    fault.textContent = `A prediction must be a number. Got ${box.value.trim() ? `“${box.value.trim().slice(0, 30)}”` : "nothing"}.`;
    box.focus();
  };
  const row = h("div", { class: "kp-prompt-buttons" }, h("label", { class: "kp-number-label" }, box, unit && h("span", {}, unit)), submitButton("Predict"));
  return { node: form(question, [row, fault], send, { testid: "prediction", kind: "number" }) };
}

/** A boundary to draw on the chart. @param {{question: string}} question @param {(stroke: import("../web/stroke.js").StrokePoint[] | null) => void} answer null: skipped @returns {Prompt} */
export function drawnPrompt({ question }, answer) {
  const done = submitButton("That is my line");
  const clear = plainButton("Draw it again", () => guide.setStroke([], true));
  const refresh = () => (done.disabled = clear.disabled = guide.stroke.length < 2);
  const hint = h("p", { class: "kp-prompt-hint" }, "Draw on the chart with mouse, pen or finger; lift it to begin another line.");
  const row = h("div", { class: "kp-prompt-buttons" }, done, clear, plainButton("Skip: go on without drawing", () => answer(null)));
  refresh();
  return { node: form(question, [hint, row], () => answer(guide.stroke), { testid: "prediction", kind: "drawn" }), refresh };
}
