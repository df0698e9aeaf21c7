// D2 on standard input, in; the SVG that D2 makes of it with its usual settings, on standard output, out.
import { D2 } from "@terrastruct/d2";
import { readFileSync } from "node:fs";

const d2 = new D2();
const made = await d2.compile(readFileSync(0, "utf8"), { layout: "dagre" });
process.stdout.write(await d2.render(made.diagram, made.renderOptions), () => process.exit(0));
