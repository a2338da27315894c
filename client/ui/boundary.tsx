import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words/use-words.ts';

/**
 * Keeps a fault of one page from taking the whole screen away: a script that did not come, or a bug. What was typed is
 * on the shelf or the server; the page is opened anew by a press.
 */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError = () => ({ broken: true });
  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { broken } = useWords().shared;
  return (
    <div role="alert" style={{ padding: 24, textAlign: 'center' }}>
      <p>{broken.told}</p>
      <Button size="lg" onClick={() => location.reload()}>
        {broken.again}
      </Button>
    </div>
  );
}
