import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { whole, wholeList } from '../../kernel/lists.ts';
import { rolesDeciding } from '../deciding.ts';
import { byPerson } from '../fields.ts';
import { endServiceEvent, takeBackServiceEvent } from './end-service-event.ts';
import { recordServiceEvent } from './record-service-event.ts';
import { byServiceEvent, serviceEnd, serviceInput, serviceKinds, takenBack } from './schema.ts';
import { ownServiceEvents, type ServiceEvent, serviceEventsOf } from './service-events.ts';

const tags = ['mandates'];
const nodal = { access: { roles: rolesDeciding } } as const;
const made = z.object({ id: z.string() });
const eventShape = z.object({
  id: z.string(),
  kind: z.enum(serviceKinds),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  orderNumber: z.string().nullable(),
  reason: z.string().nullable().describe('For the person and for who recorded it; null for everybody else'),
  recordedAt: z.date(),
});
const events = wholeList(eventShape);

/** Facts of service that stop or move the clocks of orders. */
export function serviceApi(app: App): void {
  app.get(
    '/api/v1/persons/:personId/service-events',
    {
      config: nodal,
      schema: { tags, summary: 'Facts of a person’s service', params: byPerson, response: { 200: events } },
    },
    async (request) => whole((await serviceEventsOf(request.ctx, request.params.personId)).map(viewOf)),
  );
  app.get(
    '/api/v1/me/service-events',
    {
      config: { access: 'person' },
      schema: { tags, summary: 'Facts of one’s own service', response: { 200: events } },
    },
    async (request) => whole((await ownServiceEvents(request.ctx)).map(viewOf)),
  );
  app.post(
    '/api/v1/persons/:personId/service-events',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Record leave, suspension, deputation out, late joining or a death',
        params: byPerson,
        body: serviceInput,
        response: { 201: made },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await recordServiceEvent(request.ctx, request.params.personId, request.body)),
  );
  changes(app);
}

function changes(app: App): void {
  app.post(
    '/api/v1/persons/:personId/service-events/:serviceEventId/end',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Say on which day it ended; the entry gets a new id, the former is kept',
        params: byServiceEvent,
        body: serviceEnd,
        response: { 200: made },
      },
    },
    (request) => endServiceEvent(request.ctx, request.params, request.body),
  );
  app.post(
    '/api/v1/persons/:personId/service-events/:serviceEventId/withdrawal',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Take an entry back',
        params: byServiceEvent,
        body: takenBack,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await takeBackServiceEvent(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
}

function viewOf(event: ServiceEvent): z.input<typeof eventShape> {
  const { serviceEventId, kind, startsOn, endsOn, orderNumber, reason, recordedAt } = event;
  return { id: serviceEventId, kind, startsOn, endsOn, orderNumber, reason, recordedAt };
}
