import type { Bilingual } from '../kernel/i18n.ts';

/**
 * The metric catalogue: every figure on a screen, in an export and in the API has its words from here, and
 * a second definition of any of them is a defect. `docs/metrics.md` is made of it.
 */
export type Metric = {
  id: string;
  name: Bilingual;
  definition: Bilingual;
  /** What the figure is a part of, or is divided by. */
  denominator?: Bilingual;
  /** Its name in the API's summary, where it has one. */
  field?: string;
};

const registered: Bilingual = { hi: 'पंजीकृत', en: 'registered' };
const bound: Bilingual = { hi: 'बाध्य', en: 'bound' };

export const metrics = [
  {
    id: 'registered',
    field: 'registered',
    name: { hi: 'पंजीकृत', en: 'Registered' },
    definition: {
      hi: 'वे कार्मिक जिनकी इस दिन इस कार्यालय या इसके अधीन कहीं तैनाती है और जिनका खाता खुल चुका है। दो तैनातियों वाला कार्मिक एक ही बार गिना जाता है; प्रतिनियुक्ति या सम्बद्धता के समय मूल कार्यालय की तैनाती नहीं गिनी जाती। रोस्टर आयात से खाता खुलता है, इसलिए साथ में "लॉग-इन कर चुके" भी दिखता है।',
      en: 'Roster members (a posting on that day at this office or below, in today’s tree) who have an account. Whoever has two postings counts once; while a deputation or attachment runs, the lending office’s posting does not count. Since a roster import opens accounts, “signed in” always stands beside it.',
    },
  },
  {
    id: 'office_itself',
    name: { hi: 'इसी कार्यालय में ही पदस्थ', en: 'Posted in the office itself' },
    definition: {
      hi: 'पंजीकृत में से वे जिनकी तैनाती इसी कार्यालय में है, इसके अधीन किसी कार्यालय में नहीं; अधीनस्थ कार्यालयों की तालिका के अंत में अलग पंक्ति। जिनकी तैनाती नीचे भी है, वे दोनों जगह गिने जाते हैं।',
      en: 'Of the registered, those with a posting in this very office, not in one below it: a row of their own at the end of the table of the offices below. Whoever is posted below as well is counted in both.',
    },
    denominator: registered,
  },
  {
    id: 'counted_again',
    name: {
      hi: 'दोबारा गिने गए (एक से अधिक कार्यालयों में पदस्थ)',
      en: 'Counted again (posted in several offices)',
    },
    definition: {
      hi: 'नीचे के कार्यालयों का जोड़ + इसी कार्यालय में ही पदस्थ − इस कार्यालय का आँकड़ा। दो तैनातियों वाला कार्मिक दोनों कार्यालयों में गिना जाता है, पर ऊपर के कार्यालय में एक ही बार; यह पंक्ति उतना घटाती है, हर गिनती के स्तंभ में।',
      en: 'Offices below + posted in the office itself − the figure of this office. Whoever has two postings counts at both offices, but once at the office above them; this row takes that off, in every column of counts.',
    },
  },
  {
    id: 'signed_in',
    field: 'signedIn',
    name: { hi: 'लॉग-इन कर चुके', en: 'Signed in' },
    definition: {
      hi: 'पंजीकृत कार्मिकों में से वे जिन्होंने कम से कम एक बार लॉग-इन (साइन-इन) किया।',
      en: 'Registered people who have signed in at least once.',
    },
    denominator: registered,
  },
  {
    id: 'onboarded_in',
    name: { hi: 'अवधि में जुड़े', en: 'Onboarded in a period' },
    definition: {
      hi: 'वे खाते जिनकी गिनती का पहला दिन इस अवधि में पड़ता है।',
      en: 'Accounts whose first counting day lies in the period.',
    },
  },
  {
    id: 'not_on_roster',
    field: 'notOnRoster',
    name: { hi: 'रोस्टर से बाहर', en: 'Not on roster' },
    definition: {
      hi: 'वे खाते जिनकी इस दिन कोई तैनाती नहीं है। ये पिछली तैनाती वाले कार्यालय में (कभी तैनाती न रही हो तो सबसे ऊपर के कार्यालय में) अलग दिखते हैं और किसी प्रतिशत में नहीं गिने जाते; सेवानिवृत्त या सेवा से बाहर हुए अलग बताए जाते हैं।',
      en: 'Accounts with no posting on that day, shown at the office of their last posting (at the root if they never had one), apart and in no percentage; of these the former (retired, died, left) are told apart.',
    },
  },
  {
    id: 'completions',
    field: 'completions',
    name: { hi: 'पूरे किए गए कोर्स', en: 'Courses completed' },
    definition: {
      hi: 'पंजीकृत कार्मिकों के अलग-अलग (कार्मिक, कोर्स) प्रथम पूर्णताओं की संख्या, चाहे कभी और कहीं पूरे किए हों। प्रथम का अर्थ है सबसे पहला दिन; वही कोर्स दोबारा करने पर नवीनीकरण होता है।',
      en: 'Distinct (person, course) first completions of registered people, whenever and wherever they completed. First means the earliest India day.',
    },
    denominator: registered,
  },
  {
    id: 'renewals',
    field: 'renewals',
    name: { hi: 'नवीनीकरण', en: 'Renewals' },
    definition: {
      hi: 'उसी कोर्स को किसी बाद के दिन फिर से पूरा करना। पूरे किए गए कोर्सों में नहीं जुड़ता।',
      en: 'Completions of the same course on a later day; not among the courses completed.',
    },
  },
  {
    id: 'digital_minutes',
    field: 'digitalMinutes',
    name: { hi: 'डिजिटल प्रशिक्षण समय', en: 'Digital learning time' },
    definition: {
      hi: 'पूरे किए गए कोर्सों की घोषित अवधि का योग: उस दिन लागू संस्करण की अवधि, जो पूर्णता पर स्थिर हो जाती है।',
      en: 'Over the courses completed, the declared duration of the version in force that day, frozen on the completion.',
    },
    denominator: registered,
  },
  {
    id: 'classroom_minutes',
    field: 'classroomMinutes',
    name: { hi: 'कक्षा प्रशिक्षण समय', en: 'Classroom time' },
    definition: {
      hi: 'कक्षा और आवासीय सत्रों में उपस्थिति के मिनट (ऑनलाइन सत्र नहीं), जब तक वही कार्यक्रम किसी पूर्णता में न गिना जाए। केवल कार्मिक दृष्टि में: उपस्थिति के साथ तैनाती का कार्यालय दर्ज नहीं होता।',
      en: 'Attended minutes of classroom and residential sessions (not online), where no completion counts the same programme. In the people view alone: attendance notes no office of posting.',
    },
    denominator: registered,
  },
  {
    id: 'learning_minutes',
    field: 'learningMinutes',
    name: { hi: 'प्रशिक्षण समय', en: 'Learning time' },
    definition: {
      hi: 'डिजिटल और कक्षा प्रशिक्षण समय का योग (गतिविधि दृष्टि में केवल डिजिटल)। घंटों में दिखता है; पूर्णांक केवल दिखाते समय बनता है।',
      en: 'Digital and classroom time together (in the activity view digital alone). Shown in hours, rounded half up at display only.',
    },
    denominator: registered,
  },
  {
    id: 'at_least_one',
    field: 'atLeastOne',
    name: { hi: 'कम से कम एक कोर्स', en: 'One or more' },
    definition: {
      hi: 'पंजीकृत कार्मिकों में से वे जिन्होंने एक या अधिक कोर्स पूरे किए।',
      en: 'Registered people with one completion or more.',
    },
    denominator: registered,
  },
  {
    id: 'three_or_more',
    field: 'threeOrMore',
    name: { hi: 'तीन या अधिक', en: 'Three or more' },
    definition: {
      hi: 'पंजीकृत कार्मिकों में से वे जिन्होंने तीन या अधिक कोर्स पूरे किए; "कम से कम एक कोर्स" में सम्मिलित।',
      en: 'Registered people with three completions or more; they are among “one or more”.',
    },
    denominator: registered,
  },
  {
    id: 'band_none',
    field: 'bands.none',
    name: { hi: 'एक भी नहीं', en: 'None' },
    definition: {
      hi: 'पंजीकृत कार्मिकों में से वे जिन्होंने कोई कोर्स पूरा नहीं किया। तीनों वर्ग अलग-अलग हैं और जोड़ने पर पंजीकृत बनते हैं।',
      en: 'Registered people without a completion. The three bands are disjoint and add up to the registered.',
    },
    denominator: registered,
  },
  {
    id: 'band_one_two',
    field: 'bands.oneOrTwo',
    name: { hi: 'एक या दो', en: 'One or two' },
    definition: {
      hi: 'पंजीकृत कार्मिकों में से वे जिन्होंने एक या दो कोर्स पूरे किए।',
      en: 'Registered people with one or two completions.',
    },
    denominator: registered,
  },
  {
    id: 'band_three_plus',
    field: 'bands.threeOrMore',
    name: { hi: 'तीन या अधिक', en: 'Three or more' },
    definition: {
      hi: 'वही संख्या जो "तीन या अधिक" की है, तीसरे वर्ग के रूप में।',
      en: 'The same count as “three or more”, as the third band.',
    },
    denominator: registered,
  },
  {
    id: 'fewer_than_three',
    field: 'fewerThanThree',
    name: { hi: 'तीन से कम', en: 'Fewer than three' },
    definition: {
      hi: 'एक भी नहीं और एक या दो, दोनों वर्गों का योग; सदा "इनमें इतनों ने एक भी नहीं" के साथ छपता है।',
      en: 'The bands none, and one or two, together; always printed with “of whom N with none”.',
    },
    denominator: registered,
  },
  {
    id: 'in_training',
    field: 'inTraining',
    name: { hi: 'अभी कोई कोर्स पूरा नहीं', en: 'No course completed yet' },
    definition: {
      hi: 'वर्ग "एक भी नहीं"। विभाग की प्रकाशित रिपोर्ट में इन्हें "प्रशिक्षण की प्रक्रिया में" कहा गया है; इनमें से जिनका नामांकन चल रहा है वे "शुरू किया" में गिने जाते हैं।',
      en: 'The band “none”. The department’s published report calls them “in the process of training”; those with an active enrolment are counted as begun.',
    },
    denominator: registered,
  },
  {
    id: 'begun',
    field: 'begun',
    name: { hi: 'शुरू किया', en: 'Begun' },
    definition: {
      hi: 'जिन्होंने कोई कोर्स पूरा नहीं किया, उनमें से वे जिनका कम से कम एक नामांकन चल रहा है।',
      en: 'Those without a completion who have an active enrolment.',
    },
    denominator: { hi: 'अभी कोई कोर्स पूरा नहीं', en: 'no course completed yet' },
  },
  {
    id: 'class_of_people',
    name: { hi: 'समूह, नियुक्ति प्रकार और फ़ील्ड संवर्ग', en: 'Group, engagement and field cadres' },
    definition: {
      hi: 'उस दिन की प्राथमिक तैनाती का समूह, नियुक्ति प्रकार और संवर्ग (फ़ील्ड या अन्य)। हर पंजीकृत कार्मिक एक ही वर्ग में गिना जाता है, इसलिए वर्ग जोड़ने पर पंजीकृत बनते हैं।',
      en: 'Group, engagement and cadre (field or other) of the primary posting on that day. Each registered person is in one class, so the classes add up to the registered.',
    },
    denominator: registered,
  },
  {
    id: 'area_figures',
    name: { hi: 'जनपद, मण्डल और राज्य', en: 'District, division and state' },
    definition: {
      hi: 'क्षेत्र में वे सब कार्यालय गिने जाते हैं जिनका, या जिनसे ऊपर के निकटतम कार्यालय का, यह क्षेत्र (या इसके भीतर का) दर्ज है। एक ही क्षेत्र के दो कार्यालयों में पदस्थ कार्मिक एक बार गिना जाता है।',
      en: 'An area counts every office for which it, or an area inside it, is recorded, at the office itself or at the nearest one above with an area. Whoever is posted at two offices of an area counts once.',
    },
  },
  {
    id: 'reach',
    name: { hi: 'पहुँच', en: 'Reach' },
    definition: { hi: 'कम से कम एक कोर्स ÷ पंजीकृत।', en: 'One or more ÷ registered.' },
    denominator: registered,
  },
  {
    id: 'ai_reach',
    field: 'aiReach',
    name: { hi: 'AI का कम से कम एक कोर्स', en: 'One or more courses on AI' },
    definition: {
      hi: 'पंजीकृत कार्मिकों में से वे जिन्होंने ऐसा कम से कम एक कोर्स पूरा किया जिस पर आज "ai" टैग है, चाहे कभी पूरा किया हो। कोर्स का टैग बदलने पर गिनती फिर से होती है।',
      en: 'Registered people with at least one completion of a course that is tagged “ai” today, whenever completed. A changed tag recounts.',
    },
    denominator: registered,
  },
  {
    id: 'cyber_reach',
    field: 'cyberReach',
    name: { hi: 'साइबर सुरक्षा का कम से कम एक कोर्स', en: 'One or more courses on cyber security' },
    definition: {
      hi: 'पंजीकृत कार्मिकों में से वे जिन्होंने ऐसा कम से कम एक कोर्स पूरा किया जिस पर आज "cyber" टैग है, चाहे कभी पूरा किया हो। कोर्स का टैग बदलने पर गिनती फिर से होती है।',
      en: 'Registered people with at least one completion of a course that is tagged “cyber” today, whenever completed. A changed tag recounts.',
    },
    denominator: registered,
  },
  {
    id: 'on_roster',
    name: { hi: 'रोस्टर पर', en: 'On the roster' },
    definition: {
      hi: 'आज यहाँ या इसके अधीन पदस्थ सभी कार्मिक, चाहे खाता खुला हो या नहीं। केवल आज के लिए।',
      en: 'Everybody who is posted here or below today, with or without an account. Of today only.',
    },
  },
  {
    id: 'sanctioned_posts',
    name: { hi: 'स्वीकृत पद', en: 'Sanctioned posts' },
    definition: {
      hi: 'कार्यालय और उसके अधीन के स्वीकृत पद, जैसे दर्ज हैं; जहाँ कार्यालय की अपनी संख्या नहीं है, वहाँ नीचे की निकटतम संख्याओं का जोड़। पंजीकृत इनके कितने प्रतिशत हैं, यह तभी बताया जाता है जब गिने गए सभी कार्मिक ऐसे कार्यालयों में हों जिनके पद दर्ज हैं।',
      en: 'Posts sanctioned for an office and those below it, as entered; where the office has no number of its own, the numbers nearest below are added. What per cent of them the registered are is told only where everybody counted stands in an office that a number stands for.',
    },
  },
  {
    id: 'departments_joined',
    name: { hi: 'जुड़े हुए विभाग', en: 'Departments that have joined' },
    definition: {
      hi: 'वे विभाग जिनका कार्यालय यहाँ दर्ज है और जिनमें कम से कम एक कार्मिक पंजीकृत है।',
      en: 'Departments with an office here in which at least one person is registered.',
    },
    denominator: { hi: 'राज्य की प्रकाशित सूची के विभाग', en: 'the departments of the state’s published list' },
  },
  {
    id: 'reach_change',
    name: { hi: 'पहुँच में बदलाव', en: 'Change of reach' },
    definition: {
      hi: 'पहुँच का तुलना के दिन की पहुँच से अंतर, प्रतिशत अंकों में। सेवानिवृत्ति और नई तैनाती से पहुँच घट भी सकती है।',
      en: 'The reach less that of the day of comparison, in percentage points. Retirements and new postings may lower it.',
    },
  },
  {
    id: 'per_head',
    name: { hi: 'प्रति व्यक्ति कोर्स', en: 'Completions per head' },
    definition: { hi: 'पूरे किए गए कोर्स ÷ पंजीकृत।', en: 'Courses completed ÷ registered.' },
    denominator: registered,
  },
  {
    id: 'enrolled',
    name: { hi: 'नामांकित (एक कोर्स में)', en: 'Enrolled (in one course)' },
    definition: {
      hi: 'अभी शुरू नहीं + जारी + पूर्ण; वापस लिए गए नामांकन अलग।',
      en: 'Not started + in progress + completed; withdrawn apart.',
    },
  },
  {
    id: 'not_started',
    name: { hi: 'अभी शुरू नहीं', en: 'Not started' },
    definition: { hi: 'नामांकित, पर कोई पाठ नहीं खोला।', en: 'Enrolled, no lesson opened.' },
    denominator: { hi: 'नामांकित', en: 'enrolled' },
  },
  {
    id: 'in_progress',
    name: { hi: 'जारी', en: 'In progress' },
    definition: { hi: 'पाठ खोला है, कोर्स पूरा नहीं हुआ।', en: 'A lesson opened, the course not completed.' },
    denominator: { hi: 'नामांकित', en: 'enrolled' },
  },
  {
    id: 'completed',
    name: { hi: 'पूर्ण', en: 'Completed' },
    definition: { hi: 'कोर्स की सभी शर्तें पूरी।', en: 'Every condition of the course met.' },
    denominator: { hi: 'नामांकित', en: 'enrolled' },
  },
  {
    id: 'mandate_status',
    name: { hi: 'आदेश की स्थिति', en: 'Status under an order' },
    definition: {
      hi: 'आदेश से बाध्य हर कार्मिक एक ही स्थिति में: पूर्ण, विलंब से पूर्ण, शेष, समय-सीमा बीती, छूट। इनका जोड़ बाध्य कार्मिकों की संख्या है।',
      en: 'Each bound person is in exactly one of: met, met late, open, overdue, exempt; they add up to the bound.',
    },
    denominator: bound,
  },
  {
    id: 'bound',
    field: 'bound',
    name: { hi: 'बाध्य', en: 'Bound' },
    definition: {
      hi: 'वे कार्मिक जिन पर आदेश इस दिन लागू है: जिनकी तैनाती उसके दायरे में है और जो उसके नियमों से बाहर नहीं हैं। पाँचों स्थितियाँ जोड़ने पर यही संख्या बनती है। दो कार्यालयों में बाध्य कार्मिक ऊपर के कार्यालय में एक ही बार गिना जाता है।',
      en: 'Those whom the order binds on that day: posted within its scope, and not left out by its rules. The five statuses add up to it. Whoever is bound at two offices counts once at the office above them.',
    },
  },
  {
    id: 'met',
    field: 'met',
    name: { hi: 'पूर्ण', en: 'Met' },
    definition: {
      hi: 'बाध्य कार्मिक जिन्होंने आदेश की शर्त अपनी देय तिथि तक पूरी कर ली।',
      en: 'Of the bound, those who reached what the order asks by their own last day.',
    },
    denominator: bound,
  },
  {
    id: 'met_late',
    field: 'metLate',
    name: { hi: 'विलंब से पूर्ण', en: 'Met late' },
    definition: {
      hi: 'बाध्य कार्मिक जिन्होंने शर्त अपनी देय तिथि के बाद पूरी की।',
      en: 'Of the bound, those who reached it after their own last day.',
    },
    denominator: bound,
  },
  {
    id: 'open',
    field: 'open',
    name: { hi: 'शेष', en: 'Open' },
    definition: {
      hi: 'बाध्य कार्मिक जिनकी शर्त पूरी नहीं हुई और जिनकी देय तिथि अभी बीती नहीं है।',
      en: 'Of the bound, those who have not reached it and whose last day is not over.',
    },
    denominator: bound,
  },
  {
    id: 'overdue',
    field: 'overdue',
    name: { hi: 'समय-सीमा बीती', en: 'Overdue' },
    definition: {
      hi: 'बाध्य कार्मिक जिनकी शर्त पूरी नहीं हुई और जिनकी देय तिथि (बढ़ाई गई हो तो बढ़ी हुई) बीत चुकी है।',
      en: 'Of the bound, those who have not reached it and whose last day, with its extensions, is over.',
    },
    denominator: bound,
  },
  {
    id: 'exempt',
    field: 'exempt',
    name: { hi: 'छूट', en: 'Exempt' },
    definition: {
      hi: 'बाध्य कार्मिक जिन्हें इस दिन आदेश के नियम से या स्वीकृत छूट से कुछ नहीं करना है, चाहे उन्होंने कुछ भी पूरा किया हो।',
      en: 'Of the bound, those of whom nothing is asked on that day, by the order’s own rule or by a granted exemption, whatever they have done.',
    },
    denominator: bound,
  },
  {
    id: 'met_share',
    name: { hi: 'पूर्ण का प्रतिशत', en: 'Met, per cent' },
    definition: {
      hi: '(पूर्ण + विलंब से पूर्ण) ÷ (बाध्य − छूट)।',
      en: '(Met + met late) ÷ (bound − exempt).',
    },
    denominator: { hi: 'बाध्य, छूट वालों को छोड़कर', en: 'the bound without the exempt' },
  },
  {
    id: 'overdue_at_once',
    name: { hi: 'जारी होते ही समय-सीमा बीती', en: 'Overdue at once' },
    definition: {
      hi: 'आदेश के पूर्वावलोकन में: वे बाध्य कार्मिक जिनकी देय तिथि आदेश जारी होने से पहले ही बीत चुकी होगी और जिनकी शर्त पूरी नहीं हुई।',
      en: 'In the preview of an order: those of the bound who have not reached it and whose last day will be over when the order is published.',
    },
    denominator: bound,
  },
  {
    id: 'sessions_attended',
    name: { hi: 'उपस्थितियाँ', en: 'Attendances' },
    definition: {
      hi: 'उस दिन के रोस्टर के कार्मिकों की, अवधि के सत्रों में दर्ज उपस्थितियाँ; हर कार्मिक हर सत्र में एक बार, कक्षा, आवासीय और ऑनलाइन सभी।',
      en: 'Of the roster of that day: attendances noted at sessions of the period, each person once a session; classroom, residential and online alike.',
    },
  },
  {
    id: 'sessions_missed',
    name: { hi: 'अनुपस्थितियाँ', en: 'Absences' },
    definition: {
      hi: 'वही, जहाँ कार्मिक अनुपस्थित दर्ज है।',
      en: 'The same, where the person is noted as absent.',
    },
  },
  {
    id: 'attended_minutes',
    name: { hi: 'उपस्थिति का समय', en: 'Time attended' },
    definition: {
      hi: 'इन उपस्थितियों के मिनटों का योग, ऑनलाइन सत्र भी। कक्षा प्रशिक्षण समय से अलग है: उसमें ऑनलाइन सत्र, और वे कार्यक्रम जो किसी पूर्णता में गिने जाते हैं, नहीं आते।',
      en: 'The minutes of these attendances, of online sessions too. It differs from classroom time, which leaves out online sessions and programmes that a completion counts.',
    },
  },
  {
    id: 'courses',
    name: { hi: 'सभी कोर्स, बंद सहित', en: 'All courses, retired ones too' },
    definition: {
      hi: 'उस दिन तक प्रकाशित सभी कोर्स, चाहे अब बंद हों; हर कोर्स एक बार।',
      en: 'Every course published up to that day, though it may be retired by now; each once.',
    },
  },
  {
    id: 'curriculum_coverage',
    name: { hi: 'पाठ्यचर्या के नियम का पालन', en: 'Compliance with the curriculum rule' },
    definition: {
      hi: 'इस दिन लागू कार्यक्रम, वार्षिक योजनाएँ और प्रकाशित कोर्स-संग्रह, जिनमें नियम का हर भाग है। कोर्स उसी दिन के टैग और अवधि से गिने जाते हैं, बंद कोर्स नहीं; योजना में कार्यक्रम अपनी लागू पाठ्यचर्या से। दर्ज कारण से पालन नहीं माना जाता। विभागवार: ऊपर का निकटतम विभाग; संस्थानवार: केवल कार्यक्रम।',
      en: 'Programmes, yearly plans and published course collections in force on that day that have every part the rules ask for. Courses count by the tags and the duration of that day, retired ones not; a programme in a plan by its syllabus in force. A recorded reason is no compliance. By department: the nearest one above; by institute: programmes alone.',
    },
    denominator: { hi: 'नियम के दायरे में आने वाले', en: 'those that a rule holds for' },
  },
  {
    id: 'campaign_minutes',
    name: { hi: 'सीखने के सप्ताह का समय', en: 'Time of a learning week' },
    definition: {
      hi: 'सीखने के सप्ताह के पहले से अंतिम दिन तक पहली बार पूरे किए गए कोर्सों का घोषित समय। कार्यालय में: गतिविधि दृष्टि, यानी पूर्णता के दिन की तैनाती का कार्यालय। अधूरा कोर्स और नवीनीकरण नहीं गिने जाते।',
      en: 'The declared duration of courses first completed from the first to the last day of a learning week. Of an office: the activity view, where people were posted on the day of completing. Unfinished courses and renewals do not count.',
    },
  },
  {
    id: 'campaign_per_head',
    field: 'minutesPerHead',
    name: { hi: 'सीखने के सप्ताह का प्रति कार्मिक समय', en: 'Time of a learning week per head' },
    definition: {
      hi: 'सीखने के सप्ताह का समय ÷ पंजीकृत (सप्ताह चलते समय आज के, बाद में अंतिम दिन के)। इसी से अपने आकार के कार्यालयों में स्थान तय होता है; जिस आकार के किसी कार्यालय के आँकड़े पढ़ने वाले से छिपे हों, उसमें किसी का नहीं।',
      en: 'The time of a learning week ÷ the registered (of today while it runs, of its last day afterwards). Offices of one size are ranked by it; where figures of one are hidden from the reader, none of that size is.',
    },
    denominator: registered,
  },
  {
    id: 'campaign_met',
    field: 'met',
    name: { hi: 'सीखने के सप्ताह का लक्ष्य पूर्ण', en: 'Met the target of a learning week' },
    definition: {
      hi: 'वे कार्मिक जिनका अपना सीखने के सप्ताह का समय लक्ष्य तक पहुँचा; जिस पूर्णता से लक्ष्य पूरा हुआ, उसके दिन की तैनाती के कार्यालय में गिने जाते हैं।',
      en: 'People whose own time of the learning week reached the target; counted at the office where they were posted on the day of the completion that reached it.',
    },
    denominator: registered,
  },
  {
    id: 'courses_available',
    name: { hi: 'उपलब्ध कोर्स', en: 'Courses on offer' },
    definition: { hi: 'प्रकाशित कोर्स, भाषा के अनुसार।', en: 'Published courses, by language.' },
  },
] as const satisfies readonly Metric[];

