import { digest } from './digest.mjs';
import { measurement } from './metrics.mjs';

// Lambda@Edge, between CloudFront's cache and the origin of the embedding path. On the way out it gives the body's SHA-256 to
// CloudFront, which cannot sign a POST to a function URL without; on the way back it measures. One function for both events:
// the time of the first travels to the second in a request header.
const STARTED = 'x-akidb-edge-start';

export const handler = async (event) => {
  const { config, request, response } = event.Records[0].cf;
  return config.eventType === 'origin-response' ? arrive(config, request, response) : depart(config, request);
};

function depart(config, request) {
  request.headers[STARTED] = [{ key: STARTED, value: String(Date.now()) }];
  if (!isFunctionUrl(request)) return request;
  const hash = digest(request.body);
  if (hash === null) return refuse(config, request);
  request.headers['x-amz-content-sha256'] = [{ key: 'x-amz-content-sha256', value: hash }];
  return request;
}

function arrive(config, request, response) {
  emit(config, request, Number(response.status));
  return response;
}

// The edge sees the first megabyte of a body; a signature over less than all of it would be refused at the other end.
function refuse(config, request) {
  const detail = 'The body is larger than the edge can sign; say its length, or send several requests.';
  emit(config, request, 413);
  return {
    status: '413',
    statusDescription: 'Content Too Large',
    headers: { 'content-type': [{ key: 'Content-Type', value: 'application/problem+json' }] },
    body: JSON.stringify({ title: 'Content Too Large', status: 413, detail }),
  };
}

// https://<id>.lambda-url.<region>.on.aws
function isFunctionUrl(request) {
  return request.origin?.custom?.domainName?.endsWith('.on.aws') ?? false;
}

function emit(config, request, status) {
  const line = measurement({
    now: Date.now(),
    started: Number(header(request, STARTED)),
    status,
    tier: header(request, 'x-akidb-tier') ?? 'cluster',
    country: header(request, 'cloudfront-viewer-country') ?? '??',
    requestId: config.requestId,
    trace: header(request, 'traceparent')?.split('-')[1],
    region: process.env.AWS_REGION,
  });
  // Not console.log: it puts the time before the line, and metrics are read only from lines that are JSON as a whole.
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function header(request, name) {
  return request.headers[name]?.[0]?.value;
}
