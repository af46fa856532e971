// One npm package of generated Pulumi declarations, read as a Pulumi package schema without prose.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { runtimeFacts } from "./runtime-facts.mjs";
import { declarationFile, layouts } from "./tokens.mjs";
import { TypeReader } from "./types.mjs";

export class PackageReader {
  constructor(dir) {
    const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    this.dir = dir;
    this.name = manifest.name.replace("@pulumi/", "");
    this.version = manifest.version;
    this.layout = layouts[this.name];
    if (!this.layout) throw new Error(`${manifest.name}: not one of ${Object.keys(layouts).join(", ")}`);
    this.scopes = new Map();
    this.types = {};
  }

  describe(tokens) {
    const schema = { name: this.name, version: this.version, resources: {}, types: this.types, functions: {} };
    for (const token of tokens) {
      const file = declarationFile(this.dir, this.name, token);
      const source = parse(file);
      const isFunction = /^[a-z]/.test(token.split(":")[2]) && !token.startsWith("pulumi:providers:");
      if (isFunction) schema.functions[token] = this.function(token, source);
      else if (token.startsWith("pulumi:providers:")) schema.provider = this.resource("Provider", source, file);
      else schema.resources[token] = this.resource(token.split(":")[2], source, file);
    }
    return schema;
  }

  resource(name, source, file) {
    const declared = find(source, name, ts.isClassDeclaration);
    const args = find(source, `${name}Args`, ts.isInterfaceDeclaration);
    const facts = runtimeFacts(file.replace(/\.d\.ts$/, ".js"), name);
    const outputs = declared.members.filter((m) => ts.isPropertyDeclaration(m) && !isPrivate(m) && !isStatic(m));
    const result = {
      ...this.members(args.members, "inputProperties", "requiredInputs"),
      ...this.members(outputs, "properties", "required"),
    };
    for (const [property, value] of Object.entries(facts.defaults))
      if (result.inputProperties[property]) result.inputProperties[property].default = value;
    for (const property of facts.secretInputs) if (result.inputProperties[property]) result.inputProperties[property].secret = true;
    for (const property of facts.secretOutputs) if (result.properties[property]) result.properties[property].secret = true;
    if (facts.aliases.length > 0) result.aliases = facts.aliases.map((type) => ({ type }));
    if (isDeprecated(declared)) result.deprecationMessage = deprecated;
    return result;
  }

  function(token, source) {
    const name = token.split(":")[2];
    const pascal = name.charAt(0).toUpperCase() + name.slice(1);
    const args = find(source, `${pascal}Args`, ts.isInterfaceDeclaration, true);
    const result = find(source, `${pascal}Result`, ts.isInterfaceDeclaration, true);
    const entry = {};
    if (args) entry.inputs = { ...this.members(args.members, "properties", "required"), type: "object" };
    if (result) entry.outputs = { ...this.members(result.members, "properties", "required"), type: "object" };
    return entry;
  }

  members(nodes, propertiesKey, requiredKey) {
    const properties = {};
    const required = [];
    const reader = new TypeReader(this, (token, root, path) => this.type(token, root, path));
    for (const member of nodes) {
      const name = ts.isStringLiteral(member.name) ? member.name.text : member.name.getText();
      const { type, optional } = reader.property(member);
      if (type.overlay) throw new Error(`${member.getSourceFile().fileName}: ${name} is '${type.overlay}', which no schema type stands for`);
      properties[name] = isDeprecated(member) ? { ...type, deprecationMessage: deprecated } : type;
      if (!optional) required.push(name);
    }
    return required.length > 0 ? { [propertiesKey]: properties, [requiredKey]: required.sort() } : { [propertiesKey]: properties };
  }

  /** Adds a type and, through it, all that it refers to. Input and output declarations are one schema type. */
  type(token, root, path) {
    if (this.types[token]) return;
    const enumeration = this.lookup("enums", path);
    if (enumeration) {
      this.types[token] = readEnum(enumeration);
      return;
    }
    const entry = (this.types[token] = { properties: {}, type: "object" });
    const bare = path.at(-1).replace(/Args$/, "");
    const input = this.lookup("inputs", path) ?? this.lookup("inputs", [...path.slice(0, -1), `${bare}Args`]);
    const output = this.lookup("outputs", path) ?? this.lookup("outputs", [...path.slice(0, -1), this.layout.inputName(path.at(-1))]);
    const fromInput = input && this.members(input.members, "properties", "required");
    const fromOutput = output && this.members(output.members, "properties", "required");
    const main = fromInput ?? fromOutput;
    const missing = fromInput && fromOutput ? difference(fromInput.properties, fromOutput.properties) : [];
    if (missing.length > 0) throw new Error(`${token}: ${missing.join(", ")} is declared for input or for output only`);
    entry.properties = main.properties;
    if (main.required) entry.required = main.required;
    // C# takes nullability from `required` for both; TypeScript has its own word for computed outputs.
    const outputRequired = JSON.stringify(fromOutput?.required ?? []);
    if (fromInput && fromOutput && outputRequired !== JSON.stringify(main.required ?? []))
      entry.language = { nodejs: { requiredOutputs: fromOutput.required ?? [] } };
  }

  declares(root, path) {
    return this.lookup(root, path) !== undefined;
  }

  /** The declaration of types/<root>, following nested namespaces; enums live in one file a module. */
  lookup(root, path) {
    const name = path.at(-1);
    if (root === "enums") return this.scope(join("types/enums", ...path.slice(0, -1), "index.d.ts"))?.get(name);
    const file = root === "inputs" ? "types/input.d.ts" : "types/output.d.ts";
    return this.scope(file)?.get(path.join("."));
  }

  scope(file) {
    if (!this.scopes.has(file)) this.scopes.set(file, existsSync(join(this.dir, file)) ? index(parse(join(this.dir, file))) : undefined);
    return this.scopes.get(file);
  }
}

const deprecated = "Deprecated by the provider.";

function parse(file) {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

function index(source) {
  const found = new Map();
  const walk = (statements, prefix) => {
    for (const statement of statements) {
      if (ts.isModuleDeclaration(statement)) walk(statement.body.statements, `${prefix}${statement.name.getText()}.`);
      else if (ts.isInterfaceDeclaration(statement)) found.set(prefix + statement.name.text, statement);
      else if (ts.isVariableStatement(statement))
        for (const declaration of statement.declarationList.declarations) found.set(prefix + declaration.name.getText(), declaration);
    }
  };
  walk(source.statements, "");
  return found;
}

// export declare const Tenancy: { readonly Default: "default"; … }
function readEnum(declaration) {
  const values = declaration.type.members.map((member) => ({ name: member.name.getText().replace(/^["']|["']$/g, ""), value: literal(member.type.literal) }));
  return { enum: values, type: typeof values[0].value === "number" ? "number" : "string" };
}

const literal = (node) => (ts.isNumericLiteral(node) ? Number(node.text) : node.text);

function find(source, name, test, optional = false) {
  const found = source.statements.find((s) => test(s) && s.name?.text === name);
  if (!found && !optional) throw new Error(`${source.fileName}: no declaration of ${name}`);
  return found;
}

const isPrivate = (member) => member.modifiers?.some((m) => m.kind === ts.SyntaxKind.PrivateKeyword) ?? false;
const isStatic = (member) => member.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) ?? false;
const isDeprecated = (node) => ts.getJSDocDeprecatedTag(node) !== undefined;
const difference = (a, b) => [...Object.keys(a).filter((k) => !(k in b)), ...Object.keys(b).filter((k) => !(k in a))];
