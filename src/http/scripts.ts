import {
  lightboxModules,
  mediabunnyModule,
  ownModules,
  passkeyModule,
  pickerModules,
  playerModules,
  searchModule,
  trayModules,
  unsentModule,
  vendored,
} from '../../static/js/sources.js';

// Bun takes `minify` as it does for builds, although its types name only the older option.
const options: Bun.TranspilerOptions & { minify: boolean } = { loader: 'js', minify: true };
const transpiler = new Bun.Transpiler(options);

/** Our modules as one file without comments and long names, each in a block of its own: a third less to load. */
export const ownScript = ownModules.map((text) => `{${transpiler.transformSync(text)}}`).join('\n');

/** What asks the browser for a passkey: a file of its own, for the few pages that do. */
export const passkeyScript = transpiler.transformSync(passkeyModule);

/** What asks who signs out on another page than the inbox, which has it among its own. */
export const unsentScript = transpiler.transformSync(unsentModule);

/** What shows hits while somebody types. */
export const searchScript = transpiler.transformSync(searchModule);

/** What shows pictures above the page, what plays voice notes, and what takes files and records: for when it is needed. */
export const lightboxScript = joined(lightboxModules);
export const playerScript = joined(playerModules);
export const trayScript = joined(trayModules);

/** What chooses and fills in templates, for who sends one. */
export const pickerScript = joined(pickerModules);

/** As it comes from the package. */
export const vendoredScript = vendored.join('\n;\n');

/** As it was built from the package. */
export const mediabunnyScript = mediabunnyModule;

/** Modules in one scope: the lines by which they name each other are not needed there. */
function joined(modules: readonly string[]): string {
  const texts = modules.map((text) => text.replace(/^import [^;]+ from '\.\.?\/[^']+';$/gm, ''));
  return transpiler.transformSync(texts.join('\n'));
}
