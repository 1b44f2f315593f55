// What changed between any two versions, from outlines, details and the lives of clauses: the program's own answers,
// put together anew. Nothing is weighed here, and no text is compared word by word. No page.

const bare = (run) => {
  if (typeof run === "string") return run;
  if ("ref" in run) return { ref: run.ref, label: "" };
  if ("var" in run) return { var: run.var, value: "" };
  return "strong" in run ? { strong: run.strong.map(bare) } : { link: run.link.map(bare), href: run.href };
};
const said = (text) => [text.text ?? [], text.closing ?? []].map((part) => part.map((runs) => runs.map(bare)));
const titled = (text) => (text.heading ?? []).map(bare);
const inOne = (one, other) => [...one.filter((it) => !other.includes(it)), ...other.filter((it) => !one.includes(it))];
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What a reader sees of runs. */
export const plain = (runs) =>
  runs.map((run) => (typeof run === "string" ? run : (run.label ?? run.value ?? plain(run.strong ?? run.link)))).join("");

const escaped = (text) => text.replace(/[\\*[\]{}]/g, "\\$&");
const source = (runs) =>
  runs
    .map((run) => {
      if (typeof run === "string") return escaped(run);
      if ("ref" in run) return `{@${run.ref}}`;
      if ("var" in run) return `{${run.var}}`;
      return "strong" in run ? `**${source(run.strong)}**` : `[${source(run.link)}](${run.href})`;
    })
    .join("");

/** Where runs point to, addresses and clauses. */
const targets = (runs) =>
  runs.flatMap((run) => {
    if (typeof run === "string" || "var" in run) return [];
    if ("ref" in run) return [source([run])];
    return "strong" in run ? targets(run.strong) : [run.href, ...targets(run.link)];
  });

const paragraphs = (text) => [...(text.text ?? []), ...(text.closing ?? [])];
const OPS = { "=": "equal", "-": "delete", "+": "insert" };

/** Edits as runs of text, from strokes such as `=12-3+5`. */
export function edits(strokes, old, now) {
  const found = [];
  let [left, right] = [0, 0];
  for (const [, sign, digits] of strokes.matchAll(/([=+-])(\d+)/g)) {
    const size = Number(digits);
    found.push({ op: OPS[sign], text: sign === "-" ? old.slice(left, left + size) : now.slice(right, right + size) });
    if (sign !== "+") left += size;
    if (sign !== "-") right += size;
  }
  return found;
}

/* --- Where clauses stand */

function spots(outline) {
  const found = new Map();
  const counts = new Map();
  for (const [id, parent, kind, key, ...labels] of outline.clauses) {
    const position = counts.get(parent) ?? 0;
    counts.set(parent, position + 1);
    const named = Object.fromEntries(outline.languages.map((tag, at) => [tag, labels[at]]));
    found.set(id, { id, parent, kind, key, position, labels: named, weight: 1 });
  }
  for (const spot of [...found.values()].reverse()) if (spot.parent) found.get(spot.parent).weight += spot.weight;
  return found;
}

/** All but the heaviest increasing subsequence of old positions. */
function outOfOrder(group) {
  if (group.every((one, at) => !at || group[at - 1].before < one.before)) return [];
  const best = [];
  const links = [];
  for (const [index, { before, weight }] of group.entries()) {
    let at = best.findIndex((one) => one.before >= before);
    if (at < 0) at = best.length;
    const total = weight + (at ? best[at - 1].total : 0);
    links.push(at ? best[at - 1].index : -1);
    let end = at;
    while (end < best.length && best[end].total <= total) end++;
    best.splice(at, end - at, { before, total, index });
  }
  const kept = new Set();
  for (let index = best.at(-1).index; index >= 0; index = links[index]) kept.add(index);
  return group.filter((_, index) => !kept.has(index)).map((one) => one.id);
}

