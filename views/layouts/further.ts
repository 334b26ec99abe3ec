import { hasSettings } from '../settings/sections.ts';
import type { IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import type { Person } from './person.ts';

type Further = { place: 'settings' | 'templates'; href: string; icon: IconName; name: string };

/**
 * Where the navigation leads beside inbox and search: to the settings; and for those who have nothing to set, to the
 * one list of them that everybody who reads conversations may read.
 */
export function furtherPlace(person: Person): Further | null {
  if (hasSettings(person)) {
    return { place: 'settings', href: '/settings', icon: 'cog', name: words.settings };
  }
  return person.permissions.has('conversations.read')
    ? { place: 'templates', href: '/templates', icon: 'file', name: words.templates.title }
    : null;
}
