// Every test event has a unique name, which is searched for in the requests that arrive, whatever their encoding.
import { gunzipSync, inflateSync } from "node:zlib";

const MARKER = /mk[a-z]\d{4}z/g;
const BASE64 = /[A-Za-z0-9+/_-]{40,}={0,2}/g;

export const marker = (kind, n) => `mk${kind}${String(n).padStart(4, "0")}z`;

/** Everything a body says: as it is, unzipped, without the encoding of addresses, and its parts in base64. */
export function texts(bytes, depth = 0) {
  const plain = unzip(bytes).toString("utf8");
  const found = [plain];
  const decoded = unescape(plain);
  if (decoded !== plain) found.push(decoded);
  if (depth < 2) {
    for (const part of decoded.match(BASE64) ?? []) {
      found.push(...texts(Buffer.from(part, "base64"), depth + 1));
    }
  }
  return found;
}

export function markers(found) {
  return new Set(found.flatMap((text) => text.match(MARKER) ?? []));
}

function unzip(bytes) {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes);
    if (bytes[0] === 0x78) return inflateSync(bytes);
  } catch {
    // The bytes only looked like that encoding.
  }
  return bytes;
}

function unescape(text) {
  return text.replace(/(%[0-9A-Fa-f]{2})+/g, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}
