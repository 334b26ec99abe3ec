/** Imported as a file: the import is the path, on disk or inside the compiled program. */
declare module '*.jpg' {
  const path: string;
  export default path;
}
declare module '*.webp' {
  const path: string;
  export default path;
}
declare module '*.mp4' {
  const path: string;
  export default path;
}
declare module '*.ogg' {
  const path: string;
  export default path;
}
declare module '*.pdf' {
  const path: string;
  export default path;
}
