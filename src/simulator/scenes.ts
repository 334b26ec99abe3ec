import { BUSY_MONDAY } from './busy-monday.ts';
import { createCustomer } from './customers.ts';
import { pause } from './deliveries.ts';
import { meet } from './meet.ts';
import type { Trouble } from './trouble.ts';
import { words } from './words.ts';
import type { World } from './world.ts';

export type SceneId = 'busy' | 'token' | 'network';
export type Scene = { id: SceneId; name: string; explanation: string; running: boolean };

export type Scenes = {
  list(phoneNumberId: string): Scene[];
  /** Starts the scene, or ends it if it is running. */
  toggle(id: SceneId, phoneNumberId: string): void;
};

const BETWEEN_MESSAGES = 7200;

/** What the phone page can make happen. Busy Monday tells `changed` after each message. */
export function createScenes(world: World, trouble: Trouble, changed: () => void): Scenes {
  let monday: { done: number } | null = null;

  async function play(run: { done: number }, phoneNumberId: string): Promise<void> {
    for (const { phone, name, text } of BUSY_MONDAY) {
      if (monday !== run || world.stopping.signal.aborted) {
        return;
      }
      const customer = createCustomer(world, meet(world, phone, { name }));
      await customer.say(phoneNumberId, text).catch(() => undefined);
      run.done += 1;
      changed();
      await pause(world, BETWEEN_MESSAGES);
    }
    if (monday === run) {
      monday = null;
      changed();
    }
  }

  return {
    list(phoneNumberId) {
      const { busy, token, network } = words.scenes;
      const ended = world.numbers.get(phoneNumberId)?.tokenEnded ?? false;
      const lost = trouble.isNetworkLost();
      return [
        {
          id: 'busy',
          name: busy.name,
          explanation: monday ? busy.running(monday.done) : busy.still,
          running: monday !== null,
        },
        { id: 'token', name: token.name, explanation: ended ? token.running : token.still, running: ended },
        {
          id: 'network',
          name: network.name,
          explanation: lost ? network.running : network.still,
          running: lost,
        },
      ];
    },
    toggle(id, phoneNumberId) {
      if (id === 'busy') {
        monday = monday ? null : { done: 0 };
        if (monday) {
          // Nobody waits for it: it lasts three minutes, and `pause` ends it when the simulator stops.
          play(monday, phoneNumberId).catch(() => undefined);
        }
      } else if (id === 'token') {
        const ended = world.numbers.get(phoneNumberId)?.tokenEnded;
        trouble[ended ? 'renewToken' : 'expireToken'](phoneNumberId);
      } else if (trouble.isNetworkLost()) {
        trouble.restoreNetwork();
      } else {
        trouble.loseNetwork();
      }
      changed();
    },
  };
}
