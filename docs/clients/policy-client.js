// Must my user accept the policy again, be told of a change, or nothing? For web apps: an ES module that needs no other.
// Copy this file. docs/api.md says why it does what it does.
//
//   const policy = new Policy("https://example.org/legal/", "privacy", "en");
//   const told = await policy.ask();
//   if (told.action === "consent") {
//     const agreed = await dialog(await policy.text(told.now), told.now); // an answer for each scope: {sharing: false}
//     policy.done(told.now, agreed);
//   }

const ACTIONS = ["none", "notify", "acknowledge", "consent"];
const SEVERITIES = ["editorial", "minor", "material"];
const MILLISECONDS = 10_000;
const NOTHING_KNOWN = { now: { verdict: "changed" } }; // asks for consent, and has no text to offer

/**
 * A policy, and what the user of this app accepted of it.
 *
 * In the storage, policy.NAME.accepted is evidence: records in order, none is ever changed. A browser may lose it, so send
 * each record to your server as well. policy.NAME.kept has the last answers of the site, and may be lost.
 */
export class Policy {
  constructor(site, policy, language, storage = localStorage) {
    this.api = `${site.replace(/\/$/, "")}/api/v1/`;
    this.accepted = `policy.${policy}.accepted`;
    Object.assign(this, { policy, language, storage });
  }

  /**
   * What the user must do now; without a network, what the last answer says of today.
   *
   * `action` is none, notify (be told), acknowledge or consent. `now` is about the text in force, `upcoming` about those
   * that follow: the API's answers, with whole links and only words that are known here. Where `now` has no `notice_ref`,
   * show the text that came with the app. `fresh` is false where the site could not be asked.
   */
  async ask(at = new Date()) {
    const last = this.records.at(-1);
    const site = new Site(this);
    let found;
    try {
      found = (last && (await this.#since(site, last.notice_ref))) || (await this.#nothingAccepted(site));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      found = last ? {} : NOTHING_KNOWN;
    }
    site.keep();
    return told(whole(found, new URL(`policies/${this.policy}/since/`, this.api)), at, site.fresh);
  }

  /** The text to show: the very bytes that the record will name. */
  async text({ notice_ref: ref }) {
    const answer = await fetch(ref.url, { credentials: "omit", signal: AbortSignal.timeout(MILLISECONDS) });
    const data = await answer.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (sha256 !== ref.sha256) throw new Error(`${ref.url} is not the text that the notice names`);
    return JSON.parse(new TextDecoder().decode(data));
  }

  /**
   * Record that the user, who was shown the text, has done what a notice asks for.
   *
   * `agreed` is the user's own answer to each of its scopes.
   */
  done(notice, agreed = {}, at = new Date()) {
    if (!notice.notice_ref) throw new Error("nobody knows which text was shown: there is nothing to record");
    const missing = (notice.scopes ?? []).map((scope) => scope.id).filter((id) => !(id in agreed));
    if (missing.length) throw new Error(`the user was not asked about: ${missing.sort().join(", ")}`);
    const record = { at: at.toISOString(), action: notice.action, scopes: agreed, notice_ref: notice.notice_ref };
    this.storage.setItem(this.accepted, JSON.stringify([...this.records, record]));
    return record;
  }

  /** All that the user did, in order. */
  get records() {
    return parsed(this.storage.getItem(this.accepted)) ?? [];
  }

  /** What the user said last to each scope. To one that is not here, nothing was agreed. */
  get scopes() {
    return Object.assign({}, ...this.records.map((record) => record.scopes));
  }

  /** What the site says to who accepted a text; nothing if it does not know that. */
  async #since(site, { version, language }) {
    const path = `policies/${this.policy}/since/${version}.${language}.json`;
    const found = await site.get(path);
    if (!found?.see) return found;
    const elsewhere = await site.get(path.replace(/[^/]+$/, found.see));
    return elsewhere?.answers[version];
  }

  /**
   * The same to who accepted nothing that the site knows: consent to the text in force.
   *
   * The answer since the oldest version has every scope that was ever asked for.
   */
  async #nothingAccepted(site) {
    const index = await site.get("index.json");
    const listed = index?.policies.find((one) => one.policy === this.policy);
    if (!listed) return NOTHING_KNOWN;
    const versions = listed.schedule.map((one) => one.version);
    for (const language of new Set([this.language, ...listed.languages.map((one) => one.tag)]))
      for (const version of new Set([...versions.slice(0, 1), ...versions.slice(-1)])) {
        const found = await this.#since(site, { version, language });
        if (found) return strictest(found);
      }
    return versions.length ? NOTHING_KNOWN : {};
  }
}

