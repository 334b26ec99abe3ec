import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** Of one thing that is well or not: its name, how it stands, and what that means or what to do. */
type Said = { title: string; note?: string; text: string };

/** The words of the operator's page. Sizes and times come as words already. */
export const operator = {
  menu: 'This server',
  title: 'This server',
  lead: 'How OonoBox itself is doing. What businesses and their customers say to each other is not shown here.',
  again: 'Look again',
  states: { fine: 'Fine: ', look: 'Look at this: ', act: 'Do something: ' },
  verdicts: {
    fine: ['All is well', 'Nothing needs you.'],
    look: ['Something to look at', 'Nothing is broken, and it can wait until today is over.'],
    act: ['Something needs you', 'What is marked below does not mend itself.'],
  },
  asOf: 'As of',
  refreshes: 'It is renewed every ten seconds while you look at it.',
  stale: [
    'Not renewed.',
    'The server does not answer, so these figures are old. It is asked again by itself.',
  ],
  sections: {
    todo: 'To do',
    messages: 'Messages of the businesses that are open',
    businesses: 'Businesses',
    server: 'The server',
  },

  figures: {
    memory: 'Memory',
    memoryNote: (limit: string) => `warns at ${limit}`,
    disk: 'Disk left',
    diskNote: (total: string) => `of ${total}`,
    diskUnknown: 'not known',
    tabs: 'Open tabs',
    tabsNote: 'are told what changes',
    uptime: 'Running for',
    uptimeNote: (version: string) => `version ${version}`,
  },

  intake: {
    none: (): Said => ({
      title: 'Everything is taken in',
      text: 'Every webhook that was answered is in its conversation.',
    }),
    some: (pending: number, age: string): Said => ({
      title: 'Oldest waiting webhook:',
      note: age,
      text: plural(pending, {
        one: 'One change waits to be taken in.',
        other: '# changes wait to be taken in.',
      }),
    }),
    todo: 'Nothing of them is lost. If the age goes on growing, look for “webhooks wait to be taken in” in the log: it says why. A restart takes them in anew.',
  },
  failed: {
    none: (): Said => ({ title: 'Every webhook was understood', text: 'None waits to be replayed.' }),
    some: (count: number): Said => ({
      title: 'Not understood:',
      note: plural(count, { one: 'one change', other: '# changes' }),
      text: 'They are kept. An owner or admin of the business finds them under Settings, and replays them after an update or a repair.',
    }),
  },
  sends: {
    none: (): Said => ({ title: 'Nothing waits to be sent', text: 'Every message that was due has left.' }),
    some: (waiting: number): Said => ({
      title: plural(waiting, { one: 'One message waits to be sent', other: '# messages wait to be sent' }),
      text: 'They go by themselves: later, or as fast as Meta lets a number send.',
    }),
    late: (waiting: number, age: string): Said => ({
      title: plural(waiting, { one: 'One send waits;', other: '# sends wait;' }),
      note: `the oldest since ${age}`,
      text: 'They go by themselves as soon as they can.',
    }),
    todo: 'If the age goes on growing, Meta cannot be reached or refuses them: look for “The Graph API did not answer” in the log, and at Meta’s status page.',
  },
  files: {
    none: (): Said => ({ title: 'Every file is here', text: 'What customers have sent was fetched.' }),
    some: (waiting: number): Said => ({
      title: plural(waiting, { one: 'One file is being fetched', other: '# files are being fetched' }),
      text: 'They come by themselves.',
    }),
    late: (waiting: number, age: string): Said => ({
      title: plural(waiting, { one: 'One file is not here;', other: '# files are not here;' }),
      note: `the oldest since ${age}`,
      text: 'Meta keeps them for seven days, and they are tried until then.',
    }),
    todo: 'Where a number is paused, give it its token first. Else look for “a media host did not answer” in the log: this machine must reach lookaside.fbsbx.com, and its disk must have room.',
  },
  unknown: {
    none: (unasked: number): Said => ({
      title: 'No send needs a decision',
      text:
        unasked === 0
          ? 'It is known of every message whether it has left.'
          : plural(unasked, {
              one: 'Of one message it is not known yet whether it has left; WhatsApp usually says so within minutes.',
              other:
                'Of # messages it is not known yet whether they have left; WhatsApp usually says so within minutes.',
            }),
    }),
    some: (asked: number): Said => ({
      title: plural(asked, { one: 'One send needs', other: '# sends need' }),
      note: 'a decision',
      text: 'The line broke while sending, and WhatsApp has said nothing since. Somebody of the business chooses in the conversation: send again, it arrived, or leave it.',
    }),
  },
  paused: {
    none: (): Said => ({ title: 'Every number sends', text: 'None is paused.' }),
    some: (count: number): Said => ({
      title: 'Paused:',
      note: plural(count, { one: 'one number', other: '# numbers' }),
      text: 'Meta refuses its token, or wants something settled first. Its messages wait. Settle it at Meta, then give the number its token again with “number add”: that resumes it.',
    }),
  },

  businesses: (count: number, open: number): Said => ({
    title: plural(count, { one: 'One business', other: '# businesses' }),
    text:
      open === 0
        ? 'No database is open: nobody needs one now.'
        : plural(open, {
            one: 'One database is open. Those nobody needs are closed, and what waits in them is not counted.',
            other:
              '# databases are open. Those nobody needs are closed, and what waits in them is not counted.',
          }),
  }),
  closed: {
    note: 'cannot be opened',
    folder: 'In the data folder:',
    reasons: {
      missing:
        'The file of its database is gone, or nothing is left in it. Put it back, or one from a backup: copy it beside as inbox.db.new, then rename it to inbox.db.',
      key: 'Its database does not fit its key, or is damaged. Restore the keyring and the root key it was made with, or a backup of it.',
      keyless: 'The keyring has no key for it. Restore the keyring that belongs to this data folder.',
      newer:
        'A newer OonoBox has written its database. Start that version, or put back the copy made before the upgrade.',
      plaintext:
        'Its database is not encrypted, and OonoBox never writes such a file. Put the encrypted one back.',
      full: 'The disk is full. Make room; then it opens by itself.',
      'broken-key':
        'Its key in keyring.json is damaged. Restore that file from a backup: it is read again by itself.',
      checking:
        'Its database is being checked before it is opened: OonoBox ended again and again with it open, or the file was missing or damaged.',
      damaged:
        'Its database is damaged. Copy one from a backup beside it as inbox.db.new, move inbox.db, inbox.db-wal and inbox.db-shm aside, then rename the copy to inbox.db. And check the disk.',
      handles:
        'Its database cannot be opened by the system: look at the folder’s owner and permissions, and at the limit of open files (ulimit -n).',
      other:
        'The log says why, at “an account cannot be opened”. It is tried again whenever somebody needs it.',
    },
    parked: (count: number) =>
      plural(count, {
        one: 'One webhook is kept until businesses like this can be opened.',
        other: '# webhooks are kept until businesses like this can be opened.',
      }),
  },
  moreClosed: (count: number): Said => ({
    title: plural(count, { one: 'One more', other: '# more' }),
    note: 'cannot be opened',
    text: 'Those above come first. The log names all of them.',
  }),
  unrouted: (count: number): Said => ({
    title: plural(count, {
      one: 'One webhook for a number that nobody has connected',
      other: '# webhooks for numbers that nobody has connected',
    }),
    text: 'Kept for seven days: connect the number with “number add”, and they are taken in. Test messages from Meta’s dashboard end here too.',
  }),

  memory: {
    fine: (rss: string, limit: string): Said => ({ title: `Memory: ${rss}`, text: `It warns at ${limit}.` }),
    over: (rss: string, limit: string): Said => ({
      title: 'Memory:',
      note: rss,
      text: `More than ${limit}, and tidying up did not help. Nothing is ended for it. Restart when it is quiet; if it comes back, give the server more memory or lower OONOBOX_OPEN_ACCOUNTS.`,
    }),
  },
  disk: {
    fine: (free: string, total: string): Said => ({
      title: `Disk: ${free} left`,
      text: `Of ${total} where the data folder is.`,
    }),
    low: (free: string): Said => ({
      title: 'Disk:',
      note: `${free} left`,
      text: 'Make room before it is full. Once it is, nothing can be sent or changed, and webhooks are refused until there is room; Meta repeats them for up to seven days. What was taken stays.',
    }),
    unknown: (): Said => ({
      title: 'Disk:',
      note: 'not known',
      text: 'The system does not say how much is left. Look at it by other means.',
    }),
  },
  wal: {
    fine: (all: string): Said => ({
      title: `Write-ahead logs: ${all}`,
      text: 'What was written last, on its way into the databases.',
    }),
    large: (largest: string): Said => ({
      title: 'Write-ahead log:',
      note: largest,
      text: 'Something reads one database for a long time, so that its log cannot be emptied. It is tried every half minute. If it goes on growing, restart OonoBox: it empties the log.',
    }),
  },
  loop: {
    fine: (max: string): Said => ({
      title: 'It answers at once',
      text: `In the last minute nobody waited longer than ${max} for their turn.`,
    }),
    slow: (p99: string, max: string): Said => ({
      title: 'Busy:',
      note: `turns come ${p99} late`,
      text: `The longest wait in the last minute was ${max}. If it stays so, the server needs a faster processor, or fewer businesses.`,
    }),
  },
  crash: {
    none: (): Said => ({
      title: 'The last stop was in good order',
      text: 'This start found nothing that had been cut short.',
    }),
    some: 'It came back from a crash:',
    found: {
      accounts: (count: number) =>
        plural(count, { one: 'One business was open.', other: '# businesses were open.' }),
      takenIn: (count: number) =>
        plural(count, { one: 'One change was taken in.', other: '# changes were taken in.' }),
      setAside: (count: number) =>
        plural(count, {
          one: 'One could not be, and waits for a replay.',
          other: '# could not be, and wait for a replay.',
        }),
      unknown: (count: number) =>
        plural(count, {
          one: 'Of one send it is not known whether it has left.',
          other: 'Of # sends it is not known whether they have left.',
        }),
      parked: (count: number) =>
        plural(count, {
          one: 'One change that had been kept aside was handed over.',
          other: '# changes that had been kept aside were handed over.',
        }),
      removed: (count: number) =>
        plural(count, {
          one: 'One unfinished thing was removed.',
          other: '# unfinished things were removed.',
        }),
      unavailable: (count: number) =>
        plural(count, {
          one: 'One business could not be opened again.',
          other: '# businesses could not be opened again.',
        }),
    },
    todo: 'Nothing is left to do, unless it happens again: then the system’s log says what ended it (137 is too little memory).',
  },
  inPlaces: 'In:',
  more: (count: number) => plural(count, { one: 'and one more', other: 'and # more' }),
  units: ['B', 'kB', 'MB', 'GB', 'TB'],
  milliseconds: (ms: number) => `${ms} ms`,
  seconds: 's',
};
