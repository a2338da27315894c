import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Door } from '../ui/door.tsx';
import { useWords } from '../words/words.tsx';
import { Providers } from './providers.tsx';
import { LiveRoom } from './live-room.tsx';

function Console() {
  return (
    <Door title={useWords().console.title}>
      <LiveRoom />
    </Door>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <Console />
      </Providers>
    </StrictMode>,
  );