function moved(before, after) {
  const groups = new Map();
  for (const spot of after.values()) {
    const old = before.get(spot.id);
    if (old?.parent !== spot.parent) continue;
    if (!groups.has(spot.parent)) groups.set(spot.parent, []);
    groups.get(spot.parent).push({ id: spot.id, before: old.position, weight: spot.weight });
  }
  return new Set([...groups.values()].flatMap(outOfOrder));
}

/** Whether one list of ids comes before another: each says it took over, so any order that turns round will do. */
function earlier(one, other) {
  const at = one.findIndex((id, place) => id !== other[place]);
  return at < 0 ? one.length < other.length : other[at] !== undefined && one[at] < other[at];
}

/** Clauses in whose place others stand; either text may say so. */
function takeovers(before, after, states) {
  const links = (olds, news, side) =>
    [...news.values()].flatMap(({ id }) =>
      (states[side].get(id)?.replaces ?? []).filter((gone) => olds.has(gone) && !news.has(gone)).map((gone) => [gone, id]),
    );
  const told = links(before, after, 1);
  const back = links(after, before, 0);
  const groups = new Map();
  for (const [one, other] of [...told, ...back]) {
    const joined = new Set([...(groups.get(one) ?? [one]), ...(groups.get(other) ?? [other])]);
    for (const id of joined) groups.set(id, joined);
  }
  return [...new Set(groups.values())].map((group) => {
    const olds = [...before.keys()].filter((id) => group.has(id));
    const news = [...after.keys()].filter((id) => group.has(id));
    const sides = [told, back].map((those) => those.some(([, id]) => group.has(id)));
    const isTold = sides[0] && sides[1] ? earlier(olds, news) : sides[0];
    const tie = isTold ? "merged" : "split";
    return { before: olds, after: news, kind: olds.length === news.length ? tie : olds.length < news.length ? "split" : "merged" };
  });
}

/* --- The comparison */

/** `load` gives an object of the policy by its path, `rules` are all, the worst first: [id, floor]. */
export async function compare(load, old, now, rules, digest) {
  const [details, released, ...outlines] = await Promise.all(
    ["details.json", "versions.json", ...[old, now].map((version) => `outlines/${version}.json`)].map(load),
  );
  const [before, after] = outlines.map(spots);
  const lives = new Map();
  const read = (ids) => Promise.all(ids.filter((id) => !lives.has(id)).map(async (id) => lives.set(id, await load(`clauses/${id}.json`))));
  await read([...new Set([...after.keys(), ...before.keys()])].filter((id) => before.get(id)?.key !== after.get(id)?.key));
  // A clause that moved, or took over from another, may itself be as it was.
  const elsewhere = moved(before, after);
  await read([...after.values()].filter(({ id, parent }) => before.has(id) && (elsewhere.has(id) || before.get(id).parent !== parent)).map(({ id }) => id));
  await read([...new Set([...lives.values()].flatMap(({ heirs }) => heirs ?? []))].filter((id) => before.has(id) || after.has(id)));
  const notes = notesBetween(released.versions, old, now);
  return new Comparison(details, outlines, [before, after], lives, rules, notes, digest).changes();
}

/** What people wrote about the changes in the releases since the old one. */
function notesBetween(versions, old, now) {
  const [first, last] = [old, now].map((wanted) => versions.find(({ version }) => version === wanted).sequence);
  const between = versions.filter(({ sequence }) => first < sequence && sequence <= last);
  return between.toSorted((one, other) => one.sequence - other.sequence).flatMap(({ version, notes }) => (notes ?? []).map((note) => ({ ...note, version })));
}

const WEIGHTS = ["editorial", "minor", "decide", "material"];
const UNWEIGHED = "unweighed";
const HAN = /^(zh|yue|wuu|nan|hak|lzh|ja)\b/; // lists in these languages: 、

