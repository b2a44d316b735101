import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Refusal } from '../src/kernel/errors.ts';
import { closeOffice } from '../src/organisations/desk/close-office.ts';
import { addOffice } from '../src/organisations/desk/keep-office.ts';
import { addPosting } from '../src/people/desk/add-posting.ts';
import { endPosting } from '../src/people/desk/end-posting.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());

test('an office does not close before a posting that begins later; the nodal officer reads whose it is', async () => {
  const ramesh = world.as('ramesh');
  const code = 'SW-BBK-H2';
  await addOffice(ramesh, { parentCode: 'SW-BBK', code, nameHi: 'छात्रावास' });
  const personId = world.personId('sunita');
  const posting = { kind: 'additional_charge' as const, startsOn: '2027-01-01' };
  const { postingId } = await addPosting(ramesh, { personId, officeCode: code, ...posting });
  const close = (key: string, validUntil: string) => closeOffice(world.as(key), { code, validUntil });
  const isRefused = (error: Refusal) => {
    assert.equal(error.reason, 'office_not_empty');
    assert.match(error.text.hi, /30 नवंबर 2026 के बाद यहाँ 1 कार्मिक की पदस्थापना प्रारंभ होगी/);
    assert.match(error.text.hi, /सुनीता.*, SW1001: 1 जनवरी 2027 से/);
    assert.match(error.text.en, /1 posting here will begin \(.*SW1001: from 1 January 2027\)/);
    return true;
  };
  await assert.rejects(close('ramesh', '2026-11-30'), isRefused);
  await assert.rejects(
    close('operator', '2026-11-30'),
    (error: Refusal) => !error.text.hi.includes('SW1001'),
  );
  await assert.rejects(close('ramesh', '2027-06-30'), /one person is still posted here/);
  await endPosting(ramesh, { personId, postingId, endsOn: '2027-03-31', endReason: 'other' });
  await close('ramesh', '2027-03-31');
});
