import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { wav } from '../../test/wav.ts';
import { openWorld } from '../../test/world.ts';
import { Refusal } from '../kernel/errors.ts';
import { isReadableImage } from './readable-image.ts';
import { saveFile } from './save-file.ts';

const world = await openWorld();
after(() => world.close());
const keep = (bytes: Buffer, name: string) =>
  saveFile(world.as('author'), world.runtime.storage, { source: Readable.from([bytes]), name });
const refusedAs = (code: string) => (error: unknown) =>
  error instanceof Refusal &&
  error.status === 422 &&
  error.fields[0]?.code === code &&
  error.fields[0].text.hi !== '';

function png(): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), content]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const size = Buffer.from('00000001000000010800000000', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...[chunk('IHDR', size), chunk('IDAT', deflateSync(Buffer.from([0, 0]))), chunk('IEND', Buffer.alloc(0))],
  ]);
}
const jpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffda0008010100003f00d2ff00d9ffd9',
  'hex',
);
const webp = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=', 'base64');

test('a whole picture is taken; one that only begins like one, or breaks off, is refused with the reason', async () => {
  assert.equal((await keep(png(), 'क.png')).contentType, 'image/png');
  assert.equal((await keep(webp, 'क.webp')).contentType, 'image/webp');
  const junk = [
    Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(100, 0xff)]),
    Buffer.concat([Buffer.from('RIFF\x60\0\0\0WEBPVP8 ', 'latin1'), Buffer.alloc(90, 7)]),
    png().subarray(0, -20),
  ];
  for (const bytes of junk) await assert.rejects(keep(bytes, 'क.jpg'), refusedAs('bad_image'));
});

test('wherever a picture is cut, it is no picture', () => {
  const whole = png();
  assert.ok(isReadableImage(whole, 'image/png') && isReadableImage(jpeg, 'image/jpeg'));
  for (let at = 8; at < whole.length; at += 1) {
    assert.equal(isReadableImage(whole.subarray(0, at), 'image/png'), false, `cut at ${at}`);
  }
  for (let at = 0; at < jpeg.length - 2; at += 1)
    assert.equal(isReadableImage(jpeg.subarray(0, at), 'image/jpeg'), false, `cut at ${at}`);
  for (let at = 12; at < webp.length - 1; at += 1)
    assert.equal(isReadableImage(webp.subarray(0, at), 'image/webp'), false, `cut at ${at}`);
});

test('a sound is measured; a file that only says that it is one is refused', async () => {
  assert.equal((await keep(wav(3), 'क.wav')).durationSeconds, 3);
  for (const head of ['\0\0\0\x18ftypM4A \0\0\0\0']) {
    const junk = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(9000)]);
    await assert.rejects(keep(junk, 'क.mp3'), refusedAs('bad_sound'), JSON.stringify(head));
  }
});
