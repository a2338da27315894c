import type { Knex } from 'knex';
import type { EnforcementSettings } from '../../shared/contract/papers.ts';

const name = 'enforcement';

/** What holds until the organ says otherwise. Bodies and addresses are the operator's to fill in. */
export const usualSettings: EnforcementSettings = {
  organ: '慈城镇人民政府',
  address: '慈城镇综合行政执法队办案区',
  contact: '0574-00000000',
  numberPrefix: {
    inquiry_notice: '慈执协查',
    onspot_decision: '慈执当罚',
    correction_order: '慈执责改',
    prior_notice: '慈执罚告',
    penalty_decision: '慈执罚决',
  },
  reconsiderationBody: '宁波市江北区人民政府',
  court: '宁波市江北区人民法院',
  payAt: '决定书所附缴款码或者指定银行',
  photosForClosing: true,
  evidenceForHandling: true,
  simpleAfterNotice: true,
  hearingFromYuan: { individual: null, organisation: null },
};

/** The made-up officers of the demo town take no photos: there alone the two guards on photos are off. */
export const demoSettings: EnforcementSettings = {
  ...usualSettings,
  photosForClosing: false,
  evidenceForHandling: false,
};

/** The settings in force. */
export async function readSettings(db: Knex): Promise<EnforcementSettings> {
  const row = await db('setting').where({ name }).first('value');
  return { ...usualSettings, ...(row?.value as Partial<EnforcementSettings> | undefined) };
}

export const saveSettings = (db: Knex, settings: EnforcementSettings, at: number) =>
  db('setting')
    .insert({ name, value: JSON.stringify(settings), changed_at: new Date(at) })
    .onConflict('name')
    .merge();
