import htmx from '../vendor/htmx.min.js' with { type: 'text' };
import htmxSocket from '../vendor/hx-ws.min.js' with { type: 'text' };
import announcer from './announcer.js' with { type: 'text' };
import composeBox from './compose-box.js' with { type: 'text' };
import draft from './draft.js' with { type: 'text' };
import inboxList from './inbox-list.js' with { type: 'text' };
import keepFocus from './keep-focus.js' with { type: 'text' };
import lightbox from './lightbox.js' with { type: 'text' };
import live from './live.js' with { type: 'text' };
import localTime from './local-time.js' with { type: 'text' };
import media from './media.js' with { type: 'text' };
import menus from './menus.js' with { type: 'text' };
import messageThread from './message-thread.js' with { type: 'text' };
import openConversation from './open-conversation.js' with { type: 'text' };
import optimistic from './optimistic.js' with { type: 'text' };
import passkey from './passkey.js' with { type: 'text' };
import player from './player.js' with { type: 'text' };
import polling from './polling.js' with { type: 'text' };
import presence from './presence.js' with { type: 'text' };
import quote from './quote.js' with { type: 'text' };
import readMarker from './read-marker.js' with { type: 'text' };
import refresh from './refresh.js' with { type: 'text' };
import searchBox from './search-box.js' with { type: 'text' };
import tabCount from './tab-count.js' with { type: 'text' };
import unsent from './unsent.js' with { type: 'text' };
import windowClock from './window-clock.js' with { type: 'text' };

/** @type {string[]} The modules of app.js in order; each stands alone and is put into a block of its own. */
export const ownModules = [
  localTime,
  inboxList,
  messageThread,
  draft,
  optimistic,
  composeBox,
  unsent,
  menus,
  quote,
  media,
  refresh,
  openConversation,
  searchBox,
  keepFocus,
  windowClock,
  readMarker,
  live,
  tabCount,
  presence,
  announcer,
  polling,
];

/** @type {string[]} One file: as two, the socket would silently never open when the second comes late. */
export const vendored = [htmx, htmxSocket];

/** @type {string} Only for the few pages where somebody signs in or proves who they are. */
export const passkeyModule = passkey;

/** @type {string} Only once somebody enlarges a picture. */
export const lightboxModule = lightbox;

/** @type {string} Only where there is a voice note. */
export const playerModule = player;