class Comparison {
  constructor(details, outlines, [before, after], lives, rules, notes, digest) {
    Object.assign(this, { before, after, lives, outlines, notes, digest });
    const frames = outlines.map(({ frame }) => details.frames.findIndex(({ key }) => key === frame));
    this.frames = frames.map((at) => details.frames[at]);
    this.details = details.changes.find(([one, other]) => one === frames[0] && other === frames[1])?.[2] ?? { fields: [], variables: {} };
    this.tags = outlines[1].languages.filter((tag) => outlines[0].languages.includes(tag));
    this.every = [...new Set([...outlines[1].languages, ...outlines[0].languages])];
    this.official = new Set(this.frames.flatMap((frame) => frame.authoritative));
    this.order = new Map(rules.map(([id], at) => [id, at]));
    this.floors = new Map(rules);
    this.states = [before, after].map((side) => new Map([...lives].map(([id, life]) => [id, life.states.find(({ key }) => key === side.get(id)?.key)])));
    this.moved = moved(before, after);
    this.found = takeovers(before, after, this.states);
    this.taken = new Set(this.found.flatMap((one) => [...one.before, ...one.after]));
    this.explained = new Set();
  }

  changes() {
    const found = this.details.fields.map((field) => this.field(field));
    for (const spot of this.after.values()) {
      const takeover = this.found.find((one) => one.after[0] === spot.id);
      if (takeover) found.push(this.takeover(takeover));
      if (this.before.has(spot.id)) found.push(...this.clause(this.before.get(spot.id), spot));
      else if (!this.taken.has(spot.id)) found.push(this.whole("added", spot, 1));
    }
    for (const spot of this.before.values()) {
      if (!this.after.has(spot.id) && !this.taken.has(spot.id)) found.push(this.whole("removed", spot, 0));
    }
    return found;
  }

  /** A change; `ends` are the ids of the clauses before and after, `digests` what was said then, by language. */
  made(kind, ends, rules, digests, redlines = {}, field = "") {
    const [before, after] = ends;
    const clause = (kind === "split" ? before : after.length ? after : before)[0] ?? "";
    const where = kind === "split" || kind === "merged" ? ends : clause;
    const fingerprint = this.digest([kind, where, field, ...digests]).slice(0, 12);
    const notes = this.notes.filter(({ fingerprints }) => fingerprints.includes(fingerprint));
    const worst = [...new Set(rules)].sort((one, other) => (this.order.get(one) ?? -1) - (this.order.get(other) ?? -1));
    const [old_labels, new_labels] = [this.before, this.after].map((side, at) => this.labels(ends[at].map((id) => side.get(id))));
    return {
      fingerprint, kind, clause, clauses: [...new Set([...before, ...after])], field,
      severity: this.severity(worst, notes), rules: worst, languages: differing(digests), old_labels, new_labels, redlines,
      title: this.title(ends), notes,
    };
  }

  /** The heading of the first clause, or how it begins. */
  title([before, after]) {
    const [side, id] = after.length ? [1, after[0]] : [0, before[0]];
    const found = this.every.map((tag) => [tag, this.text(id, side, tag)]);
    return Object.fromEntries(found.map(([tag, text]) => [tag, plain(text.heading ?? text.text?.[0] ?? [])]));
  }

  /** The severity that counts: what people stated, unless that is below the floor and they did not say why. */
  severity(rules, notes) {
    const floor = rules.includes(UNWEIGHED) ? "decide" : this.floors.get(rules[0]);
    const stated = notes.map(({ severity }) => WEIGHTS.indexOf(severity)).reduce((one, other) => Math.max(one, other), -1);
    const least = floor === "decide" || notes.some(({ override }) => override) ? 0 : WEIGHTS.indexOf(floor);
    if (stated >= 0 && stated >= least) return WEIGHTS[stated];
    if (rules.includes(UNWEIGHED)) return UNWEIGHED;
    return floor === "decide" ? "material" : floor;
  }

  /** What numbers clauses in each language. */
  labels(spots) {
    const found = {};
    for (const [tag, [text]] of spots.flatMap(({ labels }) => Object.entries(labels))) if (text) (found[tag] ??= []).push(text);
    return Object.fromEntries(Object.entries(found).map(([tag, texts]) => [tag, texts.join(HAN.test(tag) ? "、" : ", ")]));
  }