/** The site does not answer, and no answer that is new enough was kept. */
class UnreadableError extends Error {}

/** The API, and its last answers for when it cannot be asked. An old answer never replaces a newer one. */
class Site {
  constructor({ api, policy, storage }) {
    this.name = `policy.${policy}.kept`;
    const kept = parsed(storage.getItem(this.name)) ?? {};
    Object.assign(this, { api, policy, storage, seen: kept.seen ?? 0, kept: kept.answers ?? {}, used: {}, fresh: true });
  }

  /** The object at a path; null if there is none there, or none of a format that we know. */
  async get(path) {
    const url = new URL(path, this.api).href;
    try {
      this.used[url] = this.#newEnough(await this.#fetched(url));
    } catch {
      this.fresh = false;
      this.used[url] = this.#newEnough(this.kept[url]);
    }
    return this.used[url];
  }

  /** Keep what was of use for the next time. */
  keep() {
    try {
      this.storage.setItem(this.name, JSON.stringify({ seen: this.seen, answers: this.used }));
    } catch {
      // No room: the next time begins anew.
    }
  }

  /** An answer of the site. `no-cache` has the browser ask with conditions, and use what it has if nothing changed. */
  async #fetched(url) {
    const options = { cache: "no-cache", credentials: "omit", signal: AbortSignal.timeout(MILLISECONDS) };
    const answer = await fetch(url, options);
    if ([404, 410].includes(answer.status)) return null;
    if (!answer.ok) throw new UnreadableError(`${url}: ${answer.status}`);
    const found = await answer.json();
    if (found.format === undefined) throw new UnreadableError(`${url} is no object of the API`);
    return found.format === 1 ? found : null;
  }

  #newEnough(found) {
    if (found === undefined) throw new UnreadableError();
    const sequence = this.#sequence(found ?? {});
    if (sequence < this.seen) throw new UnreadableError();
    this.seen = sequence;
    return found;
  }

  /** The number that only grows, of our policy; what has none is of any age. */
  #sequence(found) {
    const ours = found.policies ? found.policies.find((one) => one.policy === this.policy) : found;
    return ours?.sequence ?? this.seen;
  }
}

/** What an answer says at an instant: the last text that has begun by then is the one in force. */
function told(found, at, fresh) {
  const least = found.withdrawn ? "notify" : "none";
  const upcoming = (found.upcoming ?? []).map((one) => known(one, least));
  const begun = upcoming.filter(({ notice_ref: ref }) => new Date(ref.effective ?? ref.known_since) <= at);
  const now = begun.at(-1) ?? (found.now && known(found.now, least)) ?? null;
  const action = now?.action ?? "none";
  return { action, now, upcoming: upcoming.slice(begun.length), withdrawn: found.withdrawn ?? null, fresh };
}

/** An answer in words that are known here: any other one counts as the strictest. */
function known(answer, least) {
  if (["same", "ahead"].includes(answer.verdict)) return { ...answer, action: least };
  const action = ACTIONS[Math.max(word(answer.action, ACTIONS), ACTIONS.indexOf(least))];
  return { ...answer, action, severity: SEVERITIES[word(answer.severity, SEVERITIES)] };
}

const word = (value, words) => (words.includes(value) ? words.indexOf(value) : words.length - 1);

/** The answers to who accepted nothing: what there is to read and to agree to, but not what changed. */
function strictest({ now, upcoming = [] }) {
  const strict = ({ notice_ref, scopes, links }) => ({ verdict: "changed", notice_ref, scopes, links });
  return { now: now && strict(now), upcoming: upcoming.map(strict) };
}

/** The same with whole links, which alone may be kept. */
function whole(value, base, name = "") {
  if (Array.isArray(value)) return value.map((part) => whole(part, base));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, whole(part, base, key)]));
  return value !== undefined && ["url", "page", "changes"].includes(name) ? new URL(value, base).href : value;
}

/** The value that some JSON is; of any other text, nothing. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
