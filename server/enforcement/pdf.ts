import type { Content, TableCell } from 'pdfmake';
import type { TemplateBlock, TemplateBody } from '../../shared/contract/papers.ts';
import { makePdf, mm, type PdfDefinition } from '../kernel/pdf.ts';
import { filled, type Hand, type PaperContent } from './paper-content.ts';

/** A paper as PDF, A4, with the margins of official documents; the same content gives the same bytes. */
export function renderPdf(template: TemplateBody, content: PaperContent, madeAt: number): Promise<Buffer> {
  const definition: PdfDefinition = {
    pageMargins: [mm(25), mm(15), mm(25), mm(14)],
    info: { title: content.title, author: content.organ },
    defaultStyle: { font: 'Song', fontSize: 10.5, lineHeight: 1.3 },
    content: [
      { text: content.organ, alignment: 'center', bold: true, fontSize: 15, lineHeight: 1.2 },
      {
        text: content.title,
        alignment: 'center',
        bold: true,
        fontSize: 20,
        margin: [0, 2, 0, 4],
        characterSpacing: 2,
      },
      ...(content.number
        ? [
            {
              text: content.number,
              alignment: 'right' as const,
              fontSize: 11,
              margin: [0, 0, 0, 4] as [number, number, number, number],
            },
          ]
        : []),
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: mm(160), y2: 0, lineWidth: 1.2 }], margin: [0, 0, 0, 8] },
      ...template.blocks.flatMap((block) => blockOf(block, content)),
    ],
    footer: (page, pages) => ({
      text: `第 ${page} 页 共 ${pages} 页`,
      alignment: 'center',
      fontSize: 9,
      margin: [0, mm(5), 0, 0],
    }),
  };
  return makePdf(definition, madeAt);
}

function blockOf(block: TemplateBlock, content: PaperContent): Content[] {
  switch (block.block) {
    case 'paragraph': {
      const text = filled(block.text, content);
      if (text.trim() === '') return [];
      return text
        .split('\n')
        .map((line) => ({ text: line, leadingIndent: block.flush ? 0 : 21, margin: [0, 1, 0, 1] }));
    }
    case 'table':
      return [tableOf(block.rows, content)];
    case 'signatures':
      return [signaturesOf(block.of, content)];
    case 'seal':
      return [
        {
          unbreakable: true,
          margin: [0, 6, 0, 2],
          stack: [
            { text: content.organ, alignment: 'right', bold: true },
            { text: '（印章）', alignment: 'right', color: '#777777', fontSize: 10 },
            { text: content.date, alignment: 'right' },
          ],
        },
      ];
    case 'qr':
      if (content.qr === null) return [];
      return [
        {
          unbreakable: true,
          columns: [
            { qr: content.qr, fit: 76, eccLevel: 'M', width: 84 },
            { text: filled(block.text, content), fontSize: 10, margin: [8, 28, 0, 0] },
          ],
          margin: [0, 8, 0, 0],
        },
      ];
    case 'note':
      return [{ text: filled(block.text, content), fontSize: 9.5, margin: [0, 4, 0, 0] }];
    default:
      return [
        {
          stack: [
            { canvas: [{ type: 'line', x1: 0, y1: 0, x2: mm(160), y2: 0, lineWidth: 0.6 }] },
            { text: filled(block.text, content), fontSize: 9.5, margin: [0, 3, 0, 0] },
          ],
          margin: [0, 5, 0, 0],
        },
      ];
  }
}

type Cell = Extract<TemplateBlock, { block: 'table' }>['rows'][number][number];

/** Rows of one to three pairs on a grid of twelve: labels are equally wide, the last text takes what is left. */
function tableOf(rows: readonly (readonly Cell[])[], content: PaperContent): Content {
  const spans: Record<number, readonly number[]> = { 1: [10], 2: [4, 4], 3: [2, 2, 2] };
  const body = rows.map((row) =>
    row.flatMap(({ label, text }, at): TableCell[] => {
      const span = spans[row.length]?.[at] ?? 2;
      const words = filled(text, content);
      const fill = { text: words, colSpan: span, margin: [3, 1, 3, 1] } as TableCell;
      return [
        {
          text: label,
          bold: true,
          colSpan: 2,
          alignment: 'center',
          fontSize: 10.5,
          margin: [2, 1, 2, 1],
        },
        '',
        fill,
        ...Array.from({ length: span - 1 }, () => ''),
      ];
    }),
  );
  return {
    table: { widths: Array.from({ length: 12 }, () => '*'), body, dontBreakRows: true },
    layout: { hLineWidth: () => 0.7, vLineWidth: () => 0.7 },
    margin: [0, 2, 0, 5],
    lineHeight: 1.25,
  };
}

const roles = { officers: '执法人员', party: '当事人', witness: '见证人', approver: '审批人' } as const;

function signaturesOf(of: readonly (keyof typeof roles)[], content: PaperContent): Content {
  const lines = of.flatMap((who): Content[] => {
    const hands =
      who === 'officers' ? content.officers : who === 'party' && content.party ? [content.party] : [];
    const shown = hands.length > 0 ? hands : [undefined];
    return shown.map((hand) => ({
      columns: [
        { text: `${roles[who]}（签名）：`, width: 110, margin: [0, 7, 0, 0] },
        handOf(hand),
        { text: `日期：${hand ? content.date : '　　年　月　日'}`, width: 130, margin: [0, 7, 0, 0] },
      ],
      margin: [0, 1, 0, 1],
    }));
  });
  return { unbreakable: true, stack: lines, margin: [0, 4, 0, 0] };
}

function handOf(hand: Hand | undefined): Content {
  if (!hand) return { text: '＿＿＿＿＿＿＿＿', margin: [0, 7, 0, 0] };
  if (hand.refusalNote !== null) return { text: `(${hand.refusalNote})`, margin: [0, 7, 0, 0], bold: true };
  const licence = hand.licence ? `执法证号 ${hand.licence}` : '';
  return hand.image === null
    ? { text: `${hand.name} ${licence}`, margin: [0, 7, 0, 0] }
    : {
        stack: [
          { image: `data:image/png;base64,${hand.image}`, fit: [130, 22] },
          { text: `${hand.name} ${licence}`, fontSize: 8 },
        ],
      };
}
