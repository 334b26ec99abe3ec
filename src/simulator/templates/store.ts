import type { Fields } from '../fields.ts';
import type { World } from '../world.ts';

/** A template as Meta keeps it. */
export type SimulatedTemplate = {
  id: string;
  name: string;
  language: string;
  status: string;
  category: string;
  parameterFormat: 'POSITIONAL' | 'NAMED';
  components: Fields[];
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  rejectedReason: string;
  previousCategory?: string;
};

/** What is given of one; the rest is as of a template that was approved long ago. */
export type NewTemplate = Pick<SimulatedTemplate, 'name' | 'components'> &
  Partial<Omit<SimulatedTemplate, 'name' | 'components'>>;

export type TemplateControl = {
  /** Puts a template on a WABA's list, or changes the one of the same name and language. Returns its id. */
  add(wabaId: string, template: NewTemplate): string;
  /** Takes it off the list; without a language all of this name. */
  remove(wabaId: string, name: string, language?: string): void;
  list(wabaId: string): readonly SimulatedTemplate[];
};

/** By WABA. */
export type TemplateStore = Map<string, SimulatedTemplate[]>;

export function createTemplateControl(world: World): TemplateControl {
  return {
    add(wabaId, given) {
      const known = templatesOf(world, wabaId);
      const language = given.language ?? 'en';
      const before = known.find((one) => one.name === given.name && one.language === language);
      const template: SimulatedTemplate = {
        status: 'APPROVED',
        category: 'UTILITY',
        parameterFormat: 'POSITIONAL',
        quality: 'UNKNOWN',
        rejectedReason: 'NONE',
        ...before,
        id: before?.id ?? String(world.nextTemplateId++),
        ...given,
        language,
      };
      world.templates.set(wabaId, [...known.filter((one) => one !== before), template]);
      return template.id;
    },
    remove(wabaId, name, language) {
      const isIt = (one: SimulatedTemplate) =>
        one.name === name && (language === undefined || one.language === language);
      world.templates.set(
        wabaId,
        templatesOf(world, wabaId).filter((one) => !isIt(one)),
      );
    },
    list: (wabaId) => templatesOf(world, wabaId),
  };
}

export function templatesOf({ templates }: Pick<World, 'templates'>, wabaId: string): SimulatedTemplate[] {
  return templates.get(wabaId) ?? [];
}
