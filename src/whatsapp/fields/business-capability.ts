import { asWords } from '../shape.ts';
import { accountEvent, type FieldReader } from './account-event.ts';

/** `business_capability_update`: limits of the whole business, as numbers or as names of tiers (the documents disagree). */
export const readBusinessCapability: FieldReader = (value, about) => {
  const facts = {
    limit: asWords(value.max_daily_conversations_per_business ?? value.max_daily_conversation_per_phone),
    numbers: asWords(value.max_phone_numbers_per_business ?? value.max_phone_numbers_per_waba),
  };
  return [accountEvent(value, about, { about: 'limit', event: '' }, facts)];
};
