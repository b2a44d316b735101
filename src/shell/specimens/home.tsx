import { Card, ContinueCard, CourseCard, CourseList, PageHeading, Tag, TaskList } from '../index.ts';
import type { Say, Specimen } from '../specimen.tsx';

/** A supervisor's first page on a phone: where to go on, what is due and why, then the courses. */
export function homeSpecimen(say: Say): Specimen {
  return {
    frame: {
      title: say('मुख्य पृष्ठ', 'Home'),
      navigation: 'learner',
      activeLink: 'home',
      demo: true,
      isAlsoLearner: true,
      actor: {
        name: say('सुनीता वर्मा', 'Sunita Verma'),
        subtitle: say('पर्यवेक्षक, बाराबंकी', 'Supervisor, Barabanki'),
      },
    },
    body: (
      <>
        <PageHeading
          title={say('नमस्ते, सुनीता जी', 'Namaste, Sunita ji')}
          lead={say(
            'पर्यवेक्षक · जनपद समाज कल्याण कार्यालय, बाराबंकी',
            'Supervisor · District Social Welfare Office, Barabanki',
          )}
        />
        <ContinueCard
          title={say('साइबर स्वच्छता: OTP ठगी से बचाव', 'Cyber hygiene: staying safe from OTP fraud')}
          detail={say('पाठ 3 · वीडियो में 4 मिनट बाकी · 0.8 MB', 'Lesson 3 · 4 minutes of video left · 0.8 MB')}
          progressPercent={62}
          href="/courses/CYB-101/lessons/3"
        />
        <Order say={say} />
        <MyCourses say={say} />
      </>
    ),
  };
}

function Order({ say }: { say: Say }) {
  return (
    <Card
      tone="needs-you"
      title={say('आपको क्या पूरा करना है', 'What you have to complete')}
      aside={<Tag tone="due">{say('129 दिन शेष', '129 days left')}</Tag>}
      lead={
        <>
          {say('आदेश 1/2026, मुख्य सचिव · 31 मार्च 2027 तक', 'Order 1/2026, Chief Secretary · by 31 March 2027')}
          {' · '}
          <a href="/orders/1-2026/why">{say('यह मुझ पर क्यों लागू है?', 'Why does it bind me?')}</a>
        </>
      }
    >
      <TaskList
        tasks={[
          {
            text: say('तीन कोर्स पूरे करें', 'Complete three courses'),
            isDone: false,
            detail: say('3 में से 2 पूरे', '2 of 3 done'),
            link: { label: say('कौन से गिने गए?', 'Which ones count?'), href: '/orders/1-2026/counted' },
          },
          {
            text: say('इनमें एक कोर्स AI पर', 'One of them on AI'),
            isDone: true,
            detail: say('पूरा · 12 अक्तूबर', 'Done · 12 October'),
          },
        ]}
      />
    </Card>
  );
}

function MyCourses({ say }: { say: Say }) {
  return (
    <Card title={say('मेरे कोर्स', 'My courses')} aside={<a href="/courses/mine">{say('सभी 7', 'All 7')}</a>}>
      <CourseList>
        <CourseCard
          title={say('नागरिक सेवा पटल पर आचरण', 'Conduct at the citizens’ service desk')}
          href="/courses/SEV-12"
          detail={say('प्रमाणपत्र उपलब्ध · 18 मिनट', 'Certificate ready · 18 min')}
          status={{ tone: 'done', label: say('पूर्ण', 'Done') }}
          action={{ label: say('देखें', 'View'), href: '/certificates/SEV-12' }}
        />
        <CourseCard
          title={say('कार्यालय में AI का सुरक्षित उपयोग', 'Using AI safely in the office')}
          href="/courses/AI-7"
          detail={say('5 में से 2 पाठ · फ़ोन में सहेजा हुआ', '2 of 5 lessons · kept on the phone')}
          status={{ tone: 'progress', label: '40%' }}
          action={{ label: say('खोलें', 'Open'), href: '/courses/AI-7' }}
        />
        <CourseCard
          title={say('सेवानिवृत्ति और पेंशन के नियम', 'Rules of retirement and pension')}
          href="/courses/PEN-3"
          minutes={25}
          megabytes={3.4}
          languages={['hi', 'en']}
          tags={[say('नियम', 'Rules'), say('वित्त', 'Finance')]}
        />
      </CourseList>
    </Card>
  );
}
