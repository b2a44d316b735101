import type { Bilingual } from '../../kernel/i18n.ts';
import { allOf, type Element, firstOf, wordsOf } from './xml-tree.ts';

type Read = { question: Record<string, unknown> } | { reason: Bilingual };
const interactions = [
  'choiceinteraction',
  'orderinteraction',
  'matchinteraction',
  'textentryinteraction',
  'extendedtextinteraction',
];
const unknownInteractions = /interaction$/;

/** One assessment item of QTI 3 (or 2.x) with one interaction of the kinds that banks know. */
export function readQtiItem(item: Element, language: 'hi' | 'en'): Read {
  const body = firstOf(item, 'itembody');
  const found = interactions.flatMap((name) => allOf(body, name));
  const foreign = interactionNames(body).filter((name) => !interactions.includes(name));
  if (foreign.length > 0) return { reason: unknownKind(foreign[0] ?? '') };
  const [interaction, ...more] = found;
  if (!body || !interaction) return { reason: noInteraction };
  if (more.length > 0) return { reason: twoInteractions };
  const declared = allOf(item, 'responsedeclaration').find(
    (one) => one.attributes['identifier'] === interaction.attributes['responseidentifier'],
  );
  const parts = { item, interaction, declared, language };
  const text = stemOf(body, interaction);
  if (!text) return { reason: noText };
  const said = wordsOf(
    firstOf(firstOf(item, 'modalfeedback'), 'contentbody') ?? firstOf(item, 'modalfeedback'),
  );
  const base = {
    text: { [language]: text },
    points: pointsOf(item),
    ...(said ? { explanation: { [language]: said } } : {}),
  };
  const read = answerOf(parts);
  return 'reason' in read ? read : { question: { ...base, ...read.question } };
}

type Parts = { item: Element; interaction: Element; declared: Element | undefined; language: 'hi' | 'en' };

function interactionNames(body: Element | undefined): string[] {
  if (!body) return [];
  return body.children.flatMap((child) =>
    typeof child === 'string'
      ? []
      : [...(unknownInteractions.test(child.name) ? [child.name] : []), ...interactionNames(child)],
  );
}

/** The words around the interaction, and its prompt. A gap within a sentence is shown as one. */
function stemOf(body: Element, interaction: Element): string {
  const around = wordsOf(gapped(withoutUnit(body)), [...interactions, 'rubricblock']);
  const prompt = wordsOf(firstOf(interaction, 'prompt'));
  return [around, prompt].filter(Boolean).join(' ').trim();
}

/** The unit that stands behind a number, as `class="unit"`. */
function unitOf(element: Element): string {
  return wordsOf(allOf(element, 'span').find((one) => one.attributes['class'] === 'unit'));
}

function withoutUnit(element: Element): Element {
  const children = element.children
    .filter((child) => typeof child === 'string' || child.attributes['class'] !== 'unit')
    .map((child) => (typeof child === 'string' ? child : withoutUnit(child)));
  return { ...element, children };
}

function gapped(element: Element): Element {
  const last = element.children.length - 1;
  const children = element.children.map((child, at) => {
    if (typeof child === 'string') return child;
    const isGap = child.name === 'textentryinteraction' && at < last && wordsAfter(element, at);
    return isGap ? ' ____ ' : gapped(child);
  });
  return { ...element, children };
}

function wordsAfter(element: Element, at: number): boolean {
  return wordsOf({ ...element, children: element.children.slice(at + 1) }).length > 1;
}

function pointsOf(item: Element): number {
  const outcomes = allOf(item, 'outcomedeclaration');
  const most = outcomes.find((one) => one.attributes['identifier'] === 'MAXSCORE');
  const score = outcomes.find((one) => one.attributes['identifier'] === 'SCORE');
  const points = Number(wordsOf(firstOf(most, 'value')) || score?.attributes['normalmaximum'] || 1);
  return points > 0 && points <= 100 ? points : 1;
}

function answerOf(parts: Parts): Read {
  const { interaction } = parts;
  if (interaction.name === 'choiceinteraction') return choice(parts);
  if (interaction.name === 'orderinteraction') return ordering(parts);
  if (interaction.name === 'matchinteraction') return matching(parts);
  return interaction.name === 'textentryinteraction' ? textEntry(parts) : extended(parts);
}

function rightValues(declared: Element | undefined): string[] {
  return allOf(firstOf(declared, 'correctresponse'), 'value').map((one) => wordsOf(one));
}

