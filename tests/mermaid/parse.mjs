// node parse.mjs PACKAGE < one JSON string a line > one JSON string a line: "" where the flowchart parses, else why not.
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>");
for (const name of ["document", "Element", "Node", "DOMParser"]) globalThis[name] = window[name];
globalThis.window = window;

const manifest = createRequire(import.meta.url).resolve(`${process.argv[2]}/package.json`);
const entry = path.join(path.dirname(manifest), "dist", "mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(entry));
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", logLevel: "fatal" });

for await (const line of readline.createInterface({ input: process.stdin })) {
  let why = "";
  try {
    const { diagramType } = await mermaid.parse(JSON.parse(line));
    if (diagramType !== undefined && !diagramType.startsWith("flowchart")) why = `a ${diagramType}`;
  } catch (error) {
    why = String(error?.message ?? error) || "no reason given";
  }
  process.stdout.write(`${JSON.stringify(why)}\n`);
}
process.exit(0);
