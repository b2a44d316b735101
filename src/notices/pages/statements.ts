import type { Bilingual } from '../../kernel/i18n.ts';

/** A text that stands as a whole, such as a statement that a rule asks for; not a word of the interface. */
export type Statement = { title: Bilingual; lead: Bilingual; sections: StatementSection[] };
export type StatementSection = { heading: Bilingual; paragraphs?: Bilingual[]; points?: Bilingual[] };

/** GIGW 3.0 and the Rights of Persons with Disabilities Rules ask for it; say only what was tested. */
export const accessibilityStatement: Statement = {
  title: { hi: 'सुगम्यता वक्तव्य', en: 'Accessibility statement' },
  lead: {
    hi: 'दक्ष हर कार्मिक के लिए है, चाहे वे किसी भी यंत्र, सहायक तकनीक या भाषा से काम करें।',
    en: 'Daksh is for everyone in service, whatever device, assistive technology or language they use.',
  },
  sections: [
    {
      heading: { hi: 'मानक', en: 'Standards' },
      paragraphs: [
        {
          hi: 'पृष्ठ WCAG 2.1 के स्तर AA, GIGW 3.0 और IS 17802 को लक्ष्य मानकर बनाए गए हैं।',
          en: 'Pages are made to WCAG 2.1 level AA, GIGW 3.0 and IS 17802.',
        },
      ],
    },
    {
      heading: { hi: 'जो आप कर सकते हैं', en: 'What you can do' },
      points: [
        {
          hi: 'सारा काम केवल कीबोर्ड से; हर पृष्ठ के आरंभ में मुख्य सामग्री पर जाने की कड़ी है।',
          en: 'Do everything by keyboard; each page begins with a link to its content.',
        },
        {
          hi: 'स्क्रीन रीडर से पढ़ना: शीर्षक, तालिकाएँ, प्रपत्र और त्रुटियाँ नाम सहित हैं।',
          en: 'Read by screen reader: headings, tables, forms and errors are named.',
        },
        {
          hi: 'पृष्ठ को 400% तक बड़ा करना; 360 पिक्सेल चौड़े फ़ोन पर भी बाएँ-दाएँ खिसकाना नहीं पड़ता।',
          en: 'Enlarge pages to 400%; a phone 360 pixels wide needs no sideways scrolling.',
        },
        {
          hi: 'गहरे या अधिक विषम रंग: यंत्र की सेटिंग अपने आप मानी जाती है; गति कम करने की सेटिंग भी।',
          en: 'Dark or high-contrast colours: the setting of your device is followed; so is reduced motion.',
        },
        {
          hi: 'बिना स्क्रिप्ट के काम करना: सभी पृष्ठ और प्रपत्र चलते हैं।',
          en: 'Work without script: all pages and forms do.',
        },
        {
          hi: 'वीडियो के साथ कैप्शन और लिखित पाठ, चित्रों का वर्णन: इनके बिना कोर्स प्रकाशित नहीं होता।',
          en: 'Have captions and a transcript with video, and descriptions of pictures: without them a course is not published.',
        },
      ],
    },
    {
      heading: { hi: 'ज्ञात सीमाएँ', en: 'Known limits' },
      points: [
        {
          hi: 'दूसरी संस्थाओं से लाए गए PDF में टैग न हों तो स्क्रीन रीडर उन्हें ठीक से नहीं पढ़ सकता; ऐसे पाठ का लिखित रूप माँगें।',
          en: 'PDFs brought from elsewhere may lack tags and read badly; ask for the text of such a lesson.',
        },
        {
          hi: 'भारतीय सांकेतिक भाषा में वीडियो अभी नहीं हैं।',
          en: 'There are no videos in Indian Sign Language yet.',
        },
      ],
    },
    {
      heading: { hi: 'कैसे जाँचा गया', en: 'How it was tested' },
      paragraphs: [
        {
          hi: 'पृष्ठों की स्वचालित जाँच (axe) हर बदलाव पर, और कीबोर्ड से चलाकर जाँच। बाहरी प्रमाणन अभी नहीं हुआ है।',
          en: 'By automatic checks (axe) with every change and by keyboard. There is no outside certification yet.',
        },
      ],
    },
    {
      heading: { hi: 'कठिनाई हो तो बताएँ', en: 'Tell us of a difficulty' },
      paragraphs: [
        {
          hi: 'किसी भी पृष्ठ के नीचे "सहायता" से लिखें कि कौन-सा पृष्ठ, कौन-सा यंत्र और क्या कठिनाई। नोडल अधिकारी उत्तर देंगे; समाधान न हो तो राज्य आयुक्त (दिव्यांगजन) को लिख सकते हैं।',
          en: 'Write by "Help" at the foot of any page: which page, which device, what difficulty. The nodal officer answers; if it is not solved you may write to the State Commissioner for Persons with Disabilities.',
        },
      ],
    },
    {
      heading: { hi: 'तिथि', en: 'Date' },
      paragraphs: [
        { hi: 'यह वक्तव्य 22 नवंबर 2026 को लिखा गया।', en: 'This statement was written on 22 November 2026.' },
      ],
    },
  ],
};

