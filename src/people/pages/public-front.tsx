import type { ComponentChildren } from 'preact';
import {
  Button,
  ButtonRow,
  Card,
  CourseCard,
  type CourseCardProps,
  CourseList,
  Grid,
  Prose,
  useFrame,
} from '../../shell/index.ts';

export type PublicFrontProps = {
  /** A few of the published courses, the newest or most fitting first; who draws the page knows them. */
  courses: Pick<CourseCardProps, 'title' | 'href' | 'titleLanguage' | 'minutes' | 'languages'>[];
  /** Where all of them are. */
  coursesHref?: string;
};

/** The front page for who is not signed in: what Daksh is, the way in, a certificate's check, the courses. */
export function PublicFront({ courses, coursesHref }: PublicFrontProps) {
  return (
    <>
      <Hero />
      <Grid columns="equal">
        <CertificateCard />
        <FirstTimeCard />
      </Grid>
      {courses.length > 0 ? <Courses courses={courses} coursesHref={coursesHref} /> : null}
      <How />
    </>
  );
}

function Hero() {
  const { t } = useFrame();
  return (
    <section class="continue">
      <h1>{t('people.frontTitle')}</h1>
      <p>{t('people.frontLead')}</p>
      <ButtonRow>
        <a class="button on-hero" href="/sign-in">
          {t('common.signIn')}
        </a>
      </ButtonRow>
    </section>
  );
}

function CertificateCard() {
  const { t } = useFrame();
  return (
    <Card title={t('people.frontCheck')}>
      <p>{t('people.frontCheckText')}</p>
      <ButtonRow>
        <Button variant="secondary" icon="certificate" href="/verify">
          {t('people.frontCheckAction')}
        </Button>
      </ButtonRow>
    </Card>
  );
}

function FirstTimeCard() {
  const { t } = useFrame();
  return (
    <Card title={t('people.frontFirst')}>
      <p>{t('people.frontFirstText')}</p>
      <ButtonRow>
        <Button variant="secondary" icon="person" href="/sign-in/first-use">
          {t('people.frontFirstAction')}
        </Button>
        <Button variant="quiet" href="/register">
          {t('people.frontRegister')}
        </Button>
      </ButtonRow>
    </Card>
  );
}

function Courses({ courses, coursesHref }: PublicFrontProps) {
  const { t } = useFrame();
  return (
    <Card
      title={t('people.frontCourses')}
      aside={coursesHref ? <a href={coursesHref}>{t('people.frontAllCourses')}</a> : undefined}
    >
      <CourseList>
        {courses.map((course) => (
          <CourseCard key={course.href} headingLevel={3} {...course} />
        ))}
      </CourseList>
    </Card>
  );
}

function How() {
  const { t } = useFrame();
  const line = (title: string, text: string): ComponentChildren => (
    <li>
      <b>{title}</b> {text}
    </li>
  );
  return (
    <Card title={t('people.frontHow')}>
      <Prose>
        <ul>
          {line(t('people.frontHonest'), t('people.frontHonestText'))}
          {line(t('people.frontLanguages'), t('people.frontLanguagesText'))}
          {line(t('people.frontReport'), t('people.frontReportText'))}
          {line(t('people.frontPrivate'), t('people.frontPrivateText'))}
        </ul>
      </Prose>
    </Card>
  );
}
