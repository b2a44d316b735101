import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inBothLanguages } from '../kernel/i18n.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { metricOf, metrics, metricsDocument } from './metrics.ts';

const path = join(projectRoot(), 'docs/metrics.md');

test('docs/metrics.md is what the catalogue says (UPDATE_DOCS=1 writes it)', () => {
  if (process.env['UPDATE_DOCS']) writeFileSync(path, metricsDocument());
  assert.equal(readFileSync(path, 'utf8'), metricsDocument());
});

test('the statuses under an order are called alike in the catalogue and on the pages of orders', () => {
  const pairs = [
    ['met', 'orders.statusMet'],
    ['met_late', 'orders.statusMetLate'],
    ['open', 'orders.statusOpen'],
    ['overdue', 'orders.statusOverdue'],
    ['exempt', 'orders.statusExempt'],
  ] as const;
  for (const [id, key] of pairs) assert.deepEqual(metricOf(id).name, inBothLanguages(key));
});

test('every metric has an id of its own, and words in both languages', () => {
  assert.equal(new Set(metrics.map((metric) => metric.id)).size, metrics.length);
  for (const { id } of metrics) {
    const metric = metricOf(id);
    for (const text of [metric.name.hi, metric.name.en, metric.definition.hi, metric.definition.en])
      assert.ok(text.length > 1, id);
  }
});
