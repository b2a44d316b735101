import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ctx } from '../kernel/context.ts';
import type { Runtime } from '../kernel/feature.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { officeByCode } from '../organisations/index.ts';
import { courseByCode } from './course-store.ts';
import { publishCourse } from './publish-course.ts';
import { createCourse } from './save-course.ts';
import { saveFile } from './save-file.ts';
import { courseInput } from './schema.ts';

type Both = { hi?: string; en?: string };
type LessonFile = { body?: Both; asset?: Both; captions?: Both; transcript?: Both; [key: string]: unknown };
type CourseFile = { code: string; provider?: Both; lessons: LessonFile[]; [key: string]: unknown };

/** Makes and publishes the courses of demo/courses that are not there yet; names those it made. */
export async function loadDemonstrationCourses(ctx: Ctx, runtime: Runtime): Promise<string[]> {
  const folder = join(projectRoot(), 'demo', 'courses');
  const made: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const course = JSON.parse(await readFile(join(folder, name, 'course.json'), 'utf8')) as CourseFile;
    if (await courseByCode(ctx.db, course.code)) continue;
    await createCourse(ctx, await inputFrom(ctx, runtime, { course, folder: join(folder, name) }));
    await publishCourse(ctx, course.code);
    made.push(course.code);
  }
  return made;
}

async function inputFrom(ctx: Ctx, runtime: Runtime, at: { course: CourseFile; folder: string }) {
  const lessons = [];
  for (const lesson of at.course.lessons) {
    const { body, asset, captions, transcript, ...rest } = lesson;
    const assets = asset
      ? await assetsOf(ctx, runtime, { folder: at.folder, asset, captions, transcript })
      : undefined;
    lessons.push({ ...rest, body: body && (await textsOf(at.folder, body)), asset: assets });
  }
  // A course has one provider's name, in whichever script: the invented one is written in both.
  const provider = at.course.provider && `${at.course.provider.hi} / ${at.course.provider.en}`;
  return courseInput.parse({
    ...at.course,
    provider,
    language: 'hi',
    lessons,
    officeCode: await ownerCode(ctx),
  });
}

/** The department of the cast owns its courses, so that its publisher may work on them. */
async function ownerCode(ctx: Ctx): Promise<string | undefined> {
  return (await officeByCode(ctx, 'SW')) ? 'SW' : undefined;
}

async function textsOf(folder: string, names: Both): Promise<Both> {
  const read = async (name: string | undefined) => (name ? readFile(join(folder, name), 'utf8') : undefined);
  return { hi: await read(names.hi), en: await read(names.en) };
}

type AssetFiles = { folder: string; asset: Both; captions?: Both; transcript?: Both };

async function assetsOf(ctx: Ctx, runtime: Runtime, files: AssetFiles) {
  const transcripts = files.transcript ? await textsOf(files.folder, files.transcript) : {};
  const keep = async (name: string | undefined) =>
    name
      ? (await saveFile(ctx, runtime.storage, { source: createReadStream(join(files.folder, name)), name }))
          .fileId
      : undefined;
  const one = async (language: 'hi' | 'en') => ({
    fileId: await keep(files.asset[language]),
    captionsFileId: await keep(files.captions?.[language]),
    transcript: transcripts[language],
  });
  return { hi: await one('hi'), en: await one('en') };
}
