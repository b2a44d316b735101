import enActs from './en/acts.json' with { type: 'json' };
import enAppraisal from './en/appraisal.json' with { type: 'json' };
import enAssessment from './en/assessment.json' with { type: 'json' };
import enCampaigns from './en/campaigns.json' with { type: 'json' };
import enCatalogue from './en/catalogue.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enCompetencies from './en/competencies.json' with { type: 'json' };
import enCredentials from './en/credentials.json' with { type: 'json' };
import enCurriculum from './en/curriculum.json' with { type: 'json' };
import enEditor from './en/editor.json' with { type: 'json' };
import enImports from './en/imports.json' with { type: 'json' };
import enInsight from './en/insight.json' with { type: 'json' };
import enLearning from './en/learning.json' with { type: 'json' };
import enMandates from './en/mandates.json' with { type: 'json' };
import enMedia from './en/media.json' with { type: 'json' };
import enNotices from './en/notices.json' with { type: 'json' };
import enOperation from './en/operation.json' with { type: 'json' };
import enOrders from './en/orders.json' with { type: 'json' };
import enOrganisations from './en/organisations.json' with { type: 'json' };
import enPeople from './en/people.json' with { type: 'json' };
import enReminders from './en/reminders.json' with { type: 'json' };
import enReports from './en/reports.json' with { type: 'json' };
import enReview from './en/review.json' with { type: 'json' };
import enService from './en/service.json' with { type: 'json' };
import enShell from './en/shell.json' with { type: 'json' };
import enSignin from './en/signin.json' with { type: 'json' };
import enWorkflow from './en/workflow.json' with { type: 'json' };
import hiActs from './hi/acts.json' with { type: 'json' };
import hiAppraisal from './hi/appraisal.json' with { type: 'json' };
import hiAssessment from './hi/assessment.json' with { type: 'json' };
import hiCampaigns from './hi/campaigns.json' with { type: 'json' };
import hiCatalogue from './hi/catalogue.json' with { type: 'json' };
import hiCommon from './hi/common.json' with { type: 'json' };
import hiCompetencies from './hi/competencies.json' with { type: 'json' };
import hiCredentials from './hi/credentials.json' with { type: 'json' };
import hiCurriculum from './hi/curriculum.json' with { type: 'json' };
import hiEditor from './hi/editor.json' with { type: 'json' };
import hiImports from './hi/imports.json' with { type: 'json' };
import hiInsight from './hi/insight.json' with { type: 'json' };
import hiLearning from './hi/learning.json' with { type: 'json' };
import hiMandates from './hi/mandates.json' with { type: 'json' };
import hiMedia from './hi/media.json' with { type: 'json' };
import hiNotices from './hi/notices.json' with { type: 'json' };
import hiOperation from './hi/operation.json' with { type: 'json' };
import hiOrders from './hi/orders.json' with { type: 'json' };
import hiOrganisations from './hi/organisations.json' with { type: 'json' };
import hiPeople from './hi/people.json' with { type: 'json' };
import hiReminders from './hi/reminders.json' with { type: 'json' };
import hiReports from './hi/reports.json' with { type: 'json' };
import hiReview from './hi/review.json' with { type: 'json' };
import hiService from './hi/service.json' with { type: 'json' };
import hiShell from './hi/shell.json' with { type: 'json' };
import hiSignin from './hi/signin.json' with { type: 'json' };
import hiWorkflow from './hi/workflow.json' with { type: 'json' };

/** Every word on a page: one flat JSON file a namespace and language; Hindi defines the keys. */
export const hi = {
  acts: hiActs,
  common: hiCommon,
  shell: hiShell,
  organisations: hiOrganisations,
  people: hiPeople,
  signin: hiSignin,
  editor: hiEditor,
  imports: hiImports,
  appraisal: hiAppraisal,
  assessment: hiAssessment,
  catalogue: hiCatalogue,
  workflow: hiWorkflow,
  learning: hiLearning,
  mandates: hiMandates,
  media: hiMedia,
  competencies: hiCompetencies,
  credentials: hiCredentials,
  curriculum: hiCurriculum,
  orders: hiOrders,
  insight: hiInsight,
  review: hiReview,
  campaigns: hiCampaigns,
  notices: hiNotices,
  reminders: hiReminders,
  reports: hiReports,
  service: hiService,
  operation: hiOperation,
};

export const en: Record<keyof typeof hi, Record<string, string>> = {
  acts: enActs,
  common: enCommon,
  shell: enShell,
  organisations: enOrganisations,
  people: enPeople,
  signin: enSignin,
  editor: enEditor,
  imports: enImports,
  appraisal: enAppraisal,
  assessment: enAssessment,
  catalogue: enCatalogue,
  workflow: enWorkflow,
  learning: enLearning,
  mandates: enMandates,
  media: enMedia,
  competencies: enCompetencies,
  credentials: enCredentials,
  curriculum: enCurriculum,
  orders: enOrders,
  insight: enInsight,
  review: enReview,
  campaigns: enCampaigns,
  notices: enNotices,
  reminders: enReminders,
  reports: enReports,
  service: enService,
  operation: enOperation,
};
