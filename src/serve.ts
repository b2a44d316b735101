import cluster from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { demonstrationPassword } from '../demo/cast.ts';
import { prepare } from './command-line.ts';
import { loadDemonstration } from './demonstration.ts';
import { features } from './features.ts';
import { type Config, readConfig } from './kernel/config.ts';
import { systemActor } from './kernel/context.ts';
import { ctxOf, type Runtime } from './kernel/feature.ts';
import { createApp } from './kernel/http/app.ts';
import { watchLoop } from './kernel/http/loop-delay.ts';
import { type RunningJobs, runJobs } from './kernel/jobs.ts';
import { describeError } from './kernel/log.ts';
import { collectFigures, tellFigures } from './kernel/metrics/processes.ts';
import { migrate } from './kernel/migrate.ts';
import { identify } from './people/index.ts';
import { openRuntime } from './runtime.ts';
import { renderProblem } from './shell/site/index.ts';

/** Serves web and worker until told to stop; resolves never, ends the process itself. */
export async function serve(options: { isDemonstration: boolean }): Promise<undefined> {
  const config = readConfig(process.env, options);
  if (!config.isDemonstration && !config.secret) {
    throw new Error('Set DAKSH_SECRET to at least 32 random characters (see docs/settings.md).');
  }
  if (cluster.isPrimary) await tryAddress(config);
  if (cluster.isPrimary && config.webProcesses > 1) return servePrimary(config);
  await serveOne(config, { withWorker: cluster.isPrimary });
}

/** Several web processes on one port; the primary keeps the database, migrates and runs the jobs. */
async function servePrimary(config: Config): Promise<undefined> {
  const { runtime, close } = await openRuntime(config);
  await migrate(runtime.db);
  await prepare(features, runtime);
  await loadDemonstrationOnce(runtime);
  const runner = await startJobs(runtime);
  collectFigures();
  let isStopping = false;
  for (let index = 0; index < config.webProcesses; index += 1) cluster.fork();
  cluster.on('exit', () => {
    // Not at once: one that dies of its settings would be begun a hundred times a minute.
    setTimeout(() => {
      if (!isStopping) cluster.fork();
    }, 1000);
  });
  onStop(async () => {
    isStopping = true;
    const gone = Object.values(cluster.workers ?? {}).map(
      (worker) => new Promise((done) => worker?.once('exit', done)),
    );
    for (const worker of Object.values(cluster.workers ?? {})) worker?.kill('SIGTERM');
    // Longer than each of them takes: in a container the end of the first process is the end of all.
    await soon([...gone, soon([runner.stop()])], stoppingMs + closingMs);
    await close();
  });
  announce(config);
}

async function serveOne(config: Config, options: { withWorker: boolean }): Promise<void> {
  if (cluster.isWorker) tellFigures();
  const { runtime, close } = await openRuntime(config);
  if (options.withWorker) await migrate(runtime.db);
  await prepare(features, runtime);
  if (options.withWorker) await loadDemonstrationOnce(runtime);
  const app = await createApp({ runtime, features, identify, renderProblem, loopDelayMs: watchLoop() });
  const runner = options.withWorker ? await startJobs(runtime) : undefined;
  await listen(app, config);
  onStop(async () => {
    await soon([app.close(), runner?.stop()]);
    await close();
  });
  if (options.withWorker) announce(config);
}

/** Before the database is opened: a web process of several that cannot listen would be begun for ever. */
async function tryAddress(config: Config): Promise<void> {
  const probe = createServer();
  try {
    probe.listen({ port: config.port, host: config.host });
    await once(probe, 'listening');
  } catch (error) {
    throw addressTrouble(config, error);
  }
  probe.close();
  await once(probe, 'close');
}

async function listen(app: Awaited<ReturnType<typeof createApp>>, config: Config): Promise<void> {
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    throw addressTrouble(config, error);
  }
}

function addressTrouble({ port, host }: Config, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Error(
      `पोर्ट ${port} पर कोई दूसरा प्रोग्राम चल रहा है; PORT से दूसरा पोर्ट दें।\nPort ${port} is taken by another program; choose another with PORT.`,
    );
  if (code === 'EACCES')
    return new Error(
      `पोर्ट ${port} पर सुनने का अधिकार इस खाते को नहीं है; PORT से 1024 या ऊपर का पोर्ट दें।\nThis account may not listen on port ${port}; choose one from 1024 up with PORT.`,
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new Error(`HOST=${host} इस मशीन का पता नहीं है।\nHOST=${host} is not an address of this machine.`);
  return error;
}

async function loadDemonstrationOnce(runtime: Runtime): Promise<void> {
  if (!runtime.config.isDemonstration) return;
  await loadDemonstration(ctxOf(runtime, systemActor('demonstration')), runtime, features);
}

function startJobs(runtime: Runtime): Promise<RunningJobs> {
  const jobs = Object.assign({}, ...features.map((feature) => feature.jobs?.(runtime) ?? {}));
  return runJobs(runtime.db, jobs, {
    crontab: features.flatMap((feature) => feature.crontab ?? []),
    ctxOf: (name) => ctxOf(runtime, systemActor(`job ${name}`), { requestId: `job-${name}` }),
    log: ({ error, ...entry }) => runtime.log(error ? { ...entry, ...describeError(error) } : entry),
  });
}

const stoppingMs = 5000;
/** What a web process needs to close its connections after its last request. */
const closingMs = 3000;

/** Requests and jobs under way may end, but not at any length: whoever stops us would kill us. */
async function soon(endings: (Promise<unknown> | undefined)[], withinMs = stoppingMs): Promise<void> {
  await Promise.race([Promise.allSettled(endings), new Promise((done) => setTimeout(done, withinMs))]);
}

function onStop(stop: () => Promise<void>): void {
  let isStopping = false;
  const once = () => {
    if (isStopping) return;
    isStopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${JSON.stringify(describeError(error))}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
  process.on('SIGHUP', once);
  process.on('disconnect', once);
}

const demonstrationLines = [
  `  साइन-इन / sign-ins (/sign-in), पासवर्ड / password: ${demonstrationPassword}`,
  '  SW1001 सुनीता, शिक्षार्थी / learner',
  '  SW1002 रमेश, नोडल अधिकारी, बाराबंकी / nodal officer of a district',
  '  SW1003 अनीता, नोडल अधिकारी, विभाग; कोर्स अनुमोदक / nodal officer of the department, reviewer of courses',
  '  SW1004 विजय, प्रमुख सचिव / leader    SW1005 फ़रहान, प्रकाशक / publisher    UP0002 नेहा, संचालक / operator',
  '  9000000011: एक फ़ोन, दो आशा / two ASHA workers on one phone (PIN 4170, 4180); कोड / codes: /mailbox',
];

function announce(config: Config): void {
  const lines = [`दक्ष / Daksh: http://localhost:${config.port}`];
  if (config.isDemonstration) lines.push(...demonstrationLines);
  process.stdout.write(`${lines.join('\n')}\n`);
}
