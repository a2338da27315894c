import { Alert, CopyButton, Button } from '@mantine/core';
import type { SetUp } from '../../shared/contract/devices.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Dialog } from './page.tsx';

/** What sets a phone up, told once: a QR code to scan, and the same to type in. */
export function DeviceSetUp({ setUp, close }: { readonly setUp: SetUp; readonly close: () => void }) {
  const all = useWords();
  const words = all.admin.devices;
  const rows = [
    [words.address, setUp.address],
    ...(setUp.userName === null ? [] : [[words.userName, setUp.userName] as const]),
    [words.secret, setUp.secret],
    [words.link, setUp.link],
  ] as const;
  return (
    <Dialog title={words.setUpOf(setUp.device.label)} close={close}>
      <Alert variant="outline" mb="sm">
        {all.admin.onceOnly}
      </Alert>
      <p>{words.scan}</p>
      <img
        className={classes['qr']}
        alt={words.qr}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(setUp.svg)}`}
      />
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className={classes['muted']}>{name}</dt>
            <dd className={classes['secret']}>
              {value}{' '}
              <CopyButton value={value}>
                {({ copied, copy }) => (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`${all.admin.copy} ${name}`}
                    onClick={copy}
                  >
                    {copied ? all.admin.copied : all.admin.copy}
                  </Button>
                )}
              </CopyButton>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes['muted']}>
        {words.before(formatInstant(Date.parse(setUp.useBefore)).slice(0, 16))}
      </p>
    </Dialog>
  );
}
