import type { Feature } from '../kernel/feature.ts';
import { healthRoutes } from './health.ts';

export const operation: Feature = {
  name: 'operation',
  http(app, runtime) {
    healthRoutes(app, runtime);
    app.get(
      '/api/v1/openapi.json',
      { config: { access: 'public' }, schema: { hide: true } },
      async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(app.swagger()),
    );
  },
};
