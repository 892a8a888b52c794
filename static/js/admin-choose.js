"use strict";
/* Turns a field for a relation into one that suggests while you type. The field that is sent keeps the
   number of the chosen record, or what was typed: the server then says that it does not know it. */
{
  const TEXTS = {
    tNoResults: () => "Niets gevonden",
    tStatusQueryTooShort: (n) => `Typ ${n} of meer tekens`,
    tStatusNoResults: () => "Niets gevonden",
    tStatusSelectedOption: (option, n, i) => `${option}, ${i + 1} van ${n}`,
    tStatusResults: (n, option) => `${n} ${n === 1 ? "mogelijkheid" : "mogelijkheden"}. ${option}`,
    tAssistiveHint: () => "Typ om te zoeken. Kies met de pijltjes en druk op Enter.",
  };
  const label = (option) => (typeof option === "string" ? option : (option?.text ?? ""));

  function escaped(text) {
    const box = document.createElement("div");
    box.textContent = text;
    return box.innerHTML;
  }

  /* Asks the server, a moment after the last key; an older answer never comes over a newer one. */
  function suggestions(address) {
    let timer, asked = 0;
    return (term, show) => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const mine = ++asked;
        const answer = await fetch(`${address}&term=${encodeURIComponent(term)}`, { headers: { Accept: "application/json" } });
        const found = answer.ok ? (await answer.json()).results : [];
        if (mine === asked) show(found);
      }, 150);
    };
  }

  /* The list is made when somebody comes to the field: a page may hold a hundred of them. */
  function suggest(field, start, { chosen, typed, value, keep }) {
    start.addEventListener("pointerdown", () => { start.dataset.pointed = "yes"; });
    start.addEventListener("focus", () => {
      const box = document.createElement("div");
      const { id } = start;
      const described = start.getAttribute("aria-describedby");
      start.replaceWith(box);
      accessibleAutocomplete({
        element: box, id, name: "", defaultValue: start.value, showAllValues: true, minLength: 0, confirmOnBlur: false,
        displayMenu: "overlay", source: suggestions(field.dataset.choose), dropdownArrow: () => "",
        templates: { inputValue: (option) => (keep ? label(option) : ""), suggestion: (option) => escaped(label(option)) },
        onConfirm: (option) => option && chosen(option), ...TEXTS,
      });
      const input = box.querySelector("input");
      for (const name of ["aria-invalid", "aria-label"]) if (start.hasAttribute(name)) input.setAttribute(name, start.getAttribute(name));
      if (described) input.setAttribute("aria-describedby", described);
      input.addEventListener("input", () => typed(input.value));
      input.focus();
      if (start.dataset.pointed) input.click();
    }, { once: true });
  }

  function visible(sent, text) {
    const start = document.createElement("input");
    for (const { name, value } of sent.attributes) if (!["name", "value", "type", "required"].includes(name)) start.setAttribute(name, value);
    start.type = "text";
    start.value = text;
    start.className = "autocomplete__input";
    start.placeholder = "Typ om te zoeken";
    sent.type = "hidden";
    for (const name of ["id", "aria-describedby", "aria-invalid", "autocomplete"]) sent.removeAttribute(name);
    sent.after(start);
    return start;
  }

  function chip(name, option) {
    const item = document.createElement("li");
    const holder = document.createElement("label");
    const box = document.createElement("input");
    holder.className = "chip";
    box.type = "checkbox";
    box.name = name;
    box.value = option.id;
    box.checked = true;
    holder.append(box, ` ${option.text}`);
    item.append(holder);
    return item;
  }

  function one(field) {
    const sent = field.querySelector("input");
    suggest(field, visible(sent, field.dataset.label), {
      keep: true,
      chosen: (option) => { sent.value = option.id; },
      typed: (text) => { sent.value = text; },
    });
  }

  function many(field) {
    const sent = field.querySelector(":scope > input");
    const chips = field.querySelector(".chips");
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    field.append(said);
    suggest(field, visible(sent, sent.value), {
      keep: false,
      chosen: (option) => {
        sent.value = "";
        const there = [...chips.querySelectorAll("input")].find((box) => box.value === option.id);
        if (there) there.checked = true;
        else chips.append(chip(sent.name, option));
        said.textContent = `Toegevoegd: ${option.text}`;
      },
      typed: (text) => { sent.value = text; },
    });
  }

  function wire(part) {
    for (const field of part.querySelectorAll("[data-choose]:not([data-wired])")) {
      if (field.closest(".empty-form")) continue;
      field.dataset.wired = "yes";
      field.querySelector(".choose-plain")?.remove();
      (field.classList.contains("choose-many") ? many : one)(field);
    }
  }

  const start = () => wire(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  document.addEventListener("formset:added", (event) => wire(event.target));
}
