/* oxlint-disable jsx-a11y/no-autofocus -- whoever asks for a form goes on in its first field */
import { Alert, Button, Paper, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import type { Output } from '../../shared/contract/api.ts';
import { call, CallRefused } from '../live/call.ts';
import { askWhoIsHere, signIn, useSession } from '../live/session.ts';
import { useWords } from '../words/use-words.ts';
import classes from './door.module.css';
import { LanguageSwitch, ThemeSwitch } from './switches.tsx';

const awayPauseMs = 2000;

/** Shows its children to whoever is signed in, the sign-in to everybody else. */
export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const state = useSession((session) => session.state);
  const words = useWords().signIn;
  useEffect(() => {
    if (state === 'asking') void askWhoIsHere();
    if (state !== 'away') return undefined;
    const timer = setInterval(() => void askWhoIsHere(), awayPauseMs);
    return () => clearInterval(timer);
  }, [state]);
  if (state === 'in') return children;
  if (state === 'out') return <SignIn title={title} />;
  return (
    <main className={classes['room']}>
      <p className={classes['note']} aria-live="polite">
        {state === 'away' ? words.away : words.asking}
      </p>
    </main>
  );
}

function SignIn({ title }: { readonly title: string }) {
  const words = useWords();
  const ended = useSession((session) => session.ended);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [demo, setDemo] = useState<Output<'listDemoSignIns'> | null>(null);
  useEffect(() => {
    call('listDemoSignIns').then(setDemo, () => undefined);
  }, []);
  async function enter(name: string, password: string, door?: string) {
    setBusy(true);
    setRefused(null);
    try {
      await signIn(name, password, door);
    } catch (error) {
      setRefused(error instanceof CallRefused ? words.refusals[error.code] : words.refusals.bug);
    } finally {
      setBusy(false);
    }
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const written = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    void enter(written('username'), written('password'));
  }
  return (
    <main className={classes['room']}>
      <div className={classes['switches']}>
        <ThemeSwitch />
        <LanguageSwitch />
      </div>
      <Paper className={classes['card'] ?? ''} withBorder radius="md">
        <p className={classes['product']}>{words.product}</p>
        <h1 className={classes['title']}>{title}</h1>
        <p className={classes['note']}>{words.signIn.purpose}</p>
        {ended && <Alert variant="outline">{words.signIn.ended[ended]}</Alert>}
        <form onSubmit={submit} className={classes['form']}>
          <TextInput
            name="username"
            label={words.signIn.name}
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
          />
          <PasswordInput
            name="password"
            label={words.signIn.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword, tabIndex: 0 }}
          />
          {refused !== null && (
            <Alert role="alert" variant="outline" className={classes['refused'] ?? ''}>
              {refused}
            </Alert>
          )}
          <Button type="submit" size="md" loading={busy}>
            {words.signIn.enter}
          </Button>
        </form>
        {demo?.demo && <Demo signIns={demo.signIns} enter={enter} />}
      </Paper>
    </main>
  );
}

/** The demo town's known sign-ins, one click each. */
function Demo(props: {
  readonly signIns: Output<'listDemoSignIns'>['signIns'];
  readonly enter: (name: string, password: string, door: string) => Promise<void>;
}) {
  const words = useWords();
  return (
    <section className={classes['demo']} aria-label={words.signIn.demo}>
      <h2 className={classes['demoTitle']}>{words.signIn.demo}</h2>
      <p className={classes['note']}>{words.signIn.demoNote}</p>
      {props.signIns.map(({ role, name, password, door }) => (
        <Button
          key={name}
          variant="default"
          justify="space-between"
          rightSection={<span className={classes['note']}>{name}</span>}
          onClick={() => void props.enter(name, password, door)}
        >
          {words.signIn.roles[role]}
        </Button>
      ))}
    </section>
  );
}
