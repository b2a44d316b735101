#!/usr/bin/env node
// Makes the video lesson l3 of this course: still slides with the spoken script.
//
//   node demo/courses/asha-home-visits/make-video.mjs
//
// Reads l3.<lang>.txt (one sentence per line) and the slides below; writes beside them
//   l3.<lang>.mp4   H.264 baseline 640x360 with mono AAC, below 1 MB
//   l3.<lang>.vtt   WebVTT captions, one cue per sentence
// The voice and the caption times come from demo/make-audio.mjs. A slide starts together
// with the sentence named by its `at` (1 = first line). The lowest part of each slide is
// left free for the captions.
//
// Needs espeak-ng, ffmpeg and chromium on the PATH, and a Devanagari font. No network.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const makeAudio = join(here, '..', '..', 'make-audio.mjs');

const wash = {
  hi: ['चूड़ी, अँगूठी, घड़ी उतारें', 'कोहनी तक गीला करें', 'साबुन से मलें', 'साफ पानी से धोएँ', 'हवा में सुखाएँ', 'गंदी चीज न छुएँ'],
  en: ['Take off bangles, rings', 'Wet up to the elbows', 'Rub with soap', 'Rinse with clean water', 'Dry in the air', 'Touch nothing dirty'],
};
const title = {
  wash: { hi: 'हाथ धोना', en: 'Washing hands' },
  ask: { hi: 'माँ से पूछिए', en: 'Ask the mother' },
  look: { hi: 'शिशु को देखिए', en: 'Look at the baby' },
  danger: { hi: 'खतरे के लक्षण', en: 'Danger signs' },
  refer: { hi: 'तुरंत रेफर', en: 'Refer at once' },
  write: { hi: 'उसी समय लिखिए', en: 'Write it at once' },
  hbnc: { hi: 'HBNC: भ्रमण के दिन', en: 'HBNC: days of the visits' },
  hbyc: { hi: 'HBYC: भ्रमण की आयु (माह)', en: 'HBYC: age at the visits (months)' },
  privacy: { hi: 'गोपनीयता', en: 'Privacy' },
};

const icons = {
  drop: '<path d="M50 12 C68 40 78 52 78 66 A28 28 0 0 1 22 66 C22 52 32 40 50 12Z" fill="#2a7fb8"/>',
  mother: '<path d="M28 58 V30 A22 22 0 0 1 72 30 V58Z" fill="#b23a48"/><circle cx="50" cy="34" r="16" fill="#a9714f"/><path d="M34 32 A16 16 0 0 1 66 32 Q50 22 34 32Z" fill="#2b1d16"/><circle cx="44" cy="36" r="2.2" fill="#222"/><circle cx="56" cy="36" r="2.2" fill="#222"/><path d="M45 43 Q50 46 55 43" stroke="#222" stroke-width="2" fill="none"/><path d="M20 92 Q20 54 50 54 Q80 54 80 92Z" fill="#b23a48"/><circle cx="60" cy="70" r="9" fill="#a9714f"/><path d="M36 84 Q44 70 64 78 L70 88 Q50 96 36 84Z" fill="#f6d87a"/>',
  baby: '<circle cx="50" cy="38" r="22" fill="#a9714f"/><circle cx="42" cy="38" r="3" fill="#222"/><circle cx="58" cy="38" r="3" fill="#222"/><path d="M43 48 Q50 53 57 48" stroke="#222" stroke-width="2.5" fill="none"/><path d="M22 92 Q20 62 50 62 Q80 62 78 92Z" fill="#f6d87a"/>',
  clock: '<circle cx="50" cy="50" r="38" fill="#fff" stroke="#0b5d5e" stroke-width="6"/><path d="M50 24 V50 L68 60" stroke="#0b5d5e" stroke-width="6" fill="none" stroke-linecap="round"/>',
  alert: '<path d="M50 10 L94 88 H6Z" fill="#c8321f"/><rect x="45" y="36" width="10" height="28" fill="#fff"/><circle cx="50" cy="75" r="6" fill="#fff"/>',
  van: '<rect x="6" y="34" width="56" height="38" rx="4" fill="#fff" stroke="#0b5d5e" stroke-width="4"/><path d="M62 46 H80 L94 60 V72 H62Z" fill="#fff" stroke="#0b5d5e" stroke-width="4"/><text x="34" y="61" text-anchor="middle" font-size="22" font-weight="700" fill="#c8321f" font-family="Noto Sans">102</text><circle cx="26" cy="75" r="9" fill="#333"/><circle cx="76" cy="75" r="9" fill="#333"/>',
  book: '<rect x="18" y="14" width="64" height="74" rx="4" fill="#fff" stroke="#0b5d5e" stroke-width="5"/><path d="M30 32 H70 M30 46 H70 M30 60 H56" stroke="#0b5d5e" stroke-width="4"/><path d="M60 78 L86 46 L94 52 L68 84 L58 88Z" fill="#d98c1f"/>',
  lock: '<path d="M32 46 V32 A18 18 0 0 1 68 32 V46" fill="none" stroke="#0b5d5e" stroke-width="8"/><rect x="22" y="46" width="56" height="42" rx="6" fill="#0b5d5e"/><circle cx="50" cy="64" r="6" fill="#fff"/><rect x="47" y="64" width="6" height="14" fill="#fff"/>',
};
const icon = (name) => `<svg class="icon" viewBox="0 0 100 100">${icons[name]}</svg>`;
const list = (items, active) => `<ul class="${items.length > 4 ? 'long' : 'short'}">${items.map((t, i) => `<li class="${active === undefined ? '' : i === active ? 'on' : i < active ? 'done' : 'off'}">${t}</li>`).join('')}</ul>`;
const row = (iconName, html) => `<div class="row">${icon(iconName)}<div class="col">${html}</div></div>`;
const boxes = (numbers, marked = [], note = '') => `<div class="boxes">${numbers.map((n) => `<b class="${marked.includes(n) ? 'mark' : ''}">${n}</b>`).join('')}</div>${note ? `<p class="note">${note}</p>` : ''}`;

