/** @jsxImportSource preact */
import type { NumberState } from '../numbers.ts';
import type { Person } from '../people.ts';
import { breakages, type Scene, type SceneId } from '../scenes.ts';
import { words } from '../words.ts';
import type { InboxSide } from '../world.ts';
import { Icon } from './icons.tsx';

type Props = {
  person: Person;
  people: Person[];
  number: NumberState;
  numbers: NumberState[];
  scenes: Scene[];
  inbox: InboxSide | null;
  actions: string;
};

/** What stands beside the phone: who is holding it, and what can be made to happen. */
export function Side({ person, people, number, numbers, scenes, inbox, actions }: Props) {
  return (
    <div class="desk__side">
      <div>
        <h1 class="title">{words.heading}</h1>
        <p class="small">{words.explanation}</p>
      </div>
      {inbox && (
        <p>
          <a class="btn" href={inbox.url}>
            <Icon name="inbox" />
            {words.openInbox}
          </a>
        </p>
      )}
      <form class="fields" method="get" action="/phone">
        <Select name="as" label={words.beSomeone} value={person.waId} options={people.map(nameOf)} />
        {numbers.length > 1 ? (
          <Select
            name="number"
            label={words.talkTo}
            value={number.phoneNumberId}
            options={numbers.map(({ phoneNumberId, verifiedName }) => [phoneNumberId, verifiedName])}
          />
        ) : (
          <input type="hidden" name="number" value={number.phoneNumberId} />
        )}
        <button type="submit" class="btn">
          {words.change}
        </button>
      </form>
      <form method="post" action={`${actions}/scenes`} id="scenes" data-live>
        <input type="hidden" name="number" value={number.phoneNumberId} />
        <h2 class="h">{words.happen}</h2>
        <ul class="scenes">
          <SceneItems scenes={scenes.filter(({ id }) => !isBreakage(id))} />
          {inbox && (
            <li>
              <div>
                <b>{words.startOver}</b>
                <small>{words.startOverExplanation}</small>
              </div>
              <a class="btn" href={inbox.startOverUrl}>
                {words.startOver}
              </a>
            </li>
          )}
        </ul>
        <h2 class="h">{words.breakSomething}</h2>
        <ul class="scenes">
          <SceneItems scenes={scenes.filter(({ id }) => isBreakage(id))} />
        </ul>
      </form>
    </div>
  );
}

const isBreakage = (id: SceneId) => breakages.some((one) => one === id);

const SceneItems = ({ scenes }: { scenes: Scene[] }) => (
  <>
    {scenes.map((scene) => (
      <li key={scene.id} class={scene.running ? 'is-running' : undefined}>
        <div>
          <b>{scene.name}</b>
          <small>{scene.explanation}</small>
        </div>
        <button type="submit" class="btn" name="scene" value={scene.id}>
          {scene.running ? words.stop : words.start}
          <span class="vh">: {scene.name}</span>
        </button>
      </li>
    ))}
  </>
);

type SelectProps = { name: string; label: string; value: string; options: [value: string, text: string][] };

function Select({ name, label, value, options }: SelectProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

export function nameOf(person: Person): [string, string] {
  return [
    person.waId,
    person.hidePhone ? words.noPhone(person.username ? `@${person.username}` : person.name) : person.name,
  ];
}