  /** Of the rules by language: what is not authoritative weighs nothing, nor does it excuse the rest. */
  weigh(byTag) {
    const official = Object.entries(byTag).filter(([tag]) => this.official.has(tag)).flatMap(([, rules]) => rules);
    if (!official.length) return ["text.translation-alone"];
    const alone = this.tags.length > 1 && Object.keys(byTag).length === 1;
    return alone && official.some((id) => this.floors.get(id) !== "editorial") ? [...official, "text.authoritative-alone"] : official;
  }

  text(id, side, tag) {
    const number = this.states[side].get(id)?.texts[tag];
    return number === undefined ? {} : this.lives.get(id).texts[tag][number];
  }

  /** What a side holds, digested by language; what `say` does not say is left out. */
  digests(tags, say) {
    return [0, 1].map((side) => Object.fromEntries(tags.map((tag) => [tag, say(side, tag)]).filter(([, said]) => said !== undefined).map(([tag, said]) => [tag, this.digest(said)])));
  }

  words(ids, side, tag) {
    return ids.map((id) => [titled(this.text(id, side, tag)), said(this.text(id, side, tag))]);
  }

  /* --- Fields of the policy */

  field({ field, rules, values }) {
    const of = (side, tag) => values[tag][side ? "new" : "old"];
    const digests = field.startsWith("languages.") ? this.language(field.slice("languages.".length)) : this.digests(Object.keys(values), of);
    return this.made("document", [[], []], rules, digests, this.values(values), field);
  }

  /** The status of a language; with all that is said in it, where it came or went: no clause tells of that. */
  language(tag) {
    return this.digests([""], (side) => {
      const statuses = this.frames[side].languages.filter((one) => one.tag === tag).map(({ status }) => status);
      if (!statuses.length) return undefined;
      const ids = [...[this.before, this.after][side].keys()];
      return this.tags.includes(tag) ? statuses : [...statuses, this.words(ids, side, tag)];
    });
  }

  /* --- Clauses that came, went, or took over from others */

  whole(kind, { id }, side) {
    const tags = this.outlines[side].languages;
    const op = side ? "insert" : "delete";
    const redlines = {};
    for (const tag of tags) {
      const text = this.text(id, side, tag);
      const parts = [["heading", text.heading ? [text.heading] : []], ["text", paragraphs(text)]];
      const told = parts.map(([part, runs]) => [part, runs.map(plain).join("\n")]).filter(([, words]) => words);
      if (told.length) redlines[tag] = told.map(([part, words]) => ({ part, edits: [{ op, text: words }] }));
    }
    const digests = this.digests(tags, (at, tag) => (at === side ? this.words([id], side, tag) : undefined));
    return this.made(kind, side ? [[], [id]] : [[id], []], [`clause.${kind}`], digests, redlines);
  }

  takeover({ before, after, kind }) {
    const ends = [before, after];
    const found = this.handover(ends);
    const digests = this.digests(this.tags, (side, tag) => this.words(ends[side], side, tag));
    const weighed = differing(digests).map((tag) => [tag, found?.[tag].rules ?? [UNWEIGHED]]);
    const changed = weighed.filter(([, rules]) => !same(rules, ["text.punctuation"]));
    const rules = [`clause.${kind}`, ...(changed.length ? this.weigh(Object.fromEntries(changed)) : [])];
    const facts = ends.map((ids, side) => ids.flatMap((id) => this.facts(id, side)));
    if (inOne(...facts).length) rules.push(changed.length ? "fact.changed-with-text" : "fact.annotated");
    const redlines = this.every.map((tag) => [tag, ["heading", "text", "links"].flatMap((part) => this.passages(ends, part, tag, found && (found[tag] ?? {})))]);
    return this.made(kind, ends, rules, digests, Object.fromEntries(redlines.filter(([, passages]) => passages.length)));
  }

