import { readConfig } from '#src/config.ts';
import { addMember } from '#src/people/add-member.ts';
import { createServices, type Services } from '#src/services.ts';
import type { Person } from '#src/testing/people.ts';
import type { Install } from './install.ts';

/** A number that is added has its templates asked for: nobody answers there, and nothing leaves the machine. */
const NOWHERE = 'http://127.0.0.1:9';

/** Does something with an install in this process, while no program has it open. */
export async function withServices<T>(folder: string, work: (services: Services) => Promise<T>): Promise<T> {
  const services = await createServices(
    readConfig({ OONOBOX_DATA: folder, OONOBOX_LOG_LEVEL: 'error', OONOBOX_GRAPH_URL: NOWHERE }),
  );
  try {
    return await work(services);
  } finally {
    await services.close();
  }
}

/** Adds so many people who may sign in. */
export function addAgents(
  { folder, accountId }: Install,
  count: number,
): Promise<(Person & { userId: number })[]> {
  return withServices(folder, async (services) => {
    const added = [];
    for (let index = 1; index <= count; index++) {
      const person = {
        name: `Agent ${index}`,
        email: `agent-${index}@mbare.example`,
        password: 'seven blue kettles',
        role: 'agent' as const,
      };
      const userId = await addMember(services, { accountId, ...person }, { kind: 'command' });
      added.push({ ...person, userId });
    }
    return added;
  });
}
