// Answers as one types. Without this file the form sends the same question and shows a page.

const PAUSE = 200; // milliseconds without a key
const form = document.querySelector("[data-finder]");
const found = document.querySelector("[data-found]");
const said = document.querySelector("[data-said]");
let waiting;
let asking;
let shown = form.elements.q.value.trim();

async function ask() {
  const query = form.elements.q.value.trim();
  if (query === shown) return;
  asking?.abort();
  asking = new AbortController();
  const address = new URL(form.action);
  address.searchParams.set("q", query);
  const page = address.href;
  address.searchParams.set("only", "results");
  found.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: asking.signal });
    if (!response.ok) return;
    const answer = document.createRange().createContextualFragment(await response.text());
    found.replaceChildren(answer);
    said.textContent = found.querySelector("[data-count]").textContent;
    shown = query;
    history.replaceState(null, "", page);
  } catch {
    // No line, or a newer question: what stands there stays, and the button still works.
  } finally {
    found.removeAttribute("aria-busy");
  }
}

form.elements.q.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
