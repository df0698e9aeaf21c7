// Keys, buttons, scripts and addresses, in; the page at work, out. Comes last.
// ── The keyboard ──────────────────────────────────────────────────────────────────────────────────────────────────
const STEPS = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onSpot = event.target === spot, step = STEPS[event.key];
  if (event.key === "+" || event.key === "=") zoomBy(1.25);
  else if (event.key === "-" || event.key === "−") zoomBy(0.8);
  else if (event.key === "0") fit();
  else if (step && onSpot) {
    const next = neighbour(event.key);
    if (next >= 0) { choose(next); centre(next); }
  } else if (step) move(view.x + step[0], view.y + step[1]);
  else if (event.key === "Enter" && event.target === canvas) {
    if (!boxes[page].has(chosen)) choose(shownHere[0] ?? -1);
    if (!spot.hidden) { spot.focus({ preventScroll: true }); centre(chosen); }
  } else if (event.key === " " && onSpot) fold(chosen);
  else if (event.key === "Escape" && onSpot && panel.hidden) canvas.focus();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
  if (event.key === "/" && !typing && by("slash").checked && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape" && by("keys").open) {
    by("keys").open = false;
    by("keys").firstElementChild.focus();
  } else if (event.key === "Escape" && !panel.hidden && !typing) close();
});

// ── Buttons, scripts, addresses ───────────────────────────────────────────────────────────────────────────────────
function write(number) {
  script = number;
  document.documentElement.lang = data.pageLangs[script];
  document.title = by("title").textContent = data.titles[script];
  by("title").lang = document.querySelector(".units").lang = data.langs[script];
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  for (const each of document.querySelectorAll("[data-label]")) {
    each.setAttribute("aria-label", word(each.dataset.label));
    if (each.title) each.title = word(each.dataset.label);
  }
  search.placeholder = word("search-hint");
  canvas.setAttribute("aria-label", `${word("chart")}. ${word("chart-keys")}`);
  rows.forEach((row, unit) => {
    if (!row) return;
    const [name, level, at] = row.querySelector(".unit").querySelectorAll("a, .level, .place");
    name.textContent = text(unit).name;
    level.textContent = data.levels[units[unit].level][script];
    if (at) at.textContent = pages[units[unit].page - 1].names[script];
  });
  by("pages")?.replaceChildren(...pages.map((each, number) => make("option", { value: number },
    each.names[script] + (each.head >= 0 ? ` · ${text(each.head).name}` : ""))));
  if (by("pages") && page >= 0) by("pages").value = page;
  for (const each of document.querySelectorAll("[data-script]"))
    each.setAttribute("aria-pressed", Number(each.dataset.script) === script);
  for (const each of document.querySelectorAll(".drawing"))
    each.hidden = data.drawings > 1 && !each.classList.contains(`script-${script}`);
  if (page >= 0) drawFolds();
  if (!panel.hidden) tell(chosen);
  if (!results.hidden) look();
}
rows.forEach((row, unit) => {
  if (row && children[unit].length)
    row.querySelector(".unit").prepend(make("button", { class: "fold", type: "button", onclick: () => fold(unit) }));
});
for (const each of document.querySelectorAll("[data-script]")) each.addEventListener("click", () => {
  write(Number(each.dataset.script));
  say(data.drawings > 1 || script === 0 ? each.textContent : word("script-note"));
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#keys")) by("keys").open = false;
  const anchor = event.target.closest("a[href^='#unit-']");
  if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(unitOf(anchor.hash), panel.contains(anchor) ? null : anchor);
});
function unitOf(hash) {
  try {
    return hash.startsWith("#unit-") ? numbers.get(decodeURIComponent(hash.slice(6))) ?? -1 : -1;
  } catch {
    return -1;
  }
}
const follow = () => {
  const unit = unitOf(location.hash);
  if (unit >= 0) open(unit, null, { moved: true });
  else if (!panel.hidden && !location.hash) { panel.hidden = true; main.classList.remove("telling"); }
};
addEventListener("popstate", follow);
by("outline-switch").addEventListener("click", (event) => {
  const bare = main.classList.toggle("bare");
  event.currentTarget.setAttribute("aria-expanded", !bare);
});
const foldAll = (shutting) => {
  collapsed.clear();
  if (shutting) units.forEach((unit, number) => { if (unit.parent >= 0 && children[number].length) collapsed.add(number); });
  drawFolds();
};
by("collapse-all").addEventListener("click", () => foldAll(true));
by("expand-all").addEventListener("click", () => foldAll(false));
by("zoom-in").addEventListener("click", () => zoomBy(1.25));
by("zoom-out").addEventListener("click", () => zoomBy(0.8));
by("fit").addEventListener("click", fit);
by("full").hidden = !document.fullscreenEnabled;
by("full").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen()
  : document.documentElement.requestFullscreen()).catch(() => {}));
by("pages")?.addEventListener("change", (event) => show(Number(event.target.value)));
by("previous")?.addEventListener("click", () => show(Math.max(0, page - 1)));
by("next")?.addEventListener("click", () => show(Math.min(pages.length - 1, page + 1)));
canvas.tabIndex = 0;
canvas.setAttribute("role", "application");
write(0);
show(0);
new ResizeObserver(() => { if (view.fitted) fit(); }).observe(canvas);
follow();
document.documentElement.dataset.ready = "";
