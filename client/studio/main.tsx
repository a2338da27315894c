import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from '../console/providers.tsx';
import { Door } from '../ui/door.tsx';
import { useWords } from '../words/words.tsx';
import { ReportPage } from './panels/report-page.tsx';
import { Room } from './room.tsx';

function Studio() {
  return (
    <Door title={useWords().studio.title}>
      {location.pathname === '/studio/report' ? <ReportPage /> : <Room />}
    </Door>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <Studio />
      </Providers>
    </StrictMode>,
  );
