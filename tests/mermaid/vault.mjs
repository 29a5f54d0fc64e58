// node vault.mjs VAULT > one JSON object: what js-yaml and markdown-it, with extensions for Obsidian, see in each note.
import fs from "node:fs";
import path from "node:path";
import { BiDirectionalLinks } from "@nolebase/markdown-it-bi-directional-links";
import yaml from "js-yaml";
import MarkdownIt from "markdown-it";
import callouts from "markdown-it-obsidian-callouts";

const vault = process.argv[2];
const links = BiDirectionalLinks({ dir: vault, stillRenderNoMatched: true, noNoMatchedFileWarning: true });
const markdown = new MarkdownIt({ html: true }).use(links).use(callouts.default ?? callouts);
const UNKNOWN = "nolebase-route-link-invalid";

function typed(value) {
  if (value instanceof Date) return { date: value.toISOString() };
  return Array.isArray(value) ? value.map(typed) : value;
}

function* inner(tokens) {
  for (const token of tokens) {
    yield token;
    if (token.children) yield* inner(token.children);
  }
}

function said(token) {
  return token.children.map((child) => child.content).join("");
}

const seen = {};
for (const name of fs.readdirSync(vault, { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".md") || name.startsWith(".")) continue;
  const text = fs.readFileSync(path.join(vault, name), "utf8");
  const [, front, body] = text.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? ["", "", "", text];
  const tokens = [...inner(markdown.parse(body ?? text, { path: name }))];
  const found = tokens.filter((token) => token.type === "link_open");
  seen[name.split(path.sep).join("/")] = {
    properties: Object.fromEntries(
      Object.entries(yaml.load(front) ?? {}).map(([key, value]) => [key, typed(value)]),
    ),
    unknown: found.filter((token) => (token.attrGet("class") ?? "").includes(UNKNOWN)).length,
    links: found.map((token) => token.attrGet("href")).filter((href) => href.startsWith("/")),
    headings: tokens.flatMap((token, at) => (token.type === "heading_open" ? [said(tokens[at + 1])] : [])),
    fences: tokens.filter((token) => token.type === "fence").map((token) => token.info),
    html: tokens.filter((token) => /^html_/.test(token.type) && !token.content.startsWith("<!--")).length,
  };
}
process.stdout.write(JSON.stringify(seen));
