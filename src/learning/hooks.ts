import type { ComponentChildren } from 'preact';
import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import type { Resumed } from './enrolment-store.ts';

/** A certificate that a person holds, as told by whoever issues them. */
export type CertificateLink = { completionId: string; courseId: string; certificateNo: string; href: string };
type CertificateLinks = (ctx: Ctx, personId: string) => Promise<CertificateLink[]>;

let links: CertificateLinks = async () => [];

/**
 * Set by the feature that issues certificates: all that the person holds now, replaced and revoked ones
 * left out. Learning lies below it and links to them from home, course and completion.
 */
export function setCertificateLink(provider: CertificateLinks): void {
  links = provider;
}

export function certificateLinksOf(ctx: Ctx, personId: string): Promise<CertificateLink[]> {
  return links(ctx, personId);
}

/** One line that waits on a person's home: what happened, and where to look. */
export type HomeNotice = {
  key: string;
  text: string;
  href: string;
  madeAt: Date;
  /** The last day on which something can be done about it. */
  until?: Day;
};
type HomeNotices = (ctx: Ctx, personId: string) => Promise<HomeNotice[]>;

const noticeProviders = new Map<string, HomeNotices>();

/** Adds a source of lines for the top of a learner's home; those with a last day stand first, then the newest. Keep it to one quick query. */
export function addHomeNotice(name: string, provider: HomeNotices): void {
  noticeProviders.set(name, provider);
}

export async function homeNoticesOf(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const found = await Promise.all([...noticeProviders.values()].map((provider) => provider(ctx, personId)));
  return found.flat().sort(byUrgency);
}

/** What has a last day stands before what only tells something; the newest of those first. */
function byUrgency(a: HomeNotice, b: HomeNotice): number {
  const [first, second] = [a.until ?? '9999', b.until ?? '9999'];
  return first === second ? b.madeAt.getTime() - a.madeAt.getTime() : first < second ? -1 : 1;
}

/** A card above everything else on a learner's home; nothing where it has nothing to say. */
type HomeCard = (ctx: Ctx, personId: string) => Promise<ComponentChildren>;
const homeCards = new Map<string, HomeCard>();

/** Adds a card to the top of a learner's home: what is due by an order. Keep it to one quick query. */
export function addHomeCard(name: string, card: HomeCard): void {
  homeCards.set(name, card);
}

export function homeCardsOf(ctx: Ctx, personId: string): Promise<ComponentChildren[]> {
  return Promise.all([...homeCards.values()].map((card) => card(ctx, personId)));
}

type ResumedHandler = (tx: Tx, resumed: Resumed[]) => Promise<void>;
const resumedHandlers: ResumedHandler[] = [];

/** Runs `handler` where persons take up a course that they had left: what it keeps by enrolment goes on in the new one. */
export function onCoursesResumed(handler: ResumedHandler): void {
  if (!resumedHandlers.includes(handler)) resumedHandlers.push(handler);
}

export async function tellResumed(tx: Tx, resumed: Resumed[]): Promise<void> {
  for (const handler of resumedHandlers) await handler(tx, resumed);
}

/** How a person stands before a test that is drawn for him, as told by whoever draws it. */
export type TestStanding = {
  courseId: string;
  courseCode: string;
  lessonCode: string;
  titleHi: string | null;
  titleEn: string | null;
  state: 'open' | 'waiting' | 'cooling' | 'failed' | 'used';
  /** Of an open one when it is due, of a pause when it ends. */
  until: Date | null;
  href: string;
};
type TestStandings = (ctx: Ctx, personId: string) => Promise<TestStanding[]>;
let testStandings: TestStandings = async () => [];

/** Set by the feature that draws tests: those of courses that go on and that were begun and not passed. */
export function setTestStandings(provider: TestStandings): void {
  testStandings = provider;
}

export function testStandingsOf(ctx: Ctx, personId: string): Promise<TestStanding[]> {
  return testStandings(ctx, personId);
}
