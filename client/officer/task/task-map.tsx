import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../shared/contract/api.ts';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import { freshnessLimits } from '../../../shared/rules/positions/freshness.ts';
import { call } from '../../live/call.ts';
import { shapesOf } from '../../console/town.ts';
import { classOf } from '../../console/queue-order.ts';
import { TownMap } from '../../map/town-map.ts';
import type { TownShapes } from '../../map/town-shapes.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/use-words.ts';
import { useWhere } from '../desk/where.ts';
import { keep, kept } from '../desk/shelf.ts';
import { useNewLines } from '../shell/new-lines.ts';
import classes from '../shell/phone.module.css';

/** The scene on the town's own map, loaded when it is asked for; the still layers are kept for the dead zone. */
export function TaskMap({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().officer;
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const [synthetic, setSynthetic] = useState(false);
  const own = useWhere((where) => where.point);
  const [drawn, setDrawn] = useState<TownMap | null>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    let map: TownMap;
    try {
      map = new TownMap({
        container: box.current,
        theme: usePreferences.getState().theme,
        label: words.acts.map,
        limits: freshnessLimits,
        onGraphics: (present) => setFailed(!present),
      });
    } catch {
      setFailed(true);
      return undefined;
    }
    let gone = false;
    void townShapes().then((town) => {
      if (gone || !town) return;
      map.setTown(town);
      setSynthetic(town.synthetic);
      map.setIncidents([
        {
          id: incident.id,
          point: incident.point,
          class: classOf(incident.matterCode),
          priority: incident.priority,
          taken: true,
        },
      ]);
      map.flyTo(incident.point, 15);
      setDrawn(map);
    });
    return () => {
      gone = true;
      setDrawn(null);
      map.destroy();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the place of an incident does not move
  }, [incident.id, words.acts.map]);
  useEffect(() => drawn?.setDraft(own), [drawn, own]);
  const editionId = useNewLines((state) => state.editionId);
  useEffect(() => {
    if (drawn && editionId !== null) void townShapes().then((town) => town && drawn.setTown(town));
  }, [drawn, editionId]);
  return (
    <div className={classes['map']}>
      <div ref={box} style={{ position: 'absolute', inset: 0 }} />
      {synthetic && <p className={classes['mapNote']}>{words.acts.mapSynthetic}</p>}
      {failed && <p className={classes['note']}>{words.acts.mapFailed}</p>}
    </div>
  );
}

async function townShapes(): Promise<TownShapes | undefined> {
  try {
    const town = await call('readTown');
    await keep('town', town);
    return shapesOf(town);
  } catch {
    const town = await kept<Output<'readTown'>>('town');
    return town && shapesOf(town);
  }
}
