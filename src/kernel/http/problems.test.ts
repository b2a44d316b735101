import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import type { Runtime } from '../feature.ts';
import { answerErrors } from './problems.ts';

const codes = { '23503': 409, '40P01': 503, '22P02': 400, '42601': 500 };

test('what the database refuses is told as what it is, and what may be our fault is logged', async () => {
  const logged: object[] = [];
  const app = fastify();
  const log = (entry: object) => void logged.push(entry);
  answerErrors(app as never, { log } as unknown as Runtime, () => '');
  for (const code of Object.keys(codes))
    app.get(`/api/${code}`, () => {
      throw Object.assign(new Error('refused'), { code });
    });
  for (const [code, status] of Object.entries(codes)) {
    const answer = await app.inject({ url: `/api/${code}` });
    assert.equal(answer.statusCode, status, code);
  }
  assert.equal(logged.length, 2);
  await app.close();
});
