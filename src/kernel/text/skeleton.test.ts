import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { skeleton } from './skeleton.ts';

// Spellings as people type them on a phone, several for some words.
const typed = readPairs(`
प्रशिक्षण prashikshan prasikshan prashikshana | सुरक्षा suraksha surksha | महिला mahila | तनाव tanav tanaav
शिकायत shikayat sikayat | नागरिक nagrik nagarik | कार्यालय karyalay karyalaya | विभाग vibhag vibhaag
योजना yojana yojna | पंचायत panchayat panchayet | स्वास्थ्य swasthya svasthya swasthaya | शिक्षा shiksha siksha
पोषण poshan | आंगनवाड़ी anganwadi aanganwadi anganbadi | आशा asha aasha | पुलिस pulis police
कर्मयोगी karmayogi karmyogi | दक्षता dakshata dakshta daxta | ज्ञान gyan gyaan jnan | विज्ञान vigyan vigyaan
सूचना suchna soochna suchana | अधिकार adhikar adhikaar | अधिकारी adhikari | कर्मचारी karmchari karmachari
सेवा seva sewa | समय samay samaya | प्रबंधन prabandhan prabandan | नेतृत्व netritva netrutva
संवाद samvad sanvad samvaad | संविधान samvidhan sanvidhan | संस्थान sansthan sansthaan | गाँव gaanv gaon
ग्राम gram graam | जिला jila zila | ज़िला zila jila | तहसील tehsil tahsil tahseel | लेखपाल lekhpal
खरीद kharid khareed | ख़रीद kharid | बजट bajat budget | लेखा lekha | राजस्व rajasva rajaswa | भूमि bhumi bhoomi
कृषि krishi | किसान kisan kisaan | जल jal | ऊर्जा urja oorja | पर्यावरण paryavaran | आपदा aapda apda aapada
राहत rahat raahat | चुनाव chunav chunaav | मतदान matdan matdaan | न्याय nyay nyaya | कानून kanun kanoon
क़ानून kanoon | अपराध apradh aparadh | जाँच janch jaanch | साइबर saibar cyber | डिजिटल dijital digital
कंप्यूटर kampyutar computer | इंटरनेट internet | मोबाइल mobail mobile | ऑनलाइन online aanlain
बच्चा bachcha baccha bacha | अच्छा achchha accha acha | माता mata maata | शिशु shishu | टीकाकरण tikakaran teekakaran
गर्भवती garbhvati garbhavati | परिवार parivar pariwar | कल्याण kalyan kalyaan | समाज samaj samaaj
वृद्धावस्था vriddhavastha | पेंशन penshan pension | छात्रवृत्ति chhatravritti chatravritti | विद्यालय vidyalay vidyalaya
अध्यापक adhyapak | शिक्षक shikshak sikshak | परीक्षा pariksha pareeksha | प्रमाणपत्र pramanpatra pramaanpatra
नियुक्ति niyukti | पदोन्नति padonnati padonati | स्थानांतरण sthanantaran | अवकाश avkash avakash
वेतन vetan | सचिवालय sachivalay sachivalaya | मंत्री mantri | मुख्यमंत्री mukhyamantri mukhymantri
राज्य rajya | भारत bharat bhaarat | हिन्दी hindi hindee | भाषा bhasha | संस्कृति sanskriti | आयुक्त aayukt ayukt
निदेशालय nideshalay nideshalaya | अभियान abhiyan abhiyaan | जागरूकता jagrukta jagrookta jaagrukta
लक्ष्य lakshya laksya | मूल्यांकन mulyankan moolyankan | उपस्थिति upasthiti | समस्या samasya | समाधान samadhan
नैतिकता naitikta naitikata | भ्रष्टाचार bhrashtachar | पारदर्शिता pardarshita paardarshita | गोपनीयता gopniyata gopaniyata
`);

