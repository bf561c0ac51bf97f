import assert from "node:assert/strict";
import { test } from "node:test";
import { embeddedLink, frameCode } from "../../playground/ui/static/stage/sharing/embed_code.js";

const PLAIN = /** @type {const} */ ({ view: "none", panels: [], knobs: {}, autoplay: false, theme: "", width: 600, height: 400 });

test("the link says what is shown, how it opens, and which knobs are hidden or locked", () => {
  assert.equal(embeddedLink("https://x.org/?dataset=xor", PLAIN), "https://x.org/?dataset=xor&view=none&embed=true");
  const all = {
    ...PLAIN, view: "network", panels: ["settings"], autoplay: true, theme: "dark",
    knobs: { dataset: "locked", noise: "hidden", seed: "free", learning_rate: "locked" },
  };
  assert.equal(
    embeddedLink("https://x.org/nets/", all),
    "https://x.org/nets/?autoplay=true&hide=settings,noise&lock=dataset,learning_rate&embed=true&embed_options=dark_theme",
  );
});

test("nothing in a link ends the attribute that it stands in", () => {
  const code = frameCode('https://x.org/?formula=a"><script>&x', { width: 600, height: 400, title: 'a "b"' });
  assert.equal(
    code,
    '<iframe src="https://x.org/?formula=a&quot;&gt;&lt;script&gt;&amp;x" title="a &quot;b&quot;" width="600" height="400" style="border: 0" loading="lazy"></iframe>',
  );
});
