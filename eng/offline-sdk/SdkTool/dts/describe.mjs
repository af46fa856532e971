// node describe.mjs NODE_MODULES PACKAGE < tokens (one a line): the schema of these tokens and of all they need, as JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PackageReader } from "./package-reader.mjs";

const [modules, name] = process.argv.slice(2);
const tokens = readFileSync(0, "utf8").split("\n").map((line) => line.trim()).filter((line) => line !== "");
try {
  process.stdout.write(JSON.stringify(new PackageReader(join(modules, "@pulumi", name)).describe(tokens)));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
