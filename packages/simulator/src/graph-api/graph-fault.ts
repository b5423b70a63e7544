/** A refusal in the words of Graph API. */
export class GraphFault extends Error {
  readonly status: number
  readonly code: number
  readonly subcode: number | null
  readonly details: string | null
  readonly retryAfterS: number | null

  constructor(
    status: number,
    code: number,
    message: string,
    more: { subcode?: number; details?: string; retryAfterS?: number } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.subcode = more.subcode ?? null
    this.details = more.details ?? null
    this.retryAfterS = more.retryAfterS ?? null
  }
}

/** The body of an error answer. Source: Meta, error response syntax of Cloud API. */
export function faultBody(fault: GraphFault, traceId: string): unknown {
  const data =
    fault.details === null ? {} : { error_data: { messaging_product: 'whatsapp', details: fault.details } }
  return {
    error: {
      message: `(#${fault.code}) ${fault.message}`,
      type: 'OAuthException',
      code: fault.code,
      ...data,
      ...(fault.subcode === null ? {} : { error_subcode: fault.subcode }),
      fbtrace_id: traceId,
    },
  }
}

export const faults = {
  unknownPath: () => new GraphFault(400, 2500, 'Unknown path components'),
  badToken: () => new GraphFault(401, 190, 'Invalid OAuth access token - Cannot parse access token'),
  noToken: () => new GraphFault(401, 190, 'An access token is required to request this resource.'),
  noObject: () =>
    new GraphFault(400, 100, 'Unsupported request. The object does not exist or may not be seen', {
      subcode: 33,
    }),
  parameter: (details: string) => new GraphFault(400, 100, 'Invalid parameter', { details }),
  missing: (name: string) =>
    new GraphFault(400, 131008, 'Required parameter is missing', { details: `${name} is missing` }),
  value: (name: string) =>
    new GraphFault(400, 131009, 'Parameter value is not valid', { details: `${name} is not valid` }),
  type: (details: string) => new GraphFault(400, 131051, 'Unsupported message type', { details }),
  throughput: () =>
    new GraphFault(429, 130429, 'Rate limit hit', { details: 'Message throughput of this number reached' }),
  pair: () =>
    new GraphFault(400, 131056, 'Pair rate limit hit', {
      details: 'Too many messages to this person in a short time',
    }),
  spam: (details: string) => new GraphFault(400, 131048, 'Spam rate limit hit', { details }),
  locked: () => new GraphFault(403, 131031, 'Business Account locked', { details: 'The account is locked' }),
  template: (code: number, details: string) =>
    new GraphFault(code === 132001 ? 404 : 400, code, 'Template cannot be sent', { details }),
} as const
