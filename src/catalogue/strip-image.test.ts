import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strippedImage } from './strip-image.ts';

const segment = (marker: number, content: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};
const exif = (turn: number) => {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(turn, 18);
  return Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from('GPS 26.85N 80.95E')]);
};
const jpeg = (...segments: Buffer[]) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    segment(0xda, Buffer.from('scan')),
    Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd9]),
  ]);

test('a photograph keeps its turn and colours, and loses place, comment and what hangs behind it', () => {
  const given = jpeg(
    segment(0xe1, exif(6)),
    segment(0xfe, Buffer.from('सुनीता')),
    segment(0xe2, Buffer.from('ICC')),
  );
  const kept = strippedImage(Buffer.concat([given, jpeg(segment(0xe1, exif(1)))]), 'image/jpeg');
  assert.doesNotMatch(kept.toString('latin1'), /GPS/);
  assert.doesNotMatch(kept.toString('utf8'), /सुनीता/);
  assert.match(kept.toString('latin1'), /ICC/);
  assert.ok(kept.includes(Buffer.from('010112000300000001', 'hex').subarray(1)));
  assert.equal(kept.subarray(-7).toString('hex'), '0102ff0003ffd9');
  assert.deepEqual(strippedImage(kept, 'image/jpeg'), kept, 'twice is as once');
});

test('texts in PNG and WebP go, the picture stays; what cannot be read comes back as it was', () => {
  const chunk = (name: string, content: string) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(content.length);
    return Buffer.concat([head, Buffer.from(name + content), Buffer.alloc(4)]);
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const [head, end] = [chunk('IHDR', 'x'), chunk('IEND', '')];
  const png = Buffer.concat([signature, head, chunk('eXIf', 'GPS'), chunk('tEXt', 'Author'), end]);
  assert.deepEqual(strippedImage(png, 'image/png'), Buffer.concat([signature, head, end]));
  const part = (name: string, content: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(content.length);
    return Buffer.concat([Buffer.from(name), size, content, Buffer.alloc(content.length % 2)]);
  };
  const body = [
    part('VP8X', Buffer.from([0x0c, 0, 0, 0])),
    part('VP8 ', Buffer.from('pic')),
    part('EXIF', Buffer.from('GPS')),
  ];
  const webp = Buffer.concat([Buffer.from('RIFF____WEBP'), ...body]);
  const kept = strippedImage(webp, 'image/webp');
  assert.doesNotMatch(kept.toString('latin1'), /GPS/);
  assert.equal(kept[20], 0);
  assert.equal(kept.readUInt32LE(4), kept.length - 8);
  const broken = Buffer.from('ffd8ff', 'hex');
  assert.deepEqual(strippedImage(broken, 'image/jpeg'), broken);
});
