import { Readable } from 'node:stream';
import { raiseObjection } from '../src/appraisal/objections/raise-objection.ts';
import { askStatements, runStatements } from '../src/appraisal/statements/run-job.ts';
import { statementsOfPerson } from '../src/appraisal/stores/statements.ts';
import { makeClaim } from '../src/mandates/claims/make-claim.ts';
import { claimInput } from '../src/mandates/claims/schema.ts';
import { grantExemption } from '../src/mandates/exemptions/grant-exemption.ts';
import { exemptionInput } from '../src/mandates/exemptions/schema.ts';
import { askExtension } from '../src/mandates/extensions/ask-extension.ts';
import { commitMandate } from '../src/mandates/import-mandate.ts';
import { settleMandates } from '../src/mandates/index.ts';
import { readOrder } from '../src/mandates/rules/order-file.ts';
import { recordServiceEvent } from '../src/mandates/service/record-service-event.ts';
import { serviceInput } from '../src/mandates/service/schema.ts';
import { plainPdf } from '../test/pdf.ts';
import type { World } from '../test/world.ts';

export type FurnishedOrders = { mandate: string; claim: string; request: string; statement: string };

/** Orders with one who asks for time, one on leave, one exempt; a claim that waits; a statement under objection. */
export async function furnishOrders(world: World): Promise<FurnishedOrders> {
  const { id: mandate } = await commitMandate(world.as('anita'), readOrder(order('जाँच/1/2026')));
  await settleMandates(world.system);
  const { id: request } = await askExtension(world.as('sunita'), mandate, {
    until: '2027-05-01',
    reason: 'चुनाव ड्यूटी में लगी हूँ।',
  });
  await recordServiceEvent(
    world.as('anita'),
    world.personId('imran'),
    serviceInput.parse({ kind: 'long_leave', startsOn: '2026-10-01', endsOn: '2026-11-15' }),
  );
  await grantExemption(
    world.as('anita'),
    world.personId('ramesh'),
    exemptionInput.parse({
      ...{
        mandate: 'जाँच/1/2026',
        reasonClass: 'administrative',
        orderNumber: '7/स्था',
        startsOn: '2026-11-01',
      },
    }),
  );
  const claim = claimInput.parse({
    ...{ title: 'एआई का परिचय', provider: 'iGOT', minutes: '90', completedOn: '2026-10-01' },
  });
  const file = { source: Readable.from([plainPdf(1)]), name: 'प्रमाणपत्र.pdf' };
  const { id: claimId } = await makeClaim(world.as('sunita'), world.runtime.storage, { claim, file });
  return { mandate, claim: claimId, request, statement: await disputedStatement(world) };
}

function order(number: string) {
  return {
    order: { number, date: '2026-04-01', issuer: 'समाज कल्याण विभाग' },
    title: { hi: 'वर्ष में तीन कोर्स, एक एआई का', en: 'Three courses a year, one on AI' },
    scope: { offices: ['SW'] },
    window: { from: '2026-04-01', to: '2027-03-31' },
    condition: { allOf: [{ courses: { atLeast: 3 } }, { courses: { atLeast: 1, tag: 'ai' } }] },
  };
}

async function disputedStatement(world: World): Promise<string> {
  const job = await askStatements(world.system, { kind: 'freeze', year: '2025-26', officeCode: 'SW' });
  await runStatements(world.system, job.jobId);
  const sunita = world.as('sunita');
  const [own] = await statementsOfPerson(sunita.db.read, world.personId('sunita'));
  if (!own) throw new Error('no statement was frozen');
  await raiseObjection(sunita, { number: own.statementNo, body: 'मेरा एक कोर्स इसमें नहीं है।' });
  return own.statementNo;
}
