import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldText, hasDevanagari } from './fold.ts';

const same: string[][] = [
  ['हिन्दी', 'हिंदी', 'हिँदी'],
  ['सम्भल', 'संभल'],
  ['बाँदा', 'बांदा', 'बान्दा'],
  ['क़ानून', 'क\u093cानून', '\u0958ानून', 'कानून'],
  ['पढ़ाई', 'पढ\u093cाई', 'पढाई'],
  ['संविदा', 'सम्विदा'],
  ['संस्थान', 'सन्स्थान'],
  ['पञ्चायत', 'पंचायत', 'पन्चायत'],
  ['मण्डल', 'मंडल', 'मन्डल'],
  ['गङ्गा', 'गंगा'],
  ['दुःख', 'दु:ख', 'दुख'],
  ['विषय साइबर', 'विषय:साइबर'],
  ['ऑनलाइन', 'आनलाइन'],
  ['शक्\u200dति', 'शक्ति', 'शक्\u200cति'],
  ['२२ नवंबर', '22 नवंबर', '22\u00a0नवम्बर'],
  ['कर्मचारी कोड', 'कर्मचारी-कोड', ' कर्मचारी_कोड।'],
  ['eHRMS Id', 'ehrms id', 'EHRMS_ID', 'ehrms.id'],
  ['Café', 'cafe', 'CAFE\u0301'],
  ['ＡＢＣ １２', 'abc 12'],
];

test('ways of writing one word are folded into one', () => {
  for (const [first = '', ...others] of same) {
    for (const other of others) assert.equal(foldText(other), foldText(first), `${other} ${first}`);
  }
});

test('different words stay different', () => {
  const words = ['कमल', 'कमाल', 'सम्मान', 'समान', 'कन्या', 'काया', 'दिन', 'दीन', 'सड़क', 'सटक', 'अन्न', 'अंत'];
  assert.equal(new Set(words.map(foldText)).size, words.length);
});

test('every script keeps its letters', () => {
  assert.equal(foldText('தமிழ் (TA)'), 'தமிழ் ta');
  assert.equal(foldText('বাংলা'), 'বাংলা'.normalize('NFC'));
  assert.equal(foldText('اردو'), 'اردو');
  assert.equal(foldText(''), '');
  assert.equal(foldText(' ।-— '), '');
});

test('Devanagari is told from other scripts', () => {
  assert.ok(hasDevanagari('AB राम'));
  assert.ok(!hasDevanagari('Ram தமிழ் 12'));
});

const devanagari = fc.string({
  unit: fc.constantFrom(...'अआइकखगङचजञटडणतदनपबमयरलवशसहािीुूेैोौंँः़्ऑॉ१ '),
  maxLength: 20,
});

test('property: folding twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      assert.equal(foldText(foldText(text)), foldText(text)),
    ),
  );
  fc.assert(fc.property(devanagari, (text) => assert.equal(foldText(foldText(text)), foldText(text))));
});

test('property: nukta, chandrabindu, case, joiners and normal form make no difference', () => {
  fc.assert(
    fc.property(devanagari, (text) => {
      const folded = foldText(text);
      assert.equal(foldText(text.replaceAll('़', '')), folded);
      assert.equal(foldText(text.replaceAll('ँ', 'ं')), folded);
      assert.equal(foldText(text.replaceAll('्', '्\u200d')), folded);
      assert.equal(foldText(text.normalize('NFD')), folded);
      assert.equal(foldText(text.normalize('NFC')), folded);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => assert.equal(foldText(text.toUpperCase()), foldText(text))));
});
