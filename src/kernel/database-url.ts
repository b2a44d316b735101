const noHost = '@___DUMMY___/';

/**
 * The address of another database on the same server, in each form that pg takes: over TCP, over a socket
 * (`postgresql://daksh@/daksh?host=/run/postgresql`, which is no URL by the standard, or `socket:` with `?db=`), and a
 * bare folder with the database behind it.
 */
export function databaseUrl(server: string, name: string): string {
  if (server.startsWith('/')) return `${server.split(' ')[0]} ${name}`;
  const isHostless = !URL.canParse(server);
  const url = new URL(isHostless ? server.replace('@/', noHost) : server);
  if (url.protocol === 'socket:') url.searchParams.set('db', name);
  else url.pathname = `/${name}`;
  return isHostless ? url.toString().replace(noHost, '@/') : url.toString();
}
