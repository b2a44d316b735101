import type { ComponentChildren } from 'preact';
import type { MessageKey } from '../../kernel/i18n.ts';
import type { FlashMessage } from '../frame.ts';
import { useFrame } from '../frame.ts';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

export type TagTone = 'done' | 'due' | 'overdue' | 'draft' | 'progress' | 'neutral';

/** A word of state. The word says it, the colour only helps. */
export function Tag({ tone = 'neutral', children }: { tone?: TagTone; children: ComponentChildren }) {
  return <span class={`tag ${tone}`}>{children}</span>;
}

export type NoticeTone = 'needs-you' | 'info' | 'done' | 'refused';

const noticeIcons: Record<NoticeTone, IconName> = {
  'needs-you': 'warning',
  info: 'info',
  done: 'check',
  refused: 'warning',
};

type NoticeProps = {
  tone?: NoticeTone;
  title?: string;
  headingLevel?: 2 | 3;
  children?: ComponentChildren;
  actions?: ComponentChildren;
};

export function Notice({ tone = 'info', title, headingLevel = 2, children, actions }: NoticeProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div class={`notice ${tone}`}>
      <Icon name={noticeIcons[tone]} size={24} />
      <div>
        {title ? <Heading>{title}</Heading> : null}
        {children}
        {actions ? <div class="button-row">{actions}</div> : null}
      </div>
    </div>
  );
}

const flashLooks: Record<FlashMessage['kind'], { tone: NoticeTone; label: MessageKey }> = {
  success: { tone: 'done', label: 'shell.success' },
  error: { tone: 'refused', label: 'shell.failure' },
  info: { tone: 'info', label: 'shell.information' },
};

/** What the last action did; `renderPage` shows `frame.flash` with it. */
export function Flash({ kind, children }: { kind: FlashMessage['kind']; children: ComponentChildren }) {
  const { t } = useFrame();
  const look = flashLooks[kind];
  return (
    <div class={`notice flash ${look.tone}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon name={noticeIcons[look.tone]} size={24} />
      <div>
        <p>
          <b>{t(look.label)}:</b> {children}
        </p>
      </div>
    </div>
  );
}
