import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isNotNull } from 'drizzle-orm';
import sharp from 'sharp';
import { files } from '#src/db/schema/inbox/index.ts';
import { type Install, openInstall } from '#src/testing/faults/install.ts';
import { withStored } from '#src/testing/faults/stored.ts';
import { until } from '#src/testing/until.ts';

let install: Install;
beforeAll(async () => {
  install = await openInstall();
});
afterAll(() => install.close());

type Listed<T> = { data: T[] };
type WithFiles = { attachments: { id: number; size: number | null; url: string | null }[] };

const ask = (path: string) =>
  fetch(`${install.url}${path}`, { headers: { authorization: `Bearer ${install.apiKey}` } });
const list = async <T>(path: string) => ((await (await ask(path)).json()) as Listed<T>).data;

test('a download that the process does not survive is made again by the next one, and nothing is left over', async () => {
  const { simulator, number, accountId, folder } = install;
  const create = { width: 600, height: 400, channels: 3, background: '#a54' } as const;
  const bytes = await sharp({ create }).jpeg().toBuffer();
  const first = await install.start();
  simulator.trouble.hang(1, { on: 'download' });
  const customer = simulator.customer('+263771000001', { name: 'Rudo' });
  await customer.sendFile(number.phoneNumberId, { type: 'image', bytes, mime: 'image/jpeg' });
  await until('the download to begin', async () =>
    simulator.requests.some(({ path }) => path.startsWith('/whatsapp_business/')),
  );
  await first.end('SIGKILL');
  const cutOff = await withStored(install, ({ inbox }) => inbox.sql.select().from(files));
  expect(cutOff).toMatchObject([{ state: 'fetching', tries: 1, path: null }]);

  const second = await install.start();
  const [conversation] = await list<{ id: number }>('/api/v1/conversations');
  const attachment = await until('the file to be there', async () => {
    const [message] = await list<WithFiles>(`/api/v1/conversations/${conversation?.id}/messages`);
    return message?.attachments.find(({ url }) => url !== null);
  });
  expect(Buffer.from(await (await ask(attachment.url ?? '')).bytes())).toEqual(bytes);
  await second.end();

  const rows = await withStored(install, ({ inbox }) =>
    inbox.sql.select().from(files).where(isNotNull(files.path)),
  );
  const media = join(folder, 'accounts', String(accountId), 'media');
  const kept = readdirSync(media, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(kept.map(({ name }) => name).sort()).toEqual(rows.map(({ path }) => path?.slice(3) ?? '').sort());
  expect(rows.find(({ id }) => id === attachment.id)).toMatchObject({ state: 'stored', tries: 2 });
});
