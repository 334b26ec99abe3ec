/** Contacts: merging two that are one person. */
export const contacts = {
  merging: {
    link: 'Merge with another contact',
    titleOf: (name: string) => `Merge ${name}`,
    back: 'Back to the conversation',
    this: 'This contact',
    other: 'The other contact',
    search: 'Who else is it?',
    searchText: 'A name, a part of a phone number, a username or a WhatsApp ID.',
    searchLabel: 'Search for the other contact',
    searchSubmit: 'Search',
    none: 'No other contact found',
    noneText: 'Try another spelling, or a part of the phone number.',
    happens: 'What happens',
    called: (name: string) => `Both become one contact, called ${name}.`,
    joined: (number: string) =>
      `On ${number} two conversations become one, with what was said in both. Nobody has it yet.`,
    joinedWith: (number: string, holder: string) =>
      `On ${number} two conversations become one, with what was said in both. ${holder} has it.`,
    stays: (number: string) => `The conversation on ${number} stays as it is.`,
    keeps:
      'The 24 hours go on as they do in whichever was written in last, and whoever waits goes on waiting.',
    canUndo: 'It can be undone at any time.',
    areTwoAtMeta:
      'WhatsApp knows them as two people: merge them only when one person writes from two phones.',
    submit: 'Merge the two',
    cancel: 'Choose another one',
    done: {
      merged: 'The two are one contact now.',
      undone: 'The two are separate again. WhatsApp alone will not merge them any more.',
    },
    merged: 'Merged into this contact',
    undoText:
      'Undoing gives each contact its own conversation back. What was written since the merge stays where it was written, and so do the phone number or ID that became known since, drafts, and who has which conversation.',
    byPerson: (name: string) => `${name} merged it,`,
    why: {
      link: 'WhatsApp showed that it is the same person,',
      change: 'WhatsApp said that their number or ID has changed,',
    },
    undo: 'Undo',
    undoOf: (name: string) => `Undo the merge with ${name}`,
  },
};
