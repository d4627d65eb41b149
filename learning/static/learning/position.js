/* Keeps the reader's place: tells the server which block of the lesson is at the top of the screen. */

const SETTLE_MS = 1200;

const form = document.querySelector("form[data-position]");
const blocks = [...document.querySelectorAll('[id^="block-"]')];
const onScreen = new Set();
let sent = null;
let timer = null;
let reading = false;

function current() {
  return blocks.find((block) => onScreen.has(block));
}

function send() {
  const block = current();
  if (!reading || !block || block === sent) return;
  sent = block;
  const body = new FormData(form);
  body.set("block", block.id.slice("block-".length));
  // A place that doesn't arrive is no loss worth a message: the next one will.
  fetch(form.dataset.position, { method: "POST", body, keepalive: true }).catch(() => { sent = null; });
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(send, SETTLE_MS);
}

function observe() {
  // What has scrolled to within a finger's breadth of the top counts as read past; a block that
  // a link has just led to does not.
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) onScreen.add(entry.target);
      else onScreen.delete(entry.target);
    }
    soon();
  }, { rootMargin: "-16px 0px 0px 0px" });
  blocks.forEach((block) => observer.observe(block));
  // Only a reader who moves has a place: opening a lesson must not overwrite where they stopped before.
  addEventListener("scroll", () => { reading = true; soon(); }, { passive: true });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  addEventListener("pagehide", send);
}

if (form && "IntersectionObserver" in window) observe();
