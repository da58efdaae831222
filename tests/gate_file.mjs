// Seals the batches of tests/gate_file.json to its house, as a phone does: node tests/gate_file.mjs prints the file.
import { readFileSync } from "node:fs";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const address = (source) => `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
const tokens = address(read("../static/js/gate/tokens.js"));
const { sealed } = await import(address(read("../static/js/gate/seal.js").replace("./tokens.js", tokens)));
const { house, batches } = JSON.parse(read("gate_file.json"));
if (process.argv.includes("plain")) delete globalThis.CompressionStream; // as a browser of before 2023
process.stdout.write(JSON.stringify(await sealed(batches, house)));
