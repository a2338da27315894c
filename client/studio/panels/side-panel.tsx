import { Tabs } from '@mantine/core';
import { useWords } from '../../words/words.tsx';
import { setDesk, sideTabs, useDesk, type SideTab } from '../desk.ts';
import { CalendarTab } from './calendar-tab.tsx';
import { FilesTab } from './files-tab.tsx';
import { Inspector } from './inspector.tsx';
import { ProposalTab } from './proposal-tab.tsx';
import { RealityTab } from './reality-tab.tsx';
import { ReplayTab } from './replay-tab.tsx';
import { ReviewTab } from './review-tab.tsx';
import classes from './side-panel.module.css';
import { TeamsTab } from './teams-tab.tsx';

/** The inspector and everything that is done with a whole plan. */
export function SidePanel() {
  const words = useWords().studio.side;
  const tab = useDesk((state) => state.sideTab);
  return (
    <Tabs
      className={classes['tabs'] ?? ''}
      value={tab}
      onChange={(value) => setDesk({ sideTab: (value ?? 'inspector') as SideTab })}
      keepMounted={false}
    >
      <Tabs.List>
        {sideTabs.map((one) => (
          <Tabs.Tab key={one} value={one} className={classes['tab'] ?? ''}>
            {words[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {(
        [
          ['inspector', Inspector],
          ['teams', TeamsTab],
          ['proposal', ProposalTab],
          ['replay', ReplayTab],
          ['review', ReviewTab],
          ['reality', RealityTab],
          ['calendar', CalendarTab],
          ['files', FilesTab],
        ] as const
      ).map(([name, Content]) => (
        <Tabs.Panel key={name} value={name} className={classes['content'] ?? ''} tabIndex={0}>
          <Content />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
