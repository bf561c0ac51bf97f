// How the page looks, in the words of a link: the tab, the speed, what is drawn, and the epoch shown.
import { LOOK, MAPS, NO_TAB, SPEEDS, VIEWS } from "../web/facts.js";

const DEFAULTS = { view: VIEWS[0].name, ...LOOK };
const [CONFIDENCE, CLASSES] = MAPS;

/** @typedef {typeof DEFAULTS} Look */

/**
 * The parts of a stage that have a look.
 * @typedef {object} Parts
 * @property {import("./session.js").Session} session
 * @property {import("./transport.js").RunTransport} transport
 * @property {import("./boundary_panel.js").BoundaryPanel} boundaryPanel
 * @property {import("./curves_panel.js").CurvesPanel} curvesPanel
 * @property {import("./view_host.js").ViewHost | undefined} views
 * @property {Record<string, any> | null} shown  header of the frame on screen
 * @property {import("./share_menu.js").ShareMenu} share
 */

/** @param {Parts} stage @returns {Look} */
export function lookOf({ session, boundaryPanel, curvesPanel, views, shown }) {
  return {
    view: views?.name ?? DEFAULTS.view,
    speed: SPEEDS.find(({ epochs }) => epochs === session.epochsPerFrame)?.name ?? DEFAULTS.speed,
    test_points: boundaryPanel.test.checked,
    map: boundaryPanel.discrete ? CLASSES : CONFIDENCE,
    mistakes: boundaryPanel.mistakes.checked,
    log: curvesPanel.log.checked,
    at: shown?.epoch ?? 0,
    present: "present" in document.documentElement.dataset,
    autoplay: false, // that was when it was opened
  };
}

/** Make a stage look so; what is none of its looks is passed over. @param {Parts} stage @param {Partial<Look>} look */
function takeLook({ session, transport, boundaryPanel, curvesPanel, views, share }, look) {
  const speed = SPEEDS.find(({ name }) => name === look.speed);
  if (speed) transport.chooseSpeed(speed.epochs);
  if (look.map !== undefined) boundaryPanel.choose(look.map === CLASSES);
  for (const [box, on] of /** @type {[HTMLInputElement, boolean | undefined][]} */ ([
    [boundaryPanel.test, look.test_points], [boundaryPanel.mistakes, look.mistakes], [curvesPanel.log, look.log],
  ])) if (on !== undefined && on !== box.checked) box.click(); // as by hand
  const known = look.view === NO_TAB || VIEWS.some(({ name }) => name === look.view);
  if (known && look.view) views?.select(look.view);
  if (look.present === true) share.open("present", false);
  if (Number.isInteger(look.at) && Number(look.at) > 0) session.playTo(Number(look.at));
  else if (look.autoplay === true && !matchMedia("(prefers-reduced-motion: reduce)").matches) session.play();
}

/**
 * Look as the link says that was followed last; after a reload, as before.
 * @param {Parts & {wished: string | null}} stage
 * @param {{session?: string, look?: (Partial<Look> & {number: number}) | null}} data @param {Partial<Look>} [before]
 */
export function takeLookOnce(stage, { session, look }, before) {
  const wished = look ? `${session} ${look.number}` : "";
  const first = stage.wished === null ? before : undefined;
  if (wished !== stage.wished) takeLook(stage, look ?? first ?? {});
  stage.wished = wished;
}

/**
 * The link of an experiment, how it is to look, and which controls are hidden or locked.
 * @param {string} link @param {Partial<Look> | null} look @param {{hide?: string[], lock?: string[]}} [controls]
 */
export function linkTo(link, look, { hide = [], lock = [] } = {}) {
  const said = Object.entries(look ?? {}).filter(([name, value]) => value !== DEFAULTS[/** @type {keyof Look} */ (name)]);
  const looks = String(new URLSearchParams(said.map(([name, value]) => [name, String(value)])));
  const query = [looks, hide.length && `hide=${hide.join(",")}`, lock.length && `lock=${lock.join(",")}`].filter(Boolean).join("&");
  if (!query || /[?&](hide|lock)=/.test(link)) return link;
  return link + (/[?&]$/.test(link) ? "" : link.includes("?") ? "&" : "?") + query;
}
