/* Saves the form of a section by itself: a few seconds after something changed, and on leaving a field.
   Without this script every button saves. What it cannot save stays on the page, and it says so. */
(() => {
  const PAUSE = 3000;
  const form = document.querySelector("form[data-draft]");
  const status = document.getElementById("bewaard");
  // Not `form.elements`: a section has fields of that name.
  const version = form.querySelector("[name=version]");
  let stored = sent();
  let timer = 0;
  let busy = null;
  // After a problem that saving again would not mend, only the button goes on.
  let stopped = false;
  let leaving = false;

  function sent() {
    const data = new FormData(form);
    data.delete("version");
    return new URLSearchParams(data).toString();
  }

  const isChanged = () => sent() !== stored;

  function say(text, isProblem) {
    status.classList.toggle("problem", isProblem);
    // A reader hears it only when it is something new.
    if (status.textContent !== text) status.textContent = text;
  }

  /* One save at a time; what changes meanwhile goes with the next one. Gives the save that is under way, or nothing. */
  function save(options = {}) {
    clearTimeout(timer);
    if (!busy && !stopped && isChanged()) {
      busy = send(options).finally(() => {
        busy = null;
        if (!stopped && !leaving && isChanged()) later();
      });
    }
    return busy;
  }

  async function send(options) {
    const now = sent();
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "manual",
        ...options,
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        stopped = true;
        say("Niet bewaard: u bent uitgelogd. Uw tekst staat hier nog. Druk op Bewaar en log in; uw tekst gaat mee.", true);
      } else if (answer.status === 409) {
        stopped = true;
        say(`Niet bewaard. ${(await answer.json()).problem}`, true);
      } else if (!answer.ok) {
        throw new Error(answer.status);
      } else {
        const saved = await answer.json();
        version.value = saved.version;
        stored = now;
        say(saved.saved, false);
        for (const sign of document.querySelectorAll("[data-sign]")) sign.textContent = saved.sign;
        for (const words of document.querySelectorAll("[data-progress]")) words.textContent = saved.progress;
      }
    } catch {
      say("Nog niet bewaard: geen verbinding. Wij proberen het zo weer.", true);
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", () => save());
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    leaving = true;
    if (!busy) return;
    // The answer holds the number of the version that the form must be sent with.
    event.preventDefault();
    const button = event.submitter;
    await busy;
    form.requestSubmit(button);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving) save({ keepalive: true });
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && isChanged()) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
})();
