import { foldText } from './fold.ts';

// What offices and courses call one thing in two languages, loan words in both spellings. Each line is one
// meaning; an entry may be several words. Only everyday words belong here: a query finds whatever shares a line.
const meanings = `
प्रशिक्षण | training | ट्रेनिंग
सुरक्षा | security | safety | सिक्योरिटी
साइबर | cyber | सायबर
साइबर सुरक्षा | cyber security | cybersecurity
कृत्रिम बुद्धिमत्ता | artificial intelligence | ai | एआई | कृत्रिम मेधा
कार्यालय | office | ऑफिस | दफ्तर
महिला | woman | women | स्त्री
बाल | बच्चा | child | children
तनाव | stress | स्ट्रेस
प्रबंधन | management | मैनेजमेंट
खरीद | procurement | purchase | क्रय
जेम | gem | government e marketplace
शिकायत | complaint | grievance
निवारण | redressal | redress
नागरिक | citizen
नागरिक चार्टर | citizen charter
गृह भेंट | home visit | घर भेंट
आशा | asha
एएनएम | anm
आंगनवाड़ी | anganwadi
पुलिस | police
थाना | police station
सिपाही | constable | आरक्षी
पंचायत | panchayat
ग्राम | village | गांव
नगर | urban | शहरी
ग्रामीण | rural
जिला | district | जनपद
राज्य | state
सरकार | government | शासन
लोक सेवक | public servant | civil servant
सेवा | service
लोक सेवा | public service
कर्मचारी | employee | staff
अधिकारी | officer
नेतृत्व | leadership | लीडरशिप
संचार | communication | संप्रेषण
नैतिकता | ethics | नीतिशास्त्र
आचरण | conduct
सूचना का अधिकार | right to information | rti | आरटीआई
सूचना | information
सूचना प्रौद्योगिकी | information technology | आईटी
प्रौद्योगिकी | technology | तकनीक | टेक्नोलॉजी
डिजिटल | digital
कंप्यूटर | computer | संगणक
इंटरनेट | internet
मोबाइल | mobile
ऑनलाइन | online
ईमेल | email | e mail
पासवर्ड | password | कूटशब्द
डेटा | data | आंकड़ा | आंकड़े
निजता | privacy
ई ऑफिस | e office | eoffice
फाइल | file | पत्रावली
टिप्पण | noting
प्रारूपण | drafting
बजट | budget
वित्त | finance
लेखा | accounts | accounting
लेखा परीक्षा | audit | ऑडिट
टैक्स | tax | कराधान | taxation
वेतन | salary | pay
पेंशन | pension
अवकाश | leave | छुट्टी
कानून | law | विधि
न्याय | justice
अपराध | crime
जांच | investigation | enquiry | inquiry
भ्रष्टाचार | corruption
सतर्कता | vigilance
स्वास्थ्य | health
पोषण | nutrition
टीकाकरण | vaccination | immunisation | immunization
मातृ | maternal | mother | माता
नवजात | newborn
रोग | disease
दवा | medicine
अस्पताल | hospital | चिकित्सालय
चिकित्सा | medical
स्वच्छता | sanitation | hygiene | सफाई
जल | water | पानी
पर्यावरण | environment
जलवायु परिवर्तन | climate change
आपदा | disaster
बाढ़ | flood
आग | fire | अग्नि
प्राथमिक उपचार | first aid
कृषि | agriculture | farming | खेती
किसान | farmer
भूमि | land | जमीन
राजस्व | revenue
शिक्षा | education
शिक्षक | teacher | अध्यापक
विद्यालय | school | स्कूल
परीक्षा | exam | examination
मूल्यांकन | evaluation | assessment
योजना | scheme | plan
परियोजना | project | प्रोजेक्ट
निगरानी | monitoring | अनुश्रवण
समय | time
समूह | group | team | टीम | दल
सामाजिक | social
कल्याण | welfare
विकास | development
समाज कल्याण | social welfare
दिव्यांग | disability | disabled | divyang
लैंगिक | gender | जेंडर
यौन उत्पीड़न | sexual harassment | posh
समानता | equality
निर्वाचन | election | चुनाव
यातायात | traffic | ट्रैफिक
सड़क | road
भाषा | language
हिन्दी | hindi
अंग्रेजी | english
कौशल | skill | skills
क्षमता | capacity | competency
क्षमता निर्माण | capacity building
मिशन कर्मयोगी | mission karmayogi
कर्मयोगी | karmayogi
प्रमाणपत्र | certificate
पाठ्यक्रम | course | कोर्स | curriculum
योग | yoga
व्यवहार | behaviour | behavior
भावनात्मक बुद्धिमत्ता | emotional intelligence
निर्णय | decision
वार्ता | negotiation
नवाचार | innovation
कार्रवाई | कार्यवाही | कारवाई | action
प्रथम | पहला | पहली | first
सहायता | मदद | help
अधिनियम | act
नियम | rule | rules
पत्राचार | correspondence | पत्र व्यवहार
बैठक | meeting | मीटिंग
मानव संसाधन | human resources | hr
गोपनीयता | confidentiality
सुशासन | good governance
शासन प्रणाली | governance
`;

const groups = meanings
  .trim()
  .split('\n')
  .map((line) => line.split('|').map(foldText));

const byPhrase = new Map<string, Set<string>>();
for (const group of groups) {
  for (const phrase of group) byPhrase.set(phrase, new Set([...(byPhrase.get(phrase) ?? []), ...group]));
}
const longest = Math.max(...[...byPhrase.keys()].map((phrase) => phrase.split(' ').length));

/** The phrases that mean the same as those found in a list of folded words; phrases of several words included. */
export function synonymsOf(words: readonly string[]): string[] {
  const found = new Set<string>();
  for (let at = 0; at < words.length; at += 1) {
    for (let length = 1; length <= longest && at + length <= words.length; length += 1) {
      const phrase = words.slice(at, at + length).join(' ');
      for (const other of byPhrase.get(phrase) ?? []) if (other !== phrase) found.add(other);
    }
  }
  return [...found];
}
