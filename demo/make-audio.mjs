#!/usr/bin/env node
// Speaks the audio scripts of one or more course folders and times their captions.
//
//   node demo/make-audio.mjs demo/courses/<code> [more folders] [--only l3]
//
// For every <lesson>.<hi|en>.txt in the folder it writes, beside it:
//   <lesson>.<lang>.mp3   mono, 22.05 kHz, 24 kbit/s, loudness normalised (about -17 LUFS, peaks below -1 dBFS)
//   <lesson>.<lang>.vtt   WebVTT captions, one cue per sentence
//
// Script format: UTF-8, one sentence per line, spoken in order. Each blank line adds one
// second of silence (several blank lines: several seconds), and a "…" inside a line adds half
// a second ("one … two … three"), so that the same file can be shown to the learner as the
// transcript. A course.json or an l1.<lang>.md is never touched.
//
// Needs espeak-ng and ffmpeg on the PATH. No network.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const RATE = 22050; // espeak-ng's own sample rate
const WORDS_PER_MINUTE = 140;
const GAP_SECONDS = 0.45; // after every sentence
const BLANK_LINE_SECONDS = 1;
const ELLIPSIS_SECONDS = 0.5;
const LEAD_SECONDS = 0.3;
const BITRATE = '24k';
const SILENCE_LEVEL = 96; // of 32768; espeak's padding is below it

const available = execFileSync('espeak-ng', ['--voices'], { encoding: 'utf8' });
const has = (lang) => new RegExp(`^\\s*\\d+\\s+${lang}\\s`, 'm').test(available);
const VOICES = { hi: 'hi', en: has('en-in') ? 'en-in' : 'en-gb' };

/** Samples of one line: its pieces between "…", with half a second after each. */
function speakLine(line, lang, dir) {
  const pieces = line
    .split('…')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map((piece) => speak(piece, lang, dir));
  const pause = Math.round(ELLIPSIS_SECONDS * RATE);
  const all = new Int16Array(
    pieces.reduce((sum, piece) => sum + piece.length, 0) + pause * (pieces.length - 1),
  );
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length + pause;
  }
  return all;
}

/** Samples of one spoken sentence, without the silence espeak-ng puts around it. */
function speak(sentence, lang, dir) {
  const wav = join(dir, 'sentence.wav');
  execFileSync(
    'espeak-ng',
    ['-v', VOICES[lang], '-s', String(WORDS_PER_MINUTE), '-g', '2', '-w', wav, '--stdin'],
    {
      input: sentence,
    },
  );
  const file = readFileSync(wav);
  const channels = file.readUInt16LE(22);
  const rate = file.readUInt32LE(24);
  if (channels !== 1 || rate !== RATE) throw new Error(`unexpected WAV: ${channels} channels, ${rate} Hz`);
  let at = 12;
  while (file.toString('latin1', at, at + 4) !== 'data') at += 8 + file.readUInt32LE(at + 4);
  const end = Math.min(at + 8 + file.readUInt32LE(at + 4), file.length);
  const bytes = file.subarray(at + 8, end - ((end - at) % 2));
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(i * 2);
  let first = 0;
  let last = samples.length;
  while (first < last && Math.abs(samples[first]) < SILENCE_LEVEL) first++;
  while (last > first && Math.abs(samples[last - 1]) < SILENCE_LEVEL) last--;
  if (first === last) throw new Error(`nothing was spoken for: ${sentence}`);
  return samples.subarray(first, last);
}

function wavOf(parts, total) {
  const out = Buffer.alloc(44 + total * 2);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(36 + total * 2, 4);
  out.write('WAVEfmt ', 8, 'latin1');
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(RATE, 24);
  out.writeUInt32LE(RATE * 2, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36, 'latin1');
  out.writeUInt32LE(total * 2, 40);
  for (const { at, samples } of parts) {
    for (let i = 0; i < samples.length; i++) out.writeInt16LE(samples[i], 44 + (at + i) * 2);
  }
  return out;
}

function clock(sampleIndex) {
  const ms = Math.round((sampleIndex / RATE) * 1000);
  const two = (n) => String(n).padStart(2, '0');
  return `${two(Math.floor(ms / 3600000))}:${two(Math.floor(ms / 60000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

/** Two passes of ffmpeg's loudnorm, so that the level is right and the dynamics stay as they are. */
function encode(wav, mp3) {
  const target = 'I=-16:TP=-3:LRA=11';
  const measured = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-nostats', '-i', wav, '-af', `loudnorm=${target}:print_format=json`, '-f', 'null', '-'],
    {
      encoding: 'utf8',
    },
  );
  if (measured.status !== 0) throw new Error(measured.stderr);
  const m = JSON.parse(
    measured.stderr.slice(measured.stderr.lastIndexOf('{'), measured.stderr.lastIndexOf('}') + 1),
  );
  const filter = `loudnorm=${target}:measured_I=${m.input_i}:measured_TP=${m.input_tp}:measured_LRA=${m.input_lra}:measured_thresh=${m.input_thresh}:offset=${m.target_offset}:linear=true`;
  execFileSync('ffmpeg', [
    '-hide_banner',
    '-loglevel',
    'error',
    '-y',
    '-i',
    wav,
    '-af',
    filter,
    '-ar',
    String(RATE),
    '-ac',
    '1',
    '-c:a',
    'libmp3lame',
    '-b:a',
    BITRATE,
    '-map_metadata',
    '-1',
    '-fflags',
    '+bitexact',
    '-flags:a',
    '+bitexact',
    mp3,
  ]);
}

function make(folder, name, lang) {
  const script = join(folder, `${name}.${lang}.txt`);
  const dir = mkdtempSync(join(tmpdir(), 'make-audio-'));
  try {
    const parts = [];
    let at = Math.round(LEAD_SECONDS * RATE);
    for (const line of readFileSync(script, 'utf8').replace(/\n+$/, '').split(/\r?\n/)) {
      const sentence = line.trim();
      if (sentence === '') {
        at += BLANK_LINE_SECONDS * RATE;
        continue;
      }
      const samples = speakLine(sentence, lang, dir);
      parts.push({ at, samples, sentence });
      at += samples.length + Math.round(GAP_SECONDS * RATE);
    }
    const wav = join(dir, 'all.wav');
    writeFileSync(wav, wavOf(parts, at));
    const mp3 = join(folder, `${name}.${lang}.mp3`);
    encode(wav, mp3);
    const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const cues = parts.map(
      ({ at: from, samples, sentence }, i) =>
        `${i + 1}\n${clock(from)} --> ${clock(from + samples.length)}\n${escaped(sentence)}\n`,
    );
    writeFileSync(join(folder, `${name}.${lang}.vtt`), `WEBVTT\n\n${cues.join('\n')}`);
    const kilobytes = Math.round(statSync(mp3).size / 1000);
    console.log(
      `${folder}/${name}.${lang}.mp3  ${(at / RATE).toFixed(1)} s  ${kilobytes} kB  ${parts.length} cues`,
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
const onlyAt = args.indexOf('--only');
const only = onlyAt >= 0 ? args.splice(onlyAt, 2)[1] : null;
if (args.length === 0) {
  console.error('usage: node demo/make-audio.mjs demo/courses/<code> [more folders] [--only <lesson>]');
  process.exit(2);
}
for (const folder of args) {
  for (const file of readdirSync(folder).sort()) {
    const match = /^(.+)\.(hi|en)\.txt$/.exec(basename(file));
    if (match && (only === null || match[1] === only)) make(folder, match[1], match[2]);
  }
}
