import type { ComponentChildren } from 'preact';
import { figure, percentColumnFigure, percentFigure } from '../figures.ts';
import { useFrame } from '../frame.ts';
import { Button } from './button.tsx';
import { NotAvailable } from './stat.tsx';

type BarProps = { percent: number; height: number; tone?: BarTone };
type BarTone = 'indigo' | 'green' | 'on-hero';

/** Width as an SVG attribute: the content policy forbids `style=`. */
function Bar({ percent, height, tone = 'indigo' }: BarProps) {
  const width = Math.min(100, Math.max(0, Math.round(percent * 10) / 10));
  return (
    <svg class={`bar ${tone}`} width="100%" height={height} aria-hidden="true" focusable="false">
      <rect class="bar-track" width="100%" height={height} rx={height / 2} />
      {width > 0 ? <rect class="bar-fill" width={`${width}%`} height={height} rx={height / 2} /> : null}
    </svg>
  );
}

type ProgressBarProps = {
  /** 0 to 100. */
  percent: number;
  /** What progresses, for the ear; also for the eye with `isLabelShown`. */
  label: string;
  isLabelShown?: boolean;
  tone?: BarTone;
};

export function ProgressBar({ percent, label, isLabelShown, tone }: ProgressBarProps) {
  const { language } = useFrame();
  const text = percentFigure(percent, language);
  return (
    <div class="progress">
      {isLabelShown ? (
        <p class="progress-label">
          <span>{label}</span> <b>{text}</b>
        </p>
      ) : null}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(percent)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={text}
      >
        <Bar percent={percent} height={12} tone={tone} />
      </div>
    </div>
  );
}

/** A share as number and bar, for reach in a table or a list; null is "not available". */
export function MeterBar({ percent, label }: { percent: number | null; label?: string }) {
  return (
    <span class="meter">
      <span class="meter-value">
        {label ? <span class="hidden-text">{label}: </span> : null}
        {percent === null ? <NotAvailable /> : percentColumnFigure(percent)}
      </span>
      {percent === null ? null : <Bar percent={percent} height={10} />}
    </span>
  );
}

type JobProgressProps = {
  title: string;
  done: number;
  total: number;
  rejected?: number;
  /** One sentence on what happens now. */
  children?: ComponentChildren;
  /** The page's own address. */
  refreshHref: string;
  /** The same page that sets `frame.refreshSeconds`; given while it does not. */
  followHref?: string;
  /** The same page without it; given while it does. */
  stopHref?: string;
};

/** A long import. Without script the reader refreshes, or asks the page to do so and can stop it. */
export function JobProgress(props: JobProgressProps) {
  const { t, language } = useFrame();
  const percent = props.total === 0 ? 0 : Math.floor((100 * props.done) / props.total);
  const counts = t('shell.jobCounts', {
    done: figure(props.done, language),
    total: figure(props.total, language),
  });
  return (
    <section class="card job">
      <h2>{props.title}</h2>
      <ProgressBar percent={percent} label={props.title} />
      <p>
        <b>{percentFigure(percent, language)}</b> · {counts}
        {props.rejected ? ` · ${t('shell.jobRejected', { count: figure(props.rejected, language) })}` : ''}
      </p>
      {props.children ? <p>{props.children}</p> : null}
      <p class="soft">{t('shell.jobLeave')}</p>
      <div class="button-row">
        <Button variant="secondary" href={props.refreshHref}>
          {t('shell.jobRefresh')}
        </Button>
        {props.followHref ? (
          <Button variant="quiet" href={props.followHref}>
            {t('shell.jobFollow')}
          </Button>
        ) : null}
        {props.stopHref ? (
          <Button variant="quiet" href={props.stopHref}>
            {t('shell.jobStop')}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
