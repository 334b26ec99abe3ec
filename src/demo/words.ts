/** What the demonstration's own pages say. */
export const words = {
  startOver: 'Start over',
  startOverTitle: 'Start over?',
  startOverText:
    'Everything you wrote is forgotten and the shop is as it was at the beginning. Everybody else is signed out. It takes a few seconds.',
  keep: 'Keep everything',
  gallery: 'Every kind of message',
  galleryText:
    'A customer and an agent send each other every kind of message there is, in one conversation. It takes a few seconds.',
  showGallery: 'Show them all',
  backToInbox: 'Back to the inbox',
};