export const aboutStatement: Statement = {
  title: { hi: 'दक्ष के बारे में', en: 'About Daksh' },
  lead: {
    hi: 'शासकीय सेवा के कार्मिकों की क्षमता बढ़ाने के लिए: रोस्टर, कोर्स, ईमानदार पूर्णता, प्रमाणपत्र और विभाग की रिपोर्ट, एक साथ।',
    en: 'To build the capacity of a civil service: roster, courses, honest completion, certificates and the department’s report in one place.',
  },
  sections: [
    {
      heading: { hi: 'किस सोच से बना', en: 'What it follows' },
      paragraphs: [
        {
          hi: 'मिशन कर्मयोगी की सोच पर: हर कार्मिक, सचिव से ग्राम स्तर के स्वास्थ्य कार्यकर्ता तक, अपने पद की आवश्यकता के अनुसार सीखे।',
          en: 'The idea of Mission Karmayogi: everyone in service, from a Secretary to a village health worker, learns what the post needs.',
        },
      ],
    },
    {
      heading: { hi: 'आँकड़ों के स्रोत', en: 'Sources of data' },
      paragraphs: [
        {
          hi: 'क्षेत्रों के नाम और कोड: Local Government Directory, पंचायती राज मंत्रालय, भारत सरकार (https://lgdirectory.gov.in), Government Open Data License - India (GODL) के अंतर्गत। उस मंत्रालय ने दक्ष का समर्थन या प्रमाणन नहीं किया है।',
          en: 'Names and codes of areas: Local Government Directory, Ministry of Panchayati Raj, Government of India (https://lgdirectory.gov.in), under the Government Open Data License - India (GODL). That ministry neither endorses nor certifies Daksh.',
        },
      ],
    },
    {
      heading: { hi: 'लाइसेंस', en: 'Licence' },
      paragraphs: [
        {
          hi: 'दक्ष Apache License 2.0 के अंतर्गत मुक्त सॉफ़्टवेयर है। इसमें प्रयुक्त अक्षर (Noto Sans) SIL Open Font License के अंतर्गत हैं।',
          en: 'Daksh is free software under the Apache License 2.0. Its typefaces (Noto Sans) are under the SIL Open Font License.',
        },
      ],
    },
    {
      heading: { hi: 'निजता', en: 'Privacy' },
      paragraphs: [
        {
          hi: 'कोई विज्ञापन, बाहरी निगरानी या आधार संख्या नहीं। विवरण निजता सूचना में है।',
          en: 'No advertising, outside tracking or Aadhaar numbers. The privacy notice has the details.',
        },
      ],
    },
  ],
};
