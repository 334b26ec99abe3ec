import type { Permission } from '#src/people/viewer.ts';

/** What the table speaks of: ids in Ada's account, and an address of a file that exists. */
export type Landmarks = {
  conversation: number;
  /** Whom the conversation is with, and a merge of theirs. */
  contact: number;
  merge: number;
  messageIn: number;
  messageOut: number;
  /** Of the customer's message: a picture with a small one of itself. */
  file: number;
  journal: number;
  apiKey: number;
  role: number;
  team: number;
  asset: string;
  webhookKey: string;
  /** The user id of an agent. */
  agent: number;
};

export type Access = {
  /** What one has to be permitted; without it 403. */
  needs?: Permission;
  /** It is about one conversation: for who does not see that, it does not exist. */
  isOfConversation?: true;
  /** What somebody gets who is permitted it, where that is not what an agent gets. */
  permitted?: number;
  /** The address to try; the route's own path unless it has parameters. */
  at?: (marks: Landmarks) => string;
  fields?: (marks: Landmarks) => Record<string, string>;
  /** The statuses that somebody not signed in, an agent, and the owner of another account get. */
  anonymous: number;
  agent: number;
  stranger: number;
};

/** A template that can be sent in the conversation, with nothing to fill in. */
export const TEMPLATE_ID = '1394800000000000';

export const open = { anonymous: 200, agent: 200, stranger: 200 };
/** Whoever is not signed in is shown the door; for others it does not exist. */
export const conversation = { anonymous: 303, agent: 200, stranger: 404, isOfConversation: true } as const;
export const change = { anonymous: 303, agent: 303, stranger: 404, isOfConversation: true } as const;
export const work = { ...change, needs: 'conversations.write' } as const;
/** Merging is for who may; the merge of the table stays as it is. */
export const merging = { ...change, needs: 'contacts.merge', agent: 403 } as const;
export const answer = { ...change, needs: 'messages.send' } as const;
/** A session opens nothing here: only an API key or a signature does. */
export const byKey = { anonymous: 401, agent: 401, stranger: 401 };

/** Only for those who look after the account; the stranger looks after theirs. */
export const managed = (at: string, permitted = 200, needs: Permission = 'people.manage'): Access => ({
  anonymous: 303,
  agent: 403,
  stranger: permitted,
  permitted,
  needs,
  at: () => at,
});

/** The same for one thing of the account: for another one's owner it is not there. */
export const ofAccount = (permitted: number): Access => ({ ...managed('/', permitted), stranger: 404 });
export const nowhere = { anonymous: 404, agent: 404, stranger: 404 };
/** Of somebody's own: there for whoever is signed in, and never anybody else's. */
export const ownPage = { anonymous: 303, agent: 200, stranger: 200 };
export const ownChange = { anonymous: 303, agent: 303, stranger: 303 };
export const ownRefusal = { anonymous: 303, agent: 422, stranger: 422 };
export const notOwn = { anonymous: 303, agent: 404, stranger: 404 };

export const setupForm = {
  account_name: 'Mine now',
  business_name: 'Mine now',
  name: 'Eve',
  email: 'eve@elsewhere.example',
  password: 'quiet rivers run 42',
  time_zone: 'UTC',
};
