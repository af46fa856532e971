// What the declarations do not say but the package's own constructors do: constants, defaults, secrets, aliases.
import { readFileSync } from "node:fs";

const assignment = /resourceInputs\["([^"]+)"\] = (.*);$/;
const literalDefault = /\?\? ("(?:[^"\\]|\\.)*"|true|false|-?\d+(?:\.\d+)?)\)?/;

export function runtimeFacts(file, name) {
  const text = readFileSync(file, "utf8");
  const facts = { defaults: {}, secretInputs: [], secretOutputs: [], aliases: [] };
  for (const line of text.slice(text.indexOf(`class ${name} `)).split("\n")) {
    const assigned = assignment.exec(line.trim());
    if (assigned) {
      const [, property, value] = assigned;
      const found = literalDefault.exec(value);
      if (found) facts.defaults[property] = JSON.parse(found[1]);
      if (value.includes("pulumi.secret(")) facts.secretInputs.push(property);
    }
    if (line.includes("additionalSecretOutputs:")) facts.secretOutputs = strings(line);
    if (line.includes("const aliasOpts =")) facts.aliases = [...new Set([...line.matchAll(/type: "([^"]+)"/g)].map((m) => m[1]))];
  }
  return facts;
}

const strings = (line) => [...line.slice(line.indexOf("[")).matchAll(/"([^"]+)"/g)].map((m) => m[1]);
