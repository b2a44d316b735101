import type { Bilingual } from '../../kernel/i18n.ts';

/**
 * The notice of the DPDP Rules 2025, rule 3: it stands alone, in plain language, item by item. What a
 * person accepted is kept with this version, so a changed text is a new version and is shown again.
 */
export const privacyNoticeVersion = '2026-11-22.2';

export type NoticeItem = {
  data: Bilingual;
  purpose: Bilingual;
  seenBy: Bilingual;
  keptFor: Bilingual;
};

export type NoticeSection = { heading: Bilingual; paragraphs: Bilingual[]; points?: Bilingual[] };

export const noticeIntroduction: Bilingual[] = [
  {
    hi: 'दक्ष शासकीय सेवा के कार्मिकों के प्रशिक्षण के लिए है। यह सूचना बताती है कि आपका कौन-सा व्यक्तिगत डेटा लिया जाता है, किस काम के लिए, कौन देख सकता है, कब तक रखा जाता है और आपके क्या अधिकार हैं।',
    en: 'Daksh is for the training of people in government service. This notice says which personal data of yours is taken, for what purpose, who can see it, how long it is kept, and what your rights are.',
  },
  {
    hi: 'डेटा के लिए उत्तरदायी (Data Fiduciary) वह शासन या विभाग है जिसके कार्यालय में आप पदस्थ हैं और जिसने दक्ष स्थापित किया है।',
    en: 'The Data Fiduciary is the government or department in whose office you are posted and which has installed Daksh.',
  },
];

const whileInService: Bilingual = {
  hi: 'सेवा अभिलेख के नियमों के अनुसार; सेवा समाप्त होने के बाद उतने समय तक, जितना उन नियमों में आवश्यक है।',
  en: 'As the rules for service records require, and after service ends for as long as those rules ask.',
};
const deskAndAuditors: Bilingual = {
  hi: 'आप; आपके कार्यालय के ऊपर के नोडल अधिकारी, वार्षिक प्रविष्टि (ACR) अधिकारी और लेखा परीक्षक।',
  en: 'You; the nodal officers, appraisal (ACR) officers and auditors over your office.',
};

