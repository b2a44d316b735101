import { Refusal } from '../kernel/errors.ts';

export function codeTaken(code: string): Refusal {
  const text = { hi: `कोड ${code} पहले से है। दूसरा कोड लिखें।`, en: `The code ${code} is taken. Write another.` };
  return new Refusal('conflict', text, {
    reason: 'code_taken',
    fields: [{ path: 'code', code: 'code_taken', text }],
  });
}

export function staleSave(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस बीच किसी और ने इसे बदल दिया है। पृष्ठ फिर खोलें और अपना परिवर्तन दोबारा लिखें।',
      en: 'Somebody else has changed this meanwhile. Open the page again and repeat your change.',
    },
    { reason: 'stale' },
  );
}

export function attemptsUsed(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस परीक्षा के सभी प्रयास हो चुके हैं। नोडल अधिकारी से सहायता माँगें।',
      en: 'All attempts at this test are used. Ask your nodal officer for help.',
    },
    { reason: 'attempts_used' },
  );
}

export function coolingDown(until: Date): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'अगले प्रयास से पहले का विराम अभी चल रहा है।',
      en: 'The pause before the next attempt is not over yet.',
    },
    { reason: 'cooling_down', details: { until: until.toISOString() } },
  );
}

export function tooFewQuestions(): Refusal {
  return new Refusal(
    'unavailable',
    {
      hi: 'प्रश्न बैंक में इस परीक्षा के लिए पर्याप्त प्रश्न नहीं हैं। नोडल अधिकारी को बताएँ; आपका प्रयास नहीं गिना गया।',
      en: 'The question bank has too few questions for this test. Tell your nodal officer; no attempt was counted.',
    },
    { reason: 'bank_too_small' },
  );
}

export function paperClosed(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह परीक्षा जमा हो चुकी है या समय समाप्त हो गया है। अब उत्तर नहीं बदले जा सकते।',
      en: 'This paper is handed in or its time is over. Answers can no longer be changed.',
    },
    { reason: 'paper_closed' },
  );
}

export function answerMisfits(): Refusal {
  return new Refusal(
    'invalid',
    { hi: 'यह उत्तर इस प्रश्न का नहीं हो सकता।', en: 'This cannot be an answer to this question.' },
    { reason: 'answer_misfits' },
  );
}
