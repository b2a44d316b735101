import type { App } from '../src/kernel/feature.ts';

export type Page = { status: number; body: string; location: string };

/** A browser without script, in-process: keeps cookies, sends a form with the token that its page had. */
export function openBrowser(app: App, options: { ip?: string } = {}) {
  const cookies = new Map<string, string>();
  let csrf = '';

  async function send(method: 'GET' | 'POST', url: string, form?: Record<string, string>): Promise<Page> {
    const headers: Record<string, string> = {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36',
    };
    if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
    const payload = form ? new URLSearchParams({ _csrf: csrf, ...form }).toString() : undefined;
    const reply = await app.inject({
      method,
      url,
      headers,
      payload,
      remoteAddress: options.ip ?? '10.0.0.1',
    });
    for (const cookie of reply.cookies) {
      if (cookie.maxAge === 0 || (cookie.expires && cookie.expires.getTime() === 0))
        cookies.delete(cookie.name);
      else cookies.set(cookie.name, cookie.value);
    }
    csrf = /name="_csrf" value="([^"]+)"/.exec(reply.body)?.[1] ?? csrf;
    return { status: reply.statusCode, body: reply.body, location: String(reply.headers.location ?? '') };
  }

  return {
    cookies,
    get: (url: string) => send('GET', url),
    post: (url: string, form: Record<string, string> = {}) => send('POST', url, form),
  };
}

export type Browser = ReturnType<typeof openBrowser>;
