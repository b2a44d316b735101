import canonicalize from 'canonicalize';
import { Refusal } from '../../kernel/errors.ts';
import { latinDigits } from '../../kernel/text/digits.ts';
import { remindedOn } from '../rules/reminder-days.ts';
import { type Condition, type Rules, rulesSchema } from '../rules/rules.ts';

export const lineKinds = ['courses', 'share', 'hours', 'days', 'passed'] as const;
export type LineKind = (typeof lineKinds)[number];

/** One condition as it is typed: every field a text. */
export type Line = { kind: LineKind; n: string; tag: string; list: string; hours: string; percent: string };

/**
 * An order as a form carries it. Conditions stand in groups: the groups are joined one way (`match`), the lines
 * within a group the other, so that "all of these, the second one of two" needs no deeper nesting.
 */
export type OrderForm = {
  number: string;
  orderDate: string;
  issuer: string;
  issuerEn: string;
  titleHi: string;
  titleEn: string;
  find: string;
  offices: string[];
  groups: string[];
  engagements: string[];
  designations: string;
  cadres: string;
  serviceMin: string;
  serviceMax: string;
  window: 'fixed' | 'relative';
  from: string;
  to: string;
  days: string;
  after: 'joining' | 'posting' | 'assignment';
  match: 'all' | 'any';
  conditions: Line[][];
  newKind: LineKind;
  renewals: boolean;
  claims: boolean;
  proportional: boolean;
  graceDays: string;
  joinersMinimumDays: string;
  remindBefore: string;
  remindOn: boolean;
  remindAfter: string;
  stop: string[];
  leaveDays: string;
  deputation: 'notBound' | 'bound';
  retirementMonths: string;
  amends: string;
  effectiveOn: string;
  /** The digest of the draft that is edited, as it was opened. */
  seen: string;
  sources: string;
  doubtsHi: string;
  doubtsEn: string;
};

export function newLine(kind: LineKind): Line {
  const percent = kind === 'share' ? '50' : '75';
  return {
    kind,
    n: kind === 'passed' ? '' : kind === 'days' ? '7' : '1',
    tag: '',
    list: '',
    hours: '6',
    percent,
  };
}

/** A form as it is first shown: what INTERFACES calls the defaults stand in it. */
export function emptyOrder(): OrderForm {
  return {
    ...{ number: '', orderDate: '', issuer: '', issuerEn: '', titleHi: '', titleEn: '', find: '' },
    ...{
      offices: [],
      groups: [],
      engagements: [],
      designations: '',
      cadres: '',
      serviceMin: '',
      serviceMax: '',
    },
    ...{ window: 'fixed', from: '', to: '', days: '', after: 'joining', match: 'all', newKind: 'courses' },
    conditions: [[{ ...newLine('courses'), n: '3' }]],
    proportional: false,
    ...{ renewals: false, claims: true, graceDays: '0', joinersMinimumDays: '30' },
    ...{ remindBefore: '30, 7, 1', remindOn: true, remindAfter: '1, 7, 30' },
    ...{ stop: ['long_leave', 'suspension'], leaveDays: '30', deputation: 'notBound', retirementMonths: '' },
    ...{ amends: '', effectiveOn: '', seen: '', sources: '', doubtsHi: '', doubtsEn: '' },
  };
}

type Body = Record<string, unknown>;

/** The form that was sent, whatever was left out. */
export function formOf(body: Body): OrderForm {
  const text = (name: string) => textIn(body, name);
  const count = (name: string) => latinDigits(text(name));
  return {
    ...{ number: text('number'), orderDate: text('orderDate') },
    ...{ issuer: text('issuer'), issuerEn: text('issuerEn') },
    ...{ titleHi: text('titleHi'), titleEn: text('titleEn'), find: text('find') },
    offices: [...new Set(listIn(body, 'office'))].slice(0, mostOffices),
    groups: listIn(body, 'groups'),
    engagements: listIn(body, 'engagements'),
    ...{ designations: text('designations'), cadres: text('cadres') },
    ...{ serviceMin: count('serviceMin'), serviceMax: count('serviceMax') },
    window: text('window') === 'relative' ? 'relative' : 'fixed',
    ...{ from: text('from'), to: text('to'), days: count('days') },
    after: oneOf(text('after'), ['joining', 'posting', 'assignment']),
    match: text('match') === 'any' ? 'any' : 'all',
    conditions: linesIn(body),
    newKind: oneOf(text('newKind'), lineKinds),
    renewals: text('renewals') !== '',
    claims: text('claims') !== '',
    proportional: text('proportional') !== '',
    ...{ graceDays: count('graceDays'), joinersMinimumDays: count('joinersMinimumDays') },
    remindBefore: count('remindBefore'),
    remindOn: text('remindOn') !== '',
    remindAfter: count('remindAfter'),
    stop: listIn(body, 'stop'),
    leaveDays: count('leaveDays'),
    deputation: text('deputation') === 'bound' ? 'bound' : 'notBound',
    retirementMonths: count('retirementMonths'),
    ...{ amends: text('amends'), effectiveOn: text('effectiveOn'), seen: text('seen') },
    ...{ sources: text('sources'), doubtsHi: text('doubtsHi'), doubtsEn: text('doubtsEn') },
  };
}

