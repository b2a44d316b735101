import { first, isRecord, listOf, type Raw } from './raw-input.ts';
import { numberIn } from './scoring.ts';

const passNames = ['passShare', 'passMark', 'passPercent', 'passingScore', 'passScore', 'passingPercent'];
const answerNames = ['answer', 'answers', 'correctAnswer', 'correctAnswers', 'correct', 'correctIndex'];
const optionNames = ['options', 'choices', 'alternatives'];

/** A quiz as other programs write it: a bare list of questions, a pass mark in percent, `maxAttempts`. */
export function acceptQuiz(given: unknown): unknown {
  if (Array.isArray(given)) return { questions: given.map(acceptQuestion) };
  if (!isRecord(given)) return given;
  const pass = shareOf(first(given, passNames));
  const attempts = first(given, ['attempts', 'maxAttempts', 'attemptsAllowed']);
  const questions = first(given, ['questions', 'items']);
  return {
    ...(pass === undefined ? {} : { passShare: pass }),
    ...(attempts === undefined
      ? {}
      : { attempts: attempts === 'unlimited' || attempts === 0 ? null : attempts }),
    ...kept('blueprint', first(given, ['blueprint', 'blueprintCode'])),
    ...(Array.isArray(questions) ? { questions: questions.map(acceptQuestion) } : { questions }),
  };
}

/** Up to 1 a share, above it percent: 60 and 0.6 are the same. */
function shareOf(given: unknown): unknown {
  const number = typeof given === 'string' ? numberIn(given.replace('%', '')) : given;
  return typeof number === 'number' && number > 1 ? number / 100 : number;
}

const kinds: Record<
  string,
  'single' | 'multiple' | 'numeric' | 'ordering' | 'choice' | 'truth' | 'matching' | 'fill' | 'boolean'
> = {
  single: 'single',
  singlechoice: 'single',
  singleselect: 'single',
  radio: 'single',
  multiple: 'multiple',
  multipleselect: 'multiple',
  multipleresponse: 'multiple',
  multi: 'multiple',
  checkbox: 'multiple',
  // The common name of both: how many right answers there are decides.
  multiplechoice: 'choice',
  mcq: 'choice',
  choice: 'choice',
  truefalse: 'truth',
  boolean: 'truth',
  numeric: 'numeric',
  numerical: 'numeric',
  number: 'numeric',
  ordering: 'ordering',
  order: 'ordering',
  sequence: 'ordering',
  matching: 'matching',
  match: 'matching',
  truth: 'boolean',
  fill: 'fill',
  fillin: 'fill',
  fillintheblank: 'fill',
  shortanswer: 'fill',
};

function acceptQuestion(given: unknown): unknown {
  if (!isRecord(given)) return given;
  const base = {
    ...kept('code', first(given, ['code', 'id'])),
    ...kept('text', first(given, ['text', 'question', 'prompt', 'stem', 'title'])),
    ...kept('explanation', first(given, ['explanation', 'feedback', 'rationale'])),
    ...kept('points', first(given, ['points', 'marks', 'score'])),
  };
  const answer = first(given, answerNames);
  const kind = kindOf(given);
  if (kind === 'numeric' && given['unit'] !== undefined) Object.assign(base, { unit: given['unit'] });
  if (kind === 'numeric') return { ...base, kind, ...numericParts(given, answer) };
  if (kind === 'ordering') return { ...base, kind, items: orderedItems(given, answer) };
  if (kind === 'truth') return { ...base, kind: 'single', options: truthOptions(answer) };
  if (kind === 'boolean')
    return typeof given['answer'] === 'boolean' && given['options'] === undefined
      ? { ...base, kind: 'truth', answer: given['answer'] }
      : { ...base, kind: 'single', options: truthOptions(answer) };
  if (kind === 'matching')
    return { ...base, kind, ...kept('pairs', given['pairs']), ...kept('distractors', given['distractors']) };
  if (kind === 'fill') {
    const accepted = listOf(first(given, ['accepted', ...answerNames]));
    return { ...base, kind, accepted, ...kept('anyScript', given['anyScript']) };
  }
  const options = markedOptions(listOf(first(given, optionNames)), answer);
  if (kind !== 'choice') return { ...base, kind, options };
  const right = options.filter((option) => isRecord(option) && option['correct'] === true).length;
  return { ...base, kind: right > 1 || Array.isArray(answer) ? 'multiple' : 'single', options };
}

