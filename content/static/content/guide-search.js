// Answers as one types; without a line, from the guide kept on this phone where there is one. Without this
// file the form sends the same question and shows a page.

const PAUSE = 200; // milliseconds without a key
const form = document.querySelector("[data-finder]");
const found = document.querySelector("[data-found]");
const said = document.querySelector("[data-said]");
// A kept copy of the page doesn't know what was asked; its address does.
const copied = document.querySelector("[data-kept]") !== null;
if (copied) form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
let waiting;
let asking;
let shown = copied ? "" : form.elements.q.value.trim();

async function ask() {
  const query = form.elements.q.value.trim();
  if (query === shown) return;
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const address = new URL(form.action);
  address.searchParams.set("q", query);
  const page = address.href;
  address.searchParams.set("only", "results");
  found.setAttribute("aria-busy", "true");
  try {
    const answer = await fromServer(address, signal).catch(() => (signal.aborted ? null : fromCopy(query)));
    if (!answer || signal.aborted) return;
    found.replaceChildren(answer);
    said.textContent = found.querySelector("[data-count]").textContent;
    shown = query;
    history.replaceState(null, "", page);
  } catch {
    // No line and no copy: what stands there stays, and the button still works.
  } finally {
    found.removeAttribute("aria-busy");
  }
}

async function fromServer(address, signal) {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(response.statusText);
  return document.createRange().createContextualFragment(await response.text());
}

async function fromCopy(query) {
  const { words, search, names } = found.dataset;
  const { searchKept } = await import(search);
  const answer = await searchKept(query, document.documentElement.lang, names);
  if (!answer) return null;
  const { count, none, closest, unknown } = JSON.parse(words);
  const range = document.createRange();
  const shownRows = range.createContextualFragment(answer.rows.join(""));
  const parts = [paragraph("muted", answer.total ? count.replace("{count}", answer.total) : none)];
  parts[0].dataset.count = "";
  if (!answer.total) parts.push(paragraph("", unknown));
  else if (!answer.complete) parts.push(paragraph("lang-note", closest));
  const list = document.createElement("ol");
  list.className = "shelf";
  list.setAttribute("role", "list");
  list.append(shownRows);
  const all = document.createDocumentFragment();
  all.append(...parts, ...(answer.total ? [list] : []));
  return all;
}

function paragraph(kind, text) {
  const made = document.createElement("p");
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

form.elements.q.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
if (copied) ask();
