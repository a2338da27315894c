import { Button } from '@mantine/core';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { formatMetres } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { coverSeconds } from './coverage.ts';
import classes from './map-panel.module.css';
import { useNames } from './names.ts';
import { useRoom } from './room.ts';

/** What the map shows beside the live picture, said in words, with the way back. */
export function MapNotes() {
  const words = useWords().console.map;
  const names = useNames();
  const { coverage, measure, set } = useRoom();
  if (!coverage && !measure) return null;
  const metres = (measure ?? [])
    .slice(1)
    .reduce((sum, point, i) => sum + distanceMetres(measure![i]!, point), 0);
  return (
    <div className={classes['notes']}>
      {coverage && (
        <output>
          {words.coverage({
            team: names.team(coverage.teamId),
            lost: coverage.lost.length,
            beyond: coverage.beyond.length,
            minutes: coverSeconds / 60,
          })}
          <Button size="compact-xs" variant="default" onClick={() => set({ coverage: null })}>
            {words.clearCoverage}
          </Button>
        </output>
      )}
      {measure && (
        <output>
          {words.measured({ distance: formatMetres(metres) })}
          <Button size="compact-xs" variant="default" onClick={() => set({ measure: null })}>
            {words.endMeasure}
          </Button>
        </output>
      )}
    </div>
  );
}
