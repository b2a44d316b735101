import type { FastifyReply, FastifyRequest } from 'fastify';
import { WritingAids } from '../../catalogue/index.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  Grid,
  HiddenFields,
  PageHeading,
  RadioGroup,
  SelectField,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { BankRow } from '../stores/banks.ts';
import type { BlueprintRow } from '../stores/blueprints.ts';
import { type FormValues, shownParts, shownSections, upTo, valuesOfRules } from './blueprint-values.ts';
import {
  blueprintHref,
  blueprintsHref,
  difficultyLabel,
  type LessonPlace,
  lessonHref,
  nameOf,
  type Say,
  sayOf,
} from './words.ts';

type View = {
  blueprint?: BlueprintRow;
  banks: BankRow[];
  state: FormState;
  isTyped?: boolean;
  /** The lesson that a new one is for. */
  from?: LessonPlace;
};
type Part = { values: FormValues; errors: FieldError[]; say: Say };

/** The form of a blueprint: what is drawn, section by section, then the rules of the attempt. */
export function sendBlueprintForm(request: FastifyRequest, reply: FastifyReply, view: View) {
  const say = sayOf(request);
  const { t } = say;
  const { blueprint, state } = view;
  const title = t(blueprint ? 'assessment.editBlueprint' : 'assessment.newBlueprint');
  const isTyped = state.errors.length > 0 || view.isTyped;
  const values = isTyped ? state.values : savedValues(blueprint);
  const backToList = view.from ? lessonHref(view.from) : blueprintsHref;
  const back = blueprint ? blueprintHref(blueprint.code) : backToList;
  const part = { values, errors: state.errors, say };
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'banks',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: t('assessment.blueprints'), href: blueprintsHref }],
    },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={t('assessment.blueprintFormLead')} />
      <WritingAids ctx={request.ctx} />
      <Form action={blueprint ? blueprintHref(blueprint.code, '/edit') : blueprintsHref}>
        <HiddenFields values={{ course: view.from?.course, lesson: view.from?.lesson }} />
        <Names {...part} isNew={!blueprint} />
        {upTo(shownSections(values) + (view.isTyped ? 1 : 0)).map((at) => (
          <Section key={at} {...part} at={at} banks={view.banks} />
        ))}
        <Button name="action" value="more" variant="secondary" icon="plus">
          {t('assessment.moreParts')}
        </Button>
        <Grid>
          <Marking {...part} />
          <Attempts {...part} />
        </Grid>
        <ButtonRow>
          <Button name="action" value="save">
            {t(view.from ? 'assessment.saveForLesson' : 'common.save')}
          </Button>
          <Button href={back} variant="quiet">
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}

function savedValues(blueprint: BlueprintRow | undefined): FormValues {
  if (!blueprint) return { pass: '60', grace: '30', shuffled: 'yes', feedback: 'rightness' };
  const { titleHi, titleEn, revision } = blueprint;
  return {
    ...valuesOfRules(blueprint.rules),
    titleHi: titleHi ?? '',
    titleEn: titleEn ?? '',
    revision: String(revision),
  };
}

function Names({ values, errors, say: { t }, isNew }: Part & { isNew: boolean }) {
  return (
    <Card>
      <HiddenFields values={{ revision: values['revision'] }} />
      {isNew ? (
        <TextField
          name="code"
          label={t('assessment.code')}
          hint={t('assessment.codeHint')}
          value={values['code']}
          error={errorFor(errors, 'code')}
          maxLength={64}
          width="medium"
        />
      ) : null}
      <Grid>
        <TextField
          name="titleHi"
          label={t('assessment.titleHi')}
          value={values['titleHi']}
          error={errorFor(errors, 'titleHi')}
          lang="hi"
          maxLength={200}
        />
        <TextField
          name="titleEn"
          label={t('assessment.titleEn')}
          value={values['titleEn']}
          lang="en"
          maxLength={200}
        />
      </Grid>
    </Card>
  );
}

type SectionPart = Part & { at: number; banks: BankRow[] };

