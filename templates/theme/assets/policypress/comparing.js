// What changed between any two versions, from outlines, details and the lives of clauses: the program's own answers,
// put together anew. Nothing is weighed here, and no text is compared word by word. No page.

const bare = (run) => {
  if (typeof run === "string") return run;
  if ("ref" in run) return { ref: run.ref };
  if ("var" in run) return { var: run.var };
  return "strong" in run ? { strong: run.strong.map(bare) } : { link: run.link.map(bare), href: run.href };
};
const said = (text) => JSON.stringify([text.text ?? [], text.closing ?? []].map((part) => part.map((runs) => runs.map(bare))));
const titled = (text) => JSON.stringify((text.heading ?? []).map(bare));

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

/** Clauses in whose place others stand. */
function takeovers(before, after, states) {
  const links = (olds, news, side) =>
    [...news.values()].flatMap(({ id }) =>
      (states[side].get(id)?.replaces ?? []).filter((gone) => olds.has(gone) && !news.has(gone)).map((gone) => [gone, id]),
    );
  const told = links(before, after, 1);
  const groups = new Map();
  for (const [one, other] of [...told, ...links(after, before, 0).map(([now, old]) => [old, now])]) {
    const joined = new Set([...(groups.get(one) ?? [one]), ...(groups.get(other) ?? [other])]);
    for (const id of joined) groups.set(id, joined);
  }
  return [...new Set(groups.values())].map((group) => {
    const olds = [...before.keys()].filter((id) => group.has(id));
    const news = [...after.keys()].filter((id) => group.has(id));
    const tie = told.some(([, id]) => group.has(id)) ? "merged" : "split";
    return { before: olds, after: news, kind: olds.length === news.length ? tie : olds.length < news.length ? "split" : "merged" };
  });
}

/* --- The comparison */

/** `load` gives an object of the policy by its path, `rules` are all, the worst first: [id, floor]. */
export async function compare(load, old, now, rules) {
  const [details, ...outlines] = await Promise.all([load("details.json"), ...[old, now].map((v) => load(`outlines/${v}.json`))]);
  const [before, after] = outlines.map(spots);
  const touched = [...new Set([...after.keys(), ...before.keys()])].filter((id) => before.get(id)?.key !== after.get(id)?.key);
  const lives = new Map(await Promise.all(touched.map(async (id) => [id, await load(`clauses/${id}.json`)])));
  return new Comparison(details, outlines, [before, after], lives, rules).changes();
}

