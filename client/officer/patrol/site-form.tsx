import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Checklist } from '../../../shared/contract/patrols.ts';
import { call } from '../../live/call.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/use-words.ts';
import { madeBy } from '../desk/act.ts';
import { serverNowMs } from '../desk/clock.ts';
import { tap } from '../desk/outbox.ts';
import { placeNow } from '../desk/where.ts';
import { useDraft } from '../desk/use-draft.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { EvidencePanel } from '../task/evidence-panel.tsx';

type Answer = 'ok' | 'fault' | 'not_applicable';

interface Draft {
  /** Key of the act: photos of a fault name its incident by it. */
  readonly key: string;
  readonly siteName: string;
  readonly answers: Readonly<Record<string, { readonly answer: Answer; readonly note: string }>>;
}

const choices = [
  { answer: 'ok', glyph: '✓' },
  { answer: 'fault', glyph: '✗' },
  { answer: 'not_applicable', glyph: '—' },
] as const satisfies readonly { answer: Answer; glyph: string }[];

/** The list of one site: three large answers an item; a ✗ asks for words and a photo and becomes an incident. */
export function SiteForm(props: {
  readonly checklist: Checklist;
  readonly patrolId: string | number;
  readonly lane: string;
  readonly onDone: (faults: number) => void;
  readonly onBack: () => void;
}) {
  const words = useWords().officer;
  const own = words.patrol;
  const language = usePreferences((state) => state.language);
  const { checklist, patrolId, lane } = props;
  const [fresh] = useState<Draft>(() => ({ key: crypto.randomUUID(), siteName: '', answers: {} }));
  const draft = useDraft<Draft>(`site/${checklist.siteType}`, fresh);
  const [problem, setProblem] = useState<string | null>(null);
  const [earlier, setEarlier] = useState<Draft['answers'] | null>(null);
  if (!draft.ready) return null;
  const { key, siteName, answers } = draft.value;
  const set = (code: string, some: Partial<Draft['answers'][string]>) =>
    draft.change({
      answers: { ...answers, [code]: { answer: 'ok', note: '', ...answers[code], ...some } },
    });
  /** What was answered here before is offered, not asked again. */
  const lookBack = () => {
    if (siteName.trim() === '') return;
    call('readEarlierAnswers', { query: { siteType: checklist.siteType, siteName: siteName.trim() } }).then(
      ({ visit }) =>
        setEarlier(
          visit &&
            Object.fromEntries(visit.answers.map(({ item, answer, note }) => [item, { answer, note }])),
        ),
      () => undefined,
    );
  };
  const save = async () => {
    const open = checklist.items.filter(({ code }) => !answers[code]).length;
    const place = placeNow();
    if (siteName.trim() === '') return setProblem(own.siteNameMissing);
    if (open > 0) return setProblem(own.unanswered({ count: open }));
    if (!place) return setProblem(own.report.placeMissing);
    await tap({
      name: 'answerSite',
      key,
      lane,
      params: { patrolId },
      body: {
        siteType: checklist.siteType,
        siteName: siteName.trim(),
        place: { lng: place.lng, lat: place.lat, crs: place.crs },
        answeredAt: new Date(serverNowMs() - 1000).toISOString(),
        answers: checklist.items.map(({ code }) => ({
          item: code,
          answer: answers[code]!.answer,
          note: answers[code]!.note.trim(),
        })),
      },
    });
    await draft.clear();
    props.onDone(Object.values(answers).filter(({ answer }) => answer === 'fault').length);
  };
  return (
    <>
      <h1 className={classes['title']}>{language === 'en' ? checklist.nameEn : checklist.nameZh}</h1>
      <TextInput
        label={own.siteName}
        value={siteName}
        maxLength={120}
        onChange={(event) => draft.change({ siteName: event.currentTarget.value })}
        onBlur={lookBack}
      />
      {earlier && (
        <Button
          variant="default"
          style={{ minHeight: 52 }}
          onClick={() => {
            draft.change({ answers: { ...earlier, ...answers } });
            setEarlier(null);
          }}
        >
          {own.earlier}
        </Button>
      )}
      {checklist.items.map((item) => {
        const given = answers[item.code];
        const label = language === 'en' ? item.textEn : item.textZh;
        return (
          <section key={item.code} className={classes['card']} role="group" aria-label={label}>
            <p className={classes['text']}>{label}</p>
            <div className={classes['answers']}>
              {choices.map(({ answer, glyph }) => (
                <button
                  key={answer}
                  type="button"
                  className={classes['choice']}
                  style={{ justifyContent: 'center', padding: 4 }}
                  aria-pressed={given?.answer === answer}
                  onClick={() => set(item.code, { answer })}
                >
                  <span aria-hidden="true">{glyph}</span> {own.answers[answer]}
                </button>
              ))}
            </div>
            {given?.answer === 'fault' && (
              <>
                <TextInput
                  label={own.note}
                  value={given.note}
                  maxLength={500}
                  onChange={(event) => set(item.code, { note: event.currentTarget.value })}
                />
                <EvidencePanel
                  incidentId={`${madeBy(key)}/${item.code}`}
                  matterCode={item.matterCode}
                  only={['near']}
                />
              </>
            )}
          </section>
        );
      })}
      {problem !== null && (
        <p className={classes['text']} role="alert">
          {problem}
        </p>
      )}
      <Button variant="default" style={{ minHeight: 52 }} onClick={props.onBack}>
        {words.papers.penalty.before}
      </Button>
      <Primary onClick={() => void save()}>{own.save}</Primary>
    </>
  );
}
