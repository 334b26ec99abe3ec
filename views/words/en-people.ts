import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** The words of how people come into a business, manage themselves, and leave. */
export const people = {
  people: {
    invite: 'Invite somebody',
    here: 'Here',
    open: 'Invited',
    left: 'Left',
    leftCount: (count: number) => plural(count, { one: 'One person has left', other: '# people have left' }),
    you: 'you',
    name: 'Name',
    email: 'E-mail',
    role: 'Role',
    teams: 'Teams',
    noTeams: 'No team',
    lastSeen: 'Last seen',
    never: 'Not yet',
    leftAt: 'Left',
    secondFactor: 'Second factor',
    hasFactor: 'Second factor on',
    hasNone: 'No second factor',
    invitedUntil: 'Works until',
    hasExpired: 'Expired',
    renew: 'New link',
    renewFor: (email: string) => `New link for ${email}`,
    withdraw: 'Withdraw',
    withdrawFor: (email: string) => `Withdraw the invitation of ${email}`,
    nobodyInvited: 'Nobody is invited just now.',
    said: {
      withdrawn: 'The invitation is withdrawn. Its link no longer works.',
      saved: 'Saved. It holds at once, on their open screens too.',
      returned: 'They are back and can sign in again.',
      owner: 'The ownership is handed over.',
      email: 'The address is changed. They sign in with the new one from now on.',
      proven: 'Confirmed. Nothing is changed yet: choose again what you had chosen, then press the button.',
    },
  },

  invitePage: {
    title: 'Invite somebody',
    leadMail: 'They get a link by mail, and you get it to copy. It works once, for 72 hours.',
    lead: 'You get a link to send them. It works once, for 72 hours.',
    nameHelp: 'Their colleagues see it beside their answers. They can change it.',
    emailHelp: 'They sign in with it.',
    roleHelp: 'What they may see and do. You can give no more than you have yourself.',
    teamsNone: 'There are no teams yet.',
    submit: 'Make the invitation',
    tooMuch: 'This role may do or see more than yours. Choose another one.',
  },

  linkPage: {
    invitation: 'Invitation made',
    reset: 'Link for a new password',
    mailed: (email: string) => `A mail with this link is on its way to ${email}.`,
    give: (email: string) => `Give this link to whoever uses ${email}, and to nobody else.`,
    once: 'It is shown only now. If it gets lost, make a new one: the old one dies.',
    until: 'It works once, until',
    label: 'Link',
    gone: 'This link was shown already',
    goneText:
      'Links like this are shown once. Make a new one if it got lost: the old one then stops working.',
    back: 'Back to the people',
  },

  personPage: {
    joined: 'Here since',
    place: 'Role and teams',
    save: 'Save',
    cannot: 'They may do more than you, so you cannot change what they may do.',
    otherRole: 'Their role may do more than yours. It stays unless you choose another one.',
    access: 'Signing in',
    resetLink: 'Make a link for a new password',
    resetHelp: 'For somebody who is locked out. It is shown to you once, works once, and for an hour.',
    noHelp:
      'They are in another business too, or may do more than you: they ask for a new password themselves, at the sign-in page.',
    noHelpOffline:
      'They are in another business too, or may do more than you: only whoever runs this server can make them a link for a new password.',
    newEmail: 'New e-mail address',
    newEmailHelp: 'This server sends no mail, so people cannot change their address by themselves.',
    changeEmail: 'Change the address',
    leaving: 'Leaving',
    leavingHelp: 'They are signed out everywhere here; what they wrote stays under their name.',
    deactivate: 'Take out…',
    ownership: 'Ownership',
    ownershipHelp: 'Make them an owner of this business.',
    handOver: 'Hand over ownership…',
    hasLeft: (name: string) => `${name} has left`,
    hasLeftText: 'They cannot sign in here. What they wrote stays under their name.',
    back: 'Bring back',
    backHelp: 'They sign in with the password they had. Choose what they may do from now on.',
    submitBack: 'Bring them back',
  },

  leavingPage: {
    title: (name: string) => `Take ${name} out`,
    willHappen: 'What happens',
    signedOut: 'They are signed out everywhere here, at once, and cannot sign in any more.',
    elsewhere: 'In other businesses on this server they go on as before.',
    conversations: (count: number) =>
      plural(count, {
        one: 'Their open conversation goes to its team, else to their only team, else to nobody.',
        other:
          'Their # open conversations go to their team, else to this person’s only team, else to nobody.',
      }),
    noConversations: 'They have no open conversations.',
    names: 'What they wrote stays, under their name.',
    invitations: 'Invitations that they made and nobody has taken are withdrawn.',
    comeBack: 'They can be brought back later.',
    keys: 'API keys they made',
    keysHelp: 'Programs go on using a key after whoever made it has left. Those ticked stop working at once.',
    revoke: (name: string) => `Revoke “${name}”`,
    neverUsed: 'never used',
    lastUsed: 'last used',
    submit: (name: string) => `Take ${name} out`,
    cancel: 'Keep them',
  },

  leftPage: {
    title: (name: string) => `${name} has left`,
    lead: (count: number) =>
      plural(count, {
        one: 'One open conversation has nobody now. See who takes it.',
        other: '# open conversations have nobody now. See who takes them.',
      }),
    none: 'No conversation is left alone',
    noneText: 'They had no open conversations, or none that you may see.',
    conversation: 'Conversation',
    team: 'Team',
    nobody: 'Nobody',
    done: 'To the people',
  },

  ownershipPage: {
    title: 'Hand over ownership',
    lead: (name: string) => `${name} becomes an owner of this business: they may do everything in it.`,
    becomes: 'And you become',
    choices: {
      admin: ['Admin', 'You keep doing everything but hand over ownership'],
      owner: ['Owner, as before', 'The business then has both of you as owners'],
    },
    submit: (name: string) => `Make ${name} an owner`,
    cancel: 'Leave it as it is',
  },

  joinPage: {
    title: (account: string) => `Join ${account}`,
    by: (by: string, account: string) => `${by} invites you into ${account} on OonoBox.`,
    newLead: 'Choose how your colleagues see you, and a password.',
    email: 'You sign in with',
    name: 'Your name',
    password: 'Password',
    passwordHelp: 'At least 12 characters. Three or four words make a good one.',
    submit: 'Join',
    asYou: (name: string) => `You are signed in as ${name}. Join with one press.`,
    known: 'You have an account on this server already. Sign in with it, then join.',
    signIn: 'Sign in and join',
    homeless: 'You have been on this server before. Give the password you had.',
    wrong: 'The password doesn’t match. Try again, or ask for a new one.',
    wait: (seconds: number) =>
      plural(seconds, {
        one: 'Too many tries. Wait one second, then try again.',
        other: 'Too many tries. Wait # seconds, then try again.',
      }),
    other: 'This invitation is for somebody else',
    otherText: (name: string, email: string) =>
      `You are signed in as ${name}, and the invitation is for ${email}. If that is you too, sign out and open the link again.`,
    signOut: 'Sign out',
    toInbox: 'Back to the inbox',
  },

  linkOver: {
    titles: {
      used: 'This link was used',
      expired: 'This link is too old',
      withdrawn: 'This link was withdrawn',
      replaced: 'There is a newer link',
      unknown: 'This link is not known here',
    },
    invite: {
      used: 'Each invitation works once. If it was you who joined, sign in.',
      expired: 'Invitations work for 72 hours. Ask whoever invited you for a new link.',
      withdrawn: 'The business took the invitation back. Ask whoever invited you.',
      replaced:
        'A new link was made for this invitation, and only that one works. Look for it, or ask for another.',
      unknown:
        'It may have lost a piece on its way. Copy the whole link, or ask whoever invited you for a new one.',
    },
    reset: {
      used: 'The password was set with it. Sign in, or ask for another link.',
      expired: 'Links for a new password work for an hour. Ask for another one.',
      withdrawn:
        'It no longer counts, because the address, the password or the person changed. Ask for another one.',
      replaced: 'Only the newest link works. Look for it in your mail, or ask for another one.',
      unknown: 'It may have lost a piece on its way. Copy the whole link, or ask for another one.',
    },
    email: {
      used: 'The address is confirmed: sign in with it.',
      expired: 'Such links work for a day. Ask for the change again, under your name → You.',
      withdrawn: 'It no longer counts. Ask for the change again, under your name → You.',
      replaced: 'Another change was asked for later. Open the link of that one.',
      unknown: 'It may have lost a piece on its way. Copy the whole link from the mail.',
    },
    confirm: {
      used: 'The business was made with it. Sign in.',
      expired: 'Such links work for a day. Begin again.',
      withdrawn: 'It no longer counts. Begin again.',
      replaced: 'You have asked again since. Open the link in the newest mail.',
      unknown: 'It may have lost a piece on its way. Copy the whole link from the mail, or begin again.',
    },
    signIn: 'Sign in',
    again: 'Ask for another link',
    begin: 'Begin again',
  },

  forgot: {
    link: 'Forgot the password?',
    title: 'A new password',
    lead: 'We mail you a link with which you choose one. It works once, for an hour.',
    email: 'E-mail',
    submit: 'Mail me a link',
    sent: 'Look into your mail',
    sentText:
      'If somebody signs in here with this address, a link is on its way to it. It may take a minute, and may have landed among the spam.',
    noMail: 'This server sends no mail',
    noMailText:
      'Ask an owner or admin of your business: they make you a link for a new password, under Settings → People. An owner asks whoever runs this server.',
    wait: 'Too many tries from here. Wait a few minutes, then try again.',
    back: 'Back to the sign-in page',
  },

  reset: {
    title: 'Choose a new password',
    lead: 'You are then signed out everywhere. A second factor stays as it is.',
    for: 'For',
    password: 'New password',
    submit: 'Set the password',
    done: 'The new password counts',
    doneText: 'You have been signed out everywhere. Sign in with the new one.',
    signIn: 'Sign in',
  },

  mePage: {
    menu: 'You',
    title: 'You',
    lead: 'How colleagues see you, and how OonoBox looks to you.',
    profile: 'Profile',
    name: 'Name',
    nameHelp: 'Your colleagues see it beside your answers, in every business you are in.',
    timeZone: 'Time zone',
    zoneOfAccount: (zone: string) => `That of the business (${zone})`,
    timeZoneHelp: 'Times are shown on this clock to you.',
    language: 'Language',
    languages: 'English',
    languageHelp: 'The only one so far.',
    save: 'Save',
    picture: 'Picture',
    pictureHelp: 'A JPEG, PNG or WebP of at most 5 MB. The middle of it becomes a small square.',
    choosePicture: 'Choose a picture',
    upload: 'Use this picture',
    removePicture: 'Remove the picture',
    noPicture: 'Choose a file first.',
    email: 'E-mail address',
    emailNow: 'You sign in with',
    newEmail: 'New e-mail address',
    newEmailHelp:
      'A link goes to the new address. It counts once you have opened that; the old address is told.',
    changeEmail: 'Mail the link',
    noMail: 'This server sends no mail: an owner or admin changes your address, under Settings → People.',
    display: 'Display',
    displayLead: 'In this browser only.',
    said: {
      profile: 'Saved.',
      picture: 'This is your picture now.',
      removed: 'The picture is gone.',
      display: 'Saved.',
      email: 'Look into the mail of the new address: the change counts once you have opened the link there.',
    },
  },

  emailPage: {
    title: 'Confirm your address',
    lead: 'From then on you sign in with',
    submit: 'Confirm',
    done: 'The address is confirmed',
    doneText: 'Sign in with it from now on. The old address has been told.',
    toInbox: 'To the inbox',
  },

  switcher: {
    title: 'Businesses',
    to: (name: string) => `Go to ${name}`,
  },

  signUp: {
    link: 'Make a new business',
    title: 'A new business',
    lead: 'First we make sure that the address is yours: a link goes to it, and there you set the rest.',
    name: 'Name of the business',
    email: 'Your e-mail',
    submit: 'Mail me the link',
    sent: 'Look into your mail',
    sentText:
      'A link is on its way. It works once, for a day. If somebody signs in here with this address already, no mail comes: sign in instead.',
    wait: 'Too many tries from here. Wait a few minutes, then try again.',
    back: 'Back to the sign-in page',
    emailKept: 'Your address is confirmed. Two minutes more: who the business is, and who owns it.',
  },
};
