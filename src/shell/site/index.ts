export { assetUrl } from './assets.ts';
export { shell } from './feature.ts';
export { addSiteLink, firstOfficeWork, type SiteLink } from './links.ts';
export {
  csrfOf,
  flash,
  localPath,
  type PageOptions,
  renderProblem,
  seeOther,
  sendPage,
} from './send-page.tsx';
export { addWaitingKind, type Waiting, WaitingNotice, waitingWork } from './waiting.tsx';
