import type { CourseRow, FoundCourse } from '../../catalogue/index.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  CheckboxGroup,
  CourseCard,
  CourseList,
  DateField,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  FilterBar,
  Form,
  HiddenFields,
  PageHeading,
  SelectField,
  Tabs,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { type Say, titleOf } from '../pages/words.ts';
import type { PersonChoice } from './choose-persons.ts';
import { listHref } from './pages.tsx';
import type { PostChoice, PostedPerson, Target } from './store.ts';
import { groupName } from './words.ts';

type ChooseProps = { q: string; courses: FoundCourse[]; office?: string; say: Say };

/** First step: which course. */
export function ChooseCoursePage({ q, courses, office, say }: ChooseProps) {
  const { t, language } = say;
  const hrefFor = (code: string) =>
    `${listHref}/new?${new URLSearchParams({ course: code, ...(office ? { office } : {}) })}`;
  return (
    <>
      <PageHeading title={t('learning.assignNew')} lead={t('learning.assignChoose')} />
      <FilterBar action={`${listHref}/new`} submitLabel={t('common.search')} hidden={{ office }}>
        <TextField name="q" label={t('learning.assignCourse')} type="search" value={q} maxLength={200} />
      </FilterBar>
      {courses.length === 0 ? (
        <EmptyState title={t('catalogue.nothing')} icon="search">
          {t('catalogue.nothingAdvice')}
        </EmptyState>
      ) : (
        <Card>
          <CourseList>
            {courses.map((course) => (
              <CourseCard
                headingLevel={2}
                key={course.code}
                {...titleOf(course, language)}
                titleLanguage={titleOf(course, language).titleLanguage}
                href={hrefFor(course.code)}
                minutes={course.durationMinutes ?? undefined}
              />
            ))}
          </CourseList>
        </Card>
      )}
    </>
  );
}

type NewProps = {
  course: CourseRow;
  office: OfficeRow;
  offices: OfficeRow[];
  state: FormState;
  today: string;
  say: Say;
};

type PostsProps = NewProps & { designations: PostChoice[]; cadres: PostChoice[] };

/** Second step, for whoever holds a post: of whom, until when and why. */
export function AssignPostsPage({ designations, cadres, ...at }: PostsProps) {
  const { office, course, say, state } = at;
  return (
    <>
      <Above {...at} target="posts" />
      <Card title={officeName(office, say)} lead={say.t('learning.assignByPostHint')}>
        <Form action={listHref}>
          <HiddenFields values={{ courseCode: course.code, officeCode: office.code, target: 'posts' }} />
          <p class="soft">{say.t('learning.assignReach')}</p>
          <PostFields designations={designations} cadres={cadres} state={state} say={say} />
          <WhenAndWhy {...at} />
        </Form>
      </Card>
    </>
  );
}

/** Second step, for persons: one form, whose first button finds people and keeps whatever was typed and ticked. */
export function AssignPersonsPage({ choice, ...at }: NewProps & { choice: PersonChoice }) {
  const { office, course, say, state } = at;
  const { t } = say;
  const error = errorFor(state.errors, 'personCodes');
  return (
    <>
      <Above {...at} target="persons" />
      <Card title={officeName(office, say)} lead={t('learning.assignByNameHint')}>
        <Form action={listHref}>
          <HiddenFields values={{ courseCode: course.code, officeCode: office.code, target: 'persons' }} />
          <TextField
            name="find"
            label={t('learning.assignFind')}
            hint={t('learning.assignFindHint')}
            type="search"
            value={choice.q}
            error={error}
            id="personCodes"
            maxLength={100}
          />
          <ButtonRow>
            <Button variant="secondary" icon="search" formAction={`${listHref}/new`}>
              {t('common.search')}
            </Button>
          </ButtonRow>
          <People label={t('learning.assignFound')} people={choice.found ?? []} say={say} />
          {choice.found?.length === 0 ? <p>{t('learning.assignFoundNone')}</p> : null}
          <People
            label={t('learning.assignChosen', { n: choice.chosen.length })}
            people={choice.chosen}
            isTicked
            say={say}
          />
          <Details summary={t('learning.assignPaste')} isOpen={Boolean(state.values['pasted'])}>
            <TextArea
              name="pasted"
              label={t('learning.assignCodes')}
              hint={t('learning.assignCodesHint')}
              value={state.values['pasted']}
              rows={3}
              isOptional
            />
          </Details>
          <WhenAndWhy {...at} />
        </Form>
      </Card>
    </>
  );
}

