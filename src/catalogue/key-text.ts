import { type Language, pick } from '../kernel/i18n.ts';
import type { Question } from './quiz.ts';
import { truthChoices } from './quiz-paper.ts';
import type { Answer } from './scoring.ts';

/** The right answer in words. Never for a learner before the paper is handed in. */
export function keyText(question: Question, language: Language): string {
  const say = (text: { hi?: string; en?: string }) => pick(text, language);
  switch (question.kind) {
    case 'numeric': {
      const unit = question.unit ? ` ${say(question.unit)}` : '';
      return `${question.answer}${unit}${question.tolerance > 0 ? ` (± ${question.tolerance})` : ''}`;
    }
    case 'truth':
      return answerText(question, String(question.answer), language);
    case 'fill':
      return question.accepted.join(' / ');
    case 'short':
      return question.rubric.map((one) => say(one.text)).join('; ');
    case 'ordering':
      return question.items.map((item) => say(item.text)).join(' → ');
    case 'matching':
      return question.pairs.map((pair) => `${say(pair.text)} → ${say(pair.match.text)}`).join('; ');
    default:
      return question.options
        .filter((option) => option.correct)
        .map((option) => say(option.text))
        .join('; ');
  }
}

/** What was answered, in words; codes that no longer stand for anything are left out. */
export function answerText(question: Question, answer: Answer, language: Language): string {
  const codes = (Array.isArray(answer) ? answer : [answer]).map(String);
  const choices = choicesOf(question);
  if (!choices) return codes.join(', ');
  const named = (code: string) => {
    const found = choices.find((choice) => choice.code === code);
    return found ? pick(found.text, language) : '';
  };
  if (question.kind !== 'matching')
    return codes
      .map(named)
      .filter(Boolean)
      .join(question.kind === 'ordering' ? ' → ' : '; ');
  return question.pairs
    .map((pair, at) => `${pick(pair.text, language)} → ${named(codes[at] ?? '') || '—'}`)
    .join('; ');
}

function choicesOf(question: Question) {
  if (question.kind === 'truth') return truthChoices;
  if (question.kind === 'ordering') return question.items;
  if (question.kind === 'matching')
    return [...question.pairs.map((pair) => pair.match), ...question.distractors];
  return 'options' in question ? question.options : undefined;
}
