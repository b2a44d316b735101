import { formatNumber } from '../../kernel/numbers.ts';
import { Card, DataTable } from '../../shell/index.ts';
import { extendedDay } from '../rules/last-day.ts';
import type { OrderRow } from '../stores/orders.ts';
import { conditionText, type Names, orderNotes, whoText, windowText } from './sentence.ts';
import type { Say } from './words.ts';

export type Amended = {
  cited: OrderRow;
  /** Names of what both orders say. */
  names: Names;
  /** The draft as it would stand: with the extension that holds on. */
  order: OrderRow;
  bound: { before: number | undefined; now: number };
};

type Change = { what: string; before: string; now: string };

/** What an amendment changes against the order whose place it takes: everything else stays as it is. */
export function ChangesCard({ amended, say }: { amended: Amended | undefined; say: Say }) {
  const { t } = say;
  if (!amended) return null;
  const changes = changesOf(amended, say);
  const title = t('orders.changesTitle', { number: amended.cited.number });
  return (
    <Card title={title}>
      {changes.length === 0 ? (
        <p>{t('orders.changesNone')}</p>
      ) : (
        <DataTable
          caption={title}
          isCaptionHidden
          isCompact
          isCountHidden
          rows={changes}
          rowKey={(change) => change.what}
          columns={[
            { key: 'what', label: t('orders.changesWhat'), isRowHeading: true, value: (one) => one.what },
            { key: 'before', label: t('orders.changesBefore'), value: (one) => one.before },
            { key: 'now', label: t('orders.changesNow'), value: (one) => one.now },
          ]}
        />
      )}
    </Card>
  );
}

function changesOf({ cited, order, names, bound }: Amended, say: Say): Change[] {
  const { t, language } = say;
  const n = (value: number | undefined) => (value === undefined ? '' : formatNumber(value, language));
  const row = (what: string, say: (one: OrderRow) => string): Change => ({
    what,
    before: say(cited),
    now: say(order),
  });
  return [
    row(t('orders.changesWho'), ({ rules }) => whoText(rules, names, say)),
    row(t('orders.changesWindow'), (one) => standingWindow(one, say)),
    row(t('orders.changesCondition'), ({ rules }) => conditionText(rules.condition, names, say)),
    notesChange(cited, order, say),
    ...(bound.before === undefined
      ? []
      : [{ what: t('orders.bound'), before: n(bound.before), now: n(bound.now) }]),
  ].filter(({ before, now }) => before !== now);
}

/** With the last day that stands, whether it was written so or moved. */
function standingWindow({ rules: { window }, extendedUntil }: OrderRow, say: Say): string {
  if (!('to' in window)) return windowText({ window }, say, extendedUntil);
  return windowText({ window: { ...window, to: extendedDay(window.to, extendedUntil) } }, say);
}

/** Of the further rules, those that one has and the other has not. */
function notesChange(cited: OrderRow, order: OrderRow, say: Say): Change {
  const [before, now] = [orderNotes(cited.rules, say), orderNotes(order.rules, say)];
  const only = (notes: string[], others: string[]) =>
    notes.filter((note) => !others.includes(note)).join(' ') || '—';
  return { what: say.t('orders.changesRules'), before: only(before, now), now: only(now, before) };
}