  /** How the texts differ, as the file of one of the clauses tells it. */
  handover(ends) {
    const held = ends.map((ids, side) => ids.map((id) => [id, [this.before, this.after][side].get(id).key]));
    const [keeper] = inOne(...ends).toSorted();
    for (const { before, after, redlines } of this.lives.get(keeper).handovers ?? []) {
      if (same([before, after], held)) return redlines;
      if (same([after, before], held)) return Object.fromEntries(Object.entries(redlines).map(([tag, found]) => [tag, turned(found)]));
    }
    return undefined;
  }

  /* --- Clauses that stayed */

  *clause(old, now) {
    const ends = [[now.id], [now.id]];
    const rules = [];
    if (old.parent !== now.parent) rules.push("clause.moved-parent");
    else if (this.moved.has(now.id)) rules.push("clause.moved");
    if (old.kind !== now.kind) rules.push("clause.kind");
    const spots = [old, now];
    if (rules.length) yield this.made("moved", ends, rules, this.digests([""], (side) => [spots[side].parent, spots[side].kind]));
    const retitled = [];
    if (old.key !== now.key) yield* this.said(now.id, retitled);
    yield* this.variables(now.id);
    if (this.renumbered(old, now, retitled.length) && !rules.length) {
      const digests = spots.map(({ labels }) => Object.fromEntries(Object.entries(labels).map(([tag, label]) => [tag, this.digest(label)])));
      yield this.made("renumbered", ends, ["clause.renumbered"], digests);
    }
  }

  *said(id, retitled) {
    const ends = [[id], [id]];
    const [old, now] = this.states.map((states) => states.get(id));
    const differ = (say) => this.tags.filter((tag) => !same(say(this.text(id, 0, tag)), say(this.text(id, 1, tag))));
    const [reworded, headed] = [differ(said), differ(titled)];
    retitled.push(...headed);
    if (this.taken.has(id)) return;
    const reserved = (old.reserved ?? false) !== (now.reserved ?? false);
    const rulesOf = (tags, part) => Object.fromEntries(tags.map((tag) => [tag, this.pair(id, tag)?.[part]?.rules ?? [UNWEIGHED]]));
    if (reworded.length || reserved) {
      const weighed = [...(reworded.length ? this.weigh(rulesOf(reworded, "text")) : []), ...(reserved ? ["clause.reserved"] : [])];
      const flag = (side) => this.states[side].get(id).reserved ?? false;
      const digests = this.digests(reserved ? [...this.tags, ""] : this.tags, (side, tag) => (tag ? said(this.text(id, side, tag)) : flag(side)));
      yield this.made("reworded", ends, weighed, digests, this.redlines(id, ["text", "links"]));
    }
    if (headed.length) {
      const digests = this.digests(this.tags, (side, tag) => titled(this.text(id, side, tag)));
      yield this.made("retitled", ends, this.weigh(rulesOf(headed, "heading")), digests, this.redlines(id, ["heading"]));
    }
    yield* this.refacted(id, reworded.length > 0);
  }

  facts(id, side) {
    return (this.states[side].get(id)?.facts ?? []).map((fact) => JSON.stringify(fact));
  }

  *refacted(id, withText) {
    const ends = [[id], [id]];
    const states = this.states.map((found) => found.get(id));
    const facts = [0, 1].map((side) => this.facts(id, side));
    const lineage = states.map(({ replaces, restores }) => [replaces ?? [], restores ?? null]);
    const rules = [];
    if (String(facts[0]) !== String(facts[1])) {
      const other = inOne(facts[0], facts[1]).length > 0;
      rules.push(withText && other ? "fact.changed-with-text" : "fact.annotated");
    }
    if (!same(...lineage)) rules.push("lineage.annotated");
    if (!rules.length) return;
    const passages = this.passages(ends, "text", "", this.pair(id, "")).map((passage) => ({ ...passage, part: "facts" }));
    const digests = this.digests([""], (side) => [states[side].facts ?? [], ...lineage[side]]);
    yield this.made("refacted", ends, rules, digests, passages.length ? { "": passages } : {});
  }

