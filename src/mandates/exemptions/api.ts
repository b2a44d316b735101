import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { whole, wholeList } from '../../kernel/lists.ts';
import { rolesDeciding } from '../deciding.ts';
import { byPerson } from '../fields.ts';
import { takenBack } from '../service/schema.ts';
import { type Exemption, exemptionsOfPerson, ownExemptions } from './exemptions.ts';
import { grantExemption, takeBackExemption } from './grant-exemption.ts';
import { byExemption, exemptionInput, reasonClasses } from './schema.ts';

const tags = ['mandates'];
const nodal = { access: { roles: rolesDeciding } } as const;
const exemptionShape = z.object({
  id: z.string(),
  mandate: z.string(),
  reasonClass: z.enum(reasonClasses),
  reason: z.string().nullable().describe('For the person and the approver; null for everybody else'),
  orderNumber: z.string(),
  approver: z.object({ nameHi: z.string().nullable(), nameEn: z.string().nullable() }),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  recordedAt: z.date(),
});
const list = wholeList(exemptionShape);

/** Exemptions from orders: granted by a nodal officer, each with class of reason, order and approver. */
export function exemptionApi(app: App): void {
  app.get(
    '/api/v1/persons/:personId/exemptions',
    {
      config: nodal,
      schema: { tags, summary: 'A person’s exemptions', params: byPerson, response: { 200: list } },
    },
    async (request) => whole((await exemptionsOfPerson(request.ctx, request.params.personId)).map(viewOf)),
  );
  app.get(
    '/api/v1/me/exemptions',
    {
      config: { access: 'person' },
      schema: { tags, summary: 'One’s own exemptions', response: { 200: list } },
    },
    async (request) => whole((await ownExemptions(request.ctx)).map(viewOf)),
  );
  app.post(
    '/api/v1/persons/:personId/exemptions',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Exempt a person from an order; the actor is the approver',
        params: byPerson,
        body: exemptionInput,
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await grantExemption(request.ctx, request.params.personId, request.body)),
  );
  app.post(
    '/api/v1/persons/:personId/exemptions/:exemptionId/withdrawal',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Take an exemption back',
        params: byExemption,
        body: takenBack,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await takeBackExemption(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
}

function viewOf(row: Exemption): z.input<typeof exemptionShape> {
  const { exemptionId, mandateNumber, reasonClass, reason, orderNumber, startsOn, endsOn, recordedAt } = row;
  const approver = { nameHi: row.byHi, nameEn: row.byEn };
  return {
    ...{ id: exemptionId, mandate: mandateNumber, reasonClass, reason, orderNumber, approver },
    ...{ startsOn, endsOn, recordedAt },
  };
}
