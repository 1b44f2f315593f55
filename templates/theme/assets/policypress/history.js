// The history: which version was in force on a date, and where each one stands today. From versions.json, in the policy's zone.
(function () {
  "use strict";
  const form = document.querySelector("[data-history]");
  const { home, zone, words, states } = JSON.parse(form.dataset.history);
  const { lang } = document.documentElement;
  const field = form.elements.namedItem("date");
  const answer = form.querySelector("[role=status]");
  const timeline = new URL(document.currentScript.dataset.timeline, document.baseURI).href;
  const elsewhere = [...document.querySelectorAll("[data-keeps-place]")].map((link) => [link, link.getAttribute("href")]);
  const entryOf = (version) => document.getElementById(`v${version}`);

  async function load() {
    const [module, listed] = await Promise.all([import(timeline), fetch(`${home}versions.json`)]);
    if (!listed.ok) throw new Error(`${listed.status} ${listed.url}`);
    return { ...module, entries: module.read(await listed.json()) };
  }

  let loading = load();
  loading.then(standings, () => undefined);

  /** The page knows where each version stood when it was made. */
  function standings({ entries, state }) {
    for (const entry of entries) {
      const item = entryOf(entry.version);
      const { name } = state(entry, entries, Date.now());
      const shown = name === "never" ? "past" : name;
      if (!item || item.classList.contains(shown)) continue;
      item.classList.remove(...Object.keys(states));
      item.classList.add(shown);
      item.querySelector(".state").textContent = states[shown];
    }
  }

  /* --- In force on a date. The address keeps the question. */

  let asked = 0;
  async function ask(date) {
    const mine = ++asked;
    field.value = date;
    const wanted = field.value; // empty if that was no date
    const query = wanted ? `?date=${wanted}` : "";
    for (const [link, href] of elsewhere) link.setAttribute("href", href + query);
    if (!wanted) return show();
    try {
      const { entries, endOfDay, inForce } = await loading;
      const at = endOfDay(wanted, zone);
      if (mine === asked) show(wanted, at, inForce(entries, at));
    } catch {
      loading = load(); // another try may fare better
      loading.catch(() => undefined);
      if (mine === asked) show(null);
    }
  }

  function show(date, at, found) {
    for (const item of document.querySelectorAll(".history > .asked")) item.classList.remove("asked");
    answer.replaceChildren();
    if (date === undefined) return;
    const [before, after = ""] = sentence(date, at, found).split("{version}");
    answer.append(before);
    if (!found) return;
    const link = document.createElement("a");
    link.href = `${home}${found.version}/`;
    link.textContent = words.version.replace("{version}", found.version);
    answer.append(link, after);
    entryOf(found.version)?.classList.add("asked");
  }

  function sentence(date, at, found) {
    if (date === null) return words.failed;
    const day = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${date}T12:00Z`));
    const said = found ? (at > Date.now() ? words.planned : words.answer) : words.none;
    return said.replace("{date}", day);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", `?date=${field.value}`);
    ask(field.value);
  });
  const fromAddress = () => ask(new URLSearchParams(location.search).get("date") ?? "");
  addEventListener("popstate", fromAddress);
  fromAddress();
})();
