import { Button } from '@mantine/core';
import type { Output } from '../../shared/contract/api.ts';
import { formatMetres } from '../words/format.ts';
import { labelOf } from '../words/label.ts';
import { useWords } from '../words/words.tsx';
import { ranked } from './choose-team.ts';
import classes from './draft.module.css';
import { useNames } from './names.ts';

const shown = 3;

/** Where the draft lies, what it may repeat, and the three teams that would be there first. */
export function DraftPreview(props: {
  readonly preview: Output<'previewIncident'> | undefined;
  readonly mergeInto: (incidentId: number) => void;
}) {
  const words = useWords();
  const labels = words.detail.draft;
  const names = useNames();
  const { preview } = props;
  if (!preview) return null;
  const teams = preview.recommendation ? ranked(preview.recommendation.candidates).slice(0, shown) : [];
  return (
    <div className={classes['preview']} aria-live="polite">
      <p className={classes['where']}>
        {preview.cellCode === null || preview.zoneNumber === null
          ? labels.nowhere
          : labels.where({ cell: preview.cellCode, zone: preview.zoneNumber })}
        {preview.overlays.map((overlay) => (
          <span key={overlay} className={classes['mark']}>
            {labelOf(words.codes.overlay, overlay)}
          </span>
        ))}
        {preview.doubts.map((doubt) => (
          <strong key={doubt} className={classes['mark']} data-warning="true">
            {words.codes.doubt[doubt]} · {labels.doubt}
          </strong>
        ))}
      </p>
      {preview.duplicates.length > 0 && (
        <section aria-label={labels.duplicates}>
          <h4 className={classes['heading']}>{labels.duplicates}</h4>
          <ul className={classes['list']}>
            {preview.duplicates.map((duplicate) => (
              <li key={duplicate.incidentId}>
                <span className={classes['grow']}>
                  {words.detail.duplicate.row({
                    incident: duplicate.incidentId,
                    distance: formatMetres(duplicate.metres),
                    minutes: Math.round(duplicate.seconds / 60),
                  })}
                  {duplicate.text && ` · ${duplicate.text}`}
                </span>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => props.mergeInto(duplicate.incidentId)}
                >
                  {labels.mergeInto({ incident: duplicate.incidentId })}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={labels.teams}>
        <h4 className={classes['heading']}>{labels.teams}</h4>
        {teams.length === 0 && <p className={classes['where']}>{labels.nobody}</p>}
        <ol className={classes['list']}>
          {teams.map((candidate) => (
            <li key={candidate.teamId}>
              <kbd className={classes['rank']}>{candidate.rank}</kbd>
              <strong className={classes['grow']}>{names.team(candidate.teamId)}</strong>
              <span>
                {candidate.etaSeconds === null
                  ? '—'
                  : words.detail.card.minutes({
                      minutes: Math.max(1, Math.round(candidate.etaSeconds / 60)),
                    })}
                {candidate.distanceMetres !== null && ` · ${formatMetres(candidate.distanceMetres)}`}
                {` · ${words.codes.zoneRelation[candidate.zone]}`}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
