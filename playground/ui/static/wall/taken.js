// What can be taken away of a wall, in its groups.
import { drawn } from "../web/taking/drawn.js";

const CURVES = "All cells on one scale, side by side";

/** @type {import("../web/taking/taking.js").Group[]} */
export const GROUPS = [
  { title: "On paper", items: [
    { name: "Report", what: "report", hint: "What differs and what all share, boundaries, figures, curves and diagnosis, to be printed" },
  ] },
  { title: "Figures", items: [
    { name: "Figures (CSV)", what: "figures_csv", hint: "A row for each network at this epoch: its knobs, loss and accuracy, and its link" },
    { name: "Figures (JSON)", what: "figures_json", hint: "Each network's settings and figures at this epoch, and of each cell the mean and the spread" },
    { name: "History (CSV)", what: "history_csv", hint: "A row for each network and epoch: loss and accuracy" },
    { name: "History (JSON)", what: "history_json", hint: "Each network's settings, and each figure as a list over the epochs" },
  ] },
  { title: "Pictures", items: [
    ...drawn("Boundaries", "boundaries_svg", "All cells side by side, each with its title"),
    ...drawn("Loss", "loss_svg", CURVES),
    ...drawn("Accuracy", "accuracy_svg", CURVES),
  ] },
  { title: "The link", items: drawn("QR code", "qr", "To be scanned from a slide or a sheet of paper") },
];
