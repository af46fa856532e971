import { digest } from './digest.mjs';
import { measurement } from './metrics.mjs';

// Lambda@Edge, between CloudFront's cache and the origin of the embedding path. On the way out it gives the body's SHA-256 to
// CloudFront, which cannot sign a POST to a function URL without; on the way back it measures. One function for both events:
// the time of the first travels to the second in a request header.
const STARTED = 'x-akidb-edge-start';

export const handler = async (event, context) => {
  const { config, request, response } = event.Records[0].cf;
  const source = { name: ownName(context), requestId: config.requestId };
  return config.eventType === 'origin-response' ? arrive(source, request, response) : depart(source, request);
};

// A replica calls itself by its home too: us-east-1.akidb-prod-edge. No function's own name has a dot.
function ownName(context) {
  return context.functionName.split('.').at(-1);
}

function depart(source, request) {
  request.headers[STARTED] = [{ key: STARTED, value: String(Date.now()) }];
  if (!isFunctionUrl(request)) return request;
  const hash = digest(request.body);
  if (hash === null) return refuse(source, request);
  request.headers['x-amz-content-sha256'] = [{ key: 'x-amz-content-sha256', value: hash }];
  return request;
}

function arrive(source, request, response) {
  emit(source, request, Number(response.status));
  return response;
}

// The edge sees the first megabyte of a body; a signature over less than all of it would be refused at the other end.
function refuse(source, request) {
  const detail = 'The body is larger than the edge can sign; say its length, or send several requests.';
  emit(source, request, 413);
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

function emit(source, request, status) {
  const line = measurement({
    now: Date.now(),
    started: Number(header(request, STARTED)),
    status,
    ...source,
    tier: header(request, 'x-akidb-tier') ?? 'cluster',
    country: header(request, 'cloudfront-viewer-country') ?? '??',
    trace: header(request, 'traceparent')?.split('-')[1],
    region: process.env.AWS_REGION,
  });
  // Not console.log: it puts the time before the line, and metrics are read only from lines that are JSON as a whole.
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function header(request, name) {
  return request.headers[name]?.[0]?.value;
}
