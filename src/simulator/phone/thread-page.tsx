/** @jsxImportSource preact */
import type { NumberState } from '../numbers.ts';
import type { Person } from '../people.ts';
import type { Scene } from '../scenes.ts';
import type { Thread } from '../threads.ts';
import { words } from '../words.ts';
import type { InboxSide } from '../world.ts';
import { Handset } from './handset.tsx';
import { Page } from './page.tsx';
import { Side } from './side.tsx';

type Props = {
  thread: Thread;
  number: NumberState;
  people: Person[];
  numbers: NumberState[];
  scenes: Scene[];
  inbox: InboxSide | null;
  quote: string | null;
  now: number;
  timeZone: string;
};

export function ThreadPage({ thread, number, people, numbers, scenes, inbox, quote, now, timeZone }: Props) {
  const actions = `/phone/${thread.person.waId}`;
  const query = `number=${encodeURIComponent(number.phoneNumberId)}`;
  const address = { thread: `${actions}?${query}`, actions, number: number.phoneNumberId };
  return (
    <Page title={words.title(thread.person.name)} events={`${actions}/events?${query}`}>
      <main class="desk" id="main">
        <Side
          person={thread.person}
          people={people}
          number={number}
          numbers={numbers}
          scenes={scenes}
          inbox={inbox}
          actions={actions}
        />
        <Handset {...{ thread, number, now, timeZone, quote, address }} />
      </main>
    </Page>
  );
}
