import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWorld } from '../../test/world.ts';
import { listCourses } from './course-queries.ts';
import { loadDemonstrationCourses } from './load-demonstration.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationCourses(world.system, world.runtime);

// What was typed, and the course that must stand first.
const table: [query: string, code: string][] = [
  ['साइबर', 'cyber-hygiene'],
  ['cyber', 'cyber-hygiene'],
  ['saibar', 'cyber-hygiene'],
  ['साइबर स्वच्छता', 'cyber-hygiene'],
  ['saibar swachhta', 'cyber-hygiene'],
  ['cyber hygine', 'cyber-hygiene'],
  ['phishing', 'cyber-hygiene'],
  ['fishing', 'cyber-hygiene'],
  ['फिशिंग', 'cyber-hygiene'],
  ['digital arest', 'cyber-hygiene'],
  ['डिजिटल अरेस्ट', 'cyber-hygiene'],
  ['पासवर्ड', 'cyber-hygiene'],
  ['pasword', 'cyber-hygiene'],
  ['OTP', 'cyber-hygiene'],
  ['ओटीपी', 'cyber-hygiene'],
  ['O.T.P.', 'cyber-hygiene'],
  ['AI', 'ai-safe-office'],
  ['एआई', 'ai-safe-office'],
  ['surakshit upyog', 'ai-safe-office'],
  ['कार्यालय में AI', 'ai-safe-office'],
  ['asha', 'asha-home-visits'],
  ['aasha', 'asha-home-visits'],
  ['आशा', 'asha-home-visits'],
  ['grih bhraman', 'asha-home-visits'],
  ['abhilekh', 'asha-home-visits'],
  ['home visit', 'asha-home-visits'],
  ['nagrik', 'citizen-counter'],
  ['नागरिक सेवा', 'citizen-counter'],
  ['counter', 'citizen-counter'],
  ['vyavhar', 'citizen-counter'],
  ['shikayat', 'cyber-first-response'],
  ['साइबर शिकायत', 'cyber-first-response'],
  ['pahli karyavahi', 'cyber-first-response'],
  ['complaint', 'cyber-first-response'],
  ['gem', 'gem-procurement'],
  ['kharid', 'gem-procurement'],
  ['ख़रीद', 'gem-procurement'],
  ['procurment', 'gem-procurement'],
  ['paradarshi', 'gem-procurement'],
  ['mahila suraksha', 'posh-2013'],
  ['महिला', 'posh-2013'],
  ['yaun utpidan', 'posh-2013'],
  ['sexual harasment', 'posh-2013'],
  ['2013', 'posh-2013'],
  ['tanav', 'stress-free-work'],
  ['तनाव', 'stress-free-work'],
  ['stress', 'stress-free-work'],
  ['karya sanskriti', 'stress-free-work'],
  ['कार्य संस्कृति', 'stress-free-work'],
];

test('a course is found by its words in either script, by sound, and with slips of the finger', async () => {
  const wrong: string[] = [];
  for (const [q, code] of table) {
    const { items } = await listCourses(world.system, { q, limit: 10 });
    if (items[0]?.code !== code) wrong.push(`${q}: ${code}, found ${items.map((item) => item.code)}`);
  }
  assert.deepEqual(wrong, []);
});
