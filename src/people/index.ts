import { lockFactsWith } from '../kernel/facts.ts';
import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { lasting } from '../kernel/jobs.ts';
import { addReconciler } from '../kernel/reconcilers.ts';
import { setPostedAfter, setPostedCounts } from '../organisations/index.ts';
import { addDeskLinks } from './desk/links.ts';
import { refreshNameSearch } from './desk/refresh-name-search.ts';
import { postedAfter, postedCounts } from './desk/stores/posting-writes.ts';
import { rosterKind } from './import/roster-kind.ts';
import { meRoutes } from './me.ts';
import { forgetDecided } from './privacy/forget-decided.ts';
import { reconcilePostings } from './reconcile-postings.ts';
import { tellApplicant } from './registration/tell-applicant.ts';
import { appointCommand, secondFactorResetCommand, slipCommand } from './roles/commands.ts';
import { addRoleLinks, roleRoutes } from './roles/routes.tsx';
import { peopleRoutes } from './routes.ts';
import { prepareSignIn, signInRoutes } from './sign-in/index.ts';
import { signInCrontab, signInJobs } from './sign-in/jobs.ts';
import { loadDemonstrationSignIns } from './sign-in/load-demonstration.ts';
import { lockFreePersons, lockPersons } from './stores/lock-persons.ts';
import { tokenCommand } from './tokens/command.ts';
import { addTokenLinks, tokenRoutes } from './tokens/routes.tsx';

/** A job's context as whoever asked for its work, by the rights that he has now. */
export { type Asked, asAsked } from './as-asked.ts';
/** A mobile or address with its middle hidden, as it stands wherever nobody's look is recorded. */
/** The message that says an audited act in words. */
export { actKey } from './desk/act-words.ts';
export { maskEmail, maskMobile } from './desk/contact.ts';
/** Where a person's questions lie, and whom to tell of what happens at an office. */
export { countNodalOfficers, deskOfPerson, nodalOfficersFor, type PersonDesk } from './desk/desks.ts';
/** Changes what is known of one person, the name with its reason; certificates follow by the hook. */
export { editPerson } from './desk/edit-person.ts';
/** Ends every posting that is open on the day of a death, in the transaction of whoever records it. */
export { endPostingsAtDeath } from './desk/end-posting.ts';
/** That somebody took a paper of another: a certificate, a statement, what was handed in with a claim. */
export { keepPaper } from './desk/keep-paper.ts';
/** A leader's look at what belongs to named persons is written down. */
export { keepLeadersLooks } from './desk/leaders-look.ts';
/**
 * A typed name as LIKE patterns over `person.search_text`, in either script; and for who writes persons by sets, what a
 * person of these names is found by.
 */
export { namePatterns, nameSearchText } from './desk/name-search.ts';
/** A person within the actor's offices; that one looked is written down. */
export { readPerson } from './desk/person-view.ts';
/** The rules of a person's name as it is typed, in each script. */
export { nameEn, nameHi } from './desk/schema.ts';
/**
 * What features above hang themselves on: a merge of two records, a corrected name, an event of the desk, a
 * card on a person's page or profile.
 */
export {
  addPersonSection,
  type DeskEvent,
  type MergeEffect,
  type MergeHandler,
  type MergePair,
  type NameCorrection,
  onDeskEvent,
  onNameCorrected,
  onPersonsMerged,
  type PersonSection,
} from './hooks.ts';
export { identify } from './identify.ts';
/** The front page's body for who is not signed in; the feature that owns `/` draws it. */
export { PublicFront, type PublicFrontProps } from './pages/public-front.tsx';
/** The button from a masked contact to the whole one. */
export { RevealContact } from './pages/reveal-contact.tsx';
/** For whoever else keeps what the notice promises to delete after 400 days. */
export { auditForgotten, keptSince } from './privacy/forget-decided.ts';
/** The privacy notice in the language of the page, and the version that an acceptance is kept with. */
export { privacyNoticeVersion } from './privacy/notice-text.ts';
export { PrivacyNotice } from './privacy/privacy-notice.tsx';
/** Gives a role over an office: with the present charge, until ended, or as a link officer. */
export { grantRole } from './roles/grant-role.ts';
/** A mobile as people write it: ten digits, or undefined. */
export { mobileOf } from './sign-in/identifier.ts';
/** Opens a session for a person who has proved himself, in the caller's transaction. */
export { openSession } from './sign-in/open-session.ts';
/** The rights that a person holds today, for what is done in his name by a job. */
export { effectiveGrantsOf } from './sign-in/stores/sessions.ts';
/** Makes an API token for a role over an office, or for a person as a learner; returns its text once. */
/** A condition of SQL for importers: whose people a file may speak of. */
export { isPostedIn } from './stores/posted-in.ts';
export { makeToken } from './tokens/make-token.ts';

export const people: Feature = {
  name: 'people',
  prepare(runtime) {
    lockFactsWith({ lock: lockPersons, lockFree: lockFreePersons });
    prepareSignIn(runtime);
    addRoleLinks();
    addTokenLinks();
    addDeskLinks();
    setPostedCounts((ctx, officeId, day) => postedCounts(ctx.db.read, { officeId, day }));
    setPostedAfter((tx, officeId, day) => postedAfter(tx, { officeId, day }));
    registerImportKind(rosterKind);
    addReconciler('postings', reconcilePostings, async () => undefined);
  },
  http(app) {
    signInRoutes(app);
    roleRoutes(app);
    tokenRoutes(app);
    meRoutes(app);
    peopleRoutes(app);
  },
  jobs: (runtime) => ({
    ...signInJobs(runtime),
    'people:name-search': lasting(async (ctx) => {
      await refreshNameSearch(ctx);
    }),
    'people:forget': forgetDecided,
    'people:tell-applicant': async (ctx, payload) => {
      await tellApplicant(ctx, String(payload['registrationId']));
    },
  }),
  crontab: ['* * * * * people:name-search ?max=1', '50 20 * * * people:forget ?max=1', ...signInCrontab],
  commands: [tokenCommand, appointCommand, slipCommand, secondFactorResetCommand],
  async demonstration(ctx) {
    await loadDemonstrationSignIns(ctx);
  },
};
