// The independent reading of a model: onnxruntime-node. Usage: node OnnxPeer.cjs <node_modules> <model>; on the input stream
// {"qps": [[…]], "calendar": [[…]]}, a row a window; on the output stream the forecasts.
const path = require('node:path');
const fs = require('node:fs');
const ort = require(path.join(process.argv[2], 'onnxruntime-node'));

async function main() {
  const { qps, calendar } = JSON.parse(fs.readFileSync(0, 'utf8'));
  const session = await ort.InferenceSession.create(process.argv[3]);
  const tensor = (rows, shape) => new ort.Tensor('float32', Float32Array.from(rows.flat()), [rows.length, ...shape]);
  const results = await session.run({ qps: tensor(qps, [60]), calendar: tensor(calendar, [60, calendar[0].length / 60]) });
  process.stdout.write(JSON.stringify(Array.from(results.forecast_qps.data)));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
