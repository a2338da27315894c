import type { EnforcementSettings, PaperKind, TemplateBody } from '../../shared/contract/papers.ts';
import { renderHtml } from './html.ts';
import { faultsOf } from './templates.ts';
import { paperFields } from './templates/fields.ts';

/** A template as a page before it is saved: each field shows its own name, and what is wrong with the fields is listed. */
export async function previewTemplate(
  settings: Pick<EnforcementSettings, 'organ'>,
  kind: PaperKind,
  body: TemplateBody,
): Promise<{ html: string; unknown: string[]; missing: string[] }> {
  const hand = { licence: null, image: null, refusalNote: null };
  const html = await renderHtml(body, {
    title: body.title,
    number: '{number}',
    organ: settings.organ,
    date: '{date}',
    fields: Object.fromEntries(paperFields.map((name) => [name, `{${name}}`])),
    officers: ['{officer1}', '{officer2}'].map((name) => ({ ...hand, name })),
    party: { ...hand, name: '{partyName}' },
    qr: null,
  });
  return { html, ...faultsOf(kind, body) };
}
