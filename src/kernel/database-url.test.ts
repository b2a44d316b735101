import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { databaseUrl } from './database-url.ts';

test('another database of the same server is addressed in every form in which the server may be given', () => {
  for (const server of [
    'postgresql://daksh:p%40ss@127.0.0.1:5433/daksh?application_name=x',
    'postgres://localhost/daksh',
    'postgresql:///daksh?host=/run/postgresql',
    'postgresql://daksh@/daksh?host=/run/postgresql&port=5434',
    'postgresql://daksh:secret@/daksh?host=/run/postgresql',
    'postgresql://%2Frun%2Fpostgresql/daksh',
    'socket:/run/postgresql?db=daksh',
    '/run/postgresql daksh',
  ]) {
    const told = (url: string) => {
      const { host, port, user, password, database } = new pg.Client({ connectionString: url });
      return { host, port, user, password, database };
    };
    assert.equal(told(server).database, 'daksh', server);
    assert.deepEqual(told(databaseUrl(server, 'other')), { ...told(server), database: 'other' }, server);
  }
});