function kept(name: string, value: unknown): Raw {
  return value === undefined
    ? {}
    : { [name]: name === 'code' && typeof value === 'number' ? String(value) : value };
}

function kindOf(given: Raw): unknown {
  const named = first(given, ['kind', 'type']);
  if (typeof named === 'string') return kinds[named.toLowerCase().replace(/[^a-z]/g, '')] ?? named;
  if (named !== undefined) return named;
  if (given['items']) return 'ordering';
  if (first(given, optionNames)) return 'choice';
  const answer = first(given, answerNames);
  if (typeof answer === 'boolean') return 'truth';
  return typeof answer === 'number' ? 'numeric' : 'single';
}

function numericParts(given: Raw, answer: unknown): Raw {
  const value = answer ?? given['value'];
  const number = typeof value === 'string' ? (numberIn(value) ?? value) : value;
  return { answer: number, ...kept('tolerance', first(given, ['tolerance', 'margin'])) };
}

function truthOptions(answer: unknown): Raw[] {
  const isTrue = answer === true || answer === 'true';
  return [
    { code: 'true', text: { hi: 'सही', en: 'True' }, correct: isTrue },
    { code: 'false', text: { hi: 'ग़लत', en: 'False' }, correct: !isTrue },
  ];
}

function optionOf(given: unknown): unknown {
  if (typeof given === 'string' || typeof given === 'number') return { text: String(given) };
  if (!isRecord(given)) return given;
  if (given['text'] === undefined && ('hi' in given || 'en' in given)) return { text: given };
  const correct = first(given, ['correct', 'isCorrect', 'right']);
  return {
    ...kept('code', first(given, ['code', 'id', 'key'])),
    ...kept('text', first(given, ['text', 'label', 'title'])),
    ...kept('correct', correct),
  };
}

function markedOptions(options: unknown[], answer: unknown): unknown[] {
  const shaped = options.map(optionOf);
  if (shaped.some((option) => isRecord(option) && option['correct'] === true)) return shaped;
  const right = new Set(listOf(answer).map((one) => placeOf(shaped, one)));
  return shaped.map((option, index) =>
    isRecord(option) ? { ...option, correct: option['correct'] ?? right.has(index) } : option,
  );
}

/** Which option an answer means: by code, by its letter, by its text; a number counts from 0. */
function placeOf(options: unknown[], answer: unknown): number {
  if (isRecord(answer)) return placeOf(options, first(answer, ['code', 'id', 'text']));
  const word = String(answer);
  const byCode = options.findIndex((option, index) => codeAt(option, index) === word);
  if (byCode >= 0) return byCode;
  const byText = options.findIndex((option) => isRecord(option) && textsOf(option['text']).includes(word));
  return byText >= 0 || typeof answer !== 'number' ? byText : answer;
}

function codeAt(option: unknown, index: number): string {
  const own = isRecord(option) ? option['code'] : undefined;
  return own === undefined ? String.fromCharCode(97 + index) : String(own);
}

function textsOf(text: unknown): unknown[] {
  return isRecord(text) ? Object.values(text) : [text];
}

/** Items stand in the right order; where an answer names their codes, that is the order. */
function orderedItems(given: Raw, answer: unknown): unknown[] {
  const items = listOf(first(given, ['items', 'steps', ...optionNames])).map(optionOf);
  const order = listOf(answer).map((one) => placeOf(items, one));
  const isWhole =
    order.length === items.length && new Set(order).size === items.length && !order.includes(-1);
  if (!isWhole) return items;
  return order.map((place) => items[place]);
}
