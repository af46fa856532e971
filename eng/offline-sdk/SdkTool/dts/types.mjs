// TypeScript type syntax to Pulumi package-schema types. Syntax only: the packages' types are regular enough to need no checker.
import ts from "typescript";

const pulumiTypes = {
  "pulumi.asset.Asset": { $ref: "pulumi.json#/Asset" },
  "pulumi.asset.Archive": { $ref: "pulumi.json#/Archive" },
};

/** Reads one property's type. `seen` gets every type token that it refers to. */
export class TypeReader {
  constructor(pkg, seen) {
    this.pkg = pkg;
    this.seen = seen;
  }

  /** { type, optional }: optional when the type admits undefined or the property has a question mark. */
  property(member) {
    const { node, optional } = unwrap(member.type);
    return { type: this.read(node), optional: optional || member.questionToken !== undefined };
  }

  read(node) {
    node = unwrap(node).node;
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword: return { type: "string" };
      case ts.SyntaxKind.NumberKeyword: return { type: "number" };
      case ts.SyntaxKind.BooleanKeyword: return { type: "boolean" };
      case ts.SyntaxKind.AnyKeyword: return { $ref: "pulumi.json#/Any" };
      case ts.SyntaxKind.ArrayType: return { type: "array", items: this.read(node.elementType) };
      case ts.SyntaxKind.TypeLiteral: return this.map(node);
      case ts.SyntaxKind.LiteralType: return { type: "string", const: node.literal.text };
      case ts.SyntaxKind.UnionType: return this.union(node);
      case ts.SyntaxKind.TypeReference: return this.reference(node.typeName.getText());
      default: throw new Error(`type '${node.getText()}' is of a form that the reader does not know`);
    }
  }

  map(node) {
    if (node.members.length !== 1 || !ts.isIndexSignatureDeclaration(node.members[0]))
      throw new Error(`type '${node.getText()}' is neither a map nor a named type`);
    return { type: "object", additionalProperties: this.read(node.members[0].type) };
  }

  union(node) {
    const parts = node.types.map((part) => this.read(part));
    if (parts.every((part) => part.$ref === "pulumi.json#/Asset" || part.$ref === "pulumi.json#/Archive"))
      return { $ref: "pulumi.json#/Asset" };
    // `string | Role` lets a TypeScript program hand over the resource; every other language has the string.
    const kept = parts.filter((part) => part.overlay === undefined);
    if (kept.length === 1) return kept[0];
    return { oneOf: kept };
  }

  reference(name) {
    if (pulumiTypes[name]) return pulumiTypes[name];
    const [root, ...rest] = name.split(".");
    if (root === "inputs" || root === "outputs" || root === "enums") {
      const bare = root === "inputs" ? this.pkg.layout.inputName(rest.at(-1)) : rest.at(-1);
      if (!this.pkg.declares(root, rest)) return { overlay: name };
      const token = this.pkg.layout.typeToken(this.pkg, rest.slice(0, -1).join("/"), bare);
      this.seen(token, root, rest);
      return { $ref: `#/types/${token}` };
    }
    // Token types: the schema names a type that only some languages have; C# has the string underneath.
    if (name === "ARN" || name === "Region") return { type: "string" };
    return { overlay: name };
  }
}

/** Takes off pulumi.Input<…>, pulumi.Output<…>, parentheses and `| undefined`. */
function unwrap(node) {
  let optional = false;
  for (;;) {
    if (ts.isParenthesizedTypeNode(node)) {
      node = node.type;
    } else if (ts.isTypeReferenceNode(node) && /^pulumi\.(Input|Output)$/.test(node.typeName.getText())) {
      node = node.typeArguments[0];
    } else if (ts.isUnionTypeNode(node) && node.types.some(isUndefined)) {
      optional = true;
      const rest = node.types.filter((part) => !isUndefined(part));
      if (rest.length > 1) return { node: ts.setTextRange(reunite(node, rest), node), optional };
      node = rest[0];
    } else {
      return { node, optional };
    }
  }
}

const isUndefined = (node) => node.kind === ts.SyntaxKind.UndefinedKeyword;

function reunite(union, parts) {
  return { kind: ts.SyntaxKind.UnionType, types: parts, getText: () => parts.map((p) => p.getText()).join(" | "), pos: union.pos, end: union.end };
}
