import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { inChance, type Question } from '../../catalogue/index.ts';
import { pick } from '../../kernel/i18n.ts';
import type { LocalText } from '../local-text.ts';
import type { Written } from './gift-write.ts';

type Say = (text: LocalText) => string;

/** A QTI 3 package of questions in one language: an item each, and the manifest that names them. */
export async function writeQti(questions: Written[], language: 'hi' | 'en'): Promise<Buffer> {
  const zip = new ZipFile();
  const options = { mtime: new Date('2020-01-01T00:00:00Z') };
  zip.addBuffer(Buffer.from(manifestOf(questions)), 'imsmanifest.xml', options);
  for (const one of questions) zip.addBuffer(Buffer.from(itemOf(one, language)), fileOf(one), options);
  zip.end();
  return Buffer.concat(
    await Array.fromAsync(zip.outputStream as unknown as Readable, (part) => part as Buffer),
  );
}

function fileOf({ code }: Written): string {
  return `items/${encodeURIComponent(code)}.xml`;
}

const levels = ['easy', 'medium', 'difficult'] as const;

function manifestOf(questions: Written[]): string {
  const resources = questions.map((one) => {
    const keywords = one.tags
      .map((tag) => `<lom:keyword><lom:string>${xml(tag)}</lom:string></lom:keyword>`)
      .join('');
    const level = levels[one.difficulty - 1] ?? 'medium';
    return `<resource identifier="R-${xml(one.code)}" type="imsqti_item_xmlv3p0" href="${xml(fileOf(one))}">
      <metadata><lom:lom><lom:general>${keywords}</lom:general><lom:educational><lom:difficulty><lom:source>LOMv1.0</lom:source><lom:value>${level}</lom:value></lom:difficulty></lom:educational></lom:lom></metadata>
      <file href="${xml(fileOf(one))}"/>
    </resource>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="daksh" xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/LOM">
  <metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>
  <organizations/>
  <resources>${resources.join('\n    ')}</resources>
</manifest>
`;
}

function itemOf({ code, content }: Written, language: 'hi' | 'en'): string {
  const say: Say = (text) => xml(pick(text, language));
  const { declaration, body, processing } = partsOf(content, say);
  const feedback = content.explanation
    ? `<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="explanation" show-hide="show"><qti-content-body><p>${say(content.explanation)}</p></qti-content-body></qti-modal-feedback>`
    : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="${xml(code)}" title="${xml(code)}" xml:lang="${language}" time-dependent="false" adaptive="false">
  ${declaration}
  <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float" normal-maximum="${content.points}"><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>
  <qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>${content.points}</qti-value></qti-default-value></qti-outcome-declaration>
  <qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier"/>
  <qti-item-body>${body}</qti-item-body>
  ${processing}
  ${feedback}
</qti-assessment-item>
`;
}

type Parts = { declaration: string; body: string; processing: string };

function partsOf(question: Question, say: Say): Parts {
  const stem = `<p>${say(question.text)}</p>`;
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'truth':
      return choiceParts(question, stem, say);
    case 'ordering': {
      // The key must not be the order in which the choices stand.
      const shown = inChance(question.items, question.code);
      const body = `<qti-order-interaction response-identifier="RESPONSE" shuffle="true">${shown.map((item) => simpleChoice(item.code, say(item.text))).join('')}</qti-order-interaction>`;
      const right = question.items.map((item) => item.code);
      return {
        declaration: declared({ cardinality: 'ordered', type: 'identifier', right }),
        body: stem + body,
        processing: matched(question.points),
      };
    }
    case 'matching':
      return matchParts(question, stem, say);
    case 'numeric': {
      const type = { cardinality: 'single', type: 'float', right: [String(question.answer)] };
      const unit = question.unit ? ` <span class="unit">${say(question.unit)}</span>` : '';
      const body = `<p>${say(question.text)} <qti-text-entry-interaction response-identifier="RESPONSE"/>${unit}</p>`;
      return { declaration: declared(type), body, processing: nearly(question.tolerance, question.points) };
    }
    case 'fill': {
      const entries = question.accepted.map(
        (one) =>
          `<qti-map-entry map-key="${xml(one)}" mapped-value="${question.points}" case-sensitive="false"/>`,
      );
      const mapping = `<qti-mapping default-value="0">${entries.join('')}</qti-mapping>`;
      const type = {
        cardinality: 'single',
        type: 'string',
        right: question.accepted.slice(0, 1),
        more: mapping,
      };
      // QTI lets a program say more of an interaction by data attributes.
      const script = question.anyScript ? '' : ' data-any-script="false"';
      const body = `${stem}<p><qti-text-entry-interaction response-identifier="RESPONSE"${script}/></p>`;
      return { declaration: declared(type), body, processing: template('map_response') };
    }
    default: {
      const lines = question.rubric.map(
        (one) => `<p>${say(one.text)} (${Math.round(one.share * 10_000) / 100}%)</p>`,
      );
      const rubric = `<qti-rubric-block use="scoring" view="scorer"><qti-content-body>${lines.join('')}</qti-content-body></qti-rubric-block>`;
      const body = `${rubric}<qti-extended-text-interaction response-identifier="RESPONSE" expected-length="${question.maxWords * 6}"><qti-prompt>${say(question.text)}</qti-prompt></qti-extended-text-interaction>`;
      return {
        declaration: declared({ cardinality: 'single', type: 'string', right: [] }),
        body,
        processing: '',
      };
    }
  }
}

type Choosing = Extract<Question, { kind: 'single' | 'multiple' | 'truth' }>;

function choiceParts(question: Choosing, stem: string, say: Say): Parts {
  const isMultiple = question.kind === 'multiple';
  const options =
    question.kind === 'truth'
      ? [
          { code: 'true', text: { hi: 'सही', en: 'True' }, correct: question.answer },
          { code: 'false', text: { hi: 'ग़लत', en: 'False' }, correct: !question.answer },
        ]
      : question.options;
  const right = options.filter((one) => one.correct).map((one) => one.code);
  const choices = options.map((one) => simpleChoice(one.code, say(one.text))).join('');
  const body = `<qti-choice-interaction response-identifier="RESPONSE" max-choices="${isMultiple ? 0 : 1}">${choices}</qti-choice-interaction>`;
  const declaration = declared({
    cardinality: isMultiple ? 'multiple' : 'single',
    type: 'identifier',
    right,
  });
  return { declaration, body: stem + body, processing: matched(question.points) };
}

function matchParts(question: Extract<Question, { kind: 'matching' }>, stem: string, say: Say): Parts {
  const all = [...question.pairs.map((pair) => pair.match), ...question.distractors];
  const rights = inChance([...new Map(all.map((one) => [one.code, one])).values()], question.code);
  const set = (choices: { code: string; text: LocalText }[], prefix: string, most: number) =>
    `<qti-simple-match-set>${choices.map((one) => `<qti-simple-associable-choice identifier="${prefix}${xml(one.code)}" match-max="${most}">${say(one.text)}</qti-simple-associable-choice>`).join('')}</qti-simple-match-set>`;
  const body = `<qti-match-interaction response-identifier="RESPONSE" max-associations="${question.pairs.length}">${set(question.pairs, 'L-', 1)}${set(rights, 'R-', 0)}</qti-match-interaction>`;
  const right = question.pairs.map((pair) => `L-${pair.code} R-${pair.match.code}`);
  return {
    declaration: declared({ cardinality: 'multiple', type: 'directedPair', right }),
    body: stem + body,
    processing: matched(question.points),
  };
}

function simpleChoice(code: string, text: string): string {
  return `<qti-simple-choice identifier="${xml(code)}">${text}</qti-simple-choice>`;
}

type Declared = { cardinality: string; type: string; right: string[]; more?: string };

function declared({ cardinality, type, right, more = '' }: Declared): string {
  const values = right.map((one) => `<qti-value>${xml(one)}</qti-value>`).join('');
  const correct = right.length > 0 ? `<qti-correct-response>${values}</qti-correct-response>` : '';
  return `<qti-response-declaration identifier="RESPONSE" cardinality="${cardinality}" base-type="${type}">${correct}${more}</qti-response-declaration>`;
}

function template(name: string): string {
  return `<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/${name}.xml"/>`;
}

function matched(points: number): string {
  return condition(
    '<qti-match><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-match>',
    points,
  );
}

function nearly(tolerance: number, points: number): string {
  const near = `<qti-equal tolerance-mode="absolute" tolerance="${tolerance} ${tolerance}"><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-equal>`;
  return condition(near, points);
}

function condition(test: string, points: number): string {
  return `<qti-response-processing><qti-response-condition><qti-response-if>${test}<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">${points}</qti-base-value></qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function xml(text: string): string {
  // Characters that XML 1.0 has no place for are left out.
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