function textIn(body: Body, name: string): string {
  const value = body[name];
  // A browser ends the lines of a text area its own way.
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
}

function listIn(body: Body, name: string): string[] {
  return [body[name]].flat().filter((one): one is string => typeof one === 'string' && one !== '');
}

function oneOf<T extends string>(given: string, known: readonly [T, ...T[]]): T {
  return known.find((one) => one === given) ?? known[0];
}

// As many as an order's file may have.
const mostOffices = 500;
const mostGroups = 20;
const mostLines = 20;

/** Fields are named `c.<group>.<line>.<part>`; gaps that a removed line left close up. */
function linesIn(body: Body): Line[][] {
  const groups: Line[][] = [];
  for (let group = 0; group < mostGroups; group++) {
    const lines: Line[] = [];
    for (let line = 0; line < mostLines; line++) {
      const at = `c.${group}.${line}`;
      if (body[`${at}.kind`] === undefined) continue;
      const part = (name: string) => textIn(body, `${at}.${name}`);
      const kind = oneOf(part('kind'), lineKinds);
      lines.push({
        ...{ kind, n: latinDigits(part('n')), tag: part('tag'), list: part('list') },
        ...{ hours: latinDigits(part('hours')), percent: latinDigits(part('percent')) },
      });
    }
    if (lines.length > 0) groups.push(lines);
  }
  return groups;
}

/** The form after one of its own buttons: a condition added, given an alternative, or taken away. */
export function afterStep(form: OrderForm, step: string, body: Body): OrderForm {
  const { conditions } = form;
  if (step === 'add' && conditions.length < mostGroups)
    return { ...form, conditions: [...conditions, [newLine(form.newKind)]] };
  const [what, place = ''] = step.split(':');
  const [group = -1, line = -1] = place.split('.').map(Number);
  if (what === 'alt') {
    const kind = oneOf(textIn(body, `alt.${group}`), lineKinds);
    const grown = (lines: Line[]) => (lines.length < mostLines ? [...lines, newLine(kind)] : lines);
    return { ...form, conditions: conditions.map((lines, at) => (at === group ? grown(lines) : lines)) };
  }
  if (what === 'drop') {
    const left = conditions.map((lines, at) =>
      at === group ? lines.filter((_, at2) => at2 !== line) : lines,
    );
    return { ...form, conditions: left.filter((lines) => lines.length > 0) };
  }
  return form;
}

/** The texts of a field that holds one a line: a name may have a comma in it. */
export function linesOf(text: string): string[] {
  return partsOf(text, /\n+/u);
}

/** The numbers of a field that holds several, by line or comma. */
export function severalOf(text: string): string[] {
  return partsOf(text, /[\n,;]+/u);
}

function partsOf(text: string, by: RegExp): string[] {
  return [...new Set(text.split(by).map((one) => one.trim()))].filter(Boolean);
}

function numberOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text);
}

/** The order's file that the form says; its faults are told by whoever reads it. */
export function fileOf(form: OrderForm): Record<string, unknown> {
  const { number, orderDate, issuer, issuerEn, titleHi, titleEn, amends, effectiveOn } = form;
  return {
    order: { number, date: orderDate, issuer, ...(issuerEn ? { issuerEn } : {}) },
    title: { ...(titleHi ? { hi: titleHi } : {}), ...(titleEn ? { en: titleEn } : {}) },
    scope: scopeOf(form),
    window:
      form.window === 'fixed'
        ? { from: form.from, to: form.to }
        : { days: Number(form.days), after: form.after },
    condition: conditionOf(form),
    countRenewals: form.renewals,
    ...defined({
      graceDays: numberOf(form.graceDays),
      joinersMinimumDays: numberOf(form.joinersMinimumDays),
    }),
    ...remindersOf(form),
    clocks: {
      stop: form.stop,
      deputation: form.deputation,
      ...defined({ leaveDays: numberOf(form.leaveDays), retirementMonths: numberOf(form.retirementMonths) }),
    },
    claims: form.claims,
    ...knownFrom(form),
    ...(form.proportional ? { proportional: true } : {}),
    ...(amends ? { amends: { number: amends, ...(effectiveOn ? { effectiveOn } : {}) } } : {}),
  };
}

