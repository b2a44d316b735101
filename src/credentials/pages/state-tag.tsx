import { Tag, type TagTone, useFrame } from '../../shell/index.ts';
import { type Certificate, type CertificateState, stateOf } from '../content.ts';

const looks: Record<
  CertificateState,
  {
    tone: TagTone;
    label: 'credentials.stateValid' | 'credentials.stateRevoked' | 'credentials.stateReplaced';
  }
> = {
  valid: { tone: 'done', label: 'credentials.stateValid' },
  revoked: { tone: 'overdue', label: 'credentials.stateRevoked' },
  replaced: { tone: 'neutral', label: 'credentials.stateReplaced' },
};

export function StateTag({ certificate }: { certificate: Certificate }) {
  const { t } = useFrame();
  const look = looks[stateOf(certificate)];
  return <Tag tone={look.tone}>{t(look.label)}</Tag>;
}
