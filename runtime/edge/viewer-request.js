import cf from 'cloudfront';
import crypto from 'crypto';

// Runs in every edge location on every request, in CloudFront's JavaScript runtime 2.0: at most 10 KB of code and about one
// millisecond. It refuses what no origin should see and picks the origin. ViewerFunction.cs writes the settings in here.
const settings = AKIDB_SETTINGS;

const TRACE_PARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

function handler(event) {
  const request = event.request;
  const refused = refusal(request);
  if (refused) return problem(refused);
  // What only we may say, whatever a client sends.
  delete request.headers['x-akidb-tier'];
  delete request.headers['x-akidb-authorization'];
  trace(request, event.context.requestId);
  authorize(request);
  route(request);
  return request;
}

// Status and reason, or null. Metrics and health are for the cluster and its load balancer only: they are no API path.
function refusal(request) {
  if (/\.\.|%2e|%2f|%5c|\/\//i.test(request.uri)) return { status: 400, title: 'Bad Request', detail: 'The path is not in its plain form.' };
  if (!settings.paths.some((path) => request.uri.startsWith(path))) return { status: 404, title: 'Not Found', detail: 'There is no such path.' };
  if (bodyLength(request) > settings.maxBodyBytes)
    return { status: 413, title: 'Content Too Large', detail: `At most ${settings.maxBodyBytes} bytes; send several requests.` };
  return null;
}

// A length that is not said counts as endless for the warm tier and as allowed for the router, which counts while it reads.
function bodyLength(request) {
  const header = request.headers['content-length'];
  return header ? Number(header.value) : NaN;
}

// The two ways to send a key mean the same (SearchHeaders.cs); only this one goes on. Who sends both means this one.
function authorize(request) {
  const key = request.headers['x-api-key'];
  if (key && !request.headers.authorization) request.headers.authorization = { value: `Bearer ${key.value}` };
}

// CloudFront starts no trace; what a client began goes on.
function trace(request, requestId) {
  const given = request.headers.traceparent;
  if (given && TRACE_PARENT.test(given.value)) return;
  const hash = crypto.createHash('sha256').update(requestId).digest('hex');
  request.headers.traceparent = { value: `00-${hash.substring(0, 32)}-${hash.substring(32, 48)}-01` };
  delete request.headers.tracestate;
}

function route(request) {
  if (fitsWarmTier(request)) {
    // CloudFront signs for the function URL and overwrites this header with its signature.
    if (request.headers.authorization) request.headers['x-akidb-authorization'] = { value: request.headers.authorization.value };
    request.headers['x-akidb-tier'] = { value: 'warm' };
    // By id, because the origin's access control comes along; Lambda@Edge can change a name only.
    cf.selectRequestOriginById(nearest(request).origin);
    return;
  }
  request.headers['x-akidb-tier'] = { value: 'cluster' };
  // CloudFront fails over reads and nothing else; what may write goes to the name that Route 53 keeps healthy.
  if (settings.standby && (request.method === 'GET' || request.method === 'HEAD'))
    cf.createRequestOriginGroup({
      originIds: [{ originId: settings.cluster }, { originId: settings.standby }],
      failoverCriteria: { statusCodes: [500, 502, 503, 504] },
    });
}

function fitsWarmTier(request) {
  return settings.warm.length > 0 && request.method === 'POST' && request.uri === settings.embedPath && bodyLength(request) <= settings.warmMaxBytes;
}

// The region with the shortest way over the globe; the first where CloudFront does not know the viewer's place.
function nearest(request) {
  const latitude = place(request, 'cloudfront-viewer-latitude');
  const longitude = place(request, 'cloudfront-viewer-longitude');
  if (Number.isNaN(latitude) || Number.isNaN(longitude)) return settings.warm[0];
  return settings.warm.reduce((best, region) => (closeness(region, latitude, longitude) > closeness(best, latitude, longitude) ? region : best));
}

function place(request, name) {
  return request.headers[name] ? Number(request.headers[name].value) : NaN;
}

// Cosine of the angle between two places seen from the earth's centre: larger is nearer, and needs no arc cosine.
function closeness(region, latitude, longitude) {
  const radian = Math.PI / 180;
  return Math.sin(region.latitude * radian) * Math.sin(latitude * radian)
    + Math.cos(region.latitude * radian) * Math.cos(latitude * radian) * Math.cos((region.longitude - longitude) * radian);
}

// RFC 9457.
function problem(refused) {
  return {
    statusCode: refused.status,
    statusDescription: refused.title,
    headers: { 'content-type': { value: 'application/problem+json' }, 'cache-control': { value: 'no-store' } },
    body: JSON.stringify({ title: refused.title, status: refused.status, detail: refused.detail }),
  };
}
