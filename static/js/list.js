/* A list that is narrowed, sorted or turned over is put in place without loading the page anew.
   Without this script the same links and buttons load the page; the address is the same either way. */
(() => {
  const region = () => document.getElementById("verfijn").parentElement;
  const told = document.createElement("p");
  told.className = "hidden";
  told.setAttribute("role", "status");
  document.getElementById("inhoud").prepend(told);

  let shown = location.pathname + location.search;
  let waiting = null;

  async function show(url, focus) {
    waiting?.abort();
    waiting = new AbortController();
    region().setAttribute("aria-busy", "true");
    let page;
    try {
      const answer = await fetch(url, { signal: waiting.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
      return;
    }
    const found = page.getElementById("verfijn").parentElement;
    for (const facet of region().querySelectorAll("details[open] > summary[id]")) {
      found.querySelector(`#${facet.id}`)?.parentElement.setAttribute("open", "");
    }
    for (const field of document.querySelectorAll("input[form=verfijn][type=search]")) {
      field.value = page.getElementById(field.id)?.value ?? "";
    }
    const before = document.activeElement;
    const takesFocusAlong = region().contains(before);
    region().replaceWith(found);
    document.title = page.title;
    shown = url.split("#")[0];
    // Whoever went on to something that stays, stays there.
    if (takesFocusAlong) focus?.(before);
    told.textContent = document.getElementById("lijst").textContent.trim();
  }

  function go(url, focus) {
    history.pushState(null, "", url);
    show(url, focus);
    // On a phone the choices cover the list for as long as they are the target.
    if (document.querySelector("#verfijn:target")) location.replace("#lijst");
  }

  const heading = (scroll) => () => {
    const top = document.getElementById("lijst");
    top.focus({ preventScroll: !scroll });
    if (scroll) top.scrollIntoView();
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "verfijn") return;
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.target)) if (value) query.append(name, value);
    const pressed = event.submitter?.id;
    // Whoever went on and lost the place sees where the focus is; for the others nothing moves.
    const back = (before) => document.getElementById(pressed)?.focus({ preventScroll: before.id === pressed });
    go(location.pathname + (query.size ? `?${query}` : ""), back);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .pager a, .zoom a");
    if (!link || !region().contains(link)) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const map = () => {
      const top = document.getElementById("kaart");
      top.focus({ preventScroll: true });
      top.scrollIntoView({ block: "nearest" });
    };
    const focus = link.closest(".zoom") ? map : heading(Boolean(link.closest(".pager")));
    go(link.pathname + (link.search === "?" ? "" : link.search), focus);
  });

  addEventListener("popstate", () => {
    const here = location.pathname + location.search;
    if (here !== shown) show(here);
  });
})();
