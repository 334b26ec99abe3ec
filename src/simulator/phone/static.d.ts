/** Imported as a file: the import is the path, on disk or inside the compiled program. */
declare module '*/static/phone/phone.css' {
  const path: string;
  // biome-ignore lint/style/noDefaultExport: an import with `type: 'file'` gives a default export, nothing else
  export default path;
}
