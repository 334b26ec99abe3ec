/** What the demonstration's own pages say. */
export const words = {
  startOver: 'Start over',
  startOverTitle: 'Start over?',
  startOverText:
    'Everything you wrote is forgotten and the shop is as it was at the beginning. Everybody else is signed out. It takes a few seconds.',
  keep: 'Keep everything',
};
