// A unit, or words to look for, in; what is said of it, or the units that are meant, out.
// ── What is said of a unit ────────────────────────────────────────────────────────────────────────────────────────
const unitLink = (unit) => make("a", { href: link(unit), lang: data.langs[script] }, text(unit).name);
const section = (key, ...inside) => [make("h3", {}, word(key)), ...inside];
const quoted = (said) => said.quote || said.cite ? make("blockquote", { lang: data.langs[script] },
  said.quote ?? "", make("cite", {}, said.cite ?? "")) : null;

function open(unit, from, { moved = false } = {}) {
  if (unit < 0) return;
  if (from) opener = from;
  main.classList.add("telling");
  panel.hidden = false;
  tell(unit);
  go(unit);
  panel.scrollTop = 0;
  panel.querySelector("h2").focus({ preventScroll: innerWidth > 768 });
  if (!moved && location.hash !== link(unit)) try { history.pushState(null, "", link(unit)); } catch { /* no address */ }
}
function tell(unit) {
  const said = text(unit), about = units[unit], lang = data.langs[script], path = [];
  for (let above = about.parent; above >= 0; above = units[above].parent) path.unshift(above);
  const here = boxes.flatMap((each, number) => (each.has(unit) ? [number] : []));
  const item = (key, value) => (value == null ? [] : section(key, make("p", { lang }, String(value))));
  panel.replaceChildren(
    make("header", {}, make("h2", { tabindex: -1, lang }, said.name),
      make("button", { type: "button", "aria-label": word("close"), title: word("close"), onclick: close }, "✕")),
    make("p", { class: "kind" }, data.levels[about.level][script]),
    ...(path.length ? section("parents", make("ul", { class: "path" },
      ...path.map((above) => make("li", {}, unitLink(above))))) : []),
    ...item("number", said.number), ...item("abbreviation", said.abbr), ...item("staff", about.staff),
    ...Object.entries(about.names ?? {}).flatMap(([tag, name]) => [
      make("h3", {}, tag === "en" ? word("en") : tag), make("p", { lang: tag }, name)]),
    ...(said.functions ? section("functions", make("ul", { class: "functions", lang }, ...said.functions.map((each) =>
      make("li", {}, each.quote
        ? make("details", {}, make("summary", {}, each.text), quoted(each))
        : make("p", { class: "plain" }, each.text))))) : []),
    ...(quoted(said) ? section(said.quote ? "quote" : "citation", quoted(said)) : []),
    ...(children[unit].length ? section("children", make("ul", {},
      ...children[unit].map((child) => make("li", {}, unitLink(child))))) : []),
    ...(pages.length > 1 ? section("pages", make("div", { class: "onpages" }, ...here.map((number) =>
      make("button", { type: "button", onclick: () => go(unit, number) }, `→ ${pages[number].names[script]}`)))) : []),
    make("div", { class: "tools" },
      make("button", { type: "button", onclick: () => copy(unit) }, word("copy")),
      children[unit].length ? make("button", { type: "button", onclick: (event) => {
        fold(unit);
        event.currentTarget.textContent = word(collapsed.has(unit) ? "expand" : "collapse");
      } }, word(collapsed.has(unit) ? "expand" : "collapse")) : null),
  );
}
function close() {
  panel.hidden = true;
  panel.replaceChildren();
  main.classList.remove("telling");
  const back = opener?.isConnected && opener.getClientRects().length ? opener : spot.hidden ? canvas : spot;
  back.focus({ preventScroll: back === spot });
  opener = null;
  try { history.pushState(null, "", location.pathname + location.search); } catch { /* no address */ }
}
async function copy(unit) {
  const address = location.href.split("#")[0] + link(unit);
  try {
    await navigator.clipboard.writeText(address);
    say(word("copied"));
  } catch {
    say(word("not-copied"));
  }
}

// ── Search ────────────────────────────────────────────────────────────────────────────────────────────────────────
/** As script.fold of orgchart: blind to script, to marks on letters and to capitals. */
const folded = (words) => [...words].map((sign) => data.fold[sign] ?? sign).join("").toLowerCase()
  .normalize("NFD").replace(/\p{M}/gu, "");
let found = [], at = -1;

function rank(unit, wanted) {
  const [name, ...functions] = units[unit].find;
  if (wanted.every((part) => name.includes(part))) {
    if (name.startsWith(wanted[0])) return [0];
    return [wanted.every((part) => ` ${name}`.includes(` ${part}`)) ? 1 : 2];
  }
  const place = functions.findIndex((each) => wanted.every((part) => each.includes(part)));
  return place < 0 ? null : [3, place];
}
function look() {
  const wanted = folded(search.value).split(/\s+/).filter(Boolean);
  found = [];
  if (wanted.length) units.forEach((_, unit) => {
    const ranked = rank(unit, wanted);
    if (ranked) found.push([unit, ...ranked]);
  });
  found.sort((one, other) => one[1] - other[1] || one[0] - other[0]);
  const all = found.length;
  found = found.slice(0, 50);
  at = found.length ? 0 : -1;
  results.replaceChildren(...found.map(([unit, , place], number) => {
    const above = units[unit].parent;
    const more = place != null ? text(unit).functions[place].text : above >= 0 ? text(above).name : "";
    return make("li", { role: "option", id: `result-${number}`, onclick: () => take(number) },
      make("span", { lang: data.langs[script] }, text(unit).name),
      make("small", {}, data.levels[units[unit].level][script], more ? ` · ${more}` : ""));
  }));
  results.hidden = !found.length;
  search.setAttribute("aria-expanded", !results.hidden);
  say(!wanted.length ? "" : all ? `${word("found")}: ${all}` : word("nothing"));
  mark();
}
function mark() {
  [...results.children].forEach((each, number) => each.setAttribute("aria-selected", number === at));
  if (at >= 0) {
    search.setAttribute("aria-activedescendant", `result-${at}`);
    results.children[at].scrollIntoView({ block: "nearest" });
  } else search.removeAttribute("aria-activedescendant");
}
function shut() {
  results.hidden = true;
  search.setAttribute("aria-expanded", false);
  search.removeAttribute("aria-activedescendant");
}
function take(number) {
  if (!found[number]) return;
  shut();
  open(found[number][0], search);
}
search.addEventListener("input", look);
search.addEventListener("focus", () => { if (search.value) look(); });
search.addEventListener("blur", () => setTimeout(shut, 200));
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (results.hidden) look();
    else if (found.length) at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
    mark();
  } else if (event.key === "Enter") take(at);
  else if (event.key === "Escape") {
    event.stopPropagation();
    if (results.hidden) search.value = "";
    shut();
  }
});
