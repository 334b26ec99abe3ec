import { createMonday } from './monday.ts';
import type { Trouble } from './trouble.ts';
import { words } from './words.ts';
import { announceAll, numberOf, type World } from './world.ts';

export const breakages = ['token', 'network', 'failure', 'slow'] as const;
export const sceneIds = ['busy', ...breakages] as const;

export type SceneId = (typeof sceneIds)[number];
export type Scene = { id: SceneId; name: string; explanation: string; running: boolean };

export type Scenes = {
  list(phoneNumberId: string): Scene[];
  /** Starts the scene, or ends it if it is running. Resolves when the inbox has been told, where it has to be. */
  toggle(id: SceneId, phoneNumberId: string): Promise<void>;
  /** Ends what runs by itself. */
  end(): void;
};

const SLOW_ANSWER = 6000;

type Play = { isRunning(): boolean; start(): void; stop(): void | Promise<void> };

/** What the phone page can make happen. */
export function createScenes(world: World, trouble: Trouble): Scenes {
  const monday = createMonday(world);

  const plays = (phoneNumberId: string): Record<SceneId, Play> => ({
    busy: {
      isRunning: () => monday.done() !== null,
      start: () => monday.begin(phoneNumberId),
      stop: monday.end,
    },
    token: {
      isRunning: () => numberOf(world, phoneNumberId).tokenEnded,
      start: () => trouble.expireToken(phoneNumberId),
      stop: () => renewToken(world, trouble, phoneNumberId),
    },
    network: {
      isRunning: trouble.isNetworkLost,
      start: trouble.loseNetwork,
      stop: trouble.restoreNetwork,
    },
    failure: {
      isRunning: () => world.weather.undeliverable > 0,
      start: () => trouble.undeliverable(1),
      stop: () => trouble.undeliverable(0),
    },
    slow: {
      isRunning: () => world.weather.slowness > 0,
      start: () => trouble.answerLate(SLOW_ANSWER),
      stop: () => trouble.answerLate(0),
    },
  });

  return {
    list(phoneNumberId) {
      const play = plays(phoneNumberId);
      return sceneIds.map((id) => {
        const { name, still, running } = words.scenes[id];
        const isRunning = play[id].isRunning();
        return {
          id,
          name,
          explanation: isRunning ? running(monday.done() ?? 0) : still,
          running: isRunning,
        };
      });
    },
    async toggle(id, phoneNumberId) {
      const play = plays(phoneNumberId)[id];
      if (play.isRunning()) {
        await play.stop();
      } else {
        play.start();
      }
      announceAll(world);
    },
    end: monday.end,
  };
}

/** An ended token never works again: Meta gives another, and the inbox has to be told. */
async function renewToken(world: World, trouble: Trouble, phoneNumberId: string): Promise<void> {
  if (world.inbox === null) {
    trouble.renewToken(phoneNumberId);
  } else {
    trouble.renewToken(phoneNumberId, crypto.randomUUID());
    await world.inbox.renewToken(numberOf(world, phoneNumberId));
  }
}
