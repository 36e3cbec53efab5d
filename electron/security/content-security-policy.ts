/**
 * Sent as a header with every answer of app:// (`frame-ancestors` has no effect in a meta element).
 * The pages load their own files and nothing else: no inline code, no eval, no connection of any kind;
 * what they need to know they ask the main process for.
 */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "worker-src 'self'; connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'"

/** Of the page that is printed: it has a style sheet and a logo within it, and runs nothing. */
export const PRINTED_PAGE_POLICY =
  "default-src 'none'; script-src 'none'; style-src 'self'; img-src data:; font-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
