import type { Feature } from '../kernel/feature.ts';
import { meRoutes } from './me.ts';
import { signInRoutes } from './sign-in/http.tsx';
import { loadDemonstrationSignIns } from './sign-in/load-demonstration.ts';
import { tokenCommand } from './tokens/command.ts';

export { identify } from './identify.ts';
/** Opens a session for a person who has proved himself, in the caller's transaction. */
export { openSession } from './sign-in/open-session.ts';
/** Makes an API token for a role over an office, or for a person as a learner; returns its text once. */
export { makeToken } from './tokens/make-token.ts';

export const people: Feature = {
  name: 'people',
  http(app) {
    signInRoutes(app);
    meRoutes(app);
  },
  commands: [tokenCommand],
  async demonstration(ctx) {
    await loadDemonstrationSignIns(ctx);
  },
};