  *variables(id) {
    const uses = (side) => this.states[side].get(id)?.variables ?? [];
    for (const name of uses(0).filter((one) => uses(1).includes(one)).toSorted()) {
      const found = this.details.variables[name];
      if (!found) continue;
      const digests = this.digests(this.tags, (side, tag) => this.frames[side].variables[name]?.[tag]);
      yield this.made("variable", [[id], [id]], found.rules, digests, this.values(found.values), name);
    }
  }

  /** Whether its number changed, or how others cite it, for no reason that is told elsewhere. */
  renumbered(old, now, retitled) {
    const labels = [old, now].map((spot) => this.tags.map((tag) => spot.labels[tag]));
    const numbers = labels.map((those) => JSON.stringify(those.map(([text]) => text)));
    const elsewhere = old.parent !== now.parent || this.explained.has(now.parent);
    if (same(...labels) && !elsewhere) return false;
    const told = numbers[0] !== numbers[1] || elsewhere || retitled > 0;
    if (told) this.explained.add(now.id);
    return numbers[0] !== numbers[1] || !told;
  }

  /* --- Redlines */

  /** How two texts of a clause differ; undefined if that is not known. */
  pair(id, tag) {
    const ends = this.states.map((states) => states.get(id)?.texts[tag]);
    if (ends[0] === ends[1]) return {};
    const [low, high] = ends.toSorted((one, other) => one - other);
    const found = this.lives.get(id).redlines[tag].find(([one, other]) => one === low && other === high)?.[2];
    return found && low !== ends[0] ? turned(found) : found;
  }

  redlines(id, parts) {
    const found = this.every.map((tag) => [tag, parts.flatMap((part) => this.passages([[id], [id]], part, tag, this.pair(id, tag)))]);
    return Object.fromEntries(found.filter(([, passages]) => passages.length));
  }

  /** One part of the texts of clauses, redlined; where that is not known or one has no such text, each as it is. */
  passages(ends, part, tag, known) {
    const runs = ends.map((ids, side) => ids.flatMap((id) => partOf(this.text(id, side, tag), part)));
    if (known) {
      const { edits: strokes, source: isSource } = known[part] ?? {};
      const [old, now] = runs.map((those) => those.map(isSource ? source : plain).join("\n"));
      return strokes ? [{ part, edits: edits(strokes, old, now) }] : [];
    }
    const [old, now] = runs.map((those) => those.map(plain).join("\n"));
    if (old === now) return [];
    const all = [{ op: "delete", text: old }, { op: "insert", text: now }].filter(({ text }) => text);
    const beside = this.tags.includes(tag) || !tag;
    return beside && part === "links" ? [] : [{ part, ...(beside ? { apart: true } : {}), edits: all }];
  }

  values(values) {
    const found = Object.entries(values).filter(([, value]) => value.edits);
    return Object.fromEntries(found.map(([tag, { old, new: now, edits: strokes }]) => [tag, [{ part: "value", edits: edits(strokes, old, now) }]]));
  }
}

function partOf(text, part) {
  if (part === "heading") return text.heading ? [text.heading] : [];
  return part === "text" ? paragraphs(text) : paragraphs(text).flatMap(targets).map((target) => [target]);
}

/** The languages in which digests differ, in order. */
function differing([old, now]) {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((tag) => tag && old[tag] !== now[tag]);
}

/** The other way round; what replaces still follows what it replaces. */
function turned(found) {
  const swap = (strokes) =>
    strokes
      .replace(/[+-]/g, (sign) => (sign === "-" ? "+" : "-"))
      .replace(/(\+\d+)(-\d+)/g, "$2$1");
  return Object.fromEntries(
    Object.entries(found).map(([part, one]) => [part, one.edits ? { ...one, edits: one.back ?? swap(one.edits) } : one]),
  );
}
