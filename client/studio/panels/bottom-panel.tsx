import { Tabs } from '@mantine/core';
import { useWords } from '../../words/words.tsx';
import { bottomTabs, setDesk, useDesk, type BottomTab } from '../desk.ts';
import { CellsTab } from './cells-tab.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { ProblemsTab } from './problems-tab.tsx';
import classes from './bottom-panel.module.css';

/** Problems, the table of cells, what changes hands, and the log of the draft. */
export function BottomPanel() {
  const words = useWords().studio.bottom;
  const tab = useDesk((state) => state.bottomTab);
  const problems = useDesk((state) => state.picture?.problems.length ?? 0);
  return (
    <Tabs
      className={classes['tabs'] ?? ''}
      value={tab}
      onChange={(value) => setDesk({ bottomTab: (value ?? 'problems') as BottomTab })}
      keepMounted={false}
    >
      <Tabs.List>
        {bottomTabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {one === 'problems' ? words.problems({ problems }) : words[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="problems" className={classes['content'] ?? ''} tabIndex={0}>
        <ProblemsTab />
      </Tabs.Panel>
      <Tabs.Panel value="cells" className={classes['content'] ?? ''} tabIndex={0}>
        <CellsTab />
      </Tabs.Panel>
      <Tabs.Panel value="changes" className={classes['content'] ?? ''} tabIndex={0}>
        <ChangesTab />
      </Tabs.Panel>
      <Tabs.Panel value="log" className={classes['content'] ?? ''} tabIndex={0}>
        <LogTab />
      </Tabs.Panel>
    </Tabs>
  );
}
