// Node 20 gives a worker no TypeScript, whatever the flags of the process: the worker registers it itself.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
