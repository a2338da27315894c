import { isTold, useLive } from '../live/store.ts';
import { useWords } from '../words/words.tsx';

/** Stands where a list would be empty: an empty list says that all is well, before the first picture it would be a lie. */
export function WhenTold({ children }: { readonly children: string }) {
  const words = useWords().console;
  const told = useLive((state) => isTold(state.picture));
  const lost = useLive((state) => state.connection === 'lost');
  if (told) return children;
  return <span role={lost ? 'alert' : 'status'}>{lost ? words.untold : words.telling}</span>;
}
