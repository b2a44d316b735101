import { appraisal } from './appraisal/index.ts';
import { assessment } from './assessment/index.ts';
import { campaigns } from './campaigns/index.ts';
import { catalogue } from './catalogue/index.ts';
import { competencies } from './competencies/index.ts';
import { credentials } from './credentials/index.ts';
import { curriculum } from './curriculum/index.ts';
import { imports } from './imports/index.ts';
import { insight } from './insight/index.ts';
import type { Feature } from './kernel/feature.ts';
import { learning } from './learning/index.ts';
import { mandates } from './mandates/index.ts';
import { notices } from './notices/index.ts';
import { operation } from './operation/index.ts';
import { organisations } from './organisations/index.ts';
import { people } from './people/index.ts';
import { reminders } from './reminders/index.ts';
import { reports } from './reports/index.ts';
import { review } from './review/index.ts';
import { shell } from './shell/site/index.ts';

/**
 * Every feature of this installation, in the order in which they are prepared, draw their routes and load the
 * demonstration. Which may import which is another order: ARCHITECTURE.md tells it, and a test holds it.
 */
export const features: Feature[] = [
  shell,
  organisations,
  people,
  catalogue,
  competencies,
  learning,
  credentials,
  assessment,
  mandates,
  curriculum,
  appraisal,
  reminders,
  insight,
  reports,
  review,
  campaigns,
  notices,
  imports,
  operation,
];