function choice({ interaction, declared, language }: Parts): Read {
  const right = new Set(rightValues(declared));
  const choices = allOf(interaction, 'simplechoice');
  const isMultiple = declared?.attributes['cardinality'] === 'multiple';
  const names = choices.map((one) => one.attributes['identifier'] ?? '');
  if (right.size === 0) return { reason: noRight };
  if (!isMultiple && names.length === 2 && names.includes('true') && names.includes('false'))
    return { question: { kind: 'truth', answer: right.has('true') } };
  const options = choices.map((one) => ({
    code: one.attributes['identifier'],
    text: { [language]: wordsOf(one, ['feedbackinline']) },
    correct: right.has(one.attributes['identifier'] ?? ''),
  }));
  return { question: { kind: isMultiple ? 'multiple' : 'single', options } };
}

function ordering({ interaction, declared, language }: Parts): Read {
  const choices = new Map(
    allOf(interaction, 'simplechoice').map((one) => [one.attributes['identifier'], wordsOf(one)]),
  );
  const right = rightValues(declared);
  if (right.length !== choices.size) return { reason: noRight };
  return {
    question: {
      kind: 'ordering',
      items: right.map((code) => ({ text: { [language]: choices.get(code) ?? '' } })),
    },
  };
}

function matching({ interaction, declared, language }: Parts): Read {
  const [lefts, rights] = allOf(interaction, 'simplematchset').map((set) =>
    allOf(set, 'simpleassociablechoice'),
  );
  if (!lefts || !rights) return { reason: noRight };
  const named = new Map(rights.map((one) => [one.attributes['identifier'] ?? '', wordsOf(one)]));
  const right = rightValues(declared).map((pair) => pair.split(' '));
  const pairs = lefts.flatMap((left) => {
    const match = right.find(([one]) => one === left.attributes['identifier'])?.[1];
    const text = match === undefined ? undefined : named.get(match);
    return text ? [{ text: { [language]: wordsOf(left) }, match: { [language]: text } }] : [];
  });
  if (pairs.length < lefts.length) return { reason: noRight };
  const used = new Set(right.map(([, match]) => match));
  const distractors = [...named]
    .filter(([code]) => !used.has(code))
    .map(([, text]) => ({ text: { [language]: text } }));
  return { question: { kind: 'matching', pairs, distractors } };
}

function textEntry({ item, interaction, declared, language }: Parts): Read {
  const right = rightValues(declared);
  const type = declared?.attributes['basetype'];
  if (type === 'float' || type === 'integer') {
    const answer = Number(right[0]);
    if (right.length !== 1 || !Number.isFinite(answer)) return { reason: noRight };
    const equal = allOf(item, 'equal').find((one) => one.attributes['tolerancemode'] === 'absolute');
    const tolerance = Math.abs(Number((equal?.attributes['tolerance'] ?? '0').split(' ')[0]) || 0);
    const unit = unitOf(item);
    return {
      question: { kind: 'numeric', answer, tolerance, ...(unit ? { unit: { [language]: unit } } : {}) },
    };
  }
  const mapped = allOf(firstOf(declared, 'mapping'), 'mapentry')
    .filter((one) => Number(one.attributes['mappedvalue']) > 0)
    .map((one) => one.attributes['mapkey'] ?? '');
  const accepted = [...new Set([...right, ...mapped])].filter(Boolean);
  if (accepted.length === 0) return { reason: noRight };
  const anyScript = interaction.attributes['dataanyscript'] !== 'false';
  return { question: { kind: 'fill', accepted, anyScript } };
}

function extended({ item, interaction, language }: Parts): Read {
  const lines = allOf(firstOf(item, 'rubricblock'), 'p')
    .map((one) => wordsOf(one))
    .filter(Boolean);
  const points =
    lines.length > 0 ? lines : [language === 'hi' ? 'उत्तर सही और पूरा है' : 'The answer is right and complete'];
  const shares = points.map((line) => Number(/\((\d+(?:\.\d+)?)%\)$/.exec(line)?.[1] ?? 0) / 100);
  const isWhole = Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 0.02;
  const rubric = points.map((line, at) => ({
    text: { [language]: line.replace(/\s*\(\d+(?:\.\d+)?%\)$/, '') },
    share: isWhole ? (shares[at] ?? 0) : 1 / points.length,
  }));
  const words = Math.round(Number(interaction.attributes['expectedlength'] ?? 0) / 6);
  return { question: { kind: 'short', rubric, ...(words >= 5 && words <= 1000 ? { maxWords: words } : {}) } };
}

function unknownKind(name: string): Bilingual {
  return { hi: `यह प्रकार नहीं लिया जाता: ${name}`, en: `This kind is not taken: ${name}` };
}

const noInteraction = { hi: 'उत्तर का कोई स्थान नहीं मिला।', en: 'No place for an answer was found.' };
const twoInteractions = {
  hi: 'एक प्रश्न में कई उत्तर नहीं लिए जाते।',
  en: 'Several answers in one item are not taken.',
};
const noText = { hi: 'प्रश्न का पाठ नहीं है।', en: 'The question has no text.' };
const noRight = { hi: 'सही उत्तर नहीं दिया गया।', en: 'No right answer is given.' };
