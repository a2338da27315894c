import type { RequestHandler } from 'express';
import type { NoticeStatus } from '../../shared/contract/enforcement.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { instantInWords } from './chinese.ts';
import { escaped } from './html.ts';
import { tokenHashOf } from './numbers.ts';
import { readSettings } from './store-settings.ts';
import { findNoticeByToken } from './store.ts';

const publicStates: Partial<Record<string, NoticeStatus['state']>> = {
  notice_posted: 'waiting',
  notice_expired: 'expired',
  closed: 'ended',
  no_penalty: 'ended',
  transferred: 'ended',
  revoked: 'ended',
};

/** What a stranger may know who holds the paper: number, state, last public note, organ, contact, deadline. */
export async function noticeStatus(deps: Deps, token: string): Promise<NoticeStatus> {
  const notice = /^[\w-]{32}$/.test(token) ? await findNoticeByToken(deps.db, tokenHashOf(token)) : undefined;
  if (!notice) throw new Refused('notice_unknown');
  const settings = await readSettings(deps.db);
  return {
    number: notice.number,
    state: publicStates[notice.state] ?? 'handling',
    note: notice.public_note,
    organ: settings.organ,
    contact: settings.contact,
    address: settings.address,
    dueAt: notice.due_at,
  };
}

/** Sentences of the public page. It is served to strangers without the product's pages, so they stand here. */
const words = {
  title: ['协助调查通知书办理状态', 'Status of the notice to assist an inquiry'],
  number: ['文号', 'Number'],
  state: ['状态', 'State'],
  note: ['最新说明', 'Latest note'],
  organ: ['办理机关', 'Organ'],
  address: ['办理地点', 'Where to come'],
  contact: ['联系电话', 'Contact'],
  due: ['办理期限', 'Come before'],
  privacy: ['本页不显示车辆号牌和个人信息。', 'This page shows no plate and nothing about a person.'],
  unknown: ['未查到该通知书。', 'There is no such notice.'],
} as const;

const stateWords: Readonly<Record<NoticeStatus['state'], readonly [string, string]>> = {
  waiting: ['等待当事人接受调查', 'Waiting for the party'],
  expired: ['已逾期，依法继续调查', 'Out of time, the inquiry goes on'],
  handling: ['正在办理', 'Being handled'],
  ended: ['已办结', 'Concluded'],
};

const style = `body{font:18px/1.6 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;margin:0;background:#f4f5f7;color:#16181d}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1.35rem;margin:0 0 .25rem}h1 small,dt small,dd small{display:block;font-weight:400;font-size:.8rem;color:#4a5160}
dl{background:#fff;border:1px solid #c9ced8;border-radius:.5rem;margin:1rem 0;padding:.25rem 1rem}dl div{border-bottom:1px solid #e3e6ec;padding:.6rem 0}dl div:last-child{border:0}
dt{font-size:.9rem;color:#4a5160}dd{margin:0;font-weight:600;overflow-wrap:anywhere}footer{font-size:.9rem;color:#4a5160}`;

const both = ([zh, en]: readonly [string, string]): string =>
  `${escaped(zh)}<small lang="en">${escaped(en)}</small>`;

function page(body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${words.title[0]}</title><style>${style}</style></head><body><main><h1>${both(words.title)}</h1>${body}</main></body></html>`;
}

function statusBody(status: NoticeStatus): string {
  const due = Date.parse(status.dueAt);
  const rows: [readonly [string, string], string][] = [
    [words.number, escaped(status.number)],
    [words.state, both(stateWords[status.state])],
    [words.note, escaped(status.note || '—')],
    [words.due, `<time datetime="${escaped(status.dueAt)}">${instantInWords(due)}</time>`],
    [words.organ, escaped(status.organ)],
    [words.address, escaped(status.address)],
    [words.contact, escaped(status.contact)],
  ];
  const list = rows.map(([label, value]) => `<div><dt>${both(label)}</dt><dd>${value}</dd></div>`).join('');
  return `<dl>${list}</dl><footer>${both(words.privacy)}</footer>`;
}

/** GET /n/:token, for whoever scans the QR on the windscreen; nobody signs in. */
export function serveStatusPage(deps: Deps): RequestHandler {
  return async (request, response) => {
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('X-Robots-Tag', 'noindex');
    const status = await noticeStatus(deps, String(request.params.token)).catch((error: unknown) => {
      if (error instanceof Refused) return undefined;
      throw error;
    });
    response
      .status(status ? 200 : 404)
      .type('html')
      .send(page(status ? statusBody(status) : `<p>${both(words.unknown)}</p>`));
  };
}
