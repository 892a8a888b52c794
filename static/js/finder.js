"use strict";
/* Offers titles and words while somebody types in the field of the search. Without it the field works too. */
for (const input of document.querySelectorAll("[data-suggestions]")) {
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let offers = [], at = -1, asked = 0, timer;

  const set = (element, values) => Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
  set(list, { id: "keuzes", class: "offers", role: "listbox", "aria-label": "Suggesties" });
  set(said, { class: "hidden", role: "status" });
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });

  const open = (yes) => {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", yes);
    if (!yes) {
      list.children[at]?.setAttribute("aria-selected", false);
      input.removeAttribute("aria-activedescendant");
      at = -1;
    }
  };

  const choose = ({ tekst, adres }) => {
    if (adres) return location.assign(adres);
    input.value = tekst;
    open(false);
    input.form.requestSubmit();
  };

  const row = (offer, number) => {
    const item = document.createElement("li");
    const kind = document.createElement("span");
    set(item, { id: `keuze-${number}`, role: "option", "aria-selected": false });
    kind.textContent = offer.soort;
    item.append(offer.tekst, " ", kind);
    item.onmousedown = (event) => { event.preventDefault(); choose(offer); };
    return item;
  };

  const go = (step) => {
    list.children[at]?.setAttribute("aria-selected", false);
    at = at < 0 && step < 0 ? offers.length - 1 : (at + step + offers.length) % offers.length;
    open(true);
    set(list.children[at], { "aria-selected": true });
    list.children[at].scrollIntoView({ block: "nearest" });
    set(input, { "aria-activedescendant": list.children[at].id });
  };

  const ask = async () => {
    const mine = ++asked;
    const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(input.value)}`).catch(() => ({}));
    const found = answer.ok ? (await answer.json()).suggesties : [];
    if (mine !== asked || document.activeElement !== input) return;
    open(false);
    offers = found;
    list.replaceChildren(...offers.map(row));
    said.textContent = offers.length ? `${offers.length} suggesties` : "";
    open(offers.length > 0);
  };

  input.oninput = () => { clearTimeout(timer); timer = setTimeout(ask, 150); };
  input.onblur = () => open(false);
  input.onkeydown = (event) => {
    const { key } = event;
    if (key === "Enter" && at >= 0) choose(offers[at]);
    else if (key === "Escape" && !list.hidden) open(false);
    else if ((key === "ArrowDown" || key === "ArrowUp") && offers.length) go(key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  };
  input.after(list, said);
  open(false);
}
