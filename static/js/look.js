"use strict";
/* Looks for likely cases while somebody types, and puts them beside the question. Without it a button does the same. */
(() => {
  const PAUSE = 700, SHORTEST = 12;
  const form = document.querySelector("form[data-look]");
  const field = form.querySelector("textarea");
  const told = document.getElementById("gevonden");
  let looked = field.value.trim(), waiting = null, timer = 0;

  async function look() {
    const text = field.value.trim();
    if (text.length < SHORTEST || text === looked) return;
    looked = text;
    waiting?.abort();
    waiting = new AbortController();
    const sent = new URLSearchParams(new FormData(form));
    sent.set("kijk", "ja");
    document.getElementById("antwoorden").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: sent, signal: waiting.signal });
      if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      // The button still works.
      if (error.name === "AbortError") return;
    }
    document.getElementById("antwoorden").removeAttribute("aria-busy");
  }

  function put(page) {
    for (const id of ["antwoorden", "knoppen"]) {
      const old = document.getElementById(id);
      // What somebody is about to press stays where it is.
      if (!old.contains(document.activeElement)) old.replaceWith(page.getElementById(id));
    }
    told.replaceChildren(...page.getElementById("gevonden").childNodes);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
})();
