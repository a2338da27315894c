import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Door } from '../ui/door.tsx';
import { useWords } from '../words/words.tsx';
import { Providers } from './providers.tsx';
import { LiveRoom } from './live-room.tsx';
import { watchShift } from './start.ts';

function Console() {
  return (
    <Door title={useWords().console.title}>
      <LiveRoom />
    </Door>
  );
}

watchShift();
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <Console />
      </Providers>
    </StrictMode>,
  );
