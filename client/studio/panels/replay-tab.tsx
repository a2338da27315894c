import { Button, Progress, Select, TextInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { may } from '../../../shared/rules/permissions.ts';
import { call } from '../../live/call.ts';
import { useServerNow } from '../../live/now.ts';
import { queries } from '../../live/queries.ts';
import { useSession } from '../../live/session.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { reportTable } from '../../../shared/rules/replay/report-table.ts';
import { useDesk, zoneNumber } from '../desk.ts';
import { hideGains } from '../gains.ts';
import { saveAs } from '../live/upload.ts';
import { say, sayRefused, wordsNow } from '../say.ts';
import { askReplay, useReplayForm } from '../jobs/replay-form.ts';
import { makeReport, replayHere, stopReplay, useReplay, type ReplaySource } from '../jobs/replay.ts';
import { instantOf, localText } from '../../ui/local-time.ts';
import { FilmPanel } from './film-panel.tsx';
import { ReplayFilters } from './replay-filters.tsx';
import { CalibrationView, ReportView } from './report-view.tsx';
import classes from './side-panel.module.css';
import { UploadList } from './upload-list.tsx';

const dayMs = 86_400_000;
const ledger = 'ledger' as const;

/** What the plan would have done: the same incidents under the published edition and under this plan. */
export function ReplayTab() {
  const { replay: words, report: reportWords } = useWords().studio;
  const now = useServerNow();
  const me = useSession((session) => session.me);
  const draft = useDesk((state) => state.sync !== null);
  const synthetic = useDesk((state) => state.town?.synthetic ?? false);
  const unsettled = useDesk((state) => state.pending.size > 0 || (state.sync?.pending.length ?? 0) > 0);
  const replay = useReplay();
  const lists = useQuery({ queryKey: ['incident-lists'], queryFn: () => call('listIncidentLists') });
  const result = useRef<HTMLDivElement>(null);
  const { calibration, figures } = replay;
  const shown = useRef({ calibration, figures });
  useEffect(() => {
    const fresh = calibration !== shown.current.calibration || figures !== shown.current.figures;
    // what was asked for stands below the form, out of sight; a report's figures come after its calibration
    if (fresh && (calibration ?? figures)) result.current?.scrollIntoView();
    shown.current = { calibration, figures };
  }, [calibration, figures]);
  const [drawing, setDrawing] = useState(false);
  const form = useReplayForm();
  const { source: chosen, priorities, speed, override } = form;
  const from = form.from ?? localText(now - 30 * dayMs);
  const to = form.to ?? localText(now);
  const drafts = me !== null && may(me, 'plan.draft') === null;
  const [start, end] = [instantOf(from), instantOf(to)];
  const source: ReplaySource | null =
    chosen !== ledger
      ? { kind: 'list', listId: chosen }
      : start !== null && end !== null && start < end
        ? { kind: 'ledger', from: start, to: end }
        : null;
  const choice = {
    ...form,
    // incidents of a list name no matter
    matterCodes: chosen === ledger ? form.matterCodes : [],
    seed: 1,
    overridden: override.trim() !== '',
  };
  const ready = source !== null && replay.running === null && !drawing && priorities.length > 0;
  return (
    <>
      <h2>{words.title}</h2>
      <p className={classes['muted']}>{words.how}</p>
      <div className={classes['form']}>
        <Select
          label={words.source}
          data={[
            { value: ledger, label: words.ledger },
            ...(lists.data?.lists ?? []).map((list) => ({
              value: String(list.id),
              label: words[list.synthetic ? 'drawnList' : 'list']({
                name: list.name,
                incidents: list.incidents,
              }),
            })),
          ]}
          value={String(chosen)}
          allowDeselect={false}
          onChange={(value) =>
            askReplay({ source: value === null || value === ledger ? ledger : Number(value) })
          }
        />
        {chosen === ledger && (
          <div className={classes['row']}>
            <TextInput
              size="xs"
              type="datetime-local"
              label={words.from}
              value={from}
              onChange={(e) => askReplay({ from: e.currentTarget.value })}
            />
            <TextInput
              size="xs"
              type="datetime-local"
              label={words.to}
              value={to}
              onChange={(e) => askReplay({ to: e.currentTarget.value })}
            />
          </div>
        )}
        {drafts && (
          <div className={classes['row']}>
            {synthetic && (
              <Button
                size="compact-sm"
                variant="default"
                loading={drawing}
                onClick={() => {
                  setDrawing(true);
                  void drawList().finally(() => setDrawing(false));
                }}
              >
                {words.draw}
              </Button>
            )}
            <UploadList onAdded={(id) => askReplay({ source: id })} />
          </div>
        )}
        <ReplayFilters />
        <div className={classes['row']}>
          <Button
            size="compact-md"
            disabled={!ready}
            onClick={() => source && void replayHere(source, choice, speed)}
          >
            {words.run}
          </Button>
          {draft && (
            <Button
              size="compact-md"
              variant="default"
              disabled={!ready || unsettled}
              onClick={() => source && void makeReport(source, choice, speed, override.trim())}
            >
              {words.makeReport}
            </Button>
          )}
          {replay.running !== null && (
            <Button size="compact-md" variant="default" onClick={stopReplay}>
              {words.cancel}
            </Button>
          )}
        </div>
        {unsettled && draft && <p className={classes['muted']}>{words.unsettled}</p>}
        {replay.running !== null && <Progress value={replay.share * 100} aria-label={words.progress} />}
      </div>
      <div ref={result} />
      {replay.calibration && (
        <>
          <CalibrationView
            calibration={replay.calibration}
            compared={replay.figures !== null}
            numberOf={zoneNumber}
          />
          {!replay.calibration.passed && (
            <div className={classes['form']}>
              {replay.calibration.fittedSpeedFactor !== null && (
                <Button
                  variant="default"
                  onClick={() =>
                    askReplay({
                      speed: Math.round(speed * replay.calibration!.fittedSpeedFactor! * 1000) / 1000,
                    })
                  }
                >
                  {words.fit({ factor: (speed * replay.calibration.fittedSpeedFactor).toFixed(2) })}
                </Button>
              )}
              <Textarea
                label={words.override}
                value={override}
                autosize
                minRows={2}
                onChange={(event) => askReplay({ override: event.currentTarget.value })}
              />
            </div>
          )}
        </>
      )}
      {replay.figures && (
        <>
          {replay.leftOut > 0 && (
            <p className={classes['muted']}>{words.leftOut({ incidents: replay.leftOut })}</p>
          )}
          {replay.milliseconds > 0 && (
            <p className={classes['muted']}>
              {words.took({
                incidents: replay.figures.incidents,
                seconds: (replay.milliseconds / 1000).toFixed(1),
              })}
            </p>
          )}
          <p className={classes['muted']}>{reportWords.held(replay.held)}</p>
          <p className={classes['muted']}>{words.dots}</p>
          <FilmPanel figures={replay.figures} />
          <ReportView figures={replay.figures} />
          <div className={classes['row']}>
            <Button
              size="compact-md"
              variant="default"
              onClick={() =>
                replay.figures && saveAs('replay.csv', 'text/csv', `\uFEFF${reportTable(replay.figures)}`)
              }
            >
              {reportWords.csv}
            </Button>
            <Button size="compact-md" variant="default" onClick={hideGains}>
              {words.hide}
            </Button>
            {replay.reportId !== null && (
              <a href={`/studio/report?replay=${replay.reportId}`} target="_blank" rel="noreferrer">
                {words.page}
              </a>
            )}
          </div>
        </>
      )}
    </>
  );
}

/** Has the generator of the synthetic town draw a month of incidents. */
async function drawList(): Promise<void> {
  try {
    const list = await call('drawIncidentList', { body: { days: 30, seed: 1 } });
    await queries.invalidateQueries({ queryKey: ['incident-lists'] });
    say(
      wordsNow().studio.replay.drawn({
        incidents: list.incidents,
        from: formatInstant(Date.parse(list.from)).slice(0, 10),
      }),
    );
    askReplay({ source: list.id });
  } catch (error) {
    sayRefused(error);
  }
}
