import { timingSafeEqual } from 'node:crypto';
import Database from 'libsql';

// The ceiling: what a bare server of this runtime does with a signed webhook when it has nothing else to do than
// to check the signature and to keep the bytes in an encrypted file, synced before it answers. All that wait within
// one turn of the event loop are written as one transaction, by statements that are compiled once. Nothing of the
// product is used here. BENCH_FILE, BENCH_KEY and BENCH_SECRET say where, and with what.

const { BENCH_FILE = '', BENCH_KEY = '', BENCH_SECRET = '' } = process.env;

const options = { timeout: 250, encryptionKey: BENCH_KEY };
const database = new Database(BENCH_FILE, options);
database.exec('pragma journal_mode = wal');
database.exec('pragma synchronous = full');
database.exec(
  'create table if not exists bodies (id integer primary key, received_at integer not null, raw blob not null) strict',
);
const [begin, commit] = [database.prepare('begin immediate'), database.prepare('commit')];
const insert = database.prepare('insert into bodies (received_at, raw) values (?, ?)');

let waiting: { raw: Buffer; kept: () => void }[] = [];

function writeGroup(): void {
  const group = waiting;
  waiting = [];
  const now = Date.now();
  begin.run();
  for (const { raw } of group) {
    insert.run(now, raw);
  }
  commit.run();
  for (const { kept } of group) {
    kept();
  }
}

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  async fetch(request) {
    const raw = Buffer.from(await request.arrayBuffer());
    const header = request.headers.get('x-hub-signature-256') ?? '';
    const given = Buffer.from(header.slice('sha256='.length), 'hex');
    const expected = new Bun.CryptoHasher('sha256', BENCH_SECRET).update(raw).digest();
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return new Response('The signature does not fit.', { status: 401 });
    }
    await new Promise<void>((kept) => {
      if (waiting.push({ raw, kept }) === 1) {
        setImmediate(writeGroup);
      }
    });
    return new Response('EVENT_RECEIVED');
  },
});

// Ends with who started it.
process.stdin.on('end', () => process.exit()).resume();
process.stdout.write(`${JSON.stringify({ url: server.url.origin })}\n`);
