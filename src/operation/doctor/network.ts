import { connect } from 'node:net';
import type { Runtime } from '../../kernel/feature.ts';
import { type Finding, finding } from './finding.ts';

const usualPorts: Record<string, number> = { 'smtps:': 465, 'smtp:': 587, 'https:': 443, 'http:': 80 };
const patienceMs = 5000;

/** Whether what messages leave by can be reached; nothing is sent. Asked for by `--network` alone. */
export async function networkFindings({ config }: Pick<Runtime, 'config'>): Promise<Finding[]> {
  const wanted = [
    { check: 'SMTP_URL', url: config.smtp?.url },
    { check: 'SMS_URL', url: config.sms?.url },
  ];
  const asked = wanted.map(({ check, url }) => (url ? reachFinding(check, url) : undefined));
  return (await Promise.all(asked)).filter((found) => found !== undefined);
}

async function reachFinding(check: string, address: string): Promise<Finding> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const port = Number(url?.port) || usualPorts[url?.protocol ?? ''] || 0;
  const trouble = host ? await troubleReaching(host, port) : 'ERR_INVALID_URL';
  // Never the whole address: user and password stand in it.
  const where = `${host}:${port}`;
  return finding(`${check} (network)`, trouble === undefined, {
    seen:
      trouble === undefined
        ? { hi: `${where} तक पहुँच है।`, en: `${where} is reached.` }
        : { hi: `${where} तक पहुँच नहीं (${trouble})।`, en: `${where} is not reached (${trouble}).` },
    todo: { hi: 'पता, फ़ायरवॉल और DNS देखें।', en: 'See the address, the firewall and DNS.' },
  });
}

function troubleReaching(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patienceMs });
    const end = (trouble?: string) => {
      socket.destroy();
      resolve(trouble);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end('ETIMEDOUT'));
    socket.once('error', (error) => end('code' in error ? String(error.code) : error.name));
  });
}
