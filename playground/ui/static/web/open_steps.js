// How far a teacher has opened a lesson, in words. No DOM in here.

/** @param {number | null} to the last step that is open @param {number} steps of the lesson @returns {string} empty where all are */
export function openSteps(to, steps) {
  if (to === null || to >= steps) return "";
  return to <= 1 ? "Your teacher has opened step 1" : `Your teacher has opened steps 1–${to}`;
}