export const noticeItems: NoticeItem[] = [
  {
    data: { hi: 'नाम (हिन्दी और अंग्रेज़ी) और कर्मचारी कोड', en: 'Name (Hindi and English) and employee code' },
    purpose: {
      hi: 'आपको रोस्टर में पहचानना और प्रमाणपत्र पर सही नाम छापना।',
      en: 'To know you in the roster and to print the right name on certificates.',
    },
    seenBy: {
      hi: `${deskAndAuditors.hi} जिसके पास आपके प्रमाणपत्र की संख्या है, वह उस पर छपा नाम और कोर्स जाँच सकता है।`,
      en: `${deskAndAuditors.en} Whoever holds a certificate's number can check the name and course on it.`,
    },
    keptFor: whileInService,
  },
  {
    data: { hi: 'मोबाइल नंबर और ई-मेल', en: 'Mobile number and e-mail' },
    purpose: {
      hi: 'साइन-इन कोड, अनुस्मारक और सहायता के उत्तर भेजना।',
      en: 'To send sign-in codes, reminders and answers to your questions.',
    },
    seenBy: {
      hi: 'आप। हर अधिकारी को बीच के अंक ढके हुए दिखते हैं, पंजीकरण और नंबर बदलने के अनुरोध में भी। पूरा नंबर वे "पूरा देखें" दबाने पर, विवरण सुधारते समय या पूरी सूची लेने पर ही देखते हैं, और हर बार उनका नाम और समय दर्ज होता है।',
      en: 'You. Every officer sees it with its middle hidden, also in requests to register or to change a number. The whole number is shown only on pressing "show", on correcting your details or on taking the list as a file, and each time the name and the time are recorded.',
    },
    keptFor: {
      hi: 'जब तक आपका खाता है, या जब तक आप इसे बदल न दें।',
      en: 'As long as you have an account, or until you change it.',
    },
  },
  {
    data: {
      hi: 'पदस्थापन, पदनाम, समूह, संवर्ग, नियुक्ति का प्रकार, कार्यभार ग्रहण और सेवानिवृत्ति की तिथि',
      en: 'Postings, designation, group, cadre, kind of engagement, dates of joining and retirement',
    },
    purpose: {
      hi: 'यह जानना कि कौन-सा प्रशिक्षण और कौन-से आदेश आप पर लागू हैं, और कार्यालय के आँकड़े गिनना।',
      en: 'To know which training and which orders apply to you, and to count the figures of offices.',
    },
    seenBy: deskAndAuditors,
    keptFor: whileInService,
  },
  {
    data: {
      hi: 'प्रशिक्षण: शुरू और पूरे किए गए कोर्स, पाठों पर लगा समय, प्रश्नोत्तरी के उत्तर, प्रमाणपत्र',
      en: 'Learning: courses begun and completed, time spent on lessons, quiz answers, certificates',
    },
    purpose: {
      hi: 'कोर्स का ईमानदारी से पूरा होना तय करना, प्रमाणपत्र देना और विभाग की रिपोर्ट बनाना।',
      en: "To decide that a course was honestly completed, to issue certificates and to make the department's reports.",
    },
    seenBy: {
      hi: `${deskAndAuditors.hi} अन्य अधिकारियों को केवल संख्याएँ दिखती हैं; छोटी संख्याएँ ढकी रहती हैं। प्रश्नोत्तरी के उत्तर केवल आपको दिखते हैं।`,
      en: `${deskAndAuditors.en} Other officers see counts only, and small counts are masked. Quiz answers are shown to you alone.`,
    },
    keptFor: whileInService,
  },
  {
    data: {
      hi: 'कक्षा प्रशिक्षण में उपस्थिति; दूसरी जगह किए कोर्स के दावे, आपके जोड़े प्रमाणपत्र की फ़ाइल सहित',
      en: 'Attendance in classroom training; claims of courses done elsewhere, with the certificate file that you attach',
    },
    purpose: {
      hi: 'प्रशिक्षण के घंटे और दिन गिनना।',
      en: 'To count hours and days of training.',
    },
    seenBy: {
      hi: `${deskAndAuditors.hi} प्रमाणपत्र की फ़ाइल आप और निर्णय करने वाले अधिकारी खोल सकते हैं; हर बार उनका नाम और समय दर्ज होता है।`,
      en: `${deskAndAuditors.en} You and the officers who decide can open the file; each time the name and the time are recorded.`,
    },
    keptFor: whileInService,
  },
  {
    data: {
      hi: 'सेवा की घटनाएँ जिनसे समय-सीमा बदलती है: लंबा अवकाश, निलंबन, प्रतिनियुक्ति, विलंब से कार्यभार, मृत्यु; प्रशिक्षण से छूट और उसका वर्ग (जैसे चिकित्सा); अतिरिक्त समय के लिए आपका लिखा कारण',
      en: 'Events of service that move a due date: long leave, suspension, deputation, late joining, death; exemptions from training with their class (such as medical); the reason you write when asking for more time',
    },
    purpose: {
      hi: 'यह तय करना कि आदेश आप पर कब तक और किस तरह लागू है।',
      en: 'To decide by when and how an order holds for you.',
    },
    seenBy: {
      hi: 'आप और दर्ज करने या निर्णय करने वाले अधिकारी; अवकाश और निलंबन का कारण इनके सिवा किसी को नहीं दिखता। दूसरे अधिकारियों को केवल नई अंतिम तिथि या "छूट" की संख्या दिखती है।',
      en: 'You and the officers who record or decide; nobody else is shown the reason of a leave or suspension. Others see the new last day, or the number of the exempt.',
    },
    keptFor: whileInService,
  },
  {
    data: {
      hi: 'वार्षिक प्रशिक्षण विवरण, उस पर आपकी आपत्ति और निर्णय; जहाँ शासन ने नियम दर्ज किया हो, पदोन्नति की सूची में आपकी पंक्ति',
      en: 'The yearly training statement, your objection to it and the decision; where government has entered a rule, your line in the promotion list',
    },
    purpose: {
      hi: 'वार्षिक प्रविष्टि (ACR) के साथ आपके प्रशिक्षण का सत्यापित अभिलेख देना।',
      en: 'To give a verified record of your training with the yearly appraisal (ACR).',
    },
    seenBy: {
      hi: 'आप; आपके कार्यालय के ऊपर के वार्षिक प्रविष्टि (ACR) अधिकारी, नोडल अधिकारी और लेखा परीक्षक; शासन की मूल्यांकन प्रणाली, जहाँ वह जोड़ी गई हो। जिसके पास विवरण की संख्या है, वह उतना ही देख सकता है जितना आपने दिखाना चुना है।',
      en: "You; the appraisal (ACR) officers, nodal officers and auditors over your office; government's appraisal system where it is connected. Whoever holds a statement's number sees only what you have chosen to show.",
    },
    keptFor: whileInService,
  },
  {
    data: {
      hi: 'साइन-इन: समय, यंत्र का नाम, IP पता; पासवर्ड और PIN केवल अपठनीय रूप में',
      en: 'Sign-in: time, name of the device, IP address; password and PIN only in unreadable form',
    },
    purpose: {
      hi: 'आपके खाते को दूसरों से सुरक्षित रखना।',
      en: 'To keep your account safe from others.',
    },
    seenBy: {
      hi: 'आप (अपने सत्रों की सूची में); जाँच होने पर लेखा परीक्षक और प्रणाली संचालक।',
      en: 'You (in the list of your sessions); auditors and operators when something is investigated.',
    },
    keptFor: { hi: '400 दिन।', en: '400 days.' },
  },
  {
    data: {
      hi: 'सहायता के लिए लिखे संदेश, और जिस पृष्ठ से लिखे गए उसका पता',
      en: 'Messages you write for help, and the page they were written on',
    },
    purpose: { hi: 'आपकी समस्या का उत्तर देना।', en: 'To answer your question.' },
    seenBy: {
      hi: 'आप और उत्तर देने वाले नोडल अधिकारी या प्रणाली संचालक।',
      en: 'You and the nodal officer or operator who answers.',
    },
    keptFor: { hi: 'बंद होने के 400 दिन बाद तक।', en: 'Until 400 days after it was closed.' },
  },
  {
    data: {
      hi: 'बिना साइन-इन पूछे गए प्रश्न: आपका लिखा नाम, मोबाइल नंबर, कर्मचारी कोड और संदेश; पंजीकरण के अनुरोध में भरी जानकारी',
      en: 'Questions asked without signing in: the name, mobile number, employee code and message you wrote; what you filled in to ask for registration',
    },
    purpose: {
      hi: 'आपको उत्तर देना या आपका खाता खोलना। यह जानकारी आपके प्रश्न के साथ रखी जाती है।',
      en: 'To answer you or to open your account. It is kept together with your question.',
    },
    seenBy: {
      hi: 'प्रश्न: प्रणाली संचालक। पंजीकरण: उस कार्यालय के नोडल अधिकारी। मोबाइल नंबर ढका रहता है; पूरा देखने पर उनका नाम और समय दर्ज होता है।',
      en: 'Questions: operators. Registration: the nodal officers of that office. The mobile is masked; whoever uncovers it is recorded with the time.',
    },
    keptFor: { hi: 'बंद होने के 400 दिन बाद तक।', en: 'Until 400 days after it was closed.' },
  },
  {
    data: {
      hi: 'आपके अभिलेख में किसने क्या देखा या बदला, कब',
      en: 'Who looked at or changed what in your record, and when',
    },
    purpose: {
      hi: 'दुरुपयोग रोकना और विवाद में साक्ष्य रखना।',
      en: 'To prevent misuse and to have evidence in a dispute.',
    },
    seenBy: { hi: 'लेखा परीक्षक और आपके नोडल अधिकारी।', en: 'Auditors and your nodal officer.' },
    keptFor: { hi: 'कम से कम एक वर्ष; सामान्यतः 400 दिन।', en: 'One year at least; usually 400 days.' },
  },
];

