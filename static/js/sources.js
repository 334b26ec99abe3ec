import htmx from '../vendor/htmx.min.js' with { type: 'text' };
import htmxSocket from '../vendor/hx-ws.min.js' with { type: 'text' };
import mediabunny from '../vendor/mediabunny/mediabunny.min.js' with { type: 'text' };
import announcer from './announcer.js' with { type: 'text' };
import attach from './attach.js' with { type: 'text' };
import composeBox from './compose-box.js' with { type: 'text' };
import draft from './draft.js' with { type: 'text' };
import inboxList from './inbox-list.js' with { type: 'text' };
import keepFocus from './keep-focus.js' with { type: 'text' };
import lightbox from './lightbox.js' with { type: 'text' };
import live from './live.js' with { type: 'text' };
import loadStyle from './load-style.js' with { type: 'text' };
import localTime from './local-time.js' with { type: 'text' };
import media from './media.js' with { type: 'text' };
import menus from './menus.js' with { type: 'text' };
import messageThread from './message-thread.js' with { type: 'text' };
import openConversation from './open-conversation.js' with { type: 'text' };
import optimistic from './optimistic.js' with { type: 'text' };
import passkey from './passkey.js' with { type: 'text' };
import pickTemplate from './pick-template.js' with { type: 'text' };
import picker from './picker.js' with { type: 'text' };
import player from './player.js' with { type: 'text' };
import polling from './polling.js' with { type: 'text' };
import presence from './presence.js' with { type: 'text' };
import quote from './quote.js' with { type: 'text' };
import readMarker from './read-marker.js' with { type: 'text' };
import refresh from './refresh.js' with { type: 'text' };
import searchBox from './search-box.js' with { type: 'text' };
import searchHits from './search-hits.js' with { type: 'text' };
import tabCount from './tab-count.js' with { type: 'text' };
import dropZone from './tray/drop-zone.js' with { type: 'text' };
import fileTray from './tray/file-tray.js' with { type: 'text' };
import items from './tray/items.js' with { type: 'text' };
import main from './tray/main.js' with { type: 'text' };
import parts from './tray/parts.js' with { type: 'text' };
import pendingFiles from './tray/pending-files.js' with { type: 'text' };
import recorder from './tray/recorder.js' with { type: 'text' };
import recorderLevel from './tray/recorder-level.js' with { type: 'text' };
import upload from './tray/upload.js' with { type: 'text' };
import voiceNote from './tray/voice-note.js' with { type: 'text' };
import unsent from './unsent.js' with { type: 'text' };
import windowClock from './window-clock.js' with { type: 'text' };

/** @type {string[]} The modules of app.js in order; each stands alone and is put into a block of its own. */
export const ownModules = [
  localTime,
  inboxList,
  messageThread,
  draft,
  optimistic,
  attach,
  pickTemplate,
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

/** @type {string} On pages beside the inbox, for who signs out there. */
export const unsentModule = unsent;

/** @type {string} Only for who comes to the search box. */
export const searchModule = searchHits;

/** @type {string[]} Only once somebody enlarges a picture; here and below, modules that name each other. */
export const lightboxModules = [loadStyle, lightbox];

/** @type {string[]} Only where there is a voice note. */
export const playerModules = [loadStyle, player];

/** @type {string} What puts recorded packets into an Ogg file: only for who records a voice note. */
export const mediabunnyModule = mediabunny;

/** @type {string[]} Only for who sends a template. */
export const pickerModules = [loadStyle, picker];

/** @type {string[]} Files and voice notes, loaded with the first of them. */
export const trayModules = [
  loadStyle,
  parts,
  items,
  voiceNote,
  upload,
  fileTray,
  dropZone,
  pendingFiles,
  recorderLevel,
  recorder,
  main,
];