function Section(props: SectionPart) {
  const { at, values, errors, say } = props;
  const { t } = say;
  return (
    <Card title={t('assessment.sectionNo', { n: at })}>
      <Grid>
        <TextField
          name={`s${at}-titleHi`}
          label={t('assessment.titleHi')}
          value={values[`s${at}-titleHi`]}
          lang="hi"
          maxLength={200}
          isOptional
        />
        <TextField
          name={`s${at}-titleEn`}
          label={t('assessment.titleEn')}
          value={values[`s${at}-titleEn`]}
          lang="en"
          maxLength={200}
          isOptional
        />
        <NumberField {...props} name={`s${at}-cutOff`} label={t('assessment.cutOff')} suffix="%" isOptional />
        <NumberField
          {...props}
          name={`s${at}-points`}
          label={t('assessment.sectionPoints')}
          hint={t('assessment.sectionPointsHint')}
          isOptional
        />
      </Grid>
      {errorFor(errors, `sections.${at - 1}.parts.0.bank`) ? (
        <p class="field-error">{errorFor(errors, `sections.${at - 1}.parts.0.bank`)}</p>
      ) : null}
      {upTo(Math.max(2, shownParts(values, at))).map((which) => (
        <PartRow key={which} {...props} which={which} />
      ))}
    </Card>
  );
}

function PartRow(props: SectionPart & { which: number }) {
  const { at, which, banks, values, errors, say } = props;
  const { t, language } = say;
  const own = `s${at}-p${which}`;
  return (
    <fieldset class="card">
      <legend class="hidden-text">{t('assessment.partNo', { n: which })}</legend>
      <Grid>
        <SelectField
          name={`${own}-bank`}
          label={t('assessment.bank')}
          value={values[`${own}-bank`]}
          error={errorFor(errors, `${own}-bank`)}
          emptyLabel={true}
          options={banks.map((bank) => ({
            value: bank.code,
            label: `${nameOf(bank, language)} (${bank.questions})`,
          }))}
        />
        <NumberField {...props} name={`${own}-count`} label={t('assessment.howMany')} />
        <TextField
          name={`${own}-tag`}
          label={t('assessment.tag')}
          value={values[`${own}-tag`]}
          maxLength={60}
          isOptional
        />
        <SelectField
          name={`${own}-difficulty`}
          label={t('assessment.difficulty')}
          value={values[`${own}-difficulty`]}
          emptyLabel={t('assessment.any')}
          options={[1, 2, 3].map((one) => ({ value: String(one), label: difficultyLabel(one, say) }))}
        />
      </Grid>
    </fieldset>
  );
}

type NumberProps = Part & {
  name: string;
  label: string;
  hint?: string;
  suffix?: string;
  isOptional?: boolean;
};

function NumberField({ values, errors, name, label, hint, suffix, isOptional }: NumberProps) {
  const error = errorFor(errors, name);
  const value = values[name];
  return (
    <TextField
      {...{ name, label, hint, suffix, value, error, isOptional }}
      inputmode="decimal"
      width="short"
    />
  );
}

function Marking(props: Part) {
  const { values, say } = props;
  const { t } = say;
  return (
    <Card title={t('assessment.marks')}>
      <NumberField {...props} name="pass" label={t('assessment.passMark')} suffix="%" />
      <NumberField
        {...props}
        name="negative"
        label={t('assessment.negative')}
        hint={t('assessment.negativeHint')}
        suffix="%"
        isOptional
      />
      <NumberField
        {...props}
        name="floor"
        label={t('assessment.floorField')}
        hint={t('assessment.floorHint')}
        isOptional
      />
      <Checkbox
        name="partial"
        label={t('assessment.partial')}
        hint={t('assessment.partialHint')}
        isChecked={Boolean(values['partial'])}
      />
      <RadioGroup
        name="feedback"
        label={t('assessment.feedback')}
        hint={t('assessment.feedbackHint')}
        value={values['feedback'] ?? 'rightness'}
        options={[
          { value: 'score', label: t('assessment.feedbackScore') },
          { value: 'rightness', label: t('assessment.feedbackRightness') },
          { value: 'explanations', label: t('assessment.feedbackExplanations') },
        ]}
      />
    </Card>
  );
}

function Attempts(props: Part) {
  const { values, say } = props;
  const { t } = say;
  return (
    <Card title={t('assessment.attempts')}>
      <NumberField
        {...props}
        name="minutes"
        label={t('assessment.minutesField')}
        hint={t('assessment.blankIsNone')}
        isOptional
      />
      <NumberField {...props} name="grace" label={t('assessment.grace')} hint={t('assessment.graceHint')} />
      <NumberField
        {...props}
        name="attempts"
        label={t('assessment.attempts')}
        hint={t('assessment.blankIsNone')}
        isOptional
      />
      <NumberField {...props} name="cooling" label={t('assessment.coolingField')} isOptional />
      <Checkbox name="shuffled" label={t('assessment.shuffled')} isChecked={Boolean(values['shuffled'])} />
    </Card>
  );
}