export type MetricId = (typeof metrics)[number]['id'];

const byId = new Map<string, Metric>(metrics.map((metric) => [metric.id, metric]));

export function metricOf(id: MetricId): Metric {
  const metric = byId.get(id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metric;
}

/** What the API's contract says of a field of the summary. */
export function fieldDescription(field: string): string {
  const metric = (metrics as readonly Metric[]).find((one) => one.field === field);
  if (!metric) return '';
  const of = metric.denominator ? ` Of: ${metric.denominator.en}.` : '';
  return `${metric.id}: ${metric.definition.en}${of}`;
}

/** The rules that hold for every figure, printed under the definitions. */
export const metricRules: readonly Bilingual[] = [
  {
    hi: 'प्रतिशत सदा उसी कार्यालय की संख्याओं से निकलता है, अधीनस्थ कार्यालयों के प्रतिशत जोड़कर या औसत करके नहीं।',
    en: 'Percentages are computed from counts of the office itself, never summed or averaged from those below.',
  },
  {
    hi: '"तक" का अर्थ है: उस दिन के अंत तक (भारतीय समय) जो सच था, उसके बारे में आज जो ज्ञात है।',
    en: '“As of” a day is what is known now about what was true at the end of that India day.',
  },
  {
    hi: 'कार्मिक दृष्टि: उस दिन का रोस्टर, सीखा कहीं भी हो। गतिविधि दृष्टि: पूर्णता के दिन कार्मिक जहाँ तैनात था; केवल पूर्णताएँ, नवीनीकरण और समय, कोई प्रतिशत नहीं।',
    en: 'People view: the roster of that day, wherever they learnt. Activity view: where the person was posted on the day of completing; only completions, renewals and time, no percentages.',
  },
  {
    hi: 'अपने अधिकार-क्षेत्र से बाहर 1 से 4 तक की संख्याएँ नहीं दिखाई जातीं, न वे जिनसे ये निकल सकें।',
    en: 'Outside one’s own subtree counts of 1 to 4 are masked, and whatever would give them away.',
  },
  {
    hi: '20 से कम कार्मिकों वाले कार्यालय क्रम में नहीं रखे जाते।',
    en: 'Offices with fewer than 20 people are not ranked.',
  },
];

/** `docs/metrics.md`, compared by a test. */
export function metricsDocument(): string {
  const parts = (metrics as readonly Metric[]).map((metric) => {
    const of = metric.denominator ? `\n- of: ${metric.denominator.en} / ${metric.denominator.hi}` : '';
    const field = metric.field ? `\n- in the API: \`${metric.field}\`` : '';
    return `## ${metric.id}\n**${metric.name.en} / ${metric.name.hi}**\n\n${metric.definition.en}\n\n${metric.definition.hi}\n${of}${field}`.trimEnd();
  });
  const rules = metricRules.map((rule) => `- ${rule.en} / ${rule.hi}`).join('\n');
  return `<!-- Made from src/insight/metrics.ts; a test compares and, with UPDATE_DOCS=1, rewrites it. -->\n# Metrics\n\n${parts.join('\n\n')}\n\n## Rules\n${rules}\n`;
}
