import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCaptions, transcriptOf, webVttOf } from './web-vtt.ts';

test('captions with header lines, notes, names of cues and settings are read', () => {
  const source =
    '\uFEFFWEBVTT Kind: captions\r\nLanguage: hi\r\n\r\nNOTE लेखक\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.500 align:start\r\n<v सुनीता>नमस्ते\r\nजी\r\n\r\n00:03.000 --> 00:04.000\r\nधन्यवाद';
  const { cues, fault } = readCaptions(source);
  assert.equal(fault, undefined);
  assert.deepEqual(cues, [
    { id: '1', startSeconds: 1, endSeconds: 2.5, text: 'नमस्ते जी' },
    { startSeconds: 3, endSeconds: 4, text: 'धन्यवाद' },
  ]);
  assert.equal(transcriptOf(source), 'नमस्ते जी\nधन्यवाद');
});

test('what is wrong is told with its line', () => {
  const cases: [string, RegExp][] = [
    ['', /line 1/],
    ['WEBVTT', /not one caption/],
    ['WEBVTT\n\n00:01,000 --> 00:02,000\nक', /line 3.*write the times/],
    ['WEBVTT\n\n1\n00:02.000 --> 00:01.000\nक', /line 4.*ends before/],
    ['WEBVTT\n\nकेवल पाठ', /line 3/],
  ];
  for (const [source, words] of cases) assert.match(readCaptions(source).fault?.en ?? '', words);
});

test('SubRip captions are read as they are written elsewhere, and told by their own lines', () => {
  const source =
    '1\r\n0:00:01,000 --> 00:00:02,500\r\nनमस्ते\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nधन्यवाद, 12:00\r\n';
  assert.deepEqual(
    readCaptions(source).cues.map((cue) => cue.text),
    ['नमस्ते', 'धन्यवाद, 12:00'],
  );
  assert.deepEqual(readCaptions(webVttOf(source)), readCaptions(source));
  assert.match(readCaptions(source.replace('04,000', '04.00')).fault?.en ?? '', /line 6/);
});

test('odd captions of the largest size are read in one pass', { timeout: 20_000 }, () => {
  const cue = 'WEBVTT\n\n00:00.000 --> 00:01.000\n';
  assert.equal(readCaptions(cue + '<'.repeat(1_000_000)).cues.length, 1);
  assert.equal(readCaptions(`${cue}क\n\n${'NOTE\n\n'.repeat(300_000)}`).cues.length, 1);
});
