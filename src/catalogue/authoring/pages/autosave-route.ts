import { z } from 'zod';
import { formatTime } from '../../../kernel/dates.ts';
import { invalid } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import { fieldText } from '../../../kernel/field-texts.ts';
import { pick } from '../../../kernel/i18n.ts';
import { authorRoles } from '../../policy.ts';
import { autosaveLesson } from '../autosave-lesson.ts';
import { fromMarkdown } from '../editor/from-markdown.ts';
import type { LessonValues } from '../lesson-values.ts';
import { lessonForm } from './forms.ts';
import { editOf } from './lesson-edit.ts';

const values = z.record(z.string().max(40), z.string().max(200_000));
const body = z.object({
  revision: z.number().int().min(0),
  /** What the editor's text began from, and what it is now; absent: nothing changed, the author is there. */
  base: values.optional(),
  values: values.optional(),
});
const params = z.object({ code: z.string().min(1).max(64), lesson: z.string().min(1).max(64) });

/** For the editor's island: saves what is typed, takes in what others saved, says who else is there. */
export function autosaveRoute(app: App): void {
  app.post(
    '/office/courses/:code/lessons/:lesson/autosave',
    { config: { access: { roles: authorRoles } }, schema: { params, body, hide: true } },
    async (request) => {
      const { revision, base, values: sent } = request.body;
      const edit = sent ? { ...editOf(parsed(sent, revision)), base } : undefined;
      const saved = await autosaveLesson(request.ctx, request.params, edit);
      return {
        revision: saved.revision,
        isMerged: saved.isMerged,
        isByOthers: saved.isByOthers,
        savedAt: formatTime(saved.at),
        values: saved.isMerged ? saved.values : undefined,
        documents: saved.isMerged ? documentsOf(saved.values) : undefined,
        others: saved.others.map(({ nameHi, nameEn }) =>
          pick({ hi: nameHi, en: nameEn ?? nameHi }, request.ctx.language),
        ),
      };
    },
  );
}

function parsed(sent: LessonValues, revision: number) {
  const blanksAsNull = Object.entries(sent).map(([name, text]) => [name, text.trim() === '' ? null : text]);
  const form = lessonForm.safeParse({ minimumSeconds: null, ...Object.fromEntries(blanksAsNull), revision });
  if (form.success) return form.data;
  const fields = form.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    code: issue.message,
    text: fieldText(issue.message) ?? { hi: issue.message, en: issue.message },
  }));
  throw invalid(fields, fields[0]?.text);
}

function documentsOf(texts: LessonValues) {
  const bodies = ['bodyHi', 'bodyEn'].map((name) => [name, fromMarkdown(texts[name] ?? '').toJSON()]);
  return Object.fromEntries(bodies) as Record<string, unknown>;
}
