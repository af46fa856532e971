import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';

const source = readFileSync(new URL('../../runtime/edge/viewer-request.js', import.meta.url), 'utf8');

const SETTINGS = {
  paths: ['/api/', '/openapi/'],
  embedPath: '/api/v1/embed',
  maxBodyBytes: 10_000_000,
  warmMaxBytes: 65_536,
  cluster: 'cluster',
  standby: 'standby',
  warm: [
    { origin: 'warm-us-east-1', latitude: 38.9, longitude: -77.4 },
    { origin: 'warm-eu-central-1', latitude: 50.1, longitude: 8.7 },
    { origin: 'warm-ap-northeast-1', latitude: 35.7, longitude: 139.7 },
  ],
};

/** Runs the deployed source with CloudFront's helper replaced by one that remembers. */
function run(request, settings = SETTINGS) {
  const selected = [];
  const groups = [];
  const script = source.replace(/^import .*$/gm, '').replace('AKIDB_SETTINGS', JSON.stringify(settings));
  const event = { context: { requestId: 'EXAMPLE-REQUEST' }, request: { method: 'GET', uri: '/api/v1/collections', headers: {}, ...request } };
  const result = runInNewContext(`${script}\nhandler(event);`, {
    event,
    crypto: { createHash },
    cf: { selectRequestOriginById: (id) => selected.push(id), createRequestOriginGroup: (group) => groups.push(JSON.parse(JSON.stringify(group))) },
  });
  return { result, selected, groups };
}

const header = (value) => ({ value });
const embed = (headers = {}) => ({ method: 'POST', uri: '/api/v1/embed', headers: { 'content-length': header('200'), ...headers } });
const at = (latitude, longitude) => ({ 'cloudfront-viewer-latitude': header(String(latitude)), 'cloudfront-viewer-longitude': header(String(longitude)) });

describe('edge viewer-request guards', () => {
  for (const uri of ['/metrics', '/healthz/ready', '/', '/admin'])
    it(`refuses ${uri}, which is no API path`, () => assert.equal(run({ uri }).result.statusCode, 404));
  for (const uri of ['/api/../metrics', '/api/%2e%2e/metrics', '/api//v1', '/api/v1%2fembed', '/api/%5C'])
    it(`refuses ${uri}, which means something else than it says`, () => assert.equal(run({ uri }).result.statusCode, 400));
  it('refuses a body above the limit with an RFC 9457 problem', () => {
    const { result, selected } = run({ method: 'POST', headers: { 'content-length': header('10000001') } });
    assert.equal(result.statusCode, 413);
    assert.equal(result.headers['content-type'].value, 'application/problem+json');
    assert.match(JSON.parse(result.body).detail, /10000000 bytes/);
    assert.deepEqual(selected, []);
  });
  it('lets a body of exactly the limit through', () =>
    assert.equal(run({ method: 'POST', headers: { 'content-length': header('10000000') } }).result.statusCode, undefined));
  it('takes headers away that only the edge may set', () => {
    const { result } = run({ headers: { 'x-akidb-authorization': header('Bearer stolen'), 'x-akidb-tier': header('warm') } });
    assert.equal(result.headers['x-akidb-authorization'], undefined);
    assert.equal(result.headers['x-akidb-tier'].value, 'cluster');
  });
});

