import { createHash } from 'node:crypto';

/** SHA-256 of a request's body in lower-case hexadecimal, or null where the edge got only its beginning. */
export function digest(body) {
  if (body?.inputTruncated) return null;
  return createHash('sha256').update(body?.data ?? '', body?.encoding === 'text' ? 'utf8' : 'base64').digest('hex');
}
