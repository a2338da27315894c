import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PatrolView } from '../../../shared/contract/patrols.ts';
import { call } from '../../live/call.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { formatClock } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { madeBy } from '../desk/act.ts';
import { serverNow, serverNowMs } from '../desk/clock.ts';
import { useDesk } from '../desk/desk.ts';
import { tap } from '../desk/outbox.ts';
import { useDraft } from '../desk/use-draft.ts';
import { useServed } from '../desk/use-served.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { SiteForm } from './site-form.tsx';

/** A round as this phone began it; the number comes with the network. */
interface Round {
  readonly key: string | null;
  readonly startedAtMs: number;
  readonly siteType: string | null;
  readonly faults: number;
  readonly visits: number;
}

const noRound: Round = { key: null, startedAtMs: 0, siteType: null, faults: 0, visits: 0 };

/** 巡查: a round over the team's grids, its coverage, and the checklists of the sites on the way. */
export function PatrolPage() {
  const words = useWords().officer.patrol;
  const language = usePreferences((state) => state.language);
  const round = useDraft<Round>('round', noRound);
  const checklists = useServed('listChecklists', {})?.checklists ?? [];
  const running = useRunning();
  if (!round.ready) return null;
  const { key, startedAtMs, siteType, faults, visits } = round.value;
  // the server's own round goes on after this phone was changed
  const patrolId = key !== null ? madeBy(key) : (running?.id ?? null);
  const lane = key === null ? `patrol/${running?.id ?? ''}` : `patrol/${key}`;
  const list = checklists.find((one) => one.siteType === siteType);
  if (patrolId === null)
    return (
      <>
        <h1 className={classes['title']}>{words.title}</h1>
        <p className={classes['text']}>{words.none}</p>
        <Primary
          onClick={() => {
            const made = crypto.randomUUID();
            const startedAtMs = serverNowMs();
            round.change({ ...noRound, key: made, startedAtMs });
            void tap({
              name: 'startPatrol',
              key: made,
              lane: `patrol/${made}`,
              body: { cellIds: [], doneAt: new Date(startedAtMs).toISOString() },
            });
          }}
        >
          {words.start}
        </Primary>
      </>
    );
  if (list)
    return (
      <SiteForm
        key={list.siteType}
        checklist={list}
        patrolId={patrolId}
        lane={lane}
        onDone={(found) => round.change({ siteType: null, faults: faults + found, visits: visits + 1 })}
        onBack={() => round.change({ siteType: null })}
      />
    );
  const begun = running ? Date.parse(running.startedAt) : startedAtMs;
  return (
    <>
      <h1 className={classes['title']}>{words.title}</h1>
      <section className={classes['card']}>
        <p className={classes['text']}>{words.since({ clock: formatClock(begun).slice(0, 5) })}</p>
        {running && (
          <p className={classes['text']}>
            {words.coverage({
              visited: running.cells.filter(({ visitedAt }) => visitedAt !== null).length,
              planned: running.cells.length,
            })}
          </p>
        )}
        <p className={classes['note']}>
          {words.visits({ count: visits })} · {words.faults({ count: faults })}
        </p>
      </section>
      <h2 className={classes['subtitle']}>{words.sites}</h2>
      {checklists.length === 0 && <p className={classes['note']}>{words.listsMissing}</p>}
      <div className={classes['list']}>
        {checklists.map((one) => (
          <button
            key={one.siteType}
            type="button"
            className={classes['choice']}
            onClick={() => round.change({ siteType: one.siteType })}
          >
            {language === 'en' ? one.nameEn : one.nameZh}
          </button>
        ))}
      </div>
      <Button
        variant="default"
        style={{ minHeight: 56 }}
        onClick={() => {
          void tap({ name: 'endPatrol', lane, params: { patrolId }, body: { doneAt: serverNow() } });
          void round.clear().then(() => round.change(noRound));
        }}
      >
        {words.end}
      </Button>
    </>
  );
}

/** The round of this person that the server knows to be under way. */
function useRunning(): PatrolView | null {
  const [patrol, setPatrol] = useState<PatrolView | null>(null);
  const personId = useDesk((desk) => desk.me?.personId);
  useEffect(() => {
    let current = true;
    const read = () =>
      call('listPatrols').then(
        ({ patrols }) => {
          const own = patrols.find((one) => one.personId === personId && one.endedAt === null);
          if (current) setPatrol(own ?? null);
        },
        () => undefined,
      );
    void read();
    const stop = useDesk.subscribe((now, before) => {
      if (now.syncedAtMs !== before.syncedAtMs) void read();
    });
    return () => {
      current = false;
      stop();
    };
  }, [personId]);
  return patrol;
}
