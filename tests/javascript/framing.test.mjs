import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { isHere, whyNoFrame } from "../../playground/ui/static/stage/sharing/framing.js";

const HERE = { protocol: "https:", origin: "https://nets.school.example" };
const { fetch } = globalThis;

afterEach(() => {
  globalThis.fetch = fetch;
});

/** @param {string | null} policy */
function answering(policy) {
  globalThis.location = /** @type {any} */ (HERE);
  globalThis.fetch = async () => new Response("", { headers: policy ? { "Content-Security-Policy": policy } : {} });
}

test("a place of a policy is this one by name, by its scheme, or by a star", () => {
  for (const place of ["*", "'self'", "https:", "https://nets.school.example", "HTTPS://*.school.example", "https://nets.school.example:*"]) {
    assert.ok(isHere(place, HERE), place);
  }
  for (const place of ["'none'", "http:", "https://school.example", "https://nets-school.example", "https://*.example.org", "https://nets.school.example:8443"]) {
    assert.ok(!isHere(place, HERE), place);
  }
});

test("nothing is said where the page may be shown, or where nobody says who may", async () => {
  for (const policy of [null, "default-src 'self'", "default-src 'self'; frame-ancestors *", "frame-ancestors https://a.example 'self'"]) {
    answering(policy);
    assert.equal(await whyNoFrame("https://nets.school.example/"), "");
  }
  globalThis.fetch = async () => {
    throw new TypeError("offline");
  };
  assert.equal(await whyNoFrame("https://nets.school.example/"), "");
});

test("it is said who may show it where that is somebody else, or nobody", async () => {
  answering("default-src 'self'; frame-ancestors 'none'");
  assert.match(await whyNoFrame("https://nets.school.example/"), /lets no page show it/);
  answering("frame-ancestors https://a.example https://*.b.example; form-action 'self'");
  assert.match(await whyNoFrame("https://nets.school.example/"), /frames of https:\/\/a\.example, https:\/\/\*\.b\.example alone/);
});
