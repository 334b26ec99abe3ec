import controlFirst from '../../migrations/control/0000_first.sql' with { type: 'text' };
import controlUncleanEnds from '../../migrations/control/0001_unclean_ends.sql' with { type: 'text' };
import controlPeople from '../../migrations/control/0002_people.sql' with { type: 'text' };
import inboxFirst from '../../migrations/inbox/0000_first.sql' with { type: 'text' };
import inboxGuards from '../../migrations/inbox/0001_guards.sql' with { type: 'text' };
import inboxLeanIndexes from '../../migrations/inbox/0002_lean_indexes.sql' with { type: 'text' };
import inboxSearch from '../../migrations/inbox/0003_search.sql' with { type: 'text' };
import inboxPeople from '../../migrations/inbox/0004_people.sql' with { type: 'text' };
import inboxAttachments from '../../migrations/inbox/0005_attachments.sql' with { type: 'text' };
import inboxChannel from '../../migrations/inbox/0006_channel.sql' with { type: 'text' };
import inboxAccount from '../../migrations/inbox/0007_account.sql' with { type: 'text' };

// Imported as text, so that the executable carries them. A database's version is how many it has applied.

export const controlMigrations: readonly string[] = [controlFirst, controlUncleanEnds, controlPeople];
export const inboxMigrations: readonly string[] = [
  inboxFirst,
  inboxGuards,
  inboxLeanIndexes,
  inboxSearch,
  inboxPeople,
  inboxAttachments,
  inboxChannel,
  inboxAccount,
];
