import { useEffect, useState } from 'react';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import { formatInstant } from '../../words/format.ts';
import { noticePaper } from '../../words/paper-zh-CN.ts';
import { useDesk } from '../desk/desk.ts';
import type { FreeNumber } from '../desk/numbers.ts';
import classes from './paper.module.css';

/** The paper as it is printed at the car: legal documents are in Chinese. The QR leads to the public page. */
export function NoticePrint(props: {
  readonly incident: IncidentView;
  readonly matter: string;
  readonly plate: string;
  readonly place: string;
  readonly number: FreeNumber | null;
  readonly foundAtMs: number;
  readonly dueAtMs: number;
}) {
  const settings = useDesk((desk) => desk.settings);
  const qr = useQr(props.number?.statusPath ?? null);
  const words = noticePaper;
  const rows: [string, string][] = [
    [words.plate, props.plate],
    [words.foundAt, formatInstant(props.foundAtMs).slice(0, 16)],
    [words.place, props.place],
    [words.suspected, props.matter],
    [words.comeTo, settings?.address ?? ''],
    [words.comeUntil, formatInstant(props.dueAtMs).slice(0, 16)],
    [words.bring, words.bringList],
    [words.contact, settings?.contact ?? ''],
  ];
  return (
    <article className={classes['paper']} lang="zh-CN" data-paper="notice">
      <p className={classes['organ']}>{settings?.organ}</p>
      <h2 className={classes['title']}>{words.title}</h2>
      <p className={classes['number']}>{props.number?.number ?? words.numberLater}</p>
      <p>{words.opening}</p>
      <table>
        <tbody>
          {rows.map(([label, text]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{words.consequence}</p>
      {qr !== null && (
        <div className={classes['qr']}>
          <img src={qr} alt={words.qr} />
          <span>{words.qr}</span>
        </div>
      )}
    </article>
  );
}

/** A picture of the QR, drawn on this phone; null before it is there or without an address. */
function useQr(path: string | null): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    if (path === null) return undefined;
    let current = true;
    void import('./qr.ts').then(({ qrPicture }) => {
      if (current) setPicture(qrPicture(new URL(path, location.origin).href));
    });
    return () => {
      current = false;
    };
  }, [path]);
  return picture;
}
