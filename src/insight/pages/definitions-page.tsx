import type { FastifyReply, FastifyRequest } from 'fastify';
import { pick, translator } from '../../kernel/i18n.ts';
import { Card, PageHeading, SummaryList } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { type Metric, metricRules, metrics } from '../metrics.ts';

export function sendDefinitionsPage(request: FastifyRequest, reply: FastifyReply) {
  const { language } = request.ctx;
  const t = translator(language);
  const title = t('insight.definitionsTitle');
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'review', width: 'reading', backTo: '/office' },
    <>
      <PageHeading title={title} lead={t('insight.definitionsLead')} />
      {(metrics as readonly Metric[]).map((metric) => (
        <Card key={metric.id} id={metric.id} title={pick(metric.name, language)}>
          <p>{pick(metric.definition, language)}</p>
          <SummaryList
            rows={[
              ...(metric.denominator
                ? [{ label: t('insight.denominator'), value: pick(metric.denominator, language) }]
                : []),
              { label: t('insight.figureId'), value: <code>{metric.id}</code> },
            ]}
          />
        </Card>
      ))}
      <Card title={t('insight.rules')} id="rules">
        <ul>
          {metricRules.map((rule) => (
            <li key={rule.en}>{pick(rule, language)}</li>
          ))}
        </ul>
      </Card>
    </>,
  );
}
