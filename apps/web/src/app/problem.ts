/** One field of a request that the server refused, as `path` (dotted) and a sentence; `code` where it has a stable one. */
export type ProblemIssue = { path: string; message: string; code?: string }

/**
 * An answer of the server that is not a success (`application/problem+json`), or no answer at all (`status` 0).
 *
 * `code` is one of the closed error codes; `title` and `detail` are sentences for people in the page's language;
 * `requestId` names the request in the server's log.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly requestId: string | null
  readonly issues: ProblemIssue[]
  /** Seconds to wait, when the server said so (429, 503). */
  readonly retryAfterS: number | null

  constructor(fields: ApiProblemFields) {
    super(fields.detail || fields.title || fields.code)
    this.status = fields.status
    this.code = fields.code
    this.title = fields.title
    this.detail = fields.detail
    this.requestId = fields.requestId
    this.issues = fields.issues
    this.retryAfterS = fields.retryAfterS
  }
}

export type ApiProblemFields = {
  status: number
  code: string
  title: string
  detail: string
  requestId: string | null
  issues: ProblemIssue[]
  retryAfterS: number | null
}

/** Reads a problem from any non-2xx answer; never throws, a body that is no problem+json becomes a plain one. */
export function parseProblem(
  status: number,
  text: string,
  headers: (name: string) => string | null,
): ApiProblem {
  const body = parseObject(text)
  const retryAfterS = Number(headers('retry-after'))
  return new ApiProblem({
    status,
    code: asText(body.code) || `http_${status}`,
    title: asText(body.title),
    detail: asText(body.detail),
    requestId: asText(body.requestId) || headers('x-request-id'),
    issues: Array.isArray(body.issues) ? body.issues.flatMap(parseIssue) : [],
    retryAfterS: Number.isFinite(retryAfterS) && retryAfterS > 0 ? retryAfterS : null,
  })
}

/** The problem of a request that got no answer: offline, refused, or a broken line. */
export function unreachable(cause: unknown): ApiProblem {
  const problem = new ApiProblem({
    status: 0,
    code: 'unreachable',
    title: '',
    detail: '',
    requestId: null,
    issues: [],
    retryAfterS: null,
  })
  problem.cause = cause
  return problem
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? { ...value } : {}
  } catch {
    return {}
  }
}

function parseIssue(value: unknown): ProblemIssue[] {
  if (value === null || typeof value !== 'object') return []
  const issue: Record<string, unknown> = { ...value }
  const path = Array.isArray(issue.path) ? issue.path.join('.') : asText(issue.path)
  const code = asText(issue.code)
  return [{ path, message: asText(issue.message), ...(code ? { code } : {}) }]
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
