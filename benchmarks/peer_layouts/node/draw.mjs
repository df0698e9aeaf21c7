// A units file and a layout's name, in; the same units drawn as SVG, written to a file, out.
//
//     node draw.mjs flextree|layered|mrtree units.json out.svg
//
// The same job as `orgchart render`: read, break names into lines, lay out, write. Boxes are as wide as their longest
// line at a mean width of a letter, since none of these libraries measures text.

import { readFileSync, writeFileSync } from "node:fs";

const [, , layoutName, unitsPath, outPath] = process.argv;
const LINE = 26;
const SIZE = 10;
const LETTER = 0.56 * SIZE;
const SIBLING_GAP = 10;
const LEVEL_GAP = 24;

function wrapped(name) {
  const lines = [];
  let line = "";
  for (const word of name.split(/\s+/)) {
    if (line && line.length + 1 + word.length > LINE) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}

async function flextreePlaces(boxes) {
  const { flextree } = await import("d3-flextree");
  const { stratify } = await import("d3-hierarchy");
  const root = stratify()
    .id((box) => box.id)
    .parentId((box) => box.parent)(boxes);
  const layout = flextree({
    children: (unit) => unit.children,
    nodeSize: (unit) => [unit.data.data.width, unit.data.data.height + LEVEL_GAP],
    spacing: SIBLING_GAP,
  });
  const placed = layout.hierarchy(root);
  layout(placed);
  placed.each((unit) => {
    const box = unit.data.data;
    box.x = unit.x - box.width / 2;
    box.y = unit.y;
  });
}

async function elkPlaces(boxes, algorithm) {
  const { default: ELK } = await import("elkjs/lib/elk.bundled.js");
  const edges = boxes
    .filter((box) => box.parent)
    .map((box, number) => ({ id: `e${number}`, sources: [box.parent], targets: [box.id] }));
  const children = boxes.map(({ id, width, height }) => ({ id, width, height }));
  const layoutOptions = { "elk.algorithm": algorithm, "elk.direction": "DOWN" };
  const placed = await new ELK().layout({ id: "chart", layoutOptions, children, edges });
  placed.children.forEach((unit, number) => {
    boxes[number].x = unit.x;
    boxes[number].y = unit.y;
  });
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
const short = (number) => String(Math.round(number * 100) / 100);

function svg(boxes, title) {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const left = boxes.reduce((least, box) => Math.min(least, box.x), Infinity);
  const right = boxes.reduce((most, box) => Math.max(most, box.x + box.width), 0);
  const bottom = boxes.reduce((most, box) => Math.max(most, box.y + box.height), 0);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${short(left)} 0 ${short(right - left)} ${short(bottom)}" ` +
      `font-family="PT Sans" font-size="${SIZE}" text-anchor="middle"><title>${escaped(title)}</title>\n`,
    '<g fill="none" stroke="#555">\n',
  ];
  for (const box of boxes) {
    const above = byId.get(box.parent);
    if (!above) continue;
    const bus = box.y - LEVEL_GAP / 2;
    parts.push(
      `<path d="M${short(above.x + above.width / 2)},${short(above.y + above.height)}V${short(bus)}` +
        `H${short(box.x + box.width / 2)}V${short(box.y)}"/>\n`,
    );
  }
  parts.push("</g>\n");
  for (const box of boxes) {
    parts.push(
      `<g data-unit="${escaped(box.id)}"><title>${escaped(box.name)}</title><rect x="${short(box.x)}" y="${short(box.y)}" ` +
        `width="${short(box.width)}" height="${short(box.height)}" fill="#eef" stroke="#335"/>\n`,
    );
    box.lines.forEach((line, number) => {
      const y = box.y + 4 + SIZE * (0.9 + 1.2 * number);
      parts.push(`<text x="${short(box.x + box.width / 2)}" y="${short(y)}">${escaped(line)}</text>\n`);
    });
    parts.push("</g>\n");
  }
  parts.push("</svg>\n");
  return parts.join("");
}

const { title, units } = JSON.parse(readFileSync(unitsPath, "utf8"));
const boxes = units.map(({ id, parent, name }) => {
  const lines = wrapped(name);
  const width = Math.max(...lines.map((line) => line.length)) * LETTER + 12;
  return { id, parent: parent ?? "", name, lines, width, height: lines.length * SIZE * 1.2 + 8, x: 0, y: 0 };
});
await (layoutName === "flextree" ? flextreePlaces(boxes) : elkPlaces(boxes, layoutName));
writeFileSync(outPath, svg(boxes, title ?? ""));
