import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SetUp } from '../../../shared/contract/devices.ts';
import { call, CallRefused } from '../../live/call.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { refresh } from '../desk/desk.ts';
import { eachPicture, useServed } from '../desk/use-served.ts';
import classes from '../shell/phone.module.css';
import { Sheet } from '../shell/sheet.tsx';

const apps = ['traccar_client', 'owntracks'] as const;
const minute = (instant: string): string => formatInstant(Date.parse(instant)).slice(5, 16);

/** Apps that report the place from the pocket: set up by a QR code that is shown once, each can be ended. */
export function DevicesCard() {
  const { codes, officer, refusals } = useWords();
  const words = officer.devices;
  const listed = useServed('listMyDevices', {}, eachPicture);
  const [setUp, setSetUp] = useState<SetUp | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const act = async (work: () => Promise<unknown>) => {
    setFailed(null);
    try {
      await work();
      await refresh();
    } catch (error) {
      const answered = error instanceof CallRefused && error.status > 0 && error.status < 500;
      setFailed(answered ? refusals[error.code] : words.offline);
    }
  };
  const devices = (listed?.devices ?? []).filter(({ state }) => state !== 'revoked');
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{words.title}</h2>
      <p className={classes['note']}>{words.note}</p>
      {devices.map((device) => (
        <div key={device.id} className={classes['spread']} data-device={device.state}>
          <span className={classes['text']}>
            {device.label}
            <br />
            <span className={classes['note']}>
              {codes.deviceState[device.state]}
              {device.contactedAt !== null && ` · ${minute(device.contactedAt)}`}
            </span>
          </span>
          <Button
            variant="default"
            style={{ minHeight: 48 }}
            aria-label={words.revokeOf({ label: device.label })}
            onClick={() => void act(() => call('revokeMyDevice', { params: { deviceId: device.id } }))}
          >
            {words.revoke}
          </Button>
        </div>
      ))}
      {failed !== null && (
        <p className={classes['text']} role="alert">
          {failed}
        </p>
      )}
      <div className={classes['grid']}>
        {apps.map((kind) => (
          <button
            key={kind}
            type="button"
            className={classes['tile']}
            onClick={() =>
              void act(async () => {
                const body = { kind, label: codes.positionSource[kind] };
                setSetUp((await call('registerMyDevice', { body })).setUp);
              })
            }
          >
            {words.add({ app: codes.positionSource[kind] })}
          </button>
        ))}
      </div>
      {setUp && <SetUpSheet setUp={setUp} onClose={() => setSetUp(null)} />}
    </section>
  );
}

/** The picture for another phone's camera, and the link for this one; told once. */
function SetUpSheet({ setUp, onClose }: { readonly setUp: SetUp; readonly onClose: () => void }) {
  const words = useWords().officer.devices;
  const opensHere = setUp.link.startsWith('owntracks:');
  return (
    <Sheet title={setUp.device.label} opened onClose={onClose}>
      <p className={classes['text']}>{words.once({ instant: minute(setUp.useBefore) })}</p>
      <img
        className={classes['qr']}
        alt={words.qr}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(setUp.svg)}`}
      />
      {opensHere && (
        <a className={classes['choice']} href={setUp.link}>
          {words.openHere}
        </a>
      )}
      <p className={classes['note']}>{opensHere ? words.address : words.addressHere}</p>
      <p className={classes['code']}>{setUp.address}</p>
      {setUp.userName !== null && (
        <p className={classes['code']}>
          {setUp.userName} · {setUp.secret}
        </p>
      )}
    </Sheet>
  );
}