// Who leaves the days after the due day empty wants none, where a file that is silent of them is given the usual ones.
function remindersOf({ remindBefore, remindOn, remindAfter }: OrderForm) {
  const after = severalOf(remindAfter).map((days) => -Number(days));
  const late = [...(remindOn ? [0] : []), ...after];
  const reminderDays = [...severalOf(remindBefore).map(Number), ...late];
  return { reminderDays, ...(late.length === 0 ? { remindersAfter: 'none' } : {}) };
}

function knownFrom({ sources, doubtsHi: hi, doubtsEn: en }: OrderForm) {
  const lines = sources.split(/\s*\n\s*/).filter(Boolean);
  const doubts = { ...(hi ? { hi } : {}), ...(en ? { en } : {}) };
  return defined({
    sources: lines.length > 0 ? lines : undefined,
    doubts: hi || en ? doubts : undefined,
  });
}

function defined<T extends Record<string, unknown>>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function scopeOf(form: OrderForm) {
  const list = (values: string[]) => (values.length > 0 ? values : undefined);
  const years = defined({ min: numberOf(form.serviceMin), max: numberOf(form.serviceMax) });
  return {
    offices: form.offices,
    ...defined({
      groups: list(form.groups),
      engagements: list(form.engagements),
      designations: list(linesOf(form.designations)),
      cadres: list(linesOf(form.cadres)),
      serviceYears: Object.keys(years).length > 0 ? years : undefined,
    }),
  };
}

function conditionOf({ match, conditions }: OrderForm): Condition {
  const [outer, inner] = match === 'all' ? (['allOf', 'anyOf'] as const) : (['anyOf', 'allOf'] as const);
  const groups = conditions.map((lines): Condition => {
    const [only, ...more] = lines.map(leafOf);
    return only && more.length === 0 ? only : { [inner]: lines.map(leafOf) };
  });
  const [only, ...more] = groups;
  return only && more.length === 0 ? only : { [outer]: groups };
}

function leafOf(line: Line): Condition {
  const n = Number(line.n);
  const tag = line.tag ? { tag: line.tag } : {};
  const of = linesOf(line.list);
  if (line.kind === 'courses') return { courses: { atLeast: n, ...tag, ...(of.length > 0 ? { of } : {}) } };
  if (line.kind === 'share') return { share: { of, atLeast: shareOf(line.percent) } };
  if (line.kind === 'hours') return { hours: { atLeast: n, ...tag } };
  if (line.kind === 'passed') return { passed: { assessment: line.list } };
  const share = shareOf(line.percent);
  // Whole minutes: 6.67 hours are 400 minutes, and no hair more.
  const minutesPerDay = Math.round(Number(line.hours) * 60);
  return { days: { atLeast: n, minutesPerDay, attendanceShare: share } };
}

type Head = {
  number: string;
  orderDate: string;
  issuer: string;
  issuerEn?: string | null | undefined;
  titleHi: string | null;
  titleEn: string | null;
};

/** An order that is there, as a form: to correct a draft, or to begin an amendment. */
export function formOfOrder(head: Head, rules: Rules): OrderForm {
  const form = formSaying(head, rules);
  if (!saysAll(form, rules)) throw beyondForm();
  return form;
}

/** Whether the form can say these rules, and nothing is lost or another on the way through it. */
export function fitsForm(rules: Rules): boolean {
  return saysAll(formSaying(noHead, rules), rules);
}

const noHead: Head = {
  ...{ number: '', orderDate: '', issuer: '', issuerEn: null },
  ...{ titleHi: null, titleEn: null },
};

function saysAll(form: OrderForm, rules: Rules): boolean {
  const { order: _, title: __, amends: ___, ...said } = fileOf(form);
  const read = rulesSchema.safeParse(said);
  return read.success && canonicalOf(read.data) === canonicalOf(rulesSchema.parse(rules));
}

