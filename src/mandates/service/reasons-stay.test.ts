import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { features } from '../../features.ts';
import type { App } from '../../kernel/feature.ts';
import { createApp } from '../../kernel/http/app.ts';
import { identify, makeToken } from '../../people/index.ts';
import { renderProblem } from '../../shell/site/index.ts';
import { grantExemption } from '../exemptions/grant-exemption.ts';
import { recordServiceEvent } from './record-service-event.ts';
import { publishedOrder } from './test-orders.ts';

const world = await openWorld();
after(() => world.close());
const sunita = world.personId('sunita');
const order = '4/2026';
const mandateId = await publishedOrder(world, order);
const kept = 'अत्यंत-निजी-कारण';
const leave = { kind: 'suspension', startsOn: '2026-10-01', reason: kept } as const;
const { id: serviceEventId } = await recordServiceEvent(world.as('ramesh'), sunita, leave);
const exemption = {
  mandate: order,
  reasonClass: 'medical',
  orderNumber: '5',
  startsOn: '2026-11-01',
  reason: kept,
} as const;
const { id: exemptionId } = await grantExemption(world.as('ramesh'), sunita, exemption);

const urls: string[] = [];
const app = await openApp();
after(() => app.close());

test('no route shows the reason of a leave, suspension or exemption to anybody but the approver and the person', async () => {
  const token = async (role: string) => ({
    authorization: `Bearer ${await makeToken(world.system, { officeCode: 'SW', role })}`,
  });
  const strangers = [
    (await signedIn(world, 'anita')).headers,
    (await signedIn(world, 'auditor')).headers,
    await token('appraisal'),
  ];
  const told: string[] = [];
  for (const headers of strangers)
    for (const url of urls) if ((await bodyOf(url, headers)).includes(kept)) told.push(url);
  assert.deepEqual(told, []);
  assert.ok(urls.length > 100);
});

test('the approver and the person read it', async () => {
  const own = await bodyOf('/my-service', (await signedIn(world, 'sunita')).headers);
  const approver = await bodyOf(
    `/office/persons/${sunita}/service`,
    (await signedIn(world, 'ramesh')).headers,
  );
  assert.deepEqual([own.split(kept).length - 1, approver.split(kept).length - 1], [2, 2]);
});

async function bodyOf(url: string, headers: Record<string, string>): Promise<string> {
  return (await app.inject({ url, headers })).body;
}

/** Every address that is read, with the ids of what is kept in its parameters. */
async function openApp(): Promise<App> {
  const collected = features.map((feature) => ({
    ...feature,
    http: async (scope: App, runtime: typeof world.runtime) => {
      scope.addHook('onRoute', ({ method, url }) => {
        if ([method].flat().includes('GET')) urls.push(sampleUrl(url));
      });
      await feature.http?.(scope, runtime);
    },
  }));
  const made = await createApp({ runtime: world.runtime, features: collected, identify, renderProblem });
  await made.ready();
  return made;
}

function sampleUrl(url: string): string {
  return url
    .replace(/:personId\b/, sunita)
    .replace(/:serviceEventId\b/, serviceEventId)
    .replace(/:exemptionId\b/, exemptionId)
    .replace(/:mandateId\b/, mandateId)
    .replace(/:number\b/, encodeURIComponent(order))
    .replace(/(offices|office)\/:code\b/, '$1/SW-BBK')
    .replace(/:officeCode\b/, 'SW-BBK')
    .replace(/:(id|\w+Id)\b(\([^)]*\))?/g, sunita)
    .replace(/:\w+(\([^)]*\))?/g, 'NONE')
    .replace(/\*/g, 'none');
}
