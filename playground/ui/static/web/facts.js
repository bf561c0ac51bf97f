// Made from the Python declarations by `python -m playground.ui.web.facts`: change them there.

/** The first two are the classic pair. */
export const CLASS_COLORS = ["#f59322", "#0877bd", "#009e73", "#cc79a7", "#d9c300", "#56b4e9", "#8c564b", "#6a3d9a", "#e31a1c", "#7f9a1f", "#1f3d7a", "#ff9da7", "#4d4d4d", "#17becf", "#b15928", "#a6d854", "#b39ddb", "#7a0177", "#00695c", "#c2b280"];

/** The shape of each class: never colour alone. */
export const SYMBOLS = ["circle", "square", "triangle-up", "diamond", "cross", "star"];

/** Columns of the curves. */
export const COLUMNS = { epoch: 0, loss: 1, accuracy: 2, val_loss: 3, val_accuracy: 4, learning_rate: 5 };

/** Inputs of a network, in their order. */
export const FEATURES = [
  { name: "x1", text: "x₁" },
  { name: "x2", text: "x₂" },
  { name: "x1sq", text: "x₁²" },
  { name: "x2sq", text: "x₂²" },
  { name: "x1x2", text: "x₁x₂" },
  { name: "sinx1", text: "sin x₁" },
  { name: "sinx2", text: "sin x₂" },
];

/** Of a network. */
export const MAX_HIDDEN_LAYERS = 8;

/** Of a layer. */
export const MAX_UNITS = 128;

/** Of a wider layer the most active, in pages. */
export const NEURONS_DRAWN = 8;

/** No coordinate and no weight is farther from 0. */
export const FARTHEST = 1000000;

/** Frames that may be under way to a page. */
export const FRAMES_IN_FLIGHT = 2;

/** Of an answer in a learner's own words, in a class, in characters. */
export const LONGEST_ANSWER = 200;

/** Of the plan of a room, in characters. */
export const LONGEST_PLAN = 1000000;

/** What one turn holds at most of the live channel through Streamlit's connection. */
export const PIPE = { channels: 4, texts: 256, frames: 4, scheme: "streamlit:" };

/** The number of epochs a frame that means this. */
export const AS_FAST_AS_IT_GOES = 0;

/** How many epochs are trained between two pictures: what a link and what the page call it. */
export const SPEEDS = [
  { name: "1", epochs: 1, text: "One epoch a frame" },
  { name: "2", epochs: 2, text: "2 epochs a frame" },
  { name: "5", epochs: 5, text: "5 epochs a frame" },
  { name: "10", epochs: 10, text: "10 epochs a frame" },
  { name: "50", epochs: 50, text: "50 epochs a frame" },
  { name: "max", epochs: 0, text: "As fast as it goes" },
];

/** What the colours of the plane may say, as a link calls it. */
export const MAPS = ["confidence", "classes"];

/** What a link calls a panel of tabs that is closed. */
export const NO_TAB = "none";

/** How a page looks, in the words of a link, where the link does not say. */
export const LOOK = { speed: "1", test_points: false, map: "confidence", mistakes: false, log: false, at: 0, present: false, autoplay: false };

/** Seconds after its end in which a room's countdown is still seen. */
export const TIME_IS_UP_FOR = 300;

/** Why a server ends a connection. */
export const CLOSE = { TOO_LARGE: 1009, TOO_SLOW: 1013, ANOTHER_PLANE: 4205, REFUSED: 4403, GONE: 4404, TAKEN: 4409 };

/** Columns of a wall's figures. */
export const FIGURES = { loss: 0, accuracy: 1, val_loss: 2, val_accuracy: 3 };

/** Why a network of a wall has ended, by the number that a message has for it. */
export const ENDS = ["", "finished", "early_stopping", "diverged"];

/** What the axis is called whose values are the runs of a comparison. */
export const RUN_AXIS = "run";

