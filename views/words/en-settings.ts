/** What the pages of the settings are called, and what each is for. */
export const settings = {
  settingsGroups: {
    whatsapp: 'WhatsApp',
    team: 'Team',
    business: 'Business',
    server: 'This server',
  },
  settingsPages: {
    numbers: 'Numbers',
    templates: 'Templates',
    journal: 'Journal',
    people: 'People',
    teams: 'Teams',
    roles: 'Roles',
    api: 'API keys',
    audit: 'Audit',
    mail: 'Mail',
  },
  settingsLeads: {
    numbers: 'How your numbers stand at WhatsApp, what they sent this month, and what it costs.',
    templates: 'What may be said to customers whose 24 hours are over, as Meta approved it.',
    journal: 'What came from WhatsApp and could not be taken in, each with a replay.',
    people: 'Who works here, who is invited, and who has left.',
    teams: 'Who works together, and on which numbers.',
    roles: 'What people may see and do.',
    api: 'Keys for programs of yours, with what each may do.',
    audit: 'Who did what, when, and from where.',
    mail: 'What this server has sent by mail, and what it could not.',
  },
};
