import type { TemplateBody } from '../../../shared/contract/papers.ts';

/** The blocks that a paper is made of, in one short word each. */

type Block = TemplateBody['blocks'][number];
type Signer = Extract<Block, { block: 'signatures' }>['of'][number];

export const paragraph = (text: string): Block => ({ block: 'paragraph', text });

/** A paragraph that is not indented: an addressee, a heading. */
export const heading = (text: string): Block => ({ block: 'paragraph', text, flush: true });

/** Rows of labelled cells. */
export const table = (...rows: [label: string, text: string][][]): Block => ({
  block: 'table',
  rows: rows.map((row) => row.map(([label, text]) => ({ label, text }))),
});

/** Who the party is, as the papers of a file begin; what follows differs by paper. */
export const partyRows: [label: string, text: string][][] = [
  [
    ['当事人', '{partyName}'],
    ['类别', '{partyKind}'],
  ],
  [
    ['证件类型', '{idKind}'],
    ['证件号码', '{idNumber}'],
  ],
];

/** The party with its representative and its seat. */
export const partyTable: Block = table(...partyRows, [
  ['法定代表人（负责人）', '{representative}'],
  ['住址（住所）', '{partyAddress}'],
]);

export const signatures = (of: Signer[]): Block => ({ block: 'signatures', of });

export const seal: Block = { block: 'seal' };

/** How many copies there are and who gets them. */
export const copies = (text: string): Block => ({ block: 'copies', text });
