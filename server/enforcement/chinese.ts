import { dateOfDay, dayOf, startOfDay } from '../../shared/rules/calendar.ts';

const digits = '零壹贰叁肆伍陆柒捌玖';
const units = ['', '拾', '佰', '仟'];
const groups = ['', '万', '亿'];

/** An amount in the capital numerals of papers: 200 is 贰佰元整, 1050.5 is 壹仟零伍拾元伍角. */
export function amountInWords(yuan: number): string {
  const fen = Math.round(yuan * 100);
  const [whole, jiao, cent] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  const head = whole === 0 ? '' : `${wholeInWords(whole)}元`;
  if (jiao === 0 && cent === 0) return `${head || '零元'}整`;
  const middle = jiao === 0 ? (head ? '零' : '') : `${digits[jiao]}角`;
  return `${head}${middle}${cent === 0 ? '' : `${digits[cent]}分`}`;
}

function wholeInWords(whole: number): string {
  let text = '';
  let rest = whole;
  for (let group = 0; rest > 0; group++, rest = Math.floor(rest / 10_000)) {
    const four = rest % 10_000;
    const words = four === 0 ? '' : `${groupInWords(four)}${groups[group] ?? ''}`;
    // a zero is read where the lower group does not fill its four places
    const gap = text !== '' && whole > 10_000 && lowerIsShort(whole, group) && !text.startsWith('零');
    text = `${words}${gap && four !== 0 ? '零' : ''}${text}`;
  }
  return text;
}

const lowerIsShort = (whole: number, group: number): boolean =>
  Math.floor(whole / 10_000 ** (group - 1)) % 10_000 < 1000;

function groupInWords(four: number): string {
  let text = '';
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(four / 10 ** place) % 10;
    if (digit !== 0) text += `${digits[digit]}${units[place]}`;
    else if (text !== '' && !text.endsWith('零') && four % 10 ** place !== 0) text += '零';
  }
  return text;
}

/** 2026年3月16日 in the town. */
export function dateInWords(at: number): string {
  const [year, month, day] = dateOfDay(dayOf(at)).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** 2026年3月16日10时05分 in the town. */
export function instantInWords(at: number): string {
  const minutes = Math.floor((at - startOfDay(dayOf(at))) / 60_000);
  return `${dateInWords(at)}${Math.floor(minutes / 60)}时${String(minutes % 60).padStart(2, '0')}分`;
}
