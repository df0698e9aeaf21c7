// Jobs as JSON on standard input, in; for each, as soon as it is done, a line with its boxes' corners and its lines, out.
//
// A job: {layout: "elk" | "tree" | "flextree", down: boolean, options: {…}, sibling_gap, level_gap,
//         parents: [index or -1], sizes: [[width, height]], routes: boolean}; parents stand before their children.
// A line: {corners: [[left, top]], routes: [[[x, y], …], …]}.

import { readFileSync } from "node:fs";
import { flextree } from "d3-flextree";
import { stratify, tree } from "d3-hierarchy";
import ELK from "elkjs/lib/elk.bundled.js";

async function elk(job) {
  const units = job.sizes.map(([width, height], number) => ({ id: String(number), width, height }));
  const edges = job.parents.flatMap((parent, number) =>
    parent < 0 ? [] : [{ id: `to${number}`, sources: [String(parent)], targets: [String(number)] }],
  );
  const direction = { "elk.direction": job.down ? "DOWN" : "RIGHT" };
  const placed = await new ELK().layout({
    id: "chart",
    layoutOptions: { ...direction, ...job.options },
    children: units,
    edges,
  });
  const corners = placed.children.map((unit) => [unit.x, unit.y]);
  const routes = placed.edges.flatMap((edge) =>
    (edge.sections ?? []).map((part) =>
      [part.startPoint, ...(part.bendPoints ?? []), part.endPoint].map((point) => [point.x, point.y]),
    ),
  );
  return { corners, routes };
}

// Both d3 layouts grow downwards; a chart that grows to the right is laid out with width and height exchanged.
function turned(job) {
  return job.down ? job.sizes : job.sizes.map(([width, height]) => [height, width]);
}

function rooted(job) {
  return stratify()
    .id((unit) => unit.number)
    .parentId((unit) => (unit.parent < 0 ? null : unit.parent))(
    job.parents.map((parent, number) => ({ number, parent })),
  );
}

function finished(job, sizes, middles, tops) {
  const across = sizes.map(([width], number) => [middles[number] - width / 2, tops[number]]);
  const flip = ([x, y]) => (job.down ? [x, y] : [y, x]);
  const routes = job.parents.flatMap((parent, number) => {
    if (parent < 0) return [];
    const bottom = tops[parent] + sizes[parent][1];
    // The bus hangs half a gap above the children of one row, so that it passes under the tallest of their parents.
    const bus = tops[number] - job.level_gap / 2;
    const corners = [
      [middles[parent], bottom],
      [middles[parent], bus],
      [middles[number], bus],
      [middles[number], tops[number]],
    ];
    return [corners.map(flip)];
  });
  return { corners: across.map(flip), routes };
}

function d3Tree(job) {
  const sizes = turned(job);
  const root = rooted(job);
  tree()
    .nodeSize([1, 1])
    .separation((a, b) => (sizes[a.data.number][0] + sizes[b.data.number][0]) / 2 + job.sibling_gap)(root);
  const middles = [];
  const depths = [];
  const tallest = [];
  root.each((unit) => {
    middles[unit.data.number] = unit.x;
    depths[unit.data.number] = unit.depth;
    tallest[unit.depth] = Math.max(tallest[unit.depth] ?? 0, sizes[unit.data.number][1]);
  });
  const starts = [0];
  tallest.forEach((height, depth) => starts.push(starts[depth] + height + job.level_gap));
  return finished(job, sizes, middles, depths.map((depth) => starts[depth]));
}

function d3Flextree(job) {
  const sizes = turned(job);
  const layout = flextree({
    children: (unit) => unit.children,
    nodeSize: (unit) => [sizes[unit.data.data.number][0], sizes[unit.data.data.number][1] + job.level_gap],
    spacing: job.sibling_gap,
  });
  const root = layout.hierarchy(rooted(job));
  layout(root);
  const middles = [];
  const tops = [];
  root.each((unit) => {
    middles[unit.data.data.number] = unit.x;
    tops[unit.data.data.number] = unit.y;
  });
  return finished(job, sizes, middles, tops);
}

const LAYOUTS = { elk, tree: d3Tree, flextree: d3Flextree };

for (const job of JSON.parse(readFileSync(0, "utf8"))) {
  let answer;
  try {
    const { corners, routes } = await LAYOUTS[job.layout](job);
    answer = { corners, routes: job.routes ? routes : [] };
  } catch (error) {
    answer = { fault: String(error).split("\n")[0] };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
