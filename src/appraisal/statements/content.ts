import type { Day } from '../../kernel/dates.ts';

export type TwoScripts = { hi: string | null; en: string | null };

/** How an order stands for a person at the cut-off, as the mandates tell it. */
export type MandateLine = {
  number: string;
  title: TwoScripts;
  status: 'met' | 'metLate' | 'open' | 'overdue' | 'exempt';
  dueOn: Day | null;
  reachedOn: Day | null;
};

/** How an item was verified: what anybody who doubts it has to look at. */
export type Verified = {
  /** decided: by the server from what it saw; imported: from another system; claimed: a certificate that an officer accepted; attendance: the register of a session. */
  how: 'decided' | 'imported' | 'claimed' | 'attendance';
  source: string | null;
  recordedOn: Day;
};

export type StatementItem = {
  kind: 'course' | 'session' | 'claim';
  code: string | null;
  title: TwoScripts;
  provider: string | null;
  mode: 'online' | 'classroom' | 'residential' | 'other';
  begunOn: Day | null;
  completedOn: Day;
  minutes: number;
  isRenewal: boolean;
  /** False for a renewal, and where the same training is counted by another item. */
  isCounted: boolean;
  competencies: { key: string; level: number | null; name: TwoScripts }[];
  scorePercent: number | null;
  certificateNo: string | null;
  verified: Verified;
};

export type StatementPosting = {
  office: TwoScripts & { code: string };
  designation: TwoScripts | null;
  cadre: string | null;
  group: string | null;
  engagement: string | null;
  kind: string;
  from: Day;
  to: Day | null;
};

export type Totals = {
  courses: number;
  renewals: number;
  onlineMinutes: number;
  /** Accepted claims of what was done elsewhere, in whatever way; in the first form they are among the online ones. */
  elsewhereMinutes?: number;
  classroomMinutes: number;
  minutes: number;
  /** Days of training as `trainingDays` counts them; in the first form every day with a session in a room. */
  days: number;
};

/** Statements are made in the newest form, and made again in their own. */
export type StatementForm = 1 | 2;

/** What a statement says. Its canonical JSON is what is signed; every field is there, null where nothing is known. */
export type StatementContent = {
  form: StatementForm;
  number: string | null;
  year: string;
  period: { from: Day; to: Day };
  cutOff: Day;
  /** Only what had been recorded by this instant is in it; null in a preview. */
  frozenAt: string | null;
  calendar: { code: string; orderNumber: string | null; orderDate: Day | null };
  government: TwoScripts;
  department: TwoScripts | null;
  person: { name: TwoScripts; code: string | null; issuer: string };
  post: {
    designation: TwoScripts | null;
    group: string | null;
    office: TwoScripts & { code: string };
  } | null;
  postings: StatementPosting[];
  items: StatementItem[];
  mandates: MandateLine[];
  totals: Totals;
  /** The statement that this one takes the place of. */
  replaces: { number: string; reason: string; orderNumber: string | null } | null;
};

/** A posting as kept in a statement's inputs: postings are changed in place, so their dated values are kept here. */
export type InputPosting = {
  id: string;
  officeId: string;
  /** The offices above and itself, root first, as the tree stood. */
  path: string[];
  designationId: string | null;
  cadreId: string | null;
  group: string | null;
  engagement: string | null;
  kind: string;
  from: Day;
  to: Day | null;
  isPrimary: boolean;
};

/** What of a completion lies in rows that later events move or replace. */
export type InputItem = {
  id: string;
  isRenewal: boolean;
  begunOn: Day | null;
  certificateNo: string | null;
  scorePercent: number | null;
};

/** What a statement keeps of its own, since events overwrite it or its history is not kept elsewhere. */
export type StatementInputs = {
  person: { nameHi: string | null; nameEn: string | null; code: string | null; issuer: string };
  postings: InputPosting[];
  items: InputItem[];
  mandates: MandateLine[];
  /** Items of other kinds (accepted claims, sessions attended), whole. */
  others: StatementItem[];
};

/** What a completion's row says for good: it is never changed, only voided. */
export type CompletionFact = {
  id: string;
  courseId: string;
  completedOn: Day;
  source: string;
  foreignCertificateNo: string | null;
  minutes: number;
  recordedOn: Day;
};

export type WordKind = 'course' | 'office' | 'designation' | 'cadre' | 'competency';
/** Words as they stood: of a course also code, provider, competencies; of an office code and kind. */
export type Word = {
  hi: string | null;
  en: string | null;
  code?: string | null;
  kind?: string | null;
  provider?: string | null;
  competencies?: string[];
};
export type Words = (kind: WordKind, key: string) => Word | undefined;
