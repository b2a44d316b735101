import type { ComponentChildren } from 'preact';
import { figure } from '../figures.ts';
import { useFrame } from '../frame.ts';

export type StatProps = {
  label: string;
  /** A number is grouped; text stands as it is; null is "not available"; 'masked' is not told. */
  value: number | string | null;
  unit?: string;
  /** What it is of: "3,900 का 70.7%". Every number has one. */
  detail?: ComponentChildren;
  /** Where the definition is. */
  definitionHref?: string;
  /** Text that opens in place: how it was counted. */
  explanation?: ComponentChildren;
  href?: string;
};

/** Figures side by side, ruled apart; children are Stat. */
export function StatStrip({ children }: { children: ComponentChildren }) {
  return <dl class="stat-strip">{children}</dl>;
}

export function Stat(props: StatProps) {
  const { t } = useFrame();
  return (
    <div class="stat">
      <dt>{props.label}</dt>
      <dd class="stat-value">
        {props.href ? <a href={props.href}>{<StatValue {...props} />}</a> : <StatValue {...props} />}
        {props.unit ? <span class="unit"> {props.unit}</span> : null}
      </dd>
      {props.detail ? <dd class="stat-detail">{props.detail}</dd> : null}
      {props.definitionHref ? (
        <dd class="stat-detail">
          <a href={props.definitionHref}>
            {t('shell.definition')}
            <span class="hidden-text">: {props.label}</span>
          </a>
        </dd>
      ) : null}
      {props.explanation ? (
        <dd class="stat-detail">
          <details>
            <summary>
              {t('shell.howCounted')}
              <span class="hidden-text"> {props.label}</span>
            </summary>
            <p>{props.explanation}</p>
          </details>
        </dd>
      ) : null}
    </div>
  );
}

function StatValue({ value }: StatProps) {
  const { language } = useFrame();
  if (value === 'masked') return <Masked />;
  if (value === null) return <NotAvailable />;
  return <>{typeof value === 'number' ? figure(value, language) : value}</>;
}

/** Of a small count and of its neighbours alike: to say which is small would tell of both. */
export function Masked() {
  const { t } = useFrame();
  return (
    <span class="masked" title={t('shell.maskedMeaning')}>
      {t('shell.masked')}
    </span>
  );
}

/** A dash for the eye, words for the ear. */
export function NotAvailable() {
  const { t } = useFrame();
  return (
    <>
      <span aria-hidden="true">–</span>
      <span class="hidden-text">{t('shell.notAvailable')}</span>
    </>
  );
}
