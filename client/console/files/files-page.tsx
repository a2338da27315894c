import { Button } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { may } from '../../../shared/rules/permissions.ts';
import { signOut, useMay, useSession } from '../../live/session.ts';
import { LanguageSwitch, ThemeSwitch } from '../../ui/switches.tsx';
import { useWords } from '../../words/words.tsx';
import { FileList } from './file-list.tsx';
import { FileSheet } from './file-sheet.tsx';
import classes from './files.module.css';
import { NewFile } from './new-file.tsx';
import { Numbers } from './numbers.tsx';
import { useFresh } from './reads.ts';

/** 案卷: all open penalty files, one of them with its story and everything that may be done with it now. */
export function FilesPage() {
  const words = useWords().files;
  const me = useSession((session) => session.me);
  const [hash] = useHash({ getInitialValueInEffect: false });
  useFresh();
  const fileId = Number(/^#files\/(\d+)/.exec(hash)?.[1] ?? 0);
  const filing = /^#files\/new(?:\/(\d+))?/.exec(hash);
  const numbering = hash === '#files/numbers';
  const beside = fileId > 0 || filing !== null || numbering;
  const acts = useMay('penalty.act') && me?.role !== 'legalReviewer';
  const watches = me !== null && may(me, 'room.watch') === null;
  const files = me?.role === 'head';
  return (
    <div className={classes['page']}>
      <header className={classes['bar']}>
        <h1 className={classes['title']}>{words.title}</h1>
        {beside && (
          <Button component="a" href="#files" size="compact-sm" variant="default">
            {words.all}
          </Button>
        )}
        {!watches && (
          <Button component="a" href="/officer" size="compact-sm" variant="default">
            {words.phone}
          </Button>
        )}
        {watches && (
          <Button component="a" href="#" size="compact-sm" variant="default">
            {words.room}
          </Button>
        )}
        {files && (
          <Button component="a" href="#files/new" size="compact-sm" variant="default">
            {words.newFile}
          </Button>
        )}
        <Button component="a" href="#files/numbers" size="compact-sm" variant="default">
          {words.numbers.title}
        </Button>
        <span className={classes['space']} />
        <span>{me?.displayName}</span>
        <ThemeSwitch />
        <LanguageSwitch />
        <Button size="compact-sm" variant="default" onClick={() => void signOut()}>
          {words.signOut}
        </Button>
      </header>
      <div className={classes['body']}>
        <FileList opened={fileId} beside={beside} />
        <main className={classes['file']} aria-label={words.open}>
          {numbering ? (
            <Numbers voids={acts} />
          ) : filing ? (
            <NewFile key={filing[1] ?? ''} incidentId={filing[1] === undefined ? null : Number(filing[1])} />
          ) : fileId > 0 ? (
            <FileSheet key={fileId} fileId={fileId} />
          ) : (
            <p className={classes['none']}>{words.choose}</p>
          )}
        </main>
      </div>
    </div>
  );
}
