"use strict";
/* Looks every two seconds how far the PDF is, and opens it once it is there. */
{
  const bar = document.querySelector("[data-making]");
  const said = document.querySelector("[data-said]");
  const EVERY = 2000;

  async function look() {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer && answer.status !== 202) {
      location.reload();
      return;
    }
    if (answer) {
      const { step } = await answer.json();
      if (step !== bar.value) {
        bar.value = step;
        said.textContent = `Stap ${step} van ${bar.max}.`;
      }
    }
    setTimeout(look, EVERY);
  }

  setTimeout(look, EVERY);
}