type PeopleProps = { label: string; people: PostedPerson[]; isTicked?: true; say: Say };

function People({ label, people, isTicked, say: { language } }: PeopleProps) {
  if (people.length === 0) return null;
  return (
    <CheckboxGroup
      name="personCodes"
      id={isTicked ? 'chosen' : 'found'}
      label={label}
      values={isTicked ? people.map((one) => one.code) : []}
      options={people.map((one) => ({
        value: one.code,
        label: pick({ hi: one.nameHi ?? '', en: one.nameEn ?? '' }, language) || one.code,
        hint: [
          one.code,
          pick({ hi: one.designation ?? '', en: one.designationEn ?? '' }, language),
          pick({ hi: one.officeHi, en: one.officeEn }, language),
        ]
          .filter(Boolean)
          .join(' · '),
      }))}
    />
  );
}

/** The course that was chosen, the office, and the two ways of saying whom. */
function Above({ course, office, offices, state, say, target }: NewProps & { target: Target }) {
  const { t, language } = say;
  const hrefFor = (whom: Target) =>
    `${listHref}/new?${new URLSearchParams({ course: course.code, office: office.code, whom })}`;
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={t('learning.assignNew')}
        lead={titleOf(course, language).title}
        actions={
          <Button href={`${listHref}/new?office=${encodeURIComponent(office.code)}`} variant="quiet">
            {t('learning.assignOtherCourse')}
          </Button>
        }
      />
      {offices.length > 1 ? (
        <FilterBar
          action={`${listHref}/new`}
          hidden={{ course: course.code, whom: target }}
          submitLabel={t('learning.assignOtherOffice')}
        >
          <SelectField
            name="office"
            label={t('learning.assignOffice')}
            value={office.code}
            options={offices.map((one) => ({ value: one.code, label: officeName(one, say) }))}
          />
        </FilterBar>
      ) : null}
      <Tabs
        label={t('learning.assignWhom')}
        tabs={[
          { label: t('learning.assignByPost'), href: hrefFor('posts'), isActive: target === 'posts' },
          { label: t('learning.assignByName'), href: hrefFor('persons'), isActive: target === 'persons' },
        ]}
      />
    </>
  );
}

function officeName(office: OfficeRow, { language }: Say): string {
  return pick({ hi: office.nameHi, en: office.nameEn }, language);
}

function WhenAndWhy({ state: { values, errors }, today, say: { t } }: NewProps) {
  return (
    <>
      <DateField
        name="wishDay"
        label={t('learning.assignWishDay')}
        value={values['wishDay']}
        min={today}
        error={errorFor(errors, 'wishDay')}
        isOptional
      />
      <TextField
        name="reason"
        label={t('learning.assignReason')}
        hint={t('learning.assignReasonHint')}
        value={values['reason']}
        maxLength={200}
        width="full"
        error={errorFor(errors, 'reason')}
        isOptional
      />
      <ButtonRow>
        <Button>{t('learning.assignSubmit')}</Button>
        <Button variant="quiet" href={listHref}>
          {t('common.cancel')}
        </Button>
      </ButtonRow>
    </>
  );
}

function PostFields({
  designations,
  cadres,
  state,
  say,
}: Pick<PostsProps, 'designations' | 'cadres' | 'state' | 'say'>) {
  const { t, language } = say;
  const { values, errors } = state;
  const options = (choices: PostChoice[]) =>
    choices.map(({ id, name, nameEn, count }) => ({
      value: id,
      label: `${pick({ hi: name, en: nameEn }, language)} (${count})`,
    }));
  return (
    <>
      <SelectField
        name="designationId"
        label={t('learning.assignDesignation')}
        value={values['designationId'] ?? ''}
        emptyLabel={t('learning.assignEvery')}
        error={errorFor(errors, 'designationId')}
        options={options(designations)}
      />
      {cadres.length > 0 ? (
        <SelectField
          name="cadreId"
          label={t('learning.assignCadre')}
          value={values['cadreId'] ?? ''}
          emptyLabel={t('learning.assignEvery')}
          error={errorFor(errors, 'cadreId')}
          options={options(cadres)}
        />
      ) : null}
      <SelectField
        name="serviceGroup"
        label={t('learning.assignServiceGroup')}
        value={values['serviceGroup'] ?? ''}
        emptyLabel={t('learning.assignEvery')}
        options={['A', 'B', 'C', 'D'].map((group) => ({
          value: group,
          label: t('learning.assignGroup', { group: groupName(group, language) }),
        }))}
      />
    </>
  );
}
