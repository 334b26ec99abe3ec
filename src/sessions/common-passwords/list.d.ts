// The bundler's own form for files that it carries along.
declare module '*.bin' {
  const path: string;
  export default path;
}
