// Made from the Python declarations by `python -m playground.ui.web.facts`: change them there.

export interface Credit {
  type: "credit";
}

export interface Hidden {
  type: "hidden";
}

export interface Play {
  type: "play";
  epochs_per_frame?: number;
  until?: number | null;
}

export interface Speed {
  type: "speed";
  epochs_per_frame: number;
}

export interface Pause {
  type: "pause";
}

export interface OneEpoch {
  type: "step";
}

export interface Rewind {
  type: "rewind";
}

export interface Scrub {
  type: "scrub";
  epoch: number;
}

export interface VisiblePlane {
  type: "view";
  x1: [number, number];
  x2: [number, number];
}

export interface Probe {
  type: "probe";
  x1: number;
  x2: number;
}

export interface Show {
  type: "show";
  view?: ViewWanted | null;
  rings?: boolean;
}

export interface Viewed {
  type: "viewed";
}

export interface Focus {
  type: "focus";
  layer: number;
  unit: number;
}

export interface Unfocus {
  type: "unfocus";
}

export interface Edit {
  type: "edit";
  layer: number;
  unit: number;
  source?: number | null;
  value: number;
}

export interface DrawnPoints {
  type: "points";
  points: string;
}

export interface Export {
  type: "export";
  what: string;
  link?: string;
}

export interface CancelExport {
  type: "cancel_export";
}

export interface OpenCell {
  type: "open";
  cell?: number | null;
}

export interface DiagnosisOptions {
  name: "diagnosis";
}

export interface ErrorsOptions {
  name: "errors";
  chart?: "matrix" | "roc" | "calibration" | "parts" | "truth" | "residuals";
  part?: "train" | "validation" | "test";
}

export interface NetworkOptions {
  name: "network";
  page?: number;
}

export interface LayersOptions {
  name: "layers";
  dimensions?: 2 | 3;
  grid?: boolean;
}

export interface ProbabilitiesOptions {
  name: "probabilities";
  logits?: boolean;
  ties?: boolean;
}

export interface SignalsOptions {
  name: "signals";
  chart?: "gradients" | "weights" | "updates" | "dead" | "saturated" | "histograms" | "rate";
}

export interface Hello {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  course: Course;
  type: "hello";
  run: string;
  experiment: ExperimentFacts;
  summary: string;
  x1: [number, number];
  x2: [number, number];
  shown_train: number;
  shown_test: number;
  shown_validation?: number;
}

export interface Ending {
  epoch: number;
  loss: number | null;
  accuracy: number | null;
  best_epoch: number | null;
  best_loss: number | null;
  advice: string;
  more: number;
  no_more: string;
}

export interface Course {
  link: string;
  turns: Array<Turn>;
}

export interface Turn {
  epoch: number;
  text: string;
}

export interface ExperimentFacts {
  task: "classification" | "regression";
  n_classes: number;
  output: string;
  loss: string;
  n_train: number;
  n_test: number;
  n_validation: number;
  epochs: number;
  seed: number;
  dataset: string;
  learning_rate: number;
  features: Array<string>;
  uses_features: boolean;
  classes: Array<string>;
  axes: Array<string>;
  held: string;
  target: string;
  hidden: Array<number>;
  activations: Array<string>;
  units_out: number;
}

export interface HelloMessage {
  header: Hello;
  arrays: {
    train_x: { data: Float32Array; shape: [number, number] };
    train_y: { data: Float32Array; shape: [number] };
    test_x: { data: Float32Array; shape: [number, number] };
    test_y: { data: Float32Array; shape: [number] };
    validation_x?: { data: Float32Array; shape: [number, number] };
    validation_y?: { data: Float32Array; shape: [number] };
  };
}

export interface Status {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  course: Course;
  type: "status";
}

export interface StatusMessage {
  header: Status;
  arrays: {
  };
}

export interface Frame {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  type: "frame";
  epoch: number;
  edited: boolean;
  loss: number | null;
  accuracy: number | null;
  val_loss: number | null;
  val_accuracy: number | null;
  learning_rate: number | null;
  x1: [number, number];
  x2: [number, number];
  curves_start: number;
  lo: number;
  hi: number;
  computed: Record<string, number>;
  network?: Diagram;
  focus?: FocusedNeuron;
}

export interface Diagram {
  columns: Array<DiagramColumn>;
  page: number;
  inputs?: Array<DiagramInput>;
}

export interface DiagramColumn {
  units: Array<number>;
  reach: number;
}

export interface DiagramInput {
  name: string;
  reach: number;
}

export interface FocusedNeuron {
  layer: number;
  unit: number;
  lo: number;
  hi: number;
  bias?: number | null;
}

