import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { cast, castOffices } from '../demo/cast.ts';
import { prepare } from '../src/command-line.ts';
import { features } from '../src/features.ts';
import { fixedClock } from '../src/kernel/clock.ts';
import { readConfig } from '../src/kernel/config.ts';
import { type Actor, type Ctx, type Grant, systemActor } from '../src/kernel/context.ts';
import type { DbOptions } from '../src/kernel/db.ts';
import { changeFacts } from '../src/kernel/facts.ts';
import { type App, ctxOf, type Runtime } from '../src/kernel/feature.ts';
import { createApp } from '../src/kernel/http/app.ts';
import { newId } from '../src/kernel/ids.ts';
import { localStorage } from '../src/kernel/storage.ts';
import { identify } from '../src/people/index.ts';
import { renderProblem } from '../src/shell/site/index.ts';
import { openKeptDatabase, openTestDatabase, type TestDatabase } from './database.ts';

export type World = {
  runtime: Runtime;
  clock: ReturnType<typeof fixedClock>;
  /** As the command line. */
  system: Ctx;
  /** As a member of the cast, by key, signed in with the second factor done. */
  as(key: string): Ctx;
  personId(key: string): string;
  officeId(code: string): string;
  app(): Promise<App>;
  close(): Promise<void>;
};

export type WorldOptions = { now?: string; isDemonstration?: boolean; database?: DbOptions };

/** A database with the cast in it (2026-11-22, 11:30 in India), a clock to set, and the app in-process. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  return worldOn(await openTestDatabase(options.database), options, insertCast);
}

/** What several test files put into their worlds, each alike. */
export type Furniture = { name: string; isDemonstration?: boolean; put(world: World): Promise<void> };

/** A world with this in it: the first of a run puts it there, the others have copies of the database and its files. */
export async function openFurnishedWorld({ name, put, ...options }: Furniture): Promise<World> {
  const run = process.env['DAKSH_TEST_RUN'];
  if (!run) {
    const world = await openWorld(options);
    await put(world);
    return world;
  }
  const files = join(tmpdir(), `daksh-kept-${run}`, name);
  const make = async (database: TestDatabase) => {
    const world = await worldOn({ ...database, close: async () => undefined }, options, insertCast);
    await put(world);
    cpSync(world.runtime.config.dataDir, files, { recursive: true });
    await world.close();
  };
  const world = await worldOn(await openKeptDatabase(`kept_${run}_${name}`, make), options, readCast);
  cpSync(files, world.runtime.config.dataDir, { recursive: true });
  return world;
}

