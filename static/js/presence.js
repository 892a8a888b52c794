"use strict";
/* Says every half minute that this question is open here, and who else has it open. */
{
  const form = document.querySelector("[data-presence]");
  const place = document.getElementById("wie-kijkt");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;

  async function tell() {
    if (document.hidden) return;
    try {
      const answer = await fetch(form.dataset.presence, {
        method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" }, redirect: "manual",
      });
      if (answer.ok) show((await answer.json()).names);
    } catch {
      // Without a connection the next half minute tries again.
    }
  }

  function show(names) {
    const text = names.length ? `${names.join(", ")} ${names.length > 1 ? "hebben" : "heeft"} deze vraag ook open.` : "";
    if (place.textContent.trim() !== text) place.textContent = text;
    place.hidden = !text;
  }

  tell();
  setInterval(tell, 30000);
}
