// Peers of `akidb bench embed` in a process of their own: node embed_peer.cjs PEERS WEIGHTS MODEL < commands
// First line: {"texts": [...], "ids": [[...], ...]}; then lines "tfjs N" or "ort N": embed the first N texts one by one. Answers
// seconds and processor seconds.
'use strict';
const fs = require('fs');
const path = require('path');
const [peers, weights, model] = process.argv.slice(2);
const peer = require('module').createRequire(path.join(peers, 'package.json'));
const ort = peer('onnxruntime-node');
const core = peer('@energetic-ai/core');
const { initModel } = peer('@energetic-ai/embeddings');

(async () => {
  const encoder = await initModel(async () => ({
    model: await core.loadGraphModel(`file://${weights}/dist/model.json`),
    vocabulary: JSON.parse(fs.readFileSync(`${weights}/dist/vocab.json`, 'utf8')),
  }));
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  let input;
  for await (const line of require('readline').createInterface({ input: process.stdin })) {
    if (!input) {
      input = JSON.parse(line);
      console.log(ort.env.versions.node);
      continue;
    }
    const [who, count] = line.split(' ');
    const start = process.hrtime.bigint();
    const processor = process.cpuUsage();
    for (let i = 0; i < Number(count); i++) {
      if (who === 'tfjs') await encoder.embed([input.texts[i]]);
      // onnxruntime-node gets the ids ready-made: it has no tokenizer.
      else await session.run({ ids: new ort.Tensor('int64', BigInt64Array.from(input.ids[i], BigInt), [1, input.ids[i].length]) });
    }
    const used = process.cpuUsage(processor);
    console.log(`${Number(process.hrtime.bigint() - start) / 1e9} ${(used.user + used.system) / 1e6}`);
  }
})();
