// Answers from the kept guide where the line fails. It keeps nothing itself: the page of the kept guide
// (static/content/keep-guide.js) does, when an officer asks for it.

const { language, scope } = __SETTINGS__;
const KEPT = `quaymark-guide-${language}`;
const STATE = `${scope}offline/state.json`;
const NOT_KEPT = `${scope}offline/not-kept/`;
// Days before months, and digits as on the rest of the site.
const LOCALE = `${language === "en" ? "en-GB" : language}-u-nu-latn`;
const PATIENCE = 4000; // milliseconds for a line that is there, but does not answer
const DAY = 86_400_000;
// The site's own policy: a kept page may do no more than one from the server.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address));
  else if (["style", "script", "image"].includes(request.destination)) event.respondWith(file(request));
});

// The line comes first: what the server says today is better than any copy.
async function page(request, address) {
  const copy = await keptAt(address);
  try {
    const answer = await (copy ? inTime(fetch(request)) : fetch(request));
    if (answer.status < 500 || !copy) return answer;
  } catch {
    // No line, or none that answers in time.
  }
  if (copy) return withBar(copy);
  const wanted = address.searchParams.get("q");
  // What was typed into the calculator can be looked up among the kept gases.
  if (address.pathname === `${scope}refrigerants/` && wanted) {
    return Response.redirect(`${scope}search/?q=${encodeURIComponent(wanted)}`);
  }
  const instead = await keptAt(new URL(NOT_KEPT, address));
  return instead ? withBar(instead, 503) : Response.error();
}

async function file(request) {
  const copy = await fromCache(request.url);
  if (!copy) return fetch(request);
  try {
    const answer = await inTime(fetch(request));
    return answer.ok ? answer : copy;
  } catch {
    return copy;
  }
}

function keptAt(address) {
  // The page of the search is one for all questions: its script answers them.
  const whole = address.pathname + (address.pathname === `${scope}search/` ? "" : address.search);
  return fromCache(whole);
}

async function fromCache(path) {
  return (await caches.has(KEPT)) ? (await caches.open(KEPT)).match(path) : undefined;
}

function inTime(answer) {
  // An answer that fails after its time is nobody's.
  answer.catch(() => {});
  return Promise.race([
    answer,
    new Promise((_resolve, reject) => setTimeout(() => reject(new Error("no answer in time")), PATIENCE)),
  ]);
}

async function withBar(copy, status = 200) {
  const state = await (await fromCache(STATE))?.json();
  const text = await copy.text();
  // The way to skip to the content stays the first thing on the page.
  const top = /<body[^>]*>(\s*<a class="skip"[^]*?<\/a>)?/;
  const body = state ? text.replace(top, (start) => start + bar(state, copy.headers)) : text;
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
  };
  return new Response(body, { status, headers });
}

// How old the copy is, and from when on nobody should rely on its law.
function bar(state, headers) {
  const { words } = state;
  const asOf = new Date(state.parts[headers.get("X-Part")] ?? state.asOf);
  const checked = headers.get("X-Check-Again-After");
  const after = checked ? new Date(checked) : new Date(asOf.getTime() + state.checkAgainDays * DAY);
  const now = Date.now();
  const wrongClock = now < asOf.getTime() - DAY;
  const old = wrongClock || now > after.getTime() + DAY;
  const said = [
    `<strong>${fill(wrongClock ? words.keptOf : words.keptAgo, { day: dayOf(asOf), age: ageOf(asOf) })}</strong>`,
    fill(words.check),
    fill(old && !wrongClock ? words.overdue : words.after, { day: dayOf(after) }),
  ];
  if (wrongClock) said.push(fill(words.clock));
  return (
    `<aside class="kept${old ? " kept--old" : ""}" aria-label="${fill(words.label)}" data-kept>` +
    `<div class="kept__row"><svg class="icon" width="20" height="20" aria-hidden="true" focusable="false">` +
    `<use href="#icon-${old ? "check" : "clock"}"></use></svg><p>${said.join(" ")} ` +
    `<a href="${scope}offline/">${fill(words.more)}</a></p></div></aside>`
  );
}

function dayOf(date) {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: "long" }).format(date);
}

function ageOf(date) {
  const days = Math.round((startOf(Date.now()) - startOf(date)) / DAY);
  const [count, unit] = days < 60 ? [days, "day"] : [Math.floor(days / 30.44), "month"];
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(-count, unit);
}

function startOf(time) {
  return new Date(time).setHours(0, 0, 0, 0);
}

function fill(text, values = {}) {
  const whole = text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  return whole.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
