// What the script for keys reports to nobody: say on the page that it did not work.
document.addEventListener("allauth.error", () => {
  const message = document.querySelector("[data-key-error]");
  if (message) message.hidden = false;
});
