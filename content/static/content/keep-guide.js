// Keeps the guide on this phone, when the officer asks for it: part by part, so that a bad line loses little.
// Without this file, or in a browser that can't keep pages, the page says what to do instead.

const language = document.documentElement.lang;
const place = document.querySelector("[data-keeper]");
const words = JSON.parse(document.getElementById("keeper-words").textContent);
const { manifest: MANIFEST, worker: WORKER, scope: SCOPE } = place.dataset;
const KEPT = `quaymark-guide-${language}`;
const STATE = `${SCOPE}offline/state.json`;
const AT_ONCE = 4; // photos
const ASK_AGAIN = 3000; // milliseconds until a copy that is being made is asked for again
const locale = `${language === "en" ? "en-GB" : language}-u-nu-latn`;

class Stopped extends Error {}

class Keeper {
  constructor() {
    this.parts = Object.fromEntries([...place.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
    this.busy = false;
    for (const act of ["keep", "newest", "goOn"]) this.parts[act].addEventListener("click", () => this.keep());
    this.parts.remove.addEventListener("click", () => this.remove());
    this.parts.withPhotos.addEventListener("change", () => this.show());
    window.addEventListener("online", () => (this.stopped ? this.keep() : this.look()));
  }

  async start() {
    this.state = await readState();
    this.parts.withPhotos.checked = Boolean(this.state?.photos.length);
    this.show();
    await this.look();
  }

  // What the server has now: how large it is, and whether it is newer than what is kept.
  async look() {
    try {
      this.offered = await this.askManifest();
    } catch {
      this.say(this.state ? words.noLineKept : words.noLine);
    }
    this.show();
  }

  async askManifest() {
    for (;;) {
      const answer = await fetch(MANIFEST, { credentials: "omit", cache: "no-store" });
      if (!answer.ok) throw new Stopped(words.noLine);
      if (answer.status !== 202) {
        this.say("");
        return answer.json();
      }
      this.say(words.beingMade);
      await new Promise((done) => setTimeout(done, ASK_AGAIN));
    }
  }

  get wantsPhotos() {
    return this.parts.withPhotos.checked;
  }

  // What is still to come over the line, and the room that all of it takes.
  sizes() {
    const have = this.state?.parts ?? {};
    const photos = this.wantsPhotos ? this.offered.photos : [];
    const coming = this.offered.parts.filter((part) => !(part.digest in have));
    const held = new Set(this.state?.photos ?? []);
    return {
      line: sum(coming, "bytes") + sum(photos.filter((photo) => !held.has(photo.path)), "bytes"),
      room: sum(this.offered.parts, "room") + sum(photos, "bytes"),
    };
  }

  show() {
    const { parts, state, offered, busy } = this;
    const newer = offered && state?.complete && offered.version !== state.version;
    const photosMissing =
      offered && state?.complete && this.wantsPhotos && offered.photos.some((one) => !state.photos.includes(one.path));
    parts.keep.hidden = busy || Boolean(state) || !offered;
    parts.goOn.hidden = busy || !state || state.complete || !offered;
    parts.newest.hidden = busy || !state?.complete || !offered;
    parts.remove.hidden = busy || !state;
    parts.photos.hidden = busy || !offered?.photos.length;
    parts.photosSize.textContent = offered ? megabytes(sum(offered.photos, "bytes")) : "";
    parts.size.hidden = !offered || Boolean(state?.complete && !newer && !photosMissing);
    if (offered) {
      const { line, room } = this.sizes();
      parts.size.textContent = fill(words.size, { line: megabytes(line), room: megabytes(room) });
    }
    parts.kept.hidden = !state?.complete;
    if (state?.complete) {
      parts.kept.querySelector("[data-when]").textContent = fill(words.kept, {
        day: dayOf(state.asOf),
        size: megabytes(state.room),
      });
    }
    parts.newer.hidden = busy || !newer;
    parts.same.hidden = busy || !state?.complete || !offered?.current || newer;
    parts.unfinished.hidden = busy || !state || state.complete;
    parts.older.hidden = !offered || offered.current;
  }

  async keep() {
    if (this.busy) return;
    this.busy = true;
    this.stopped = false;
    this.say(words.coming);
    this.show();
    try {
      await this.fetchAll();
      this.say(words.done);
    } catch (error) {
      this.stopped = true;
      this.say(wordsFor(error));
    }
    this.parts.progress.hidden = true;
    this.busy = false;
    this.show();
    (this.stopped ? this.parts.goOn : this.parts.newest).focus();
  }

  async fetchAll() {
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    await Promise.all([registration.update().catch(() => {}), navigator.storage?.persist?.()]);
    this.offered = await this.askManifest();
    await this.checkRoom();
    this.state ??= { parts: {}, photos: [] };
    Object.assign(this.state, {
      complete: false,
      asOf: this.offered.as_of,
      checkAgainDays: this.offered.check_again_days,
      words: words.bar,
    });
    const cache = await caches.open(KEPT);
    const all = this.sizes().line;
    let come = 0;
    this.progress(come, all);
    for (const part of this.offered.parts) {
      if (!(part.digest in this.state.parts)) {
        await fetchPart(cache, part);
        come += part.bytes;
      }
      // A part that has not changed is as good as one fetched today.
      this.state.parts[part.digest] = this.offered.as_of;
      await writeState(cache, this.state);
      this.progress(come, all);
    }
    await this.fetchPhotos(cache, come, all);
    await this.finish(cache);
  }

  async fetchPhotos(cache, come, all) {
    const missing = this.wantsPhotos ? this.offered.photos.filter((one) => !this.state.photos.includes(one.path)) : [];
    while (missing.length) {
      const some = missing.splice(0, AT_ONCE);
      await Promise.all(some.map((photo) => fetchPhoto(cache, photo.path)));
      this.state.photos.push(...some.map((photo) => photo.path));
      await writeState(cache, this.state);
      come += sum(some, "bytes");
      this.progress(come, all);
    }
  }

  // What the guide no longer has goes last, so that nothing is missing while the rest comes.
  async finish(cache) {
    const { offered, state } = this;
    const photos = new Set(offered.photos.map((photo) => photo.path));
    state.photos = this.wantsPhotos ? state.photos.filter((path) => photos.has(path)) : [];
    const wanted = new Set([STATE, ...offered.parts.flatMap((part) => part.paths), ...state.photos]);
    for (const request of await cache.keys()) {
      const { pathname, search } = new URL(request.url);
      if (!wanted.has(pathname + search)) await cache.delete(request);
    }
    const digests = new Set(offered.parts.map((part) => part.digest));
    state.parts = Object.fromEntries(Object.entries(state.parts).filter(([digest]) => digests.has(digest)));
    const held = offered.photos.filter((photo) => state.photos.includes(photo.path));
    state.room = sum(offered.parts, "room") + sum(held, "bytes");
    state.version = offered.version;
    state.complete = true;
    await writeState(cache, state);
  }

  async checkRoom() {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota !== undefined && quota - usage < this.sizes().room) throw new DOMException("", "QuotaExceededError");
  }

  async remove() {
    await caches.delete(KEPT);
    const registration = await navigator.serviceWorker.getRegistration(SCOPE);
    await registration?.unregister();
    this.state = undefined;
    this.stopped = false;
    this.say(words.removed);
    this.show();
    if (!this.parts.keep.hidden) this.parts.keep.focus();
  }

  progress(come, all) {
    this.parts.progress.hidden = false;
    this.parts.bar.value = all ? come / all : 1;
    this.parts.percent.textContent = fill(words.progress, { come: megabytes(come), all: megabytes(all) });
  }

  say(text) {
    this.parts.said.textContent = text;
  }
}

async function fetchPart(cache, part) {
  const bytes = await (await fetchAsStranger(part.address)).arrayBuffer();
  // A line that is not the officer's own may put in a page of its own.
  if ((await digestOf(bytes)) !== part.digest) throw new Stopped(words.changedOnTheWay);
  for (const { path, type, body, check } of JSON.parse(new TextDecoder().decode(bytes))) {
    const headers = { "Content-Type": type, "X-Part": part.digest };
    if (check) headers["X-Check-Again-After"] = check;
    await cache.put(path, new Response(body, { headers }));
  }
}

async function fetchPhoto(cache, path) {
  await cache.put(path, await fetchAsStranger(path));
}

// Without the officer's session, so that nothing that is theirs can get into the copy.
async function fetchAsStranger(address) {
  const answer = await fetch(address, { credentials: "omit", cache: "reload" });
  if (answer.status === 404) throw new Stopped(words.changedMeanwhile);
  if (!answer.ok) throw new Stopped(words.stopped);
  return answer;
}

async function digestOf(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...found.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function readState() {
  if (!(await caches.has(KEPT))) return undefined;
  return (await (await caches.open(KEPT)).match(STATE))?.json();
}

function writeState(cache, state) {
  return cache.put(STATE, new Response(JSON.stringify(state), { headers: { "Content-Type": "application/json" } }));
}

function wordsFor(error) {
  if (error.name === "QuotaExceededError") return words.noRoom;
  return error instanceof Stopped ? error.message : words.stopped;
}

function sum(list, name) {
  return list.reduce((total, one) => total + one[name], 0);
}

function megabytes(bytes) {
  const shown = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  // Rounded up: nobody is told less than it is.
  return new Intl.NumberFormat(locale, shown).format(Math.ceil(bytes / 100_000) / 10);
}

function dayOf(day) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(day));
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

// Browsers offer both only where the site's address begins with https, or on this machine.
if ("serviceWorker" in navigator && "caches" in window && crypto.subtle) {
  document.querySelector("[data-instead]").hidden = true;
  place.hidden = false;
  new Keeper().start();
}
