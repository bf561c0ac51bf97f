// The rules of joining: in words, and whether the server has those that were asked for. No DOM in here.
import { counted } from "../../web/format.js";

/** @typedef {{names: "generated" | "listed" | "free", listed: string | null, approval: boolean, hours: number | null}} AskedRules  null leaves each as it is */

const HOUR = 3600;
const CLOSE = 0.1; // hours that an answer may take, and more

/** To the half hour, as the field shows it. @param {number} seconds */
export const halfHours = (seconds) => Math.round((2 * seconds) / HOUR) / 2;

/** @param {number} seconds */
export function closesIn(seconds) {
  const minutes = Math.max(0, Math.round(seconds / 60));
  return `It closes in ${minutes < 60 ? counted(minutes, "minute") : counted(halfHours(seconds), "hour")}.`;
}

/** Whether the room stands as was asked for. @param {AskedRules} asked @param {Pick<import("../messages.js").RoomView, "rules" | "closes_in">} view */
export function isKept({ names, listed, approval, hours }, { rules, closes_in: closes }) {
  return Boolean(rules) && rules?.names === names && rules.approval === approval
    && (listed === null || plainly(listed) === rules.listed.join("\n"))
    && (hours === null || Math.abs(closes / HOUR - hours) < CLOSE);
}

/** A list as the server spells it. @param {string} text */
const plainly = (text) => text.split("\n").map((line) => line.normalize("NFKC").split(/\s+/).filter(Boolean).join(" ")).filter(Boolean).join("\n");
