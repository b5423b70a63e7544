import type { AppError } from '@siar/domain'
import { expect } from 'vitest'

/** For `rejects.toEqual`: an error of this code, with at least these facts among its details. */
export function failsWith(code: string, details: object = {}): AppError {
  return expect.objectContaining({ code, details: expect.objectContaining(details) })
}