describe('edge viewer-request routing', () => {
  for (const [place, latitude, longitude, origin] of [
    ['New York', 40.7, -74, 'warm-us-east-1'],
    ['São Paulo', -23.5, -46.6, 'warm-us-east-1'],
    ['Nairobi', -1.3, 36.8, 'warm-eu-central-1'],
    ['Singapore', 1.3, 103.8, 'warm-ap-northeast-1'],
    ['Fiji, across the date line', -17.7, 178, 'warm-ap-northeast-1'],
  ])
    it(`sends an embedding from ${place} to ${origin}`, () => assert.deepEqual(run(embed(at(latitude, longitude))).selected, [origin]));
  it('sends an embedding from nowhere to the first region', () => assert.deepEqual(run(embed()).selected, ['warm-us-east-1']));
  it('moves the caller\'s authorization out of the signature\'s way', () => {
    const { result } = run(embed({ authorization: header('Bearer mine') }));
    assert.equal(result.headers['x-akidb-authorization'].value, 'Bearer mine');
    assert.equal(result.headers['x-akidb-tier'].value, 'warm');
  });
  it('sends a key from either header on as authorization', () => {
    const key = { 'x-api-key': header('akidb_1_2') };
    assert.equal(run({ headers: key }).result.headers.authorization.value, 'Bearer akidb_1_2');
    assert.equal(run(embed(key)).result.headers['x-akidb-authorization'].value, 'Bearer akidb_1_2');
    assert.equal(run({ headers: { ...key, authorization: header('Bearer first') } }).result.headers.authorization.value, 'Bearer first');
    assert.equal(run({}).result.headers.authorization, undefined);
  });
  for (const [what, request] of [
    ['an embedding of many texts', embed({ 'content-length': header('65537') })],
    ['an embedding whose length is not said', { method: 'POST', uri: '/api/v1/embed', headers: {} }],
    ['an embedding whose length is no number', embed({ 'content-length': header('many') })],
    ['a query', { method: 'POST', uri: '/api/v1/collections/news/query', headers: { 'content-length': header('200') } }],
  ])
    it(`leaves ${what} to the cluster, without failover`, () => {
      const { selected, groups, result } = run(request);
      assert.deepEqual([selected, groups], [[], []]);
      assert.equal(result.headers['x-akidb-tier'].value, 'cluster');
    });
  it('leaves embeddings to the cluster where there is no warm tier', () => assert.deepEqual(run(embed(), { ...SETTINGS, warm: [] }).selected, []));
  it('gives reads a second origin', () => assert.deepEqual(run({}).groups,
    [{ originIds: [{ originId: 'cluster' }, { originId: 'standby' }], failoverCriteria: { statusCodes: [500, 502, 503, 504] } }]));
  it('gives writes none', () => assert.deepEqual(run({ method: 'DELETE' }).groups, []));
  it('gives reads none where there is one region', () => assert.deepEqual(run({}, { ...SETTINGS, standby: null }).groups, []));
});

describe('edge viewer-request tracing', () => {
  it('keeps a trace that a client began', () => {
    const traceparent = header('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00');
    assert.equal(run({ headers: { traceparent } }).result.headers.traceparent.value, traceparent.value);
  });
  it('begins one where there is none or a broken one, with the request\'s own id', () => {
    const begun = run({}).result.headers.traceparent.value;
    assert.match(begun, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    assert.equal(run({ headers: { traceparent: header('00-nonsense'), tracestate: header('a=b') } }).result.headers.traceparent.value, begun);
  });
});

describe('edge viewer-request limits', () => {
  it('fits CloudFront\'s 10 KB with room for settings', () => assert.ok(Buffer.byteLength(source) + 1_500 < 10_240, `${Buffer.byteLength(source)} bytes`));
  it('stays far below a millisecond', () => {
    const script = source.replace(/^import .*$/gm, '').replace('AKIDB_SETTINGS', JSON.stringify(SETTINGS));
    const handler = runInNewContext(`${script}\nhandler;`, { crypto: { createHash }, cf: { selectRequestOriginById() {}, createRequestOriginGroup() {} } });
    const runs = 2_000;
    const before = process.cpuUsage();
    for (let index = 0; index < runs; index++) handler({ context: { requestId: String(index) }, request: embed(at(1.3, 103.8)) });
    const used = process.cpuUsage(before);
    // CloudFront's limit is on its own machines; here only an accidental loop would show.
    assert.ok((used.user + used.system) / runs < 1_000, `${(used.user + used.system) / runs} µs of processor time a run`);
  });
});
