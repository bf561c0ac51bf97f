// Made from the Python declarations by `python -m playground.ui.web.facts`: change them there.

export interface OpenRoom {
  type: "open";
  plan?: string;
}

export interface Enter {
  type: "enter";
  code: string;
  role: "learner" | "teacher" | "projector";
  secret: string;
  guest?: boolean;
  key?: string;
}

export interface Here {
  type: "here";
}

export interface Join {
  type: "join";
  name: string;
}

export interface Spin {
  type: "spin";
}

export interface Run {
  type: "run";
  token: string;
  sent?: number;
  step?: number;
}

export interface Step {
  type: "step";
  step: number;
}

export interface GiveAnswer {
  type: "answer";
  sent: number;
  step?: number;
  asked: "predict" | "observe";
  text: string;
}

export interface HandIn {
  type: "hand_in";
  challenge: number;
}

export interface ShowKept {
  type: "show_kept";
}

export interface Forget {
  type: "forget";
}

export interface Send {
  type: "send";
  again?: number;
  link?: string;
  lesson?: string;
  to?: Array<number> | null;
  free?: Array<string> | null;
  question?: string;
  choices?: Array<string>;
}

export interface PauseClass {
  type: "pause_class";
}

export interface GoOn {
  type: "go_on";
}

export interface CloseRoom {
  type: "close_room";
}

export interface OpenUpTo {
  type: "open_up_to";
  step?: number | null;
}

export interface SetTimer {
  type: "timer";
  seconds: number;
}

export interface Tell {
  type: "tell";
  seat: number;
  text: string;
}

export interface Rename {
  type: "rename";
  seat: number;
  name: string;
}

export interface Admit {
  type: "admit";
  seat?: number | null;
}

export interface Remove {
  type: "remove";
  seat: number;
}

export interface Rules {
  type: "rules";
  names?: "generated" | "listed" | "free" | null;
  listed?: string | null;
  approval?: boolean | null;
  hours?: number | null;
}

export interface Project {
  type: "project";
  what?: "wall" | "pins" | "answers" | null;
  pins?: Array<number> | null;
  shown?: number | null;
  code?: boolean | null;
}

export interface SetChallenge {
  type: "challenge";
  texts: Record<string, string>;
  link?: string;
}

export interface Judge {
  type: "judge";
  challenge: number;
  open: boolean;
  names_shown?: boolean;
}

export interface NewKey {
  type: "new_key";
  role?: "teacher" | "projector";
}

export interface LookAt {
  type: "look_at";
  seat?: number | null;
}

export interface DrawLink {
  type: "draw_link";
  link: string;
}

export interface ShowResults {
  type: "show_results";
}

export interface Opened {
  type: "opened";
  code: string;
  key: string;
  projector: string;
}

export interface OpenedMessage {
  header: Opened;
  arrays: {
  };
}

export interface Lobby {
  type: "lobby";
  code: string;
  rule: "generated" | "listed" | "free";
  offered: string;
  spins: number;
  names: Array<string>;
  approval: boolean;
  guest: boolean;
  kept: string;
}

export interface LobbyMessage {
  header: Lobby;
  arrays: {
  };
}

export interface RoomView {
  type: "room";
  role: "teacher" | "learner" | "projector";
  code: string;
  state: "open" | "paused" | "closed";
  learners: number;
  connected: number;
  sent: SentView | null;
  open_to: number | null;
  closes_in: number;
  timer_in: number | null;
  timer_seconds: number;
  unsaved: string;
  contests: Array<ContestView>;
  you?: You;
  seats?: Array<SeatView>;
  rules?: RulesView;
  projected?: ProjectedView;
  bars?: Array<Bars>;
  history?: Array<SentView>;
}

export interface SentView {
  number: number;
  kind: "experiment" | "wall" | "lesson";
  title: string;
  link: string;
  to: Array<number> | null;
  free: Array<string> | null;
  steps: number;
  question: string;
  choices: Array<string>;
}

