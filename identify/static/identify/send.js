// Makes the identify form easier on a phone: shows the photos chosen, lets one be removed, shows them being
// sent, and keeps them when something goes wrong. Without this file the form works as it stands.

const MOST = 6;

class PhotoForm {
  constructor(form) {
    this.form = form;
    this.strip = form.querySelector("[data-strip]");
    this.adder = form.querySelector("[data-adder]");
    this.input = form.querySelector("input[type=file]");
    this.progress = form.querySelector("[data-progress]");
    this.button = form.querySelector("button[type=submit]");
    this.words = form.querySelector("[data-words-for=send]").dataset;
    this.tiles = [];
    this.strip.classList.add("photo-strip--live");
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    form.addEventListener("submit", (event) => this.submit(event));
    // A page that comes back from the browser's memory shows what it showed; nothing is still being sent.
    window.addEventListener("pageshow", () => this.rest());
  }

  add(files) {
    const room = MOST - this.tiles.length;
    for (const file of files.slice(0, room)) this.tiles.push(new Tile(this, file));
    this.input.value = "";
    this.renumber();
    if (files.length > room) this.fail(this.words.tooMany);
    else this.progress.replaceChildren();
  }

  remove(tile) {
    const at = this.tiles.indexOf(tile);
    this.tiles.splice(at, 1);
    tile.leave();
    this.renumber();
    const next = this.tiles[Math.min(at, this.tiles.length - 1)];
    (next ? next.removeButton : this.input).focus();
  }

  renumber() {
    this.tiles.forEach((tile, at) => tile.number(at + 1));
    this.adder.hidden = this.tiles.length >= MOST;
    this.input.required = this.tiles.length === 0;
  }

  submit(event) {
    // Nothing chosen: the browser's own message for a required field says so.
    if (this.tiles.length === 0) return;
    event.preventDefault();
    if (this.request) return;
    const body = new FormData(this.form);
    body.delete("photos");
    for (const tile of this.tiles) body.append("photos", tile.file, tile.file.name);
    this.send(body);
  }

  send(body) {
    this.button.disabled = true;
    this.form.setAttribute("aria-busy", "true");
    this.showBar();
    const request = new XMLHttpRequest();
    this.request = request;
    request.upload.addEventListener("progress", (event) => this.sent(event.loaded, event.total));
    request.upload.addEventListener("load", () => this.say(this.words.looking, 100));
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.fail(this.words.noLine));
    request.addEventListener("timeout", () => this.fail(this.words.noLine));
    request.open("POST", this.form.action);
    request.timeout = 180000;
    request.send(body);
  }

  sent(loaded, total) {
    const percent = total ? Math.round((100 * loaded) / total) : 0;
    this.say(this.words.sending.replace("{percent}", percent), percent);
    // The photos go one after the other, so the bytes sent tell which of them are through.
    let before = 0;
    for (const tile of this.tiles) {
      const part = Math.min(1, Math.max(0, (loaded - before) / (tile.file.size || 1)));
      before += tile.file.size;
      const of = Math.round(100 * part);
      tile.say(of < 100 ? this.words.sending.replace("{percent}", of) : this.words.sent);
    }
  }

  answered(request) {
    const here = new URL(this.form.action, location.href).pathname;
    const there = new URL(request.responseURL || here, location.href);
    if (request.status < 400 && there.pathname !== here) {
      location.assign(there);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const errors = page.getElementById("errors");
    if (!errors) {
      this.fail(this.words.noAnswer);
      return;
    }
    this.rest();
    this.progress.replaceChildren(document.adoptNode(errors));
    for (const row of errors.querySelectorAll("[data-place]")) {
      this.tiles[Number(row.dataset.place) - 1]?.refuse(this.words.refused);
    }
    errors.focus();
  }

  showBar() {
    this.progress.replaceChildren(this.copy("[data-bar]"));
    this.say(this.words.sending.replace("{percent}", 0), 0);
  }

  say(words, percent) {
    const line = this.progress.querySelector("[data-words]");
    // A screen reader hears the steps, not every per cent.
    if (line && (percent % 25 === 0 || !line.textContent)) line.textContent = words;
    this.progress.querySelector("rect")?.setAttribute("width", percent);
  }

  fail(words) {
    this.rest();
    const failure = this.copy("[data-failure]");
    failure.querySelector("[data-words]").textContent = words;
    this.progress.replaceChildren(failure);
    failure.focus();
  }

  rest() {
    this.request = null;
    this.button.disabled = false;
    this.form.removeAttribute("aria-busy");
    for (const tile of this.tiles) tile.rest();
    if (this.progress.querySelector(".sending")) this.progress.replaceChildren();
  }

  copy(selector) {
    return this.form.querySelector(selector).content.firstElementChild.cloneNode(true);
  }
}

class Tile {
  constructor(owner, file) {
    this.owner = owner;
    this.file = file;
    this.element = owner.copy("[data-tile]");
    this.state = this.element.querySelector("[data-state]");
    this.ready = this.state.textContent;
    this.image = this.element.querySelector("img");
    this.address = URL.createObjectURL(file);
    this.image.addEventListener("error", () => this.withoutPreview());
    this.image.src = this.address;
    this.removeButton = this.element.querySelector("button");
    this.removeButton.addEventListener("click", () => {
      if (!owner.request) owner.remove(this);
    });
    owner.adder.before(this.element);
  }

  number(place) {
    const name = this.owner.words.photo.replace("%(number)s", place);
    this.image.alt = name;
    const label = this.element.querySelector("[data-remove]");
    label.dataset.plain ??= label.textContent;
    label.textContent = `${label.dataset.plain}: ${name}`;
  }

  // Browsers can't show every format that can be sent (HEIC), nor what is no photo at all.
  withoutPreview() {
    this.image.remove();
    if (this.state.textContent === this.ready) this.say(this.owner.words.noPreview);
  }

  say(words) {
    this.state.textContent = words;
  }

  refuse(words) {
    this.element.classList.add("photo-slot--wrong");
    this.element.querySelector(".photo-slot__state use").setAttribute("href", "#icon-close");
    this.say(words);
  }

  rest() {
    this.say(this.image.isConnected ? this.ready : this.owner.words.noPreview);
  }

  leave() {
    this.element.remove();
    URL.revokeObjectURL(this.address);
  }
}

for (const form of document.querySelectorAll("form[data-photos]")) new PhotoForm(form);
