// Which version binds when: the program's own answers, from versions.json and an instant. No clock, no page.

/** The releases in the order of the ledger; versions.json has the newest first. Instants are in milliseconds. */
export function read(listed) {
  return listed.toReversed().map(({ version, aliases, properties }) => ({
    version,
    latest: aliases.includes("latest"),
    from: Date.parse(properties.effective ?? properties.known_since),
    dated: "effective" in properties,
    withdrawn: "withdrawn" in properties ? Date.parse(properties.withdrawn) : null,
  }));
}

/** Those not withdrawn, as they take effect; a tie goes to the later in the ledger, because sorting is stable. */
function standing(entries) {
  return entries.filter((entry) => entry.withdrawn === null).sort((one, other) => one.from - other.from);
}

/** The release that binds at an instant. */
export function inForce(entries, at) {
  return standing(entries).findLast((entry) => entry.from <= at);
}

/** The release that takes effect next. */
export function next(entries, at) {
  const later = standing(entries).filter((entry) => entry.from > at);
  return later.findLast((entry) => entry.from === later[0].from);
}

/** Where a release stands at an instant: a name, and the instant that belongs to it, if it is known. */
export function state(entry, entries, at) {
  if (entry.withdrawn !== null) return { name: "withdrawn", date: entry.withdrawn };
  if (entry.from > at) return { name: "scheduled", date: entry.from };
  if (inForce(entries, at) === entry) return { name: "in-force", date: entry.dated ? entry.from : null };
  const all = standing(entries);
  const until = all[all.indexOf(entry) + 1].from;
  return { name: until > entry.from ? "past" : "never", date: until };
}

/** How far a zone's clocks are ahead of UTC at an instant. */
function offset(at, zone) {
  const format = new Intl.DateTimeFormat("en-u-nu-latn", {
    timeZone: zone,
    hourCycle: "h23",
    era: "short",
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const year = part.era.startsWith("B") ? 1 - part.year : Number(part.year);
  const whole = Math.floor(at / 1000) * 1000;
  return utc(year, part.month, part.day, part.hour, part.minute, part.second) - whole;
}

/** Date.UTC, but year 99 is year 99. */
function utc(year, month, day, ...time) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(...time);
  return date.getTime();
}

const DAY = 86_400_000;

/** The last moment of a day, such as "2026-01-31", in a zone. Where its clocks are set just then, the old time counts. */
export function endOfDay(date, zone) {
  const [year, month, day] = date.split("-").map(Number);
  const wall = utc(year, month, day, 23, 59, 59, 999);
  const [before, after] = [offset(wall - DAY, zone), offset(wall + DAY, zone)];
  const early = wall - before;
  const late = wall - after;
  if (offset(early, zone) === before) return early;
  return offset(late, zone) === after ? late : early;
}

/** A date as the page's language writes it, in the policy's zone. */
export function written(at, lang, zone) {
  return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: zone }).format(at);
}
