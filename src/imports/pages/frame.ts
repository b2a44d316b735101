import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { translator } from '../../kernel/i18n.ts';
import type { ImportRow } from '../../kernel/imports/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { importTitle } from './words.ts';

type DeskPage = {
  title: string;
  row?: ImportRow;
  parent?: { label: string; href: string };
  hasErrors?: boolean;
  width?: 'reading' | 'wide';
  refreshSeconds?: number;
};

/** A page of the import desk in the office's frame, with the way back to the list and the import. */
export function sendImportPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: DeskPage,
  body: ComponentChildren,
) {
  const { language } = request.ctx;
  const list = { label: translator(language)('imports.imports'), href: '/office/imports' };
  const row = page.row;
  const ofImport = row && { label: importTitle(row, language), href: `/office/imports/${row.importId}` };
  const middle = [ofImport ?? page.parent].filter(
    (crumb) => crumb !== undefined && crumb.label !== page.title,
  );
  return sendPage(
    request,
    reply,
    {
      title: page.title,
      area: 'office',
      activeLink: 'imports',
      hasErrors: page.hasErrors,
      width: page.width,
      refreshSeconds: page.refreshSeconds,
      breadcrumbs:
        page.title === list.label
          ? undefined
          : [list, ...middle.filter((crumb) => crumb !== undefined), { label: page.title }],
    },
    body,
  );
}