/** Of a range test: one point in so many at the start, and so many at the end, are not suggested from. */
export const LEFT_OUT = { start: 10, end: 5 };

/** Of a range test: what stays, from point to point, of the average of what several networks have. */
export const SMOOTHING = 0.9;

/** How a trial of a search stands, by the number that a message has for it. */
export const TRIAL_STATES = ["running", "pruned", "complete", "diverged"];

/** Of a search: trials from which something is said of importance. */
export const ENOUGH_TRIALS = 48;

/** Of the query of a link, in bytes. */
export const LONGEST_LINK = 8192;

/** Of a link that is shown as a QR code, in characters. */
export const LONGEST_SCANNED = 2000;

/** The knobs that a run is called by, each with what holds where a link says nothing of it. */
export const NAMING = { dataset: "circle", hidden: "4,2", activation: "tanh", optimizer: "sgd", learning_rate: "0.03" };

/** What the page calls the names that a link has for such a knob. */
export const LABELS = { dataset: { circle: "Circle", xor: "XOR", gaussians: "Two Gaussians", spiral: "Spiral", moons: "Moons", circles: "Two rings", blobs: "Blobs", classification: "Random clusters", spirals: "Spiral arms", parabolas: "Parabolas", checkerboard: "Checkerboard", plane: "Plane (regression)", hills: "Hills (regression)", formula: "By a formula", drawn: "Drawn", iris: "Iris", wine: "Wine", breast_cancer: "Breast cancer", digits: "Digits", diabetes: "Diabetes (regression)", own: "Your own table" }, activation: { linear: "Linear", relu: "ReLU", leaky_relu: "Leaky ReLU", elu: "ELU", selu: "SELU", gelu: "GELU", silu: "SiLU", tanh: "Tanh", sigmoid: "Sigmoid", softplus: "Softplus" }, optimizer: { sgd: "SGD", momentum: "Momentum", nesterov: "Nesterov", rmsprop: "RMSprop", adagrad: "Adagrad", adadelta: "Adadelta", adam: "Adam", adamw: "AdamW", nadam: "Nadam" } };

/** How many runs may be compared at once. */
export const COMPARED = { least: 2, most: 12 };

/** Links of TensorFlow Playground: what they say, how what they hide ends, our name of one, and the longest. */
export const FOREIGN = { names: ["activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate", "regularizationRate", "noise", "networkShape", "seed", "showTestData", "discretize", "percTrainData", "x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY", "cosX", "cosY", "collectStats", "tutorial", "problem", "initZero", "hideText"], hide: "_hide", query: "tensorflow_playground", longest: 8192 };

/** Of what a run is called, in characters. */
export const LONGEST_NAME = 60;

/** How drawn points are packed, how many there may be, and those that are there before anything is drawn. */
export const DRAWN = { version: "1", digits: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", reach: 6, steps: 100, classes: 6, most: 1000, least_classes: 2, least_of_a_class: 2, first: "1Bj40BsskB-SgCHEsB-Q8BsrADZLEDh-0DzkwD8W8DzjMDh9QGa8BGplIG4OZHG30HVhZHkLIHy1BIBfEIQJRIezoIteJI8I0JKzpJZeoJoJxJ21EKFgh" };

/** The tabs beside the boundary, in their order. */
export const VIEWS = [
  { name: "network", title: "Network", hint: "What every neuron computes, and the weights between them" },
  { name: "layers", title: "Layers", hint: "How each layer bends the plane" },
  { name: "probabilities", title: "Probabilities", hint: "How sure the network is of each class, and the boundary as points" },
  { name: "errors", title: "Errors", hint: "Where the network is wrong, and how often" },
  { name: "signals", title: "Signals", hint: "Weights, gradients and updates of each layer over the epochs" },
  { name: "diagnosis", title: "Diagnosis", hint: "What seems to be wrong with this run, and what to try" },
];

/** @typedef {"network" | "layers" | "probabilities" | "errors" | "signals" | "diagnosis"} ViewName */
