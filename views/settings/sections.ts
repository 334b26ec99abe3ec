import type { Permission } from '#src/people/viewer.ts';
import type { Person } from '../layouts/person.ts';
import type { words } from '../words/words.ts';

/** A page of the settings, by the name it has in `words.settingsPages`. */
export type SettingsPlace = keyof typeof words.settingsPages;

type Item = { place: SettingsPlace; href: string; needs: Permission | 'operator' };
type Group = { name: keyof typeof words.settingsGroups; items: readonly Item[] };

const groups: readonly Group[] = [
  {
    name: 'team',
    items: [
      { place: 'people', href: '/settings/people', needs: 'people.manage' },
      { place: 'teams', href: '/settings/teams', needs: 'people.manage' },
      { place: 'roles', href: '/settings/roles', needs: 'people.manage' },
    ],
  },
  {
    name: 'whatsapp',
    items: [
      { place: 'numbers', href: '/numbers', needs: 'settings.manage' },
      { place: 'templates', href: '/templates', needs: 'conversations.read' },
      { place: 'journal', href: '/settings/journal', needs: 'settings.manage' },
    ],
  },
  {
    name: 'business',
    items: [
      { place: 'api', href: '/settings/api', needs: 'keys.manage' },
      { place: 'audit', href: '/settings/audit', needs: 'audit.read' },
    ],
  },
  { name: 'server', items: [{ place: 'mail', href: '/settings/mail', needs: 'operator' }] },
];

/** The groups with what this person may open, without those in which there is nothing for them. */
export function sectionsFor({ permissions, isOperator }: Person): Group[] {
  return groups
    .map(({ name, items }) => ({
      name,
      items: items.filter(({ needs }) =>
        needs === 'operator' ? isOperator === true : permissions.has(needs),
      ),
    }))
    .filter(({ items }) => items.length > 0);
}

/** Whether there is anything for them to set: templates are only read here, by everybody who reads conversations. */
export const hasSettings = (person: Person): boolean =>
  sectionsFor(person).some(({ items }) => items.some(({ place }) => place !== 'templates'));
