// The bundler's own form for text imports.
declare module '*.css' {
  const text: string;
  export = text;
}
declare module '*.svg' {
  const text: string;
  export = text;
}
