/**
 * Keeps the answers to a quiz on the phone as they are chosen, until they are handed in: a broken line, a closed
 * tab or an ended session loses none. They are this person's: nobody else's page reads them.
 */
import { forgetQuiz, keepQuiz, type QuizAnswers, quizKept } from '../player/kept-quiz.ts';

const place = document.getElementById('quiz-kept');
const form = document.querySelector<HTMLFormElement>('form#quiz');

function answersIn(given: HTMLFormElement): QuizAnswers {
  const answers: QuizAnswers = {};
  new FormData(given).forEach((value, name) => {
    if (!/^q\d/.test(name) || typeof value !== 'string' || value === '') return;
    answers[name] = (answers[name] ?? []).concat(value);
  });
  return answers;
}

function fillIn(given: HTMLFormElement, answers: QuizAnswers): void {
  for (const field of Array.from(given.elements)) {
    const name = field.getAttribute('name') ?? '';
    const values = answers[name];
    if (!values) continue;
    if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox'))
      field.checked = values.includes(field.value);
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
      field.value = values[0] ?? '';
    else if (field instanceof HTMLTextAreaElement) field.value = values[0] ?? '';
  }
}

function tell(text: string | undefined): void {
  const news = document.getElementById('quiz-news');
  if (news && text) news.textContent = text;
}

if (place) {
  const data = place.dataset;
  const at = { person: data['person'] ?? '', quiz: data['quiz'] ?? '', number: Number(data['number']) };
  const words = JSON.parse(data['words'] ?? '{}') as Partial<Record<'kept' | 'restored', string>>;
  forgetQuiz(at);
  if (form) {
    const save = () => {
      if (keepQuiz(at, answersIn(form), Date.now())) tell(words.kept);
    };
    const kept = quizKept(at);
    // What the server drew again is newer than what was kept.
    if (kept && data['redrawn'] !== '1') {
      fillIn(form, kept);
      tell(words.restored);
    } else if (data['redrawn'] === '1') save();
    form.addEventListener('change', save);
    form.addEventListener('input', save);
  }
}
