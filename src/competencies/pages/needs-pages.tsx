import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import { officeName } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  Details,
  EmptyState,
  ErrorSummary,
  FilterBar,
  Form,
  PageHeading,
  SelectField,
  TextField,
} from '../../shell/index.ts';
import { levels, tagText } from '../dictionary/tags.ts';
import type { CompetencyBranch } from '../dictionary/tree.ts';
import type { NeedsOfPost } from '../needs/set-needs.ts';
import type { DesignationNeeds } from '../stores/needs.ts';
import { kindName, levelText, nameOf, needsHref, type Say } from './words.ts';

type Office = NeedsOfPost['office'];
type ListProps = { offices: Office[]; office: Office; posts: DesignationNeeds[]; q: string; say: Say };

/** Designations, with how many competencies this office has set for each. */
export function NeedsPage({ offices, office, posts, q, say }: ListProps) {
  const { t, language } = say;
  const title = t('competencies.needs');
  return (
    <>
      <PageHeading
        title={title}
        lead={t('competencies.needsLead', { office: officeName(office, language) })}
      />
      <FilterBar action={needsHref}>
        {offices.length > 1 ? (
          <SelectField
            name="office"
            label={t('competencies.needsOffice')}
            value={office.code}
            options={offices.map((one) => ({ value: one.code, label: officeName(one, language) }))}
          />
        ) : null}
        <TextField name="q" label={t('competencies.needsSearch')} type="search" value={q} />
      </FilterBar>
      <Card>
        <DataTable<DesignationNeeds>
          caption={title}
          isCaptionHidden
          isCountHidden
          rows={posts}
          rowKey={(row) => row.designationId}
          empty={
            <EmptyState icon="search" title={t('competencies.needsNone')}>
              {t('competencies.needsNoneText')}
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              label: t('competencies.designation'),
              kind: 'link',
              isRowHeading: true,
              value: (row) => pick({ hi: row.name, en: row.nameEn }, language),
              href: (row) => `${needsHref}/${encodeURIComponent(office.code)}/${row.designationId}`,
            },
            {
              key: 'set',
              label: t('competencies.needsSet'),
              value: (row) => (row.set > 0 ? String(row.set) : t('competencies.needsNotSet')),
            },
          ]}
        />
      </Card>
    </>
  );
}

type FormProps = { post: NeedsOfPost; tree: CompetencyBranch[]; state: FormState; say: Say };

/** One level for each competency that the post asks for; what is chosen stands first. */
export function NeedsForm({ post, tree, state, say }: FormProps) {
  const { t, language } = say;
  const { office, designation } = post;
  const title = pick({ hi: designation.name, en: designation.nameEn }, language);
  const chosen = new Map(post.needs.map((need) => [need.key, tagText(need)]));
  const all = tree.flatMap((branch) => branch.competencies);
  const select = (one: (typeof all)[number]) => (
    <SelectField
      key={one.key}
      name={`competency.${one.key}`}
      label={nameOf(one, language)}
      value={state.values[`competency.${one.key}`] ?? chosen.get(one.key) ?? ''}
      emptyLabel={t('competencies.needNotAsked')}
      options={levels.map((level) => ({
        value: tagText({ key: one.key, level }),
        label: levelText(level, say),
      }))}
    />
  );
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={title}
        lead={t('competencies.needsFormLead', { office: officeName(office, language) })}
      />
      <Form action={`${needsHref}/${encodeURIComponent(office.code)}/${designation.designationId}`}>
        <Card>
          {all.filter((one) => chosen.has(one.key)).map(select)}
          {tree.map((branch) => (
            <Details
              key={branch.kind}
              isOpen={chosen.size === 0 && branch.kind === 'functional'}
              summary={kindName(branch.kind, say)}
            >
              {branch.competencies.filter((one) => !chosen.has(one.key)).map(select)}
            </Details>
          ))}
        </Card>
        <ButtonRow>
          <Button>{t('common.save')}</Button>
          <Button variant="secondary" href={`${needsHref}?office=${encodeURIComponent(office.code)}`}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}
