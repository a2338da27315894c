import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from '../console/providers.tsx';
import { Door } from '../ui/door.tsx';
import { useWords } from '../words/words.tsx';
import { Administration } from './administration.tsx';

function Admin() {
  return (
    <Door title={useWords().admin.title}>
      <Administration />
    </Door>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <Admin />
      </Providers>
    </StrictMode>,
  );
