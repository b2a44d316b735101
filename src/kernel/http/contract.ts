import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { App } from '../feature.ts';

/** Every refusal and error of the API (RFC 9457), in the language asked for. */
const problem = {
  description: 'A problem (RFC 9457): refused, not found, invalid, or an error of the server',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'code', 'requestId'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string', description: 'Words for people, by Accept-Language' },
          status: { type: 'integer' },
          code: { type: 'string', description: 'Stable; programs compare this' },
          requestId: { type: 'string' },
          errors: {
            type: 'array',
            items: {
              type: 'object',
              properties: { path: { type: 'string' }, code: { type: 'string' }, text: { type: 'string' } },
            },
          },
        },
        additionalProperties: true,
      },
    },
  },
};

/** Makes the OpenAPI contract from the routes' own schemas; what every route may refuse is added here. */
export async function keepContract(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Daksh', version: '1', description: 'Times are UTC (ISO 8601); days are India days.' },
      servers: [{ url: '/' }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: (route) => {
      const made = jsonSchemaTransform(route);
      const schema = made.schema as { hide?: boolean; response?: object };
      if (schema.hide || !schema.response) return made;
      return { ...made, schema: { ...schema, response: { ...schema.response, default: problem } } };
    },
  });
}
