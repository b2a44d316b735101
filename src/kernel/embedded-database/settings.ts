import { totalmem } from 'node:os';

const mib = 1024 * 1024;

/** What the server is started with; an operator's own wishes go into ALTER SYSTEM, which wins over these. */
export function serverSettings(unsafeFast: boolean): string {
  const lines = { ...common(memoryBytes()), ...(unsafeFast ? hasty : lasting) };
  const text = Object.entries(lines).map(([name, value]) => `${name} = ${value}`);
  return `# Written by Daksh at every start. Change settings with ALTER SYSTEM.\n${text.join('\n')}\n`;
}

function common(memory: number): Record<string, string> {
  const sharedMib = between(128, Math.floor(memory / mib / 4), 2048);
  return {
    max_connections: '200',
    shared_buffers: `${sharedMib}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memory / mib / 2))}MB`,
    work_mem: memory < 4096 * mib ? '8MB' : '32MB',
    maintenance_work_mem: `${between(64, Math.floor(memory / mib / 16), 512)}MB`,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: "'UTC'",
    log_timezone: "'UTC'",
    // Statements, values and details may hold personal data: the server's log keeps to its own events.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    password_encryption: "'scram-sha-256'",
  };
}

const lasting = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', wal_compression: 'on' };

/** For test databases that may be lost with the machine, and may lie in its memory. */
const hasty = {
  shared_buffers: '256MB',
  max_wal_size: '256MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum_naptime: "'10min'",
};

/** The memory this process may use: a container's limit where there is one. */
function memoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(least, value), most);
}
