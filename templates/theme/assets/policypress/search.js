// Search inside one policy. Material's worker (Lunr) finds and ranks; cutting text into terms happens here, alike for
// texts and queries, so that Chinese is found without a dictionary. Results are shown from the clean text, never as markup.

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const HAN = /\p{Script=Han}/u;
const RUN = /\p{Script=Han}+|[^\p{Script=Han}\P{L}]+|\p{N}+(?:\.\p{N}+)*/gu;
const SNIPPET = 110;

/** Terms of a text. Every two neighbouring Han characters are one, and so is the last: any character begins a term. */
function terms(text) {
  return runs(text).flatMap((run) => (HAN.test(run) ? pairs(run, true) : [run]));
}

function runs(text) {
  return text.normalize("NFKC").toLowerCase().match(RUN) ?? [];
}

// Lunr would cut Han characters its own way, so it gets their numbers.
function pairs(run, last) {
  const codes = [...run].map((character) => character.codePointAt(0).toString(16));
  const found = codes.slice(1).map((code, index) => `x${codes[index]}x${code}`);
  return last ? [...found, `x${codes.at(-1)}x`] : found;
}

/** What must be found: pairs of Han characters exactly, other words by their beginning, without the usual endings. */
function query(text) {
  return runs(text).flatMap((run) => {
    if (!HAN.test(run)) return [`${stem(run)}*`];
    return [...run].length === 1 ? [`${pairs(run, true)[0]}*`] : pairs(run, false);
  });
}

function stem(word) {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  const short = word.replace(/(?:ies|ing|ed|es|s|y|e)$/, "");
  return short.length >= 3 ? short : word;
}

// A letter of a word such as Cookie, which Chinese sets between Han characters without a space.
const LETTER = "(?:(?!\\p{Script=Han})[\\p{L}\\p{N}])";

/** What to mark in a text: the words of the query as the reader sees them. */
function pattern(text) {
  const parts = runs(text).map((run) => {
    if (HAN.test(run)) return run;
    return `(?<!${LETTER})${stem(run).replaceAll(".", "\\.")}${LETTER}*`;
  });
  return parts.length ? new RegExp(parts.join("|"), "giu") : null;
}

function marked(text, found) {
  const nodes = [];
  let done = 0;
  for (const match of found ? text.matchAll(found) : []) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    nodes.push(text.slice(done, match.index), mark);
    done = match.index + match[0].length;
  }
  return [...nodes, text.slice(done)];
}

/** The part of a text around the first hit. */
function snippet(text, found) {
  const flat = text.replace(/\s+/g, " ");
  const first = found ? flat.search(found) : -1;
  if (flat.length <= 2 * SNIPPET) return flat;
  let start = Math.max(0, first - SNIPPET / 2);
  if (start > 0 && flat.indexOf(" ", start) - start < 20) start = Math.max(start, flat.indexOf(" ", start) + 1);
  const end = start + 2 * SNIPPET;
  return (start ? "…" : "") + flat.slice(start, end).trim() + (end < flat.length ? "…" : "");
}

/** A worker with the policy's index in it, as a function from a query to the clauses found, best first. */
async function engine(indexAddress, workerAddress) {
  const answer = await fetch(indexAddress);
  if (!answer.ok) throw new Error(`${answer.status} ${indexAddress}`);
  const { config, docs, options } = await answer.json();
  const clean = new Map(docs.map((entry) => [entry.location, entry]));
  const cut = docs.map(({ location, title, text }) => ({
    location,
    title: terms(title).join(" "),
    text: terms(text).join(" "),
  }));
  const worker = new Worker(workerAddress);
  let turn = Promise.resolve();
  const ask = (message) => {
    const asked = turn.then(
      () =>
        new Promise((resolve, reject) => {
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = reject;
          worker.postMessage(message);
        }),
    );
    turn = asked.catch(() => undefined);
    return asked;
  };
  const ready = await ask({ type: SETUP, data: { config, docs: cut, options } });
  if (ready.type !== READY) throw new Error("the worker did not start");

  const run = async (parts) => {
    const { data } = await ask({ type: QUERY, data: parts.join(" ") });
    return data.items
      .flat()
      .filter((item) => item.score > 0 && item.location.includes("#"))
      .sort((one, other) => other.score - one.score)
      .map((item) => clean.get(item.location));
  };
  return async (text) => {
    const parts = query(text);
    if (!parts.length) return [];
    const all = await run(parts.map((part) => `+${part}`));
    return all.length || parts.length === 1 ? all : run(parts);
  };
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The search dialog; `open` shows it. Escape, focus and what lies behind are the browser's. */
export async function create({ index, worker, words }) {
  const find = await engine(index, worker);
  const input = element("input", { type: "search", id: "_query", autocomplete: "off", spellcheck: "false" });
  const close = element("button", { type: "button" }, words.close);
  const said = element("p", { class: "search-say", role: "status" }, words.hint);
  const list = element("ol", { role: "list" });
  const head = element("form", { class: "search-head", role: "search" });
  head.append(element("label", { for: "_query" }, words.search), input, close);
  const dialog = element("dialog", { class: "search", "aria-label": words.search }, head, said, list);
  document.body.append(dialog);

  let latest = 0;
  async function show() {
    const mine = ++latest;
    const text = input.value;
    const found = await find(text);
    if (mine !== latest) return;
    const marks = pattern(text);
    list.replaceChildren(...found.map((clause) => item(clause, marks)));
    said.textContent = text.trim() ? count(found.length) : words.hint;
  }

  function item(clause, marks) {
    const link = element("a", { href: clause.location.slice(clause.location.indexOf("#")) });
    link.append(element("strong", {}, ...marked(clause.title, marks)));
    if (clause.text) link.append(element("span", {}, ...marked(snippet(clause.text, marks), marks)));
    return element("li", {}, link);
  }

  function count(number) {
    if (!number) return words.none;
    return (number === 1 ? words.one : words.many).replace("{n}", String(number));
  }

  let shown = Promise.resolve();
  input.addEventListener("input", () => {
    shown = show();
  });
  head.addEventListener("submit", async (event) => {
    event.preventDefault();
    await shown; // Enter may come before the answer
    list.querySelector("a")?.focus();
  });
  close.addEventListener("click", () => dialog.close());
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault(); // a search field would take the first Escape for itself
    dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    dialog.close();
    // The dialog gives focus back to its button: move it on, to the clause that was chosen.
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    setTimeout(() => target?.querySelector(".anchor")?.focus({ preventScroll: true }));
  });
  return {
    open() {
      dialog.showModal();
      input.select();
    },
  };
}
