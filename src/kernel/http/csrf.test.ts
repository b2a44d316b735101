import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { csrfTokenOf } from './csrf.ts';

test('property: the form token is the HMAC of the session under the secret, for secrets of any length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.string(), (secret, sessionId) => {
      const expected = createHmac('sha256', secret)
        .update(`csrf:${sessionId}`)
        .digest('base64url')
        .slice(0, 32);
      assert.equal(csrfTokenOf({ secret }, sessionId), expected);
    }),
  );
});
