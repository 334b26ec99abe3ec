import { createPerson, type Person, type Profile } from './people.ts';
import type { World } from './world.ts';

/** Somebody on WhatsApp, made on the first call. The same phone stays the same person, with a newer profile. */
export function meet(world: World, phone: string, profile: Profile = {}): Person {
  const known = world.directory.get(phone);
  const person = createPerson(phone, profile, world.portfolioId, known);
  const same = known ? Object.assign(known, person) : person;
  world.people.set(same.waId, same);
  world.directory.set(same.phone, same).set(same.userId, same);
  return same;
}
