import type { TemplateBlock, TemplateBody } from '../../shared/contract/papers.ts';
import { filled, type Hand, type PaperContent } from './paper-content.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign]!);

/** Style of the print view; inline styles are what the page's policy allows. */
const style = `@page{size:A4;margin:26mm 24mm 24mm 26mm}*{box-sizing:border-box}
body{font:11.5pt/1.6 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei",sans-serif;color:#000;background:#fff;margin:0 auto;max-width:170mm;padding:8mm 4mm}
h1{font-size:22pt;text-align:center;letter-spacing:.1em;margin:0 0 4pt}h2{font-size:15pt;text-align:center;margin:0}
.number{text-align:right;margin:0 0 4pt}hr{border:0;border-top:1.2pt solid #000;margin:0 0 8pt}
p{margin:2pt 0;text-indent:2em;white-space:pre-line}p.flush,.copies,.note{text-indent:0}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:4pt 0 8pt}th,td{border:.7pt solid #000;padding:3pt 4pt;vertical-align:top;text-align:left;word-break:break-all}
th{text-align:center;font-size:10.5pt}.seal,.hand{break-inside:avoid}.seal{text-align:right;margin-top:16pt}
.hand{display:grid;grid-template-columns:9em 1fr 11em;align-items:end;min-height:34pt}.hand img{max-height:34pt;max-width:150pt}
.qr{display:flex;align-items:center;gap:8pt}.qr svg{width:31mm;height:31mm}.copies{border-top:.6pt solid #000;font-size:9.5pt;margin-top:10pt}.note{font-size:9.5pt}`;

/** The print view of a paper: the same template and content as the PDF, as one page without scripts. */
export async function renderHtml(template: TemplateBody, content: PaperContent): Promise<string> {
  const blocks = await Promise.all(template.blocks.map((block) => blockOf(block, content)));
  const number = content.number ? `<p class="number flush">${escaped(content.number)}</p>` : '';
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(content.title)}</title><style>${style}</style></head>
<body><h2>${escaped(content.organ)}</h2><h1>${escaped(content.title)}</h1>${number}<hr>${blocks.join('\n')}</body></html>`;
}

async function blockOf(block: TemplateBlock, content: PaperContent): Promise<string> {
  const words = (text: string) => escaped(filled(text, content));
  switch (block.block) {
    case 'paragraph': {
      const text = words(block.text);
      return text.trim() === '' ? '' : `<p${block.flush ? ' class="flush"' : ''}>${text}</p>`;
    }
    case 'table':
      return `<table>${block.rows.map((row) => rowOf(row, words)).join('')}</table>`;
    case 'signatures':
      return block.of.flatMap((who) => handsOf(who, content)).join('');
    case 'seal':
      return `<div class="seal"><b>${escaped(content.organ)}</b><br>（印章）<br>${escaped(content.date)}</div>`;
    case 'qr': {
      if (content.qr === null) return '';
      const { default: QRCode } = await import('qrcode');
      const svg = await QRCode.toString(content.qr, { type: 'svg', errorCorrectionLevel: 'M', margin: 1 });
      return `<div class="qr">${svg}<span>${words(block.text)}</span></div>`;
    }
    case 'note':
      return `<div class="note">${words(block.text)}</div>`;
    default:
      return `<div class="copies">${words(block.text)}</div>`;
  }
}

type Row = Extract<TemplateBlock, { block: 'table' }>['rows'][number];

function rowOf(row: Row, words: (text: string) => string): string {
  const spans: Record<number, number> = { 1: 10, 2: 4, 3: 2 };
  const cells = row.map(
    ({ label, text }) =>
      `<th colspan="2">${escaped(label)}</th><td colspan="${spans[row.length] ?? 2}">${words(text)}</td>`,
  );
  return `<tr>${cells.join('')}</tr>`;
}

const roles = { officers: '执法人员', party: '当事人', witness: '见证人', approver: '审批人' } as const;

function handsOf(who: keyof typeof roles, content: PaperContent): string[] {
  const hands =
    who === 'officers' ? content.officers : who === 'party' && content.party ? [content.party] : [];
  return (hands.length > 0 ? hands : [undefined]).map(
    (hand) =>
      `<div class="hand"><span>${roles[who]}（签名）:</span><span>${handOf(hand)}</span><span>日期：${hand ? escaped(content.date) : '　　年　月　日'}</span></div>`,
  );
}

function handOf(hand: Hand | undefined): string {
  if (!hand) return '＿＿＿＿＿＿＿＿';
  if (hand.refusalNote !== null) return `<b>(${escaped(hand.refusalNote)})</b>`;
  const name = escaped(`${hand.name}${hand.licence ? ` 执法证号 ${hand.licence}` : ''}`);
  return hand.image === null
    ? name
    : `<img alt="${name}" src="data:image/png;base64,${escaped(hand.image)}"> ${name}`;
}
