import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../kit/database.ts';
import { message, splitMessages, typeOf } from '../../../server/kernel/embedded/messages.ts';

/** The front of the embedded database, spoken to in raw messages. */
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase('embedded');
});
afterAll(() => database.close());

const parameters = Buffer.from('user\0postgres\0\0');
const startup = Buffer.concat([Buffer.from([0, 0, 0, 8 + parameters.length, 0, 3, 0, 0]), parameters]);

interface Raw {
  readonly socket: Socket;
  send(...parts: Buffer[]): void;
  /** Types and first value of the messages up to the next ReadyForQuery. */
  answer(): Promise<string>;
}

async function open(): Promise<Raw> {
  const socket = connect(join(database.folder, 'database', '.s.PGSQL.5432'));
  let received = Buffer.alloc(0);
  let wake = () => {};
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    wake();
  });
  const raw: Raw = {
    socket,
    send: (...parts) => void socket.write(Buffer.concat(parts)),
    async answer() {
      for (;;) {
        const ends = received.lastIndexOf(Buffer.from([90, 0, 0, 0, 5]));
        if (ends >= 0) {
          const messages = splitMessages(received.subarray(0, ends + 6));
          received = received.subarray(ends + 6);
          return messages.map(brief).join('');
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
  raw.send(startup);
  await raw.answer();
  return raw;
}

function brief(message: Buffer): string {
  const type = typeOf(message);
  if (type === 'D') return `D(${message.toString('utf8', 11)})`;
  if (type === 'Z') return `Z${String.fromCharCode(message[5] ?? 0)}`;
  return type;
}

const query = (text: string) => message('Q', text);
const parse = (text: string, name = '') => message('P', Buffer.from(`${name}\0${text}\0\0\0`));
const run = (name = '') => [
  message('B', Buffer.from(`\0${name}\0\0\0\0\0\0\0`)),
  message('E', Buffer.from('\0\0\0\0\0')),
  message('S', Buffer.alloc(0)),
];
const ask = (text: string, name = '') => [parse(text, name), ...run(name)];

test('an exchange that arrives in parts is not mixed with another', async () => {
  const [one, two] = [await open(), await open()];
  const [head, ...rest] = ask(`select 'one'`);
  one.send(head!);
  two.send(...ask(`select 'two'`));
  expect(await two.answer()).toBe('12D(two)CZI');
  one.send(...rest);
  expect(await one.answer()).toBe('12D(one)CZI');
});

test('a failed statement is answered by one ReadyForQuery', async () => {
  const one = await open();
  one.send(...ask('select broken('));
  expect(await one.answer()).toBe('EZI');
  one.send(...ask(`select 'well'`));
  expect(await one.answer()).toBe('12D(well)CZI');
});

test('two connections may give their prepared statements the same name', async () => {
  const [one, two] = [await open(), await open()];
  one.send(...ask(`select 'one'`, 'hot'));
  two.send(...ask(`select 'two'`, 'hot'));
  expect([await one.answer(), await two.answer()]).toEqual(['12D(one)CZI', '12D(two)CZI']);
  one.send(...run('hot'));
  expect(await one.answer()).toBe('2D(one)CZI');
});

test('a connection in a transaction passes those that wait', async () => {
  const [one, two] = [await open(), await open()];
  one.send(query('begin'));
  expect(await one.answer()).toBe('CZT');
  two.send(query(`select 'later'`));
  one.send(query('commit'));
  expect(await one.answer()).toBe('CZI');
  expect(await two.answer()).toBe('TD(later)CZI');
});

test('a connection that vanishes in a transaction or an exchange harms nobody', async () => {
  const [one, two, three] = [await open(), await open(), await open()];
  one.send(query('create table gone (number int)'));
  await one.answer();
  two.send(query('begin; insert into gone values (1)'));
  await two.answer();
  two.socket.destroy();
  three.send(parse('select broken('));
  three.socket.destroy();
  one.send(...ask('select count(*)::text from gone'));
  expect(await one.answer()).toBe('12D(0)CZI');
});

test('thousands of failed statements leave the backend well', async () => {
  const one = await open();
  for (let round = 0; round < 35; round += 1) {
    one.send(...Array.from({ length: 100 }, () => query('select nothing')));
    one.send(...ask(`select '${round}'`));
    let answer = '';
    while (!answer.includes('D(')) answer += await one.answer();
    expect(answer.endsWith(`12D(${round})CZI`)).toBe(true);
  }
});

test('recursion without end and deeply nested JSON are refused, not the end of the backend', async () => {
  const one = await open();
  one.send(query(`select (repeat('[', 100000) || repeat(']', 100000))::jsonb`));
  expect(await one.answer()).toBe('EZI');
  one.send(
    query('create function f(n int) returns int language plpgsql as $$ begin return f(n + 1); end $$'),
  );
  expect(await one.answer()).toBe('CZI');
  one.send(query('select f(1)'));
  expect(await one.answer()).toBe('TEZI');
  one.send(...ask(`select 'well'`));
  expect(await one.answer()).toBe('12D(well)CZI');
});
