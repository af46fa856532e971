// Drives the policy host with Pulumi's own generated stubs and Google's gRPC client; nothing here was written with the host.
// Usage: node client.mjs <folder of eng/package.json> <port> ; prints one JSON object with what each call gave.
import { createRequire } from "node:module";
import http2 from "node:http2";
import path from "node:path";

const [engine, port] = process.argv.slice(2);
const require = createRequire(path.join(engine, "package.json"));
const grpc = require("@grpc/grpc-js");
const services = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js");
const messages = require("@pulumi/pulumi/proto/analyzer_pb.js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

const big = 512 * 1024 * 1024;
const client = new services.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(),
  { "grpc.max_send_message_length": big, "grpc.max_receive_message_length": big });

const call = (method, request, options = {}) => new Promise(resolve => {
  const pending = client[method](request, new grpc.Metadata(), options, (error, response) =>
    resolve(error ? { code: error.code, details: error.details } : { code: 0, response: response.toObject(), raw: response }));
  if (options.cancelAfterMs !== undefined) setTimeout(() => pending.cancel(), options.cancelAfterMs);
});

const urn = (type, name) => `urn:pulumi:prod::akidb::${type}::${name}`;
const secret = value => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknownFlag = "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7";

const analyze = (type, name, properties) => {
  const request = new messages.AnalyzeRequest();
  request.setType(type);
  request.setName(name);
  request.setUrn(urn(type, name));
  request.setProperties(Struct.fromJavaScript(properties));
  return request;
};

const resource = (type, name, properties, dependencies = []) => {
  const message = new messages.AnalyzerResource();
  message.setType(type);
  message.setName(name);
  message.setUrn(urn(type, name));
  message.setProperties(Struct.fromJavaScript(properties));
  message.setDependenciesList(dependencies);
  return message;
};

const stackOf = resources => {
  const request = new messages.AnalyzeStackRequest();
  request.setResourcesList(resources);
  return request;
};

const names = result => result.response.diagnosticsList.map(diagnostic => diagnostic.policyname).sort();

// One HTTP/2 request by hand, for frames that no proper client sends.
const raw = (body, headers = {}) => new Promise((resolve, reject) => {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  session.on("error", reject);
  const stream = session.request({ ":method": "POST", ":path": "/pulumirpc.Analyzer/Analyze", "content-type": "application/grpc", te: "trailers", ...headers });
  const answer = {};
  stream.on("response", found => { answer.http = found[":status"]; if (found["grpc-status"]) answer.grpc = Number(found["grpc-status"]); });
  stream.on("trailers", found => { answer.grpc = Number(found["grpc-status"]); answer.message = decodeURIComponent(found["grpc-message"] ?? ""); });
  stream.on("error", reject);
  stream.on("end", () => { session.close(); resolve(answer); });
  stream.resume();
  stream.end(body);
});

const frame = (payload, announced = payload.length, flag = 0) => {
  const header = Buffer.alloc(5);
  header[0] = flag;
  header.writeUInt32BE(announced, 1);
  return Buffer.concat([header, payload]);
};

const results = {};
const handshake = new messages.AnalyzerHandshakeRequest();
handshake.setEngineAddress("127.0.0.1:1");
results.handshake = (await call("handshake", handshake)).code;
results.configureStack = (await call("configureStack", new messages.AnalyzerStackConfigureRequest())).code;
const info = await call("getAnalyzerInfo", new Empty());
results.info = { name: info.response.name, policies: info.response.policiesList.length, first: info.response.policiesList[0] };
results.plugin = (await call("getPluginInfo", new Empty())).response.version;

