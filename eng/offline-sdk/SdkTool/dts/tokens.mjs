// Pulumi tokens and the files and namespaces of the npm packages in which they are declared.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const camel = (name) => name.charAt(0).toLowerCase() + name.slice(1);

/** Where each package keeps what: one entry a package, because the three were generated with different settings. */
export const layouts = {
  // aws:eks/cluster:Cluster; types are aws:eks/ClusterVpcConfig:ClusterVpcConfig; aws:index/… lives at the root.
  aws: {
    resourceFolder: (module) => module.split("/")[0].replace(/^index$/, ""),
    typeToken: (pkg, path, name) => `aws:${path || "index"}/${name}:${name}`,
    inputName: (name) => name,
  },
  // kubernetes:rbac.authorization.k8s.io/v1:Role lives in rbac/v1; its types share the module.
  kubernetes: {
    resourceFolder: (module) => module.split("/").map((part, i) => (i === 0 ? part.split(".")[0] : part)).join("/"),
    typeToken: (pkg, path, name) => `kubernetes:${path ? moduleOfFolder(pkg, path) : "index"}:${name}`,
    inputName: (name) => name,
  },
  // aws-native:xray:Group; types are aws-native:xray:GroupInsightsConfiguration; inputs carry the suffix Args.
  "aws-native": {
    resourceFolder: (module) => module.replace(/^index$/, ""),
    typeToken: (pkg, path, name) => `aws-native:${path || "index"}:${name}`,
    inputName: (name) => name.replace(/Args$/, ""),
  },
};

/** The .d.ts file that declares the resource or function of a token. */
export function declarationFile(packageDir, pkg, token) {
  if (token === `pulumi:providers:${pkg}`) return join(packageDir, "provider.d.ts");
  const [prefix, module, name] = token.split(":");
  if (prefix !== pkg || !module || !name) throw new Error(`${token}: not a token of ${pkg} (wanted ${pkg}:module:Name)`);
  const file = join(packageDir, layouts[pkg].resourceFolder(module), `${camel(name)}.d.ts`);
  if (!existsSync(file)) throw new Error(`${token}: the package has no ${file.slice(packageDir.length + 1)}`);
  return file;
}

const modules = new Map();

// types/input.d.ts says rbac.v1 where the token says rbac.authorization.k8s.io/v1: only the resources' own files know.
function moduleOfFolder(pkg, path) {
  if (modules.has(path)) return modules.get(path);
  const folder = join(pkg.dir, path);
  let module = path;
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (!file.endsWith(".js")) continue;
    const found = /__pulumiType = '[^:]+:([^:]+):[^']+'/.exec(readFileSync(join(folder, file), "utf8"));
    if (found) {
      module = found[1];
      break;
    }
  }
  modules.set(path, module);
  return module;
}