/** A group of one is that one; what is usual may be said or left out. */
function canonicalOf(rules: Rules): string | undefined {
  const plain = ({ allOf, anyOf, ...leaf }: Condition): Condition => {
    const parts = (allOf ?? anyOf)?.map(plain);
    if (!parts) return leaf;
    const [only, ...more] = parts;
    return only && more.length === 0 ? only : allOf ? { allOf: parts } : { anyOf: parts };
  };
  const { remindersAfter: _, ...more } = rules;
  return canonicalize({ ...more, condition: plain(rules.condition), reminderDays: remindedOn(rules) });
}

function formSaying(head: Head, rules: Rules): OrderForm {
  const { scope, window, clocks } = rules;
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    ...emptyOrder(),
    ...{ number: head.number, orderDate: head.orderDate },
    ...{ issuer: head.issuer, issuerEn: head.issuerEn ?? '' },
    ...{ titleHi: head.titleHi ?? '', titleEn: head.titleEn ?? '', offices: scope.offices },
    ...{ groups: scope.groups ?? [], engagements: scope.engagements ?? [] },
    ...{ designations: (scope.designations ?? []).join('\n'), cadres: (scope.cadres ?? []).join('\n') },
    ...{ serviceMin: text(scope.serviceYears?.min), serviceMax: text(scope.serviceYears?.max) },
    ...('from' in window
      ? { window: 'fixed', from: window.from, to: window.to }
      : { window: 'relative', days: String(window.days), after: window.after }),
    ...groupsOf(rules.condition),
    ...{ renewals: rules.countRenewals, claims: rules.claims, graceDays: String(rules.graceDays) },
    proportional: rules.proportional === true,
    joinersMinimumDays: String(rules.joinersMinimumDays),
    ...reminderFields(remindedOn(rules)),
    ...{ stop: clocks.stop, leaveDays: String(clocks.leaveDays), deputation: clocks.deputation },
    retirementMonths: text(clocks.retirementMonths),
    ...{ sources: (rules.sources ?? []).join('\n') },
    ...{ doubtsHi: rules.doubts?.hi ?? '', doubtsEn: rules.doubts?.en ?? '' },
  };
}

/** Nobody types a number below zero. */
function reminderFields(days: number[]): Pick<OrderForm, 'remindBefore' | 'remindOn' | 'remindAfter'> {
  return {
    remindBefore: days.filter((day) => day > 0).join(', '),
    remindOn: days.includes(0),
    remindAfter: days
      .filter((day) => day < 0)
      .map((day) => -day)
      .join(', '),
  };
}

/** A condition as groups of lines; what is nested deeper comes out as another. */
function groupsOf(condition: Condition): Pick<OrderForm, 'match' | 'conditions'> {
  const match = condition.anyOf ? 'any' : 'all';
  const groups = condition.allOf ?? condition.anyOf ?? [condition];
  const inner = (group: Condition) => (match === 'all' ? group.anyOf : group.allOf) ?? [group];
  return { match, conditions: groups.map((group) => inner(group).map(lineOf)) };
}

/** The form would flatten, cut or round it, and so change what the order asks. */
function beyondForm(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस आदेश में ऐसा कुछ है जो फ़ॉर्म में नहीं लिखा जा सकता (जैसे अधिक गहरी शर्तें); इसे फ़ाइल से बदलें।',
      en: 'This order says something that the form cannot carry, such as conditions nested deeper; change it by its file.',
    },
    { reason: 'beyond_form' },
  );
}

function lineOf(leaf: Condition): Line {
  if (leaf.courses)
    return {
      ...newLine('courses'),
      ...{ n: String(leaf.courses.atLeast), tag: leaf.courses.tag ?? '' },
      list: (leaf.courses.of ?? []).join('\n'),
    };
  if (leaf.share)
    return { ...newLine('share'), percent: percentOf(leaf.share.atLeast), list: leaf.share.of.join('\n') };
  if (leaf.hours) return { ...newLine('hours'), n: String(leaf.hours.atLeast), tag: leaf.hours.tag ?? '' };
  if (leaf.days) {
    const { atLeast, minutesPerDay, attendanceShare } = leaf.days;
    const hours = String(Math.round((minutesPerDay / 60) * 100) / 100);
    return { ...newLine('days'), n: String(atLeast), hours, percent: percentOf(attendanceShare) };
  }
  return { ...newLine('passed'), list: leaf.passed?.assessment ?? '' };
}

// A shift of the point, so that any share comes back as it was; a division would round it.
function percentOf(share: number): string {
  return String(Number(`${share}e2`));
}

function shareOf(percent: string): number {
  return Number(`${percent}e-2`);
}