const slides = [
  { at: 1, html: { hi: '<div class="cover"><h1>एक गृह भ्रमण</h1><p>कदम दर कदम</p></div>', en: '<div class="cover"><h1>One home visit</h1><p>step by step</p></div>' }, cover: true },
  { at: 3, t: 'wash', html: { hi: row('drop', list(wash.hi)), en: row('drop', list(wash.en)) } },
  ...[0, 1, 2, 3, 4, 5].map((i) => ({ at: 4 + i, t: 'wash', html: { hi: row('drop', list(wash.hi, i)), en: row('drop', list(wash.en, i)) } })),
  { at: 10, t: 'ask', html: { hi: row('mother', list(['रक्तस्राव अधिक?', 'बुखार?', 'शिशु दूध पी रहा है?'])), en: row('mother', list(['Heavy bleeding?', 'Fever?', 'Is the baby feeding?'])) } },
  { at: 11, t: 'look', html: { hi: row('clock', '<div class="big">1 मिनट</div><p class="note">पूरे एक मिनट साँस गिनें</p>'), en: row('clock', '<div class="big">1 minute</div><p class="note">count every breath</p>') } },
  { at: 13, t: 'danger', html: { hi: row('alert', '<div class="big red">60 या अधिक</div><p class="note">साँस प्रति मिनट</p>'), en: row('alert', '<div class="big red">60 or more</div><p class="note">breaths in a minute</p>') } },
  { at: 14, t: 'danger', html: { hi: row('alert', list(['छाती का धँसना', 'दौरा', 'ठंडा शरीर या बुखार', 'दूध न पीना'])), en: row('alert', list(['Chest drawing in', 'A fit', 'Cold body, or fever', 'Not feeding'])) } },
  { at: 15, t: 'look', html: { hi: row('baby', list(['तापमान लें', 'वजन लें', 'गरम रखें'])), en: row('baby', list(['Take the temperature', 'Take the weight', 'Keep the baby warm'])) } },
  { at: 16, t: 'refer', html: { hi: row('van', '<div class="big red">एक भी लक्षण</div><p class="note">तुरंत रेफर कीजिए</p>'), en: row('van', '<div class="big red">Even one sign</div><p class="note">refer at once</p>') } },
  { at: 17, t: 'refer', html: { hi: row('van', list(['102 पर फोन', 'ANM को सूचना', 'रेफर पर्ची'])), en: row('van', list(['Call 102', 'Tell the ANM', 'Referral slip'])) } },
  { at: 18, t: 'refer', html: { hi: row('mother', '<div class="big">गरम रखें</div><p class="note">शिशु को माँ की छाती से लगाकर</p>'), en: row('mother', '<div class="big">Keep warm</div><p class="note">baby against the mother’s chest</p>') } },
  { at: 19, t: 'write', html: { hi: row('book', list(['भ्रमण प्रपत्र', 'MCP कार्ड'])), en: row('book', list(['Visit form', 'MCP card'])) } },
  { at: 20, t: 'hbnc', html: { hi: boxes([3, 7, 14, 21, 28, 42], [], 'अस्पताल में प्रसव: <b>6 भ्रमण</b>'), en: boxes([3, 7, 14, 21, 28, 42], [], 'Birth in hospital: <b>6 visits</b>') } },
  { at: 21, t: 'hbnc', html: { hi: boxes([1, 3, 7, 14, 21, 28, 42], [1], 'घर पर प्रसव: <b>7 भ्रमण</b>'), en: boxes([1, 3, 7, 14, 21, 28, 42], [1], 'Birth at home: <b>7 visits</b>') } },
  { at: 22, t: 'hbyc', html: { hi: boxes([3, 6, 9, 12, 15], [], '<b>5 भ्रमण</b>'), en: boxes([3, 6, 9, 12, 15], [], '<b>5 visits</b>') } },
  { at: 23, t: 'privacy', html: { hi: row('lock', '<div class="big">निजी बात</div><p class="note">पड़ोस में न कहिए</p>'), en: row('lock', '<div class="big">Private matters</div><p class="note">are not for the neighbours</p>') } },
];

