import audit from '../../static/css/audit.css' with { type: 'text' };
import base from '../../static/css/base.css' with { type: 'text' };
import closedWindow from '../../static/css/closed-window.css' with { type: 'text' };
import composer from '../../static/css/composer.css' with { type: 'text' };
import contact from '../../static/css/contact.css' with { type: 'text' };
import door from '../../static/css/door.css' with { type: 'text' };
import file from '../../static/css/file.css' with { type: 'text' };
import forms from '../../static/css/forms.css' with { type: 'text' };
import head from '../../static/css/head.css' with { type: 'text' };
import keys from '../../static/css/keys.css' with { type: 'text' };
import kinds from '../../static/css/kinds.css' with { type: 'text' };
import layout from '../../static/css/layout.css' with { type: 'text' };
import list from '../../static/css/list.css' with { type: 'text' };
import mail from '../../static/css/mail.css' with { type: 'text' };
import media from '../../static/css/media.css' with { type: 'text' };
import menu from '../../static/css/menu.css' with { type: 'text' };
import message from '../../static/css/message.css' with { type: 'text' };
import messageActions from '../../static/css/message-actions.css' with { type: 'text' };
import notices from '../../static/css/notices.css' with { type: 'text' };
import numbers from '../../static/css/numbers.css' with { type: 'text' };
import pages from '../../static/css/pages.css' with { type: 'text' };
import parts from '../../static/css/parts.css' with { type: 'text' };
import people from '../../static/css/people.css' with { type: 'text' };
import picker from '../../static/css/picker.css' with { type: 'text' };
import presence from '../../static/css/presence.css' with { type: 'text' };
import rail from '../../static/css/rail.css' with { type: 'text' };
import reset from '../../static/css/reset.css' with { type: 'text' };
import ring from '../../static/css/ring.css' with { type: 'text' };
import row from '../../static/css/row.css' with { type: 'text' };
import search from '../../static/css/search.css' with { type: 'text' };
import sending from '../../static/css/sending.css' with { type: 'text' };
import standing from '../../static/css/standing.css' with { type: 'text' };
import templates from '../../static/css/templates.css' with { type: 'text' };
import thread from '../../static/css/thread.css' with { type: 'text' };
import tokens from '../../static/css/tokens.css' with { type: 'text' };
import tray from '../../static/css/tray.css' with { type: 'text' };
import utilities from '../../static/css/utilities.css' with { type: 'text' };

const components = [
  parts,
  ring,
  rail,
  list,
  row,
  thread,
  head,
  message,
  kinds,
  file,
  composer,
  presence,
  menu,
  messageActions,
  closedWindow,
  contact,
  forms,
  search,
  notices,
];

/** What no page of the inbox needs: the first view is not to wait for it. */
export const pagesStylesheet = [
  pages,
  people,
  door,
  standing,
  mail,
  keys,
  audit,
  templates,
  sending,
  picker,
  numbers,
].join('\n');

/** Files and recordings that are to be sent: loaded with the first of them. */
export const trayStylesheet = tray;

/** What only a lightbox or a player needs: loaded with its script. */
export const mediaStylesheet = media;

/** What only the template picker needs: loaded with its script. */
export const pickerStylesheet = picker;

/** One file in declared order: a bundler would move the layers. */
export const stylesheet = [
  '@layer reset, tokens, base, layout, components, utilities;',
  reset,
  tokens,
  base,
  layout,
  ...components,
  utilities,
].join('\n');