export interface FrameMessage {
  header: Frame;
  arrays: {
    curves: { data: Float32Array; shape: [number, number] };
    map: { data: Uint8Array; shape: [number, number, number] };
    lines: { data: Float32Array; shape: [number, number] };
    links?: { data: Float32Array; shape: [number] };
    biases?: { data: Float32Array; shape: [number] };
    neurons?: { data: Uint8Array; shape: [number, number, number] };
    inputs?: { data: Uint8Array; shape: [number, number, number] };
    wrong?: { data: Uint8Array; shape: [number] };
    focus_map?: { data: Uint8Array; shape: [number, number, number] };
    incoming?: { data: Float32Array; shape: [number] };
  };
}

export interface Probed {
  type: "probe";
  x1: number;
  x2: number;
  values: Array<number | null>;
}

export interface ProbeMessage {
  header: Probed;
  arrays: {
  };
}

export interface RefusedEdit {
  type: "refused";
  message: string;
}

export interface RefusedMessage {
  header: RefusedEdit;
  arrays: {
  };
}

export interface NotHere {
  type: "not_here";
}

export interface Not_hereMessage {
  header: NotHere;
  arrays: {
  };
}

export interface WallHello {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  course: Course;
  type: "wall";
  run: string;
  networks: number;
  seeds: number;
  rows: WallAxis | null;
  columns: WallAxis | null;
  differences: Array<WallDifference>;
  cells: Array<WallCell>;
  links: Array<string>;
  epochs: number;
}

export interface WallAxis {
  knob: string;
  scale: "names" | "linear" | "log" | "log_with_zero";
  labels: Array<string>;
  positions: Array<number>;
}

export interface WallDifference {
  axis: WallAxis;
  at: Array<number>;
}

export interface WallCell {
  dataset: string;
  task: "classification" | "regression";
  n_classes: number;
  values: number;
  watched: string;
  epochs: number;
  x1: [number, number];
  x2: [number, number];
  axes: [string, string];
  held: string;
  summary: string;
}

export interface WallMessage {
  header: WallHello;
  arrays: {
  };
}

export interface CellsFrame {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  type: "cells";
  epoch: number;
  figures_start: number;
  waiting: number;
  opened?: number;
  computed: Record<string, number>;
}

export interface CellsMessage {
  header: CellsFrame;
  arrays: {
    figures: { data: Float32Array; shape: [number, number, number] };
    maps: { data: Uint8Array; shape: [number, number, number, number] };
    ranges: { data: Float32Array; shape: [number, number] };
    ended: { data: Uint8Array; shape: [number] };
    epochs_of: { data: Int32Array; shape: [number] };
    spread?: { data: Uint8Array; shape: [number, number, number] };
    disagreement?: { data: Float32Array; shape: [number] };
    seed_maps?: { data: Uint8Array; shape: [number, number, number, number] };
  };
}

export interface RatesHello {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  course: Course;
  type: "rates";
  run: string;
  seeds: number;
  planned: number;
  least: number;
  most: number;
  published: boolean;
}

export interface RatesMessage {
  header: RatesHello;
  arrays: {
  };
}

export interface LossesFrame {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  type: "losses";
  points: number;
  suggested: Record<string, number>;
}

export interface LossesMessage {
  header: LossesFrame;
  arrays: {
    rates: { data: Float64Array; shape: [number] };
    losses: { data: Float32Array; shape: [number, number] };
    median: { data: Float32Array; shape: [number] };
    smoothed: { data: Float32Array; shape: [number] };
    low: { data: Float32Array; shape: [number] };
    high: { data: Float32Array; shape: [number] };
  };
}

export interface SearchHello {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  course: Course;
  type: "search";
  run: string;
  task: "classification" | "regression";
  watched: string;
  knobs: Array<SearchKnob>;
  sampler: string;
  trials: number;
  seconds: number;
  seeds: number;
  rungs: Array<number>;
}

export interface SearchKnob {
  knob: string;
  scale: "names" | "linear" | "log" | "log_with_zero";
  low: number;
  high: number;
  labels: Array<string>;
}

export interface SearchMessage {
  header: SearchHello;
  arrays: {
  };
}

export interface TrialsFrame {
  state: "loading" | "ready" | "playing" | "paused" | "finished" | "diverged" | "failed";
  message: string;
  last_epoch: number;
  ending?: Ending;
  held?: boolean;
  type: "trials";
  seconds: number;
  counts: Record<string, number>;
  best: number | null;
  links_start: number;
  links: Array<string>;
  importance: Record<string, number>;
}

export interface TrialsMessage {
  header: TrialsFrame;
  arrays: {
    values: { data: Float64Array; shape: [number, number] };
    states: { data: Uint8Array; shape: [number] };
    epochs: { data: Int32Array; shape: [number] };
    figures: { data: Float32Array; shape: [number, number, number] };
    bests: { data: Int32Array; shape: [number] };
  };
}

