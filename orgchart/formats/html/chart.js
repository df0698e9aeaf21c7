"use strict";
// The page's own data, in; a chart that can be searched, moved, folded and read, out. Nothing is ever loaded.
(() => {
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const { units, pages } = data;
  const by = (id) => document.getElementById(id);
  const [canvas, layer, panel, search, results, main] =
    [by("canvas"), by("layer"), by("panel"), by("search"), by("results"), document.querySelector("main")];
  const sheets = [...document.querySelectorAll(".sheet")];
  const rows = units.map((unit) => by(`unit-${unit.id}`));
  const numbers = new Map(units.map((unit, number) => [unit.id, number]));
  const children = units.map(() => []);
  units.forEach((unit, number) => { if (unit.parent >= 0) children[unit.parent].push(number); });
  const boxes = pages.map((page) => new Map(page.boxes.map(([unit, ...box]) => [unit, box])));
  const collapsed = new Set();
  let script = 0, page = -1, chosen = -1, opener = null, shownHere = [], folds = new Map(), parts = [];

  const word = (key) => data.words[script][key];
  const text = (unit) => units[unit].text[script];
  const link = (unit) => `#unit-${encodeURIComponent(units[unit].id)}`;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const say = (words) => { by("status").textContent = words; };

  /** An element; keys that begin with "on" are listeners, null is left out. */
  function make(tag, keys = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(keys)) {
      if (value == null) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...inside.filter((each) => each != null));
    return made;
  }

  // ── Moving and zooming: one layer, one transform ──────────────────────────────────────────────────────────────────
  const view = { x: 0, y: 0, zoom: 1, fitted: true };
  let resting = 0, frame = 0, zoomed = 0;

  function paint() {
    frame = 0;
    layer.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`;
    if (zoomed === view.zoom) return;
    zoomed = view.zoom;
    layer.style.setProperty("--zoom", view.zoom);
    const heights = pages[page].boxes.map((box) => box[4]).sort((a, b) => a - b);
    layer.classList.toggle("far", (heights[heights.length >> 1] || 0) * view.zoom < 24);
    placeSpot();
  }
  function move(x, y, zoom = view.zoom, glide = false) {
    const [width, height] = pages[page].size, room = canvas.getBoundingClientRect(), rim = 60;
    Object.assign(view, {
      zoom, fitted: false,
      x: clamp(x, rim - width * zoom, room.width - rim), y: clamp(y, rim - height * zoom, room.height - rim),
    });
    layer.classList.toggle("gliding", glide && !calm.matches);
    // While it moves the layer is one picture; at rest it is drawn anew, sharp at its size.
    layer.classList.add("moving");
    clearTimeout(resting);
    resting = setTimeout(() => layer.classList.remove("moving", "gliding"), 350);
    if (!frame) frame = requestAnimationFrame(paint);
  }
  function limits() {
    const [width, height] = pages[page].size, room = canvas.getBoundingClientRect();
    const fit = Math.min((room.width - 24) / width, (room.height - 24) / height);
    return { fit: Math.max(fit, 0.01), room };
  }
  function zoomBy(factor, at) {
    const { fit, room } = limits();
    const zoom = clamp(view.zoom * factor, Math.min(fit / 2, 1), Math.max(8, fit));
    const [x, y] = at ? [at[0] - room.left, at[1] - room.top] : [room.width / 2, room.height / 2];
    move(x - (x - view.x) * (zoom / view.zoom), y - (y - view.y) * (zoom / view.zoom), zoom, !at);
  }
  function fit() {
    const { fit: zoom, room } = limits(), [width, height] = pages[page].size;
    move((room.width - width * zoom) / 2, (room.height - height * zoom) / 2, Math.min(zoom, 3));
    if (zoom > 3) move((room.width - width * 3) / 2, (room.height - height * 3) / 2, 3);
    view.fitted = true;
  }
  function centre(unit) {
    const box = boxes[page].get(unit);
    if (!box) return;
    const { room } = limits(), [left, top, width, height] = box;
    const zoom = clamp(Math.max(view.zoom, 44 / height), 0.05, Math.min(8, room.width * 0.8 / width));
    move(room.width / 2 - (left + width / 2) * zoom, room.height / 2 - (top + height / 2) * zoom, zoom, true);
  }

  // ── Pages and their boxes ─────────────────────────────────────────────────────────────────────────────────────────
  function show(number) {
    if (number === page) return;
    page = number;
    sheets.forEach((sheet, each) => sheet.classList.toggle("current", each === page));
    const [width, height] = pages[page].size;
    for (const each of [layer, sheets[page]]) Object.assign(each.style, { width: `${width}px`, height: `${height}px` });
    shownHere = pages[page].boxes.map((box) => box[0]);
    folds.forEach((button) => button.remove());
    folds = new Map();
    for (const unit of shownHere) {
      if (!children[unit].some((child) => boxes[page].has(child))) continue;
      const [left, top, wide, high] = boxes[page].get(unit);
      const button = make("button", { class: "fold", type: "button", tabindex: -1, onclick: () => fold(unit) });
      Object.assign(button.style, { left: `${left + wide}px`, top: `${top + high}px` });
      button.append(make("span"));
      folds.set(unit, button);
      layer.append(button);
    }
    findParts();
    drawFolds();
    if (by("pages")) {
      by("pages").value = page;
      by("previous").disabled = page === 0;
      by("next").disabled = page === pages.length - 1;
    }
    zoomed = 0;
    fit();
  }
  /** What to hide with which unit: boxes go with their unit, rails with the parent whose children hang on them. */
  function findParts() {
    parts = [];
    const near = (value, other) => Math.abs(value - other) < 0.02;
    for (const svg of sheets[page].querySelectorAll("svg")) {
      for (const each of svg.querySelectorAll("[data-unit], [data-id]"))
        if (numbers.has(each.dataset.unit ?? each.dataset.id))
          parts.push([each, [numbers.get(each.dataset.unit ?? each.dataset.id)], false]);
      for (const each of svg.querySelectorAll("[data-parent]"))
        if (numbers.has(each.dataset.parent)) parts.push([each, [numbers.get(each.dataset.parent)], true]);
      for (const each of svg.querySelectorAll("[data-from]"))
        parts.push([each, [numbers.get(each.dataset.from), numbers.get(each.dataset.to)], false]);
      for (const [from, to, x, y] of pages[page].ties.filter((tie) => tie.length > 2))
        for (const each of svg.querySelectorAll("[id$=relations] > rect"))
          if (near(each.x.baseVal.value, x) && near(each.y.baseVal.value, y))
            for (const part of [each, each.nextElementSibling]) if (part) parts.push([part, [from, to], false]);
    }
  }
  function isHidden(unit) {
    for (let above = units[unit].parent; above >= 0; above = units[above].parent) if (collapsed.has(above)) return true;
    return false;
  }
  const below = (unit) => {
    let count = 0;
    for (const stack = [...children[unit]]; stack.length; count += 1) stack.push(...children[stack.pop()]);
    return count;
  };
  function drawFolds() {
    const hidden = units.map((_, unit) => isHidden(unit));
    for (const [part, owners, rail] of parts)
      part.classList.toggle("gone", owners.some((unit) => hidden[unit] || (rail && collapsed.has(unit))));
    for (const [unit, button] of folds) {
      const shut = collapsed.has(unit), said = `${word(shut ? "expand" : "collapse")}: ${text(unit).name}`;
      button.hidden = hidden[unit];
      button.firstChild.textContent = shut ? `+${below(unit)}` : "−";
      button.setAttribute("aria-expanded", !shut);
      button.setAttribute("aria-label", said);
    }
    rows.forEach((row, unit) => {
      if (!row || !children[unit].length) return;
      row.classList.toggle("folded", collapsed.has(unit));
      const button = row.querySelector(".fold");
      button.setAttribute("aria-expanded", !collapsed.has(unit));
      button.setAttribute("aria-label", `${word(collapsed.has(unit) ? "expand" : "collapse")}: ${text(unit).name}`);
    });
    if (chosen >= 0 && hidden[chosen]) for (; isHidden(chosen);) chosen = units[chosen].parent;
    placeSpot();
  }
  function fold(unit, shut = !collapsed.has(unit)) {
    if (!children[unit].length) return;
    collapsed[shut ? "add" : "delete"](unit);
    drawFolds();
    if (shut) say(`${text(unit).name}: +${below(unit)}`);
  }
  function reveal(unit) {
    let changed = false;
    for (let above = units[unit].parent; above >= 0; above = units[above].parent)
      changed = collapsed.delete(above) || changed;
    if (changed) drawFolds();
  }

  // ── The chosen unit: a button over its box, the one that the keyboard is on ───────────────────────────────────────
  const spot = make("button", { class: "spot", type: "button", hidden: "", onclick: () => open(chosen, spot) });
  layer.append(spot);
  function placeSpot() {
    const box = boxes[page]?.get(chosen);
    spot.hidden = !box;
    if (!box) return;
    const least = 24 / view.zoom, wide = Math.max(box[2], least), high = Math.max(box[3], least);
    Object.assign(spot.style, {
      left: `${box[0] - (wide - box[2]) / 2}px`, top: `${box[1] - (high - box[3]) / 2}px`,
      width: `${wide}px`, height: `${high}px`,
    });
    spot.setAttribute("aria-label", `${text(chosen).name}, ${data.levels[units[chosen].level][script]}`);
  }
  function choose(unit) {
    rows[chosen]?.classList.remove("shown");
    chosen = unit;
    rows[chosen]?.classList.add("shown");
    placeSpot();
  }
  /** Bring a unit into view, on the page that is asked for, this one, or the one where it is at home. */
  function go(unit, onto = boxes[page].has(unit) ? page : units[unit].page - 1) {
    reveal(unit);
    show(boxes[onto].has(unit) ? onto : Math.max(0, boxes.findIndex((each) => each.has(unit))));
    choose(unit);
    centre(unit);
  }
  function neighbour(key) {
    const has = (unit) => unit >= 0 && boxes[page].has(unit) && !isHidden(unit);
    const parent = units[chosen].parent;
    if (key === "ArrowUp") return has(parent) ? parent : -1;
    if (key === "ArrowDown") return children[chosen].find(has) ?? -1;
    const line = shownHere.filter((unit) => units[unit].parent === parent && has(unit));
    return line[line.indexOf(chosen) + (key === "ArrowLeft" ? -1 : 1)] ?? -1;
  }

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

  // ── The pointer ───────────────────────────────────────────────────────────────────────────────────────────────────
  const pointers = new Map();
  let dragged = false;
  const place = (event) => {
    const room = canvas.getBoundingClientRect();
    return [(event.clientX - room.left - view.x) / view.zoom, (event.clientY - room.top - view.y) / view.zoom];
  };
  const inside = ([x, y], [left, top, width, height]) => x >= left && x <= left + width && y >= top && y <= top + height;
  function under(event) {
    const where = place(event);
    const leading = pages[page].links.find((each) => inside(where, each));
    if (leading) return { unit: leading[4], onto: leading[5] - 1 };
    const hit = pages[page].boxes.find(([unit, ...box]) => inside(where, box) && !isHidden(unit));
    return hit ? { unit: hit[0] } : null;
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".fold") || event.button > 0) return;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    dragged = pointers.size > 1;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") canvas.classList.toggle("pointing", Boolean(under(event)));
      return;
    }
    const [x, y] = [event.clientX - before[0], event.clientY - before[1]];
    if (!dragged && Math.hypot(x, y) < 4) return;
    if (!dragged) {
      dragged = true;
      canvas.setPointerCapture(event.pointerId);
      canvas.classList.add("dragging");
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    if (!other) return move(view.x + x, view.y + y);
    const spread = (from) => Math.hypot(from[0] - other[0], from[1] - other[1]);
    zoomBy(spread([event.clientX, event.clientY]) / Math.max(spread(before), 1),
      [(event.clientX + other[0]) / 2, (event.clientY + other[1]) / 2]);
    return undefined;
  });
  const lift = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    canvas.classList.remove("dragging");
    if (dragged || event.type === "pointercancel") return;
    const hit = under(event);
    if (hit?.onto != null) go(hit.unit, hit.onto);
    else if (hit) {
      choose(hit.unit);
      open(hit.unit, spot);
    }
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  // The button of the chosen unit is worked by keys; what the pointer does is told by lift.
  spot.addEventListener("click", (event) => { if (event.detail > 0) event.stopImmediatePropagation(); }, true);
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const step = event.deltaMode === 1 ? 16 : 1;
    if (event.ctrlKey || event.metaKey)
      zoomBy(Math.exp(clamp(-event.deltaY * step, -60, 60) * 0.006), [event.clientX, event.clientY]);
    else move(view.x - event.deltaX * step, view.y - event.deltaY * step);
  }, { passive: false });

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
})();
