import type { ComponentChildren } from 'preact';
import type { Ctx } from '../../../kernel/context.ts';
import { translator } from '../../../kernel/i18n.ts';
import { Button, ButtonRow, Card } from '../../../shell/index.ts';
import { mayHelpSignIn } from '../policy.ts';

/** On a person's page at the desk: the way to slip, PIN and sessions, for who may help this person. */
export async function signInSection(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (!(await mayHelpSignIn(ctx, personId))) return null;
  const t = translator(ctx.language);
  return (
    <Card title={t('signin.personSignInTitle')} lead={t('signin.sectionLead')}>
      <ButtonRow>
        <Button variant="secondary" href={`/office/persons/${personId}/slip`}>
          {t('signin.slipMake')}
        </Button>
        <Button variant="quiet" href={`/office/persons/${personId}/sign-in`}>
          {t('signin.sectionMore')}
        </Button>
      </ButtonRow>
    </Card>
  );
}
