import { formatDayTime } from '../../kernel/dates.ts';
import { formatBytes, formatNumber } from '../../kernel/numbers.ts';
import { Button, Card, PageHeading, Stat, StatStrip, SummaryList, useFrame } from '../../shell/index.ts';
import { Checks } from './checks.tsx';
import { Growth } from './growth.tsx';
import { Queue } from './queue.tsx';
import { SlowStatements } from './slow-statements.tsx';
import type { Standing } from './standing.ts';
import { spanText } from './words.ts';
import { OtherWork } from './work.tsx';

type Props = { href: string; isFollowing: boolean; standing: Standing };

/** What needs the operator first, then how it stands, then what it is made of. */
export function SystemPage({ href, isFollowing, standing }: Props) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading
        title={t('operation.title')}
        lead={t('operation.asOf', { time: formatDayTime(standing.asOf, language) })}
        actions={
          <>
            <Button variant="quiet" href={isFollowing ? href : `${href}?follow=1`}>
              {t(isFollowing ? 'operation.stopFollowing' : 'operation.follow')}
            </Button>
            <Button variant="secondary" href={isFollowing ? `${href}?follow=1` : href}>
              {t('operation.refresh')}
            </Button>
          </>
        }
      />
      <Checks findings={standing.findings} />
      <Now standing={standing} />
      <Queue href={href} queue={standing.queue} />
      <OtherWork builds={standing.builds} figures={standing.figures} />
      <Growth sizes={standing.sizes} perDay={standing.growthPerDay} />
      <SlowStatements slow={standing.slow} />
      <Versions versions={standing.versions} />
    </>
  );
}

function Now({ standing }: { standing: Standing }) {
  const { t, language } = useFrame();
  const { figures, queue, shed } = standing;
  const waiting = queue.reduce((sum, task) => sum + task.waiting, 0);
  const failed = queue.reduce((sum, task) => sum + task.failed, 0);
  const oldest = spanText(Math.max(0, ...queue.map((task) => task.oldest)), t);
  const deltas = formatNumber(figures?.work.deltas ?? 0, language);
  return (
    <Card title={t('operation.now')}>
      <StatStrip>
        <Stat
          label={t('operation.jobsWaiting')}
          value={waiting}
          detail={
            waiting > 0 ? t('operation.oldestFor', { time: oldest }) : t('operation.jobsWaitingMeaning')
          }
        />
        <Stat label={t('operation.jobsFailed')} value={failed} detail={t('operation.jobsFailedMeaning')} />
        <Stat
          label={t('operation.counterDelay')}
          value={figures ? spanText(figures.delaySeconds, t) : null}
          detail={t('operation.deltas', { count: deltas })}
        />
        <BackupStat standing={standing} />
        <DiskStat standing={standing} />
        <Stat
          label={t('operation.shed')}
          value={shed.learning + shed.desk + shed.reports}
          detail={t('operation.shedByClass', shed)}
        />
      </StatStrip>
    </Card>
  );
}

function BackupStat({ standing: { figures, asOf } }: { standing: Standing }) {
  const { t } = useFrame();
  const backup = figures?.backup;
  const age = backup ? Math.max(0, (asOf.getTime() - new Date(backup.madeAt).getTime()) / 1000) : 0;
  return (
    <Stat
      label={t('operation.backup')}
      value={backup ? t('operation.ago', { time: spanText(age, t) }) : null}
      detail={
        backup
          ? t('operation.backupSize', { size: formatBytes(backup.bytes), time: spanText(backup.seconds, t) })
          : t('operation.noBackup')
      }
    />
  );
}

function DiskStat({ standing: { figures, growthPerDay } }: { standing: Standing }) {
  const { t, language } = useFrame();
  const free = figures?.freeBytes;
  const days = free && growthPerDay && growthPerDay > 0 ? Math.floor(free / growthPerDay) : undefined;
  return (
    <Stat
      label={t('operation.diskFree')}
      value={free === undefined ? null : formatBytes(free)}
      detail={
        days === undefined
          ? t('operation.diskDaysUnknown')
          : t('operation.diskDays', { count: formatNumber(days, language) })
      }
    />
  );
}

function Versions({ versions }: { versions: Standing['versions'] }) {
  const { t } = useFrame();
  return (
    <Card title={t('operation.versions')}>
      <SummaryList
        rows={[
          { label: t('operation.daksh'), value: versions.daksh },
          { label: 'Node.js', value: versions.node },
          { label: 'PostgreSQL', value: versions.postgres },
          { label: t('operation.schemaSteps'), value: versions.steps },
          { label: t('operation.processes'), value: versions.processes },
        ]}
      />
    </Card>
  );
}
