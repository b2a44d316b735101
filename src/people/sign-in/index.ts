import type { App, Runtime } from '../../kernel/feature.ts';
import { addSiteLink } from '../../shell/site/index.ts';
import { addPersonSection } from '../hooks.ts';
import { signInSection } from './pages/sections.tsx';
import { accountRoutes } from './routes/account.tsx';
import { firstUseRoutes } from './routes/first-use.tsx';
import { flowRoutes } from './routes/flow.tsx';
import { mailboxRoutes } from './routes/mailbox.tsx';
import { signInOfficeRoutes } from './routes/office.tsx';
import { secondFactorRoutes } from './routes/second-factor.tsx';
import { signInRoutes as entryRoutes } from './routes/sign-in.tsx';
import { prepareSealing } from './sealing.ts';
import { rolesHelping } from './stores/helping.ts';

export function prepareSignIn(runtime: Runtime): void {
  prepareSealing(runtime);
  addPersonSection({ name: 'sign-in', on: 'office', order: 80, render: signInSection });
  addSiteLink({
    key: 'sign-in',
    area: 'public',
    label: 'signin.title',
    href: '/sign-in',
    icon: 'lock',
    order: 90,
  });
  addSiteLink({
    key: 'sign-in-requests',
    area: 'office',
    label: 'signin.requestsTitle',
    href: '/office/sign-in-requests',
    icon: 'lock',
    roles: rolesHelping,
    group: 'people',
    order: 60,
  });
}

export function signInRoutes(app: App): void {
  entryRoutes(app);
  flowRoutes(app);
  firstUseRoutes(app);
  accountRoutes(app);
  secondFactorRoutes(app);
  mailboxRoutes(app);
  signInOfficeRoutes(app);
}
