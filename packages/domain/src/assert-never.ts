/**
 * Ends a `switch` over a closed union: fails to compile when a case is missing.
 *
 * @throws Error when reached at run time, which means untyped data got past its parser.
 */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unexpected ${what}: ${String(value)}`)
}