export const noticeSections: NoticeSection[] = [
  {
    heading: { hi: 'जो नहीं लिया जाता', en: 'What is not taken' },
    paragraphs: [
      {
        hi: 'आधार संख्या, जाति, धर्म, बीमारी का विवरण, वेतन, आपकी जगह (location), संपर्क-सूची और फ़ोटो नहीं लिए जाते। कोई विज्ञापन या बाहरी निगरानी नहीं है, और डेटा बेचा नहीं जाता।',
        en: 'Aadhaar number, caste, religion, particulars of illness, pay, your location, contacts and photographs are not taken. There is no advertising, no outside tracking, and no data is sold.',
      },
    ],
  },
  {
    heading: { hi: 'किस आधार पर', en: 'On what ground' },
    paragraphs: [
      {
        hi: 'नियमित, संविदा और अस्थायी कार्मिकों का डेटा सेवा के प्रयोजन से लिया जाता है (डिजिटल व्यक्तिगत डेटा संरक्षण अधिनियम 2023, धारा 7(i))। प्रमाणपत्र शासन की सेवा के रूप में दिए जाते हैं (धारा 7(b))। आशा, मानदेय और आउटसोर्स कार्मिकों से, जहाँ आवश्यक हो, सहमति ली जाती है।',
        en: 'Data of permanent, contract and temporary staff is taken for the purposes of employment (Digital Personal Data Protection Act 2023, section 7(i)). Certificates are a service of the State (section 7(b)). Honorary and outsourced workers, such as ASHAs, are asked for their consent where the law needs it.',
      },
    ],
  },
  {
    heading: { hi: 'आपके अधिकार', en: 'Your rights' },
    paragraphs: [],
    points: [
      {
        hi: 'देखना: "मेरी प्रोफ़ाइल" में वह सब है जो यहाँ आपके बारे में रखा गया है।',
        en: 'To see: "My profile" shows what is kept about you here.',
      },
      {
        hi: 'सुधारना: नाम के लिए प्रोफ़ाइल में अनुरोध करें; पदस्थापन या मोबाइल के लिए अपने नोडल अधिकारी को लिखें।',
        en: 'To correct: ask for a name in your profile; for posting or mobile write to your nodal officer.',
      },
      {
        hi: 'मिटवाना: जो नियम से रखना आवश्यक नहीं है, उसे मिटवाने के लिए "सहायता" से लिखें। सेवा अभिलेख और प्रमाणपत्र नियमानुसार रखे जाते हैं।',
        en: 'To have erased what no rule requires to be kept: write by "Help". Service records and certificates are kept as the rules say.',
      },
      {
        hi: 'सहमति वापस लेना: जहाँ डेटा सहमति से लिया गया है, वहाँ "सहायता" से लिखकर उतनी ही आसानी से सहमति वापस लें। इससे पहले का काम मान्य रहता है।',
        en: 'To withdraw consent where data was taken by consent: write by "Help"; it is as easy as giving it. What was done before stays valid.',
      },
      {
        hi: 'शिकायत: "सहायता" से लिखी शिकायत नोडल अधिकारी तक पहुँचती है और उसका उत्तर अधिकतम 90 दिन में दिया जाता है।',
        en: 'To complain: a complaint written by "Help" reaches the nodal officer and is answered within 90 days at most.',
      },
      {
        hi: 'नामित करना: आप किसी को नामित कर सकते हैं जो आपके न रहने या अक्षम होने पर ये अधिकार बरते।',
        en: 'To nominate someone who exercises these rights in case of your death or incapacity.',
      },
    ],
  },
  {
    heading: {
      hi: 'भारतीय डेटा संरक्षण बोर्ड से शिकायत',
      en: 'Complaint to the Data Protection Board of India',
    },
    paragraphs: [
      {
        hi: 'यदि आपकी शिकायत का उत्तर समय पर न मिले या आप उससे संतुष्ट न हों, तो आप भारतीय डेटा संरक्षण बोर्ड (Data Protection Board of India) को उसके डिजिटल कार्यालय से शिकायत भेज सकते हैं। उसका पता इलेक्ट्रॉनिकी और सूचना प्रौद्योगिकी मंत्रालय की साइट (https://www.meity.gov.in) पर मिलता है।',
        en: 'If your complaint is not answered in time or you are not content with the answer, you may complain to the Data Protection Board of India through its digital office. Its address is found on the site of the Ministry of Electronics and Information Technology (https://www.meity.gov.in).',
      },
    ],
  },
];