const style = `
  * { box-sizing: border-box; margin: 0; }
  html, body { width: 640px; height: 360px; overflow: hidden; background: #fbf8f1; color: #16302f;
    font-family: 'Noto Sans', 'Noto Sans Devanagari', sans-serif; }
  header { height: 62px; background: #0b5d5e; color: #fff; font-size: 31px; font-weight: 700; line-height: 60px; padding: 0 28px; }
  main { height: 244px; padding: 10px 28px 0; display: flex; flex-direction: column; justify-content: center; }
  .row { display: flex; align-items: center; gap: 26px; }
  .icon { width: 150px; height: 150px; flex: none; }
  .col { flex: 1; }
  ul { list-style: none; padding: 0; }
  li { font-size: 27px; line-height: 37px; padding: 0 12px; border-left: 6px solid #0b5d5e; margin: 2px 0; font-weight: 600; }
  .short li { font-size: 34px; line-height: 48px; margin: 4px 0; }
  li.off { color: #7c8886; border-color: #cdd5d3; font-weight: 400; }
  li.done { color: #3f6361; border-color: #7fb0ad; font-weight: 400; }
  li.on { background: #f3d98b; border-color: #b5760c; }
  .big { font-size: 49px; font-weight: 700; line-height: 70px; white-space: nowrap; color: #0b5d5e; }
  .red { color: #b3261e; }
  .note { font-size: 30px; line-height: 42px; }
  .boxes { display: flex; gap: 10px; justify-content: center; margin-bottom: 16px; }
  .boxes b { flex: 1; max-width: 84px; height: 84px; border: 4px solid #0b5d5e; border-radius: 12px; background: #fff; font-size: 40px; line-height: 74px; text-align: center; }
  .boxes b.mark { background: #f3d98b; border-color: #b5760c; }
  .boxes + .note { text-align: center; }
  .cover { text-align: center; color: #fff; padding-top: 84px; }
  .cover h1 { font-size: 58px; line-height: 84px; }
  .cover p { font-size: 34px; line-height: 50px; color: #f3d98b; }
  body.cover-page { background: #0b5d5e; }
`;

function page(slide, lang) {
  const body = slide.cover ? slide.html[lang] : `<header>${title[slide.t][lang]}</header><main>${slide.html[lang]}</main>`;
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><style>${style}</style><body class="${slide.cover ? 'cover-page' : ''}">${body}</body></html>`;
}

const seconds = (stamp) => stamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

for (const lang of ['hi', 'en']) {
  const dir = mkdtempSync(join(tmpdir(), 'make-video-'));
  try {
    copyFileSync(join(here, `l3.${lang}.txt`), join(dir, `l3.${lang}.txt`));
    execFileSync(process.execPath, [makeAudio, dir], { stdio: 'ignore' });
    const vtt = readFileSync(join(dir, `l3.${lang}.vtt`), 'utf8');
    const starts = [...vtt.matchAll(/^(\d\d:\d\d:\d\d\.\d{3}) -->/gm)].map((m) => seconds(m[1]));
    const voice = join(dir, `l3.${lang}.mp3`);
    const total = Number(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', voice], { encoding: 'utf8' })) + 1;
    let concat = 'ffconcat version 1.0\n';
    slides.forEach((slide, i) => {
      const html = join(dir, `${i}.html`);
      const png = join(dir, `${i}.png`);
      writeFileSync(html, page(slide, lang));
      execFileSync('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1',
        `--user-data-dir=${join(dir, 'profile')}`, '--window-size=640,460', `--screenshot=${png}`, `file://${html}`], { stdio: 'ignore' });
      const from = i === 0 ? 0 : starts[slide.at - 1] - 0.2;
      const to = i + 1 < slides.length ? starts[slides[i + 1].at - 1] - 0.2 : total;
      concat += `file '${png}'\nduration ${(to - from).toFixed(3)}\n`;
      if (i === slides.length - 1) concat += `file '${png}'\n`;
    });
    writeFileSync(join(dir, 'slides.txt'), concat);
    const mp4 = join(here, `l3.${lang}.mp4`);
    execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'concat', '-safe', '0', '-i', join(dir, 'slides.txt'), '-i', voice,
      '-vf', 'crop=640:360:0:0,fps=10,format=yuv420p', '-c:v', 'libx264', '-profile:v', 'baseline', '-level', '3.0', '-preset', 'veryslow',
      '-tune', 'stillimage', '-crf', '27', '-g', '300', '-c:a', 'aac', '-ac', '1', '-ar', '22050', '-b:a', '28k', '-t', total.toFixed(3),
      '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', '-movflags', '+faststart', mp4]);
    copyFileSync(join(dir, `l3.${lang}.vtt`), join(here, `l3.${lang}.vtt`));
    if (process.env.KEEP_SLIDES) execFileSync('cp', ['-r', dir, join(process.env.KEEP_SLIDES, lang)]);
    console.log(`${mp4}  ${total.toFixed(1)} s  ${Math.round(statSync(mp4).size / 1000)} kB  ${slides.length} slides`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