class Comparison {
  constructor(details, outlines, [before, after], lives, rules) {
    Object.assign(this, { before, after, lives, outlines });
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
    const found = this.details.fields.map((field) => this.made("document", "", field.rules, { field: field.field, languages: field.languages, redlines: this.values(field.values) }));
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

  made(kind, clause, rules, more = {}) {
    const worst = [...new Set(rules)].sort((one, other) => this.order.get(one) - this.order.get(other));
    const labels = [this.before, this.after].map((side) => this.labels(side.get(clause)));
    return {
      kind, clause, clauses: clause ? [clause] : [], field: "", languages: [], redlines: {},
      old_labels: kind === "added" ? {} : labels[0], new_labels: kind === "removed" ? {} : labels[1],
      ...more, rules: worst,
    };
  }

  labels(spot) {
    return Object.fromEntries(Object.entries(spot?.labels ?? {}).map(([tag, [text]]) => [tag, text]).filter(([, text]) => text));
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

  pair(id, tag) {
    const ends = this.states.map((states) => states.get(id)?.texts[tag]);
    if (ends.includes(undefined)) return undefined;
    if (ends[0] === ends[1]) return {};
    const [low, high] = ends.toSorted((one, other) => one - other);
    const found = this.lives.get(id).redlines[tag].find(([one, other]) => one === low && other === high)?.[2];
    return found && low !== ends[0] ? turned(found) : found;
  }

  whole(kind, spot, side) {
    const tags = this.outlines[side].languages;
    const redlines = {};
    for (const tag of tags) {
      const text = this.text(spot.id, side, tag);
      const parts = [["heading", text.heading ? [text.heading] : []], ["text", paragraphs(text)]];
      const op = side ? "insert" : "delete";
      const told = parts.map(([part, runs]) => [part, runs.map(plain).join("\n")]).filter(([, words]) => words);
      if (told.length) redlines[tag] = told.map(([part, words]) => ({ part, edits: [{ op, text: words }] }));
    }
    return this.made(kind, spot.id, [`clause.${kind}`], { languages: tags, redlines });
  }

  /** Beyond the recorded redlines: old and new as they are. */
  takeover({ before, after, kind }) {
    const redlines = {};
    for (const tag of this.tags) {
      const [old, now] = [before, after].map((ids, side) => ids.flatMap((id) => paragraphs(this.text(id, side, tag))).map(plain).join("\n"));
      redlines[tag] = [{ part: "text", apart: true, edits: [{ op: "delete", text: old }, { op: "insert", text: now }] }];
    }
    const clauses = [...new Set([...before, ...after])];
    return this.made(kind, kind === "split" ? before[0] : after[0], [`clause.${kind}`], { clauses, languages: this.tags, redlines });
  }

  *clause(old, now) {
    const rules = [];
    if (old.parent !== now.parent) rules.push("clause.moved-parent");
    else if (this.moved.has(now.id)) rules.push("clause.moved");
    if (old.kind !== now.kind) rules.push("clause.kind");
    if (rules.length) yield this.made("moved", now.id, rules);
    const retitled = [];
    if (old.key !== now.key) yield* this.words(now.id, retitled);
    yield* this.variables(old, now);
    if (this.renumbered(old, now, retitled.length) && !rules.length) {
      const tags = Object.keys(now.labels).filter((tag) => String(now.labels[tag]) !== String(old.labels[tag]));
      yield this.made("renumbered", now.id, ["clause.renumbered"], { languages: tags });
    }
  }

  *words(id, retitled) {
    const [old, now] = this.states.map((states) => states.get(id));
    const differ = (say) => this.tags.filter((tag) => say(this.text(id, 0, tag)) !== say(this.text(id, 1, tag)));
    const [reworded, headed] = [differ(said), differ(titled)];
    retitled.push(...headed);
    if (this.taken.has(id)) return;
    const reserved = (old.reserved ?? false) !== (now.reserved ?? false);
    const rulesOf = (tags, part) => Object.fromEntries(tags.map((tag) => [tag, this.pair(id, tag)?.[part]?.rules ?? ["text.unknown"]]));
    if (reworded.length || reserved) {
      const weighed = [...(reworded.length ? this.weigh(rulesOf(reworded, "text")) : []), ...(reserved ? ["clause.reserved"] : [])];
      yield this.made("reworded", id, weighed, { languages: reworded, redlines: this.redlines(id, "text") });
    }
    if (headed.length) yield this.made("retitled", id, this.weigh(rulesOf(headed, "heading")), { languages: headed, redlines: this.redlines(id, "heading") });
    yield* this.refacted(id, old, now, reworded.length > 0);
  }

  *refacted(id, old, now, withText) {
    const facts = [old, now].map((state) => (state.facts ?? []).map((fact) => JSON.stringify(fact)));
    const lineage = [old, now].map((state) => JSON.stringify([state.replaces ?? [], state.restores ?? null]));
    const rules = [];
    if (String(facts[0]) !== String(facts[1])) {
      const other = new Set(facts[0]).symmetricDifference(new Set(facts[1])).size > 0;
      rules.push(withText && other ? "fact.changed-with-text" : "fact.annotated");
    }
    if (lineage[0] !== lineage[1]) rules.push("lineage.annotated");
    if (rules.length) yield this.made("refacted", id, rules, { redlines: { "": this.passages(id, "text", "", "facts") } });
  }

  *variables(old, now) {
    const uses = (side) => this.states[side].get(now.id)?.variables ?? [];
    for (const name of uses(0).filter((one) => uses(1).includes(one)).toSorted()) {
      const found = this.details.variables[name];
      if (found) yield this.made("variable", now.id, found.rules, { field: name, languages: found.languages, redlines: this.values(found.values) });
    }
  }

  /** Whether its number changed, or how others cite it, for no reason that is told elsewhere. */
  renumbered(old, now, retitled) {
    const labels = [old, now].map((spot) => this.tags.map((tag) => spot.labels[tag]));
    const numbers = labels.map((those) => JSON.stringify(those.map(([text]) => text)));
    const elsewhere = old.parent !== now.parent || this.explained.has(now.parent);
    if (JSON.stringify(labels[0]) === JSON.stringify(labels[1]) && !elsewhere) return false;
    const told = numbers[0] !== numbers[1] || elsewhere || retitled > 0;
    if (told) this.explained.add(now.id);
    return numbers[0] !== numbers[1] || !told;
  }

  /* --- Redlines */

  redlines(id, part) {
    const found = this.every.map((tag) => [tag, this.passages(id, part, tag, part)]);
    return Object.fromEntries(found.filter(([, passages]) => passages.length));
  }

  passages(id, part, tag, name) {
    const sides = [0, 1].map((side) => {
      const text = this.text(id, side, tag);
      return part === "heading" ? (text.heading ? [text.heading] : []) : paragraphs(text);
    });
    const found = this.pair(id, tag);
    const joined = (print) => sides.map((runs) => runs.map(print).join("\n"));
    if (!found) {
      const [old, now] = joined(plain);
      const all = [{ op: "delete", text: old }, { op: "insert", text: now }].filter(({ text }) => text);
      return all.length ? [{ part: name, apart: true, edits: all }] : [];
    }
    const strokes = found[part]?.edits;
    if (!strokes) return [];
    const [old, now] = joined(found[part].source ? source : plain);
    return [{ part: name, edits: edits(strokes, old, now), ...(found[part].source ? {} : { sides, strokes }) }];
  }

  values(values) {
    const found = Object.entries(values).filter(([, value]) => value.edits);
    return Object.fromEntries(found.map(([tag, { old, new: now, edits: strokes }]) => [tag, [{ part: "value", edits: edits(strokes, old, now) }]]));
  }
}

/** The other way round; what replaces still follows what it replaces. */
function turned(found) {
  const swap = (strokes) =>
    strokes
      .replace(/[+-]/g, (sign) => (sign === "-" ? "+" : "-"))
      .replace(/(\+\d+)(-\d+)/g, "$2$1");
  return Object.fromEntries(
    Object.entries(found).map(([part, one]) => [part, { ...one, ...(one.edits ? { edits: one.back ?? swap(one.edits) } : {}) }]),
  );
}
