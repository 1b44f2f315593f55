// What time does to a text: where it stands today, and the way to its other versions. The page says what stays true;
// this rewords it, from versions.json and the clock. Time is compared as instants; dates are the policy's zone's.
(function () {
  "use strict";
  const box = document.querySelector("[data-standing]");
  const { version, pinned, home, zone, words, states } = JSON.parse(box.dataset.standing);
  const { lang } = document.documentElement;
  const timeline = new URL(document.currentScript.dataset.timeline, document.baseURI).href;

  /* --- The notice */

  function standing({ state, inForce, next }, entries, now) {
    const mine = entries.find((entry) => entry.version === version);
    if (!mine) return undefined;
    const current = inForce(entries, now);
    const later = next(entries, now);
    const { name, date } = state(mine, entries, now);
    const found = { name, date, version, link: words.see, href: current && !current.latest ? `${home}${current.version}/` : home };
    if (pinned) return { ...found, link: name === "in-force" ? words.own : words.see };
    if (name === "past" || name === "never") return found;
    if (name === "in-force" && later) {
      return { ...found, name: "upcoming", date: later.from, version: later.version, link: words.read, href: `${home}${later.version}/` };
    }
    return name === "in-force" && box.hidden ? undefined : { ...found, link: words.all, href: `${home}history/` };
  }

  function tell(found, written) {
    const said = words[found.date === null ? `${found.name}-undated` : found.name];
    const fill = (text) => text.replace("{version}", found.version).replace("{date}", written(found.date ?? 0, lang, zone));
    box.dataset.state = found.name;
    box.querySelector(".words strong").textContent = fill(said);
    const link = box.querySelector(".ways a");
    link.textContent = fill(found.link);
    point(link, found.href, found.link !== words.all);
    // There was nothing to say when the page was made. Said over the page, it moves nothing.
    if (box.hidden) box.classList.add("late");
    box.hidden = false;
  }

  /** To the clause being read, there too. */
  function point(link, href, keeps = true) {
    const reading = keeps ? document.querySelector("[data-clauses]").dataset.reading : "";
    link.toggleAttribute("data-keeps-place", keeps);
    link.dataset.address = href;
    link.setAttribute("href", reading ? `${href}#${reading}` : href);
  }

  /* --- The menu that the link to the history becomes */

  const SHOWN = 12;

  function menu(entries, { state, written }, now) {
    const link = document.querySelector("[data-versions]");
    const list = element("ul", { id: "_versions", class: "menu", role: "list", hidden: "" });
    const button = element("button", { type: "button", "aria-expanded": "false", "aria-controls": list.id }, link.textContent);
    const newest = entries.toReversed();
    const kept = newest.filter((entry, index) => {
      return index < SHOWN || entry.version === version || state(entry, entries, now).name === "in-force";
    });
    list.append(choice(words.current, home, { current: !pinned }));
    for (const entry of kept) {
      const { name } = state(entry, entries, now);
      const date = entry.dated && name !== "withdrawn" ? written(entry.from, lang, zone) : "";
      const meta = element("span", { class: "meta" }, states[name === "never" ? "past" : name]);
      const parts = [element("span", { class: "date" }, date), " ", meta];
      list.append(choice(entry.version, `${home}${entry.version}/`, { name, parts, current: pinned && entry.version === version }));
    }
    list.append(choice(words.all, `${home}history/`, { keeps: false }));
    const focused = document.activeElement === link;
    link.replaceWith(button, list);
    if (focused) button.focus();
    opens(button, list);
  }

  function choice(text, href, { name = "", parts = [], current = false, keeps = true }) {
    const link = element("a", current ? { "aria-current": "page" } : {}, element("span", { class: "name" }, text), " ", ...parts);
    point(link, href, keeps);
    return element("li", name ? { class: name } : {}, link);
  }

  function opens(button, list) {
    const around = button.parentElement;
    const show = (open) => {
      button.setAttribute("aria-expanded", String(open));
      list.hidden = !open;
      if (!open) return;
      // Below the button, but never beyond the line that it stands in.
      const room = around.parentElement.clientWidth - list.offsetWidth;
      list.style.insetInlineStart = `${Math.max(0, Math.min(around.offsetLeft + button.offsetLeft, room))}px`;
    };
    button.addEventListener("click", () => show(list.hidden));
    around.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || list.hidden) return;
      show(false);
      button.focus();
    });
    around.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !around.contains(event.relatedTarget)) show(false);
    });
    document.addEventListener("click", (event) => {
      if (!around.contains(event.target)) show(false);
    });
    addEventListener("pagehide", () => show(false));
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  async function begin() {
    const [module, answer] = await Promise.all([import(timeline), fetch(`${home}versions.json`)]);
    if (!answer.ok) return;
    const entries = module.read(await answer.json());
    const now = Date.now();
    const found = standing(module, entries, now);
    if (found) tell(found, module.written);
    menu(entries, module, now);
  }

  // Without an answer the page stays as it is, and true.
  begin().catch(() => undefined);
})();
