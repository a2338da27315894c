import { parseArgs } from 'node:util';
import { crsNames } from '../../../shared/contract/geo.ts';
import { isTimeZone } from './instants.ts';
import { layers, plainRequest, type DeclaredCrs, type ImportRequest, type Layer } from './request.ts';

/** The command line cannot be understood; the message names the option and what it may be. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const usage = `usage:
  npm run import -- LAYER FILE --crs CRS --source "…" --licence "…" [options]
  npm run import -- export cells|zones FILE
LAYER     ${layers.join(' | ')}
--crs     ${crsNames.join(' | ')} | EPSG:number (for instance EPSG:4549): always asked, never guessed
--source  where the data comes from; shown on maps and kept with the cells
--licence under which terms it may be used
options
  --dry-run               do everything, print the counts, write nothing
  --report FILE.csv       all findings, one a row
  --map field=column,…    names of your columns or properties; a+b joins two columns
  --encoding utf-8|gbk
  --create-town NAME [--town-code CODE] [--metric-srid EPSG]   cells: begin an empty database
  --code-rule 15|any      cells: 15 digits (China), or any code
  --multi refuse|keep|split   polygons of several parts
  --merge-same-code, --repair, --allow-holes, --new-outline    cells
  --publish, --edition-name NAME                               zones
  --skip-bad-rows, --matter-map FILE.csv, --file-known, --time-zone NAME   incidents
  --roster-days N         teams`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  crs: text,
  source: text,
  licence: text,
  map: text,
  report: text,
  encoding: text,
  'dry-run': flag,
  'create-town': text,
  'town-code': text,
  'metric-srid': text,
  'code-rule': text,
  multi: text,
  'merge-same-code': flag,
  repair: flag,
  'allow-holes': flag,
  'new-outline': flag,
  publish: flag,
  'edition-name': text,
  'skip-bad-rows': flag,
  'matter-map': text,
  'file-known': flag,
  'time-zone': text,
  'roster-days': text,
} as const;

/** What the command line asks for. */
export type Asked =
  | {
      readonly act: 'import';
      readonly file: string;
      readonly request: ImportRequest;
      readonly report: string | null;
      readonly matterMap: string | null;
    }
  | { readonly act: 'export'; readonly layer: 'cells' | 'zones'; readonly file: string };

/** Reads the command line; throws `UsageError`. */
export function readOptions(args: readonly string[]): Asked {
  const { values, positionals } = parsed(args);
  const [first, second, third] = positionals;
  if (first === 'export') {
    if ((second !== 'cells' && second !== 'zones') || third === undefined)
      throw new UsageError('export takes: cells or zones, then a file');
    return { act: 'export', layer: second, file: third };
  }
  const layer = oneOf('LAYER', first, layers);
  if (second === undefined || third !== undefined) throw new UsageError('give one FILE after the layer');
  const needed = (name: 'source' | 'licence', words: string) => {
    const value = values[name]?.trim();
    if (!value) throw new UsageError(`--${name} is compulsory: ${words}`);
    return value;
  };
  const timeZone = values['time-zone'] ?? 'Asia/Shanghai';
  if (!isTimeZone(timeZone))
    throw new UsageError(`--time-zone ${timeZone} is unknown: give a name such as Asia/Shanghai`);
  return {
    act: 'import',
    file: second,
    report: values.report ?? null,
    matterMap: values['matter-map'] ?? null,
    request: plainRequest({
      layer,
      crs: readDeclaredCrs(values.crs),
      source: needed('source', 'name the survey, office or publisher'),
      licence: needed('licence', 'for instance ODbL-1.0, MIT, or "internal use of the town"'),
      dryRun: values['dry-run'],
      map: readMap(values.map, layer),
      encoding: oneOf('--encoding', values.encoding ?? 'utf-8', ['utf-8', 'gbk'] as const),
      createTown: values['create-town'] ?? null,
      townCode: values['town-code'] ?? null,
      metricSrid:
        values['metric-srid'] === undefined ? null : whole('--metric-srid', values['metric-srid'], 1024),
      codeRule: oneOf('--code-rule', values['code-rule'] ?? '15', ['15', 'any'] as const),
      mergeSameCode: values['merge-same-code'],
      multi: oneOf('--multi', values.multi ?? 'refuse', ['refuse', 'keep', 'split'] as const),
      repair: values.repair,
      allowHoles: values['allow-holes'],
      newOutline: values['new-outline'],
      publish: values.publish,
      editionName: values['edition-name'] ?? null,
      skipBadRows: values['skip-bad-rows'],
      timeZone,
      fileKnown: values['file-known'],
      rosterDays: whole('--roster-days', values['roster-days'] ?? '30', 1),
    }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readDeclaredCrs(word: string | undefined): DeclaredCrs {
  const values = `${crsNames.join(', ')} or EPSG:number`;
  if (word === undefined) throw new UsageError(`--crs is compulsory: ${values}`);
  const datum = crsNames.find((name) => name === word.toLowerCase());
  if (datum) return { datum };
  const number = /^EPSG:(\d{4,6})$/i.exec(word)?.[1];
  if (number === undefined) throw new UsageError(`--crs ${word} is unknown: ${values}`);
  return number === '4326' ? { datum: 'wgs84' } : { epsg: Number(number) };
}

function readMap(word: string | undefined, layer: Layer): Map<string, string> {
  const map = new Map<string, string>();
  for (const pair of word?.split(',') ?? []) {
    const [field, name] = pair.split('=').map((part) => part.trim());
    if (!field || !name)
      throw new UsageError(`--map ${pair}: write field=column, several joined by commas (${layer})`);
    map.set(field, name);
  }
  return map;
}

function oneOf<T extends string>(name: string, word: string | undefined, values: readonly T[]): T {
  const value = values.find((each) => each === word);
  if (value === undefined)
    throw new UsageError(`${name} ${word ?? 'is missing'}: one of ${values.join(', ')}`);
  return value;
}

function whole(name: string, word: string, least: number): number {
  const value = Number(word);
  if (!Number.isInteger(value) || value < least)
    throw new UsageError(`${name} ${word}: a whole number from ${least}`);
  return value;
}
