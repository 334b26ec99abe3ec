export * from './account-events.ts';
export * from './contacts.ts';
export * from './conversations.ts';
export * from './journal.ts';
export * from './messages.ts';
export * from './numbers.ts';
export * from './outbox.ts';
export * from './people.ts';
