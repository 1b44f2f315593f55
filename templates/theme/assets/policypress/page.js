// What a page does beyond being read: copies links, knows the clause being read, keeps it across languages.
// Everything here only adds: without it the links are plain links and the page is whole.
(function () {
  "use strict";
  const root = document.documentElement;
  const status = document.querySelector("[data-words]");
  const words = JSON.parse(status.dataset.words);

  for (const control of document.querySelectorAll(".needs-js")) control.hidden = false;

  /* --- Saying what happened */

  let silence = 0;
  function say(text) {
    clearTimeout(silence);
    status.textContent = "";
    // An empty moment in between: the same words said again are announced again.
    setTimeout(() => (status.textContent = text), 30);
    silence = setTimeout(() => (status.textContent = ""), Math.max(4000, 150 * text.length));
  }

  /* --- Light and dark: the button overrides the system, and forgets when both agree */

  const wishesDark = matchMedia("(prefers-color-scheme: dark)");
  const scheme = document.querySelector("[data-scheme-toggle]");

  function isDark() {
    return root.dataset.scheme ? root.dataset.scheme === "dark" : wishesDark.matches;
  }

  function choose(dark) {
    if (dark === wishesDark.matches) delete root.dataset.scheme;
    else root.dataset.scheme = dark ? "dark" : "light";
    try {
      if (root.dataset.scheme) localStorage.setItem("policypress-scheme", root.dataset.scheme);
      else localStorage.removeItem("policypress-scheme");
    } catch {
      // Storage is forbidden here: the choice holds for this page.
    }
    showScheme();
  }

  function showScheme() {
    scheme?.setAttribute("aria-pressed", String(isDark()));
  }

  scheme?.addEventListener("click", () => choose(!isDark()));
  wishesDark.addEventListener("change", showScheme);
  showScheme();

  /* --- Print */

  document.querySelector("[data-print]")?.addEventListener("click", () => print());
  const address = document.querySelector("[data-address]");
  if (address && !address.textContent.trim() && location.protocol.startsWith("http")) {
    address.textContent = location.origin + location.pathname;
  }

  /* --- The clause being read */

  const text = document.querySelector("[data-clauses]");
  const clauses = text ? [...text.querySelectorAll("[id]:not([id^='_'])")] : [];
  const entries = [...document.querySelectorAll(".contents a")];
  const top = document.querySelector(".top");
  const bar = document.querySelector(".bar");

  // Other scripts may bring links that keep the place, and give some another address.
  function place(id) {
    text.dataset.reading = id;
    for (const link of document.querySelectorAll("[data-keeps-place]")) {
      link.dataset.address ??= link.getAttribute("href");
      link.setAttribute("href", link.dataset.address + (id && `#${id}`));
    }
    markContents(id);
  }

  function markContents(id) {
    const current = [...document.querySelectorAll(".contents [aria-current]")];
    const entry = id ? entryOf(document.getElementById(id)) : undefined;
    for (const other of current) if (other !== entry) other.removeAttribute("aria-current");
    entry?.setAttribute("aria-current", "location");
    if (entry) bringIntoList(entry);
  }

  /** Scroll the list alone, never the page. */
  function bringIntoList(entry) {
    const list = entry.closest(".contents-inside");
    const [inner, outer] = [entry.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top + 60) list.scrollTop -= outer.top + 60 - inner.top;
    else if (inner.bottom > outer.bottom - 40) list.scrollTop += inner.bottom - outer.bottom + 40;
  }

  function entryOf(element) {
    for (let at = element; at && at !== text; at = at.parentElement) {
      const entry = at.id && entries.find((link) => link.hash === `#${at.id}`);
      if (entry) return entry;
    }
    return undefined;
  }

  function stuckBottom() {
    const stuck = [top, bar].filter((part) => part && getComputedStyle(part).position === "sticky");
    return Math.max(0, ...stuck.map((part) => part.getBoundingClientRect().bottom));
  }

  /** The last clause that begins at the upper edge or above it. None above the first. */
  function reading() {
    const edge = Math.min(stuckBottom(), innerHeight / 2) + 41;
    if (!clauses.length || clauses[0].getBoundingClientRect().top > edge) return "";
    let [low, high] = [0, clauses.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (clauses[middle].getBoundingClientRect().top <= edge) low = middle;
      else high = middle - 1;
    }
    return clauses[low].id;
  }

  function here() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  }

  // Replaced, never pushed: reading leaves no trail in the history. And only when the scrolling rests,
  // because browsers limit how often a page may do it.
  function follow() {
    const id = reading();
    if (id !== here() && !(here().startsWith("_") && !id)) {
      history.replaceState(history.state, "", id ? `#${id}` : location.pathname + location.search);
    }
    place(id);
  }

  let resting = 0;
  let moved = false;
  function arrive() {
    const id = here();
    moved = false;
    if (id && !document.getElementById(id)) return miss(id);
    place(clauses.some((clause) => clause.id === id) ? id : reading());
  }

  /** A link to a clause that this version does not have: to the next above it by its id, else to the top. */
  function miss(id) {
    const parts = id.split(".");
    const above = parts.map((_, index) => parts.slice(0, -1 - index).join("."));
    const found = above.find((one) => clauses.some((clause) => clause.id === one)) ?? "";
    if (found) {
      location.replace(`#${found}`);
    } else {
      history.replaceState(history.state, "", location.pathname + location.search);
      scrollTo(0, 0);
      place("");
    }
    say(words.gone);
  }

  if (clauses.length) {
    addEventListener(
      "scroll",
      () => {
        clearTimeout(resting);
        // What moved before the reader did is the jump to a hash, which a click soon after must not undo.
        if (moved) resting = setTimeout(follow, 150);
      },
      { passive: true },
    );
    // A jump to a hash scrolls too; only the reader's own movement may change it.
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(
        kind,
        ({ target }) => {
          // Whoever presses a control moves nothing; the browser may still be on its way to the hash.
          if (kind !== "pointerdown" || !target.closest?.("a, button")) moved = true;
        },
        { passive: true },
      );
    }
    addEventListener("hashchange", arrive);
    arrive();
  }

  // A fold that opened for its list closes again once an entry was chosen.
  const fold = document.querySelector(".contents details");
  for (const entry of entries) entry.addEventListener("click", () => (fold.open = false));

  /* --- Links to clauses: copied, and said so. Where copying is not possible they are links as ever. */

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.("a.anchor");
    if (!anchor || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!navigator.clipboard) return say(words.in_address);
    event.preventDefault();
    // What is copied stays, even if the page was still on its way to rest.
    clearTimeout(resting);
    moved = false;
    history.replaceState(history.state, "", anchor.hash);
    place(here());
    for (const link of document.querySelectorAll(".past")) link.classList.toggle("asked", link.previousElementSibling === anchor);
    navigator.clipboard.writeText(location.href).then(
      () => say(words.copied),
      () => say(words.in_address),
    );
  });

  /* --- Search comes when it is asked for */

  const search = document.querySelector("[data-search]");
  let opened;
  search?.addEventListener("click", async () => {
    const absolute = (name) => new URL(search.dataset[name], document.baseURI).href;
    opened ??= import(absolute("search")).then((module) =>
      module.create({ index: absolute("index"), worker: absolute("worker"), words, lang: root.lang }),
    );
    try {
      (await opened).open();
    } catch {
      opened = undefined;
      say(words.failed);
    }
  });
})();
