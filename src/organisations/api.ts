import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { listOffices } from './list-offices.ts';

const officeShape = z.object({
  code: z.string(),
  nameHi: z.string(),
  nameEn: z.string().nullable(),
  parentCode: z.string().nullable(),
  kind: z.string().nullable(),
});
const query = z.object({
  roots: z
    .enum(['', '0', '1', 'true', 'false'])
    .optional()
    .transform((value) => value === '' || value === '1' || value === 'true'),
  parent: z.string().max(200).optional().describe('only the offices directly below this one'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().max(200).optional(),
});

export function officesApi(app: App): void {
  app.get(
    '/api/v1/offices',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['organisations'],
        summary: 'Offices by code',
        querystring: query,
        response: { 200: z.object({ items: z.array(officeShape), next: z.string().nullable() }) },
      },
    },
    (request) => {
      const { roots, parent, ...page } = request.query;
      return listOffices(request.ctx, { ...page, rootsOnly: roots, parentCode: parent });
    },
  );
}