// Districts as official lists spell them: pairs that others chose.
const places = readPairs(`
आगरा agra | अलीगढ़ aligarh | प्रयागराज prayagraj | औरैया auraiya | आजमगढ़ azamgarh | बागपत baghpat
बहराइच bahraich | बलिया ballia | बलरामपुर balrampur | बांदा banda | बाराबंकी barabanki | बरेली bareilly
बस्ती basti | बिजनौर bijnor | बदायूं budaun | बुलंदशहर bulandshahr | चंदौली chandauli
चित्रकूट chitrakoot | देवरिया deoria | एटा etah | इटावा etawah | अयोध्या ayodhya
फर्रुखाबाद farrukhabad | फतेहपुर fatehpur | फिरोजाबाद firozabad | गाजियाबाद ghaziabad
गाजीपुर ghazipur | गोंडा gonda | गोरखपुर gorakhpur | हमीरपुर hamirpur | हरदोई hardoi | जालौन jalaun
जौनपुर jaunpur | झांसी jhansi | अमरोहा amroha | कन्नौज kannauj | कौशाम्बी kaushambi
कुशीनगर kushinagar | ललितपुर lalitpur | लखनऊ lucknow | हाथरस hathras | महराजगंज maharajganj
महोबा mahoba | मैनपुरी mainpuri | मथुरा mathura | मऊ mau | मेरठ meerut | मिर्जापुर mirzapur
मुरादाबाद moradabad | मुजफ्फरनगर muzaffarnagar | पीलीभीत pilibhit | प्रतापगढ़ pratapgarh
रामपुर rampur | सहारनपुर saharanpur | भदोही bhadohi | शाहजहांपुर shahjahanpur | श्रावस्ती shravasti
सिद्धार्थनगर siddharthnagar | सीतापुर sitapur | सोनभद्र sonbhadra | सुल्तानपुर sultanpur | उन्नाव unnao
वाराणसी varanasi | कासगंज kasganj | अमेठी amethi | सम्भल sambhal | शामली shamli | हापुड़ hapur
`);

test('most spellings that people type have the key of the Devanagari word', (context) => {
  assert.ok(typed.length >= 150);
  for (const [name, table] of Object.entries({ typed, places })) {
    const misses = table.filter(({ hindi, spelling }) => skeleton(hindi) !== skeleton(spelling));
    const rate = 1 - misses.length / table.length;
    const shown = misses.map(
      ({ hindi, spelling }) => `${hindi} ${skeleton(hindi)} ${spelling} ${skeleton(spelling)}`,
    );
    context.diagnostic(
      `${name}: ${table.length} pairs, ${(rate * 100).toFixed(1)} % equal; not: ${shown.join('; ')}`,
    );
    assert.ok(rate > 0.85, shown.join('\n'));
  }
});

test('those whose key differs are mostly near enough for trigrams', () => {
  const misses = typed.filter(({ hindi, spelling }) => skeleton(hindi) !== skeleton(spelling));
  const near = misses.filter(({ hindi, spelling }) => similarity(skeleton(hindi), skeleton(spelling)) >= 0.3);
  assert.ok(near.length >= misses.length * 0.5, `${near.length} of ${misses.length}`);
});

test('different words mostly have different keys', () => {
  const words = new Set(typed.map(({ hindi }) => hindi));
  const keys = new Set([...words].map(skeleton));
  assert.ok(keys.size >= words.size - 4, `${words.size} words, ${keys.size} keys`);
});

test('abbreviations, numbers and other scripts are their own keys', () => {
  assert.equal(skeleton('AI'), 'ai');
  assert.equal(skeleton('2026'), '2026');
  assert.equal(skeleton('२०२६'), '2026');
  assert.equal(skeleton('தமிழ்'), 'தமிழ்');
  assert.equal(skeleton(''), '');
});

test('property: a key is a plain word, whatever is typed', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abchkqstxyz0कखज्ञषिीुूेैोौंँः़ािऋऑ ') });
  fc.assert(fc.property(letters, (word) => assert.match(skeleton(word), /^[a-z0-9]*$/)));
});

/** As pg_trgm computes it. */
function similarity(one: string, other: string): number {
  const [a, b] = [trigrams(one), trigrams(other)];
  const shared = [...a].filter((item) => b.has(item)).length;
  return shared / (a.size + b.size - shared);
}

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

function readPairs(table: string): { hindi: string; spelling: string }[] {
  const entries = table.split(/[|\n]/).map((entry) => entry.trim().split(/\s+/));
  return entries.flatMap(([hindi = '', ...spellings]) => spellings.map((spelling) => ({ hindi, spelling })));
}
