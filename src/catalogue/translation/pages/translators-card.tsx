import { formatDay } from '../../../kernel/dates.ts';
import { contentLanguages, languageChoice, languageName } from '../../../kernel/languages.ts';
import { Button, DateField, Details, errorFor, Form, SelectField, TextField } from '../../../shell/index.ts';
import { courseHref, type Say } from '../../authoring/pages/words.ts';
import type { TranslatorRow } from '../translators-store.ts';
import type { TranslationView } from './translation-page.tsx';

type Props = { view: TranslationView; say: Say };

/** Who was asked to translate this course, until when; and the form to ask somebody. */
export function Translators({ view, say }: Props) {
  const { t } = say;
  const { desk, translators, query, state } = view;
  const { code } = desk.course;
  const live = translators.filter((one) => !one.endedAt);
  return (
    <Details
      summary={t('workflow.translators', { n: live.length })}
      isOpen={Boolean(state.values['employeeCode'])}
    >
      <p>{t('workflow.translatorsLead')}</p>
      <ul>
        {translators.map((one) => (
          <li key={one.translatorId}>
            {lineOf(one, say)}
            {one.endedAt ? null : (
              <Form action={courseHref(code, `/translation/translators/${one.translatorId}/end`)}>
                <Button variant="quiet">{t('workflow.endTranslator', { name: nameOf(one, say) })}</Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <Form action={courseHref(code, '/translation/translators')} label={t('workflow.inviteTranslator')}>
        <TextField
          name="employeeCode"
          label={t('workflow.translatorCode')}
          width="medium"
          value={state.values['employeeCode']}
          error={errorFor(state.errors, 'employeeCode')}
          isRequired
        />
        <SelectField
          name="language"
          id="translator-language"
          label={t('workflow.language')}
          value={state.values['language'] ?? query.language}
          options={contentLanguages
            .filter((one) => one !== desk.details.language)
            .map((one) => ({ value: one, label: languageChoice(one, t) }))}
        />
        <DateField
          name="until"
          label={t('workflow.translatorUntil')}
          value={state.values['until']}
          error={errorFor(state.errors, 'until')}
          isRequired
        />
        <Button variant="secondary">{t('workflow.inviteTranslator')}</Button>
      </Form>
    </Details>
  );
}

function nameOf(row: TranslatorRow, { language }: Say): string {
  return (language === 'en' ? row.nameEn : row.nameHi) ?? row.nameHi ?? row.nameEn ?? '';
}

function lineOf(row: TranslatorRow, say: Say): string {
  const languages = row.languages.map((one) => languageName(one, say.t)).join(', ');
  const key = row.endedAt ? 'workflow.translatorEndedLine' : 'workflow.translatorLine';
  return say.t(key, { name: nameOf(row, say), languages, day: formatDay(row.until, say.language) });
}
