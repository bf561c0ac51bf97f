// Round numbers along an axis.

/**
 * @param {[number, number]} range @param {number} most at most so many, about
 * @returns {{value: number, text: string}[]}
 */
export function ticksOf([lo, hi], most) {
  const step = roundStep((hi - lo) / Math.max(1, most));
  const first = Math.ceil(lo / step - 1e-9);
  const count = Math.min(12, Math.floor(hi / step + 1e-9) - first + 1);
  if (!(count > 0)) return [];
  return Array.from({ length: count }, (_, i) => {
    const value = (first + i) * step;
    return { value, text: written(value, step) };
  });
}

/** 1, 2 or 5 times a power of ten, not below. @param {number} least */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
}

/** @param {number} value @param {number} step */
function written(value, step) {
  const large = Math.abs(value) >= 1e5 || step < 1e-3;
  const text = value && large ? value.toExponential(1) : value.toFixed(large ? 0 : Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return text.replaceAll("-", "\u2212");
}
