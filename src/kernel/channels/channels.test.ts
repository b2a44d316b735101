import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { after, test } from 'node:test';
import { openWorld } from '../../../test/world.ts';
import { deliver, localMessages } from './index.ts';

const world = await openWorld();
after(() => world.close());
const ctx = (config: object) => ({ ...world.system, config: { ...world.runtime.config, ...config } });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

test('an SMS goes to the gateway as JSON with token, sender and template; a refusal is thrown', async () => {
  const seen: { authorization?: string; body: string }[] = [];
  let status = 200;
  const gateway = createServer(async (request, reply) => {
    seen.push({ authorization: request.headers.authorization, body: await bodyOf(request) });
    reply.writeHead(status).end();
  });
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done));
  after(() => gateway.close());
  const address = gateway.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const sms = { url: `http://127.0.0.1:${port}/send`, token: 'secret-token', sender: 'DAKSHG' };
  const message = { channel: 'sms' as const, to: '9000000001', text: 'कोड 123456', template: '1107' };
  assert.equal(await deliver(ctx({ sms }), message), 'sent');
  assert.equal(seen[0]?.authorization, 'Bearer secret-token');
  assert.deepEqual(JSON.parse(seen[0]?.body ?? ''), {
    to: '9000000001',
    text: 'कोड 123456',
    sender: 'DAKSHG',
    templateId: '1107',
  });
  status = 500;
  await assert.rejects(deliver(ctx({ sms }), message), /answered 500/);
});

test('mail goes out by SMTP, in Hindi', async () => {
  let data = '';
  const server = createTcpServer((socket) => {
    let isData = false;
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString('utf8');
      if (isData) {
        data += text;
        if (data.endsWith('\r\n.\r\n')) {
          isData = false;
          socket.write('250 taken\r\n');
        }
        return;
      }
      if (/^DATA/i.test(text)) {
        isData = true;
        socket.write('354 go on\r\n');
      } else if (/^QUIT/i.test(text)) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const smtp = { url: `smtp://127.0.0.1:${port}?ignoreTLS=true`, from: 'daksh@example.in' };
  const mail = { channel: 'mail' as const, to: 'ramesh@example.in', subject: 'कोड', text: 'कोड 123456' };
  assert.equal(await deliver(ctx({ smtp }), mail), 'sent');
  assert.match(data, /To: ramesh@example\.in/);
  assert.match(data, /From: daksh@example\.in/);
});

test('without a channel nothing is sent and it is said; the demonstration keeps it for the mailbox', async () => {
  const message = { channel: 'sms' as const, to: '9000000001', text: 'x' };
  assert.equal(await deliver(ctx({}), message), 'no_channel');
  assert.equal((await localMessages(world.system)).length, 0);
  assert.equal(await deliver(ctx({ isDemonstration: true }), message), 'kept');
  assert.equal((await localMessages(world.system)).length, 1);
});
