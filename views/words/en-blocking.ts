/** Customers whom the business does not want to hear from. */
export const blocking = {
  block: 'Block this customer',
  isBlocked: 'You have blocked this customer',
  means: (name: string) =>
    `Nothing is sent to ${name}, and what they write asks for no answer. They are not told. The conversation is closed.`,
  confirm: (name: string) => `Block ${name}`,
  unblock: 'Unblock',
};
