import { foldText } from './fold.ts';

// Hindi: stopwords-iso (https://github.com/stopwords-iso/stopwords-hi), MIT licence, copyright (c) 2020 Gene
// Diaz and contributors. Left out of it are words that courses are about: कर (tax), घर (home), वर्ग (class),
// बही (ledger).
const hindi = `
अंदर अत अदि अप अपना अपनि अपनी अपने अभि अभी आदि आप इंहिं इंहें इंहों इतयादि इत्यादि इन इनका
इन्हीं इन्हें इन्हों इस इसका इसकि इसकी इसके इसमें इसि इसी इसे उंहिं उंहें उंहों उन उनका उनकि
उनकी उनके उनको उन्हीं उन्हें उन्हों उस उसके उसि उसी उसे एक एवं एस एसे ऐसे ओर और कइ कई करता करते
करना करने करें कहते कहा का काफि काफ़ी कि किंहें किंहों कितना किन्हें किन्हों किया किर किस किसि
किसी किसे की कुछ कुल के को कोइ कोई कोन कोनसा कौन कौनसा गया जब जहाँ जहां जा जिंहें जिंहों जितना
जिधर जिन जिन्हें जिन्हों जिस जिसे जीधर जेसा जेसे जैसा जैसे जो तक तब तरह तिंहें तिंहों तिन
तिन्हें तिन्हों तिस तिसे तो था थि थी थे दबारा दवारा दिया दुसरा दुसरे दूसरे दो द्वारा न नहिं नहीं
ना निचे निहायत नीचे ने पर पहले पुरा पूरा पे फिर बनि बनी बहि बहुत बाद बाला बिलकुल भि भितर भी भीतर
मगर मानो मे में यदि यह यहाँ यहां यहि यही या यिह ये रखें रहा रहे लिए लिये लेकिन व वगेरह वरग वह
वहाँ वहां वहिं वहीं वाले वुह वे वग़ैरह संग सकता सकते सबसे सभि सभी साथ साबुत साभ सारा से सो हि ही
हुअ हुआ हुइ हुई हुए हे हें है हैं हो होता होति होती होते होना होने
`;

const english = 'a an and as at by for from in into is it its of on or that the their this to was with';

// Hindi's own as people type them in Latin letters.
const romanized = 'ka ke ki ko kaa kee se me mein main par aur hai hain ya bhi liye kya kaise';

const stopWords = new Set(`${hindi} ${english} ${romanized}`.split(/\s+/).map(foldText));

/** Whether a folded word carries no meaning of its own in a search. */
export function isStopWord(folded: string): boolean {
  return stopWords.has(folded);
}
