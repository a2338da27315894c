import { IconCamera, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { PhotoKind } from '../../../shared/contract/evidence.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { StorageFull, takePhoto } from '../desk/capture.ts';
import { serverNowMs } from '../desk/clock.ts';
import { useDesk } from '../desk/desk.ts';
import { placeNow } from '../desk/where.ts';
import classes from '../shell/phone.module.css';
import { Thumbs } from './thumbs.tsx';
import { useEvidence } from './use-evidence.ts';

const kinds: readonly PhotoKind[] = ['far', 'reference', 'near', 'before', 'after'];

/** What a tile of the panel takes a photo of. */
interface Wanted {
  readonly photoKind: PhotoKind | null;
  readonly slot: string | null;
}

/** Photos of an incident by what they show, and by the words of the matter's checklist. Works without a network. */
export function EvidencePanel(props: {
  /** The number, or `@KEY` while the incident still waits to be reported. */
  readonly incidentId: number | string;
  readonly matterCode: string | null;
  readonly only?: readonly PhotoKind[];
}) {
  const words = useWords().officer.evidence;
  const { incidentId, only } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const me = useDesk((desk) => desk.me);
  const photos = useDesk((desk) => desk.photos).filter((photo) => photo.incidentId === incidentId);
  const matter = useDesk((desk) => desk.matters.find(({ code }) => code === props.matterCode));
  const set = useEvidence(typeof incidentId === 'number' ? incidentId : null);
  const local = new Set(photos.map(({ key }) => key));
  const all = [...photos, ...(set?.evidence ?? []).filter(({ id }) => !local.has(id))];
  const count = (wanted: Wanted) =>
    all.filter(
      (photo) =>
        photo.originalId !== null &&
        (wanted.slot === null ? photo.photoKind === wanted.photoKind : photo.slot === wanted.slot),
    ).length;
  const take = async (file: File | undefined, wanted: Wanted) => {
    if (!file) return;
    setBusy(true);
    setProblem(null);
    try {
      const place = placeNow();
      await takePhoto(file, {
        incidentId,
        ...wanted,
        place,
        lines: [
          formatInstant(serverNowMs()),
          place
            ? `WGS-84 ${place.lng.toFixed(6)}, ${place.lat.toFixed(6)} ±${Math.round(place.accuracyMetres)} m`
            : words.noPlace,
          `${me?.displayName ?? ''} · ${typeof incidentId === 'number' ? incidentId : words.newIncident}`,
        ],
      });
    } catch (error) {
      setProblem(error instanceof StorageFull ? words.full : words.unreadable);
    } finally {
      setBusy(false);
    }
  };
  const slots = only ? [] : slotsOf(matter?.evidence ?? '');
  const tiles: [string, Wanted][] = [
    ...(only ?? kinds).map((kind): [string, Wanted] => [words.kinds[kind], { photoKind: kind, slot: null }]),
    ...slots.map((slot): [string, Wanted] => [slot, { photoKind: 'near', slot }]),
  ];
  const waiting = photos.filter(({ sent, refused }) => !sent && !refused).length;
  return (
    <section className={classes['card']}>
      <div className={classes['spread']}>
        <h2 className={classes['subtitle']}>{words.title}</h2>
        <span role="status">{waiting > 0 ? words.waiting({ count: waiting }) : ''}</span>
      </div>
      <div className={classes['grid']} aria-busy={busy}>
        {tiles.map(([label, wanted]) => (
          <label key={label} className={classes['tile']} data-done={count(wanted) > 0}>
            {count(wanted) > 0 ? (
              <IconCheck size={22} aria-hidden="true" />
            ) : (
              <IconCamera size={22} aria-hidden="true" />
            )}
            <span>
              {label}
              {count(wanted) > 0 && ` ${count(wanted)}`}
            </span>
            <input
              className={classes['hiddenInput']}
              type="file"
              accept="image/*"
              capture="environment"
              onChange={(event) => {
                void take(event.currentTarget.files?.[0], wanted);
                event.currentTarget.value = '';
              }}
            />
          </label>
        ))}
      </div>
      {problem !== null && (
        <p className={classes['text']} role="alert">
          {problem}
        </p>
      )}
      <Thumbs photos={photos} served={(set?.evidence ?? []).filter(({ id }) => !local.has(id))} />
    </section>
  );
}

/** The words of a matter's evidence column, as the server reads them. */
export const slotsOf = (column: string): string[] =>
  column
    .split(/[、，：；,;:]/u)
    .map((word) => word.trim())
    .filter((word) => word !== '');
