// What a browser really drew, measured. Evaluated once in a page (see layout.py); every function gives faults or figures.
(() => {
  const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’…—]/u;
  const round = (number) => Math.round(number * 10) / 10;
  const words = (text) => text.replace(/\s+/g, " ").trim();
  const short = (text) => words(text).slice(0, 40);

  function name(element) {
    const owner = element.closest("[id]");
    const kind = element.tagName.toLowerCase() + (element.className && typeof element.className === "string" ? `.${element.className.split(" ")[0]}` : "");
    return `${kind}${owner ? ` in #${owner.id}` : ""} "${short(element.getAttribute("aria-label") ?? element.textContent)}"`;
  }

  /** Text kept for screen readers alone: cut to a point. */
  function hiddenFromSight(element) {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath === "inset(50%)" || style.opacity === "0") return true;
    }
    return !element.checkVisibility({ visibilityProperty: true });
  }

  /** Every visible piece of text with the boxes of its lines. */
  function pieces(root = document.body) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("script, style, noscript") || hiddenFromSight(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
      if (boxes.length) found.push({ node, parent, boxes });
    }
    return found;
  }

  /** 2. A page that scrolls sideways, and text that is not wholly inside the window or its own box. */
  function outside() {
    const faults = [];
    const width = document.documentElement.clientWidth;
    const beyond = document.documentElement.scrollWidth - width;
    if (beyond > 0) faults.push(`the page is ${beyond}px wider than the window`);
    for (const { parent, boxes } of pieces()) {
      const box = boxes.find((one) => one.left < -0.5 || one.right > width + 0.5);
      if (box) faults.push(`outside the window (${round(box.left)} to ${round(box.right)} of ${width}): ${name(parent)}`);
      const cut = boxes.some((one) => one.top + scrollY < -0.5);
      if (cut) faults.push(`above the window: ${name(parent)}`);
    }
    for (const element of document.body.querySelectorAll("*")) {
      if (hiddenFromSight(element) || !element.textContent.trim() || element.closest("svg")) continue;
      const style = getComputedStyle(element);
      const [right, down] = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
      if (style.overflowX !== "visible" && right > 1) faults.push(`${right}px cut off or scrolled sideways: ${name(element)}`);
      if (["hidden", "clip"].includes(style.overflowY) && down > 1) faults.push(`${down}px cut off below: ${name(element)}`);
    }
    return faults;
  }

  /** Text drawn over other text. What sticks is measured where it belongs, at the top of the page. */
  function overlapping() {
    const faults = [];
    const lines = pieces().flatMap(({ parent, boxes }) => boxes.map((box) => ({ parent, box })));
    lines.sort((one, other) => one.box.top - other.box.top);
    for (let index = 0; index < lines.length; index++) {
      const { parent, box } = lines[index];
      for (let next = index + 1; next < lines.length && lines[next].box.top < box.bottom; next++) {
        const other = lines[next].box;
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (across > 1 && down > 0.35 * Math.min(box.height, other.height)) {
          faults.push(`${name(parent)} lies over ${name(lines[next].parent)}`);
        }
      }
    }
    return faults;
  }

  /** The lines of one block of text, as the reader sees them. */
  function lines(block) {
    const found = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let index = 0; index < node.data.length; index++) {
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        const box = range.getBoundingClientRect();
        const middle = (box.top + box.bottom) / 2;
        const last = found.at(-1);
        if (!box.height || (last && Math.abs(last.middle - middle) < box.height / 2)) {
          if (last) last.text += node.data[index];
        } else found.push({ middle, text: node.data[index] });
      }
    }
    return found.map((line) => words(line.text));
  }

  /** How wide a line is: full-width characters count one in Chinese, others half; in English every character counts one. */
  function count(line) {
    if (!document.documentElement.lang.startsWith("zh")) return line.length;
    return [...line].reduce((sum, character) => sum + (WIDE.test(character) ? 1 : 0.5), 0);
  }

  /** 3. The longest line but the last of every paragraph of three lines or more, in characters. */
  function measures() {
    return [...document.querySelectorAll("[data-clauses] p")]
      .map(lines)
      .filter((all) => all.length >= 3)
      .map((all) => Math.max(...all.slice(0, -1).map(count)));
  }

  /** Where the line lies on which the first letter of an element stands. */
  function baseline(element) {
    const mark = document.createElement("span");
    mark.style.cssText = "display: inline-block; width: 0; height: 0; vertical-align: baseline";
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    walker.nextNode();
    const first = walker.currentNode;
    first.parentNode.insertBefore(mark, first);
    const { bottom } = mark.getBoundingClientRect();
    mark.remove();
    return bottom;
  }

  function leftOf(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getClientRects()[0].left;
  }

  /** Which clauses must share an edge: everything but items, notes and the notice is one level. */
  function levelOf(element) {
    const clause = element.closest("[data-clauses] [id]:not([id^='_'])");
    for (const [level, selector] of [["notice", ".notice"], ["note", ".note"], ["item", ".items"]]) {
      if (clause.closest(selector)) return level;
    }
    return "clause";
  }

  /** 4. Labels beside the first line of their text, and the edges of both, for every labelled row. */
  function rows() {
    return [...document.querySelectorAll("[data-clauses] .row")].flatMap((row) => {
      const label = row.querySelector(".label");
      const text = label?.nextElementSibling;
      if (!label || !text) return [];
      const [one, other] = [label.getBoundingClientRect(), text.getBoundingClientRect()];
      return [{
        clause: row.closest("[id]").id,
        heading: Boolean(label.closest("h2")),
        level: levelOf(row),
        beneath: other.top >= one.bottom - 1,
        apart: Math.abs(baseline(label) - baseline(text)),
        label: round(one.left),
        text: round(leftOf(text)),
      }];
    });
  }

  /** 4. The left edge of every paragraph of the text, with its level. */
  function edges() {
    return [...document.querySelectorAll("[data-clauses] p")].map((text) => ({
      clause: text.closest("[id]").id,
      level: levelOf(text),
      left: round(leftOf(text)),
    }));
  }

  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";

  function isInProse(element) {
    const around = element.closest("p, dd");
    return Boolean(around) && getComputedStyle(element).display === "inline" && words(around.textContent) !== words(element.textContent);
  }

  /** 5. Controls that are too small to hit; links inside prose are exempt, and a label around one can be hit. */
  function small(least, within = "body") {
    return [...document.querySelectorAll(within)].flatMap((root) =>
      [...root.querySelectorAll(CONTROLS)]
        .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !isInProse(control))
        .filter((control) => !(control.matches(".skip") && control !== document.activeElement))
        .map((control) => ({ control, box: (control.closest("label") ?? control).getBoundingClientRect() }))
        .filter(({ box }) => box.width < least - 0.1 || box.height < least - 0.1)
        .map(({ control, box }) => `${round(box.width)}x${round(box.height)}: ${name(control)}`),
    );
  }

  function stickyBottom() {
    const stuck = [...document.body.querySelectorAll("header, .bar")].filter((part) => ["sticky", "fixed"].includes(getComputedStyle(part).position));
    return Math.max(0, ...stuck.map((part) => part.getBoundingClientRect()).filter((box) => box.top < innerHeight / 2).map((box) => box.bottom));
  }

  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  function landing(id) {
    const top = document.getElementById(id).getBoundingClientRect().top;
    const distance = top - stickyBottom();
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
    // At the end of the page nothing can move up any more: then it need only be in sight.
    const good = distance >= -0.5 && (distance <= 40 || (atEnd && top < innerHeight - 24));
    return { good, distance: round(distance) };
  }

  function clauseIds() {
    return [...document.querySelectorAll("[data-clauses] [id]:not([id^='_'])")].map((element) => element.id);
  }

  /** 7. Clauses that a hash does not bring between the sticky parts and 40px below them. */
  async function missed() {
    const faults = [];
    for (const id of clauseIds()) {
      location.hash = id;
      await frame();
      const { good, distance } = landing(id);
      if (!good) faults.push(`#${id} lands ${distance}px below what sticks`);
    }
    return faults;
  }

  /** 6. What has the focus: whether it can be seen, and where it is. */
  function focused() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const boxes = [...element.getClientRects()];
    const box = boxes[0] ?? element.getBoundingClientRect();
    const inside = boxes.length > 0 && boxes.every((one) => one.top >= -0.5 && one.left >= -0.5 && one.bottom <= innerHeight + 0.5 && one.right <= innerWidth + 0.5);
    // Hit areas of neighbours may touch: what must be free is the middle, three quarters of each side.
    const points = [[4, 4], [1, 4], [7, 4], [4, 1], [4, 7]].map(([x, y]) => [box.left + (box.width * x) / 8, box.top + (box.height * y) / 8]);
    const covers = points.map(([x, y]) => document.elementFromPoint(x, y)).find((over) => over && !element.contains(over) && !over.contains(element));
    const controls = [...document.querySelectorAll("*")];
    const from = element.matches(".anchor") ? "anchor" : element.closest(".contents") ? "contents" : element.closest("dialog") ? "search" : element.tagName.toLowerCase() + (element.className ? `.${element.className.split(" ")[0]}` : "");
    return {
      number: controls.indexOf(element),
      name: name(element),
      sort: from,
      inside,
      covered: covers ? name(covers) : "",
      box: { x: box.x, y: box.y, width: box.width, height: box.height },
    };
  }

  /** What Tab should come to, in order, by the same numbers as `focused`. */
  function stops() {
    const all = [...document.querySelectorAll("*")];
    return all
      .map((element, number) => ({ element, number }))
      .filter(({ element }) => element.matches(CONTROLS) && !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
      .map(({ element, number }) => ({ number, name: name(element) }));
  }

  /** 8. How far things moved since the page began to load, without the reader's doing. */
  function shift() {
    return new Promise((resolve) => {
      const moved = [];
      const observer = new PerformanceObserver((list) => moved.push(...list.getEntries()));
      observer.observe({ type: "layout-shift", buffered: true });
      setTimeout(() => {
        moved.push(...observer.takeRecords());
        resolve({
          total: moved.reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0),
          moved: moved.flatMap((entry) => entry.sources.map((source) => (source.node ? name(source.node.nodeType === 1 ? source.node : source.node.parentElement) : "?"))),
        });
      }, 100);
    });
  }

  /** The text of one clause without that of the clauses inside it, and without its links. */
  function ownText(element) {
    const copy = element.cloneNode(true);
    for (const inner of copy.querySelectorAll("[id]:not([id^='_']), .anchor, .past")) inner.remove();
    return words(copy.textContent);
  }

  function clauses() {
    return clauseIds().map((id) => ({ id, text: ownText(document.getElementById(id)) }));
  }

  return { outside, overlapping, measures, rows, edges, small, stickyBottom, landing, missed, focused, stops, shift, clauseIds, clauses };
})()
