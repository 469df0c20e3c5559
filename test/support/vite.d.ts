/** What vite gives to tests: files by a pattern, and a file's text. */
/// <reference types="vite/types/importMeta.d.ts" />
declare module "*?raw" {
  const text: string;
  export default text;
}
