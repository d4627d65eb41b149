// allauth's scripts do the work; this shows that a passkey was not used, in place of a line in the console.
const failed = document.querySelector("[data-passkey-failed]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  failed.hidden = false;
});
