// Any two versions compared: the form, its state in the address, and the redline made of the program's own answers.
(function () {
  "use strict";
  const form = document.querySelector("[data-compare]");
  const { home, data, rules, kinds, severities, fields, parts, languages, most, words } = JSON.parse(form.dataset.compare);
  const { lang } = document.documentElement;
  const isHan = /^(zh|yue|wuu|nan|hak|lzh|ja)\b/.test(lang);
  const { from, to } = form.elements;
  const answer = form.querySelector("[role=status]");
  const [list, redline] = ["_found", "_redline"].map((id) => document.getElementById(id));
  const { comparing, digests } = document.currentScript.dataset;
  const modules = Promise.all([comparing, digests].map((path) => import(new URL(path, document.baseURI).href)));
  const elsewhere = [...document.querySelectorAll("[data-keeps-place]")].map((link) => [link, link.getAttribute("href")]);
  const reasons = new Map(rules.map(([id, , why]) => [id, why]));
  const kept = new Map();

  function load(path) {
    if (!kept.has(path)) {
      kept.set(path, fetch(`${data}${path}`).then((found) => (found.ok ? found.json() : Promise.reject(new Error(path)))));
      kept.get(path).catch(() => kept.delete(path));
    }
    return kept.get(path);
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  /* --- Words */

  function why(change) {
    const told = change.rules.map((id) => reasons.get(id)).filter(Boolean);
    const [colon, comma] = isHan ? ["：", "；"] : [": ", "; "];
    return kinds[change.kind] + (told.length ? colon + told.join(comma) : "");
  }

  /** The heading of a clause, or its first words. */
  function title(text) {
    if (text.length <= most) return text;
    const cut = text.slice(0, most);
    return `${isHan ? cut : cut.slice(0, Math.max(cut.lastIndexOf(" "), 0) || most)}…`;
  }

  function name(change) {
    if (!change.clause) return fields[change.field] ?? change.field;
    const [old, now] = [change.old_labels[lang], change.new_labels[lang]];
    const label = old && now && old !== now ? `${old} → ${now}` : (now ?? old);
    return [label, title(change.title[lang] ?? "")].filter(Boolean).join(" ") || change.clause;
  }

  const marks = (change) =>
    element("p", { class: "marks" }, element("span", { class: `pill ${change.severity}` }, severities[change.severity]), " ", element("span", { class: "why" }, why(change)));

  function count(changes) {
    if (!changes.length) return words.none;
    const [n, m, k] = [changes.length, ...["material", "unweighed"].map((wanted) => changes.filter(({ severity }) => severity === wanted).length)];
    const all = filled(words[`${m ? "material" : k ? "changes" : "harmless"}${n === 1 ? "One" : "Many"}`], { n, m });
    return k ? `${all}${isHan ? "，" : ", "}${filled(words.unweighed, { n: k })}` : all;
  }

  /* --- Redlines, as on the pages of changes */

  const TAGS = { insert: ["ins", words.inserted], delete: ["del", words.deleted] };
  const BREAK = "¶";

  function marked(op, text) {
    const [tag, mark] = TAGS[op] ?? [];
    return tag ? element(tag, { "data-mark": mark }, text) : text;
  }

  /** Edits as lines; where the end of one came or went, a mark says so. */
  function lines(edits, ops, tag, attributes = {}) {
    const left = edits.filter(({ op }) => ops.includes(op));
    const inside = left.some(({ op }) => op !== left[0].op);
    const found = [element(tag, attributes)];
    for (const { op, text } of left) {
      for (const [at, part] of text.split("\n").entries()) {
        if (at && inside && op !== "equal") found.at(-1).append(marked(op, BREAK));
        if (at) found.push(element(tag, attributes));
        if (part) found.at(-1).append(marked(op, part));
      }
    }
    return found.filter((line) => line.childNodes.length);
  }

  const HEADING = ["h3", { class: "minor" }];
  const caption = ({ part }) => (part === "heading" || part === "text" ? [] : [element("p", { class: "part" }, parts[part])]);

  /** A part of a change, in both layouts. */
  function passage(found) {
    const isList = found.part === "links" || found.part === "facts"; // of lists only what changed is shown
    const isNews = (line) => !isList || line.querySelector("ins, del");
    const set = (ops) => [...caption(found), ...lines(found.edits, ops, ...(found.part === "heading" ? HEADING : ["p"])).filter(isNews)];
    const sides = [["old", "delete"], ["new", "insert"]].map(([side, op]) => element("div", { class: side }, ...set(["equal", op])));
    return element("div", { class: "passage" }, element("div", { class: "inline" }, ...set(["equal", "delete", "insert"])), element("div", { class: "sides" }, ...sides));
  }

  /** Texts of which no redline was made: each as it is, and why. */
  function apart(found, versions) {
    const sides = found.map((op, at) => element("div", { class: ["old", "new"][at] }, element("p", { class: "part" }, filled(words.version, { version: versions[at] })), ...op));
    return element("div", { class: "passage" }, element("p", { class: "meta" }, words.apart), element("div", { class: "sides apart" }, ...sides));
  }

  function bodyOf(passages, versions) {
    const body = passages.filter((one) => !one.apart).map(passage);
    const plain = passages.filter((one) => one.apart);
    if (!plain.length) return body;
    const sideOf = (wanted) =>
      plain.flatMap(({ part, edits }) => lines(edits.filter(({ op }) => op === wanted).map(({ text }) => ({ op: "equal", text })), ["equal"], ...(part === "heading" ? HEADING : ["p"])));
    return [...body, apart(["delete", "insert"].map(sideOf), versions)];
  }

  const shown = (change) => change.redlines[lang] ?? change.redlines[""] ?? [];

  /** The changes of each clause together, and the id of their redline, if there is one. */
  function grouped(changes) {
    const found = [];
    for (const change of changes) {
      if (!change.clause || found.at(-1)?.changes[0].clause !== change.clause) found.push({ changes: [] });
      found.at(-1).changes.push(change);
    }
    for (const [at, group] of found.entries()) group.id = group.changes.some((change) => shown(change).length) ? `_c${at}` : "";
    return found;
  }

  function section({ changes, id }, around, versions) {
    const [first] = changes;
    const steps = element("p", { class: "steps" });
    if (around[0]) steps.append(element("a", { href: `#${around[0]}`, rel: "prev" }, words.previous));
    if (around[1]) steps.append(element("a", { href: `#${around[1]}`, rel: "next" }, words.next));
    if (first.clause && first.kind !== "removed") steps.append(element("a", { href: `${home}${versions[1]}/#${first.clause}` }, words.text));
    if (first.clause) steps.append(element("a", { href: `${home}clauses/${first.clause}/` }, words.past));
    const passages = changes.flatMap(shown).toSorted((one, other) => (other.part === "heading") - (one.part === "heading"));
    const told = changes.filter(({ kind }) => kind !== "renumbered").map(marks);
    const row = element("div", { class: "row line opens" }, element("div", { class: "words" }, ...bodyOf(passages, versions)));
    return element("section", { class: "changed", id, "aria-labelledby": `${id}n` }, element("h3", { class: "subject", id: `${id}n` }, name(first)), element("div", { class: "what" }, ...told, steps), row);
  }

  /* --- The list of changes */

  function item(change, id, versions) {
    const subject = id ? element("a", { href: `#${id}` }, name(change)) : element("span", { class: "subject" }, name(change));
    const made = element("li", { "data-kind": change.kind, "data-clause": change.clause, "data-rules": change.rules.join(" ") }, element("p", { class: "about" }, subject), marks(change));
    for (const { summary, version } of change.notes) {
      if (!summary[lang]) continue;
      const link = element("a", { href: `${home}${version}/changes/#${change.clause}` }, filled(words.version, { version }));
      made.append(element("p", { class: "summary" }, summary[lang], " ", element("span", { class: "meta" }, link)));
    }
    if (change.languages.length && !change.languages.includes(lang) && !id) made.append(...others(change, versions));
    return made;
  }

  /** Where it is to be seen, if not in this language. */
  const others = (change, [old, now]) =>
    elsewhere
      .filter(([link]) => change.languages.includes(link.hreflang))
      .map(([link, href]) => element("p", { class: "meta" }, element("a", { href: `${href}?from=${old}&to=${now}`, hreflang: link.hreflang }, filled(words.elsewhere, { language: languages[link.hreflang] }))));

  function show(changes, versions) {
    const groups = grouped(changes);
    const stops = groups.filter(({ id }) => id);
    const items = (wanted) => groups.flatMap((group) => group.changes.filter(wanted).map((change) => item(change, group.id, versions)));
    const isFolded = ({ kind }) => kind === "renumbered";
    const folded = items(isFolded);
    const renumbered = list.querySelector(".renumbered");
    list.querySelector(".changes").replaceChildren(...items((change) => !isFolded(change)));
    renumbered.querySelector(".changes").replaceChildren(...folded);
    renumbered.querySelector("summary").textContent = filled(words[folded.length === 1 ? "renumberedOne" : "renumberedMany"], { n: folded.length });
    renumbered.hidden = !folded.length;
    const sections = stops.map((group, at) => section(group, [stops[at - 1]?.id, stops[at + 1]?.id], versions));
    redline.querySelector(".stretches").replaceChildren(...sections);
    for (const [at, head] of [...redline.querySelectorAll(".heads span")].entries()) head.textContent = filled(words.version, { version: versions[at] });
    list.hidden = !changes.length;
    redline.hidden = !stops.length;
    answer.textContent = count(changes);
  }

  /* --- The form. The address keeps the pair, also in the other languages. */

  let asked = 0;
  async function ask(old, now) {
    const mine = ++asked;
    form.setAttribute("aria-busy", "true");
    [from.value, to.value] = [old, now];
    for (const [link, href] of elsewhere) link.setAttribute("href", `${href}?from=${old}&to=${now}`);
    try {
      const [{ compare }, { digest }] = await modules;
      const changes = await compare(load, old, now, rules.map(([id, floor]) => [id, floor]), digest);
      if (mine === asked) show(changes, [old, now]);
    } catch {
      if (mine === asked) answer.textContent = words.failed;
    }
    if (mine === asked) form.removeAttribute("aria-busy");
  }

  function go() {
    history.pushState(null, "", `?from=${from.value}&to=${to.value}`);
    ask(from.value, to.value);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  form.querySelector("[data-swap]").addEventListener("click", () => {
    [from.value, to.value] = [to.value, from.value];
    go();
  });

  const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });
  /** A version, and the day from which it binds, in the policy's own zone. */
  const choice = ({ version, properties: { effective } }) =>
    effective ? `${version} · ${filled(words.effective, { date: dates.format(new Date(effective.slice(0, 10))) })}` : version;

  async function begin() {
    const found = await fetch(`${home}versions.json`);
    const all = await found.json();
    const versions = all.map(({ version }) => version);
    for (const field of [from, to]) field.replaceChildren(...all.map((one) => element("option", { value: one.version }, choice(one))));
    const fromAddress = () => {
      const query = new URLSearchParams(location.search);
      const known = (wanted, other) => (versions.includes(wanted) ? wanted : other);
      ask(known(query.get("from"), versions[1] ?? versions[0]), known(query.get("to"), versions[0]));
    };
    addEventListener("popstate", fromAddress);
    fromAddress();
  }
  begin().catch(() => (answer.textContent = words.failed));
})();
