// Whether this page may be shown in a frame of its own, and why not: as the server, or a proxy before it, says.

const NOBODY = "This server lets no page show it in a frame: the code will show nothing until its host allows it.";
const OTHERS = (/** @type {string} */ places) => `This server may be shown in frames of ${places} alone, so there is no preview here. The code works there.`;

/** Why a frame with this address would stay empty, in a sentence; empty where it would not. @param {string} address of this server */
export async function whyNoFrame(address) {
  const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
  const places = /frame-ancestors([^;]*)/.exec(answer?.headers.get("content-security-policy") ?? "")?.[1].trim().split(/\s+/);
  if (!places || places.some((place) => isHere(place, location))) return "";
  return places.every((place) => place === "'none'") ? NOBODY : OTHERS(places.join(", "));
}

/** Whether a place of a policy is, or holds, this one. @param {string} place @param {{protocol: string, origin: string}} here */
export function isHere(place, { protocol, origin }) {
  if (place === "*" || place === "'self'" || place === protocol) return true;
  const pattern = place.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace("//*\\.", "//[^/]+\\.").replace(/:\*$/, "(:\\d+)?");
  return new RegExp(`^${pattern}$`, "i").test(origin);
}