const key = { enableKeyRotation: false, description: secret("for the vault"), deletionWindowInDays: 30 };
results.violated = names(await call("analyze", analyze("aws:kms/key:Key", "key", key)));
const remedied = await call("remediate", analyze("aws:kms/key:Key", "key", key));
results.remedy = remedied.raw.getRemediationsList().map(entry => ({ policy: entry.getPolicyname(), properties: entry.getProperties().toJavaScript() }));
const pending = await call("analyze", analyze("aws:kms/key:Key", "key", { enableKeyRotation: unknownFlag, deletionWindowInDays: 30 }));
results.pending = { diagnostics: names(pending), notApplicable: pending.response.notApplicableList };
results.secretEnvironment = names(await call("analyze", analyze("aws:lambda/function:Function", "f",
  { runtime: "nodejs22.x", environment: { variables: { API_KEY: secret("hunter2hunter2"), DB_PASSWORD: "hunter2hunter2" } },
    code: { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", path: "./f.zip" },
    role: { "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", urn: urn("aws:iam/role:Role", "r"), id: "r" } })));

const vpc = resource("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
const flow = resource("aws:ec2/flowLog:FlowLog", "flow", { vpcId: unknown }, [urn("aws:ec2/vpc:Vpc", "vpc")]);
results.stack = names(await call("analyzeStack", stackOf([vpc])));
results.stackLinked = names(await call("analyzeStack", stackOf([vpc, flow])));

const configuration = new messages.ConfigureAnalyzerRequest();
const setting = new messages.PolicyConfig();
setting.setEnforcementlevel(2);
configuration.getPolicyconfigMap().set("vpc-flow-logs", setting);
results.configure = (await call("configure", configuration)).code;
results.stackDisabled = names(await call("analyzeStack", stackOf([vpc])));
configuration.getPolicyconfigMap().set("no-such-rule", setting);
results.configureUnknown = await call("configure", configuration);
await call("configure", new messages.ConfigureAnalyzerRequest());

const many = [];
for (let index = 0; index < 500; index++) {
  const bucket = urn("aws:s3/bucket:Bucket", `bucket${index}`);
  many.push(resource("aws:s3/bucket:Bucket", `bucket${index}`, { bucket: `akidb-${index}`, tags: { owner: "platform", index } }));
  many.push(resource("aws:s3/bucketVersioning:BucketVersioning", `versions${index}`, { bucket: unknown, versioningConfiguration: { status: "Enabled" } }, [bucket]));
  many.push(resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", `private${index}`,
    { bucket: `akidb-${index}`, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: index !== 7 }, [bucket]));
  many.push(resource("aws:kms/key:Key", `key${index}`, { description: "x".repeat(500) }));
}
const large = stackOf(many);
const answered = await call("analyzeStack", large);
results.large = { resources: many.length, public: answered.response.diagnosticsList.filter(found => found.policyname === "s3-public-access-blocked").map(found => found.urn),
  versioned: answered.response.diagnosticsList.filter(found => found.policyname === "s3-versioned").length };

results.cancelled = (await call("analyzeStack", large, { cancelAfterMs: 0 })).code;
results.deadline = (await call("analyzeStack", large, { deadline: Date.now() + 1 })).code;
results.afterwards = (await call("getPluginInfo", new Empty())).code;

const good = Buffer.from(analyze("aws:kms/key:Key", "key", { enableKeyRotation: true }).serializeBinary());
results.raw = {
  good: await raw(frame(good)),
  truncated: await raw(frame(good, good.length + 10)),
  empty: await raw(Buffer.alloc(0)),
  halfHeader: await raw(Buffer.from([0, 0])),
  oversized: await raw(frame(Buffer.alloc(0), 0x7fffffff)),
  compressed: await raw(frame(good, good.length, 1)),
  twice: await raw(Buffer.concat([frame(good), frame(good)])),
  garbage: await raw(frame(Buffer.from([0xff, 0xff, 0xff, 0xff]))),
  badUrn: await raw(frame(Buffer.from(new messages.AnalyzeRequest().serializeBinary()))),
  badTimeout: await raw(frame(good), { "grpc-timeout": "soon" }),
  unknownMethod: await raw(frame(good), { ":path": "/pulumirpc.Analyzer/Nothing" }),
  notGrpc: await raw(frame(good), { "content-type": "application/json" }),
};
results.cancel = (await call("cancel", new Empty())).code;
client.close();
console.log(JSON.stringify(results));
