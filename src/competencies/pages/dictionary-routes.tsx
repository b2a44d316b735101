import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { foldText, skeleton } from '../../kernel/text/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import {
  type CompetencyBranch,
  competencyOf,
  competencyTree,
  coursesOfCompetency,
} from '../dictionary/tree.ts';
import { mayKeepDictionary, rolesKeepingDictionary } from '../policy.ts';
import { byKey } from '../schema.ts';
import { allFrameworks } from '../stores/dictionary.ts';
import { CompetencyPage, DictionaryPage } from './dictionary-pages.tsx';
import { deskHref, dictionaryHref, nameOf, type Say, sayOf } from './words.ts';

const listQuery = z.object({ q: z.string().trim().max(100).default('').catch('') });
const open = { access: 'public' } as const;

export function dictionaryRoutes(app: App): void {
  const list = { querystring: listQuery, hide: true };
  app.get(dictionaryHref, { config: open, schema: list }, (request, reply) =>
    sendList(request, reply, { base: dictionaryHref, q: request.query.q }),
  );
  app.get(
    deskHref,
    { config: { access: { roles: rolesKeepingDictionary } }, schema: list },
    // An editor below the root reads it; only one of a root changes it.
    (request, reply) => sendList(request, reply, { base: deskHref, q: request.query.q }),
  );
  app.get(
    `${dictionaryHref}/:key`,
    { config: open, schema: { params: byKey, hide: true } },
    async (request, reply) => {
      const { ctx } = request;
      const competency = await competencyOf(ctx, request.params.key);
      const [courses, frameworks, mayKeep] = await Promise.all([
        coursesOfCompetency(ctx, { key: competency.key }),
        allFrameworks(ctx.db.read),
        mayKeepDictionary(ctx),
      ]);
      const say = sayOf(request, frameworks[0]?.levelNames ?? []);
      return sendPage(
        request,
        reply,
        {
          title: nameOf(competency, ctx.language),
          activeLink: 'courses',
          breadcrumbs: [toCourses(say), { label: say.t('competencies.title'), href: dictionaryHref }],
        },
        <CompetencyPage competency={competency} courses={courses} say={say} mayKeep={mayKeep} />,
      );
    },
  );
}

const toCourses = ({ t }: Say) => ({ label: t('catalogue.allCourses'), href: '/courses' });

type List = { base: typeof dictionaryHref | typeof deskHref; q: string };

async function sendList(request: FastifyRequest, reply: FastifyReply, { base, q }: List) {
  const { ctx } = request;
  const isDesk = base === deskHref;
  const [tree, frameworks, mayKeep] = await Promise.all([
    foundTree(ctx, q, isDesk ? 'all' : 'offered'),
    allFrameworks(ctx.db.read),
    mayKeepDictionary(ctx),
  ]);
  const say = sayOf(request, frameworks[0]?.levelNames ?? []);
  const frame = { title: say.t('competencies.title'), activeLink: isDesk ? 'competencies' : 'courses' };
  return sendPage(
    request,
    reply,
    { ...frame, ...(isDesk ? { area: 'office' as const } : { breadcrumbs: [toCourses(say)] }) },
    <DictionaryPage tree={tree} frameworks={frameworks} q={q} say={say} base={base} mayKeep={mayKeep} />,
  );
}

/** Entries whose names or sub-themes have the words in them, in either script's spelling. */
async function foundTree(ctx: Ctx, q: string, show: 'offered' | 'all'): Promise<CompetencyBranch[]> {
  const tree = await competencyTree(ctx, show);
  if (!q) return tree;
  const [folded, sound] = [foldText(q), skeleton(q)];
  const isFound = (text: string) =>
    foldText(text).includes(folded) || (sound !== '' && skeleton(text).includes(sound));
  return tree.map((branch) => ({
    ...branch,
    competencies: branch.competencies.filter((one) =>
      [one.nameHi, one.nameEn, one.key, ...one.subThemes.flatMap(({ hi, en }) => [hi, en])].some(isFound),
    ),
  }));
}
