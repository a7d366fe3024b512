/* The colours that a reader chose: light, dark, or none for the device's own. Loaded in the head, so that no page shows
   the others first. Without scripts nothing is missing: the choice stays hidden, and the device decides.
   And the box of the search, whose script is fetched once a reader goes to the box, or came by a link to a search. */
(() => {
  "use strict";
  const KEY = "factdesk-theme", root = document.documentElement, bars = new Map();

  const kept = () => {
    // A browser may keep nothing for a page, and say so by an error.
    try { return localStorage.getItem(KEY) || ""; } catch { return ""; }
  };
  const keep = (theme) => {
    try { theme ? localStorage.setItem(KEY, theme) : localStorage.removeItem(KEY); } catch { /* For this page, then. */ }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    // The browser's own bar takes its colour from the first of these that fits.
    for (const [bar, media] of bars) bar.media = !root.dataset.theme ? media : media.includes(theme) ? "all" : "not all";
  };

  const search = (place) => {
    if (!place) return;
    const said = place.dataset, made = (name, what) => Object.assign(document.createElement(name), what);
    const form = made("form"), status = made("p", { className: "soft" }), input = made("input", {
      type: "search", id: "search-words", maxLength: 200, autocomplete: "off", spellcheck: false, enterKeyHint: "search",
    });
    const load = () => {
      input.removeEventListener("focus", load);
      document.head.append(made("script", { src: said.script, onerror() {
        status.replaceChildren(said.failed + " ", made("a", { href: said.all, textContent: said.listed }));
        input.addEventListener("focus", load);
      } }));
    };
    form.setAttribute("role", "search");
    status.setAttribute("role", "status");
    form.append(made("label", { htmlFor: "search-words", textContent: said.label }), input);
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("focus", load);
    place.append(form, status);
    place.hidden = false;
    if (new URLSearchParams(location.search).get("q")) load();
  };

  // What a script puts onto a page later has its place kept by the styles.
  root.dataset.scripts = "";
  show(kept());
  addEventListener("DOMContentLoaded", () => {
    for (const bar of document.querySelectorAll("meta[name=theme-color]")) bars.set(bar, bar.media);
    show(kept());
    search(document.getElementById("search"));
    const choice = document.getElementById("colours");
    if (!choice) return;
    choice.value = root.dataset.theme || "";
    choice.addEventListener("change", () => { keep(choice.value); show(choice.value); });
    // Another page of the site that is open follows.
    addEventListener("storage", (event) => {
      if (event.key === KEY || event.key === null) { show(kept()); choice.value = root.dataset.theme || ""; }
    });
    document.getElementById("theme").hidden = false;
  });
})();
