import type { BilingualText } from './transitions.ts'

export type ErrorEntry = BilingualText & {
  /** HTTP status. */
  readonly status: number
  /** Log level: `info` is somebody's mistake, `warn` wants watching, `error` is ours. */
  readonly level: 'info' | 'warn' | 'error'
}
