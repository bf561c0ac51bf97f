// What can be taken away of a run, in its groups.
import { drawn } from "../web/taking/drawn.js";

/** @typedef {import("../web/taking/taking.js").Group} Group */

/** @type {Group[]} */
const GROUPS = [
  { title: "Code that trains it again", items: [
    { name: "Keras script", what: "script", hint: "One Python file with the data, the model and fit, which prints these figures" },
    { name: "Notebook", what: "notebook", hint: "The same in cells, for Jupyter or Colab" },
  ] },
  { title: "The network at this epoch", items: [
    { name: "Keras model", what: "keras", hint: ".keras: features and scaling are inside, it takes raw points" },
    { name: "ONNX", what: "onnx", hint: "For onnxruntime and whatever reads ONNX; takes raw points" },
    { name: "JavaScript", what: "javascript", hint: "One function, no library; takes a raw point" },
  ] },
  { title: "Figures", items: [
    { name: "Weights (CSV)", what: "weights_csv", hint: "A row for each weight and bias at this epoch" },
    { name: "Weights (JSON)", what: "weights_json", hint: "Each layer's kernel and bias at this epoch" },
    { name: "History (CSV)", what: "history_csv", hint: "A row for each epoch: loss, accuracy and rate" },
    { name: "History (JSON)", what: "history_json", hint: "Each figure as a list over the epochs" },
  ] },
  { title: "Pictures", items: [
    ...["Boundary", "Network", "Loss", "Accuracy"].flatMap((name) => drawn(name, `${name.toLowerCase()}_svg`)),
    { name: "Card", what: "card", hint: "1200 × 630, for a slide or a post: boundary, network, figures and the link as a QR code" },
  ] },
  { title: "The whole training", items: [
    { name: "Replay", what: "replay", hint: "One page that plays without a server and without a network" },
    { name: "Animated GIF", what: "gif", hint: "The boundary as it is learned" },
    { name: "APNG", what: "apng", hint: "The same with all colours" },
    { name: "Report", what: "report", hint: "Settings, figures, diagnosis and charts, to be printed" },
  ] },
];

/**
 * All of them: the files, and what the menu beside "Copy link" has of the link.
 *
 * @param {import("./share_menu.js").ShareMenu} share @returns {Group[]}
 */
export const groupsOf = (share) => [
  ...GROUPS, { title: "The link", items: share.offers.map(({ text, hint, act }) => ({ name: text, hint, act })) },
];
