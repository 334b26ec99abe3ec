/** Imported as a file: the import is the path, on disk or inside the compiled program. */
declare module '*/static/phone/*.css' {
  const path: string;
  export default path;
}
