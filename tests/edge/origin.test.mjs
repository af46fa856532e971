import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { digest } from '../../runtime/edge/origin/digest.mjs';
import { handler } from '../../runtime/edge/origin/index.mjs';

const WARM = 'abc123.lambda-url.eu-central-1.on.aws';
// What Lambda@Edge's log groups, /aws/lambda/us-east-1.<name>, show of a replica's name.
const context = { functionName: 'us-east-1.akidb-test-edge' };
const folder = new URL('../../runtime/edge/origin/', import.meta.url);

/** An event as Lambda@Edge gives it (CloudFront developer guide, "Lambda@Edge event structure"). */
function event(eventType, { body, headers = {}, domainName = WARM, response } = {}) {
  const request = {
    method: 'POST',
    uri: '/api/v1/embed',
    headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [{ key, value }]])),
    body: body === undefined ? undefined : { action: 'read-only', encoding: 'base64', inputTruncated: false, ...body },
    origin: { custom: { domainName, customHeaders: {} } },
  };
  return { Records: [{ cf: { config: { eventType, requestId: 'R1' }, request, response } }] };
}

const base64 = (text) => ({ data: Buffer.from(text).toString('base64') });
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

describe('edge origin-request', () => {
  for (const [what, text] of [['a short text', '{"input":["hello"]}'], ['text beyond ASCII', '{"input":["日本語 ü"]}'], ['nothing', '']])
    it(`gives the SHA-256 of ${what} for the signature`, async () => {
      const request = await handler(event('origin-request', { body: base64(text) }), context);
      assert.equal(request.headers['x-amz-content-sha256'][0].value, sha256(Buffer.from(text)));
    });
  it('signs an absent body as an empty one', () => assert.equal(digest(undefined), sha256('')));
  it('reads a body that is given as text', () => assert.equal(digest({ encoding: 'text', data: 'ü' }), sha256('ü')));
  it('leaves body and path alone', async () => {
    const given = event('origin-request', { body: base64('x') });
    const request = await handler(given, context);
    assert.deepEqual([request.body, request.uri], [given.Records[0].cf.request.body, '/api/v1/embed']);
  });
  it('does not hash what goes to a load balancer', async () =>
    assert.equal((await handler(event('origin-request', { body: base64('x'), domainName: 'origin.akidb.example.com' }), context)).headers['x-amz-content-sha256'], undefined));
  it('overwrites a hash that a client sent', async () => {
    const request = await handler(event('origin-request', { body: base64('x'), headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }), context);
    assert.deepEqual(request.headers['x-amz-content-sha256'], [{ key: 'x-amz-content-sha256', value: sha256('x') }]);
  });
  it('stays within the time that an origin event has, for the largest body the edge shows', () => {
    const body = { data: randomBytes(1_048_576).toString('base64'), encoding: 'base64' };
    const before = process.cpuUsage();
    digest(body);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 5_000_000, `${user + system} µs of processor time`);
  });
});

describe('edge metrics', () => {
  const lines = [];
  const write = process.stdout.write.bind(process.stdout);
  // Node's runner reports on the same stream; only the function's own lines are kept back.
  before(() => { process.stdout.write = (text, ...rest) => (String(text).startsWith('{"_aws"') ? Boolean(lines.push(JSON.parse(text))) : write(text, ...rest)); });
  after(() => { process.stdout.write = write; });

  const answer = async (status, headers) => {
    lines.length = 0;
    const response = { status: String(status), headers: {} };
    const returned = await handler(event('origin-response', { headers, response }), context);
    assert.equal(returned, response);
    assert.equal(lines.length, 1);
    return lines[0];
  };
  const names = (line) => line._aws.CloudWatchMetrics[0].Metrics.map((metric) => metric.Name).sort();

  it('say how long the origin took, by function and by tier', async () => {
    const line = await answer(200, { 'x-akidb-edge-start': String(Date.now() - 40), 'x-akidb-tier': 'warm' });
    assert.ok(line.InferenceLatency >= 40 && line.InferenceLatency < 10_000);
    assert.deepEqual(line._aws.CloudWatchMetrics[0].Dimensions, [['Function'], ['Function', 'Tier']]);
    assert.equal(line._aws.CloudWatchMetrics[0].Namespace, 'AkiDB/Edge');
    assert.deepEqual(names(line), ['ErrorCount', 'InferenceLatency', 'RequestCount']);
    assert.deepEqual([line.Function, line.Tier, line.RequestCount, line.ErrorCount], ['akidb-test-edge', 'warm', 1, 0]);
  });
  for (const [status, errors] of [[200, 0], [404, 0], [429, 0], [500, 1], [503, 1]])
    it(`count ${status} as ${errors} errors`, async () => assert.equal((await answer(status, {})).ErrorCount, errors));
  it('leave the time out where the start is not known', async () => {
    const line = await answer(200, {});
    assert.deepEqual(names(line), ['ErrorCount', 'RequestCount']);
    assert.equal(line.InferenceLatency, undefined);
  });
  it('bear the name of a function at home as of a replica', async () => {
    const answer = event('origin-response', { response: { status: '200', headers: {} } });
    lines.length = 0;
    await handler(answer, { functionName: 'akidb-test-edge' });
    assert.equal(lines[0].Function, 'akidb-test-edge');
  });
  it('carry country and trace as fields, not as dimensions', async () => {
    const line = await answer(200, { 'cloudfront-viewer-country': 'JP', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' });
    assert.deepEqual([line.Country, line.TraceId], ['JP', '0af7651916cd43dd8448eb211c80319c']);
  });
  it('count a refused body as an error, with an RFC 9457 answer', async () => {
    lines.length = 0;
    const response = await handler(event('origin-request', { body: { ...base64('half'), inputTruncated: true } }), context);
    assert.equal(response.status, '413');
    assert.equal(JSON.parse(response.body).status, 413);
    assert.deepEqual([lines.length, lines[0].ErrorCount, lines[0].Status], [1, 1, 413]);
  });
});

describe('edge function limits', () => {
  const files = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));
  it('is a package of a few kilobytes, where 1 MB is the narrowest limit', () => assert.ok(gzipSync(Buffer.concat(files)).length < 20_000));
  it('reads no environment variable but the reserved one for its region', () =>
    assert.deepEqual([...new Set(files.flatMap((file) => file.toString().match(/process\.env\.\w+/g) ?? []))], ['process.env.AWS_REGION']));
});
