import type { Services } from '#src/services.ts';

/** The parts of the program that webhooks need. */
export type WebhookServices = Pick<
  Services,
  'accounts' | 'config' | 'control' | 'counts' | 'keyring' | 'log' | 'now' | 'phase'
> & {
  live: Pick<Services['live'], 'publish'>;
  delivery: Pick<Services['delivery'], 'poke'>;
  fetching: Pick<Services['fetching'], 'poke'>;
  templates: Pick<Services['templates'], 'poke' | 'renew'>;
};
