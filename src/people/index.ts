import { lockFactsWith, lockFactsWith } from '../kernel/facts.ts';
import type { Feature } from '../kernel/feature.ts';
import { lockPersons } from './lock-persons.ts';
import { meRoutes } from './me.ts';
import { privacyRoutes } from './privacy/routes.tsx';
import { signInRoutes } from './sign-in/http.tsx';
import { loadDemonstrationSignIns } from './sign-in/load-demonstration.ts';
import { lockPersons } from './stores/lock-persons.ts';
import { tokenCommand } from './tokens/command.ts';

export { identify } from './identify.ts';
/** The privacy notice in the language of the page, and the version that an acceptance is kept with. */
export { privacyNoticeVersion } from './privacy/notice-text.ts';
export { PrivacyNotice } from './privacy/privacy-notice.tsx';
/** Opens a session for a person who has proved himself, in the caller's transaction. */
export { openSession } from './sign-in/open-session.ts';
/** Makes an API token for a role over an office, or for a person as a learner; returns its text once. */
export { makeToken } from './tokens/make-token.ts';

export const people: Feature = {
  name: 'people',
  prepare() {
    lockFactsWith(lockPersons);
  },
  http(app) {
    signInRoutes(app);
    meRoutes(app);
    privacyRoutes(app);
  },
  commands: [tokenCommand],
  async demonstration(ctx) {
    await loadDemonstrationSignIns(ctx);
  },
};
