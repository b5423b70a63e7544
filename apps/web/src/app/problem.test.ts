import { describe, expect, test } from 'vitest'
import { parseProblem } from './problem.ts'

const none = () => null

describe('parseProblem', () => {
  test('reads a problem+json body with its issues and request id', () => {
    const body = {
      title: 'Not valid',
      detail: 'Two fields',
      code: 'validation',
      requestId: 'r1',
      issues: [{ path: ['body', 'name'], message: 'needed' }],
    }
    const problem = parseProblem(422, JSON.stringify(body), none)
    expect(problem).toMatchObject({
      status: 422,
      code: 'validation',
      title: 'Not valid',
      requestId: 'r1',
      message: 'Two fields',
    })
    expect(problem.issues).toEqual([{ path: 'body.name', message: 'needed' }])
  })

  test('makes a usable problem of a proxy page, with the request id and wait of the headers', () => {
    const headers = new Map([
      ['x-request-id', 'r2'],
      ['retry-after', '7'],
    ])
    const problem = parseProblem(503, '<html>', (name) => headers.get(name) ?? null)
    expect(problem).toMatchObject({
      status: 503,
      code: 'http_503',
      requestId: 'r2',
      retryAfterS: 7,
      issues: [],
    })
  })
})
