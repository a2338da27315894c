import { Button } from '@mantine/core';
import { useBeside } from '../live/beside.ts';
import { useMay } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import { answerTime } from './acts.ts';
import { useNames } from './names.ts';
import { Section } from './section.tsx';
import classes from './section.module.css';

/** 延期 and 挂账 that a team asks for and that wait for the room's word. */
export function TimeRequests({ incidentId }: { readonly incidentId: number }) {
  const words = useWords().work.time;
  const names = useNames();
  const answers = useMay('incident.direct');
  const { data } = useBeside('field', incidentId);
  const open = data?.requests.filter(({ decidedAt }) => decidedAt === null) ?? [];
  if (open.length === 0) return null;
  return (
    <Section title={words.title}>
      <ul className={classes['list']}>
        {open.map((request) => {
          const { reason, minutes } = request;
          const who = names.person(request.requestedBy);
          return (
            <li key={request.id} className={classes['line']}>
              <span>
                {request.kind === 'extension'
                  ? words.extension({ who, reason })
                  : words.hold({ who, reason, hours: ((minutes ?? 0) / 60).toFixed(1) })}
              </span>
              {answers && (
                <>
                  <Button size="compact-sm" onClick={() => void answerTime(request, true)}>
                    {words.approve}
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => void answerTime(request, false)}>
                    {words.refuse}
                  </Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
