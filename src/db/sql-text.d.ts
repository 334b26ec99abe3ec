// Imported as text, so that the executable carries it.
declare module '*.sql' {
  const text: string;
  export default text;
}
