// The SHA-256 of any data that JSON can hold, as the program makes it. Not the browser's own, which only pages over
// HTTPS have.

const WORD = 2 ** 32;
const fraction = (number) => ((number - Math.floor(number)) * WORD) | 0;
const primes = [];
for (let number = 2; primes.length < 64; number++) if (primes.every((prime) => number % prime)) primes.push(number);
const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = primes.map((prime) => fraction(Math.cbrt(prime)));
const turn = (word, by) => (word >>> by) | (word << (32 - by));

function padded(bytes) {
  const size = Math.ceil((bytes.length + 9) / 64) * 64;
  const found = new DataView(new ArrayBuffer(size));
  new Uint8Array(found.buffer).set(bytes);
  found.setUint8(bytes.length, 0x80);
  found.setUint32(size - 8, Math.floor((bytes.length * 8) / WORD));
  found.setUint32(size - 4, (bytes.length * 8) % WORD);
  return found;
}

function block(state, data, from) {
  const words = new Int32Array(64);
  for (let at = 0; at < 64; at++) {
    if (at < 16) {
      words[at] = data.getInt32(from + at * 4);
      continue;
    }
    const [early, late] = [words[at - 15], words[at - 2]];
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[at] = words[at - 16] + low + words[at - 7] + high;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 64; at++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[at] + words[at]) | 0;
    const other = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + other) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + state[at]) | 0);
}

/** In hex, of text in UTF-8. */
export function sha256(text) {
  const data = padded(new TextEncoder().encode(text));
  let state = START;
  for (let from = 0; from < data.byteLength; from += 64) state = block(state, data, from);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function canonical(data) {
  if (Array.isArray(data)) return `[${data.map(canonical).join(",")}]`;
  if (data === null || typeof data !== "object") return JSON.stringify(data);
  const members = Object.keys(data).toSorted().map((key) => `${JSON.stringify(key)}:${canonical(data[key])}`);
  return `{${members.join(",")}}`;
}

/** What knows some data: the digest of its JSON, keys in order, nothing between. */
export const digest = (data) => sha256(canonical(data));
