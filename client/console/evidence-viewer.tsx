import { Button, Group, Modal } from '@mantine/core';
import type { EvidenceSet, EvidenceView } from '../../shared/contract/evidence.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { evidenceName, pictureOf } from './evidence.ts';
import { useNames } from './names.ts';
import classes from './section.module.css';

/** One piece of evidence large: when, where, by whom, its hash and its chain of custody. Arrow keys turn the leaves. */
export function EvidenceViewer(props: {
  readonly set: EvidenceSet;
  readonly shown: readonly EvidenceView[];
  readonly openedId: string;
  readonly open: (id: string | null) => void;
}) {
  const words = useWords();
  const labels = words.work.evidence;
  const names = useNames();
  const at = props.shown.findIndex(({ id }) => id === props.openedId);
  const one = props.shown[at];
  if (!one) return null;
  const turn = (step: number) => props.open(props.shown[at + step]?.id ?? one.id);
  const custody = props.set.custody.filter(({ evidenceId }) => evidenceId === one.id);
  return (
    <Modal
      opened
      onClose={() => props.open(null)}
      title={`${evidenceName(one, words)} · ${labels.count({ number: at + 1, of: props.shown.length })}`}
      size="min(900px, 95vw)"
      closeButtonProps={{ 'aria-label': words.detail.card.close }}
      transitionProps={{ duration: 0 }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') turn(-1);
        if (event.key === 'ArrowRight') turn(1);
      }}
    >
      {one.hasPicture ? (
        <img className={classes['large']} src={pictureOf(one.id)} alt={evidenceName(one, words)} />
      ) : (
        <p className={classes['blank']}>{labels.noPicture}</p>
      )}
      <Group justify="space-between" my="xs">
        <Button size="compact-sm" variant="default" disabled={at === 0} onClick={() => turn(-1)}>
          {labels.previous}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={at === props.shown.length - 1}
          onClick={() => turn(1)}
        >
          {labels.next}
        </Button>
      </Group>
      <dl className={classes['facts']}>
        <dt>{labels.captured}</dt>
        <dd>
          {formatInstant(Date.parse(one.capturedAt))} · {names.person(one.capturedBy)}
        </dd>
        <dt>{labels.received}</dt>
        <dd>
          {formatInstant(Date.parse(one.receivedAt))} · {labels.offset}{' '}
          {labels.seconds({ seconds: one.deviceOffsetSeconds.toFixed(1) })}
        </dd>
        <dt>{labels.place}</dt>
        <dd>
          {one.point === null ? '—' : `${one.point.lng.toFixed(5)}, ${one.point.lat.toFixed(5)} (WGS-84)`}{' '}
          {one.accuracyMetres !== null && labels.accuracy({ metres: Math.round(one.accuracyMetres) })}
        </dd>
        <dt>{labels.hash}</dt>
        <dd>{one.sha256}</dd>
        <dt>{labels.custody}</dt>
        <dd>
          <ul className={classes['list']}>
            {custody.map((link) => (
              <li key={`${link.act} ${link.at}`}>
                {[
                  formatInstant(Date.parse(link.at)),
                  labels.acts[link.act],
                  link.personId === null ? '' : names.person(link.personId),
                  link.note,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </Modal>
  );
}
