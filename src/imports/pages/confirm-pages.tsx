import type { ImportRow } from '../../kernel/imports/index.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Checkbox,
  ConfirmPanel,
  ErrorSummary,
  type FieldError,
  KeyValue,
  Notice,
  PageHeading,
  useFrame,
} from '../../shell/index.ts';
import { dependentWord, importTitle, unknownHeadingsText } from './words.ts';

type ConfirmProps = { row: ImportRow; errors?: FieldError[] };

export function CommitPage({ row, errors = [] }: ConfirmProps) {
  const { t, language } = useFrame();
  const n = (value = 0) => formatNumber(value, language);
  const { added = 0, changed = 0, ended = 0, rejected = 0, waiting = 0, endedOf } = row.result ?? {};
  const unknown = unknownHeadingsText(row, language);
  const consequences = [
    unknown !== null && t('imports.willLeaveOut', { headings: unknown }),
    added > 0 && t('imports.willAdd', { count: n(added) }),
    changed > 0 && t('imports.willChange', { count: n(changed) }),
    ended > 0 && t('imports.willEnd', { count: n(ended) }),
    rejected - waiting > 0 && t('imports.willReject', { count: n(rejected - waiting) }),
    waiting > 0 && t('imports.willWait', { count: n(waiting) }),
    t('imports.willRecount'),
  ].filter((line) => line !== false);
  const endsMany = endedOf !== undefined && endedOf.ended * 10 > endedOf.open;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('imports.commitTitle')} lead={importTitle(row, language)} />
      <ConfirmPanel
        title={t('imports.difference')}
        consequences={consequences}
        action={`/office/imports/${row.importId}/commitment`}
        confirmLabel={t('imports.commitNow')}
        cancelHref={`/office/imports/${row.importId}`}
        variant="primary"
        isReversible
      >
        {endsMany && (
          <Checkbox
            name="allowManyEnded"
            label={t('imports.allowManyEnded')}
            hint={t('imports.manyEnded', { ended: n(endedOf.ended), open: n(endedOf.open) })}
          />
        )}
      </ConfirmPanel>
    </>
  );
}

export function UndoPage({ row, errors = [] }: ConfirmProps) {
  const { t, language } = useFrame();
  const n = (value = 0) => formatNumber(value, language);
  const { added = 0, changed = 0, ended = 0 } = row.result ?? {};
  const consequences = [
    added > 0 && t('imports.undoMade', { count: n(added) }),
    changed > 0 && t('imports.undoChanged', { count: n(changed) }),
    ended > 0 && t('imports.undoEnded', { count: n(ended) }),
    t('imports.undoDependents'),
  ].filter((line) => line !== false);
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('imports.undoTitle')} lead={importTitle(row, language)} />
      <ConfirmPanel
        title={t('imports.undo')}
        consequences={consequences}
        action={`/office/imports/${row.importId}/undo`}
        confirmLabel={t('imports.undoNow')}
        cancelHref={`/office/imports/${row.importId}`}
        isReversible
      />
    </>
  );
}

export type Named = { kind: string; name: string; count: number };

/** Why an import cannot be taken back: each thing that rests on it, by name. */
export function DependentsNotice({ dependents }: { dependents: Named[] }) {
  const { t, language } = useFrame();
  return (
    <Notice tone="refused" title={t('imports.dependentsTitle')}>
      <KeyValue
        items={dependents.slice(0, 20).map(({ kind, name, count }) => ({
          label: t(dependentWord(kind)),
          value: count > 1 ? `${name} (${formatNumber(count, language)})` : name,
        }))}
      />
    </Notice>
  );
}
