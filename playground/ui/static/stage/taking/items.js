// What can be taken away, in its groups. `what` is the server's name of a file, `png` makes a picture of it here.

/**
 * @typedef {object} Item
 * @property {string} name   what the button is called
 * @property {string} hint
 * @property {string} what
 * @property {boolean} [png]
 */

/** @type {{title: string, items: Item[]}[]} */
export const GROUPS = [
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
];
