import { CallFailed, createHttpCaller } from './http-caller.ts'
import type { WahaSecrets, WahaSettings } from './settings.ts'

/** What stands in the way of a WAHA server; null when its key opens it. */
export type WahaAccessProblem = 'key_wrong' | 'not_a_waha_server' | 'unreachable'

const checkMs = 10_000
const answerBytesMax = 1_000_000

/** Asks the server for its sessions with the key that was entered. Changes nothing; never rejects for what it meets. */
export async function checkWahaAccess(
  settings: WahaSettings,
  secrets: WahaSecrets,
  signal?: AbortSignal,
): Promise<WahaAccessProblem | null> {
  const caller = createHttpCaller(settings.baseUrl, secrets.apiKey, () => signal?.aborted !== true)
  try {
    const answer = await caller.call({
      method: 'GET',
      path: '/api/sessions?all=true',
      timeoutMs: checkMs,
      bytesMax: answerBytesMax,
      signal,
    })
    if (answer.status === 401 || answer.status === 403) return 'key_wrong'
    return answer.status === 200 && isList(answer.body) ? null : 'not_a_waha_server'
  } catch (error) {
    if (error instanceof CallFailed) return 'unreachable'
    throw error
  } finally {
    await caller.close()
  }
}

function isList(body: Buffer): boolean {
  try {
    return Array.isArray(JSON.parse(body.toString('utf8')))
  } catch {
    return false
  }
}
