// The page's own data, in; a drawing that can be moved, zoomed and folded, out. Nothing is ever loaded.
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
let resting = 0, frame = 0, zoomed = 0, usualHeight = 0;

function paint() {
  frame = 0;
  layer.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`;
  // Hundreds of buttons keep their size on the screen only when it is at rest: each frame would be a long one.
  if (folds.size < 200) keepSizes();
}
/** What lies over the drawing is as large at every zoom; buttons too close for a finger are left out. */
function keepSizes() {
  if (zoomed === view.zoom) return;
  zoomed = view.zoom;
  layer.style.setProperty("--zoom", view.zoom);
  layer.classList.toggle("far", usualHeight * view.zoom < 24);
  placeSpot();
}
function rest() {
  layer.classList.remove("moving", "gliding");
  keepSizes();
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
  resting = setTimeout(rest, 350);
  if (!frame) frame = requestAnimationFrame(paint);
}
function limits() {
  const [width, height] = pages[page].size, room = canvas.getBoundingClientRect();
  const head = by("pages") ? 48 : 0;
  const fit = Math.min((room.width - 24) / width, (room.height - 24 - head) / height);
  return { fit: Math.max(fit, 0.01), room, head };
}
function zoomBy(factor, at) {
  const { fit, room } = limits();
  const zoom = clamp(view.zoom * factor, Math.min(fit / 2, 1), Math.max(8, fit));
  const [x, y] = at ? [at[0] - room.left, at[1] - room.top] : [room.width / 2, room.height / 2];
  move(x - (x - view.x) * (zoom / view.zoom), y - (y - view.y) * (zoom / view.zoom), zoom, !at);
}
function fit() {
  const { fit: whole, room, head } = limits(), [width, height] = pages[page].size, zoom = Math.min(whole, 3);
  move((room.width - width * zoom) / 2, (room.height + head - height * zoom) / 2, zoom);
  view.fitted = true;
}
function centre(unit) {
  const box = boxes[page].get(unit);
  if (!box) return;
  const { room } = limits(), [left, top, width, height] = box;
  const zoom = clamp(Math.max(view.zoom, 44 / height), 0.05, Math.min(8, room.width * 0.8 / width));
  const [x, y] = [view.x + left * zoom, view.y + top * zoom];
  if (zoom === view.zoom && x > 16 && y > 16 && x + width * zoom < room.width - 16 && y + height * zoom < room.height - 16)
    return;
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
  usualHeight = pages[page].boxes.map((box) => box[4]).sort((one, other) => one - other)[shownHere.length >> 1] ?? 0;
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
      for (const each of svg.querySelectorAll("[id$=relations] > g > rect"))
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