async function worldOn(
  { db, url, close }: TestDatabase,
  options: WorldOptions,
  idsOf: (runtime: Runtime) => Promise<CastIds>,
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'daksh-'));
  const clock = fixedClock(options.now ?? '2026-11-22T06:00:00Z');
  const config = readConfig({ DATABASE_URL: url, DAKSH_DATA_DIR: folder, PORT: '3000' }, options);
  const runtime: Runtime = {
    db,
    config,
    clock,
    storage: localStorage(join(folder, 'files')),
    log: () => undefined,
    secret: 'test-secret-test-secret-test-secret',
  };
  await prepare(features, runtime);
  const ids = await idsOf(runtime);
  let app: Promise<App> | undefined;
  return {
    runtime,
    clock,
    system: ctxOf(runtime, systemActor('test')),
    as: (key) => ctxOf(runtime, actorFor(key, ids), { requestId: newId() }),
    personId: (key) => idIn(ids.persons, key),
    officeId: (code) => idIn(ids.offices, code),
    app: () => {
      app ??= createApp({ runtime, features, identify, renderProblem });
      return app;
    },
    close: async () => {
      await (await app)?.close();
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type CastIds = { offices: Map<string, string>; persons: Map<string, string> };

function idIn(ids: Map<string, string>, key: string): string {
  const id = ids.get(key);
  if (!id) throw new Error(`the cast has no ${key}`);
  return id;
}

function actorFor(key: string, ids: CastIds): Actor {
  const member = cast.find((person) => person.key === key);
  if (!member) throw new Error(`the cast has no ${key}`);
  const grants: Grant[] = member.roles.map(({ role, office }) => ({
    role,
    scopeId: idIn(ids.offices, office),
  }));
  return {
    kind: 'person',
    personId: idIn(ids.persons, key),
    sessionId: newId(),
    nameHi: member.nameHi,
    nameEn: member.nameEn,
    grants,
    secondFactorDone: true,
  };
}

/** Straight into the tables: the imports have tests of their own and must not be needed for others. */
async function insertCast(runtime: Runtime): Promise<CastIds> {
  const offices = new Map<string, string>();
  const persons = new Map<string, string>();
  await runtime.db.transaction(async (tx) => {
    const paths = new Map<string, string[]>();
    for (const office of castOffices) {
      const id = newId();
      const path = [...(paths.get(office.parent) ?? []), id];
      paths.set(office.code, path);
      offices.set(office.code, id);
      await sql`insert into office (office_id, code, name_hi, name_en, parent_id, kind, area_code, area_id, path)
        values (${id}, ${office.code}, ${office.nameHi}, ${office.nameEn}, ${offices.get(office.parent) ?? null},
          ${office.kind}, ${office.area || null}, (select area_id from area where code = ${office.area} and kind in ('state', 'district')
            order by kind limit 1), ${path}::uuid[])`.execute(tx);
    }
    for (const member of cast) persons.set(member.key, newId());
    // Inside changeFacts as every change of people, so that the counters begin right.
    await changeFacts(tx, { ids: [...persons.values()] }, async () => {
      for (const member of cast) {
        await insertMember({
          tx,
          member,
          id: idIn(persons, member.key),
          officeId: (code) => idIn(offices, code),
        });
      }
    });
  });
  return { offices, persons };
}

async function readCast({ db }: Runtime): Promise<CastIds> {
  const found = await sql<{ code: string; id: string }>`select code, office_id as id from office
    union all select code, person_id from person_code`.execute(db.read);
  const ids = new Map(found.rows.map(({ code, id }) => [code, id]));
  return {
    offices: ids,
    persons: new Map(cast.map(({ key, code }) => [key, idIn(ids, code)])),
  };
}

type Insertion = {
  tx: Parameters<Parameters<Runtime['db']['transaction']>[0]>[0];
  member: (typeof cast)[number];
  id: string;
  officeId(code: string): string;
};

async function insertMember({ tx, member, id, officeId }: Insertion): Promise<void> {
  await sql`insert into person (person_id, employee_code, name_hi, name_en, mobile, email, joined_on, account_day, account_source)
    values (${id}, ${member.code}, ${member.nameHi}, ${member.nameEn}, ${member.mobile}, ${member.email ?? null},
      ${member.joinedOn}, ${member.postedOn}, 'import')`.execute(tx);
  await sql`insert into person_code (code, issuer, person_id) values (${member.code}, 'EHRMS', ${id})`.execute(
    tx,
  );
  await sql`insert into person_contact (value, kind, person_id) values (${member.mobile}, 'mobile', ${id})`.execute(
    tx,
  );
  if (member.email)
    await sql`insert into person_contact (value, kind, person_id) values (${member.email}, 'email', ${id})`.execute(
      tx,
    );
  const designation = await sql<{ id: string }>`insert into designation (designation_id, name, name_key)
    values (${newId()}, ${member.designation}, ${member.designation})
    on conflict (name_key) do update set name = excluded.name returning designation_id as id`.execute(tx);
  await sql`insert into posting (person_id, posting_id, office_id, designation_id, service_group, engagement, is_primary, starts_on)
    values (${id}, ${newId()}, ${officeId(member.office)}, ${designation.rows[0]?.id ?? null}, ${member.group ?? null},
      ${member.engagement}, true, ${member.postedOn})`.execute(tx);
  for (const { role, office } of member.roles) {
    await sql`insert into role_grant (person_id, role_grant_id, role, office_id, starts_on)
      values (${id}, ${newId()}, ${role}, ${officeId(office)}, ${member.postedOn})`.execute(tx);
  }
}
