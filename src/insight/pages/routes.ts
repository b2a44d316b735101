import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { rolesSeeingFigures } from '../../organisations/index.ts';
import { firstOfficeWork, seeOther } from '../../shell/site/index.ts';
import { courseFigures, rolesReadingCourses } from '../course-figures.ts';
import { exportPersons, listPersons, personFilters } from '../list-persons.ts';
import { ownOffices } from '../own-offices.ts';
import { personsCsv, personsXlsx } from '../report-table.ts';
import { takeTraining } from '../take-training.ts';
import { childSorts, trainingReport } from '../training-report.ts';
import { sendCoursePage } from './course-page.tsx';
import { sendDefinitionsPage } from './definitions-page.tsx';
import { sendOwnOfficesPage } from './own-offices-page.tsx';
import { sendPersonsPage } from './persons-page.tsx';
import { sendTrainingPage } from './training-page.tsx';
import { trainingHref } from './words.ts';

const params = z.object({ code: z.string().max(200) });
const filed = z.object({ code: z.string().max(200), format: z.string().max(10) });
const reportQuery = z.object({
  asOf: z.string().max(40).optional(),
  view: z.enum(['people', 'activity']).optional(),
  sort: z.enum(childSorts).optional(),
  rows: z.literal('all').optional(),
});
const personsQuery = z.object({
  asOf: z.string().max(40).optional(),
  show: z.enum(personFilters).optional(),
  q: z.string().max(100).optional(),
  after: z.string().max(2000).optional(),
  numbers: z.literal('1').optional(),
});
const figures = { access: { roles: rolesSeeingFigures } };

export function servePages(app: App): void {
  app.get('/office', { config: { access: 'signed-in' }, schema: { hide: true } }, async (request, reply) => {
    const offices = await ownOffices(request.ctx);
    const [only] = offices;
    if (only && offices.length === 1) return seeOther(reply, trainingHref(only.code));
    const work = offices.length === 0 ? firstOfficeWork(request.ctx.actor) : undefined;
    return work ? seeOther(reply, work) : sendOwnOfficesPage(request, reply, offices);
  });
  app.get(
    '/office/definitions',
    { config: { access: 'signed-in' }, schema: { hide: true } },
    async (request, reply) => sendDefinitionsPage(request, reply),
  );
  servePersons(app);
  serveTraining(app);
  const course = { config: { access: { roles: rolesReadingCourses } }, schema: { params, hide: true } };
  app.get('/office/courses/:code/figures', course, async (request, reply) =>
    sendCoursePage(request, reply, await courseFigures(request.ctx, request.params.code)),
  );
}

function serveTraining(app: App): void {
  const page = { config: figures, schema: { params, querystring: reportQuery, hide: true } };
  app.get('/office/offices/:code/training', page, async (request, reply) => {
    const report = await trainingReport(request.ctx, { code: request.params.code, ...request.query });
    return sendTrainingPage(request, reply, report, request.query);
  });
  const file = {
    config: { ...figures, file: 'training' as const },
    schema: { params: filed, querystring: reportQuery, hide: true },
  };
  app.get('/office/offices/:code/training.:format', file, async (request, reply) => {
    const { code, format } = request.params;
    if (format !== 'csv' && format !== 'xlsx' && format !== 'pdf') throw notFound();
    const body = await takeTraining(request.ctx, { code, ...request.query }, format);
    return sendFile(reply, { name: `${code}-training`, format, body });
  });
}

function servePersons(app: App): void {
  const page = { config: figures, schema: { params, querystring: personsQuery, hide: true } };
  app.get('/office/offices/:code/training/people', page, async (request, reply) => {
    const { show, q, numbers, ...rest } = request.query;
    const found = await listPersons(request.ctx, {
      code: request.params.code,
      filter: show,
      search: q,
      numbers: numbers ? 'full' : 'masked',
      ...rest,
    });
    return sendPersonsPage(request, reply, { page: found, asked: request.query.asOf });
  });
  const file = {
    config: { ...figures, file: 'office_persons' as const },
    schema: { params: filed, querystring: personsQuery, hide: true },
  };
  app.get('/office/offices/:code/training/people.:format', file, async (request, reply) => {
    const { code, format } = request.params;
    const { show, q, asOf } = request.query;
    if (format !== 'csv' && format !== 'xlsx') throw notFound();
    const list = await exportPersons(request.ctx, { code, filter: show, search: q, asOf, format });
    const rows = format === 'csv' ? personsCsv : personsXlsx;
    return sendFile(reply, { name: `${code}-people`, format, body: rows(list, languageOf(request)) });
  });
}

function languageOf(request: FastifyRequest) {
  return request.ctx.language;
}
