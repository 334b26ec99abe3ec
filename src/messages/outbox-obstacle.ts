import { isWindowOpen } from '#src/conversations/window.ts';
import { Problem } from '#src/errors.ts';
import type { Recipient } from './outbox-subject.ts';
import { failure } from './outcome.ts';
import type { MessageError } from './thread-message.ts';

/** Why this customer may not get a message now. */
export type Obstacle = 'blocked' | 'opted-out' | 'no-marketing' | 'window-closed' | 'no-address' | 'no-phone';

/** What a message is: free ones need an open window, templates do not, and some of them are refused for more. */
export type Manner = 'free' | 'template' | 'marketing' | 'code';

/** Asked when a message is written, and again when it is claimed: any of it may come in between. */
export function obstacleTo(
  recipient: Recipient | undefined,
  now: number,
  manner: Manner = 'free',
): Obstacle | null {
  if (recipient?.blocked) {
    return 'blocked';
  } else if (recipient?.optedOut) {
    return 'opted-out';
  } else if (manner === 'marketing' && recipient?.marketingStopped) {
    return 'no-marketing';
  } else if (!recipient?.to) {
    return 'no-address';
  } else if (manner === 'code' && !('phone' in recipient.to)) {
    return 'no-phone';
  } else {
    return manner !== 'free' || isWindowOpen(recipient, now) ? null : 'window-closed';
  }
}

/** The refusal while the person is still at the message: nothing is stored. */
export function obstacleProblem(obstacle: Obstacle): Problem {
  const { title, detail } = obstacleError(obstacle);
  return new Problem(422, obstacle === 'no-marketing' ? 'opted-out' : obstacle, title, detail);
}

/** The reason a waiting message fails for, under the code Meta would refuse it with. */
export function obstacleError(obstacle: Obstacle): MessageError {
  switch (obstacle) {
    case 'blocked':
      return failure(130403);
    case 'opted-out':
      return {
        code: 131050,
        title: 'This customer has asked you not to write to them.',
        detail: 'Reach them in another way, and only if they agree to it.',
      };
    case 'no-marketing':
      return {
        code: 131050,
        title: 'This customer wants no marketing from you.',
        detail: 'Choose a template that is no marketing, or wait until they agree to it again.',
      };
    case 'no-phone':
      return failure(131062);
    case 'no-address':
      return failure(131026);
    case 'window-closed':
      return failure(131047);
  }
}
