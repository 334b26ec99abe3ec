/** @jsxImportSource preact */
import type { NumberState } from '../numbers.ts';
import type { Person } from '../people.ts';
import type { Scene } from '../scenes.ts';
import type { Thread } from '../threads.ts';
import { words } from '../words.ts';
import type { World } from '../world.ts';
import { Handset } from './handset.tsx';
import { Page } from './page.tsx';
import { Side } from './side.tsx';

type Props = {
  thread: Thread;
  number: NumberState;
  people: Person[];
  numbers: NumberState[];
  scenes: Scene[];
  quote: string | null;
  world: World;
};

export function ThreadPage({ world, thread, number, people, numbers, scenes, quote }: Props) {
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
          inbox={world.inbox}
          actions={actions}
        />
        <Handset {...{ world, thread, number, quote, address }} />
      </main>
    </Page>
  );
}
