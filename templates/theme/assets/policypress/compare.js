// Any two versions compared: the form, its state in the address, and the redline made of the program's own answers.
(function () {
  "use strict";
  const form = document.querySelector("[data-compare]");
  const { home, data, rules, kinds, severities, fields, words } = JSON.parse(form.dataset.compare);
  const { lang } = document.documentElement;
  const { from, to } = form.elements;
  const answer = form.querySelector("[role=status]");
  const [list, redline] = ["_found", "_redline"].map((id) => document.getElementById(id));
  const module = import(new URL(document.currentScript.dataset.comparing, document.baseURI).href);
  const elsewhere = [...document.querySelectorAll("[data-keeps-place]")].map((link) => [link, link.getAttribute("href")]);
  const floors = new Map(rules.map(([id, floor]) => [id, floor]));
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

  /* --- Words */

  const severity = (change) => floors.get(change.rules[0]) ?? "material";

  function why(change) {
    const told = change.rules.map((id) => reasons.get(id)).filter(Boolean);
    const [colon, comma] = lang.startsWith("zh") ? ["：", "；"] : [": ", "; "];
    return kinds[change.kind] + (told.length ? colon + told.join(comma) : "");
  }

  function name(change) {
    if (!change.clause) return fields[change.field] ?? change.field;
    const [old, now] = [change.old_labels[lang], change.new_labels[lang]];
    return old && now && old !== now ? `${old} → ${now}` : (now ?? old ?? change.clause);
  }

  const marks = (change) =>
    element("p", { class: "marks" }, element("span", { class: `pill ${severity(change)}` }, severities[severity(change)]), " ", element("span", { class: "why" }, why(change)));

  /* --- Redlines */

  const TAGS = { insert: ["ins", words.inserted], delete: ["del", words.deleted] };

  function lines(edits, ops) {
    const found = [element("p", {})];
    for (const { op, text } of edits.filter((edit) => ops.includes(edit.op))) {
      for (const [at, part] of text.split("\n").entries()) {
        if (at) found.push(element("p", {}));
        if (!part) continue;
        const [tag, mark] = TAGS[op] ?? [];
        found.at(-1).append(tag ? element(tag, { "data-mark": mark }, part) : part);
      }
    }
    return found.filter((line) => line.childNodes.length);
  }

  const shown = (change) => change.redlines[lang] ?? change.redlines[""] ?? [];

  function section(change, id, around, to) {
    const steps = element("p", { class: "steps" });
    if (around[0]) steps.append(element("a", { href: `#${around[0]}`, rel: "prev" }, words.previous));
    if (around[1]) steps.append(element("a", { href: `#${around[1]}`, rel: "next" }, words.next));
    if (change.clause && change.kind !== "removed") steps.append(element("a", { href: `${home}${to}/#${change.clause}` }, words.text));
    const all = shown(change).flatMap((passage) => passage.edits.map((edit, at) => (at || passage === shown(change)[0] ? edit : { ...edit, text: `\n${edit.text}` })));
    const sides = element("div", { class: "sides" }, element("div", { class: "old" }, ...lines(all, ["equal", "delete"])), element("div", { class: "new" }, ...lines(all, ["equal", "insert"])));
    const body = element("div", { class: "words" }, element("div", { class: "inline" }, ...lines(all, ["equal", "delete", "insert"])), sides);
    const label = element("span", { class: "label" }, `${name(change)} `);
    return element("section", { class: "changed", "aria-label": name(change) }, element("div", { class: "what" }, marks(change), steps), element("div", { class: "row line", id }, label, body));
  }

  function show(changes, old, now) {
    const seen = changes.map((change, at) => ({ change, id: shown(change).length ? `_c${at}` : "" }));
    const stops = seen.map(({ id }) => id).filter(Boolean);
    list.querySelector(".changes").replaceChildren(
      ...seen.map(({ change, id }) => {
        const subject = id ? element("a", { href: `#${id}` }, name(change)) : element("span", {}, name(change));
        const item = { "data-kind": change.kind, "data-clause": change.clause, "data-rules": change.rules.join(" ") };
        return element("li", item, element("p", { class: "about" }, subject), marks(change));
      }),
    );
    const parts = seen.filter(({ id }) => id).map(({ change, id }) => section(change, id, [stops[stops.indexOf(id) - 1], stops[stops.indexOf(id) + 1]], now));
    redline.querySelector(".stretches").replaceChildren(...parts);
    for (const [at, head] of [...redline.querySelectorAll(".heads span")].entries()) head.textContent = words.version.replace("{version}", [old, now][at]);
    list.hidden = !changes.length;
    redline.hidden = !parts.length;
    const material = changes.filter((change) => severity(change) === "material").length;
    answer.textContent = changes.length ? words.count.replace("{n}", changes.length).replace("{m}", material) : words.none;
  }

  /* --- The form. The address keeps the pair, also in the other languages. */

  let asked = 0;
  async function ask(old, now) {
    const mine = ++asked;
    [from.value, to.value] = [old, now];
    for (const [link, href] of elsewhere) link.setAttribute("href", `${href}?from=${old}&to=${now}`);
    try {
      const { compare } = await module;
      const changes = await compare(load, old, now, rules.map(([id, floor]) => [id, floor]));
      if (mine === asked) show(changes, old, now);
    } catch {
      if (mine === asked) answer.textContent = words.failed;
    }
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

  async function begin() {
    const found = await fetch(`${home}versions.json`);
    const versions = (await found.json()).map(({ version }) => version);
    for (const field of [from, to]) field.replaceChildren(...versions.map((version) => element("option", {}, version)));
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
