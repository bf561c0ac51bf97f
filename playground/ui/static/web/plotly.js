// plotly.js is 4.8 MB: loaded once a page, as a classic script, beside everything else.

/** @type {Promise<any> | undefined} */
let loading;

/** A page with an AMD loader would swallow the library's global. @param {() => void} load */
function withoutAmd(load) {
  const holder = /** @type {any} */ (window);
  const define = holder.define;
  holder.define = undefined;
  load();
  return () => {
    holder.define = define;
  };
}

/**
 * @param {string} url
 * @returns {Promise<any>} the Plotly object
 */
export function loadPlotly(url) {
  const holder = /** @type {any} */ (window);
  if (holder.Plotly?.newPlot) return Promise.resolve(holder.Plotly);
  loading ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: url, async: true });
    const restore = withoutAmd(() => document.head.append(script));
    script.onload = () => {
      restore();
      if (holder.Plotly) resolve(holder.Plotly);
      else reject(new Error(`${url} is not plotly.js`));
    };
    script.onerror = () => {
      restore();
      loading = undefined; // the next mount tries again
      script.remove();
      reject(new Error(`could not load ${url}`));
    };
  });
  return loading;
}
