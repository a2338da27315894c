import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Gate } from './shell/gate.tsx';
import { startLook } from './shell/look.ts';
import { Providers } from './shell/providers.tsx';
import { Shell } from './shell/shell.tsx';
import { followNotifications, registerWorker } from './shell/update.ts';

startLook();
registerWorker();
followNotifications();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <Gate>
          <Shell />
        </Gate>
      </Providers>
    </StrictMode>,
  );