export interface ContestView {
  number: number;
  title: string;
  sentence: string;
  open: boolean;
  names_shown: boolean;
  computing: string;
  table: Array<ContestRow>;
}

export interface ContestRow {
  place: number;
  seat: number;
  name: string;
  text: string;
  edited: boolean;
  mine: boolean;
}

export interface You {
  seat: number;
  name: string;
  spins: number;
  admitted: boolean;
  note: string;
  notes: number;
  step: number;
  answered: Array<AnsweredView>;
}

export interface AnsweredView {
  sent: number;
  step: number;
  asked: "predict" | "observe";
}

export interface SeatView {
  seat: number;
  name: string;
  state: "waiting" | "connected" | "away";
  guest: boolean;
  step: number;
  own: boolean;
  note: string;
  answers: Array<AnswerView>;
  reached: Array<ReachedView>;
}

export interface AnswerView {
  sent: number;
  step: number;
  asked: "predict" | "observe";
  text: string;
}

export interface ReachedView {
  sent: number;
  step: number;
  reached: boolean;
  sentence: string;
}

export interface RulesView {
  names: "generated" | "listed" | "free";
  listed: Array<string>;
  approval: boolean;
  teachers: number;
}

export interface ProjectedView {
  what: "wall" | "pins" | "answers";
  pins: Array<number>;
  shown: number;
  code: boolean;
}

export interface Bars {
  sent: number;
  step: number;
  title: string;
  bars: Array<Bar>;
}

export interface Bar {
  text: string;
  predicted: number;
  observed: number;
}

export interface RoomMessage {
  header: RoomView;
  arrays: {
  };
}

export interface Tiles {
  type: "tiles";
  tiles: Array<TileFacts>;
  whole: boolean;
}

export interface TileFacts {
  seat: number;
  state: string;
  epoch: number;
  accuracy: number | null;
  best: number | null;
  task: "classification" | "regression";
  n_classes: number;
  edited: boolean;
  stuck: string;
  reached: boolean | null;
  sentence: string;
  link: string;
  title: string;
  cells: number;
  values: number;
  lo: number;
  hi: number;
  ended: string;
}

export interface TilesMessage {
  header: Tiles;
  arrays: {
    maps: { data: Uint8Array; shape: [number] };
  };
}

export interface Shoulder {
  type: "shoulder";
  seat: number;
}

export interface ShoulderMessage {
  header: Shoulder;
  arrays: {
  };
}

export interface RefusedInRoom {
  type: "not_done";
  message: string;
  answer?: AnsweredView;
}

export interface NotDoneMessage {
  header: RefusedInRoom;
  arrays: {
  };
}

export interface Gone {
  type: "gone";
  message: string;
  removed: boolean;
}

export interface GoneMessage {
  header: Gone;
  arrays: {
  };
}

export interface KeptAboutYou {
  type: "kept";
  document: string;
  until: string;
}

export interface KeptMessage {
  header: KeptAboutYou;
  arrays: {
  };
}

export interface NewKeyMade {
  type: "new_key";
  role: "teacher" | "projector";
  key: string;
}

export interface NewKeyMessage {
  header: NewKeyMade;
  arrays: {
  };
}

export interface LinkDrawn {
  type: "link_drawn";
  link: string;
  svg: string;
}

export interface LinkDrawnMessage {
  header: LinkDrawn;
  arrays: {
  };
}

export interface Results {
  type: "results";
  csv: string;
  summary: string;
  plan: string;
}

export interface ResultsMessage {
  header: Results;
  arrays: {
  };
}

export type Said = OpenRoom | Enter | Here | Join | Spin | Run | Step | GiveAnswer | HandIn | ShowKept | Forget | Send | PauseClass | GoOn | CloseRoom | OpenUpTo | SetTimer | Tell | Rename | Admit | Remove | Rules | Project | SetChallenge | Judge | NewKey | LookAt | DrawLink | ShowResults;