export interface Verdict {
  type: "verdict";
  epoch: number;
  reached: boolean | null;
  reached_at: number | null;
  sentence: string;
  figures: Record<string, string>;
  answer: number | null;
}

export interface VerdictMessage {
  header: Verdict;
  arrays: {
  };
}

export interface Exported {
  type: "export";
  what: string;
  share: number;
  file?: string;
  mime?: string;
  last?: boolean;
  refusal?: string;
}

export interface ExportMessage {
  header: Exported;
  arrays: {
    content?: { data: Uint8Array; shape: [number] };
  };
}

export interface DiagnosisHeader {
  type: "view";
  view: Record<string, any>;
  epoch: number;
  last_epoch: number;
  fault?: string;
  findings?: Array<FoundHeader>;
  looked?: Array<LookedAtHeader>;
}

export interface FoundHeader {
  kind: string;
  sentence: string;
  figure: string;
  advice: string;
  chart: string;
  change: Record<string, string>;
}

export interface LookedAtHeader {
  kind: string;
  subject: string;
  figure: string;
  chart: string;
}

export interface DiagnosisMessage {
  header: DiagnosisHeader;
  arrays: {
  };
}

export interface ErrorsHeader {
  type: "view";
  view: Record<string, any>;
  epoch: number;
  last_epoch: number;
  fault?: string;
  chart?: "matrix" | "roc" | "calibration" | "parts" | "truth" | "residuals";
  part?: "train" | "validation" | "test";
  points?: number;
  of?: number;
  note?: string;
  counts?: Array<Array<number>>;
  accuracy?: number;
  precision?: Array<number>;
  recall?: Array<number>;
  f1?: Array<number>;
  support?: Array<number>;
  macro_precision?: number;
  macro_recall?: number;
  macro_f1?: number;
  auc?: number;
  predicted?: Array<number>;
  observed?: Array<number>;
  bins?: number;
  mae?: number;
  r2?: number | null;
  drawn?: number;
  wrong?: number;
}

export interface ErrorsMessage {
  header: ErrorsHeader;
  arrays: {
    figure?: { data: Uint8Array; shape: [number] };
    X?: { data: Float32Array; shape: [number, number] };
    y?: { data: Float32Array; shape: [number] };
    says?: { data: Float32Array; shape: [number] };
  };
}

export interface LayersHeader {
  type: "view";
  view: Record<string, any>;
  epoch: number;
  last_epoch: number;
  fault?: string;
  stages?: Array<StageHeader>;
}

export interface StageHeader {
  name: string;
  axes: Array<string>;
  ranges: Array<Array<number>>;
  explained: number;
}

export interface LayersMessage {
  header: LayersHeader;
  arrays: {
    coords?: { data: Float32Array; shape: [number, number, number] };
    y?: { data: Float32Array; shape: [number] };
    grid?: { data: Float32Array; shape: [number, number, number, number] };
  };
}

export interface ProbabilitiesHeader {
  type: "view";
  view: Record<string, any>;
  epoch: number;
  last_epoch: number;
  fault?: string;
  note?: string;
  x1?: [number, number];
  x2?: [number, number];
  lo?: number;
  hi?: number;
  ties?: number;
}

export interface ProbabilitiesMessage {
  header: ProbabilitiesHeader;
  arrays: {
    logits?: { data: Uint8Array; shape: [number, number, number] };
    lines?: { data: Float32Array; shape: [number, number] };
    points?: { data: Float64Array; shape: [number, number] };
    classes?: { data: Int32Array; shape: [number, number] };
    differences?: { data: Float64Array; shape: [number] };
  };
}

export interface SignalsHeader {
  type: "view";
  view: Record<string, any>;
  epoch: number;
  last_epoch: number;
  fault?: string;
  layers?: Array<string>;
  epochs?: Array<number>;
  values?: Array<Array<number | null>>;
  now?: Array<number | null>;
  incomplete?: boolean;
  edges?: Array<number | null>;
  counts?: Array<Array<number>>;
}

export interface SignalsMessage {
  header: SignalsHeader;
  arrays: {
    figure?: { data: Uint8Array; shape: [number] };
  };
}

export type PageMessage = Credit | Hidden | Play | Speed | Pause | OneEpoch | Rewind | Scrub | VisiblePlane | Probe | Show | Viewed | Focus | Unfocus | Edit | DrawnPoints | Export | CancelExport | OpenCell;

export type ViewWanted = DiagnosisOptions | ErrorsOptions | NetworkOptions | LayersOptions | ProbabilitiesOptions | SignalsOptions;
